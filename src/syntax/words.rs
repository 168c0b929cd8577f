//! Closed lists of English that the tokenizer and the splitter look words up in.

/// Short forms whose dot belongs to the word, without that dot, in lower case. Sorted.
const ABBREVIATIONS: &[&str] = &[
    "adm", "al", "amb", "app", "approx", "apr", "arch", "art", "arts", "assn", "aug", "ave", "bldg", "blvd", "bros",
    "ca", "capt", "cf", "ch", "chap", "cmdr", "co", "col", "cols", "comm", "corp", "cpl", "dec", "dept", "dr", "drs",
    "ed", "eds", "eg", "esp", "esq", "est", "etc", "excl", "ext", "feb", "ff", "fig", "figs", "fr", "fri", "ft", "gen",
    "gov", "govt", "h.e", "hon", "ibid", "ie", "inc", "incl", "inst", "intl", "jan", "jr", "jul", "jun", "lt", "ltd",
    "maj", "mar", "messrs", "mlle", "mme", "mr", "mrs", "ms", "msgr", "mt", "natl", "no", "nos", "nov", "oct", "op",
    "p", "para", "paras", "phd", "pp", "pres", "prof", "pt", "pvt", "ref", "rep", "rev", "sec", "secs", "sen", "sep",
    "sept", "ser", "sgt", "sr", "st", "sts", "subpara", "supp", "suppl", "tel", "univ", "v", "viz", "vol", "vols",
    "vs",
];

/// Short forms that a name or number follows: the sentence never ends after them. Sorted.
const LEADING: &[&str] = &[
    "adm", "amb", "app", "approx", "art", "arts", "ca", "capt", "cf", "ch", "chap", "cmdr", "col", "comm", "cpl", "dr",
    "drs", "e.g", "ed", "eds", "fig", "figs", "fr", "gen", "gov", "h.e", "hon", "i.e", "lt", "maj", "messrs", "mlle",
    "mme", "mr", "mrs", "ms", "msgr", "mt", "no", "nos", "p", "para", "paras", "pp", "pres", "prof", "pt", "rep",
    "rev", "sen", "sgt", "st", "sts", "subpara", "v", "viz", "vol", "vols", "vs",
];

/// Prefixes that keep their hyphen (the list of the Linguistic Data Consortium's guidelines, in short). Sorted.
const PREFIXES: &[&str] = &[
    "agro", "ante", "anti", "arch", "bi", "bio", "co", "counter", "cross", "de", "e", "eco", "ex", "extra", "inter",
    "intra", "macro", "mega", "micro", "mid", "mini", "multi", "neo", "non", "over", "pan", "para", "peri", "post",
    "pre", "pro", "pseudo", "quasi", "re", "semi", "socio", "sub", "super", "trans", "tri", "ultra", "un", "uni",
    "vice",
];

/// Endings of web addresses written without "www". Sorted.
const DOMAINS: &[&str] = &["com", "edu", "gov", "info", "int", "io", "net", "org"];

/// Words that begin a sentence more often than a name: after "U.S." they start a new one. Sorted.
const STARTERS: &[&str] = &[
    "A", "After", "All", "Also", "Although", "An", "And", "As", "At", "But", "By", "During", "For", "From", "He",
    "Her", "His", "How", "However", "I", "If", "In", "It", "Its", "Many", "Most", "My", "No", "Not", "On", "One",
    "Our", "She", "Since", "So", "Some", "Such", "That", "The", "Their", "Then", "There", "These", "They", "This",
    "Those", "To", "Under", "We", "What", "When", "While", "With", "You",
];

/// Words that stay small in titles. Sorted.
const SMALL: &[&str] = &[
    "a", "an", "and", "as", "at", "by", "for", "from", "her", "his", "in", "its", "my", "of", "on", "or", "our", "the",
    "their", "to", "with", "your",
];

/// What those are said to do whose words are told, as it stands in an aside: "the Council, she added, must act". Sorted.
const SAYING: &[&str] = &[
    "acknowledged", "added", "adds", "affirmed", "agreed", "announced", "argued", "asked", "asserted", "believed",
    "cautioned", "concluded", "continued", "declared", "emphasised", "emphasized", "explained", "highlighted", "hoped",
    "insisted", "maintained", "noted", "notes", "observed", "pledged", "pointed", "reaffirmed", "recalled",
    "recounted", "reiterated", "remarked", "reported", "said", "says", "stated", "states", "stressed", "suggested",
    "underlined", "underscored", "urged", "warned", "went",
];

/// Units that are written right after a number. Sorted.
const UNITS: &[&str] =
    &["am", "bn", "cm", "gb", "ghz", "kg", "km", "mb", "mg", "mhz", "ml", "mm", "mph", "mw", "pm", "tb"];

fn has(list: &[&str], word: &str) -> bool {
    list.binary_search_by(|entry| entry.bytes().cmp(word.bytes().map(|b| b.to_ascii_lowercase()))).is_ok()
}

/// Short forms that are also words: they count only with a capital. Sorted.
const WORDS_TOO: &[&str] = &[
    "app", "arch", "art", "arts", "co", "ed", "est", "fig", "figs", "gen", "inst", "mar", "ms", "no", "op", "ref",
    "rep", "sec",
];

/// Whether `stem` (a word without its last dot) is a known short form. `goes_on`: a capital or a digit follows.
pub fn is_abbreviation(stem: &str, goes_on: bool) -> bool {
    let capital = stem.starts_with(|c: char| c.is_uppercase());
    has(ABBREVIATIONS, stem) && ((capital && goes_on) || !has(WORDS_TOO, stem))
}

/// Length of the digits that a unit follows without a blank: 2 for "10km".
pub fn digits_before_unit(word: &str) -> Option<usize> {
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    let digits = word.len() - unit.len();
    (digits > 0 && has(UNITS, unit)).then_some(digits)
}

/// Whether a name or number is sure to follow the short form `stem` (without its last dot).
pub fn leads_on(stem: &str) -> bool {
    has(LEADING, stem)
}

/// Whether a hyphen after `left` stays inside the word.
pub fn is_prefix(left: &str) -> bool {
    has(PREFIXES, left)
}

/// Whether `word` looks like the bare name of a web site.
pub fn is_domain(word: &str) -> bool {
    let Some((name, ending)) = word.rsplit_once('.') else { return false };
    name.len() > 1 && name.is_ascii() && has(DOMAINS, ending) && !name.ends_with('.')
}

/// Whether `word`, as written, is likelier to open a sentence than to continue a name.
pub fn is_starter(word: &str) -> bool {
    STARTERS.binary_search(&word).is_ok()
}

/// Whether `word` is one of those that stay small in titles, however it is written.
pub fn is_small(word: &str) -> bool {
    has(SMALL, word)
}

/// Whether a word tells that somebody says something.
pub fn is_saying(word: &str) -> bool {
    has(SAYING, word)
}

/// Where a word written together comes apart: 3 for "cannot".
pub fn contraction(word: &str) -> Option<usize> {
    const TOGETHER: [(&str, usize); 5] = [("cannot", 3), ("gonna", 3), ("gotta", 3), ("wanna", 3), ("dunno", 2)];
    TOGETHER.into_iter().find(|(form, _)| word.eq_ignore_ascii_case(form)).map(|(_, cut)| cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [ABBREVIATIONS, LEADING, WORDS_TOO, UNITS, PREFIXES, DOMAINS, STARTERS, SMALL, SAYING] {
            let mut sorted = list.to_vec();
            sorted.sort_unstable();
            assert_eq!(list, sorted);
        }
    }
}
