//! Quotes against the stored texts: the words of each passage must stand at its code points.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{NamedOrBlankNode, Quad, Term};

use crate::lift::Base;
use crate::lift::vocabulary::rap;
use crate::model::{self, Code, CodePoints};
use crate::store::{Damage, Directory};

use super::finding::{Finding, Level};

/// Damaged segments and missing texts.
pub fn files(directory: &Directory, damages: &[Damage]) -> Vec<Finding> {
    let mut wrong: Vec<String> = damages.iter().map(Damage::to_string).collect();
    for sha256 in directory.documents().keys() {
        wrong.extend(directory.text(sha256).err().map(|damage| damage.to_string()));
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

/// A passage as the graph has it.
#[derive(Default)]
struct Passage<'a> {
    /// The words that the graph says stand there.
    quotes: Vec<&'a str>,
    /// What leads to it: claims that rest on it, things that it mentions.
    from: Vec<&'a str>,
}

/// Passages by text and place, and what is wrong with those that have none.
#[derive(Default)]
struct Passages<'a> {
    by_text: BTreeMap<&'a str, BTreeMap<(usize, usize), Passage<'a>>>,
    malformed: Vec<String>,
}

/// Proves each quote and each offset.
pub fn quotes(directory: &Directory, segments: &[Vec<Quad>]) -> Vec<Finding> {
    let passages = gather(directory.base(), segments);
    let (mut right, mut wrong, mut outside, mut unknown) = (0, Vec::new(), passages.malformed, BTreeSet::new());
    for (text_key, places) in &passages.by_text {
        let Some(sha256) = directory.documents().keys().find(|sha256| sha256.starts_with(text_key)) else {
            unknown.insert((*text_key).to_owned());
            continue;
        };
        // A damaged text is reported as such; its quotes cannot be proved.
        let text = directory.text(sha256).unwrap_or_default();
        let points = CodePoints::new(&text);
        let length = points.of_byte(&text, text.len());
        for (&(start, end), passage) in places {
            let names = || named(directory.base(), passage, text_key, start, end);
            if start >= end || end > length {
                outside.extend(names());
                continue;
            }
            let found = &text[points.to_byte(&text, start)..points.to_byte(&text, end)];
            let is_right = |quote: &&&str| **quote == found;
            right += passage.quotes.iter().filter(is_right).count();
            if !passage.quotes.iter().all(|quote| *quote == found) {
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

fn gather<'a>(base: &Base, segments: &'a [Vec<Quad>]) -> Passages<'a> {
    let mut passages = Passages::default();
    for quad in segments.iter().flatten() {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
        let (iri, quote, from) = match &quad.object {
            Term::Literal(words) if quad.predicate == rap::QUOTE => (subject.as_str(), Some(words.value()), None),
            Term::NamedNode(passage) if quad.predicate == rap::EVIDENCE || quad.predicate == rap::MENTIONED_IN => {
                (passage.as_str(), None, Some(subject.as_str()))
            }
            _ => continue,
        };
        match place(base, iri) {
            Some((text, span)) => {
                let passage = passages.by_text.entry(text).or_default().entry(span).or_default();
                passage.quotes.extend(quote);
                passage.from.extend(from);
            }
            None => passages.malformed.push(iri.to_owned()),
        }
    }
    passages
}

/// The text and code points that a passage's IRI names.
fn place<'a>(base: &Base, iri: &'a str) -> Option<(&'a str, (usize, usize))> {
    let passage = model::Passage::parse(base.key(iri)?)?;
    Some((passage.text.strip_prefix("text/")?, passage.place()))
}

/// The claims that rest on a passage, in short; without claims, the passage.
fn named(base: &Base, passage: &Passage<'_>, text: &str, start: usize, end: usize) -> Vec<String> {
    let claims = passage.from.iter().filter_map(|iri| base.key(iri)?.strip_prefix("claim/"));
    let claims: Vec<String> = claims.map(str::to_owned).collect();
    if claims.is_empty() { vec![model::Passage { text, start, end }.to_string()] } else { claims }
}
