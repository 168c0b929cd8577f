//! Labels as they stand in the file.

use super::layout::number;
use crate::link::vocabulary::{Label, Role};

/// Bytes in front of a label's text: its length, its language, its role.
pub const HEAD: usize = 4;

/// A label as it stands in the file.
#[derive(Clone, Copy, Debug)]
pub struct LabelRef<'a> {
    pub text: &'a str,
    /// Number of its language.
    language: u8,
    role: Role,
}

impl<'a> LabelRef<'a> {
    /// Reads a label from the start of some bytes; `None` if they do not hold all of it.
    pub fn decode(bytes: &'a [u8]) -> Option<Self> {
        let length = number(bytes, 0, 2)? as usize;
        let &[language, role] = bytes.get(2..HEAD)? else { return None };
        let role = Role::from_number(role);
        let text = std::str::from_utf8(bytes.get(HEAD..HEAD + length)?).ok()?;
        Some(Self { text, language, role })
    }

    /// The same for keeps.
    pub fn owned(&self, languages: &[String]) -> Label {
        let language = languages.get(usize::from(self.language)).cloned().unwrap_or_default();
        Label { text: self.text.to_owned(), language, role: self.role }
    }
}
