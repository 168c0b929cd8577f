//! All value-like mentions of a document: symbols, provisions, laws, sessions, dates, money, quantities.

use super::quantities::Tags;
use super::wording::Words;
use super::{dates, laws, money, provisions, quantities, sessions, symbols};
use crate::model::{Document, Mention, Sentence, Span, ZoneKind};

/// The value-like mentions of all blocks but boilerplate: by start, then longest first; they nest or are disjoint.
///
/// `sentences` (in text order) may be empty: tags only sharpen where the counted noun of a quantity ends.
pub fn values(doc: &Document, sentences: &[Sentence]) -> Vec<Mention> {
    let finder = Finder { doc, hint: dates::Hint::of(doc), tags: Tags(sentences) };
    let blocks = doc.blocks.iter().filter(|block| block.zone != ZoneKind::Boilerplate);
    blocks.flat_map(|block| finder.in_block(block.span)).collect()
}

struct Finder<'a> {
    doc: &'a Document,
    hint: dates::Hint,
    tags: Tags<'a>,
}

impl Finder<'_> {
    /// What each recogniser finds, the surest first: a later one does not cross what an earlier one has.
    fn in_block(&self, block: Span) -> Vec<Mention> {
        let words = Words::new(&self.doc.text, block);
        let mut found = symbols::find(self.doc, block, &words);
        let provisions = provisions::find(&words, &found);
        let sessions = sessions::find(&words, &spans(&found));
        add(&mut found, provisions);
        add(&mut found, laws::find(&words));
        add(&mut found, sessions);
        let mut taken = cited(&found);
        let dates = dates::find(&words, self.hint, &taken);
        taken.extend(spans(&dates));
        let money = money::find(&words, &taken);
        taken.extend(spans(&money));
        let quantities = quantities::find(&words, &self.tags, &taken);
        add(&mut found, dates);
        add(&mut found, money);
        add(&mut found, quantities);
        found.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
        found
    }
}

fn spans(mentions: &[Mention]) -> Vec<Span> {
    mentions.iter().map(|mention| mention.span).collect()
}

/// Where numbers are parts of codes and provisions already: all but laws and meetings, whose names may hold a year.
fn cited(found: &[Mention]) -> Vec<Span> {
    use crate::model::Reading::{Provision, Symbol};
    let coded = found.iter().filter(|mention| matches!(mention.reading, Symbol(_) | Provision { .. }));
    coded.map(|mention| mention.span).collect()
}

fn add(found: &mut Vec<Mention>, more: Vec<Mention>) {
    for mention in more {
        let clash = found.iter().any(|other| other.span.crosses(mention.span) || other.span == mention.span);
        if !clash {
            found.push(mention);
        }
    }
}
