//! What is seen: mentions of names, instruments, values, people, terms. One file per sort, each a recogniser of one
//! shape; the table in this file tells their order, and [`annotate`] asks them one after another.

mod acronyms;
mod compass;
mod dated;
mod dates;
mod delegates;
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
mod text;
mod titles;
mod wording;
mod words;

pub use names::NameMatcher;
pub use symbols::citations;

use crate::model::{Document, Mention, Mentions, Sentence};
use crate::seeds::Lexicon;

use text::Text;

/// One way of seeing mentions.
struct Recogniser {
    /// What its mentions say they were found by.
    name: &'static str,
    /// What it finds in a text, given what the recognisers before it have found.
    find: fn(&Text<'_>, &Mentions) -> Vec<Mention>,
    /// Before whose finds its own stand, though it is asked later.
    over: Yielding,
}

/// Whose finds yield to those of a later recogniser. All others stand: what is found first is trusted most.
#[derive(Clone, Copy)]
enum Yielding {
    Nobody,
    One(&'static str),
    All,
}

impl Recogniser {
    const fn new(name: &'static str, find: fn(&Text<'_>, &Mentions) -> Vec<Mention>) -> Self {
        Self { name, find, over: Yielding::Nobody }
    }

    const fn over(self, over: Yielding) -> Self {
        Self { over, ..self }
    }

    /// Adds what it finds to what is known.
    fn add(&self, text: &Text<'_>, known: Mentions) -> Mentions {
        let mut found = (self.find)(text, &known);
        found.iter_mut().for_each(|mention| mention.by = self.name);
        let yields = |mention: &Mention| match self.over {
            Yielding::Nobody => false,
            Yielding::One(name) => mention.by == name,
            Yielding::All => true,
        };
        match self.over {
            Yielding::Nobody => known.with(found),
            Yielding::One(_) | Yielding::All => {
                let (yielding, standing): (Vec<_>, Vec<_>) = known.into_vec().into_iter().partition(yields);
                Mentions::new(standing).with(found).with(yielding)
            }
        }
    }
}

/// All recognisers in the order in which they are asked.
const RECOGNISERS: &[Recogniser] = &[
    // Grammars of signs first: what they read can hardly be anything else. Each takes the numbers that the next might
    // take for its own: a symbol's before a provision's, a provision's before a date's, a date's before a count's.
    Recogniser::new("symbols", symbols::find),
    Recogniser::new("laws", laws::find),
    // After laws and symbols, whose parts provisions are.
    Recogniser::new("provisions", provisions::find),
    Recogniser::new("sessions", sessions::find),
    Recogniser::new("dates", dates::find),
    Recogniser::new("dated", dated::find),
    Recogniser::new("money", money::find),
    Recogniser::new("quantities", quantities::find),
    // The catalogue's names: sure of what they name, less sure of where it ends than a grammar.
    Recogniser::new("names", names::find),
    // A person's name may hold the name of a place or a body, which then is none.
    Recogniser::new("persons", persons::find).over(Yielding::All),
    // Their names hold those of States and organisations.
    Recogniser::new("delegates", delegates::find),
    Recogniser::new("compass", compass::find),
    // Capitals and head nouns: from here on kinds are guessed from words.
    Recogniser::new("proper", proper::find),
    // Marked by the layout or by quotation marks, and therefore surer than capitals.
    Recogniser::new("issuer", issuer::find).over(Yielding::One("proper")),
    Recogniser::new("addressed", people::addressed).over(Yielding::One("proper")),
    Recogniser::new("entitled", entitled::find).over(Yielding::One("proper")),
    // Acronyms need the long names that explain them; groupings need to know that nothing else has explained them.
    Recogniser::new("acronyms", acronyms::find),
    Recogniser::new("groupings", groupings::find),
    // Needs the dates and places of meetings.
    Recogniser::new("gatherings", gatherings::find),
    Recogniser::new("pronouns", people::pronouns),
    // Last: a phrase is what is left of a noun when nothing names it.
    Recogniser::new("phrases", phrases::find),
];

/// All mentions of a document, nested or disjoint. `sentences` (in text order) may be empty: then nothing is found that
/// needs a tree.
pub fn annotate(doc: &Document, sentences: &[Sentence], names: &NameMatcher<'_>, lexicon: &Lexicon) -> Mentions {
    let text = Text::new(doc, sentences, names, lexicon);
    let known = RECOGNISERS.iter().fold(Mentions::default(), |known, recogniser| recogniser.add(&text, known));
    nesting::without_heads(&text, known)
}

#[cfg(test)]
mod tests;
