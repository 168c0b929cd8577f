//! Claims and the passages that prove them.

use crate::lift::relation_of;
use crate::lift::vocabulary::{local_name, oa, rap, rdf};
use crate::model::{Modality, Passage, Polarity, Qualifier, Relation};

use super::terms::Field;
use super::{Record, TermId};

/// A claim as the store holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim<'r> {
    /// The claim itself.
    pub id: TermId,
    /// Of whom or what it is claimed.
    pub subject: TermId,
    /// The property.
    pub predicate: TermId,
    /// What is claimed: a thing or a literal.
    pub object: TermId,
    /// What the property is: as the ontology declares it, else as the store says.
    pub relation: Relation,
    /// The verb of the text, where the relation alone does not say it.
    pub verb: Option<&'r str>,
    /// Affirmed unless the store says otherwise.
    pub polarity: Polarity,
    /// How it is put.
    pub modality: Option<Modality>,
    /// On the ladder of diplomatic language, for positions.
    pub strength: Option<&'r str>,
    /// Whom it names as the one whose claim it is.
    pub holder: Option<TermId>,
    /// What narrows it, by qualifier.
    pub qualifiers: Vec<(Qualifier, TermId)>,
    /// The rule's code.
    pub rule: Option<&'r str>,
    /// As written, 0 to 1.
    pub confidence: Option<&'r str>,
    /// The passages that prove it.
    pub passages: Vec<TermId>,
    /// The text whose passage proves it.
    pub text: Option<TermId>,
}

impl Claim<'_> {
    /// Whether it is denied.
    pub fn is_negated(&self) -> bool {
        self.polarity == Polarity::Negated
    }

    /// Whether it need not be so: proposed, intended, possible.
    pub fn is_hypothetical(&self) -> bool {
        self.modality.is_some_and(Modality::is_hypothetical)
    }

    /// How sure it is, 0 to 1; sure if the store does not say.
    pub fn sureness(&self) -> f64 {
        self.confidence.and_then(|text| text.parse().ok()).unwrap_or(1.0)
    }

    /// Whether it speaks of a thing in any part but as its holder.
    pub fn names(&self, id: TermId) -> bool {
        self.subject == id || self.object == id || self.qualifiers.iter().any(|(_, value)| *value == id)
    }

    /// The values of a qualifier.
    pub fn qualified(&self, wanted: Qualifier) -> impl Iterator<Item = TermId> + '_ {
        self.qualifiers.iter().filter(move |(qualifier, _)| *qualifier == wanted).map(|(_, value)| *value)
    }
}

/// The words of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote<'r> {
    /// Where it stands; `None` if its IRI does not say.
    pub place: Option<Passage<'r>>,
    /// The words as stored with it; `None` if they were left out.
    pub words: Option<&'r str>,
    /// Their language.
    pub language: Option<&'r str>,
    /// Where they stand in the file that the text was taken out of: `p. 3`.
    pub locator: Option<&'r str>,
    /// The text that it is of.
    pub text: Option<TermId>,
}

impl Record<'_> {
    /// The claims that documents make.
    pub fn claims(&self) -> impl Iterator<Item = Claim<'_>> {
        self.stated_with(rdf::PREDICATE).filter_map(|row| self.claim(row.subject))
    }

    /// A claim; `None` if it has not all three parts.
    pub fn claim(&self, id: TermId) -> Option<Claim<'_>> {
        let (mut subject, mut predicate, mut object, mut holder) = (None, None, None, None);
        let (mut polarity, mut modality, mut strength, mut rule, mut confidence) = (None, None, None, None, None);
        let (mut qualifiers, mut passages) = (Vec::new(), Vec::new());
        for row in self.of(id) {
            let Some(field) = self.terms.field(row.predicate) else { continue };
            let first = match field {
                Field::Subject => &mut subject,
                Field::Predicate => &mut predicate,
                Field::Object => &mut object,
                Field::Holder => &mut holder,
                Field::Polarity => &mut polarity,
                Field::Modality => &mut modality,
                Field::Strength => &mut strength,
                Field::Rule => &mut rule,
                Field::Confidence => &mut confidence,
                Field::Evidence => {
                    passages.push(row.object);
                    continue;
                }
                Field::Qualifier(qualifier) => {
                    qualifiers.push((qualifier, row.object));
                    continue;
                }
            };
            first.get_or_insert(row.object);
        }
        qualifiers.sort_unstable();
        let text = |id: TermId| self.quads().text(id);
        let is = |id: Option<TermId>, name: &str| id.and_then(|id| local_name(text(id))) == Some(name);
        let predicate = predicate?;
        Some(Claim {
            id,
            subject: subject?,
            predicate,
            object: object?,
            relation: self.relation(predicate),
            verb: qualifiers.iter().find(|(qualifier, _)| *qualifier == Qualifier::Verb).map(|(_, verb)| text(*verb)),
            polarity: if is(polarity, Polarity::Negated.name()) { Polarity::Negated } else { Polarity::Affirmed },
            modality: Modality::ALL.into_iter().find(|one| is(modality, one.name())),
            strength: strength.map(text),
            holder,
            qualifiers,
            rule: rule.map(text),
            confidence: confidence.map(text),
            text: passages.first().and_then(|passage| self.text_of(*passage)),
            passages,
        })
    }

    /// The relation that a property is.
    pub fn relation(&self, property: TermId) -> Relation {
        relation_of(self.quads().text(property), |said| self.text(property, said))
    }

    /// A passage with its words.
    pub fn quote(&self, passage: TermId) -> Quote<'_> {
        let words = self.value(passage, rap::QUOTE);
        Quote {
            place: Passage::parse(self.quads().text(passage)),
            words: words.map(|words| self.quads().text(words)),
            language: words.and_then(|words| self.quads().language(words)),
            locator: self.text(passage, rap::LOCATOR),
            text: self.text_of(passage),
        }
    }

    /// The text of a passage: what it says itself, else by its IRI.
    fn text_of(&self, passage: TermId) -> Option<TermId> {
        let by_iri = || self.quads().find_iri(Passage::parse(self.quads().text(passage))?.text);
        self.value(passage, oa::HAS_SOURCE).or_else(by_iri)
    }
}
