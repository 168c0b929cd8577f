//! `check --shapes FILE`: the user's own SHACL held against a store, told in words and as RDF.

use std::fs;

use rapporteur::check::{Shapes, standing};
use rapporteur::store::{Dataset, Limits, foreign, foreign_format, refresh};
use tempfile::TempDir;

use crate::typed::typed;

const STATEMENT: &str = "Statement by the Representative of Canada at the Third session of the Working Group on Tides

Vienna, 3 May 2022

Canada condemns terrorism. Canada supports the Harbour Patrol Programme of the Tide Office.
";

const OWN: &str = "@prefix rap: <https://w3id.org/rapporteur/ontology#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix : <https://example.org/> .
:surer a sh:NodeShape ; sh:targetClass rap:Claim , rap:Position ; sh:property :surely .
:surely sh:path rap:confidence ; sh:maxInclusive 0.1 ; sh:message \"nothing is as sure as that\" .
";

fn place() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("canada.txt"), STATEMENT).unwrap();
    fs::write(place.path().join("own.ttl"), OWN).unwrap();
    assert_eq!(typed(&place, &["add", "canada.txt", "-s", "s"]).0, 0);
    place
}

#[test]
fn ones_own_shapes_are_held_and_reported() {
    let place = place();
    let (code, out, errors) = typed(&place, &["check", "-s", "s", "--shapes", "own.ttl", "--report", "report.ttl"]);
    assert_eq!(code, 1, "{out}{errors}");
    let line = out.lines().find(|line| line.contains("nothing is as sure as that")).unwrap_or_else(|| panic!("{out}"));
    assert!(
        line.starts_with("FAIL") && line.ends_with("R0438") && line.contains("sh:maxInclusive of surely"),
        "{line}"
    );
    let report = fs::read_to_string(place.path().join("report.ttl")).unwrap();
    assert!(
        report.contains("sh:conforms") && report.contains("sh:sourceShape <https://example.org/surely>"),
        "{report}"
    );
    assert_eq!(typed(&place, &["check", "-s", "s", "--shapes", "own.ttl", "--report", "report.ttl"]).0, 2);
    let (code, out, _) = typed(&place, &["check", "-s", "s", "--shapes", "own.ttl", "--fail-on", "none"]);
    assert!(code == 0 && out.contains("R0438"), "{out}");
}

#[test]
fn the_shapes_that_ship_are_kept_by_what_is_made() {
    let place = place();
    let (code, shapes, _) = typed(&place, &["check", "--shapes"]);
    assert_eq!(code, 0);
    fs::write(place.path().join("shipped.ttl"), shapes).unwrap();
    let (code, out, errors) = typed(&place, &["check", "-s", "s", "--shapes", "shipped.ttl"]);
    assert_eq!(code, 0, "{out}{errors}");
    assert!(out.lines().any(|line| line.starts_with("ok") && line.contains("shapes of shipped.ttl")), "{out}");
}

#[test]
fn shapes_that_cannot_be_used_are_refused_before_anything_is_checked() {
    let place = place();
    let rows = [
        (
            "odd.ttl",
            "<x:S> <http://www.w3.org/ns/shacl#targetClas> <x:C> ; <http://www.w3.org/ns/shacl#class> <x:D> .",
            3,
            "sh:targetClas",
        ),
        ("broken.ttl", "<x:S> .", 3, "broken.ttl"),
        ("none.ttl", "<x:S> <x:p> <x:o> .", 3, "looks at anything"),
        ("words.odd", "words", 2, "words.odd"),
    ];
    for (file, text, expected, says) in rows {
        fs::write(place.path().join(file), text).unwrap();
        let (code, out, errors) = typed(&place, &["check", "-s", "s", "--shapes", file]);
        assert_eq!((code, out.as_str()), (expected, ""), "{file}: {errors}");
        assert!(errors.contains(says), "{file}: {errors}");
    }
    assert_eq!(typed(&place, &["check", "-s", "s", "--shapes", "missing.ttl"]).0, 3);
    assert_eq!(typed(&place, &["check", "-s", "s", "--report", "r.ttl"]).0, 2);
}

#[test]
fn an_index_gives_the_report_that_memory_gives() {
    let place = place();
    let store = place.path().join("s");
    let read = |name: &str, text: &str| {
        let format = foreign_format(name, None).unwrap();
        let file = foreign(name, text.as_bytes(), format, None, &rapporteur::lift::Base::default()).unwrap();
        Shapes::read(name, &[file]).unwrap()
    };
    let strict = rapporteur::lift::vocabulary::SHAPES_TURTLE.replace("sh:maxCount 1", "sh:maxCount 0");
    let shapes = [read("own.ttl", OWN), read("strict.ttl", &strict)];
    let reports = || -> Vec<String> {
        let opened = standing(&store).unwrap();
        let held = |shapes: &Shapes| {
            format!("{:?}", shapes.hold(opened.dataset(), Limits::default()).unwrap().quads(opened.base()))
        };
        shapes.iter().map(held).collect()
    };
    let _ = fs::remove_dir_all(store.join("index"));
    assert!(matches!(standing(&store).unwrap().dataset(), Dataset::Memory(_)));
    let memory = reports();
    assert!(memory.iter().all(|report| report.contains("ValidationResult")));
    refresh(&store, 0).unwrap();
    assert!(matches!(standing(&store).unwrap().dataset(), Dataset::Index(_)));
    assert!(reports() == memory);
}
