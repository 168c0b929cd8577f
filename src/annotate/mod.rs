//! What is seen: mentions of names, instruments, values, people, terms. One file per sort; [`annotate`] puts them together.

mod acronyms;
mod dates;
mod entitled;
mod gatherings;
mod groupings;
mod issuer;
mod laws;
mod money;
mod names;
mod nesting;
mod numerals;
mod people;
mod persons;
mod phrases;
mod proper;
mod provisions;
mod quantities;
mod sessions;
mod symbols;
mod taken;
mod titles;
mod values;
mod wording;
mod words;

pub use names::{NameMatcher, names};
pub use symbols::citations;
pub use values::values;

use crate::model::{Document, Mention, Sentence};
use crate::seeds::Lexicon;

/// All mentions of a document: by start, then longest first; nested or disjoint. `values` and `names` are what the
/// recognisers of this module with the same names found.
pub fn annotate(
    doc: &Document,
    sentences: &[Sentence],
    values: Vec<Mention>,
    names: Vec<Mention>,
    lexicon: &Lexicon,
) -> Vec<Mention> {
    let names = names::standing(doc, sentences, names, lexicon);
    let known = nesting::merge([values, names]);
    let known = nesting::merge([persons::find(doc, sentences, lexicon, &known), known]);
    let proper = proper::find(&proper::Context { doc, lexicon, known: &known }, sentences);
    let issuer = issuer::find(doc, lexicon).into_iter().collect();
    let known = nesting::merge([known, issuer]);
    let known = nesting::merge([known, people::addressed(doc, sentences), entitled::find(doc, sentences), proper]);
    let acronyms = acronyms::find(doc, sentences, &known);
    let known = nesting::merge([known, acronyms]);
    let groupings = groupings::find(doc, sentences, lexicon, &known);
    let known = nesting::merge([known, groupings]);
    let gatherings = gatherings::find(doc, sentences, &known);
    let known = nesting::merge([known, gatherings]);
    let mut phrases = phrases::find(doc, sentences, lexicon, &known);
    entitled::with_symbols(doc, &mut phrases, &known);
    nesting::without_heads(&doc.text, nesting::merge([known, people::pronouns(doc, sentences), phrases]))
}
