//! Electronic books (EPUB): the chapters in the order of the book, each read as a web page; each piece keeps its chapter and
//! its number in it.

use crate::model::text::one_line;

use super::docx::package::Package;
use super::docx::xml::{self, Step};
use super::html;
use super::pieces::Pieces;
use super::sealed::Failure;

/// The most chapters.
const CHAPTERS: usize = 5000;

/// What the book says of itself and its chapters.
#[derive(Default)]
struct Book {
    /// Names of files by their ids.
    files: Vec<(String, String)>,
    /// Ids of chapters, in order.
    order: Vec<String>,
    title: String,
    date: String,
}

/// Takes the text out of a book.
pub(super) fn read(bytes: Vec<u8>) -> Result<Pieces, Failure> {
    let mut package = Package::open(bytes)?;
    if package.part("META-INF/encryption.xml")?.is_some_and(|text| text.contains("aes")) {
        return Err(Failure::Locked);
    }
    let container = package.part("META-INF/container.xml")?;
    let container = container.ok_or_else(|| Failure::Other(package.called()))?;
    let mut root = None;
    xml::walk(&container, &mut |step| {
        if let Step::Start(tag) = step
            && tag.name().ends_with("rootfile")
        {
            root = root.take().or_else(|| tag.get("full-path"));
        }
    })?;
    let root = root.ok_or_else(|| Failure::Broken("it names no book".to_owned()))?;
    let text = package.part(&root)?.ok_or_else(|| Failure::Broken(format!("{root} is not in it")))?;
    let book = book(&text).map_err(|failure| failure.within(&root))?;
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut pieces = Pieces::default();
    let mut missing = 0;
    for id in book.order.iter().take(CHAPTERS) {
        let name = book.files.iter().find(|(known, _)| known == id).map(|(_, name)| package.joined(folder, name));
        let Some(name) = name else { continue };
        let Some(chapter) = package.part(&name)? else {
            missing += 1;
            continue;
        };
        pieces.append(html::read(chapter.as_bytes(), Some("utf-8"))?, Some(&name));
    }
    if missing > 0 {
        pieces.remarks.push(format!("{missing} of the chapters that the book names are not in it"));
    }
    for (key, value) in [("title", one_line(&book.title)), ("published", one_line(&book.date))] {
        if !value.is_empty() {
            pieces.declared.push((key.to_owned(), value));
        }
    }
    Ok(pieces)
}

fn book(text: &str) -> Result<Book, Failure> {
    let mut book = Book::default();
    let mut inside = String::new();
    xml::walk(text, &mut |step| match step {
        Step::Start(tag) => {
            let local = tag.name().rsplit(':').next().unwrap_or_default().to_owned();
            match local.as_str() {
                "item" => book.files.extend(tag.get("id").zip(tag.get("href"))),
                "itemref" if tag.get("linear").as_deref() != Some("no") => book.order.extend(tag.get("idref")),
                _ => {}
            }
            inside = local;
        }
        Step::End(_) => inside.clear(),
        Step::Text(words) if inside == "title" && book.title.len() < 500 => book.title.push_str(words),
        Step::Text(words) if inside == "date" && book.date.is_empty() => {
            book.date = words.get(..10).unwrap_or(words).to_owned();
        }
        Step::Text(_) => {}
    })?;
    Ok(book)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::CompressionMethod::Stored;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::super::{Error, Options, read};
    use crate::model::Span;

    fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [("mimetype", "application/epub+zip")].iter().chain(parts) {
            writer.start_file(*name, SimpleFileOptions::default().compression_method(Stored)).expect("a part");
            writer.write_all(text.as_bytes()).expect("its text");
        }
        writer.finish().expect("an archive").into_inner()
    }

    const CONTAINER: &str = "<container><rootfiles><rootfile full-path='OPS/book.opf'/></rootfiles></container>";

    #[test]
    fn chapters_are_read_in_order() {
        let opf = "<package><metadata><dc:title>Bridges</dc:title></metadata><manifest><item id='a' href='text/a.xhtml'/>\
            <item id='b' href='b%20one.xhtml'/></manifest><spine><itemref idref='b'/><itemref idref='a'/></spine></package>";
        let page = |words: &str| {
            format!("<?xml version='1.0'?><html><head><title>x</title></head><body><p>{words}</p></body></html>")
        };
        let book = packed(&[
            ("META-INF/container.xml", CONTAINER),
            ("OPS/book.opf", opf),
            ("OPS/text/a.xhtml", &page("The second chapter &amp; the last.")),
            ("OPS/b one.xhtml", &page("The first chapter.")),
        ]);
        let found = read("a.epub", &book, &Options::default()).expect("a document");
        assert_eq!(found.text, "The first chapter.\n\nThe second chapter & the last.");
        assert_eq!(found.metadata.title.as_ref().map(|title| title.value.as_str()), Some("Bridges"));
        let map = &found.source.as_ref().expect("a source").map;
        let start = found.text.find("second").expect("a word");
        assert_eq!(map.paragraphs(Span::new(start, start + 6)), Some(("OPS/text/a.xhtml", 1, 1)));
    }

    #[test]
    fn what_is_no_book_is_said() {
        let said = |parts: &[(&str, &str)]| read("a.epub", &packed(parts), &Options::default()).map(|found| found.text);
        assert!(matches!(said(&[]), Err(Error::Binary { .. })));
        assert!(matches!(said(&[("META-INF/container.xml", CONTAINER)]), Err(Error::Broken { .. })));
    }
}
