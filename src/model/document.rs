//! A document as it was read: its text, never changed, and what its layout says.

use super::{CodePoints, DateValue, Diagnostic, Intervention, Letters, Pinpoint, SourceFile, Span};

/// One document. The text is the decoded file, without byte-order mark and with line feeds as its line ends, or what a
/// reader took out of a richer file; every span of every later stage points into it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The name the user gave: a path, or `-` for standard input. For messages; never part of an IRI.
    pub name: String,
    /// The whole text, UTF-8.
    pub text: String,
    /// The hash that names `text`, in lower-case hex (64 digits): see [`super::text::text_hash`]. It is the file's own if
    /// that is UTF-8 without a byte-order mark, has lines that end in LF, and one such end at its own.
    pub sha256: String,
    /// Byte ↔ code point map of `text`.
    pub points: CodePoints,
    /// What each stretch is for; in text order, without gaps, covering the whole text.
    pub zones: Vec<Zone>,
    /// Stretches of prose that belong together, in text order, disjoint. Blank stretches lie between them.
    pub blocks: Vec<Block>,
    /// Stretches inside blocks that are no words of theirs: a page number between two halves of a sentence, Markdown
    /// marks, link targets, escapes of front matter. In text order, disjoint. A reader of words passes over them as
    /// over blanks.
    pub gaps: Vec<Span>,
    /// How its paragraphs are cited, in text order, disjoint.
    pub pinpoints: Vec<Pinpoint>,
    /// Title, speaker, meeting and the like, with the places they were read from.
    pub metadata: Metadata,
    /// Where several speak: each one's turn, in text order, disjoint. Empty where one voice speaks throughout, which is
    /// that of the metadata.
    pub interventions: Vec<Intervention>,
    /// What the user states of the document: key and value, by key. It stands in the metadata already; here it is kept for
    /// a later reading of the same text.
    pub given: Vec<(String, String)>,
    /// What the reader noticed. Never stops a run.
    pub diagnostics: Vec<Diagnostic>,
    /// The text in plain letters, which stages read, where the file writes words otherwise.
    pub letters: Option<Box<Letters>>,
    /// The file that the text was taken out of, with the way back into it; none where the file is the text.
    pub source: Option<Box<SourceFile>>,
}

impl Document {
    /// The zone that a byte lies in; `Body` for an empty document.
    pub fn zone_at(&self, byte: usize) -> ZoneKind {
        let next = self.zones.partition_point(|zone| zone.span.start <= byte);
        next.checked_sub(1).map_or(ZoneKind::Body, |i| self.zones[i].kind)
    }

    /// The gaps that lie inside a span, in text order.
    pub fn gaps_in(&self, span: Span) -> &[Span] {
        let first = self.gaps.partition_point(|gap| gap.end <= span.start);
        let past = self.gaps.partition_point(|gap| gap.start < span.end);
        self.gaps.get(first..past).unwrap_or_default()
    }

    /// The text under a span.
    pub fn quote(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// The name without its folders, so that what is stored does not depend on where the file lay; `None` for standard
    /// input.
    pub fn file_name(&self) -> Option<&str> {
        self.name.rsplit(['/', '\\']).next().filter(|name| !matches!(*name, "" | "-"))
    }

    /// A span's start and end in code points.
    pub fn code_points(&self, span: Span) -> (usize, usize) {
        self.points.of_span(&self.text, span)
    }

    /// Line number of a byte, from 1.
    pub fn line_of(&self, byte: usize) -> usize {
        1 + self.text.as_bytes()[..byte].iter().filter(|&&b| b == b'\n').count()
    }
}

/// A stretch of a document and what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Where.
    pub span: Span,
    /// What for.
    pub kind: ZoneKind,
}

/// What a stretch of a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ZoneKind {
    /// Title, masthead, front matter: who, where, when.
    Front,
    /// The words of the document itself.
    Body,
    /// What follows the words: time stamps, publisher, signatures.
    Footer,
    /// Page furniture (menus, share links) and stretches in another language than the document's.
    Boilerplate,
}

impl ZoneKind {
    /// The word used in JSON Lines.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::Body => "body",
            Self::Footer => "footer",
            Self::Boilerplate => "boilerplate",
        }
    }
}

/// A run of text that reads as one: a paragraph (even across a page break or hard line breaks), a heading, a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where, without the blanks around it. It may hold line breaks, even blank lines (a page break in a sentence).
    pub span: Span,
    /// How it is laid out.
    pub kind: BlockKind,
    /// The zone it lies in.
    pub zone: ZoneKind,
}

/// How a block is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A title or heading.
    Heading,
    /// Running prose; also a clause of a resolution.
    Paragraph,
    /// A member of a bulleted or numbered list.
    Item,
    /// A line of metadata: `key: value` of front matter, a date line, a web address.
    Field,
}

/// A metadata value and the stretch it was read from; `span` is `None` where a value was worked out from others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field<T> {
    /// The value.
    pub value: T,
    /// Where the text says it.
    pub span: Option<Span>,
}

/// One who signed a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signatory {
    /// The name as written.
    pub name: Field<String>,
    /// The office as written, if one stands below the name.
    pub office: Option<Field<String>>,
    /// For whom the office speaks, as written.
    pub represents: Option<Field<String>>,
}

/// One of several agenda items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaItem {
    /// The number as written: "61 (a)".
    pub number: Field<String>,
    /// The title as written, if the heading gives one to each item.
    pub title: Option<Field<String>>,
}

/// What a document says of itself. All of it is optional: absent means not found, never guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title as written, line breaks folded to blanks.
    pub title: Option<Field<String>>,
    /// Who speaks, as written: "The Representative of the Islamic Republic of Iran".
    pub speaker: Option<Field<String>>,
    /// For which State, organisation or group the speaker speaks, as written.
    pub represents: Option<Field<String>>,
    /// The meeting, as written: "The Fifth session of the Expert Group …".
    pub meeting: Option<Field<String>>,
    /// The meeting's ordinal: 5 for "Fifth session".
    pub session: Option<Field<u32>>,
    /// The agenda item, as written: "Agenda item 2".
    pub agenda_item: Option<Field<String>>,
    /// The agenda item's title.
    pub item_title: Option<Field<String>>,
    /// The agenda items of a heading that names several.
    pub items: Vec<AgendaItem>,
    /// City, as written.
    pub place: Option<Field<String>>,
    /// When it was said or adopted: a day or an interval.
    pub date: Option<Field<DateValue>>,
    /// The year of the session that a speech without a date says it is held at: good for what names meant then, and no
    /// date of the document.
    pub era: Option<DateValue>,
    /// When it was published, if that is another date.
    pub published: Option<Field<DateValue>>,
    /// Who published it, as written.
    pub publisher: Option<Field<String>>,
    /// Where it was taken from: a web address or reference.
    pub source: Option<Field<String>>,
    /// The document's own UN symbol, canonical, for example `A/RES/74/173`.
    pub symbol: Option<Field<String>>,
    /// The organ that adopted it, as written ("General Assembly"), for resolutions and decisions.
    pub organ: Option<Field<String>>,
    /// Whom a letter is addressed to, as written.
    pub addressee: Option<Field<String>>,
    /// The file or command line that states values for the document, which stand before what was read.
    pub stated_by: Option<String>,
    /// Who signed, in text order.
    pub signatories: Vec<Signatory>,
    /// What sort of document: `statement`, `joint statement`, `resolution`, `letter`, `report`, `press release`,
    /// `meeting coverage`, `transcript`, `record`. The span is that of the words that name it: "Letter dated 5 May 2020".
    pub genre: Option<Field<String>>,
    /// BCP 47 language tag of the body, for example `en`.
    pub language: Option<Field<String>>,
}

impl Metadata {
    /// The day, month or year in which it was said, for what names meant then; `None` where nothing tells.
    pub fn when(&self) -> Option<&str> {
        self.date.as_ref().map(|date| &date.value).or(self.era.as_ref()).map(DateValue::start)
    }
}
