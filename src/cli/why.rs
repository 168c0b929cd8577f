//! `rapporteur why`: the sentence behind a claim, or the row behind a link, and how it was found.

use std::io::Write;

use anstyle::Style;
use clap::Args;
use rapporteur::desk::{self, Desk};
use rapporteur::link::schemes::normal_iri;
use rapporteur::model::Annotator;
use rapporteur::query::{self, Passage, Proof, Surroundings, Tie, find_claim, folded};
use rapporteur::record::Labels;
use rapporteur::store::Directory;

use super::sink::Sink;
use super::store_option::StoreOption;
use super::{Outcome, report};

/// Claims that are shown at once.
const SHOWN: usize = 5;

/// Show the sentence behind a claim: who said it where, and which rule found it; or the row and file behind a link
#[derive(Args)]
pub struct Why {
    /// A claim's number (4e801cbb5a10c2d7) or its beginning, its IRI, or a document and a character (iran-2021:1693); or the
    /// IRI of an outer thing: why it is linked
    claim: String,

    #[command(flatten)]
    sink: Sink,

    #[command(flatten)]
    store: StoreOption,
}

impl Why {
    pub fn run(self) -> Outcome {
        self.sink.check()?;
        let mut desk = Desk::open(&self.store.directory())?;
        if is_outer(&self.claim, desk.directory().base().as_str()) {
            return self.link(&mut desk);
        }
        let (record, damages) = desk.record(&desk::PROOF)?;
        report::left_out(&damages);
        let found = find_claim(&record, &self.claim)?;
        let mut out = Vec::new();
        for (at, claim) in found.iter().take(SHOWN).enumerate() {
            let proof = Proof::of(&record, *claim)?;
            if at > 0 {
                out.push(b'\n');
            }
            self.draw(&mut out, &proof, desk.directory()).map_err(query::Error::from)?;
        }
        if found.len() > SHOWN {
            report::note(format!("{} more claims fit; say more of the number", found.len() - SHOWN));
        }
        self.sink.show(&out)
    }

    /// Why things are tied to an outer one.
    fn link(&self, desk: &mut Desk) -> Outcome {
        let (record, damages) = desk.record(&desk::TIES)?;
        report::left_out(&damages);
        // People write it in several ways, the store in one.
        let outer = normal_iri(self.claim.trim_start_matches('<').trim_end_matches('>'));
        let labels = Labels::new(&record);
        let mut out = Vec::new();
        for (at, tie) in Tie::to(&record, &outer)?.iter().enumerate() {
            if at > 0 {
                out.push(b'\n');
            }
            self.draw_tie(&mut out, tie, &labels).map_err(query::Error::from)?;
        }
        self.sink.show(&out)
    }

    fn draw_tie(&self, out: &mut Vec<u8>, tie: &Tie, labels: &Labels<'_>) -> std::io::Result<()> {
        let bold = Style::new().bold();
        let width = self.sink.width();
        let relation = tie.relation.as_deref().unwrap_or("may be");
        let theirs = tie.label.as_ref().map(|label| format!(" “{label}”")).unwrap_or_default();
        writeln!(out, "{bold}{}{bold:#}  {relation}  {bold}{}{bold:#}{theirs}", labels.name(&tie.ours), tie.theirs)?;
        line(out, "in", &tie.scheme)?;
        for reason in &tie.reasons {
            writeln!(out)?;
            line(out, "found by", &format!("{}, score {}", reason.method, reason.score))?;
            let folded = folded(&reason.evidence, width.saturating_sub(14));
            for (at, words) in folded.iter().enumerate() {
                line(out, if at == 0 { "because" } else { "" }, words)?;
            }
            for (at, source) in reason.source.split("; ").enumerate() {
                line(out, if at == 0 { "source" } else { "" }, source)?;
            }
        }
        let decide = tie.relation.is_none().then_some("rapporteur link review");
        line(out, "decide", decide.unwrap_or_default())
    }

    fn draw(&self, out: &mut Vec<u8>, proof: &Proof, directory: &Directory) -> std::io::Result<()> {
        let bold = Style::new().bold();
        let width = self.sink.width();
        let strength = proof.strength.as_ref().map_or(String::new(), |rung| format!(", strength {rung}"));
        for line in folded(&proof.sentence, width.saturating_sub(1)) {
            writeln!(out, "{bold}{line}{bold:#}")?;
        }
        writeln!(out, "{}{strength}, confidence {}\n", proof.modality, proof.confidence)?;
        for passage in &proof.passages {
            quote(out, passage, directory, width)?;
        }
        let said = [proof.said_by.as_deref(), proof.date.as_deref()];
        line(out, "said by", &said.into_iter().flatten().collect::<Vec<_>>().join(", "))?;
        for (name, value) in &proof.qualifiers {
            line(out, name, value)?;
        }
        let found_by = match Annotator::of_rule(&proof.rule) {
            Some(other) => format!("another program, {} {}", other.name(), other.version()),
            None => format!("rule {}", proof.rule),
        };
        line(out, "found by", &found_by)?;
        line(out, "claim", &proof.number)
    }
}

/// Whether an argument names something outside: an IRI that is not one of ours.
fn is_outer(argument: &str, base: &str) -> bool {
    let inner = argument.trim_start_matches('<');
    (inner.contains("://") || inner.starts_with("wd:")) && !inner.starts_with(base)
}

/// The words around the quote, and the place.
fn quote(out: &mut Vec<u8>, passage: &Passage, directory: &Directory, width: usize) -> std::io::Result<()> {
    let sha256 = directory.documents().keys().find(|sha| passage.is_of(sha));
    let text = sha256.and_then(|sha256| directory.text(sha256).ok());
    let locator = passage.locator.as_deref();
    let (words, place) = match text.as_deref().and_then(|text| Surroundings::of(text, passage.start, passage.end)) {
        Some(around) => {
            let words = format!("{}▌{}▐{}", around.before, around.quote, around.after);
            let place = match locator {
                // A page or paragraph of the file says more than a line of the text.
                Some(locator) if ["p. ", "pp. ", "paragraph"].iter().any(|start| locator.starts_with(start)) => {
                    locator.to_owned()
                }
                Some(locator) => format!("line {}, {locator}", around.line),
                None => format!("line {}", around.line),
            };
            (words, format!("{}, {place}, characters {}–{}", passage.name, passage.start, passage.end))
        }
        None => {
            let place =
                format!("{}, characters {}–{} (the text is not stored)", passage.name, passage.start, passage.end);
            (format!("▌{}▐", passage.quote), place)
        }
    };
    for line in folded(&words, width.saturating_sub(4)) {
        writeln!(out, "  {line}")?;
    }
    writeln!(out, "  {place}")?;
    if let Some(file) = sha256.and_then(|sha256| directory.original_path(sha256)) {
        writeln!(out, "  {}", file.display())?;
    }
    writeln!(out)
}

fn line(out: &mut Vec<u8>, head: &str, value: &str) -> std::io::Result<()> {
    if value.is_empty() { Ok(()) } else { writeln!(out, "{head:<13}{value}") }
}
