//! Blocks of text to sentences of tagged tokens with a dependency tree. It knows English, not our domain.
//!
//! Steps: [`tokens`] cut the text, [`sentences`] group them, then tags, heads and relations, and last the [`lemmas`].

pub mod conllu;
pub mod greedy;
pub mod lemmas;
pub mod sentences;
pub mod tokens;
mod words;

use std::sync::OnceLock;

use crate::model::{Block, Deprel, Document, Sentence, Span, Token, Upos};

/// The trained weights, ready to parse. Cheap to share, never changed.
#[derive(Debug)]
pub struct Model {
    tables: Option<greedy::Tables>,
}

/// One word of an [`Analysis`]: part of speech, head (`None` for the root), relation.
pub type Analysed = (Upos, Option<u32>, Deprel);

impl Model {
    /// The model that ships with the program, read at the first call.
    pub fn embedded() -> &'static Model {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Model::from_bytes(include_bytes!("../../seeds/model/english.bin")))
    }

    /// Reads a model file. A damaged one gives a model that calls every word `X` and hangs all on the first.
    pub fn from_bytes(bytes: &[u8]) -> Model {
        Model { tables: greedy::Tables::new(bytes) }
    }

    /// All sentences of a document, in text order; its gaps are passed over.
    pub fn parse_document(&self, document: &Document) -> Vec<Sentence> {
        self.parse_around(&document.text, &document.blocks, |span| document.gaps_in(span))
    }

    /// All sentences of the blocks, in text order. Spans are bytes of `text`; a block never shares a sentence with another.
    pub fn parse(&self, text: &str, blocks: &[Block]) -> Vec<Sentence> {
        self.parse_around(text, blocks, |_| &[])
    }

    fn parse_around<'a>(&self, text: &str, blocks: &[Block], gaps: impl Fn(Span) -> &'a [Span]) -> Vec<Sentence> {
        let mut out = Vec::new();
        let mut spans = Vec::new();
        for (index, block) in blocks.iter().enumerate() {
            spans.clear();
            tokens::tokenize(text, block.span, gaps(block.span), &mut spans);
            for range in sentences::split(text, &spans) {
                out.push(self.sentence(text, index, &spans[range]));
            }
        }
        out
    }

    /// Parses the tokens of one sentence.
    fn sentence(&self, text: &str, block: usize, spans: &[Span]) -> Sentence {
        let forms: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
        let tokens = self
            .analyse(&forms)
            .into_iter()
            .zip(spans)
            .map(|((upos, head, deprel), &span)| Token {
                span,
                lemma: lemmas::lemma(span.of(text), upos),
                upos,
                head,
                deprel,
            })
            .collect();
        let span = Span::new(spans.first().map_or(0, |span| span.start), spans.last().map_or(0, |span| span.end));
        Sentence { span, block, tokens }
    }

    /// Part of speech, head and relation of each word of one sentence.
    pub fn analyse(&self, forms: &[&str]) -> Vec<Analysed> {
        let Some(tables) = &self.tables else {
            return (0..forms.len()).map(|i| (Upos::X, (i > 0).then_some(0), Deprel::Dep)).collect();
        };
        let (tags, heads, labels) = greedy::parse(tables, forms);
        tags.into_iter().zip(heads).zip(labels).map(|((tag, head), label)| (tag, head, label)).collect()
    }
}
