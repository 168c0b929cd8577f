//! The addresses of UN documents, made of their symbols by the rule of undocs.org: only where the symbol has the form that its
//! organ gives, so that a misprint, or a symbol cut at a blank, leads nowhere rather than elsewhere.

use crate::seeds::series;

/// Organs whose documents the UN's file service has under their symbol. Symbols of other offices (`UNODC/…`) have no address.
const SERVED: [&str; 4] = ["A", "E", "S", "ST"];

/// What may follow the number of a document, with a number of its own.
const ADDITIONS: [&str; 4] = ["Add", "Corr", "Rev", "Amend"];

/// Sessions of the General Assembly whose documents have the session in their symbol.
const SESSIONS: std::ops::Range<u32> = 31..100;

/// Years that symbols hold.
const YEARS: std::ops::Range<u32> = 1946..2100;

/// The address of a symbol: `https://undocs.org/A/74/130`, `https://undocs.org/en/S/RES/1540(2004)`.
pub fn address(symbol: &str) -> Option<String> {
    let (organ, rest) = symbol.split_once('/').filter(|(organ, _)| SERVED.contains(organ))?;
    if let Some((number, when)) = rest.strip_prefix("RES/").and_then(|rest| rest.strip_suffix(')')?.split_once(" (")) {
        let fits = number.parse().is_ok_and(|number| is_of_series(organ, number, when));
        return fits.then(|| format!("https://undocs.org/en/{organ}/RES/{number}({when})"));
    }
    let parts: Vec<&str> = rest.split('/').collect();
    let is_whole = parts.iter().all(|part| is_part(part)) && begins_well(organ, &parts);
    is_whole.then(|| format!("https://undocs.org/{symbol}"))
}

/// Whether an organ's long series has that number in that year or session.
fn is_of_series(organ: &str, number: u32, when: &str) -> bool {
    match (organ, when.parse()) {
        ("S", Ok(year)) => series::is_of_council(number, year),
        ("A", Err(_)) => series::is_of_assembly(number) && series::assembly_session(number).is_none_or(|it| it == when),
        _ => false,
    }
}

/// Whether the parts after the organ begin as its symbols do.
fn begins_well(organ: &str, parts: &[&str]) -> bool {
    let Some((first, rest)) = parts.split_first() else { return false };
    let is_addition = |part: &&str| part.split_once('.').is_some_and(|(name, _)| ADDITIONS.contains(&name));
    let is_alone = rest.iter().all(is_addition);
    match (organ, first.parse::<u32>()) {
        // Before its thirty-first session the Assembly counted its documents without it.
        ("A", Ok(number)) if is_alone => (100..10_000).contains(&number),
        ("A", Ok(session)) => SESSIONS.contains(&session),
        ("S" | "E", Ok(_)) if is_alone => true,
        ("S" | "E", Ok(year)) => YEARS.contains(&year),
        // A resolution of the Council has no address without its year.
        ("S", Err(_)) if *first == "RES" => false,
        ("A", Err(_)) if *first == "RES" => rest.len() == 2,
        (_, Ok(_)) => false,
        (_, Err(_)) => !rest.is_empty() || first.contains('.'),
    }
}

/// `230`, `266A`, `RES`, `CN.15`, `ES-11`, `Rev.1`.
fn is_part(part: &str) -> bool {
    let is_number = |text: &str| (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_word = |text: &str| (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let lettered = part.strip_suffix(|c: char| c.is_ascii_uppercase()).is_some_and(is_number);
    let numbered = part
        .split_once('.')
        .is_some_and(|(name, number)| (is_word(name) || ADDITIONS.contains(&name)) && is_number(number));
    let special = part.split_once('-').is_some_and(|(name, number)| ["S", "ES"].contains(&name) && is_number(number));
    is_number(part) || is_word(part) || lettered || numbered || special
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn symbols_have_their_address_and_misprints_have_none() {
        for (symbol, expected) in [
            ("A/74/130", "A/74/130"),
            ("A/RES/74/247", "A/RES/74/247"),
            ("A/RES/ES-11/1", "A/RES/ES-11/1"),
            ("A/RES/3314 (XXIX)", "en/A/RES/3314(XXIX)"),
            ("S/RES/242 (1967)", "en/S/RES/242(1967)"),
            ("S/PV.8422", "S/PV.8422"),
            ("S/2010/5", "S/2010/5"),
            ("S/26000", "S/26000"),
            ("E/CN.15/2011/19", "E/CN.15/2011/19"),
            ("A/C.3/74/L.11/Rev.1", "A/C.3/74/L.11/Rev.1"),
            ("A/HRC/RES/45/25", "A/HRC/RES/45/25"),
            ("A/8370/Rev.1", "A/8370/Rev.1"),
            ("ST/SGB/2004/15", "ST/SGB/2004/15"),
        ] {
            assert_eq!(address(symbol), Some(format!("https://undocs.org/{expected}")), "{symbol}");
        }
        for symbol in [
            "A/31119", "A/33f241", "A/77", "A/77/Add.l", "A/77/Add", "S/RES/242", "S/RES/242 (1976)",
            "S/RES/3201 (1974)", "A/RES/3314 (XXI)", "A/RES/3314", "A/RES/9999 (XXX)", "A/12/345", "S/74/130",
            "UNODC/CCPCJ/EG.4/2021/2", "A", "E/RES/1996/31 (x)", "A/74/13 0",
        ] {
            assert_eq!(address(symbol), None, "{symbol}");
        }
    }
}
