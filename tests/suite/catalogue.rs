//! The catalogue that ships against the tables it was built from: all that is right is in it, nothing that is easy to get
//! wrong.

use std::collections::BTreeSet;
use std::path::Path;

use rapporteur::model::{Class, Identifier, Kind, MatchStrength};
use rapporteur::seeds::{Catalogue, Entry, fold_name};

/// Entry, scheme, code, and whether the code may be there as a weaker match than `exact`.
const WRONG: [(&str, &str, &str, bool); 23] = [
    ("body/unfpa", "wikidata", "Q61931964", false),
    ("body/unodc", "ror", "00degky91", false),
    ("body/unhcr", "wikidata", "Q28606331", false),
    ("body/unctad", "wikidata", "Q191384", false),
    ("body/cjeu", "wikidata", "Q1518827", false),
    ("body/european-commission", "isni", "0000000122904914", true),
    ("body/interpol", "oecd-dac-channel", "47038", true),
    ("resolution/A-RES-74-247", "undl-record", "3841023", false),
    ("resolution/A-RES-74-247", "undl-voting-record", "3841023", true),
    ("state/mkd", "eurovoc", "1717", false),
    ("state/fsm", "eurovoc", "1903", false),
    ("state/irl", "eurovoc", "1505", false),
    ("state/tls", "eurovoc", "4460", false),
    ("state/sdn", "m49", "736", false),
    ("state/dnk", "wikidata", "Q35", false),
    ("state/vat", "wikidata", "Q237", true),
    ("state/pse", "wikidata", "Q219060", true),
    ("body/ccpcj", "eurovoc", "23", true),
    ("body/unodc", "eurovoc", "7933", true),
    ("body/ohchr", "eurovoc", "8385", true),
    ("body/ilo", "eurovoc", "3708", false),
    ("topic/counterfeit-medicine", "eurovoc", "3355", false),
    ("topic/cybercrime", "unbis", "1001186", true),
];

fn entry(key: &str) -> &'static Entry {
    Catalogue::embedded().get(key).unwrap_or_else(|| panic!("the catalogue has no {key}"))
}

#[test]
fn no_wrong_link_is_in_the_catalogue() {
    for (key, scheme, code, may_be_weak) in WRONG {
        let wrong = |one: &&Identifier| {
            one.scheme == scheme && one.value == code && !(may_be_weak && one.strength != MatchStrength::Exact)
        };
        let found = entry(key).identifiers.iter().find(wrong);
        assert!(found.is_none(), "{key} is linked to {scheme} {code}");
    }
}

#[test]
fn dates_and_names_that_are_easy_to_get_wrong_are_right() {
    let date = |key: &str| entry(key).date.as_ref().map(|date| date.iso().to_owned()).unwrap_or_default();
    assert_eq!(date("resolution/A-RES-74-247"), "2019-12-27");
    assert_eq!(date("meeting/ieg-6"), "2020-07-27/2020-07-29");
    assert_eq!(date("meeting/ahc-1"), "2022-02-28/2022-03-11");
    assert_eq!(entry("meeting/ahc-1").held_in.as_deref(), Some("place/new-york"));
    let names = |key: &str| entry(key).names.iter().map(|name| fold_name(&name.text)).collect::<Vec<_>>();
    for (key, name) in [
        ("body/un-secretariat", "secretariat"),
        ("body/ieg", "expert group"),
        ("body/ieg", "group"),
        ("body/g77", "group"),
        ("body/ahc", "ad hoc committee"),
    ] {
        assert!(!names(key).iter().any(|one| one == name), "{key} is called “{name}” whatever the text");
    }
    let title = "twelfth united nations congress on crime prevention and criminal justice";
    assert!(names("resolution/A-RES-65-230").iter().any(|name| name == title));
}

/// Runs on the table of traps itself, which is not part of the checkout.
#[test]
fn the_table_of_traps_finds_nothing_new() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/identifiers/traps.tsv");
    let Ok(table) = std::fs::read_to_string(&path) else {
        println!("{} is not here: its rows were not tested", path.display());
        return;
    };
    let catalogue = Catalogue::embedded();
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [label, wrong, ..] = cells.as_slice() else { continue };
        let Some((scheme, rest)) = wrong.split_once(':') else { continue };
        let code = rest.split([' ', ')']).next().unwrap_or_default();
        let weak_is_fine = rest.contains("as exact");
        let entries = catalogue.entries().iter().filter(|entry| entry.label == *label);
        let mut identifiers = entries.flat_map(|entry| &entry.identifiers);
        let is_wrong = |one: &Identifier| {
            one.scheme == scheme && one.value == code && (!weak_is_fine || one.strength == MatchStrength::Exact)
        };
        assert!(!identifiers.any(is_wrong), "{label}: {wrong}");
    }
}

/// Runs on the table of identifiers itself, which is not part of the checkout.
#[test]
fn every_identifier_of_the_table_is_in_the_catalogue() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/identifiers/identifiers.csv");
    let Ok(mut reader) = csv::Reader::from_path(&path) else {
        println!("{} is not here: its rows were not looked for", path.display());
        return;
    };
    let all = Catalogue::embedded().entries().iter().flat_map(|entry| &entry.identifiers);
    let have: BTreeSet<_> =
        all.map(|one| (one.scheme.as_str(), one.value.as_str(), one.strength.name(), one.source.as_str())).collect();
    let mut missing = Vec::new();
    for row in reader.records().filter_map(Result::ok) {
        let cell = |at: usize| row.get(at).unwrap_or_default();
        let is_no_entity = matches!(cell(1), "class" | "dataset" | "topic-domain");
        let is_no_code = matches!(cell(2), "unterm-short-en" | "unterm-formal-en" | "meeting-dates");
        if !is_no_entity && !is_no_code && !have.contains(&(cell(2), cell(3), cell(5), cell(6))) {
            missing.push(format!("{} {}:{}", cell(0), cell(2), cell(3)));
        }
    }
    let traps = ["Denmark wikidata:Q35", "United Nations High Commissioner for Refugees wikidata:Q28606331"];
    assert_eq!(missing, traps, "only what the table of traps calls wrong is left out");
}

#[test]
fn every_state_has_the_codes_of_the_united_nations_the_union_and_the_world() {
    let catalogue = Catalogue::embedded();
    let states = catalogue.entries().iter().filter(|entry| entry.class == Class::Of(Kind::State));
    // A State that is no more has no code of three letters, which is its key otherwise.
    let (present, former): (Vec<_>, Vec<_>) = states.partition(|entry| entry.key.len() == "state/abc".len());
    assert_eq!((present.len(), former.len()), (195, 13));
    for state in present {
        for scheme in ["m49", "iso3166-1-alpha2", "iso3166-1-alpha3", "eu-authority-country", "geonames", "wikidata"] {
            assert!(state.identifiers.iter().any(|one| one.scheme == scheme), "{} has no {scheme}", state.label);
        }
    }
}
