//! The commands that keep a store, as typed: add, stats, check, load, remove, and what they say when something is wrong.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

const STATEMENT: &str = "Statement by the Representative of Canada at the Third session of the Working Group on Tides
Vienna, 3 May 2022

Mr. Chair, my delegation supports the work of the Working Group on Tides. The Government of Canada established the \
Harbour Police in 2014. The Harbour Police cooperates with INTERPOL.
";

fn folder() -> TempDir {
    let dir = tempfile::tempdir().expect("a temporary directory");
    fs::write(dir.path().join("canada.txt"), STATEMENT).expect("writes");
    dir
}

fn run(dir: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("rapporteur").expect("the program");
    command.current_dir(dir).env_remove("RAPPORTEUR_STORE").args(arguments).output().expect("it runs")
}

/// Exit code, standard output and standard error of a run.
fn say(dir: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = run(dir, arguments);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("it ends by itself"), text(output.stdout), text(output.stderr))
}

#[test]
fn add_check_stats_remove() {
    let dir = folder();
    let (code, out, err) = say(dir.path(), &["add", "canada.txt"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(err.starts_with("canada.txt   ") && err.contains("1 document, "), "{err}");

    let (_, _, again) = say(dir.path(), &["add", "canada.txt"]);
    assert!(again.contains("already stored, unchanged"), "{again}");

    let (code, out, _) = say(dir.path(), &["stats", "--format", "json"]);
    let stats: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((code, stats["documents"][0]["name"].as_str()), (0, Some("canada.txt")));
    assert!(say(dir.path(), &["stats"]).1.contains("documents  1\n"));

    let (code, out, _) = say(dir.path(), &["check"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("found again at their place in the stored texts"), "{out}");

    assert_eq!(say(dir.path(), &["remove", "canada.txt"]).2, "canada.txt   removed\n");
    assert!(say(dir.path(), &["stats"]).1.contains("documents  0\n"));
    let (code, _, err) = say(dir.path(), &["remove", "canada.txt"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("error R0507: nothing called “canada.txt” in the store"), "{err}");
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let dir = folder();
    fs::write(dir.path().join("broken.txt"), b"caf\x93 au lait, a line that is long enough").expect("writes");
    let (code, _, err) = say(dir.path(), &["add", "canada.txt", "broken.txt"]);
    assert_eq!(code, 4, "{err}");
    assert!(err.contains("error R0102: broken.txt is not UTF-8"), "{err}");
    assert!(err.ends_with("1 of 2 documents added\n"), "{err}");
    assert_eq!(say(dir.path(), &["add", "broken.txt"]).0, 3);
    assert_eq!(
        say(dir.path(), &["add", "nowhere.txt"]).2.lines().next(),
        Some("error R0100: cannot read nowhere.txt: there is no such file")
    );
}

#[test]
fn folders_standard_input_and_dry_runs() {
    let dir = folder();
    fs::create_dir_all(dir.path().join("texts/deep")).expect("makes");
    fs::write(dir.path().join("texts/deep/one.txt"), STATEMENT).expect("writes");
    fs::write(dir.path().join("texts/two.md"), STATEMENT.replace("2014", "2015")).expect("writes");
    fs::write(dir.path().join("texts/.hidden.txt"), STATEMENT).expect("writes");
    fs::write(dir.path().join("texts/picture.png"), STATEMENT).expect("writes");
    let (code, _, err) = say(dir.path(), &["add", "texts", "--dry-run"]);
    assert_eq!(code, 0);
    assert!(err.ends_with("nothing was stored (--dry-run)\n"), "{err}");
    assert!(!dir.path().join("rapporteur-store").exists());
    say(dir.path(), &["add", "texts"]);
    assert!(say(dir.path(), &["stats"]).1.contains("documents  2\n"));
    let mut command = Command::cargo_bin("rapporteur").expect("the program");
    let stdin = STATEMENT.replace("2014", "2016");
    command.current_dir(dir.path()).args(["add", "-"]).write_stdin(stdin).assert().success();
    assert!(say(dir.path(), &["stats"]).1.contains("documents  3\n"));
}

#[test]
fn a_quote_changed_in_the_store_fails_the_check() {
    let dir = folder();
    say(dir.path(), &["add", "canada.txt"]);
    let segments = dir.path().join("rapporteur-store/segments");
    for entry in fs::read_dir(segments).expect("lists") {
        let path = entry.expect("entry").path();
        let mut bytes = fs::read(&path).expect("reads");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x55;
        fs::write(&path, bytes).expect("writes");
    }
    let (code, out, err) = say(dir.path(), &["check"]);
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("FAIL") && out.contains("claims of canada.txt") && out.contains("R0503"), "{out}");
    assert!(err.contains("failures"), "{err}");
    assert_eq!(say(dir.path(), &["check", "--fail-on", "none"]).0, 0);
    let (code, _, err) = say(dir.path(), &["add", "canada.txt"]);
    assert!(code == 5 && err.contains("rapporteur repair"), "what all documents share is not written over: {err}");
    say(dir.path(), &["repair"]);
    assert_eq!(say(dir.path(), &["check"]).0, 0, "the kept text gives all of it again");
    assert!(say(dir.path(), &["repair"]).2.starts_with("nothing is damaged\n"));
}

#[test]
fn loaded_rdf_stands_beside_the_documents() {
    let dir = folder();
    fs::write(dir.path().join("mine.ttl"), "@prefix x: <https://x.org/> . x:a x:b [ x:c \"d\" ] .").expect("writes");
    fs::write(dir.path().join("bad.ttl"), "x:a x:b x:c .").expect("writes");
    let (code, _, err) = say(dir.path(), &["load", "mine.ttl"]);
    assert_eq!((code, err.as_str()), (0, "mine.ttl   2 quads, 1 blank node given names\n"));
    assert!(say(dir.path(), &["stats"]).1.contains("     2 loaded from mine.ttl\n"));
    let (code, _, err) = say(dir.path(), &["load", "bad.ttl"]);
    assert_eq!(code, 3);
    assert!(err.contains("R0122") && err.contains("bad.ttl:1:1"), "{err}");
    assert_eq!(say(dir.path(), &["load", "mine.xyz"]).0, 2);
    assert_eq!(say(dir.path(), &["remove", "mine.ttl"]).0, 0);
}

#[test]
fn export_load_export_is_identical() {
    let dir = folder();
    say(dir.path(), &["add", "canada.txt"]);
    for format in ["nq", "trig", "nt", "ttl", "rdf", "jsonld"] {
        let (file, store) = (format!("first.{format}"), format!("store-{format}"));
        let export = |store: &str| say(dir.path(), &["export", "-s", store, "-f", format]).1;
        let first = export("rapporteur-store");
        assert!(first.len() > 1000, "{format}");
        fs::write(dir.path().join(&file), &first).expect("writes");
        assert_eq!(say(dir.path(), &["load", &file, "-s", &store]).0, 0, "{format}");
        assert!(export(&store) == first, "{format}");
    }
}

#[test]
fn a_store_that_is_missing_or_held_is_said_so() {
    let dir = folder();
    for command in ["stats", "check"] {
        let (code, _, err) = say(dir.path(), &[command, "-s", "nostore"]);
        assert_eq!(code, 5);
        assert!(err.starts_with("error R0501: no store in nostore\n  make one: "), "{err}");
    }
    assert_eq!(say(dir.path(), &["remove", "x", "-s", "nostore"]).0, 5);
    say(dir.path(), &["add", "canada.txt"]);
    let store = dir.path().join("rapporteur-store");
    let held = rapporteur::store::Writer::open(&store, None, "rapporteur serve, since 10:02").expect("opens");
    let (code, _, err) = say(dir.path(), &["add", "canada.txt"]);
    assert_eq!(code, 5);
    let own =
        format!("error R0502: the store is in use by process {} (rapporteur serve, since 10:02)", std::process::id());
    assert!(err.starts_with(&own), "{err}");
    assert_eq!(say(dir.path(), &["stats"]).0, 0, "reading is possible meanwhile");
    drop(held);
    let (code, _, err) = say(dir.path(), &["add", "canada.txt", "--base", "https://example.org/kg/"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("error R0505: the store's IRIs start with"), "{err}");
}

#[test]
fn no_message_speaks_of_the_machinery() {
    let dir = folder();
    let rows: [&[&str]; 5] = [
        &["stats"],
        &["add", "nowhere.txt"],
        &["load", "nowhere.ttl"],
        &["check", "-s", "canada.txt"],
        &["remove", "x"],
    ];
    for arguments in rows {
        let (_, _, err) = say(dir.path(), arguments);
        for word in ["panic", "unwrap", "IO error", "Error(", "os error"] {
            assert!(!err.contains(word), "{arguments:?}: {err}");
        }
    }
}
