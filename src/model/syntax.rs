//! Words and their dependency trees, in the terms of Universal Dependencies v2.

use compact_str::CompactString;

use super::{Deprel, Span, Upos};

/// A sentence: tokens in text order, each with its head.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Where, from the first token to the last.
    pub span: Span,
    /// Index into [`super::Document::blocks`].
    pub block: usize,
    /// The tokens; never empty.
    pub tokens: Vec<Token>,
}

impl Sentence {
    /// The sentence, of some in text order, that a byte lies in or that follows it.
    pub fn from(sentences: &[Sentence], byte: usize) -> Option<usize> {
        let at = sentences.partition_point(|sentence| sentence.span.end <= byte);
        (at < sentences.len()).then_some(at)
    }

    /// The sentence, of some in text order, that holds a whole span.
    pub fn around(sentences: &[Sentence], span: Span) -> Option<&Sentence> {
        sentences.get(Self::from(sentences, span.start)?).filter(|sentence| sentence.span.contains(span))
    }

    /// The tokens that lie wholly inside `span`, as a range of indices.
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.tokens.partition_point(|token| token.span.start < span.start);
        let last = self.tokens.partition_point(|token| token.span.end <= span.end);
        first..last.max(first)
    }

    /// The span from token `first` to token `last`, both included.
    pub fn span_of(&self, first: usize, last: usize) -> Span {
        Span::new(self.tokens[first].span.start, self.tokens[last].span.end)
    }
}

/// One word, number or punctuation mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Where; never empty, never crossing a blank.
    pub span: Span,
    /// Dictionary form, lower case except for proper nouns.
    pub lemma: CompactString,
    /// Part of speech.
    pub upos: Upos,
    /// Index of the head in the same sentence; `None` for the root.
    pub head: Option<u32>,
    /// Relation to the head.
    pub deprel: Deprel,
}
