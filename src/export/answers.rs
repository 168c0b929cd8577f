//! The answers of all questions that need no parameter, as a folder of CSV tables with a data package that tells what each
//! column holds.

use oxigraph::model::{Term, vocab::xsd};
use serde_json::{Value, json};

use crate::query::{self, Answer, Header, Library, Rows};
use crate::record::{Labels, Record};
use crate::store::Store;

use super::describe::{About, package};
use super::graph::tables::File;

/// Asks a store all questions of a library that mean something by themselves; questions without an answer get no table.
/// `record` is of the same store, and names things; `sentence` reads a sentence around a passage; `excel` writes for spreadsheets.
///
/// # Errors
/// When a question of the library cannot be read or asked.
pub fn files(
    store: &Store,
    record: &Record<'_>,
    library: &Library,
    about: &About,
    excel: bool,
    sentence: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<File>, query::Error> {
    let labels = Labels::new(record);
    let (mut files, mut resources) = (Vec::new(), Vec::new());
    for entry in library.entries() {
        let header = entry.header()?;
        if header.parameters.iter().any(|parameter| parameter.required) {
            continue;
        }
        let question = query::parse(&entry.name, &entry.text, store.base().as_str(), &[])?;
        let Answer::Rows(mut rows) = question.ask(store.dataset())? else { continue };
        if rows.rows.is_empty() {
            continue;
        }
        rows.fill_sentences(sentence);
        let fields = fields(&rows, &header);
        let rows = rows.with_labels(&labels);
        let mut bytes = Vec::new();
        query::spreadsheet(&rows, b',', excel, &mut bytes)?;
        let encoding = if excel { "utf-8-sig" } else { "utf-8" };
        resources.push(package::resource(&entry.name, &header.summary, &bytes, encoding, fields));
        files.push((format!("{}.csv", entry.name), bytes));
    }
    files.push(package::package("rapporteur-answers", about, resources)?);
    Ok(files)
}

/// The columns, each with a column of labels behind it where it holds things.
fn fields(rows: &Rows, header: &Header) -> Vec<Value> {
    let mut fields = Vec::new();
    for (at, variable) in rows.variables.iter().enumerate() {
        let terms = || rows.rows.iter().filter_map(move |row| row.get(at)?.as_ref());
        let heading = header.columns.iter().find(|column| column.variable == *variable).map(|column| &column.heading);
        let mut field = json!({"name": variable, "type": sort(terms())});
        if let Some(heading) = heading.filter(|heading| !heading.is_empty()) {
            field["title"] = heading.as_str().into();
        }
        fields.push(field);
        if terms().any(|term| matches!(term, Term::NamedNode(_))) {
            fields.push(json!({"name": format!("{variable}Label"), "type": "string"}));
        }
    }
    fields
}

/// What all values of a column are.
fn sort<'t>(terms: impl Iterator<Item = &'t Term> + Clone) -> &'static str {
    let all = |types: &[oxigraph::model::NamedNodeRef<'_>]| {
        let fits = |term: &Term| matches!(term, Term::Literal(literal) if types.contains(&literal.datatype()));
        let mut terms = terms.clone().peekable();
        terms.peek().is_some() && terms.all(fits)
    };
    if all(&[xsd::INTEGER]) {
        "integer"
    } else if all(&[xsd::INTEGER, xsd::DECIMAL, xsd::DOUBLE]) {
        "number"
    } else if all(&[xsd::DATE]) {
        "date"
    } else if all(&[xsd::BOOLEAN]) {
        "boolean"
    } else {
        "string"
    }
}
