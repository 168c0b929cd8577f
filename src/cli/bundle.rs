//! Files that hold many texts: zip and tar archives, JSON Lines and tables with a column of texts. Each text is read as if it were
//! a file of its own.

use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use rapporteur::model::Code;
use rapporteur::read;
use zip::ZipArchive;

use super::input::{self, LARGEST};
use super::meta_option::{Row, json_row, rows};
use super::tarball::{self, Stretch};
use super::trouble::Trouble;

/// The most files of an archive.
const FILES: usize = 100_000;

/// The most bytes that a file of an archive unpacks to.
const FILE: u64 = 256 << 20;

/// Columns that hold the text, and those that name it.
const TEXTS: &[&str] = &["text", "full_text", "fulltext", "content", "body", "speech"];
const IDS: &[&str] = &["id", "file", "filename", "doc_id", "document_id", "name", "symbol"];

/// A text in a file of many.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name: `dump.jsonl#17`, `letters.zip/2024/a.pdf`.
    pub name: String,
    /// What stands beside it: its other columns.
    pub row: Row,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Text(Arc<str>),
    Packed(ZipArchive<Cursor<Arc<[u8]>>>, usize),
    Stretch(Stretch),
}

impl Member {
    /// Its bytes, if there are no more than that many.
    pub fn read(&self, limit: usize) -> Result<Vec<u8>, Trouble> {
        match &self.content {
            Content::Text(text) => Ok(text.as_bytes().to_vec()),
            Content::Packed(archive, number) => unpacked(&mut archive.clone(), *number, &self.name, limit),
            Content::Stretch(stretch) => stretch
                .read(FILE.min(limit as u64))
                .map_err(|error| Trouble::new(Code::FILE_UNREADABLE, format!("cannot read {}: {error}", self.name))),
        }
    }
}

fn unpacked(
    archive: &mut ZipArchive<Cursor<Arc<[u8]>>>,
    number: usize,
    name: &str,
    limit: usize,
) -> Result<Vec<u8>, Trouble> {
    let limit = FILE.min(limit as u64);
    let bad = |reason: &str| Trouble::new(Code::FILE_UNREADABLE, format!("cannot read {name}: {reason}"));
    let file = archive.by_index(number).map_err(|error| bad(&error.to_string()))?;
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| bad(&error.to_string()))?;
    if bytes.len() as u64 > limit { Err(bad(&format!("it unpacks to more than {limit} bytes"))) } else { Ok(bytes) }
}

/// The texts that a file holds; `None` if it is a text itself.
pub fn members(path: &Path) -> Result<Option<Vec<Member>>, Trouble> {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase();
    match extension.as_str() {
        "zip" => packed(path).map(Some),
        "tar" | "tgz" => tarred(path).map(Some),
        "gz" if path
            .file_stem()
            .is_some_and(|stem| Path::new(stem).extension().is_some_and(|inner| inner == "tar")) =>
        {
            tarred(path).map(Some)
        }
        "jsonl" | "ndjson" | "csv" | "tsv" => tabled(path, &extension),
        _ => Ok(None),
    }
}

/// Whether files with this extension are archives that stand for folders when they are named.
pub fn is_archive(extension: &str) -> bool {
    matches!(extension, "zip" | "tar" | "tgz" | "gz")
}

fn packed(path: &Path) -> Result<Vec<Member>, Trouble> {
    let bytes: Arc<[u8]> = input::bytes(path, LARGEST)?.into();
    let bad = |reason: String| Trouble::new(Code::FILE_BROKEN, format!("{} is broken: {reason}", path.display()));
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| bad("it is no whole zip archive".to_owned()))?;
    if archive.len() > FILES {
        return Err(bad(format!("it says that it holds {} files", archive.len())));
    }
    let mut found: Vec<(String, usize)> = Vec::new();
    for number in 0..archive.len() {
        let Some(Ok(name)) = archive.name_for_index(number) else { continue };
        if is_wanted(&name) {
            found.push((name.into_owned(), number));
        }
    }
    found.sort();
    let member = |(name, number): (String, usize)| Member {
        name: format!("{}/{name}", path.display()),
        row: Row::new(),
        content: Content::Packed(archive.clone(), number),
    };
    Ok(found.into_iter().map(member).collect())
}

/// The files of a tar archive.
fn tarred(path: &Path) -> Result<Vec<Member>, Trouble> {
    let bad = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied => input::unreadable(path, &error),
        _ => Trouble::new(Code::FILE_BROKEN, format!("{} is broken: {error}", path.display())),
    };
    let mut found = tarball::files(path, FILES).map_err(bad)?;
    if found.is_empty() {
        return Err(bad(io::Error::other("it is no whole tar archive")));
    }
    found.iter_mut().for_each(|(name, _)| *name = name.trim_start_matches("./").to_owned());
    found.retain(|(name, _)| is_wanted(name));
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let member = |(name, stretch)| Member {
        name: format!("{}/{name}", path.display()),
        row: Row::new(),
        content: Content::Stretch(stretch),
    };
    Ok(found.into_iter().map(member).collect())
}

/// Whether a file of an archive is one to read: not hidden, and with the name of a document.
fn is_wanted(name: &str) -> bool {
    let hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
    let document = name.rsplit_once('.').is_some_and(|(_, extension)| read::is_document(extension));
    document && !hidden
}

/// The rows of a table that has a column of texts.
fn tabled(path: &Path, extension: &str) -> Result<Option<Vec<Member>>, Trouble> {
    let bytes = input::bytes(path, LARGEST)?;
    let Ok(text) = String::from_utf8(bytes) else { return Ok(None) };
    let text = text.trim_start_matches('\u{feff}');
    // What begins otherwise is a table of something else, or a text: it is read as that.
    let begins = match extension {
        "csv" | "tsv" => text
            .lines()
            .next()
            .is_some_and(|heads| heads.split([',', ';', '\t']).any(|head| is_one(TEXTS, head.trim_matches('"')))),
        _ => text.lines().find(|line| !line.trim().is_empty()).and_then(json_row).is_some_and(|row| has_text(&row)),
    };
    if !begins {
        return Ok(None);
    }
    let mut members = Vec::new();
    for (number, mut row) in rows(path, text, extension)?.into_iter().enumerate() {
        let Some(at) = row.iter().position(|(name, _)| is_one(TEXTS, name)) else { continue };
        let (_, text) = row.remove(at);
        let id = row.iter().find(|(name, value)| is_one(IDS, name) && !value.trim().is_empty());
        // A dot would make an extension of what follows it.
        let id = id.map(|(_, id)| id.trim().replace('/', "_")).filter(|id| !id.contains('.'));
        let id = id.unwrap_or_else(|| (number + 1).to_string());
        let name = format!("{}#{id}", path.display());
        members.push(Member { name, row, content: Content::Text(text.into()) });
    }
    Ok(Some(members))
}

fn has_text(row: &Row) -> bool {
    row.iter().any(|(name, _)| is_one(TEXTS, name))
}

fn is_one(names: &[&str], name: &str) -> bool {
    names.contains(&name.trim().to_lowercase().replace([' ', '-'], "_").as_str())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use super::{LARGEST, members};

    #[test]
    fn tables_of_texts_are_taken_apart_and_others_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("dump.jsonl");
        fs::write(&path, "{\"id\":\"A/1\",\"text\":\"One.\",\"country\":\"Norway\"}\n{\"text\":\"Two.\"}\n")
            .expect("a file");
        let found = members(&path).expect("rows").expect("a table of texts");
        let names: Vec<&str> = found.iter().filter_map(|member| member.name.rsplit('#').next()).collect();
        assert_eq!(names, ["A_1", "2"]);
        assert_eq!(found[0].read(LARGEST).expect("bytes"), b"One.");
        assert!(found[0].row.contains(&("country".to_owned(), "Norway".to_owned())));
        let path = folder.path().join("table.csv");
        fs::write(&path, "year,bridges\n2019,3\n").expect("a file");
        assert!(members(&path).expect("a file").is_none());
        fs::write(&path, "id;text\n7;\"Three; four.\"\n").expect("a file");
        let found = members(&path).expect("rows").expect("a table of texts");
        assert_eq!(found[0].read(LARGEST).expect("bytes"), b"Three; four.");
    }

    #[test]
    fn archives_are_folders() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("letters.zip");
        let mut writer = zip::ZipWriter::new(fs::File::create(&path).expect("a file"));
        for name in ["b/two.txt", "a.txt", ".hidden.txt", "picture.png"] {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
            writer.write_all(name.as_bytes()).expect("its text");
        }
        writer.finish().expect("an archive");
        let found = members(&path).expect("files").expect("an archive");
        let texts: Vec<Vec<u8>> = found.iter().map(|member| member.read(LARGEST).expect("bytes")).collect();
        assert_eq!(texts, [b"a.txt".to_vec(), b"b/two.txt".to_vec()]);
        fs::write(&path, b"PK\x03\x04 and no more").expect("a file");
        assert!(members(&path).is_err());
    }

    /// A tar archive of files that hold their names.
    fn tar_of(names: &[&str]) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        for name in names {
            let mut header = tar::Header::new_gnu();
            // Names that lead out of the folder are not written by the library itself.
            header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_size(name.len() as u64);
            header.set_cksum();
            builder.append(&header, name.as_bytes()).expect("a file");
        }
        builder.into_inner().expect("an archive")
    }

    #[test]
    fn tar_archives_are_folders_and_unpack_nowhere() {
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("in");
        fs::create_dir(&inner).expect("a folder");
        let tar = tar_of(&["b/two.txt", "./a.txt", "../out.txt", "/abs.txt", "c/.hidden.txt", "picture.png"]);
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(&tar).expect("packs");
        let packed = packed.finish().expect("packs");
        for (name, bytes) in [("a.tar", &tar), ("a.tgz", &packed), ("a.tar.gz", &packed)] {
            let path = inner.join(name);
            fs::write(&path, bytes).expect("a file");
            let found = members(&path).expect("files").expect("an archive");
            let texts: Vec<Vec<u8>> = found.iter().map(|member| member.read(LARGEST).expect("bytes")).collect();
            assert_eq!(texts, [b"/abs.txt".to_vec(), b"./a.txt".to_vec(), b"b/two.txt".to_vec()], "{name}");
            assert!(found.iter().all(|member| member.read(3).is_err()));
        }
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
        let path = inner.join("cut.tar");
        fs::write(&path, &tar[..tar.len() / 2]).expect("a file");
        assert!(members(&path).expect("files").is_some_and(|found| !found.is_empty()));
        fs::write(&path, b"no archive").expect("a file");
        assert!(members(&path).is_err());
        let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        bomb.write_all(&vec![0; 80 << 20]).expect("packs");
        let path = inner.join("bomb.tar.gz");
        fs::write(&path, bomb.finish().expect("packs")).expect("a file");
        assert!(members(&path).is_err());
    }
}
