//! The report on an actor: its documents, its positions over time, what it asks and tells, what others say of it. It serves
//! for any other thing too, of which only others speak.

use std::collections::BTreeSet;

use crate::export::TermId;
use crate::export::reference::Reference;
use crate::lift::vocabulary::{own, rap, schema};
use crate::model::text::counted;

use super::document::{how_to_cite, names};
use super::record::{Record, Told, class};
use super::rows::{self, Part, noted, part, plain};
use super::{Body, Cell, Draft, Run, numbers, positions, said};

pub fn page(record: &Record<'_, '_>, id: TermId, all: &[Reference]) -> (Draft, Vec<Reference>) {
    let mut draft = Draft::default();
    let own_words: Vec<&Told> = record
        .claims
        .iter()
        .filter(|told| record.is_said_by(told, id) && part(record, told) != Part::OfDocument)
        .collect();
    let of_it: Vec<&Told> = record
        .claims
        .iter()
        .filter(|told| told.names(id) && !record.is_said_by(told, id) && part(record, told) != Part::OfDocument)
        .collect();
    draft.page.title = record.facts.label(id);
    facts(record, id, &mut draft);
    draft.page.summary = summary(record, &own_words, &of_it);
    let taken = |told: &&&Told| told.claim.subject == id && part(record, told) == Part::Position;
    let stands: Vec<&Told> = own_words.iter().filter(taken).copied().collect();
    positions::table(record, &mut draft, &stands);
    asks(record, id, &own_words, &mut draft);
    by_document(record, &own_words, id, &mut draft);
    of_others(record, &of_it, &mut draft);
    let spoken: Vec<&Told> = own_words.iter().chain(&of_it).copied().collect();
    let table = numbers::rows(record, &mut draft, &spoken, true);
    draft.table("Numbers", "", &["Date", "Of whom or what", "What is said", "Number"], table);
    let used = used(record, &spoken, id, all);
    how_to_cite(&used, &mut draft);
    (draft, used)
}

/// `2 documents speak in its name, with 96 claims; others make 3 claims of it`.
fn summary(record: &Record<'_, '_>, own_words: &[&Told], of_it: &[&Told]) -> String {
    let texts: BTreeSet<TermId> = own_words.iter().filter_map(|told| told.claim.text).collect();
    let own = format!("{} of its own, in {}", counted(own_words.len(), "claim"), counted(texts.len(), "document"));
    let others = format!("{} by others that name it", counted(of_it.len(), "claim"));
    let left_out = match record.unsure {
        0 => String::new(),
        _ => "; claims that are less sure than asked for are left out".to_owned(),
    };
    let body = match (own_words.is_empty(), of_it.is_empty()) {
        (true, true) => "No claims".to_owned(),
        (true, false) => others,
        (false, true) => own,
        (false, false) => format!("{own}; {others}"),
    };
    format!("{body}{left_out}. Each has a footnote with its words and their place.")
}

fn facts(record: &Record<'_, '_>, id: TermId, draft: &mut Draft) {
    let (also, codes) = names(record, id);
    draft.fact("What", &class(record.facts, id).unwrap_or_default());
    draft.fact("Also called", &also.join(" · "));
    draft.fact("Codes", &codes.join(" · "));
    let mut links: Vec<&str> = [schema::SAME_AS, schema::URL]
        .into_iter()
        .flat_map(|property| record.facts.values(id, property))
        .map(|link| record.facts.quads.text(link))
        .collect();
    links.sort_unstable();
    links.dedup();
    for link in links {
        draft.page.facts.push(("Link".to_owned(), vec![Run::Address(link.to_owned())]));
    }
    let wholes = record.facts.values(id, own("partOf").as_ref()).chain(record.facts.values(id, rap::BELONGS_TO));
    let mut wholes: Vec<String> = wholes.map(|whole| record.name(whole)).collect();
    wholes.sort_unstable();
    wholes.dedup();
    draft.fact("Part of", &wholes.join("; "));
}

fn asks(record: &Record<'_, '_>, id: TermId, claims: &[&Told], draft: &mut Draft) {
    let asked = claims.iter().filter(|told| told.claim.subject == id && part(record, told) == Part::Asks);
    let rows = asked
        .map(|told| {
            let words = rows::object(record, told);
            vec![said(&rows::date(told)), said(&rows::act(told)), noted(draft, told, words)]
        })
        .collect();
    draft.table("What it asks for", "", &["Date", "Asks", "Whom or for what"], rows);
}

/// What else it says, document by document.
fn by_document(record: &Record<'_, '_>, claims: &[&Told], id: TermId, draft: &mut Draft) {
    let is_told = |told: &&&Told| {
        part(record, told) == Part::Told || part(record, told) != Part::OfDocument && told.claim.subject != id
    };
    let mut rest = claims.iter().filter(is_told).copied().peekable();
    if rest.peek().is_none() {
        return;
    }
    draft.section("What it says besides", 1, "", Body::Nothing);
    while let Some(first) = rest.peek().copied() {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        while let Some(told) = rest.next_if(|told| told.claim.text == first.claim.text) {
            rows.push(plain(record, draft, told));
        }
        let date = rows::date(first);
        let date = if date.is_empty() { date } else { format!("{date}: ") };
        let heads = ["Who or what", "Is said", "Of whom or what"].map(str::to_owned).to_vec();
        draft.section(&format!("{date}{}", first.claim.quote.document), 2, "", Body::Table(heads, rows));
    }
}

fn of_others(record: &Record<'_, '_>, claims: &[&Told], draft: &mut Draft) {
    let rows = claims
        .iter()
        .map(|told| {
            let mut row = vec![said(&rows::date(told)), said(&record.speaker(told).unwrap_or_default())];
            row.extend(plain(record, draft, told));
            row
        })
        .collect();
    let heads = ["Date", "Said by", "Who or what", "Is said", "Of whom or what"];
    draft.table("What others say of it", "", &heads, rows);
}

/// The documents that the claims are from, and those that speak in its name without one.
fn used(record: &Record<'_, '_>, claims: &[&Told], id: TermId, all: &[Reference]) -> Vec<Reference> {
    let texts: BTreeSet<&str> =
        claims.iter().filter_map(|told| told.claim.text).map(|text| record.facts.quads.text(text)).collect();
    let speaks = |iri: &str| record.facts.quads.find_iri(iri).is_some_and(|text| record.speaks_for(text, id));
    all.iter().filter(|reference| texts.contains(reference.iri.as_str()) || speaks(&reference.iri)).cloned().collect()
}
