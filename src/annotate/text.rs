//! A document as recognisers see it: its words are cut, folded and looked up once, for all of them.

use std::collections::HashMap;

use compact_str::CompactString;

use crate::model::{Document, Sentence, Span, ZoneKind};
use crate::seeds::Lexicon;

use super::NameMatcher;
use super::wording::Words;
use super::words::{Form, Word, cut};

/// All that recognisers look at.
pub(super) struct Text<'a> {
    /// The document.
    pub doc: &'a Document,
    /// Its sentences, in text order.
    pub sentences: &'a [Sentence],
    /// What is known of words.
    pub lexicon: &'a Lexicon,
    /// The names of the catalogue.
    pub names: &'a NameMatcher<'a>,
    /// The words, numbers and marks of each block but boilerplate.
    pub blocks: Vec<Words<'a>>,
    /// The words of all sentences, one after another.
    words: Vec<Word>,
    /// Where the words of each sentence end in `words`.
    ends: Vec<usize>,
    /// The ways in which words are written.
    forms: Vec<Form>,
}

impl<'a> Text<'a> {
    pub fn new(doc: &'a Document, sentences: &'a [Sentence], names: &'a NameMatcher<'a>, lexicon: &'a Lexicon) -> Self {
        let blocks = doc.blocks.iter().filter(|block| block.zone != ZoneKind::Boilerplate);
        let blocks = blocks.map(|block| Words::new(lexicon, &doc.text, block.span)).collect();
        let (words, ends, forms) = (Vec::new(), Vec::with_capacity(sentences.len()), Vec::new());
        let mut text = Self { doc, sentences, lexicon, names, blocks, words, ends, forms };
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        for sentence in sentences {
            for (span, shape) in cut(&doc.text, sentence.span) {
                let form = *numbers.entry(span.of(&doc.text)).or_insert_with_key(|form| {
                    text.forms.push(Form::new(form, lexicon));
                    u32::try_from(text.forms.len() - 1).unwrap_or(u32::MAX)
                });
                text.words.push(Word { span, shape, classes: text.forms[form as usize].classes, form });
            }
            text.ends.push(text.words.len());
        }
        text
    }

    /// The words of a sentence, by its number.
    pub fn words(&self, sentence: usize) -> &[Word] {
        let start = sentence.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.words[start..self.ends[sentence]]
    }

    /// Each sentence with its words.
    pub fn lines(&self) -> impl Iterator<Item = (&'a Sentence, &[Word])> {
        self.sentences.iter().enumerate().map(|(number, sentence)| (sentence, self.words(number)))
    }

    /// What a span covers.
    pub fn of(&self, span: Span) -> &'a str {
        span.of(&self.doc.text)
    }

    /// A word as written.
    pub fn form(&self, word: &Word) -> &'a str {
        self.of(word.span)
    }

    /// A word in lower case.
    pub fn lower(&self, word: &Word) -> &str {
        &self.forms[word.form as usize].lower
    }

    /// A word in lower case and in the singular.
    pub fn singular(&self, word: &Word) -> &CompactString {
        &self.forms[word.form as usize].singular
    }

    /// Whether nothing but blanks stands between two words.
    pub fn is_blank_between(&self, left: &Word, right: &Word) -> bool {
        self.of(Span::new(left.span.end, right.span.start)).chars().all(char::is_whitespace)
    }
}
