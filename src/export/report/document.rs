//! The report on a document: who spoke for whom, where and when; positions, demands, what is told, numbers, what is cited,
//! and how to cite it.

use crate::export::TermId;
use crate::export::reference::Reference;
use crate::lift::vocabulary::{dcterms, own, rap, schema};
use crate::model::text::counted;
use crate::model::{Class, DateValue, Kind, Passage};

use super::dossier::{CitedClaim, Dossier};
use super::rows::{self, ReportPart, noted, part, plain};
use super::{Body, Cell, PageDraft, TextRun, numbers, said, speakers};

/// Claims below this confidence want a reader.
const SURE: f64 = 0.6;

pub fn page(dossier: &Dossier<'_>, text: TermId, all: &[Reference]) -> (PageDraft, Vec<Reference>) {
    let iri = dossier.record.quads().text(text);
    let used: Vec<Reference> = all.iter().filter(|reference| reference.iri == iri).cloned().collect();
    let mut draft = PageDraft::default();
    let claims: Vec<&CitedClaim<'_>> = dossier.claims.iter().filter(|told| told.claim.text == Some(text)).collect();
    if let Some(reference) = used.first() {
        draft.page.title = match &reference.symbol {
            Some(symbol) if *symbol != reference.title => format!("{symbol}: {}", reference.title),
            _ => reference.title.clone(),
        };
        draft.page.language = reference.language.clone();
        facts(dossier, text, reference, &mut draft);
    }
    let told: Vec<&CitedClaim<'_>> =
        claims.iter().copied().filter(|told| part(dossier, told) != ReportPart::OfDocument).collect();
    draft.page.summary = summary(dossier, &told);
    if !speakers::table(dossier, text, &told, &mut draft) {
        said_in_it(dossier, &claims, &mut draft);
    }
    let table = numbers::rows(dossier, &mut draft, &claims, false);
    draft.table("Numbers", "", &["Of whom or what", "What is said", "Number"], table);
    let cited = cited(dossier, text);
    draft.table("Resolutions, treaties and laws named", "", &["What", "Kind", "Times", "First at", "To read"], cited);
    others(dossier, text, &mut draft);
    how_to_cite(&used, &mut draft);
    (draft, used)
}

/// `55 claims, 1 of them to be checked (below 0.60)`.
fn summary(dossier: &Dossier<'_>, claims: &[&CitedClaim<'_>]) -> String {
    let unsure = claims.iter().filter(|told| told.quote.confidence < SURE).count();
    let check = if unsure == 0 { String::new() } else { format!(", {unsure} of them to be checked (below 0.60)") };
    let left_out = match dossier.unsure {
        0 => String::new(),
        _ => "; claims that are less sure than asked for are left out".to_owned(),
    };
    format!("{}{check}{left_out}. Each has a footnote with its words and their place.", counted(claims.len(), "claim"))
}

fn facts(dossier: &Dossier<'_>, text: TermId, reference: &Reference, draft: &mut PageDraft) {
    let work = dossier.record.value(text, rap::TEXT_OF).unwrap_or(text);
    let labels = |relation: &str| {
        let relation = own(relation);
        let values = [text, work].into_iter().flat_map(|of| dossier.record.values(of, relation.as_ref()));
        dossier.names(values).join("; ")
    };
    let words = |value: &Option<String>| value.clone().unwrap_or_default();
    draft.fact("What", &reference.genre.clone().or_else(|| dossier.class(work)).unwrap_or_default());
    draft.fact("Symbol", &words(&reference.symbol));
    draft.fact("Delivered by", &labels("deliveredBy"));
    draft.fact("In the name of", &reference.authors.join("; "));
    draft.fact("At", &labels("deliveredAt"));
    draft.fact("Place", &words(&reference.place));
    draft.fact("Date", &reference.date.as_ref().map(DateValue::words).unwrap_or_default());
    draft.fact("Agenda item", &labels("concernsItem"));
    draft.fact("Published by", &labels("publishedBy"));
    draft.fact("Language", &words(&reference.language));
    if let Some(url) = &reference.url {
        draft.page.facts.push(("To read".to_owned(), vec![TextRun::Address(url.clone())]));
    }
    draft.fact("File", &words(&reference.file));
    draft.fact("SHA-256", &reference.sha256);
}

fn said_in_it(dossier: &Dossier<'_>, claims: &[&CitedClaim<'_>], draft: &mut PageDraft) {
    let of = |wanted: ReportPart| claims.iter().filter(move |told| part(dossier, told) == wanted);
    let positions: Vec<Vec<Cell>> = of(ReportPart::Position)
        .map(|told| {
            let [who, act, on] = [0, 1, 2].map({
                let mut cells = plain(dossier, draft, told);
                move |at| std::mem::take(&mut cells[at])
            });
            let strength = told.claim.strength.as_ref().map(|rung| format!("{rung} of 5")).unwrap_or_default();
            vec![who, act, said(&strength), on]
        })
        .collect();
    let ladder = "Strength: the ladder of diplomatic language, from 1 (takes note) to 5 (decides, demands).";
    draft.table("Positions", ladder, &["Who", "Position", "Strength", "On what"], positions);
    for (wanted, title, heads) in [
        (ReportPart::Asks, "What is asked for", ["Who", "Asks", "Whom or for what"]),
        (ReportPart::CitedClaim, "What is told", ["Who or what", "Is said", "Of whom or what"]),
    ] {
        let rows = of(wanted).map(|told| plain(dossier, draft, told)).collect();
        draft.table(title, "", &heads, rows);
    }
}

/// What a text names that has a number or a name of its own: how often, and where first.
fn cited(dossier: &Dossier<'_>, text: TermId) -> Vec<Vec<Cell>> {
    let record = dossier.record;
    let work = record.value(text, rap::TEXT_OF);
    let mut found: Vec<((usize, usize), usize, TermId)> = Vec::new();
    for id in record.things(false) {
        let kind = record.class(id).map(Class::kind);
        let is_instrument = matches!(kind, Some(Kind::Resolution | Kind::Treaty | Kind::LegalProvision));
        if !is_instrument || Some(id) == work || !has_name(&record.label(id)) {
            continue;
        }
        let mentions = record.mentions(id);
        let passages = mentions.iter().filter_map(|passage| Passage::parse(record.quads().text(*passage)));
        let here = passages.filter(|passage| passage.text == record.quads().text(text));
        let mut places: Vec<(usize, usize)> = here.map(|passage| passage.place()).collect();
        places.sort_unstable();
        places.dedup();
        found.extend(places.first().map(|&first| (first, places.len(), id)));
    }
    found.sort_by_key(|&(first, _, id)| (first, record.quads().text(id)));
    let row = |((start, end), times, id): ((usize, usize), usize, TermId)| {
        let url = record.values(id, schema::URL).map(|url| record.quads().text(url)).min();
        vec![
            said(&record.label(id)),
            said(&dossier.class(id).unwrap_or_default()),
            said(&times.to_string()),
            said(&format!("characters {start}–{end}")),
            url.map(|url| vec![TextRun::Address(url.to_owned())]).unwrap_or_default(),
        ]
    };
    found.into_iter().map(row).collect()
}

/// A digit, or a word with a capital: not "the resolution".
fn has_name(label: &str) -> bool {
    label.contains(|c: char| c.is_ascii_digit())
        || label.split_whitespace().any(|word| word.starts_with(char::is_uppercase))
}

/// What other documents say of the work.
fn others(dossier: &Dossier<'_>, text: TermId, draft: &mut PageDraft) {
    let work = dossier.record.value(text, rap::TEXT_OF).unwrap_or(text);
    let elsewhere = dossier.claims.iter().filter(|told| told.claim.text != Some(text) && told.claim.names(work));
    let rows: Vec<Vec<Cell>> = elsewhere
        .map(|told| {
            let mut row = vec![said(&rows::date(told)), said(&dossier.speaker(told).unwrap_or_default())];
            let words = rows::object(dossier, told);
            row.push(said(&format!("{} {}", dossier.name(told.claim.subject), rows::act(told))));
            row.push(noted(draft, told, words));
            row
        })
        .collect();
    draft.table("What other documents say of it", "", &["Date", "Said by", "Who or what", "Of whom or what"], rows);
}

/// The line for a footnote, and the entry for a reference manager.
pub fn how_to_cite(used: &[Reference], draft: &mut PageDraft) {
    if used.is_empty() {
        return;
    }
    let title = if used.len() == 1 { "How to cite it" } else { "Documents, and how to cite them" };
    let lines = used.iter().map(|reference| vec![TextRun::Words(reference.prose())]).collect();
    draft.section(title, 1, "", Body::List(lines));
    let mut bibtex = Vec::new();
    // Writing to memory cannot fail.
    let _ = crate::export::reference::bibtex(used, &mut bibtex);
    draft.section("BibTeX", 2, "", Body::Verbatim(String::from_utf8_lossy(&bibtex).trim_end().to_owned()));
}

/// The other names of a thing and its codes.
pub fn names(dossier: &Dossier<'_>, id: TermId) -> (Vec<String>, Vec<String>) {
    let values = |property| dossier.names(dossier.record.values(id, property));
    (values(crate::lift::vocabulary::skos::ALT_LABEL), values(dcterms::IDENTIFIER))
}
