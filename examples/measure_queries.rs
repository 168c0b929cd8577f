//! Measures how fast each bundled query is answered: `cargo run --release --example measure_queries -- STORE_DIR`.
//! Required parameters are set to their example.

use std::path::{Path, PathBuf};
use std::time::Instant;

use rapporteur::query::{Answer, Error, Library, Question, parse, set};
use rapporteur::record::{Names, Record};
use rapporteur::store::{Directory, Store, View};

fn main() {
    let Some(dir) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: measure_queries STORE_DIR");
        return;
    };
    println!("{:<18}{:>10}{:>10}{:>12}{:>10}", "query", "quads", "open ms", "answer ms", "rows");
    for entry in Library::bundled().entries() {
        match measure(&dir, &entry.name, &entry.text) {
            Ok((quads, open, answer, rows)) => {
                println!("{:<18}{quads:>10}{open:>10.1}{answer:>12.2}{rows:>10}", entry.name);
            }
            Err(error) => println!("{:<18}{error}", entry.name),
        }
    }
}

fn measure(dir: &Path, name: &str, text: &str) -> Result<(usize, f64, f64, usize), Box<dyn std::error::Error>> {
    let header = Library::bundled().get(name)?.header()?;
    let question = parse(name, text, rapporteur::lift::Base::SHARED, &[])?;
    let view = if question.names_graphs() { View::Asked } else { View::Merged };
    let start = Instant::now();
    let store = Store::open(dir, question.layers(), view)?;
    let open = milliseconds(start);
    let given: Vec<_> = header
        .parameters
        .iter()
        .filter(|parameter| parameter.required)
        .map(|parameter| format!("{}={}", parameter.name, parameter.example.as_deref().unwrap_or_default()).parse())
        .collect::<Result<_, Error>>()?;
    let (all, _) = Record::open(&mut Directory::open(dir)?, &rapporteur::lift::Layer::ALL)?;
    let mut bound = question.clone();
    set(&mut bound, name, &header, &given, &Names::new(&all))?;
    let mut best = f64::INFINITY;
    let mut rows = 0;
    for _ in 0..5 {
        let start = Instant::now();
        rows = count(&bound, &store)?;
        best = best.min(milliseconds(start));
    }
    Ok((store.len(), open, best, rows))
}

fn count(question: &Question, store: &Store) -> Result<usize, Error> {
    Ok(match question.ask(store.dataset())? {
        Answer::Rows(rows) => rows.rows.len(),
        Answer::Truth(_) => 1,
        Answer::Graph(triples) => triples.len(),
    })
}

fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}
