//! The user's own files in a store, and where in them a passage stands: kept, proved, cited, removed.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

const PAGE: &str = "<!DOCTYPE html><html><head><title>Statement of Elbonia</title></head><body><h1>Statement of Elbonia</h1>\
    <p>Mr. Chair, France strongly supports the work of the Expert Group, and thanks the Secretariat for its report.</p>\
    </body></html>";

const RESOLUTION: &str = "Resolution 12 (2010)\n\nThe Security Council,\n\nRecalling its resolution 1373 (2001) of 28 September \
    2001,\n\n1. Welcomes the report of the Secretary-General on the situation in Kenya;\n\n2. Requests the Secretary-General \
    to undertake the following tasks:\n\n(a) To cooperate with the African Union on piracy;\n\n(b) To submit \
    a report to the Security Council within six months;\n\n3. Decides to remain seized of the matter.\n";

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::cargo_bin("rapporteur").expect("the binary");
    let output = command.current_dir(folder).env_remove("RAPPORTEUR_STORE").args(arguments).output().expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let (code, out, said) = run(folder, arguments);
    assert_eq!(code, Some(0), "{arguments:?}: {said}");
    out
}

/// The files that are kept.
fn kept(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.join("store/files")).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

#[test]
fn files_are_kept_proved_and_removed() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("page.html"), PAGE).expect("a file");
    fs::write(folder.join("note.txt"), "Norway supports the proposal of the Expert Group.").expect("a file");
    let store = ["--store", "store"];
    let with = |arguments: &[&'static str]| [arguments, &store].concat();
    done(folder, &with(&["add", "page.html", "note.txt"]));
    assert!(kept(folder).is_empty());
    done(folder, &with(&["add", "--keep-files", "page.html", "note.txt"]));
    // A plain text is the file already.
    let files = kept(folder);
    assert_eq!(files.len(), 1, "{files:?}");
    assert_eq!(fs::read(&files[0]).expect("a file"), PAGE.as_bytes());
    assert!(files[0].extension().is_some_and(|extension| extension == "html"));
    // Later readings of the same text leave it there.
    done(folder, &with(&["add", "page.html"]));
    done(folder, &with(&["link", "run"]));
    assert_eq!(kept(folder), files);
    let found = done(folder, &with(&["query", "claims", "--format", "csv"]));
    assert!(found.contains("supports"), "{found}");
    done(folder, &with(&["check"]));
    // What is altered is named, and repair takes it off.
    fs::write(&files[0], "other").expect("a file");
    let (code, out, said) = run(folder, &with(&["check"]));
    assert_ne!(code, Some(0));
    assert!(format!("{out}{said}").contains("the file page.html"), "{out}{said}");
    let (_, _, said) = run(folder, &with(&["repair"]));
    assert!(said.contains("gone: the file page.html itself"), "{said}");
    done(folder, &with(&["check"]));
    done(folder, &with(&["add", "--keep-files", "page.html"]));
    assert_eq!(kept(folder).len(), 1);
    done(folder, &with(&["remove", "page.html"]));
    assert!(kept(folder).is_empty());
    done(folder, &with(&["check"]));
}

#[test]
fn claims_know_their_paragraph() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("resolution.txt"), RESOLUTION).expect("a file");
    let lines = done(folder, &["extract", "resolution.txt"]);
    let lines: Vec<serde_json::Value> = lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let claims: Vec<&serde_json::Value> = lines.iter().filter(|line| line["type"] == "claim").collect();
    for (words, place) in [
        ("Recalling", "preambular para. 1"),
        ("Welcomes", "para. 1"),
        ("Requests", "para. 2"),
        ("cooperate with", "para. 2 (a)"),
    ] {
        let begins =
            |claim: &&&serde_json::Value| claim["quote"].as_str().is_some_and(|quote| quote.starts_with(words));
        let found: Vec<&str> = claims.iter().filter(begins).filter_map(|claim| claim["place"].as_str()).collect();
        assert!(!found.is_empty() && found.iter().all(|found| *found == place), "{words}: {found:?}");
    }
    done(folder, &["add", "resolution.txt", "--store", "store"]);
    let claim = claims.iter().find(|claim| claim["place"] == "para. 2 (a)").expect("a claim");
    let iri = claim["iri"].as_str().expect("an IRI");
    let why = done(folder, &["why", iri, "--store", "store"]);
    assert!(why.contains("para. 2 (a), characters"), "{why}");
    let turtle = done(folder, &["export", "--format", "turtle", "--store", "store"]);
    assert!(turtle.contains("rap:locator \"para. 2 (a)\""), "{turtle}");
    let report = done(folder, &["report", "resolution.txt", "--store", "store"]);
    assert!(report.contains("para. 2 (a)"), "{report}");
}
