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

/// A file of one page with a line of text.
fn page_of(words: &str) -> Vec<u8> {
    let content = format!("BT /F1 10 Tf 72 700 Td ({words}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    let start = file.len();
    file.extend(b"xref\n0 6\n0000000000 65535 f \n");
    places.iter().for_each(|place| file.extend(format!("{place:010} 00000 n \n").bytes()));
    file.extend(format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}

#[test]
fn claims_know_their_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let words = "Mr. Chair, Norway strongly supports the work of the Expert Group.";
    fs::write(folder.path().join("a.pdf"), page_of(words)).expect("a file");
    let said = |arguments: &[&str]| {
        let output = rapporteur(folder.path()).args(arguments).output().expect("it runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    said(&["add", "a.pdf"]);
    let turtle = said(&["export", "--format", "turtle"]);
    assert!(turtle.contains("rap:locator \"p. 1\""), "{turtle}");
    assert!(turtle.contains("application/pdf"), "{turtle}");
    let full = said(&["export", "--format", "turtle", "--evidence", "full"]);
    assert!(full.contains("oa:FragmentSelector") && full.contains("\"page=1\""), "{full}");
    let place = said(&["text", "a.pdf", "--places", "words"]);
    let norway = place.lines().find(|line| line.contains("\"Norway\"")).expect("a word");
    let norway: serde_json::Value = serde_json::from_str(norway).expect("JSON");
    assert_eq!((norway["page"].as_u64(), norway["start"].as_u64()), (Some(1), Some(11)));
    assert!(said(&["text", "a.pdf"]).starts_with(words));
}

#[test]
fn texts_come_in_tables_archives_and_lists() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    write(
        "dump.jsonl",
        "{\"id\":\"one\",\"text\":\"We support the work of the Expert Group.\",\"country\":\"Norway\",\"date\":\"2021-04-08\"}\n\
         {\"id\":\"two\",\"text\":\"Kenya thanks the Secretariat for its report.\"}\n",
    );
    write("b.txt", "Peru supports the proposal of the Expert Group.");
    write("letter.doc", "\u{0}");
    write("picture.png", "x");
    write("list.txt", "dump.jsonl\nb.txt\n");
    let mut add = rapporteur(folder.path());
    let output = add.args(["add", "--files-from", "list.txt", "--report", "report.csv"]).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("3 documents"), "{said}");
    assert!(said.contains("dump.jsonl#one") && said.contains("Norway"), "{said}");
    let report = fs::read_to_string(folder.path().join("report.csv")).expect("a report");
    let lines: Vec<&str> = report.lines().collect();
    assert_eq!(lines.len(), 4, "{report}");
    assert!(lines[0].starts_with("file,result,format,pages,claims,to_review"), "{report}");
    assert!(lines[3].starts_with("b.txt,new,text,"), "{report}");
    // A folder tells what it holds beside texts.
    let output = rapporteur(folder.path()).args(["add", ".", "--report", "report.csv"]).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(said.contains("passed over in folders:") && said.contains("1 .png"), "{said}");
    let report = fs::read_to_string(folder.path().join("report.csv")).expect("a report");
    assert!(report.contains("letter.doc,not read"), "{report}");
}
