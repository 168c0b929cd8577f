//! Holds the shapes of the W3C's test suite for SHACL against its graphs, and counts the tests whose reports agree: focus
//! node, component, severity, value and plain path of each result. Usage: `cargo run --example measure_shacl -- DIR`, where DIR
//! is the folder `data-shapes-test-suite/tests` of the W3C's data-shapes repository.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, NamedNode, Quad, Term};
use oxigraph::store::Store;
use rapporteur::check::Shapes;
use rapporteur::lift::Base;
use rapporteur::store::{Dataset, Limits, foreign};

const SH: &str = "http://www.w3.org/ns/shacl#";
const MF: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const SHT: &str = "http://www.w3.org/ns/shacl-test#";

/// What a result says, with `_` for whatever has no name.
const PARTS: [&str; 5] = ["focusNode", "resultPath", "resultSeverity", "sourceConstraintComponent", "value"];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder with the tests")?;
    let mut files = Vec::new();
    find(Path::new(&folder), &mut files)?;
    files.sort();
    let mut counts: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for file in &files {
        let Some(outcome) = tried(file)? else { continue };
        let within = file.strip_prefix(&folder)?.parent().unwrap_or(Path::new("")).display().to_string();
        let place = match &outcome {
            Outcome::Agrees => 0,
            Outcome::Refused(why) => {
                println!("refused {}: {why}", file.display());
                1
            }
            Outcome::Differs(why) => {
                println!("differs {}: {why}", file.display());
                2
            }
        };
        counts.entry(within).or_default()[place] += 1;
    }
    let mut all = [0; 3];
    for (within, row) in &counts {
        println!("{within}: {} agree, {} refused, {} differ", row[0], row[1], row[2]);
        all.iter_mut().zip(row).for_each(|(sum, count)| *sum += count);
    }
    println!("{} of {} agree, {} are refused, {} differ", all[0], all.iter().sum::<usize>(), all[1], all[2]);
    Ok(())
}

enum Outcome {
    Agrees,
    Refused(String),
    Differs(String),
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => find(&path, files)?,
            false if path.extension().is_some_and(|ending| ending == "ttl") => files.push(path),
            false => {}
        }
    }
    Ok(())
}

fn load(file: &Path) -> Result<Store, Box<dyn Error>> {
    let store = Store::new()?;
    let base = format!("file://{}", file.display());
    let parser = RdfParser::from_format(RdfFormat::Turtle).with_base_iri(base)?;
    for quad in parser.for_slice(&fs::read(file)?) {
        store.insert(Quad { graph_name: GraphName::DefaultGraph, ..quad? }.as_ref())?;
    }
    Ok(store)
}

fn object(store: &Store, subject: &Term, property: &str) -> Option<Term> {
    objects(store, subject, property).pop()
}

fn objects(store: &Store, subject: &Term, property: &str) -> Vec<Term> {
    let property = NamedNode::new_unchecked(property);
    let subject = match subject {
        Term::NamedNode(node) => node.clone().into(),
        Term::BlankNode(node) => oxigraph::model::NamedOrBlankNode::from(node.clone()),
        _ => return Vec::new(),
    };
    let quads = store.quads_for_pattern(Some(subject.as_ref()), Some(property.as_ref()), None, None);
    quads.filter_map(|quad| Some(quad.ok()?.object)).collect()
}

/// Tries the test of a file; `None` if it holds none.
fn tried(file: &Path) -> Result<Option<Outcome>, Box<dyn Error>> {
    let Ok(manifest) = load(file) else { return Ok(None) };
    let validate = NamedNode::new_unchecked(format!("{SHT}Validate"));
    let tests = manifest.quads_for_pattern(None, Some(rdf::TYPE), Some(validate.as_ref().into()), None);
    let Some(test) = tests.filter_map(Result::ok).next().map(|quad| Term::from(quad.subject)) else { return Ok(None) };
    let action = object(&manifest, &test, &format!("{MF}action")).ok_or("no action")?;
    let path = |name: &str| match object(&manifest, &action, &format!("{SHT}{name}")) {
        Some(Term::NamedNode(node)) => PathBuf::from(node.as_str().trim_start_matches("file://")),
        _ => file.to_owned(),
    };
    let (data, shapes) = (path("dataGraph"), path("shapesGraph"));
    let wanted = object(&manifest, &test, &format!("{MF}result")).ok_or("no result")?;
    let should_fail = wanted == Term::from(NamedNode::new_unchecked(format!("{SHT}Failure")));
    let base = Base::new(&format!("file://{}", shapes.display())).unwrap_or_default();
    let read = foreign(&shapes.display().to_string(), &*fs::read(&shapes)?, RdfFormat::Turtle, None, &base)?;
    let facts = load(&data)?;
    let report = match Shapes::read("the test", std::slice::from_ref(&read)) {
        Ok(known) => match known.hold(&Dataset::from(&facts), Limits::default()) {
            Ok(report) => store_of(&report.quads(&base))?,
            Err(error) => return Ok(Some(Outcome::Differs(error.to_string()))),
        },
        Err(_) if should_fail => return Ok(Some(Outcome::Agrees)),
        Err(error) => return Ok(Some(Outcome::Refused(error.to_string()))),
    };
    let (seen, wanted) = (results(&report, None), results(&manifest, Some(&wanted)));
    Ok(Some(match seen == wanted && !should_fail {
        true => Outcome::Agrees,
        false => Outcome::Differs(format!("\n  wanted {wanted:#?}\n  seen {seen:#?}")),
    }))
}

fn store_of(quads: &[Quad]) -> Result<Store, Box<dyn Error>> {
    let store = Store::new()?;
    for quad in quads {
        store.insert(quad.as_ref())?;
    }
    Ok(store)
}

fn results(store: &Store, report: Option<&Term>) -> Vec<String> {
    let all = || {
        let class = NamedNode::new_unchecked(format!("{SH}ValidationReport"));
        let quads = store.quads_for_pattern(None, Some(rdf::TYPE), Some(class.as_ref().into()), None);
        quads.filter_map(|quad| Some(Term::from(quad.ok()?.subject))).next()
    };
    let Some(report) = report.cloned().or_else(all) else { return Vec::new() };
    let mut found: Vec<String> = objects(store, &report, &format!("{SH}result"))
        .iter()
        .map(|result| PARTS.map(|part| shown(object(store, result, &format!("{SH}{part}")))).join(" "))
        .collect();
    found.sort();
    found
}

fn shown(term: Option<Term>) -> String {
    match term {
        Some(Term::BlankNode(_)) => "_".to_owned(),
        Some(Term::NamedNode(node)) if node.as_str().contains("/genid/") => "_".to_owned(),
        Some(term) => term.to_string(),
        None => "-".to_owned(),
    }
}
