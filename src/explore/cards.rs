//! Things and claims as every page shows them: the name of a thing with its address, and a claim as a card. Each is one
//! model, which JSON writes as it is, and one piece of markup.

use maud::{Markup, html};
use serde::Serialize;

use crate::lift::vocabulary::own;
use crate::model::text::one_line;
use crate::model::{Modality, Qualifier};
use crate::record::{Labels, Record, TermId};

use super::address::{self, href};
use super::reading::{ClaimLine, Reading, TextLine};

/// What a thing is called, and where it leads; a literal leads nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Name {
    /// In words.
    pub name: String,
    /// Its class, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Its IRI; empty for a literal.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub iri: String,
    /// Its address here; empty for a literal.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub href: String,
}

/// A claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Card {
    /// What is left of its IRI without base and folder.
    pub number: String,
    /// Its IRI.
    pub iri: String,
    /// Its page.
    pub href: String,
    /// `for`, `against`, `asks` or `fact`.
    pub stance: &'static str,
    /// Of whom or what it is claimed.
    pub subject: Name,
    /// The relation in words, with "not" if it is denied.
    pub act: String,
    /// What is claimed.
    pub object: Name,
    /// What narrows it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub narrowed: Vec<(String, Name)>,
    /// How it is put, unless it is plainly asserted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modality: Option<String>,
    /// Whose claim it is.
    pub said_by: Vec<Name>,
    /// 1 to 5 on the ladder of diplomatic language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strength: Option<String>,
    /// 0 to 1.
    pub confidence: f64,
    /// The rule's code.
    pub rule: String,
    /// The day of its text; empty if it has none.
    pub date: String,
    /// The text that it is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Name>,
    /// First and last code point of its passage, the last one excluded.
    pub place: (usize, usize),
    /// The words.
    pub quote: String,
    /// Their language, BCP 47.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Where they stand in the file that the text was taken out of: `p. 3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// `new`: no earlier statement of that actor says so; `turned`: an earlier one says the opposite.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<&'static str>,
}

/// Makes names and cards.
pub struct Namer<'r> {
    reading: &'r Reading,
    /// Names for people.
    pub labels: Labels<'r>,
}

impl<'r> Namer<'r> {
    /// Of a reading; names are in a language where they are known in it.
    pub fn new(reading: &'r Reading, language: Option<String>) -> Self {
        Self { reading, labels: reading.labels().in_language(language) }
    }

    fn record(&self) -> &'r Record<'static> {
        self.reading.record()
    }

    /// The address of a thing here.
    pub fn href(&self, id: TermId) -> String {
        self.record().quads().iri(id).map(|iri| href(self.record().base(), iri)).unwrap_or_default()
    }

    /// The name of a thing, the shorter of two that both tell; the value of a literal.
    pub fn name(&self, id: TermId) -> Name {
        let quads = self.record().quads();
        match quads.iri(id) {
            Some(iri) => {
                Name { name: one_line(&self.called(iri)), iri: iri.to_owned(), href: self.href(id), kind: None }
            }
            None => Name { name: one_line(quads.text(id)), ..Name::default() },
        }
    }

    /// The shorter of two names that both tell; a common noun tells less than a name.
    fn called(&self, iri: &str) -> String {
        let brief = self.labels.brief(iri);
        let is_common = |name: &str| name.chars().next().is_some_and(char::is_lowercase);
        let full = if is_common(&brief) { self.labels.name(iri) } else { String::new() };
        if full.is_empty() || is_common(&full) { brief } else { full }
    }

    /// The same with the class of the thing.
    pub fn named(&self, id: TermId) -> Name {
        Name { kind: self.kind(id), ..self.name(id) }
    }

    /// The class of a thing in words.
    pub fn kind(&self, id: TermId) -> Option<String> {
        self.record().quads().iri(id).and_then(|iri| self.labels.class(iri))
    }

    /// A text by whom it speaks for and when, where that is known.
    pub fn text(&self, text: &TextLine) -> Name {
        let voices: Vec<String> = text.voices.iter().map(|&voice| self.name(voice).name).collect();
        let name = match (voices.as_slice(), text.date.as_str()) {
            ([], _) | (_, "") => self.name(text.id).name,
            (voices, date) => format!("{}, {date}", voices.join(", ")),
        };
        Name { name, ..self.name(text.id) }
    }

    /// A claim as a card; `None` if it is no whole claim.
    pub fn card(&self, line: &ClaimLine) -> Option<Card> {
        let claim = self.reading.whole(line)?;
        let record = self.record();
        let iri = record.quads().text(line.id);
        let quote = claim.passages.first().map(|passage| record.quote(*passage));
        let text = self.reading.text_of(line);
        let modality = claim.modality.filter(|modality| *modality != Modality::Asserted);
        let narrowed = claim.qualifiers.iter().filter(|(qualifier, _)| *qualifier != Qualifier::Verb);
        Some(Card {
            number: iri.rsplit('/').next().unwrap_or_default().to_owned(),
            iri: iri.to_owned(),
            href: self.href(line.id),
            stance: line.stance.name(),
            subject: self.name(line.subject),
            act: claim.relation.words_of(claim.verb, line.is_negated),
            object: self.name(line.object),
            narrowed: narrowed.map(|(qualifier, value)| (words(*qualifier), self.name(*value))).collect(),
            modality: modality.map(|modality| self.labels.name(own(modality.name()).as_str())),
            said_by: line.said_by.iter().map(|&id| self.name(id)).collect(),
            strength: claim.strength.map(str::to_owned),
            confidence: line.confidence,
            rule: claim.rule.unwrap_or_default().to_owned(),
            date: text.map(|text| text.date.clone()).unwrap_or_default(),
            text: text.map(|text| self.text(text)),
            place: line.place,
            quote: quote.and_then(|quote| quote.words).map(one_line).unwrap_or_default(),
            language: quote.and_then(|quote| quote.language).map(str::to_owned),
            locator: quote.and_then(|quote| quote.locator).map(str::to_owned),
            change: change(line),
        })
    }
}

/// What a claim changes.
pub fn change(line: &ClaimLine) -> Option<&'static str> {
    match (line.is_turned, line.is_new) {
        (true, _) => Some("turned"),
        (_, true) => Some("new"),
        _ => None,
    }
}

/// A qualifier in words.
fn words(qualifier: Qualifier) -> String {
    match qualifier {
        Qualifier::InYear => "in".to_owned(),
        Qualifier::OnDate => "on".to_owned(),
        Qualifier::Task => "to do".to_owned(),
        Qualifier::Count => "number".to_owned(),
        other => other.name().to_owned(),
    }
}

/// The sign of a stance: shape first, colour second.
pub fn sign(stance: &str) -> &'static str {
    match stance {
        "for" => "+",
        "against" => "−",
        "asks" => "?",
        _ => "·",
    }
}

/// The name of a thing, as a link if it leads somewhere.
pub fn link(name: &Name) -> Markup {
    html! {
        @if name.href.is_empty() {
            bdi { (name.name) }
        } @else if address::is_outer(&name.href) {
            a href=(name.href) rel="noopener noreferrer" { bdi { (name.name) } }
        } @else {
            a href=(name.href) title=[name.kind.as_deref()] { bdi { (name.name) } }
        }
    }
}

/// Names, parted by commas.
pub fn links(names: &[Name]) -> Markup {
    html! {
        @for (at, name) in names.iter().enumerate() {
            @if at > 0 { ", " }
            (link(name))
        }
    }
}

/// The sign of a stance with its word for those who hear it.
pub fn stance(stance: &str) -> Markup {
    html! { span class={ "sign " (stance) } title=(stance) { (sign(stance)) } span class="heard" { " " (stance) ": " } }
}

/// The mark of a change.
pub fn mark(change: Option<&str>) -> Markup {
    html! {
        @match change {
            Some("turned") => { " " span class="change" title="an earlier statement of that actor takes the other side" { "! turned round" } }
            Some(_) => { " " span class="change" title="no earlier statement of that actor says so" { "! new" } }
            None => {}
        }
    }
}

/// Who claims what of what, in one sentence.
pub fn sentence(card: &Card) -> Markup {
    html! {
        (link(&card.subject)) " " b { (card.act) } " " (link(&card.object))
        @for (word, value) in &card.narrowed { span class="narrowed" { "; " (word) " " (link(value)) } }
        @if let Some(modality) = &card.modality { " " span class="faint" { "(" (modality) ")" } }
    }
}

/// The words of a claim, leading to their place.
pub fn quote(card: &Card) -> Markup {
    let (start, end) = card.place;
    let text = card.text.as_ref().map(|text| format!("{}?char={start},{end}#char={start},{end}", text.href));
    html! {
        @if !card.quote.is_empty() {
            q lang=[card.language.as_deref()] dir="auto" { (card.quote) } " "
        }
        @if let Some(text) = text {
            a class="place" href=(text) title="open the text at these characters" { (start) "–" (end) }
        }
    }
}

/// A claim in a list: the sentence, its words, who said it when.
pub fn row(card: &Card) -> Markup {
    html! {
        li class={ "claim " (card.stance) } {
            p class="said" { (stance(card.stance)) (sentence(card)) (mark(card.change)) }
            p class="proof" {
                (quote(card)) " "
                @if let Some(text) = &card.text { (link(text)) " · " }
                a href=(card.href) title="this claim, with its proof" { "claim " (card.number) }
                @if card.confidence < super::reading::SURE { " · " span class="unsure" { "to review" } }
            }
        }
    }
}

/// Claims as a list.
pub fn list(cards: &[Card]) -> Markup {
    html! { ol class="claims" { @for card in cards { (row(card)) } } }
}

/// Heads of the columns of [`cells`].
pub const HEADS: [&str; 12] =
    ["date", "subject", "stance", "act", "object", "said by", "quote", "start", "end", "text", "confidence", "claim"];

/// A claim as a row of a table.
pub fn cells(card: &Card) -> Vec<String> {
    let said_by: Vec<&str> = card.said_by.iter().map(|name| name.name.as_str()).collect();
    let text = card.text.as_ref().map(|text| text.iri.clone()).unwrap_or_default();
    vec![
        card.date.clone(),
        card.subject.name.clone(),
        card.stance.to_owned(),
        card.act.clone(),
        card.object.name.clone(),
        said_by.join("; "),
        card.quote.clone(),
        card.place.0.to_string(),
        card.place.1.to_string(),
        text,
        card.confidence.to_string(),
        card.iri.clone(),
    ]
}
