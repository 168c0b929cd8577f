//! What the front of a document names by its place: the group that issues it, before the word for it in the title ("Five
//! Rivers Senior Officials Group Joint Statement"); the word for the document itself; who signed; whose turn it is.

use crate::model::{Document, Field, Intervention, Kind, Mention, MentionClass, Mentions, Reading, Span};

use super::text::Text;
use super::words::cut;

/// All of these, by start, then longest first.
pub(super) fn find(text: &Text, _: &Mentions) -> Vec<Mention> {
    let doc = text.doc;
    let signed = doc.metadata.signatories.iter().filter_map(|signatory| signatory.name.span).map(person);
    let turns = doc.interventions.iter().filter(|turn| !is_party(turn)).filter_map(|turn| turn.speaker.as_ref()?.span);
    let mut found: Vec<Mention> =
        signed.chain(turns.map(person)).chain(itself(doc)).chain(talk(doc)).chain(group(text)).collect();
    found.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
    found.dedup_by_key(|mention| mention.span);
    found
}

/// Whether a State or group itself has the floor.
fn is_party(turn: &Intervention) -> bool {
    let span = |field: &Option<Field<String>>| field.as_ref().and_then(|field| field.span);
    span(&turn.speaker) == span(&turn.represents)
}

fn person(span: Span) -> Mention {
    Mention::new(span, Kind::PersonRole, MentionClass::Named, Reading::Role { of: None })
}

/// "Statement", "Letter dated 5 May 2020": with a date it is a name.
fn itself(doc: &Document) -> Option<Mention> {
    let span = doc.metadata.genre.as_ref().and_then(|genre| genre.span)?;
    let dated = doc.quote(span).contains(|c: char| c.is_ascii_digit());
    let (class, reading) =
        if dated { (MentionClass::Named, Reading::Name) } else { (MentionClass::Nominal, Reading::Phrase) };
    Some(Mention::new(span, Kind::Document, class, reading))
}

/// "Call" in the title of a readout: the meeting that it tells of.
fn talk(doc: &Document) -> Option<Mention> {
    let is_readout = doc.metadata.genre.as_ref().is_some_and(|genre| genre.value == "readout");
    let span = doc.metadata.meeting.as_ref().and_then(|meeting| meeting.span).filter(|_| is_readout)?;
    Some(Mention::new(span, Kind::Meeting, MentionClass::Nominal, Reading::Phrase))
}

/// The issuing group, if the speaker of the document is named by a head noun of bodies.
fn group(text: &Text) -> Option<Mention> {
    let span = text.doc.metadata.speaker.as_ref().and_then(|speaker| speaker.span)?;
    let (head, _) = cut(&text.doc.text, span).pop().filter(|(head, _)| head.end == span.end)?;
    let kind = text.lexicon.kind_of_capital(&text.lexicon.singular_by_ending(&text.of(head).to_lowercase()))?;
    let is_body = kind.is_agent() && kind != Kind::PersonRole && kind != Kind::State;
    let starts_a_name = text.of(span).starts_with(char::is_uppercase) && head.start > span.start;
    (is_body && starts_a_name).then_some(Mention::new(span, kind, MentionClass::Named, Reading::Name))
}
