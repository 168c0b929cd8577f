//! Questions put to the store: the bundled queries, their parameters, the answers and how answers are written.
//!
//! A question is a name of a [`Library`] or SPARQL text. [`parse`] turns the text into a [`Question`], [`set`] binds
//! parameters to it as RDF terms, [`Question::ask`] gives an [`Answer`], and [`Answer::write`] prints it. Nothing here
//! opens a file.

mod answer;
mod bind;
mod bundled;
mod certain;
mod error;
mod format;
mod header;
mod layers;
mod library;
mod misprint;
mod narrow;
mod order;
mod parameters;
mod portrait;
mod proof;
mod question;
mod remote;
mod room;
mod rows;
mod services;
mod sheet;
mod spreadsheet;
mod strange;
mod surroundings;
mod table;
mod ties;
mod tokens;
mod topics;
mod wrap;

pub use answer::{Answer, Presentation};
pub use error::Error;
pub use format::AnswerFormat;
pub use header::{Column, Header, Parameter, ParameterType, View};
pub use library::{Library, LibraryEntry, looks_like_sparql};
pub use parameters::{Given, set, topic};
pub use portrait::Portrait;
pub use proof::{Passage, Proof, find_claim};
pub use question::{Question, parse, parse_with};
pub use rows::{Rows, passed_over};
pub use services::Services;
pub use sheet::Sheet;
pub use spreadsheet::write as spreadsheet;
pub use strange::strange;
pub use surroundings::{Sentences, Surroundings, folded};
pub use table::write as draw;
pub use ties::{Reason, Tie};
pub use topics::{
    Phrases, Placing, SentenceAt, Topic, TopicCount, TopicReason, Topics, counts, folded as folded_phrase, own_clause,
};

/// Where answers that are graphs stand.
pub const DEFAULT_GRAPH: oxigraph::model::GraphNameRef<'static> = oxigraph::model::GraphNameRef::DefaultGraph;
