//! Quotes against the stored texts: the words of each passage must stand at its code points.

use std::collections::{BTreeMap, BTreeSet};

use crate::lift::vocabulary::rap;
use crate::lift::{Base, is_rule};
use crate::model::{Code, CodePoints, Passage};
use crate::record::{Record, TermId};
use crate::store::{Damage, Directory};

use super::finding::{Finding, Level};

/// Whether all files are whole.
pub fn files(directory: &Directory, damages: &[String]) -> Vec<Finding> {
    if damages.is_empty() {
        let count = directory.documents().len();
        return vec![Finding::ok(Code::STORE_DAMAGED.number(), format!("{} and their graphs are whole", texts(count)))];
    }
    let finding = |text: &String| Finding::new(Level::Fail, Code::STORE_DAMAGED.number(), text.as_str(), Vec::new());
    damages.iter().map(finding).collect()
}

/// What is damaged of the files that stand beside a document's segments.
pub fn beside(directory: &Directory, sha256: &str) -> Vec<Damage> {
    let parts = [
        directory.text(sha256).err(),
        directory.answers(sha256).err(),
        directory.source(sha256).err(),
        directory.original(sha256).err(),
    ];
    parts.into_iter().flatten().collect()
}

fn texts(count: usize) -> String {
    if count == 1 { "1 text".to_owned() } else { format!("{count} texts") }
}

/// A passage as the record has it.
struct Stretch<'r> {
    place: Passage<'r>,
    /// The words that the record says stand there.
    quotes: Vec<&'r str>,
    /// What leads to it: claims that rest on it, things that it mentions.
    from: Vec<&'r str>,
}

/// Passages by text, and what is wrong with those that have none.
#[derive(Default)]
struct Stretches<'r> {
    by_text: BTreeMap<&'r str, Vec<Stretch<'r>>>,
    malformed: Vec<String>,
}

/// What the quotes of some documents showed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotes {
    /// Quotes that stand where they should.
    pub right: usize,
    /// Claims whose quote does not.
    pub wrong: Vec<String>,
    /// Passages outside their texts, or that are none.
    pub outside: Vec<String>,
    /// Texts that the store does not hold.
    pub unknown: BTreeSet<String>,
}

impl Quotes {
    /// Proves each quote and each offset of a record.
    pub fn of(directory: &Directory, record: &Record<'_>) -> Self {
        let stretches = gather(record);
        let mut found = Self { outside: stretches.malformed, ..Self::default() };
        for (digits, stretches) in &stretches.by_text {
            let known = directory.documents().range((*digits).to_owned()..).next();
            let Some((sha256, _)) = known.filter(|(sha256, _)| sha256.starts_with(digits)) else {
                found.unknown.insert((*digits).to_owned());
                continue;
            };
            // A damaged text is reported as such; its quotes cannot be proved.
            let text = directory.text(sha256).unwrap_or_default();
            found.see(directory.base(), &text, stretches);
        }
        found
    }

    fn see(&mut self, base: &Base, text: &str, stretches: &[Stretch<'_>]) {
        let points = CodePoints::new(text);
        let length = points.of_byte(text, text.len());
        for Stretch { place, quotes, from } in stretches {
            let names = || named(base, place, from);
            if place.start >= place.end || place.end > length {
                self.outside.extend(names());
                continue;
            }
            let found = &text[points.to_byte(text, place.start)..points.to_byte(text, place.end)];
            self.right += quotes.iter().filter(|quote| **quote == found).count();
            if !quotes.iter().all(|quote| *quote == found) {
                self.wrong.extend(names());
            }
        }
    }

    /// Adds what others showed.
    pub fn absorb(&mut self, other: Self) {
        self.right += other.right;
        self.wrong.extend(other.wrong);
        self.outside.extend(other.outside);
        self.unknown.extend(other.unknown);
    }

    /// What there is to say.
    pub fn findings(self) -> Vec<Finding> {
        verdicts(self.right, self.wrong, self.outside, self.unknown)
    }
}

fn verdicts(right: usize, wrong: Vec<String>, outside: Vec<String>, unknown: BTreeSet<String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let place = "at their place in the stored texts";
    findings.push(match wrong.len() {
        0 => Finding::ok(Code::QUOTE_NOT_FOUND.number(), format!("{right} of {right} quotes found again {place}")),
        n => {
            let verb = if n == 1 { "claim rests on a quote that is" } else { "claims rest on quotes that are" };
            Finding::new(Level::Fail, Code::QUOTE_NOT_FOUND.number(), format!("{n} {verb} not {place}"), wrong)
        }
    });
    if !outside.is_empty() {
        let text = "passages lie outside their texts";
        findings.push(Finding::new(Level::Fail, Code::PASSAGE_OUTSIDE.number(), text, outside));
    }
    if !unknown.is_empty() {
        let text = "texts are quoted that the store does not hold, so that their quotes cannot be proved";
        findings.push(Finding::new(Level::Warn, Code::TEXT_MISSING.number(), text, unknown.into_iter().collect()));
    }
    findings
}

/// Rules that do not ship, and how many claims name each.
pub fn unknown_rules(record: &Record<'_>) -> BTreeMap<String, usize> {
    let mut unknown = BTreeMap::<String, usize>::new();
    for row in record.said_with(rap::RULE).filter(|row| !is_rule(record.quads().text(row.object))) {
        *unknown.entry(record.quads().text(row.object).to_owned()).or_default() += 1;
    }
    unknown
}

/// Whether each claim names a rule that ships, a program that proposed it, or a reader.
pub fn rules(unknown: BTreeMap<String, usize>) -> Finding {
    let code = Code::RULE_UNKNOWN.number();
    match unknown.values().sum() {
        0 => Finding::ok(code, "every claim names a rule that ships, a program or a reader"),
        count => {
            let verb = if count == 1 { "claim names a rule" } else { "claims name rules" };
            let text = format!("{count} {verb} that do not ship").replace("rule that do", "rule that does");
            Finding::new(Level::Warn, code, text, unknown.into_keys().collect())
        }
    }
}

/// All that should be a passage, in the order of texts and places.
fn gather<'r>(record: &'r Record<'_>) -> Stretches<'r> {
    let (quads, mut leads) = (record.quads(), BTreeMap::<TermId, Vec<&str>>::new());
    for row in [rap::EVIDENCE, rap::MENTIONED_IN].into_iter().flat_map(|property| record.said_with(property)) {
        if quads.iri(row.object).is_some() {
            leads.entry(row.object).or_default().push(quads.text(row.subject));
        }
    }
    for row in record.said_with(rap::QUOTE) {
        leads.entry(row.subject).or_default();
    }
    let mut stretches = Stretches::default();
    for (id, mut from) in leads {
        from.sort_unstable();
        let iri = quads.text(id);
        match Passage::parse(iri).filter(|place| place.base() == Some(record.base())) {
            Some(place) => {
                let quotes = record.texts(id, rap::QUOTE);
                stretches.by_text.entry(place.digits()).or_default().push(Stretch { place, quotes, from });
            }
            None => stretches.malformed.extend(std::iter::repeat_n(iri.to_owned(), from.len().max(1))),
        }
    }
    stretches.malformed.sort_unstable();
    stretches.by_text.values_mut().for_each(|stretches| stretches.sort_unstable_by_key(|stretch| stretch.place));
    stretches
}

/// The claims that rest on a passage, in short; without claims, the passage.
fn named(base: &Base, place: &Passage<'_>, from: &[&str]) -> Vec<String> {
    let claims = from.iter().filter_map(|iri| base.key(iri)?.strip_prefix("claim/"));
    let claims: Vec<String> = claims.map(str::to_owned).collect();
    let short = Passage { text: place.digits(), ..*place };
    if claims.is_empty() { vec![short.to_string()] } else { claims }
}
