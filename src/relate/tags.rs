//! Second thoughts on parts of speech, where mentions and neighbours know better than the tagger.

use crate::model::{Deprel, Mention, Tree, Upos};

/// The parts of speech of a sentence: the head of a mention is a noun; a plural that stands as a modifier right before
/// a noun phrase is a verb ("the State faces grave obstacles").
pub(super) fn tags(tree: &Tree<'_>, mentions: &[Mention]) -> Vec<Upos> {
    let mut tags: Vec<Upos> = tree.sentence.tokens.iter().map(|token| token.upos).collect();
    let mut inside = vec![false; tags.len()];
    for mention in mentions {
        let tokens = tree.sentence.tokens_in(mention.span);
        let core = tokens.clone().take_while(|&token| !matches!(tags[token], Upos::Adp | Upos::Sconj));
        if let Some(last) = core.last().filter(|&last| matches!(tags[last], Upos::Verb | Upos::Adj | Upos::Adv)) {
            tags[last] = Upos::Noun;
        }
        inside[tokens].fill(true);
    }
    for token in 0..tags.len() {
        if !inside[token] && is_verb_taken_for_noun(tree, &tags, token) {
            tags[token] = Upos::Verb;
        }
    }
    tags
}

fn is_verb_taken_for_noun(tree: &Tree<'_>, tags: &[Upos], token: usize) -> bool {
    let it = tree.token(token);
    let form = tree.form(token);
    let plural = it.upos == Upos::Noun && form.ends_with('s') && !form.ends_with("ss") && *form != *it.lemma;
    let starts = |at: usize| matches!(tags[at], Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num);
    let follows = token + 1 < tags.len() && starts(token + 1);
    let determined = tags.get(token + 1) == Some(&Upos::Det);
    plural && follows && (it.deprel == Deprel::Compound || determined)
}
