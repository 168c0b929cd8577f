//! A view as a report in Markdown: who takes which stand, what is told as fact, which numbers are named; each with a
//! footnote that gives the sentence and its place.

use std::io::{self, Write};

use petgraph::visit::EdgeRef;

use crate::export::report::{self, Body, Cell, Note, Page, Section, TextRun};
use crate::export::view::{Edge, Quote, Stance};

use super::sheet::Sheet;

/// Writes a view.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(sheet: &Sheet<'_>, out: &mut impl Write) -> io::Result<()> {
    report::markdown(&page(sheet), out)
}

fn page(sheet: &Sheet<'_>) -> Page {
    let mut page = Page { title: sheet.title.clone(), summary: format!("{}.", sheet.summary), ..Page::default() };
    let is_stand = |edge: &Edge| edge.stance != Stance::None;
    section("Positions", sheet, &is_stand, &mut page);
    section("What is told", sheet, &|edge| !is_stand(edge), &mut page);
    list("Numbers, dates and words", properties(sheet), &mut page);
    let document = |(label, date): &(String, String)| {
        let date = if date.is_empty() { String::new() } else { format!(", {date}") };
        vec![TextRun::Words(format!("{label}{date}"))]
    };
    list("Documents", sheet.view.documents.iter().map(document).collect(), &mut page);
    page
}

/// A table of the edges that belong there; none if there are none.
fn section(title: &str, sheet: &Sheet<'_>, belongs: &dyn Fn(&Edge) -> bool, page: &mut Page) {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for row in sheet.view.graph.edge_references().filter(|edge| belongs(edge.weight())) {
        let [who, what] = [row.source(), row.target()].map(|end| sheet.nodes[end.index()].label.clone());
        let edge = row.weight();
        let aspect = edge.aspect.as_ref().map(|aspect| format!(" ({aspect})")).unwrap_or_default();
        let mut place = vec![TextRun::Words(edge.years().join(", ")), TextRun::Words(" ".to_owned())];
        for quote in &edge.quotes {
            place.push(TextRun::Note(page.notes.len()));
            page.notes.push(note(quote));
        }
        rows.push(vec![words(who), words(edge.label.clone()), words(format!("{what}{aspect}")), place]);
    }
    if !rows.is_empty() {
        let heads = ["Who", "What", "Of what", "Where"].map(str::to_owned).to_vec();
        push(title, Body::Table(heads, rows), page);
    }
}

/// Numbers, dates and words that are said of a thing.
fn properties(sheet: &Sheet<'_>) -> Vec<Cell> {
    let things = sheet.view.graph.node_weights().filter(|node| !node.properties.is_empty());
    let item = things.map(|node| {
        let said: Vec<String> = node.properties.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        vec![TextRun::Strong(node.label.clone()), TextRun::Words(format!(": {}", said.join("; ")))]
    });
    item.collect()
}

fn list(title: &str, items: Vec<Cell>, page: &mut Page) {
    if !items.is_empty() {
        push(title, Body::List(items), page);
    }
}

fn push(title: &str, body: Body, page: &mut Page) {
    page.sections.push(Section { title: title.to_owned(), level: 1, remark: String::new(), body });
}

fn words(words: String) -> Cell {
    vec![TextRun::Words(words)]
}

fn note(quote: &Quote) -> Note {
    Note {
        quote: quote.text.clone(),
        language: None,
        said_by: quote.said_by.clone(),
        document: quote.document.clone(),
        date: quote.date.clone(),
        locator: quote.locator.clone(),
        place: quote.place,
        confidence: quote.confidence,
        claim: quote.claim.rsplit('/').next().unwrap_or_default().to_owned(),
    }
}
