//! Ways through the graph: one property, or several put together.

use std::collections::HashSet;
use std::fmt;

use oxrdf::{NamedNode, Term};

use oxrdf::vocab::rdf;

use super::facts::{Facts, FactsError};
use super::source::{Source, named};
use super::{BRACKETS, ShapesError};

/// A way from a node to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Path {
    /// Along a property.
    Property(NamedNode),
    /// Backwards.
    Inverse(Box<Path>),
    /// One after the other.
    Sequence(Vec<Path>),
    /// Any of them.
    Alternative(Vec<Path>),
    /// Any number of times.
    ZeroOrMore(Box<Path>),
    /// Once and more often.
    OneOrMore(Box<Path>),
    /// Once or not at all.
    ZeroOrOne(Box<Path>),
}

/// A path out of the one that it repeats or turns.
type Maker = fn(Box<Path>) -> Path;

/// How deep a path may be put together.
const DEEPEST: usize = 50;

impl Path {
    /// Reads a path.
    ///
    /// # Errors
    /// If it is not well made.
    pub fn read(source: &Source, owner: &NamedNode, value: &Term) -> Result<Self, ShapesError> {
        Self::read_at(source, owner, value, 0)
    }

    fn read_at(source: &Source, owner: &NamedNode, value: &Term, depth: usize) -> Result<Self, ShapesError> {
        let node = named(owner, "path", value)?;
        let broken = |why: &str| ShapesError::of(owner, format!("has a path at {node} that {why}"));
        if depth > DEEPEST {
            return Err(broken("has no end"));
        }
        if !source.is_composed(&node) {
            // What had no name of its own and says nothing is no property.
            return match node.as_str().contains(BRACKETS) {
                true => Err(broken("is of a sort that is not known")),
                false => Ok(Self::Property(node)),
            };
        }
        let inner = |value: &Term| Self::read_at(source, owner, value, depth + 1);
        if source.objects(&node, rdf::FIRST).next().is_some() {
            let steps = source.list(owner, value)?.iter().map(inner).collect::<Result<Vec<_>, _>>()?;
            return if steps.len() < 2 { Err(broken("has fewer than two steps")) } else { Ok(Self::Sequence(steps)) };
        }
        let one = |name: &str| source.value(&node, name);
        if let Some(list) = one("alternativePath")? {
            let ways = source.list(owner, &list)?.iter().map(inner).collect::<Result<Vec<_>, _>>()?;
            return if ways.len() < 2 { Err(broken("has fewer than two ways")) } else { Ok(Self::Alternative(ways)) };
        }
        let makers: [(&str, Maker); 4] = [
            ("inversePath", Self::Inverse),
            ("zeroOrMorePath", Self::ZeroOrMore),
            ("oneOrMorePath", Self::OneOrMore),
            ("zeroOrOnePath", Self::ZeroOrOne),
        ];
        for (name, make) in makers {
            if let Some(value) = one(name)? {
                return Ok(make(Box::new(inner(&value)?)));
            }
        }
        Err(broken("is of a sort that is not known"))
    }

    /// The nodes at its end, each once, in the order in which they are met.
    ///
    /// # Errors
    /// If the store fails.
    pub fn values(&self, facts: &Facts, from: &Term) -> Result<Vec<Term>, FactsError> {
        match self {
            Self::Property(property) => facts.objects(from, property),
            Self::Inverse(path) => match &**path {
                Self::Property(property) => facts.subjects(property, from),
                other => other.turned().values(facts, from),
            },
            Self::Sequence(steps) => {
                let mut at = vec![from.clone()];
                for step in steps {
                    at = each_once(at.iter().map(|node| step.values(facts, node)))?;
                }
                Ok(at)
            }
            Self::Alternative(ways) => each_once(ways.iter().map(|way| way.values(facts, from))),
            Self::ZeroOrOne(path) => each_once([Ok(vec![from.clone()]), path.values(facts, from)].into_iter()),
            Self::ZeroOrMore(path) => path.reached(facts, vec![from.clone()]),
            Self::OneOrMore(path) => path.reached(facts, path.values(facts, from)?),
        }
    }

    /// All that is reached from some nodes, themselves included.
    fn reached(&self, facts: &Facts, start: Vec<Term>) -> Result<Vec<Term>, FactsError> {
        let mut seen: HashSet<Term> = start.iter().cloned().collect();
        let (mut found, mut at) = (start, 0);
        while let Some(node) = found.get(at).cloned() {
            at += 1;
            found.extend(self.values(facts, &node)?.into_iter().filter(|next| seen.insert(next.clone())));
        }
        Ok(found)
    }

    /// The same way walked backwards.
    fn turned(&self) -> Self {
        let all = |paths: &[Self]| paths.iter().map(Self::turned).collect::<Vec<_>>();
        match self {
            Self::Property(_) => Self::Inverse(Box::new(self.clone())),
            Self::Inverse(path) => (**path).clone(),
            Self::Sequence(steps) => Self::Sequence(all(steps).into_iter().rev().collect()),
            Self::Alternative(ways) => Self::Alternative(all(ways)),
            Self::ZeroOrMore(path) => Self::ZeroOrMore(Box::new(path.turned())),
            Self::OneOrMore(path) => Self::OneOrMore(Box::new(path.turned())),
            Self::ZeroOrOne(path) => Self::ZeroOrOne(Box::new(path.turned())),
        }
    }
}

fn each_once(parts: impl Iterator<Item = Result<Vec<Term>, FactsError>>) -> Result<Vec<Term>, FactsError> {
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    for part in parts {
        found.extend(part?.into_iter().filter(|node| seen.insert(node.clone())));
    }
    Ok(found)
}

/// As SPARQL writes it.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined =
            |paths: &[Self], by: &str| paths.iter().map(|path| format!("({path})")).collect::<Vec<_>>().join(by);
        match self {
            Self::Property(property) => write!(f, "{property}"),
            Self::Inverse(path) => write!(f, "^({path})"),
            Self::Sequence(steps) => f.write_str(&joined(steps, "/")),
            Self::Alternative(ways) => f.write_str(&joined(ways, "|")),
            Self::ZeroOrMore(path) => write!(f, "({path})*"),
            Self::OneOrMore(path) => write!(f, "({path})+"),
            Self::ZeroOrOne(path) => write!(f, "({path})?"),
        }
    }
}
