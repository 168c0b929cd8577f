//! What a thing, a text or a claim is in RDF: the statements about it, its claims with their passages, and the names of all
//! that they mention.

use std::collections::HashSet;

use crate::export::{self, Evidence, Format, Prefixes, Quads, rdf, view};
use crate::lift::vocabulary::{self, dcterms, rdf as terms, rdfs, schema, skos};
use crate::record::TermId;

use super::accept::Form;
use super::reading::Reading;
use super::response::{Problem, Response};
use super::visit::{Answered, Visit};

/// The forms of RDF that everything has.
pub const FORMS: [&str; 6] = ["ttl", "jsonld", "nt", "rdf", "trig", "nq"];

/// Whether a form is RDF.
pub fn is_rdf(form: &Form) -> bool {
    FORMS.contains(&form.name) || form.name == "nanopub"
}

/// Answers with the statements about a thing.
///
/// # Errors
/// If they cannot be written so.
pub fn answer(visit: &Visit<'_>, id: TermId, form: &Form, offered: &[&'static str]) -> Answered {
    let reading = visit.reading;
    let mut quads = about(reading, id);
    if visit.request.value("evidence").as_deref() == Some("full") {
        Evidence::Full.apply(&mut quads, |digits| text(reading, digits));
    }
    let body = write(reading, &quads, form)?;
    Ok(visit.told(Response::new(200, &form.content_type(), body), offered))
}

/// A stored text by the first digits of its hash.
pub fn text(reading: &Reading, digits: &str) -> Option<String> {
    let known = reading.texts().iter().find(|text| text.sha256.starts_with(digits))?;
    reading.words(known)
}

/// Quads in a form of RDF.
///
/// # Errors
/// If the form cannot hold them.
pub fn write(reading: &Reading, quads: &Quads, form: &Form) -> Result<Vec<u8>, Problem> {
    let format = Format::from_name(form.name).unwrap_or(Format::Turtle);
    let prefixes = Prefixes::new(Some(reading.directory().base().as_str()), vocabulary::PREFIXES.iter().copied());
    let mut body = Vec::new();
    let written = match format {
        Format::Nanopub => export::write(quads, format, &prefixes, &view::Options::default(), &mut body).map(|_| ()),
        _ => rdf::write(quads, format, &prefixes, &mut body).map(|_| ()),
    };
    written.map_err(|error| Problem::of(500, &error))?;
    Ok(body)
}

/// The statements about a thing.
fn about(reading: &Reading, id: TermId) -> Quads {
    let record = reading.record();
    let mut subjects: HashSet<TermId> = HashSet::from([id]);
    let mut graphs: HashSet<TermId> = HashSet::new();
    if let Some(text) = reading.text(id) {
        let base = reading.directory().base();
        let names = [base.document_graph(&text.sha256), base.evidence_graph(&text.sha256)];
        graphs.extend(names.iter().filter_map(|graph| record.quads().find_iri(graph.as_str())));
    }
    let claims = reading.about(id).map(|line| line.id).chain(reading.claim(id).map(|line| line.id));
    for claim in claims {
        subjects.insert(claim);
        subjects.extend(record.claim(claim).into_iter().flat_map(|claim| claim.passages));
    }
    let is_about = |row: &&crate::record::QuadIds| {
        subjects.contains(&row.subject) || row.graph.is_some_and(|graph| graphs.contains(&graph))
    };
    let rows: Vec<_> = record.quads().rows().iter().filter(is_about).copied().collect();
    let named: HashSet<TermId> =
        rows.iter().flat_map(|row| [row.subject, row.object]).filter(|id| !subjects.contains(id)).collect();
    let names: Vec<TermId> = [terms::TYPE, skos::PREF_LABEL, rdfs::LABEL, dcterms::TITLE, schema::NAME]
        .into_iter()
        .filter_map(|property| record.quads().find_iri(property.as_str()))
        .collect();
    let named =
        record.quads().rows().iter().filter(|row| named.contains(&row.subject) && names.contains(&row.predicate));
    let mut rows: Vec<_> = rows.iter().chain(named).copied().collect();
    rows.sort_unstable();
    rows.dedup();
    let mut quads = Quads::default();
    // Quads take all there is.
    let _ = rdf::pour(record.quads(), &rows, &mut quads);
    quads
}
