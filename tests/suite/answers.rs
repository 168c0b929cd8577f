//! What analysts ask for: who spoke for whom, topics that neither gather too much nor too little, one row for one thing said,
//! and nothing called first or only one actor's that stands elsewhere in other words. The statements are invented.

use std::sync::LazyLock;

use crate::typed::{statements, typed};
use tempfile::TempDir;

static STORE: LazyLock<TempDir> = LazyLock::new(|| {
    statements(&[
        (
            "Norway",
            "2011-10-03",
            "Norway supports Chile. Norway supports a better business climate in all ports. Norway supports small island \
             developing States. Norway supports the harbour dues reform of Peru.",
        ),
        ("Chile", "2013-10-03", "Chile supports food security for all."),
        (
            "Norway",
            "2014-10-03",
            "Norway supports the people of Chile. Norway supports the draft resolutions in support of the people of Peru. \
             Norway and Chile condemn illegal fishing. Norway emphasizes the importance of addressing climate change in a \
             substantive way. Norway has provided more than 27 ships to the Harbour Mission.",
        ),
        (
            "Chile",
            "2015-10-03",
            "Chile opposes the harbour dues of all ports. Chile calls for urgent action on climate change. Chile proposed the \
             recognition of fog horns in the General Assembly in 2009.",
        ),
    ])
});

/// The rows of a CSV answer with things by name, doubtful ones too.
fn rows(arguments: &[&str]) -> Vec<String> {
    let (code, out, err) =
        typed(&STORE, &[arguments, &["-f", "csv", "--show", "name", "--min-confidence", "0"]].concat());
    assert_eq!(code, 0, "{arguments:?}: {err}");
    out.lines().skip(1).map(str::to_owned).collect()
}

fn has(rows: &[String], words: &str) -> bool {
    rows.iter().any(|row| words.split(" + ").all(|part| row.contains(part)))
}

#[test]
fn topics_gather_what_is_on_them() {
    // The topic, what its rows say, what none says.
    let cases: [(&str, &[&str], &[&str]); 6] = [
        ("climate change", &["urgent action + in the words"], &["business climate", "small island"]),
        ("business climate", &["Norway + business climate"], &["urgent action"]),
        ("small island developing States", &["Norway + supports"], &["urgent action"]),
        // Behind the quote.
        ("Peru", &["draft resolutions", "harbour dues reform"], &["Chile"]),
        // Never narrowed to the longer phrase of one text.
        ("harbour dues", &["Norway + harbour dues reform", "Chile + opposes"], &["fishing"]),
        ("harbour due", &["Norway + harbour dues reform", "Chile + opposes"], &[]),
    ];
    for (topic, wanted, unwanted) in cases {
        let found = rows(&["query", "positions", "-p", &format!("topic={topic}")]);
        wanted.iter().for_each(|words| assert!(has(&found, words), "{topic}: {words} in {found:#?}"));
        unwanted.iter().for_each(|words| assert!(!has(&found, words), "{topic}: {words} in {found:#?}"));
    }
}

#[test]
fn one_thing_said_is_one_row_for_people() {
    let found = rows(&["query", "positions"]);
    let fishing: Vec<&String> = found.iter().filter(|row| row.contains("illegal fishing")).collect();
    assert!(fishing.len() == 1 && fishing[0].contains("\"Norway, Chile\""), "{fishing:#?}");
    let (_, plain, _) = typed(&STORE, &["query", "positions", "-f", "csv", "--min-confidence", "0"]);
    assert_eq!(
        plain.lines().filter(|line| line.contains("condemn illegal fishing")).count(),
        2,
        "a claim each: {plain}"
    );
}

#[test]
fn a_speaker_stands_beside_the_one_he_represents() {
    let (_, texts, _) = typed(
        &STORE,
        &["query", "SELECT ?t { ?t schema:sha256 ?h ; dcterms:date ?d FILTER(STR(?d) = \"2013-10-03\") }", "-f", "csv"],
    );
    let text = texts.lines().nth(1).expect("a text").to_owned();
    let folder = statements(&[("Chile", "2013-10-03", "Chile supports food security for all.")]);
    let (id, own) = ("https://w3id.org/rapporteur/id", "https://w3id.org/rapporteur/ontology#");
    let named = "<http://www.w3.org/2004/02/skos/core#prefLabel>";
    let joint = format!(
        "<{text}> <{own}deliveredBy> <{id}/role/moss>, <{id}/role/lind> ; <{own}represents> <{id}/state/nor> .
        <{id}/role/moss> {named} \"Ms. Moss\"@en ; <{own}represents> <{id}/state/nor> .
        <{id}/role/lind> {named} \"Mr. Lind\"@en ; <{own}represents> <{id}/state/per> ."
    );
    std::fs::write(folder.path().join("joint.ttl"), joint).expect("written");
    assert_eq!(typed(&folder, &["load", "joint.ttl"]).0, 0);
    let (_, out, err) = typed(&folder, &["query", "speakers", "-f", "csv", "--show", "name"]);
    let mut found: Vec<&str> =
        out.lines().skip(1).filter_map(|line| line.split_once(',')).map(|(_, rest)| rest).collect();
    found.sort_unstable();
    let starts = ["Mr. Lind,Peru,", "Ms. Moss,Norway,", "Representative of Chile,Chile,"];
    assert!(found.len() == 3 && found.iter().zip(starts).all(|(row, start)| row.starts_with(start)), "{out}{err}");
}

#[test]
fn what_was_said_of_the_whole_is_not_first_said_of_a_part() {
    let told = rows(&["query", "position-change", "-p", "actor=Norway"]);
    assert!(has(&told, "2014-10-03,first in this store + illegal fishing"), "{told:#?}");
    assert!(has(&told, "people of Chile") && !has(&told, "first in this store + people of Chile"), "{told:#?}");
    let moved = rows(&["change", "Norway", "--all"]);
    assert!(!has(&moved, "first in this store + people of Chile"), "{moved:#?}");
    let deed = rows(&["change", "Chile", "--all"]);
    assert!(has(&deed, "urgent action") && !has(&deed, "fog horns"), "a deed of 2009: {deed:#?}");
}

#[test]
fn what_the_other_says_in_other_words_is_not_only_ones_own() {
    let asked = ["compare", "Norway", "Chile", "--topic", "climate change"];
    let found = rows(&asked);
    assert!(!has(&found, "only Norway"), "{found:#?}");
    let (_, _, err) = typed(&STORE, &[&asked[..], &["--min-confidence", "0", "-f", "csv"]].concat());
    assert!(err.contains("on which the other says much the same; --all shows them"), "{err}");
    assert!(has(&rows(&[&asked[..], &["--all"]].concat()), "only Norway + substantive"));
    let all = rows(&["compare", "Norway", "Chile", "--all"]);
    assert!(has(&all, "only Chile + fog horns + in 1 statement, of 2009"), "{all:#?}");
}

#[test]
fn a_brief_has_all_positions_and_plain_ones_first() {
    let (code, out, err) = typed(&STORE, &["report", "--topic", "Chile", "--min-confidence", "0"]);
    assert_eq!(code, 0, "{err}");
    let rows: Vec<&str> = out.lines().filter(|line| line.starts_with("| ") && line.contains("[^")).collect();
    assert!(rows[0].starts_with("| Chile | Norway[^1] |"), "{out}");
    assert!(rows.iter().any(|row| row.contains("people of Chile") && row.contains("Norway[^")), "{out}");
    let (_, _, err) = typed(&STORE, &["report", "--topic", "Peru", "-o", "peru.md", "--force"]);
    assert!(err.contains("2 sentences, 2 documents"), "{err}");
}

#[test]
fn numbers_are_as_near_as_the_speaker_says() {
    let found = rows(&["query", "quantities"]);
    assert!(has(&found, "Norway,provides + 27 ships,more than,27"), "{found:#?}");
}
