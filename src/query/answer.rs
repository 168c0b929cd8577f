//! Answers, and how they are written.

use std::io::Write;

use oxigraph::model::{Literal, NamedNode, Term, Triple, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};

use super::format::AnswerFormat;
use super::header::Column;
use super::rows::Rows;
use super::sheet::Sheet;
use super::{Error, spreadsheet, table};
use crate::record::{Labels, Show};

/// The formats that hold graphs; `export` writes them.
const GRAPHS: &str = "ttl trig nt nq jsonld rdf";

/// What the store answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// SELECT.
    Rows(Rows),
    /// ASK.
    Truth(bool),
    /// CONSTRUCT and DESCRIBE; sorted, each triple once.
    Graph(Vec<Triple>),
}

/// How to write an answer.
#[derive(Clone, Debug)]
pub struct Presentation<'a> {
    /// In which format.
    pub format: AnswerFormat,
    /// How entities are shown; by default by name in tables and Markdown, as IRIs in all else.
    pub show: Option<Show>,
    /// Whether a column `…Label` follows each column of IRIs.
    pub labels: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Rows to write, of all.
    pub limit: Option<usize>,
    /// Column heads of the query's header.
    pub columns: &'a [Column],
}

impl Answer {
    /// Whether there is nothing in it: no row, no triple, or a no.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Rows(rows) => rows.rows.is_empty(),
            Self::Truth(truth) => !truth,
            Self::Graph(triples) => triples.is_empty(),
        }
    }

    /// Writes a table, or a yes or no; a graph is for the writers of `export`. Tables hold colours; a writer that is no terminal should strip them.
    pub fn write(&self, out: &mut dyn Write, labels: &Labels<'_>, how: &Presentation<'_>) -> Result<(), Error> {
        match self {
            Self::Rows(rows) => rows.write(out, labels, how),
            Self::Truth(truth) => write_truth(out, *truth, how.format),
            Self::Graph(_) => Err(Error::WrongFormat { format: how.format.name(), answer: "a graph", known: GRAPHS }),
        }
    }
}

impl Rows {
    /// Writes CSV, or TSV if the format is that, for Excel and its kin: things by name unless asked otherwise.
    pub fn write_for_excel(
        &self,
        out: &mut dyn Write,
        labels: &Labels<'_>,
        how: &Presentation<'_>,
    ) -> Result<(), Error> {
        let shown = how.limit.map_or(self.rows.len(), |limit| limit.min(self.rows.len()));
        let part = Rows { variables: self.variables.clone(), rows: self.rows[..shown].to_vec() };
        let how = Presentation { show: how.show.or(Some(Show::Name)), ..how.clone() };
        let delimiter = if how.format == AnswerFormat::Results(QueryResultsFormat::Tsv) { b'\t' } else { b',' };
        spreadsheet::write(&part.labelled(labels, &how), delimiter, true, out)
    }

    fn write(&self, out: &mut dyn Write, labels: &Labels<'_>, how: &Presentation<'_>) -> Result<(), Error> {
        let total = self.rows.len();
        let shown = how.limit.map_or(total, |limit| limit.min(total));
        let part = Rows { variables: self.variables.clone(), rows: self.rows[..shown].to_vec() };
        match how.format {
            AnswerFormat::Table => {
                let sheet = Sheet::new(&part, how.columns, labels, how.show.unwrap_or(Show::Name), true);
                table::write(out, &sheet, how.width)?;
                Ok(writeln!(out, "{}", count(shown, total))?)
            }
            AnswerFormat::Markdown => {
                let sheet = Sheet::new(&part, how.columns, labels, how.show.unwrap_or(Show::Name), false);
                Ok(table::markdown(out, &sheet)?)
            }
            AnswerFormat::Results(format) => part.labelled(labels, how).serialize(out, format),
        }
    }

    /// With label columns, and with terms shown as asked for.
    fn labelled(self, labels: &Labels<'_>, how: &Presentation<'_>) -> Self {
        let rows = if how.labels { self.with_labels(labels) } else { self };
        match how.show {
            None | Some(Show::Iri) => rows,
            Some(show) => {
                let text = |term: Term| match term {
                    Term::Literal(literal) => Term::Literal(literal),
                    other => Literal::new_simple_literal(labels.term(&other, show)).into(),
                };
                let cells = |row: Vec<Option<Term>>| row.into_iter().map(|cell| cell.map(text)).collect();
                Rows { variables: rows.variables, rows: rows.rows.into_iter().map(cells).collect() }
            }
        }
    }

    fn serialize(&self, out: &mut dyn Write, format: QueryResultsFormat) -> Result<(), Error> {
        let variables: Vec<Variable> = self.variables.iter().map(Variable::new_unchecked).collect();
        let serializer = QueryResultsSerializer::from_format(format);
        let mut writer = serializer.serialize_solutions_to_writer(&mut *out, variables.clone())?;
        // The serializer quotes only literals; an IRI with a comma or a quotation mark needs it too.
        let needs_quotes = |node: &NamedNode| format == QueryResultsFormat::Csv && node.as_str().contains([',', '"']);
        for row in &self.rows {
            let quoted: Vec<Option<Term>> = row
                .iter()
                .map(|cell| match cell {
                    Some(Term::NamedNode(node)) if needs_quotes(node) => {
                        Some(Literal::new_simple_literal(node.as_str()).into())
                    }
                    other => other.clone(),
                })
                .collect();
            let cells = variables.iter().zip(&quoted).filter_map(|(variable, cell)| Some((variable, cell.as_ref()?)));
            writer.serialize(cells)?;
        }
        writer.finish()?;
        if format == QueryResultsFormat::Json || format == QueryResultsFormat::Xml {
            writeln!(out)?;
        }
        Ok(())
    }
}

/// "5 rows", or how many of how many.
fn count(shown: usize, total: usize) -> String {
    let rows = if total == 1 { "row" } else { "rows" };
    if shown == total { format!("{total} {rows}") } else { format!("{shown} of {total} {rows}") }
}

fn write_truth(out: &mut dyn Write, truth: bool, format: AnswerFormat) -> Result<(), Error> {
    match format {
        AnswerFormat::Results(format) => {
            QueryResultsSerializer::from_format(format).serialize_boolean_to_writer(&mut *out, truth)?;
            Ok(writeln!(out)?)
        }
        AnswerFormat::Table | AnswerFormat::Markdown => Ok(writeln!(out, "{}", if truth { "yes" } else { "no" })?),
    }
}
