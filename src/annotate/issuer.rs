//! The group that issues a document, named before the word for it in the title: "Five Rivers Senior Officials Group Joint
//! Statement".

use crate::model::{Kind, Mention, MentionClass, Mentions, Reading};
use crate::seeds::Lexicon;

use super::text::Text;
use super::words::cut;

/// The issuing group, if the speaker of the document is named by a head noun of bodies.
pub(super) fn find(text: &Text, _: &Mentions) -> Vec<Mention> {
    issuer(text).into_iter().collect()
}

fn issuer(text: &Text) -> Option<Mention> {
    let span = text.doc.metadata.speaker.as_ref().and_then(|speaker| speaker.span)?;
    let (head, _) = cut(&text.doc.text, span).pop().filter(|(head, _)| head.end == span.end)?;
    let kind = kind_of(&text.lexicon.singular(&text.of(head).to_lowercase()), text.lexicon)?;
    let is_body = kind.is_agent() && kind != Kind::PersonRole && kind != Kind::State;
    let starts_a_name = text.of(span).starts_with(char::is_uppercase) && head.start > span.start;
    (is_body && starts_a_name).then_some(Mention::new(span, kind, MentionClass::Named, Reading::Name))
}

/// With a capital, a group meets.
fn kind_of(head: &str, lexicon: &Lexicon) -> Option<Kind> {
    lexicon.kind_of(head).or_else(|| (head == "group").then_some(Kind::ExpertGroup))
}
