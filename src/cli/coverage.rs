//! `rapporteur coverage`: which sentences gave claims and which did not.

use std::io::{self, Write};
use std::path::PathBuf;

use anstyle::Style;
use clap::{Args, ValueEnum};
use rapporteur::model::text::counted;
use rapporteur::model::{Covered, Extraction};
use rapporteur::read;
use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::headline::share;
use super::rules_option::RulesOption;
use super::sink::Sink;
use super::{Outcome, input};

/// Columns for line number, number of claims and the blanks around them.
const MARGIN: usize = 14;

/// The most columns that names of relations take.
const RELATIONS: usize = 34;

/// Show which sentences gave claims and which did not; nothing is stored
#[derive(Args)]
pub struct Coverage {
    /// Texts, or folders of texts; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Only the sentences that gave none
    #[arg(long)]
    missing: bool,

    /// How to print it
    #[arg(short, long, value_enum, default_value_t)]
    format: CoverageFormat,

    #[command(flatten)]
    sink: Sink,

    #[command(flatten)]
    rules: RulesOption,
}

/// How `coverage` prints.
#[derive(Clone, Copy, Default, ValueEnum)]
enum CoverageFormat {
    #[default]
    Table,
    Json,
}

/// What `coverage` tells of one text.
#[derive(Serialize)]
struct Text {
    name: String,
    sentences: usize,
    covered: usize,
    claims: usize,
    list: Vec<SentenceLine>,
}

/// One sentence. Offsets are code points.
#[derive(Serialize)]
struct SentenceLine {
    line: usize,
    start: usize,
    end: usize,
    /// Who has the floor, where speakers take turns.
    #[serde(skip_serializing_if = "String::is_empty")]
    speaker: String,
    text: String,
    relations: Vec<String>,
}

impl Coverage {
    pub fn run(self) -> Outcome {
        self.sink.check()?;
        let pipeline = self.rules.pipeline()?;
        let mut texts = Vec::new();
        for input in input::expand(&self.files, read::is_readable)? {
            let extraction = pipeline.extract(
                &input.name(),
                &input.read_at_most(read::Options::default().limit)?,
                &read::Options::default(),
            )?;
            texts.push(Text::of(&extraction, self.missing));
        }
        let mut out = Vec::new();
        let written = match self.format {
            CoverageFormat::Table => table(&texts, self.sink.width(), &mut out),
            CoverageFormat::Json => serde_json::to_writer_pretty(&mut out, &texts).map_err(Into::into),
        };
        written.map_err(rapporteur::export::ExportError::from)?;
        self.sink.show(&out)
    }
}

impl Text {
    fn of(extraction: &Extraction, only_missing: bool) -> Self {
        let coverage = extraction.coverage();
        let covered = coverage.iter().filter(|covered| !covered.claims.is_empty());
        Self {
            name: extraction.document.name.clone(),
            sentences: coverage.len(),
            covered: covered.count(),
            claims: extraction.claims.len(),
            list: coverage
                .iter()
                .filter(|covered| !only_missing || covered.claims.is_empty())
                .map(|covered| SentenceLine::of(extraction, covered))
                .collect(),
        }
    }

    /// Who speaks, in order, with how many of the sentences listed and how many claims; none where one voice speaks.
    fn speakers(&self) -> Vec<(&str, usize, usize)> {
        let mut found: Vec<(&str, usize, usize)> = Vec::new();
        for line in self.list.iter().filter(|line| !line.speaker.is_empty()) {
            let claims = line.relations.len();
            match found.iter_mut().find(|(name, ..)| *name == line.speaker) {
                Some((_, sentences, all)) => (*sentences, *all) = (*sentences + 1, *all + claims),
                None => found.push((&line.speaker, 1, claims)),
            }
        }
        found
    }

    fn summary(&self) -> String {
        format!("{}; {} in all", share(self.covered, self.sentences), counted(self.claims, "claim"))
    }
}

impl SentenceLine {
    fn of(extraction: &Extraction, covered: &Covered<'_>) -> Self {
        let document = &extraction.document;
        let span = covered.sentence.span;
        let (start, end) = document.code_points(span);
        let words: Vec<&str> = document
            .quote(span)
            .split(|c: char| c.is_whitespace() || c.is_control())
            .filter(|w| !w.is_empty())
            .collect();
        Self {
            line: document.line_of(span.start),
            start,
            end,
            speaker: speaker(extraction, span.start),
            text: words.join(" "),
            relations: covered.claims.iter().map(|claim| claim.relation.name().to_owned()).collect(),
        }
    }

    /// Names of relations, each once, with how often: `supports, cites ×3`.
    fn told(&self) -> String {
        let mut names: Vec<(&str, usize)> = Vec::new();
        for relation in &self.relations {
            match names.iter_mut().find(|(name, _)| name == relation) {
                Some((_, times)) => *times += 1,
                None => names.push((relation, 1)),
            }
        }
        let told = names.iter().map(|(name, n)| if *n > 1 { format!("{name} ×{n}") } else { (*name).to_owned() });
        told.collect::<Vec<_>>().join(", ")
    }
}

fn table(texts: &[Text], room: usize, out: &mut dyn Write) -> io::Result<()> {
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    for text in texts {
        writeln!(out, "{bold}{}{bold:#}", text.name)?;
        let told: Vec<String> = text.list.iter().map(|line| cut(&line.told(), RELATIONS)).collect();
        let right = told.iter().map(|told| told.width()).max().unwrap_or(0);
        let left = room.saturating_sub(MARGIN + right).max(20);
        let mut speaker = "";
        for (line, told) in text.list.iter().zip(&told) {
            if line.speaker != speaker {
                speaker = &line.speaker;
                let name = if speaker.is_empty() { "nobody" } else { speaker };
                writeln!(out, "{dim}        {}:{dim:#}", cut(name, left))?;
            }
            let sentence = cut(&line.text, left);
            let blank = " ".repeat(left.saturating_sub(sentence.width()));
            let number = line.relations.len();
            let (open, number) = if number == 0 { (dim, "–".to_owned()) } else { (Style::new(), number.to_string()) };
            let rest = if told.is_empty() { String::new() } else { format!("{blank}  {told}") };
            writeln!(out, "{:>6}  {number:>2}  {open}{sentence}{open:#}{rest}", line.line)?;
        }
        writeln!(out, "{}", text.summary())?;
        for (name, sentences, claims) in text.speakers() {
            writeln!(
                out,
                "{dim}        {}: {} of {}{dim:#}",
                cut(name, left),
                counted(claims, "claim"),
                counted(sentences, "sentence")
            )?;
        }
    }
    if let [_, _, ..] = texts {
        let sum = |of: fn(&Text) -> usize| texts.iter().map(of).sum::<usize>();
        let all = share(sum(|text| text.covered), sum(|text| text.sentences));
        writeln!(out, "{}: {all}; {} in all", counted(texts.len(), "text"), counted(sum(|text| text.claims), "claim"))?;
    }
    Ok(())
}

/// Who has the floor at a byte: `Mr. Moss (Elbonia)`; empty where one voice speaks throughout.
fn speaker(extraction: &Extraction, byte: usize) -> String {
    let Some(voice) = extraction.turns.iter().find(|voice| voice.span.start <= byte && byte < voice.span.end) else {
        return String::new();
    };
    let label = |id| extraction.entity(id).label.clone();
    match (voice.role.map(label), voice.holder.filter(|&holder| voice.role != Some(holder)).map(label)) {
        (Some(role), Some(holder)) => format!("{role} ({holder})"),
        (one, other) => one.or(other).unwrap_or_default(),
    }
}

/// The start of a text, no wider than so many columns.
fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut width = 1;
    let fits = |c: &char| {
        width += c.width().unwrap_or(0);
        width <= columns
    };
    let start: String = text.chars().take_while(fits).collect();
    format!("{}…", start.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{SentenceLine, cut};

    #[test]
    fn sentences_are_cut_and_relations_counted() {
        assert_eq!(
            ["short", "a sentence too long", "همکاری بین‌المللی"].map(|text| cut(text, 8)),
            ["short", "a sente…", "همکاری…"]
        );
        let relations = ["supports", "cites", "supports"].map(str::to_owned).to_vec();
        let line = SentenceLine { line: 1, start: 0, end: 1, speaker: String::new(), text: String::new(), relations };
        assert_eq!(line.told(), "supports ×2, cites");
    }
}
