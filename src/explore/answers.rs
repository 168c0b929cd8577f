//! Answers to questions as people and programs read them: terms by name, rows in the formats of SPARQL, graphs in RDF.

use oxrdf::Term;

use crate::export::Quads;
use crate::model::text::one_line;
use crate::query::{Answer, AnswerFormat, Column, DEFAULT_GRAPH, Presentation, Rows};

use super::accept::Form;
use super::address::href;
use super::asking;
use super::cards::Name;
use super::graphs;
use super::response::Problem;
use super::visit::Visit;

/// A term by its name.
pub fn name(visit: &Visit<'_>, term: &Term) -> Name {
    let Term::NamedNode(node) = term else {
        let Term::Literal(literal) = term else { return Name { name: term.to_string(), ..Name::default() } };
        return Name { name: one_line(literal.value()), ..Name::default() };
    };
    let iri = node.as_str();
    let href = href(visit.reading.record().base(), iri);
    Name { name: one_line(&visit.namer.labels.brief(iri)), iri: iri.to_owned(), href, kind: None }
}

/// The columns that people see: not those that a header hides, not those that are empty in all rows.
pub fn columns(rows: &Rows, known: &[Column]) -> Vec<usize> {
    let is_hidden = |variable: &String| known.iter().any(|column| column.variable == *variable && column.hidden);
    let says = |at: usize| rows.rows.iter().any(|row| row[at].as_ref().is_some_and(|term| !is_empty(term)));
    let shown = rows.variables.iter().enumerate().filter(|(at, variable)| !is_hidden(variable) && says(*at));
    shown.map(|(at, _)| at).collect()
}

fn is_empty(term: &Term) -> bool {
    matches!(term, Term::Literal(literal) if literal.value().is_empty())
}

/// Whether a column of that name holds words of a document.
pub fn is_quote(variable: &str) -> bool {
    variable.ends_with("quote") || variable.ends_with("Quote") || variable == "sentence"
}

/// An answer in a form, whole.
///
/// # Errors
/// If the form cannot hold it.
pub fn write(visit: &Visit<'_>, answer: &Answer, form: &Form, columns: &[Column]) -> Result<Vec<u8>, Problem> {
    if let Answer::Graph(triples) = answer {
        let mut quads = Quads::default();
        triples.iter().for_each(|triple| quads.insert(triple.as_ref().in_graph(DEFAULT_GRAPH)));
        return graphs::write(visit.reading, &quads, form);
    }
    let name = match form.name {
        "srj" => "json",
        "srx" => "xml",
        "txt" => "table",
        other => other,
    };
    let format = AnswerFormat::from_name(name).map_err(asking::wrong)?;
    let how = Presentation { format, show: None, labels: false, width: 120, limit: None, columns };
    let mut body = Vec::new();
    answer.write(&mut body, &visit.namer.labels, &how).map_err(asking::wrong)?;
    Ok(body)
}
