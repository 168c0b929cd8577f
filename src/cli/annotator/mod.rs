//! Programs of others that are asked for claims: the options that name one, how it is started and talked to, and what is
//! told of its answers. `docs/annotators.md` tells the protocol.

mod failure;
mod option;
mod program;
mod session;
mod told;
mod words;

pub use failure::Failure;
pub use option::{AnnotatorOption, named};
pub use session::Session;
pub use told::{lost, refusals, told};
