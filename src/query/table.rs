//! Sheets drawn for people: in columns as wide as the terminal allows, long quotes wrapped or, where there is no room
//! beside the other columns, set under their row; and as Markdown.

use std::io::{self, Write};

use anstyle::Style;

use super::sheet::Sheet;
use super::wrap::{isolate, widest_word, width, wrap};

/// Between two columns.
const GAP: usize = 2;

/// Rows that the widths are chosen by.
const LOOKED_AT: usize = 200;

/// A quote beside the other columns gets at least this much room.
const QUOTE_ROOM: usize = 36;

/// Writes the sheet in columns, at most `room` wide, with colours.
///
/// # Errors
/// What the writer gives.
pub fn write(out: &mut dyn Write, sheet: &Sheet, room: usize) -> io::Result<()> {
    let room = room.max(20) - 1;
    let all: Vec<usize> = (0..sheet.columns.len()).collect();
    let (quotes, others): (Vec<usize>, Vec<usize>) = all.iter().partition(|&&column| sheet.columns[column].quote);
    let beside = widths(sheet, &all, room);
    let crowded = quotes.iter().any(|&quote| beside[quote] < QUOTE_ROOM.min(natural(sheet, quote)));
    if crowded && !others.is_empty() {
        stacked(out, sheet, &others, &quotes, room)
    } else {
        let bold = Style::new().bold();
        line(out, sheet, &all, &beside, |column| vec![sheet.columns[column].heading.to_uppercase()], bold)?;
        for row in &sheet.cells {
            line(out, sheet, &all, &beside, |column| wrap(&row[column], beside[column]), Style::new())?;
        }
        Ok(())
    }
}

/// Rows without their quotes, the quotes under them.
fn stacked(out: &mut dyn Write, sheet: &Sheet, others: &[usize], quotes: &[usize], room: usize) -> io::Result<()> {
    let chosen = widths(sheet, others, room);
    let bold = Style::new().bold();
    line(out, sheet, others, &chosen, |column| vec![sheet.columns[column].heading.to_uppercase()], bold)?;
    for row in &sheet.cells {
        line(out, sheet, others, &chosen, |column| wrap(&row[column], chosen[column]), Style::new())?;
        for &quote in quotes.iter().filter(|&&quote| !row[quote].is_empty()) {
            for text in wrap(&row[quote], room.saturating_sub(5)) {
                writeln!(
                    out,
                    "     {}{}{}",
                    Style::new().dimmed(),
                    isolate(&text),
                    Style::new().dimmed().render_reset()
                )?;
            }
        }
    }
    Ok(())
}

/// One row, over as many lines as its longest cell needs.
fn line(
    out: &mut dyn Write,
    sheet: &Sheet,
    columns: &[usize],
    widths: &[usize],
    cell: impl Fn(usize) -> Vec<String>,
    style: Style,
) -> io::Result<()> {
    let cells: Vec<Vec<String>> = columns.iter().map(|&column| cell(column)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..height {
        let mut text = String::from(" ");
        for (cell, &column) in cells.iter().zip(columns) {
            let part = cell.get(at).map_or("", String::as_str);
            let blank = " ".repeat(widths[column].saturating_sub(width(part)));
            let part = isolate(part);
            let (left, right) = if sheet.columns[column].right { (blank.as_str(), "") } else { ("", blank.as_str()) };
            text.extend([left, &part, right, &" ".repeat(GAP)]);
        }
        let text = text.trim_end();
        if style == Style::new() {
            writeln!(out, "{text}")?;
        } else {
            writeln!(out, "{style}{text}{style:#}")?;
        }
    }
    Ok(())
}

/// A width for each of the chosen columns (0 for the others) that sum up to at most `room` with their gaps. Each starts
/// with what its words need; what is left goes where it saves most lines.
fn widths(sheet: &Sheet, chosen: &[usize], room: usize) -> Vec<usize> {
    let mut widths = vec![0; sheet.columns.len()];
    let room = room.saturating_sub(GAP * chosen.len().saturating_sub(1) + 1);
    let mut left = 0;
    for longest in [20, 16, 14, 12, 10, 8] {
        chosen.iter().for_each(|&column| widths[column] = unbreakable(sheet, column, longest));
        left = room.saturating_sub(widths.iter().sum());
        if left > 0 {
            break;
        }
    }
    let cells: Vec<Vec<usize>> =
        sheet.cells.iter().take(LOOKED_AT).map(|row| row.iter().map(|cell| width(cell)).collect()).collect();
    while left > 0 {
        let Some((column, step)) = best_step(&cells, chosen, &widths, left) else { break };
        widths[column] += step;
        left -= step;
    }
    widths
}

/// Which column to widen by how much: the most lines saved for a column of width; `None` when nothing is wrapped any more.
fn best_step(cells: &[Vec<usize>], chosen: &[usize], widths: &[usize], left: usize) -> Option<(usize, usize)> {
    let height = |widths: &[usize]| -> usize { cells.iter().map(|row| lines(row, chosen, widths)).sum() };
    let now = height(widths);
    let mut best: Option<(f64, usize, usize)> = None;
    for &column in chosen {
        let wanted = cells.iter().map(|row| row[column]).max().unwrap_or(0);
        for step in [1, 2, 3, 5, 8, 12, 18, 27, 40, 60].into_iter().filter(|step| *step <= left) {
            if widths[column] >= wanted {
                break;
            }
            let mut wider = widths.to_vec();
            wider[column] += step;
            let saved = now.saturating_sub(height(&wider)) as f64 / step as f64;
            if best.is_none_or(|(most, _, _)| saved > most) {
                best = Some((saved, column, step));
            }
        }
    }
    best.map(|(_, column, step)| (column, step))
}

/// Lines that a row takes, about: words do not fill lines to the end.
fn lines(row: &[usize], chosen: &[usize], widths: &[usize]) -> usize {
    let of = |&column: &usize| {
        let (cell, width) = (row[column], widths[column].max(1));
        if cell <= width { 1 } else { cell.div_ceil(width.saturating_sub(2).max(1)) }
    };
    chosen.iter().map(of).max().unwrap_or(1)
}

/// The width that a column takes if nothing is wrapped.
fn natural(sheet: &Sheet, column: usize) -> usize {
    let cells = sheet.cells.iter().map(|row| width(&row[column])).max().unwrap_or(0);
    cells.max(width(&sheet.columns[column].heading))
}

/// What the longest word of a column needs; words longer than that are cut.
fn unbreakable(sheet: &Sheet, column: usize, longest: usize) -> usize {
    if sheet.columns[column].place {
        return natural(sheet, column).min(2 * longest);
    }
    let cells = sheet.cells.iter().map(|row| widest_word(&row[column])).max().unwrap_or(0);
    cells.min(longest).max(width(&sheet.columns[column].heading)).min(natural(sheet, column)).max(1)
}

/// Writes the sheet as a Markdown table.
pub(super) fn markdown(out: &mut dyn Write, sheet: &Sheet) -> io::Result<()> {
    let escape = |text: &str| text.replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;");
    let joined = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    writeln!(out, "{}", joined(sheet.columns.iter().map(|column| escape(&column.heading)).collect()))?;
    let rule = sheet.columns.iter().map(|column| if column.right { "---:" } else { "---" }.to_owned()).collect();
    writeln!(out, "{}", joined(rule))?;
    for row in &sheet.cells {
        writeln!(out, "{}", joined(row.iter().map(|cell| escape(cell)).collect()))?;
    }
    Ok(())
}
