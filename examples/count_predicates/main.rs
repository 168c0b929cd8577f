//! Counts what raw text predicates of the things it names, and how much of it sets a rule off.
//!
//! usage: cargo run --release --example count_predicates -- [--apart] [--top N] [--open] [--misses N] FILE …
//!
//! FILE is plain text, `-` standard input (`xz -dc corpus.xz | … -`). A file may hold many documents, each after a line
//! of U+001E and its name. One document in ten is set apart: without `--apart` the other nine are counted, to write
//! frames from; with it only the tenth, to measure them. `--open` counts claims of the open relation as covering, too.
//! `--misses N` prints every N-th clause that nothing is said of, instead of the table.

mod predicate;

use std::collections::HashMap;
use std::io::Read;

use predicate::{Clause, clauses};
use rapporteur::model::{Extraction, Span};
use rapporteur::pipeline::Pipeline;
use rapporteur::read::{Format, Options};

/// How the table is made.
struct Plan {
    apart: bool,
    open: bool,
    top: usize,
    misses: usize,
}

#[derive(Default)]
struct Count {
    clauses: usize,
    covered: usize,
}

fn main() {
    let mut plan = Plan { apart: false, open: false, top: 400, misses: 0 };
    let mut files = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next().and_then(|number| number.parse().ok()).expect("a number");
        match argument.as_str() {
            "--apart" => plan.apart = true,
            "--open" => plan.open = true,
            "--top" => plan.top = number(),
            "--misses" => plan.misses = number(),
            _ => files.push(argument),
        }
    }
    let mut table: HashMap<String, Count> = HashMap::new();
    let mut seen = 0;
    for file in &files {
        for (name, text) in documents(&content(file), plan.apart) {
            let options = Options { format: Some(Format::Text), ..Options::default() };
            let Ok(extraction) = Pipeline::embedded().extract(&name, text.as_bytes(), &options) else { continue };
            count(&extraction, &plan, &mut seen, &mut table);
        }
    }
    print(&plan, table);
}

fn content(file: &str) -> String {
    let mut text = String::new();
    match file {
        "-" => std::io::stdin().read_to_string(&mut text).map(drop).expect("standard input can be read"),
        _ => text = std::fs::read_to_string(file).expect("the file can be read"),
    }
    text
}

/// The documents of a file, by name: the tenth that is set apart, or the other nine.
fn documents(text: &str, apart: bool) -> Vec<(String, String)> {
    let records = text.split('\u{1e}').filter(|record| !record.trim().is_empty());
    let chosen = records.enumerate().filter(|(at, _)| (at % 10 == 0) == apart);
    let named = chosen.map(|(_, record)| record.split_once('\n').unwrap_or(("document.txt", record)));
    named.map(|(name, text)| (name.trim().to_owned(), text.to_owned())).collect()
}

fn count(extraction: &Extraction, plan: &Plan, seen: &mut usize, table: &mut HashMap<String, Count>) {
    let claims: Vec<Span> = extraction
        .claims
        .iter()
        .filter(|claim| plan.open || !claim.relation.is_open())
        .map(|claim| claim.evidence.span)
        .collect();
    for sentence in &extraction.sentences {
        for Clause { key, word, end } in clauses(extraction, sentence) {
            let covered = claims.iter().any(|claim| claim.contains(word) && claim.overlaps(end));
            if !covered && plan.misses > 0 {
                *seen += 1;
                if seen.is_multiple_of(plan.misses) {
                    println!("{key}\t{}", extraction.document.quote(sentence.span).replace('\n', " "));
                }
            }
            let count = table.entry(key).or_default();
            count.clauses += 1;
            count.covered += usize::from(covered);
        }
    }
}

fn print(plan: &Plan, table: HashMap<String, Count>) {
    let mut rows: Vec<(String, Count)> = table.into_iter().collect();
    rows.sort_by(|a, b| b.1.clauses.cmp(&a.1.clauses).then_with(|| a.0.cmp(&b.0)));
    let all: usize = rows.iter().map(|(_, count)| count.clauses).sum();
    let covered: usize = rows.iter().map(|(_, count)| count.covered).sum();
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    if plan.misses == 0 {
        println!("clauses\tcovered %\tpredicate");
        for (key, count) in rows.iter().take(plan.top) {
            println!("{}\t{:.0}\t{key}", count.clauses, share(count.covered, count.clauses));
        }
    }
    println!(
        "{all} clauses with a thing or the speaker as an end, {} predicates, {:.1} % set something off",
        rows.len(),
        share(covered, all)
    );
    for sort in ["verb", "noun", "adjective"] {
        let of = |count: &dyn Fn(&Count) -> usize| {
            rows.iter().filter(|(key, _)| key.starts_with(sort)).map(|(_, row)| count(row)).sum::<usize>()
        };
        let (clauses, covered) = (of(&|row| row.clauses), of(&|row| row.covered));
        println!("  {sort}: {clauses} clauses, {:.1} %", share(covered, clauses));
    }
}
