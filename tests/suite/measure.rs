//! The measure against the one it was ported from: the same figures, to the third digit, on all annotations that are open.
//! Without the folder of annotations beside the project, or without Python, one line says so.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt;

fn shared() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared")
}

/// The annotated documents that are not held, by name.
fn open_documents() -> Vec<String> {
    let Ok(entries) = fs::read_dir(shared().join("gold")) else { return Vec::new() };
    let is_open = |name: &String| {
        let meta = fs::read_to_string(shared().join("gold").join(name).join("meta.json"));
        meta.is_ok_and(|meta| {
            let meta: serde_json::Value = serde_json::from_str(&meta).expect("meta.json is JSON");
            meta["held"] != true
        })
    };
    let mut names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).filter(is_open).collect();
    names.sort();
    names
}

#[test]
fn figures_are_those_of_the_script() {
    let (names, script) = (open_documents(), shared().join("score.py"));
    let python = Command::new("python3").arg("--version").output().is_ok();
    if names.is_empty() || !script.exists() || !python {
        println!("no annotations beside the project, or no Python: the measure is not compared");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (gold, system) = (folder.path().join("gold"), folder.path().join("system"));
    for name in &names {
        let copy = gold.join(name);
        fs::create_dir_all(&copy).expect("written");
        for file in ["meta.json", "mentions.jsonl", "relations.jsonl", "entities.jsonl"] {
            fs::copy(shared().join("gold").join(name).join(file), copy.join(file)).expect("copied");
        }
    }
    let mut ours = Command::cargo_bin("rapporteur").expect("built");
    ours.args(["evaluate", "--corpus"]).arg(shared()).arg("--save").arg(&system).arg(&gold);
    let ours = ours.output().expect("runs");
    assert!(ours.status.success(), "{}", String::from_utf8_lossy(&ours.stderr));
    let theirs = Command::new("python3").arg(script).args([&gold, &system]).output().expect("runs");
    let lines = |bytes: &[u8]| -> Vec<String> { String::from_utf8_lossy(bytes).lines().map(str::to_owned).collect() };
    let (ours, theirs) = (lines(&ours.stdout), lines(&theirs.stdout));
    assert_eq!(ours.len(), names.len() + 1);
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert_eq!(ours, theirs);
    }
}

#[test]
fn held_documents_are_never_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "Luxembourg supports the Zurbel Plan.\n";
    fs::write(folder.path().join("a.txt"), text).expect("written");
    for (name, held) in [("a", true), ("b", false)] {
        let gold = folder.path().join("gold").join(name);
        fs::create_dir_all(&gold).expect("written");
        fs::write(gold.join("meta.json"), format!("{{\"source\": \"a.txt\", \"held\": {held}}}")).expect("written");
        fs::write(gold.join("entities.jsonl"), "").expect("written");
        let mention = "{\"start\": 20, \"end\": 35, \"surface\": \"the Zurbel Plan\", \"type\": \"Document\", \
                       \"class\": \"named\", \"canonical\": \"zurbel\"}\n";
        fs::write(gold.join("mentions.jsonl"), mention).expect("written");
        fs::write(gold.join("relations.jsonl"), "").expect("written");
    }
    let run = |more: &[&str]| {
        let mut command = Command::cargo_bin("rapporteur").expect("built");
        command.current_dir(folder.path()).args(["evaluate", "gold", "--corpus", ".", "--misses", "--tables"]);
        let output = command.args(more).output().expect("runs");
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        (text(output.stdout), text(output.stderr))
    };
    let (out, err) = run(&[]);
    assert!(out.lines().any(|line| line == "b") && !out.lines().any(|line| line == "a"), "{out}{err}");
    assert_eq!(out.matches("miss mention").count(), 1, "{out}");
    assert!(err.contains("1 held documents left out"), "{err}");
    let (out, _) = run(&["--held"]);
    assert_eq!(out.matches("miss mention").count(), 1, "{out}");
    assert!(out.contains("\nHELD "), "{out}");
}
