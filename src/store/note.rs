//! Notes in the files of a store on what they are, so that a list of contents that is lost can be made again from them. A
//! note is JSON in the comment of the gzip header.

use flate2::read::GzDecoder;
use serde::{Deserialize, Serialize};

use super::manifest::DocumentEntry;

/// Bytes that a note may have: readers of gzip give up on a comment of 65,535.
const LIMIT: usize = 60_000;

/// What a file of the store is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Where the IRIs of the store start.
    pub base: String,
    /// What the file holds.
    #[serde(flatten)]
    pub holding: Holding,
}

/// What a file of a store holds, as the file tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "holds", rename_all = "kebab-case")]
pub enum Holding {
    /// One layer of a document.
    Layer {
        /// SHA-256 of the document's text.
        document: String,
        /// The layer's name.
        layer: String,
        /// Number of quads.
        quads: usize,
    },
    /// A graph that belongs to no document.
    Standing {
        /// The layer's name.
        layer: String,
        /// Number of quads.
        quads: usize,
    },
    /// RDF that a user loaded.
    Loaded {
        /// The name it was loaded under.
        name: String,
        /// Number of quads.
        quads: usize,
    },
    /// A document's text, with its segments as they were when it was last written.
    Text {
        /// What the list of contents says of the document.
        entry: Box<DocumentEntry>,
    },
    /// What another program proposed for a document: the document's text names it.
    Answers,
    /// What leads from a text into the file it was taken out of: the text names it.
    Source,
}

impl Note {
    /// The note of a file, if it has one: what older versions wrote has none.
    pub fn of_file(file: &[u8]) -> Option<Self> {
        serde_json::from_slice(GzDecoder::new(file).header()?.comment()?).ok()
    }

    /// The note as it is written. What a user stated of a document is left out where it would make the note too long.
    pub fn written(&self) -> Vec<u8> {
        let mut written = serde_json::to_vec(self).unwrap_or_default();
        if written.len() > LIMIT {
            written = serde_json::to_vec(&self.shortened()).unwrap_or_default();
        }
        if written.len() > LIMIT { Vec::new() } else { written }
    }

    fn shortened(&self) -> Self {
        let mut short = self.clone();
        if let Holding::Text { entry } = &mut short.holding {
            entry.given = None;
        }
        short
    }
}

#[cfg(test)]
mod tests {
    use super::{Holding, Note};
    use crate::store::manifest::DocumentEntry;
    use crate::store::segment;

    fn of_text(label: &str) -> Note {
        let entry = DocumentEntry { name: "a.txt".into(), label: label.into(), ..DocumentEntry::default() };
        Note { base: "https://example.org/".into(), holding: Holding::Text { entry: Box::new(entry) } }
    }

    #[test]
    fn notes_come_back_from_the_file() {
        let layer = Holding::Layer { document: "00ff".into(), layer: "claims".into(), quads: 7 };
        let of_layer = Note { base: "https://example.org/".into(), holding: layer };
        for note in [of_layer, of_text("Émile \u{1f5fa} \"quoted\"")] {
            let file = segment::compress(b"words", Some(&note)).expect("gzip");
            assert_eq!(Note::of_file(&file), Some(note));
            assert_eq!(segment::decompress(&file).expect("whole"), b"words");
        }
    }

    #[test]
    fn a_note_too_long_for_readers_is_left_out() {
        let file = segment::compress(b"words", Some(&of_text(&"x".repeat(70_000)))).expect("gzip");
        assert_eq!(Note::of_file(&file), None);
        assert_eq!(segment::decompress(&file).expect("whole"), b"words");
    }
}
