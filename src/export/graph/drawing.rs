//! A view laid out for the eye: boxes as large as their words, arrows with their labels, frames, title and legend, all with
//! their places; who draws it only has to draw.

use crate::export::dot::text::{cut, wrapped};
use crate::export::dot::{self, Arrow, style};
use crate::export::view::{Edge, Stance};
use crate::model::Kind;

use super::font::TextMeasure;
use super::layered::{self, Block, Frame, Layout, LayoutEdge};
use super::sheet::Sheet;

/// Sizes of letters, in points.
pub const NAME: f64 = 12.0;
/// Of labels of arrows.
pub const SAID: f64 = 10.0;
/// Of frames' titles, the summary and the legend.
pub const SMALL: f64 = 11.0;
/// Of the title.
pub const HEADING: f64 = 16.0;

/// Height of a line in a box.
pub const NAME_LINE: f64 = 15.0;

/// Height of a line on an arrow.
pub const SAID_LINE: f64 = 12.5;

/// Around the drawing.
pub const MARGIN: f64 = 24.0;

/// Least width of the page.
const LEAST: f64 = 560.0;

/// Height of a row of the legend.
const ROW: f64 = 22.0;

/// Width of a swatch with the room behind it.
pub const SWATCH: f64 = 36.0;

/// An arrow with its words.
pub struct LabelledArrow<'v> {
    /// Its edges, at least one.
    pub arrow: Arrow<'v>,
    /// Lines of its label.
    pub lines: Vec<String>,
}

/// What a swatch of the legend shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Swatch {
    /// A kind of thing.
    Kind(Kind),
    /// A stance.
    Route(Stance),
    /// What need not be so.
    Hypothetical,
    /// What is denied.
    Negated,
    /// What no claim says.
    Known,
}

/// An entry of the legend.
pub struct LegendEntry {
    /// Left end of the swatch and middle of the row.
    pub place: (f64, f64),
    /// What it shows.
    pub swatch: Swatch,
    /// What it means.
    pub words: &'static str,
}

/// A drawing.
pub struct Drawing<'s> {
    /// What is drawn.
    pub sheet: &'s Sheet<'s>,
    /// Where the boxes, arrows and frames stand, below the title.
    pub layout: Layout,
    /// Lines of each box.
    pub names: Vec<Vec<String>>,
    /// The arrows, in the order of the layout's lines.
    pub arrows: Vec<LabelledArrow<'s>>,
    /// Titles of the frames, cut to their width.
    pub titles: Vec<String>,
    /// Lines of the title and of the summary below it.
    pub heading: [Vec<String>; 2],
    /// The legend.
    pub legend: Vec<LegendEntry>,
    /// Width of all.
    pub width: f64,
    /// Height of all.
    pub height: f64,
}

impl<'s> Drawing<'s> {
    /// Lays a sheet out, with its title and summary above or without them.
    pub fn new(sheet: &'s Sheet<'s>, has_heading: bool) -> Self {
        let ruler = TextMeasure::new();
        let names: Vec<Vec<String>> = (0..sheet.nodes.len()).map(|at| name(sheet, at)).collect();
        let arrows = arrows(sheet);
        let blocks: Vec<Block> = names.iter().zip(&sheet.nodes).map(|(name, node)| block(&ruler, name, node)).collect();
        let ties: Vec<LayoutEdge> = arrows.iter().map(|said| tie(&ruler, said)).collect();
        let groups = &sheet.view.groups;
        let titles: Vec<f64> = groups.iter().map(|group| ruler.width(&cut(&group.label, 32), SMALL)).collect();
        let mut layout = layered::layout(&blocks, &ties, &titles);
        let width = (layout.width + 2.0 * MARGIN).max(LEAST);
        let heading = [(&sheet.title, HEADING), (&sheet.summary, SMALL)]
            .map(|(text, size)| broken(&ruler, if has_heading { text } else { "" }, size, width - 2.0 * MARGIN));
        let lines = heading[0].len() as f64 * 21.0 + heading[1].len() as f64 * 15.0;
        let top = MARGIN + if has_heading { lines + 16.0 } else { 0.0 };
        let left = (width - layout.width) / 2.0;
        shift(&mut layout, (left, top));
        let titles = groups.iter().zip(&layout.groups).map(|(group, frame)| {
            let room = frame.map_or(0.0, |frame| frame.right - frame.left - 16.0);
            ruler.fitted(&group.label, SMALL, room).into_owned()
        });
        let mut drawing = Self {
            sheet,
            names,
            arrows,
            titles: titles.collect(),
            heading,
            legend: Vec::new(),
            width,
            height: top + layout.height + MARGIN,
            layout,
        };
        drawing.add_legend(&ruler);
        drawing
    }

    /// Puts the legend below, in rows.
    fn add_legend(&mut self, ruler: &TextMeasure) {
        let mut at = (MARGIN, self.height + ROW / 2.0);
        for (swatch, words) in entries(self.sheet) {
            let room = SWATCH + ruler.width(words, SMALL) + 22.0;
            if at.0 > MARGIN && at.0 + room > self.width {
                at = (MARGIN, at.1 + ROW);
            }
            self.legend.push(LegendEntry { place: at, swatch, words });
            at.0 += room;
        }
        self.height = at.1 + ROW / 2.0 + MARGIN / 2.0;
    }
}

/// Lines of a box: the label, and the short name in brackets.
fn name(sheet: &Sheet<'_>, at: usize) -> Vec<String> {
    let node = &sheet.nodes[at];
    let acronym = node.values[2].to_string();
    let tail = if acronym.is_empty() { String::new() } else { format!("({acronym})") };
    let lines: Vec<String> = wrapped(&node.label, &tail).lines().map(str::to_owned).collect();
    if lines.is_empty() { vec![node.id.clone()] } else { lines }
}

fn arrows<'s>(sheet: &'s Sheet<'s>) -> Vec<LabelledArrow<'s>> {
    let years = sheet.view.spans_years();
    let with_lines = |arrow: Arrow<'s>| {
        let lines = arrow
            .edges
            .iter()
            .flat_map(|(_, edge)| dot::line(edge, years).lines().map(str::to_owned).collect::<Vec<_>>());
        LabelledArrow { lines: lines.collect(), arrow }
    };
    dot::arrows(sheet.view).into_iter().filter(|arrow| arrow.ends[0] != arrow.ends[1]).map(with_lines).collect()
}

/// A box with room for its words in its shape.
fn block(ruler: &TextMeasure, name: &[String], node: &super::sheet::NodeRow) -> Block {
    let widest = name.iter().map(|line| ruler.width(line, NAME)).fold(0.0, f64::max);
    let (width, height) = (widest.max(16.0), name.len() as f64 * NAME_LINE);
    let (wider, higher) = match style::of_kind(node.kind).shape {
        // The words are a rectangle inside of the ellipse.
        "ellipse" => (widest * 0.22 + 18.0, height * 0.3 + 8.0),
        "note" | "house" | "tab" => (22.0, 11.0),
        _ => (16.0, 8.0),
    };
    Block { width: width + wider, height: height + higher, group: node.group }
}

fn tie(ruler: &TextMeasure, said: &LabelledArrow<'_>) -> LayoutEdge {
    let widest = said.lines.iter().map(|line| ruler.width(line, SAID)).fold(0.0, f64::max);
    let [from, to] = said.arrow.ends.map(petgraph::graph::NodeIndex::index);
    LayoutEdge { from, to, width: widest + 8.0, height: said.lines.len() as f64 * SAID_LINE + 2.0 }
}

/// Text in lines of a width.
fn broken(ruler: &TextMeasure, text: &str, size: f64, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if ruler.width(line, size) + ruler.width(" ", size) + ruler.width(word, size) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(ruler.fitted(word, size, width).into_owned()),
        }
    }
    lines
}

fn shift(layout: &mut Layout, (x, y): (f64, f64)) {
    let moved = |frame: Frame| Frame {
        left: frame.left + x,
        right: frame.right + x,
        top: frame.top + y,
        bottom: frame.bottom + y,
    };
    layout.blocks.iter_mut().for_each(|frame| *frame = moved(*frame));
    layout.groups.iter_mut().flatten().for_each(|frame| *frame = moved(*frame));
    for line in &mut layout.lines {
        line.label = moved(line.label);
        line.points.iter_mut().for_each(|point| *point = (point.0 + x, point.1 + y));
    }
}

/// What is in the drawing, and what it means.
fn entries(sheet: &Sheet<'_>) -> Vec<(Swatch, &'static str)> {
    let mut entries: Vec<(Swatch, &'static str)> = Vec::new();
    for kind in Kind::ALL.into_iter().filter(|kind| sheet.nodes.iter().any(|node| node.kind == *kind)) {
        let words = style::of_kind(kind).legend;
        if !entries.iter().any(|(_, other)| *other == words) {
            entries.push((Swatch::Kind(kind), words));
        }
    }
    let any = |is: &dyn Fn(&Edge) -> bool| sheet.view.graph.edge_weights().any(is);
    for stance in Stance::ALL {
        if any(&|edge| edge.stance == stance && !edge.quotes.is_empty()) {
            entries.push((Swatch::Route(stance), style::of_stance(stance).legend));
        }
    }
    if any(&|edge| edge.hypothetical && !edge.negated) {
        entries.push((Swatch::Hypothetical, "should, may, in order to"));
    }
    if any(&|edge| edge.negated) {
        entries.push((Swatch::Negated, "denied"));
    }
    if any(&|edge| edge.quotes.is_empty()) {
        entries.push((Swatch::Known, "known, not claimed"));
    }
    entries
}

#[cfg(test)]
mod tests {
    use petgraph::graph::{DiGraph, NodeIndex};

    use super::*;
    use crate::export::Prefixes;
    use crate::export::view::{Group, Node, View};
    use crate::model::Class;

    const NAMES: [(&str, Kind); 10] = [
        ("Ruritania (Hereditary Kingdom of)", Kind::State),
        ("WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", Kind::GovernmentBody),
        ("Комиссия по наркотическим средствам и приливам", Kind::UNBody),
        ("کمیسیون مواد مخدر و جزر و مد «سازمان ملل»", Kind::UNBody),
        ("Deputy of the Prosecutor for Virtual Tides and Harbours", Kind::PersonRole),
        ("A/RES/99/12", Kind::Resolution),
        ("the Free Port", Kind::Place),
        ("third session of the Working Group on Tides", Kind::Meeting),
        ("i", Kind::Topic),
        ("", Kind::Measure),
    ];

    fn view() -> View {
        let mut graph = DiGraph::new();
        for (at, (label, kind)) in NAMES.into_iter().enumerate() {
            graph.add_node(Node {
                iri: format!("http://x.org/{at}"),
                label: label.to_owned(),
                acronym: (at % 3 == 0).then(|| "ACRO".to_owned()),
                class: Class::Of(kind),
                claims: at,
                hidden: 0,
                properties: Vec::new(),
                group: (at == 2 || at == 3).then_some(0),
            });
        }
        for at in 0..NAMES.len() {
            let edge = Edge {
                relation: "supports".into(),
                label: "attaches importance to".into(),
                stance: Stance::ALL[at % 4],
                negated: at == 1,
                hypothetical: at == 2,
                aspect: (at % 2 == 0).then(|| "the work of all its committees".into()),
                quotes: Vec::new(),
            };
            graph.add_edge(NodeIndex::new(at), NodeIndex::new((at * 3 + 1) % NAMES.len()), edge);
        }
        let long =
            "An organisation with a name that is far longer than any of the boxes in its frame could ever be wide";
        let groups = vec![Group { iri: "http://x.org/g".into(), label: long.into() }];
        View { graph, groups, ..View::default() }
    }

    #[test]
    fn words_fit_their_boxes_arrows_and_frames() {
        let view = view();
        let sheet = Sheet::new(&view, &Prefixes::new(None, []));
        let drawing = Drawing::new(&sheet, true);
        let ruler = TextMeasure::new();
        let widest = |lines: &[String], size: f64| lines.iter().map(|line| ruler.width(line, size)).fold(0.0, f64::max);
        for ((lines, frame), node) in drawing.names.iter().zip(&drawing.layout.blocks).zip(&sheet.nodes) {
            let (width, height) = (widest(lines, NAME), lines.len() as f64 * NAME_LINE);
            let (across, down) = (frame.right - frame.left, frame.bottom - frame.top);
            assert!(width + 8.0 <= across && height + 4.0 <= down, "{lines:?} {frame:?}");
            if style::of_kind(node.kind).shape == "ellipse" {
                let corner = (width / across).powi(2) + ((height - 5.0) / down).powi(2);
                assert!(corner < 1.1, "{lines:?}: {corner}");
            }
        }
        for (said, line) in drawing.arrows.iter().zip(&drawing.layout.lines) {
            assert!(widest(&said.lines, SAID) <= line.label.right - line.label.left, "{:?}", said.lines);
        }
        let frame = drawing.layout.groups[0].unwrap();
        assert!(drawing.titles[0].ends_with('…') && ruler.width(&drawing.titles[0], SMALL) < frame.right - frame.left);
        for lines in &drawing.heading {
            assert!(widest(lines, SMALL) <= drawing.width - 2.0 * MARGIN);
        }
        for entry in &drawing.legend {
            assert!(entry.place.0 + SWATCH + ruler.width(entry.words, SMALL) <= drawing.width, "{}", entry.words);
            assert!(entry.place.1 + ROW / 2.0 <= drawing.height);
        }
    }

    #[test]
    fn the_legend_says_what_is_drawn_and_nothing_else() {
        let view = view();
        let sheet = Sheet::new(&view, &Prefixes::new(None, []));
        let words: Vec<&str> = entries(&sheet).into_iter().map(|(_, words)| words).collect();
        assert!(words.contains(&"person, office, group of people") && words.contains(&"denied"), "{words:?}");
        assert!(words.contains(&"known, not claimed") && !words.contains(&"is for it"), "{words:?}");
        assert!(!words.contains(&"document"), "{words:?}");
    }
}
