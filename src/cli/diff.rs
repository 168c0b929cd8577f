//! `rapporteur diff`: two documents side by side.

use clap::Args;
use oxrdf::{Literal, Term};
use rapporteur::desk::diff::{Clause, DiffRow, Draft, Fate, diff};
use rapporteur::desk::stance::Tabled;
use rapporteur::desk::{Desk, Hearing};
use rapporteur::model::text::counted;
use rapporteur::model::{Code, Fault};
use rapporteur::query::AnswerFormat;
use rapporteur::record::{Labels, Names, TermId};

use super::asked::{Output, reader};
use super::trouble::Trouble;
use super::{Outcome, report};

/// Compare two documents clause by clause: words that changed, clauses that came or went, positions that moved
///
/// Two statements of one actor, two versions of a draft, or two resolutions on one subject. Clauses meet by their words, also
/// where they stand elsewhere; numbers of paragraphs do not count. [-words-] are gone, {+words+} are new.
#[derive(Args)]
#[command(after_help = "\
Examples:
  rapporteur diff draft-1.txt draft-2.txt
  rapporteur diff A/RES/73/187 A/RES/74/247 -o changes.csv
  rapporteur diff iran-2019.txt iran-2021.txt -f markdown")]
pub struct Diff {
    /// The older document: file name, symbol or title
    #[arg(value_name = "DOC1")]
    old: String,

    /// The newer one
    #[arg(value_name = "DOC2")]
    new: String,

    /// Also clauses that both have in the same words
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    output: Output,
}

impl Diff {
    pub fn run(self) -> Outcome {
        let format = self.output.format()?;
        let (desk, mut hearing) = self.output.open()?;
        let old = text_of(&mut hearing, &self.old)?;
        let new = text_of(&mut hearing, &self.new)?;
        hearing.remarks.iter().for_each(|remark| report::note(format!("note: {remark}")));
        let words = [words_of(&desk, &hearing, old)?, words_of(&desk, &hearing, new)?];
        let drafts = [Draft { id: old, text: &words[0] }, Draft { id: new, text: &words[1] }];
        let rows = diff(&hearing.record, &hearing.said, &drafts[0], &drafts[1]);
        let labels = Labels::new(&hearing.record);
        let names = [old, new].map(|id| labels.text(hearing.record.quads().text(id)));
        let shown: Vec<&DiffRow> =
            rows.iter().filter(|row| self.all || row.fate != Fate::Kept || row.is_moved).collect();
        let iris = [old, new].map(|id| hearing.record.quads().text(id).to_owned());
        let done = self.output.write(&hearing.record, tabled(&shown, &names, &iris, format), format)?;
        let count = |fate: Fate| rows.iter().filter(|row| row.fate == fate).count();
        report::note(format!(
            "{} → {}: {} kept, {} changed, {} new, {} gone",
            names[0],
            names[1],
            counted(count(Fate::Kept), "clause"),
            count(Fate::Changed),
            count(Fate::New),
            count(Fate::Gone)
        ));
        Ok(done)
    }
}

/// The stored text that a name means.
fn text_of(hearing: &mut Hearing, name: &str) -> Result<TermId, Box<dyn Fault>> {
    let id = hearing.actor(name)?;
    hearing.record.texts_of(id).first().copied().ok_or_else(|| {
        let what = Names::new(&hearing.record).describe(hearing.record.quads().text(id));
        let said = format!("“{name}” is no document of this store but {what}");
        Trouble::new(Code::NO_DOCUMENT, said).try_this("what is in it: rapporteur coverage").into()
    })
}

fn words_of(desk: &Desk, hearing: &Hearing, text: TermId) -> Result<String, Box<dyn Fault>> {
    let document = hearing.record.document(text);
    let words = document.and_then(|document| desk.whole_text(document.sha256));
    words.ok_or_else(|| {
        Trouble::new(Code::NO_DOCUMENT, format!("the text of {} cannot be read", hearing.record.label(text))).into()
    })
}

fn tabled(rows: &[&DiffRow], names: &[String; 2], iris: &[String; 2], format: AnswerFormat) -> Tabled {
    let words =
        |words: &str| -> Option<Term> { (!words.is_empty()).then(|| Literal::new_simple_literal(words).into()) };
    let place = |name: &str, clause: &Option<Clause>| {
        clause.as_ref().map(|clause| format!("{name}, {}–{}", clause.start, clause.end)).unwrap_or_default()
    };
    let passage = |iri: &str, clause: &Option<Clause>| -> Option<Term> {
        let clause = clause.as_ref()?;
        Some(
            oxrdf::NamedNode::new_unchecked(
                rapporteur::model::Passage { text: iri, start: clause.start, end: clause.end }.to_string(),
            )
            .into(),
        )
    };
    let what =
        |row: &DiffRow| if row.is_moved { format!("{}, moved", row.fate.words()) } else { row.fate.words().to_owned() };
    if reader(format) == rapporteur::desk::stance::TableReader::Person {
        let row = |row: &&DiffRow| {
            let positions = row.positions.join(" · ");
            vec![
                words(&what(row)),
                words(&place(&names[0], &row.old)),
                words(&place(&names[1], &row.new)),
                words(&positions),
                words(&row.words),
            ]
        };
        let heads = [
            ("what", "What", false),
            ("oldWhere", "Before", false),
            ("newWhere", "Now", false),
            ("positionsNote", "Positions", false),
            ("quote", "Words", false),
        ];
        return Tabled::new(&heads, rows.iter().map(row).collect());
    }
    let clause =
        |clause: &Option<Clause>| words(clause.as_ref().map(|clause| clause.words.as_str()).unwrap_or_default());
    let row = |row: &&DiffRow| {
        vec![
            words(&what(row)),
            words(&row.words),
            words(&row.positions.join("; ")),
            clause(&row.old),
            passage(&iris[0], &row.old),
            clause(&row.new),
            passage(&iris[1], &row.new),
        ]
    };
    let heads = [
        ("what", "What", false),
        ("words", "Words", false),
        ("positions", "Positions", false),
        ("oldQuote", "Before", false),
        ("oldWhere", "Where before", false),
        ("newQuote", "Now", false),
        ("newWhere", "Where now", false),
    ];
    Tabled::new(&heads, rows.iter().map(row).collect())
}
