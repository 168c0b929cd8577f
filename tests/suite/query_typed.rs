//! query, queries, show and why as typed: standard output, standard error, exit codes.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use rapporteur::lift::Base;
use rapporteur::store::{Writer, foreign, foreign_format};
use tempfile::TempDir;

const FIXTURE: &[u8] = include_bytes!("../fixtures/query/statements.trig");

/// A folder with a store that holds the invented statements.
fn folder() -> TempDir {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let format = foreign_format("statements.trig", None).expect("TriG");
    let statements = foreign("statements.trig", FIXTURE, format, None, &Base::default()).expect("the fixture reads");
    let mut writer = Writer::open(&dir.path().join("rapporteur-store"), None, "test").expect("a store");
    writer.load("statements.trig", &statements).expect("loads");
    writer.commit().expect("commits");
    dir
}

fn run(dir: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::cargo_bin("rapporteur").expect("the program");
    command.current_dir(dir).env_remove("RAPPORTEUR_STORE").env("COLUMNS", "100");
    command.args(arguments).write_stdin(input).output().expect("it runs")
}

/// Exit code, standard output and standard error.
fn say(dir: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let output = run(dir.path(), arguments, "");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("it ends by itself"), text(output.stdout), text(output.stderr))
}

#[test]
fn a_pipe_gets_csv_and_people_get_a_table() {
    let dir = folder();
    let (code, out, err) = say(&dir, &["query", "established"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        out.starts_with("founder,not,relation,founded,when,basis,modality,by,quote,where,claim\r\nhttps://"),
        "{out}"
    );

    let (_, table, _) = say(&dir, &["query", "established", "-f", "table"]);
    let expected = [
        " WHO                 DID          WHAT          WHEN  UNDER              SAID BY  WHERE",
        " Government of Iran  established  Cyber Police  2011  Article 12 of the  Iran     iran-2019 152–198",
        "                                                      Computer Offences",
        "                                                      Act",
        "     “In 2011 our Government set up the Cyber Police”",
        "1 row",
    ];
    assert_eq!(table.lines().collect::<Vec<_>>(), expected);
    assert_eq!(say(&dir, &["query", "established", "-f", "table"]).1, table, "the same bytes each time");
}

#[test]
fn formats_follow_the_file_and_files_are_not_replaced() {
    let dir = folder();
    assert_eq!(say(&dir, &["query", "positions", "-o", "p.json"]).0, 0);
    let json: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(dir.path().join("p.json")).expect("written")).expect("JSON");
    assert_eq!(json["results"]["bindings"].as_array().map(Vec::len), Some(11));
    let (code, _, err) = say(&dir, &["query", "positions", "-o", "p.json"]);
    assert_eq!((code, err.as_str()), (2, "error R0402: p.json exists\n  use --force to replace it\n"));
    assert_eq!(say(&dir, &["query", "positions", "-o", "p.json", "--force"]).0, 0);
    assert_eq!(say(&dir, &["query", "positions", "-o", "p.md"]).0, 0);
    assert!(fs::read_to_string(dir.path().join("p.md")).expect("written").starts_with("| Date | Who |"));
    let (code, out, _) = say(&dir, &["query", "CONSTRUCT { ?s rap:opposes ?o } { ?s rap:opposes ?o }"]);
    assert_eq!(code, 0);
    assert!(out.contains("<state/irn>") && out.contains("rap:opposes <matter/"), "{out}");
    assert!(say(&dir, &["query", "DESCRIBE <state/irn>", "-f", "nt"]).1.lines().all(|line| line.ends_with(" .")));
    assert_eq!(say(&dir, &["query", "ASK { ?s rap:opposes ?o }", "-f", "table"]).1, "yes\n");
}

#[test]
fn questions_come_by_name_file_text_and_standard_input() {
    let dir = folder();
    fs::write(dir.path().join("mine.rq"), "SELECT ?n { <state/irn> dcterms:identifier ?n }").expect("writes");
    let expected = "n\r\nIRN\r\n";
    let (_, out, err) = say(&dir, &["query", "mine.rq"]);
    assert_eq!((out.as_str(), err.as_str()), (expected, "note: added PREFIX dcterms:\n"));
    let text = "SELECT ?n { <state/irn> dcterms:identifier ?n }";
    assert_eq!(say(&dir, &["query", text]).1, expected);
    assert_eq!(say(&dir, &["query", "-q", text]).1, expected);
    assert_eq!(String::from_utf8_lossy(&run(dir.path(), &["query", "-"], text).stdout), expected);
    let (_, out, err) = say(&dir, &["--quiet", "query", "SELECT ?n { ?x dcterms:identifier ?n }", "-p", "x=Iran"]);
    assert_eq!((out.as_str(), err.as_str()), (expected, ""));
    assert_eq!(
        say(&dir, &["query", "SELECT ?n { ?x e:identifier ?n }", "--prefix", "e=http://purl.org/dc/terms/", "-n", "1"])
            .0,
        0
    );

    fs::create_dir(dir.path().join("queries")).expect("a folder");
    fs::rename(dir.path().join("mine.rq"), dir.path().join("queries/mine.rq")).expect("moves");
    assert_eq!(say(&dir, &["query", "mine", "--queries", "queries"]).1, expected);
    assert!(say(&dir, &["queries", "--queries", "queries"]).1.contains("\n mine\n"));
}

#[test]
fn every_row_of_a_csv_has_all_its_fields() {
    let dir = folder();
    for (name, _) in [("positions", 0), ("claims", 0), ("timeline", 0), ("coverage", 0)] {
        let (code, out, err) = say(&dir, &["query", name, "-f", "csv"]);
        assert_eq!(code, 0, "{name}: {err}");
        let mut rows = csv::Reader::from_reader(out.as_bytes());
        let fields: Vec<usize> = rows.records().map(|row| row.expect("as many fields as headings").len()).collect();
        assert!(!fields.is_empty(), "{name}");
    }
}

#[test]
fn a_byte_order_mark_before_a_question_is_passed_over() {
    let dir = folder();
    let text = "\u{feff}SELECT ?n { <state/irn> dcterms:identifier ?n }";
    assert_eq!(String::from_utf8_lossy(&run(dir.path(), &["query", "-"], text).stdout), "n\r\nIRN\r\n");
}

#[test]
fn nothing_found_is_said() {
    let dir = folder();
    let (code, out, err) = say(&dir, &["query", "mandates", "-p", "body=Interpol", "-f", "table"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(err.contains("no rows: nothing in") && err.contains("for body=Interpol (which resolution gave"), "{err}");
    assert_eq!(say(&dir, &["query", "mandates", "-p", "body=Interpol", "--fail-empty"]).0, 1);
    let (code, _, err) = say(&dir, &["query", "SELECT ?s { ?s rap:suports ?o }"]);
    assert!(code == 0 && err.contains("rap:suports is not in the ontology; did you mean rap:supports ?"), "{err}");
    let sure = |least: &str| {
        say(&dir, &["query", "positions", "-p", "act=supports", "--min-confidence", least]).1.lines().count()
    };
    assert_eq!((sure("0.5"), sure("0.6")), (3, 2));
}

#[test]
fn errors_end_with_their_codes() {
    let dir = folder();
    for (arguments, code, text) in [
        (
            &["query", "positions", "-p", "actor=Irn"][..],
            3,
            "error R0311: no entity called “Irn”\n  did you mean  Iran (State, 2 documents) ?\n  search with   rapporteur show \"Ir*\"\n",
        ),
        (
            &["query", "postions"],
            2,
            "error R0210: no bundled query “postions”, and no such file\n  did you mean  positions ?      all of them: rapporteur queries\n",
        ),
        (
            &["query", "none.rq"],
            2,
            "error R0210: no bundled query “none.rq”, and no such file\n  all of them: rapporteur queries\n",
        ),
        (
            &["query", "SELEC ?x WHERE { ?x a ?y }"],
            3,
            "error R0201: SPARQL stops making sense here\n  ┌ query:1:1\n1 │ SELEC ?x WHERE { ?x a ?y }\n  │ ^^^^^\n  expected SELECT, ASK, CONSTRUCT or DESCRIBE\n",
        ),
        (
            &["query", "positions", "-s", "nowhere"],
            5,
            "error R0501: no store in nowhere\n  make one: rapporteur add -s nowhere FILE…\n",
        ),
        (
            &["query", "positions", "-f", "tabel"],
            2,
            "error R0401: do not know the format “tabel”\n  did you mean  table ?  known: table csv tsv json xml markdown; for graphs ttl trig nt nq jsonld rdf\n",
        ),
        (
            &["query", "DELETE WHERE { ?s ?p ?o }"],
            2,
            "error R0204: this is an update, and queries only read\n  ┌ query:1:1\n1 │ DELETE WHERE { ?s ?p ?o }\n  │ ^^^^^^\n  the store changes through add, load and remove\n",
        ),
        (&["why", "0000"], 3, "error R0313: no claim “0000”\n  claims are listed by  rapporteur query claims -f csv\n"),
        (
            &["queries", "show", "postions"],
            2,
            "error R0210: no bundled query “postions”, and no such file\n  did you mean  positions ?      all of them: rapporteur queries\n",
        ),
    ] {
        let (found, out, err) = say(&dir, arguments);
        assert_eq!((found, out.as_str(), err.as_str()), (code, "", text), "{arguments:?}");
    }
}

#[test]
fn queries_are_listed_and_printed() {
    let dir = folder();
    let (_, out, _) = say(&dir, &["queries"]);
    assert!(out.starts_with(" NAME ") && out.contains("NEEDS\n bodies "), "{out}");
    assert!(!out.lines().any(|line| line.chars().count() > 100), "{out}");
    assert_eq!(say(&dir, &["queries", "show", "bodies"]).1, include_str!("../../queries/bodies.rq"));
}

#[test]
fn show_and_why_hold_the_evidence() {
    let dir = folder();
    let (code, out, _) = say(&dir, &["show", "Cyber Police"]);
    assert_eq!(code, 0);
    for part in [
        " Cyber Police   law enforcement agency\n",
        " also called   Cyber Police of Iran\n",
        "Europol",
        "5 rows",
        " named 2 times: ",
    ] {
        assert!(out.contains(part), "{part} in {out}");
    }
    assert!(say(&dir, &["show", "Ir*"]).1.contains("state/irn\n"));
    let (code, out, _) = say(&dir, &["why", "iran-2021:330"]);
    assert_eq!(code, 0);
    for part in [
        "Iran (Islamic Republic of) opposes renewal of the mandate of the IEG\nasserted, strength 3, confidence 0.93\n",
        "▌We see no reason to renew the mandate of the IEG▐",
        "iran-2021, characters 290–338",
        "said by      Iran (Islamic Republic of), 2021-04-08\n",
        "found by     rule position.no-need\n",
    ] {
        assert!(out.contains(part), "{part} in {out}");
    }
}
