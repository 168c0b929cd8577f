//! The relations that an ontology declares: the one that ships, and those of the user's own files.
//!
//! A relation is a property below `rap:relation` or `rap:stance`, or below another relation, whose ways it then has unless
//! it says otherwise. What more there is to say of it is said with the properties of [`relation_properties`].

use std::collections::HashMap;
use std::sync::LazyLock;

use super::turtle::{self, Object, Spot};
use super::{BASE, Error, shipped};
use crate::model::{Declaration, ONTOLOGY, Place, Relation, Relations, Stance};

/// The ontology that ships, in Turtle.
pub const ONTOLOGY_TURTLE: &str = include_str!("../../ontology/rapporteur.ttl");

const SUB_PROPERTY_OF: &str = "http://www.w3.org/2000/01/rdf-schema#subPropertyOf";
const LABEL: &str = "http://www.w3.org/2000/01/rdf-schema#label";

/// What our own properties say of a relation, by local name.
const PROPERTIES: [(&str, Way); 11] = [
    ("deniedLabel", Way::Denied),
    ("attitude", Way::Attitude),
    ("family", Way::Family),
    ("group", Way::Group),
    ("weakerThan", Way::WeakerThan),
    ("describesOccasion", Way::Flag(|relation| &mut relation.describes_occasion)),
    ("describesDocument", Way::Flag(|relation| &mut relation.describes_document)),
    ("willed", Way::Flag(|relation| &mut relation.is_willed)),
    ("causal", Way::Flag(|relation| &mut relation.is_causal)),
    ("open", Way::Flag(|relation| &mut relation.is_open)),
    ("statedByCatalogue", Way::Flag(|relation| &mut relation.in_catalogue)),
];

const ATTITUDES: [(&str, Stance); 3] =
    [("favourable", Stance::For), ("unfavourable", Stance::Against), ("requesting", Stance::Asks)];

/// How a property is taken into a declaration.
#[derive(Clone, Copy)]
enum Way {
    Denied,
    Attitude,
    Family,
    Group,
    WeakerThan,
    Flag(fn(&mut Declaration) -> &mut bool),
}

/// The local names of our own properties that say what a relation is.
pub fn relation_properties() -> impl Iterator<Item = &'static str> {
    PROPERTIES.iter().map(|(name, _)| *name)
}

/// The relations of the ontology that ships, read on first use.
pub fn relations() -> &'static Relations {
    static RELATIONS: LazyLock<Relations> = LazyLock::new(|| {
        shipped("the ontology", declare(&Relations::default(), &[("rapporteur.ttl", ONTOLOGY_TURTLE)]))
    });
    &RELATIONS
}

/// Whether a Turtle file declares relations rather than names.
pub fn declares_relations(text: &str) -> bool {
    text.contains("subPropertyOf")
}

/// Adds the relations that Turtle files (name for messages, text) declare. What else they say is passed over.
///
/// # Errors
///
/// The first fault, with file, line and column. Nothing of the files is kept then.
pub fn declare(known: &Relations, files: &[(&str, &str)]) -> Result<Relations, Error> {
    let mut ontology = Ontology { files, subjects: Vec::new(), by_iri: HashMap::new() };
    for (at, &(file, text)) in files.iter().enumerate() {
        turtle::read(file, text, &mut |spot, subject, predicate, object| {
            if let Some(key) = subject.strip_prefix(BASE) {
                return Err(Error::Mixed { key: key.to_owned(), place: Box::new(spot.place_of(key)) });
            }
            ontology.take((at, spot.line), subject, predicate, object);
            Ok(())
        })?;
    }
    let mut relations = known.clone();
    for subject in ontology.subjects.iter().filter(|subject| ontology.is_relation(subject, known)) {
        let relation = Relation::from(ontology.declaration(subject, &relations, 0)?);
        if let Some(other) = relations.get(relation.name()).filter(|other| other.iri() != relation.iri()) {
            return Err(Error::Contradiction {
                key: relation.name().to_owned(),
                what: "IRI",
                other: other.iri().to_owned(),
                place: ontology.place(subject.origin, relation.name()),
            });
        }
        relations.insert(relation);
    }
    Ok(relations)
}

/// All that was read, by subject in the order of their first lines.
struct Ontology<'f> {
    files: &'f [(&'f str, &'f str)],
    subjects: Vec<Declared>,
    by_iri: HashMap<String, usize>,
}

/// Number of a file, and line.
type Origin = (usize, usize);

struct Declared {
    iri: String,
    origin: Origin,
    rows: Vec<Assertion>,
}

struct Assertion {
    property: String,
    /// An IRI, or the words of a literal.
    value: String,
    is_iri: bool,
    origin: Origin,
}

impl Ontology<'_> {
    fn place(&self, (file, line): Origin, word: &str) -> Box<Place> {
        let (file, text) = self.files.get(file).copied().unwrap_or_default();
        Box::new(Spot { file, text, line }.place_of(word))
    }

    fn take(&mut self, origin: Origin, subject: &str, predicate: &str, object: Object<'_>) {
        let (value, is_iri) = match object {
            Object::Iri(iri) => (iri, true),
            Object::Text(text) => (text, false),
            Object::Other => return,
        };
        // Nothing else is used, and the ontology that ships says much else at each start.
        let is_ours = predicate.strip_prefix(ONTOLOGY).is_some();
        if !is_ours && predicate != SUB_PROPERTY_OF && predicate != LABEL {
            return;
        }
        let at = *self.by_iri.entry(subject.to_owned()).or_insert_with(|| {
            self.subjects.push(Declared { iri: subject.to_owned(), origin, rows: Vec::new() });
            self.subjects.len() - 1
        });
        let row = Assertion { property: predicate.to_owned(), value: value.to_owned(), is_iri, origin };
        self.subjects[at].rows.push(row);
    }

    fn is_relation(&self, subject: &Declared, known: &Relations) -> bool {
        subject.iri != [ONTOLOGY, "stance"].concat() && self.parents(subject).any(|iri| self.is_parent(iri, known, 0))
    }

    fn parents<'s>(&self, subject: &'s Declared) -> impl Iterator<Item = &'s str> {
        let rows = subject.rows.iter().filter(|row| row.property == SUB_PROPERTY_OF && row.is_iri);
        rows.map(|row| row.value.as_str())
    }

    /// Whether what stands below a property is a relation. No ontology nests more than a few properties.
    fn is_parent(&self, iri: &str, known: &Relations, depth: usize) -> bool {
        let is_root = matches!(iri.strip_prefix(ONTOLOGY), Some("relation" | "stance"));
        let above = || self.by_iri.get(iri).map(|&at| &self.subjects[at]);
        let is_below =
            || above().is_some_and(|above| self.parents(above).any(|iri| self.is_parent(iri, known, depth + 1)));
        is_root || known.declares(iri) || depth < 8 && is_below()
    }

    /// What a relation is: what is said of the one above it, then what is said of itself.
    fn declaration(&self, subject: &Declared, known: &Relations, depth: usize) -> Result<Declaration, Error> {
        let mut declaration = Declaration::default();
        for iri in self.parents(subject) {
            declaration = match self.by_iri.get(iri) {
                _ if iri.strip_prefix(ONTOLOGY) == Some("relation") => declaration,
                _ if iri.strip_prefix(ONTOLOGY) == Some("stance") => Declaration { is_position: true, ..declaration },
                Some(&above) if depth < 8 => self.declaration(&self.subjects[above], known, depth + 1)?,
                _ => known.of_iri(iri).declaration().clone(),
            };
        }
        let undeclared = Relation::undeclared(local_part(&subject.iri), subject.iri.clone());
        let Declaration { name, iri, label, denied, .. } = undeclared.declaration().clone();
        declaration = Declaration { name, iri, label, denied, weaker_than: Vec::new(), ..declaration };
        let families = std::mem::take(&mut declaration.families);
        for row in &subject.rows {
            self.tell(&mut declaration, row)?;
        }
        if declaration.families.is_empty() {
            declaration.families = families;
        }
        Ok(declaration)
    }

    /// Takes one thing that is said of a relation.
    fn tell(&self, declaration: &mut Declaration, row: &Assertion) -> Result<(), Error> {
        if row.property == LABEL {
            declaration.label.clone_from(&row.value);
        }
        let Some(local) = row.property.strip_prefix(ONTOLOGY) else { return Ok(()) };
        let place = |word: &str| self.place(row.origin, word);
        let Some((_, way)) = PROPERTIES.iter().find(|(name, _)| *name == local) else {
            let likeness = |name: &&str| (strsim::jaro_winkler(name, local) * 1000.0) as u32;
            let nearest = relation_properties().max_by_key(likeness).filter(|name| likeness(name) > 800);
            return Err(Error::UnknownTerm { what: "property", name: local.to_owned(), nearest, place: place(local) });
        };
        let refuse =
            |why: &str| Err(Error::BadValue { property: local.to_owned(), why: why.to_owned(), place: place(local) });
        match way {
            Way::Denied => declaration.denied.clone_from(&row.value),
            Way::Family => declaration.families.push(row.value.as_str().into()),
            Way::Group => declaration.group = row.value.as_str().into(),
            Way::WeakerThan => declaration.weaker_than.push(local_part(&row.value).into()),
            Way::Attitude => match ATTITUDES.iter().find(|(name, _)| row.value.strip_prefix(ONTOLOGY) == Some(name)) {
                Some((_, stance)) => declaration.attitude = *stance,
                None => return refuse("it is rap:favourable, rap:unfavourable or rap:requesting"),
            },
            Way::Flag(flag) => match row.value.as_str() {
                "true" | "1" => *flag(declaration) = true,
                "false" | "0" => *flag(declaration) = false,
                _ => return refuse("it is true or false"),
            },
        }
        Ok(())
    }
}

/// What stands after the namespace.
fn local_part(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Fault;

    const OWN: &str = "@prefix rap: <https://w3id.org/rapporteur/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix my: <https://example.org/terms/> .
my:denounces rdfs:subPropertyOf rap:condemns ; rdfs:label \"denounces\"@en ; rap:deniedLabel \"does not denounce\"@en .
my:decries rdfs:subPropertyOf my:denounces .
";

    #[test]
    fn the_ontology_that_ships_is_read() {
        let read = declare(&Relations::default(), &[("rapporteur.ttl", ONTOLOGY_TURTLE)]);
        let relations = read.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(relations.iter().count(), 67);
        assert_eq!(relations.iter().filter(|relation| relation.is_open()).count(), 1);
        let words = |name: &str, denied| relations.named(name).words(denied);
        assert_eq!(words("attachesImportanceTo", true), "does not attach importance to");
        assert_eq!(
            (words("hasTask", true), words("partyTo", true)),
            ("does not have task".into(), "not party to".into())
        );
        assert!(relations.named("emphasizes").weaker_than().iter().all(|name| relations.get(name).is_some()));
        for relation in &relations {
            let stance = relation.stance(false);
            assert!(stance == Stance::None || relation.is_position(), "{}", relation.name());
            assert!(!relation.words(true).is_empty() && relation.words(true) != relation.words(false));
        }
    }

    #[test]
    fn a_relation_below_another_has_its_ways() {
        let relations = declare(relations(), &[("own.ttl", OWN)]).unwrap_or_else(|error| panic!("{error}"));
        let decries = relations.named("decries");
        assert_eq!((decries.iri(), decries.words(false).as_str()), ("https://example.org/terms/decries", "decries"));
        assert_eq!((decries.stance(false), decries.is_position()), (Stance::Against, true));
        assert!(decries.is_near(&relations.named("opposes")));
        assert_eq!(relations.named("denounces").words(true), "does not denounce");
    }

    #[test]
    fn faults_name_their_line() {
        let fault = |from: &str, to: &str| {
            let error = declare(relations(), &[("own.ttl", &OWN.replace(from, to))]).expect_err("it should be refused");
            (error.to_string(), error.place().map_or(0, |place| place.line), error.hint())
        };
        let (said, line, hint) = fault("rap:deniedLabel", "rap:deniedLable");
        assert_eq!((said.as_str(), line), ("the catalogue has no property `deniedLable`", 4));
        assert_eq!(hint.as_deref(), Some("did you mean `deniedLabel`?"));
        assert_eq!(fault("my:denounces .", "my:denounces ; rap:attitude rap:sour .").1, 5);
        assert_eq!(fault("my:denounces .", "my:denounces ; rap:open \"perhaps\" .").1, 5);
        assert_eq!(fault("my:decries", "my:supports").1, 5);
        assert_eq!(fault("my:decries", "<https://w3id.org/rapporteur/id/body/my>").1, 5);
    }
}
