//! A report in Markdown: who takes which stand, what is told as fact, which numbers are named; each with a footnote that
//! gives the sentence and its place.

use std::io::{self, Write};

use petgraph::visit::EdgeRef;

use crate::export::view::{Edge, Quote, Stance};

use super::sheet::Sheet;

/// Writes a view.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(sheet: &Sheet<'_>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "# {}\n\n{}.", plain(&sheet.title), plain(&sheet.summary))?;
    let mut notes: Vec<&Quote> = Vec::new();
    let is_stand = |edge: &Edge| edge.stance != Stance::None;
    section("Positions", sheet, &is_stand, &mut notes, out)?;
    section("What is told", sheet, &|edge| !is_stand(edge), &mut notes, out)?;
    properties(sheet, out)?;
    if !sheet.view.documents.is_empty() {
        writeln!(out, "\n## Documents\n")?;
    }
    for (label, date) in &sheet.view.documents {
        let date = if date.is_empty() { String::new() } else { format!(", {date}") };
        writeln!(out, "- {}{date}", plain(label))?;
    }
    if !notes.is_empty() {
        writeln!(out)?;
    }
    for (at, quote) in notes.iter().enumerate() {
        writeln!(out, "[^{}]: {}", at + 1, note(quote))?;
    }
    Ok(())
}

/// A table of the edges that belong there; none if there are none.
fn section<'v>(
    title: &str,
    sheet: &Sheet<'v>,
    belongs: &dyn Fn(&Edge) -> bool,
    notes: &mut Vec<&'v Quote>,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut rows = sheet.view.graph.edge_references().filter(|edge| belongs(edge.weight())).peekable();
    if rows.peek().is_none() {
        return Ok(());
    }
    writeln!(out, "\n## {title}\n\n| Who | What | Of what | Where |\n| --- | --- | --- | --- |")?;
    for row in rows {
        let [who, what] = [row.source(), row.target()].map(|end| cell(&sheet.nodes[end.index()].label));
        let edge = row.weight();
        let aspect = edge.aspect.as_ref().map(|aspect| format!(" ({})", cell(aspect))).unwrap_or_default();
        let marks: Vec<String> = edge
            .quotes
            .iter()
            .map(|quote| {
                notes.push(quote);
                format!("[^{}]", notes.len())
            })
            .collect();
        let years = edge.years().join(", ");
        let place = [years.as_str(), &marks.join(" ")].join(" ");
        writeln!(out, "| {who} | {} | {what}{aspect} | {} |", cell(&edge.label), place.trim())?;
    }
    Ok(())
}

/// Numbers, dates and words that are said of a thing.
fn properties(sheet: &Sheet<'_>, out: &mut impl Write) -> io::Result<()> {
    let mut things = sheet.view.graph.node_weights().filter(|node| !node.properties.is_empty()).peekable();
    if things.peek().is_some() {
        writeln!(out, "\n## Numbers, dates and words\n")?;
    }
    for node in things {
        let said: Vec<String> =
            node.properties.iter().map(|(name, value)| format!("{name}: {}", plain(value))).collect();
        writeln!(out, "- **{}**: {}", plain(&node.label), said.join("; "))?;
    }
    Ok(())
}

fn note(quote: &Quote) -> String {
    let words = if quote.text.is_empty() { String::new() } else { format!("“{}” ", plain(&quote.text)) };
    let by = quote.said_by.as_ref().map(|by| format!("{}, ", plain(by))).unwrap_or_default();
    let date = if quote.date.is_empty() { String::new() } else { format!(", {}", quote.date) };
    let (start, end) = quote.place;
    format!("{words}{by}{}{date}, characters {start}–{end}, confidence {:.2}", plain(&quote.document), quote.confidence)
}

/// Words on one line that Markdown takes as they are.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '#' => out.extend(['\\', c]),
            '&' => out.push_str("&amp;"),
            _ if c.is_control() => {}
            _ => out.push(c),
        }
    }
    out
}

/// The same in a cell of a table.
fn cell(text: &str) -> String {
    plain(text).replace('|', "\\|")
}
