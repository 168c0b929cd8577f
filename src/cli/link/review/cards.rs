//! What waits for a decision: the possible links that the store keeps.

use std::collections::BTreeMap;

use rapporteur::lift::vocabulary::{local_name, oa, rap, rdf, skos, void};
use rapporteur::lift::{Base, Layer};
use rapporteur::model::{Class, Decisions, Fault, Passage};
use rapporteur::query::Surroundings;
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
    /// Words around its name in one of them, the name between `▌` and `▐`; empty if the text is not stored.
    pub context: String,
    /// File and line of these words.
    pub place: String,
}

/// What the store keeps for readers.
#[derive(Debug, Default)]
pub struct Waiting {
    /// All possible links that are not decided, by thing and vocabulary, the likeliest first.
    pub cards: Vec<Card>,
    /// Whether decisions stand that the documents do not show yet: a review was broken off.
    pub is_behind: bool,
}

/// The possible links of a store.
pub fn waiting(mut directory: Directory, decisions: &Decisions) -> Result<Waiting, Box<dyn Fault>> {
    let base = directory.base().clone();
    let (segments, damages) = directory.quads(&[Layer::Claims, Layer::Mentions, Layer::Links, Layer::LinkEvidence])?;
    if let Some(damage) = damages.into_iter().next() {
        return Err(Error::from(damage).into());
    }
    let mut seen = Seen::default();
    for quad in segments.iter().flatten() {
        seen.take(quad);
    }
    let mut cards: BTreeMap<(String, String), Card> = BTreeMap::new();
    let mut is_behind = false;
    for note in seen.notes.values().filter(|note| note.is_candidate) {
        let Some(card) = seen.card(note, &base) else { continue };
        if decisions.ruling(&card.key, &card.iri).is_some() {
            is_behind = true;
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
    let mut texts = Texts { directory: &directory, read: BTreeMap::new() };
    for card in &mut cards {
        let mentions = seen.mentions.get(base.iri(&card.key).as_str());
        (card.context, card.place) = mentions.and_then(|places| texts.around(&card.name, places)).unwrap_or_default();
    }
    Ok(Waiting { cards, is_behind })
}

/// Stored texts, each read once.
struct Texts<'d> {
    directory: &'d Directory,
    read: BTreeMap<&'d str, Option<String>>,
}

impl<'d> Texts<'d> {
    /// The words around the first place that says the name as it is, else around the first place; and where that is.
    fn around(&mut self, name: &str, places: &[String]) -> Option<(String, String)> {
        let mut first = None;
        for place in places {
            let Some((words, document, line)) = self.words(place) else { continue };
            let is_named = words.quote == name;
            let found =
                (format!("{}▌{}▐{}", words.before, words.quote, words.after), format!("{document}, line {line}"));
            if is_named {
                return Some(found);
            }
            first = first.or(Some(found));
        }
        first
    }

    fn words(&mut self, place: &str) -> Option<(Surroundings, &'d str, usize)> {
        let place = Passage::parse(place)?;
        let directory = self.directory;
        let (sha256, entry) = directory.documents().iter().find(|(sha256, _)| place.is_of(sha256))?;
        let text = self.read.entry(sha256).or_insert_with(|| directory.text(sha256).ok()).as_deref()?;
        let words = Surroundings::of(text, place.start, place.end)?;
        let line = words.line;
        Some((words, &entry.name, line))
    }
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
    /// Passages that name a thing, in the order of the store.
    mentions: BTreeMap<String, Vec<String>>,
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
        } else if predicate == rap::MENTIONED_IN {
            self.mentions.entry(subject.to_owned()).or_default().push(text.to_owned());
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
            ..Card::default()
        })
    }
}
