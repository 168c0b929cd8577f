//! What waits for a decision: the possible links that the store keeps.

use std::collections::BTreeMap;

use rapporteur::lift::vocabulary::{local_name, oa, rap, rdf, skos, void};
use rapporteur::lift::{Base, Layer};
use rapporteur::model::{Class, Decisions, Fault};
use rapporteur::store::{Directory, Error};

/// A possible link.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// Key of our thing.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// The vocabulary.
    pub scheme: String,
    /// The outer IRI.
    pub iri: String,
    /// What the vocabulary calls it.
    pub label: String,
    /// How likely it is.
    pub score: f64,
    /// What speaks for it.
    pub why: String,
    /// In how many documents it is possible.
    pub documents: usize,
}

/// All possible links that are not decided, by thing and vocabulary, the likeliest first.
pub fn cards(mut directory: Directory, decisions: &Decisions) -> Result<Vec<Card>, Box<dyn Fault>> {
    let base = directory.base().clone();
    let (segments, damages) = directory.quads(&[Layer::Claims, Layer::Links])?;
    if let Some(damage) = damages.into_iter().next() {
        return Err(Error::from(damage).into());
    }
    let mut seen = Seen::default();
    for quad in segments.iter().flatten() {
        seen.take(quad);
    }
    let mut cards: BTreeMap<(String, String), Card> = BTreeMap::new();
    for note in seen.notes.values().filter(|note| note.is_candidate) {
        let Some(card) = seen.card(note, &base) else { continue };
        if decisions.ruling(&card.key, &card.iri).is_some() {
            continue;
        }
        let place = cards.entry((card.key.clone(), card.iri.clone())).or_default();
        let documents = place.documents + 1;
        if card.score >= place.score {
            *place = card;
        }
        place.documents = documents;
    }
    let mut cards: Vec<Card> = cards.into_values().collect();
    cards.sort_by(|a, b| {
        let order = (&a.key, &a.scheme).cmp(&(&b.key, &b.scheme));
        order.then(b.score.total_cmp(&a.score)).then_with(|| a.iri.cmp(&b.iri))
    });
    Ok(cards)
}

/// One annotation of a tie.
#[derive(Default)]
struct Note {
    is_candidate: bool,
    ours: String,
    theirs: String,
    set: String,
    score: f64,
    why: String,
}

/// What an annotation of a tie says.
const ABOUT_TIES: [oxrdf::NamedNodeRef<'static>; 5] =
    [oa::HAS_TARGET, oa::HAS_BODY, void::IN_DATASET, rap::LINK_SCORE, rap::LINK_EVIDENCE];

impl Note {
    fn take(&mut self, predicate: oxrdf::NamedNodeRef<'_>, text: &str) {
        if predicate == oa::HAS_TARGET {
            self.ours = text.to_owned();
        } else if predicate == oa::HAS_BODY {
            self.theirs = text.to_owned();
        } else if predicate == void::IN_DATASET {
            self.set = text.to_owned();
        } else if predicate == rap::LINK_SCORE {
            self.score = text.parse().unwrap_or_default();
        } else if predicate == rap::LINK_EVIDENCE {
            self.why = text.to_owned();
        } else {
            self.is_candidate = true;
        }
    }
}

#[derive(Default)]
struct Seen {
    notes: BTreeMap<String, Note>,
    labels: BTreeMap<String, String>,
    kinds: BTreeMap<String, String>,
}

impl Seen {
    fn take(&mut self, quad: &oxrdf::Quad) {
        let oxrdf::NamedOrBlankNode::NamedNode(subject) = &quad.subject else { return };
        let subject = subject.as_str();
        let predicate = quad.predicate.as_ref();
        let text = match &quad.object {
            oxrdf::Term::NamedNode(node) => node.as_str(),
            oxrdf::Term::Literal(literal) => literal.value(),
            oxrdf::Term::BlankNode(_) => return,
        };
        if predicate == skos::PREF_LABEL {
            self.labels.insert(subject.to_owned(), text.to_owned());
        } else if predicate == rdf::TYPE
            && let Some(class) = local_name(text).and_then(Class::from_name)
        {
            self.kinds.insert(subject.to_owned(), class.name().to_owned());
        } else if ABOUT_TIES.contains(&predicate) || text == rap::LINK_CANDIDATE.as_str() {
            self.notes.entry(subject.to_owned()).or_default().take(predicate, text);
        }
    }

    fn card(&self, note: &Note, base: &Base) -> Option<Card> {
        let name = |iri: &str| self.labels.get(iri).cloned().unwrap_or_default();
        Some(Card {
            key: base.key(&note.ours)?.to_owned(),
            name: name(&note.ours),
            kind: self.kinds.get(&note.ours).cloned().unwrap_or_default(),
            scheme: base.key(&note.set)?.strip_prefix("graph/links/")?.to_owned(),
            iri: note.theirs.clone(),
            label: name(&note.theirs),
            score: note.score,
            why: note.why.clone(),
            documents: 0,
        })
    }
}
