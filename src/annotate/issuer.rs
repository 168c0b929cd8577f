//! The group that issues a document, named before the word for it in the title: "Five Rivers Senior Officials Group Joint
//! Statement".

use crate::model::{Document, Kind, Mention, MentionClass, Reading};
use crate::seeds::Lexicon;

use super::words::{singular, words};

/// The issuing group, if the speaker of the document is named by a head noun of bodies.
pub(super) fn find(doc: &Document, lexicon: &Lexicon) -> Option<Mention> {
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
