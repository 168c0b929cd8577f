//! A claim: one sentence in its paragraph, who said it where, and how it was found.

use maud::{Markup, html};
use serde::Serialize;

use crate::explore::address;
use crate::explore::cards::{self, Card, Name};
use crate::explore::graphs;
use crate::explore::reading::ClaimLine;
use crate::explore::visit::{Answered, Page, Visit};
use crate::query::Surroundings;

/// The model.
#[derive(Serialize)]
struct ClaimPage {
    claim: Card,
    /// What stands before the words, in their paragraph.
    before: String,
    /// What stands after.
    after: String,
    /// Line of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    at: Option<Name>,
    speakers: Vec<Name>,
    /// How to cite the text.
    cite: String,
    /// The claims before and after it in the text.
    previous: Option<Name>,
    next: Option<Name>,
    #[serde(skip)]
    forms: Vec<(&'static str, String)>,
    /// Where a reader decides about it, if one may.
    #[serde(skip)]
    review: Option<String>,
}

/// Answers for a claim.
///
/// # Errors
/// 406.
pub fn answer(visit: &Visit<'_>, line: &ClaimLine) -> Answered {
    let more = ["ttl", "jsonld", "nt", "rdf", "trig", "nq", "nanopub"];
    let offered: Vec<&'static str> = ["html", "json"].into_iter().chain(more).collect();
    let form = visit.form(&offered)?;
    if graphs::is_rdf(form) {
        return graphs::answer(visit, line.id, form, &offered);
    }
    let Some(page) = model(visit, line) else {
        return Err(crate::explore::Problem::new(404, "this claim lacks a part"));
    };
    visit.answer(&page, &more)
}

fn model(visit: &Visit<'_>, line: &ClaimLine) -> Option<ClaimPage> {
    let (reading, namer) = (visit.reading, &visit.namer);
    let claim = namer.card(line)?;
    let text = reading.text_of(line);
    let words = text.and_then(|text| reading.words(text));
    let around = words.and_then(|words| Surroundings::of(&words, line.place.0, line.place.1));
    let siblings: Vec<&ClaimLine> = text.map(|text| reading.of_text(text.id).collect()).unwrap_or_default();
    let at = siblings.iter().position(|other| other.id == line.id);
    let sibling = |at: Option<usize>| {
        let card = namer.card(siblings.get(at?)?)?;
        Some(Name {
            name: format!("{} {} {}", card.subject.name, card.act, card.object.name),
            href: card.href,
            iri: card.iri,
            kind: None,
        })
    };
    Some(ClaimPage {
        before: around.as_ref().map(|around| around.before.clone()).unwrap_or_default(),
        after: around.as_ref().map(|around| around.after.clone()).unwrap_or_default(),
        line: around.map(|around| around.line),
        at: text.and_then(|text| text.meeting).map(|meeting| namer.name(meeting)),
        speakers: text.map(|text| text.speakers.iter().map(|(id, _)| namer.name(*id)).collect()).unwrap_or_default(),
        cite: text.map(|text| text.reference.prose()).unwrap_or_default(),
        previous: sibling(at.and_then(|at| at.checked_sub(1))),
        next: sibling(at.map(|at| at + 1)),
        forms: ["ttl", "jsonld", "nanopub"].into_iter().map(|form| (form, visit.in_form(form))).collect(),
        review: visit.settings.review.as_ref().and_then(|_| {
            let key = crate::desk::listed_one(reading.record(), line.id)?.key;
            Some(address::with("/review", &[("at", &key)]))
        }),
        claim,
    })
}

impl Page for ClaimPage {
    fn title(&self) -> String {
        format!("{} {} {}", self.claim.subject.name, self.claim.act, self.claim.object.name)
    }

    fn body(&self) -> Markup {
        let card = &self.claim;
        let (start, end) = card.place;
        html! {
            h1 class={ "claim-title " (card.stance) } { (cards::stance(card.stance)) (cards::sentence(card)) (cards::mark(card.change)) }
            blockquote class="around" lang=[card.language.as_deref()] dir="auto" {
                (self.before) mark class={ "m " (card.stance) } { (card.quote) } (self.after)
            }
            dl class="facts" {
                @if !card.said_by.is_empty() { dt { "Said by" } dd { (cards::links(&card.said_by)) } }
                @if !self.speakers.is_empty() { dt { "Delivered by" } dd { (cards::links(&self.speakers)) } }
                @if let Some(at) = &self.at { dt { "At" } dd { (cards::link(at)) } }
                @if !card.date.is_empty() { dt { "Date" } dd { time datetime=(card.date) { (card.date) } } }
                @if let Some(text) = &card.text {
                    dt { "Where" }
                    dd {
                        a href={ (text.href) "?char=" (start) "," (end) "#char=" (start) "," (end) } { (text.name) ", characters " (start) "–" (end) }
                        @if let Some(locator) = &card.locator { ", " (locator) }
                        @if let Some(line) = self.line { ", line " (line) }
                    }
                }
                @if let Some(strength) = &card.strength { dt { "Strength" } dd { (strength) " of 5 on the ladder of diplomatic language" } }
                dt { "Confidence" } dd { (format!("{:.2}", card.confidence)) @if card.confidence < crate::explore::reading::SURE { " · wants a reader" } }
                dt { "Found by" } dd { "rule " code { (card.rule) } }
                dt { "Address" } dd { code class="iri" { (card.iri) } }
            }
            nav class="siblings" aria-label="claims of this text" {
                @if let Some(previous) = &self.previous { a rel="prev" href=(previous.href) { "← " (previous.name) } }
                @if let Some(next) = &self.next { a rel="next" href=(next.href) { (next.name) " →" } }
            }
            @if let Some(review) = &self.review { p { a href=(review) { "Right or wrong? Decide about this claim" } } }
            h2 { "How to cite" }
            p class="cite" { (self.cite) " Claim " (card.number) ", characters " (start) "–" (end) "." }
            p class="forms" { "As data: " @for (form, href) in &self.forms { a href=(href) { "." (form) } " " } }
        }
    }
}
