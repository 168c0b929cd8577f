//! One phrase that two nouns share: "the support of and trust in the council". Too rare to learn, too regular to get wrong.

use crate::model::{Deprel, Token, Upos};

/// Hangs the second noun on the first, and what they share on the first too, as the treebanks do.
pub fn hang(tokens: &mut [Token]) {
    for bare in 1..tokens.len().saturating_sub(4) {
        if let Some(shared) = find(tokens, bare) {
            let (first, second) = (bare - 1, bare + 2);
            (tokens[bare].head, tokens[bare].deprel) = (Some(first as u32), Deprel::Nmod);
            (tokens[second].head, tokens[second].deprel) = (Some(first as u32), Deprel::Conj);
            (tokens[bare + 1].head, tokens[bare + 1].deprel) = (Some(second as u32), Deprel::Cc);
            (tokens[shared].head, tokens[shared].deprel) = (Some(first as u32), Deprel::Nmod);
        }
    }
}

/// The noun of the shared phrase, if token `bare` is a preposition that stands behind a noun and has nothing after it but a
/// coordinator, a word and another preposition.
fn find(tokens: &[Token], bare: usize) -> Option<usize> {
    let is = |at: usize, upos: &[Upos]| tokens.get(at).is_some_and(|token| upos.contains(&token.upos));
    let noun = [Upos::Noun, Upos::Propn];
    let shape = is(bare - 1, &noun)
        && is(bare, &[Upos::Adp])
        && is(bare + 1, &[Upos::Cconj])
        && is(bare + 2, &[Upos::Noun, Upos::Verb])
        && is(bare + 3, &[Upos::Adp]);
    if !shape {
        return None;
    }
    let shared = tokens[bare + 3].head? as usize;
    // Nothing may hang on itself in the end.
    let mut above =
        std::iter::successors(Some(bare - 1), |&at| tokens[at].head.map(|head| head as usize)).take(tokens.len());
    let loops = above.any(|over| over == shared || over == bare || over == bare + 2);
    (shared > bare + 3 && is(shared, &noun) && !loops).then_some(shared)
}
