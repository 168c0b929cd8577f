//! Regions told apart by the compass and named together: "North and South Elbe".

use crate::model::{Kind, Mention, MentionClass, Mentions, Reading, Span};
use crate::seeds::WordClass;

use super::text::Text;
use super::words::{Shape, Word};

/// All of them; a name that is known already is left to those who know it.
pub(super) fn find(text: &Text, known: &Mentions) -> Vec<Mention> {
    let pairs = text.lines().flat_map(|(_, words)| words.windows(4).filter_map(|four| pair(text, known, four)));
    pairs.collect()
}

fn pair(text: &Text, known: &Mentions, words: &[Word]) -> Option<Mention> {
    let [one, and, other, name] = words else { return None };
    let side = |word: &Word| word.shape == Shape::Capital && WordClass::CompassPoint.has(text.lower(word));
    let joined = words.windows(2).all(|two| text.is_blank_between(&two[0], &two[1]));
    let is_name = name.shape == Shape::Capital
        && text.lexicon.kind_of_capital(text.singular(name)).is_none()
        && known.around(name.span).next().is_none();
    let span = Span::new(one.span.start, name.span.end);
    let fits = side(one) && text.form(and) == "and" && side(other) && joined && is_name;
    fits.then(|| Mention::new(span, Kind::Place, MentionClass::Named, Reading::Name))
}
