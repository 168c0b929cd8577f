//! Rates of the tagger and parser beside plainer work on the same text: `cargo bench --bench syntax`.
//!
//! One core, processor time. Also what it takes to read the model, and how often memory is asked for once the parser is warm.

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Instant;

use rapporteur::model::{Block, BlockKind, Span, ZoneKind};
use rapporteur::syntax::{Model, Parser, sentences, tokens};

/// The system's allocator, counting.
struct Counting;

static ASKED: AtomicUsize = AtomicUsize::new(0);

// SAFETY: all work is the system allocator's.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ASKED.fetch_add(1, Relaxed);
        // SAFETY: the caller's promises are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ASKED.fetch_add(1, Relaxed);
        // SAFETY: as above.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static MEMORY: Counting = Counting;

/// The two sample statements, as often as it takes to have something to measure; a block a paragraph.
fn sample() -> (String, Vec<Block>) {
    const STATEMENTS: [&str; 2] = [
        include_str!("../seeds/statements/iran-2019-03-expert-group.md"),
        include_str!("../seeds/statements/iran-2021-04-expert-group.md"),
    ];
    let mut text = String::new();
    let mut blocks = Vec::new();
    for paragraph in STATEMENTS.iter().cycle().take(20).flat_map(|statement| statement.split("\n\n")) {
        let start = text.len();
        text.push_str(paragraph);
        let span = Span::new(start, text.len());
        blocks.push(Block { span, kind: BlockKind::Paragraph, zone: ZoneKind::Body });
        text.push('\n');
    }
    (text, blocks)
}

/// The tokens of each sentence.
fn cut(text: &str, blocks: &[Block]) -> Vec<Vec<Span>> {
    let mut out = Vec::new();
    let mut spans = Vec::new();
    for block in blocks {
        spans.clear();
        tokens::tokenize(text, block.span, &[], &mut spans);
        let whole = sentences::split(text, &spans, false).into_iter();
        let parts = whole.flat_map(|stretch| sentences::cut_long(text, &spans, stretch));
        out.extend(parts.map(|range| spans[range].to_vec()));
    }
    out
}

/// Seconds of processor time of one run: the best of several lots, each long enough for the system's count.
fn best(mut run: impl FnMut()) -> f64 {
    const LOT: f64 = 0.1;
    let clock = Instant::now();
    run();
    let many = (LOT / clock.elapsed().as_secs_f64().max(1e-9)).ceil().max(1.0) as u32;
    let mut fastest = f64::INFINITY;
    for _ in 0..7 {
        let (clock, before) = (Instant::now(), spent());
        for _ in 0..many {
            run();
        }
        let seconds = match (before, spent()) {
            (Some(before), Some(after)) => after - before,
            _ => clock.elapsed().as_secs_f64(),
        };
        fastest = fastest.min(seconds / f64::from(many));
    }
    fastest
}

/// Seconds that this thread has run, where the system tells.
fn spent() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e9)
}

fn main() {
    // Long texts would else go to all cores, and only this thread's time counts.
    match rayon::ThreadPoolBuilder::new().num_threads(1).build() {
        Ok(pool) => pool.install(measure),
        Err(error) => println!("no thread to measure on: {error}"),
    }
}

fn measure() {
    let clock = Instant::now();
    let model = Model::embedded();
    println!("model read in {:.2} ms", clock.elapsed().as_secs_f64() * 1000.0);
    let (text, blocks) = sample();
    let sentences = cut(&text, &blocks);
    let count: usize = sentences.iter().map(Vec::len).sum();
    println!("{} bytes, {} sentences, {count} tokens", text.len(), sentences.len());

    let words = best(|| {
        black_box(black_box(&text[..]).split_whitespace().map(str::len).sum::<usize>());
    });
    let mut spans = Vec::new();
    let cutting = best(|| {
        for block in &blocks {
            spans.clear();
            tokens::tokenize(&text, block.span, &[], &mut spans);
            black_box(&spans);
        }
    });
    let mut parser = Parser::new(model);
    let mut analyse = || {
        for spans in &sentences {
            black_box(parser.analyse(spans.iter().map(|span| span.of(&text))).count());
        }
    };
    let trees = best(&mut analyse);
    let before = ASKED.load(Relaxed);
    analyse();
    let asked = ASKED.load(Relaxed) - before;
    let before = ASKED.load(Relaxed);
    black_box(model.parse(&text, &blocks));
    let asked_in_all = ASKED.load(Relaxed) - before;
    let whole = best(|| {
        black_box(model.parse(&text, &blocks));
    });
    for (name, seconds) in [
        ("words by blanks", words),
        ("tokens", cutting),
        ("tags and trees", trees),
        ("text to sentences, with lemmas", whole),
    ] {
        let rate = count as f64 / seconds;
        println!("{name:32} {rate:12.0} tokens/s  {:6.1} times the time of tokens", seconds / cutting);
    }
    println!("memory asked for, tags and trees: {asked} times, {:.4} a token", asked as f64 / count as f64);
    let each = asked_in_all as f64 / sentences.len() as f64;
    println!("memory asked for, text to sentences: {asked_in_all} times, {each:.1} a sentence");
}
