//! All that could be an edge: claims, and direct edges that no claim stands behind; merged where they say the same.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::export::{ExportError, TermId};
use crate::lift::vocabulary::{self, dcterms, oa, rap, rdf, rdfs};
use crate::lift::{is_relation, relation_of};
use crate::model::text::one_line;
use crate::model::{Class, Kind, Modality, Passage, Qualifier, Relation};

use super::facts::Facts;
use super::sieve::Sieve;
use super::{Edge, LeftOut, Options, Quote};

/// Everything that may go into a view.
#[derive(Default)]
pub struct Pool {
    /// Merged edges by source, target and what they say.
    pub edges: Vec<(TermId, TermId, Edge)>,
    /// Relation in words and value, for each thing of which a value is said.
    pub properties: BTreeMap<TermId, BTreeSet<(String, String)>>,
    /// Claims that are not sure enough.
    pub unsure: usize,
    /// Statements about documents and meetings, while no relation was asked for.
    pub of_documents: usize,
    /// Statements of relations that were not asked for.
    pub other_relations: usize,
    /// What the sieve kept back.
    pub sifted: LeftOut,
}

/// What makes two claims one edge.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    source: TermId,
    target: TermId,
    relation: Relation,
    /// The verb of an open relation.
    verb: Option<String>,
    negated: bool,
    hypothetical: bool,
}

impl Key {
    /// `cooperates with`, `does not support`; what a matter is an aspect of, it is about.
    fn words(&self) -> String {
        match self.relation.name() {
            "aspectOf" => "about".to_owned(),
            _ => self.relation.words_of(self.verb.as_deref(), self.negated),
        }
    }
}

/// Finds and merges everything that the options allow.
///
/// # Errors
/// When one of the speakers asked for cannot be found.
pub fn collect(facts: &Facts<'_>, options: &Options) -> Result<Pool, ExportError> {
    let sieve = Sieve::new(facts, options)?;
    let mut pool = Pool::default();
    let mut merged: BTreeMap<Key, Vec<Said>> = BTreeMap::new();
    let mut claimed = HashSet::new();
    for claim in claims(facts) {
        claimed.insert((claim.subject, claim.predicate, claim.object));
        if claim.quote.confidence < options.min_confidence {
            pool.unsure += 1;
            continue;
        }
        if !sieve.lets_through(facts, &claim, &mut pool.sifted) {
            continue;
        }
        let key = Key {
            source: claim.subject,
            target: claim.object,
            verb: claim.verb,
            relation: claim.relation,
            negated: claim.negated,
            hypothetical: claim.hypothetical,
        };
        let said = Said { aspect: claim.aspect, quote: Some(claim.quote) };
        pool.take(facts, options, &mut merged, key, said);
    }
    for row in facts.stated().filter(|row| !claimed.contains(&(row.subject, row.predicate, row.object))) {
        if let Some(relation) = direct_relation(facts, row.predicate) {
            let (source, target) = (row.subject, row.object);
            let key = Key { source, target, relation, verb: None, negated: false, hypothetical: false };
            if !sieve.lets_edge_through(facts, (row.subject, row.predicate, row.object)) {
                continue;
            }
            pool.take(facts, options, &mut merged, key, Said::default());
        }
    }
    pool.edges = merged.into_iter().map(|(key, said)| (key.source, key.target, edge(key, said))).collect();
    pool.drop_loose_structure();
    Ok(pool)
}

/// What a thing is about or part of: worth showing between things of which more is said.
pub fn is_structure(edge: &Edge) -> bool {
    edge.quotes.is_empty() && matches!(edge.relation.as_str(), "aspectOf" | "belongsTo" | "partOf")
}

impl Pool {
    /// Drops structure at whose ends nothing else is said, or between which a claim says it.
    fn drop_loose_structure(&mut self) {
        let told = self.edges.iter().filter(|(.., edge)| !is_structure(edge));
        let told: HashSet<(TermId, TermId)> = told.map(|(source, target, _)| (*source, *target)).collect();
        let spoken_of: HashSet<TermId> = told.iter().flat_map(|(source, target)| [*source, *target]).collect();
        let adds = |source: &TermId, target: &TermId| {
            spoken_of.contains(source) && spoken_of.contains(target) && !told.contains(&(*source, *target))
        };
        self.edges.retain(|(source, target, edge)| !is_structure(edge) || adds(source, target));
    }

    /// Puts one statement where it belongs: among the edges, among the properties of its subject, or nowhere.
    fn take(
        &mut self,
        facts: &Facts<'_>,
        options: &Options,
        merged: &mut BTreeMap<Key, Vec<Said>>,
        key: Key,
        said: Said,
    ) {
        let may_stand = |id| facts.class(id).is_some_and(|class| options.kinds.contains(&class.kind()));
        if !may_stand(key.source) {
            return;
        }
        let is_statement = |id| facts.class(id) == Some(Class::Statement);
        let asked = match options.relations.as_slice() {
            [] => !key.relation.describes_occasion() && !key.relation.is_open() && !is_statement(key.source),
            relations => relations.iter().any(|name| name == key.relation.name()),
        };
        match (may_stand(key.target), is_value(facts, key.target)) {
            (true, _) if key.source == key.target => {}
            (true, _) if asked => merged.entry(key).or_default().push(said),
            (true, _) if options.relations.is_empty() && !key.relation.is_open() => self.of_documents += 1,
            (true, _) => self.other_relations += 1,
            (false, true) => {
                let property = (key.words(), label_of(facts, key.target));
                self.properties.entry(key.source).or_default().insert(property);
            }
            (false, false) => {}
        }
    }
}

/// Literals, and things that are values.
fn is_value(facts: &Facts<'_>, id: TermId) -> bool {
    let is_value_kind = |kind| matches!(kind, Kind::Date | Kind::Quantity | Kind::Money);
    facts.quads.is_literal(id) || facts.class(id).is_some_and(|class| is_value_kind(class.kind()))
}

/// What one claim adds to an edge.
#[derive(Default)]
struct Said {
    aspect: Option<String>,
    quote: Option<Quote>,
}

fn edge(key: Key, said: Vec<Said>) -> Edge {
    let first = said.first().and_then(|said| said.aspect.clone());
    let aspect = first.filter(|first| said.iter().all(|said| said.aspect.as_ref() == Some(first)));
    let mut quotes: Vec<Quote> = said.into_iter().filter_map(|said| said.quote).collect();
    quotes.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    Edge {
        label: key.words(),
        stance: key.relation.stance(key.negated),
        relation: key.relation.name().to_owned(),
        negated: key.negated,
        hypothetical: key.hypothetical,
        aspect,
        quotes,
    }
}

/// A claim as the graph holds it.
pub struct Claim {
    /// The claim itself.
    pub id: TermId,
    pub subject: TermId,
    pub predicate: TermId,
    pub object: TermId,
    /// Whom it names as the one whose claim it is.
    pub holder: Option<TermId>,
    pub relation: Relation,
    /// The verb of the text, where the relation alone does not say it.
    pub verb: Option<String>,
    pub negated: bool,
    hypothetical: bool,
    aspect: Option<String>,
    /// The document that makes it.
    pub text: Option<TermId>,
    pub quote: Quote,
}

/// The claims that documents make.
pub fn claims<'f>(facts: &'f Facts<'_>) -> impl Iterator<Item = Claim> + 'f {
    let predicate = facts.quads.find_iri(rdf::PREDICATE.as_str());
    facts.stated().filter(move |row| Some(row.predicate) == predicate).filter_map(|row| claim(facts, row.subject))
}

fn claim(facts: &Facts<'_>, id: TermId) -> Option<Claim> {
    let predicate = facts.value(id, rdf::PREDICATE)?;
    let individual = |property| facts.text(id, property).and_then(vocabulary::local_name);
    let modality = individual(rap::MODALITY);
    let text = document(facts, id);
    let is_hypothetical = |modality: &Modality| modality.is_hypothetical();
    Some(Claim {
        id,
        subject: facts.value(id, rdf::SUBJECT)?,
        predicate,
        object: facts.value(id, rdf::OBJECT)?,
        holder: facts.value(id, rap::SAID_BY),
        relation: relation(facts, predicate),
        verb: facts.text(id, vocabulary::own(Qualifier::Verb.name()).as_ref()).map(one_line),
        negated: individual(rap::POLARITY) == Some("negated"),
        hypothetical: Modality::ALL.iter().filter(|one| is_hypothetical(one)).any(|one| modality == Some(one.name())),
        aspect: facts
            .value(id, vocabulary::own(Qualifier::Aspect.name()).as_ref())
            .map(|aspect| label_of(facts, aspect)),
        text,
        quote: quote(facts, id, text),
    })
}

/// The document whose passage proves a claim.
fn document(facts: &Facts<'_>, claim: TermId) -> Option<TermId> {
    let passage = facts.value(claim, rap::EVIDENCE)?;
    facts.value(passage, oa::HAS_SOURCE).or_else(|| text_of(facts, passage))
}

fn quote(facts: &Facts<'_>, claim: TermId, document: Option<TermId>) -> Quote {
    let passage = facts.value(claim, rap::EVIDENCE);
    Quote {
        date: document.map(|document| facts.date(document)).unwrap_or_default(),
        document: document.map(|document| facts.label(document)).unwrap_or_default(),
        place: passage.and_then(|passage| place(facts.quads.text(passage))).unwrap_or_default(),
        text: passage.and_then(|passage| facts.text(passage, rap::QUOTE)).map(one_line).unwrap_or_default(),
        said_by: facts.value(claim, rap::SAID_BY).map(|holder| facts.label(holder)),
        claim: facts.quads.text(claim).to_owned(),
        confidence: facts.text(claim, rap::CONFIDENCE).and_then(|text| text.parse().ok()).unwrap_or(1.0),
        source: document.map(|document| facts.quads.text(document).to_owned()).unwrap_or_default(),
    }
}

/// The document whose passage it is, by its IRI.
fn text_of(facts: &Facts<'_>, passage: TermId) -> Option<TermId> {
    facts.quads.find_iri(facts.quads.text(passage).split('#').next()?)
}

/// Start and end of `…#char=1693,1742`.
pub fn place(passage: &str) -> Option<(usize, usize)> {
    Passage::parse(passage).map(|passage| passage.place())
}

/// The relation that a property stands for when it joins two things: one that is declared, or what holds things together.
fn direct_relation(facts: &Facts<'_>, predicate: TermId) -> Option<Relation> {
    let iri = facts.quads.text(predicate);
    let joins = iri == rap::BELONGS_TO.as_str() || iri == rap::ASPECT_OF.as_str();
    let above = || facts.text(predicate, rdfs::SUB_PROPERTY_OF);
    (joins || is_relation(iri, above)).then(|| relation(facts, predicate))
}

fn relation(facts: &Facts<'_>, predicate: TermId) -> Relation {
    relation_of(facts.quads.text(predicate), |property| facts.text(predicate, property))
}

/// A literal's words, a thing's label.
pub fn label_of(facts: &Facts<'_>, id: TermId) -> String {
    if facts.quads.is_literal(id) { one_line(facts.quads.text(id)) } else { facts.label(id) }
}

/// Codes and other identifiers of a thing, as properties.
pub fn identifiers(facts: &Facts<'_>, id: TermId) -> Vec<(String, String)> {
    let codes = facts.values(id, dcterms::IDENTIFIER).map(|code| ("identifier".to_owned(), label_of(facts, code)));
    codes.collect::<BTreeSet<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_tells_its_place() {
        assert_eq!(place("http://x/text/ab#char=1693,1742"), Some((1693, 1742)));
        assert_eq!(place("http://x/text/ab"), None);
    }
}
