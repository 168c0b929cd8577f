//! What is seen in the text: a stretch that names, describes or points to something.

use compact_str::CompactString;

use super::{DateValue, Kind, Money, Quantity, Span, Symbol};

/// A stretch of text that refers to something. Mentions nest or are disjoint; they never cross.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Where, without a leading article or a final `'s`.
    pub span: Span,
    /// What sort of thing it refers to.
    pub kind: Kind,
    /// How it refers.
    pub class: MentionClass,
    /// What the recogniser understood.
    pub reading: Reading,
    /// Which recogniser saw it; empty where none did, as in a text annotated by hand.
    pub by: &'static str,
}

impl Mention {
    /// A mention that no recogniser has signed yet.
    pub const fn new(span: Span, kind: Kind, class: MentionClass, reading: Reading) -> Self {
        Self { span, kind, class, reading, by: "" }
    }
}

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MentionClass {
    /// A proper name, acronym, numbered instrument, date, number with its unit, demonym.
    Named,
    /// A common-noun phrase for one thing or one definite group: "the Group".
    Nominal,
    /// A subject-matter term: "cybercrime", "technical assistance".
    Term,
    /// A personal or possessive pronoun.
    Pronoun,
}

impl MentionClass {
    /// The word used in JSON Lines.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Nominal => "nominal",
            Self::Term => "term",
            Self::Pronoun => "pronoun",
        }
    }
}

/// What a recogniser understood of a mention, for `resolve` to turn into an entity.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A label of the catalogue: the keys of all entries that carry it, usually one.
    Catalogue(Vec<CompactString>),
    /// A UN document symbol or numbered resolution, in canonical form.
    Symbol(Symbol),
    /// An article, paragraph or section, and where the instrument it belongs to is named.
    Provision {
        /// `Article`, `paragraph`, `section`, `chapter` … in lower case.
        unit: CompactString,
        /// The number as written: `666`, `4 (a)`.
        number: CompactString,
        /// The instrument's name, when the text gives it.
        of: Option<Span>,
    },
    /// A date or interval.
    Date(DateValue),
    /// A number with what is counted.
    Quantity(Quantity),
    /// An amount of money.
    Money(Money),
    /// A session or meeting of a body: "the Fifth session of the Expert Group".
    Session {
        /// 5 for "Fifth".
        ordinal: Option<u32>,
        /// The body's name, when the text gives it.
        body: Option<Span>,
    },
    /// A role and the body or State it belongs to: "Executive Director of the UNODC".
    Role {
        /// Where the body, State or senior role is named.
        of: Option<Span>,
    },
    /// An acronym that the text itself explains.
    Acronym {
        /// Where the long form stands.
        of: Span,
    },
    /// A proper name that the catalogue does not hold, typed by its head noun and shape.
    Name,
    /// A common-noun phrase or term, known by its words.
    Phrase,
    /// A pronoun.
    Pronoun,
}
