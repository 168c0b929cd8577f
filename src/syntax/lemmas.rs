//! Words to dictionary forms: irregular ones from a table, the rest by undoing the spelling of endings.

use std::collections::HashMap;
use std::sync::OnceLock;

use compact_str::CompactString;

use crate::model::Upos;

/// `form lemma` pairs, one class of words a section; beside the code because it is data.
const IRREGULAR: &str = include_str!("../../seeds/model/irregular.txt");

/// What else is known of a word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints {
    /// It is the first of its sentence: its capital says nothing.
    pub opens: bool,
    /// It is a proper noun in the plural: "States".
    pub plural_name: bool,
}

/// The dictionary form: lower case except for names and adjectives of names, as the treebanks have it.
pub fn lemma(form: &str, upos: Upos, hints: Hints) -> CompactString {
    match upos {
        Upos::Propn if hints.plural_name => return plural_name(form),
        Upos::Propn => return form.into(),
        Upos::Num if !form.chars().any(char::is_lowercase) => return form.into(),
        Upos::X if form.chars().any(char::is_uppercase) => return form.into(),
        Upos::Noun if is_code(form) => return form.into(),
        Upos::Adj if !hints.opens && form.starts_with(char::is_uppercase) => return form.into(),
        Upos::Punct => return punctuation(form).into(),
        _ => {}
    }
    let mut lower = CompactString::from(form).to_lowercase();
    if lower.contains('’') {
        lower = lower.replace('’', "'").into();
    }
    if let Some(found) = irregular(&lower, upos) {
        return found.into();
    }
    match upos {
        Upos::Noun => noun(&lower),
        Upos::Verb | Upos::Aux => verb(&lower),
        _ => lower,
    }
}

/// "NGO", "L2": not a word that has a small form.
fn is_code(form: &str) -> bool {
    let capitals = form.chars().filter(|c| c.is_uppercase()).count();
    capitals > 1 && !form.ends_with('s') || capitals > 0 && form.bytes().any(|b| b.is_ascii_digit())
}

fn plural_name(form: &str) -> CompactString {
    let singular = noun(&form.to_lowercase());
    match form.get(..1) {
        Some(first) if singular.is_ascii() => CompactString::from(first) + &singular[1..],
        _ => form.into(),
    }
}

/// Quotes and dashes as the keyboard has them.
fn punctuation(form: &str) -> &str {
    match form {
        "“" | "”" | "„" | "«" | "»" | "``" | "''" => "\"",
        "‘" | "’" | "`" => "'",
        "–" | "—" | "--" | "‐" | "‑" => "-",
        _ => form,
    }
}

/// What a word in lower case would be the plural of, if it is a noun.
pub fn base_of_noun(lower: &str) -> CompactString {
    irregular(lower, Upos::Noun).map_or_else(|| noun(lower), CompactString::from)
}

/// What a word in lower case would be a form of, if it is a verb.
pub fn base_of_verb(lower: &str) -> CompactString {
    irregular(lower, Upos::Verb).map_or_else(|| verb(lower), CompactString::from)
}

fn irregular(lower: &str, upos: Upos) -> Option<&'static str> {
    static TABLE: OnceLock<HashMap<(&'static str, &'static str), &'static str>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut section = "";
        let mut table = HashMap::new();
        for line in IRREGULAR.lines().filter(|line| !line.starts_with('#')) {
            match line.split_once(' ') {
                None => section = line,
                Some((lemma, forms)) => table.extend(forms.split(' ').map(|form| ((section, form), lemma))),
            }
        }
        table
    });
    let section = if upos == Upos::Aux { "VERB" } else { upos.name() };
    table
        .get(&(if upos == Upos::Aux { "AUX" } else { section }, lower))
        .or_else(|| table.get(&(section, lower)))
        .copied()
}

fn noun(lower: &str) -> CompactString {
    let keep = |n: usize| &lower[..lower.len() - n];
    let digits = lower.bytes().rev().nth(1).is_some_and(|b| b.is_ascii_digit());
    if lower.len() < 3 || digits || !lower.is_ascii() || !lower.ends_with('s') {
        return lower.into();
    }
    if ["ss", "us", "is"].into_iter().any(|end| lower.ends_with(end)) || is_science(lower) {
        return lower.into();
    }
    if lower.ends_with("ies") && lower.len() > 4 {
        return CompactString::from(keep(3)) + "y";
    }
    if ["sses", "shes", "ches", "xes", "zzes", "oes"].into_iter().any(|end| lower.ends_with(end)) && lower.len() > 4 {
        return keep(2).into();
    }
    if lower.ends_with("men") {
        return CompactString::from(keep(2)) + "an";
    }
    keep(1).into()
}

/// "politics", "physics": fields, not plurals.
fn is_science(lower: &str) -> bool {
    const FIELDS: [&str; 18] = [
        "politics", "economics", "physics", "mathematics", "ethics", "logistics", "athletics", "electronics",
        "dynamics", "genetics", "linguistics", "analytics", "mechanics", "forensics", "robotics", "aerobics",
        "informatics", "geopolitics",
    ];
    FIELDS.contains(&lower)
}

fn verb(lower: &str) -> CompactString {
    if !lower.is_ascii() || lower.len() < 4 {
        return lower.into();
    }
    let keep = |n: usize| &lower[..lower.len() - n];
    if lower.ends_with("ies") || lower.ends_with("ied") {
        return if lower.len() > 4 { CompactString::from(keep(3)) + "y" } else { keep(1).into() };
    }
    if lower.ends_with("ing") && has_vowel(keep(3)) {
        return restore(keep(3));
    }
    if lower.ends_with("eed") {
        return if matches!(lower, "agreed" | "freed" | "guaranteed" | "decreed" | "refereed") {
            keep(1).into()
        } else {
            lower.into()
        };
    }
    if lower.ends_with("ed") && has_vowel(keep(2)) {
        return restore(keep(2));
    }
    if ["sses", "shes", "ches", "xes", "zzes", "oes"].into_iter().any(|end| lower.ends_with(end)) {
        return keep(2).into();
    }
    if lower.ends_with('s') && !lower.ends_with("ss") && !lower.ends_with("us") && !lower.ends_with("is") {
        return keep(1).into();
    }
    lower.into()
}

fn has_vowel(stem: &str) -> bool {
    stem.bytes().any(|b| b"aeiouy".contains(&b))
}

fn is_vowel(b: u8) -> bool {
    b"aeiou".contains(&b)
}

/// What stood before "-ing" or "-ed": takes back a doubled consonant, puts back a silent "e".
fn restore(stem: &str) -> CompactString {
    let bytes = stem.as_bytes();
    let n = bytes.len();
    let (last, before) = (bytes[n - 1], n.checked_sub(2).map_or(b' ', |i| bytes[i]));
    if n > 2 && last == before && !is_vowel(last) {
        let keeps = matches!(last, b'l' | b's' | b'z' | b'f') && !doubles(stem);
        return if keeps { stem.into() } else { stem[..n - 1].into() };
    }
    if needs_e(stem, last, before) { CompactString::from(stem) + "e" } else { stem.into() }
}

/// "controll", "compell": an l doubled by the ending, not by the word ("fulfill" and "call" keep theirs).
fn doubles(stem: &str) -> bool {
    const ENDS: [&str; 22] = [
        "controll", "compell", "cancell", "travell", "labell", "modell", "propell", "expell", "repell", "signall",
        "channell", "counsell", "dispell", "excell", "fuell", "levell", "marshall", "patroll", "quarrell", "rebell",
        "totall", "focuss",
    ];
    ENDS.contains(&stem)
}

/// Whether a stem such as "includ" or "creat" has lost a silent "e".
fn needs_e(stem: &str, last: u8, before: u8) -> bool {
    const WITHOUT: [&str; 22] = [
        "visit", "limit", "edit", "credit", "benefit", "profit", "exit", "deposit", "exhibit", "inherit", "target",
        "market", "focus", "bias", "canvas", "gas", "combat", "treat", "format", "chat", "waltz", "ruin",
    ];
    if WITHOUT.contains(&stem) {
        return false;
    }
    if is_e_verb(stem) {
        return true;
    }
    let third = stem.len().checked_sub(3).map_or(b' ', |i| stem.as_bytes()[i]);
    let single = is_vowel(before) && !is_vowel(third) && stem.len() > 2;
    let ends = |ends: &[&str]| ends.iter().any(|end| stem.ends_with(end));
    match last {
        b'v' | b'u' | b'c' => true,
        b's' => before != b's',
        b'z' => before != b'z',
        b'g' => {
            ends(&["dg", "rg", "ag", "eng", "ang"]) && !ends(&["hang", "bang", "gang"])
                || ends(&["hang"]) && ends(&["chang"])
        }
        b'l' => {
            matches!(before, b'b' | b'd' | b'p' | b't' | b'c' | b'g' | b'k' | b'f')
                || single && b"iuo".contains(&before)
        }
        b't' => ends(&["iat", "uat", "creat"]) || single && before == b'a' && stem.len() > 3,
        b'r' => {
            single
                && matches!(before, b'i' | b'u')
                && !ends(&["occur", "recur", "incur", "blur", "murmur"])
                && stem.len() > 3
        }
        b'd' => single && b"iuo".contains(&before) || ends(&["uid"]),
        b'n' => ends(&["fin", "bin", "min", "lin", "vin", "uin"]),
        b'm' => single && b"oui".contains(&before),
        b'k' => single && matches!(before, b'a' | b'i'),
        b'b' => ends(&["rib"]),
        _ => false,
    }
}

/// Verbs whose spelling does not tell that they end in "e".
fn is_e_verb(stem: &str) -> bool {
    const STEMS: [&str; 62] = [
        "promot", "devot", "quot", "vot", "not", "denot", "execut", "contribut", "constitut", "distribut", "institut",
        "prosecut", "substitut", "attribut", "disput", "comput", "persecut", "pollut", "unit", "invit", "cit", "incit",
        "write", "writ", "ignit", "excit", "recit", "complet", "delet", "compet", "explor", "ignor", "restor", "stor",
        "scor", "shar", "prepar", "declar", "compar", "car", "dar", "spar", "trad", "upgrad", "invad", "persuad",
        "degrad", "defin", "combin", "nam", "fram", "blam", "nominat", "hop", "scop", "cop", "escap", "shap", "typ",
        "describ", "adher", "interfer",
    ];
    STEMS.contains(&stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_their_lemmas() {
        let table = [
            ("Recalling", Upos::Verb, "recall"),
            ("adopted", Upos::Verb, "adopt"),
            ("established", Upos::Verb, "establish"),
            ("invited", Upos::Verb, "invite"),
            ("submitted", Upos::Verb, "submit"),
            ("refused", Upos::Verb, "refuse"),
            ("focused", Upos::Verb, "focus"),
            ("associated", Upos::Verb, "associate"),
            ("repeated", Upos::Verb, "repeat"),
            ("controlled", Upos::Verb, "control"),
            ("encourages", Upos::Verb, "encourage"),
            ("addresses", Upos::Verb, "address"),
            ("guided", Upos::Verb, "guide"),
            ("held", Upos::Verb, "hold"),
            ("does", Upos::Aux, "do"),
            ("has", Upos::Aux, "have"),
            ("n’t", Upos::Part, "not"),
            ("countries", Upos::Noun, "country"),
            ("crimes", Upos::Noun, "crime"),
            ("crises", Upos::Noun, "crisis"),
            ("women", Upos::Noun, "woman"),
            ("NGO", Upos::Noun, "NGO"),
            ("1990s", Upos::Noun, "1990s"),
            ("politics", Upos::Noun, "politics"),
            ("critics", Upos::Noun, "critic"),
            ("them", Upos::Pron, "they"),
            ("United", Upos::Propn, "United"),
            ("Swiss", Upos::Adj, "Swiss"),
            ("stronger", Upos::Adj, "strong"),
            ("été", Upos::Noun, "été"),
            ("…s", Upos::Noun, "…s"),
        ];
        for (form, upos, wanted) in table {
            assert_eq!(lemma(form, upos, Hints::default()), wanted, "{form}");
        }
        assert_eq!(lemma("Convinced", Upos::Adj, Hints { opens: true, plural_name: false }), "convinced");
        assert_eq!(lemma("States", Upos::Propn, Hints { opens: false, plural_name: true }), "State");
    }
}
