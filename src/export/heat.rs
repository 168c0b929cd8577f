//! A heat map in SVG: rows against columns, each cell in the colours of its stances, deeper for more, with signs and numbers, so
//! that it can be read without colour. It fits a page of A4 and is readable at page width; what was left out is said below.

use std::io::{self, Write};

use crate::model::Stance;

use super::dot::style;
use super::graph::xml::escaped;

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeatCell {
    /// How many of each stance, those without any left out.
    pub counts: Vec<(Stance, usize)>,
    /// What is told when it is pointed at.
    pub told: String,
}

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeatMap {
    /// Above it.
    pub title: String,
    /// In small letters under the title.
    pub subtitle: String,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Names of the rows with a cell for each column.
    pub rows: Vec<(String, Vec<HeatCell>)>,
    /// Remarks under it: what was left out.
    pub remarks: Vec<String>,
}

/// Units of the drawing; at page width, about 17 cm, a letter of 11 units is some 7 points high.
const WIDTH: f64 = 760.0;
const NAME: f64 = 184.0;
const ROW: f64 = 26.0;
const HEAD: f64 = 84.0;
const MARGIN: f64 = 16.0;

/// Letters that fit before a row.
const NAME_LETTERS: usize = 26;

/// The sign of a stance, for readers without colours.
const fn sign(stance: Stance) -> &'static str {
    match stance {
        Stance::For => "+",
        Stance::Against => "−",
        Stance::Asks => "?",
        Stance::None => "·",
    }
}

/// The signs and numbers of a cell: `+3 −1`.
pub fn signs(counts: &[(Stance, usize)]) -> String {
    counts.iter().map(|(stance, count)| format!("{}{count}", sign(*stance))).collect::<Vec<_>>().join(" ")
}

/// Draws it.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(map: &HeatMap, out: &mut impl Write) -> io::Result<()> {
    let below = HEAD + ROW * map.rows.len() as f64;
    let height = below + 34.0 + 16.0 * map.remarks.len() as f64 + MARGIN;
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
         role=\"img\" aria-label=\"{}\" font-family=\"'Noto Sans','DejaVu Sans',sans-serif\" font-size=\"11\" fill=\"#1c1c1c\">",
        escaped(&map.title)
    )?;
    writeln!(out, "<rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>")?;
    writeln!(
        out,
        "<text x=\"{MARGIN}\" y=\"26\" font-size=\"16\" font-weight=\"bold\">{}</text>",
        escaped(&map.title)
    )?;
    writeln!(out, "<text x=\"{MARGIN}\" y=\"45\" fill=\"#5c5c5c\">{}</text>", escaped(&map.subtitle))?;
    let wide = (WIDTH - NAME - MARGIN) / map.columns.len().max(1) as f64;
    for (at, column) in map.columns.iter().enumerate() {
        let (x, y) = (NAME + wide * (at as f64 + 0.5), HEAD - 8.0);
        let room = (wide / 6.2).max(4.0) as usize;
        let name = cut(column, room);
        writeln!(
            out,
            "<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"middle\" fill=\"#5c5c5c\">{}<title>{}</title></text>",
            escaped(&name),
            escaped(column)
        )?;
    }
    let most = map.rows.iter().flat_map(|(_, cells)| cells).map(total).max().unwrap_or(1);
    for (at, (name, cells)) in map.rows.iter().enumerate() {
        let top = HEAD + ROW * at as f64;
        let (x, y) = (NAME - 8.0, top + ROW / 2.0 + 4.0);
        let name = escaped(&cut(name, NAME_LETTERS));
        writeln!(out, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"end\">{name}</text>")?;
        for (column, cell) in cells.iter().enumerate() {
            draw_cell(cell, (NAME + wide * column as f64, top), wide, most, out)?;
        }
    }
    legend(below + 20.0, out)?;
    for (at, remark) in map.remarks.iter().enumerate() {
        let y = below + 40.0 + 16.0 * at as f64;
        writeln!(out, "<text x=\"{MARGIN}\" y=\"{y}\" fill=\"#5c5c5c\">{}</text>", escaped(remark))?;
    }
    writeln!(out, "</svg>")
}

fn total(cell: &HeatCell) -> usize {
    cell.counts.iter().map(|(_, count)| count).sum()
}

/// A cell: a stripe for each stance, as wide as its part; deeper for more.
fn draw_cell(cell: &HeatCell, (left, top): (f64, f64), wide: f64, most: usize, out: &mut impl Write) -> io::Result<()> {
    let all = total(cell);
    let (inner, high) = (wide - 2.0, ROW - 2.0);
    if all == 0 {
        return writeln!(
            out,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{inner:.1}\" height=\"{high}\" fill=\"#f4f4f2\"/>",
            left + 1.0,
            top + 1.0
        );
    }
    let depth = 0.2 + 0.6 * (1.0 + all as f64).ln() / (1.0 + most as f64).ln().max(0.7);
    writeln!(out, "<g><title>{}</title>", escaped(&cell.told))?;
    let mut x = left + 1.0;
    for (stance, count) in &cell.counts {
        let part = inner * *count as f64 / all as f64;
        let colour = style::of_stance(*stance).colour;
        writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"{part:.1}\" height=\"{high}\" fill=\"{colour}\" fill-opacity=\"{depth:.2}\"/>",
            top + 1.0
        )?;
        x += part;
    }
    let (words, size) = fitting(&cell.counts, inner);
    let (x, y) = (left + wide / 2.0, top + ROW / 2.0 + 4.0);
    // A light edge keeps the letters readable on deep colours.
    writeln!(
        out,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\" font-size=\"{size}\" font-weight=\"bold\" stroke=\"#ffffff\" stroke-width=\"2.6\" \
         paint-order=\"stroke\">{}</text></g>",
        escaped(&words)
    )
}

/// The signs of a cell in a size that fits its width; the sum where nothing else does.
fn fitting(counts: &[(Stance, usize)], inner: f64) -> (String, u32) {
    let words = signs(counts);
    let close = words.replace(' ', "");
    let fits = |words: &str, letter: f64| words.chars().count() as f64 * letter <= inner - 3.0;
    for (words, size, letter) in [(&words, 11, 7.4), (&close, 11, 7.4), (&close, 9, 6.1)] {
        if fits(words, letter) {
            return (words.clone(), size);
        }
    }
    (counts.iter().map(|(_, count)| count).sum::<usize>().to_string(), 11)
}

fn legend(y: f64, out: &mut impl Write) -> io::Result<()> {
    let mut x = MARGIN;
    for stance in Stance::ALL {
        let style::LineStyle { colour, legend, .. } = style::of_stance(stance);
        let words = if stance == Stance::None { "tells its weight only" } else { legend };
        writeln!(
            out,
            "<rect x=\"{x}\" y=\"{}\" width=\"12\" height=\"12\" fill=\"{colour}\" fill-opacity=\"0.6\"/>",
            y - 10.0
        )?;
        writeln!(out, "<text x=\"{}\" y=\"{y}\">{} {words}</text>", x + 17.0, sign(stance))?;
        x += 44.0 + 6.0 * words.chars().count() as f64;
    }
    writeln!(out, "<text x=\"{x}\" y=\"{y}\" fill=\"#5c5c5c\">empty: nothing said in these documents</text>")
}

/// The beginning of a name, with a sign that more was there.
fn cut(name: &str, letters: usize) -> String {
    if name.chars().count() <= letters {
        return name.to_owned();
    }
    let start: String = name.chars().take(letters.saturating_sub(1)).collect();
    format!("{}…", start.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{HeatCell, HeatMap, cut, write};
    use crate::model::Stance;

    fn drawn(rows: usize, columns: usize) -> String {
        let cell = HeatCell { counts: vec![(Stance::For, 12), (Stance::Against, 3)], told: "“a < b”".into() };
        let map = HeatMap {
            title: "Fog & horns".into(),
            columns: (0..columns).map(|at| format!("{}", 2000 + at)).collect(),
            rows: (0..rows)
                .map(|at| (format!("Kingdom of the very long name {at}"), vec![cell.clone(); columns]))
                .collect(),
            remarks: vec!["left out: 3 actors".into()],
            ..HeatMap::default()
        };
        let mut out = Vec::new();
        write(&map, &mut out).expect("memory");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn it_fits_a_page_and_escapes_words() {
        let svg = drawn(30, 12);
        let height: f64 = svg
            .split("height=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .expect("a height")
            .parse()
            .expect("number");
        assert!(height / super::WIDTH < 297.0 / 210.0, "{height}");
        assert!(svg.contains("Fog &amp; horns") && svg.contains("“a &lt; b”") && svg.contains("+12−3"), "{svg}");
        assert!(svg.contains("left out: 3 actors"));
    }

    #[test]
    fn nothing_is_drawn_without_a_fault() {
        assert!(drawn(0, 0).ends_with("</svg>\n"));
        assert_eq!(cut("harbour", 4), "har…");
        assert_eq!(super::fitting(&[(Stance::For, 895), (Stance::Against, 219)], 40.0), ("1114".to_owned(), 11));
    }
}
