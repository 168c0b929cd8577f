//! Blocks of text to sentences of tagged tokens with a dependency tree. It knows English, not our domain.
//!
//! Steps: [`tokens`] cut the text, [`sentences`] group them, a small recurrent [`network`] gives tags, heads and relations, and
//! [`lemmas`] the dictionary forms. `examples/train_syntax` makes the weights, `examples/measure_syntax` measures them.

pub mod activation;
mod arborescence;
mod asides;
pub mod breaks;
pub mod conllu;
pub mod features;
mod integers;
pub mod lemmas;
mod lists;
pub mod lookup;
mod network;
mod projective;
pub mod sentences;
pub mod shape;
mod shared;
pub mod tokens;
pub mod weights;
mod words;

use std::ops::Range;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::model::{Block, Deprel, Diagnostic, Document, Sentence, Severity, Span, Token, Upos, ZoneKind};
use compact_str::CompactString;
use features::Features;
use lemmas::Hints;
use network::Workspace;
use weights::Weights;

/// Sentences that are worth more than one core.
const MANY: usize = 256;

/// The trained weights, ready to parse. Cheap to share, never changed.
#[derive(Debug)]
pub struct Model {
    weights: Option<Weights>,
}

/// One word of an analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Analysed<'m> {
    /// Part of speech.
    pub upos: Upos,
    /// The finer English tag, such as `VBN`; empty if unknown.
    pub fine: &'m str,
    /// Index of the head; `None` for the root.
    pub head: Option<u32>,
    /// Relation to the head.
    pub deprel: Deprel,
}

impl Analysed<'_> {
    /// The dictionary form of `form`, the word number `index` of its sentence.
    pub fn lemma(&self, form: &str, index: usize) -> CompactString {
        lemmas::lemma(form, self.upos, Hints { opens: index == 0, plural_name: self.fine == "NNPS" })
    }
}

impl Model {
    /// The model that ships with the program, read at the first call.
    pub fn embedded() -> &'static Model {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Model::from_bytes(include_bytes!("../../seeds/model/english.bin")))
    }

    /// Reads a model file. A damaged one gives a model that calls every word `X` and hangs all on the first.
    pub fn from_bytes(bytes: &'static [u8]) -> Model {
        Model { weights: Weights::read(bytes) }
    }

    /// All sentences of a document's own words, in text order: boilerplate is left out, gaps are passed over. With remarks
    /// on what was too long to be parsed as one sentence.
    pub fn parse_document(&self, document: &Document) -> (Vec<Sentence>, Vec<Diagnostic>) {
        let own = document.blocks.iter().enumerate().filter(|(_, block)| block.zone != ZoneKind::Boilerplate);
        self.parse_around(&document.text, own, |span| document.gaps_in(span))
    }

    /// All sentences of the blocks, in text order. Spans are bytes of `text`; a block never shares a sentence with another.
    pub fn parse(&self, text: &str, blocks: &[Block]) -> Vec<Sentence> {
        self.parse_around(text, blocks.iter().enumerate(), |_| &[]).0
    }

    fn parse_around<'a>(
        &self,
        text: &str,
        blocks: impl Iterator<Item = (usize, &'a Block)> + Clone,
        gaps: impl Fn(Span) -> &'a [Span],
    ) -> (Vec<Sentence>, Vec<Diagnostic>) {
        let mut remarks = Vec::new();
        let (mut spans, mut own) = (Vec::new(), Vec::new());
        let mut cut: Vec<(usize, Range<usize>)> = Vec::new();
        let guess = lines_are_lost(blocks.clone().map(|(_, block)| block.span.len()));
        for (index, block) in blocks {
            own.clear();
            tokens::tokenize(text, block.span, gaps(block.span), &mut own);
            for stretch in sentences::split(text, &own, guess) {
                remarks.extend(too_long(&own[stretch.clone()]));
                let parts = sentences::cut_long(text, &own, stretch).into_iter();
                cut.extend(parts.map(|part| (index, spans.len() + part.start..spans.len() + part.end)));
            }
            spans.extend_from_slice(&own);
        }
        (self.parse_all(text, &spans, &cut), remarks)
    }

    /// Parses sentences, each the number of its block and its tokens among all. Those of a long text go to all cores; each is
    /// parsed by itself, so that the result is the same.
    fn parse_all(&self, text: &str, spans: &[Span], sentences: &[(usize, Range<usize>)]) -> Vec<Sentence> {
        let parse = |parser: &mut Parser<'_>, (block, range): &(usize, Range<usize>)| {
            parser.sentence(text, *block, &spans[range.clone()])
        };
        if sentences.len() < MANY {
            let mut parser = Parser::new(self);
            return sentences.iter().map(|sentence| parse(&mut parser, sentence)).collect();
        }
        sentences.par_iter().with_min_len(MANY / 8).map_init(|| Parser::new(self), parse).collect()
    }
}

/// The remark that a stretch of words is parsed in parts.
fn too_long(tokens: &[Span]) -> Option<Diagnostic> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    (tokens.len() > sentences::LONGEST).then(|| Diagnostic {
        severity: Severity::Note,
        message: format!(
            "{} words without an end of a sentence, read in parts of {}",
            tokens.len(),
            sentences::LONGEST
        ),
        span: Some(first.cover(*last)),
    })
}

/// Whether blocks of these lengths, in bytes, are too long on average to be paragraphs and headings.
fn lines_are_lost(lengths: impl Iterator<Item = usize>) -> bool {
    const PARAGRAPH: usize = 1500;
    let (count, total) = lengths.fold((0, 0), |(count, total), length| (count + 1, total + length));
    total > count * PARAGRAPH
}

/// A model at work: keeps its scratch space from one sentence to the next.
#[derive(Debug)]
pub struct Parser<'m> {
    model: &'m Model,
    words: Vec<Features>,
    workspace: Workspace,
}

impl<'m> Parser<'m> {
    /// Puts a model to work.
    pub fn new(model: &'m Model) -> Self {
        Self { model, words: Vec::new(), workspace: Workspace::default() }
    }

    /// Tags, head and relation of each word of one sentence.
    pub fn analyse<'f>(&mut self, forms: impl Iterator<Item = &'f str>) -> impl Iterator<Item = Analysed<'m>> {
        self.words.clear();
        match &self.model.weights {
            Some(weights) => {
                self.words.extend(forms.map(|form| Features::of(form, &weights.classes)));
                self.workspace.run(weights, &self.words);
            }
            None => self.workspace.give_up(forms.count()),
        }
        let (workspace, weights) = (&self.workspace, self.model.weights.as_ref());
        (0..workspace.heads.len()).map(move |i| {
            let tag = workspace.tags[i] as usize;
            Analysed {
                upos: weights.and_then(|weights| weights.tags.get(tag)).copied().unwrap_or(Upos::X),
                fine: weights.and_then(|weights| weights.fine.get(tag)).map_or("", String::as_str),
                head: workspace.heads[i],
                deprel: workspace.labels[i],
            }
        })
    }

    /// The words of one stretch, each with its head in it.
    fn tokens(&mut self, text: &str, spans: &[Span]) -> Vec<Token> {
        let words = self.analyse(spans.iter().map(|span| span.of(text))).zip(spans).enumerate();
        words
            .map(|(i, (word, &span))| Token {
                span,
                lemma: word.lemma(span.of(text), i),
                upos: word.upos,
                head: word.head,
                deprel: word.deprel,
            })
            .collect()
    }

    /// Parses the tokens of one sentence of `text`, which lies in block number `block`.
    pub fn sentence(&mut self, text: &str, block: usize, spans: &[Span]) -> Sentence {
        let asides = asides::find(text, spans);
        let mut tokens = if asides.is_empty() {
            self.tokens(text, spans)
        } else {
            let told: Vec<Span> = asides::outside(spans, &asides).collect();
            let mut parts = vec![self.tokens(text, &told)];
            parts.extend(asides.iter().map(|aside| self.tokens(text, &spans[aside.start + 1..aside.end - 1])));
            asides::join(spans, &asides, parts)
        };
        shared::hang(&mut tokens);
        lists::mend(text, &mut tokens);
        let span = Span::new(spans.first().map_or(0, |span| span.start), spans.last().map_or(0, |span| span.end));
        Sentence { span, block, tokens }
    }
}

#[cfg(test)]
mod tests {
    use super::{MANY, Model};
    use crate::model::{Block, BlockKind, Span, ZoneKind};

    #[test]
    fn many_sentences_are_parsed_as_one_by_one() {
        let (mut text, mut blocks) = (String::new(), Vec::new());
        for number in 0..MANY + 40 {
            let start = text.len();
            text.push_str(&format!("Delegation {number} supports the {} proposals of the Chair.", number % 7));
            let span = Span::new(start, text.len());
            blocks.push(Block { span, kind: BlockKind::Paragraph, zone: ZoneKind::Body });
            text.push('\n');
        }
        let model = Model::embedded();
        let together = model.parse(&text, &blocks);
        let alone = blocks.iter().flat_map(|block| model.parse(&text, std::slice::from_ref(block)));
        assert!(together.len() >= MANY);
        for (at, (sentence, alone)) in together.iter().zip(alone).enumerate() {
            assert_eq!((sentence.block, sentence.span), (at, alone.span));
            assert_eq!(format!("{:?}", sentence.tokens), format!("{:?}", alone.tokens));
        }
    }
}
