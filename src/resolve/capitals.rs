//! "Jakarta is concerned", "Lima called for talks": a capital that says or thinks something is its State; where the State's
//! own words are reported, also one that does something. Anywhere else it is the city, and a city is never taken for a State.

use crate::model::{Deprel, Kind, MentionClass, Sentence, Token, Upos};
use crate::seeds::WordClass;

use super::Context;
use super::speaker::Speakers;
use super::table::Table;

/// Points capitals that speak to their States, as far as the catalogue knows both.
pub(super) fn resolve(context: &Context, table: &mut Table, speakers: &Speakers) {
    for (i, mention) in context.mentions.iter().enumerate() {
        let place = mention.kind == Kind::Place && mention.class == MentionClass::Named;
        if !place || !WordClass::Capital.has_written(context.text(mention)) {
            continue;
        }
        let sentence = Sentence::around(context.sentences, mention.span);
        let Some(verb) = sentence.and_then(|sentence| verb_of(sentence, mention.span.start)) else { continue };
        let state = table
            .of(i)
            .and_then(|city| context.catalogue.get(&table.entity(city).key)?.part_of.as_deref())
            .and_then(|state| context.catalogue.get(state))
            .filter(|state| state.class.kind() == Kind::State);
        let Some(state) = state else { continue };
        let speaker = speakers.at(mention.span.start);
        let told = speaker.reported && speaker.holder.is_some_and(|holder| table.entity(holder).key == state.key);
        // "Lima hosted the talks" is the city's as well.
        if told || is_of_mind(context, verb) {
            let state = table.intern_known(state);
            table.refer(i, state);
        }
    }
}

/// The verb or predicate of which the word at a byte is the subject.
fn verb_of(sentence: &Sentence, byte: usize) -> Option<&Token> {
    let tokens = &sentence.tokens;
    let at = tokens.partition_point(|token| token.span.start < byte);
    let subject =
        |token: &&Token| token.span.start == byte && matches!(token.deprel, Deprel::Nsubj | Deprel::NsubjOuter);
    tokens.get(tokens.get(at).filter(subject)?.head? as usize)
}

/// A verb of saying or of a mind: "supports", "is concerned".
fn is_of_mind(context: &Context, verb: &Token) -> bool {
    let form = verb.span.of(&context.doc.text).to_lowercase();
    match verb.upos {
        Upos::Verb => WordClass::SayingVerb.has(&verb.lemma.to_lowercase()) || WordClass::MindWord.has(&form),
        Upos::Adj => WordClass::MindWord.has(&form),
        _ => false,
    }
}
