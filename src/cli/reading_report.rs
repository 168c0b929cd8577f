//! `add --report FILE`: one line for each file: how it was read and what came of it, or why it was not.

use std::collections::BTreeMap;
use std::path::Path;

use rapporteur::export::ExportError;
use rapporteur::model::text::counted;
use rapporteur::model::{Extraction, Fault, Severity, Span};
use rapporteur::read::Format;
use rapporteur::store::{Added, DocumentEntry};

use super::output_file;

/// What became of the files of a run.
#[derive(Default)]
pub struct ReadingReport {
    lines: Vec<[String; 9]>,
    /// How many files were read as each format.
    formats: BTreeMap<String, usize>,
}

/// The columns.
const COLUMNS: [&str; 9] = ["file", "result", "format", "pages", "claims", "to_review", "code", "message", "notes"];

impl ReadingReport {
    /// Notes a document that was read.
    pub fn read(&mut self, name: &str, extraction: &Extraction, added: Option<Added>) {
        let document = &extraction.document;
        let source = document.source.as_deref();
        let format = source.map_or_else(|| Format::named(name).name(), |source| short(&source.media_type));
        *self.formats.entry(format.to_owned()).or_default() += 1;
        let pages = source
            .and_then(|source| source.map.pages(Span::new(0, document.text.len())))
            .map(|(_, last)| last.to_string());
        let remarks = document.diagnostics.iter().filter(|remark| remark.severity == Severity::Warning);
        let remarks: Vec<&str> = remarks.map(|remark| remark.message.as_str()).collect();
        let result = match added {
            Some(Added::New) => "new",
            Some(Added::Replaced) => "replaced",
            Some(Added::Same) => "unchanged",
            None => "read",
        };
        self.lines.push([
            name.to_owned(),
            result.to_owned(),
            format.to_owned(),
            pages.unwrap_or_default(),
            extraction.claims.len().to_string(),
            extraction.doubtful.len().to_string(),
            String::new(),
            String::new(),
            remarks.join("; "),
        ]);
    }

    /// Notes a document that is in from a run that was stopped.
    pub fn resumed(&mut self, name: &str, entry: &DocumentEntry) {
        let media_type = entry.source.as_ref().map(|source| source.media_type.as_str());
        let format = media_type.map_or_else(|| Format::named(name).name(), short);
        *self.formats.entry(format.to_owned()).or_default() += 1;
        let mut line = [const { String::new() }; 9];
        line[0] = name.to_owned();
        line[1] = "unchanged".to_owned();
        line[2] = format.to_owned();
        line[4] = entry.counts.claims.to_string();
        line[5] = entry.counts.unsure.to_string();
        line[8] = "in from a run that was stopped".to_owned();
        self.lines.push(line);
    }

    /// Notes a file that could not be read.
    pub fn failed(&mut self, name: &str, fault: &dyn Fault) {
        let mut line = [const { String::new() }; 9];
        line[0] = name.to_owned();
        line[1] = "not read".to_owned();
        line[6] = fault.code().to_string();
        line[7] = fault.to_string();
        line[8] = fault.hint().unwrap_or_default();
        self.lines.push(line);
    }

    /// `8 pdf, 3 html, 1 text`; `None` if all are text of themselves.
    pub fn formats(&self) -> Option<String> {
        let plain = [Format::Text.name(), Format::Markdown.name()];
        let is_plain = self.formats.keys().all(|format| plain.contains(&format.as_str()));
        let parts: Vec<String> = self.formats.iter().map(|(format, count)| format!("{count} {format}")).collect();
        (!is_plain).then(|| parts.join(", "))
    }

    /// Writes the lines as CSV.
    pub fn save(&self, path: &Path) -> Result<(), Box<dyn Fault>> {
        output_file::save(path, true, |out| {
            let mut table = csv::Writer::from_writer(out);
            let heads = COLUMNS.map(str::to_owned);
            for line in std::iter::once(&heads).chain(&self.lines) {
                table.write_record(line).map_err(|error| ExportError::Write(std::io::Error::other(error)))?;
            }
            table.flush().map_err(ExportError::Write)
        })?;
        let all = counted(self.lines.len(), "file");
        super::report::note(format!("what became of {all}: {}", path.display()));
        Ok(())
    }
}

/// The word for a media type on the command line.
fn short(media_type: &str) -> &str {
    let known = Format::ALL.into_iter().find(|format| format.media_type() == media_type);
    known.map_or(media_type, |format| format.name())
}
