//! Rows of terms as rows of text: headings, what is left out, what stands to the right.

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, Term};

use super::header::Column;
use super::rows::Rows;
use super::wrap::clean;
use crate::lift::vocabulary::local_name;
use crate::record::{Labels, Show};

/// A table of text.
pub struct Sheet {
    pub(super) columns: Vec<Face>,
    pub(super) cells: Vec<Vec<String>>,
}

/// How one column looks.
pub(super) struct Face {
    pub heading: String,
    /// Numbers only.
    pub right: bool,
    /// Words of a document, or a remark: too long to stand beside the other columns.
    pub quote: bool,
    /// Places in documents and dates: not broken.
    pub place: bool,
}

impl Sheet {
    /// A sheet of plain text. Columns of numbers stand to the right.
    pub fn of_text(headings: &[&str], rows: Vec<Vec<String>>) -> Self {
        let face = |(index, heading): (usize, &&str)| {
            let right = rows.iter().all(|row| row.get(index).is_some_and(|cell| cell.parse::<f64>().is_ok()));
            Face { heading: (*heading).to_owned(), right: right && !rows.is_empty(), quote: false, place: false }
        };
        let columns: Vec<Face> = headings.iter().enumerate().map(face).collect();
        let fit = |mut row: Vec<String>| {
            row.resize(headings.len(), String::new());
            row.iter().map(|cell| clean(cell)).collect()
        };
        Self { columns, cells: rows.into_iter().map(fit).collect() }
    }

    /// The sheet of an answer for people: columns named and left out as the header says, and those left out that are
    /// empty in all rows.
    pub(super) fn new(rows: &Rows, columns: &[Column], labels: &Labels<'_>, show: Show, brief: bool) -> Self {
        let faces = rows.variables.iter().enumerate().filter_map(|(index, variable)| {
            let column = columns.iter().find(|column| column.variable == *variable);
            let values = || rows.rows.iter().filter_map(move |row| row.get(index)?.as_ref());
            let silent =
                |term: &Term| is_empty(term) || matches!(term, Term::NamedNode(node) if brief && is_usual(node));
            let empty = !rows.rows.is_empty() && values().all(silent);
            if column.is_some_and(|column| column.hidden) || empty {
                return None;
            }
            let heading = column.map_or_else(|| variable.clone(), |column| column.heading.clone());
            let right = values().all(is_number) && values().next().is_some();
            Some((
                index,
                Face { heading, right, quote: is_quote(variable) || is_note(variable), place: is_whole(variable) },
            ))
        });
        let (indices, faces): (Vec<usize>, Vec<Face>) = faces.unzip();
        let cell = |row: &Vec<Option<Term>>, index: usize| {
            let Some(Some(term)) = row.get(index) else { return String::new() };
            let text = match term {
                Term::NamedNode(node) if brief && is_usual(node) => String::new(),
                Term::NamedNode(node) if brief && show == Show::Name => labels.brief(node.as_str()),
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

/// Whether it is what a reader assumes unless told otherwise; tables say only what is not usual.
fn is_usual(node: &NamedNode) -> bool {
    matches!(local_name(node.as_str()), Some("asserted" | "affirmed"))
}

/// Whether a column of that name holds places or dates, which read badly in parts.
fn is_whole(variable: &str) -> bool {
    let name = variable.to_ascii_lowercase();
    ["where", "date", "when"].iter().any(|end| name.ends_with(end))
}

/// Whether a column of that name holds words of a document.
fn is_quote(variable: &str) -> bool {
    let name = variable.to_ascii_lowercase();
    name.ends_with("quote") || name == "sentence"
}

/// Whether a column of that name holds a remark or a whole phrase, which stands with the quotes where these stand under
/// their row.
fn is_note(variable: &str) -> bool {
    let name = variable.to_ascii_lowercase();
    name.ends_with("note") || name == "aspect"
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
