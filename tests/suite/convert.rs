//! `rapporteur convert` as typed, and the seam below it: any parser that speaks rio writes through our writers.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use assert_cmd::Command;
use flate2::Compression;
use oxigraph::io::{RdfFormat, RdfParser};
use oxrdf::dataset::CanonicalizationAlgorithm;
use oxrdf::{Dataset, Quad};
use rapporteur::export::{Format, Quads, SortedLines, rdf, seam};
use rio_api::parser::{QuadsParser, TriplesParser};
use tempfile::TempDir;

const FORMATS: [&str; 6] = ["ttl", "trig", "nt", "nq", "jsonld", "rdf"];

/// What others may write: blank nodes with and without labels, a list, odd literals, relative IRIs, prefixes that are
/// not ours although their names are.
const FOREIGN: &str = r#"@prefix schema: <http://example.org/voc#> .
@prefix : <http://example.org/> .
<a> schema:knows [ schema:name "say \"no\" \\ yes", "ایران «الف»"@fa ; schema:knows _:x.y ] .
_:x.y schema:list ( 1 "two" <three> ) ; schema:mark "a < b & c {|}", "👍🏽", """first
second""" .
:b a schema:Thing ; schema:size 1.50, 7, true .
"#;

fn run(folder: &TempDir, arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut command = Command::cargo_bin("rapporteur").unwrap();
    let output = command.current_dir(folder.path()).arg("convert").args(arguments).write_stdin(input).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn format(name: &str) -> RdfFormat {
    RdfFormat::from_extension(name).unwrap()
}

/// The statements without graphs, blank nodes under names that depend on the statements alone.
fn triples(text: &str, name: &str) -> BTreeSet<String> {
    let quads = RdfParser::from_format(format(name)).with_base_iri("http://base.org/").unwrap().for_slice(text);
    let quads = quads.map(|quad| quad.unwrap_or_else(|error| panic!("{name}: {error}\n{text}")));
    let mut set: Dataset = quads.map(|quad| Quad { graph_name: oxrdf::GraphName::DefaultGraph, ..quad }).collect();
    set.canonicalize(CanonicalizationAlgorithm::Unstable);
    set.iter().map(|quad| quad.to_string()).collect()
}

fn fixture() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/two-documents.nq")).unwrap()
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.ttl"), format!("\u{feff}{FOREIGN}")).unwrap();
    let (code, _, err) = run(&folder, &["a.ttl", "--base", "http://base.org/", "-f", "nt"], "");
    assert_eq!((code, err.as_str()), (0, "converted 18 statements\n"));
}

#[test]
fn every_format_becomes_every_other_with_the_same_triples() {
    let folder = tempfile::tempdir().unwrap();
    let expected = triples(FOREIGN, "ttl");
    for from in FORMATS {
        let arguments = ["-", "--from", "ttl", "--base", "http://base.org/", "-f", from];
        let (code, first, err) = run(&folder, &arguments, FOREIGN);
        assert_eq!((code, err.as_str()), (0, "converted 18 statements\n"), "{from}");
        assert_eq!(triples(&first, from), expected, "{from}");
        assert!(run(&folder, &arguments, FOREIGN).1 == first, "{from}: the same each time");
        for to in FORMATS {
            let (code, second, err) = run(&folder, &["-", "--from", from, "-f", to], &first);
            assert_eq!((code, triples(&second, to)), (0, expected.clone()), "{from} to {to}: {err}");
        }
    }
}

#[test]
fn graphs_stay_where_there_is_room_for_them() {
    let folder = tempfile::tempdir().unwrap();
    let quads = fixture();
    let of = |text: &str, name: &str| -> BTreeSet<String> {
        RdfParser::from_format(format(name)).for_slice(text).map(|quad| quad.unwrap().to_string()).collect()
    };
    let (_, trig, err) = run(&folder, &["-", "--from", "nq", "-f", "trig"], &quads);
    assert!(of(&trig, "trig") == of(&quads, "nq"));
    assert_eq!(err, format!("converted {} statements\n", quads.lines().count()));
    let (_, again, _) = run(&folder, &["-", "--from", "trig", "-f", "nq", "--sort"], &trig);
    assert!(of(&again, "nq") == of(&quads, "nq"));
    assert!(again.lines().is_sorted());
    let graphs: BTreeSet<_> = RdfParser::from_format(format("nq"))
        .for_slice(&quads)
        .map(|quad| quad.unwrap().graph_name.to_string())
        .filter(|graph| graph != "DEFAULT")
        .collect();
    let lost = format!(" has no graphs, so the names of {} graphs are lost\n", graphs.len());
    for to in ["nt", "ttl"] {
        let (_, _, err) = run(&folder, &["-", "--from", "nq", "-f", to], &quads);
        assert!(err.ends_with(&lost), "{err}");
    }
}

#[test]
fn lines_are_written_as_they_come_or_sorted() {
    let folder = tempfile::tempdir().unwrap();
    let lines = "_:z <http://x.org/p> \"2\" <http://x.org/g> .\n_:1 <http://x.org/p> \"1\" .\n";
    let repeated = [lines, lines].concat();
    let lines_to = |arguments: &[&str]| run(&folder, &[&["-", "--from", "nq"], arguments].concat(), &repeated).1;
    assert_eq!(lines_to(&["-f", "nq"]), repeated);
    assert_eq!(
        lines_to(&["-f", "nq", "--sort"]),
        lines.lines().rev().map(|line| format!("{line}\n")).collect::<String>()
    );
    assert_eq!(lines_to(&["-f", "nt", "--sort"]), "_:1 <http://x.org/p> \"1\" .\n_:z <http://x.org/p> \"2\" .\n");
    // A label that XML cannot have is given another name there.
    assert!(lines_to(&["-f", "rdf"]).contains("rdf:nodeID=\"b2\""));
}

#[test]
fn files_may_be_under_gzip_on_both_sides() {
    let folder = tempfile::tempdir().unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(fixture().as_bytes()).unwrap();
    fs::write(folder.path().join("in.nq.gz"), packed.finish().unwrap()).unwrap();
    assert_eq!(run(&folder, &["in.nq.gz", "-o", "out.nt.gz", "--sort"], "").0, 0);
    let mut text = String::new();
    let file = fs::File::open(folder.path().join("out.nt.gz")).unwrap();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    assert_eq!(triples(&text, "nt"), triples(&fixture(), "nq"));
    let mut cut = fs::read(folder.path().join("in.nq.gz")).unwrap();
    cut.truncate(cut.len() / 2);
    fs::write(folder.path().join("cut.nq.gz"), cut).unwrap();
    let (code, _, err) = run(&folder, &["cut.nq.gz", "-o", "cut.nt"], "");
    assert_eq!(code, 3);
    assert!(err.starts_with("error R0123: cut.nq.gz ends in .gz and is no whole gzip file"), "{err}");
    assert!(!folder.path().join("cut.nt").exists());
}

#[test]
fn what_cannot_be_read_is_said_with_its_place_and_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let bad = "@prefix a: <http://x.org/> .\na:s a:p \"1\" .\n  a:s a:p b:o .\n";
    fs::write(folder.path().join("bad.ttl"), bad).unwrap();
    fs::write(folder.path().join("there.nq"), "mine").unwrap();
    fs::write(folder.path().join("plain.dat"), bad).unwrap();
    for (arguments, code, expected) in [
        (
            &["bad.ttl", "-o", "out.nq"][..],
            3,
            "error R0122: bad.ttl is no valid Turtle: The prefix b: has not been declared\n  ┌ bad.ttl:3:11\n3 │   a:s a:p b:o .\n  │           \
             ^^^\n  declare it at the top of the file: @prefix name: <…> .\n",
        ),
        (&["gone.ttl", "-o", "out.nq"], 3, "error R0100: cannot read gone.ttl: there is no such file\n"),
        (&["bad.ttl", "-o", "there.nq"], 2, "error R0402: there.nq exists\n  use --force to replace it\n"),
        (&["bad.ttl", "-o", "no/out.nq"], 3, "error R0404: cannot write no/out.nq: there is no folder no\n"),
        (
            &["plain.dat", "-o", "out.nq"],
            2,
            "error R0121: do not know what RDF is in plain.dat\n  say --format ttl, nt, nq, trig, jsonld or rdf\n",
        ),
        (
            &["bad.ttl", "--base", "oops", "-o", "out.nq"],
            2,
            "error R0306: “oops” is no IRI to start others with\n  for example --base https://example.org/\n",
        ),
    ] {
        let (exit, out, err) = run(&folder, arguments, "");
        assert_eq!((exit, out.as_str()), (code, ""), "{arguments:?}");
        assert_eq!(err, expected, "{arguments:?}");
    }
    let left: BTreeSet<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[test]
fn our_own_rdf_becomes_graph_files() {
    let folder = tempfile::tempdir().unwrap();
    let (code, gexf, err) = run(&folder, &["-", "--from", "nq", "-f", "gexf"], &fixture());
    assert!(code == 0 && gexf.contains("<nodes>") && err.starts_with("wrote ") && err.contains(" nodes"), "{err}");
    let (code, _, err) = run(&folder, &["-", "--from", "nq", "-f", "neo4j", "-o", "tables"], &fixture());
    assert!(code == 0 && folder.path().join("tables/nodes.csv").exists(), "{err}");
    let (code, _, err) = run(&folder, &["-", "--from", "ttl", "-f", "dot", "--base", "http://x.org/"], FOREIGN);
    assert_eq!((code, err.as_str()), (3, "error R0409: nothing to draw: no claim ties two things together\n"));
}

#[test]
fn a_parser_of_another_family_writes_through_our_writers() {
    type Failed = rapporteur::export::ExportError;
    #[derive(Debug)]
    #[expect(dead_code, reason = "shown when the test fails")]
    enum Fault {
        Read(rio_turtle::TurtleError),
        Write(Failed),
    }
    impl From<rio_turtle::TurtleError> for Fault {
        fn from(error: rio_turtle::TurtleError) -> Self {
            Self::Read(error)
        }
    }
    let quads = fixture();
    let table: Quads = {
        let parsed: Vec<_> = RdfParser::from_format(RdfFormat::NQuads).for_slice(&quads).map(Result::unwrap).collect();
        parsed.iter().map(Quad::as_ref).collect()
    };
    let ours = |format| {
        let mut out = Vec::new();
        rdf::write(&table, format, &Default::default(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };

    let mut lines = SortedLines::new(true);
    let send = &mut |quad: rio_api::model::Quad<'_>| {
        rio_api::formatter::QuadsFormatter::format(&mut lines, &quad).map_err(Fault::Write)
    };
    rio_turtle::NQuadsParser::new(quads.as_bytes()).parse_all(send).unwrap();
    let mut sorted = Vec::new();
    lines.finish(&mut sorted).unwrap();
    assert!(sorted == ours(Format::NQuads).into_bytes());

    let turtle = ours(Format::Turtle);
    let mut lines = rdf::Lines(Vec::new());
    let send = &mut |triple: rio_api::model::Triple<'_>| {
        rio_api::formatter::TriplesFormatter::format(&mut lines, &triple).map_err(Fault::Write)
    };
    rio_turtle::TurtleParser::new(turtle.as_bytes(), None).parse_all(send).unwrap();
    assert_eq!(triples(std::str::from_utf8(&lines.0).unwrap(), "nt"), triples(&quads, "nq"));

    let mut lines = rdf::Lines(Vec::new());
    let mut union = seam::Union(&mut lines);
    let send = &mut |quad: rio_api::model::Quad<'_>| {
        rio_api::formatter::QuadsFormatter::format(&mut union, &quad).map_err(Fault::Write)
    };
    rio_turtle::NQuadsParser::new(quads.as_bytes()).parse_all(send).unwrap();
    assert_eq!(triples(std::str::from_utf8(&lines.0).unwrap(), "nt"), triples(&quads, "nq"));
}
