//! What a document is written as, with the id that its sender gave it on every line.

use std::io::{self, Write};

use clap::ValueEnum;
use rapporteur::lift::{self, Base, Layer};
use rapporteur::model::{Extraction, Fault};
use rapporteur::store::Packed;
use serde_json::json;

/// What `extract` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ExtractFormat {
    /// JSON Lines: one object a line for document, mentions, entities, claims
    #[default]
    Jsonl,
    /// N-Quads: the graphs that `add` would write
    Nq,
    /// JSON Lines for `store merge`: one object a document, with its text and all its graphs
    Store,
}

/// What begins a line of N-Quads that waits for a reader: a comment to other programs.
pub const DOUBTFUL: &str = "#~ ";

/// How documents are written.
#[derive(Clone, Debug)]
pub struct Style {
    /// As what.
    pub format: ExtractFormat,
    /// Where IRIs start.
    pub base: Base,
    /// Also what is not sure enough to be claimed.
    pub to_review: bool,
    /// Program and rules.
    pub version: String,
}

impl Style {
    /// Writes a document; `id` is JSON and stands on every line, if there is one.
    pub fn write(&self, extraction: &Extraction, id: Option<&str>) -> io::Result<Vec<u8>> {
        let mut lines = Vec::new();
        if self.format == ExtractFormat::Jsonl {
            lift::jsonl::write(extraction, &self.base, &mut lines)?;
            if self.to_review {
                lift::jsonl::write_doubtful(extraction, &self.base, &mut lines)?;
            }
            return Ok(id.map_or(lines.clone(), |id| with_id(&lines, id)));
        }
        let packed = Packed::new(extraction, &self.base, &self.version);
        match self.format {
            ExtractFormat::Nq => self.quads(&packed, id, &mut lines)?,
            _ => stored(&packed, id, &mut lines)?,
        }
        Ok(lines)
    }

    /// The graphs, each line with the id in a comment. Before them, in comments too, stands what a store needs beside them.
    fn quads(&self, packed: &Packed, id: Option<&str>, out: &mut Vec<u8>) -> io::Result<()> {
        let (head, layers) = packed.parted();
        if id.is_some() {
            out.extend_from_slice(b"# ");
            stored(&head, id, out)?;
        }
        for (layer, lines) in layers {
            let is_doubtful = layer == Layer::Doubtful.name() && !self.to_review;
            let Some(id) = id else {
                out.extend_from_slice(if is_doubtful { b"" } else { lines.as_bytes() });
                continue;
            };
            writeln!(out, "# {{\"id\":{id},\"type\":\"layer\",\"layer\":{}}}", json!(layer))?;
            for line in lines.lines() {
                writeln!(out, "{}{line} # {id}", if is_doubtful { DOUBTFUL } else { "" })?;
            }
        }
        Ok(())
    }

    /// The line that stands for a document that could not be read.
    pub fn error(&self, id: &str, line: usize, fault: &dyn Fault) -> Vec<u8> {
        let start = if self.format == ExtractFormat::Nq { "# " } else { "" };
        let (code, message) = (json!(fault.code().number()), json!(fault.to_string()));
        let hint = fault.hint().map(|hint| format!(",\"hint\":{}", json!(hint))).unwrap_or_default();
        format!(
            "{start}{{\"id\":{id},\"type\":\"error\",\"line\":{line},\"code\":{code},\"message\":{message}{hint}}}\n"
        )
        .into_bytes()
    }
}

fn stored(packed: &Packed, id: Option<&str>, out: &mut Vec<u8>) -> io::Result<()> {
    let id = id.map(|id| format!("\"id\":{id},")).unwrap_or_default();
    write!(out, "{{{id}\"type\":\"stored\",")?;
    // The object goes on behind its first brace.
    let object = serde_json::to_vec(packed)?;
    out.extend_from_slice(object.get(1..).unwrap_or_default());
    out.push(b'\n');
    Ok(())
}

/// Lines of JSON objects with one key more, the first.
fn with_id(lines: &[u8], id: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(lines.len() + lines.len() / 8);
    for line in lines.split_inclusive(|byte| *byte == b'\n') {
        out.extend_from_slice(b"{\"id\":");
        out.extend_from_slice(id.as_bytes());
        out.push(b',');
        out.extend_from_slice(line.get(1..).unwrap_or_default());
    }
    out
}
