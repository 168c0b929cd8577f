//! The terms of SHACL, and which of them are understood: what is not, is refused, never passed over.

use oxrdf::NamedNode;

/// Where SHACL's terms start.
pub const SH: &str = "http://www.w3.org/ns/shacl#";

/// A term of SHACL by its name.
pub fn sh(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SH}{name}"))
}

/// Properties that make a constraint, or a part of one.
pub const CONSTRAINTS: &[&str] = &[
    "class", "datatype", "nodeKind", "minCount", "maxCount", "minExclusive", "minInclusive", "maxExclusive",
    "maxInclusive", "minLength", "maxLength", "pattern", "flags", "languageIn", "uniqueLang", "equals", "disjoint",
    "lessThan", "lessThanOrEquals", "not", "and", "or", "xone", "node", "property", "qualifiedValueShape",
    "qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShapesDisjoint", "closed", "ignoredProperties",
    "hasValue", "in", "sparql",
];

/// Properties that say where a shape holds.
pub const TARGETS: &[&str] = &["targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"];

/// Properties whose values are shapes, or lists of shapes.
pub const TO_SHAPES: &[&str] = &["property", "node", "not", "qualifiedValueShape"];

/// Properties whose values are lists of shapes.
pub const TO_LISTS: &[&str] = &["and", "or", "xone"];

/// Properties that make a path of more than one property.
pub const PATHS: &[&str] = &["inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"];

/// Properties that decide nothing by themselves: words for people, parts of questions, and what reports are made of.
const BESIDE: &[&str] = &[
    "path", "severity", "message", "deactivated", "name", "description", "order", "group", "defaultValue", "select",
    "prefixes", "declare", "prefix", "namespace", "shapesGraph", "suggestedShapesGraph", "conforms", "result",
    "detail", "focusNode", "resultPath", "resultSeverity", "resultMessage", "value", "sourceShape",
    "sourceConstraintComponent", "sourceConstraint", "shapesGraphWellFormed",
];

/// Classes of nodes that would have a say and are not understood.
pub const STRANGE_CLASSES: &[&str] = &[
    "ConstraintComponent", "SPARQLTarget", "SPARQLTargetType", "Target", "TargetType", "JSConstraint", "JSTarget",
    "JSRule", "SPARQLRule", "TripleRule", "Rule", "Function", "SPARQLFunction", "JSFunction", "Validator",
    "SPARQLAskValidator", "SPARQLSelectValidator", "JSValidator",
];

/// Properties of such nodes.
pub const STRANGE_PARTS: &[&str] =
    &["parameter", "validator", "nodeValidator", "propertyValidator", "rule", "target", "js", "ask"];

/// Whether a term of SHACL, by its name, is one that is heeded or decides nothing.
pub fn is_understood(name: &str) -> bool {
    [CONSTRAINTS, TARGETS, PATHS, BESIDE].iter().any(|known| known.contains(&name))
}
