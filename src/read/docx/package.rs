//! The archive that a document is packed in: its parts, unpacked within bounds, and how they refer to each other.

use std::io::{Cursor, Read};

use encoding_rs::Encoding;
use zip::ZipArchive;

use super::super::sealed::Failure;
use super::xml::{self, Step};

/// The most parts.
const PARTS: usize = 20_000;

/// The most bytes of one part.
const PART: u64 = 256 << 20;

/// The most bytes of all parts that are read.
const ALL: u64 = 1 << 30;

/// How much larger than packed a part may be, from [`FLOOR`] on.
const RATIO: u64 = 400;

/// Bytes that a part may have however small it is packed.
const FLOOR: u64 = 1 << 20;

/// An open archive.
pub(in crate::read) struct Package {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

/// Where one part refers to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read) struct Relation {
    pub id: String,
    /// The last word of its type: `footnotes`.
    pub sort: String,
    /// The name of the other part.
    pub target: String,
}

impl Package {
    /// Opens an archive.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Failure> {
        let archive = ZipArchive::new(Cursor::new(bytes));
        let archive = archive.map_err(|_| Failure::Broken("it is no whole zip archive".to_owned()))?;
        if archive.len() > PARTS {
            return Err(Failure::Unbounded(format!("{} parts", archive.len())));
        }
        Ok(Self { archive, left: ALL })
    }

    /// The text of a part; `None` if there is none of that name.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Failure> {
        let Some(number) = self.archive.index_for_name(name) else { return Ok(None) };
        let broken =
            |error: &dyn std::fmt::Display| Failure::Broken(format!("{name} in it cannot be unpacked ({error})"));
        let file = self.archive.by_index(number).map_err(|error| {
            let words = error.to_string();
            if words.to_lowercase().contains("password") { Failure::Locked } else { broken(&words) }
        })?;
        let limit = PART.min(self.left).min(file.compressed_size().saturating_mul(RATIO).max(FLOOR));
        let mut bytes = Vec::new();
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| broken(&error))?;
        let size = bytes.len() as u64;
        if size > limit {
            return Err(Failure::Unbounded(format!("{name} in it unpacks to more than {limit} bytes")));
        }
        self.left -= size;
        let (encoding, _) = Encoding::for_bom(&bytes).unwrap_or((encoding_rs::UTF_8, 0));
        Ok(Some(encoding.decode_with_bom_removal(&bytes).0.into_owned()))
    }

    /// What a part refers to; nothing for a part without relations. The empty name is the archive itself.
    pub fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Failure> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let Some(text) = self.part(&name)? else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        let walked = xml::walk(&text, &mut |step| {
            let Step::Start(tag) = step else { return };
            let outside = tag.get("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
            let (Some(id), Some(sort), Some(target)) = (tag.get("Id"), tag.get("Type"), tag.get("Target")) else {
                return;
            };
            if !outside {
                let sort = sort.rsplit('/').next().unwrap_or_default().to_owned();
                found.push(Relation { id, sort, target: joined(folder, &target) });
            }
        });
        walked.map_err(|failure| failure.within(&name))?;
        Ok(found)
    }

    /// The name of a part that one in a folder refers to by an address.
    pub fn joined(&self, folder: &str, address: &str) -> String {
        let address = address.split('#').next().unwrap_or_default();
        let plain = percent_decoded(address);
        joined(folder, &plain)
    }

    /// What an archive without an office document is.
    pub fn called(&self) -> &'static str {
        let has = |start: &str| self.archive.file_names_raw().any(|name| name.starts_with(start.as_bytes()));
        match () {
            () if has("xl/") => "a spreadsheet",
            () if has("ppt/") => "a presentation",
            () if has("META-INF/container.xml") => "an electronic book (EPUB)",
            () if has("content.xml") => "an OpenDocument file",
            () => "a zip archive",
        }
    }
}

/// A target, seen from a folder: `../media/a.png` from `word` is `media/a.png`.
fn joined(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

/// An address without its percent signs.
fn percent_decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        let code = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(code.unwrap_or(first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn targets_are_seen_from_their_folder() {
        for (folder, target, wanted) in [
            ("", "word/document.xml", "word/document.xml"),
            ("word", "footnotes.xml", "word/footnotes.xml"),
            ("word", "../custom/a.xml", "custom/a.xml"),
            ("word", "/word/b.xml", "word/b.xml"),
            ("word", "../../../x", "x"),
        ] {
            assert_eq!(joined(folder, target), wanted);
        }
    }
}
