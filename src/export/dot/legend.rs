//! The legend: what the shapes and lines of this picture mean, and nothing that is not in it.
//!
//! It is the one label in GraphViz's HTML-like form, which holds a table; all words in it are our own.

use std::io::{self, Write};

use crate::export::view::{Stance, View};
use crate::model::Kind;

use super::style::{self, NodeStyle};

/// Draws the legend as a box of its own.
pub fn write(view: &View, out: &mut impl Write) -> io::Result<()> {
    if view.graph.node_count() == 0 {
        return Ok(());
    }
    writeln!(out, "\n  subgraph \"cluster_legend\" {{")?;
    writeln!(out, "    label=\"\"; color=\"#CCCCCC\"; style=rounded; margin=4;")?;
    writeln!(out, "    \"legend\" [shape=plain, tooltip=\"Legend\", fontsize=9, label=<")?;
    writeln!(out, "      <TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"3\" CELLPADDING=\"2\">")?;
    let (shapes, lines) = (shapes(view), lines(view));
    for row in 0..shapes.len().max(lines.len()) {
        let cell = |cells: &[String]| cells.get(row).cloned().unwrap_or_else(|| "<TD></TD><TD></TD>".into());
        writeln!(out, "        <TR>{}{}</TR>", cell(&shapes), cell(&lines))?;
    }
    writeln!(out, "      </TABLE>>];")?;
    writeln!(out, "  }}")
}

/// A swatch and its meaning for each look in the picture.
fn shapes(view: &View) -> Vec<String> {
    let is_shown = |kind: &Kind| view.graph.node_weights().any(|node| node.class.kind() == *kind);
    let mut looks: Vec<NodeStyle> = Vec::new();
    for look in Kind::ALL.into_iter().filter(is_shown).map(style::of_kind) {
        if !looks.contains(&look) {
            looks.push(look);
        }
    }
    looks.iter().map(swatch).collect()
}

fn swatch(look: &NodeStyle) -> String {
    let rounded = look.shape == "ellipse" || look.style.contains("rounded");
    let style = if rounded { " STYLE=\"ROUNDED\"" } else { "" };
    format!(
        "<TD><TABLE BORDER=\"1\" CELLBORDER=\"0\" CELLSPACING=\"0\" COLOR=\"#666666\"{style} BGCOLOR=\"{}\">\
         <TR><TD WIDTH=\"22\" HEIGHT=\"9\" FIXEDSIZE=\"TRUE\"></TD></TR></TABLE></TD><TD ALIGN=\"LEFT\">{}</TD>",
        look.fill, look.legend
    )
}

/// A line and its meaning for each stance and force in the picture.
fn lines(view: &View) -> Vec<String> {
    let edges = || view.graph.edge_weights();
    let stances = Stance::ALL.into_iter().filter(|stance| edges().any(|edge| edge.stance == *stance));
    let mut lines: Vec<String> =
        stances.map(style::of_stance).map(|line| entry(line.colour, line.sample, line.legend)).collect();
    if edges().any(|edge| edge.hypothetical) {
        lines.push(entry("#555555", "───▷", "should, may, in order to"));
    }
    if edges().any(|edge| edge.negated) {
        lines.push(entry("#555555", "───┤", "denied"));
    }
    lines
}

fn entry(colour: &str, sample: &str, words: &str) -> String {
    format!("<TD><FONT COLOR=\"{colour}\">{sample}</FONT></TD><TD ALIGN=\"LEFT\">{words}</TD>")
}
