//! All that could be an edge: claims, and direct edges that no claim stands behind; merged where they say the same.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::export::{ExportError, TermId};
use crate::lift::is_relation;
use crate::lift::vocabulary::{dcterms, rap, rdfs};
use crate::model::text::one_line;
use crate::model::{Class, Kind, Qualifier, Relation};
use crate::record::{Claim, Record};

use super::filter::ClaimFilter;
use super::{Edge, LeftOut, Options, Quote};

/// Everything that may go into a view.
#[derive(Default)]
pub struct ViewFacts {
    /// Merged edges by source, target and what they say.
    pub edges: Vec<Tie>,
    /// Relation in words and value, for each thing of which a value is said.
    pub properties: BTreeMap<TermId, BTreeSet<(String, String)>>,
    /// Claims that are not sure enough.
    pub unsure: usize,
    /// Statements about documents and meetings, while no relation was asked for.
    pub of_documents: usize,
    /// Statements of relations that were not asked for.
    pub other_relations: usize,
    /// What the filter kept back.
    pub sifted: LeftOut,
}

/// An edge with the claims behind it; their sentences are looked up when it is shown.
pub struct Tie {
    /// Where it begins.
    pub source: TermId,
    /// Where it leads.
    pub target: TermId,
    /// What it says, without sentences.
    pub edge: Edge,
    /// The claims; none for an edge that no claim stands behind.
    pub claims: Vec<TermId>,
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

/// Most words of an aspect that stands with an edge.
const SIDE_WORDS: usize = 3;

/// Finds and merges everything that the options allow.
///
/// # Errors
/// When one of the speakers asked for cannot be found.
pub fn collect(record: &Record<'_>, options: &Options) -> Result<ViewFacts, ExportError> {
    let filter = ClaimFilter::new(record, options)?;
    let mut pool = ViewFacts::default();
    let mut merged: BTreeMap<Key, Vec<EdgeClaim>> = BTreeMap::new();
    let mut claimed = HashSet::new();
    for claim in record.claims() {
        claimed.insert((claim.subject, claim.predicate, claim.object));
        if claim.sureness() < options.min_confidence {
            pool.unsure += 1;
            continue;
        }
        if !filter.lets_through(record, &claim, &mut pool.sifted) {
            continue;
        }
        // Whole phrases would bury the picture; a side in a word or two is a part of the edge's name.
        let aspects = claim.qualified(Qualifier::Aspect).map(|aspect| record.words(aspect));
        let aspect = aspects.into_iter().find(|aspect| aspect.split_whitespace().count() <= SIDE_WORDS);
        let said = EdgeClaim { aspect, claim: Some(claim.id) };
        let key = Key {
            source: claim.subject,
            target: claim.object,
            verb: claim.verb.map(one_line),
            negated: claim.is_negated(),
            hypothetical: claim.is_hypothetical(),
            relation: claim.relation,
        };
        pool.take(record, options, &mut merged, key, said);
    }
    let mut relations: HashMap<TermId, Option<Relation>> = HashMap::new();
    for row in record.stated() {
        let relation = relations.entry(row.predicate).or_insert_with(|| direct_relation(record, row.predicate)).clone();
        if let Some(relation) = relation
            && !claimed.contains(&(row.subject, row.predicate, row.object))
        {
            let (source, target) = (row.subject, row.object);
            let key = Key { source, target, relation, verb: None, negated: false, hypothetical: false };
            if !filter.lets_edge_through(record, (row.subject, row.predicate, row.object)) {
                continue;
            }
            pool.take(record, options, &mut merged, key, EdgeClaim::default());
        }
    }
    pool.edges = merged.into_iter().map(|(key, said)| tie(key, &said)).collect();
    pool.drop_loose_structure();
    Ok(pool)
}

/// What a thing is about or part of: worth showing between things of which more is said.
fn is_structure(tie: &Tie) -> bool {
    tie.claims.is_empty() && matches!(tie.edge.relation.as_str(), "aspectOf" | "belongsTo" | "partOf")
}

impl ViewFacts {
    /// Drops structure at whose ends nothing else is said, or between which a claim says it.
    fn drop_loose_structure(&mut self) {
        let told = self.edges.iter().filter(|tie| !is_structure(tie));
        let told: HashSet<(TermId, TermId)> = told.map(|tie| (tie.source, tie.target)).collect();
        let spoken_of: HashSet<TermId> = told.iter().flat_map(|(source, target)| [*source, *target]).collect();
        let adds = |tie: &Tie| {
            let ends = (tie.source, tie.target);
            spoken_of.contains(&ends.0) && spoken_of.contains(&ends.1) && !told.contains(&ends)
        };
        self.edges.retain(|tie| !is_structure(tie) || adds(tie));
    }

    /// Puts one statement where it belongs: among the edges, among the properties of its subject, or nowhere.
    fn take(
        &mut self,
        record: &Record<'_>,
        options: &Options,
        merged: &mut BTreeMap<Key, Vec<EdgeClaim>>,
        key: Key,
        said: EdgeClaim,
    ) {
        let may_stand = |id| record.class(id).is_some_and(|class| options.kinds.contains(&class.kind()));
        if !may_stand(key.source) {
            return;
        }
        let is_statement = |id| record.class(id) == Some(Class::Statement);
        let asked = match options.relations.as_slice() {
            [] => !key.relation.describes_occasion() && !key.relation.is_open() && !is_statement(key.source),
            relations => relations.iter().any(|name| name == key.relation.name()),
        };
        match (may_stand(key.target), is_value(record, key.target)) {
            (true, _) if key.source == key.target => {}
            (true, _) if asked => merged.entry(key).or_default().push(said),
            (true, _) if options.relations.is_empty() && !key.relation.is_open() => self.of_documents += 1,
            (true, _) => self.other_relations += 1,
            (false, true) => {
                let property = (key.words(), record.words(key.target));
                self.properties.entry(key.source).or_default().insert(property);
            }
            (false, false) => {}
        }
    }
}

/// Literals, and things that are values.
fn is_value(record: &Record<'_>, id: TermId) -> bool {
    let is_value_kind = |kind| matches!(kind, Kind::Date | Kind::Quantity | Kind::Money);
    record.quads().is_literal(id) || record.class(id).is_some_and(|class| is_value_kind(class.kind()))
}

/// What one claim adds to an edge.
#[derive(Default)]
struct EdgeClaim {
    aspect: Option<String>,
    claim: Option<TermId>,
}

fn tie(key: Key, said: &[EdgeClaim]) -> Tie {
    let first = said.first().and_then(|said| said.aspect.clone());
    let aspect = first.filter(|first| said.iter().all(|said| said.aspect.as_ref() == Some(first)));
    let edge = Edge {
        label: key.words(),
        stance: key.relation.stance(key.negated),
        relation: key.relation.name().to_owned(),
        negated: key.negated,
        hypothetical: key.hypothetical,
        aspect,
        quotes: Vec::new(),
    };
    let claims = said.iter().filter_map(|said| said.claim).collect();
    Tie { source: key.source, target: key.target, edge, claims }
}

impl Tie {
    /// The edge with its sentences, oldest document first.
    pub fn told(&self, record: &Record<'_>) -> Edge {
        let claims = self.claims.iter().filter_map(|&id| record.claim(id));
        let mut quotes: Vec<Quote> = claims.map(|claim| quote(record, &claim)).collect();
        quotes.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
        Edge { quotes, ..self.edge.clone() }
    }
}

/// The words behind a claim.
pub fn quote(record: &Record<'_>, claim: &Claim<'_>) -> Quote {
    let (text, quads) = (claim.text, record.quads());
    let quoted = claim.passages.first().map(|passage| record.quote(*passage));
    let place = quoted.and_then(|quote| quote.place);
    Quote {
        date: text.map_or("", |text| record.date(text)).to_owned(),
        document: text.map(|text| record.label(text)).unwrap_or_default(),
        place: place.map(|passage| passage.place()).unwrap_or_default(),
        text: quoted.and_then(|quote| quote.words).map(one_line).unwrap_or_default(),
        said_by: claim.holder.map(|holder| record.label(holder)),
        claim: quads.text(claim.id).to_owned(),
        confidence: claim.sureness(),
        source: text.map(|text| quads.text(text)).unwrap_or_default().to_owned(),
        locator: quoted.and_then(|quote| quote.locator).map(str::to_owned),
    }
}

/// The relation that a property stands for when it joins two things: one that is declared, or what holds things together.
fn direct_relation(record: &Record<'_>, predicate: TermId) -> Option<Relation> {
    let iri = record.quads().text(predicate);
    let joins = iri == rap::BELONGS_TO.as_str() || iri == rap::ASPECT_OF.as_str();
    let above = || record.text(predicate, rdfs::SUB_PROPERTY_OF);
    (joins || is_relation(iri, above)).then(|| record.relation(predicate))
}

/// Codes and other identifiers of a thing, as properties.
pub fn identifiers(record: &Record<'_>, id: TermId) -> Vec<(String, String)> {
    let codes = record.values(id, dcterms::IDENTIFIER).map(|code| ("identifier".to_owned(), record.words(code)));
    codes.collect::<BTreeSet<_>>().into_iter().collect()
}
