//! Nodes held against shapes: what is asked and not so becomes a [`Fault`].

use std::collections::{BTreeMap, HashSet};

use oxrdf::{Literal, NamedNode, Term};

use super::facts::{Facts, FactsError};
use super::shape::{Constraint, Qualified, Shape, ShapeId, Target};
use super::values::{self, compare};

/// Something that a shape asks and that is not so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The node that was looked at.
    pub focus: Term,
    /// The property it is about, where it is another than the shape's own path.
    pub property: Option<NamedNode>,
    /// The value that is wrong, if it is one.
    pub value: Option<Term>,
    /// The shape.
    pub shape: ShapeId,
    /// What SHACL calls the constraint, without `ConstraintComponent`.
    pub component: &'static str,
    /// What a question says of it.
    pub messages: Vec<Literal>,
}

/// Shapes and the graph that is held against them.
pub struct Judge<'s> {
    shapes: &'s [Shape],
    facts: &'s Facts,
}

type Judged<T> = Result<T, FactsError>;

impl<'s> Judge<'s> {
    /// Of some shapes, over a graph.
    pub fn new(shapes: &'s [Shape], facts: &'s Facts) -> Self {
        Self { shapes, facts }
    }

    /// How many nodes were looked at, and all that is wrong.
    ///
    /// # Errors
    /// If the store fails, or the time is over.
    pub fn all(&self) -> Judged<(usize, Vec<Broken>)> {
        let (mut looked, mut found) = (HashSet::new(), Vec::new());
        for (place, shape) in self.shapes.iter().enumerate() {
            if shape.is_off || shape.targets.is_empty() {
                continue;
            }
            let mut seen = HashSet::new();
            for target in &shape.targets {
                for node in self.nodes(target)? {
                    if seen.insert(node.clone()) {
                        self.look(place, &node, &mut found)?;
                    }
                }
            }
            looked.extend(seen);
        }
        Ok((looked.len(), found))
    }

    fn nodes(&self, target: &Target) -> Judged<Vec<Term>> {
        Ok(match target {
            Target::Class(class) => self.facts.members(class)?,
            Target::Node(node) => vec![node.clone()],
            Target::SubjectsOf(property) => {
                self.facts.pairs(property)?.into_iter().map(|(subject, _)| subject).collect()
            }
            Target::ObjectsOf(property) => self.facts.pairs(property)?.into_iter().map(|(_, object)| object).collect(),
        })
    }

    fn keeps(&self, place: ShapeId, node: &Term) -> Judged<bool> {
        let mut found = Vec::new();
        self.look(place, node, &mut found)?;
        Ok(found.is_empty())
    }

    /// Holds a node against a shape.
    fn look(&self, place: ShapeId, focus: &Term, found: &mut Vec<Broken>) -> Judged<()> {
        let Some(shape) = self.shapes.get(place).filter(|shape| !shape.is_off) else { return Ok(()) };
        let values = match &shape.path {
            Some(path) => path.values(self.facts, focus)?,
            None => vec![focus.clone()],
        };
        for constraint in &shape.constraints {
            let at = At { place, focus, component: constraint.component() };
            self.ask(constraint, &at, &values, found)?;
        }
        Ok(())
    }

    fn ask(&self, constraint: &Constraint, at: &At<'_>, values: &[Term], found: &mut Vec<Broken>) -> Judged<()> {
        match constraint {
            Constraint::MinCount(least) if values.len() < *least => found.push(at.whole()),
            Constraint::MaxCount(most) if values.len() > *most => found.push(at.whole()),
            Constraint::HasValue(wanted) if !values.contains(wanted) => found.push(at.whole()),
            Constraint::MinCount(_) | Constraint::MaxCount(_) | Constraint::HasValue(_) => {}
            Constraint::UniqueLang => found.extend(twice(values).map(|_| at.whole())),
            Constraint::Equals(property) => self.equals(property, at, values, found)?,
            Constraint::LessThan(property, may_equal) => {
                let others = self.facts.objects(at.focus, property)?;
                for value in values {
                    let wrong = others.iter().filter(|other| !is_less(value, other, *may_equal));
                    found.extend(wrong.map(|_| at.value(value)));
                }
            }
            Constraint::Disjoint(property) => {
                let others = self.facts.objects(at.focus, property)?;
                found.extend(values.iter().filter(|value| others.contains(value)).map(|value| at.value(value)));
            }
            Constraint::Qualified(qualified) => self.count(qualified, at, values, found)?,
            Constraint::Property(shape) => values.iter().try_for_each(|value| self.look(*shape, value, found))?,
            Constraint::Closed(allowed) => {
                for value in values {
                    self.closed(allowed, at, value, found)?;
                }
            }
            Constraint::Sparql(select) => {
                for row in select.ask(self.facts, at.focus)? {
                    let has_path = self.shapes.get(at.place).is_some_and(|shape| shape.path.is_some());
                    let value = row.value.or_else(|| (!has_path).then(|| at.focus.clone()));
                    found.push(Broken { value, property: row.path, messages: row.messages, ..at.whole() });
                }
            }
            each => {
                for value in values {
                    if !self.holds(each, value)? {
                        found.push(at.value(value));
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether a value is as a constraint on each value asks.
    fn holds(&self, constraint: &Constraint, value: &Term) -> Judged<bool> {
        let length = |term: &Term| values::words(term).map(|words| words.chars().count());
        Ok(match constraint {
            Constraint::Class(class) => self.facts.is_a(value, class)?,
            Constraint::Datatype(datatype) => {
                matches!(value, Term::Literal(literal) if values::is_of(literal, datatype.as_ref()))
            }
            Constraint::NodeKind(kinds) => kinds.has(value),
            Constraint::Range(bound, limit) => bound.holds(value, limit),
            Constraint::MinLength(least) => length(value).is_some_and(|length| length >= *least),
            Constraint::MaxLength(most) => length(value).is_some_and(|length| length <= *most),
            Constraint::Pattern(pattern) => values::words(value).is_some_and(|words| pattern.is_match(words)),
            Constraint::LanguageIn(ranges) => ranges.iter().any(|range| values::speaks(value, range)),
            Constraint::In(members) => members.contains(value),
            Constraint::Node(shape) => self.keeps(*shape, value)?,
            Constraint::Not(shape) => !self.keeps(*shape, value)?,
            Constraint::And(shapes) => self.kept(shapes, value)? == shapes.len(),
            Constraint::Or(shapes) => self.kept(shapes, value)? > 0,
            Constraint::Xone(shapes) => self.kept(shapes, value)? == 1,
            _ => true,
        })
    }

    /// How many of some shapes a value keeps.
    fn kept(&self, shapes: &[ShapeId], value: &Term) -> Judged<usize> {
        let mut kept = 0;
        for shape in shapes {
            kept += usize::from(self.keeps(*shape, value)?);
        }
        Ok(kept)
    }

    fn equals(&self, property: &NamedNode, at: &At<'_>, values: &[Term], found: &mut Vec<Broken>) -> Judged<()> {
        let others = self.facts.objects(at.focus, property)?;
        let lone = values.iter().filter(|value| !others.contains(value));
        let missing = others.iter().filter(|other| !values.contains(other));
        found.extend(lone.chain(missing).map(|value| at.value(value)));
        Ok(())
    }

    fn count(&self, qualified: &Qualified, at: &At<'_>, values: &[Term], found: &mut Vec<Broken>) -> Judged<()> {
        let mut count = 0;
        for value in values {
            count += usize::from(self.keeps(qualified.shape, value)? && self.kept(&qualified.siblings, value)? == 0);
        }
        if qualified.least.is_some_and(|least| count < least) {
            found.push(Broken { component: "QualifiedMinCount", ..at.whole() });
        }
        if qualified.most.is_some_and(|most| count > most) {
            found.push(Broken { component: "QualifiedMaxCount", ..at.whole() });
        }
        Ok(())
    }

    fn closed(&self, allowed: &[NamedNode], at: &At<'_>, value: &Term, found: &mut Vec<Broken>) -> Judged<()> {
        for (property, object) in self.facts.of(value)? {
            let Term::NamedNode(property) = property else { continue };
            if !allowed.contains(&property) {
                found.push(Broken { property: Some(property), value: Some(object), ..at.whole() });
            }
        }
        Ok(())
    }
}

/// Where a constraint is asked.
struct At<'f> {
    place: ShapeId,
    focus: &'f Term,
    component: &'static str,
}

impl At<'_> {
    fn whole(&self) -> Broken {
        Broken {
            focus: self.focus.clone(),
            property: None,
            value: None,
            shape: self.place,
            component: self.component,
            messages: Vec::new(),
        }
    }

    fn value(&self, value: &Term) -> Broken {
        Broken { value: Some(value.clone()), ..self.whole() }
    }
}

/// Languages in which two values are.
fn twice(values: &[Term]) -> impl Iterator<Item = String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for value in values {
        if let Term::Literal(literal) = value
            && let Some(language) = literal.language()
        {
            *counts.entry(language.to_ascii_lowercase()).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, count)| *count > 1).map(|(language, _)| language)
}

fn is_less(a: &Term, b: &Term, may_equal: bool) -> bool {
    let (Term::Literal(a), Term::Literal(b)) = (a, b) else { return false };
    compare(a.as_ref(), b.as_ref()).is_some_and(|order| order.is_lt() || (may_equal && order.is_eq()))
}
