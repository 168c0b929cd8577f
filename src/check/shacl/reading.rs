//! From the graph of a file of shapes to shapes. Whatever is not understood stops the reading: a shape that asks less than its
//! author thinks would prove nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use oxrdf::vocab::{rdf, rdfs};
use oxrdf::{NamedNode, Term};
use regex::RegexBuilder;

use super::path::Path;
use super::select::Select;
use super::shape::{Constraint, Kinds, Qualified, Shape, ShapeId, Target};
use super::source::{Source, named};
use super::terms::{CONSTRAINTS, SH, STRANGE_CLASSES, STRANGE_PARTS, TARGETS, TO_LISTS, TO_SHAPES, is_understood, sh};
use super::values::Bound;
use super::{Level, ShapesError};

const OWL_CLASS: &str = "http://www.w3.org/2002/07/owl#Class";

/// The most bytes that a pattern may take once compiled.
const PATTERN_SIZE: usize = 1 << 20;

/// A constraint out of a number.
type Counted = fn(usize) -> Constraint;

/// A constraint out of several shapes.
type Joined = fn(Vec<ShapeId>) -> Constraint;

/// Reads all shapes of some files.
///
/// # Errors
/// If something is not well made, not known, or turns in a circle.
pub fn read(source: &Source) -> Result<Vec<Shape>, ShapesError> {
    let nodes = shapes(source)?;
    refuse_strangers(source, &nodes)?;
    let mut reading = Reading { source, shapes: Vec::new(), places: HashMap::new() };
    for node in nodes {
        reading.shape(&node)?;
    }
    reading
        .shapes
        .into_iter()
        .map(|shape| shape.ok_or_else(|| ShapesError::Broken("a shape was not read".to_owned())))
        .collect()
}

/// The nodes that are shapes, sorted.
fn shapes(source: &Source) -> Result<BTreeSet<NamedNode>, ShapesError> {
    let types = [sh("NodeShape"), sh("PropertyShape"), sh("Shape")];
    let mut found = BTreeSet::new();
    for (subject, property, object) in source.all() {
        let subject = NamedNode::new_unchecked(subject);
        let name = property.as_str().strip_prefix(SH).unwrap_or_default();
        let is_shape = *property == rdf::TYPE && types.iter().any(|known| Term::from(known.clone()) == *object);
        if is_shape || CONSTRAINTS.contains(&name) || TARGETS.contains(&name) {
            found.insert(subject.clone());
        }
        if TO_SHAPES.contains(&name) {
            found.insert(named(&subject, name, object)?);
        }
        if TO_LISTS.contains(&name) {
            for member in source.list(&subject, object)? {
                found.insert(named(&subject, name, &member)?);
            }
        }
    }
    Ok(found)
}

/// Refuses terms of SHACL that shapes use, and classes, that would have a say and are not known here.
fn refuse_strangers(source: &Source, shapes: &BTreeSet<NamedNode>) -> Result<(), ShapesError> {
    for (subject, property, object) in source.all() {
        let owner = NamedNode::new_unchecked(subject);
        let name = property.as_str().strip_prefix(SH).filter(|name| !is_understood(name));
        if let Some(name) = name.filter(|name| shapes.contains(&owner) || STRANGE_PARTS.contains(name)) {
            return Err(ShapesError::of(&owner, format!("uses sh:{name}, which this program does not know")));
        }
        let class = match object {
            Term::NamedNode(class) if *property == rdf::TYPE => class.as_str().strip_prefix(SH),
            _ => None,
        };
        if let Some(class) = class.filter(|class| STRANGE_CLASSES.contains(class)) {
            return Err(ShapesError::of(&owner, format!("is a sh:{class}, which this program does not know")));
        }
    }
    Ok(())
}

struct Reading<'s> {
    source: &'s Source,
    /// `None` while it is being read.
    shapes: Vec<Option<Shape>>,
    places: HashMap<NamedNode, ShapeId>,
}

impl Reading<'_> {
    fn shape(&mut self, node: &NamedNode) -> Result<ShapeId, ShapesError> {
        if let Some(place) = self.places.get(node) {
            return match self.shapes.get(*place) {
                Some(Some(_)) => Ok(*place),
                _ => Err(ShapesError::of(
                    node,
                    "asks by way of other shapes for itself, which SHACL leaves open".to_owned(),
                )),
            };
        }
        let place = self.shapes.len();
        self.places.insert(node.clone(), place);
        self.shapes.push(None);
        let path_value = self.source.value(node, "path")?;
        let path = path_value.as_ref().map(|value| Path::read(self.source, node, value)).transpose()?;
        let severity = match self.source.value(node, "severity")? {
            Some(value) => named(node, "severity", &value)?,
            None => sh("Violation"),
        };
        let messages = self.source.values(node, "message").filter_map(|term| match term {
            Term::Literal(literal) => Some(literal.clone()),
            _ => None,
        });
        let shape = Shape {
            node: node.clone(),
            path_node: path_value.as_ref().map(|value| named(node, "path", value)).transpose()?,
            targets: self.targets(node)?,
            constraints: self.constraints(node, path.as_ref())?,
            level: if [sh("Warning"), sh("Info")].contains(&severity) { Level::Warn } else { Level::Fail },
            severity,
            messages: messages.collect(),
            is_off: self.source.is_so(node, "deactivated")?,
            path,
        };
        self.shapes[place] = Some(shape);
        Ok(place)
    }

    fn targets(&self, node: &NamedNode) -> Result<Vec<Target>, ShapesError> {
        let nodes = |name: &str| self.source.nodes(node, name);
        let mut targets: Vec<Target> = nodes("targetClass")?.into_iter().map(Target::Class).collect();
        targets.extend(self.source.values(node, "targetNode").cloned().map(Target::Node));
        targets.extend(nodes("targetSubjectsOf")?.into_iter().map(Target::SubjectsOf));
        targets.extend(nodes("targetObjectsOf")?.into_iter().map(Target::ObjectsOf));
        let is_class = |term: &Term| match term {
            Term::NamedNode(class) => *class == rdfs::CLASS || class.as_str() == OWL_CLASS,
            _ => false,
        };
        if self.source.objects(node, rdf::TYPE).any(is_class) {
            targets.push(Target::Class(node.clone()));
        }
        Ok(targets)
    }

    fn constraints(&mut self, node: &NamedNode, path: Option<&Path>) -> Result<Vec<Constraint>, ShapesError> {
        let mut found = Vec::new();
        self.plain(node, path, &mut found)?;
        self.of_words(node, path, &mut found)?;
        self.of_pairs(node, path, &mut found)?;
        self.of_shapes(node, path, &mut found)?;
        if self.source.is_so(node, "closed")? {
            found.push(Constraint::Closed(self.allowed(node)?));
        }
        for question in self.source.nodes(node, "sparql")? {
            found
                .extend(Select::read(self.source, &question, path)?.map(|select| Constraint::Sparql(Box::new(select))));
        }
        Ok(found)
    }

    /// Counts, sorts, bounds, lists.
    fn plain(&self, node: &NamedNode, path: Option<&Path>, found: &mut Vec<Constraint>) -> Result<(), ShapesError> {
        let source = self.source;
        found.extend(source.nodes(node, "class")?.into_iter().map(Constraint::Class));
        found.extend(source.nodes(node, "datatype")?.into_iter().map(Constraint::Datatype));
        for kind in source.nodes(node, "nodeKind")? {
            let kinds = kind.as_str().strip_prefix(SH).and_then(Kinds::from_name);
            found.push(Constraint::NodeKind(
                kinds.ok_or_else(|| ShapesError::of(node, format!("has sh:nodeKind {kind}")))?,
            ));
        }
        let counts: [(&str, Counted); 2] = [("minCount", Constraint::MinCount), ("maxCount", Constraint::MaxCount)];
        for (name, make) in counts {
            if let Some(number) = source.number(node, name)? {
                needs_path(node, path, name)?;
                found.push(make(number));
            }
        }
        for (name, bound) in Bound::ALL {
            found.extend(source.literal(node, name)?.map(|limit| Constraint::Range(bound, limit)));
        }
        found.extend(source.values(node, "hasValue").cloned().map(Constraint::HasValue));
        if let Some(list) = source.value(node, "in")? {
            found.push(Constraint::In(source.list(node, &list)?));
        }
        Ok(())
    }

    /// Lengths, patterns, languages.
    fn of_words(&self, node: &NamedNode, path: Option<&Path>, found: &mut Vec<Constraint>) -> Result<(), ShapesError> {
        let source = self.source;
        found.extend(source.number(node, "minLength")?.map(Constraint::MinLength));
        found.extend(source.number(node, "maxLength")?.map(Constraint::MaxLength));
        let flags = source.literal(node, "flags")?;
        let flags = flags.as_ref().map_or("", |flags| flags.value());
        for pattern in source.values(node, "pattern") {
            let Term::Literal(pattern) = pattern else {
                return Err(ShapesError::of(node, format!("has sh:pattern {pattern}, which is no literal")));
            };
            let wrong = |why: String| ShapesError::of(node, format!("has a sh:pattern that {why}"));
            let text = if flags.contains('q') { regex::escape(pattern.value()) } else { pattern.value().to_owned() };
            if let Some(flag) = flags.chars().find(|flag| !"smixq".contains(*flag)) {
                return Err(wrong(format!("has the flag “{flag}”, which is not known")));
            }
            let pattern = RegexBuilder::new(&text)
                .size_limit(PATTERN_SIZE)
                .dot_matches_new_line(flags.contains('s'))
                .multi_line(flags.contains('m'))
                .case_insensitive(flags.contains('i'))
                .ignore_whitespace(flags.contains('x'))
                .build();
            found.push(Constraint::Pattern(pattern.map_err(|error| wrong(format!("cannot be used: {error}")))?));
        }
        if let Some(list) = source.value(node, "languageIn")? {
            let words = source.list(node, &list)?.into_iter().map(|member| match member {
                Term::Literal(literal) => Ok(literal.value().to_owned()),
                other => Err(ShapesError::of(node, format!("has {other} among its languages"))),
            });
            found.push(Constraint::LanguageIn(words.collect::<Result<_, _>>()?));
        }
        if source.is_so(node, "uniqueLang")? {
            needs_path(node, path, "uniqueLang")?;
            found.push(Constraint::UniqueLang);
        }
        Ok(())
    }

    /// Values beside those of another property.
    fn of_pairs(&self, node: &NamedNode, path: Option<&Path>, found: &mut Vec<Constraint>) -> Result<(), ShapesError> {
        let nodes = |name: &str| self.source.nodes(node, name);
        found.extend(nodes("equals")?.into_iter().map(Constraint::Equals));
        found.extend(nodes("disjoint")?.into_iter().map(Constraint::Disjoint));
        for (name, may_equal) in [("lessThan", false), ("lessThanOrEquals", true)] {
            for other in nodes(name)? {
                needs_path(node, path, name)?;
                found.push(Constraint::LessThan(other, may_equal));
            }
        }
        Ok(())
    }

    /// What other shapes ask.
    fn of_shapes(
        &mut self,
        node: &NamedNode,
        path: Option<&Path>,
        found: &mut Vec<Constraint>,
    ) -> Result<(), ShapesError> {
        let source = self.source;
        for other in source.nodes(node, "node")? {
            found.push(Constraint::Node(self.shape(&other)?));
        }
        for other in source.nodes(node, "not")? {
            found.push(Constraint::Not(self.shape(&other)?));
        }
        for other in source.nodes(node, "property")? {
            let place = self.shape(&other)?;
            if self.shapes[place].as_ref().is_none_or(|shape| shape.path.is_none()) {
                return Err(ShapesError::of(&other, "is a sh:property without sh:path".to_owned()));
            }
            found.push(Constraint::Property(place));
        }
        let makers: [(&str, Joined); 3] =
            [("and", Constraint::And), ("or", Constraint::Or), ("xone", Constraint::Xone)];
        for (name, make) in makers {
            for list in source.values(node, name) {
                let members = source.list(node, list)?;
                let places = members.iter().map(|member| self.shape(&named(node, name, member)?));
                found.push(make(places.collect::<Result<_, _>>()?));
            }
        }
        self.qualified(node, path, found)
    }

    fn qualified(
        &mut self,
        node: &NamedNode,
        path: Option<&Path>,
        found: &mut Vec<Constraint>,
    ) -> Result<(), ShapesError> {
        let source = self.source;
        let (least, most) = (source.number(node, "qualifiedMinCount")?, source.number(node, "qualifiedMaxCount")?);
        let wanted = source.nodes(node, "qualifiedValueShape")?;
        // On a node itself there is nothing to count: the W3C's tests let it stand.
        if wanted.is_empty() && path.is_some() && (least.is_some() || most.is_some()) {
            return Err(ShapesError::of(node, "counts values without sh:qualifiedValueShape".to_owned()));
        }
        let others = match source.is_so(node, "qualifiedValueShapesDisjoint")? {
            true => self.siblings(node, &wanted)?,
            false => BTreeMap::new(),
        };
        let siblings = others.keys().map(|other| self.shape(other)).collect::<Result<Vec<_>, _>>()?;
        for other in wanted {
            needs_path(node, path, "qualifiedValueShape")?;
            let qualified = Qualified { shape: self.shape(&other)?, least, most, siblings: siblings.clone() };
            found.push(Constraint::Qualified(Box::new(qualified)));
        }
        Ok(())
    }

    /// What the shapes beside one ask for that count values of their own.
    fn siblings(&self, node: &NamedNode, own: &[NamedNode]) -> Result<BTreeMap<NamedNode, ()>, ShapesError> {
        let mut found = BTreeMap::new();
        for (parent, property, object) in self.source.all() {
            if *property != sh("property") || *object != Term::from(node.clone()) {
                continue;
            }
            for beside in self.source.nodes(&NamedNode::new_unchecked(parent), "property")? {
                found.extend(self.source.nodes(&beside, "qualifiedValueShape")?.into_iter().map(|shape| (shape, ())));
            }
        }
        found.retain(|shape, ()| !own.contains(shape));
        Ok(found)
    }

    /// The properties that a closed shape allows.
    fn allowed(&self, node: &NamedNode) -> Result<Vec<NamedNode>, ShapesError> {
        let mut allowed = Vec::new();
        for shape in self.source.nodes(node, "property")? {
            let path = self.source.value(&shape, "path")?;
            allowed.extend(
                path.map(|path| named(&shape, "path", &path))
                    .transpose()?
                    .filter(|path| !self.source.is_composed(path)),
            );
        }
        if let Some(list) = self.source.value(node, "ignoredProperties")? {
            for member in self.source.list(node, &list)? {
                allowed.push(named(node, "ignoredProperties", &member)?);
            }
        }
        Ok(allowed)
    }
}

/// Some things are only asked of what a path leads to.
fn needs_path(node: &NamedNode, path: Option<&Path>, name: &str) -> Result<(), ShapesError> {
    let why = || ShapesError::of(node, format!("has sh:{name}, which needs sh:path"));
    path.map(|_| ()).ok_or_else(why)
}
