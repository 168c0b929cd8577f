//! What the front of a document names by its place: the group that issues it, before the word for it in the title ("Five
//! Rivers Senior Officials Group Joint Statement"); the word for the document itself; who signed; whose turn it is.

use crate::model::{Document, Kind, Mention, MentionClass, Reading, Span};
use crate::seeds::Lexicon;

use super::words::{singular, words};

/// All of these, by start, then longest first.
pub(super) fn find(doc: &Document, lexicon: &Lexicon) -> Vec<Mention> {
    let signed = doc.metadata.signatories.iter().filter_map(|signatory| signatory.name.span).map(person);
    let turns = doc.interventions.iter().filter(|turn| !is_party(turn)).filter_map(|turn| turn.speaker.as_ref()?.span);
    let mut found: Vec<Mention> =
        signed.chain(turns.map(person)).chain(itself(doc)).chain(group(doc, lexicon)).collect();
    found.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
    found.dedup_by_key(|mention| mention.span);
    found
}

/// Whether a State or group itself has the floor.
fn is_party(turn: &crate::model::Intervention) -> bool {
    let span = |field: &Option<crate::model::Field<String>>| field.as_ref().and_then(|field| field.span);
    span(&turn.speaker) == span(&turn.represents)
}

fn person(span: Span) -> Mention {
    Mention { span, kind: Kind::PersonRole, class: MentionClass::Named, reading: Reading::Role { of: None } }
}

/// "Statement", "Letter dated 5 May 2020": with a date it is a name.
fn itself(doc: &Document) -> Option<Mention> {
    let span = doc.metadata.genre.as_ref().and_then(|genre| genre.span)?;
    let dated = doc.quote(span).contains(|c: char| c.is_ascii_digit());
    let (class, reading) =
        if dated { (MentionClass::Named, Reading::Name) } else { (MentionClass::Nominal, Reading::Phrase) };
    Some(Mention { span, kind: Kind::Document, class, reading })
}

/// The issuing group, if the speaker of the document is named by a head noun of bodies.
fn group(doc: &Document, lexicon: &Lexicon) -> Option<Mention> {
    let span = doc.metadata.speaker.as_ref().and_then(|speaker| speaker.span)?;
    let head = words(&doc.text, span).pop().filter(|head| head.span.end == span.end)?;
    let kind = kind_of(&singular(&head.span.of(&doc.text).to_lowercase()), lexicon)?;
    let is_body = kind.is_agent() && kind != Kind::PersonRole && kind != Kind::State;
    let starts_a_name = span.of(&doc.text).starts_with(char::is_uppercase) && head.span.start > span.start;
    (is_body && starts_a_name).then_some(Mention { span, kind, class: MentionClass::Named, reading: Reading::Name })
}

/// With a capital, a group meets.
fn kind_of(head: &str, lexicon: &Lexicon) -> Option<Kind> {
    lexicon.kind_of(head).or_else(|| (head == "group").then_some(Kind::ExpertGroup))
}
