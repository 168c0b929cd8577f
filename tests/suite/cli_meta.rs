//! What the user knows of texts, as typed: a table, a file beside a text, options for one; and what is said of rows and
//! columns that fit nothing.

use std::fs;

use assert_cmd::Command;
use tempfile::TempDir;

const TEXT: &str =
    "Mr. Chair,\n\nWe support the draft resolution on clean water. My delegation thanks the Committee.\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Standard output as JSON objects, and standard error.
fn extracted(folder: &TempDir, arguments: &[&str]) -> (Vec<serde_json::Value>, String) {
    let mut command = Command::cargo_bin("rapporteur").unwrap();
    command.current_dir(folder.path()).env_remove("RAPPORTEUR_STORE").arg("extract").args(["--format", "jsonl"]);
    let output = command.args(arguments).output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{err}");
    let out = String::from_utf8(output.stdout).unwrap();
    (out.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), err)
}

fn document(lines: &[serde_json::Value]) -> &serde_json::Value {
    lines.iter().find(|line| line["type"] == "document").unwrap()
}

fn holders(lines: &[serde_json::Value]) -> Vec<&str> {
    let claims = lines.iter().filter(|line| line["type"] == "claim" && line["predicate"] == "supports");
    claims.filter_map(|claim| claim["subject"]["label"].as_str()).collect()
}

#[test]
fn a_table_tells_who_speaks() {
    let files = [("a.txt", TEXT), ("m.csv", "file,represents,date\na.txt,Fiji,2021-05-05\n")];
    let folder = folder(&files);
    let (lines, err) = extracted(&folder, &["--meta", "m.csv", "a.txt"]);
    assert_eq!(document(&lines)["represents"], "Fiji");
    assert_eq!(document(&lines)["date"], "2021-05-05");
    assert_eq!(holders(&lines), ["Fiji"]);
    assert!(err.is_empty(), "{err}");
    let alone = extracted(&folder, &["a.txt"]).0;
    assert!(holders(&alone).is_empty(), "nobody says who speaks");
}

#[test]
fn what_a_table_states_needs_no_claim_to_prove_it() {
    let folder = folder(&[("a.txt", TEXT), ("m.csv", "file,speaker,represents\na.txt,Ana Lind,Fiji\n")]);
    let run = |arguments: &[&str]| {
        let mut command = Command::cargo_bin("rapporteur").unwrap();
        command.current_dir(folder.path()).env_remove("RAPPORTEUR_STORE").args(arguments).args(["-s", "store"]);
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(run(&["add", "a.txt", "--meta", "m.csv"]).0, Some(0));
    let (code, checked) = run(&["check"]);
    assert!(code == Some(0) && checked.contains("every direct edge has its claim"), "{checked}");
}

#[test]
fn rows_texts_and_columns_that_fit_nothing_are_told() {
    let table = "file;represnts;mood\na.txt;Fiji;good\nlost.txt;Chad;bad\n";
    let folder = folder(&[("a.txt", TEXT), ("b.txt", TEXT), ("m.csv", table)]);
    let (_, err) = extracted(&folder, &["--meta", "m.csv", "a.txt", "b.txt"]);
    assert!(err.contains("b.txt has no row in the metadata"), "{err}");
    assert!(err.contains("rows of the metadata are for no text: lost.txt"), "{err}");
    assert!(err.contains("the column `represnts`; did you mean `represents`?"), "{err}");
    assert!(err.contains("nothing is done with the column `mood`"), "{err}");
}

#[test]
fn a_file_beside_a_text_and_options_stand_before_the_table() {
    let beside = "{\"represents\": \"Chad\"}";
    let folder = folder(&[("a.txt", TEXT), ("a.txt.meta.json", beside), ("m.tsv", "file\trepresents\na\tFiji\n")]);
    assert_eq!(holders(&extracted(&folder, &["--meta", "m.tsv", "a.txt"]).0), ["Chad"]);
    let (lines, _) = extracted(&folder, &["--represents", "Malta", "a.txt"]);
    assert_eq!(holders(&lines), ["Malta"]);
}
