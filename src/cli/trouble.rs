//! What goes wrong in a subcommand itself, rather than in what it calls: a row of the table of codes and the words for this
//! once.

use rapporteur::model::{Code, Fault};

/// Trouble of a subcommand.
#[derive(Debug, thiserror::Error)]
#[error("{said}")]
pub struct Trouble {
    code: Code,
    said: String,
    hint: Option<String>,
}

impl Trouble {
    /// Trouble of that sort, in these words.
    pub fn new(code: Code, said: impl Into<String>) -> Self {
        Self { code, said: said.into(), hint: None }
    }

    /// Trouble of that sort, in the words of the table.
    pub fn of(code: Code) -> Self {
        Self::new(code, code.says())
    }

    /// With what to try this time.
    pub fn try_this(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

impl Fault for Trouble {
    fn code(&self) -> Code {
        self.code
    }

    fn hint(&self) -> Option<String> {
        self.hint.clone().or_else(|| self.code.advice())
    }
}
