//! Words to dictionary forms: irregular ones from a table, the rest by undoing the spelling of endings.

use std::collections::HashMap;
use std::sync::OnceLock;

use compact_str::CompactString;

use crate::model::Upos;

/// `form lemma` pairs, one class of words a section; beside the code because it is data.
const IRREGULAR: &str = include_str!("../../seeds/model/irregular.txt");

/// The dictionary form: lower case except for proper nouns, as the treebanks have it.
pub fn lemma(form: &str, upos: Upos) -> CompactString {
    if upos == Upos::Propn {
        return form.into();
    }
    let lower = CompactString::from(form).to_lowercase().replace('’', "'");
    if let Some(found) = irregular(&lower, upos) {
        return found.into();
    }
    match upos {
        Upos::Noun => noun(&lower),
        Upos::Verb | Upos::Aux => verb(&lower),
        Upos::Adj | Upos::Adv => degree(&lower),
        Upos::X if form.chars().any(char::is_uppercase) => form.into(),
        _ => lower.as_str().into(),
    }
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
    if lower.len() < 4 && !matches!(lower, "ids" | "cds") || !lower.is_ascii() || !lower.ends_with('s') {
        return lower.into();
    }
    if ["ss", "us", "is", "ics", "news", "ous"].into_iter().any(|end| lower.ends_with(end)) {
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

fn needs_e(stem: &str, last: u8, before: u8) -> bool {
    const WITHOUT: [&str; 14] = [
        "visit", "limit", "edit", "credit", "benefit", "profit", "exit", "deposit", "exhibit", "inherit", "target",
        "market", "focus", "bias",
    ];
    if WITHOUT.contains(&stem) {
        return false;
    }
    let third = stem.len().checked_sub(3).map_or(b' ', |i| stem.as_bytes()[i]);
    match last {
        b'v' | b'u' | b'c' => true,
        b's' => {
            before != b's' && !stem.ends_with("us")
                || stem.ends_with("cus") && stem.len() < 5
                || stem.ends_with("aus")
                || stem.ends_with("ous")
        }
        b'z' => before != b'z' && stem != "waltz",
        b'g' => {
            matches!(before, b'n' | b'd' | b'r' | b'a')
                && !stem.ends_with("ing")
                && !matches!(stem, "belong" | "long" | "hang" | "bang" | "prolong")
        }
        b'l' => {
            matches!(before, b'b' | b'd' | b'p' | b't' | b'c' | b'g' | b'k' | b'f')
                || long_vowel(stem, before, third) && matches!(before, b'i' | b'u' | b'o') && !stem.ends_with("ool")
        }
        b't' => {
            (stem.ends_with("at")
                && !is_vowel(third)
                && stem.len() > 3
                && !matches!(stem, "combat" | "treat" | "format" | "chat"))
                || ["ot", "ut", "it", "et"].into_iter().any(|end| stem.ends_with(end)) && is_e_verb(stem)
        }
        b'r' => {
            stem.ends_with("ir") && stem.len() > 3 && !is_vowel(third)
                || stem.ends_with("ur")
                    && !is_vowel(third)
                    && !matches!(stem, "occur" | "recur" | "incur" | "blur" | "murmur")
                || is_e_verb(stem)
        }
        b'd' => (["id", "ud", "od"].into_iter().any(|end| stem.ends_with(end)) && !is_vowel(third)) || is_e_verb(stem),
        b'n' => {
            ["fin", "bin", "min", "lin", "vin", "uin"].into_iter().any(|end| stem.ends_with(end)) && stem != "ruin"
                || is_e_verb(stem)
        }
        b'm' => ["om", "um", "im"].into_iter().any(|end| stem.ends_with(end)) && !is_vowel(third) || is_e_verb(stem),
        b'k' | b'p' => {
            is_e_verb(stem) || (!is_vowel(third) && matches!(before, b'a' | b'i') && last == b'k' && stem.len() > 2)
        }
        b'b' => is_e_verb(stem) || stem.ends_with("rib"),
        _ => false,
    }
}

fn long_vowel(stem: &str, before: u8, third: u8) -> bool {
    is_vowel(before) && !is_vowel(third) && stem.len() > 2
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

fn degree(lower: &str) -> CompactString {
    lower.into()
}
