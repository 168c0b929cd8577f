//! Who speaks from where to where: the turns of a document as read, and the voices they turn out to be.

use super::{EntityId, Field, Span};

/// One speaker's turn: the words between the line that gives the floor and the next such line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intervention {
    /// From the heading or the speaker's name to the last word, in bytes.
    pub span: Span,
    /// Where the words themselves begin, in bytes.
    pub words: usize,
    /// Who speaks, as written: "Mr. Moss", "The President", "Elbonia".
    pub speaker: Option<Field<String>>,
    /// For whom, as written, if the heading tells: "Elbonia" in "Mr. Moss (Elbonia)".
    pub represents: Option<Field<String>>,
    /// The language spoken in, as written: "French" in "(spoke in French)".
    pub language: Option<Field<String>>,
    /// Whether the presiding officer speaks: for the office, for no State.
    pub presides: bool,
    /// Whether somebody only asks: what a question takes for granted nobody claims.
    pub asks: bool,
}

/// Whose words a stretch is, once names are resolved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Voice {
    /// The words, in bytes.
    pub span: Span,
    /// The State, organisation, group, organ or office that takes the positions.
    pub holder: Option<EntityId>,
    /// Who speaks for the holder: the representative, the delegation ("we").
    pub speakers: Vec<EntityId>,
    /// The person or role that says "I".
    pub role: Option<EntityId>,
    /// Whether the presiding officer speaks.
    pub presides: bool,
    /// Whether others' words are reported: also plain facts are then theirs.
    pub reported: bool,
    /// The entity that is the turn; `None` for a whole document, which is an entity itself.
    pub node: Option<EntityId>,
    /// How sure it is that the holder is the right one, from 0 to 1.
    pub sure: f32,
    /// The name that shows best whose words these are, where no heading tells the holder.
    pub shown_by: Option<Span>,
}
