//! One address per thing: its IRI with another host. `https://w3id.org/rapporteur/id/state/irn` is `/id/state/irn` here.

use crate::lift::vocabulary::local_name;
use crate::model::Passage;

use super::request::encoded;

/// Where an IRI leads: a page here, the outer page, or nowhere (empty) if a browser should not follow it.
pub fn href(base: &str, iri: &str) -> String {
    if let Some(passage) = Passage::parse(iri).filter(|passage| passage.text.starts_with(base)) {
        let text = href(base, passage.text);
        let (start, end) = passage.place();
        return format!("{text}?char={start},{end}#char={start},{end}");
    }
    if let Some(key) = iri.strip_prefix(base).filter(|_| !base.is_empty()) {
        return format!("/id/{}", safe(key));
    }
    match local_name(iri) {
        Some(name) => format!("/ontology#{}", safe(name)),
        None if is_web(iri) => safe_address(iri),
        None => String::new(),
    }
}

/// Whether an address leads to another site.
pub fn is_outer(href: &str) -> bool {
    is_web(href)
}

/// Whether an IRI is one that a browser may follow.
fn is_web(iri: &str) -> bool {
    iri.starts_with("https://") || iri.starts_with("http://")
}

/// A key as part of a path: what would end the path or is no ASCII is percent-encoded; percent signs stay.
fn safe(key: &str) -> String {
    escaped(key, |byte| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/%".contains(&byte))
}

fn safe_address(iri: &str) -> String {
    escaped(iri, |byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
}

fn escaped(text: &str, keeps: impl Fn(u8) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match keeps(byte) {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// An address with parameters; those without a value are left out.
pub fn with(path: &str, parameters: &[(&str, &str)]) -> String {
    let said = parameters.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<String> = said.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://w3id.org/rapporteur/id/";

    #[test]
    fn things_passages_terms_and_outer_things_have_addresses() {
        for (iri, expected) in [
            ("https://w3id.org/rapporteur/id/state/irn", "/id/state/irn"),
            ("https://w3id.org/rapporteur/id/text/4e80#char=3,9", "/id/text/4e80?char=3,9#char=3,9"),
            ("https://w3id.org/rapporteur/id/law/a%20b?c#d", "/id/law/a%20b%3Fc%23d"),
            ("https://w3id.org/rapporteur/id/matter/été", "/id/matter/%C3%A9t%C3%A9"),
            ("https://w3id.org/rapporteur/ontology#opposes", "/ontology#opposes"),
            ("http://www.wikidata.org/entity/Q794", "http://www.wikidata.org/entity/Q794"),
            ("javascript:alert(1)", ""),
            ("urn:x:y", ""),
        ] {
            assert_eq!(href(BASE, iri), expected);
        }
        assert_eq!(href(BASE, "https://a.org/\"><script>"), "https://a.org/%22%3E%3Cscript%3E");
    }

    #[test]
    fn parameters_without_a_value_are_left_out() {
        assert_eq!(with("/search", &[("q", "a b&c"), ("by", "")]), "/search?q=a+b%26c");
        assert_eq!(with("/", &[]), "/");
    }
}
