//! A page for a browser in one file: the picture, a table of what is said beside it, and the sentences of what is chosen.
//! It asks nothing of any host, works from a file, and prints.

use std::io::{self, Write};

use serde_json::json;

use super::sheet::Sheet;
use super::svg;
use super::xml::escaped;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Writes a view.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(sheet: &Sheet<'_>, out: &mut impl Write) -> io::Result<()> {
    let title = escaped(&sheet.title);
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">"
    )?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>")?;
    writeln!(out, "<header><h1>{title}</h1><p>{}</p></header>\n<main>\n<figure>", escaped(&sheet.summary))?;
    svg::write(sheet, out)?;
    writeln!(
        out,
        "</figure>\n<section>\n<div id=\"said\" aria-live=\"polite\"><p>Choose an arrow or a row to read its sentences.</p></div>"
    )?;
    writeln!(out, "<input id=\"filter\" type=\"search\" placeholder=\"find\" aria-label=\"find in the table\">")?;
    table(sheet, out)?;
    writeln!(out, "</section>\n</main>\n<script type=\"application/json\" id=\"quotes\">{}</script>", quotes(sheet)?)?;
    writeln!(out, "<script>{SCRIPT}</script>\n</body>\n</html>")
}

fn table(sheet: &Sheet<'_>, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "<table>\n<thead><tr><th>from</th><th>what is said</th><th>of</th><th>claims</th></tr></thead>\n<tbody>"
    )?;
    for edge in &sheet.edges {
        let (from, to) = (&sheet.nodes[edge.source].label, &sheet.nodes[edge.target].label);
        let (r, g, b) = edge.colour;
        writeln!(
            out,
            "<tr data-edge=\"{}\" tabindex=\"0\"><td><bdi>{}</bdi></td><td style=\"border-left:3px solid #{r:02x}{g:02x}{b:02x}\">{}</td><td><bdi>{}</bdi></td><td>{}</td></tr>",
            edge.id,
            escaped(from),
            escaped(&edge.label),
            escaped(to),
            edge.weight
        )?;
    }
    writeln!(out, "</tbody>\n</table>")
}

/// The sentences by number of edge, as JSON that can stand in a page.
fn quotes(sheet: &Sheet<'_>) -> io::Result<String> {
    let all = sheet.edges.iter().zip(sheet.view.graph.edge_references()).map(|(edge, said)| {
        let quotes = said.weight().quotes.iter().map(|quote| {
            json!({"text": quote.text, "document": quote.document, "date": quote.date, "start": quote.place.0,
                "end": quote.place.1, "saidBy": quote.said_by, "confidence": quote.confidence})
        });
        let ends = [edge.source, edge.target].map(|end| sheet.nodes[end].label.as_str());
        let told = json!({"from": ends[0], "label": edge.label, "to": ends[1], "quotes": quotes.collect::<Vec<_>>()});
        (edge.id.clone(), told)
    });
    let json = serde_json::to_string(&all.collect::<serde_json::Map<_, _>>())?;
    // "</script>" in a quote would end the element.
    Ok(json.replace('<', "\\u003c"))
}
