//! A sound store passes; one altered in a letter, an offset or a part fails and is named.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::shapes::Shape;
use super::{Finding, Level, check};
use crate::lift::{Base, ontology};
use crate::model::fixture;
use crate::store::{Directory, Writer};

fn store() -> TempDir {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let mut writer = Writer::open(dir.path(), None, "a test").expect("opens");
    for extraction in [fixture::first(), fixture::second()] {
        writer.add(&extraction, "rapporteur test").expect("added");
    }
    writer.stand(&ontology(&Base::default())).expect("written");
    writer.commit().expect("kept");
    dir
}

fn failures(dir: &Path) -> Vec<Finding> {
    let mut findings = check(dir, &[], crate::store::Limits::default(), false).expect("the store opens");
    findings.retain(|finding| finding.level == Level::Fail);
    findings
}

/// Rewrites one line of a segment of the second document, and its hash everywhere, as somebody with bad intent would.
fn alter(dir: &Path, layer: &str, edit: impl Fn(String) -> String) {
    use std::io::Read;
    let directory = Directory::open(dir).expect("opens");
    let entry = &directory.documents()[&fixture::second().document.sha256].segments[layer];
    let mut lines = String::new();
    let file = fs::read(dir.join("segments").join(entry.file())).expect("reads");
    flate2::read::GzDecoder::new(&*file).read_to_string(&mut lines).expect("gzip");
    let altered = edit(lines.clone());
    assert_ne!(altered, lines, "the edit must change something");
    let hash: String = {
        use sha2::{Digest, Sha256};
        Sha256::digest(&altered).iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, altered.as_bytes()).expect("gzip");
    fs::write(dir.join("segments").join(format!("{}.nq.gz", &hash[..32])), encoder.finish().expect("gzip"))
        .expect("writes");
    let manifest = fs::read_to_string(dir.join("manifest.json")).expect("reads");
    let unsealed = manifest.replace(&entry.sha256, &hash);
    let unsealed: Vec<&str> = unsealed.lines().filter(|line| !line.contains("\"checksum\"")).collect();
    fs::write(dir.join("manifest.json"), unsealed.join("\n")).expect("writes");
}

/// The number of the fixtures' claim whose quote begins so.
fn claim(quote: &str) -> String {
    said(quote)["iri"].as_str().expect("an IRI").rsplit('/').next().expect("a number").to_owned()
}

/// The fixtures' claim whose quote begins so, as JSON Lines have it.
fn said(quote: &str) -> serde_json::Value {
    let mut lines = Vec::new();
    crate::lift::jsonl::write(&fixture::second(), &Base::default(), &mut lines).expect("a vector takes all");
    let lines = String::from_utf8(lines).expect("UTF-8");
    let mut lines = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    let begins = |line: &serde_json::Value| line["quote"].as_str().is_some_and(|words| words.starts_with(quote));
    lines.find(begins).expect("it is there")
}

#[test]
fn a_sound_store_passes() {
    let dir = store();
    let findings = check(dir.path(), &[], crate::store::Limits::default(), false).expect("the store opens");
    let failed: Vec<String> = findings.iter().filter(|f| f.level == Level::Fail).map(Finding::to_string).collect();
    assert_eq!(failed, Vec::<String>::new());
    let lines: Vec<String> = findings.iter().map(Finding::to_string).collect();
    assert!(lines.contains(&"ok   2 texts and their graphs are whole".to_owned()), "{lines:#?}");
    assert!(
        lines.contains(&"ok   20 of 20 quotes found again at their place in the stored texts".to_owned()),
        "{lines:#?}"
    );
}

#[test]
fn one_letter_of_a_quote_changed_names_the_claim() {
    let dir = store();
    alter(dir.path(), "evidence", |lines| lines.replace("There is no need for", "There is no meed for"));
    let failures = failures(dir.path());
    let [failure] = &*failures else { panic!("{failures:?}") };
    assert_eq!(failure.code, "R0430");
    assert_eq!(failure.nodes, [claim("There is no need for")]);
}

#[test]
fn a_passage_moved_by_one_names_the_claim() {
    let dir = store();
    let at = claim("There is no need for");
    let start = said("There is no need for")["start"].as_u64().expect("a start");
    for layer in ["evidence", "claims"] {
        let (old, new) = (format!("#char={start},"), format!("#char={},", start + 1));
        alter(dir.path(), layer, |lines| lines.replace(&old, &new));
    }
    let failures = failures(dir.path());
    assert_eq!(failures.len(), 1, "{failures:?}");
    assert_eq!(failures[0].nodes, [at]);
}

#[test]
fn a_letter_changed_without_its_hash_is_damage() {
    let dir = store();
    let directory = Directory::open(dir.path()).expect("opens");
    let entry = &directory.documents()[&fixture::second().document.sha256].segments["evidence"];
    let file = dir.path().join("segments").join(entry.file());
    let mut bytes = fs::read(&file).expect("reads");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, bytes).expect("writes");
    let failures = failures(dir.path());
    assert!(failures[0].text.contains("evidence of ruritania-2022.txt"), "{failures:?}");
    assert_eq!(failures[0].code, "R0503");
}

#[test]
fn a_text_changed_is_damage() {
    let dir = store();
    let file = dir.path().join("texts").join(format!("{}.txt.gz", fixture::second().document.sha256));
    fs::write(file, b"").expect("writes");
    assert!(failures(dir.path()).iter().any(|finding| finding.text.contains("the text of ruritania-2022.txt")));
}

#[test]
fn a_claim_without_a_part_is_named() {
    let drop_line = |part: &'static str| {
        move |lines: String| {
            let is_it = |line: &&str| line.contains(part) && line.contains(&claim("There is no need for"));
            let dropped = lines.lines().find(is_it).expect("a line").to_owned() + "\n";
            lines.replace(&dropped, "")
        }
    };
    for (part, code) in [
        ("#confidence>", "R0410"),
        ("#polarity>", "R0410"),
        ("#rule>", "R0410"),
        ("ns#predicate>", "R0410"),
        ("#evidence>", "R0410"),
        ("ns#type>", "R0411"),
    ] {
        let dir = store();
        alter(dir.path(), "claims", drop_line(part));
        let failures = failures(dir.path());
        let named =
            failures.iter().find(|finding| finding.code == code).unwrap_or_else(|| panic!("{part}: {failures:?}"));
        assert!(named.nodes[0].starts_with(&claim("There is no need for")), "{named}");
    }
}

#[test]
fn what_does_not_fit_is_named() {
    type Edit = fn(String) -> String;
    let rows: [(&str, &str, Edit); 7] = [
        ("R0412", "claims", |lines| lines.replacen("\"3\"^^", "\"7\"^^", 1)),
        ("R0412", "claims", |lines| lines.replacen("#asserted>", "#perhaps>", 1)),
        ("R0413", "evidence", |lines| {
            lines.lines().filter(|line| !line.contains("no need")).map(|l| format!("{l}\n")).collect()
        }),
        ("R0415", "claims", |lines| {
            lines.lines().filter(|line| !line.contains("\"Tidal Convention\"@en")).map(|l| format!("{l}\n")).collect()
        }),
        ("R0416", "claims", |lines| format!("{lines}_:b <https://x.org/p> \"c\" <https://x.org/g> .\n")),
        ("R0417", "claims", |lines| lines.replacen("#affirmed>", "#negated>", 1)),
        ("R0433", "links", |lines| lines.replace("entity/Q999999999", "wiki/Q999999999")),
    ];
    for (code, layer, edit) in rows {
        let dir = store();
        alter(dir.path(), layer, edit);
        let failures = failures(dir.path());
        assert!(failures.iter().any(|finding| finding.code == code), "{code}: {failures:?}");
    }
    let dir = store();
    alter(dir.path(), "claims", |lines| {
        let edge = lines.lines().find(|line| line.contains("ontology#opposes>") && !line.contains("predicate"));
        lines.replace(&format!("{}\n", edge.expect("an edge")), "")
    });
    assert!(failures(dir.path()).iter().any(|finding| finding.code == "R0418"));
}

#[test]
fn every_shape_that_ships_can_be_asked() {
    let files = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("queries/check")).expect("lists").count();
    assert_eq!(Shape::embedded().len(), files);
    assert!(Shape::new("x", "#+ level: error\nSELECT ?node {}").is_err());
}
