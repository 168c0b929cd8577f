//! Lists of documents, things and claims: facets with counts as links, chips to take away, fifty a page.

use std::borrow::Cow;
use std::collections::BTreeMap;

use maud::{Markup, html};
use serde::Serialize;

use crate::explore::cards::{self, Card, Name};
use crate::explore::paging::Paging;
use crate::explore::reading::{ClaimLine, SURE, TextLine};
use crate::explore::visit::{Answered, Page, Visit, row};
use crate::model::Class;
use crate::record::TermId;

/// Rows on a page.
const SHOWN: usize = 50;

/// Values of a facet that are shown.
const VALUES: usize = 12;

/// One way to narrow a list.
#[derive(Serialize)]
pub struct Facet {
    name: &'static str,
    /// The value that is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    chosen: Option<String>,
    /// Values with how many rows they keep.
    values: Vec<(String, usize)>,
    /// How many values are not shown.
    more: usize,
    #[serde(skip)]
    ways: Vec<String>,
    #[serde(skip)]
    away: String,
}

impl Facet {
    /// Counts what a list holds; `of` gives the values of a row.
    pub fn new<T>(visit: &Visit<'_>, name: &'static str, list: &[T], of: impl Fn(&T) -> Vec<String>) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for one in list.iter().flat_map(of).filter(|value| !value.is_empty()) {
            *counts.entry(one).or_default() += 1;
        }
        Self::of(visit, name, counts)
    }

    /// The same, counted already.
    fn of(visit: &Visit<'_>, name: &'static str, counts: BTreeMap<String, usize>) -> Self {
        let mut values: Vec<(String, usize)> = counts.into_iter().collect();
        values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let more = values.len().saturating_sub(VALUES);
        values.truncate(VALUES);
        let ways = values.iter().map(|(value, _)| visit.changed(name, value)).collect();
        Self { name, chosen: visit.request.value(name), values, more, ways, away: visit.changed(name, "") }
    }

    /// The facet as links.
    pub fn markup(&self) -> Markup {
        html! {
            @if let Some(chosen) = &self.chosen {
                p class="chips" { span { (self.name) ": " b { bdi { (chosen) } } } a href=(self.away) { "✕ take away" } }
            } @else if self.values.len() > 1 {
                details open[self.name != "relation"] {
                    summary { (self.name) }
                    ul class="plain" { @for ((value, count), way) in self.values.iter().zip(&self.ways) {
                        li { a href=(way) { bdi { (value) } } " " span class="count" { (count) } }
                    } @if self.more > 0 { li class="faint" { "and " (self.more) " more" } } }
                }
            }
        }
    }
}

/// Keeps the rows that have the value of a facet, if one is chosen.
fn keep<T>(visit: &Visit<'_>, name: &str, list: &mut Vec<T>, of: impl Fn(&T) -> Vec<String>) {
    if let Some(chosen) = visit.request.value(name) {
        list.retain(|one| of(one).contains(&chosen));
    }
}

/// A list with its facets.
#[derive(Serialize)]
struct List<R: Serialize> {
    #[serde(skip)]
    title: &'static str,
    #[serde(skip)]
    heads: &'static [&'static str],
    facets: Vec<Facet>,
    paging: Paging,
    rows: Vec<R>,
    #[serde(skip)]
    cells: Vec<Vec<String>>,
    #[serde(skip)]
    markup: Markup,
}

impl<R: Serialize> Page for List<R> {
    fn title(&self) -> String {
        self.title.to_owned()
    }

    fn rows(&self) -> Option<Vec<Vec<String>>> {
        Some(std::iter::once(row(self.heads)).chain(self.cells.iter().cloned()).collect())
    }

    fn body(&self) -> Markup {
        html! {
            h1 { (self.title) " " span class="count" { (self.paging.total) } }
            div class="beside" {
                section {
                    @if self.rows.is_empty() { p { "Nothing fits: take a choice away." } }
                    (self.markup)
                    (self.paging.markup())
                }
                aside class="facets" aria-label="narrow the list" { h2 { "Narrow" } @for facet in &self.facets { (facet.markup()) } }
            }
        }
    }
}

/// How many rows the wanted form shows.
fn size(visit: &Visit<'_>) -> usize {
    match visit.form(&["html", "json", "csv", "tsv"]) {
        Ok(form) if form.name == "html" => SHOWN,
        _ => usize::MAX,
    }
}

#[derive(Serialize)]
struct TextRow {
    text: Name,
    title: String,
    date: String,
    voices: Vec<Name>,
    meeting: Option<Name>,
    claims: usize,
}

/// The documents, latest first.
///
/// # Errors
/// 406.
pub fn documents(visit: &Visit<'_>) -> Answered {
    let (reading, namer) = (visit.reading, &visit.namer);
    let mut lines: Vec<&TextLine> = reading.texts().iter().rev().collect();
    let voices = |line: &&TextLine| line.voices.iter().map(|&id| namer.name(id).name).collect::<Vec<String>>();
    let meeting = |line: &&TextLine| line.meeting.map(|id| namer.name(id).name).into_iter().collect::<Vec<String>>();
    let year = |line: &&TextLine| vec![line.year().to_owned()];
    keep(visit, "speaker", &mut lines, voices);
    keep(visit, "meeting", &mut lines, meeting);
    keep(visit, "year", &mut lines, year);
    let facets = vec![
        Facet::new(visit, "speaker", &lines, voices),
        Facet::new(visit, "year", &lines, year),
        Facet::new(visit, "meeting", &lines, meeting),
    ];
    let paging = Paging::new(visit, lines.len(), size(visit));
    let rows: Vec<TextRow> = paging
        .part(&lines)
        .iter()
        .map(|line| TextRow {
            text: namer.text(line),
            title: line.reference.title.clone(),
            date: line.date.clone(),
            voices: line.voices.iter().map(|&id| namer.name(id)).collect(),
            meeting: line.meeting.map(|id| namer.name(id)),
            claims: reading.of_text(line.id).count(),
        })
        .collect();
    let markup = html! {
        @if !rows.is_empty() { div class="scroller" tabindex="0" role="region" aria-label="documents" { table {
            thead { tr { th scope="col" { "Date" } th scope="col" { "Who" } th scope="col" { "Document" } th scope="col" class="number" { "Claims" } } }
            tbody { @for row in &rows { tr {
                td class="date" { (row.date) }
                td { (cards::links(&row.voices)) }
                td { a href=(row.text.href) { bdi { (row.title) } } @if let Some(meeting) = &row.meeting { br; span class="faint" { (cards::link(meeting)) } } }
                td class="number" { (row.claims) }
            } } }
        } } }
    };
    let cells = rows.iter().map(|one| {
        let voices: Vec<&str> = one.voices.iter().map(|name| name.name.as_str()).collect();
        let meeting = one.meeting.as_ref().map(|name| name.name.as_str()).unwrap_or_default();
        row(&[&one.date, &voices.join("; "), &one.title, meeting, &one.claims.to_string(), &one.text.iri])
    });
    let heads = &["date", "who", "title", "meeting", "claims", "text"];
    visit.answer(&List { title: "Documents", heads, facets, paging, cells: cells.collect(), markup, rows }, &[])
}

#[derive(Serialize)]
struct ThingRow {
    thing: Name,
    claims: usize,
    documents: usize,
}

/// The things of which documents speak, most spoken of first.
///
/// # Errors
/// 406.
pub fn things(visit: &Visit<'_>) -> Answered {
    let (reading, namer) = (visit.reading, &visit.namer);
    let record = reading.record();
    let ranked = reading.ranked();
    let named = |&(one, count): &(TermId, usize)| Some((namer.kind(one)?, (record.class(one), count)));
    let kinds: Vec<(String, (Option<Class>, usize))> = ranked.classes.iter().filter_map(named).collect();
    let chosen = visit.request.value("kind");
    let is_chosen = |kind: &String| chosen.as_ref().is_none_or(|chosen| chosen == kind);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (kind, (_, count)) in kinds.iter().filter(|(kind, _)| is_chosen(kind)) {
        *counts.entry(kind.clone()).or_default() += count;
    }
    let wanted: Vec<Option<Class>> =
        kinds.iter().filter(|(kind, _)| is_chosen(kind)).map(|(_, (class, _))| *class).collect();
    let things: Cow<'_, [TermId]> = match chosen {
        None => Cow::Borrowed(&ranked.things),
        Some(_) => ranked.things.iter().copied().filter(|&id| wanted.contains(&record.class(id))).collect(),
    };
    let facets = vec![Facet::of(visit, "kind", counts)];
    let paging = Paging::new(visit, things.len(), size(visit));
    let rows: Vec<ThingRow> = paging
        .part(&things)
        .iter()
        .map(|&id| ThingRow {
            thing: namer.named(id),
            claims: reading.spoken_of(id),
            documents: record.documents_of(id),
        })
        .collect();
    let markup = html! {
        @if !rows.is_empty() { div class="scroller" tabindex="0" role="region" aria-label="things" { table {
            thead { tr { th scope="col" { "Thing" } th scope="col" { "Kind" } th scope="col" class="number" { "Claims" } th scope="col" class="number" { "Documents" } } }
            tbody { @for row in &rows { tr {
                td { (cards::link(&row.thing)) } td { (row.thing.kind.clone().unwrap_or_default()) }
                td class="number" { (row.claims) } td class="number" { (row.documents) }
            } } }
        } } }
    };
    let cells = rows.iter().map(|one| {
        let kind = one.thing.kind.as_deref().unwrap_or_default();
        row(&[&one.thing.name, kind, &one.claims.to_string(), &one.documents.to_string(), &one.thing.iri])
    });
    let heads = &["thing", "kind", "claims", "documents", "iri"];
    visit.answer(&List { title: "Things", heads, facets, paging, cells: cells.collect(), markup, rows }, &[])
}

/// The claims, latest first.
///
/// # Errors
/// 406.
pub fn claims(visit: &Visit<'_>) -> Answered {
    let (reading, namer) = (visit.reading, &visit.namer);
    let record = reading.record();
    let mut lines: Vec<&ClaimLine> = reading.claims().iter().collect();
    let said_by = |line: &&ClaimLine| line.said_by.iter().map(|&id| namer.name(id).name).collect::<Vec<String>>();
    let stance = |line: &&ClaimLine| vec![line.stance.name().to_owned()];
    let relation = |line: &&ClaimLine| vec![namer.labels.property(record.quads().text(line.predicate))];
    let year = |line: &&ClaimLine| vec![reading.text_of(line).map_or("", TextLine::year).to_owned()];
    let change = |line: &&ClaimLine| cards::change(line).map(str::to_owned).into_iter().collect::<Vec<String>>();
    let state = |line: &&ClaimLine| vec![if line.confidence < SURE { "to review" } else { "sure" }.to_owned()];
    keep(visit, "speaker", &mut lines, said_by);
    keep(visit, "stance", &mut lines, stance);
    keep(visit, "relation", &mut lines, relation);
    keep(visit, "year", &mut lines, year);
    keep(visit, "change", &mut lines, change);
    keep(visit, "state", &mut lines, state);
    lines.reverse();
    let facets = vec![
        Facet::new(visit, "stance", &lines, stance),
        Facet::new(visit, "speaker", &lines, said_by),
        Facet::new(visit, "year", &lines, year),
        Facet::new(visit, "change", &lines, change),
        Facet::new(visit, "state", &lines, state),
        Facet::new(visit, "relation", &lines, relation),
    ];
    let paging = Paging::new(visit, lines.len(), size(visit));
    let rows: Vec<Card> = paging.part(&lines).iter().filter_map(|line| namer.card(line)).collect();
    let markup = if rows.is_empty() {
        html! {}
    } else {
        cards::list(&rows)
    };
    let cells = rows.iter().map(cards::cells).collect();
    visit.answer(&List { title: "Claims", heads: &cards::HEADS, facets, paging, cells, markup, rows }, &[])
}
