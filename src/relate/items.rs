//! Lists below a clause: in "Requests X:" and then "(a) To do" and "(b) To make" it is X who does and makes.

use super::derivation::Findings;
use super::{Inputs, clauses};
use crate::model::{EntityId, Kind, MentionClass, Modality, Sentence, Upos};

/// Adds what a sentence says; `asked` is who the clause above the list asks. Gives who is asked for the next one.
pub(super) fn derive<'r>(
    inputs: &Inputs<'r>,
    sentence: &'r Sentence,
    asked: Option<EntityId>,
    findings: &mut Findings<'r>,
) -> Option<EntityId> {
    let actor = asked.filter(|_| is_task(inputs, sentence));
    let Some(actor) = actor else {
        clauses::derive(inputs, sentence, findings);
        return asked_by(inputs, sentence);
    };
    let first = findings.derivations.len();
    clauses::derive(&Inputs { holder: Some(actor), ..*inputs }, sentence, findings);
    for derivation in &mut findings.derivations[first..] {
        derivation.said_by = inputs.holder;
        if derivation.modality == Modality::Asserted {
            derivation.modality = Modality::Proposal;
        }
    }
    Some(actor)
}

/// "(a) To examine", "(b) Deny": an item that opens with the plain form of a verb.
fn is_task(inputs: &Inputs<'_>, sentence: &Sentence) -> bool {
    let words = sentence.tokens.iter().take(5).filter(|token| {
        let form = token.span.of(&inputs.document.text);
        form.len() > 1 && form.chars().all(char::is_alphabetic) && token.upos != Upos::Adv
    });
    words
        .map(|token| (token, token.span.of(&inputs.document.text).to_lowercase()))
        .next()
        .is_some_and(|(token, form)| form == "to" || (token.upos == Upos::Verb && form == token.lemma.to_lowercase()))
}

/// Whom a sentence that ends in a colon asks: the first agent in it that is not the holder.
fn asked_by(inputs: &Inputs<'_>, sentence: &Sentence) -> Option<EntityId> {
    if !clauses::speaks_in_clauses(inputs) || !sentence.span.of(&inputs.document.text).trim_end().ends_with(':') {
        return None;
    }
    let first = inputs.mentions.partition_point(|mention| mention.span.start < sentence.span.start);
    let inside = (first..inputs.mentions.len()).take_while(|&i| inputs.mentions[i].span.start < sentence.span.end);
    let named = inside.filter(|&i| inputs.mentions[i].class != MentionClass::Pronoun);
    let mut agents = named.filter_map(|i| inputs.referents.get(i).copied().flatten()).filter(|id| {
        let kind = inputs.entities[id.index()].kind();
        (kind.is_agent() || kind == Kind::State) && Some(*id) != inputs.holder
    });
    agents.next()
}
