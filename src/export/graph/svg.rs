//! SVG: the view as a picture, drawn by ourselves, so that nobody needs GraphViz. Light or dark as the reader's screen is;
//! labels in any script; each arrow tells its sentences when it is pointed at.

use std::io::{self, Write};

use crate::export::dot::style;
use crate::export::view::{Edge, Stance};
use crate::model::Kind;

use super::colours::{self, Theme};
use super::drawing::{
    Drawing, LabelledArrow, LegendEntry, MARGIN, NAME, NAME_LINE, SAID, SAID_LINE, SMALL, SWATCH, Swatch,
};
use super::font::directed;
use super::layered::{Frame, Route};
use super::shape;
use super::sheet::{Sheet, cited};
use super::xml::escaped;

/// Sentences that an arrow tells.
const QUOTES: usize = 4;

/// Draws a view.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(sheet: &Sheet<'_>, theme: Theme, out: &mut impl Write) -> io::Result<()> {
    draw(&Drawing::new(sheet, true), theme, out)
}

/// Draws what is laid out.
///
/// # Errors
/// When `out` cannot be written.
pub fn draw(drawing: &Drawing<'_>, theme: Theme, out: &mut impl Write) -> io::Result<()> {
    let (width, height) = (drawing.width.ceil(), drawing.height.ceil());
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"rap\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"group\" aria-label=\"{}\">",
        escaped(&drawing.sheet.title)
    )?;
    writeln!(out, "<style>{}</style>", colours::rules(theme))?;
    writeln!(out, "<rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>")?;
    heading(drawing, out)?;
    for (at, title) in drawing.titles.iter().enumerate() {
        frame(drawing, at, title, out)?;
    }
    for (said, line) in drawing.arrows.iter().zip(&drawing.layout.lines) {
        arrow(drawing, said, line, out)?;
    }
    for at in 0..drawing.names.len() {
        thing(drawing, at, out)?;
    }
    drawing.legend.iter().try_for_each(|one| entry(one, out))?;
    writeln!(out, "</svg>")
}

fn heading(drawing: &Drawing<'_>, out: &mut impl Write) -> io::Result<()> {
    let mut y = MARGIN - 6.0;
    for (lines, (class, step)) in drawing.heading.iter().zip([("title", 21.0), ("small", 15.0)]) {
        for line in lines {
            y += step;
            writeln!(out, "<text class=\"{class}\" x=\"{MARGIN}\" y=\"{y:.1}\">{}</text>", words(line))?;
        }
    }
    Ok(())
}

/// A line of text as it stands in an element.
fn words(line: &str) -> String {
    escaped(&directed(line))
}

fn frame(drawing: &Drawing<'_>, at: usize, title: &str, out: &mut impl Write) -> io::Result<()> {
    let Some(Some(frame)) = drawing.layout.groups.get(at) else { return Ok(()) };
    let whole = drawing.sheet.view.groups.get(at).map_or(title, |group| &group.label);
    writeln!(
        out,
        "<g class=\"group\"><title>{}</title><path class=\"frame fill{}\" d=\"{}\"/><text class=\"small\" x=\"{:.1}\" \
         y=\"{:.1}\">{}</text></g>",
        escaped(whole),
        at % style::BOX_FILLS.len(),
        shape::rounded(frame, 8.0),
        frame.left + 8.0,
        frame.top + 14.0,
        words(title)
    )
}

/// The class of an arrow's colour.
fn colour(edge: &Edge) -> &'static str {
    if edge.quotes.is_empty() { "known" } else { edge.stance.name() }
}

fn dashes(stance: Stance) -> &'static str {
    match style::of_stance(stance).dash {
        "dashed" => " stroke-dasharray=\"7 4\"",
        "dotted" => " stroke-dasharray=\"2 3.5\"",
        _ => "",
    }
}

fn arrow(drawing: &Drawing<'_>, said: &LabelledArrow<'_>, line: &Route, out: &mut impl Write) -> io::Result<()> {
    let edges = &said.arrow.edges;
    let (Some((_, first)), Some(points)) = (edges.first(), ends_on_outlines(drawing, said, line)) else {
        return Ok(());
    };
    let claims: usize = edges.iter().map(|(_, edge)| edge.quotes.len()).sum();
    let colour = colour(edges.iter().map(|(_, edge)| *edge).find(|edge| !edge.quotes.is_empty()).unwrap_or(first));
    let numbers: Vec<String> = edges.iter().map(|(at, _)| format!("e{}", at + 1)).collect();
    let told: Vec<String> = edges.iter().map(|(_, edge)| told(edge)).collect();
    let [from, to] = said.arrow.ends.map(|end| drawing.sheet.nodes[end.index()].label.as_str());
    let spoken = format!("{from}: {}: {to}", said.lines.join(" "));
    writeln!(
        out,
        "<g class=\"edge\" data-edges=\"{}\" aria-label=\"{}\"><title>{}</title>",
        numbers.join(" "),
        escaped(&spoken),
        escaped(&told.join("\n"))
    )?;
    let (tip, way) = tip(&points);
    let form = style::arrow_head(first);
    let fill = if form == "normal" { "full" } else { "hollow" };
    let data = shape::way(&points, &line.label);
    writeln!(
        out,
        "<path class=\"hit\" d=\"{data}\"/><path class=\"line {colour}\" d=\"{data}\" stroke-width=\"{}\"{}/>\
         <path class=\"{colour} {fill}\" d=\"{}\" stroke-width=\"{}\"/>",
        style::pen_width(claims),
        dashes(first.stance),
        shape::head(form, tip, way),
        if form == "tee" { 2.0 } else { 1.0 },
    )?;
    let (x, y) = line.label.middle();
    for (at, words_of) in said.lines.iter().enumerate() {
        let y = baseline(y, said.lines.len(), at, SAID_LINE, SAID);
        writeln!(out, "<text class=\"said to-{colour}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", words(words_of))?;
    }
    writeln!(out, "</g>")
}

/// Where the letters of a line stand when so many lines have their middle at `y`.
fn baseline(y: f64, count: usize, at: usize, step: f64, size: f64) -> f64 {
    y + (at as f64 - (count as f64 - 1.0) / 2.0) * step + size * 0.36
}

/// The points of a line with the ends moved to the outlines of its boxes, and the line ending at the back of its head.
fn ends_on_outlines(drawing: &Drawing<'_>, said: &LabelledArrow<'_>, line: &Route) -> Option<Vec<(f64, f64)>> {
    let mut points = line.points.clone();
    let [from, to] = said.arrow.ends.map(petgraph::graph::NodeIndex::index);
    for (end, at) in [(from, 0), (to, points.len().checked_sub(1)?)] {
        let frame = drawing.layout.blocks.get(end)?;
        let shape = style::of_kind(drawing.sheet.nodes.get(end)?.kind).shape;
        let point = points.get_mut(at)?;
        let inset = shape::inset(shape, frame, point.1);
        point.0 += if point.0 < frame.middle().0 { inset } else { -inset };
    }
    Some(points)
}

/// The tip of an arrow's head, and the way it flies.
fn tip(points: &[(f64, f64)]) -> ((f64, f64), f64) {
    match points {
        [.., before, tip] => (*tip, if before.0 <= tip.0 { 1.0 } else { -1.0 }),
        _ => ((0.0, 0.0), 1.0),
    }
}

/// A relation and its sentences.
fn told(edge: &Edge) -> String {
    let quotes = edge.quotes.iter().filter(|quote| !quote.text.is_empty()).take(QUOTES).map(cited);
    std::iter::once(edge.label.clone()).chain(quotes).collect::<Vec<_>>().join("\n")
}

fn thing(drawing: &Drawing<'_>, at: usize, out: &mut impl Write) -> io::Result<()> {
    let (Some(node), Some(frame)) = (drawing.sheet.nodes.get(at), drawing.layout.blocks.get(at)) else {
        return Ok(());
    };
    let properties = node.values[9].to_string().replace("; ", "\n");
    let whole = node.values[3].to_string();
    let whole = if whole.is_empty() || whole == node.label { String::new() } else { format!("part of {whole}\n") };
    let claims = if node.claims == 1 { "claim" } else { "claims" };
    let card = format!("{} ({}, {} {claims})\n{whole}{properties}", node.label, node.values[0], node.claims);
    writeln!(
        out,
        "<g class=\"node\" data-node=\"{}\"><title>{}</title>{}",
        escaped(&node.id),
        escaped(card.trim_end()),
        box_of(node.kind, frame, "")
    )?;
    let (x, y) = frame.middle();
    let name = &drawing.names[at];
    for (line, text) in name.iter().enumerate() {
        let y = baseline(y, name.len(), line, NAME_LINE, NAME);
        writeln!(out, "<text class=\"middle\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", words(text))?;
    }
    writeln!(out, "</g>")
}

/// The outline of a thing of a kind.
fn box_of(kind: Kind, frame: &Frame, more: &str) -> String {
    let look = style::of_kind(kind);
    let mut class = format!("box {}", kind.name());
    for word in ["bold", "dotted"].into_iter().filter(|word| look.style.contains(word)) {
        class.push(' ');
        class.push_str(word);
    }
    format!(
        "<path class=\"{class}\"{more} d=\"{}\"/>",
        shape::outline(look.shape, look.style.contains("rounded"), frame)
    )
}

fn entry(entry: &LegendEntry, out: &mut impl Write) -> io::Result<()> {
    let (x, y) = entry.place;
    let line = |class: &str, dashes: &str, form: &str| {
        let fill = if form == "normal" { "full" } else { "hollow" };
        let (end, head) = (x + 26.0, shape::head(form, (x + 28.0, y), 1.0));
        format!(
            "<path class=\"line {class}\" d=\"M{x:.1} {y:.1}H{end:.1}\" stroke-width=\"1.5\"{dashes}/>\
             <path class=\"{class} {fill}\" d=\"{head}\" stroke-width=\"1.5\"/>"
        )
    };
    let swatch = match entry.swatch {
        Swatch::Kind(kind) => {
            let frame = Frame { left: x, right: x + 28.0, top: y - 7.0, bottom: y + 7.0 };
            box_of(kind, &frame, "")
        }
        Swatch::Route(stance) => line(stance.name(), dashes(stance), "normal"),
        Swatch::Hypothetical => line(Stance::None.name(), "", "empty"),
        Swatch::Negated => line(Stance::None.name(), "", "tee"),
        Swatch::Known => line("known", "", "normal"),
    };
    writeln!(
        out,
        "<g class=\"entry\">{swatch}<text class=\"small\" x=\"{:.1}\" y=\"{:.1}\">{}</text></g>",
        x + SWATCH,
        y + SMALL * 0.36,
        entry.words
    )
}
