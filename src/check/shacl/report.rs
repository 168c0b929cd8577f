//! What holding shapes against a store showed: lines for people, and SHACL's own report for programs.

use std::collections::BTreeMap;

use oxrdf::vocab::{rdf, xsd};
use oxrdf::{Literal, NamedNode, NamedOrBlankNode, Quad, Term};

use crate::lift::Base;
use crate::model::Code;

use super::judging::Broken;
use super::select::Select;
use super::shape::{Constraint, SPARQL};
use super::terms::sh;
use super::{BRACKETS, Shapes};
use crate::check::finding::{Finding, Level};
use crate::check::shapes::words;
use crate::store::Store;

/// What was found. In a fixed order: the same store and shapes give the same report.
#[derive(Clone, Debug)]
pub struct Report<'s> {
    shapes: &'s Shapes,
    looked: usize,
    broken: Vec<Broken>,
}

impl<'s> Report<'s> {
    pub(super) fn new(shapes: &'s Shapes, looked: usize, mut broken: Vec<Broken>) -> Self {
        broken.sort_by_cached_key(|one| {
            let words = |term: &Option<Term>| term.as_ref().map(Term::to_string);
            let property = one.property.as_ref().map(NamedNode::to_string);
            let node = shapes.shape(one.shape).map(|shape| shape.node.as_str());
            (node, one.component, one.focus.to_string(), property, words(&one.value))
        });
        Self { shapes, looked, broken }
    }

    /// What is wrong, one by one.
    #[cfg(test)]
    pub(super) fn broken(&self) -> &[Broken] {
        &self.broken
    }

    /// Whether all nodes keep all shapes.
    pub fn conforms(&self) -> bool {
        self.broken.is_empty()
    }

    /// How many nodes were looked at.
    pub fn looked(&self) -> usize {
        self.looked
    }

    /// How many things are wrong.
    pub fn len(&self) -> usize {
        self.broken.len()
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.broken.is_empty()
    }

    /// A line for each constraint of each shape that is broken, or one that says that none is. `name` tells whose shapes they
    /// are.
    pub fn findings(&self, name: &str, store: &Store) -> Vec<Finding> {
        let called = |term: &Term| words(term, store);
        let code = Code::SHAPE_BROKEN.number();
        if self.conforms() {
            let text =
                format!("{} of {} nodes keep the {} shapes of {name}", self.looked, self.looked, self.shapes.len());
            return vec![Finding::ok(code, text)];
        }
        let mut groups: BTreeMap<(Level, String), Vec<String>> = BTreeMap::new();
        for one in &self.broken {
            let value = one.value.as_ref().filter(|value| **value != one.focus);
            let node = called(&one.focus) + &value.map(|value| format!(" ({})", called(value))).unwrap_or_default();
            groups.entry(self.line(one)).or_default().push(node);
        }
        groups
            .into_iter()
            .rev()
            .map(|((level, text), nodes)| Finding::new(level, code, format!("{} × {text}", nodes.len()), nodes))
            .collect()
    }

    /// How bad a thing is, and what is said of all of its sort.
    fn line(&self, one: &Broken) -> (Level, String) {
        let Some(shape) = self.shapes.shape(one.shape) else { return (Level::Fail, String::new()) };
        // Rows of one question stand on one line: what it says before their values are put in.
        let questions: Vec<&Select> = shape.constraints.iter().filter_map(Constraint::question).collect();
        let general = match &*questions {
            [only] if one.component == SPARQL && !only.messages().is_empty() => only.messages().to_vec(),
            _ => self.messages(one),
        };
        let said: Vec<&str> = general.iter().map(Literal::value).collect();
        let node = shape.node.as_str();
        let name = node.rsplit(['#', '/']).next().filter(|name| !name.is_empty()).unwrap_or(node);
        let place = match &shape.path {
            Some(path) if node.contains(BRACKETS) => path.to_string(),
            _ => name.to_owned(),
        };
        (shape.level, format!("{} (sh:{} of {place})", said.join(" / "), parameter(one.component)))
    }

    fn messages(&self, one: &Broken) -> Vec<Literal> {
        let shape = self.shapes.shape(one.shape);
        let own = shape.map(|shape| shape.messages.clone()).unwrap_or_default();
        match (one.messages.is_empty(), own.is_empty()) {
            (false, _) => one.messages.clone(),
            (true, false) => own,
            (true, true) => {
                let text = format!("sh:{} is not kept", parameter(one.component));
                vec![Literal::new_language_tagged_literal_unchecked(text, "en")]
            }
        }
    }

    /// The report as SHACL has it. Its nodes have names: `<base>.well-known/genid/report/<n>`.
    pub fn quads(&self, base: &Base) -> Vec<Quad> {
        let node =
            |number: usize| NamedNode::new_unchecked(format!("{}.well-known/genid/report/{number}", base.as_str()));
        let mut out = Statements::default();
        let report = node(0);
        out.say(&report, rdf::TYPE.into_owned(), sh("ValidationReport"));
        out.say(&report, sh("conforms"), Literal::new_typed_literal(self.conforms().to_string(), xsd::BOOLEAN));
        for (at, one) in self.broken.iter().enumerate() {
            let result = node(at + 1);
            out.say(&report, sh("result"), result.clone());
            self.result(&result, one, &mut out);
        }
        out.0
    }

    fn result(&self, result: &NamedNode, one: &Broken, out: &mut Statements) {
        let Some(shape) = self.shapes.shape(one.shape) else { return };
        out.say(result, rdf::TYPE.into_owned(), sh("ValidationResult"));
        out.say(result, sh("focusNode"), one.focus.clone());
        out.say(result, sh("resultSeverity"), shape.severity.clone());
        out.say(result, sh("sourceShape"), shape.node.clone());
        out.say(result, sh("sourceConstraintComponent"), sh(&format!("{}ConstraintComponent", one.component)));
        if let Some(path) = one.property.as_ref().or(shape.path_node.as_ref()) {
            out.say(result, sh("resultPath"), path.clone());
            for (subject, property, object) in self.shapes.source().path(path) {
                out.say(&subject, property, object);
            }
        }
        if let Some(value) = &one.value {
            out.say(result, sh("value"), value.clone());
        }
        for message in self.messages(one) {
            out.say(result, sh("resultMessage"), message);
        }
    }
}

#[derive(Default)]
struct Statements(Vec<Quad>);

impl Statements {
    fn say(&mut self, subject: &NamedNode, property: NamedNode, object: impl Into<Term>) {
        let subject = NamedOrBlankNode::from(subject.clone());
        self.0.push(Quad::new(subject, property, object.into(), oxrdf::GraphName::DefaultGraph));
    }
}

/// The property of a component: `minCount` of `MinCount`.
fn parameter(component: &str) -> String {
    match component {
        SPARQL => "sparql".to_owned(),
        _ => component.chars().take(1).flat_map(char::to_lowercase).chain(component.chars().skip(1)).collect(),
    }
}
