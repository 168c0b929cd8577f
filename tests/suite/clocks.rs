//! Where clocks are and where not, who waits for whom, and what killed runs leave behind.

use std::fs;
use std::path::Path;

use rapporteur::store::Writer;
use tempfile::TempDir;

use crate::typed::{folder, rapporteur, typed};

const TEXT: &str = "Statement by Fiji, 3 May 2011\n\nWe support the work of the Committee on Water.\n";

fn say(place: &TempDir, line: &str) -> (i32, String, String) {
    typed(place, &line.split(' ').collect::<Vec<_>>())
}

fn place() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    for (name, text) in [("a.txt", TEXT.to_owned()), ("b.txt", TEXT.replace("Fiji", "Peru"))] {
        fs::write(place.path().join(name), text).unwrap();
    }
    place
}

/// All files of a folder that version control would see, with their bytes.
fn seen(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    let ignored = fs::read_to_string(folder.join(".gitignore")).unwrap_or_default();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            seen(&entry.path(), found);
        } else if !ignored.lines().any(|line| line == name) {
            found.push((name, fs::read(entry.path()).unwrap()));
        }
    }
    found.sort();
}

#[test]
fn no_clock_is_in_what_version_control_sees() {
    let stores = [place(), place()].map(|place| {
        assert_eq!(say(&place, "add a.txt b.txt -s s").0, 0);
        // The second store is a second older.
        std::thread::sleep(std::time::Duration::from_millis(1100));
        place
    });
    let [one, two] = &stores.each_ref().map(|place| {
        let mut found = Vec::new();
        seen(&place.path().join("s"), &mut found);
        found
    });
    assert!(one.len() > 6 && one == two);
    let runs = |place: &TempDir| fs::read(place.path().join("s/runs.nq.gz")).unwrap();
    assert!(runs(&stores[0]) != runs(&stores[1]));
}

#[test]
fn two_runs_in_a_second_are_two() {
    let place = place();
    for line in ["add a.txt -s s", "add b.txt -s s", "remove a.txt -s s", "add a.txt -s s"] {
        assert_eq!(say(&place, line).0, 0, "{line}");
    }
    let (code, out, errors) = say(&place, "export -s s --graph runs -f nq");
    assert_eq!((code, out.matches("prov#Activity>").count()), (0, 3), "{errors}");
}

#[test]
fn a_damaged_record_of_runs_is_seen_and_begun_anew() {
    let place = place();
    let runs = place.path().join("s/runs.nq.gz");
    assert_eq!(say(&place, "add a.txt -s s").0, 0);
    let mut bytes = fs::read(&runs).unwrap();
    let last = bytes.len() - 20;
    bytes[last] ^= 0x40;
    fs::write(&runs, bytes).unwrap();
    assert_eq!(say(&place, "check -s s").0, 1);
    let (code, _, errors) = say(&place, "repair -s s");
    assert!(code == 4 && errors.contains("gone: the record of earlier runs"), "{errors}");
    assert_eq!((say(&place, "check -s s").0, say(&place, "add b.txt -s s").0), (0, 0));
    assert!(runs.is_file());
}

#[test]
fn who_comes_second_may_wait() {
    let place = place();
    assert_eq!(say(&place, "add a.txt -s s").0, 0);
    let first = Writer::open(&place.path().join("s"), None, "another program").unwrap();
    let (code, _, errors) = say(&place, "remove a.txt -s s");
    assert!(code == 5 && errors.contains("another program") && errors.contains("--wait SECONDS"), "{errors}");
    let waiting = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_secs(1));
        drop(first);
    });
    let (code, _, errors) = say(&place, "remove a.txt -s s --wait 60");
    assert_eq!(code, 0, "{errors}");
    waiting.join().unwrap();
}

#[test]
fn what_killed_runs_left_is_swept() {
    let segment = format!("segments/{}.nq.gz.unfinished", "0".repeat(32));
    let left = ["manifest.json.unfinished", "runs.nq.gz.unfinished", segment.as_str()];
    // What changes nothing sweeps too.
    for next in ["remove a.txt -s s", "repair -s s"] {
        let place = place();
        assert_eq!(say(&place, "add a.txt -s s").0, 0);
        left.iter().for_each(|name| fs::write(place.path().join("s").join(name), "half").unwrap());
        assert_eq!(say(&place, next).0, 0, "{next}");
        left.iter().for_each(|name| assert!(!place.path().join("s").join(name).exists(), "{name} after {next}"));
    }
}

#[test]
fn what_killed_exports_left_is_swept_and_ones_own_files_come_back() {
    let place = folder();
    let (one, two) = (place.path().join(".rapporteur-v.aaaaaa"), place.path().join(".rapporteur-x.nq.bbbbbb"));
    let strangers = place.path().join(".rapporteur-other.cccccc");
    fs::create_dir_all(one.join("old")).unwrap();
    fs::write(one.join("old/mine.md"), "mine").unwrap();
    fs::write(&two, "half").unwrap();
    fs::create_dir(&strangers).unwrap();
    let exported = |arguments: &[&str]| rapporteur(&place).args(arguments).output().unwrap().status.code();
    assert_eq!(exported(&["export", "-f", "obsidian", "-o", "v", "--force"]), Some(0));
    assert_eq!(exported(&["export", "-o", "x.nq"]), Some(0));
    assert!(!one.exists() && !two.exists() && strangers.exists());
    assert_eq!(fs::read_to_string(place.path().join("v/mine.md")).unwrap(), "mine");
    assert!(fs::read_dir(place.path().join("v")).unwrap().count() > 2);
}
