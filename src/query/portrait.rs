//! All about one thing: what it is, what it is called, which codes it has, what is claimed of it.

use oxrdf::{Literal, Term};

use super::rows::Rows;
use super::ties::Tie;
use crate::lift::vocabulary::{dcterms, rap, schema, skos};
use crate::model::Passage;
use crate::record::{Claim, Labels, Record, TermId, Voice};

/// The columns of the bundled question `evidence-of`.
const COLUMNS: [&str; 10] =
    ["subject", "not", "relation", "object", "modality", "by", "confidence", "quote", "where", "claim"];

/// What the store knows of one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Portrait {
    /// IRI of the thing.
    pub iri: String,
    /// Its label, else a readable key.
    pub name: String,
    /// Its class, in words.
    pub class: Option<String>,
    /// Other names.
    pub also: Vec<String>,
    /// Codes and symbols.
    pub identifiers: Vec<String>,
    /// Other plain properties: name in words, value.
    pub facts: Vec<(String, String)>,
    /// Ties to outer vocabularies.
    pub ties: Vec<Tie>,
    /// Every claim in which it plays a part, with its evidence: as `evidence-of` answers.
    pub claims: Rows,
    /// How many places name it.
    pub mentions: usize,
}

impl Portrait {
    /// Reads all about a thing.
    pub fn of(record: &Record<'_>, id: TermId) -> Self {
        Self { claims: claims(record, id), ..Self::without_claims(record, id) }
    }

    /// The same without its claims, for those who list them themselves.
    pub fn without_claims(record: &Record<'_>, id: TermId) -> Self {
        let labels = Labels::new(record);
        let iri = record.quads().text(id).to_owned();
        let name = labels.name(&iri);
        let owned = |texts: Vec<&str>| -> Vec<String> { texts.into_iter().map(str::to_owned).collect() };
        let mut also = owned(record.texts(id, skos::ALT_LABEL));
        also.retain(|other| *other != name);
        let codes = record.codes(id);
        let mut identifiers = owned(record.texts(id, dcterms::IDENTIFIER));
        // A code is shown with its scheme if that is known.
        identifiers.retain(|known| codes.iter().all(|(code, _)| code != known));
        identifiers.extend(codes.iter().map(|(code, scheme)| format!("{code} ({scheme})")));
        Self {
            class: labels.class(&iri),
            also,
            identifiers,
            facts: facts(record, &labels, id),
            ties: Tie::of(record, id),
            claims: Rows { variables: COLUMNS.map(str::to_owned).to_vec(), rows: Vec::new() },
            mentions: record.mentions(id).len(),
            iri,
            name,
        }
    }
}

/// Literal properties besides names and codes.
fn facts(record: &Record<'_>, labels: &Labels<'_>, id: TermId) -> Vec<(String, String)> {
    let named =
        [skos::PREF_LABEL, skos::ALT_LABEL, dcterms::IDENTIFIER, dcterms::TITLE, schema::SHA256, schema::IDENTIFIER];
    let quads = record.quads();
    let rows = record.of(id).iter().filter(|row| quads.is_literal(row.object));
    let mut facts: Vec<(String, String)> = rows
        .map(|row| (quads.text(row.predicate), quads.text(row.object)))
        .filter(|(property, _)| named.iter().all(|known| known.as_str() != *property))
        .map(|(property, value)| (labels.property(property), value.to_owned()))
        .collect();
    let related = [rap::PREDECESSOR, rap::SUCCESSOR].into_iter().flat_map(|property| {
        let others = record.values(id, property).map(|other| labels.name(quads.text(other)));
        others.map(move |name| (labels.property(property.as_str()), name)).collect::<Vec<_>>()
    });
    facts.extend(related);
    facts.sort();
    facts.dedup();
    facts
}

/// The claims in which a thing plays a part, by date, text and place; what the open relation claims is left out, as in the
/// bundled question.
fn claims(record: &Record<'_>, id: TermId) -> Rows {
    let mut found: Vec<Claim<'_>> = record
        .claims()
        .filter(|claim| !claim.relation.is_open())
        .filter(|claim| claim.names(id) || claim.holder == Some(id))
        .collect();
    found.sort_by_cached_key(|claim| {
        let text = claim.text.map(|text| record.quads().text(text));
        let place = claim.passages.first().and_then(|passage| Passage::parse(record.quads().text(*passage)));
        let date = claim.text.map_or("", |text| record.date(text));
        (date, text, place.map(|place| place.start), record.quads().text(claim.id))
    });
    let mut rows: Vec<Vec<Option<Term>>> = Vec::new();
    for claim in &found {
        for row in self::rows(record, claim) {
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
    }
    Rows { variables: COLUMNS.map(str::to_owned).to_vec(), rows }
}

/// The rows of a claim: one for each of those in whose name it is said, and each passage.
fn rows(record: &Record<'_>, claim: &Claim<'_>) -> Vec<Vec<Option<Term>>> {
    let term = |id: TermId| Some(record.quads().to_oxrdf(id));
    let value = |property| record.value(claim.id, property).and_then(term);
    let not = Literal::new_simple_literal(if claim.is_negated() { "not" } else { "" });
    let holders = match (claim.holder, claim.text.and_then(|text| record.voice(text))) {
        (Some(holder), _) => vec![Some(holder)],
        (None, Some(voice)) => Some(Voice::represented(voice).map(Some).collect::<Vec<_>>())
            .filter(|voices| !voices.is_empty())
            .unwrap_or_else(|| vec![None]),
        (None, None) => vec![None],
    };
    let mut rows = Vec::new();
    for &passage in &claim.passages {
        let Some(quote) = record.value(passage, rap::QUOTE) else { continue };
        for holder in &holders {
            rows.push(vec![
                term(claim.subject),
                Some(not.clone().into()),
                term(claim.predicate),
                term(claim.object),
                value(rap::MODALITY),
                holder.and_then(term),
                value(rap::CONFIDENCE),
                term(quote),
                term(passage),
                term(claim.id),
            ]);
        }
    }
    rows
}
