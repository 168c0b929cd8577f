//! Files of several formats through the binary: what is read is stored with the way back, what is not is said.

use std::fs;

use assert_cmd::Command;

const PAGE: &str = "<!DOCTYPE html><html><head><title>Statement of Elbonia</title></head><body><nav><a href=/>Home</a></nav>\
    <h1>Statement by the Representative of France</h1><p>Mr. Chair, France strongly supports the work of the Expert Group, \
    and thanks the Secretariat for its report.</p></body></html>";

fn rapporteur(folder: &std::path::Path) -> Command {
    let mut command = Command::cargo_bin("rapporteur").expect("the binary");
    command.current_dir(folder).env_remove("RAPPORTEUR_STORE");
    command
}

#[test]
fn a_folder_of_many_formats_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("a file");
    write("page.html", PAGE.as_bytes());
    write("note.txt", b"Mr. Chair, Norway supports the proposal of the Expert Group.");
    write("broken.pdf", b"%PDF-1.7 and no more");
    write("old.docx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on");
    write("empty.html", b"");
    let output = rapporteur(folder.path()).args(["add", "."]).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(4), "{said}");
    for words in ["R0117", "R0119", "R0101", "2 of 5 documents added"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("panicked"), "{said}");
    let again = rapporteur(folder.path()).args(["link", "run"]).output().expect("it runs");
    let said = String::from_utf8_lossy(&again.stderr);
    assert!(again.status.success() && said.contains("(0 changed)"), "{said}");
}

#[test]
fn claims_know_their_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("page.html"), PAGE).expect("a file");
    let output = rapporteur(folder.path()).args(["extract", "page.html"]).output().expect("it runs");
    let lines = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<serde_json::Value> = lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    assert_eq!(lines[0]["mediaType"], "text/html");
    let claim = lines.iter().find(|line| line["type"] == "claim" && line["predicate"] == "supports").expect("a claim");
    let byte = |at: usize| claim["bytes"][at].as_u64().expect("a byte") as usize;
    assert_eq!(&PAGE[byte(0)..byte(1)], claim["quote"].as_str().expect("a quote"));
}
