//! What can be wrong in a rule file, each with its place and what to try.

use crate::model::{Code, Fault, Place};

/// Why a rule file was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// It is not TOML.
    #[error("{}:{}: the rule file is not TOML: {message}", .place.file, .place.line)]
    Syntax {
        /// The parser's words.
        message: String,
        /// Where.
        place: Box<Place>,
    },
    /// A key that no rule has.
    #[error("{}:{}: a {holder} has no key `{key}`", .place.file, .place.line)]
    UnknownKey {
        /// What holds it: `rule`, `example`.
        holder: &'static str,
        /// The key.
        key: String,
        /// The nearest key that there is.
        nearest: Option<String>,
        /// Where.
        place: Box<Place>,
    },
    /// A key that every rule needs is not there.
    #[error("{}:{}: the {holder} has no `{key}`", .place.file, .place.line)]
    MissingKey {
        /// What should hold it.
        holder: &'static str,
        /// The key.
        key: &'static str,
        /// Where.
        place: Box<Place>,
    },
    /// A value of the wrong sort.
    #[error("{}:{}: `{key}` should be {wants}", .place.file, .place.line)]
    WrongType {
        /// The key.
        key: String,
        /// What it should be: `a text`, `a list of texts`.
        wants: &'static str,
        /// Where.
        place: Box<Place>,
    },
    /// A relation, kind, qualifier, modality or step that does not exist.
    #[error("{}:{}: there is no {what} `{name}`", .place.file, .place.line)]
    UnknownName {
        /// What sort of name: `relation`, `kind`.
        what: &'static str,
        /// The name.
        name: String,
        /// The nearest one that there is.
        nearest: Option<String>,
        /// Where.
        place: Box<Place>,
    },
    /// Two rules with one code.
    #[error("{}:{}: the code `{code}` is taken by {file}:{line}", .place.file, .place.line)]
    Twice {
        /// The code.
        code: String,
        /// File of the first rule.
        file: String,
        /// Line of the first rule.
        line: usize,
        /// Where.
        place: Box<Place>,
    },
}

impl Fault for RuleError {
    fn code(&self) -> Code {
        match self {
            Self::Syntax { .. } => Code::RULE_SYNTAX,
            Self::UnknownKey { .. } => Code::RULE_KEY,
            Self::MissingKey { .. } => Code::RULE_KEY_MISSING,
            Self::WrongType { .. } => Code::RULE_VALUE,
            Self::UnknownName { .. } => Code::RULE_NAME,
            Self::Twice { .. } => Code::RULE_TWICE,
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::UnknownKey { nearest: Some(nearest), .. } | Self::UnknownName { nearest: Some(nearest), .. } => {
                Some(format!("did you mean `{nearest}`?"))
            }
            other => other.code().advice(),
        }
    }

    fn place(&self) -> Option<Place> {
        match self {
            Self::Syntax { place, .. }
            | Self::UnknownKey { place, .. }
            | Self::MissingKey { place, .. }
            | Self::WrongType { place, .. }
            | Self::UnknownName { place, .. }
            | Self::Twice { place, .. } => Some((**place).clone()),
        }
    }
}
