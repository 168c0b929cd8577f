//! The graph around a thing: a picture drawn here, whose names lead to their own pictures, and a table that says the same.

use maud::{Markup, PreEscaped, html};
use petgraph::visit::EdgeRef;
use serde::Serialize;

use crate::explore::address;
use crate::explore::cards::{self, Name};
use crate::explore::chosen;
use crate::explore::response::{Problem, Response};
use crate::explore::visit::{Answered, Page, Visit, row};
use crate::export::graph::{self, Sheet, Theme};
use crate::export::view::{Options, Stance, View};
use crate::export::{ExportError, Prefixes, dot};
use crate::lift::vocabulary;
use crate::model::text::counted;

/// Things in a picture.
const MOST: usize = 60;

/// Things in a picture of all, where nothing is in the middle.
const MOST_OF_ALL: usize = 30;

/// The forms of a graph besides the page.
const FORMS: [&str; 5] = ["svg", "dot", "gexf", "graphml", "cyjs"];

/// The model.
#[derive(Serialize)]
struct GraphPage {
    focus: Option<Name>,
    hops: usize,
    /// Neighbours that the pictures before this one have shown.
    skip: usize,
    stance: Option<String>,
    since: String,
    until: String,
    summary: String,
    things: Vec<Thing>,
    edges: Vec<EdgeRow>,
    #[serde(skip)]
    picture: String,
    #[serde(skip)]
    farther: String,
    #[serde(skip)]
    forms: Vec<(&'static str, String)>,
}

/// A thing in the picture.
#[derive(Serialize)]
struct Thing {
    thing: Name,
    claims: usize,
    /// Things that it is tied to and that are not shown, here or in the pictures before this one.
    more: usize,
    /// Its own picture; for what is in the middle, the next of its neighbours.
    #[serde(skip)]
    around: String,
}

/// What is said of one thing and another.
#[derive(Serialize)]
struct EdgeRow {
    from: Name,
    act: String,
    to: Name,
    stance: &'static str,
    quotes: Vec<QuoteRow>,
}

/// A sentence behind it.
#[derive(Serialize)]
struct QuoteRow {
    date: String,
    words: String,
    claim: String,
    #[serde(skip)]
    href: String,
}

/// Answers with the graph.
///
/// # Errors
/// 406, and 400 for a name that nothing or more than one thing has.
pub fn answer(visit: &Visit<'_>) -> Answered {
    let options = options(visit)?;
    let record = visit.reading.record();
    let view = View::of(record, &options).map_err(wrong)?;
    let prefixes = Prefixes::new(Some(record.base()), vocabulary::PREFIXES.iter().copied());
    let sheet = Sheet::new(&view, &prefixes);
    let offered: Vec<&'static str> = ["html", "json", "csv", "tsv"].into_iter().chain(FORMS).collect();
    let form = visit.form(&offered)?;
    if FORMS.contains(&form.name) {
        let mut body = Vec::new();
        let written = match form.name {
            "svg" => graph::svg::write(&sheet, Theme::Screen, &mut body),
            "gexf" => graph::gexf::write(&sheet, &mut body),
            "graphml" => graph::graphml::write(&sheet, graph::graphml::Flavour::Plain, &mut body),
            "cyjs" => graph::cytoscape::write(&sheet, &mut body),
            _ => dot::write(&view, &prefixes, &mut body),
        };
        written.map_err(|error| Problem::new(500, error.to_string()))?;
        let response = Response::new(200, &form.content_type(), body);
        // The picture brings its own colours.
        let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        return Ok(visit.told(response.with("Content-Security-Policy", policy), &offered));
    }
    visit.answer(&model(visit, &options, &view, &sheet)?, &FORMS)
}

fn wrong(error: ExportError) -> Problem {
    Problem::of(400, &error)
}

fn options(visit: &Visit<'_>) -> Result<Options, Problem> {
    let request = visit.request;
    let focus = chosen::one(visit, "focus")?;
    let stances: Vec<Stance> = request
        .values("stance")
        .iter()
        .filter_map(|name| Stance::ALL.into_iter().find(|one| one.name() == name))
        .collect();
    let most = if focus.is_some() { MOST } else { MOST_OF_ALL };
    Ok(Options {
        focus: focus.map(|id| visit.reading.record().quads().text(id).to_owned()),
        hops: request.number("hops", 1, 3).max(1),
        max_nodes: request.number("most", most, MOST).max(2),
        skip: request.number("skip", 0, usize::MAX),
        stances,
        since: request.value("since"),
        until: request.value("until"),
        min_confidence: request.value("least").and_then(|value| value.parse().ok()).unwrap_or(0.0),
        ..Options::default()
    })
}

fn model(visit: &Visit<'_>, options: &Options, view: &View, sheet: &Sheet<'_>) -> Result<GraphPage, Problem> {
    let (record, namer) = (visit.reading.record(), &visit.namer);
    let find = |iri: &str| record.quads().find_iri(iri);
    let name = |iri: &str| find(iri).map(|id| namer.named(id)).unwrap_or_default();
    let around = |iri: &str| address::with("/graph", &[("focus", iri.strip_prefix(record.base()).unwrap_or(iri))]);
    let next = (options.skip + view.graph.node_count().saturating_sub(1)).to_string();
    let things = view.graph.node_weights().map(|node| Thing {
        thing: name(&node.iri),
        claims: node.claims,
        more: node.hidden,
        around: match options.focus.as_ref() == Some(&node.iri) && node.hidden > 0 && options.hops == 1 {
            true => visit.changed("skip", &next),
            false => around(&node.iri),
        },
    });
    let edges = view.graph.edge_references().map(|edge| {
        let (from, to) = (&view.graph[edge.source()], &view.graph[edge.target()]);
        let quotes = edge.weight().quotes.iter().map(|quote| QuoteRow {
            date: quote.date.clone(),
            words: quote.text.clone(),
            href: address::href(record.base(), &quote.claim),
            claim: quote.claim.clone(),
        });
        EdgeRow {
            from: name(&from.iri),
            act: edge.weight().label.clone(),
            to: name(&to.iri),
            stance: edge.weight().stance.name(),
            quotes: quotes.collect(),
        }
    });
    let mut drawn = Vec::new();
    if view.graph.node_count() > 0 {
        graph::svg::write(sheet, Theme::Screen, &mut drawn).map_err(|error| Problem::new(500, error.to_string()))?;
    }
    let edges: Vec<EdgeRow> = edges.collect();
    Ok(GraphPage {
        focus: options.focus.as_deref().map(name),
        hops: options.hops,
        skip: options.skip,
        stance: visit.request.value("stance"),
        since: options.since.clone().unwrap_or_default(),
        until: options.until.clone().unwrap_or_default(),
        summary: view.summary(),
        things: things.collect(),
        picture: led(&String::from_utf8_lossy(&drawn), sheet, around),
        edges,
        farther: visit.changed("hops", &(options.hops + 1).min(3).to_string()),
        forms: FORMS.into_iter().chain(["csv", "json"]).map(|form| (form, visit.in_form(form))).collect(),
    })
}

/// The picture without its style sheet, which pages bring, and with links: a thing leads to its own picture, an arrow to its
/// row in the table.
fn led(picture: &str, sheet: &Sheet<'_>, around: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(picture.len() * 2);
    let mut rest = picture;
    if let Some((before, after)) = rest.split_once("<style>") {
        out.push_str(before);
        rest = after.split_once("</style>").map_or("", |(_, after)| after);
    }
    let mut node = 0;
    while let Some(at) = rest.find("<g class=\"") {
        out.push_str(&rest[..at]);
        let group = &rest[at..];
        let end = group.find("</g>").map_or(group.len(), |end| end + "</g>".len());
        let (one, after) = group.split_at(end);
        let attribute =
            |name: &str| one.split_once(&format!("{name}=\"")).and_then(|(_, value)| value.split('"').next());
        let link = if one.starts_with("<g class=\"node\"") {
            let row = sheet.nodes.get(node);
            node += 1;
            row.map(|row| around(&row.values[1].to_string()))
        } else {
            attribute("data-edges").and_then(|edges| edges.split(' ').next()).map(|edge| format!("#{edge}"))
        };
        match link {
            Some(link) => out.push_str(&html! { a href=(link) { (PreEscaped(one)) } }.into_string()),
            None => out.push_str(one),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

impl Page for GraphPage {
    fn title(&self) -> String {
        self.focus.as_ref().map_or_else(|| "Graph".to_owned(), |focus| format!("Around {}", focus.name))
    }

    fn rows(&self) -> Option<Vec<Vec<String>>> {
        let mut rows = vec![row(&["from", "act", "to", "stance", "date", "quote", "claim"])];
        for edge in &self.edges {
            let ends = [edge.from.name.as_str(), &edge.act, &edge.to.name, edge.stance];
            if edge.quotes.is_empty() {
                rows.push(row(&[&ends[..], &["", "", ""]].concat()));
            }
            rows.extend(
                edge.quotes
                    .iter()
                    .map(|quote| row(&[&ends[..], &[quote.date.as_str(), &quote.words, &quote.claim]].concat())),
            );
        }
        Some(rows)
    }

    fn body(&self) -> Markup {
        html! {
            h1 { (self.title()) }
            (self.form())
            @if self.things.is_empty() {
                p { "No claim ties two things together here." }
            } @else {
                p class="lead" { (self.summary) @if self.focus.is_some() && self.hops < 3 { " · " a href=(self.farther) { "one step farther" } } }
                @if let Some(middle) = self.middle() {
                    p { (middle.thing.name) " is tied to " (counted(middle.more, "more thing")) ": " a href=(middle.around) { "+" (middle.more) @if self.hops == 1 { ", the next of them" } } }
                }
                div class="picture" tabindex="0" role="region" aria-label="picture; the table below says the same" { (PreEscaped(&self.picture)) }
                p class="forms" { "This graph as: " @for (form, href) in &self.forms { a href=(href) { "." (form) } " " } }
                (self.table())
            }
        }
    }
}

impl GraphPage {
    /// What is in the middle, if it is tied to more than is shown.
    fn middle(&self) -> Option<&Thing> {
        let focus = self.focus.as_ref()?;
        self.things.iter().find(|one| one.thing.iri == focus.iri && one.more > 0)
    }

    fn form(&self) -> Markup {
        let focus = self.focus.as_ref().map(|focus| focus.name.as_str()).unwrap_or_default();
        html! {
            form class="form" action="/graph" {
                label { "Around" input name="focus" id="focus" value=(focus) placeholder="a name; empty for all" data-suggest="key" autocomplete="off"; }
                label { "steps" select name="hops" { @for hops in 1..=3 { option value=(hops) selected[self.hops == hops] { (hops) } } } }
                label { "stance" select name="stance" {
                    option value="" { "any" }
                    @for stance in Stance::ALL { option value=(stance.name()) selected[self.stance.as_deref() == Some(stance.name())] { (stance.name()) } }
                } }
                label { "since" input name="since" value=(self.since) size="8" placeholder="2019"; }
                label { "until" input name="until" value=(self.until) size="8" placeholder="2021"; }
                button { "Draw" }
            }
        }
    }

    fn table(&self) -> Markup {
        html! {
            h2 { "The same as a table" }
            div class="scroller" tabindex="0" role="region" aria-label="what the picture shows" { table {
                thead { tr { th scope="col" { "From" } th scope="col" { "What is said" } th scope="col" { "Of" } th scope="col" { "Where" } } }
                tbody { @for (at, edge) in self.edges.iter().enumerate() { tr id={ "e" (at + 1) } {
                    td { (cards::link(&edge.from)) }
                    td { (cards::stance(edge.stance)) (edge.act) }
                    td { (cards::link(&edge.to)) }
                    td {
                        @for quote in edge.quotes.iter().take(3) { a href=(quote.href) { q dir="auto" { (quote.words) } } " " span class="faint" { (quote.date) } br; }
                        @if edge.quotes.len() > 3 { span class="faint" { "+" (edge.quotes.len() - 3) " more" } }
                        @if edge.quotes.is_empty() { span class="faint" { "known beforehand" } }
                    }
                } } }
            } }
            h2 { "Things in it" }
            ul class="plain columns" { @for one in &self.things { li { (cards::link(&one.thing)) " " span class="count" { (one.claims) } " " a href=(one.around) aria-label={ @if one.more > 0 { "+" (one.more) ", " } "picture around " (one.thing.name) } { @if one.more > 0 { "+" (one.more) } @else { "◎" } } } } }
        }
    }
}
