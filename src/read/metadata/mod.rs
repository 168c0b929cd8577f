//! What a document says of itself: front matter first, then what its masthead and first sentences show.

mod declared;

use crate::model::{Field, Metadata};

use super::layout::Layout;
use super::paragraphs::Paragraph;
use super::zones::Parts;

/// Gathers the metadata of a document.
pub(super) fn gather(
    _name: &str,
    layout: &Layout,
    _paragraphs: &[Paragraph],
    _parts: &Parts,
    language: Option<&'static str>,
) -> Metadata {
    let mut metadata = layout.front.as_ref().map(declared::metadata).unwrap_or_default();
    metadata.language = metadata.language.or(language.map(|tag| Field { value: tag.into(), span: None }));
    metadata
}
