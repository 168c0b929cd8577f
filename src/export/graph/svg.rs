//! SVG: the view as a picture, drawn by ourselves, so that nobody needs GraphViz. Light or dark as the reader's screen is;
//! labels in any script; each arrow tells its sentences when it is pointed at.

use std::collections::BTreeMap;
use std::io::{self, Write};

use petgraph::visit::EdgeRef;

use crate::export::dot::style;
use crate::export::dot::text::cut;
use crate::export::view::{Edge, Stance};
use crate::model::Kind;

use super::placing::{Placed, placed};
use super::sheet::{Sheet, cited};
use super::xml::escaped;

/// Around the drawing.
const MARGIN: f64 = 24.0;

/// How far parallel arrows bend away from each other.
const BEND: f64 = 64.0;

/// Sentences that an arrow tells.
const QUOTES: usize = 4;

const STYLE: &str = "text{font:11px 'DejaVu Sans','Noto Sans',sans-serif;fill:#222}\
.paper{fill:#fff}.box{stroke:#666}.name{text-anchor:middle}.line{fill:none}\
.said{font-size:9px;text-anchor:middle;paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}\
.title{font-size:14px;font-weight:bold}.small{font-size:10px}\
@media (prefers-color-scheme:dark){.paper{fill:#1b1e22}.title,.small{fill:#e6e6e6}.said{stroke:#1b1e22;filter:brightness(1.9)}.line{filter:brightness(1.9)}}";

/// Draws a view.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(sheet: &Sheet<'_>, out: &mut impl Write) -> io::Result<()> {
    let mut boxes = placed(sheet);
    let (width, height) = settle(&mut boxes);
    let legend = legend(sheet);
    let foot = 20.0 * legend.len().div_ceil(4) as f64;
    let (width, whole) = (width.max(820.0), height + foot);
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {whole:.0}\" width=\"{width:.0}\" \
         height=\"{whole:.0}\" role=\"img\" aria-label=\"{}\">",
        escaped(&sheet.title)
    )?;
    writeln!(out, "<style>{STYLE}</style>")?;
    markers(out)?;
    writeln!(out, "<rect class=\"paper\" width=\"{width:.0}\" height=\"{whole:.0}\"/>")?;
    writeln!(out, "<text class=\"title\" x=\"{MARGIN}\" y=\"26\">{}</text>", escaped(&cut(&sheet.title, 110)))?;
    writeln!(out, "<text class=\"small\" x=\"{MARGIN}\" y=\"44\">{}</text>", escaped(&sheet.summary))?;
    arrows(sheet, &boxes, out)?;
    for (at, one) in boxes.iter().enumerate() {
        thing(sheet, at, one, out)?;
    }
    for (at, (swatch, words)) in legend.iter().enumerate() {
        let (x, y) = (MARGIN + (at % 4) as f64 * 200.0, height + 20.0 * (at / 4) as f64);
        writeln!(
            out,
            "<g transform=\"translate({x:.0} {y:.0})\">{swatch}<text class=\"small\" x=\"34\" y=\"4\">{words}</text></g>"
        )?;
    }
    writeln!(out, "</svg>")
}

/// Moves all boxes so that they begin below the title; gives width and height of the drawing.
fn settle(boxes: &mut [Placed]) -> (f64, f64) {
    let least = |of: fn(&Placed) -> f64| boxes.iter().map(of).fold(f64::MAX, f64::min);
    let (left, top) = (least(|one| one.x - one.width / 2.0), least(|one| one.y - one.height / 2.0));
    for one in boxes.iter_mut() {
        one.x += MARGIN - left;
        one.y += MARGIN + 44.0 - top;
    }
    let most = |of: fn(&Placed) -> f64| boxes.iter().map(of).fold(0.0, f64::max);
    (most(|one| one.x + one.width / 2.0) + MARGIN, most(|one| one.y + one.height / 2.0) + 2.0 * MARGIN)
}

/// Arrow heads: full for what is so, hollow for what need not be, a bar for what is denied.
fn markers(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "<defs>")?;
    for stance in Stance::ALL {
        let (name, colour) = (stance.name(), style::of_stance(stance).colour);
        for (form, mark) in [
            ("normal", format!("<path d=\"M0 0L8 4L0 8z\" fill=\"{colour}\"/>")),
            ("empty", format!("<path d=\"M1 1L8 4L1 7z\" fill=\"#fff\" stroke=\"{colour}\"/>")),
            ("tee", format!("<path d=\"M7 0V8\" stroke=\"{colour}\" stroke-width=\"2\"/>")),
        ] {
            writeln!(
                out,
                "<marker id=\"{name}-{form}\" markerUnits=\"userSpaceOnUse\" markerWidth=\"9\" markerHeight=\"9\" refX=\"8\" refY=\"4\" orient=\"auto\">{mark}</marker>"
            )?;
        }
    }
    writeln!(out, "</defs>")
}

/// What two things have between them in one way of saying it: edges with their numbers.
type Arrow<'v> = Vec<(usize, &'v Edge)>;

/// The arrows between two things, by stance, denial and force.
type Arrows<'v> = BTreeMap<(Stance, bool, bool), Arrow<'v>>;

fn arrows(sheet: &Sheet<'_>, boxes: &[Placed], out: &mut impl Write) -> io::Result<()> {
    let mut between: BTreeMap<(usize, usize), Arrows<'_>> = BTreeMap::new();
    for (at, edge) in sheet.view.graph.edge_references().enumerate() {
        let ends = (edge.source().index(), edge.target().index());
        let said = edge.weight();
        let ways = between.entry(ends).or_default();
        ways.entry((said.stance, said.negated, said.hypothetical)).or_default().push((at, said));
    }
    for (&(source, target), ways) in &between {
        let back = between.contains_key(&(target, source));
        for (number, edges) in ways.values().enumerate() {
            // The first is straight unless another comes back on the same way.
            let turn = (number + usize::from(back)) as f64;
            let side = if number % 2 == 0 { 1.0 } else { -1.0 };
            arrow(&boxes[source], &boxes[target], edges, side * turn * BEND, out)?;
        }
    }
    Ok(())
}

fn arrow(from: &Placed, to: &Placed, edges: &[(usize, &Edge)], bend: f64, out: &mut impl Write) -> io::Result<()> {
    let Some((_, first)) = edges.first() else { return Ok(()) };
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = dx.hypot(dy).max(1.0);
    let middle = ((from.x + to.x) / 2.0 - dy / length * bend, (from.y + to.y) / 2.0 + dx / length * bend);
    // A thing's tie to itself leaves above and comes back below its right end.
    let (middle, start, end) = if length <= 1.0 {
        let right = from.x + from.width / 2.0;
        ((right + 60.0, from.y), (right, from.y - 5.0), (right, from.y + 5.0))
    } else {
        (middle, from.border(middle), to.border(middle))
    };
    let claims: usize = edges.iter().map(|(_, edge)| edge.quotes.len()).sum();
    let style::Line { colour, dash, .. } = style::of_stance(first.stance);
    let dash = match dash {
        "dashed" => " stroke-dasharray=\"6 4\"",
        "dotted" => " stroke-dasharray=\"2 3\"",
        _ => "",
    };
    let numbers: Vec<String> = edges.iter().map(|(at, _)| format!("e{}", at + 1)).collect();
    writeln!(out, "<g class=\"edge\" data-edges=\"{}\" tabindex=\"0\">", numbers.join(" "))?;
    writeln!(
        out,
        "<title>{}</title>",
        escaped(&edges.iter().map(|(_, edge)| told(edge)).collect::<Vec<_>>().join("\n"))
    )?;
    writeln!(
        out,
        "<path class=\"line\" d=\"M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}\" stroke=\"{colour}\" stroke-width=\"{}\"{dash} marker-end=\"url(#{}-{})\"/>",
        start.0,
        start.1,
        middle.0,
        middle.1,
        end.0,
        end.1,
        style::pen_width(claims),
        first.stance.name(),
        style::arrow_head(first)
    )?;
    let (x, y) = ((start.0 + 2.0 * middle.0 + end.0) / 4.0, (start.1 + 2.0 * middle.1 + end.1) / 4.0);
    for (at, (_, edge)) in edges.iter().enumerate() {
        let aspect = edge.aspect.as_ref().map(|aspect| format!(": {}", cut(aspect, 28))).unwrap_or_default();
        let times = if edge.quotes.len() > 1 { format!(" ×{}", edge.quotes.len()) } else { String::new() };
        let y = y + (at as f64 - (edges.len() as f64 - 1.0) / 2.0) * 10.0;
        let words = escaped(&format!("{}{aspect}{times}", edge.label));
        writeln!(out, "<text class=\"said\" x=\"{x:.1}\" y=\"{y:.1}\" style=\"fill:{colour}\">{words}</text>")?;
    }
    writeln!(out, "</g>")
}

/// A relation and its sentences.
fn told(edge: &Edge) -> String {
    let quotes = edge.quotes.iter().filter(|quote| !quote.text.is_empty()).take(QUOTES).map(cited);
    std::iter::once(edge.label.clone()).chain(quotes).collect::<Vec<_>>().join("\n")
}

fn thing(sheet: &Sheet<'_>, at: usize, one: &Placed, out: &mut impl Write) -> io::Result<()> {
    let node = &sheet.nodes[at];
    let (r, g, b) = node.colour;
    let (x, y) = (one.x - one.width / 2.0, one.y - one.height / 2.0);
    let properties = node.values[9].to_string().replace("; ", "\n");
    let whole = node.values[3].to_string();
    let whole = if whole.is_empty() || whole == node.label { whole } else { format!("part of {whole}\n") };
    let card = format!("{} ({}, {} claims)\n{whole}{properties}", node.label, node.values[0], node.claims);
    writeln!(out, "<g class=\"node\" data-node=\"{}\"><title>{}</title>", escaped(&node.id), escaped(card.trim_end()))?;
    writeln!(
        out,
        "<rect class=\"box\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"5\" fill=\"#{r:02x}{g:02x}{b:02x}\"/>",
        one.width, one.height
    )?;
    for (line, words) in one.lines.iter().enumerate() {
        let y = y + 15.0 + line as f64 * 13.0;
        writeln!(out, "<text class=\"name\" x=\"{:.1}\" y=\"{y:.1}\">{}</text>", one.x, escaped(words))?;
    }
    writeln!(out, "</g>")
}

/// Swatch and meaning of each fill and line in the drawing.
fn legend(sheet: &Sheet<'_>) -> Vec<(String, &'static str)> {
    let is_shown = |kind: &Kind| sheet.view.graph.node_weights().any(|node| node.class.kind() == *kind);
    let mut entries: Vec<(String, &'static str)> = Vec::new();
    for look in Kind::ALL.into_iter().filter(is_shown).map(style::of_kind) {
        let swatch =
            format!("<rect class=\"box\" y=\"-6\" width=\"26\" height=\"12\" rx=\"3\" fill=\"{}\"/>", look.fill);
        if !entries.iter().any(|(_, words)| *words == look.legend) {
            entries.push((swatch, look.legend));
        }
    }
    for stance in
        Stance::ALL.into_iter().filter(|stance| sheet.view.graph.edge_weights().any(|edge| edge.stance == *stance))
    {
        let line = style::of_stance(stance);
        let swatch = format!(
            "<path class=\"line\" d=\"M0 0H26\" stroke=\"{}\" marker-end=\"url(#{}-normal)\"/>",
            line.colour,
            stance.name()
        );
        entries.push((swatch, line.legend));
    }
    entries
}
