//! One automaton over all names, with words as its letters: it starts anew at every word, so hits begin and end with
//! words, and it is built in a few milliseconds because a name of five words has five states and not fifty.

use rustc_hash::FxHashMap;

use crate::model::Span;

/// No word of any name.
const UNKNOWN: u32 = u32::MAX;

/// A trie of words. States are numbers; 0 is the start.
#[derive(Debug)]
pub(super) struct Automaton {
    words: FxHashMap<Box<str>, u32>,
    steps: FxHashMap<(u32, u32), u32>,
    /// For each state, the name that ends there.
    ends: Vec<Option<u32>>,
}

/// A name found in folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// Where in the folded text.
    pub(super) span: Span,
    /// Which name, as given by [`Automaton::add`].
    pub(super) name: u32,
}

impl Default for Automaton {
    fn default() -> Self {
        Self { words: FxHashMap::default(), steps: FxHashMap::default(), ends: vec![None] }
    }
}

impl Automaton {
    /// Takes in a folded name under a number. Gives the number of the name that was there before it, else its own.
    pub(super) fn add(&mut self, folded: &str, name: u32) -> u32 {
        let mut state = 0;
        for span in words(folded) {
            let word = self.intern(span.of(folded));
            state = *self.steps.entry((state, word)).or_insert_with(|| {
                self.ends.push(None);
                u32::try_from(self.ends.len() - 1).unwrap_or(0)
            });
        }
        match self.ends.get_mut(state as usize) {
            Some(end) if state > 0 => *end.get_or_insert(name),
            _ => name,
        }
    }

    fn intern(&mut self, word: &str) -> u32 {
        if let Some(&known) = self.words.get(word) {
            return known;
        }
        let next = u32::try_from(self.words.len()).unwrap_or(UNKNOWN);
        self.words.insert(word.into(), next);
        next
    }

    /// All names in a folded text, overlapping ones included, by start.
    pub(super) fn find(&self, folded: &str) -> Vec<Hit> {
        let spans: Vec<(Span, u32)> = words(folded).map(|span| (span, self.number(span.of(folded)))).collect();
        let mut hits = Vec::new();
        for (at, &(first, _)) in spans.iter().enumerate() {
            let mut state = 0;
            for &(last, word) in spans[at..].iter().take_while(|(_, word)| *word != UNKNOWN) {
                let Some(&next) = self.steps.get(&(state, word)) else { break };
                state = next;
                if let Some(name) = self.ends.get(state as usize).copied().flatten() {
                    hits.push(Hit { span: first.cover(last), name });
                }
            }
        }
        hits
    }

    fn number(&self, word: &str) -> u32 {
        self.words.get(word).copied().unwrap_or(UNKNOWN)
    }
}

/// The words of folded text: runs of letters and digits; every other character but a blank is a word by itself.
fn words(folded: &str) -> impl Iterator<Item = Span> + '_ {
    let mut rest = folded.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = rest.by_ref().find(|(_, c)| *c != ' ')?;
        let mut end = start + first.len_utf8();
        while first.is_alphanumeric()
            && let Some((at, c)) = rest.next_if(|(_, c)| c.is_alphanumeric())
        {
            end = at + c.len_utf8();
        }
        Some(Span::new(start, end))
    })
}

#[cfg(test)]
mod tests {
    use super::Automaton;

    #[test]
    fn hits_begin_and_end_with_words() {
        let mut automaton = Automaton::default();
        for (number, name) in (0..).zip(["harbour board", "harbour", "u.s.", "board of ships"]) {
            assert_eq!(automaton.add(name, number), number);
        }
        assert_eq!(automaton.add("harbour", 9), 1, "the first of the same name counts");
        let rows: [(&str, &[&str]); 5] = [
            ("the harbour board's", &["harbour", "harbour board"]),
            ("harbourside boards", &[]),
            ("the u.s. harbour", &["u.s.", "harbour"]),
            ("harbour board of ships", &["harbour", "harbour board", "board of ships"]),
            ("harbour. board", &["harbour"]),
        ];
        for (text, expected) in rows {
            let found: Vec<&str> = automaton.find(text).iter().map(|hit| hit.span.of(text)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
