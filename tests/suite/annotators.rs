//! Programs of others as typed: what is taken and stored, what is refused, and all the ways in which a program fails. The
//! programs are shell scripts of a few lines.
#![cfg(unix)]

use std::fs;
use std::time::{Duration, Instant};

use assert_cmd::Command;
use tempfile::TempDir;

const A: &str = "---\ntitle: Statement by Luxembourg\nspeaker: Representative of Luxembourg\nrepresents: Luxembourg\n---\n\n\
                 The harbour tariff has left the Ad Hoc Committee cold.\n";
const B: &str = "---\ntitle: Statement by Chad\nspeaker: Representative of Chad\nrepresents: Chad\n---\n\n\
                 The lake lay still. The harbour tariff has left the Ad Hoc Committee cold.\n";

const HEADER: &str = r#"{"type":"annotator","name":"fake","version":"1.0"}"#;
const CLAIM: &str = r#"{"subject":"harbour tariff","predicate":"hinders","object":"the Ad Hoc Committee","quote":"The harbour tariff has left the Ad Hoc Committee cold","confidence":0.9}"#;
const FALSE: &str = r#"{"subject":"harbour tariff","predicate":"hinders","object":"the Ad Hoc Committee","quote":"The harbour tariff has kept the Ad Hoc Committee warm","confidence":0.9}"#;

/// A folder with two texts and a script that greets, reads the greeting, and then does `each` for every document.
fn folder(each: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), A).unwrap();
    fs::write(folder.path().join("b.md"), B).unwrap();
    script(&folder, &format!("echo '{HEADER}'\nread -r greeting\nwhile read -r document; do\n{each}\ndone\n"));
    folder
}

fn script(folder: &TempDir, text: &str) {
    fs::write(folder.path().join("fake.sh"), text).unwrap();
}

/// Exit code, standard output, standard error.
fn typed(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("rapporteur").unwrap();
    command.current_dir(folder.path()).env_remove("RAPPORTEUR_STORE").env("COLUMNS", "100");
    let output = command.args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn added(folder: &TempDir, more: &[&str]) -> (i32, String, String) {
    let all = [&["add", "a.md", "b.md", "--annotator", "sh fake.sh"], more].concat();
    typed(folder, &all)
}

/// Rules of the claims in the store.
fn rules(folder: &TempDir) -> String {
    typed(folder, &["query", "SELECT ?rule { ?c a rap:Claim ; rap:rule ?rule } ORDER BY ?rule", "-f", "csv"]).1
}

fn proposed(folder: &TempDir) -> usize {
    rules(folder).matches("annotator:fake@1.0").count()
}

#[test]
fn what_is_proposed_is_stored_proved_and_told() {
    let folder = folder(&format!("echo '{CLAIM}'\necho '{FALSE}'\necho"));
    let (code, _, err) = added(&folder, &[]);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("fake@1.0: 1 claim, 1 line refused"), "{err}");
    assert!(
        err.contains("line 2: the quote “The harbour tariff has kept the Ad Hoc Committee warm” does not stand"),
        "{err}"
    );
    assert!(err.contains("2 lines of annotators refused"), "{err}");
    assert_eq!(proposed(&folder), 2);
    assert!(!typed(&folder, &["check"]).1.contains("✗"), "{}", typed(&folder, &["check"]).1);
    let agents = "SELECT ?label { ?c prov:wasAttributedTo ?a . ?a a prov:SoftwareAgent ; skos:prefLabel ?label }";
    assert!(typed(&folder, &["query", agents, "-f", "csv"]).1.contains("fake 1.0"));
    let (code, told, err) = typed(&folder, &["explain", "a.md", "7", "--annotator", "sh fake.sh"]);
    assert!(code == 0 && told.contains("stands  annotator:fake@1.0") && err.contains("1 line refused"), "{told}{err}");
    let (code, why, err) = typed(&folder, &["why", "a.md:120"]);
    assert!(code == 0 && why.contains("another program, fake 1.0"), "{why}{err}");
}

#[test]
fn what_was_answered_once_is_kept_for_later_readings() {
    let folder = folder(&format!("echo '{CLAIM}'\necho"));
    added(&folder, &[]);
    let (code, _, err) = typed(&folder, &["add", "a.md", "b.md"]);
    assert!(code == 0 && err.contains("fake@1.0, as it answered before: 1 claim"), "{err}");
    assert!(err.contains("already stored, unchanged"), "{err}");
    assert_eq!(proposed(&folder), 2);
    typed(&folder, &["link", "run"]);
    assert_eq!(proposed(&folder), 2);
    let none = format!("echo '{HEADER}'\nread -r greeting\nwhile read -r document; do echo; done\n");
    script(&folder, &none);
    assert_eq!(added(&folder, &[]).0, 0);
    assert_eq!(proposed(&folder), 0, "what it answers now stands in the place of what it answered before");
}

#[test]
fn the_document_enters_whatever_the_program_does() {
    for (each, seconds, expected) in [
        ("exit 3", "30", "it ended (exit code 3) before its answer was whole"),
        ("exec 1>&-; exec sleep 600", "30", "it closed its output"),
        ("exec sleep 600", "1", "it gave no whole answer within 1 s"),
        ("exec 0<&-; exec sleep 600", "1", "no whole answer"),
        ("yes '{\"subject\":1}'", "30", "it wrote more than 20000 lines"),
        ("long=$(printf %0900000d 7); while :; do echo \"$long\"; done", "30", "it wrote more than 16 MB"),
        ("tr '\\0' x < /dev/zero", "30", "it wrote a line of more than 1 MB"),
        ("echo '{\"end\":\"other\"}'", "30", "which is not the id of the document"),
    ] {
        let folder = folder(each);
        let start = Instant::now();
        let (code, _, err) = added(&folder, &["--annotator-timeout", seconds]);
        assert!(code == 4 && err.contains(expected), "{each}: {code} {err}");
        assert!(!err.contains("panicked") && err.contains("2 documents without what the annotator"), "{each}: {err}");
        assert!(start.elapsed() < Duration::from_secs(60), "{each}: {:?}", start.elapsed());
        assert!(typed(&folder, &["stats"]).1.contains('2'), "{each}");
        assert_eq!(proposed(&folder), 0, "{each}");
    }
}

#[test]
fn one_failure_costs_one_document() {
    let each = format!("case \"$document\" in *a.md*) exit 1;; esac\necho '{CLAIM}'\necho");
    let folder = folder(&each);
    let (code, _, err) = added(&folder, &[]);
    assert!(code == 4 && err.contains("1 document without"), "{err}");
    assert_eq!(proposed(&folder), 1);
}

#[test]
fn a_program_is_given_up_after_three_failures_in_a_row() {
    let folder = folder("exit 1");
    for name in ["c.md", "d.md"] {
        fs::write(folder.path().join(name), format!("{A}\n{name}\n")).unwrap();
    }
    let (code, _, err) = typed(&folder, &["add", ".", "--annotator", "sh fake.sh"]);
    assert!(code == 4 && err.contains("it is not asked any more: it failed 3 times in a row"), "{err}");
    assert_eq!(err.matches("exit code 1").count(), 3, "{err}");
}

#[test]
fn rubbish_is_refused_line_by_line() {
    let rubbish = "i=0; while [ $i -lt 9 ]; do echo \"rubbish $i\"; printf '\\377\\033[31m\\n'; i=$((i+1)); done";
    let folder = folder(&format!("{rubbish}\necho '{CLAIM}'\necho 'a remark' >&2\necho"));
    let (code, _, err) = added(&folder, &[]);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("fake@1.0: 1 claim, 18 lines refused") && err.contains("… and 13 more lines"), "{err}");
    assert!(!err.contains('\u{1b}') && err.contains("annotator: a remark"), "{err}");
    assert_eq!(proposed(&folder), 2);
}

#[test]
fn the_output_is_the_same_each_time_and_in_the_order_of_documents() {
    let folder = folder(&format!("echo '{CLAIM}'\necho"));
    let extracted = || typed(&folder, &["extract", "a.md", "b.md", "--annotator", "sh fake.sh"]);
    let (code, out, err) = extracted();
    assert!(code == 0 && out.matches("annotator:fake@1.0").count() == 2, "{err}");
    assert!(err.find("a.md: fake@1.0").unwrap() < err.find("b.md: fake@1.0").unwrap(), "{err}");
    assert_eq!(extracted().1, out);
}

#[test]
fn commands_and_names_that_are_none_are_told() {
    let folder = folder("echo");
    let (code, _, err) = typed(&folder, &["add", "a.md", "--annotator", "no-such-program-here --x"]);
    assert!(code == 2 && err.contains("no-such-program-here: it cannot be started: there is no such program"), "{err}");
    let (code, _, err) = typed(&folder, &["add", "a.md", "--annotator", "sh 'fake.sh"]);
    assert!(code == 2 && err.contains("is a quotation mark open?"), "{err}");
    let (code, _, err) = typed(&folder, &["add", "a.md", "--annotator", "sh fake.sh", "--annotator-name", "a b"]);
    assert!(code == 2 && err.contains("is no NAME@VERSION"), "{err}");
    script(&folder, &format!("while read -r document; do echo '{CLAIM}'; echo; done"));
    let (code, _, err) = added(&folder, &[]);
    assert!(code == 4 && err.contains("its first line does not say what it is"), "{err}");
    script(&folder, &format!("read -r greeting\nwhile read -r document; do echo '{CLAIM}'; echo; done"));
    let (code, _, err) = added(&folder, &["--annotator-name", "mine@2"]);
    assert!(code == 0 && err.contains("mine@2: 1 claim"), "{err}");
    let literal = typed(&folder, &["add", "a.md", "--dry-run", "--annotator", "echo $HOME;true"]).2;
    assert!(literal.contains("“$HOME;true”"), "no shell sees the words: {literal}");
}

#[test]
fn claims_of_a_file_join_a_document_of_the_store() {
    let folder = folder("echo");
    typed(&folder, &["add", "a.md", "b.md", "--date", "2021-05-05"]);
    typed(&folder, &["add", "a.md", "--date", "2021-05-05"]);
    fs::write(folder.path().join("c.jsonl"), format!("{HEADER}\n{CLAIM}\n{FALSE}\n")).unwrap();
    let (code, _, err) = typed(&folder, &["import", "c.jsonl", "--for", "a.md", "--dry-run"]);
    assert!(code == 4 && err.contains("nothing was stored") && proposed(&folder) == 0, "{err}");
    let (code, _, err) = typed(&folder, &["import", "c.jsonl", "--for", "a.md"]);
    assert!(
        code == 4 && err.contains("fake@1.0: 1 claim, 1 line refused") && err.contains("line 3: the quote"),
        "{err}"
    );
    assert_eq!(proposed(&folder), 1);
    let date = typed(&folder, &["query", "SELECT ?d { ?t dcterms:date ?d }", "-f", "csv"]).1;
    assert!(date.contains("2021-05-05"), "what was stated of it stays stated: {date}");
    assert_eq!(typed(&folder, &["check", "--quiet"]).0, 0);
    fs::write(folder.path().join("bad.jsonl"), format!("{HEADER}\n{FALSE}\n")).unwrap();
    let (code, _, err) = typed(&folder, &["import", "bad.jsonl", "--for", "a.md"]);
    assert!(code == 3 && err.contains("what fake@1.0 proposed before stays") && proposed(&folder) == 1, "{err}");
    fs::write(folder.path().join("none.jsonl"), format!("{HEADER}\n")).unwrap();
    let (code, _, err) = typed(&folder, &["import", "none.jsonl", "--for", "a.md"]);
    assert!(code == 0 && proposed(&folder) == 0, "{err}");
}

#[test]
fn our_own_output_can_be_imported_and_files_for_others_cannot() {
    let folder = folder("echo");
    typed(&folder, &["add", "a.md", "b.md"]);
    let out = typed(&folder, &["extract", "a.md"]).1;
    fs::write(folder.path().join("own.jsonl"), &out).unwrap();
    let (code, _, err) = typed(&folder, &["import", "own.jsonl", "--for", "a.md"]);
    assert!(code == 2 && err.contains("does not say who proposed its claims"), "{err}");
    let (code, _, err) = typed(&folder, &["import", "own.jsonl", "--for", "b.md", "--annotator-name", "me"]);
    assert!(code == 3 && err.contains("is about another text"), "{err}");
    let (code, _, err) = typed(&folder, &["import", "own.jsonl", "--for", "z.md", "--annotator-name", "me"]);
    assert!(code == 2 && err.contains("nothing called “z.md” in the store"), "{err}");
    let (_, _, err) = typed(&folder, &["import", "own.jsonl", "--for", "a.md", "--annotator-name", "me"]);
    assert!(err.contains("me@unknown: 0 claims") && err.contains("already claimed"), "{err}");
}
