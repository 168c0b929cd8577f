//! Claims that another program proposes for a document: which program, its lines as they are kept, what became of them.

use std::fmt;

/// The longest name or version of a program, in bytes.
const LONGEST: usize = 80;

/// What the rule of a proposed claim begins with.
const RULE: &str = "annotator:";

/// A program that proposes claims.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Annotator {
    name: String,
    version: String,
}

impl Annotator {
    /// A program by its name and version; `None` if either is empty, too long, or holds other signs than letters, digits and
    /// `. _ - +`; a version may also hold `:` and `/`.
    pub fn new(name: &str, version: &str) -> Option<Self> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
        let fits = |text: &str| !text.is_empty() && text.len() <= LONGEST;
        let is_sound = fits(name)
            && fits(version)
            && name.chars().all(is_plain)
            && version.chars().all(|c| is_plain(c) || matches!(c, ':' | '/'));
        is_sound.then(|| Self { name: name.to_owned(), version: version.to_owned() })
    }

    /// The program that `NAME@VERSION` names; without a version, `NAME@unknown`.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, version) = text.split_once('@').unwrap_or((text, "unknown"));
        Self::new(name, version)
    }

    /// The program behind the rule of a claim, if the claim was proposed.
    pub fn of_rule(rule: &str) -> Option<Self> {
        Self::parse(rule.strip_prefix(RULE)?)
    }

    /// The rule of its claims: `annotator:NAME@VERSION`.
    pub fn rule(&self) -> String {
        format!("{RULE}{self}")
    }

    /// What it is called, whatever its version.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its version.
    pub fn version(&self) -> &str {
        &self.version
    }
}

impl fmt::Display for Annotator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.name, self.version)
    }
}

/// What a program answered for one document: JSON objects, one a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// The program.
    pub by: Annotator,
    /// Its lines.
    pub lines: Vec<String>,
}

/// What became of a program's answers for a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposals {
    /// What is kept: the lines that could be taken, each with its places in code points, so that a later reading of the
    /// text can take them again.
    pub kept: Answers,
    /// Whether the program answered now; else what it answered earlier was taken again.
    pub fresh: bool,
    /// Claims that stand.
    pub claims: usize,
    /// Claims that wait for a reader.
    pub to_review: usize,
    /// Lines that say what is claimed already.
    pub known: usize,
    /// Lines whose confidence is too low for anything.
    pub dropped: usize,
    /// Lines that were refused.
    pub refused: Vec<Refused>,
}

/// A line that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The line's number among those of its document, from 1.
    pub line: usize,
    /// Why, in words.
    pub why: String,
}

#[cfg(test)]
mod tests {
    use super::Annotator;

    #[test]
    fn names_go_into_rules_and_back() {
        let chat = Annotator::parse("chat@lab/model:8b").unwrap_or_else(|| panic!("it is sound"));
        assert_eq!(
            (chat.name(), chat.version(), chat.rule().as_str()),
            ("chat", "lab/model:8b", "annotator:chat@lab/model:8b")
        );
        assert_eq!(Annotator::of_rule(&chat.rule()), Some(chat));
        assert_eq!(Annotator::parse("tagger").map(|it| it.to_string()).as_deref(), Some("tagger@unknown"));
        for bad in ["", "@1", "a b@1", "a@", "a@1@2", "a@1\n", "<a>@1"] {
            assert_eq!(Annotator::parse(bad), None, "{bad:?}");
        }
        assert_eq!(Annotator::of_rule("position.supports"), None);
    }
}
