//! The formats that tables of answers are written in, and their names. Graphs are written by `export`.

use oxigraph::sparql::results::QueryResultsFormat;

use super::Error;

/// A format for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerFormat {
    /// For people, as wide as the terminal.
    Table,
    /// A table for documents and issue threads.
    Markdown,
    /// A result format of SPARQL 1.1: CSV, TSV, JSON or XML.
    Results(QueryResultsFormat),
}

/// Names, extensions and media types, lower case; the first of each is the one to suggest.
const NAMES: &[(AnswerFormat, &[&str])] = &[
    (AnswerFormat::Table, &["table", "txt", "text", "text/plain"]),
    (AnswerFormat::Results(QueryResultsFormat::Csv), &["csv", "text/csv"]),
    (AnswerFormat::Results(QueryResultsFormat::Tsv), &["tsv", "text/tab-separated-values"]),
    (
        AnswerFormat::Results(QueryResultsFormat::Json),
        &["json", "srj", "application/json", "application/sparql-results+json"],
    ),
    (
        AnswerFormat::Results(QueryResultsFormat::Xml),
        &["xml", "srx", "application/xml", "application/sparql-results+xml"],
    ),
    (AnswerFormat::Markdown, &["markdown", "md", "text/markdown"]),
];

impl AnswerFormat {
    /// The format of that name, extension or media type, in any case.
    pub fn from_name(name: &str) -> Result<Self, Error> {
        let wanted = name.trim_start_matches('.').to_ascii_lowercase();
        Self::known(&wanted).ok_or_else(|| Error::UnknownFormat { name: name.to_owned(), near: nearest(&wanted) })
    }

    /// The format that a file name ends in, if it is one of ours.
    pub fn from_file_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        Self::known(&extension.to_ascii_lowercase())
    }

    /// The name to call it by.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(format, _)| *format == self).map_or("text", |(_, names)| names[0])
    }

    fn known(wanted: &str) -> Option<Self> {
        NAMES.iter().find(|(_, names)| names.contains(&wanted)).map(|(format, _)| *format)
    }
}

fn nearest(wanted: &str) -> Option<&'static str> {
    let best = NAMES
        .iter()
        .flat_map(|(_, names)| names.iter().map(|name| (names[0], strsim::jaro_winkler(wanted, name))))
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    (best.1 > 0.75).then_some(best.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_answer_to_names_extensions_and_media_types() {
        for (name, format) in [
            ("CSV", AnswerFormat::Results(QueryResultsFormat::Csv)),
            (".tsv", AnswerFormat::Results(QueryResultsFormat::Tsv)),
            ("md", AnswerFormat::Markdown),
            ("application/sparql-results+json", AnswerFormat::Results(QueryResultsFormat::Json)),
        ] {
            assert_eq!(AnswerFormat::from_name(name).expect(name), format);
        }
        assert_eq!(AnswerFormat::from_file_name("a.b.json").map(AnswerFormat::name), Some("json"));
        assert_eq!(AnswerFormat::from_file_name("plain"), None);
        let error = AnswerFormat::from_name("markdwon").expect_err("no format");
        assert_eq!(crate::model::Fault::hint(&error).map(|hint| hint.contains("did you mean  markdown ?")), Some(true));
    }
}
