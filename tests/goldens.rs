//! Whole documents held still: for each listed document the digests of its JSON Lines and of its Turtle, and one line a
//! claim, so that a difference says which claims went, came or changed. `UPDATE=1` writes them anew.
//!
//! The texts of real documents are other people's and stay outside of the project: where `../shared` is absent only the
//! two sample statements run. A golden holds offsets, relation, rule and digests, and no words of a text.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rapporteur::export::{Format, Prefixes, Quads, rdf};
use rapporteur::lift::{self, Base, vocabulary::PREFIXES};
use rapporteur::model::Extraction;
use rapporteur::pipeline::Pipeline;
use rapporteur::read::Options;
use rayon::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The two sample statements, from the project's own folder.
const SAMPLES: [&str; 2] =
    ["seeds/statements/iran-2019-03-expert-group.md", "seeds/statements/iran-2021-04-expert-group.md"];

/// Real documents of several kinds, none of them gold that is kept apart: statements, joint statements, a communiqué,
/// general debates of four decades, resolutions, coverage, letters, a transcript, a press release.
const REAL: [&str; 18] = [
    "d01_statement_eu_cnd66_2023.md",
    "d03_joint_statement_counter_ransomware_2021.md",
    "d07_communique_five_country_ministerial_2018.txt",
    "d09_resolution_A_RES_74_173_cybercrime.txt",
    "d13_general_debate_IRN_75_2020.txt",
    "d18_press_page_text_2023.txt",
    "d20_press_nsc_ransomware_2021.md",
    "d31_general_debate_PER_61_2006.txt",
    "d33_general_debate_LKA_43_1988.txt",
    "d34_resolution_S_RES_1533_2004.txt",
    "d36_resolution_A_HRC_RES_45_25.txt",
    "d39_joint_statement_aukus_2023.md",
    "d42_statement_sweden_sc_middle_east_2017.md",
    "d45_statement_australia_counter_terrorism_2015.txt",
    "d51_press_gashc4228_2018.txt",
    "d55_letter_S_2025_530.txt",
    "d57_letter_S_2025_90.txt",
    "d60_transcript_oewg_2022.txt",
];

#[test]
fn whole_documents_read_as_before() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = ["../shared", "../../shared"].into_iter().map(|path| root.join(path)).find(|path| path.is_dir());
    let samples = SAMPLES.iter().map(|path| root.join(path));
    let real = shared.iter().flat_map(|shared| REAL.iter().map(|name| shared.join("corpus/dev").join(name)));
    let paths: Vec<PathBuf> = samples.chain(real).collect();
    if shared.is_none() {
        println!("goldens: ../shared is not here, so only the two sample statements run");
    }
    let wrong: Vec<String> = paths.par_iter().filter_map(|path| compare(root, path)).collect();
    assert!(wrong.is_empty(), "\n{}\nUPDATE=1 accepts what is found", wrong.join("\n"));
}

/// What differs from a document's golden, if anything does.
fn compare(root: &Path, path: &Path) -> Option<String> {
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    let extraction = Pipeline::embedded()
        .extract(&name, &fs::read(path).expect("the document can be read"), &Options::default())
        .expect("the document is text");
    let json = json_lines(&extraction);
    let found = golden(&json, &turtle(&extraction));
    let beside = root.join("tests/cases/goldens").join(&name).with_extension("golden");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&beside, &found).expect("the golden can be written");
    }
    let expected = fs::read_to_string(&beside).unwrap_or_default();
    (found != expected).then(|| format!("{name}:\n{}", difference(&expected, &found, &json)))
}

fn json_lines(extraction: &Extraction) -> Vec<String> {
    let mut out = Vec::new();
    lift::jsonl::write(extraction, &Base::default(), &mut out).expect("memory takes it");
    String::from_utf8(out).expect("JSON is UTF-8").lines().map(str::to_owned).collect()
}

fn turtle(extraction: &Extraction) -> Vec<u8> {
    let mut quads = Quads::default();
    let lifted = lift::lift(extraction, &Base::default());
    for quad in lifted.graphs.iter().flat_map(|graph| graph.quads()) {
        quads.insert(quad);
    }
    let mut out = Vec::new();
    rdf::write(&quads, Format::Turtle, &Prefixes::new(None, PREFIXES.iter().copied()), &mut out).expect("Turtle");
    out
}

/// The golden of a document: digests of the whole, of each kind of line, and a line a claim.
fn golden(json: &[String], turtle: &[u8]) -> String {
    let of = |kind: &str| {
        let start = format!("{{\"type\":\"{kind}\"");
        let lines: Vec<&String> = json.iter().filter(|line| line.starts_with(&start)).collect();
        format!("{kind} {} {}\n", lines.len(), digest(lines.into_iter().flat_map(|line| line.bytes())))
    };
    let mut told = format!("jsonl {}\n", digest(json.iter().flat_map(|line| line.bytes())));
    told += &format!("turtle {}\n", digest(turtle.iter().copied()));
    for kind in ["document", "mention", "entity"] {
        told += &of(kind);
    }
    for (line, _) in claims(json) {
        told += &line;
        told.push('\n');
    }
    told
}

/// Each claim as a line of the golden, and in words.
fn claims(json: &[String]) -> impl Iterator<Item = (String, String)> {
    json.iter().filter(|line| line.starts_with("{\"type\":\"claim\"")).map(|line| {
        let claim: Value = serde_json::from_str(line).expect("JSON");
        let text = |key: &str| claim[key].as_str().unwrap_or_default().to_owned();
        let end =
            |key: &str| claim[key]["label"].as_str().or(claim[key]["literal"].as_str()).unwrap_or_default().to_owned();
        let told = format!(
            "claim {}-{} {} {} {}",
            claim["start"],
            claim["end"],
            text("predicate"),
            text("rule"),
            digest(line.bytes())
        );
        let words = format!(
            "{} | {} {} | {} ({}, {})",
            end("subject"),
            if text("polarity") == "negated" { "not" } else { "" },
            text("predicate"),
            end("object"),
            text("modality"),
            claim["confidence"]
        );
        (told, words)
    })
}

/// 16 hexadecimal digits of a SHA-256.
fn digest(bytes: impl Iterator<Item = u8>) -> String {
    let all: Vec<u8> = bytes.collect();
    Sha256::digest(&all).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The lines that went (`-`) and came (`+`), those that came in words.
fn difference(expected: &str, found: &str, json: &[String]) -> String {
    let (before, after): (BTreeSet<&str>, BTreeSet<&str>) = (expected.lines().collect(), found.lines().collect());
    let words: Vec<(String, String)> = claims(json).collect();
    let gone = before.difference(&after).map(|line| format!("  - {line}"));
    let come = after.difference(&before).map(|line| {
        let said = words.iter().find(|(told, _)| told == line).map_or("", |(_, words)| words);
        format!("  + {line}   {said}")
    });
    gone.chain(come).collect::<Vec<_>>().join("\n")
}
