//! Stores in temporary directories: twice in is once in, what is removed is gone and nothing else, damage is named, and a
//! run stopped at any step leaves each document whole or absent.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use oxigraph::io::RdfFormat;
use oxrdf::{NamedNode, Quad};
use tempfile::TempDir;

use super::files::stop_after;
use super::{Added, Dataset, Directory, Error, Store, View, Writer, foreign, foreign_format};
use crate::lift::{Base, Layer, Run, lift, ontology};
use crate::model::{Area, Code, Extraction, Fault, Locus, SourceFile, Span, fixture};

const BY: &str = "rapporteur test";
const OF_DOCUMENTS: &[Layer] = &[Layer::Claims, Layer::Evidence, Layer::Mentions, Layer::Links, Layer::LinkEvidence];

fn writer(dir: &Path) -> Writer {
    Writer::open(dir, None, "a test").expect("the store opens")
}

fn add(dir: &Path, extractions: &[Extraction], by: &str) -> Vec<Added> {
    let mut writer = writer(dir);
    let added = extractions.iter().map(|extraction| writer.add(extraction, by).expect("it is added")).collect();
    writer.commit().expect("it is kept");
    added
}

fn store_of_both() -> TempDir {
    let dir = tempfile::tempdir().expect("a temporary directory");
    assert_eq!(add(dir.path(), &[fixture::first(), fixture::second()], BY), [Added::New, Added::New]);
    dir
}

fn quads_of(extraction: &Extraction) -> BTreeSet<String> {
    lift(extraction, &Base::default()).quads().map(|quad| quad.to_string()).collect()
}

fn quads_of_both() -> BTreeSet<String> {
    quads_of(&fixture::first()).union(&quads_of(&fixture::second())).cloned().collect()
}

fn quads_in(dir: &Path) -> BTreeSet<String> {
    let (segments, damages) = Directory::open(dir).expect("opens").quads(OF_DOCUMENTS).expect("reads");
    assert!(damages.is_empty(), "{damages:?}");
    segments.iter().flatten().map(Quad::to_string).collect()
}

/// All files with their content.
fn files(dir: &Path) -> BTreeSet<(PathBuf, Vec<u8>)> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(dir).expect("lists") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.file_name() != Some("lock".as_ref()) {
            found.insert((path.clone(), fs::read(&path).expect("reads")));
        }
    }
    found
}

fn copy(from: &Path) -> TempDir {
    let to = tempfile::tempdir().expect("a temporary directory");
    for (path, bytes) in files(from) {
        let path = to.path().join(path.strip_prefix(from).expect("under it"));
        fs::create_dir_all(path.parent().expect("a folder")).expect("makes");
        fs::write(path, bytes).expect("writes");
    }
    to
}

#[test]
fn what_is_added_is_there() {
    let dir = store_of_both();
    assert_eq!(quads_in(dir.path()), quads_of_both());
    let directory = Directory::open(dir.path()).expect("opens");
    for extraction in [fixture::first(), fixture::second()] {
        assert_eq!(directory.text(&extraction.document.sha256).expect("the text"), extraction.document.text);
    }
    let entry = &directory.documents()[&fixture::second().document.sha256];
    assert_eq!(entry.label, "Statement by the Representative of Ruritania (2022-05-07)");
    assert_eq!((entry.counts.claims, entry.counts.unsure), (9, 0));
}

#[test]
fn twice_in_is_once_in() {
    let dir = store_of_both();
    let before = files(dir.path());
    assert_eq!(add(dir.path(), &[fixture::second(), fixture::first()], BY), [Added::Same, Added::Same]);
    assert_eq!(files(dir.path()), before);
}

#[test]
fn the_order_of_documents_does_not_matter() {
    let other = tempfile::tempdir().expect("a temporary directory");
    add(other.path(), &[fixture::second()], BY);
    add(other.path(), &[fixture::first()], BY);
    let strip = |dir: &TempDir| -> BTreeSet<_> {
        let name = |path: PathBuf| path.strip_prefix(dir.path()).expect("under it").to_owned();
        files(dir.path()).into_iter().map(|(path, bytes)| (name(path), bytes)).collect()
    };
    assert_eq!(strip(&store_of_both()), strip(&other));
}

#[test]
fn a_document_read_otherwise_replaces_its_graphs_alone() {
    let dir = store_of_both();
    let mut changed = fixture::first();
    changed.claims.truncate(3);
    assert_eq!(add(dir.path(), &[changed.clone()], "rapporteur later"), [Added::Replaced]);
    let expected: BTreeSet<_> = quads_of(&changed).union(&quads_of(&fixture::second())).cloned().collect();
    assert_eq!(quads_in(dir.path()), expected);
    let segments = fs::read_dir(dir.path().join("segments")).expect("lists").count();
    assert_eq!(segments, 9, "what was replaced is swept away");
}

#[test]
fn the_way_into_a_file_is_kept_beside_its_text() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let plain = fixture::first();
    let mut richer = fixture::first();
    let mut source =
        SourceFile { media_type: "application/pdf".into(), sha256: "ab".repeat(32), ..SourceFile::default() };
    source.map.push(Span::new(0, 4), Locus::Page(3, Area::default()));
    richer.document.source = Some(Box::new(source.clone()));
    let sha256 = richer.document.sha256.clone();
    let kept = || Directory::open(dir.path()).expect("opens").source(&sha256).expect("reads");
    assert_eq!(add(dir.path(), &[richer.clone()], BY), [Added::New]);
    assert_eq!(kept(), Some(source));
    assert_eq!(add(dir.path(), &[richer], BY), [Added::Same]);
    // The same text from a plain file: the way into the other file is gone.
    assert_eq!(add(dir.path(), &[plain], BY), [Added::Replaced]);
    assert_eq!(kept(), None);
    assert_eq!(fs::read_dir(dir.path().join("sources")).expect("lists").count(), 0, "it is swept away");
}

#[test]
fn removing_withdraws_exactly_its_graphs() {
    let sha256 = fixture::first().document.sha256;
    let iri = Base::default().text(&sha256);
    for name in ["ruritania-2020.txt", &sha256, &sha256[..16], iri.as_str()] {
        let dir = store_of_both();
        let mut writer = writer(dir.path());
        assert_eq!(writer.remove(name).expect("it is there"), "ruritania-2020.txt");
        writer.commit().expect("kept");
        drop(writer);
        assert_eq!(quads_in(dir.path()), quads_of(&fixture::second()), "{name}");
        assert_eq!(fs::read_dir(dir.path().join("texts")).expect("lists").count(), 1);
    }
    let dir = store_of_both();
    assert!(matches!(writer(dir.path()).remove("nobody.txt"), Err(Error::Unknown(_))));
}

/// The quads of a store without an index.
fn memory(store: &Store) -> &oxigraph::store::Store {
    match store.dataset() {
        Dataset::Memory(quads) => quads,
        Dataset::Index(_) => panic!("a store this small has no index"),
    }
}

#[test]
fn the_union_is_a_set_and_named_graphs_stand_beside_it() {
    let dir = store_of_both();
    let both = quads_in(dir.path());
    let triples: BTreeSet<&str> = both.iter().filter_map(|quad| quad.rsplit_once(" <")).map(|(t, _)| t).collect();
    let merged = Store::open(dir.path(), OF_DOCUMENTS, View::Merged).expect("opens");
    assert_eq!(memory(&merged).len().expect("counts"), triples.len());
    let named = Store::open(dir.path(), OF_DOCUMENTS, View::Named).expect("opens");
    assert_eq!(memory(&named).len().expect("counts"), triples.len() + both.len());
    let claims = Store::open(dir.path(), &[Layer::Claims], View::Named).expect("opens");
    assert_eq!(memory(&claims).named_graphs().count(), 2);
    let merged = memory(&merged).iter().map(|quad| quad.expect("reads"));
    assert_eq!(merged.filter(|quad| quad.to_string().contains("\"Ruritania\"@en")).count(), 1);
}

#[test]
fn rows_come_in_the_same_order_each_time() {
    let dir = store_of_both();
    let rows = || {
        let store = Store::open(dir.path(), OF_DOCUMENTS, View::Merged).expect("opens");
        let predicate = crate::lift::vocabulary::rap::EVIDENCE;
        let quads = memory(&store).quads_for_pattern(None, Some(predicate), None, None);
        quads.map(|quad| quad.expect("reads").to_string()).collect::<Vec<_>>()
    };
    assert_eq!(rows(), rows());
}

#[test]
fn damage_is_named_and_the_rest_still_works() {
    type Harm = fn(&Path);
    let harms: [(&str, Harm); 4] = [
        ("hash", |path| {
            let lines = super::segment::decompress(&fs::read(path).expect("reads")).expect("gzip");
            let other = String::from_utf8(lines).expect("UTF-8").replacen("0.9", "0.8", 1);
            fs::write(path, super::segment::compress(other.as_bytes(), None).expect("gzip")).expect("writes");
        }),
        ("", |path| {
            let bytes = fs::read(path).expect("reads");
            fs::write(path, &bytes[..bytes.len() / 2]).expect("writes");
        }),
        ("gzip", |path| fs::write(path, b"no gzip at all").expect("writes")),
        ("missing", |path| fs::remove_file(path).expect("removes")),
    ];
    for (word, harm) in harms {
        let dir = store_of_both();
        let directory = Directory::open(dir.path()).expect("opens");
        let entry = &directory.documents()[&fixture::first().document.sha256].segments["claims"];
        harm(&dir.path().join("segments").join(entry.file()));
        let store = Store::open(dir.path(), &[Layer::Claims], View::Merged).expect("opens all the same");
        let [damage] = store.damages() else { panic!("{word}: {:?}", store.damages()) };
        assert_eq!(damage.what, "claims of ruritania-2020.txt");
        assert!(damage.reason.contains(word), "{damage}");
        let second = lift(&fixture::second(), &Base::default());
        assert_eq!(store.len(), second.layer(Layer::Claims).map(|graph| graph.triples.len()).sum::<usize>());
        assert_eq!(Error::from(damage.clone()).code(), Code::STORE_DAMAGED);
        add(dir.path(), &[fixture::first()], BY);
        assert!(Store::open(dir.path(), &[Layer::Claims], View::Merged).expect("opens").damages().is_empty());
    }
}

/// A list of contents as older versions wrote it, without a checksum.
fn unsealed(manifest: &str) -> String {
    manifest.lines().filter(|line| !line.contains("\"checksum\"")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_bad_line_under_a_right_hash_is_named() {
    let dir = store_of_both();
    let path = dir.path().join("manifest.json");
    let directory = Directory::open(dir.path()).expect("opens");
    let entry = &directory.documents()[&fixture::first().document.sha256].segments["evidence"];
    let wrong = b"<https://x.org/a> <https://x.org/b> no object .\n";
    let hash = super::segment::hash(wrong);
    let file = dir.path().join("segments").join(format!("{}.nq.gz", &hash[..32]));
    fs::write(file, super::segment::compress(wrong, None).expect("gzip")).expect("writes");
    let manifest = fs::read_to_string(&path).expect("reads").replace(&entry.sha256, &hash);
    fs::write(&path, unsealed(&manifest)).expect("writes");
    let store = Store::open(dir.path(), OF_DOCUMENTS, View::Merged).expect("opens");
    assert_eq!(store.damages().len(), 1);
    assert!(store.damages()[0].reason.contains("a line is no quad"), "{}", store.damages()[0]);
}

#[test]
fn one_writer_and_readers_beside_it() {
    let dir = store_of_both();
    let first = writer(dir.path());
    let second = Writer::open(dir.path(), None, "another").expect_err("one at a time");
    let own = format!("the store is in use by process {} (a test)", std::process::id());
    assert_eq!((second.code(), second.to_string()), (Code::STORE_IN_USE, own));
    assert_eq!(quads_in(dir.path()), quads_of_both());
    drop(first);
    drop(writer(dir.path()));
}

#[test]
fn a_reader_overtaken_by_a_writer_reads_the_new_state() {
    let dir = store_of_both();
    let mut reader = Directory::open(dir.path()).expect("opens");
    let mut changed = fixture::first();
    changed.claims.truncate(1);
    add(dir.path(), &[changed], BY);
    let (segments, damages) = reader.quads(OF_DOCUMENTS).expect("reads");
    assert!(damages.is_empty(), "{damages:?}");
    let quads: BTreeSet<_> = segments.iter().flatten().map(Quad::to_string).collect();
    assert_eq!(quads, quads_in(dir.path()));
    assert!(quads.len() < quads_of_both().len());
}

/// Stops a change after each of its steps in turn and looks at what is left, until it runs through. Returns the steps.
fn stopped_everywhere(start: &Path, change: impl Fn(&Path) -> Result<(), Error>, look: impl Fn(&Path)) -> usize {
    for steps in 0.. {
        let dir = copy(start);
        stop_after(Some(steps));
        let done = change(dir.path());
        stop_after(None);
        look(dir.path());
        // Whoever writes next finishes the job or sweeps up.
        change(dir.path()).expect("works the second time");
        look(dir.path());
        if done.is_ok() {
            return steps;
        }
    }
    unreachable!("each change has an end")
}

fn whole_or_absent(dir: &Path) {
    let directory = match Directory::open(dir) {
        Ok(directory) => directory,
        Err(Error::Missing(_)) => return,
        Err(error) => panic!("{error}"),
    };
    let mut expected = BTreeSet::new();
    for extraction in [fixture::first(), fixture::second()] {
        if directory.documents().contains_key(&extraction.document.sha256) {
            expected.extend(quads_of(&extraction));
            assert_eq!(directory.text(&extraction.document.sha256).expect("the text"), extraction.document.text);
        }
    }
    assert_eq!(quads_in(dir), expected);
}

#[test]
fn a_run_stopped_anywhere_leaves_each_document_whole_or_absent() {
    let empty = tempfile::tempdir().expect("a temporary directory");
    let add_both = |dir: &Path| -> Result<(), Error> {
        let mut writer = Writer::open(dir, None, "a test")?;
        for extraction in [fixture::first(), fixture::second()] {
            writer.add(&extraction, BY)?;
            writer.commit()?;
        }
        Ok(())
    };
    let steps = stopped_everywhere(empty.path(), add_both, whole_or_absent);
    assert!(steps > 40, "{steps} steps are too few to have stopped everywhere");

    let both = store_of_both();
    let remove_first = |dir: &Path| -> Result<(), Error> {
        let mut writer = Writer::open(dir, None, "a test")?;
        match writer.remove("ruritania-2020.txt") {
            Ok(_) | Err(Error::Unknown(_)) => writer.commit(),
            Err(error) => Err(error),
        }
    };
    stopped_everywhere(both.path(), remove_first, whole_or_absent);
}

#[test]
fn replacing_stopped_anywhere_leaves_the_old_or_the_new() {
    let both = store_of_both();
    let mut changed = fixture::first();
    changed.claims.truncate(3);
    let replace = |dir: &Path| -> Result<(), Error> {
        let mut writer = Writer::open(dir, None, "a test")?;
        writer.add(&changed, "later")?;
        writer.commit()
    };
    let with = |extraction: &Extraction| -> BTreeSet<String> {
        quads_of(extraction).union(&quads_of(&fixture::second())).cloned().collect()
    };
    let (old, new) = (with(&fixture::first()), with(&changed));
    stopped_everywhere(both.path(), replace, |dir| {
        let found = quads_in(dir);
        assert!(found == old || found == new);
    });
}

#[test]
fn a_directory_that_is_no_store_is_left_alone() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    assert!(matches!(Directory::open(dir.path()), Err(Error::Missing(_))));
    assert!(matches!(Directory::open(&dir.path().join("nowhere")), Err(Error::Missing(_))));
    fs::create_dir(dir.path().join("texts")).expect("makes");
    fs::write(dir.path().join("texts/mine.txt"), "mine").expect("writes");
    fs::write(dir.path().join("other"), "mine").expect("writes");
    assert!(matches!(Writer::open(dir.path(), None, "a test"), Err(Error::Foreign(_))));
    fs::remove_file(dir.path().join("other")).expect("removes");
    add(dir.path(), &[fixture::first()], BY);
    assert!(dir.path().join("texts/mine.txt").exists());
}

#[test]
fn a_list_of_contents_that_is_missing_damaged_or_too_new_is_said_so() {
    let dir = store_of_both();
    let path = dir.path().join("manifest.json");
    let manifest = fs::read_to_string(&path).expect("reads");
    fs::write(&path, &manifest[..100]).expect("writes");
    assert!(matches!(Directory::open(dir.path()), Err(Error::Manifest { .. })));
    fs::write(&path, manifest.replace("\"format\": 2", "\"format\": 9")).expect("writes");
    assert!(matches!(Directory::open(dir.path()), Err(Error::Newer { found: 9, .. })));
    fs::remove_file(&path).expect("removes");
    assert!(matches!(Directory::open(dir.path()), Err(Error::Manifest { .. })));
    assert!(matches!(Writer::open(dir.path(), None, "a test"), Err(Error::Manifest { .. })));
    assert_eq!(fs::read_dir(dir.path().join("texts")).expect("lists").count(), 2, "nothing is swept away");
}

#[test]
fn a_store_keeps_its_base() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let base = Base::new("https://example.org/kg/").expect("a base");
    drop(Writer::open(dir.path(), Some(&base), "a test").expect("makes it"));
    assert_eq!(writer(dir.path()).base(), &base);
    let other = Writer::open(dir.path(), Some(&Base::default()), "a test");
    assert!(matches!(other, Err(Error::Base { .. })));
}

#[test]
fn ontology_and_runs_stand_beside_the_documents() {
    let dir = store_of_both();
    let mut writer = writer(dir.path());
    writer.stand(&ontology(&Base::default())).expect("written");
    for ended in ["2026-01-15T10:02:00Z", "2026-01-16T09:00:00Z"] {
        let texts = vec![fixture::first().document.sha256];
        writer.record(&Run { version: BY.to_owned(), ended: ended.to_owned(), texts }).expect("written");
    }
    writer.commit().expect("kept");
    let runs = Store::open(dir.path(), &[Layer::Runs], View::Named).expect("opens");
    let activity = crate::lift::vocabulary::prov::ACTIVITY.into();
    assert_eq!(memory(&runs).quads_for_pattern(None, None, Some(activity), None).count(), 4, "two runs, in two views");
    assert_eq!(
        memory(&Store::open(dir.path(), &[Layer::Claims], View::Named).expect("opens")).named_graphs().count(),
        2
    );
}

#[test]
fn foreign_rdf_is_the_same_in_all_formats() {
    let turtle = "@prefix x: <https://x.org/> . x:a x:b \"c\"@en , 4.50 ; x:d [ x:e x:f ] .";
    let triples = "_:n <https://x.org/e> <https://x.org/f> .\n<https://x.org/a> <https://x.org/d> _:n .\n\
                   <https://x.org/a> <https://x.org/b> \"c\"@en .\n\
                   <https://x.org/a> <https://x.org/b> \"4.50\"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n";
    let xml = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="https://x.org/">
        <rdf:Description rdf:about="https://x.org/a"><x:b xml:lang="en">c</x:b>
        <x:b rdf:datatype="http://www.w3.org/2001/XMLSchema#decimal">4.50</x:b>
        <x:d><rdf:Description><x:e rdf:resource="https://x.org/f"/></rdf:Description></x:d></rdf:Description></rdf:RDF>"#;
    let json = r#"{"@id":"https://x.org/a","https://x.org/b":[{"@value":"c","@language":"en"},
        {"@value":"4.50","@type":"http://www.w3.org/2001/XMLSchema#decimal"}],
        "https://x.org/d":{"https://x.org/e":{"@id":"https://x.org/f"}}}"#;
    let files = [
        ("a.ttl", turtle),
        ("a.nt", triples),
        ("a.nq", triples),
        ("a.trig", turtle),
        ("a.rdf", xml),
        ("a.jsonld", json),
    ];
    let mut seen = BTreeSet::new();
    for (name, text) in files {
        let read = || {
            let format = foreign_format(name, None).expect("a format");
            foreign(name, text.as_bytes(), format, None, &Base::default()).expect("it is read")
        };
        assert_eq!(read(), read());
        assert_eq!((read().len(), read().named()), (4, 1), "{name}");
        let lines = String::from_utf8(read().lines().to_vec()).expect("UTF-8");
        assert!(lines.lines().is_sorted() && !lines.contains("_:"), "{name}: {lines}");
        let hash = &super::segment::hash(text.as_bytes())[..16];
        seen.insert(lines.replace(hash, "…"));
    }
    assert_eq!(seen.len(), 1, "{seen:#?}");
}

#[test]
fn loaded_rdf_is_replaced_by_name_and_removed_alone() {
    let dir = store_of_both();
    let load = |text: &str, graph: Option<&NamedNode>| {
        let read = foreign("a.nt", text.as_bytes(), RdfFormat::NTriples, graph, &Base::default()).expect("it is read");
        let mut writer = writer(dir.path());
        let added = writer.load("a.nt", &read).expect("loaded");
        writer.commit().expect("kept");
        added
    };
    let graph = NamedNode::new_unchecked("https://x.org/g");
    assert_eq!(load("<https://x.org/a> <https://x.org/b> <https://x.org/c> .", None), Added::New);
    assert_eq!(load("<https://x.org/a> <https://x.org/b> <https://x.org/c> .", None), Added::Same);
    assert_eq!(load("<https://x.org/a> <https://x.org/b> <https://x.org/d> .", Some(&graph)), Added::Replaced);
    let store = Store::open(dir.path(), &[], View::Named).expect("opens");
    assert_eq!((store.len(), memory(&store).named_graphs().count()), (1, 1));
    let mut writer = writer(dir.path());
    writer.remove("a.nt").expect("it is there");
    writer.commit().expect("kept");
    assert!(Store::open(dir.path(), &[], View::Merged).expect("opens").is_empty());
    assert_eq!(quads_in(dir.path()), quads_of_both());
}

#[test]
fn foreign_faults_have_their_place() {
    let text = "@prefix x: <https://x.org/> .\nx:a x:b y:c .\n";
    let error =
        foreign("a.ttl", text.as_bytes(), RdfFormat::Turtle, None, &Base::default()).expect_err("no such prefix");
    let place = error.place().expect("a place");
    assert_eq!((place.line, place.source.as_str(), error.code()), (2, "x:a x:b y:c .", Code::RDF_INVALID));
    assert_eq!(foreign_format("a.xyz", None).expect_err("no such format").code(), Code::RDF_FORMAT_UNKNOWN);
    assert_eq!(foreign_format("a.xyz", Some("Turtle")).expect("a format"), RdfFormat::Turtle);
    let marked = "\u{feff}@prefix x: <https://x.org/> .\nx:a x:b x:c .\n";
    assert!(foreign("a.ttl", marked.as_bytes(), RdfFormat::Turtle, None, &Base::default()).is_ok());
    assert_eq!(foreign_format("a.nq.gz", None).expect("a format"), RdfFormat::NQuads);
}
