//! What a document says of itself in its title block: who spoke, for whom, where, when, on which item.
use super::Inputs;
use crate::model::Claim;

pub(super) fn claims(_inputs: &Inputs<'_>) -> Vec<Claim> {
    Vec::new()
}
