//! Measures the tagger and parser: `cargo run --release --example measure_syntax -- TREEBANK_DIR [MODEL]`.
//!
//! From gold tokens and from raw text (words aligned by their characters, blanks left out, as the CoNLL 2018 scorer does),
//! then speed on one core and load time. LAS compares relations without subtypes, as CoNLL 2018; LAS+ with them.

use std::collections::HashMap;
use std::io::Read;
use std::time::Instant;

use rapporteur::model::{Block, BlockKind, Sentence, Span, ZoneKind};
use rapporteur::syntax::conllu::{self, Gold};
use rapporteur::syntax::{Model, Parser};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let bytes = arguments.get(2).map(|path| std::fs::read(path).unwrap());
    let start = Instant::now();
    let own = bytes.map(|bytes| Model::from_bytes(bytes.leak()));
    let model = own.as_ref().unwrap_or_else(|| Model::embedded());
    let load = start.elapsed();
    for part in ["dev", "test", "test-pud"] {
        let gold = read(&format!("{}/{part}.conllu.gz", arguments[1]));
        from_tokens(model, part, &gold);
        from_text(model, part, &gold, false);
        from_text(model, part, &gold, true);
    }
    let gold = read(&format!("{}/test.conllu.gz", arguments[1]));
    println!("load {:.2} ms", load.as_secs_f64() * 1000.0);
    speed(model, &gold);
}

fn read(path: &str) -> Vec<Gold> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    conllu::read(&text)
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

fn from_tokens(model: &Model, part: &str, gold: &[Gold]) {
    let [mut words, mut upos, mut uas, mut las, mut strict, mut lemma] = [0; 6];
    let mut parser = Parser::new(model);
    for sentence in gold {
        let forms = sentence.forms.iter().map(String::as_str);
        for (i, word) in parser.analyse(forms).enumerate() {
            let (tag, head, label) = (word.upos, word.head, word.deprel);
            words += 1;
            upos += (tag == sentence.upos[i]) as usize;
            let found = word.lemma(&sentence.forms[i], i);
            lemma += (found == sentence.lemmas[i]) as usize;
            if found != sentence.lemmas[i] && std::env::var_os("MISSES").is_some() {
                println!("lemma {} {} {found} not {}", sentence.forms[i], tag.name(), sentence.lemmas[i]);
            }
            if head == sentence.heads[i] {
                uas += 1;
                las += (label.base() == sentence.deprels[i].base()) as usize;
                strict += (label == sentence.deprels[i]) as usize;
            }
        }
    }
    println!(
        "{part:9} gold tokens: UPOS {:.2} lemma {:.2} UAS {:.2} LAS {:.2} LAS+ {:.2}",
        percent(upos, words),
        percent(lemma, words),
        percent(uas, words),
        percent(las, words),
        percent(strict, words)
    );
}

/// Word spans by characters without blanks, heads and labels, sentence spans.
#[derive(Default)]
struct Flat {
    words: Vec<(usize, usize)>,
    heads: Vec<Option<usize>>,
    labels: Vec<&'static str>,
    upos: Vec<&'static str>,
    sentences: Vec<(usize, usize)>,
    position: usize,
}

impl Flat {
    fn add(&mut self, form: &str, head: Option<usize>, label: &'static str, upos: &'static str) {
        let start = self.position;
        self.position += form.chars().filter(|c| !c.is_whitespace()).count();
        self.words.push((start, self.position));
        self.heads.push(head);
        self.labels.push(label);
        self.upos.push(upos);
    }
}

/// The text of a part. Between sentences stands a blank, between documents a block ends; with `lines` also where a sentence
/// has no closing punctuation, as headings, captions and members of lists have lines of their own.
fn flatten_gold(gold: &[Gold], lines: bool) -> (Flat, String, Vec<Block>) {
    let mut flat = Flat::default();
    let mut text = String::new();
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for sentence in gold {
        if sentence.opens_document || blocks.is_empty() || (lines && open) {
            text.push('\n');
            blocks.push(Block {
                span: Span::new(text.len(), text.len()),
                kind: BlockKind::Paragraph,
                zone: ZoneKind::Body,
            });
        }
        let base = flat.words.len();
        let start = flat.position;
        for i in 0..sentence.len() {
            text.push_str(&sentence.forms[i]);
            if sentence.space_after[i] {
                text.push(' ');
            }
            let head = sentence.heads[i].map(|head| base + head as usize);
            flat.add(&sentence.forms[i], head, sentence.deprels[i].base(), sentence.upos[i].name());
        }
        flat.sentences.push((start, flat.position));
        open = sentence.forms.last().is_some_and(|form| !form.ends_with(['.', '!', '?', '"', '”', ')', '’', ']']));
        let end = text.trim_end().len();
        if let Some(block) = blocks.last_mut() {
            block.span.end = end;
        }
    }
    (flat, text, blocks)
}

fn flatten_parsed(text: &str, sentences: &[Sentence]) -> Flat {
    let mut flat = Flat::default();
    for sentence in sentences {
        let base = flat.words.len();
        let start = flat.position;
        for token in &sentence.tokens {
            let head = token.head.map(|head| base + head as usize);
            flat.add(token.span.of(text), head, token.deprel.base(), token.upos.name());
        }
        flat.sentences.push((start, flat.position));
    }
    flat
}

fn f1(right: usize, system: usize, gold: usize) -> f64 {
    percent(2 * right, system + gold)
}

fn from_text(model: &Model, part: &str, gold: &[Gold], lines: bool) {
    let (truth, text, blocks) = flatten_gold(gold, lines);
    let parsed = flatten_parsed(&text, &model.parse(&text, &blocks));
    let index: HashMap<(usize, usize), usize> =
        truth.words.iter().copied().enumerate().map(|(i, span)| (span, i)).collect();
    let partner: Vec<Option<usize>> = parsed.words.iter().map(|span| index.get(span).copied()).collect();
    let [mut tokens, mut uas, mut las, mut upos] = [0; 4];
    for (i, other) in partner.iter().enumerate() {
        let Some(j) = *other else { continue };
        tokens += 1;
        upos += (parsed.upos[i] == truth.upos[j]) as usize;
        let same = match (parsed.heads[i], truth.heads[j]) {
            (None, None) => true,
            (Some(a), Some(b)) => partner[a] == Some(b),
            _ => false,
        };
        uas += same as usize;
        las += (same && parsed.labels[i] == truth.labels[j]) as usize;
    }
    let sentences: std::collections::HashSet<_> = truth.sentences.iter().collect();
    let right = parsed.sentences.iter().filter(|span| sentences.contains(span)).count();
    let of = |right| f1(right, parsed.words.len(), truth.words.len());
    println!(
        "{part:9} raw text{}: tokens {:.2} sentences {:.2} UPOS {:.2} UAS {:.2} LAS {:.2}",
        if lines { ", lines kept" } else { "" },
        of(tokens),
        f1(right, parsed.sentences.len(), truth.sentences.len()),
        of(upos),
        of(uas),
        of(las)
    );
    if std::env::var_os("MISSES").is_some() {
        misses(&text, &truth, &parsed);
    }
}

/// Prints where tokens or sentences differ.
fn misses(text: &str, truth: &Flat, parsed: &Flat) {
    let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let show = |(a, b): (usize, usize)| chars[a..b].iter().collect::<String>();
    let gold: std::collections::HashSet<_> = truth.words.iter().collect();
    for span in parsed.words.iter().filter(|span| !gold.contains(span)) {
        let around = show((span.0.saturating_sub(12), (span.1 + 12).min(chars.len())));
        println!("token {:?} in {around:?}", show(*span));
    }
    let ends: std::collections::HashSet<_> = truth.sentences.iter().map(|s| s.1).collect();
    let found: std::collections::HashSet<_> = parsed.sentences.iter().map(|s| s.1).collect();
    let around = |end: usize| (show((end.saturating_sub(30), end)), show((end, (end + 20).min(chars.len()))));
    for end in found.iter().filter(|end| !ends.contains(end)) {
        println!("split {:?}", around(*end));
    }
    for end in ends.iter().filter(|end| !found.contains(end)) {
        println!("joined {:?}", around(*end));
    }
}

/// Seconds of one core that `run` takes: processor time where Linux tells it, so that a busy machine measures the same.
fn seconds(run: &dyn Fn()) -> f64 {
    let spent = || {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        text.split(' ').next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e9)
    };
    let (clock, before) = (Instant::now(), spent());
    run();
    match (before, spent()) {
        (Some(before), Some(after)) => after - before,
        _ => clock.elapsed().as_secs_f64(),
    }
}

fn speed(model: &Model, gold: &[Gold]) {
    let (_, text, blocks) = flatten_gold(gold, false);
    let forms: Vec<Vec<&str>> = gold.iter().map(|s| s.forms.iter().map(String::as_str).collect()).collect();
    let words: usize = forms.iter().map(Vec::len).sum();
    let best = |run: &dyn Fn()| (0..7).map(|_| seconds(run)).fold(f64::MAX, f64::min);
    let tagged = best(&|| {
        let mut parser = Parser::new(model);
        forms.iter().for_each(|forms| {
            std::hint::black_box(parser.analyse(forms.iter().copied()).count());
        });
    });
    let whole = best(&|| {
        std::hint::black_box(model.parse(&text, &blocks));
    });
    println!(
        "tag and parse {:.0} tokens/s; from text, with lemmas {:.0} tokens/s",
        words as f64 / tagged,
        words as f64 / whole
    );
}
