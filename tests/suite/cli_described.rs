//! What goes with an export: claims chosen by whose they are and when, tables with a data package, a description, RDF 1.2,
//! nanopublications.

use std::fs;

use crate::typed::folder;
use tempfile::TempDir;

/// What is typed in one line.
fn typed(folder: &TempDir, line: &str) -> (i32, String, String) {
    crate::typed::typed(folder, &line.split(' ').collect::<Vec<_>>())
}

/// The edges that are shown, but for those that only hold things together.
fn edges(folder: &TempDir, options: &str) -> Vec<serde_json::Value> {
    let (code, out, err) = typed(folder, &format!("export -f jsonl {options}"));
    assert_eq!(code, 0, "{err}");
    let lines = out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    lines.filter(|line| line["quotes"].as_array().is_some_and(|quotes| !quotes.is_empty())).collect()
}

#[test]
fn claims_are_chosen_and_what_is_left_out_is_said() {
    let folder = folder();
    let all = edges(&folder, "--relation positions");
    let against = edges(&folder, "--stance against");
    assert!(!against.is_empty() && against.len() < all.len(), "{against:?}");
    assert!(against.iter().all(|edge| edge["stance"] == "against"), "{against:?}");
    let late = edges(&folder, "--since 2021 --speaker Ruritania --relation positions");
    assert!(!late.is_empty() && late.iter().all(|edge| edge["years"] == "2022"), "{late:?}");
    let asked = edges(&folder, "--query positions -p year=2020");
    assert!(!asked.is_empty() && asked.iter().all(|edge| edge["years"] == "2020"), "{asked:?}");
    let said = typed(&folder, "export -f jsonl --stance against --until 2020").2;
    assert!(said.contains("claims of other stances") && said.contains("of other dates"), "{said}");
}

#[test]
fn answers_become_tables_that_the_package_describes() {
    let folder = folder();
    let (code, _, err) = typed(&folder, "export -f csv -o tables --license CC-BY-4.0");
    assert_eq!(code, 0, "{err}");
    let read = |name: &str| fs::read_to_string(folder.path().join("tables").join(name)).unwrap();
    let package: serde_json::Value = serde_json::from_str(&read("datapackage.json")).unwrap();
    assert_eq!(package["licenses"][0]["name"], "CC-BY-4.0");
    assert_eq!(package["sources"].as_array().map(Vec::len), Some(2));
    for resource in package["resources"].as_array().unwrap() {
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        let table = read(resource["path"].as_str().unwrap());
        assert_eq!(table.lines().next(), Some(names.join(",").as_str()));
        assert_eq!(resource["bytes"], table.len());
    }
    let excel = typed(&folder, "query positions --excel").1;
    assert!(excel.starts_with('\u{feff}') && excel.contains("\r\n") && excel.contains(",Ruritania,"), "{excel}");
}

#[test]
fn a_description_counts_what_stands_beside_it() {
    let folder = folder();
    let (code, _, err) = typed(&folder, "export -o graph.nt --describe --license cc0-1.0");
    assert!(code == 0 && err.contains("wrote graph.void.ttl"), "{err}");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let (graph, void) = (read("graph.nt"), read("graph.void.ttl"));
    assert!(void.contains(&format!("    void:triples {} ;\n", graph.lines().count())), "{void}");
    assert!(void.contains("dcterms:license <https://creativecommons.org/publicdomain/zero/1.0/> ;"), "{void}");
    typed(&folder, "export -o graph.nt --describe --license CC0-1.0 --force");
    assert_eq!(read("graph.void.ttl"), void);
}

#[test]
fn each_claim_is_a_nanopublication_and_reifies_its_edge() {
    let folder = folder();
    let claims = typed(&folder, "export -f nq").1.matches("#predicate>").count();
    let nanopubs = typed(&folder, "export -f nanopub").1;
    assert_eq!(nanopubs.matches("a np:Nanopublication").count(), claims);
    assert_eq!(nanopubs.matches("prov:wasDerivedFrom").count(), claims);
    let dated = typed(&folder, "export -f nanopub --created 2026-01-15").1;
    assert_eq!(dated.matches("dcterms:created \"2026-01-15T00:00:00Z\"^^xsd:dateTime").count(), claims);
    let lines = typed(&folder, "export -f nt --rdf 1.2").1;
    let edges: Vec<&str> = lines.lines().filter_map(|line| line.split_once("<<( ")?.1.strip_suffix(" )>> .")).collect();
    assert!(!edges.is_empty() && edges.len() < claims, "{edges:?}");
    assert!(edges.iter().all(|edge| lines.contains(&format!("\n{edge} .\n"))), "{edges:?}");
}

#[test]
fn what_cannot_be_is_said_with_what_to_do() {
    let folder = folder();
    for (line, code, words) in [
        ("export -f ttl --stance for", 2, "error R0408: --stance is for drawings and graph files"),
        ("export -f gexf --stance pro", 2, "[possible values: for, against, asks, fact]"),
        ("export -f gexf --since 2021-13", 2, "a date is 2021, 2021-04 or 2021-04-08"),
        ("export -f gexf --speaker Atlantis", 3, "error R0311: no entity called “Atlantis”"),
        ("export -f gexf --query postions", 2, "error R0210: no bundled query “postions”"),
        ("export -f gexf --query ASK{}", 2, "error R0444: a yes or no chooses nothing to show"),
        ("export --describe", 2, "error R0443: a description stands beside a file"),
        ("export -o a.ttl --license CC-BY", 2, "error R0442: do not know the licence “CC-BY”\n  known: CC0-1.0"),
        ("export -f nanopub --created yesterday", 2, "it is 2026-01-15 or 2026-01-15T10:02:00Z"),
        ("export -f csv", 2, "error R0451: CSV is a folder of files"),
        ("export -f csv -o t --graph links", 2, "error R0408: --graph is for graphs"),
        ("export -f ttl --excel", 2, "error R0408: --excel is for the tables of -f csv"),
        ("export -f jsonld --rdf 1.2", 2, "error R0446: JSON-LD has no RDF 1.2 here"),
        ("query positions --excel -f json", 2, "error R0445: --excel is for CSV and TSV, and this is json"),
    ] {
        let (found, out, err) = typed(&folder, line);
        assert_eq!((found, out.as_str()), (code, ""), "{line}: {err}");
        assert!(err.contains(words), "{line}: {err}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing but the store is there");
}
