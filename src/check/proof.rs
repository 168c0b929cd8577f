//! Quotes against the stored texts: the words of each passage must stand at its code points.

use std::collections::{BTreeMap, BTreeSet};

use crate::lift::vocabulary::rap;
use crate::lift::{Base, is_rule};
use crate::model::{Code, CodePoints, Passage};
use crate::record::{Record, TermId};
use crate::store::{Damage, Directory};

use super::finding::{Finding, Level};

/// Damaged segments and missing texts.
pub fn files(directory: &Directory, damages: &[Damage]) -> Vec<Finding> {
    let mut wrong: Vec<String> = damages.iter().map(Damage::to_string).collect();
    for sha256 in directory.documents().keys() {
        wrong.extend(directory.text(sha256).err().map(|damage| damage.to_string()));
        wrong.extend(directory.answers(sha256).err().map(|damage| damage.to_string()));
        wrong.extend(directory.source(sha256).err().map(|damage| damage.to_string()));
        wrong.extend(directory.original(sha256).err().map(|damage| damage.to_string()));
    }
    match (wrong.len(), directory.documents().len()) {
        (0, count) => {
            vec![Finding::ok(Code::STORE_DAMAGED.number(), format!("{} and their graphs are whole", texts(count)))]
        }
        _ => wrong
            .into_iter()
            .map(|text| Finding::new(Level::Fail, Code::STORE_DAMAGED.number(), text, Vec::new()))
            .collect(),
    }
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

/// Proves each quote and each offset.
pub fn quotes(directory: &Directory, record: &Record<'_>) -> Vec<Finding> {
    let stretches = gather(record);
    let (mut right, mut wrong, mut outside, mut unknown) = (0, Vec::new(), stretches.malformed, BTreeSet::new());
    for (digits, stretches) in &stretches.by_text {
        let Some(sha256) = directory.documents().keys().find(|sha256| sha256.starts_with(digits)) else {
            unknown.insert((*digits).to_owned());
            continue;
        };
        // A damaged text is reported as such; its quotes cannot be proved.
        let text = directory.text(sha256).unwrap_or_default();
        let points = CodePoints::new(&text);
        let length = points.of_byte(&text, text.len());
        for Stretch { place, quotes, from } in stretches {
            let names = || named(directory.base(), place, from);
            if place.start >= place.end || place.end > length {
                outside.extend(names());
                continue;
            }
            let found = &text[points.to_byte(&text, place.start)..points.to_byte(&text, place.end)];
            right += quotes.iter().filter(|quote| **quote == found).count();
            if !quotes.iter().all(|quote| *quote == found) {
                wrong.extend(names());
            }
        }
    }
    verdicts(right, wrong, outside, unknown)
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

/// Whether each claim names a rule that ships, a program that proposed it, or a reader.
pub fn rules(record: &Record<'_>) -> Finding {
    let code = Code::RULE_UNKNOWN.number();
    let mut unknown = BTreeMap::<&str, usize>::new();
    for row in record.said_with(rap::RULE).filter(|row| !is_rule(record.quads().text(row.object))) {
        *unknown.entry(record.quads().text(row.object)).or_default() += 1;
    }
    match unknown.values().sum() {
        0 => Finding::ok(code, "every claim names a rule that ships, a program or a reader"),
        count => {
            let verb = if count == 1 { "claim names a rule" } else { "claims name rules" };
            let rules = unknown.keys().map(|rule| (*rule).to_owned()).collect();
            Finding::new(
                Level::Warn,
                code,
                format!("{count} {verb} that do not ship").replace("rule that do", "rule that does"),
                rules,
            )
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
