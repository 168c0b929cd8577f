//! Folders, names and files as people leave them: nothing waits for ever, nothing steers the terminal, one file that cannot
//! be read costs the others nothing.
#![cfg(unix)]

use std::fs;
use std::process::Command;

use tempfile::TempDir;

use crate::typed::typed;

const TEXT: &str = "Statement by Fiji at the fifth session of the Committee on Water, 3 May 2011\n\n\
    We support the work of the Committee on Water.\n";

fn place() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    for name in ["a.txt", "c.txt"] {
        fs::write(place.path().join(name), TEXT).unwrap();
    }
    fs::write(place.path().join("b.txt"), b"caf\xe9 is").unwrap();
    place
}

#[test]
fn a_file_that_cannot_be_read_costs_the_others_nothing() {
    let place = place();
    let documents = |out: &str| out.lines().filter(|line| line.contains("\"type\":\"document\"")).count();
    let (code, out, errors) = typed(&place, &["extract", "a.txt", "b.txt", "c.txt", "none.txt"]);
    assert_eq!((code, documents(&out)), (4, 2), "{errors}");
    assert!(errors.contains("b.txt") && errors.contains("none.txt"), "{errors}");
    assert_eq!(typed(&place, &["extract", "b.txt"]).0, 3);
    assert_eq!(typed(&place, &["extract", "b.txt", "none.txt"]).0, 3);
}

#[test]
fn a_pipe_in_a_folder_is_passed_over() {
    let place = place();
    fs::create_dir(place.path().join("d")).unwrap();
    fs::copy(place.path().join("a.txt"), place.path().join("d/a.txt")).unwrap();
    assert!(Command::new("mkfifo").arg(place.path().join("d/p.txt")).status().unwrap().success());
    std::os::unix::fs::symlink("p.txt", place.path().join("d/q.txt")).unwrap();
    let (code, _, errors) = typed(&place, &["add", "d", "-s", "s"]);
    assert_eq!(code, 0, "{errors}");
    assert!(errors.contains("passed over d/p.txt: it is a pipe") && errors.contains("d/q.txt"), "{errors}");
}

#[test]
fn a_folder_without_texts_is_no_success() {
    let place = place();
    fs::create_dir(place.path().join("empty")).unwrap();
    for line in [&["add", "empty", "-s", "s"][..], &["extract", "empty"], &["text", "empty"]] {
        let (code, _, errors) = typed(&place, line);
        assert!(code == 3 && errors.contains("R0108") && errors.contains(".docx"), "{line:?}: {errors}");
    }
    assert!(!place.path().join("s").exists());
    // The texts that a store keeps for itself are no way to make another of it.
    assert_eq!(typed(&place, &["add", "a.txt", "-s", "s"]).0, 0);
    assert_eq!(typed(&place, &["add", "s/texts", "-s", "t"]).0, 3);
}

#[test]
fn names_cannot_steer_the_terminal() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("a\u{1b}]0;x\u{7}.txt"), TEXT).unwrap();
    fs::write(place.path().join("b\u{1b}[2J.txt"), b"caf\xe9").unwrap();
    let (_, out, errors) = typed(&place, &["add", ".", "-s", "../s-of-odd-names"]);
    let _ = fs::remove_dir_all(place.path().parent().unwrap().join("s-of-odd-names"));
    assert!(errors.contains("\\u{1b}]0;x") && errors.contains("\\u{1b}[2J"), "{errors:?}");
    assert!(!(out + &errors).contains('\u{1b}'));
}
