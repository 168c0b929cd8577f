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
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use compact_str::CompactString;

use super::wording::Words;
use crate::model::{Document, Kind, Mention, MentionClass, Reading, Span, Symbol, SymbolKind};

/// All citations of a document, block by block, in text order: what [`super::values`] finds of this sort, boilerplate
/// included. For measurements and for readers who want nothing else.
pub fn citations(doc: &Document) -> Vec<Mention> {
    let mut found = doc
        .blocks
        .iter()
        .filter(|block| may_cite(doc.quote(block.span)))
        .flat_map(|block| find(doc, block.span, &Words::new(&doc.text, block.span)))
        .collect::<Vec<_>>();
    complete(&mut found);
    found
}

/// Completes symbols that lack a year or an organ ("resolution 2231", "resolution 26/4") where exactly one full symbol of
/// the same document has their number.
pub(super) fn complete(mentions: &mut [Mention]) {
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
    }
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

/// The citations of one block, whose words are given.
pub(super) fn find(doc: &Document, block: Span, words: &Words) -> Vec<Mention> {
    if !may_cite(doc.quote(block)) {
        return Vec::new();
    }
    let mut found = list::find(doc, words);
    found.extend(nominal::find(words, &found));
    found
}

/// Whether it is worth while to look closer: most blocks cite nothing.
pub(super) fn may_cite(text: &str) -> bool {
    static TRIGGERS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        AhoCorasick::new(["esolution", "ESOLUTION", "ecision", "ECISION", "UNSCR", "Res.", "/", "(I", "(V", "(X", "(L"])
            .ok()
    });
    TRIGGERS.as_ref().is_none_or(|triggers| triggers.is_match(text))
}

fn mention(span: Span, symbol: Symbol) -> Mention {
    let kind = if symbol.kind == SymbolKind::Document { Kind::Document } else { Kind::Resolution };
    Mention { span, kind, class: MentionClass::Named, reading: Reading::Symbol(symbol) }
}

#[cfg(test)]
mod tests;
