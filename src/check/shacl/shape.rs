//! What shapes say, once read: where they hold, and what they ask of what stands there.

use oxrdf::{Literal, NamedNode, Term};
use regex::Regex;

use super::Level;
use super::path::Path;
use super::select::Select;
use super::values::Bound;

/// A shape among those that were read, by its place.
pub type ShapeId = usize;

/// A shape.
#[derive(Clone, Debug)]
pub struct Shape {
    /// What it is called.
    pub node: NamedNode,
    /// From the node that is looked at to the values that it asks of; `None` for the node itself.
    pub path: Option<Path>,
    /// The node that stands for the path in the file.
    pub path_node: Option<NamedNode>,
    /// Which nodes it looks at of itself.
    pub targets: Vec<Target>,
    /// What it asks.
    pub constraints: Vec<Constraint>,
    /// How bad it is if that is not so.
    pub level: Level,
    /// The same as SHACL has it, or the user's own.
    pub severity: NamedNode,
    /// What it says then, in the user's words.
    pub messages: Vec<Literal>,
    /// Whether it is switched off.
    pub is_off: bool,
}

/// Nodes to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The members of a class, and of those below it.
    Class(NamedNode),
    /// One node.
    Node(Term),
    /// All that have a property.
    SubjectsOf(NamedNode),
    /// All that are values of a property.
    ObjectsOf(NamedNode),
}

/// Something that is asked of values.
#[derive(Clone, Debug)]
pub enum Constraint {
    /// Each is of a class.
    Class(NamedNode),
    /// Each is a literal of a type, and well made.
    Datatype(NamedNode),
    /// Each is of a sort of nodes.
    NodeKind(Kinds),
    /// So many at least.
    MinCount(usize),
    /// So many at most.
    MaxCount(usize),
    /// Each lies on one side of a bound.
    Range(Bound, Literal),
    /// Each has so many characters at least.
    MinLength(usize),
    /// Each has so many characters at most.
    MaxLength(usize),
    /// Each has letters as the pattern says.
    Pattern(Regex),
    /// Each is in one of some languages.
    LanguageIn(Vec<String>),
    /// No two are in one language.
    UniqueLang,
    /// They are the values of another property.
    Equals(NamedNode),
    /// None is a value of another property.
    Disjoint(NamedNode),
    /// Each is less than each value of another property; or equal to it, if `true`.
    LessThan(NamedNode, bool),
    /// None keeps a shape.
    Not(ShapeId),
    /// Each keeps all shapes.
    And(Vec<ShapeId>),
    /// Each keeps a shape at least.
    Or(Vec<ShapeId>),
    /// Each keeps exactly one shape.
    Xone(Vec<ShapeId>),
    /// Each keeps a shape.
    Node(ShapeId),
    /// Each keeps a shape, which tells by itself what is wrong.
    Property(ShapeId),
    /// So many of them keep a shape, and none of its siblings.
    Qualified(Box<Qualified>),
    /// Each has no other properties than these.
    Closed(Vec<NamedNode>),
    /// One of them is this.
    HasValue(Term),
    /// Each is one of these.
    In(Vec<Term>),
    /// A question has no rows.
    Sparql(Box<Select>),
}

/// How many values keep a shape.
#[derive(Clone, Debug)]
pub struct Qualified {
    /// The shape.
    pub shape: ShapeId,
    /// So many at least.
    pub least: Option<usize>,
    /// So many at most.
    pub most: Option<usize>,
    /// Those that count keep none of these.
    pub siblings: Vec<ShapeId>,
}

/// Sorts of nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds {
    /// IRIs.
    pub iris: bool,
    /// Nodes without a name.
    pub blanks: bool,
    /// Words, numbers, dates.
    pub literals: bool,
}

impl Kinds {
    /// By the name that SHACL gives them.
    pub fn from_name(name: &str) -> Option<Self> {
        let (iris, blanks, literals) = match name {
            "IRI" => (true, false, false),
            "BlankNode" => (false, true, false),
            "Literal" => (false, false, true),
            "BlankNodeOrIRI" => (true, true, false),
            "BlankNodeOrLiteral" => (false, true, true),
            "IRIOrLiteral" => (true, false, true),
            _ => return None,
        };
        Some(Self { iris, blanks, literals })
    }

    /// Whether a node is of one of them.
    pub fn has(self, term: &Term) -> bool {
        match term {
            Term::NamedNode(_) => self.iris,
            Term::BlankNode(_) => self.blanks,
            Term::Literal(_) => self.literals,
            #[allow(unreachable_patterns, reason = "RDF 1.2 has a fourth sort where a library is built with it")]
            _ => false,
        }
    }
}

/// What SHACL calls the component of questions, without `ConstraintComponent`.
pub const SPARQL: &str = "SPARQL";

impl Constraint {
    /// The question, if it is one.
    pub fn question(&self) -> Option<&Select> {
        match self {
            Self::Sparql(select) => Some(select),
            _ => None,
        }
    }

    /// What SHACL calls its component, without `ConstraintComponent`.
    pub fn component(&self) -> &'static str {
        match self {
            Self::Class(_) => "Class",
            Self::Datatype(_) => "Datatype",
            Self::NodeKind(_) => "NodeKind",
            Self::MinCount(_) => "MinCount",
            Self::MaxCount(_) => "MaxCount",
            Self::Range(bound, _) => bound.component(),
            Self::MinLength(_) => "MinLength",
            Self::MaxLength(_) => "MaxLength",
            Self::Pattern(_) => "Pattern",
            Self::LanguageIn(_) => "LanguageIn",
            Self::UniqueLang => "UniqueLang",
            Self::Equals(_) => "Equals",
            Self::Disjoint(_) => "Disjoint",
            Self::LessThan(_, false) => "LessThan",
            Self::LessThan(_, true) => "LessThanOrEquals",
            Self::Not(_) => "Not",
            Self::And(_) => "And",
            Self::Or(_) => "Or",
            Self::Xone(_) => "Xone",
            Self::Node(_) => "Node",
            Self::Property(_) => "Property",
            Self::Qualified(_) => "Qualified",
            Self::Closed(_) => "Closed",
            Self::HasValue(_) => "HasValue",
            Self::In(_) => "In",
            Self::Sparql(_) => SPARQL,
        }
    }
}
