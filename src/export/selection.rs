//! Which graphs an export takes, by the names that people use for them.

use std::collections::BTreeSet;

use crate::lift::{Base, Layer};

use super::{ExportError, Quads};

/// The graphs to take. Empty: what documents say, their links, and what was loaded; neither what ships (catalogue,
/// ontology, queries) nor the clock times of runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Names such as `doc/4e801cbb5a10c2d7`, `links`, `catalogue`, `all`, or whole IRIs. A name takes what lies under it.
    pub names: Vec<String>,
}

impl Selection {
    /// The layers of the store that hold these graphs.
    pub fn layers(&self) -> Vec<Layer> {
        if self.names.is_empty() {
            return vec![
                Layer::Claims,
                Layer::Evidence,
                Layer::Mentions,
                Layer::Links,
                Layer::LinkEvidence,
                Layer::Loaded,
            ];
        }
        let layers: BTreeSet<Layer> = self.names.iter().flat_map(|name| layers_of(name)).collect();
        layers.into_iter().collect()
    }

    /// Drops the quads of other graphs.
    ///
    /// # Errors
    /// [`ExportError::Empty`] with the graphs that there are, if nothing is left.
    pub fn apply(&self, quads: &mut Quads, base: &Base) -> Result<(), ExportError> {
        let graphs: BTreeSet<_> = quads.rows().iter().map(|row| row.graph).collect();
        let taken: BTreeSet<_> =
            graphs.iter().filter(|graph| self.takes(graph.map(|graph| quads.text(graph)), base)).copied().collect();
        let present: Vec<String> = graphs.iter().flatten().map(|&graph| short(quads.text(graph), base)).collect();
        if taken.len() < graphs.len() {
            quads.retain(|row| taken.contains(&row.graph));
        }
        if quads.is_empty() { Err(self.nothing(present)) } else { Ok(()) }
    }

    /// Whether the quads of a graph are taken; `None` is the graph of no name.
    pub fn takes(&self, graph: Option<&str>, base: &Base) -> bool {
        let is_wanted = |name: &str| self.names.iter().any(|wanted| is_under(name, &short(wanted, base)));
        self.names.is_empty()
            || self.names.iter().any(|name| name == "all")
            || graph.is_some_and(|graph| is_wanted(&short(graph, base)))
    }

    /// What there is to say when nothing is left, given the IRIs or names of the graphs that there are.
    pub(super) fn nothing_of<'g>(&self, graphs: impl IntoIterator<Item = &'g str>, base: &Base) -> ExportError {
        self.nothing(graphs.into_iter().map(|graph| short(graph, base)).collect())
    }

    fn nothing(&self, present: Vec<String>) -> ExportError {
        ExportError::Empty { what: self.wanted(), present }
    }

    fn wanted(&self) -> String {
        match self.names.as_slice() {
            [] => "the store holds no documents".to_owned(),
            [one] if one.contains(':') => format!("no graph <{one}>"),
            [one] => format!("no graph {one}"),
            several => format!("none of the graphs {}", several.join(", ")),
        }
    }
}

/// Where a graph of that name may be.
fn layers_of(name: &str) -> Vec<Layer> {
    match name.split('/').next().unwrap_or_default() {
        "doc" if name.ends_with("/evidence") => vec![Layer::Evidence, Layer::Mentions],
        "doc" => vec![Layer::Claims, Layer::Evidence, Layer::Mentions],
        "links" => vec![Layer::Links],
        "link-evidence" => vec![Layer::Links, Layer::LinkEvidence],
        "catalogue" => vec![Layer::Catalogue],
        "ontology" => vec![Layer::Ontology],
        "runs" => vec![Layer::Runs],
        _ => Layer::STANDING.to_vec(),
    }
}

/// The name of a graph without base and `graph/`.
fn short(iri: &str, base: &Base) -> String {
    let key = base.key(iri).and_then(|key| key.strip_prefix("graph/"));
    key.unwrap_or(iri).to_owned()
}

fn is_under(name: &str, wanted: &str) -> bool {
    name.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{GraphName, NamedNode, Quad};

    fn quads(base: &Base) -> Quads {
        let graphs = [
            base.document_graph("ab"),
            base.evidence_graph("ab"),
            base.document_graph("abc"),
            base.links_graph("m49"),
            base.shared_graph("runs"),
        ];
        let quad =
            |graph: &NamedNode| Quad::new(base.iri("a"), base.iri("b"), base.iri("c"), GraphName::from(graph.clone()));
        graphs.iter().map(quad).collect::<Vec<_>>().iter().map(Quad::as_ref).collect()
    }

    #[test]
    fn a_name_takes_what_lies_under_it() {
        let base = Base::default();
        for (names, left) in [
            (vec!["doc/ab"], 2),
            (vec!["doc/ab/evidence"], 1),
            (vec!["doc"], 3),
            (vec!["links", "runs"], 2),
            (vec!["all"], 5),
            (vec!["https://w3id.org/rapporteur/id/graph/links/m49"], 1),
        ] {
            let mut quads = quads(&base);
            let selection = Selection { names: names.iter().map(|&name| name.to_owned()).collect() };
            selection.apply(&mut quads, &base).unwrap();
            assert_eq!(quads.len(), left, "{names:?}");
        }
    }

    #[test]
    fn nothing_left_is_said_with_what_there_is() {
        let base = Base::default();
        let selection = Selection { names: vec!["http://example.org/".to_owned()] };
        match selection.apply(&mut quads(&base), &base) {
            Err(ExportError::Empty { what, present }) => {
                assert_eq!(what, "no graph <http://example.org/>");
                assert!(present.contains(&"doc/ab/evidence".to_owned()), "{present:?}");
            }
            other => panic!("{other:?}"),
        }
    }
}
