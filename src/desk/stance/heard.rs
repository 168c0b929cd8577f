//! Where the words of a matter stand in the texts of an actor, whether a claim was found there or not: before an answer says
//! that something was not said, it looks here.

use std::collections::{BTreeSet, HashMap};

use super::stems::stems;

/// So many words of a matter are many.
const MANY: usize = 5;

/// The sentences of some texts, by their words.
#[derive(Default)]
pub struct Heard {
    /// The text of each sentence.
    texts: Vec<usize>,
    sentences: HashMap<String, Vec<u32>>,
}

impl Heard {
    /// Adds a text, under its number.
    pub fn add(&mut self, number: usize, text: &str) {
        for sentence in text.split(['.', ';', '?', '!', '\u{2029}']) {
            let words = stems(sentence);
            if words.is_empty() {
                continue;
            }
            let at = self.texts.len() as u32;
            self.texts.push(number);
            words.into_iter().for_each(|word| self.sentences.entry(word).or_default().push(at));
        }
    }

    /// The texts in which a sentence has most of the words: nearly all of few, half of many. What is put in many words is said
    /// again in others.
    pub fn texts_with(&self, words: &[String]) -> BTreeSet<usize> {
        let needed = if words.len() < MANY { (3 * words.len()).div_ceil(4).max(1) } else { words.len().div_ceil(2) };
        let mut lists: Vec<&[u32]> =
            words.iter().map(|word| self.sentences.get(word).map_or(&[][..], Vec::as_slice)).collect();
        lists.sort_by_key(|list| list.len());
        // A sentence that lacks at most so many has one of these.
        let rarest = (lists.len() + 1).saturating_sub(needed);
        let candidates: BTreeSet<u32> = lists.iter().take(rarest).flat_map(|list| list.iter().copied()).collect();
        let has_enough =
            |sentence: &u32| lists.iter().filter(|list| list.binary_search(sentence).is_ok()).count() >= needed;
        candidates.into_iter().filter(has_enough).map(|sentence| self.texts[sentence as usize]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Heard, stems};

    #[test]
    fn words_are_heard_in_one_sentence_only() {
        let mut heard = Heard::default();
        heard.add(3, "We want dues lowered in every harbour. The fog horn is old.");
        heard.add(5, "The harbour is full. Dues are high.");
        heard.add(9, "Lower the dues of harbours!");
        let texts = |words: &str| heard.texts_with(&stems(words)).into_iter().collect::<Vec<_>>();
        assert_eq!(texts("harbour dues"), [3, 9]);
        assert_eq!(texts("fog horns"), [3]);
        assert_eq!(texts("dues of lighthouses"), [] as [usize; 0]);
        assert_eq!(texts("of the"), [] as [usize; 0]);
        assert_eq!(texts("lowering dues of foreign harbours on Sunday mornings"), [3, 9], "half of many");
    }
}
