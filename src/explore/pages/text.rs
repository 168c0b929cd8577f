//! A text with its evidence: the words as they were read, marked where a claim has its passage, the claims beside their
//! paragraph, and who has the floor.

use maud::{Markup, html};
use serde::Serialize;

use crate::explore::accept::Form;
use crate::explore::cards::{self, Card, Name};
use crate::explore::graphs;
use crate::explore::marked::{Mark, MarkedText, Piece};
use crate::explore::reading::{ClaimLine, TextLine};
use crate::explore::response::{Problem, Response};
use crate::explore::visit::{Answered, Page, Visit, row};
use crate::export::reference::{bibtex, csl};
use crate::export::report;
use crate::model::Passage;

/// Code points of a part of a long text.
const PART: usize = 60_000;

/// The model.
#[derive(Serialize)]
struct TextPage {
    text: Name,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    date: String,
    voices: Vec<Name>,
    speakers: Vec<Name>,
    meeting: Option<Name>,
    cite: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    claims: usize,
    sentences: usize,
    silent: usize,
    part: usize,
    parts: usize,
    asked: Option<(usize, usize)>,
    paragraphs: Vec<Block>,
    #[serde(skip)]
    ways: Vec<String>,
    #[serde(skip)]
    forms: Vec<(&'static str, String)>,
}

/// A paragraph with the claims that begin in it.
#[derive(Serialize)]
struct Block {
    place: (usize, usize),
    #[serde(skip_serializing_if = "Option::is_none")]
    turn: Option<Turn>,
    text: String,
    claims: Vec<Numbered>,
    #[serde(skip)]
    pieces: Vec<Piece>,
}

/// Who has the floor from here.
#[derive(Serialize)]
struct Turn {
    speaker: Option<Name>,
    represents: Vec<Name>,
}

/// A claim with its number in the text.
#[derive(Serialize)]
struct Numbered {
    number: usize,
    claim: Card,
}

/// Answers for a text.
///
/// # Errors
/// 406, 400 for a place that is none.
pub fn answer(visit: &Visit<'_>, line: &TextLine) -> Answered {
    let more = ["ttl", "jsonld", "nt", "rdf", "trig", "nq", "txt", "md", "bib", "csl"];
    let offered: Vec<&'static str> = ["html", "json", "csv", "tsv"].into_iter().chain(more).collect();
    let form = visit.form(&offered)?;
    if graphs::is_rdf(form) {
        return graphs::answer(visit, line.id, form, &offered);
    }
    if let Some(body) = other(visit, line, form)? {
        return Ok(visit.told(Response::new(200, &form.content_type(), body), &offered));
    }
    let asked = asked(visit)?;
    let words = visit.reading.words(line).unwrap_or_default();
    visit.answer(&model(visit, line, &words, asked), &more)
}

/// The place that `char=` names (RFC 5147).
fn asked(visit: &Visit<'_>) -> Result<Option<(usize, usize)>, Problem> {
    let Some(value) = visit.request.value("char") else { return Ok(None) };
    let place = value.split_once(',').and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
    match place.filter(|(start, end)| start <= end) {
        Some(place) => Ok(Some(place)),
        None => Err(Problem::new(400, "char= takes two numbers of characters").hint("for example  ?char=862,950")),
    }
}

/// The forms that are no page and no table.
fn other(visit: &Visit<'_>, line: &TextLine, form: &Form) -> Result<Option<Vec<u8>>, Problem> {
    let reading = visit.reading;
    let references = std::slice::from_ref(&line.reference);
    let mut out = Vec::new();
    // Writing to memory cannot fail.
    match form.name {
        "txt" => {
            let words = reading.words(line).unwrap_or_default();
            let whole = MarkedText::new(&words);
            out = asked(visit)?.map_or(words.as_str(), |(start, end)| whole.words(start, end)).as_bytes().to_vec();
        }
        "bib" => _ = bibtex(references, &mut out),
        "csl" => _ = csl(references, &mut out),
        "md" => {
            let text = |digits: &str| graphs::text(reading, digits);
            let sources = report::Sources { record: reading.record(), text: &text, min_confidence: 0.0 };
            if let Some((page, _)) = report::page(&sources, &line.reference.iri) {
                let _ = report::markdown(&page, &mut out);
            }
        }
        _ => return Ok(None),
    }
    Ok(Some(out))
}

fn model(visit: &Visit<'_>, line: &TextLine, words: &str, asked: Option<(usize, usize)>) -> TextPage {
    let (reading, namer) = (visit.reading, &visit.namer);
    let lines: Vec<&ClaimLine> = reading.of_text(line.id).collect();
    let whole = MarkedText::new(words);
    let marks = marks(visit, line, &lines, asked);
    let parts = parts(whole.paragraphs());
    let part = part(visit, &parts, whole.paragraphs(), asked);
    let counts = reading.directory().documents().get(&line.sha256).map(|entry| entry.counts).unwrap_or_default();
    TextPage {
        text: namer.text(line),
        title: line.reference.title.clone(),
        language: line.reference.language.clone(),
        date: line.date.clone(),
        voices: line.voices.iter().map(|&id| namer.name(id)).collect(),
        speakers: line.speakers.iter().map(|(id, _)| namer.name(*id)).collect(),
        meeting: line.meeting.map(|meeting| namer.name(meeting)),
        cite: line.reference.prose(),
        source: line.reference.url.clone().filter(|url| super::super::address::is_outer(url)),
        claims: lines.len(),
        sentences: counts.sentences,
        silent: counts.silent,
        part: part + 1,
        parts: parts.len().max(1),
        asked,
        paragraphs: blocks(visit, line, &whole, &lines, &marks, parts.get(part).copied().unwrap_or_default()),
        ways: (1..=parts.len()).map(|at| visit.changed("part", &at.to_string())).collect(),
        forms: ["txt", "md", "bib", "ttl", "json", "csv"].into_iter().map(|form| (form, visit.in_form(form))).collect(),
    }
}

/// The passages of all claims, and the place that was asked for.
fn marks(visit: &Visit<'_>, text: &TextLine, lines: &[&ClaimLine], asked: Option<(usize, usize)>) -> Vec<Mark> {
    let record = visit.reading.record();
    let mut marks: Vec<Mark> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let passages = record.claim(line.id).map(|claim| claim.passages).unwrap_or_default();
        let passages = passages.iter().filter_map(|passage| Passage::parse(record.quads().text(*passage)));
        let here = passages.filter(|passage| passage.is_of(&text.sha256));
        marks.extend(here.map(|passage| Mark { number: at + 1, start: passage.start, end: passage.end }));
    }
    marks.extend(asked.filter(|(start, end)| start < end).map(|(start, end)| Mark { number: 0, start, end }));
    marks.sort_by_key(|mark| (mark.start, mark.end, mark.number));
    marks
}

/// Which paragraphs, by number, each part has: first and the one after the last.
fn parts(paragraphs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for (at, (_, end)) in paragraphs.iter().enumerate() {
        match parts.last_mut() {
            Some(part) if end - paragraphs[part.0].0 <= PART => part.1 = at + 1,
            _ => parts.push((at, at + 1)),
        }
    }
    parts
}

/// The part that is shown: the one that was asked for, else the one with the place.
fn part(
    visit: &Visit<'_>,
    parts: &[(usize, usize)],
    paragraphs: &[(usize, usize)],
    asked: Option<(usize, usize)>,
) -> usize {
    let has = |place: usize| parts.iter().rposition(|part| paragraphs[part.0].0 <= place);
    let by_place = || asked.and_then(|(start, _)| has(start)).unwrap_or_default();
    let by_number = visit.request.value("part").and_then(|part| part.parse::<usize>().ok());
    by_number.map_or_else(by_place, |part| part.saturating_sub(1)).min(parts.len().saturating_sub(1))
}

fn blocks(
    visit: &Visit<'_>,
    line: &TextLine,
    whole: &MarkedText<'_>,
    lines: &[&ClaimLine],
    marks: &[Mark],
    (first, after): (usize, usize),
) -> Vec<Block> {
    let (reading, namer) = (visit.reading, &visit.namer);
    let turns = reading.record().turns(line.id);
    let all = whole.paragraphs();
    let shown = all.get(first..after).unwrap_or_default();
    let mut blocks: Vec<Block> = Vec::new();
    for (at, &place) in shown.iter().enumerate() {
        let begin = if first + at == 0 { 0 } else { all[first + at - 1].1 };
        let last = first + at + 1 == all.len();
        let is_here = |start: usize| start >= begin && (start < place.1 || last);
        let here = lines.iter().enumerate().filter(|(_, line)| is_here(line.place.0));
        let cards = here.filter_map(|(at, line)| Some(Numbered { number: at + 1, claim: namer.card(line)? }));
        let turn = turns.iter().rev().find(|turn| is_here(turn.place.0)).map(|turn| Turn {
            speaker: turn.speaker.map(|speaker| namer.name(speaker)),
            represents: turn
                .represents
                .iter()
                .filter(|id| Some(**id) != turn.speaker)
                .map(|id| namer.name(*id))
                .collect(),
        });
        let paragraph = whole.paragraph(place, marks);
        blocks.push(Block {
            place,
            turn,
            text: whole.words(place.0, place.1).to_owned(),
            claims: cards.collect(),
            pieces: paragraph.pieces,
        });
    }
    blocks
}

impl Page for TextPage {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn rows(&self) -> Option<Vec<Vec<String>>> {
        let mut rows = vec![row(&[
            "number", "start", "end", "subject", "stance", "act", "object", "quote", "confidence", "claim",
        ])];
        for Numbered { number, claim } in self.paragraphs.iter().flat_map(|block| &block.claims) {
            let (start, end) = (claim.place.0.to_string(), claim.place.1.to_string());
            rows.push(row(&[
                &number.to_string(),
                &start,
                &end,
                &claim.subject.name,
                claim.stance,
                &claim.act,
                &claim.object.name,
                &claim.quote,
                &claim.confidence.to_string(),
                &claim.iri,
            ]));
        }
        Some(rows)
    }

    fn body(&self) -> Markup {
        let language = self.language.as_deref();
        html! {
            h1 lang=[language] dir="auto" { (self.title) }
            p class="lead" {
                @if !self.voices.is_empty() { (cards::links(&self.voices)) " · " }
                @if !self.date.is_empty() { time datetime=(self.date) { (self.date) } " · " }
                @if let Some(meeting) = &self.meeting { (cards::link(meeting)) " · " }
                (crate::model::text::counted(self.claims, "claim"))
                @if self.sentences > 0 { " · " (self.silent) " of " (self.sentences) " sentences gave none" }
                @if let Some(source) = &self.source { " · " a href=(source) rel="noopener noreferrer" { "source ↗" } }
            }
            fieldset class="show" {
                legend class="heard" { "Show" }
                label { input type="checkbox" id="show-positions" checked; " positions" }
                label { input type="checkbox" id="show-facts" checked; " facts" }
                label { input type="checkbox" id="show-marks" checked; " marks" }
                span class="keys faint" { kbd { "j" } " " kbd { "k" } " next and previous passage" }
                label class="keys" { input type="checkbox" id="keys" checked; " keys" }
            }
            (self.turning())
            article class="reading" tabindex="0" aria-label="text with its claims" {
                @for block in &self.paragraphs { (block.markup(language)) }
            }
            (self.turning())
            h2 { "How to cite" }
            p class="cite" { (self.cite) }
            p class="forms" { "This text as: " @for (form, href) in &self.forms { a href=(href) { "." (form) } " " } }
        }
    }
}

impl TextPage {
    /// The ways to the other parts of a long text.
    fn turning(&self) -> Markup {
        html! {
            @if self.parts > 1 {
                nav class="paging" aria-label="parts of the text" {
                    @if self.part > 1 { a rel="prev" href=(self.ways[self.part - 2]) { "← before" } }
                    span { "part " (self.part) " of " (self.parts) }
                    @if self.part < self.parts { a rel="next" href=(self.ways[self.part]) { "next →" } }
                }
            }
        }
    }
}

impl Block {
    fn markup(&self, language: Option<&str>) -> Markup {
        html! {
            @if let Some(turn) = &self.turn {
                h2 class="turn" {
                    @if let Some(speaker) = &turn.speaker { (cards::link(speaker)) } @else { "a speaker" }
                    @if !turn.represents.is_empty() { " for " (cards::links(&turn.represents)) }
                }
            }
            div class="block" {
                p lang=[language] dir="auto" { @for piece in &self.pieces { (self.piece(piece)) } }
                @if !self.claims.is_empty() {
                    ol class="cards" { @for one in &self.claims { (one.markup()) } }
                }
            }
        }
    }

    fn piece(&self, piece: &Piece) -> Markup {
        let class = match piece.claims.len() {
            0 => String::new(),
            depth => format!("m {} n{}", self.stance(piece), depth.min(3)),
        };
        let class = if piece.asked { format!("{class} asked") } else { class };
        html! {
            @for (start, end) in &piece.begins { span class="anchor" id={ "char=" (start) "," (end) } {} }
            @if class.is_empty() { (piece.text) } @else { mark class=(class) { (piece.text) } }
            @for number in &piece.ends { a class="ref" href={ "#c" (number) } aria-label={ "claim " (number) } { (number) } }
        }
    }

    /// The stance of the strongest claim over a piece: positions before facts.
    fn stance(&self, piece: &Piece) -> &'static str {
        let of = |number: &usize| self.claims.iter().find(|one| one.number == *number).map(|one| one.claim.stance);
        let mut stances: Vec<&'static str> = piece.claims.iter().filter_map(of).collect();
        stances.sort_by_key(|stance| ["against", "for", "asks"].iter().position(|known| known == stance).unwrap_or(9));
        stances.first().copied().unwrap_or("fact")
    }
}

impl Numbered {
    fn markup(&self) -> Markup {
        let card = &self.claim;
        let (start, end) = card.place;
        html! {
            li class={ "card " (card.stance) } id={ "c" (self.number) } {
                p class="said" {
                    a class="number" href={ "#char=" (start) "," (end) } aria-label={ "to the words of claim " (self.number) } { (self.number) }
                    " " (cards::stance(card.stance)) (cards::sentence(card)) (cards::mark(card.change))
                }
                p class="proof" {
                    @if !card.said_by.is_empty() && card.said_by.first() != Some(&card.subject) { "said by " (cards::links(&card.said_by)) " · " }
                    @if let Some(strength) = &card.strength { "strength " (strength) " of 5 · " }
                    "confidence " (format!("{:.2}", card.confidence)) " · "
                    a href=(card.href) { "why, cite" }
                }
            }
        }
    }
}
