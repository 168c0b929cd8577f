//! Files made here, with pages of our own words.

use super::super::{Error, Options, read};
use crate::model::{BlockKind, Document, Span, ZoneKind};

/// A file of pages, each given by the operators of its content.
fn file(pages: &[String], extra: &str) -> Vec<u8> {
    let widths = "500 ".repeat(95);
    let font = format!(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 126 \
         /Widths [{widths}] >>"
    );
    file_in(font, pages, extra)
}

/// The same in a font.
fn file_in(font: String, pages: &[String], extra: &str) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 4 + 2 * page)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()),
        font,
    ];
    for (page, content) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            5 + 2 * page
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    bytes.extend(
        format!("trailer\n<< /Size {} /Root 1 0 R {extra} >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).bytes(),
    );
    bytes
}

/// Text at a place, in a size.
fn show(text: &str, left: u32, base: u32, size: f32) -> String {
    format!("BT /F1 {size} Tf {left} {base} Td ({text}) Tj ET\n")
}

fn page(lines: &[(&str, u32, u32, f32)]) -> String {
    lines.iter().map(|(text, left, base, size)| show(text, *left, *base, *size)).collect()
}

fn sample() -> Vec<u8> {
    let first = page(&[
        ("Bridges of the River 1/2", 72, 760, 8.0),
        ("The council of the towns met in May and thanked the offi-", 72, 700, 10.0),
        ("ce of ferries for its work.", 72, 688, 10.0),
        ("It asked the towns to report on the state of all", 72, 664, 10.0),
        ("bridges", 72, 652, 10.0),
        ("1", 107, 656, 6.0),
        (" that lie between the city and the", 110, 652, 10.0),
        ("1", 72, 103, 5.0),
        (" See the report of the ferry office.", 75, 100, 8.0),
    ]);
    let second = page(&[
        ("Bridges of the River 2/2", 72, 760, 8.0),
        ("sea, before the end of the year.", 72, 700, 10.0),
        ("Town", 72, 660, 10.0),
        ("Bridges", 220, 660, 10.0),
    ]);
    file(&[first, second], "")
}

fn document(bytes: &[u8]) -> Document {
    read("a.pdf", bytes, &Options::default()).expect("a document")
}

#[test]
fn pages_are_read() {
    let found = document(&sample());
    let wanted = "Bridges of the River 1/2\n\nThe council of the towns met in May and thanked the offi-\nce of ferries for its \
        work.\n\nIt asked the towns to report on the state of all\nbridges that lie between the city and the\n\n\
        Bridges of the River 2/2\n\nsea, before the end of the year.\n\nTown\tBridges\n\n1. See the report of the ferry office.";
    assert_eq!(found.text, wanted);
    super::super::tests::assert_sound(&found);
    let blocks: Vec<(&str, BlockKind)> =
        found.blocks.iter().map(|block| (found.quote(block.span), block.kind)).collect();
    let across = blocks.iter().find(|(text, _)| text.starts_with("It asked")).expect("a paragraph");
    assert!(across.0.ends_with("before the end of the year."), "a paragraph goes on over the page: {blocks:?}");
    let head = found.text.find("Bridges of the River 2").expect("a head");
    assert_eq!(found.zone_at(head), ZoneKind::Boilerplate);
}

#[test]
fn words_lead_to_their_box() {
    let found = document(&sample());
    let map = &found.source.as_ref().expect("a source").map;
    let span = |word: &str| {
        let start = found.text.find(word).expect("a word");
        Span::new(start, start + word.len())
    };
    assert_eq!(map.pages(span("council")), Some((1, 1)));
    assert_eq!(map.pages(span("sea, before")), Some((2, 2)));
    assert_eq!(map.place(span("the\n\nBridges of the River 2/2\n\nsea")).as_deref(), Some("pp. 1–2"));
    // "The " is four letters of five points before "council".
    let areas = map.areas(span("council"));
    let (page, area) = areas.first().copied().expect("a box");
    assert_eq!((page, area.left, area.right), (1, 920, 1270));
    assert!(area.bottom < 7000 && 7000 < area.top);
}

#[test]
fn what_cannot_be_read_is_said() {
    let said = |bytes: &[u8]| read("a.pdf", bytes, &Options::default()).map(|document| document.text);
    let locked = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) \
        /U (bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb) >> /ID [(a) (a)]";
    assert!(matches!(said(&file(&[show("Hello", 72, 700, 10.0)], locked)), Err(Error::Locked { .. })));
    let picture = "q 600 0 0 700 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \0 EI Q";
    assert!(matches!(said(&file(&[picture.to_owned()], "")), Err(Error::Scanned { .. })));
    assert!(matches!(said(&file(&["q Q".to_owned()], "")), Err(Error::NoWords { .. })));
    assert!(matches!(said(b"%PDF-1.4 and nothing of the sort"), Err(Error::Broken { .. })));
}

/// A font that gives only the numbers of its shapes, as that of a file that was cut off.
#[test]
fn fonts_that_tell_no_letters_are_said() {
    let font = "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype \
                /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 \
                >>] >>";
    let line = format!("BT /F1 10 Tf 72 700 Td <{}> Tj ET\n", "003600480046005800550003".repeat(8));
    let error = read("a.pdf", &file_in(font.to_owned(), &[line], ""), &Options::default()).expect_err("no letters");
    assert!(matches!(error, Error::Broken { .. }), "{error:?}");
}

#[test]
fn broken_files_end_in_a_document_or_a_word() {
    let whole = sample();
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as usize
    };
    for _ in 0..150 {
        let mut bytes = whole.clone();
        for _ in 0..1 + next() % 8 {
            let at = next() % bytes.len();
            match next() % 4 {
                0 => bytes[at] = next() as u8,
                1 => bytes[at] = b'0' + (next() % 10) as u8,
                2 => bytes.truncate(at.max(20)),
                _ => drop(bytes.drain(at..(at + next() % 80).min(bytes.len()))),
            }
        }
        if let Ok(document) = read("a.pdf", &bytes, &Options::default()) {
            super::super::tests::assert_sound(&document);
        }
    }
}
