//! What a vocabulary says of a candidate besides its label: what tells it from others of the same name.

use crate::link::vocabulary::Shelf;
use crate::vocabularies::Folder;

/// Names that are shown, at most.
const NAMES: usize = 5;

/// Lines about an entry: other names, country, what it stands under. None if the vocabulary is not loaded any more.
pub fn entry_details(shelf: &Folder, scheme: &str, iri: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let Some(vocabulary) = shelf.get(scheme) else { return lines };
    let Some(concept) = vocabulary.by_iri(iri) else { return lines };
    let own = vocabulary.name(concept.number);
    let mut names: Vec<String> = Vec::new();
    for label in vocabulary.labels(concept.number) {
        if label.text != own && !names.contains(&label.text) {
            names.push(label.text);
        }
    }
    let more = if names.len() > NAMES { " …" } else { "" };
    names.truncate(NAMES);
    if !names.is_empty() {
        lines.push(format!("also {}{more}", names.join(" · ")));
    }
    let broader: Vec<String> =
        vocabulary.broader(concept.number).into_iter().take(NAMES).map(|above| vocabulary.name(above)).collect();
    if !broader.is_empty() {
        lines.push(format!("under {}", broader.join(" · ")));
    }
    let country = concept.country.map(|code| format!(" in {code}")).unwrap_or_default();
    let withdrawn = if concept.is_withdrawn { ", withdrawn" } else { "" };
    lines.push(format!("{}{country}{withdrawn}", concept.sort.name()));
    lines
}
