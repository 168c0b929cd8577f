//! Topics gather; what two actors disagree on is told with both sentences. The statements are invented.

use crate::typed::{statements, typed};
use tempfile::TempDir;

/// State, date and words of each statement.
const STATEMENTS: [(&str, &str, &str); 6] = [
    (
        "Norway",
        "2011-10-03",
        "Norway condemns ransomware. Norway supports the renewal of the mandate of the Harbour Committee.",
    ),
    (
        "Norway",
        "2014-10-03",
        "Norway opposes the renewal of the mandate of the Harbour Committee. Norway condemns the war crimes of that year.",
    ),
    (
        "Norway",
        "2016-10-03",
        "Norway supports the Paris Agreement. Norway welcomes the work on phishing and on botnets.",
    ),
    ("Norway", "2017-10-03", "Norway supports food security for all."),
    (
        "Chile",
        "2015-10-03",
        "Chile supports the renewal of the mandate of the Harbour Committee. Chile opposes cybercrime.",
    ),
    ("Chile", "2017-10-03", "Chile calls for action against crime."),
];

/// Rows of an answer in CSV, without the head.
fn rows(folder: &TempDir, arguments: &[&str]) -> Vec<String> {
    let (code, out, err) = typed(folder, arguments);
    assert_eq!(code, 0, "{arguments:?}: {err}");
    out.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn a_topic_gathers_what_is_narrower_and_what_has_its_words() {
    let folder = statements(&STATEMENTS);
    let asked = |topic: &str| {
        let topic = format!("topic={topic}");
        rows(&folder, &["query", "positions", "-p", &topic, "-f", "csv", "--show", "name"])
    };
    let cyber = asked("cybercrime");
    let has = |rows: &[String], parts: &[&str]| rows.iter().any(|row| parts.iter().all(|part| row.contains(part)));
    assert!(has(&cyber, &["Chile", "opposes", "by concept"]), "{cyber:#?}");
    assert!(has(&cyber, &["Norway", "ransomware"]), "{cyber:#?}");
    assert!(!has(&cyber, &["Paris"]) && !has(&cyber, &["Harbour"]), "{cyber:#?}");
    let crime = asked("crime");
    assert!(crime.len() > cyber.len() && has(&crime, &["calls for", "crime"]), "{crime:#?}");
    let climate = asked("climate change");
    assert!(has(&climate, &["Paris Agreement", "narrower"]) && climate.len() == 1, "{climate:#?}");
    assert_eq!(asked("CyberCrimes"), cyber, "in any case and number");
}

#[test]
fn what_a_text_calls_a_body_in_one_common_word_is_no_word_for_its_topic() {
    let folder =
        statements(&[("Norway", "2015-10-03", "Norway opposes the unfair treatment of members of fishing fleets.")]);
    let named = "<https://w3id.org/rapporteur/id/body/counter-ransomware-initiative>
        a <https://w3id.org/rapporteur/ontology#InternationalOrganization> ;
        <http://www.w3.org/2004/02/skos/core#altLabel> \"Members\"@en .";
    std::fs::write(folder.path().join("names.ttl"), named).expect("written");
    assert_eq!(typed(&folder, &["load", "names.ttl"]).0, 0);
    let on =
        |topic: &str| rows(&folder, &["query", "positions", "-p", topic, "--min-confidence", "0", "-f", "csv"]).len();
    assert_eq!((on("topic=fishing fleets"), on("topic=cybercrime")), (1, 0));
}

#[test]
fn what_has_no_rows_is_told_by_where_it_stands() {
    let folder = statements(&STATEMENTS);
    let (_, out, err) =
        typed(&folder, &["query", "positions", "-p", "topic=phishing", "-p", "actor=Chile", "-f", "csv"]);
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(err.contains("stand in 1 document: Norway-2016-10-03 (1)"), "{err}");
    let (code, _, err) = typed(&folder, &["query", "positions", "-p", "topic=cybercrimme"]);
    assert!(code == 3 && err.contains("did you mean  cybercrime"), "{code} {err}");
}

#[test]
fn the_tree_is_printed_with_what_the_store_says() {
    let folder = statements(&STATEMENTS);
    let tree = rows(&folder, &["topics", "-f", "csv"]);
    let crime = tree.iter().position(|row| row.contains("topic/crime,crime,")).expect("crime is spoken of");
    let cyber = tree.iter().position(|row| row.contains("topic/cybercrime,· cybercrime,")).expect("and cybercrime");
    assert!(crime < cyber, "{tree:#?}");
    let (code, _, err) = typed(&folder, &["topics", "cybercrimme"]);
    assert!(code != 0 && err.contains("did you mean  cybercrime"), "{err}");
    assert!(
        rows(&folder, &["topics", "drugs", "-f", "csv"]).len() > 5,
        "a topic that is asked for is shown with no claims"
    );
}

#[test]
fn two_actors_disagree_within_years() {
    let folder = statements(&STATEMENTS);
    let asked = |pairs: &[&str]| rows(&folder, &[&["query", "disagreements", "-f", "csv"], pairs].concat());
    assert_eq!(asked(&[]).len(), 1, "{:#?}", asked(&[]));
    assert!(asked(&["-p", "within=0"]).is_empty());
}
