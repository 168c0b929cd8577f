//! The index on made-up vocabularies: what is found, and what is not.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Builder, LabelIndex};
use crate::link::normal::normal;
use crate::link::vocabulary::{Card, Likeness, Role, Sort, Vocabulary};

const NAMES: [&str; 14] = [
    "Board of Lighthouse Keepers",
    "Lighthouse Board",
    "Harbour Board of the Northern Isles",
    "Agency for Tides",
    "Agency for Tidal Power",
    "Tidal Power Station 14",
    "Tidal Power Station 15",
    "Université du Phare",
    "Keepers",
    "LHB",
    "Lhasa",
    "Buoys and Beacons",
    "Conseil des phares et balises",
    "Световой маяк",
];

fn vocabulary(folder: &Path, names: &[&str]) -> LabelIndex {
    // So little memory that everything goes over the disk.
    let mut builder = Builder::new(folder, 1 << 12);
    for (at, name) in names.iter().enumerate() {
        builder.label(&format!("https://example.org/{at}"), Role::Preferred, "en", name).expect("a label");
    }
    let built = builder.finish(Card::default(), Sort::Unknown).expect("a vocabulary");
    LabelIndex::open(built.file.path()).expect("whole")
}

fn found(hits: &[super::Hit]) -> Vec<&str> {
    hits.iter().map(|hit| hit.label.text.as_str()).collect()
}

#[test]
fn a_name_is_found_in_all_its_forms() {
    let folder = tempfile::tempdir().expect("a folder");
    let vocabulary = vocabulary(folder.path(), &NAMES);
    for name in NAMES {
        let hits = vocabulary.find(name);
        assert_eq!((found(&hits), hits[0].likeness), (vec![name], Likeness::Exact));
        assert_eq!(vocabulary.name(hits[0].concept), name);
    }
    let rows = [
        ("universite du phare", "Université du Phare", Likeness::Normalised),
        ("HARBOR BOARD OF THE NORTHERN ISLES", NAMES[2], Likeness::Normalised),
        ("Keepers of the Lighthouse, Board", NAMES[0], Likeness::Reordered),
        ("L.H.B.", "LHB", Likeness::Normalised),
    ];
    for (name, label, likeness) in rows {
        let hits = vocabulary.find(name);
        assert_eq!((found(&hits), hits[0].likeness), (vec![label], likeness), "{name}");
    }
    for name in ["lhb", "Lighthouse", "Board of Harbours", ""] {
        assert!(vocabulary.find(name).is_empty(), "{name}");
    }
}

#[test]
fn every_letter_left_out_doubled_or_changed_is_forgiven() {
    let folder = tempfile::tempdir().expect("a folder");
    let vocabulary = vocabulary(folder.path(), &NAMES);
    for name in NAMES.into_iter().map(normal).filter(|name| name.is_ascii() && name.len() > 4) {
        for at in (1..name.len()).filter(|&at| !name.as_bytes()[at].is_ascii_digit()) {
            let (left, right) = (&name[..at], &name[at + 1..]);
            for faulty in [format!("{left}{right}"), format!("{left}x{}", &name[at..]), format!("{left}x{right}")] {
                if faulty.len() < 5 {
                    continue;
                }
                let hits = vocabulary.near(&faulty);
                assert!(hits.iter().any(|hit| normal(&hit.label.text) == name), "{faulty} | {name}");
            }
        }
    }
}

#[test]
fn two_faults_are_forgiven_in_long_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let vocabulary = vocabulary(folder.path(), &NAMES);
    let rows = [
        ("Agancy for Tidel Power", "Agency for Tidal Power"),
        ("Agency fro Tidal Power", "Agency for Tidal Power"),
        ("Lighthuose Board", "Lighthouse Board"),
        ("Light house Borad", ""),
        ("Light house Bord", "Lighthouse Board"),
        ("BuoysandBeacons", ""),
        ("Buoysand Beacon", "Buoys and Beacons"),
        ("Board ofLighthouse Keeper", "Board of Lighthouse Keepers"),
        // Another number is another thing; another first letter another name.
        ("Tidal Power Station 16", ""),
        ("Vighthouse Board", ""),
        ("lhc", ""),
    ];
    for (name, label) in rows {
        let hits = vocabulary.near(name);
        let expected: Vec<&str> = Some(label).filter(|label| !label.is_empty()).into_iter().collect();
        assert_eq!(found(&hits), expected, "{name}");
    }
    assert_eq!(vocabulary.near("Tidel Power Station 14")[0].likeness, Likeness::Near(1));
}

#[test]
fn names_that_begin_alike_come_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let vocabulary = vocabulary(folder.path(), &NAMES);
    let all: BTreeSet<(String, &str)> = NAMES.iter().map(|name| (normal(name), *name)).collect();
    for start in ["", "a", "agency for tid", "tidal power station 1", "св", "k", "x", "zz", "lighthouse board of"] {
        let expected: Vec<&str> =
            all.iter().filter(|(key, name)| key.starts_with(start) && *name != "LHB").map(|(_, name)| *name).collect();
        assert_eq!(found(&vocabulary.starting(start, 20)), expected, "{start}");
        assert_eq!(found(&vocabulary.starting(start, 1)), expected.iter().take(1).copied().collect::<Vec<_>>());
    }
}

#[test]
fn broader_concepts_are_those_that_are_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut builder = Builder::new(folder.path(), 1 << 12);
    for name in ["c", "a", "b"] {
        builder.label(&format!("x:{name}"), Role::Preferred, "", name).expect("a label");
    }
    for (narrower, broader) in [("x:a", "x:c"), ("x:a", "x:b"), ("x:a", "x:a"), ("x:b", "x:nowhere"), ("x:c", "x:b")] {
        builder.broader(narrower, broader).expect("a fact");
    }
    let built = builder.finish(Card::default(), Sort::Concept).expect("a vocabulary");
    assert_eq!(built.card.broader, 3);
    let vocabulary = LabelIndex::open(built.file.path()).expect("whole");
    let broader = |iri: &str| {
        let numbers = vocabulary.broader(vocabulary.by_iri(iri).expect("there").number);
        numbers.into_iter().map(|number| vocabulary.name(number)).collect::<Vec<_>>()
    };
    assert_eq!(broader("x:a"), ["b", "c"]);
    assert_eq!(broader("x:c"), ["b"]);
    assert!(broader("x:b").is_empty());
}
