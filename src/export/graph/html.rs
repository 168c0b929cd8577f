//! A page for a browser in one file: the picture, a table of what is said beside it, and the passages in their documents.
//! It asks nothing of any host, works from a file, and prints.

use std::collections::BTreeMap;
use std::io::{self, Write};

use petgraph::graph::EdgeIndex;
use serde_json::{Value, json};

use crate::export::dot::style;
use crate::export::view::Quote;
use crate::model::CodePoints;

use super::colours::Theme;
use super::drawing::Drawing;
use super::sheet::Sheet;
use super::svg;
use super::xml::escaped;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Bytes of texts that a page may have whole; beyond, it has only what stands around its quotes.
const MOST_TEXT: usize = 3_000_000;

/// Code points before and after a quote, where a text is not whole.
const AROUND: usize = 600;

/// Writes a view. `text` gives a document's text by the name at the end of its IRI.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(sheet: &Sheet<'_>, text: impl Fn(&str) -> Option<String>, out: &mut impl Write) -> io::Result<()> {
    let title = escaped(&sheet.title);
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">"
    )?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>")?;
    writeln!(out, "<header><h1><bdi>{title}</bdi></h1><p>{}</p></header>\n<main>", escaped(&sheet.summary))?;
    writeln!(out, "<figure aria-label=\"picture; the table says the same\">\n<div id=\"canvas\">")?;
    svg::draw(&Drawing::new(sheet, false), Theme::Screen, out)?;
    writeln!(
        out,
        "</div>\n<div id=\"zoom\"><button data-zoom=\"0.8\" aria-label=\"smaller\">−</button><button data-zoom=\"0\">fit</button>\
         <button data-zoom=\"1.25\" aria-label=\"larger\">+</button></div>\n</figure>\n<section id=\"reader\" aria-label=\"passages\">"
    )?;
    writeln!(
        out,
        "<div id=\"said\" aria-live=\"polite\"><p>Choose an arrow or a row to read where it is said.</p></div>\n\
         <div id=\"text\" tabindex=\"0\" aria-label=\"document\" hidden></div>\n</section>\n<section id=\"list\">"
    )?;
    writeln!(
        out,
        "<p id=\"search\"><input id=\"filter\" type=\"search\" placeholder=\"find in {} rows\" aria-label=\"find in the table\">\
         <button id=\"clear\" hidden>show all</button></p>",
        sheet.edges.len()
    )?;
    table(sheet, out)?;
    let texts = Texts::new(sheet, text);
    writeln!(out, "</section>\n</main>\n<section id=\"all\"></section>")?;
    writeln!(out, "<script type=\"application/json\" id=\"texts\">{}</script>", data(&texts.json(sheet))?)?;
    writeln!(out, "<script type=\"application/json\" id=\"quotes\">{}</script>", data(&quotes(sheet, &texts))?)?;
    writeln!(out, "<script>{SCRIPT}</script>\n</body>\n</html>")
}

fn table(sheet: &Sheet<'_>, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "<table>\n<thead><tr><th>from</th><th>what is said</th><th>of</th><th>claims</th></tr></thead>\n<tbody>"
    )?;
    for (at, edge) in sheet.edges.iter().enumerate() {
        let (from, to) = (&sheet.nodes[edge.source], &sheet.nodes[edge.target]);
        let style::LineStyle { colour, dark, .. } = style::of_stance(sheet.view.graph[EdgeIndex::new(at)].stance);
        let aspect = match edge.values[4].to_string() {
            aspect if aspect.is_empty() => aspect,
            aspect => format!(": {aspect}"),
        };
        writeln!(
            out,
            "<tr data-edge=\"{}\" data-ends=\"{} {}\"><td><bdi>{}</bdi></td><td style=\"border-inline-start-color:light-dark({colour},{dark})\">\
             <button>{}{}</button></td><td><bdi>{}</bdi></td><td>{}</td></tr>",
            edge.id,
            escaped(&from.id),
            escaped(&to.id),
            escaped(&from.label),
            escaped(&edge.label),
            escaped(&aspect),
            escaped(&to.label),
            edge.weight
        )?;
    }
    writeln!(out, "</tbody>\n</table>")
}

/// The texts that quotes stand in, by their IRIs.
struct Texts {
    /// In the order of the IRIs: the text and its code points.
    texts: BTreeMap<String, (String, CodePoints)>,
}

impl Texts {
    fn new(sheet: &Sheet<'_>, text: impl Fn(&str) -> Option<String>) -> Self {
        let mut texts = BTreeMap::new();
        for quote in sheet.view.graph.edge_weights().flat_map(|edge| &edge.quotes) {
            let name = quote.source.rsplit('/').next().unwrap_or_default();
            if !quote.text.is_empty()
                && !texts.contains_key(&quote.source)
                && let Some(text) = text(name)
            {
                let points = CodePoints::new(&text);
                texts.insert(quote.source.clone(), (text, points));
            }
        }
        Self { texts }
    }

    fn number(&self, source: &str) -> Option<usize> {
        self.texts.keys().position(|iri| iri == source)
    }

    /// Names and texts; a text is in pieces, each with the code point that it begins at.
    fn json(&self, sheet: &Sheet<'_>) -> Value {
        let is_whole = self.texts.values().map(|(text, _)| text.len()).sum::<usize>() <= MOST_TEXT;
        let of = |(iri, (text, points)): (&String, &(String, CodePoints))| {
            let quotes = || sheet.view.graph.edge_weights().flat_map(|edge| &edge.quotes).filter(|q| q.source == *iri);
            let pieces = if is_whole { vec![(0, text.as_str())] } else { around(text, points, quotes()) };
            let pieces: Vec<Value> = pieces.iter().map(|(from, text)| json!({"from": from, "text": text})).collect();
            let (name, date) = quotes().next().map(|q| (q.document.as_str(), q.date.as_str())).unwrap_or_default();
            json!({"name": name, "date": date, "pieces": pieces})
        };
        self.texts.iter().map(of).collect()
    }
}

/// What stands around quotes: pieces that neither touch nor overlap, with their first code points.
fn around<'t, 'q>(
    text: &'t str,
    points: &CodePoints,
    quotes: impl Iterator<Item = &'q Quote>,
) -> Vec<(usize, &'t str)> {
    let mut places: Vec<(usize, usize)> =
        quotes.map(|quote| (quote.place.0.saturating_sub(AROUND), quote.place.1.saturating_add(AROUND))).collect();
    places.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (start, end) in places {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    let piece = |(start, end): (usize, usize)| {
        let bytes = points.to_byte(text, start)..points.to_byte(text, end);
        text.get(bytes).map(|piece| (start, piece))
    };
    joined.into_iter().filter_map(piece).collect()
}

/// The sentences by number of edge.
fn quotes(sheet: &Sheet<'_>, texts: &Texts) -> Value {
    let all = sheet.edges.iter().zip(sheet.view.graph.edge_references()).map(|(edge, said)| {
        let quotes = said.weight().quotes.iter().map(|quote| {
            json!({"text": quote.text, "document": quote.document, "date": quote.date, "start": quote.place.0,
                "end": quote.place.1, "saidBy": quote.said_by, "confidence": quote.confidence,
                "source": texts.number(&quote.source)})
        });
        let ends = [edge.source, edge.target].map(|end| sheet.nodes[end].label.as_str());
        let told = json!({"from": ends[0], "label": edge.label, "to": ends[1], "quotes": quotes.collect::<Vec<_>>()});
        (edge.id.clone(), told)
    });
    Value::Object(all.collect())
}

/// JSON that can stand in a page: "</script>" in a quote would end the element.
fn data(value: &Value) -> io::Result<String> {
    Ok(serde_json::to_string(value)?.replace('<', "\\u003c"))
}
