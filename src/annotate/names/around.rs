//! Whether a name may stand where it stands: not in a web address or symbol, not as a person's name, not as a language.

use super::Label;
use crate::model::{Kind, Span};
use crate::seeds::{Lexicon, NameForm, WordClass};

/// Whether a label may be read at `span` of `text`.
pub(super) fn allows(lexicon: &Lexicon, label: &Label, kind: Kind, text: &str, block: Span, span: Span) -> bool {
    let before = text.get(block.start..span.start).unwrap_or_default();
    let after = text.get(span.end..block.end).unwrap_or_default();
    if is_in_address(before, span.of(text), after) {
        return false;
    }
    if label.is_term {
        return !is_compound(before, after) && !is_head_of_name(before, span.of(text), after);
    }
    match label.form {
        NameForm::Acronym => !is_shouted(lexicon, label, before, span.of(text), after) && !after.starts_with('$'),
        NameForm::Demonym => !is_language(lexicon, before, after) && !is_prefixed(lexicon, before),
        _ if matches!(kind, Kind::State | Kind::Place) => {
            !is_person(lexicon, before)
                && !is_in_compass(before, kind)
                && !is_given_name(lexicon, span.of(text), after)
                && !is_namesake(kind, span.of(text), before, after)
        }
        _ => true,
    }
}

/// "North-East Asia", "south-west Africa": another region than the one that follows the hyphen.
fn is_in_compass(before: &str, kind: Kind) -> bool {
    let Some(rest) = before.strip_suffix(['-', '‑', '–']).filter(|_| kind == Kind::Place) else { return false };
    let word = rest.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    matches!(word.as_str(), "north" | "south" | "east" | "west")
}

/// "Uruguay Round", "Jordan River", "banks of the Jordan": something else bears the name of a State.
fn is_namesake(kind: Kind, name: &str, before: &str, after: &str) -> bool {
    let next = after.split_whitespace().next().unwrap_or_default();
    let word = next.trim_end_matches(|c: char| !c.is_alphanumeric());
    let capital = after.starts_with(char::is_whitespace) && word.starts_with(char::is_uppercase);
    let named = capital && WordClass::Namesake.has(&word.to_lowercase());
    // The State has no article, its adjective stands before a noun.
    let river = name == "Jordan" && before.trim_end().ends_with(" the");
    let ends = after.trim_start().starts_with(|c: char| !c.is_alphanumeric()) || WordClass::FunctionWord.has(word);
    match kind {
        Kind::State => named || river && ends,
        _ => capital && word == "Round",
    }
}

/// States whose names are also people's first names.
const GIVEN_NAMES: [&str; 3] = ["Chad", "Georgia", "Jordan"];

/// "Jordan Moss supports it", "Chad Lind, Director": the first name of somebody. "Jordan Valley" is a place, "Chad National
/// Police" a body.
fn is_given_name(lexicon: &Lexicon, name: &str, after: &str) -> bool {
    let mut words = after.strip_prefix(' ').unwrap_or_default().split_whitespace();
    let Some(surname) = words.next().filter(|_| GIVEN_NAMES.contains(&name)) else { return false };
    let bare = surname.trim_end_matches([',', '.', ':', ')']);
    let bare = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s")).unwrap_or(bare);
    let is_name = |word: &str| word.starts_with(char::is_uppercase) && word.chars().skip(1).all(char::is_lowercase);
    let lower = lexicon.singular_by_ending(&bare.to_lowercase());
    let means = lexicon.kind_of_capital(&lower).is_some() || lexicon.is(&lower, WordClass::FunctionWord);
    let stops = surname.len() > bare.len() || words.next().is_none_or(|next| !next.starts_with(char::is_uppercase));
    is_name(bare)
        && bare.chars().count() > 2
        && !means
        && stops
        && !matches!(lower.as_str(), "valley" | "river" | "basin" | "aid")
}

/// Part of a web or mail address, a tag, a symbol or a file name.
fn is_in_address(before: &str, name: &str, after: &str) -> bool {
    let head = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let tail = after.split(char::is_whitespace).next().unwrap_or_default();
    let token = [head, tail].concat();
    let is_symbol = token.contains('/') && token.contains(|c: char| c.is_ascii_digit());
    let is_address = token.contains("://") || head.starts_with("www.") || head.ends_with(['@', '#', '_']);
    let is_domain = tail.starts_with('.') && tail[1..].starts_with(|c: char| c.is_lowercase())
        || head.ends_with('.') && name.starts_with(char::is_lowercase) && head.len() > 1;
    is_symbol || is_address || is_domain || tail.starts_with('@')
}

/// Joined to another word by a hyphen: "anti-x" and "x-related" are not x.
fn is_compound(before: &str, after: &str) -> bool {
    let hyphens = ['-', '‑', '–'];
    let left = before.strip_suffix(hyphens).is_some_and(|rest| rest.ends_with(char::is_alphanumeric));
    let right = after.strip_prefix(hyphens).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    left || right
}

/// The last word of a proper name of its own, such as "Harbour Police": capitalised, after a capitalised word and before
/// none. A heading like "Combating Piracy" is no name.
fn is_head_of_name(before: &str, name: &str, after: &str) -> bool {
    let is_capital = |word: &str| word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase);
    let one_word = is_capital(name) && !name.contains(char::is_whitespace);
    let joined = before.ends_with(' ') && !after.trim_start().starts_with(char::is_uppercase);
    let last = before.split_whitespace().next_back().unwrap_or_default();
    one_word && joined && is_capital(last) && last.ends_with(char::is_alphabetic) && !last.ends_with("ing")
}

/// An English word in a line of capitals.
fn is_shouted(lexicon: &Lexicon, label: &Label, before: &str, name: &str, after: &str) -> bool {
    if !lexicon.is(&label.text.to_lowercase(), WordClass::ShoutedWord) {
        return false;
    }
    let line = [before.rsplit('\n').next().unwrap_or_default(), after.split('\n').next().unwrap_or_default()].concat();
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = line.chars().filter(|c| c.is_uppercase()).count();
    letters > name.len() && capitals * 10 > letters * 7
}

/// "in French and Spanish", "Original: Arabic": languages, not peoples.
fn is_language(lexicon: &Lexicon, before: &str, after: &str) -> bool {
    let is_listed = |word: &&str| {
        matches!(*word, "and" | "or") || word.starts_with(char::is_uppercase) && !word.ends_with([':', '.'])
    };
    let lead =
        before.split_whitespace().rev().take(8).find(|word| !is_listed(word) || *word == "In").unwrap_or_default();
    let rest = after.trim_start_matches([' ', '\n']);
    let next = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let stands_alone = next.is_empty() || lexicon.is(next, WordClass::AfterLanguage);
    stands_alone && (matches!(lead, "in" | "In" | "into" | "from") || lead.ends_with("riginal:"))
}

fn is_prefixed(lexicon: &Lexicon, before: &str) -> bool {
    let Some(rest) = before.strip_suffix(['-', '‑', '–']) else { return false };
    lexicon.list(WordClass::PeoplePrefix).iter().any(|prefix| rest.ends_with(prefix.as_str()))
}

/// Part of a person's name: an honorific stands before it, with nothing but capitalised words between.
fn is_person(lexicon: &Lexicon, before: &str) -> bool {
    if !before.ends_with(char::is_whitespace) {
        return false;
    }
    for word in before.split_whitespace().rev().take(3) {
        if word.starts_with(char::is_uppercase)
            && lexicon.is(&word.trim_end_matches('.').to_lowercase(), WordClass::Honorific)
        {
            return true;
        }
        let is_name = word.starts_with(char::is_uppercase) && word.ends_with(char::is_alphabetic);
        let is_initial = word.len() == 2 && word.ends_with('.') && word.starts_with(char::is_uppercase);
        if !is_name && !is_initial {
            return false;
        }
    }
    false
}
