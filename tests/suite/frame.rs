//! The frame of the graph: claims keep their IRIs, plain triples are somebody's own, what is exported can be loaded and
//! checked again, and the vocabulary is a page.

use std::collections::BTreeSet;
use std::fs;

use rapporteur::lift::{Base, jsonl};
use rapporteur::pipeline::Pipeline;
use rapporteur::read::Options;
use serde_json::Value;
use tempfile::TempDir;

use crate::typed::typed;

const SAMPLE: &str = include_str!("../../seeds/statements/iran-2021-04-expert-group.md");

fn extract(bytes: &[u8]) -> String {
    let extraction = Pipeline::embedded().extract("sample.md", bytes, &Options::default()).unwrap();
    let mut out = Vec::new();
    jsonl::write(&extraction, &Base::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// IRI and quote of each claim.
fn claims(lines: &str) -> Vec<(String, String)> {
    let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let claims = lines.filter(|line| line["type"] == "claim");
    claims.map(|line| (line["iri"].as_str().unwrap().to_owned(), line["quote"].as_str().unwrap().to_owned())).collect()
}

#[test]
fn how_a_file_is_written_changes_nothing() {
    let plain = extract(SAMPLE.as_bytes());
    assert!(claims(&plain).len() > 20);
    for written in [
        SAMPLE.replace('\n', "\r\n"),
        format!("\u{feff}{SAMPLE}"),
        SAMPLE.trim_end().to_owned(),
        format!("{SAMPLE}\n\n"),
    ] {
        assert!(extract(written.as_bytes()) == plain);
    }
}

#[test]
fn a_changed_word_leaves_the_other_claims_their_iris() {
    let before = claims(&extract(SAMPLE.as_bytes()));
    let body = SAMPLE.rfind("\n---").unwrap();
    let words: Vec<(usize, &str)> = SAMPLE[body..]
        .match_indices(|c: char| c.is_whitespace())
        .map(|(at, _)| body + at + 1)
        .filter_map(|at| Some((at, SAMPLE[at..].split(|c: char| !c.is_alphanumeric()).next()?)))
        .filter(|(_, word)| word.len() > 5 && word.chars().all(char::is_lowercase))
        .collect();
    let (mut kept, mut all) = (0, 0);
    for (at, word) in words.iter().step_by(words.len() / 8) {
        let changed = format!("{}various{}", &SAMPLE[..*at], &SAMPLE[at + word.len()..]);
        let sentence = SAMPLE[..*at].rfind(['.', '\n']).map_or(0, |end| end + 1);
        let rest = at + SAMPLE[*at..].find(['.', '\n']).unwrap_or(0);
        let after: BTreeSet<String> = claims(&extract(changed.as_bytes())).into_iter().map(|(iri, _)| iri).collect();
        let others = before.iter().filter(|(_, quote)| !SAMPLE[sentence..rest].contains(quote.as_str()));
        for (iri, _) in others {
            all += 1;
            kept += usize::from(after.contains(iri));
        }
    }
    assert!(all > 150 && kept * 100 >= all * 97, "{kept} of {all}");
}

/// A folder with a store `s` of a statement that says something of itself, of another, and as a valuation.
fn place() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    let text = "Statement by the Representative of Canada at the Third session of the Working Group on Tides\n\nVienna, 3 \
        May 2022\n\nCanada condemns terrorism. The Government of Kenya established the Harbour Police in 2014.\n";
    fs::write(place.path().join("canada.txt"), text).unwrap();
    assert_eq!(typed(&place, &["add", "canada.txt", "-s", "s"]).0, 0);
    place
}

#[test]
fn plain_triples_are_ones_own_unless_asked_otherwise() {
    let place = place();
    let says = |options: &[&str], property: &str| {
        let words = [&["export", "-s", "s", "-f", "nt"], options].concat();
        let (code, out, errors) = typed(&place, &words);
        assert_eq!(code, 0, "{errors}");
        out.lines().any(|line| line.contains(&format!("> <https://w3id.org/rapporteur/ontology#{property}> <")))
    };
    for (options, condemns, established) in
        [(&[][..], true, false), (&["--edges", "none"], false, false), (&["--edges", "all"], true, true)]
    {
        assert_eq!(says(options, "condemns"), condemns, "{options:?}");
        assert_eq!(says(options, "established"), established, "{options:?}");
    }
}

#[test]
fn what_is_exported_can_be_loaded_and_checked() {
    let place = place();
    let count = |store: &str| {
        let (_, out, _) = typed(&place, &["stats", "-s", store, "-f", "json"]);
        serde_json::from_str::<Value>(&out).unwrap()["claims"].clone()
    };
    for file in ["graph.ttl", "graph.nq"] {
        let store = format!("s-{}", &file[6..]);
        assert_eq!(typed(&place, &["export", "-s", "s", "-o", file]).0, 0);
        assert_eq!(typed(&place, &["load", file, "-s", &store]).0, 0);
        let (code, out, errors) = typed(&place, &["check", "-s", &store]);
        assert_eq!(code, 0, "{out}{errors}");
        assert_eq!(count(&store), count("s"), "{file}");
    }
}

#[test]
fn the_vocabulary_is_a_page_and_a_file() {
    let place = tempfile::tempdir().unwrap();
    for file in ["ontology.html", "ontology.ttl", "ontology.rdf", "ontology.nt"] {
        let (code, _, errors) = typed(&place, &["ontology", "-o", file]);
        assert_eq!((code, errors), (0, format!("wrote {file}\n")));
        let text = fs::read_to_string(place.path().join(file)).unwrap();
        assert!(text.contains("Said, not thereby true"), "{file}");
    }
    assert_eq!(typed(&place, &["ontology", "-o", "ontology.gexf"]).0, 2);
}
