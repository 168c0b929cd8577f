//! How large the parts of the network are; training and parsing share it.

/// Numbers in the vector of a word.
pub const WIDTH: usize = 128;
/// Units of one direction of a layer.
pub const HALF: usize = 96;
/// Recurrent layers.
pub const LAYERS: usize = 4;
/// The layer that tags are read from.
pub const TAG_LAYER: usize = 1;
/// Room for fine tags.
pub const TAGS: usize = 96;
/// Numbers in the vectors that dependents and heads are matched by.
pub const ARC: usize = 96;
/// Hidden units between an arc and its relation.
pub const HIDDEN: usize = 128;
/// Room for relations.
pub const LABELS: usize = 64;

/// Parts of a unit's input: value, forget gate, reset gate, and in the first layer the way around it.
pub const fn groups(layer: usize) -> usize {
    if layer == 0 { 4 } else { 3 }
}
