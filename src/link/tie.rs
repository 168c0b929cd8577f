//! Ties the entities of a document to loaded vocabularies, and applies what people decided.

use std::collections::BTreeSet;

use super::candidate::{self, Asked, Candidate};
use super::schemes;
use super::topics;
use super::vocabulary::Shelf;
use super::vocabulary::{Likeness, Role, Sort, Vocabulary};
use crate::model::text::one_line;
use crate::model::{
    Class, Decisions, Entity, EntityId, Extraction, Kind, Link, MatchStrength, MentionClass, Method, Ruling,
};

/// The score below which a candidate is not worth a reader's time.
const WORTH: f32 = 0.45;

/// Letters that a name must have before a misprint is looked for.
const LONG: usize = 14;

/// What ties a document to the outside.
#[derive(Clone, Copy)]
pub struct Outside<'a> {
    /// Vocabularies in which names are looked up.
    pub shelf: &'a dyn Shelf,
    /// What readers decided.
    pub decisions: &'a Decisions,
}

/// Adds to a document what loaded vocabularies know of its entities, what it and its claims are about, and what was decided.
pub fn tie(extraction: &mut Extraction, Outside { shelf, decisions }: Outside<'_>) {
    if shelf.vocabularies().next().is_none() && decisions.is_empty() {
        return;
    }
    let entities = (0..extraction.entities.len() as u32).map(EntityId);
    let (mut links, mut candidates) = (Vec::new(), Vec::new());
    for id in entities {
        let names = names(extraction, id);
        if names.is_empty() {
            continue;
        }
        for vocabulary in shelf.vocabularies() {
            look_up(extraction, id, &names, vocabulary, &mut links, &mut candidates);
        }
    }
    extraction.links.append(&mut links);
    extraction.candidates = candidates;
    extraction.subjects =
        shelf.vocabularies().flat_map(|vocabulary| topics::subjects(extraction, vocabulary)).collect();
    decide(extraction, shelf, decisions);
    let order = |a: &Link, b: &Link| (a.entity, &a.scheme, &a.iri).cmp(&(b.entity, &b.scheme, &b.iri));
    extraction.links.sort_by(order);
    extraction.candidates.sort_by(|a, b| {
        (a.entity, &a.scheme)
            .cmp(&(b.entity, &b.scheme))
            .then(b.score.total_cmp(&a.score))
            .then_with(|| a.iri.cmp(&b.iri))
    });
}

/// The names by which the document calls an entity, the label first; none where it only describes it.
fn names(extraction: &Extraction, id: EntityId) -> Vec<String> {
    let entity = extraction.entity(id);
    let is_ours = matches!(entity.kind(), Kind::Quantity | Kind::Money | Kind::Date | Kind::LegalProvision)
        || matches!(
            entity.class,
            Class::Matter | Class::Statement | Class::AgendaItem | Class::StateGroup | Class::NonStateActor
        )
        || extraction.itself == Some(id);
    if is_ours {
        return Vec::new();
    }
    let is_topic = matches!(entity.kind(), Kind::Topic | Kind::Measure);
    let fits = |class: MentionClass| match class {
        MentionClass::Named => true,
        MentionClass::Term => is_topic,
        _ => false,
    };
    let seen = extraction
        .mentions
        .iter()
        .zip(&extraction.referents)
        .filter(|(mention, referent)| **referent == Some(id) && fits(mention.class));
    let mut names: Vec<String> = Vec::new();
    for (mention, _) in seen {
        let name = one_line(extraction.document.quote(mention.span));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        return names;
    }
    names.sort();
    // The label is the catalogue's or the longest name here: it comes first.
    names.retain(|name| *name != entity.label);
    names.insert(0, entity.label.clone());
    let short: Vec<String> = names.iter().filter_map(|name| without_owner(extraction, id, name)).collect();
    names.extend(short);
    names
}

/// The name of a State's body without its State: vocabularies say the State elsewhere ("Ministry of Trade of …").
fn without_owner(extraction: &Extraction, id: EntityId, name: &str) -> Option<String> {
    let owner = extraction.entity(extraction.entity(id).owner?);
    let states = std::iter::once(&owner.label).chain(&owner.also);
    let rest = states.filter_map(|state| name.strip_suffix(state.as_str())).min_by_key(|rest| rest.len())?;
    let rest = rest.trim_end();
    let rest = rest.strip_suffix(" the").unwrap_or(rest);
    let joints = [" of", " in", " for", ","];
    let short = joints.iter().find_map(|joint| rest.strip_suffix(joint))?;
    (!short.is_empty()).then(|| short.to_owned())
}

fn look_up(
    extraction: &Extraction,
    id: EntityId,
    names: &[String],
    vocabulary: &dyn Vocabulary,
    links: &mut Vec<Link>,
    candidates: &mut Vec<Link>,
) {
    let entity = extraction.entity(id);
    let scheme = vocabulary.card().scheme.as_str();
    // What a data row says of the entity in this scheme outranks whatever a name may match, even where it says `close`.
    let has_row = |scheme: &str| entity.identifiers.iter().any(|identifier| identifier.scheme == scheme);
    if has_row(scheme) {
        return;
    }
    let kind = entity.kind();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let near = !entity.known && !matches!(kind, Kind::Topic | Kind::Measure) && names[0].chars().count() >= LONG;
    let language = extraction.document.metadata.language.as_ref().map_or("en", |field| field.value.as_str());
    let country = country(extraction, id);
    let beside = if country.is_none() { states_beside(extraction, id) } else { Vec::new() };
    let home = home(extraction);
    let asked = Asked {
        names: &names,
        kind: Some(kind),
        language,
        country: country.as_deref(),
        beside: &beside,
        home: home.as_deref(),
        near,
    };
    let mut found = candidate::candidates(vocabulary, &asked);
    // So it does where the vocabulary was loaded under another name.
    found.retain(|candidate| !schemes::of_iri(&candidate.iri).is_some_and(|known| has_row(known.name)));
    let chosen = candidate::decided(&found).map(|candidate| candidate.concept);
    for candidate in &found {
        let mut link = link(id, vocabulary, kind, candidate);
        if chosen == Some(candidate.concept) {
            link.evidence += &ahead_of(&found);
            links.push(link);
        } else if chosen.is_none() && candidate.score >= worth(kind) && is_possible(kind, candidate.sort) {
            candidates.push(link);
        }
    }
}

/// What the best candidate was preferred to, so that no choice is silent.
fn ahead_of(found: &[Candidate]) -> String {
    match found.get(1) {
        None => String::new(),
        Some(next) => {
            let more = if found.len() > 2 { format!(" and {} more", found.len() - 2) } else { String::new() };
            format!("; ahead of <{}> with {:.2}{more}", next.iri, next.score)
        }
    }
}

/// What a reader is troubled with: terms are many and common words, so only what is nearly sure of them.
const fn worth(kind: Kind) -> f32 {
    match kind {
        Kind::Topic | Kind::Measure => candidate::ENOUGH - 0.1,
        _ => WORTH,
    }
}

/// Whether a reader could find that they belong together: a concept may be the concept of an organisation.
fn is_possible(kind: Kind, sort: Sort) -> bool {
    match sort.fits(kind) {
        Some(fits) => fits || sort == Sort::Concept && (kind.is_agent() || kind == Kind::Treaty),
        None => !matches!(kind, Kind::Topic | Kind::Measure),
    }
}

fn link(entity: EntityId, vocabulary: &dyn Vocabulary, kind: Kind, candidate: &Candidate) -> Link {
    let is_letter_by_letter = candidate.likeness <= Likeness::Normalised;
    // A thesaurus lists under "alternative" also what it files together with a concept, near or narrower.
    let is_filed_there = candidate.sort == Sort::Concept && candidate.role != Role::Preferred;
    let is_exact = is_letter_by_letter && !is_filed_there && candidate.sort.fits(kind) == Some(true);
    let matched =
        if candidate.matched == candidate.label { String::new() } else { format!("by “{}”: ", candidate.matched) };
    Link {
        entity,
        iri: candidate.iri.clone(),
        scheme: vocabulary.card().scheme.as_str().into(),
        is_concept: candidate.sort == Sort::Concept,
        strength: if is_exact { MatchStrength::Exact } else { MatchStrength::Close },
        source: vocabulary.card().provenance(),
        method: match candidate.likeness {
            Likeness::Exact => Method::Exact,
            Likeness::Normalised => Method::Normalised,
            Likeness::Reordered => Method::Reordered,
            Likeness::Near(_) => Method::Near,
        },
        score: candidate.score,
        label: candidate.label.clone(),
        evidence: format!("{matched}{}", candidate.reasons.join("; ")),
    }
}

/// Two letters of the State that an entity belongs to.
fn country(extraction: &Extraction, id: EntityId) -> Option<String> {
    letters(extraction.entity(extraction.entity(id).owner?))
}

/// Two letters of a State.
fn letters(state: &Entity) -> Option<String> {
    let code = state.identifiers.iter().find(|identifier| identifier.scheme == "iso3166-1-alpha2")?;
    Some(code.value.to_string())
}

/// Two letters of the States that are named in a sentence with an entity, sorted.
fn states_beside(extraction: &Extraction, id: EntityId) -> Vec<String> {
    let named = || extraction.mentions.iter().zip(&extraction.referents);
    let mut states = BTreeSet::new();
    for (mention, _) in named().filter(|(_, referent)| **referent == Some(id)) {
        let Some(sentence) = extraction.sentences.iter().find(|sentence| sentence.span.contains(mention.span)) else {
            continue;
        };
        let inside = named().filter(|(other, _)| sentence.span.contains(other.span));
        states.extend(inside.filter_map(|(_, referent)| letters(extraction.entity((*referent)?))));
    }
    states.into_iter().collect()
}

/// Two letters of the State that a document speaks for, or of the only one that it names.
fn home(extraction: &Extraction) -> Option<String> {
    let states = || extraction.entities.iter().filter(|entity| entity.class == Class::Of(Kind::State));
    if let Some(represents) = &extraction.document.metadata.represents {
        let is_it = |state: &&Entity| state.label == represents.value || state.also.contains(&represents.value);
        return letters(states().find(is_it)?);
    }
    let mut all = states().filter_map(letters);
    all.next().filter(|_| all.next().is_none())
}

/// Applies what was decided: rejected links go, accepted ones come, and two things that are never to be merged share none.
fn decide(extraction: &mut Extraction, shelf: &dyn Shelf, decisions: &Decisions) {
    if decisions.is_empty() {
        return;
    }
    let (mut links, mut candidates) =
        (std::mem::take(&mut extraction.links), std::mem::take(&mut extraction.candidates));
    let ruled = |link: &Link| decisions.ruling(&extraction.entity(link.entity).key, &link.iri);
    links.retain(|link| decisions.wants(&link.scheme) && !matches!(ruled(link), Some(Ruling::Reject | Ruling::Never)));
    candidates.retain(|link| decisions.wants(&link.scheme) && ruled(link).is_none());
    let linked: BTreeSet<(EntityId, String)> = links.iter().map(|link| (link.entity, link.iri.clone())).collect();
    for decision in
        decisions.iter().filter(|decision| decision.ruling == Ruling::Accept && decisions.wants(&decision.scheme))
    {
        let entity = extraction.entities.iter().position(|entity| entity.key == decision.key.as_str());
        let Some(entity) = entity.map(|at| EntityId(at as u32)) else { continue };
        // An accepted candidate settles its scheme: the others were not meant.
        candidates.retain(|link| link.entity != entity || link.scheme != decision.scheme.as_str());
        if !linked.contains(&(entity, decision.iri.clone())) {
            links.push(accepted(entity, shelf.get(&decision.scheme), &decision.scheme, &decision.iri));
        }
    }
    keep_apart(extraction, decisions, &mut links);
    extraction.subjects.retain(|subject| decisions.wants(&subject.scheme));
    extraction.links = links;
    extraction.candidates = candidates;
}

fn accepted(entity: EntityId, vocabulary: Option<&dyn Vocabulary>, scheme: &str, iri: &str) -> Link {
    let concept = vocabulary.and_then(|vocabulary| Some((vocabulary, vocabulary.by_iri(iri)?)));
    Link {
        entity,
        iri: iri.to_owned(),
        scheme: scheme.into(),
        is_concept: concept.as_ref().is_some_and(|(_, concept)| concept.sort == Sort::Concept),
        strength: MatchStrength::Exact,
        source: "review".to_owned(),
        method: Method::Review,
        score: 1.0,
        label: concept.map(|(vocabulary, concept)| vocabulary.name(concept.number)).unwrap_or_default(),
        evidence: "accepted by a reader".to_owned(),
    }
}

/// Two entities that are never to be merged must not have one outer thing for both: what was found for them by name goes.
fn keep_apart(extraction: &Extraction, decisions: &Decisions, links: &mut Vec<Link>) {
    let key = |id: EntityId| extraction.entity(id).key.as_str();
    let clash = |a: &Link, b: &Link| {
        a.entity != b.entity
            && a.iri == b.iri
            && decisions.are_apart((key(a.entity), key(a.entity)), (key(b.entity), key(b.entity)))
    };
    let clashing: BTreeSet<String> = links
        .iter()
        .enumerate()
        .filter(|(at, a)| links[at + 1..].iter().any(|b| clash(a, b)))
        .map(|(_, link)| link.iri.clone())
        .collect();
    links.retain(|link| !clashing.contains(&link.iri) || link.method.is_certain());
}
