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

use crate::model::{Document, Mention, Mentions, Sentence};
use crate::seeds::Lexicon;

/// All mentions of a document, nested or disjoint. `values` and `names` are what the
/// recognisers of this module with the same names found.
pub fn annotate(
    doc: &Document,
    sentences: &[Sentence],
    values: Vec<Mention>,
    names: Vec<Mention>,
    lexicon: &Lexicon,
) -> Mentions {
    let names = names::standing(doc, sentences, names, lexicon);
    let known = Mentions::default().with(values).with(names);
    let known = Mentions::default().with(persons::find(doc, sentences, lexicon, &known)).with(known.into_vec());
    let proper = proper::find(&proper::Context { doc, lexicon, known: &known }, sentences);
    let known = known.with(issuer::find(doc, lexicon));
    let known = known.with(people::addressed(doc, sentences)).with(entitled::find(doc, sentences)).with(proper);
    let acronyms = acronyms::find(doc, sentences, &known);
    let known = known.with(acronyms);
    let groupings = groupings::find(doc, sentences, lexicon, &known);
    let known = known.with(groupings);
    let gatherings = gatherings::find(doc, sentences, &known);
    let known = known.with(gatherings);
    let mut phrases = phrases::find(doc, sentences, lexicon, &known);
    entitled::with_symbols(doc, &mut phrases, &known);
    nesting::without_heads(&doc.text, known.with(people::pronouns(doc, sentences)).with(phrases))
}
