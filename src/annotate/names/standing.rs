//! Terms that stand for themselves: not the single word that only modifies another noun ("health" in "health equity"), and
//! not the last words of a longer term ("infrastructure" in "port infrastructure"), which the phrases give whole.

use std::ops::Range;

use crate::annotate::text::Text;
use crate::model::{Deprel, Mention, MentionClass, Reading, Sentence, Span, Tree, Upos};
use crate::seeds::Lexicon;

/// Whether a mention stands for itself where it is: anything does but some known terms.
pub(super) fn stands(text: &Text, mention: &Mention) -> bool {
    let is_term = mention.class == MentionClass::Term && matches!(mention.reading, Reading::Catalogue(_));
    !is_term
        || Sentence::around(text.sentences, mention.span)
            .is_none_or(|sentence| is_whole(&Tree::new(&text.doc.text, sentence), mention.span, text.lexicon))
}

fn is_whole(tree: &Tree<'_>, span: Span, lexicon: &Lexicon) -> bool {
    let tokens = tree.sentence.tokens_in(span);
    let (Some(first), Some(last)) = (tokens.clone().next(), tokens.clone().next_back()) else { return true };
    let leads_out = |token: &usize| tree.head(*token).is_none_or(|parent| !tokens.contains(&parent));
    let Some(head) = tokens.clone().find(leads_out) else { return true };
    if is_in_name(tree, first, last) {
        return true;
    }
    let modifies = tree.head(head).is_some_and(|parent| parent > last) && tree.token(head).deprel == Deprel::Compound;
    let is_longer = first > 0 && head == last && is_part(tree, first - 1, &tokens, lexicon);
    let is_modifier = modifies && first == last;
    !(is_modifier || is_longer || has_complement(tree, head, last))
}

/// Whether capitalised words stand around a capitalised term: then it is a part of a name, and a mention inside of it.
fn is_in_name(tree: &Tree<'_>, first: usize, last: usize) -> bool {
    let is_capital = |token: usize| tree.form(token).starts_with(char::is_uppercase);
    let before = first > 1 && is_capital(first - 1);
    let after = last + 1 < tree.len() && is_capital(last + 1);
    is_capital(first) && (before || after)
}

/// Whether the token before a term makes it a longer term: a noun or an adjective that tells its kind.
fn is_part(tree: &Tree<'_>, token: usize, term: &Range<usize>, lexicon: &Lexicon) -> bool {
    let it = tree.token(token);
    let hangs = tree.head(token).is_some_and(|head| term.contains(&head));
    let is_kind = matches!(it.deprel, Deprel::Compound | Deprel::Amod) && matches!(it.upos, Upos::Noun | Upos::Adj);
    hangs && is_kind && !lexicon.is_evaluative(&tree.form(token).to_lowercase())
}

/// "security of their products": the complement makes it another thing.
fn has_complement(tree: &Tree<'_>, head: usize, last: usize) -> bool {
    let is_of = last + 1 < tree.len() && matches!(tree.form(last + 1), "of" | "against");
    is_of && tree.children_by(head, &[Deprel::Nmod]).any(|child| child > last)
}
