//! Claims that other programs propose: what such a program is told of a document ([`request`]), how its lines are read
//! ([`Line`]), and which of them are taken. Nothing is taken on trust: the quote must stand in the text and hold both ends,
//! the relation must be declared, and what a line says is weighed by the same judge as what the rules say. The rest is
//! refused, each line with its reason.
//!
//! This starts no program and opens no file: lines come in, an extraction with more claims goes out.

mod end;
mod line;
mod place;
mod proposal;
mod refusal;
mod request;
mod scope;
mod take;
mod weigh;

use crate::lift::Base;
use crate::model::Relations;
use crate::relate;
use crate::seeds::Catalogue;

pub use line::Line;
pub use refusal::{Refusal, shown};
pub use request::{PROTOCOL, greeting, request};
pub use take::take;

/// What proposals are measured against.
#[derive(Clone, Copy)]
pub struct Known<'k> {
    /// The known names.
    pub catalogue: &'k Catalogue,
    /// The relations that claims may use.
    pub relations: &'k Relations,
    /// What a confidence is enough for.
    pub scorer: &'k dyn relate::Score,
    /// Where IRIs start.
    pub base: &'k Base,
}
