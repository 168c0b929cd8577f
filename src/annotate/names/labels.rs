//! The ways in which a label may be written, in folded form: British or American, one or many.

use crate::seeds::{Lexicon, NameForm, WordClass, fold_name};

/// All folded spellings of a name, itself first.
pub(super) fn spellings(lexicon: &Lexicon, name: &str, form: NameForm, is_term: bool) -> Vec<String> {
    let plain = fold_name(name);
    if form == NameForm::Acronym {
        return acronym_spellings(plain);
    }
    let american = respelled(&plain, lexicon.spellings());
    let british = respelled(&plain, lexicon.spellings().map(|(british, american)| (american, british)));
    let mut all = vec![plain];
    push_new(&mut all, american);
    push_new(&mut all, british);
    push_all(&mut all, abbreviated);
    push_all(&mut all, split_prefix);
    if is_term {
        push_all(&mut all, |name| other_number(lexicon, name));
    }
    if form == NameForm::Demonym {
        push_all(&mut all, |name| people(lexicon, name));
    }
    all
}

/// "g20" is also "g 20", for folding has made "g-20" so; several are written with an "s".
fn acronym_spellings(plain: String) -> Vec<String> {
    let digit = plain.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0);
    let parted = digit.map(|at| format!("{} {}", plain[..at].trim_end(), &plain[at..]));
    let several = plain.ends_with(char::is_alphabetic).then(|| format!("{plain}s"));
    let mut all = vec![plain];
    push_new(&mut all, parted);
    push_new(&mut all, several);
    all
}

fn push_new(all: &mut Vec<String>, more: Option<String>) {
    if let Some(more) = more.filter(|more| !all.contains(more)) {
        all.push(more);
    }
}

fn push_all(all: &mut Vec<String>, variant: impl Fn(&str) -> Option<String>) {
    for at in 0..all.len() {
        let more = variant(&all[at]);
        push_new(all, more);
    }
}

/// A name with the spellings of one side in place of those of the other.
fn respelled<'s>(name: &str, spellings: impl Iterator<Item = (&'s str, &'s str)>) -> Option<String> {
    let mut other = name.to_owned();
    for (from, to) in spellings {
        if other.contains(from) && !(to.contains(from) && other.contains(to)) {
            other = other.replace(from, to);
        }
    }
    (other != name).then_some(other)
}

/// "Saint Lucia" is also "St. Lucia" and, for text without dots, "St Lucia".
fn abbreviated(name: &str) -> Option<String> {
    name.strip_prefix("saint ").map(|rest| format!("st. {rest}"))
}

/// "cybersecurity" is also "cyber security" (and, folded alike, "cyber-security").
fn split_prefix(name: &str) -> Option<String> {
    let at = name.find("cyber")? + "cyber".len();
    let (head, rest) = name.split_at(at);
    rest.starts_with(|c: char| c.is_ascii_lowercase()).then(|| format!("{head} {rest}"))
}

/// The plural of a term in the singular; the singular of a term of several words in the plural.
fn other_number(lexicon: &Lexicon, name: &str) -> Option<String> {
    let last = name.rsplit(' ').next().unwrap_or(name);
    let stem = |ending: &str| name.strip_suffix(ending).filter(|stem| !stem.is_empty());
    if ends_in(lexicon, last, WordClass::UncountedEnding) {
        return None;
    }
    if let Some(stem) = stem("y").filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        return Some(format!("{stem}ies"));
    }
    let is_plural = last.len() > 3 && last.ends_with('s') && !["ss", "us", "is"].iter().any(|end| last.ends_with(end));
    if is_plural {
        let singular = stem("ies").map(|stem| format!("{stem}y")).or_else(|| stem("s").map(str::to_owned));
        return singular.filter(|_| last.len() < name.len());
    }
    let hisses = ["s", "x", "ch", "sh"].iter().any(|end| name.ends_with(end));
    Some(if hisses { format!("{name}es") } else { format!("{name}s") })
}

/// The people of an adjective in -an, -i, -ian or -ish's like: "Iranians", "Iraqis", "Greeks".
fn people(lexicon: &Lexicon, adjective: &str) -> Option<String> {
    let takes_s = ends_in(lexicon, adjective, WordClass::PeopleEnding);
    takes_s.then(|| format!("{adjective}s"))
}

fn ends_in(lexicon: &Lexicon, word: &str, endings: WordClass) -> bool {
    lexicon.list(endings).iter().any(|ending| word.ends_with(ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::spellings;
    use crate::seeds::{Lexicon, NameForm};

    #[test]
    fn labels_are_spelled_in_all_usual_ways() {
        let rows: [(&str, NameForm, bool, &[&str]); 10] = [
            (
                "World Dock Organization",
                NameForm::Label,
                false,
                &["world dock organization", "world dock organisation"],
            ),
            ("Dock Programme", NameForm::Label, false, &["dock programme", "dock program"]),
            ("cyberwreck", NameForm::Label, true, &["cyberwreck", "cyber wreck", "cyberwrecks", "cyber wrecks"]),
            ("harbour security", NameForm::Label, true, &["harbour security"]),
            ("harbour right", NameForm::Label, true, &["harbour right", "harbour rights"]),
            ("harbour fees", NameForm::Label, true, &["harbour fees", "harbour fee"]),
            ("G20", NameForm::Acronym, false, &["g20", "g 20"]),
            ("NDB", NameForm::Acronym, false, &["ndb", "ndbs"]),
            ("Saint Anselm", NameForm::Label, false, &["saint anselm", "st. anselm"]),
            ("Ruritanian", NameForm::Demonym, false, &["ruritanian", "ruritanians"]),
        ];
        for (name, form, is_term, expected) in rows {
            assert_eq!(spellings(Lexicon::embedded(), name, form, is_term), expected, "{name}");
        }
    }
}
