//! The part of a record that tells all about one thing, gathered from the index: so that a portrait takes the time of its
//! claims and not that of the store.
//!
//! What is asked of a thing of the part is all there; what is asked of the whole, such as which things begin with some letters,
//! is not. So a name that is not one thing's name in full is looked for in the whole record.

use std::collections::HashSet;

use oxrdf::{Literal, NamedNodeRef};
use rustc_hash::FxBuildHasher;

use crate::lift::Layer;
use crate::lift::vocabulary::{foaf, oa, own, rap, rdf, schema, skos};
use crate::model::{Passage, Qualifier};
use crate::store::{Damage, Directory, Error, Indexed};

use super::names::NAMING;
use super::terms::{VOICES, naming};
use super::{Quads, Record};

type Numbers = HashSet<u32, FxBuildHasher>;

/// Rows on their way into a part.
struct Part<'i> {
    index: &'i Indexed,
    base: &'i str,
    rows: HashSet<[u32; 4], FxBuildHasher>,
    /// Subjects of which all is there.
    whole: Numbers,
    /// Subjects whose names are there.
    named: Numbers,
    naming: Vec<u32>,
    voices: Vec<u32>,
    labels: Vec<u32>,
    evidence: Option<u32>,
    predicate: Option<u32>,
    text_of: Option<u32>,
    adopted: Option<u32>,
    hash: Option<u32>,
    kind: Option<u32>,
}

impl Record<'static> {
    /// The record of all that is said about the one thing that has exactly that name, key or IRI; `None` if the store has no
    /// index, or no one thing has it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn about(
        directory: &mut Directory,
        layers: &[Layer],
        name: &str,
    ) -> Result<Option<(Self, Vec<Damage>)>, Error> {
        let Some((index, damages)) = Indexed::open(directory, layers)? else { return Ok(None) };
        let mut part = Part::new(&index, directory.base().as_str());
        let Some(thing) = part.thing(name) else { return Ok(None) };
        part.portray(thing);
        let quads = Quads::of_index(&index, part.rows.into_iter());
        Ok(Some((Self::of_quads(quads, directory.base()), damages)))
    }

    /// A record that leads from each of these names to its thing; `None` if one of them is not exactly one thing's name.
    pub fn of_names(index: &Indexed, base: &crate::lift::Base, names: &[&str]) -> Option<Self> {
        let mut part = Part::new(index, base.as_str());
        for name in names {
            let thing = part.thing(name)?;
            part.name(thing);
        }
        Some(Self::of_quads(Quads::of_index(index, part.rows.into_iter()), base))
    }
}

impl<'i> Part<'i> {
    fn new(index: &'i Indexed, base: &'i str) -> Self {
        let number = |iri: &str| index.find(&format!("<{iri}>"));
        let known = |iri: NamedNodeRef<'_>| number(iri.as_str());
        Self {
            index,
            base,
            rows: HashSet::default(),
            whole: Numbers::default(),
            named: Numbers::default(),
            naming: naming().filter_map(|iri| number(&iri)).collect(),
            voices: VOICES.iter().filter_map(|name| number(own(name).as_str())).collect(),
            labels: [skos::PREF_LABEL, skos::ALT_LABEL].into_iter().filter_map(known).collect(),
            evidence: known(rap::EVIDENCE),
            predicate: known(rdf::PREDICATE),
            text_of: known(rap::TEXT_OF),
            adopted: known(own("adopted").as_ref()),
            hash: known(schema::SHA256),
            kind: known(rdf::TYPE),
        }
    }

    fn iri(&self, iri: NamedNodeRef<'_>) -> Option<u32> {
        self.index.find(&iri.to_string())
    }

    /// Takes the rows of a pattern, and gives them.
    fn take(&mut self, pattern: [Option<u32>; 3]) -> Vec<[u32; 4]> {
        let found: Vec<[u32; 4]> = self.index.those(pattern).collect();
        self.rows.extend(&found);
        found
    }

    /// The one thing that is meant, as [`Names::find`](super::Names::find) finds it first.
    fn thing(&mut self, name: &str) -> Option<u32> {
        let inner = name.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(name);
        let is_said = |number: &u32| self.index.those([Some(*number), None, None]).next().is_some();
        if inner.contains("://") {
            return self.index.find(&format!("<{inner}>")).filter(is_said);
        }
        let key = inner.strip_prefix("id:").unwrap_or(inner);
        if let Some(known) = self.index.find(&format!("<{}{key}>", self.base)).filter(is_said) {
            return Some(known);
        }
        // A key in another case is looked for among all.
        if key.contains('/') { None } else { self.named_exactly(name) }
    }

    fn named_exactly(&mut self, name: &str) -> Option<u32> {
        let literals = [Literal::new_simple_literal(name), Literal::new_language_tagged_literal_unchecked(name, "en")];
        let literals: Vec<u32> = literals.iter().filter_map(|literal| self.index.find(&literal.to_string())).collect();
        let mut things: Vec<u32> = Vec::new();
        for property in NAMING.into_iter().filter_map(|iri| self.iri(iri)).collect::<Vec<_>>() {
            for &literal in &literals {
                things.extend(self.take([None, Some(property), Some(literal)]).iter().map(|row| row[0]));
            }
        }
        let first = *things.first()?;
        things.iter().all(|thing| *thing == first).then_some(first)
    }

    /// All about a thing: what is said of it, its ties with what speaks for them, its claims with their sentences.
    fn portray(&mut self, thing: u32) {
        self.see(thing);
        self.name(thing);
        for [_, property, object, _] in self.take([Some(thing), None, None]) {
            self.name(property);
            self.name(object);
        }
        for end in [oa::HAS_TARGET].into_iter().filter_map(|iri| self.iri(iri)).collect::<Vec<_>>() {
            for [note, ..] in self.take([None, Some(end), Some(thing)]) {
                self.see(note);
            }
        }
        if let Some(focus) = self.iri(foaf::FOCUS) {
            for [theirs, ..] in self.take([None, Some(focus), Some(thing)]) {
                self.name(theirs);
            }
        }
        let qualifiers = Qualifier::ALL.into_iter().map(|qualifier| own(qualifier.name()));
        let parts = [rdf::SUBJECT, rdf::OBJECT, rap::SAID_BY].into_iter().map(NamedNodeRef::into_owned);
        for part in parts.chain(qualifiers).filter_map(|iri| self.iri(iri.as_ref())).collect::<Vec<_>>() {
            let claims: Vec<u32> = self.index.those([None, Some(part), Some(thing)]).map(|row| row[0]).collect();
            claims.into_iter().for_each(|claim| self.claim(claim));
        }
    }

    /// A claim, its passages and their texts.
    fn claim(&mut self, claim: u32) {
        if !self.whole.insert(claim) {
            return;
        }
        for [_, property, object, _] in self.take([Some(claim), None, None]) {
            match Some(property) {
                is if is == self.evidence => self.passage(object),
                is if is == self.predicate => {
                    self.see(object);
                    self.name(object);
                }
                _ => self.name(object),
            }
        }
    }

    fn passage(&mut self, passage: u32) {
        self.see(passage);
        self.text_around(passage).into_iter().for_each(|text| self.text(text));
    }

    /// The text of a passage, by its IRI.
    fn text_around(&self, passage: u32) -> Option<u32> {
        let iri = self.index.text(passage)?;
        let place = Passage::parse(iri.strip_prefix('<')?.strip_suffix('>')?)?;
        self.index.find(&format!("<{}>", place.text))
    }

    /// A text with those in whose name it stands.
    fn text(&mut self, text: u32) {
        if self.whole.contains(&text) {
            return;
        }
        self.see(text);
        self.name(text);
        let mut works = vec![text];
        if let Some(property) = self.text_of {
            works.extend(self.index.those([Some(text), Some(property), None]).map(|row| row[2]));
        }
        if let Some(adopted) = self.adopted {
            for work in works {
                for [adopter, ..] in self.take([None, Some(adopted), Some(work)]) {
                    self.name(adopter);
                }
            }
        }
    }

    /// All that is said of a subject.
    fn see(&mut self, subject: u32) {
        if self.whole.insert(subject) {
            self.take([Some(subject), None, None]);
        }
    }

    /// What a thing is called; of a text, those in whose name it stands too.
    fn name(&mut self, thing: u32) {
        let is_resource = |text: String| !text.starts_with('"');
        if !self.named.insert(thing) || !self.index.text(thing).is_some_and(is_resource) {
            return;
        }
        let mut others: Vec<u32> = self.text_around(thing).into_iter().collect();
        for property in self.naming.clone() {
            for [_, _, object, _] in self.take([Some(thing), Some(property), None]) {
                if self.labels.contains(&property) {
                    self.namesakes(object);
                }
                // Classes have names too.
                if self.voices.contains(&property) || Some(property) == self.kind {
                    others.push(object);
                }
            }
        }
        let is_text = |hash: u32| self.index.those([Some(thing), Some(hash), None]).next().is_some();
        if self.hash.is_some_and(is_text) {
            self.text(thing);
        }
        others.into_iter().for_each(|other| self.name(other));
    }

    /// Who else is called so: a short name is one that nothing else has.
    fn namesakes(&mut self, label: u32) {
        for property in self.labels.clone() {
            self.take([None, Some(property), Some(label)]);
        }
    }
}
