//! Turtle, sorted and readable: one entry a paragraph, one statement a line.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::things::{PATTERNS, Thing, Things};

const HEAD: &str = "\
@base <https://w3id.org/rapporteur/id/> .
@prefix rap: <https://w3id.org/rapporteur/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
";

/// Name and text of each file.
pub fn files(things: &Things) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for (key, thing) in &things.things {
        let name = file_of(key, &thing.class).to_owned();
        let text =
            files.entry(name).or_insert_with(|| format!("# Built by examples/build_catalogue. Do not edit.\n{HEAD}"));
        entry(text, key, thing);
    }
    files.insert("sources.ttl".to_owned(), sources(things));
    files
}

fn file_of(key: &str, class: &str) -> &'static str {
    match (key.split('/').next().unwrap_or_default(), class) {
        ("state", _) => "states.ttl",
        ("body", "InternationalOrganization") => "organisations.ttl",
        ("body", "GovernmentBody" | "LawEnforcementAgency") => "national-bodies.ttl",
        ("role", "NonStateActor") => "actors.ttl",
        ("body" | "role", _) => "un-bodies.ttl",
        ("treaty", _) => "treaties.ttl",
        ("resolution", _) => "resolutions.ttl",
        ("document", _) => "documents.ttl",
        ("provision", _) => "provisions.ttl",
        ("meeting", _) => "meetings.ttl",
        ("place", _) => "places.ttl",
        _ => "topics.ttl",
    }
}

fn entry(text: &mut String, key: &str, thing: &Thing) {
    let mut lines = vec![format!("skos:prefLabel {}@en", quoted(&thing.label))];
    let names = thing.names.iter().filter(|(_, name)| !name.is_empty() && *name != thing.label);
    lines.extend(names.map(|(property, name)| format!("{property} {}@en", quoted(name))));
    let mut links = thing.links.clone();
    links.sort_unstable();
    links.dedup();
    lines.extend(links.iter().map(|(property, value)| format!("{property} {value}")));
    if !thing.sources.is_empty() {
        let names: Vec<&str> = thing.sources.iter().map(String::as_str).collect();
        lines.push(format!("dcterms:source {}", quoted(&names.join(" "))));
    }
    lines.extend(thing.pages.iter().map(|page| format!("rdfs:seeAlso <{page}>")));
    if !thing.identifiers.is_empty() {
        let identifiers: Vec<String> = thing.identifiers.iter().map(|one| quoted(one)).collect();
        lines.push(format!("rap:identifier\n        {}", identifiers.join(",\n        ")));
    }
    let _ = write!(text, "\n<{key}> a rap:{} ;\n    {} .\n", thing.class, lines.join(" ;\n    "));
}

fn sources(things: &Things) -> String {
    let mut text = format!("# Built by examples/build_catalogue. Do not edit.\n{HEAD}\n");
    for (scheme, pattern) in PATTERNS.iter().filter(|(_, pattern)| !pattern.is_empty()) {
        let _ = writeln!(text, "<scheme/{scheme}> rap:iriPattern {} .", quoted(pattern));
    }
    text.push('\n');
    for (name, source) in &things.sources {
        let _ = writeln!(text, "<source/{name}> dcterms:title {} .", quoted(source));
    }
    text
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
