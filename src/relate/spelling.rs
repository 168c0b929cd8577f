//! Words in lower case, and second thoughts on lemmas: "convened" is of "convene" if that is a word the rules know.

use compact_str::CompactString;

use crate::model::{Tree, Upos};

/// A word as rules compare it.
#[derive(Clone, Debug)]
pub(super) struct Spelling {
    /// The lemma, in lower case.
    pub lemma: CompactString,
    /// The form, in lower case.
    pub form: CompactString,
}

/// The spellings of a sentence; `known` tells which lemmas set off rules.
pub(super) fn of(tree: &Tree<'_>, tags: &[Upos], known: &dyn Fn(&str) -> bool) -> Vec<Spelling> {
    (0..tree.len())
        .map(|token| {
            let form = CompactString::from(tree.form(token)).to_lowercase();
            let lemma = tree.token(token).lemma.to_lowercase();
            let verbal = matches!(tags[token], Upos::Verb | Upos::Noun | Upos::Propn) && !known(&lemma);
            // A verb read as a noun that has no singular: "and thanks the Chair".
            let misread = tags[token] == Upos::Verb && lemma == form && form.ends_with('s');
            let better = if verbal || misread { stems(&form).find(|stem| known(stem)) } else { None };
            Spelling { lemma: better.unwrap_or(lemma), form }
        })
        .collect()
}

/// What a verb form may be of: "urge" of "urged", "commit" of "committing".
fn stems(form: &str) -> impl Iterator<Item = CompactString> {
    let bare = ["ing", "ed", "es", "s", "d"].into_iter().filter_map(|ending| form.strip_suffix(ending));
    bare.filter(|bare| bare.len() > 2).flat_map(|bare| {
        let single = bare.char_indices().last().map_or(bare, |(last, _)| &bare[..last]);
        let doubled = bare.len() > 3 && bare.as_bytes()[bare.len() - 1] == bare.as_bytes()[bare.len() - 2];
        let with_e = compact_str::format_compact!("{bare}e");
        [Some(with_e), Some(bare.into()), doubled.then(|| single.into())].into_iter().flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::stems;

    #[test]
    fn stems_hold_the_verb() {
        for (form, verb) in
            [("convened", "convene"), ("urging", "urge"), ("committed", "commit"), ("recalls", "recall")]
        {
            assert!(stems(form).any(|stem| stem == verb), "{form}");
        }
    }
}
