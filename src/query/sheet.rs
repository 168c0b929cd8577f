//! Rows of terms as rows of text: headings, what is left out, what stands to the right.

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, Term};

use super::answer::Rows;
use super::header::Column;
use super::labels::{Labels, Show};
use super::wrap::clean;

/// A table of text.
pub(super) struct Sheet {
    pub columns: Vec<Face>,
    pub cells: Vec<Vec<String>>,
}

/// How one column looks.
pub(super) struct Face {
    pub heading: String,
    /// Numbers only.
    pub right: bool,
    /// Words of a document.
    pub quote: bool,
}

impl Sheet {
    /// The sheet of an answer for people: columns named and left out as the header says, and those left out that are
    /// empty in all rows.
    pub fn new(rows: &Rows, columns: &[Column], labels: &Labels<'_>, show: Show, brief: bool) -> Self {
        let faces = rows.variables.iter().enumerate().filter_map(|(index, variable)| {
            let column = columns.iter().find(|column| column.variable == *variable);
            let values = || rows.rows.iter().filter_map(move |row| row.get(index)?.as_ref());
            let empty = !rows.rows.is_empty() && values().all(is_empty);
            if column.is_some_and(|column| column.hidden) || empty {
                return None;
            }
            let heading = column.map_or_else(|| variable.clone(), |column| column.heading.clone());
            let right = values().all(is_number) && values().next().is_some();
            Some((index, Face { heading, right, quote: is_quote(variable) }))
        });
        let (indices, faces): (Vec<usize>, Vec<Face>) = faces.unzip();
        let cell = |row: &Vec<Option<Term>>, index: usize| {
            let Some(Some(term)) = row.get(index) else { return String::new() };
            let text = match term {
                Term::NamedNode(node) if brief && show == Show::Name => labels.brief(node),
                other => labels.term(other, show),
            };
            if rows.variables.get(index).is_some_and(|variable| is_quote(variable)) && !text.is_empty() {
                return format!("“{}”", clean(&text));
            }
            clean(&text)
        };
        let cells = rows.rows.iter().map(|row| indices.iter().map(|&index| cell(row, index)).collect()).collect();
        Self { columns: faces, cells }
    }
}

/// Whether a column of that name holds words of a document.
fn is_quote(variable: &str) -> bool {
    let name = variable.to_ascii_lowercase();
    name.ends_with("quote") || name == "sentence"
}

fn is_empty(term: &Term) -> bool {
    matches!(term, Term::Literal(literal) if literal.value().is_empty())
}

fn is_number(term: &Term) -> bool {
    matches!(term, Term::Literal(literal) if is_numeric(literal))
}

fn is_numeric(literal: &Literal) -> bool {
    [xsd::INTEGER, xsd::DECIMAL, xsd::DOUBLE, xsd::FLOAT, xsd::INT, xsd::LONG].contains(&literal.datatype())
}
