//! What one sentence says: its words and tree made ready for the rules.

use super::Inputs;
use super::derivation::Findings;
use super::grammar::Grammar;
use super::idioms::Idioms;
use super::scene::Scene;
use super::{spelling, tags};
use crate::model::{BlockKind, Mention, Sentence, Tree, Upos, ZoneKind};
use crate::seeds::{Part, WordList};

/// Adds what a sentence says.
pub(super) fn derive<'r>(inputs: &Inputs<'r>, sentence: &'r Sentence, findings: &mut Findings<'r>) {
    if !is_prose(inputs, sentence) {
        return;
    }
    let tree = Tree::new(&inputs.document.text, sentence);
    let clausal = speaks_in_clauses(inputs);
    let is_verb = |lemma: &str| inputs.rules.set_off_by(lemma).any(|(_, trigger)| trigger.part == Part::Verb);
    let mentions = mentions_of(inputs, sentence);
    let tags = tags::tags(&tree, mentions, &is_verb, inputs.rules.words());
    let names = tags::names(&tree, mentions);
    let turns = [WordList::Retractions, WordList::Failures];
    let known = |lemma: &str| {
        let words = inputs.rules.words();
        inputs.rules.set_off_by(lemma).next().is_some() || turns.iter().any(|&list| words.has(list, lemma))
    };
    let spelling = spelling::of(&tree, &tags, &known);
    let words = inputs.rules.words();
    let idioms = Idioms::find(&tree, &tags, &spelling, words);
    if idioms.is_notice {
        return;
    }
    let told = inputs.told(sentence);
    let mut grammar = Grammar { tree, spelling, tags, names, words, idioms, clausal, opener: None, told };
    grammar.opener = clausal.then(|| opener(&grammar)).flatten();
    Scene::new(inputs, grammar).derive(findings);
}

fn is_prose(inputs: &Inputs<'_>, sentence: &Sentence) -> bool {
    let blocks = &inputs.document.blocks;
    let after = blocks.partition_point(|block| block.span.start <= sentence.span.start);
    let block = after.checked_sub(1).and_then(|at| blocks.get(at));
    block.is_none_or(|block| {
        block.zone == ZoneKind::Body && matches!(block.kind, BlockKind::Paragraph | BlockKind::Item)
    })
}

/// Whether a document speaks in clauses whose subject, its organ, is left out: a resolution.
pub(super) fn speaks_in_clauses(inputs: &Inputs<'_>) -> bool {
    let metadata = &inputs.document.metadata;
    let genre = metadata.genre.as_ref().is_some_and(|genre| genre.value == "resolution");
    genre || metadata.organ.is_some()
}

/// The mentions that start in a sentence.
fn mentions_of<'a>(inputs: &Inputs<'a>, sentence: &Sentence) -> &'a [Mention] {
    let first = inputs.mentions.partition_point(|mention| mention.span.start < sentence.span.start);
    let last = inputs.mentions.partition_point(|mention| mention.span.start < sentence.span.end);
    &inputs.mentions[first..last.max(first)]
}

/// The first word of a clause, numbering and adverbs left out: "5. Also decides", "Deeply concerned".
fn opener(grammar: &Grammar<'_>) -> Option<usize> {
    let small = |token: usize| {
        matches!(grammar.upos(token), Upos::Punct | Upos::Num | Upos::X | Upos::Adv)
            || matches!(grammar.form(token), "also" | "further" | "having")
    };
    let end = grammar.tree.len().min(6);
    (0..end).find(|&token| !small(token) && grammar.form(token).chars().all(char::is_alphabetic))
}
