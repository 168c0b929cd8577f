//! A thing: what it is and is called, its ties to outer vocabularies, what is said of it and by it, and where it is named.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde::Serialize;

use crate::explore::cards::{self, Card, Name};
use crate::explore::graphs;
use crate::explore::paging::Paging;
use crate::explore::reading::{ClaimLine, Reading};
use crate::explore::visit::{Answered, Page, Visit, row};
use crate::explore::{address, reading};
use crate::model::{Passage, Stance};
use crate::query::{Portrait, Tie};
use crate::record::TermId;

/// Claims on a page.
const SHOWN: usize = 50;

/// Texts that name it, on a page.
const TEXTS: usize = 50;

/// The model.
#[derive(Serialize)]
struct ThingPage {
    thing: Name,
    key: String,
    also: Vec<String>,
    codes: Vec<String>,
    facts: Vec<(String, String)>,
    links: Vec<LinkRow>,
    wholes: Vec<Name>,
    /// Texts that it is, or that hold it.
    texts: Vec<Name>,
    /// Claims that speak of it, and those that it makes.
    said_of: usize,
    said_by: usize,
    tally: Vec<(&'static str, usize)>,
    years: Vec<Year>,
    /// Which of them are listed: `of`, `by` or all; and with which stance.
    part: Option<String>,
    stance: Option<String>,
    claims: Vec<Card>,
    paging: Paging,
    named_in: Vec<Named>,
    named_texts: usize,
    places: usize,
    #[serde(skip)]
    ways: Ways,
}

/// A tie to an outer vocabulary.
#[derive(Serialize)]
struct LinkRow {
    scheme: String,
    relation: String,
    theirs: Name,
    /// How it was found, and in which file.
    because: String,
}

/// How many claims of each stance there are in a year.
#[derive(Serialize)]
struct Year {
    year: String,
    tally: Vec<(&'static str, usize)>,
}

/// A text that names it, and where.
#[derive(Serialize)]
struct Named {
    text: Name,
    places: Vec<(usize, usize)>,
}

/// Addresses of the page in other states.
#[derive(Default)]
struct Ways {
    all: String,
    of: String,
    by: String,
    stances: Vec<(&'static str, usize, String)>,
    graph: String,
    positions: String,
    change: String,
    search: String,
    forms: Vec<(&'static str, String)>,
}

/// Answers for a thing.
///
/// # Errors
/// 406.
pub fn answer(visit: &Visit<'_>, id: TermId) -> Answered {
    let more = ["ttl", "jsonld", "nt", "rdf", "trig", "nq"];
    let offered: Vec<&'static str> = ["html", "json", "csv", "tsv"].into_iter().chain(more).collect();
    let form = visit.form(&offered)?;
    if graphs::is_rdf(form) {
        return graphs::answer(visit, id, form, &offered);
    }
    visit.answer(&model(visit, id, form.name), &more)
}

fn model(visit: &Visit<'_>, id: TermId, form: &str) -> ThingPage {
    let (reading, namer) = (visit.reading, &visit.namer);
    let record = reading.record();
    let portrait = Portrait::without_claims(record, id);
    let (part, stance) = (visit.request.value("part"), visit.request.value("stance"));
    let all: Vec<&ClaimLine> = reading.about(id).collect();
    let is_by = |line: &&&ClaimLine| line.said_by.contains(&id);
    let chosen: Vec<&ClaimLine> = all
        .iter()
        .filter(|line| match part.as_deref() {
            Some("by") => is_by(line),
            Some("of") => !is_by(line) || line.object == id,
            _ => true,
        })
        .filter(|line| stance.as_deref().is_none_or(|wanted| line.stance.name() == wanted))
        .copied()
        .collect();
    let paging = Paging::new(visit, chosen.len(), if form == "html" { SHOWN } else { usize::MAX });
    let claims: Vec<Card> = paging.part(&chosen).iter().filter_map(|line| namer.card(line)).collect();
    let (named_in, named_texts, places) = named(visit, id);
    ThingPage {
        thing: Name { name: portrait.name.clone(), ..namer.named(id) },
        key: record.key(id).unwrap_or_default().to_owned(),
        also: portrait.also,
        codes: portrait.identifiers,
        facts: portrait.facts,
        links: portrait.ties.into_iter().map(|tie| link_row(visit, tie)).collect(),
        wholes: reading.wholes(id).into_iter().map(|whole| namer.named(whole)).collect(),
        texts: record.texts_of(id).iter().filter_map(|text| reading.text(*text)).map(|text| namer.text(text)).collect(),
        said_of: all.len() - all.iter().filter(|line| is_by(line) && line.object != id).count(),
        said_by: all.iter().filter(is_by).count(),
        tally: words(Reading::tally(all.iter().copied())),
        years: years(reading, &all),
        ways: ways(visit, id, &all),
        part,
        stance,
        claims,
        paging,
        named_in,
        named_texts,
        places,
    }
}

fn words(tally: [(Stance, usize); 4]) -> Vec<(&'static str, usize)> {
    tally.into_iter().filter(|(_, count)| *count > 0).map(|(stance, count)| (stance.name(), count)).collect()
}

fn years(reading: &Reading, lines: &[&ClaimLine]) -> Vec<Year> {
    let mut years: BTreeMap<&str, Vec<&ClaimLine>> = BTreeMap::new();
    for &line in lines.iter().filter(|line| line.stance != Stance::None) {
        let year = reading.text_of(line).map_or("", |text| text.year());
        years.entry(year).or_default().push(line);
    }
    let year =
        |(year, lines): (&str, Vec<&ClaimLine>)| Year { year: year.to_owned(), tally: words(Reading::tally(lines)) };
    years.into_iter().map(year).collect()
}

fn link_row(visit: &Visit<'_>, tie: Tie) -> LinkRow {
    let reason = tie.reasons.first();
    let because = reason.map(|reason| [reason.method.as_str(), reason.source.as_str()].join(", ")).unwrap_or_default();
    let href = address::href(visit.reading.record().base(), &tie.theirs);
    LinkRow {
        scheme: tie.scheme,
        relation: tie.relation.unwrap_or_default(),
        theirs: Name { name: tie.label.unwrap_or_else(|| tie.theirs.clone()), iri: tie.theirs, href, kind: None },
        because,
    }
}

/// The texts that name a thing, with the places; how many there are, and how many places.
fn named(visit: &Visit<'_>, id: TermId) -> (Vec<Named>, usize, usize) {
    let (reading, record) = (visit.reading, visit.reading.record());
    let mut texts: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for passage in record.mentions(id) {
        if let Some(passage) = Passage::parse(record.quads().text(passage)) {
            texts.entry(passage.text).or_default().push(passage.place());
        }
    }
    let (count, places) = (texts.len(), texts.values().map(Vec::len).sum());
    let mut lines: Vec<_> = texts
        .into_iter()
        .filter_map(|(text, places)| Some((reading.text(record.quads().find_iri(text)?)?, places)))
        .collect();
    lines.sort_by(|a, b| (&b.0.date, &a.0.sha256).cmp(&(&a.0.date, &b.0.sha256)));
    let named = |(text, mut places): (&reading::TextLine, Vec<(usize, usize)>)| {
        places.sort_unstable();
        places.dedup();
        Named { text: visit.namer.text(text), places }
    };
    (lines.into_iter().take(TEXTS).map(named).collect(), count, places)
}

fn ways(visit: &Visit<'_>, id: TermId, all: &[&ClaimLine]) -> Ways {
    let key = visit.reading.record().key(id).unwrap_or_default();
    let tally = Reading::tally(all.iter().copied());
    let stances = tally.into_iter().filter(|(_, count)| *count > 0);
    Ways {
        all: visit.changed("part", ""),
        of: visit.changed("part", "of"),
        by: visit.changed("part", "by"),
        stances: stances
            .map(|(stance, count)| (stance.name(), count, visit.changed("stance", stance.name())))
            .collect(),
        graph: address::with("/graph", &[("focus", key)]),
        positions: address::with("/positions", &[("actors", key), ("by", "year")]),
        change: address::with("/change", &[("actor", key)]),
        search: address::with("/search", &[("q", &visit.namer.name(id).name)]),
        forms: ["csv", "json", "ttl", "jsonld"].into_iter().map(|form| (form, visit.in_form(form))).collect(),
    }
}

impl Page for ThingPage {
    fn title(&self) -> String {
        self.thing.name.clone()
    }

    fn rows(&self) -> Option<Vec<Vec<String>>> {
        let rows = self.claims.iter().map(cards::cells);
        Some(std::iter::once(row(&cards::HEADS)).chain(rows).collect())
    }

    fn body(&self) -> Markup {
        html! {
            h1 { bdi { (self.thing.name) } }
            p class="lead" {
                @if let Some(kind) = &self.thing.kind { span class="kind" { (kind) } " · " }
                code { (self.key) }
                @if !self.also.is_empty() { " · also: " @for (at, name) in self.also.iter().enumerate() { @if at > 0 { " · " } bdi { (name) } } }
            }
            div class="beside" {
                section { (self.said()) }
                aside {
                    (self.known())
                    (self.places())
                    p class="forms" { "As data: " @for (form, href) in &self.ways.forms { a href=(href) { "." (form) } " " } }
                }
            }
        }
    }
}

impl ThingPage {
    fn said(&self) -> Markup {
        let chosen = self.part.as_deref().unwrap_or_default();
        html! {
            h2 { "What is said" }
            p class="chips" {
                a href=(self.ways.all) aria-current=[(chosen.is_empty()).then_some("true")] { "all" }
                a href=(self.ways.of) aria-current=[(chosen == "of").then_some("true")] { "of it " (self.said_of) }
                @if self.said_by > 0 { a href=(self.ways.by) aria-current=[(chosen == "by").then_some("true")] { "by it " (self.said_by) } }
                @for (stance, count, href) in &self.ways.stances {
                    a href=(href) aria-current=[(self.stance.as_deref() == Some(*stance)).then_some("true")] { (cards::stance(stance)) (stance) " " (count) }
                }
            }
            @if self.claims.is_empty() { p class="faint" { "Nothing here." } }
            (cards::list(&self.claims))
            (self.paging.markup())
        }
    }

    fn known(&self) -> Markup {
        html! {
            dl class="facts" {
                @if !self.texts.is_empty() { dt { "Text" } dd { (cards::links(&self.texts)) } }
                @if !self.wholes.is_empty() { dt { "Part or side of" } dd { (cards::links(&self.wholes)) } }
                @if !self.codes.is_empty() { dt { "Codes" } dd { (self.codes.join(" · ")) } }
                @for (name, value) in &self.facts { dt { (name) } dd dir="auto" { (value) } }
                @for link in &self.links {
                    dt { (link.scheme) }
                    dd class="ties" {
                        (cards::link(&link.theirs))
                        @if !link.because.is_empty() { details { summary { (link.relation) ": why" } small class="faint" { (link.because) } } }
                    }
                }
            }
            @if self.years.len() > 1 {
                table class="years" {
                    caption { "Stances by year" }
                    tbody { @for year in &self.years {
                        tr { th scope="row" { @if year.year.is_empty() { "no date" } @else { (year.year) } }
                            td { @for (stance, count) in &year.tally { span class="count" { (cards::stance(stance)) (count) } " " } } }
                    } }
                }
            }
            p class="ways" { a href=(self.ways.graph) { "Picture of what is around it" } " · " a href=(self.ways.search) { "Search its name" } @if self.said_by > 0 { " · " a href=(self.ways.positions) { "Its positions" } " · " a href=(self.ways.change) { "How they changed" } } }
        }
    }

    fn places(&self) -> Markup {
        html! {
            @if self.places > 0 {
                h2 { "Named in " (counted(self.named_texts, "text")) ", " (counted(self.places, "place")) }
                ul class="plain" { @for named in &self.named_in {
                    li {
                        (cards::link(&named.text)) " "
                        @for (start, end) in named.places.iter().take(6) {
                            a class="place" href={ (named.text.href) "?char=" (start) "," (end) "#char=" (start) "," (end) } { (start) } " "
                        }
                        @if named.places.len() > 6 { "+" (named.places.len() - 6) }
                    }
                } }
                @if self.named_texts > self.named_in.len() { p class="faint" { "and in " (self.named_texts - self.named_in.len()) " more" } }
            }
        }
    }
}

fn counted(count: usize, word: &str) -> String {
    crate::model::text::counted(count, word)
}
