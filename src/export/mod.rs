//! Files out of the store. All writers read one form, [`Quads`], and write to any `Write`: RDF in six formats, and the
//! graph of entities as a picture.

pub mod dot;
mod fault;
mod format;
mod order;
mod prefixes;
mod quads;
pub mod rdf;
pub mod seam;
pub mod view;

pub use fault::ExportError;
pub use format::{Format, is_gzip};
pub use prefixes::{Name, Prefixes};
pub use quads::{QuadIds, Quads, TermId};
