//! The report on an actor: its documents, its positions over time, what it asks and tells, what others say of it. It serves
//! for any other thing too, of which only others speak.

use std::collections::BTreeSet;

use crate::export::TermId;
use crate::export::reference::Reference;
use crate::lift::vocabulary::{own, rap, schema};
use crate::model::text::counted;

use super::document::{how_to_cite, names};
use super::dossier::{CitedClaim, Dossier};
use super::rows::{self, ReportPart, noted, part, plain};
use super::{Body, Cell, PageDraft, TextRun, numbers, positions, said};

pub fn page(dossier: &Dossier<'_>, id: TermId, all: &[Reference]) -> (PageDraft, Vec<Reference>) {
    let mut draft = PageDraft::default();
    let own_words: Vec<&CitedClaim<'_>> = dossier
        .claims
        .iter()
        .filter(|told| dossier.record.is_said_by(&told.claim, id) && part(dossier, told) != ReportPart::OfDocument)
        .collect();
    let of_it: Vec<&CitedClaim<'_>> = dossier
        .claims
        .iter()
        .filter(|told| {
            told.claim.names(id)
                && !dossier.record.is_said_by(&told.claim, id)
                && part(dossier, told) != ReportPart::OfDocument
        })
        .collect();
    draft.page.title = dossier.record.label(id);
    facts(dossier, id, &mut draft);
    draft.page.summary = summary(dossier, &own_words, &of_it);
    let taken = |told: &&&CitedClaim| told.claim.subject == id && part(dossier, told) == ReportPart::Position;
    let stands: Vec<&CitedClaim<'_>> = own_words.iter().filter(taken).copied().collect();
    positions::table(dossier, &mut draft, &stands);
    asks(dossier, id, &own_words, &mut draft);
    by_document(dossier, &own_words, id, &mut draft);
    of_others(dossier, &of_it, &mut draft);
    let spoken: Vec<&CitedClaim<'_>> = own_words.iter().chain(&of_it).copied().collect();
    let table = numbers::rows(dossier, &mut draft, &spoken, true);
    draft.table("Numbers", "", &["Date", "Of whom or what", "What is said", "Number"], table);
    let used = used(dossier, &spoken, id, all);
    how_to_cite(&used, &mut draft);
    (draft, used)
}

/// `2 documents speak in its name, with 96 claims; others make 3 claims of it`.
fn summary(dossier: &Dossier<'_>, own_words: &[&CitedClaim<'_>], of_it: &[&CitedClaim<'_>]) -> String {
    let texts: BTreeSet<TermId> = own_words.iter().filter_map(|told| told.claim.text).collect();
    let own = format!("{} of its own, in {}", counted(own_words.len(), "claim"), counted(texts.len(), "document"));
    let others = format!("{} by others that name it", counted(of_it.len(), "claim"));
    let left_out = match dossier.unsure {
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

fn facts(dossier: &Dossier<'_>, id: TermId, draft: &mut PageDraft) {
    let (also, codes) = names(dossier, id);
    draft.fact("What", &dossier.class(id).unwrap_or_default());
    draft.fact("Also called", &also.join(" · "));
    draft.fact("Codes", &codes.join(" · "));
    let ties = [schema::SAME_AS, schema::URL];
    let mut links: Vec<&str> = ties.into_iter().flat_map(|property| dossier.record.texts(id, property)).collect();
    links.sort_unstable();
    links.dedup();
    for link in links {
        draft.page.facts.push(("Link".to_owned(), vec![TextRun::Address(link.to_owned())]));
    }
    let wholes = dossier.record.values(id, own("partOf").as_ref()).chain(dossier.record.values(id, rap::BELONGS_TO));
    draft.fact("Part of", &dossier.names(wholes).join("; "));
}

fn asks(dossier: &Dossier<'_>, id: TermId, claims: &[&CitedClaim<'_>], draft: &mut PageDraft) {
    let asked = claims.iter().filter(|told| told.claim.subject == id && part(dossier, told) == ReportPart::Asks);
    let rows = asked
        .map(|told| {
            let words = rows::object(dossier, told);
            vec![said(&rows::date(told)), said(&rows::act(told)), noted(draft, told, words)]
        })
        .collect();
    draft.table("What it asks for", "", &["Date", "Asks", "Whom or for what"], rows);
}

/// What else it says, document by document.
fn by_document(dossier: &Dossier<'_>, claims: &[&CitedClaim<'_>], id: TermId, draft: &mut PageDraft) {
    let is_told = |told: &&&CitedClaim| {
        part(dossier, told) == ReportPart::CitedClaim
            || part(dossier, told) != ReportPart::OfDocument && told.claim.subject != id
    };
    let mut rest = claims.iter().filter(is_told).copied().peekable();
    if rest.peek().is_none() {
        return;
    }
    draft.section("What it says besides", 1, "", Body::Nothing);
    while let Some(first) = rest.peek().copied() {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        while let Some(told) = rest.next_if(|told| told.claim.text == first.claim.text) {
            rows.push(plain(dossier, draft, told));
        }
        let date = rows::date(first);
        let date = if date.is_empty() { date } else { format!("{date}: ") };
        let heads = ["Who or what", "Is said", "Of whom or what"].map(str::to_owned).to_vec();
        draft.section(&format!("{date}{}", first.quote.document), 2, "", Body::Table(heads, rows));
    }
}

fn of_others(dossier: &Dossier<'_>, claims: &[&CitedClaim<'_>], draft: &mut PageDraft) {
    let rows = claims
        .iter()
        .map(|told| {
            let mut row = vec![said(&rows::date(told)), said(&dossier.speaker(told).unwrap_or_default())];
            row.extend(plain(dossier, draft, told));
            row
        })
        .collect();
    let heads = ["Date", "Said by", "Who or what", "Is said", "Of whom or what"];
    draft.table("What others say of it", "", &heads, rows);
}

/// The documents that the claims are from, and those that speak in its name without one.
fn used(dossier: &Dossier<'_>, claims: &[&CitedClaim<'_>], id: TermId, all: &[Reference]) -> Vec<Reference> {
    let texts: BTreeSet<&str> =
        claims.iter().filter_map(|told| told.claim.text).map(|text| dossier.record.quads().text(text)).collect();
    let speaks =
        |iri: &str| dossier.record.quads().find_iri(iri).is_some_and(|text| dossier.record.speaks_for(text, id));
    all.iter().filter(|reference| texts.contains(reference.iri.as_str()) || speaks(&reference.iri)).cloned().collect()
}
