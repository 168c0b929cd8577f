//! How fast documents are read, on one core, by stage, the judge of claims among them: `cargo bench --bench pipeline`, or `-- FILE…` for your own texts.
//!
//! Reads the sample statements that ship, and the statements, resolutions and speeches beside the repository where they
//! are, each as one run of text of about a megabyte. Rates count megabytes of text by processor time.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rapporteur::annotate::{self, NameMatcher};
use rapporteur::lift::{self, Base};
use rapporteur::model::{Document, Extraction};
use rapporteur::relate::{self, Inputs};
use rapporteur::resolve;
use rapporteur::seeds::{Catalogue, Lexicon, Rules};
use rapporteur::{link, read, syntax};

const SHIPPED: &[(&str, &str)] = &[
    ("iran-2019-03-expert-group.md", include_str!("../seeds/statements/iran-2019-03-expert-group.md")),
    ("iran-2021-04-expert-group.md", include_str!("../seeds/statements/iran-2021-04-expert-group.md")),
];

/// Text read for one measure, at least, in bytes.
const ENOUGH: usize = 1_000_000;

const STAGES: [&str; 6] = ["read", "syntax", "annotate", "resolve", "relate", "lift"];

/// Seconds by stage, and what came out.
#[derive(Default)]
struct Spent {
    seconds: [f64; STAGES.len()],
    bytes: usize,
    sentences: usize,
    claims: usize,
    quads: usize,
}

/// All that the stages need.
struct Stages<'a> {
    names: NameMatcher<'a>,
    rules: &'a Rules,
    model: &'static syntax::Model,
}

fn main() {
    // A long text would else go to all cores, and only this thread's time counts.
    match rayon::ThreadPoolBuilder::new().num_threads(1).build() {
        Ok(pool) => pool.install(measure),
        Err(error) => println!("no thread to measure on: {error}"),
    }
}

fn measure() {
    let own: Vec<PathBuf> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).map(PathBuf::from).collect();
    let texts = if own.is_empty() { texts() } else { own.iter().map(|path| text(path)).collect() };
    let none = Rules::default();
    let stages = |rules| Stages {
        names: NameMatcher::new(Catalogue::embedded(), Lexicon::embedded()),
        rules,
        model: syntax::Model::embedded(),
    };
    let (full, bare) = (stages(Rules::embedded()), stages(&none));
    run(&full, &texts, 1, &mut Spent::default());
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    let rounds = ENOUGH.div_ceil(bytes.max(1));
    for (title, stages) in [("all rules", &full), ("rules off", &bare)] {
        let mut spent = Spent::default();
        run(stages, &texts, rounds, &mut spent);
        print(title, texts.len(), &spent);
    }
}

fn run(stages: &Stages<'_>, texts: &[(String, String)], rounds: usize, spent: &mut Spent) {
    for (name, text) in (0..rounds).flat_map(|_| texts) {
        one(stages, name, text, spent);
    }
}

fn one(stages: &Stages<'_>, name: &str, text: &str, spent: &mut Spent) {
    let mut clock = Clock::start();
    let Ok(document) = read::read(name, text.as_bytes(), &read::Options::default()) else { return };
    spent.seconds[0] += clock.lap();
    let sentences = stages.model.parse_document(&document).0;
    spent.seconds[1] += clock.lap();
    let mentions = annotate::annotate(&document, &sentences, &stages.names, Lexicon::embedded());
    spent.seconds[2] += clock.lap();
    let resolved = resolve::resolve(&document, &sentences, &mentions, Catalogue::embedded(), Lexicon::embedded());
    spent.seconds[3] += clock.lap();
    let inputs = Inputs {
        document: &document,
        sentences: &sentences,
        mentions: &mentions,
        referents: &resolved.referents,
        entities: &resolved.entities,
        itself: resolved.itself,
        holder: resolved.voice.holder,
        voices: &resolved.voice.speakers,
        shown_by: resolved.voice.shown_by,
        turns: &resolved.turns,
        reported: &resolved.reported,
        rules: stages.rules,
    };
    let claims = relate::relate(&inputs, relate::Learned::embedded()).claims;
    spent.seconds[4] += clock.lap();
    spent.bytes += text.len();
    spent.sentences += sentences.len();
    spent.claims += claims.len();
    let extraction = extraction(document, sentences, mentions, resolved, claims);
    clock.lap();
    let lifted = black_box(lift::lift(&extraction, &Base::default()));
    spent.seconds[5] += clock.lap();
    spent.quads += lifted.graphs.iter().map(|graph| graph.triples.len()).sum::<usize>();
}

fn extraction(
    document: Document,
    sentences: Vec<rapporteur::model::Sentence>,
    mentions: rapporteur::model::Mentions,
    resolved: resolve::Resolution,
    claims: Vec<rapporteur::model::Claim>,
) -> Extraction {
    let links = link::rows(&resolved.entities, rapporteur::seeds::Catalogue::embedded());
    let resolve::Resolution { referents, entities, itself, .. } = resolved;
    Extraction { document, sentences, mentions, referents, entities, itself, claims, links, ..Extraction::default() }
}

/// The shipped statements, and the corpora beside the repository.
fn texts() -> Vec<(String, String)> {
    let mut texts: Vec<_> = SHIPPED.iter().map(|&(name, text)| (name.to_owned(), text.to_owned())).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpora = ["../shared/corpus", "../../shared/corpus"].map(|folder| root.join(folder));
    let Some(corpus) = corpora.iter().find(|folder| folder.is_dir()) else { return texts };
    let mut paths: Vec<PathBuf> = ["seeds", "dev"]
        .iter()
        .filter_map(|folder| fs::read_dir(corpus.join(folder)).ok())
        .flat_map(|entries| entries.flatten().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "md" || ending == "txt"))
        .collect();
    paths.sort();
    texts.extend(paths.iter().map(|path| text(path)));
    texts
}

fn text(path: &Path) -> (String, String) {
    let text = fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text)
}

fn print(title: &str, texts: usize, spent: &Spent) {
    let all: f64 = spent.seconds.iter().sum();
    let megabytes = spent.bytes as f64 / 1e6;
    println!(
        "{title}: {:.3} MB/s ({texts} texts, {megabytes:.2} MB, {} sentences, {} claims, {} quads, {all:.2} s)",
        megabytes / all,
        spent.sentences,
        spent.claims,
        spent.quads
    );
    println!("  {:<18} {:>8} {:>7} {:>12}", "STAGE", "MB/s", "share", "µs/sentence");
    for (stage, seconds) in STAGES.iter().zip(spent.seconds) {
        let each = seconds * 1e6 / spent.sentences.max(1) as f64;
        println!("  {stage:<18} {:>8.2} {:>6.1}% {each:>12.1}", megabytes / seconds, seconds / all * 100.0);
    }
}

/// The processor's time for this thread where the system tells it, so that a busy machine does not count; else the wall's.
struct Clock {
    wall: Instant,
    last: f64,
}

impl Clock {
    fn start() -> Self {
        let mut clock = Self { wall: Instant::now(), last: 0.0 };
        clock.lap();
        clock
    }

    /// Seconds since the last lap.
    fn lap(&mut self) -> f64 {
        let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
        let used = told.and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
        let now = used.map_or_else(|| self.wall.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9);
        let lap = now - self.last;
        self.last = now;
        lap
    }
}
