//! Names and keys out of the labels of the tables.

/// One more name of an entity: the property that states it, and the name.
pub type Also = (&'static str, String);

/// A label without the remark in brackets that it ends with, and the remark.
pub fn split_remark(label: &str) -> (&str, Option<&str>) {
    match label.strip_suffix(')').zip(opening_of_last(label)) {
        Some((open, at)) => (label[..at].trim_end(), Some(&open[at + 1..])),
        None => (label, None),
    }
}

/// Where the bracket opens that the label's last character closes.
fn opening_of_last(label: &str) -> Option<usize> {
    let mut depth = 0;
    let mut brackets = label.bytes().enumerate().rev().filter(|(_, byte)| matches!(byte, b'(' | b')'));
    brackets.find_map(|(at, byte)| {
        depth += if byte == b')' { 1 } else { -1 };
        (depth == 0).then_some(at)
    })
}

/// The names of a State by its UNTERM forms: "Niger (the)" and "the Republic of the Niger"; "Bolivia (Plurinational
/// State of)" is also called by what stands before the bracket.
pub fn of_state(label: &str, short: &str, formal: &str) -> Vec<Also> {
    let short = short.trim_end_matches(" *").trim_end_matches(" (the)");
    let mut names = vec![("skos:altLabel", short.to_owned())];
    if let (name, Some(remark)) = split_remark(label)
        && remark.ends_with(" of")
    {
        names.push(("skos:altLabel", name.to_owned()));
    }
    names.push(("rap:formalName", formal.trim_start_matches("the ").to_owned()));
    names
}

/// The names of a body of a State: "Iranian X" is also "X of Iran"; "X (Iran)" is also "X of Iran".
pub fn of_national_body(label: &str, state: &str, formal: &str) -> Vec<Also> {
    let (name, remark) = split_remark(label);
    let bare = match remark {
        Some(remark) if remark == state => name,
        _ => name.split_once(' ').map_or(name, |(_, rest)| rest),
    };
    let own = (bare.len() + state.len() < name.len() + state.len()).then(|| ("skos:altLabel", name.to_owned()));
    let of = [state.to_owned(), format!("the {formal}")].map(|owner| ("skos:altLabel", format!("{bare} of {owner}")));
    own.into_iter().chain(of).collect()
}

/// The names of a treaty: "X, supplementing Y", "X, 1961" and "X, signed at …" are also "X"; a capitalised remark
/// is a short name.
pub fn of_treaty(label: &str) -> Vec<Also> {
    let (name, remark) = split_remark(label);
    let short = remark.filter(|remark| remark.starts_with(char::is_uppercase)).map(str::to_owned);
    let stem = [", supplementing ", ", aiming at "].into_iter().find_map(|mark| name.split_once(mark));
    let undated = name.rsplit_once(", ").filter(|(_, year)| year.len() == 4 && year.parse::<u16>().is_ok());
    let stems = stem.or(undated).map(|(stem, _)| stem.to_owned());
    short.into_iter().chain(stems).map(|text| ("skos:altLabel", text)).collect()
}

/// The names of a law of the EU: what stands before its subject.
pub fn of_law(label: &str) -> Vec<Also> {
    let marks = [" on ", " concluding ", " setting up ", " amending ", " ("];
    let after = label.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let end = marks.into_iter().filter_map(|mark| label[after..].find(mark)).min();
    end.map(|end| ("skos:altLabel", label[..after + end].to_owned())).into_iter().collect()
}

/// The names of a topic: "a / b" is both; "SDG Goal 16: …" and "SDG Target 16.4 (…)" go by their numbers.
pub fn of_topic(label: &str) -> (String, Vec<Also>) {
    let alt = |text: String| ("skos:altLabel", text);
    if let Some((first, second)) = label.split_once(" / ") {
        return (first.to_owned(), vec![alt(second.to_owned())]);
    }
    if let Some((number, _)) = label.strip_prefix("SDG Goal ").and_then(|rest| rest.split_once(": ")) {
        let names = vec![alt(format!("SDG {number}")), alt(format!("Sustainable Development Goal {number}"))];
        return (label.to_owned(), names);
    }
    let name = split_remark(label).0;
    if let Some(number) = name.strip_prefix("SDG Target ") {
        return (
            label.to_owned(),
            vec![alt(name.to_owned()), alt(format!("Sustainable Development Goal target {number}"))],
        );
    }
    if let Some((_, rest)) = name.strip_prefix("ICCS ").and_then(|rest| rest.split_once(' ')) {
        return (rest.to_lowercase(), Vec::new());
    }
    (name.to_owned(), Vec::new())
}

/// The symbol that a resolution's or document's label begins with, in full: "ECOSOC resolution 1992/1" is E/RES/1992/1.
pub fn symbol_of(label: &str) -> String {
    let name = split_remark(label).0;
    match name.split_once(" resolution ") {
        Some(("ECOSOC", number)) => format!("E/RES/{number}"),
        Some((body, number)) => format!("{body}/RES/{number}"),
        None => name.to_owned(),
    }
}

/// A symbol as part of a key: every run of characters other than letters, digits and dots becomes one hyphen.
pub fn symbol_slug(symbol: &str) -> String {
    let words: Vec<&str> =
        symbol.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// A label as part of a key: lower case, ASCII, words joined by hyphens.
pub fn slug(label: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain: String = label.nfd().filter(|c| c.is_ascii() && *c != '\'').collect::<String>().to_ascii_lowercase();
    let words: Vec<&str> = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// The number that an ordinal in words stands for.
pub fn ordinal(word: &str) -> Option<u32> {
    let words = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    words.iter().position(|one| *one == word).and_then(|at| u32::try_from(at + 1).ok())
}
