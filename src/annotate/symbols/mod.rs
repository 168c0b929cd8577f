//! UN symbols and citations of resolutions and decisions: each to one canonical symbol.
//!
//! Two things start a reading: a word with slashes that has the form of a symbol (`A/74/130`), and the words "resolution"
//! and "decision" with numbers after them ("its resolutions 46/7 of 2 May 1991, 60/12 and 65/23"). A number in a
//! list means what its own shape and the nearest organ say.

mod code;
mod list;
mod nominal;
mod number;
mod organ;

use std::collections::{BTreeMap, BTreeSet};

use compact_str::{CompactString, format_compact};

use super::text::Text;
use super::wording::{Shape, Words};
use crate::model::{Document, Kind, Mention, MentionClass, Mentions, Reading, Span, Symbol, SymbolKind};
use crate::seeds::{Lexicon, WordClass, series};

/// All citations of a text, in text order.
pub(super) fn find(text: &Text, _: &Mentions) -> Vec<Mention> {
    let mut found: Vec<Mention> = text.blocks.iter().flat_map(|words| in_block(text.doc, words)).collect();
    complete(text.doc, &mut found);
    found
}

/// All citations of a document, boilerplate included. For measurements and for readers who want nothing else.
pub fn citations(doc: &Document) -> Vec<Mention> {
    let words = doc.blocks.iter().map(|block| Words::new(Lexicon::embedded(), &doc.text, block.span));
    let mut found: Vec<Mention> = words.flat_map(|words| in_block(doc, &words)).collect();
    complete(doc, &mut found);
    found
}

/// Completes symbols that lack a year or an organ ("resolution 2231", "resolution 26/4") where exactly one full symbol of
/// the same document has their number; else those of the two long series, whose numbers tell when they were adopted.
fn complete(doc: &Document, mentions: &mut [Mention]) {
    let mut full: BTreeMap<CompactString, BTreeSet<CompactString>> = BTreeMap::new();
    for symbol in mentions.iter().filter_map(|mention| symbol_of(&mention.reading)) {
        for short in short_forms(&symbol.text) {
            full.entry(short).or_default().insert(symbol.text.clone());
        }
    }
    for mention in mentions {
        let Reading::Symbol(symbol) = &mut mention.reading else { continue };
        if let Some(candidates) = full.get(&symbol.text)
            && let (Some(only), 1) = (candidates.first(), candidates.len())
        {
            symbol.text = only.clone();
        }
        if let Some(dated) = dated(doc, &symbol.text) {
            symbol.text = dated;
        }
    }
}

/// A symbol of a long series with its year or session: `S/RES/1373 (2001)`, `A/RES/3314 (XXIX)`; `None` if it has one
/// already, or if the table does not tell.
fn dated(doc: &Document, text: &str) -> Option<CompactString> {
    let of_council = || {
        let number = text.strip_prefix("S/RES/")?.parse().ok()?;
        let year = series::council_year(number).filter(|year| year_of(doc).is_none_or(|now| *year <= now))?;
        Some(format_compact!("{text} ({year})"))
    };
    let of_assembly = || {
        let number = text.strip_prefix("A/RES/")?.parse().ok()?;
        Some(format_compact!("{text} ({})", series::assembly_session(number)?))
    };
    of_council().or_else(of_assembly)
}

/// The year of a document.
fn year_of(doc: &Document) -> Option<u32> {
    doc.metadata.date.as_ref()?.value.start().get(..4)?.parse().ok()
}

const fn symbol_of(reading: &Reading) -> Option<&Symbol> {
    match reading {
        Reading::Symbol(symbol) => Some(symbol),
        _ => None,
    }
}

/// What is left of a symbol without its year, and without its organ.
fn short_forms(text: &str) -> impl Iterator<Item = CompactString> + '_ {
    let undated = text.strip_prefix("S/RES/").and_then(|_| text.split_once(" (")).map(|(number, _)| number.into());
    let series = ["/RES/", "/DEC/"].iter().find_map(|series| text.find(series)).map(|at| text[at + 1..].into());
    [undated, series].into_iter().flatten()
}

/// The citations of one block.
pub(super) fn in_block(doc: &Document, words: &Words) -> Vec<Mention> {
    if !may_cite(words) {
        return Vec::new();
    }
    let cited = Mentions::new(list::find(doc, words));
    let nominal = nominal::find(words, &cited);
    let mut found = cited.into_vec();
    found.extend(nominal);
    found
}

/// Whether it is worth while to look closer: most blocks cite nothing.
fn may_cite(words: &Words) -> bool {
    (0..words.len()).any(|i| match words.shape(i) {
        Shape::Slashed => true,
        Shape::Mark('(') => words.shape(i + 1) == Shape::Upper,
        _ => words.is_a(i, WordClass::CitationWord),
    })
}

fn mention(span: Span, symbol: Symbol) -> Mention {
    let kind = if symbol.kind == SymbolKind::Document { Kind::Document } else { Kind::Resolution };
    Mention::new(span, kind, MentionClass::Named, Reading::Symbol(symbol))
}

#[cfg(test)]
mod tests;
