//! Two writers and eight readers at once: nobody loses anything, nobody cries damage that is none.
//!
//! `SECONDS=60 cargo test --test suite together -- --nocapture` goes on for longer.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const TEXT: &str = "Statement by Fiji, 3 May 2011\n\nWe support the work of the Committee on Water.\n";

/// What readers do; each must end with 0 whatever the writers do meanwhile.
const READERS: [&[&str]; 4] = [
    &["check", "-s", "s"],
    &["stats", "-s", "s"],
    &["query", "SELECT * { ?s ?p ?o } LIMIT 5", "-s", "s"],
    &["export", "-s", "s", "-f", "nq"],
];

fn run(place: &Path, words: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    let output = command.args(words).current_dir(place).env_remove("RAPPORTEUR_STORE").output().unwrap();
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout),
    )
}

#[test]
fn two_writers_and_eight_readers_go_together() {
    let seconds = std::env::var("SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(4);
    let place = tempfile::tempdir().unwrap();
    let place = place.path();
    for name in ["a", "b", "stays"] {
        fs::write(place.join(format!("{name}.txt")), TEXT.replace("Water", &format!("Water and {name}"))).unwrap();
    }
    assert_eq!(run(place, &["add", "stays.txt", "-s", "s"]).0, Some(0));
    let end = Instant::now() + Duration::from_secs(seconds);
    let (written, read) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for name in ["a.txt", "b.txt"] {
            let written = &written;
            scope.spawn(move || {
                while Instant::now() < end {
                    for words in [["add", name], ["remove", name]] {
                        let (code, told) = run(place, &[&words[..], &["-s", "s", "--wait", "60"]].concat());
                        assert_eq!(code, Some(0), "{words:?}: {told}");
                        written.fetch_add(1, Ordering::Relaxed);
                    }
                }
                assert_eq!(run(place, &["add", name, "-s", "s", "--wait", "60"]).0, Some(0));
            });
        }
        for reader in 0..8 {
            let read = &read;
            scope.spawn(move || {
                while Instant::now() < end {
                    let words = READERS[reader % READERS.len()];
                    let (code, told) = run(place, words);
                    assert_eq!(code, Some(0), "{words:?}: {told}");
                    read.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    println!("{seconds} s: {} times written, {} times read", written.into_inner(), read.into_inner());
    let directory = rapporteur::store::Directory::open(&place.join("s")).unwrap();
    assert_eq!(directory.documents().len(), 3);
    assert_eq!(run(place, &["check", "-s", "s"]).0, Some(0));
}
