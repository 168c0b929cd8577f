//! Damages to a sound store, as somebody would make them who also mends the hashes: each is named by `check`, or by `check
//! --again`, which reads the text anew.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use rapporteur::check::{Finding, Level, check};
use rapporteur::desk::{self, Outside, Reader, VERSION};
use rapporteur::pipeline::Pipeline;
use rapporteur::read::Options;
use rapporteur::store::{Directory, Limits};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::typed::typed;

const DAMAGES: &str = include_str!("../cases/damages.tsv");

const STATEMENT: &str = "Statement by the Representative of Canada at the Third session of the Working Group on Tides

Vienna, 3 May 2022

Canada condemns terrorism. Canada supports the Harbour Patrol Programme of the Tide Office. We welcome the \
report of the Secretary-General.
";

const LAYERS: [&str; 5] = ["claims", "evidence", "mentions", "links", "link-evidence"];

/// A folder with a store `s` of the statement.
fn sound() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("canada.txt"), STATEMENT).unwrap();
    assert_eq!(typed(&place, &["add", "canada.txt", "-s", "s"]).0, 0);
    place
}

fn list(store: &Path) -> Value {
    serde_json::from_slice(&fs::read(store.join("manifest.json")).unwrap()).unwrap()
}

/// The only document of the list of contents.
fn document(list: &Value) -> (&String, &Value) {
    list["documents"].as_object().unwrap().iter().next().unwrap()
}

/// The hash of a layer's segment: the document's, else that which stands beside documents.
fn hash<'l>(list: &'l Value, layer: &str) -> Option<&'l str> {
    let own = document(list).1["segments"][layer]["sha256"].as_str();
    own.or_else(|| list["standing"][layer]["sha256"].as_str())
}

fn lines(store: &Path, layer: &str) -> Vec<String> {
    let list = list(store);
    let Some(hash) = hash(&list, layer) else { return Vec::new() };
    let file = fs::read(store.join("segments").join(format!("{}.nq.gz", &hash[..32]))).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(&*file).read_to_string(&mut text).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// Puts other lines into a layer, with their hash everywhere.
fn put(store: &Path, layer: &str, lines: &[String]) {
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let manifest = fs::read_to_string(store.join("manifest.json")).unwrap();
    let list = list(store);
    let before = hash(&list, layer).unwrap();
    let hash: String = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(text.as_bytes()).unwrap();
    fs::write(store.join("segments").join(format!("{}.nq.gz", &hash[..32])), out.finish().unwrap()).unwrap();
    let unsealed = manifest.replace(before, &hash);
    let unsealed: Vec<&str> = unsealed.lines().filter(|line| !line.contains("\"checksum\"")).collect();
    fs::write(store.join("manifest.json"), unsealed.join("\n")).unwrap();
}

/// The parts of the sound store that the damages speak of.
struct Parts(Vec<(&'static str, String)>);

impl Parts {
    fn of(store: &Path) -> Self {
        let [claims, evidence, _, _, notes] = LAYERS.map(|layer| lines(store, layer));
        let terms = |line: &str| -> Vec<String> { line.splitn(3, ' ').map(str::to_owned).collect() };
        let find = |lines: &[String], parts: &[&str]| -> Vec<String> {
            let line = lines.iter().find(|line| parts.iter().all(|part| line.contains(part)));
            terms(line.unwrap_or_else(|| panic!("{parts:?}")))
        };
        let object = |row: &[String]| row[2].rsplit_once(" <").unwrap().0.to_owned();
        let claim = find(&claims, &["#predicate>", "ontology#condemns>"])[0].clone();
        let of = |property: &str| object(&find(&claims, &[&claim, property]));
        let (subject, relation, passage) = (of("ns#subject>"), of("ns#predicate>"), of("#evidence>"));
        let other = find(&claims, &["#predicate>", "ontology#supports>"])[0].clone();
        let (text, _) = passage.trim_matches(['<', '>']).split_once("#char=").unwrap();
        let digits = text.rsplit('/').next().unwrap();
        let (start, end) = passage.trim_end_matches('>').rsplit_once('=').unwrap().1.split_once(',').unwrap();
        let thing = find(&claims, &["prefLabel>", &format!("-{}", "programme"), "/measure/"])[0].clone();
        let link = find(&notes, &["#hasBody>", "entity/Q16>"])[0].clone();
        let quote = object(&find(&evidence, &[&passage, "#quote>"]));
        Self(vec![
            ("{graph}", format!("<https://w3id.org/rapporteur/id/graph/doc/{digits}>")),
            ("{backwards}", format!("<{text}#char={end},{start}>")),
            ("{beyond}", format!("<{text}#char={start},99999999>")),
            ("{start}", format!("<{text}#char=0,9>")),
            ("{nowhere}", "<https://w3id.org/rapporteur/id/text/0000000000000000>".to_owned()),
            ("{meeting}", object(&find(&claims, &["ontology#deliveredAt> <", "/meeting/"]))),
            ("{other}", object(&find(&claims, &[&other, "#evidence>"]))),
            ("{quote}", quote.split('"').nth(1).unwrap().to_owned()),
            ("{text}", format!("<{text}>")),
            ("{set}", "<https://w3id.org/rapporteur/id/graph/links/wikidata>".to_owned()),
            ("{object}", of("ns#object>")),
            ("{subject}", subject),
            ("{relation}", relation),
            ("{passage}", passage),
            ("{claim}", claim),
            ("{thing}", thing),
            ("{link}", link),
        ])
    }

    fn fill(&self, words: &str) -> String {
        self.0.iter().fold(words.to_owned(), |words, (name, value)| words.replace(name, value))
    }
}

/// Does a damage to a layer; it must change something.
fn damage(store: &Path, layer: &str, what: &str, which: &str, by: &str) {
    let mut changed = false;
    for layer in LAYERS.into_iter().filter(|known| layer == "all" || layer == *known) {
        let before = lines(store, layer);
        let mut after = before.clone();
        match what {
            "drop" => after.retain(|line| !line.starts_with(which)),
            "add" => after.push(which.to_owned()),
            "rename" => after.iter_mut().for_each(|line| *line = line.replace(which, by)),
            _ => {
                let line = after.iter_mut().find(|line| line.starts_with(which)).unwrap_or_else(|| panic!("{which}"));
                let graph = line.rsplit_once(" <").unwrap().1.to_owned();
                let start: Vec<&str> = line.splitn(3, ' ').take(2).collect();
                *line = format!("{} {by} <{graph}", start.join(" "));
            }
        }
        if after != before {
            changed = true;
            put(store, layer, &after);
        }
    }
    assert!(changed, "{what} {which} changes nothing");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => assert!(fs::copy(entry.path(), target).is_ok()),
        }
    }
}

fn found(store: &Path) -> Vec<Finding> {
    let mut findings = check(store, &[], Limits::default(), false).unwrap();
    findings.retain(|finding| finding.level != Level::Ok);
    findings
}

fn again(store: &Path) -> Vec<Finding> {
    let directory = Directory::open(store).unwrap();
    let outside = Outside::of(store, &store.join("vocabularies")).unwrap();
    let (pipeline, base) = (Pipeline::embedded(), directory.base().clone());
    let reader = Reader { pipeline, outside: &outside, options: Options::default(), base };
    desk::again(&directory, &reader, VERSION).unwrap()
}

#[test]
fn every_damage_is_named() {
    let place = sound();
    let store = place.path().join("s");
    let (usual, parts) = (found(&store), Parts::of(&store));
    assert!(usual.iter().all(|finding| finding.level == Level::Warn), "{usual:?}");
    assert!(again(&store).iter().all(|finding| finding.level == Level::Ok), "{:?}", again(&store));
    let (mut missed, mut by_check) = (Vec::new(), 0);
    for row in DAMAGES.lines().filter(|line| !line.starts_with('#')) {
        let [number, name, layer, what, which, by, code] =
            row.split('\t').collect::<Vec<_>>().try_into().unwrap_or_else(|_| panic!("{row}"));
        let copied = tempfile::tempdir().unwrap();
        copy(&store, copied.path());
        damage(copied.path(), layer, what, &parts.fill(which), &parts.fill(by));
        let is_named = match code {
            "again" => again(copied.path()).iter().any(|finding| finding.level == Level::Fail),
            code => found(copied.path()).iter().any(|finding| finding.code == code && !usual.contains(finding)),
        };
        by_check += usize::from(is_named && code != "again");
        if !is_named {
            missed.push(format!("{number} {name}: {:?}", found(copied.path())));
        }
    }
    assert!(missed.is_empty(), "{by_check} named by check; missed:\n{}", missed.join("\n"));
    assert_eq!(by_check, 35);
}
