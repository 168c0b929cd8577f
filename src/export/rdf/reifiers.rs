//! RDF 1.2: each claim whose direct edge stands in the graph reifies that edge, so that readers of triple terms find the
//! claim, and with it who said it, from the edge.
//!
//! `rio_api` has no triple term in an object's place that RDF 1.2 would know, so the lines are written here.

use std::collections::{HashMap, HashSet};
use std::io::Write;

use super::{Lines, Turtle, pour, written_iris};
use crate::export::seam::Union;
use crate::export::seam::rio;
use crate::export::{ExportError, Format, Prefixes, QuadIds, Quads, TermId, order};
use crate::lift::vocabulary::rdf;

/// Names the version in Turtle and TriG: readers of RDF 1.1 stop here rather than at the first triple term. In lines it
/// may be left out, and readers that know triple terms do not all know it there.
const VERSION: &str = "VERSION \"1.2\"";

/// Writes quads as RDF 1.2, sorted, the reifiers after them. Gives the number of statements.
///
/// # Errors
/// When `out` cannot be written; [`ExportError::NotOneTwo`] if the format is neither Turtle, TriG, N-Triples nor N-Quads.
pub fn write(quads: &Quads, format: Format, known: &Prefixes, mut out: impl Write) -> Result<usize, ExportError> {
    let rows = match format {
        Format::NTriples | Format::NQuads => order::lines(quads, format.keeps_graphs()),
        Format::Turtle | Format::TriG => order::reading(quads, format.keeps_graphs()),
        _ => return Err(ExportError::NotOneTwo { format }),
    };
    let mut reifiers = reifiers(quads, &rows);
    let written = rows.len() + reifiers.len();
    match format {
        Format::NTriples => {
            pour(quads, &rows, &mut Union(&mut Lines(&mut out)))?;
            lines(quads, &reifiers, false, &mut out)?;
        }
        Format::NQuads => {
            pour(quads, &rows, &mut Lines(&mut out))?;
            lines(quads, &reifiers, true, &mut out)?;
        }
        _ => {
            let iris = written_iris(quads, &rows).chain([rdf::REIFIES.as_str()]);
            let prefixes = known.used_by(iris);
            writeln!(out, "{VERSION}")?;
            let mut writer = Turtle::new(&mut out, &prefixes)?;
            if format.keeps_graphs() {
                pour(quads, &rows, &mut writer)?;
            } else {
                pour(quads, &rows, &mut Union(&mut writer))?;
                reifiers.iter_mut().for_each(|reifier| reifier.graph = None);
            }
            for reifier in &reifiers {
                let edge = crate::export::seam::quad(quads, reifier.edge);
                let graph = reifier.graph.map(|graph| rio::NamedNode { iri: quads.text(graph) }.into());
                writer.reifier(graph, quads.text(reifier.claim), &crate::export::seam::triple(&edge))?;
            }
            writer.finish()?;
        }
    }
    out.flush()?;
    Ok(written)
}

/// A claim, the edge that it says, and the graph of the claim.
struct Reifier {
    claim: TermId,
    edge: QuadIds,
    graph: Option<TermId>,
}

/// Those of all claims with a direct edge, sorted by graph and claim.
fn reifiers(quads: &Quads, rows: &[QuadIds]) -> Vec<Reifier> {
    let [subject, predicate, object] =
        [rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT].map(|term| quads.find_iri(term.as_str()));
    let ends = |wanted: Option<TermId>| {
        let of = rows.iter().filter(move |row| Some(row.predicate) == wanted);
        of.map(|row| (row.subject, row.object)).collect::<HashMap<_, _>>()
    };
    let (subjects, objects) = (ends(subject), ends(object));
    let edges: HashSet<(TermId, TermId, TermId)> =
        rows.iter().map(|row| (row.subject, row.predicate, row.object)).collect();
    let mut found: Vec<Reifier> = rows
        .iter()
        .filter(|row| Some(row.predicate) == predicate)
        .filter_map(|row| {
            let edge = (*subjects.get(&row.subject)?, row.object, *objects.get(&row.subject)?);
            let ids = QuadIds { subject: edge.0, predicate: edge.1, object: edge.2, graph: None };
            edges.contains(&edge).then_some(Reifier { claim: row.subject, edge: ids, graph: row.graph })
        })
        .collect();
    found.sort_by_key(|reifier| (reifier.graph.map(|graph| quads.text(graph)), quads.text(reifier.claim)));
    found.dedup_by_key(|reifier| (reifier.claim, reifier.edge, reifier.graph));
    found
}

/// One statement a line, sorted.
fn lines(quads: &Quads, reifiers: &[Reifier], graphs: bool, out: &mut impl Write) -> Result<(), ExportError> {
    let mut lines: Vec<Vec<u8>> = Vec::with_capacity(reifiers.len());
    for reifier in reifiers {
        let mut line = Vec::new();
        super::escape::iri(&mut line, quads.text(reifier.claim))?;
        line.push(b' ');
        super::escape::iri(&mut line, rdf::REIFIES.as_str())?;
        line.extend(b" <<( ");
        pour(quads, &[reifier.edge], &mut Union(&mut Lines(&mut line)))?;
        // Without the full stop that ends a statement.
        line.truncate(line.len().saturating_sub(b" .\n".len()));
        line.extend(b" )>> ");
        if let Some(graph) = reifier.graph.filter(|_| graphs) {
            super::escape::iri(&mut line, quads.text(graph))?;
            line.push(b' ');
        }
        line.extend(b".\n");
        lines.push(line);
    }
    lines.sort_unstable();
    lines.dedup();
    lines.iter().try_for_each(|line| Ok(out.write_all(line)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lift::vocabulary::PREFIXES;

    const CLAIMS: &str = "\
        <http://x.org/c/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> <http://x.org/a> <http://x.org/g> .
        <http://x.org/c/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> <http://x.org/p> <http://x.org/g> .
        <http://x.org/c/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> \"so \\\"be it\\\"\"@en <http://x.org/g> .
        <http://x.org/a> <http://x.org/p> \"so \\\"be it\\\"\"@en <http://x.org/g> .
        <http://x.org/c/2> <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> <http://x.org/a> <http://x.org/g> .
        <http://x.org/c/2> <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> <http://x.org/q> <http://x.org/g> .
        <http://x.org/c/2> <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> <http://x.org/b> <http://x.org/g> .
    ";

    fn written(format: Format) -> String {
        let parsed: Vec<_> = oxttl::NQuadsParser::new().for_slice(CLAIMS).collect::<Result<_, _>>().unwrap();
        let quads: Quads = parsed.iter().map(|quad| quad.as_ref()).collect();
        let mut out = Vec::new();
        let prefixes = Prefixes::new(Some("http://x.org/"), PREFIXES.iter().copied());
        write(&quads, format, &prefixes, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_claim_reifies_its_edge_and_one_without_an_edge_does_not() {
        let lines = written(Format::NQuads);
        assert_eq!(
            lines.lines().filter(|line| line.contains("<<(")).collect::<Vec<_>>(),
            ["<http://x.org/c/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <http://x.org/a> \
              <http://x.org/p> \"so \\\"be it\\\"\"@en )>> <http://x.org/g> ."]
        );
        let turtle = written(Format::Turtle);
        assert!(turtle.starts_with("VERSION \"1.2\"\n"), "{turtle}");
        assert!(
            turtle.contains("\n<c/1>\n    rdf:reifies <<( <a> <p> \"so \\\"be it\\\"\"@en )>> ;\n    .\n"),
            "{turtle}"
        );
    }
}
