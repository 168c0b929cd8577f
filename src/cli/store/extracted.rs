//! The documents in what `extract --stream` wrote: JSON Lines of whole documents (`--format store`), or N-Quads with what a
//! store needs beside them in comments (`--format nq`).

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read};

use rapporteur::model::Code;
use rapporteur::store::{Packed, PackedError};
use serde::Deserialize;

use crate::cli::stream::DOUBTFUL;
use crate::cli::trouble::Trouble;

/// What begins a line of N-Quads that tells something to us alone.
const COMMENT: &str = "# ";

/// What stands between a quad and the id of its document.
const ID: &str = " . # ";

/// A document as it stands in a file, before it is read.
pub enum Raw {
    /// One object.
    Whole(String),
    /// An object without its graphs, and these by layer.
    Parts(String, BTreeMap<String, String>),
}

impl Raw {
    /// Reads and proves it.
    pub fn read(&self) -> Result<Packed, PackedError> {
        match self {
            Self::Whole(json) => Packed::read(json),
            Self::Parts(json, layers) => Packed::read_parts(json, layers.clone()),
        }
    }

    /// How many bytes it has.
    pub fn len(&self) -> usize {
        match self {
            Self::Whole(json) => json.len(),
            Self::Parts(json, layers) => json.len() + layers.values().map(String::len).sum::<usize>(),
        }
    }
}

/// The documents of a file, one after the other.
pub struct Extracted<R: Read> {
    name: String,
    lines: BufReader<R>,
    number: usize,
    open: Option<(String, BTreeMap<String, String>)>,
    layer: String,
    /// Documents that could not be read where the file was made.
    pub failed: usize,
}

/// What a line of JSON is.
#[derive(Deserialize)]
struct Head {
    #[serde(rename = "type")]
    kind: Option<String>,
    layer: Option<String>,
}

impl<R: Read> Extracted<R> {
    /// Reads a file; `name` is for messages.
    pub fn new(name: &str, reader: R) -> Self {
        let lines = BufReader::with_capacity(1 << 16, reader);
        Self { name: name.to_owned(), lines, number: 0, open: None, layer: String::new(), failed: 0 }
    }

    /// The next document; `None` behind the last.
    pub fn next(&mut self) -> Result<Option<Raw>, Trouble> {
        let mut line = String::new();
        loop {
            line.clear();
            self.number += 1;
            if self.lines.read_line(&mut line).map_err(|error| self.unreadable(&error))? == 0 {
                return Ok(self.close());
            }
            let text = line.trim_end_matches(['\n', '\r']);
            let told = text.strip_prefix(COMMENT).filter(|text| text.starts_with('{'));
            let finished = match told {
                Some(json) => self.take_head(json, true)?,
                None if text.starts_with('{') => self.take_head(text, false)?,
                None => {
                    self.take_quad(text)?;
                    None
                }
            };
            if finished.is_some() {
                return Ok(finished);
            }
        }
    }

    /// A line of JSON. Gives the document that it is, or that ends before it.
    fn take_head(&mut self, json: &str, is_comment: bool) -> Result<Option<Raw>, Trouble> {
        let head: Head = serde_json::from_str(json).map_err(|error| self.refused(&format!("is no JSON ({error})")))?;
        match head.kind.as_deref() {
            Some("stored") if is_comment => Ok(self.open.replace((json.to_owned(), BTreeMap::new())).map(parts)),
            Some("stored") => Ok(Some(Raw::Whole(json.to_owned()))),
            Some("layer") => {
                self.layer = head.layer.unwrap_or_default();
                Ok(None)
            }
            Some("error") => {
                self.failed += 1;
                Ok(self.close())
            }
            _ => Err(self.refused("has findings without their text")),
        }
    }

    /// A quad of the open document.
    fn take_quad(&mut self, text: &str) -> Result<(), Trouble> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let quad = text.strip_prefix(DOUBTFUL).unwrap_or(text);
        // The quotes of a literal are escaped within it, so that nothing of a quad looks like its end.
        let Some(end) = quad.find(ID) else {
            return Err(self.refused("is neither JSON nor a quad with its document’s id"));
        };
        let Some((_, layers)) = &mut self.open else {
            return Err(self.refused("stands before the document that it is of"));
        };
        let lines = layers.entry(self.layer.clone()).or_default();
        lines.push_str(&quad[..end]);
        lines.push_str(" .\n");
        Ok(())
    }

    fn close(&mut self) -> Option<Raw> {
        self.open.take().map(parts)
    }

    /// The number of the line that was read last.
    pub const fn line(&self) -> usize {
        self.number
    }

    /// A line that is none of ours.
    pub fn refused(&self, why: &str) -> Trouble {
        let said = format!("{} cannot be merged: line {} {why}", self.name, self.number);
        Trouble::new(Code::NOT_MERGEABLE, said)
    }

    fn unreadable(&self, error: &io::Error) -> Trouble {
        Trouble::new(Code::FILE_UNREADABLE, format!("cannot read {}: {error}", self.name))
    }
}

fn parts((json, layers): (String, BTreeMap<String, String>)) -> Raw {
    Raw::Parts(json, layers)
}
