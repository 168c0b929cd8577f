//! The properties that claims use, and what an ontology says of each: `ontology/rapporteur.ttl`, or a user's own.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use compact_str::CompactString;

use super::Stance;

/// The namespace of our own classes and properties.
pub const ONTOLOGY: &str = "https://w3id.org/rapporteur/ontology#";

/// A property of an ontology, with all that is declared of it: `opposes`, `cooperatesWith`. A copy is one pointer; two are
/// the same if they have the same name.
#[derive(Clone, Debug)]
pub struct Relation(Arc<Declaration>);

/// What an ontology says of a relation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declaration {
    /// Local name, which rules and JSON Lines use.
    pub name: CompactString,
    /// The property itself.
    pub iri: String,
    /// In words: `cooperates with`.
    pub label: String,
    /// In words, where the claim is denied: `does not cooperate with`. Empty for `not` and the label.
    pub denied: String,
    /// Whether it tells a holder's stance: such a claim is a position.
    pub is_position: bool,
    /// On which side a stance stands; a position that only takes note has none.
    pub attitude: Stance,
    /// Relations that share a family are near each other.
    pub families: Vec<CompactString>,
    /// The group that tables put it in; may be empty.
    pub group: CompactString,
    /// Whether it tells who spoke where and when, rather than what was said.
    pub describes_occasion: bool,
    /// Whether it tells of a document what a title page tells.
    pub describes_document: bool,
    /// Whether its object is wanted or asked for.
    pub is_willed: bool,
    /// Whether it stands between a cause and an effect.
    pub is_causal: bool,
    /// Names of the relations that alone are claimed where the same words say both.
    pub weaker_than: Vec<CompactString>,
    /// Whether it means nothing without the verb of the text.
    pub is_open: bool,
    /// Whether the catalogue states it too.
    pub in_catalogue: bool,
}

impl Relation {
    /// A relation of which nothing is declared but its name, in our own namespace.
    pub fn new(name: &str) -> Self {
        Self::undeclared(name, [ONTOLOGY, name].concat())
    }

    /// A relation of which nothing is declared: its words are those of its name.
    pub fn undeclared(name: &str, iri: String) -> Self {
        Self(Arc::new(Declaration { name: name.into(), iri, label: spaced(name), ..Declaration::default() }))
    }

    /// All that is declared of it.
    pub fn declaration(&self) -> &Declaration {
        &self.0
    }

    /// The local name.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The property itself.
    pub fn iri(&self) -> &str {
        &self.0.iri
    }

    /// The relation in words: `cooperates with`; denied, `does not cooperate with`.
    pub fn words(&self, denied: bool) -> String {
        match (denied, self.0.denied.as_str()) {
            (false, _) => self.0.label.clone(),
            (true, "") => format!("not {}", self.0.label),
            (true, words) => words.to_owned(),
        }
    }

    /// The relation in words, with the verb of the text where that is what it means: `expels`, `does not expel`.
    pub fn words_of(&self, verb: Option<&str>, denied: bool) -> String {
        match verb.filter(|_| self.is_open()) {
            Some(verb) if denied => format!("does not {verb}"),
            Some(verb) => third_person(verb),
            None => self.words(denied),
        }
    }

    /// Whether it tells a holder's stance: such a claim is a position.
    pub fn is_position(&self) -> bool {
        self.0.is_position
    }

    /// The attitude that a claim with it shows.
    pub fn stance(&self, denied: bool) -> Stance {
        if denied { self.0.attitude.denied() } else { self.0.attitude }
    }

    /// The group that tables put it in: `positions`, `law`; may be empty.
    pub fn group(&self) -> &str {
        &self.0.group
    }

    /// Whether it tells who spoke where and when, rather than what was said.
    pub fn describes_occasion(&self) -> bool {
        self.0.describes_occasion
    }

    /// Whether it tells of a document what a title page tells.
    pub fn describes_document(&self) -> bool {
        self.0.describes_document
    }

    /// Whether its object is wanted or asked for, so that it may be an act yet to be done.
    pub fn is_willed(&self) -> bool {
        self.0.is_willed
    }

    /// Whether it stands between a cause and an effect.
    pub fn is_causal(&self) -> bool {
        self.0.is_causal
    }

    /// Names of the relations that alone are claimed where the same words say both.
    pub fn weaker_than(&self) -> &[CompactString] {
        &self.0.weaker_than
    }

    /// Whether it means nothing without the verb of the text.
    pub fn is_open(&self) -> bool {
        self.0.is_open
    }

    /// Whether the catalogue states it too.
    pub fn is_in_catalogue(&self) -> bool {
        self.0.in_catalogue
    }

    /// Whether readers may well differ between the two: they are the same or of one family.
    pub fn is_near(&self, other: &Self) -> bool {
        self == other || self.0.families.iter().any(|family| other.0.families.contains(family))
    }
}

impl From<Declaration> for Relation {
    fn from(declaration: Declaration) -> Self {
        Self(Arc::new(declaration))
    }
}

impl PartialEq for Relation {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.name() == other.name()
    }
}

impl Eq for Relation {}

impl PartialOrd for Relation {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Relation {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name().cmp(other.name())
    }
}

impl Hash for Relation {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

/// All relations that are declared, in the order of their ontologies.
#[derive(Clone, Debug, Default)]
pub struct Relations {
    list: Vec<Relation>,
    by_name: HashMap<CompactString, usize>,
}

impl Relations {
    /// All relations, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Relation> {
        self.list.iter()
    }

    /// The relation of that local name.
    pub fn get(&self, name: &str) -> Option<&Relation> {
        self.by_name.get(name).map(|&at| &self.list[at])
    }

    /// The relation of that local name; if none is declared, one of which nothing is known but the name.
    pub fn named(&self, name: &str) -> Relation {
        self.get(name).cloned().unwrap_or_else(|| Relation::new(name))
    }

    /// The relation that a property is; if none is declared, one of which nothing is known but the end of the IRI.
    pub fn of_iri(&self, iri: &str) -> Relation {
        let local = iri.rsplit(['#', '/']).next().unwrap_or(iri);
        let known = self.get(local).filter(|known| known.iri() == iri);
        known.cloned().unwrap_or_else(|| Relation::undeclared(local, iri.to_owned()))
    }

    /// Whether a property is one of them.
    pub fn declares(&self, iri: &str) -> bool {
        iri.rsplit(['#', '/']).next().and_then(|local| self.get(local)).is_some_and(|known| known.iri() == iri)
    }

    /// Those whose claims are positions.
    pub fn positions(&self) -> impl Iterator<Item = &Relation> {
        self.list.iter().filter(|relation| relation.is_position())
    }

    /// Adds a relation; one of the same name takes the other's place.
    pub fn insert(&mut self, relation: Relation) {
        match self.by_name.get(relation.name()) {
            Some(&at) => self.list[at] = relation,
            None => {
                self.by_name.insert(relation.0.name.clone(), self.list.len());
                self.list.push(relation);
            }
        }
    }
}

impl<'a> IntoIterator for &'a Relations {
    type Item = &'a Relation;
    type IntoIter = std::slice::Iter<'a, Relation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// `cooperatesWith` as `cooperates with`.
pub fn spaced(name: &str) -> String {
    name.chars().fold(String::new(), |mut words, c| {
        if c.is_uppercase() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
        words
    })
}

/// `accuse of` as `accuses of`.
fn third_person(verb: &str) -> String {
    let (first, rest) = verb.split_at(verb.find(' ').unwrap_or(verb.len()));
    let before_y = first.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    let hisses = |ending: &&str| first.ends_with(*ending);
    match (first, before_y) {
        ("be", _) => ["is", rest].concat(),
        ("have", _) => ["has", rest].concat(),
        (_, Some(stem)) => [stem, "ies", rest].concat(),
        _ if ["s", "x", "z", "ch", "sh", "o"].iter().any(hisses) => [first, "es", rest].concat(),
        _ => [first, "s", rest].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_relation_reads_as_its_verb() {
        let open = Relation::from(Declaration { name: "other".into(), is_open: true, ..Declaration::default() });
        let read = |verb| (open.words_of(Some(verb), false), open.words_of(Some(verb), true));
        assert_eq!(read("accuse of"), ("accuses of".into(), "does not accuse of".into()));
        assert_eq!(read("deny"), ("denies".into(), "does not deny".into()));
        assert_eq!(read("pay for").0 + &read("reach").0, "pays forreaches");
        assert_eq!(Relation::new("cites").words_of(Some("quote"), false), "cites");
    }

    #[test]
    fn what_is_not_declared_reads_as_its_name() {
        let relation = Relation::new("cooperatesWith");
        assert_eq!(relation.words(false), "cooperates with");
        assert_eq!(relation.words(true), "not cooperates with");
        assert_eq!(relation.stance(true), Stance::None);
        assert!(!relation.is_position() && relation.is_near(&relation.clone()));
    }

    #[test]
    fn a_relation_of_the_same_name_takes_the_others_place() {
        let mut relations = Relations::default();
        relations.insert(Relation::new("a"));
        relations.insert(Relation::new("b"));
        relations.insert(Relation::undeclared("a", "https://example.org/a".into()));
        let names: Vec<_> = relations.iter().map(Relation::name).collect();
        assert_eq!(names, ["a", "b"]);
        assert!(relations.declares("https://example.org/a") && !relations.declares(&[ONTOLOGY, "a"].concat()));
        assert_eq!(relations.of_iri("https://example.org/ns#c").name(), "c");
    }
}
