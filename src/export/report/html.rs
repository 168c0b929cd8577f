//! A page in HTML: one file, no script, no outside request; light and dark, for screen and paper. Each cell takes the
//! direction of its own words, so that Persian and Arabic read from the right.

use std::io::{self, Write};

use crate::export::graph::xml::escaped;

use super::{Body, Cell, Page, TextRun};

const STYLE: &str = include_str!("page.css");

/// Writes a page.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(page: &Page, out: &mut impl Write) -> io::Result<()> {
    let title = escaped(&page.title);
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>{title}</title>\n<style>{}</style>\n</head>\n<body>\n<main>", STYLE.trim_end())?;
    writeln!(out, "<h1 dir=\"auto\"{}>{title}</h1>", language(page.language.as_deref()))?;
    writeln!(out, "<p>{}</p>", escaped(&page.summary))?;
    facts(page, out)?;
    // The first mark of each footnote is where its way back leads.
    let mut marked = vec![false; page.notes.len()];
    for section in &page.sections {
        let level = section.level + 1;
        writeln!(out, "<h{level} dir=\"auto\">{}</h{level}>", escaped(&section.title))?;
        if !section.remark.is_empty() {
            writeln!(out, "<p class=\"remark\">{}</p>", escaped(&section.remark))?;
        }
        body(&section.body, &mut marked, out)?;
    }
    notes(page, out)?;
    writeln!(out, "</main>\n</body>\n</html>")
}

fn facts(page: &Page, out: &mut impl Write) -> io::Result<()> {
    if page.facts.is_empty() {
        return Ok(());
    }
    writeln!(out, "<dl>")?;
    for (name, value) in &page.facts {
        writeln!(out, "<dt>{}</dt><dd dir=\"auto\">{}</dd>", escaped(name), line(value, &mut []))?;
    }
    writeln!(out, "</dl>")
}

fn body(body: &Body, marked: &mut [bool], out: &mut impl Write) -> io::Result<()> {
    match body {
        Body::Table(heads, rows) => {
            let heads: String = heads.iter().map(|head| format!("<th scope=\"col\">{}</th>", escaped(head))).collect();
            writeln!(out, "<div class=\"wide\"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>")?;
            for row in rows {
                let cells: String =
                    row.iter().map(|cell| format!("<td dir=\"auto\">{}</td>", line(cell, marked))).collect();
                writeln!(out, "<tr>{cells}</tr>")?;
            }
            writeln!(out, "</tbody>\n</table></div>")
        }
        Body::List(items) => {
            writeln!(out, "<ul>")?;
            for item in items {
                writeln!(out, "<li dir=\"auto\">{}</li>", line(item, marked))?;
            }
            writeln!(out, "</ul>")
        }
        Body::Verbatim(text) => {
            writeln!(out, "<pre>{}</pre>", text.lines().map(escaped).collect::<Vec<_>>().join("\n"))
        }
        Body::Nothing => Ok(()),
    }
}

fn line(cell: &Cell, marked: &mut [bool]) -> String {
    let mut out = String::new();
    for run in cell {
        match run {
            TextRun::Words(words) => out.push_str(&escaped(words)),
            TextRun::Strong(words) => out.push_str(&format!("<strong>{}</strong>", escaped(words))),
            TextRun::Address(url) => out.push_str(&address(url)),
            TextRun::Note(at) => {
                let number = at + 1;
                let is_first = marked.get_mut(*at).is_some_and(|marked| !std::mem::replace(marked, true));
                let id = if is_first { format!(" id=\"r{number}\"") } else { String::new() };
                out.push_str(&format!("<sup{id}><a href=\"#n{number}\">{number}</a></sup>"));
            }
        }
    }
    out
}

/// A link, if it leads to the web; else the words.
fn address(url: &str) -> String {
    let words = escaped(url);
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    if is_web { format!("<a href=\"{words}\" rel=\"noreferrer\">{words}</a>") } else { words }
}

fn notes(page: &Page, out: &mut impl Write) -> io::Result<()> {
    if page.notes.is_empty() {
        return Ok(());
    }
    writeln!(out, "<h2>Sentences</h2>\n<ol class=\"notes\">")?;
    for (at, note) in page.notes.iter().enumerate() {
        let number = at + 1;
        let quote = match note.quote.as_str() {
            "" => String::new(),
            words => format!("<q dir=\"auto\"{}>{}</q> ", language(note.language.as_deref()), escaped(words)),
        };
        let back = format!("<a href=\"#r{number}\" aria-label=\"back\">↑</a>");
        writeln!(out, "<li id=\"n{number}\">{quote}<cite>{}</cite> {back}</li>", escaped(&note.source()))?;
    }
    writeln!(out, "</ol>")
}

fn language(tag: Option<&str>) -> String {
    tag.map(|tag| format!(" lang=\"{}\"", escaped(tag))).unwrap_or_default()
}
