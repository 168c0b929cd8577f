//! Answers about stances as tables. A file gets a column for each part of each claim; for people the parts of one side stand
//! together on lines under the row: who, when, how it is put, where, and the words.

use oxrdf::{Literal, NamedNode, Term};

use crate::desk::said::Said;
use crate::model::{Modality, Passage};
use crate::query::{Column, Rows};
use crate::record::{Claim, Labels, Record, TermId};

use super::change::{ChangeKind, Changes};
use super::compare::{Accord, Comparison};

/// A column: variable, heading, whether tables leave it out.
pub type Head = (&'static str, &'static str, bool);

/// For whom a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableReader {
    /// A person: few columns, the words under the row.
    Person,
    /// A program: all parts in columns of their own.
    Program,
}

/// A table with its columns.
pub struct Tabled {
    /// The rows.
    pub rows: Rows,
    /// What the columns are called.
    pub columns: Vec<Column>,
}

impl Tabled {
    /// A table of these columns.
    pub fn new(heads: &[Head], rows: Vec<Vec<Option<Term>>>) -> Self {
        let variables = heads.iter().map(|(variable, ..)| (*variable).to_owned()).collect();
        let column = |(variable, heading, hidden): &Head| Column {
            variable: (*variable).to_owned(),
            heading: (*heading).to_owned(),
            hidden: *hidden,
        };
        Self { rows: Rows { variables, rows }, columns: heads.iter().map(column).collect() }
    }
}

/// The strongest claim of a cell.
const STRONGEST: [Head; PARTS] = [
    ("date", "Date", false),
    ("not", "", false),
    ("act", "Act", false),
    ("modality", "Put as", false),
    ("by", "Said by", false),
    ("quote", "Quote", false),
    ("where", "Where", false),
    ("sentence", "Sentence", false),
    ("claim", "Claim", false),
];

/// The columns of the cells of a grid for programs.
const CELL: [Head; 5] = [
    ("row", "Who", false),
    ("column", "When", false),
    ("stance", "Stance", false),
    ("positions", "Positions", false),
    ("all", "All", false),
];

impl Tabled {
    /// A table whose first column has that variable and no head, and whose other columns have names that are known only now.
    pub fn named(first: &str, names: &[String], rows: Vec<Vec<Option<Term>>>) -> Self {
        let column =
            |(variable, heading): (String, &str)| Column { variable, heading: heading.to_owned(), hidden: false };
        let others = names.iter().enumerate().map(|(at, name)| (format!("column{at}"), name.as_str()));
        let columns: Vec<Column> = std::iter::once((first.to_owned(), "")).chain(others).map(column).collect();
        let variables = columns.iter().map(|column| column.variable.clone()).collect();
        Self { rows: Rows { variables, rows }, columns }
    }

    /// A row for each stance of each cell, with the strongest claim of the cell.
    pub fn of_cells(rows: Vec<Vec<Option<Term>>>) -> Self {
        Self::new(&CELL.into_iter().chain(STRONGEST).collect::<Vec<_>>(), rows)
    }
}

/// Tells claims in words and terms.
pub struct Teller<'a> {
    record: &'a Record<'a>,
    said: &'a Said,
    labels: Labels<'a>,
    sentence: &'a dyn Fn(&str) -> Option<String>,
}

/// How many columns one side takes.
const PARTS: usize = 9;

impl<'a> Teller<'a> {
    /// `sentence` gives the sentence around a passage, by its IRI.
    pub fn new(record: &'a Record<'a>, said: &'a Said, sentence: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { record, said, labels: Labels::new(record), sentence }
    }

    /// The record.
    pub const fn record(&self) -> &'a Record<'a> {
        self.record
    }

    /// What was said.
    pub const fn said(&self) -> &'a Said {
        self.said
    }

    fn claim(&self, number: usize) -> Option<Claim<'a>> {
        self.record.claim(self.said.claims().get(number)?.id)
    }

    /// The parts of a claim in the order of the columns of a side; nothing for no claim.
    pub fn side(&self, number: Option<usize>) -> Vec<Option<Term>> {
        let Some((number, claim)) = number.and_then(|number| Some((number, self.claim(number)?))) else {
            return vec![None; PARTS];
        };
        let quads = self.record.quads();
        let passage = claim.passages.first().copied();
        let quote = passage.and_then(|passage| self.record.quote(passage).words);
        let date = self.said.date_of(&self.said.claims()[number]);
        vec![
            words(date),
            words(if claim.is_negated() { "not" } else { "" }),
            Some(node(quads.text(claim.predicate))),
            words(claim.modality.map(Modality::name).unwrap_or_default()),
            words(&self.by(&claim)),
            words(quote.unwrap_or_default()),
            passage.map(|passage| node(quads.text(passage))),
            words(&passage.and_then(|passage| (self.sentence)(quads.text(passage))).unwrap_or_default()),
            Some(node(quads.text(claim.id))),
        ]
    }

    /// What a claim says in a few words: `does not support (proposal)`.
    pub fn act(&self, number: usize) -> String {
        let Some(claim) = self.claim(number) else { return String::new() };
        let act = claim.relation.words_of(claim.verb, claim.is_negated());
        let how = claim.modality.filter(|modality| *modality != Modality::Asserted).map(Modality::name);
        how.map_or(act.clone(), |how| format!("{act} ({how})"))
    }

    /// On what a claim is.
    pub fn object(&self, number: usize) -> String {
        self.claim(number).map(|claim| crate::model::text::one_line(&self.labels.of(claim.object))).unwrap_or_default()
    }

    /// The words of a claim.
    pub fn quote(&self, number: usize) -> String {
        let claim = self.claim(number);
        let passage = claim.and_then(|claim| claim.passages.first().copied());
        passage.and_then(|passage| self.record.quote(passage).words).unwrap_or_default().to_owned()
    }

    /// Where a claim stands: `arc-2019, 1042–1100`.
    pub fn place(&self, number: usize) -> String {
        let claim = self.claim(number);
        let passage = claim.as_ref().and_then(|claim| claim.passages.first());
        let place = passage.and_then(|passage| Passage::parse(self.record.quads().text(*passage)));
        place
            .map(|place| format!("{}, {}–{}", self.labels.text(place.text), place.start, place.end))
            .unwrap_or_default()
    }

    /// `8 April 2021 · calls for (proposal) · arc-2021, 12–40`, behind a word that tells the side.
    pub fn line(&self, lead: &str, number: usize) -> String {
        let date = self.said.claims().get(number).map(|line| self.said.date_of(line)).unwrap_or_default();
        let parts = [lead.to_owned(), date.to_owned(), self.act(number), self.place(number)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    fn by(&self, claim: &Claim<'_>) -> String {
        let names: Vec<String> = self.record.said_by(claim).into_iter().map(|id| self.labels.of(id)).collect();
        names.join(", ")
    }

    /// What a thing is called, in short.
    pub fn name(&self, id: TermId) -> String {
        self.labels.brief(self.record.quads().text(id))
    }

    /// How sure two claims are together, as a number with two decimals.
    pub fn sure(&self, numbers: &[Option<usize>]) -> Option<Term> {
        let claims = numbers.iter().flatten().filter_map(|&number| self.said.claims().get(number));
        let least = claims
            .map(|line| line.confidence)
            .fold(None, |least: Option<f64>, next| Some(least.map_or(next, |least| least.min(next))));
        least.map(|least| Literal::new_typed_literal(format!("{least:.2}"), oxrdf::vocab::xsd::DECIMAL).into())
    }
}

/// Words as a term; nothing for none.
pub fn words(words: &str) -> Option<Term> {
    (!words.is_empty()).then(|| Literal::new_simple_literal(words).into())
}

fn node(iri: &str) -> Term {
    NamedNode::new_unchecked(iri).into()
}

/// The columns of changes for programs: what happened, then now and before.
pub fn change_heads() -> Vec<Head> {
    let mut heads: Vec<Head> = vec![
        ("date", "Date", false),
        ("change", "Change", false),
        ("sort", "Sort", false),
        ("topic", "Topic", false),
        ("matter", "Matter", false),
        ("note", "Note", false),
        ("sure", "Sure", false),
    ];
    heads.extend(NOW.iter().chain(&BEFORE).copied());
    heads
}

const NOW: [Head; PARTS] = [
    ("nowDate", "Said on", false),
    ("nowNot", "", false),
    ("nowAct", "Act", false),
    ("nowModality", "Put as", false),
    ("nowBy", "Said by", false),
    ("nowQuote", "Quote", false),
    ("nowWhere", "Where", false),
    ("nowSentence", "Sentence", false),
    ("claim", "Claim", false),
];

const BEFORE: [Head; PARTS] = [
    ("beforeDate", "Before", false),
    ("beforeNot", "", false),
    ("beforeAct", "Act before", false),
    ("beforeModality", "Put as before", false),
    ("beforeBy", "Said by before", false),
    ("beforeQuote", "Quote before", false),
    ("beforeWhere", "Where before", false),
    ("beforeSentence", "Sentence before", false),
    ("beforeClaim", "Claim before", false),
];

/// The columns for people.
const CHANGE_BRIEF: [Head; 9] = [
    ("date", "Date", false),
    ("change", "Change", false),
    ("topic", "Topic", false),
    ("matter", "Matter", false),
    ("note", "", false),
    ("nowNote", "", false),
    ("nowQuote", "", false),
    ("beforeNote", "", false),
    ("beforeQuote", "", false),
];

/// Changes as a table.
pub fn changes(teller: &Teller<'_>, changes: &Changes, reader: TableReader) -> Tabled {
    let row = |row: &super::ChangeRow| {
        let topic = row.topic.map(|topic| node(teller.record.quads().text(topic)));
        let start = [words(&row.date), words(row.kind.words())];
        if reader == TableReader::Person {
            let line = |lead: &str, number: Option<usize>| {
                words(&number.map(|number| teller.line(lead, number)).unwrap_or_default())
            };
            let quote = |number: Option<usize>| words(&number.map(|number| teller.quote(number)).unwrap_or_default());
            let last = if row.kind == ChangeKind::NotSaidAgain { "last said" } else { "before" };
            let rest = [
                words(&row.topic.map(|topic| teller.name(topic)).unwrap_or_default()),
                words(&row.matter),
                words(&row.note),
                line("now", row.now),
                quote(row.now),
                line(last, row.before),
                quote(row.before),
            ];
            return start.into_iter().chain(rest).collect::<Vec<Option<Term>>>();
        }
        let is_ask = row
            .now
            .or(row.before)
            .is_some_and(|number| teller.said.claims()[number].stance == crate::model::Stance::Asks);
        let rest = [
            words(if is_ask { "ask" } else { "stance" }),
            topic,
            words(&row.matter),
            words(&row.note),
            teller.sure(&[row.now, row.before]),
        ];
        start.into_iter().chain(rest).chain(teller.side(row.now)).chain(teller.side(row.before)).collect()
    };
    let rows = changes.rows.iter().map(row).collect();
    match reader {
        TableReader::Person => Tabled::new(&CHANGE_BRIEF, rows),
        TableReader::Program => Tabled::new(&change_heads(), rows),
    }
}

const FIRST: [Head; PARTS] = [
    ("firstDate", "Date", false),
    ("firstNot", "", false),
    ("firstAct", "Act", false),
    ("firstModality", "Put as", false),
    ("firstBy", "Said by", false),
    ("firstQuote", "Quote", false),
    ("firstWhere", "Where", false),
    ("firstSentence", "Sentence", false),
    ("claim", "Claim", false),
];

const SECOND: [Head; PARTS] = [
    ("secondDate", "Their date", false),
    ("secondNot", "", false),
    ("secondAct", "Their act", false),
    ("secondModality", "Put by them as", false),
    ("secondBy", "Said by them", false),
    ("secondQuote", "Their quote", false),
    ("secondWhere", "Their place", false),
    ("secondSentence", "Their sentence", false),
    ("secondClaim", "Their claim", false),
];

/// A comparison of two actors of these names as a table.
pub fn comparison(teller: &Teller<'_>, comparison: &Comparison, names: [&str; 2], reader: TableReader) -> Tabled {
    let part = |accord: Accord| match accord {
        Accord::Opposed => "opposed".to_owned(),
        Accord::Agreed => "agreed".to_owned(),
        Accord::OnlyFirst => format!("only {}", names[0]),
        Accord::OnlySecond => format!("only {}", names[1]),
    };
    let row = |row: &super::Pairing| {
        let start = vec![words(&part(row.accord))];
        let rest = if reader == TableReader::Person {
            let line = |lead: &str, number: Option<usize>| {
                words(&number.map(|number| teller.line(lead, number)).unwrap_or_default())
            };
            let quote = |number: Option<usize>| words(&number.map(|number| teller.quote(number)).unwrap_or_default());
            vec![
                words(&row.topic.map(|topic| teller.name(topic)).unwrap_or_default()),
                words(&row.matter),
                words(&row.note),
                line(names[0], row.first),
                quote(row.first),
                line(names[1], row.second),
                quote(row.second),
            ]
        } else {
            let topic = row.topic.map(|topic| node(teller.record.quads().text(topic)));
            let middle = vec![topic, words(&row.matter), words(&row.note), teller.sure(&[row.first, row.second])];
            middle.into_iter().chain(teller.side(row.first)).chain(teller.side(row.second)).collect()
        };
        start.into_iter().chain(rest).collect::<Vec<Option<Term>>>()
    };
    let rows = comparison.rows.iter().map(row).collect();
    let start: [Head; 4] =
        [("part", "Part", false), ("topic", "Topic", false), ("matter", "Matter", false), ("note", "Note", false)];
    let person: [Head; 4] =
        [("firstNote", "", false), ("firstQuote", "", false), ("secondNote", "", false), ("secondQuote", "", false)];
    let heads: Vec<Head> = match reader {
        TableReader::Person => start.into_iter().chain(person).collect(),
        TableReader::Program => start.into_iter().chain([("sure", "Sure", false)]).chain(FIRST).chain(SECOND).collect(),
    };
    Tabled::new(&heads, rows)
}
