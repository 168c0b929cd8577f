//! Takes graphs out of the documents' segments, and leaves the rest as it is.

use crate::lift::{Graph, Layer};

use super::{Error, Writer, segment};

impl Writer {
    /// Takes graphs of links and of their evidence out of all documents. Gives the number of quads that went.
    ///
    /// # Errors
    /// If a segment is damaged or cannot be written.
    pub fn drop_links(&mut self, graphs: &[oxrdf::NamedNode]) -> Result<usize, Error> {
        let mut gone = self.drop_ties(graphs)?;
        for sha256 in self.documents() {
            for layer in [Layer::Links, Layer::LinkEvidence] {
                gone += self.drop_from(&sha256, layer, graphs)?;
            }
        }
        Ok(gone)
    }

    fn drop_from(&mut self, sha256: &str, layer: Layer, graphs: &[oxrdf::NamedNode]) -> Result<usize, Error> {
        let Some(entry) = self.document(sha256).and_then(|entry| entry.segments.get(layer.name())).cloned() else {
            return Ok(0);
        };
        let place = self.place();
        let lines = place.lines_of(layer.name(), &entry)?;
        let quads = segment::parse(lines.as_bytes(), entry.quads).map_err(|reason| {
            let path = place.path_of(&entry.place());
            super::Damage { path, what: layer.name().to_owned(), reason }
        })?;
        let kept: Vec<_> = quads
            .into_iter()
            .filter(|quad| !graphs.iter().any(|graph| quad.graph_name.as_ref() == graph.as_ref().into()))
            .collect();
        let gone = entry.quads - kept.len();
        if gone > 0 {
            let (new, lines) = segment::of_graphs(regrouped(kept, layer).iter());
            let note = self.note_of_layer(sha256, layer, new.quads);
            self.put_file(&new.place(), &lines, &note, None, |file| segment::lines_of(file, &new).is_ok())?;
            self.replace_segment(sha256, layer, new);
        }
        Ok(gone)
    }
}

/// Quads that come sorted by graph, as graphs.
fn regrouped(quads: Vec<oxrdf::Quad>, layer: Layer) -> Vec<Graph> {
    let mut graphs: Vec<(oxrdf::NamedNode, Vec<oxrdf::Triple>)> = Vec::new();
    for quad in quads {
        let oxrdf::GraphName::NamedNode(name) = quad.graph_name.clone() else { continue };
        let triple = oxrdf::Triple::new(quad.subject, quad.predicate, quad.object);
        match graphs.last_mut().filter(|(last, _)| *last == name) {
            Some((_, triples)) => triples.push(triple),
            None => graphs.push((name, vec![triple])),
        }
    }
    graphs.into_iter().map(|(name, triples)| Graph::new(name, layer, triples)).collect()
}
