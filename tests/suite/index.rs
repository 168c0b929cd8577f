//! The index of a store: with it, without it, behind it or damaged, the answers are the same.

use std::fs;
use std::path::{Path, PathBuf};

use rapporteur::check::check;
use rapporteur::desk::{Desk, PORTRAIT, meant};
use rapporteur::lift::{Base, Layer};
use rapporteur::pipeline::Pipeline;
use rapporteur::query::{Answer, Library, Portrait, parse};
use rapporteur::read;
use rapporteur::record::{Quads, Record};
use rapporteur::store::{Dataset, Directory, Limits, Store, View, Writer, flaws, refresh};

/// Questions of many shapes: paths, options, graphs, negation, aggregates, values, orders, unknown and computed terms.
const MORE: &str = include_str!("../cases/queries.txt");

fn text(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/statements").join(name)
}

fn texts() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(text("")).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| {
        path.extension().is_some_and(|extension| extension == "md") && path.file_stem().unwrap() != "README"
    });
    found.sort();
    found
}

fn add(store: &Path, path: &Path) {
    let name = path.file_name().unwrap().to_string_lossy();
    let bytes = fs::read(path).unwrap();
    let extraction = Pipeline::embedded().extract(&name, &bytes, &read::Options::default()).unwrap();
    let mut writer = Writer::open(store, None, "test").unwrap();
    writer.add(&extraction, "test").unwrap();
    writer.commit().unwrap();
}

fn is_indexed(store: &Path) -> bool {
    let store = Store::open(store, &[Layer::Claims], View::Merged).unwrap();
    matches!(store.dataset(), Dataset::Index(_))
}

/// All answers, row by row.
fn answers(store: &Path) -> Vec<(String, Vec<String>)> {
    let bundled = Library::bundled();
    let bundled = bundled.entries().map(|entry| (entry.name.clone(), entry.text.to_string()));
    let more = MORE.lines().filter(|line| !line.starts_with('#')).map(|text| (text.to_owned(), text.to_owned()));
    let mut all = Vec::new();
    for (name, text) in bundled.chain(more) {
        let question = parse(&name, &text, Base::SHARED, &[]).unwrap();
        let view = if question.names_graphs() { View::Asked } else { View::Merged };
        let store = Store::open(store, question.layers(), view).unwrap();
        assert!(store.damages().is_empty(), "{name}");
        let rows: Vec<String> = match question.ask(store.dataset()).unwrap() {
            Answer::Rows(rows) => rows.rows.iter().map(|row| format!("{row:?}")).collect(),
            Answer::Truth(truth) => vec![truth.to_string()],
            Answer::Graph(triples) => {
                let mut lines: Vec<String> = triples.iter().map(ToString::to_string).collect();
                lines.sort_unstable();
                lines
            }
        };
        all.push((name, rows));
    }
    assert!(
        all.iter().filter(|(_, rows)| !rows.is_empty()).count() > 75,
        "questions that nothing answers prove nothing"
    );
    all
}

fn assert_same(store: &Path, expected: &[(String, Vec<String>)], when: &str) {
    for ((name, rows), (_, wanted)) in answers(store).iter().zip(expected) {
        assert_eq!(rows, wanted, "{name}, {when}");
    }
}

#[test]
fn answers_are_the_same_with_an_index_behind_one_and_under_damage() {
    let place = tempfile::tempdir().unwrap();
    let (plain, indexed) = (place.path().join("plain"), place.path().join("indexed"));
    let texts = texts();
    assert!(texts.len() > 1);
    for store in [&plain, &indexed] {
        add(store, &texts[0]);
    }
    refresh(&indexed, 0).unwrap();
    assert!(is_indexed(&indexed) && !is_indexed(&plain));
    assert_same(&indexed, &answers(&plain), "with an index");

    for store in [&plain, &indexed] {
        texts[1..].iter().for_each(|text| add(store, text));
    }
    let expected = answers(&plain);
    assert_same(&indexed, &expected, "with more texts than the index knows");
    refresh(&indexed, 0).unwrap();
    assert_same(&indexed, &expected, "with all of them in it");

    let name = texts[0].file_name().unwrap().to_string_lossy().into_owned();
    for store in [&plain, &indexed] {
        let mut writer = Writer::open(store, None, "test").unwrap();
        writer.remove(&name).unwrap();
        writer.commit().unwrap();
    }
    let expected = answers(&plain);
    assert_same(&indexed, &expected, "without a text that the index has");
    refresh(&indexed, 0).unwrap();
    assert_same(&indexed, &expected, "with the index anew");

    let files: Vec<PathBuf> = fs::read_dir(indexed.join("index")).unwrap().map(|entry| entry.unwrap().path()).collect();
    let file = files.iter().find(|path| path.extension().is_some_and(|extension| extension == "idx")).unwrap();
    let whole = fs::read(file).unwrap();
    assert!(flaws(&indexed).is_empty());
    for at in [3, 9, 40, whole.len() / 3, whole.len() - 2] {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        fs::remove_file(file).unwrap();
        fs::write(file, &bytes).unwrap();
        assert_eq!(flaws(&indexed).len(), 1, "with a bit turned at {at}");
        assert_same(&indexed, &expected, &format!("with a bit turned at {at}"));
    }
    fs::remove_file(file).unwrap();
    fs::write(file, &whole[..whole.len() / 2]).unwrap();
    assert_same(&indexed, &expected, "with half of a file");
    refresh(&indexed, 0).unwrap();
    assert!(is_indexed(&indexed), "a damaged index is made again");
    assert_same(&indexed, &expected, "made again");
    refresh(&indexed, usize::MAX).unwrap();
    assert!(!indexed.join("index").exists(), "a store that needs none has none");
}

/// A store of all sample texts with an index, and the same without one.
fn two(place: &Path) -> (PathBuf, PathBuf) {
    let (plain, indexed) = (place.join("plain"), place.join("indexed"));
    for store in [&plain, &indexed] {
        texts().iter().for_each(|text| add(store, text));
    }
    refresh(&indexed, 0).unwrap();
    (plain, indexed)
}

#[test]
fn the_record_of_an_index_is_that_of_the_segments() {
    let place = tempfile::tempdir().unwrap();
    let (_, indexed) = two(place.path());
    let mut directory = Directory::open(&indexed).unwrap();
    let lines = |quads: &Quads| {
        let line = |id| quads.to_oxrdf(id).to_string();
        let quad = |row: &rapporteur::record::QuadIds| {
            [Some(row.subject), Some(row.predicate), Some(row.object), row.graph].map(|id| id.map(line))
        };
        let mut all: Vec<_> = quads.rows().iter().map(quad).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    for layers in [&Layer::ALL[..], &PORTRAIT, &[Layer::Claims], &[Layer::Runs]] {
        let (held, damages) = Quads::from_directory(&mut directory, layers).unwrap();
        assert!(damages.is_empty());
        assert_eq!(lines(&held), lines(&Quads::from_segments(&mut directory, layers).unwrap().0), "{layers:?}");
    }
}

#[test]
fn a_portrait_out_of_the_index_is_that_of_the_whole_store() {
    let place = tempfile::tempdir().unwrap();
    let (plain, indexed) = two(place.path());
    let (mut plain, mut indexed) = (Desk::open(&plain).unwrap(), Desk::open(&indexed).unwrap());
    let (whole, _) = plain.record(&PORTRAIT).unwrap();
    let mut seen = 0;
    for thing in whole.entities() {
        let iri = whole.quads().text(thing.id);
        let (part, damages) = indexed.record_about(iri).unwrap();
        assert!(damages.is_empty());
        let (id, _) = meant(&part, iri).unwrap();
        assert_eq!(Portrait::of(&part, id), Portrait::of(&whole, thing.id), "{iri}");
        seen += usize::from(part.quads().len() < whole.quads().len() / 2);
    }
    assert!(seen > 50, "a part is less than the whole");
    for name in ["Iran", "UNODC", "state/irn", "id:state/irn", "islamic republic", "no such thing"] {
        let (part, _) = indexed.record_about(name).unwrap();
        let of = |record: &Record<'_>| meant(record, name).map(|(id, _)| record.quads().text(id).to_owned());
        assert_eq!(of(&part), of(&whole), "{name}");
    }
}

#[test]
fn what_was_proved_is_remembered_until_a_file_changes() {
    let place = tempfile::tempdir().unwrap();
    let (plain, indexed) = two(place.path());
    let told = |store: &Path, all| -> Vec<String> {
        check(store, &[], Limits::default(), all).unwrap().iter().map(ToString::to_string).collect()
    };
    let expected = told(&plain, false);
    let remembered = indexed.join("index/checked");
    assert_eq!(told(&indexed, false), expected);
    let first = fs::read(&remembered).unwrap();
    assert!(!plain.join("index").exists());
    assert_eq!(told(&indexed, false), expected, "from what was remembered");
    assert_eq!(told(&indexed, true), expected, "all anew");
    assert_eq!(fs::read(&remembered).unwrap(), first);
    let file = fs::read_dir(indexed.join("segments")).unwrap().next().unwrap().unwrap().path();
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x55;
    fs::write(&file, &bytes).unwrap();
    for all in [false, true, false] {
        let found = told(&indexed, all);
        assert!(found.iter().any(|line| line.starts_with("FAIL") && line.contains("segments")), "{found:#?}");
    }
    assert_eq!(fs::read(&remembered).unwrap(), first, "of a damaged store nothing is remembered");
}
