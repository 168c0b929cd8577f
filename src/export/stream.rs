//! A store as N-Quads or N-Triples in bounded memory: its segments hold such lines already, so that none is taken apart
//! further than to its terms.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;

use crate::lift::Base;
use crate::lift::vocabulary::skos;
use crate::model::text::counted;
use crate::store::{Damage, Directory, Line, Value};

use super::evidence::is_proof;
use super::labels::Preferred;
use super::{Evidence, ExportError, Format, Selection, SortedLines};

/// Writes graphs of a store, sorted by line, in a format of lines: the same bytes as [`super::write()`] gives. Gives what
/// was written, in words, and what is damaged and therefore left out. [`Evidence::Full`] needs all quads at once and is
/// not added here: it is taken for [`Evidence::Short`].
///
/// # Errors
/// When the store cannot be read, `out` cannot be written, or nothing is in the chosen graphs.
pub fn stream(
    directory: &mut Directory,
    selection: &Selection,
    evidence: Evidence,
    format: Format,
    out: impl Write,
) -> Result<(String, Vec<Damage>), ExportError> {
    let base = directory.base().clone();
    let gatherer = Gatherer { selection, base: &base, with_proof: evidence != Evidence::None };
    let (labels, _) = directory.lines(&selection.layers(), Labelled::default, |labels: &mut Labelled, line| {
        gatherer.see(labels, line);
        Ok::<(), ExportError>(())
    })?;
    let begin = || Gathered::new(format.keeps_graphs());
    let take = |gathered: &mut Gathered, line: Line<'_>| gatherer.take(gathered, &labels.preferred, line);
    let (gathered, damages) = directory.lines(&selection.layers(), begin, take)?;
    let Gathered { lines, graphs, is_empty, .. } = gathered;
    if is_empty {
        return Err(selection.nothing_of(graphs.keys().filter(|name| !name.is_empty()).map(String::as_str), &base));
    }
    let written = lines.finish(out)?;
    let summary = match format.keeps_graphs() {
        true => counted(written, "quad"),
        false => {
            let taken = graphs.values().filter(|graph| graph.has_lines).count();
            format!("{}, the union of {}", counted(written, "triple"), counted(taken, "graph"))
        }
    };
    Ok((summary, damages))
}

/// The labels of things in the wanted graphs.
#[derive(Default)]
struct Labelled {
    preferred: Preferred,
    /// By IRI.
    graphs: BTreeMap<String, GraphLines>,
}

/// What is taken.
struct Gatherer<'g> {
    selection: &'g Selection,
    base: &'g Base,
    with_proof: bool,
}

/// What was taken so far.
struct Gathered {
    lines: SortedLines,
    keeps_graphs: bool,
    /// By IRI; the graph of no name is the empty one.
    graphs: BTreeMap<String, GraphLines>,
    /// The graph of the last line, as it stands there, and whether it is taken.
    last: (String, bool),
    is_empty: bool,
}

/// A graph of which a line was seen.
#[derive(Clone, Copy)]
struct GraphLines {
    is_wanted: bool,
    has_lines: bool,
}

impl Gathered {
    fn new(keeps_graphs: bool) -> Self {
        Self {
            lines: SortedLines::new(keeps_graphs),
            keeps_graphs,
            graphs: BTreeMap::new(),
            last: ("none yet".to_owned(), false),
            is_empty: true,
        }
    }
}

impl Gatherer<'_> {
    /// Takes the label that a line gives, if it does.
    fn see(&self, labels: &mut Labelled, line: Line<'_>) {
        let Some((thing, label, language)) = self.label(line) else { return };
        if self.wants(&mut labels.graphs, line.graph.unwrap_or_default()) {
            labels.preferred.see(thing, &label, language);
        }
    }

    /// The thing of ours, the label and its language, of a line that gives a preferred label.
    fn label<'l>(&self, line: Line<'l>) -> Option<(&'l str, Cow<'l, str>, &'l str)> {
        let thing = iri(line.subject);
        if iri(line.predicate) != skos::PREF_LABEL.as_str() || self.base.key(thing).is_none() {
            return None;
        }
        let label = Value::of(line.object)?;
        Some((thing, label.text, label.language?))
    }

    fn take(&self, gathered: &mut Gathered, preferred: &Preferred, line: Line<'_>) -> Result<(), ExportError> {
        let graph = line.graph.unwrap_or_default();
        if gathered.last.0 != graph {
            gathered.last = (graph.to_owned(), self.wants(&mut gathered.graphs, graph));
        }
        let (_, is_wanted) = gathered.last;
        if !is_wanted {
            return Ok(());
        }
        gathered.is_empty = false;
        if !self.with_proof && is_proof(iri(line.subject), iri(line.predicate)) {
            return Ok(());
        }
        if let Some(seen) = gathered.graphs.get_mut(iri(graph)).filter(|_| !gathered.keeps_graphs) {
            seen.has_lines = true;
        }
        let is_other =
            |(thing, label, language): (&str, Cow<'_, str>, &str)| preferred.is_other(thing, &label, language);
        if self.label(line).is_some_and(is_other) {
            let behind = &line.text[line.triple.len()..];
            let behind = if gathered.keeps_graphs { behind } else { " .\n" };
            return gathered.lines.line(&[line.subject, " <", skos::ALT_LABEL.as_str(), "> ", line.object, behind]);
        }
        match gathered.keeps_graphs {
            true => gathered.lines.line(&[line.text]),
            false => gathered.lines.line(&[line.triple, " .\n"]),
        }
    }

    fn wants(&self, graphs: &mut BTreeMap<String, GraphLines>, graph: &str) -> bool {
        let name = iri(graph);
        if let Some(seen) = graphs.get(name) {
            return seen.is_wanted;
        }
        let is_wanted = self.selection.takes(Some(name).filter(|name| !name.is_empty()), self.base);
        graphs.insert(name.to_owned(), GraphLines { is_wanted, has_lines: false });
        is_wanted
    }
}

/// The IRI of a term; the term as it is if it is none.
fn iri(term: &str) -> &str {
    term.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(term)
}
