//! What can be wrong with catalogue files.

use thiserror::Error;

use crate::model::{Code, Fault, Place};

/// A fault in a catalogue file. Files are refused whole: nothing of them is kept.
#[derive(Debug, Error)]
pub enum Error {
    /// The file is not valid Turtle.
    #[error("this is not valid Turtle: {message}")]
    Syntax {
        /// What the parser says.
        message: String,
        /// Where.
        place: Box<Place>,
    },
    /// A class or property that the catalogue does not use.
    #[error("the catalogue has no {what} `{name}`")]
    UnknownTerm {
        /// `class` or `property`.
        what: &'static str,
        /// As written.
        name: String,
        /// The one that is spelled most like it.
        nearest: Option<&'static str>,
        /// Where.
        place: Box<Place>,
    },
    /// A key that is no key: outside the base, or without a folder.
    #[error("`{iri}` is not a key of the catalogue")]
    BadKey {
        /// As written.
        iri: String,
        /// Where.
        place: Box<Place>,
    },
    /// A value that its property cannot have.
    #[error("`{property}` cannot have this value: {why}")]
    BadValue {
        /// The property's local name.
        property: String,
        /// What is wrong with the value.
        why: String,
        /// Where.
        place: Box<Place>,
    },
    /// Two files, or two lines, say different things where only one can hold.
    #[error("`{key}` already has another {what}: `{other}`")]
    Contradiction {
        /// The entry's key.
        key: String,
        /// `class`, `label` and so on.
        what: &'static str,
        /// What was said before.
        other: String,
        /// Where it is said again.
        place: Box<Place>,
    },
    /// An entry without a class or without a label.
    #[error("`{key}` has no {what}")]
    Incomplete {
        /// The entry's key.
        key: String,
        /// `class` or `label`.
        what: &'static str,
        /// Where the entry begins.
        place: Box<Place>,
    },
    /// Names in a file that declares relations.
    #[error("`{key}` is a name, in a file that declares relations")]
    Mixed {
        /// The name's key.
        key: String,
        /// Where.
        place: Box<Place>,
    },
    /// A key that points to nothing.
    #[error("`{key}` points to `{target}`, which no file describes")]
    Dangling {
        /// The entry that points.
        key: String,
        /// What it points to.
        target: String,
        /// The key that is spelled most like it.
        nearest: Option<String>,
        /// Where the entry begins.
        place: Box<Place>,
    },
}

impl Fault for Error {
    fn code(&self) -> Code {
        match self {
            Self::Syntax { .. } => Code::SEEDS_SYNTAX,
            Self::UnknownTerm { .. } => Code::SEEDS_TERM,
            Self::BadKey { .. } => Code::SEEDS_KEY,
            Self::BadValue { .. } => Code::SEEDS_VALUE,
            Self::Contradiction { .. } => Code::SEEDS_CONTRADICTION,
            Self::Incomplete { .. } => Code::SEEDS_INCOMPLETE,
            Self::Dangling { .. } => Code::SEEDS_DANGLING,
            Self::Mixed { .. } => Code::SEEDS_MIXED,
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::UnknownTerm { nearest, what, .. } => Some(match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => format!("each {what} must be one that ontology/rapporteur.ttl or SKOS declares"),
            }),
            Self::BadKey { .. } => {
                Some(format!("keys are a folder and a name below {}, like <body/unodc>", super::BASE))
            }
            Self::Contradiction { what, .. } => Some(format!("keep one {what}, or use another key")),
            Self::Incomplete { what: "class", .. } => Some("say what it is, like `a rap:UNBody`".to_owned()),
            Self::Incomplete { .. } => Some("give it one skos:prefLabel".to_owned()),
            Self::Dangling { nearest: Some(nearest), .. } => Some(format!("did you mean <{nearest}>?")),
            other => other.code().advice(),
        }
    }

    fn place(&self) -> Option<Place> {
        match self {
            Self::Syntax { place, .. }
            | Self::UnknownTerm { place, .. }
            | Self::BadKey { place, .. }
            | Self::BadValue { place, .. }
            | Self::Contradiction { place, .. }
            | Self::Incomplete { place, .. }
            | Self::Mixed { place, .. }
            | Self::Dangling { place, .. } => Some(Place::clone(place)),
        }
    }
}
