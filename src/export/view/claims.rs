//! All that could be an edge: claims, and direct edges that no claim stands behind; merged where they say the same.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::export::{ExportError, TermId};
use crate::lift::vocabulary::{self, dcterms, oa, rap, rdf};
use crate::model::text::one_line;
use crate::model::{Class, Kind, Modality, Passage, Qualifier, Relation};

use super::facts::Facts;
use super::sieve::Sieve;
use super::{Edge, LeftOut, Options, Quote, Stance};

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
    relation: String,
    negated: bool,
    hypothetical: bool,
}

/// What describes documents and meetings rather than what is said in them; so does all that is said of a statement.
const OF_DOCUMENTS: [&str; 9] = [
    "deliveredBy", "deliveredAt", "dated", "concernsItem", "represents", "publishedBy", "sessionOf", "heldIn", "heldOn",
];

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
            relation: claim.relation,
            negated: claim.negated,
            hypothetical: claim.hypothetical,
        };
        let said = Said { aspect: claim.aspect, quote: Some(claim.quote) };
        pool.take(facts, options, &mut merged, key, said);
    }
    for row in facts.stated().filter(|row| !claimed.contains(&(row.subject, row.predicate, row.object))) {
        if let Some(relation) = direct_relation(facts, row.predicate) {
            let relation = relation.to_owned();
            let key = Key { source: row.subject, target: row.object, relation, negated: false, hypothetical: false };
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
            [] => !OF_DOCUMENTS.contains(&key.relation.as_str()) && !is_statement(key.source),
            relations => relations.contains(&key.relation),
        };
        match (may_stand(key.target), is_value(facts, key.target)) {
            (true, _) if key.source == key.target => {}
            (true, _) if asked => merged.entry(key).or_default().push(said),
            (true, _) if options.relations.is_empty() => self.of_documents += 1,
            (true, _) => self.other_relations += 1,
            (false, true) => {
                let property = (words(&key.relation, key.negated), label_of(facts, key.target));
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
        label: words(&key.relation, key.negated),
        stance: Stance::of(&key.relation, key.negated),
        relation: key.relation,
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
    /// Local name of the relation.
    pub relation: String,
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
    let relation = vocabulary::local_name(facts.quads.text(predicate))?;
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
        relation: relation.to_owned(),
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

/// The relation that a property stands for when it joins two things: one of the model's, or one that a rule file added.
fn direct_relation<'f>(facts: &'f Facts<'_>, predicate: TermId) -> Option<&'f str> {
    let local = vocabulary::local_name(facts.quads.text(predicate))?;
    let joins =
        [rap::ASPECT_OF, rap::BELONGS_TO].iter().any(|term| vocabulary::local_name(term.as_str()) == Some(local));
    (Relation::KNOWN.contains(&local) || joins).then_some(local)
}

/// A literal's words, a thing's label.
pub fn label_of(facts: &Facts<'_>, id: TermId) -> String {
    if facts.quads.is_literal(id) { one_line(facts.quads.text(id)) } else { facts.label(id) }
}

/// A relation in words: `cooperates with`; denied, `does not support`, `no party to`.
pub fn words(relation: &str, negated: bool) -> String {
    let plain = match relation {
        "aspectOf" => "about".to_owned(),
        _ => spaced(relation),
    };
    match plain.split_once(' ').unwrap_or((&plain, "")) {
        _ if !negated => plain,
        (verb, rest) if verb.ends_with('s') => {
            let rest = if rest.is_empty() { String::new() } else { format!(" {rest}") };
            format!("does not {}{rest}", infinitive(verb))
        }
        _ => format!("not {plain}"),
    }
}

/// `cooperatesWith` as `cooperates with`.
pub fn spaced(relation: &str) -> String {
    relation.chars().fold(String::new(), |mut words, c| {
        if c.is_uppercase() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
        words
    })
}

/// The plain form of a verb in the third person.
fn infinitive(verb: &str) -> String {
    match verb {
        "has" => "have".to_owned(),
        _ if verb.ends_with("sses") || verb.ends_with("ches") => verb[..verb.len() - 2].to_owned(),
        _ => verb[..verb.len() - 1].to_owned(),
    }
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
    fn relations_in_words() {
        for (relation, negated, expected) in [
            ("cooperatesWith", false, "cooperates with"),
            ("attachesImportanceTo", true, "does not attach importance to"),
            ("supports", true, "does not support"),
            ("hasTask", true, "does not have task"),
            ("partyTo", true, "not party to"),
            ("established", true, "not established"),
            ("aspectOf", false, "about"),
        ] {
            assert_eq!(words(relation, negated), expected);
        }
    }

    #[test]
    fn a_passage_tells_its_place() {
        assert_eq!(place("http://x/text/ab#char=1693,1742"), Some((1693, 1742)));
        assert_eq!(place("http://x/text/ab"), None);
    }
}
