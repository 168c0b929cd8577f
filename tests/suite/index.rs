//! The index of a store: with it, without it, behind it or damaged, the answers are the same.

use std::fs;
use std::path::{Path, PathBuf};

use rapporteur::lift::{Base, Layer};
use rapporteur::pipeline::Pipeline;
use rapporteur::query::{Answer, Library, parse};
use rapporteur::read;
use rapporteur::store::{Dataset, Store, View, Writer, refresh};

/// Questions of many shapes: paths, options, negation, aggregates, values, orders, unknown and computed terms.
const MORE: &[&str] = &[
    "SELECT * { ?s ?p ?o }",
    "SELECT ?s ?o { ?s rap:supports ?o }",
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
    "SELECT ?c ?l { ?c a rap:Claim OPTIONAL { ?c rdf:object/skos:prefLabel ?l } }",
    "SELECT ?c { ?c a rap:Claim MINUS { ?c a rap:Position } }",
    "SELECT DISTINCT ?t { ?x rdf:type/rdfs:subClassOf* ?t }",
    "SELECT ?s { VALUES ?o { <state/irn> <state/nobody> } ?s rdf:subject ?o }",
    "SELECT ?s ?o { ?s !(rdf:type|rdf:subject) ?o FILTER(isLiteral(?o) && STRLEN(STR(?o)) > 40) }",
    "SELECT ?y (SUM(?n) AS ?sum) { ?s schema:value ?n BIND(CONCAT(\"a\", STR(?n)) AS ?y) } GROUP BY ?y",
    "SELECT ?o { <state/irn> ^rdf:subject/rdf:object ?o }",
    "SELECT ?s ?p { ?s ?p <state/irn> FILTER NOT EXISTS { ?s rap:confidence ?c FILTER(?c < 0.5) } }",
    "ASK { <state/irn> a rap:State }",
    "ASK { <state/nobody> ?p ?o }",
    "CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o . ?s a rap:Claim }",
    "SELECT ?s ?p ?o { ?s ?p ?o . <state/irn> ?p ?o }",
];

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
    let more = MORE.iter().map(|text| ((*text).to_owned(), (*text).to_owned()));
    let mut all = Vec::new();
    for (name, text) in bundled.chain(more) {
        let question = parse(&name, &text, Base::SHARED, &[]).unwrap();
        if question.names_graphs() {
            continue;
        }
        let store = Store::open(store, question.layers(), View::Merged).unwrap();
        assert!(store.damages().is_empty(), "{name}");
        let rows: Vec<String> = match question.ask(store.dataset()).unwrap() {
            Answer::Rows(rows) => rows.rows.iter().map(|row| format!("{row:?}")).collect(),
            Answer::Truth(truth) => vec![truth.to_string()],
            Answer::Graph(triples) => triples.iter().map(ToString::to_string).collect(),
        };
        all.push((name, rows));
    }
    assert!(
        all.iter().filter(|(_, rows)| !rows.is_empty()).count() > 25,
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
    for at in [3, 9, 40, whole.len() / 3, whole.len() - 2] {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        fs::remove_file(file).unwrap();
        fs::write(file, &bytes).unwrap();
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

/// All quads of the layers that pages and portraits read, term by term in their order.
fn quads(store: &Path) -> Vec<String> {
    let mut directory = rapporteur::store::Directory::open(store).unwrap();
    let layers = [rapporteur::desk::PORTRAIT.as_slice(), &[Layer::Doubtful, Layer::Ontology]].concat();
    let (quads, damages) = rapporteur::record::Quads::from_directory(&mut directory, &layers).unwrap();
    assert!(damages.is_empty());
    let terms = quads.term_ids().map(|id| format!("{:?}", quads.term(id)));
    let rows = quads.rows().iter().map(|row| format!("{row:?}"));
    terms.chain(rows).collect()
}

fn is_read_from_index(store: &Path) -> bool {
    let mut directory = rapporteur::store::Directory::open(store).unwrap();
    directory.ordered(&rapporteur::desk::PORTRAIT).unwrap().is_some()
}

#[test]
fn records_are_the_same_out_of_an_index_term_by_term() {
    let place = tempfile::tempdir().unwrap();
    let (plain, indexed) = (place.path().join("plain"), place.path().join("indexed"));
    let texts = texts();
    for (at, text) in texts.iter().enumerate() {
        add(&plain, text);
        add(&indexed, text);
        if at % 2 == 0 {
            // Small ones are put behind, so that there are several.
            refresh(&indexed, 0).unwrap();
        }
        let (wanted, found) = (quads(&plain), quads(&indexed));
        assert!(wanted.len() > 1000 && wanted == found, "after {} texts", at + 1);
        assert!(is_read_from_index(&indexed) && !is_read_from_index(&plain), "after {} texts", at + 1);
    }
    let name = texts[0].file_name().unwrap().to_string_lossy().into_owned();
    for store in [&plain, &indexed] {
        let mut writer = Writer::open(store, None, "test").unwrap();
        writer.remove(&name).unwrap();
        writer.commit().unwrap();
    }
    assert!(quads(&plain) == quads(&indexed), "without a text that the index has");
    assert!(is_read_from_index(&indexed));
}
