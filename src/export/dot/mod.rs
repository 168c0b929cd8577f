//! GraphViz DOT: the view as a picture for a paper, a page or a screen.
//!
//! Plain labels only: a bare `&` in GraphViz's other kind stops it. Sentences are in the tooltips, which SVG shows.

mod legend;
pub(super) mod style;
pub(super) mod text;

use std::collections::BTreeMap;
use std::io::{self, Write};

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::prefixes::{Name, Prefixes};
use super::view::{Edge, Node, Stance, View};

use text::{cut, left, quoted, wrapped};

/// Sentences in one tooltip; the rest is counted.
const QUOTES_SHOWN: usize = 6;

/// Draws a view.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(view: &View, prefixes: &Prefixes, mut out: impl Write) -> io::Result<()> {
    let title = title(view);
    writeln!(out, "digraph {} {{", quoted(title.lines().next().unwrap_or_default()))?;
    writeln!(
        out,
        "  graph [rankdir=LR, charset=\"UTF-8\", fontname=\"DejaVu Sans\", fontsize=12, labelloc=t, labeljust=l,"
    )?;
    writeln!(out, "         nodesep=0.18, ranksep=0.7, pad=0.2, label={}];", left(&title))?;
    writeln!(
        out,
        "  node [fontname=\"DejaVu Sans\", fontsize=10, color=\"#666666\", margin=\"0.10,0.05\", height=0.3];"
    )?;
    writeln!(out, "  edge [fontname=\"DejaVu Sans\", fontsize=8, arrowsize=0.7];")?;
    nodes(view, prefixes, &mut out)?;
    edges(view, prefixes, &mut out)?;
    legend::write(view, &mut out)?;
    writeln!(out, "}}")
}

fn title(view: &View) -> String {
    let sure =
        if view.min_confidence > 0.0 { format!("; confidence from {:.2}", view.min_confidence) } else { String::new() };
    format!("{}{}\n{}{sure}", cut(&view.about(), 90), view.dates(), view.summary())
}

fn nodes(view: &View, prefixes: &Prefixes, out: &mut impl Write) -> io::Result<()> {
    for (index, group) in view.groups.iter().enumerate() {
        let members: Vec<NodeIndex> =
            view.graph.node_indices().filter(|&node| view.graph[node].group == Some(index)).collect();
        writeln!(out, "\n  subgraph \"cluster_{index}\" {{")?;
        let fill = style::BOX_FILLS[index % style::BOX_FILLS.len()];
        writeln!(
            out,
            "    label={}; tooltip={}; style=\"rounded,filled\"; fillcolor=\"{fill}\"; color=\"#AAAAAA\"; \
             fontcolor=\"#555555\"; fontsize=10; labeljust=l;",
            quoted(&cut(&group.label, 60)),
            quoted(&group.label)
        )?;
        for member in members {
            node(&view.graph[member], prefixes, 4, view.focus.as_deref(), out)?;
        }
        writeln!(out, "  }}")?;
    }
    writeln!(out)?;
    for free in view.graph.node_weights().filter(|node| node.group.is_none()) {
        node(free, prefixes, 2, view.focus.as_deref(), out)?;
    }
    Ok(())
}

fn node(node: &Node, prefixes: &Prefixes, indent: usize, focus: Option<&str>, out: &mut impl Write) -> io::Result<()> {
    let look = style::of_kind(node.class.kind());
    let acronym = node.acronym.as_ref().map(|acronym| format!("({acronym})")).unwrap_or_default();
    let width = if focus == Some(node.label.as_str()) { ", penwidth=2.5" } else { "" };
    // An ellipse needs no margin of its own: its corners are empty.
    let margin = if look.shape == "ellipse" { ", margin=\"0.01,0.01\"" } else { "" };
    writeln!(
        out,
        "{:indent$}{} [label={}, shape={}, style=\"{}\", fillcolor=\"{}\"{width}{margin}, URL={}, tooltip={}];",
        "",
        quoted(name(node, prefixes)),
        quoted(&wrapped(&node.label, &acronym)),
        look.shape,
        look.style,
        look.fill,
        quoted(&node.iri),
        quoted(&card(node)),
    )
}

/// What the tooltip of a node tells.
fn card(node: &Node) -> String {
    let claims = if node.claims == 1 { "1 claim".to_owned() } else { format!("{} claims", node.claims) };
    let mut lines = vec![format!("{} ({}, {claims})", node.label, node.class.name())];
    lines.extend(node.properties.iter().map(|(property, value)| format!("{property}: {}", cut(value, 120))));
    lines.join("\n")
}

fn name<'a>(node: &'a Node, prefixes: &'a Prefixes) -> &'a str {
    match prefixes.name(&node.iri) {
        Name::Relative(rest) => rest,
        _ => &node.iri,
    }
}

/// Edges of the same ends, stance and force.
pub struct Arrow<'v> {
    /// What they leave and what they lead to.
    pub ends: [NodeIndex; 2],
    /// Their numbers in the view, from 0, and what they say; at least one.
    pub edges: Vec<(usize, &'v Edge)>,
}

/// All edges as arrows with a line for each relation, by their ends.
pub fn arrows(view: &View) -> Vec<Arrow<'_>> {
    type Looks = (NodeIndex, NodeIndex, Stance, bool, bool);
    let mut arrows: BTreeMap<Looks, Vec<(usize, &Edge)>> = BTreeMap::new();
    for (at, edge) in view.graph.edge_references().enumerate() {
        let said = edge.weight();
        let key = (edge.source(), edge.target(), said.stance, said.negated, said.hypothetical);
        arrows.entry(key).or_default().push((at, said));
    }
    arrows.into_iter().map(|((from, to, ..), edges)| Arrow { ends: [from, to], edges }).collect()
}

fn edges(view: &View, prefixes: &Prefixes, out: &mut impl Write) -> io::Result<()> {
    let years = view.spans_years();
    writeln!(out)?;
    for Arrow { ends, edges } in arrows(view) {
        let ends = ends.map(|end| quoted(name(&view.graph[end], prefixes)));
        let edges: Vec<&Edge> = edges.into_iter().map(|(_, edge)| edge).collect();
        arrow(&ends, &edges, years, out)?;
    }
    Ok(())
}

fn arrow([source, target]: &[String; 2], edges: &[&Edge], years: bool, out: &mut impl Write) -> io::Result<()> {
    let Some(first) = edges.first() else { return Ok(()) };
    let style::LineStyle { colour, dash, .. } = style::of_stance(first.stance);
    let claims = edges.iter().map(|edge| edge.quotes.len()).sum();
    let label = edges.iter().map(|edge| line(edge, years)).collect::<Vec<_>>().join("\n");
    let tooltip = edges.iter().map(|edge| sentences(edge)).collect::<Vec<_>>().join("\n");
    let thin = if claims == 0 { "#999999" } else { colour };
    writeln!(
        out,
        "  {source} -> {target} [label={}, color=\"{thin}\", fontcolor=\"{thin}\", style={dash}, arrowhead={}, penwidth={}, \
         edgetooltip={tip}, labeltooltip={tip}];",
        quoted(&label),
        style::arrow_head(first),
        style::pen_width(claims),
        tip = quoted(&tooltip),
    )
}

/// A relation with the side that is meant, when a stance was taken, and how often it is claimed.
pub(super) fn line(edge: &Edge, years: bool) -> String {
    let aspect = edge.aspect.as_ref().map(|aspect| format!(": {}", cut(aspect, 40))).unwrap_or_default();
    let years = if years && edge.stance != Stance::None { edge.years() } else { Vec::new() };
    let mut tail = years.join(", ");
    match edge.quotes.len() {
        times if times <= years.len().max(1) => {}
        times if years.is_empty() => tail = times.to_string(),
        times => tail.push_str(&format!(" ×{times}")),
    }
    let tail = if tail.is_empty() { tail } else { format!("({tail})") };
    wrapped(&format!("{}{aspect}", edge.label), &tail)
}

fn sentences(edge: &Edge) -> String {
    let mut lines = vec![edge.label.clone()];
    for quote in edge.quotes.iter().take(QUOTES_SHOWN) {
        let said_by = quote.said_by.as_ref().map(|name| format!(" {name},")).unwrap_or_default();
        let (start, end) = quote.place;
        lines.push(format!("“{}”{said_by} {} {start}–{end}", cut(&quote.text, 240), quote.date));
    }
    if let Some(more @ 1..) = edge.quotes.len().checked_sub(QUOTES_SHOWN) {
        lines.push(format!("and {more} more"));
    }
    lines.join("\n")
}
