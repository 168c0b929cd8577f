//! Codes that documented rules make of UN symbols.
//!
//! Akoma Ntoso names a UN resolution by its kind, organ, day and number: `/akn/un/statement/deliberation/unga/2025-03-25/79-275/`
//! (<https://unsceb-hlcm.github.io/part1/index-145.html>). The rule is known for the General Assembly, and it needs the day
//! of adoption: without a data row for it there is no path.

use crate::model::{Entity, Identifier, MatchStrength};
use crate::seeds::Catalogue;

/// The scheme of Akoma Ntoso paths.
pub const SCHEME: &str = "akn";

/// Adds the codes of all entities that have a symbol.
pub fn add_codes(entities: &mut [Entity], catalogue: &Catalogue) {
    for entity in entities {
        let symbol =
            entity.identifiers.iter().find(|one| one.scheme == "un-symbol" && one.strength == MatchStrength::Exact);
        let Some((session, number)) = symbol.and_then(|symbol| assembly_resolution(&symbol.value)) else { continue };
        let entry = catalogue.get(&entity.key);
        let day =
            entry.and_then(|entry| entry.date.as_ref()).filter(|date| !date.is_interval() && date.iso().len() == 10);
        let Some(day) = day else { continue };
        let path = format!("/akn/un/statement/deliberation/unga/{}/{session}-{number}/", day.iso());
        entity.identifiers.push(Identifier {
            scheme: SCHEME.into(),
            value: path.into(),
            iri: None,
            strength: MatchStrength::Exact,
            source: "naming rule of Akoma Ntoso for the United Nations".to_owned(),
        });
    }
}

/// Session and number of a resolution of the General Assembly: `A/RES/74/247`. Those of special sessions are named otherwise.
fn assembly_resolution(symbol: &str) -> Option<(&str, &str)> {
    let (session, number) = symbol.strip_prefix("A/RES/")?.split_once('/')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = is_number(session) && is_number(number.trim_end_matches(|c: char| c.is_ascii_uppercase()));
    is_plain.then_some((session, number))
}

#[cfg(test)]
mod tests {
    use super::assembly_resolution;

    #[test]
    fn only_numbered_resolutions_of_regular_sessions_have_a_path() {
        let rows = [
            ("A/RES/99/17", Some(("99", "17"))),
            ("A/RES/99/17B", Some(("99", "17B"))),
            ("A/RES/S-32/1", None),
            ("A/RES/3314(XXIX)", None),
            ("S/RES/99", None),
            ("A/99/17", None),
        ];
        for (symbol, expected) in rows {
            assert_eq!(assembly_resolution(symbol), expected, "{symbol}");
        }
    }
}
