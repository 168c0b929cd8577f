//! What waits for a reader, one card at a time: the sentence, both sides by name, and what can be decided. Forms without
//! script; keys are only a shorter way.

use maud::{Markup, html};
use serde::Serialize;

use crate::desk::{self, LinkCard, Listed};
use crate::explore::address;
use crate::explore::cards::Name;
use crate::explore::queue::{Queue, Review};
use crate::explore::reading::SURE;
use crate::explore::response::{Problem, Response};
use crate::explore::visit::{Answered, Page, Visit};
use crate::model::text::counted;
use crate::model::{End, Said};

/// Cards that are named after the one that is shown.
const NEXT: usize = 12;

/// Which queue, how, and by whom; all of it stands in the address.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chosen {
    /// Possible links, not claims.
    pub of_links: bool,
    /// Claims below this confidence.
    pub below: f64,
    /// Who decides.
    pub by: String,
    /// The card; empty for the first.
    pub at: String,
}

impl Chosen {
    /// What parameters choose.
    pub fn new(value: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            of_links: value("of").as_deref() == Some("links"),
            below: value("below").and_then(|below| below.parse().ok()).unwrap_or(SURE),
            by: value("by").unwrap_or_default(),
            at: value("at").unwrap_or_default(),
        }
    }

    /// The address of a card in this queue.
    pub fn address(&self, at: &str, done: &str) -> String {
        let below = if self.below == SURE { String::new() } else { self.below.to_string() };
        let of = if self.of_links { "links" } else { "" };
        address::with("/review", &[("of", of), ("below", &below), ("by", &self.by), ("at", at), ("done", done)])
    }
}

/// The model.
#[derive(Serialize)]
struct ReviewPage {
    of: &'static str,
    below: f64,
    revision: String,
    claims: usize,
    links: usize,
    skipped: usize,
    /// Steps of this sitting.
    steps: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<ReviewCard>,
    next: Vec<Name>,
    #[serde(skip)]
    done: String,
    #[serde(skip)]
    chosen: Chosen,
    #[serde(skip)]
    relations: Vec<String>,
    #[serde(skip)]
    after: String,
}

/// What is decided about.
#[derive(Serialize)]
#[serde(untagged)]
enum ReviewCard {
    Claim(ClaimToReview),
    Link(LinkToReview),
}

/// A claim.
#[derive(Serialize)]
struct ClaimToReview {
    key: String,
    number: String,
    subject: String,
    relation: String,
    object: String,
    modality: &'static str,
    confidence: String,
    rule: String,
    waits: bool,
    text: Name,
    place: (usize, usize),
    before: String,
    quote: String,
    after: String,
    /// What was decided about other claims with these words.
    earlier: Vec<String>,
}

/// A possible link.
#[derive(Serialize)]
struct LinkToReview {
    key: String,
    thing: Name,
    kind: String,
    documents: usize,
    before: String,
    quote: String,
    after: String,
    place: String,
    scheme: String,
    label: String,
    iri: String,
    score: f64,
    why: String,
    details: Vec<String>,
    rivals: Vec<Name>,
    earlier: Vec<String>,
}

/// The key of a possible link among cards.
pub fn link_key(card: &LinkCard) -> String {
    format!("{} {}", card.key, card.iri)
}

/// Answers with the card that is next.
///
/// # Errors
/// 406, 403 without the token, 500 if the store cannot be read, 404 for a card that is not there.
pub fn answer(visit: &Visit<'_>, review: &Review) -> Answered {
    if !review.door.is_open_to(visit.request) {
        return review.door.let_in(visit.request).ok_or_else(|| review.door.refusal());
    }
    let queue = review.queue().map_err(|error| Problem::of(500, &*error))?;
    let chosen = Chosen::new(|name| visit.request.value(name));
    let form = visit.form(&["html", "json", "csv", "tsv"])?;
    if let Some(delimiter) = [("csv", b','), ("tsv", b'\t')].iter().find(|(name, _)| *name == form.name) {
        let unsure: Vec<&Listed> = queue.unsure(chosen.below).collect();
        let table = match chosen.of_links {
            true => desk::links_table(&queue.links, delimiter.1),
            false => desk::claims_table(&unsure, delimiter.1),
        };
        return Ok(Response::new(200, &form.content_type(), table).with("Cache-Control", "no-store"));
    }
    let page = model(visit, review, &queue, chosen)?;
    let mut response = visit.answer(&page, &["csv", "tsv"])?;
    response.headers.retain(|(name, _)| *name != "Cache-Control");
    Ok(response.with("Cache-Control", "no-store"))
}

fn model(visit: &Visit<'_>, review: &Review, queue: &Queue, chosen: Chosen) -> Result<ReviewPage, Problem> {
    let skipped = review.skipped();
    let unsure: Vec<&Listed> = queue.unsure(chosen.below).collect();
    let keys: Vec<String> = match chosen.of_links {
        true => queue.links.iter().map(link_key).collect(),
        false => unsure.iter().map(|claim| claim.key.clone()).collect(),
    };
    let (aside, fresh): (Vec<&String>, Vec<&String>) = keys.iter().partition(|key| skipped.contains(*key));
    let order: Vec<&String> = fresh.into_iter().chain(aside.iter().copied()).collect();
    let shown = match chosen.at.as_str() {
        "" => order.first().map(|key| (*key).clone()),
        at => Some(at.to_owned()),
    };
    let card = shown.as_deref().map(|key| card(visit, review, queue, key, chosen.of_links)).transpose()?;
    let behind = |at: usize| order.iter().cycle().skip(at + 1).take(order.len().saturating_sub(1)).copied();
    let at = shown.and_then(|shown| order.iter().position(|key| **key == shown));
    let next: Vec<&String> = at.map_or_else(|| order.clone(), |at| behind(at).collect());
    let name = |key: &&String| Name {
        name: title(queue, key, chosen.of_links),
        href: chosen.address(key, ""),
        ..Name::default()
    };
    Ok(ReviewPage {
        of: if chosen.of_links { "links" } else { "claims" },
        below: chosen.below,
        revision: queue.revision.clone(),
        claims: unsure.len(),
        links: queue.links.len(),
        skipped: aside.len(),
        steps: review.steps(),
        card: card.flatten(),
        next: next.iter().take(NEXT).map(name).collect(),
        done: visit.request.value("done").unwrap_or_default(),
        relations: if chosen.of_links { Vec::new() } else { review.relations() },
        after: next.first().map(|key| (*key).clone()).unwrap_or_default(),
        chosen,
    })
}

/// A card in few words.
fn title(queue: &Queue, key: &str, of_links: bool) -> String {
    if of_links {
        let card = queue.links.iter().find(|card| link_key(card) == key);
        return card.map(|card| format!("{} = {} ({})", card.name, card.label, card.scheme)).unwrap_or_default();
    }
    let claim = queue.claims.iter().find(|claim| claim.key == key);
    claim.map(|claim| format!("{} {} {}", claim.subject, claim.relation, claim.object)).unwrap_or_default()
}

fn card(
    visit: &Visit<'_>,
    review: &Review,
    queue: &Queue,
    key: &str,
    of_links: bool,
) -> Result<Option<ReviewCard>, Problem> {
    if of_links {
        let Some(card) = queue.links.iter().find(|card| link_key(card) == key) else { return Ok(None) };
        return Ok(Some(ReviewCard::Link(link(visit, review, queue, card))));
    }
    // A claim that is decided about has left the queue; its address is no fault.
    let Some(claim) = queue.claims.iter().find(|claim| claim.key == key) else { return Ok(None) };
    Ok(Some(ReviewCard::Claim(self::claim(visit, queue, claim))))
}

fn claim(visit: &Visit<'_>, queue: &Queue, claim: &Listed) -> ClaimToReview {
    let around = queue.around(claim);
    let text = visit.reading.texts().iter().find(|text| text.sha256.starts_with(&claim.said.text));
    let earlier = queue.about_same_words(&claim.said).into_iter();
    let earlier = earlier.map(|(said, correction)| {
        let by = if correction.by.is_empty() { String::new() } else { format!(" by {}", correction.by) };
        format!("{}: {}{by}", correction.verdict.name(), in_words(&said))
    });
    ClaimToReview {
        key: claim.key.clone(),
        number: claim.number.clone(),
        subject: claim.subject.clone(),
        relation: claim.relation.clone(),
        object: claim.object.clone(),
        modality: claim.modality,
        confidence: claim.confidence.clone(),
        rule: claim.rule.clone(),
        waits: claim.waits,
        text: text.map(|text| visit.namer.text(text)).unwrap_or_default(),
        place: claim.place,
        before: around.as_ref().map(|around| around.before.clone()).unwrap_or_default(),
        quote: claim.said.quote.clone(),
        after: around.map(|around| around.after).unwrap_or_default(),
        earlier: earlier.collect(),
    }
}

fn link(visit: &Visit<'_>, review: &Review, queue: &Queue, card: &LinkCard) -> LinkToReview {
    let (before, rest) = card.context.split_once('▌').unwrap_or(("", &card.context));
    let (quote, after) = rest.split_once('▐').unwrap_or((rest, ""));
    let rivals = queue.links.iter().filter(|other| card.is_rival(other) && other.iri != card.iri);
    let rival = |other: &LinkCard| Name {
        name: format!("{:.2}: {}", other.score, other.label),
        iri: other.iri.clone(),
        href: address::href("", &other.iri),
        kind: None,
    };
    let earlier = queue.about_same_ends(card).into_iter();
    let thing = visit.reading.thing(&card.key).map(|id| visit.namer.named(id));
    let kind = thing.as_ref().and_then(|thing| thing.kind.clone());
    LinkToReview {
        key: link_key(card),
        thing: thing.unwrap_or_else(|| Name { name: card.name.clone(), ..Name::default() }),
        kind: kind.unwrap_or_else(|| card.kind.clone()),
        documents: card.documents,
        before: before.to_owned(),
        quote: quote.to_owned(),
        after: after.to_owned(),
        place: card.place.clone(),
        scheme: card.scheme.clone(),
        label: card.label.clone(),
        iri: card.iri.clone(),
        score: card.score,
        why: card.why.clone(),
        details: review.details(card),
        rivals: rivals.take(4).map(rival).collect(),
        earlier: earlier.map(|one| format!("{}: {} = {}", one.ruling.name(), one.key, one.iri)).collect(),
    }
}

/// A claim as a decision names it.
fn in_words(said: &Said) -> String {
    let end = |end: &End| match end {
        End::Thing(key) | End::Words(key) => key.clone(),
    };
    let relation = said.relation.rsplit(['#', '/']).next().unwrap_or_default();
    let not = if said.denied { "not " } else { "" };
    format!("{} {not}{relation} {}", end(&said.subject), end(&said.object))
}

impl Page for ReviewPage {
    fn title(&self) -> String {
        "Review".to_owned()
    }

    fn body(&self) -> Markup {
        let other = Chosen { of_links: !self.chosen.of_links, ..self.chosen.clone() };
        html! {
            h1 { "Review" }
            nav class="chips" aria-label="what to review" {
                @for (of_links, word, count) in [(false, "Claims", self.claims), (true, "Possible links", self.links)] {
                    @let href = if of_links == self.chosen.of_links { self.chosen.address("", "") } else { other.address("", "") };
                    a href=(href) aria-current=[(of_links == self.chosen.of_links).then_some("page")] { (word) " " span class="count" { (count) } }
                }
            }
            @if let Some(said) = said(&self.done) { p class="note" role="status" { (said) } }
            @match &self.card {
                Some(card) => section class="review" tabindex="0" aria-label="to decide" { (card.markup()) (self.form(card)) (self.undo()) },
                None => section class="review" tabindex="0" aria-label="to decide" {
                    p { "Nothing waits here: all is decided, or sure." }
                    (self.undo())
                },
            }
            (self.others())
        }
    }
}

/// What was done, in words.
fn said(done: &str) -> Option<&'static str> {
    Some(match done {
        "accept" => "Accepted. It holds for every later reading; take it back with Undo.",
        "reject" => "Rejected. It holds for every later reading; take it back with Undo.",
        "never" => "Never to be merged. Take it back with Undo.",
        "edit" => "Corrected. It holds for every later reading; take it back with Undo.",
        "skip" => "Set aside: it comes again at the end.",
        "undo" => "Taken back.",
        "nothing" => "Nothing changed: it was decided so already, or there is nothing to take back.",
        _ => return None,
    })
}

impl ReviewPage {
    /// The decisions about a card, as one form: each button is one of them.
    fn form(&self, card: &ReviewCard) -> Markup {
        let button = |value: &str, word: &str, key: &str| {
            html! { button name="decision" value=(value) data-key=(key) { (word) " " kbd { (key) } } }
        };
        html! {
            form class="decide" action="/review" method="post" {
                (self.hidden(card.key()))
                p class="buttons" {
                    (button("accept", "Accept", "a"))
                    (button("reject", "Reject", "r"))
                    @if matches!(card, ReviewCard::Link(_)) { (button("never", "Never merge", "n")) }
                    (button("skip", "Skip", "s"))
                }
                label { "Your name, kept with the decision" input name="by" value=(self.chosen.by) autocomplete="name" size="18"; }
                @if let ReviewCard::Claim(claim) = card { (self.correct(claim)) }
            }
        }
    }

    fn hidden(&self, at: &str) -> Markup {
        let of = if self.chosen.of_links { "links" } else { "" };
        html! {
            @for (name, value) in [("revision", self.revision.as_str()), ("at", at), ("next", &self.after), ("of", of)] {
                input type="hidden" name=(name) value=(value);
            }
            input type="hidden" name="below" value=(self.below);
        }
    }

    fn correct(&self, claim: &ClaimToReview) -> Markup {
        html! {
            details class="correct" {
                summary { "These words say something else" }
                p class="faint" { "A name of a thing of the store means that thing; other words stay words." }
                p class="form" {
                    label { "who or what" input name="subject" value=(claim.subject); }
                    label { "does what" input name="relation" value=(claim.relation) list="relations"; }
                    label { "to what" input name="object" value=(claim.object); }
                    button name="decision" value="edit" { "Correct" }
                }
                datalist id="relations" { @for relation in &self.relations { option value=(relation) {} } }
            }
        }
    }

    /// The way back.
    fn undo(&self) -> Markup {
        html! {
            form class="decide" action="/review" method="post" {
                (self.hidden(""))
                input type="hidden" name="by" value=(self.chosen.by);
                p class="buttons" {
                    button name="decision" value="undo" data-key="u" { "Undo the last decision " kbd { "u" } }
                    span class="faint" {
                        (counted(self.steps, "decision")) " in this sitting · " (self.skipped) " set aside"
                    }
                    label class="keys" { input type="checkbox" id="keys" checked; " keys" }
                }
            }
        }
    }

    /// What else waits.
    fn others(&self) -> Markup {
        html! {
            @if !self.next.is_empty() {
                h2 { "Next" }
                ol class="plain" { @for name in &self.next { li { a href=(name.href) { bdi { (name.name) } } } } }
            }
            @if !self.chosen.of_links {
                p class="chips" { "Claims below a confidence of "
                    @for below in [0.5, 0.6, 0.8] {
                        a href=(Chosen { below, ..self.chosen.clone() }.address("", "")) aria-current=[(below == self.below).then_some("true")] { (below) }
                    }
                }
            }
        }
    }
}

impl ReviewCard {
    fn key(&self) -> &str {
        match self {
            Self::Claim(claim) => &claim.key,
            Self::Link(link) => &link.key,
        }
    }

    fn markup(&self) -> Markup {
        match self {
            Self::Claim(claim) => claim.markup(),
            Self::Link(link) => link.markup(),
        }
    }
}

fn words(before: &str, quote: &str, after: &str) -> Markup {
    html! { blockquote class="around" dir="auto" { (before) mark class="m asked" { (quote) } (after) } }
}

fn earlier(all: &[String]) -> Markup {
    html! {
        @if !all.is_empty() {
            div class="note" { p { "Decided earlier, about the same:" } ul { @for one in all { li { bdi { (one) } } } } }
        }
    }
}

impl ClaimToReview {
    fn markup(&self) -> Markup {
        let (start, end) = self.place;
        let place = format!("{}?char={start},{end}#char={start},{end}", self.text.href);
        html! {
            (words(&self.before, &self.quote, &self.after))
            p class="question-asked" { bdi { (self.subject) } " " b { (self.relation) } " " bdi { (self.object) } "?" }
            p class="proof" {
                @if !self.text.href.is_empty() { a href=(place) { (self.text.name) ", characters " (start) "–" (end) } " · " }
                @if !self.modality.is_empty() { (self.modality) " · " }
                "confidence " (self.confidence) @if self.waits { ", no answer until it is decided" }
                " · rule " code { (self.rule) } " · claim " (self.number)
            }
            (earlier(&self.earlier))
        }
    }
}

impl LinkToReview {
    fn markup(&self) -> Markup {
        html! {
            @if !self.quote.is_empty() { (words(&self.before, &self.quote, &self.after)) p class="proof" { (self.place) } }
            div class="two" {
                div { h2 { "Is this" } p { (crate::explore::cards::link(&self.thing)) } p class="faint" { (self.kind) " · " (counted(self.documents, "document")) } }
                div {
                    h2 { "the same as this?" }
                    p { bdi { (self.label) } } p class="faint" { (self.scheme) " · " code class="iri" { (self.iri) } }
                    @for line in &self.details { p class="faint" { (line) } }
                }
            }
            p class="proof" { (format!("{:.2}", self.score)) ": " (self.why) }
            @if !self.rivals.is_empty() { p class="proof" { "or " (crate::explore::cards::links(&self.rivals)) } }
            (earlier(&self.earlier))
        }
    }
}
