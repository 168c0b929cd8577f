//! `rapporteur path`: the shortest way from one thing to another, each step with its sentence.

use std::io::{self, Write};

use anstyle::Style;
use clap::Args;
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use rapporteur::desk::{self, Desk};
use rapporteur::export::view::{self, Edge, Quote, View};
use rapporteur::model::Exit;

use super::store_option::StoreOption;
use super::{Outcome, report};

/// Sentences shown for one step.
const QUOTES: usize = 2;

/// Show how two things are tied together: the shortest way, each step with its sentence
#[derive(Args)]
pub struct Path {
    /// Where to start: a label, a key such as state/irn, or an IRI
    #[arg(value_name = "FROM")]
    from: String,

    /// Where to arrive
    #[arg(value_name = "TO")]
    to: String,

    /// No claims below this confidence, 0 to 1
    #[arg(long, value_name = "C", default_value_t = 0.0)]
    min_confidence: f64,

    /// End with exit code 1 if there is no way
    #[arg(long)]
    fail_empty: bool,

    #[command(flatten)]
    store: StoreOption,
}

impl Path {
    pub fn run(self) -> Outcome {
        let (record, damages) = Desk::open(&self.store.directory())?.record(&desk::WAYS)?;
        report::left_out(&damages);
        let options =
            view::Options { max_nodes: usize::MAX, min_confidence: self.min_confidence, ..view::Options::default() };
        let view = View::of(&record, &options)?;
        let ends = (view.node(&record, &self.from)?, view.node(&record, &self.to)?);
        let Some(nodes) = view::path(&view, ends.0, ends.1) else {
            let names = [ends.0, ends.1].map(|node| view.graph[node].label.clone());
            report::note(format_args!("no way from {} to {}: no claims tie them together", names[0], names[1]));
            return Ok(if self.fail_empty { Exit::Failed } else { Exit::Done });
        };
        report::show(|out| show(&view, &nodes, out))
    }
}

fn show(view: &View, nodes: &[NodeIndex], out: &mut dyn Write) -> io::Result<()> {
    let bold = Style::new().bold();
    if let Some(&first) = nodes.first() {
        writeln!(out, "{bold}{}{bold:#}", view.graph[first].label)?;
    }
    for pair in nodes.windows(2) {
        let &[from, to] = pair else { continue };
        let there = edges(view, from, to).into_iter().map(|edge| (edge, true));
        let back = edges(view, to, from).into_iter().map(|edge| (edge, false));
        for (edge, forward) in there.chain(back) {
            step(edge, forward, out)?;
        }
        writeln!(out, "{bold}{}{bold:#}", view.graph[to].label)?;
    }
    Ok(())
}

/// The edges from one thing to another, those with the most claims first.
fn edges(view: &View, from: NodeIndex, to: NodeIndex) -> Vec<&Edge> {
    use petgraph::visit::EdgeRef;
    let out = view.graph.edges_directed(from, Direction::Outgoing).filter(|edge| edge.target() == to);
    let mut edges: Vec<&Edge> = out.map(|edge| edge.weight()).collect();
    edges.sort_by(|a, b| (b.quotes.len(), &a.label).cmp(&(a.quotes.len(), &b.label)));
    edges
}

fn step(edge: &Edge, forward: bool, out: &mut dyn Write) -> io::Result<()> {
    let (arrow, dim) = (if forward { "↓" } else { "↑" }, Style::new().dimmed());
    writeln!(out, "  {arrow} {}", edge.label)?;
    for quote in edge.quotes.iter().filter(|quote| !quote.text.is_empty()).take(QUOTES) {
        writeln!(out, "      {dim}“{}” {}{dim:#}", plain(&quote.text), place(quote))?;
    }
    match edge.quotes.len().checked_sub(QUOTES) {
        Some(more @ 1..) => writeln!(out, "      {dim}and {more} more{dim:#}"),
        _ => Ok(()),
    }
}

fn place(quote: &Quote) -> String {
    format!("{}, {}–{}", plain(&quote.document), quote.place.0, quote.place.1)
}

/// A text that cannot steer the screen.
fn plain(text: &str) -> String {
    text.replace(char::is_control, " ")
}
