//! Stores that lost files or hold altered ones: what `check`, questions and `repair` make of them, as typed.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::typed::typed;

const FIRST: &str = "Statement by the Representative of Canada at the Third session of the Working Group on Tides
Vienna, 3 May 2022

Mr. Chair, my delegation supports the work of the Working Group on Tides. The Government of Canada established the \
Harbour Police in 2014.
";

const DECISIONS: &str = "decision,key,name,kind,scheme,iri,label,score,why,documents,context,place\n\
    never,state/can,Canada,State,ports,https://example.org/p/1,x,0.5,,,,\n";

/// A folder with a store `s` of two documents, decisions, and loaded RDF.
fn place() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(place.path().join(name), text).unwrap();
    write("first.txt", FIRST);
    write("second.txt", &FIRST.replace("Canada", "Kenya").replace("2014", "2015"));
    write("decisions.csv", DECISIONS);
    write("mine.ttl", "<https://x.org/a> <https://x.org/b> <https://x.org/c> .");
    let lines = ["add first.txt second.txt -s s", "link review --import decisions.csv -s s", "load mine.ttl -s s"];
    lines.iter().for_each(|line| assert_eq!(say(&place, line).0, 0, "{line}"));
    place
}

fn say(place: &TempDir, line: &str) -> (i32, String, String) {
    typed(place, &line.split(' ').collect::<Vec<_>>())
}

/// The file of a segment, by the way to it in the list of contents.
fn segment(place: &TempDir, pointer: &str) -> PathBuf {
    let store = place.path().join("s");
    let list: serde_json::Value = serde_json::from_slice(&fs::read(store.join("manifest.json")).unwrap()).unwrap();
    let hash = list.pointer(pointer).unwrap_or_else(|| panic!("{pointer}")).as_str().unwrap();
    store.join("segments").join(format!("{}.nq.gz", &hash[..32]))
}

/// Where the claims of the first document are named in the list of contents.
fn claims(place: &TempDir) -> String {
    let (_, out, _) = say(place, "stats -s s -f json");
    let stats: serde_json::Value = serde_json::from_str(&out).unwrap();
    format!("/documents/{}/segments/claims/sha256", stats["documents"][0]["sha256"].as_str().unwrap())
}

/// All files of a store but its lock, with their bytes.
fn files(store: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for folder in [store.to_owned(), store.join("segments"), store.join("texts")] {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_file() && entry.file_name() != "lock" {
                found.push((entry.path(), fs::read(entry.path()).unwrap()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_lost_or_altered_list_of_contents_comes_back_byte_for_byte() {
    let place = place();
    let (store, list) = (place.path().join("s"), place.path().join("s/manifest.json"));
    let (before, whole) = (files(&store), fs::read_to_string(&list).unwrap());
    let altered = whole.replacen("\"quads\": ", "\"quads\": 1", 1);
    for harm in [None, Some(String::new()), Some(whole[..200].to_owned()), Some(altered)] {
        match &harm {
            None => fs::remove_file(&list).unwrap(),
            Some(text) => fs::write(&list, text).unwrap(),
        }
        let (code, _, errors) = say(&place, "stats -s s");
        assert_eq!(code, 5, "{harm:?}");
        assert!(errors.contains("R0503") && errors.contains("rapporteur repair -s s"), "{errors}");
        let (code, _, errors) = say(&place, "repair -s s");
        assert_eq!(code, 0, "{errors}");
        assert!(errors.contains("made again from the files"), "{errors}");
        assert!(files(&store) == before, "{harm:?}");
    }
    assert_eq!(say(&place, "repair -s s").2, "nothing is damaged\n");
}

#[test]
fn what_is_lost_together_with_the_list_of_contents_is_not_passed_over() {
    let place = place();
    let before = files(&place.path().join("s"));
    let (claims, review) = (segment(&place, &claims(&place)), segment(&place, "/standing/review/sha256"));
    fs::remove_file(place.path().join("s/manifest.json")).unwrap();
    fs::remove_file(&claims).unwrap();
    let (code, _, errors) = say(&place, "repair -s s");
    assert_eq!(code, 0, "{errors}");
    assert!(errors.contains("read again from its stored text: "), "{errors}");
    assert!(files(&place.path().join("s")) == before);
    fs::remove_file(place.path().join("s/manifest.json")).unwrap();
    fs::write(&review, "cut").unwrap();
    let (code, _, errors) = say(&place, "repair -s s");
    let name = review.file_name().unwrap().to_str().unwrap();
    assert!(code == 4 && errors.contains(&format!("gone: whatever {name} held")), "{errors}");
}

#[test]
fn what_a_text_gives_is_read_again() {
    let place = place();
    let before = files(&place.path().join("s"));
    let path = segment(&place, &claims(&place));
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x55;
    fs::write(&path, bytes).unwrap();
    for line in ["query claims -s s -f csv", "stats -s s", "export -s s -f nq", "show Canada -s s"] {
        let (code, out, errors) = say(&place, line);
        assert_eq!(code, 4, "{line}: {errors}");
        assert!(!out.is_empty() && errors.contains("claims of "), "{line}: {errors}");
        assert_eq!(say(&place, &format!("{line} --quiet")).0, 4, "{line}");
    }
    let (code, _, errors) = say(&place, "repair -s s");
    assert_eq!(code, 0, "{errors}");
    assert!(errors.contains("read again from its stored text: ") && errors.contains("all is whole again"), "{errors}");
    assert!(files(&place.path().join("s")) == before);
    assert!(place.path().join("s/damaged").join(path.file_name().unwrap()).is_file(), "what was damaged is kept");
}

#[test]
fn what_rows_say_of_ties_is_told_again() {
    let place = place();
    let list = || fs::read(place.path().join("s/manifest.json")).unwrap();
    let before = list();
    let ties = segment(&place, "/standing/link-evidence/sha256");
    fs::remove_file(&ties).unwrap();
    assert_eq!(say(&place, "check -s s").0, 1);
    // A document more would have to stand beside what is lost.
    fs::write(place.path().join("third.txt"), FIRST.replace("Canada", "Peru")).unwrap();
    let (code, _, errors) = say(&place, "add third.txt -s s");
    assert!(code == 5 && errors.contains("link-evidence"), "{code}: {errors}");
    let (code, _, errors) = say(&place, "repair -s s");
    assert_eq!(code, 0, "{errors}");
    assert!(errors.contains("it held link-evidence"), "{errors}");
    assert_eq!(list(), before);
    assert_eq!(say(&place, "check -s s").0, 0);
    assert_eq!(say(&place, "add third.txt -s s").0, 0);
}

#[test]
fn what_nothing_gives_again_is_said_to_be_gone_and_blocks_nobody() {
    let rows = [
        ("/standing/review/sha256", "the decisions of link review"),
        ("/loaded/mine.ttl/sha256", "mine.ttl, which was loaded"),
    ];
    for (pointer, gone) in rows {
        let place = place();
        fs::remove_file(segment(&place, pointer)).unwrap();
        assert_eq!(say(&place, "check -s s").0, 1, "{pointer}");
        let (code, _, errors) = say(&place, "repair -s s");
        assert_eq!(code, 4, "{errors}");
        assert!(errors.contains(&format!("gone: {gone}")), "{errors}");
        assert_eq!(say(&place, "check -s s").0, 0, "{pointer}");
        assert_eq!(say(&place, "add first.txt -s s").0, 0, "{pointer}");
    }
    let place = place();
    fs::remove_file(segment(&place, "/standing/catalogue/sha256")).unwrap();
    assert_eq!(say(&place, "check -s s").0, 1);
    assert_eq!(say(&place, "show Canada -s s").0, 4);
    assert_eq!(say(&place, "repair -s s").0, 0, "the catalogue ships");
    assert_eq!(say(&place, "check -s s").0, 0);
}

#[test]
fn a_lost_text_is_asked_for() {
    let place = place();
    let texts = fs::read_dir(place.path().join("s/texts")).unwrap();
    texts.for_each(|text| fs::remove_file(text.unwrap().path()).unwrap());
    let (code, _, errors) = say(&place, "repair -s s");
    assert_eq!(code, 4);
    assert!(errors.contains("the text of first.txt; add the file again: rapporteur add first.txt"), "{errors}");
    assert_eq!(say(&place, "add first.txt second.txt -s s").0, 0);
    assert_eq!(say(&place, "repair -s s").2, "nothing is damaged\n");
    assert_eq!(say(&place, "check -s s").0, 0);
}

#[test]
fn a_list_of_no_known_format_is_no_list() {
    let place = place();
    let list = place.path().join("s/manifest.json");
    let whole = fs::read_to_string(&list).unwrap();
    fs::write(&list, whole.replace("\"format\": 2", "\"format\": 0")).unwrap();
    assert_eq!(say(&place, "stats -s s").0, 5);
    // Whoever keeps a store under version control may get other line ends back.
    fs::write(&list, whole.replace('\n', "\r\n")).unwrap();
    assert_eq!(say(&place, "stats -s s").0, 0);
}
