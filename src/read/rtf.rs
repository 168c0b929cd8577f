//! Rich text (RTF): groups, control words and letters become paragraphs, cells and notes; each stretch keeps its bytes. Only
//! what is shown is read: tables of fonts and styles, pictures, instructions of fields and hidden words are passed over.

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::model::text::{counted, one_line};
use crate::model::{Locus, PieceKind, Span};

use super::pieces::{Gap, Pieces};
use super::sealed::Failure;

/// Groups in each other.
const DEEPEST: usize = 512;

/// The longest control word, in letters.
const WORD: usize = 32;

/// Letters of a paragraph in a table that still make it a cell.
const CELL: usize = 240;

/// Groups whose words are not shown.
const SILENT: &[&str] = &[
    "annotation", "atnauthor", "atnid", "atnref", "bkmkend", "bkmkstart", "colorschememapping", "colortbl",
    "datafield", "datastore", "docvar", "falt", "fldinst", "fontemb", "fonttbl", "footer", "footerf", "footerl",
    "footerr", "formfield", "ftncn", "ftnsep", "ftnsepc", "generator", "header", "headerf", "headerl", "headerr",
    "info", "latentstyles", "listoverridetable", "listtable", "lsdlockedexcept", "nonshppict", "objdata", "panose",
    "pict", "pn", "rsidtbl", "shppict", "sn", "sp", "stylesheet", "sv", "themedata", "wgrffmtfilter", "xe", "xmlnstbl",
];

/// Control words that stand for a letter.
const LETTERS: &[(&str, char)] = &[
    ("bullet", '•'),
    ("emdash", '—'),
    ("emspace", ' '),
    ("endash", '–'),
    ("enspace", ' '),
    ("ldblquote", '“'),
    ("lquote", '‘'),
    ("qmspace", ' '),
    ("rdblquote", '”'),
    ("rquote", '’'),
];

/// Takes the text out of a file.
pub(super) fn read(bytes: Vec<u8>) -> Result<Pieces, Failure> {
    let mut reading = Reading::new(&bytes);
    reading.run()?;
    Ok(reading.finish())
}

/// What holds inside a group.
#[derive(Clone, Default)]
struct Group {
    silent: bool,
    hidden: bool,
    deleted: bool,
    /// The title of the file's description.
    title: bool,
    note: bool,
    in_table: bool,
    heading: bool,
    /// How many letters stand for a Unicode one that a program does not know.
    fallback: usize,
    /// `\*` came: what follows may be left out by those who do not know it.
    optional: bool,
}

/// Words and where they stand.
type Words = Vec<(String, Span)>;

struct Reading<'b> {
    bytes: &'b [u8],
    at: usize,
    encoding: &'static Encoding,
    groups: Vec<Group>,
    group: Group,
    pieces: Pieces,
    /// The open paragraph.
    open: Words,
    /// Bytes of a legacy encoding that wait for their kin, and where they begin.
    raw: Vec<u8>,
    raw_start: usize,
    /// The first half of a letter that takes two units.
    high: Option<(u16, usize)>,
    /// Letters that are left out after a Unicode one.
    skip: usize,
    notes: Vec<Words>,
    title: String,
    row_begins: bool,
    last: Option<PieceKind>,
    comments: usize,
    deletions: bool,
}

impl<'b> Reading<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            encoding: WINDOWS_1252,
            groups: Vec::new(),
            group: Group { fallback: 1, ..Group::default() },
            pieces: Pieces::default(),
            open: Vec::new(),
            raw: Vec::new(),
            raw_start: 0,
            high: None,
            skip: 0,
            notes: Vec::new(),
            title: String::new(),
            row_begins: true,
            last: None,
            comments: 0,
            deletions: false,
        }
    }

    fn run(&mut self) -> Result<(), Failure> {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'{' => {
                    self.flush();
                    if self.groups.len() >= DEEPEST {
                        return Err(Failure::Unbounded(format!("groups lie more than {DEEPEST} deep")));
                    }
                    self.groups.push(self.group.clone());
                    self.at += 1;
                }
                b'}' => {
                    self.flush();
                    self.leave();
                    self.at += 1;
                }
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => self.at += 1,
                byte => {
                    self.legacy(byte, 1);
                }
            }
        }
        self.flush();
        Ok(())
    }

    fn leave(&mut self) {
        if let Some(outer) = self.groups.pop() {
            self.group = outer;
        }
        self.skip = 0;
    }

    fn control(&mut self) {
        let start = self.at;
        let rest = &self.bytes[start + 1..];
        let letters = rest.iter().take(WORD).take_while(|byte| byte.is_ascii_alphabetic()).count();
        if letters == 0 {
            self.symbol(rest.first().copied(), start);
            return;
        }
        self.flush();
        let word = String::from_utf8_lossy(&rest[..letters]).into_owned();
        let mut at = letters;
        let negative = rest.get(at) == Some(&b'-');
        at += usize::from(negative);
        let digits = rest[at..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let number = std::str::from_utf8(&rest[at..at + digits]).ok().and_then(|digits| digits.parse::<i64>().ok());
        let number = number.map(|number| if negative { -number } else { number });
        at += digits;
        if digits == 0 && negative {
            at -= 1;
        }
        at += usize::from(rest.get(at) == Some(&b' '));
        self.at = start + 1 + at;
        self.word(&word, number, start);
    }

    /// `\'e9`, `\~`, `\*` and their kin.
    fn symbol(&mut self, sign: Option<u8>, start: usize) {
        match sign {
            Some(b'\'') => {
                let hex = self.bytes.get(start + 2..start + 4).and_then(|hex| std::str::from_utf8(hex).ok());
                match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                    Some(byte) => self.legacy(byte, 4),
                    None => self.at = start + 2,
                }
                return;
            }
            Some(b'*') => self.group.optional = true,
            Some(b'~') => self.letter('\u{a0}', start, start + 2),
            Some(b'_') => self.letter('-', start, start + 2),
            Some(b'\n' | b'\r') => self.end_paragraph(false),
            Some(sign @ (b'\\' | b'{' | b'}')) => self.letter(char::from(sign), start, start + 2),
            _ => {}
        }
        self.at = start + 1 + usize::from(sign.is_some());
    }

    fn word(&mut self, word: &str, number: Option<i64>, start: usize) {
        let optional = std::mem::take(&mut self.group.optional);
        let on = number != Some(0);
        match word {
            "par" | "sect" | "page" => self.end_paragraph(false),
            "cell" | "nestcell" => self.end_paragraph(true),
            "row" | "nestrow" => self.row_begins = true,
            "line" => self.letter('\n', start, self.at),
            "tab" => self.letter('\t', start, self.at),
            "u" => self.unicode(number.unwrap_or_default(), start),
            "uc" => self.group.fallback = number.and_then(|count| usize::try_from(count).ok()).unwrap_or(1).min(16),
            "bin" => {
                let skipped = number.and_then(|count| usize::try_from(count).ok()).unwrap_or_default();
                self.at = self.at.saturating_add(skipped).min(self.bytes.len());
            }
            "ansicpg" => {
                let page = number.and_then(|page| Encoding::for_label(format!("windows-{page}").as_bytes()));
                self.encoding = page.unwrap_or(self.encoding);
            }
            "pard" => (self.group.in_table, self.group.heading) = (false, false),
            "intbl" => self.group.in_table = true,
            "outlinelevel" => self.group.heading = number.is_some_and(|level| (0..9).contains(&level)),
            "plain" => self.group.hidden = false,
            "v" => self.group.hidden = on,
            "deleted" => {
                self.group.deleted = on;
                self.deletions |= on;
            }
            "footnote" => {
                self.group.note = true;
                self.notes.push(Words::new());
            }
            "title" if self.groups.iter().any(|group| group.silent) => self.group.title = true,
            _ if SILENT.binary_search(&word).is_ok() => {
                self.comments += usize::from(word == "annotation");
                self.group.silent = true;
            }
            _ if optional && !matches!(word, "shpinst" | "fldrslt" | "ud") => self.group.silent = true,
            _ => {
                if let Some((_, letter)) = LETTERS.iter().find(|(known, _)| *known == word) {
                    self.letter(*letter, start, self.at);
                }
            }
        }
    }

    /// `\u233?`: a UTF-16 unit, and letters for those who do not know it.
    fn unicode(&mut self, number: i64, start: usize) {
        self.skip = self.group.fallback;
        let unit = number.rem_euclid(0x1_0000) as u16;
        if (0xD800..0xDC00).contains(&unit) {
            self.high = Some((unit, start));
            return;
        }
        let (units, start) = match self.high.take() {
            Some((high, begun)) => (vec![high, unit], begun),
            None => (vec![unit], start),
        };
        let end = self.at;
        let keep = self.skip;
        self.skip = 0;
        for letter in char::decode_utf16(units).flatten().filter(|letter| !letter.is_control()) {
            self.letter(letter, start, end);
        }
        self.skip = keep;
    }

    /// A byte in the file's encoding, written in so many bytes.
    fn legacy(&mut self, byte: u8, length: usize) {
        if self.skip > 0 {
            self.skip -= 1;
        } else {
            if self.raw.is_empty() {
                self.raw_start = self.at;
            }
            self.raw.push(byte);
        }
        self.at += length;
    }

    fn flush(&mut self) {
        if self.raw.is_empty() {
            return;
        }
        let raw = std::mem::take(&mut self.raw);
        let words = self.encoding.decode_without_bom_handling(&raw).0.into_owned();
        let span = Span::new(self.raw_start, self.at);
        self.push(&words, span);
    }

    fn letter(&mut self, letter: char, start: usize, end: usize) {
        self.flush();
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        self.push(letter.encode_utf8(&mut [0; 4]), Span::new(start, end));
    }

    fn push(&mut self, words: &str, span: Span) {
        if self.group.title {
            self.title.push_str(words);
        } else if self.group.silent || self.group.hidden || self.group.deleted {
        } else if self.group.note {
            if let Some(note) = self.notes.last_mut() {
                note.push((words.to_owned(), span));
            }
        } else {
            self.open.push((words.to_owned(), span));
        }
    }

    fn end_paragraph(&mut self, ends_cell: bool) {
        self.flush();
        if self.group.silent {
            return;
        }
        if self.group.note {
            let end = Span::new(self.at, self.at);
            self.notes.last_mut().into_iter().for_each(|note| note.push((" ".to_owned(), end)));
            return;
        }
        let words = std::mem::take(&mut self.open);
        let length: usize = words.iter().map(|(words, _)| words.len()).sum();
        let kind = match () {
            () if self.group.heading => PieceKind::Heading,
            () if (self.group.in_table || ends_cell) && length <= CELL => PieceKind::Cell,
            () => PieceKind::Paragraph,
        };
        let gap = match (kind, self.last) {
            (PieceKind::Cell, Some(PieceKind::Cell)) if !self.row_begins => Gap::Tab,
            (PieceKind::Cell, Some(PieceKind::Cell)) => Gap::Line,
            _ => Gap::Blank,
        };
        if write(&mut self.pieces, kind, gap, &words, None) {
            (self.last, self.row_begins) = (Some(kind), false);
        }
    }

    fn finish(mut self) -> Pieces {
        self.end_paragraph(false);
        for (at, note) in std::mem::take(&mut self.notes).iter().enumerate() {
            write(&mut self.pieces, PieceKind::Note, Gap::Blank, note, Some(&format!("{}. ", at + 1)));
        }
        let title = one_line(&self.title);
        if !title.is_empty() {
            self.pieces.declared.push(("title".to_owned(), title));
        }
        if self.deletions {
            self.pieces.remarks.push("tracked changes are read as accepted".to_owned());
        }
        if self.comments > 0 {
            self.pieces.remarks.push(format!("{} in the file left out", counted(self.comments, "comment")));
        }
        self.pieces
    }
}

/// Writes a piece; whether it had words.
fn write(pieces: &mut Pieces, kind: PieceKind, gap: Gap, words: &Words, number: Option<&str>) -> bool {
    if words.iter().all(|(words, _)| words.trim().is_empty()) {
        return false;
    }
    pieces.open(kind, gap, 0);
    if let Some(number) = number {
        pieces.push(number, None);
    }
    let mut begun = false;
    for (words, span) in words {
        let kept = if begun { words.as_str() } else { words.trim_start() };
        begun |= !kept.is_empty();
        // What was left out at the start was written one byte a letter, or stood alone.
        let from = if words.len() == span.len() { span.start + (words.len() - kept.len()) } else { span.start };
        pieces.push(kept, Some(Locus::Bytes(Span::new(from.min(span.end), span.end))));
    }
    pieces.close();
    true
}

#[cfg(test)]
mod tests {
    use super::super::{Error, Options, read};
    use super::{LETTERS, SILENT};
    use crate::model::{Document, Span};

    fn document(file: &str) -> Document {
        read("a.rtf", file.as_bytes(), &Options::default()).expect("a document")
    }

    #[test]
    fn lists_are_sorted() {
        assert!(SILENT.is_sorted() && LETTERS.is_sorted());
    }

    #[test]
    fn what_is_shown_is_read() {
        let file = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times New Roman;}}{\stylesheet{\s1 heading 1;}}{\info{\title Bridges open}}
{\*\generator Riched20;}\pard\outlinelevel0 Bridges open\par\pard\plain The caf\'e9 of the \u201?Ministry\u8217'? met
 in May{\footnote\pard 1 See the report of the ferry office.}, {\v hidden }and {\deleted gone }thanked \{all\}\emdash now.\par
{\field{\*\fldinst HYPERLINK x}{\fldrslt A link}} stands here.\par\trowd\intbl Year\cell Bridges\cell\row\intbl 2019\cell 3\cell\row\pard}";
        let found = document(file);
        let wanted = "Bridges open\n\nThe café of the ÉMinistry’? met in May, and thanked {all}—now.\n\nA link stands here.\n\n\
            Year\tBridges\n2019\t3\n\n1. 1 See the report of the ferry office.";
        assert_eq!(found.text, wanted);
        super::super::tests::assert_sound(&found);
        assert_eq!(found.metadata.title.as_ref().map(|title| title.value.as_str()), Some("Bridges open"));
        let map = &found.source.as_ref().expect("a source").map;
        let start = found.text.find("link").expect("a word");
        assert_eq!(map.bytes(Span::new(start, start + 4)).map(|bytes| bytes.of(file)), Some("link"));
    }

    #[test]
    fn broken_files_end() {
        let said = |file: &str| read("a.rtf", file.as_bytes(), &Options::default()).map(|document| document.text);
        assert!(matches!(said(&format!("{{\\rtf1 {}", "{".repeat(100_000))), Err(Error::Unbounded { .. })));
        assert_eq!(said("{\\rtf1 Hello to all\\'").as_deref(), Ok("Hello to all"));
        assert_eq!(said("{\\rtf1 Hello\\bin99999999 to all").as_deref(), Ok("Hello"));
        assert_eq!(said("{\\rtf1 }}}}Hello\\u-").as_deref(), Ok("Hello"));
        assert!(matches!(said("{\\rtf1 {\\pict 0000}}"), Err(Error::NoWords { .. })));
    }
}
