//! The vocabularies that a user loaded: [`load`] reads their files, [`index`] is one of them on disk, [`Folder`] all of them,
//! as a shelf for the linker. The only files that are opened here are those.

mod building;
mod folder;
pub mod index;
pub mod load;

pub use building::Building;
pub use folder::{ENDING, Folder, drop_vocabulary, names, put};
