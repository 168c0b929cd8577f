//! A page in Markdown: CommonMark with tables and footnotes, as GitHub, pandoc and Obsidian read them.

use std::io::{self, Write};

use super::{Body, Cell, Note, Page, TextRun};
use crate::model::text::one_line;

/// Writes a page.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(page: &Page, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "# {}", plain(&page.title))?;
    if !page.summary.is_empty() {
        writeln!(out, "\n{}", plain(&page.summary))?;
    }
    if !page.facts.is_empty() {
        writeln!(out)?;
    }
    for (name, value) in &page.facts {
        writeln!(out, "- **{}**: {}", plain(name), line(value))?;
    }
    for section in &page.sections {
        writeln!(out, "\n{} {}", "#".repeat(section.level + 1), plain(&section.title))?;
        if !section.remark.is_empty() {
            writeln!(out, "\n{}", plain(&section.remark))?;
        }
        body(&section.body, out)?;
    }
    if !page.notes.is_empty() {
        writeln!(out)?;
    }
    for (at, note) in page.notes.iter().enumerate() {
        writeln!(out, "[^{}]: {}", at + 1, footnote(note))?;
    }
    Ok(())
}

fn body(body: &Body, out: &mut impl Write) -> io::Result<()> {
    match body {
        Body::Table(heads, rows) => {
            let heads: Vec<String> = heads.iter().map(|head| plain(head)).collect();
            writeln!(out, "\n| {} |\n|{}", heads.join(" | "), " --- |".repeat(heads.len()))?;
            for row in rows {
                let cells: Vec<String> = row.iter().map(line).collect();
                writeln!(out, "| {} |", cells.join(" | "))?;
            }
        }
        Body::List(items) => {
            writeln!(out)?;
            for item in items {
                writeln!(out, "- {}", line(item))?;
            }
        }
        Body::Verbatim(text) => {
            let fence = "`".repeat(longest_run(text).max(2) + 1);
            writeln!(out, "\n{fence}\n{text}\n{fence}")?;
        }
        Body::Nothing => {}
    }
    Ok(())
}

/// Runs on one line. Two marks side by side keep a blank between them.
fn line(cell: &Cell) -> String {
    let mut out = String::new();
    for run in cell {
        match run {
            TextRun::Words(words) => out.push_str(&spaced(words)),
            TextRun::Strong(words) => out.push_str(&format!("**{}**", plain(words))),
            TextRun::Address(url) => out.push_str(&address(url)),
            TextRun::Note(number) => {
                if out.ends_with(']') {
                    out.push(' ');
                }
                out.push_str(&format!("[^{}]", number + 1));
            }
        }
    }
    out
}

/// Words with the blanks at their ends, which join them to what stands beside.
fn spaced(words: &str) -> String {
    let blank = |holds: bool| if holds { " " } else { "" };
    match plain(words) {
        none if none.is_empty() => blank(!words.is_empty()).to_owned(),
        some => format!("{}{some}{}", blank(words.starts_with(' ')), blank(words.ends_with(' '))),
    }
}

fn address(url: &str) -> String {
    if url.contains(['<', '>', ' ', '|']) || url.contains(char::is_control) { plain(url) } else { format!("<{url}>") }
}

fn footnote(note: &Note) -> String {
    let words = if note.quote.is_empty() { String::new() } else { format!("“{}” — ", plain(&note.quote)) };
    format!("{words}{}", plain(&note.source()))
}

/// The longest run of backquotes.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// Words on one line that Markdown takes as they are, also at the beginning of a line and in a table.
fn plain(text: &str) -> String {
    let words = one_line(text);
    let mut out = String::with_capacity(words.len());
    for (at, c) in words.char_indices() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '^' | '$' | '|' => out.extend(['\\', c]),
            '-' | '+' | '=' if at == 0 => out.extend(['\\', c]),
            '.' | ')' if at > 0 && words[..at].bytes().all(|byte| byte.is_ascii_digit()) => out.extend(['\\', c]),
            '&' => out.push_str("&amp;"),
            _ if c.is_control() => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        for (text, expected) in [
            ("a | b_c *d* <e>", "a \\| b\\_c \\*d\\* \\<e\\>"),
            ("- no list", "\\- no list"),
            ("12. no list", "12\\. no list"),
            ("in 2011. Then", "in 2011. Then"),
            ("R&D\nand  more", "R&amp;D and more"),
            ("$5 and $6", "\\$5 and \\$6"),
            ("پاسخ", "پاسخ"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }

    #[test]
    fn marks_stand_behind_their_words() {
        let cell = vec![
            TextRun::Strong("new".into()),
            TextRun::Words(" opposes".into()),
            TextRun::Note(0),
            TextRun::Note(1),
            TextRun::Words("; ".into()),
            TextRun::Address("https://x.org/a_b".into()),
        ];
        assert_eq!(line(&cell), "**new** opposes[^1] [^2]; <https://x.org/a_b>");
    }
}
