//! `rapporteur report` as typed: what stands in a report, how documents are cited, and what it says when it cannot.

use std::fs;

use crate::typed::{folder, typed};
use tempfile::TempDir;

fn report(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    typed(folder, &[&["report"], arguments].concat())
}

#[test]
fn a_document_tells_who_spoke_where_and_what_with_a_footnote_each() {
    let folder = folder();
    let (code, out, err) = report(&folder, &["ruritania-2020.txt"]);
    assert_eq!((code, err.as_str()), (0, ""));
    for line in [
        "# Statement by the Representative of Ruritania",
        "- **In the name of**: Ruritania",
        "- **At**: Third session of the Working Group on Tides",
        "- **Date**: 2–4 March 2020",
        "## Positions",
        "## How to cite it",
        "@misc{rur-2020-03-02-ccf56e34,",
    ] {
        assert!(out.lines().any(|other| other == line), "{line}\n{out}");
    }
    let marks = |line: &str| line.matches("[^").count();
    assert!(out.lines().filter(|line| line.starts_with("| Ruritania |")).all(|line| marks(line) == 1), "{out}");
    let notes: Vec<&str> = out.lines().filter(|line| line.starts_with("[^")).collect();
    assert!(notes.len() > 5 && notes.iter().all(|note| note.contains("characters ") && note.contains('“')), "{out}");
    assert_eq!(report(&folder, &["ruritania-2020.txt"]).1, out);
}

#[test]
fn an_actor_shows_its_positions_over_time() {
    let folder = folder();
    let (_, out, err) = report(&folder, &["Ruritania"]);
    assert!(out.contains("\n| On what | 2020-03-02 | 2022-05-07 |\n"), "{out}{err}");
    let renewal = out.lines().find(|line| line.contains("renewal of the mandate")).unwrap_or_default();
    assert!(renewal.contains("**"), "a change is marked: {renewal}\n{out}");
    assert!(out.contains("## Documents, and how to cite them"));
}

#[test]
fn what_is_less_sure_is_left_out_and_said() {
    let folder = folder();
    let all = report(&folder, &["Ruritania"]).1;
    let (_, sure, _) = report(&folder, &["Ruritania", "--min-confidence", "0.99"]);
    assert!(sure.len() < all.len() && sure.contains("less sure than asked for are left out"), "{sure}");
}

#[test]
fn the_name_of_the_file_decides_what_is_written() {
    let folder = folder();
    for (file, start) in [
        ("a.md", "# Ruritania"),
        ("a.html", "<!DOCTYPE html>"),
        ("a.bib", "@misc{rur-2020-03-02-ccf56e34,"),
        ("a.json", "[\n  {\n    \"author\""),
    ] {
        let (code, out, err) = report(&folder, &["Ruritania", "-o", file]);
        assert_eq!((code, out.as_str()), (0, ""), "{err}");
        assert!(err.starts_with(&format!("wrote {file}: ")), "{err}");
        assert!(fs::read_to_string(folder.path().join(file)).unwrap().starts_with(start), "{file}");
        assert_eq!(report(&folder, &["Ruritania", "-o", file]).0, 2, "{file} is there");
    }
    let page = fs::read_to_string(folder.path().join("a.html")).unwrap();
    assert!(!page.contains("<script") && !page.contains("src=") && page.contains("href=\"#n1\""), "{page}");
}

#[test]
fn export_cites_all_documents_and_each_key_once() {
    let folder = folder();
    let (code, out, _) = typed(&folder, &["export", "-f", "bib"]);
    let keys: Vec<&str> = out.lines().filter(|line| line.starts_with('@')).collect();
    assert_eq!((code, keys.as_slice()), (0, &["@misc{rur-2020-03-02-ccf56e34,", "@misc{rur-2022-05-07-5ec2eb0b,"][..]));
    let csl: serde_json::Value = serde_json::from_str(&typed(&folder, &["export", "-f", "csl"]).1).unwrap();
    assert_eq!(csl[0]["issued"]["date-parts"], serde_json::json!([[2020, 3, 2], [2020, 3, 4]]));
    assert_eq!(csl[1]["author"], serde_json::json!([{"literal": "Ruritania"}]));
}

#[test]
fn what_cannot_be_is_said_with_what_to_do() {
    let folder = folder();
    for (arguments, code, words) in [
        (vec!["Ruritanja"], 3, "error R0311: no entity called “Ruritanja”\n"),
        (vec!["Ruritania", "-f", "pdf"], 2, "error R0440: a report is not written as “pdf”\n"),
        (vec!["Ruritania", "-o", "none/a.md"], 3, "there is no folder none"),
        (vec!["Ruritania", "--min-confidence", "7"], 2, "a confidence is a number from 0 to 1"),
        (vec!["Ruritania", "-s", "nowhere"], 5, "error R0501"),
    ] {
        let (found, out, err) = report(&folder, &arguments);
        assert_eq!((found, out.as_str()), (code, ""), "{err}");
        assert!(err.contains(words), "{err}");
    }
    assert!(report(&folder, &["Ruritanja"]).2.contains("did you mean"));
}
