//! Files that would unfold to much more than they are: each is refused in little memory and time, with a word that says why.
#![cfg(target_os = "linux")]

use std::fs;
use std::io::Write;
use std::process::Command;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;

/// What a command may take: kilobytes of addresses, of which stacks and the program itself are a part, and time.
const KILOBYTES: u32 = 1_000_000;
const TIME: Duration = Duration::from_secs(20);

/// Runs a line in a folder; exit code and standard error.
fn run(place: &TempDir, line: &str) -> (Option<i32>, String) {
    let limited = format!("ulimit -c 0; ulimit -v {KILOBYTES}; exec \"$0\" {line}");
    let start = Instant::now();
    let output = Command::new("bash")
        .args(["-c", &limited, env!("CARGO_BIN_EXE_rapporteur")])
        .current_dir(place.path())
        .env_remove("RAPPORTEUR_STORE")
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(start.elapsed() < TIME, "{line}: {:?}", start.elapsed());
    (output.status.code(), errors)
}

fn place(name: &str, bytes: impl AsRef<[u8]>) -> TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join(name), bytes).unwrap();
    place
}

/// A head and so many millions of the same letter, under gzip.
fn packed(head: &str, millions: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(head.as_bytes()).unwrap();
    (0..millions).for_each(|_| encoder.write_all(&[b'a'; 1_000_000]).unwrap());
    encoder.finish().unwrap()
}

#[test]
fn levels_of_json_have_an_end() {
    for levels in [200, 300, 4_000, 100_000] {
        let text = "{\"http://x.org/p\":".repeat(levels) + "\"v\"" + &"}".repeat(levels);
        let place = place("x.jsonld", text);
        for line in ["convert x.jsonld -f nq", "load x.jsonld -s s"] {
            let (code, errors) = run(&place, line);
            match levels {
                200 => assert_eq!(code, Some(0), "{line}: {errors}"),
                _ => assert!(code == Some(3) && errors.contains("256 levels"), "{levels}: {line}: {errors}"),
            }
        }
    }
}

#[test]
fn entities_of_xml_unfold_so_far_and_no_further() {
    let line = |at: usize| format!("<!ENTITY a{} \"{}\">", at + 1, format!("&a{at};").repeat(10));
    let text = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a0 \"lol\">{}]><rdf:RDF xmlns:rdf=\
         \"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:x=\"http://x.org/\"><rdf:Description \
         rdf:about=\"http://x.org/a\"><x:p>&a9;</x:p></rdf:Description></rdf:RDF>",
        (0..9).map(line).collect::<String>()
    );
    let place = place("x.rdf", text);
    for line in ["convert x.rdf -f nt", "load x.rdf -s s", "link load x.rdf --vocabularies v --scheme x"] {
        let (code, errors) = run(&place, line);
        assert!(code == Some(3) && errors.contains("its entity a5 unfolds to more than 64 kB"), "{line}: {errors}");
    }
}

#[test]
fn collections_within_collections_have_an_end() {
    for levels in [400, 16_000] {
        let text = format!(
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:x=\"http://x.org/\">{}{}</rdf:RDF>",
            "<rdf:Description rdf:about=\"a:a\"><x:p rdf:parseType=\"Collection\">".repeat(levels),
            "</x:p></rdf:Description>".repeat(levels)
        );
        let (code, errors) = run(&place("x.rdf", text), "convert x.rdf -f nq");
        match levels {
            400 => assert_eq!(code, Some(0), "{errors}"),
            _ => assert!(code == Some(3) && errors.contains("1000 levels"), "{errors}"),
        }
    }
}

#[test]
fn what_is_packed_a_thousandfold_is_not_unpacked() {
    let text = "<http://x.org/a> <http://www.w3.org/2004/02/skos/core#prefLabel> \"";
    let place = place("x.nt.gz", packed(text, 400));
    fs::write(place.path().join("x.csv.gz"), packed("iri,label\nhttp://x.org/a,", 400)).unwrap();
    let lines = format!("<http://x.org/a> <http://x.org/b> \"{}\" .\n", "a".repeat(100_000)).repeat(600);
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(lines.as_bytes()).unwrap();
    fs::write(place.path().join("same.nt.gz"), encoder.finish().unwrap()).unwrap();
    for (line, word) in [
        ("load x.nt.gz -s s", "x.nt.gz"),
        ("convert x.nt.gz -f nq", "x.nt.gz"),
        ("load same.nt.gz -s s", "it unpacks to more than 250 times its size"),
        ("link load x.nt.gz --scheme x --vocabularies v", "x.nt.gz"),
        ("link load x.csv.gz --scheme x --vocabularies v", "a row has more than 4 MB"),
    ] {
        let (code, errors) = run(&place, line);
        assert!(code == Some(3) && errors.contains(word), "{line}: {errors}");
    }
}

#[test]
fn what_is_too_large_is_not_read_first() {
    let place = place("a.nt", "<http://x.org/a> <http://x.org/b> <http://x.org/c> .\n".repeat(100));
    for name in ["big.txt", "big.pdf", "big.csv", "big.zip"] {
        fs::File::create(place.path().join(name)).unwrap().set_len(4 << 30).unwrap();
        for line in [format!("add {name} -s s"), format!("extract {name}"), format!("text {name}")] {
            let (code, errors) = run(&place, &line);
            assert!(code == Some(3) && errors.contains("R0104"), "{line}: {errors}");
        }
    }
    let (code, errors) = run(&place, "load a.nt -s s --max-bytes 1000");
    assert!(code == Some(3) && errors.contains("more than 1000 bytes; --max-bytes"), "{errors}");
    assert_eq!(run(&place, "load a.nt -s s").0, Some(0));
}
