//! Shapes as they were written: small graphs of RDF, asked by node and property.

use std::collections::BTreeMap;

use oxrdf::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use oxrdf::vocab::rdf;

use super::ShapesError;
use super::terms::{PATHS, SH, sh};

/// The triples of one or more files of shapes.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// By subject: property and object, sorted.
    rows: BTreeMap<String, Vec<(NamedNode, Term)>>,
}

impl Source {
    /// Takes triples in, whatever graph they stand in. Nodes without a name have got one before.
    pub fn push(&mut self, quad: Quad) {
        let NamedOrBlankNode::NamedNode(subject) = quad.subject else { return };
        let row = (quad.predicate, quad.object);
        let rows = self.rows.entry(subject.into_string()).or_default();
        if !rows.contains(&row) {
            rows.push(row);
        }
    }

    /// All that is said, subject by subject.
    pub fn all(&self) -> impl Iterator<Item = (&str, &NamedNode, &Term)> {
        self.rows
            .iter()
            .flat_map(|(subject, rows)| rows.iter().map(|(property, object)| (&**subject, property, object)))
    }

    /// What is said of a node.
    pub fn of(&self, node: &NamedNode) -> &[(NamedNode, Term)] {
        self.rows.get(node.as_str()).map_or(&[], Vec::as_slice)
    }

    /// The values of a property.
    pub fn objects<'s>(&'s self, node: &NamedNode, property: NamedNodeRef<'s>) -> impl Iterator<Item = &'s Term> {
        self.of(node).iter().filter(move |(known, _)| *known == property).map(|(_, object)| object)
    }

    /// The values of a property of SHACL.
    pub fn values<'s>(&'s self, node: &NamedNode, name: &'s str) -> impl Iterator<Item = &'s Term> {
        let is_it = move |property: &NamedNode| property.as_str().strip_prefix(SH) == Some(name);
        self.of(node).iter().filter(move |(property, _)| is_it(property)).map(|(_, object)| object)
    }

    /// The value of a property of SHACL that has one at most.
    ///
    /// # Errors
    /// If it has more.
    pub fn value(&self, node: &NamedNode, name: &str) -> Result<Option<Term>, ShapesError> {
        let mut values = self.values(node, name);
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(ShapesError::of(node, format!("has more than one sh:{name}"))),
            (value, None) => Ok(value.cloned()),
        }
    }

    /// The values of a property of SHACL, which must be IRIs.
    ///
    /// # Errors
    /// If one is a literal.
    pub fn nodes(&self, node: &NamedNode, name: &str) -> Result<Vec<NamedNode>, ShapesError> {
        self.values(node, name).map(|value| named(node, name, value)).collect()
    }

    /// The number that a property of SHACL has.
    ///
    /// # Errors
    /// If it is none, below zero, or there are two.
    pub fn number(&self, node: &NamedNode, name: &str) -> Result<Option<usize>, ShapesError> {
        let Some(value) = self.value(node, name)? else { return Ok(None) };
        let number = match &value {
            Term::Literal(literal) => literal.value().trim_start_matches('+').parse().ok(),
            _ => None,
        };
        number
            .map(Some)
            .ok_or_else(|| ShapesError::of(node, format!("has sh:{name} {value}, which is no whole number")))
    }

    /// The literal that a property of SHACL has.
    ///
    /// # Errors
    /// If it is an IRI, or there are two.
    pub fn literal(&self, node: &NamedNode, name: &str) -> Result<Option<Literal>, ShapesError> {
        match self.value(node, name)? {
            Some(Term::Literal(literal)) => Ok(Some(literal)),
            Some(other) => Err(ShapesError::of(node, format!("has sh:{name} {other}, which is no literal"))),
            None => Ok(None),
        }
    }

    /// Yes or no; no if nothing is said. As the W3C's tests have it, `1` is no yes.
    ///
    /// # Errors
    /// If it is neither.
    pub fn is_so(&self, node: &NamedNode, name: &str) -> Result<bool, ShapesError> {
        match self.literal(node, name)?.as_ref().map(Literal::value) {
            None | Some("false" | "0" | "1") => Ok(false),
            Some("true") => Ok(true),
            Some(other) => {
                Err(ShapesError::of(node, format!("has sh:{name} “{other}”, which is neither true nor false")))
            }
        }
    }

    /// The members of a list.
    ///
    /// # Errors
    /// If it has no end, or is none.
    pub fn list(&self, owner: &NamedNode, head: &Term) -> Result<Vec<Term>, ShapesError> {
        let (mut members, mut next) = (Vec::new(), head.clone());
        let broken = || ShapesError::of(owner, format!("has a list at {head} that is not well made"));
        loop {
            let Term::NamedNode(cell) = &next else { return Err(broken()) };
            if *cell == rdf::NIL {
                return Ok(members);
            }
            let first: Vec<&Term> = self.objects(cell, rdf::FIRST).collect();
            let rest: Vec<&Term> = self.objects(cell, rdf::REST).collect();
            let ([first], [rest]) = (&*first, &*rest) else { return Err(broken()) };
            members.push((*first).clone());
            if members.len() > self.rows.len() {
                return Err(broken());
            }
            next = (*rest).clone();
        }
    }

    /// Whether a node stands for a path of several properties, or a list.
    pub fn is_composed(&self, node: &NamedNode) -> bool {
        self.objects(node, rdf::FIRST).next().is_some()
            || PATHS.iter().any(|name| self.values(node, name).next().is_some())
    }

    /// The triples that make up a path, for a report that shows it.
    pub fn path(&self, node: &NamedNode) -> Vec<(NamedNode, NamedNode, Term)> {
        let (mut found, mut waiting, mut seen) = (Vec::new(), vec![node.clone()], Vec::new());
        while let Some(node) = waiting.pop() {
            if seen.contains(&node) || !self.is_composed(&node) {
                continue;
            }
            for (property, object) in self.of(&node) {
                let is_part = [rdf::FIRST, rdf::REST].iter().any(|part| *property == *part)
                    || PATHS.iter().any(|name| *property == sh(name));
                if is_part {
                    found.push((node.clone(), property.clone(), object.clone()));
                    waiting.extend(match object {
                        Term::NamedNode(next) => Some(next.clone()),
                        _ => None,
                    });
                }
            }
            seen.push(node);
        }
        found
    }
}

/// A value that must be an IRI.
///
/// # Errors
/// If it is a literal.
pub fn named(owner: &NamedNode, name: &str, value: &Term) -> Result<NamedNode, ShapesError> {
    match value {
        Term::NamedNode(node) => Ok(node.clone()),
        other => Err(ShapesError::of(owner, format!("has sh:{name} {other}, which is no node"))),
    }
}
