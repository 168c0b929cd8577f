//! The one-line form of an identifier in a catalogue file: `scheme | value | strength | sources | address`.
//!
//! Sources are names of `<source/…>` nodes parted by blanks. The address may be left out where the scheme's node states
//! a pattern (`<scheme/wikidata> rap:iriPattern "http://www.wikidata.org/entity/{}"`).

use compact_str::CompactString;

use crate::model::MatchStrength;

/// An identifier as written: sources and pattern not yet looked up.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) scheme: CompactString,
    pub(super) value: CompactString,
    pub(super) strength: MatchStrength,
    pub(super) sources: Vec<CompactString>,
    pub(super) address: Option<String>,
}

/// Reads the one-line form.
///
/// # Errors
///
/// What is wrong with it, as the end of a sentence.
pub(super) fn parse(text: &str) -> Result<Written, String> {
    let mut fields = text.split(" | ").map(str::trim);
    let mut next = || fields.next().unwrap_or_default();
    let (scheme, value, strength, sources, address) = (next(), next(), next(), next(), next());
    if scheme.is_empty() || value.is_empty() {
        return Err("it needs a scheme and a value: \"scheme | value | exact\"".to_owned());
    }
    let strength = MatchStrength::from_name(strength)
        .ok_or_else(|| format!("its strength is `{strength}`, not `exact`, `close` or `broad`"))?;
    let address = match address {
        "" => None,
        address if address.contains("://") && !address.contains(char::is_whitespace) => Some(address.to_owned()),
        address => return Err(format!("`{address}` is not a web address")),
    };
    Ok(Written {
        scheme: scheme.into(),
        value: value.into(),
        strength,
        sources: sources.split_whitespace().map(CompactString::from).collect(),
        address,
    })
}

/// The address of a value under a scheme's pattern.
pub(super) fn fill(pattern: &str, value: &str) -> String {
    pattern.replacen("{}", value, 1)
}
