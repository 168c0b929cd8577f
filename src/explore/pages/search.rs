//! Search: an answer where two names make a question, then things, quotes and documents, each with how many there are.

use maud::{Markup, html};
use serde::Serialize;
use serde_json::json;

use crate::explore::address;
use crate::explore::cards::{self, Card, Name};
use crate::explore::reading::{ClaimLine, Hit, TextLine};
use crate::explore::response::Response;
use crate::explore::visit::{Answered, Page, Visit, row};
use crate::model::text::counted;
use crate::record::TermId;

/// Rows of a group; with `in=` all of it, up to [`MOST`].
const SHOWN: usize = 8;

/// Rows of a group that is asked for alone.
const MOST: usize = 500;

/// Hits of a document that are shown.
const HITS: usize = 3;

/// Names that are suggested while one types.
const SUGGESTED: usize = 8;

/// The model.
#[derive(Serialize)]
struct Search {
    q: String,
    answer: Option<AnswerCard>,
    things: Group<Name>,
    quotes: Group<Card>,
    documents: Group<Document>,
    by: Option<String>,
    year: Option<String>,
    #[serde(skip)]
    only: Option<String>,
}

/// A part of what was found.
#[derive(Serialize)]
struct Group<T: Serialize> {
    total: usize,
    rows: Vec<T>,
    #[serde(skip)]
    all: String,
}

/// A document with places where the words stand.
#[derive(Serialize)]
struct Document {
    text: Name,
    title: String,
    times: usize,
    hits: Vec<Hit>,
}

/// What an actor said on a topic.
#[derive(Serialize)]
struct AnswerCard {
    actor: Name,
    topic: Name,
    positions: usize,
    statements: usize,
    claims: Vec<Card>,
    changed: usize,
    #[serde(skip)]
    change: String,
    #[serde(skip)]
    matrix: String,
}

/// Answers a search.
///
/// # Errors
/// 406.
pub fn answer(visit: &Visit<'_>) -> Answered {
    visit.answer(&model(visit), &[])
}

/// Names that begin so, for the search box.
///
/// # Errors
/// None.
pub fn suggest(visit: &Visit<'_>) -> Answered {
    let asked = visit.request.value("q").unwrap_or_default();
    let (reading, record) = (visit.reading, visit.reading.record());
    let found = reading.names().fitting(&asked, |id| reading.spoken_of(id));
    let things = found.into_iter().take(SUGGESTED).map(|id| {
        let name = visit.namer.named(id);
        json!({"name": name.name, "kind": name.kind, "href": name.href, "key": record.key(id)})
    });
    Ok(Response::json(200, &json!({"things": things.collect::<Vec<_>>()})).with("Cache-Control", "no-cache"))
}

fn model(visit: &Visit<'_>) -> Search {
    let (reading, namer) = (visit.reading, &visit.namer);
    let q = visit.request.value("q").unwrap_or_default();
    let (by, year, only) = (visit.request.value("by"), visit.request.value("year"), visit.request.value("in"));
    let size = |group: &str| if only.as_deref() == Some(group) { MOST } else { SHOWN };
    let all = |group: &str| visit.changed("in", group);
    let things = things(visit, &q);
    let phrases = phrases(&q);
    let fits_text = |text: Option<&TextLine>| {
        year.as_deref().is_none_or(|year| text.is_some_and(|text| text.year() == year))
            && by
                .as_deref()
                .is_none_or(|by| text.is_some_and(|text| text.voices.iter().any(|&id| namer.name(id).name == by)))
    };
    let quotes: Vec<&ClaimLine> =
        quotes(visit, &phrases, &things).filter(|line| fits_text(reading.text_of(line))).collect();
    let mut found = if phrases.is_empty() { Vec::new() } else { reading.folded().find(&phrases) };
    found.retain(|(at, _)| fits_text(reading.texts().get(*at)));
    found.sort_by_key(|(at, places)| (std::cmp::Reverse(places.len()), *at));
    let documents = found.iter().take(size("documents")).map(|(at, places)| document(visit, *at, places, &phrases[0]));
    Search {
        answer: answer_card(visit, &q),
        things: Group {
            total: things.len(),
            rows: things.iter().take(size("things")).map(|&id| namer.named(id)).collect(),
            all: all("things"),
        },
        quotes: Group {
            total: quotes.len(),
            rows: quotes.iter().take(size("quotes")).filter_map(|line| namer.card(line)).collect(),
            all: all("quotes"),
        },
        documents: Group { total: found.len(), rows: documents.collect(), all: all("documents") },
        q,
        by,
        year,
        only,
    }
}

/// What is looked for in texts: phrases in quotation marks, and words; a star at the end of a word says no more than that
/// it may go on, which all may.
fn phrases(q: &str) -> Vec<String> {
    let mut phrases: Vec<String> = Vec::new();
    for (at, part) in q.split('"').enumerate() {
        match at % 2 {
            1 => phrases.push(part.trim().to_owned()),
            _ => phrases.extend(part.split_whitespace().map(|word| word.trim_matches(['*', ',', ';']).to_owned())),
        }
    }
    phrases.retain(|phrase| !phrase.is_empty());
    // The longest is the rarest, most likely.
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.chars().count()));
    phrases.truncate(12);
    phrases
}

/// The things whose names fit; all that an outer IRI is tied to.
fn things(visit: &Visit<'_>, q: &str) -> Vec<TermId> {
    let (reading, record) = (visit.reading, visit.reading.record());
    if q.contains("://") {
        let outer = record.quads().find_iri(q.trim_matches(['<', '>']));
        let Some(outer) = outer else { return Vec::new() };
        let rows = record.quads().rows().iter().filter(|row| row.object == outer || row.subject == outer);
        let mut tied: Vec<TermId> =
            rows.flat_map(|row| [row.subject, row.object]).filter(|&id| record.class(id).is_some()).collect();
        tied.sort_unstable();
        tied.dedup();
        return tied;
    }
    let weight = |id: TermId| reading.spoken_of(id);
    let words = q.replace(['"', '*'], " ");
    let fitting = reading.names().fitting(&words, weight);
    let named = reading.names().in_words(&words).0;
    // Several names: each of them first, then what bears all the words.
    let is_several = named.len() > 1;
    let mut found = Vec::new();
    for mut one in named.into_iter().filter(|_| is_several || fitting.is_empty()) {
        one.sort_by_key(|&id| std::cmp::Reverse(weight(id)));
        found.extend(one);
    }
    let rest: Vec<TermId> = fitting.into_iter().filter(|id| !found.contains(id)).collect();
    found.extend(rest);
    if found.is_empty() { reading.names().near(&words) } else { found }
}

/// The claims with the words in their quote, and those of a thing that is named in full, latest first.
fn quotes<'v>(visit: &'v Visit<'_>, phrases: &[String], things: &[TermId]) -> impl Iterator<Item = &'v ClaimLine> {
    use crate::explore::reading::folded_letter;
    let reading = visit.reading;
    let fold = |text: &str| text.chars().map(folded_letter).collect::<String>();
    let phrases: Vec<String> = phrases.iter().map(|phrase| fold(phrase)).collect();
    let first = things.first().copied().filter(|_| things.len() == 1);
    reading.claims().iter().rev().filter(move |line| {
        let in_quote = || {
            let quote = reading.whole(line).and_then(|claim| claim.passages.first().copied());
            let words = quote.and_then(|passage| reading.record().quote(passage).words).map(fold).unwrap_or_default();
            !phrases.is_empty() && phrases.iter().all(|phrase| words.contains(phrase.as_str()))
        };
        first.is_some_and(|id| line.subject == id || line.on.contains(&id)) || in_quote()
    })
}

fn document(visit: &Visit<'_>, at: usize, places: &[usize], phrase: &str) -> Document {
    let reading = visit.reading;
    let line = &reading.texts()[at];
    let written = reading.words(line).unwrap_or_default();
    let hits = places.iter().take(HITS).map(|&place| reading.folded().hit(at, place, phrase, &written));
    Document {
        text: visit.namer.text(line),
        title: line.reference.title.clone(),
        times: places.len(),
        hits: hits.collect(),
    }
}

/// Two names, one of them of somebody who takes positions: what that one said on the other.
fn answer_card(visit: &Visit<'_>, q: &str) -> Option<AnswerCard> {
    let (reading, namer) = (visit.reading, &visit.namer);
    let (named, _) = reading.names().in_words(q);
    let positions = |id: TermId| reading.about(id).filter(|line| line.subject == id && line.is_position).count();
    let spoken_of = |id: TermId| reading.spoken_of(id);
    let best = |things: &Vec<TermId>| things.iter().copied().max_by_key(|&id| (spoken_of(id), std::cmp::Reverse(id)));
    let things: Vec<TermId> = named.iter().filter_map(best).collect();
    let [one, other] = things.as_slice() else { return None };
    let (actor, topic) = if positions(*one) >= positions(*other) { (*one, *other) } else { (*other, *one) };
    if positions(actor) == 0 {
        return None;
    }
    let is_it =
        |line: &&ClaimLine| line.subject == actor && line.is_position && line.is_own && line.on.contains(&topic);
    let lines: Vec<&ClaimLine> = reading.about(actor).filter(is_it).collect();
    let mut texts: Vec<_> = lines.iter().filter_map(|line| line.text).collect();
    texts.dedup();
    let key = |id: TermId| reading.record().key(id).unwrap_or_default();
    Some(AnswerCard {
        actor: namer.named(actor),
        topic: namer.named(topic),
        positions: lines.len(),
        statements: texts.len(),
        claims: lines.iter().filter_map(|line| namer.card(line)).collect(),
        changed: lines.iter().filter(|line| line.is_new || line.is_turned).count(),
        change: address::with("/change", &[("actor", key(actor)), ("topic", key(topic))]),
        matrix: address::with("/positions", &[("actors", key(actor)), ("topics", key(topic)), ("by", "year")]),
    })
}

impl Page for Search {
    fn title(&self) -> String {
        if self.q.is_empty() { "Search".to_owned() } else { format!("Search: {}", self.q) }
    }

    fn rows(&self) -> Option<Vec<Vec<String>>> {
        let rows = self.quotes.rows.iter().map(cards::cells);
        Some(std::iter::once(row(&cards::HEADS)).chain(rows).collect())
    }

    fn body(&self) -> Markup {
        let shows = |group: &str| self.only.as_deref().is_none_or(|only| only == group);
        html! {
            h1 { @if self.q.is_empty() { "Search" } @else { "Search: " bdi { (self.q) } } }
            @if self.q.is_empty() {
                p { "Type a name, a resolution’s symbol, or words. Two names, as in " a href="/search?q=Iran+Expert+Group" { "Iran Expert Group" } ", ask what one said of the other." }
            }
            @if let Some(answer) = self.answer.as_ref().filter(|_| self.only.is_none()) { (answer.markup()) }
            @if self.things.total + self.quotes.total + self.documents.total == 0 && !self.q.is_empty() {
                p { "Nothing found. Words are looked for as they stand in the texts; try fewer." }
            }
            @if shows("things") && self.things.total > 0 {
                h2 { "Things " (self.things.count()) }
                ul class="plain" { @for thing in &self.things.rows { li { (cards::link(thing)) " " span class="faint" { (thing.kind.clone().unwrap_or_default()) } } } }
                (self.things.rest())
            }
            @if shows("quotes") && self.quotes.total > 0 {
                h2 { "Quotes " (self.quotes.count()) }
                (cards::list(&self.quotes.rows))
                (self.quotes.rest())
            }
            @if shows("documents") && self.documents.total > 0 {
                h2 { "Documents " (self.documents.count()) }
                ul class="plain texts" { @for document in &self.documents.rows { (document.markup()) } }
                (self.documents.rest())
            }
        }
    }
}

impl<T: Serialize> Group<T> {
    fn count(&self) -> Markup {
        html! { span class="count" { (self.total) } }
    }

    fn rest(&self) -> Markup {
        html! {
            @if self.rows.len() < self.total {
                p { "first " (self.rows.len()) " of " (self.total) @if self.rows.len() < MOST { " · " a href=(self.all) { "all" } } }
            }
        }
    }
}

impl Document {
    fn markup(&self) -> Markup {
        html! {
            li {
                (cards::link(&self.text)) " " span class="faint" { (self.title) } " · " span class="count" { (counted(self.times, "time")) }
                @for hit in &self.hits {
                    p class="proof" dir="auto" { (hit.before) mark class="m asked" { (hit.words) } (hit.after) " "
                        a class="place" href={ (self.text.href) "?char=" (hit.start) "," (hit.end) "#char=" (hit.start) "," (hit.end) } { (hit.start) "–" (hit.end) } }
                }
            }
        }
    }
}

impl AnswerCard {
    fn markup(&self) -> Markup {
        html! {
            section class="answer" aria-label="answer" {
                h2 { (cards::link(&self.actor)) " on " (cards::link(&self.topic)) ": "
                    (counted(self.positions, "position")) " in " (counted(self.statements, "statement"))
                    @if self.changed > 0 { ", " (self.changed) " new or turned round" } }
                @if self.claims.is_empty() { p { "Nothing said in these documents, which is not the same as no position." } }
                @else { (cards::list(&self.claims)) }
                p class="ways" { a href=(self.change) { "how it changed" } " · " a href=(self.matrix) { "by year" } }
            }
        }
    }
}
