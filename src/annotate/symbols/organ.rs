//! Which organ a numbered text belongs to: the words around "resolution" say it, else the shape of the number.

use compact_str::{CompactString, format_compact};

use crate::annotate::wording::{Shape, Words};
use crate::model::{Document, Span};
use crate::seeds::{Lexicon, WordClass};

/// An organ that numbers its resolutions and decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Organ {
    /// The General Assembly: session and number.
    Assembly,
    /// The Security Council: number and year.
    Security,
    /// The Economic and Social Council: year and number.
    Economic,
    /// The Human Rights Council: session and number.
    HumanRights,
    /// The Trusteeship Council.
    Trusteeship,
    /// Any other, by its acronym.
    Other(CompactString),
}

impl Organ {
    /// The first part of the symbols of its resolutions.
    pub fn prefix(&self) -> &str {
        match self {
            Self::Assembly => "A",
            Self::Security => "S",
            Self::Economic => "E",
            Self::HumanRights => "A/HRC",
            Self::Trusteeship => "T",
            Self::Other(prefix) => prefix,
        }
    }

    /// The organ of that name or acronym, or whose name the words end with.
    pub fn from_name(lexicon: &Lexicon, name: &str) -> Option<Self> {
        let words = Words::new(lexicon, name, Span::new(0, name.len()));
        named_before(&words, words.len()).map(|named| named.organ)
    }
}

/// What the words at a citation say of its organ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Claimed {
    /// It is named in full or by its acronym; the first word of the name.
    Named(Organ, usize),
    /// Two are named: "General Assembly and Security Council resolutions".
    Either(Organ, Organ),
    /// By a short form, "Council resolution 1996/31"; where it stands.
    Short(Short, usize),
    /// "its resolution": where "its" stands.
    Its(usize),
    /// Nothing is said.
    Nothing,
}

/// A short form of an organ's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Short {
    Council,
    Commission,
    Committee,
    Conference,
}

impl Short {
    const fn word(self) -> &'static str {
        match self {
            Self::Council => "Council",
            Self::Commission => "Commission",
            Self::Committee => "Committee",
            Self::Conference => "Conference",
        }
    }
}

/// An organ's name in the text.
pub(super) struct Named {
    pub organ: Organ,
    /// First word of the name.
    pub first: usize,
}

type Entry = (&'static [&'static str], Organ);

/// The organs whose numbering has a form of its own; longer names first.
static KNOWN: [Entry; 14] = [
    (&["economic", "and", "social", "council"], Organ::Economic),
    (&["commission", "on", "human", "rights"], Organ::Other(CompactString::const_new("E/CN.4"))),
    (&["human", "rights", "council"], Organ::HumanRights),
    (&["general", "assembly"], Organ::Assembly),
    (&["security", "council"], Organ::Security),
    (&["trusteeship", "council"], Organ::Trusteeship),
    (&["ecosoc"], Organ::Economic),
    (&["unhrc"], Organ::HumanRights),
    (&["hrc"], Organ::HumanRights),
    (&["unga"], Organ::Assembly),
    (&["ga"], Organ::Assembly),
    (&["unsc"], Organ::Security),
    (&["sc"], Organ::Security),
    (&["assembly"], Organ::Assembly),
];

/// What the words before word `anchor` ("resolution", "decision") say of the organ.
pub(super) fn claimed_before(words: &Words, anchor: usize) -> Claimed {
    let mut end = anchor;
    while end > 0 && words.is_a(end - 1, WordClass::BeforeResolution) {
        end -= 1;
    }
    let Some(before) = end.checked_sub(1) else { return Claimed::Nothing };
    if words.is(before, "its") {
        return Claimed::Its(before);
    }
    if let Some(short) = short_name(words, before) {
        return Claimed::Short(short, before);
    }
    match named_before(words, end) {
        Some(Named { organ, first }) => paired(words, organ, first),
        None => Claimed::Nothing,
    }
}

fn paired(words: &Words, organ: Organ, first: usize) -> Claimed {
    let other = first
        .checked_sub(1)
        .filter(|&and| words.is(and, "and") && known_before(words, first).is_none())
        .and_then(|and| known_before(words, and));
    match other {
        Some(other) => Claimed::Either(other.organ, organ),
        None => Claimed::Named(organ, first),
    }
}

fn short_name(words: &Words, i: usize) -> Option<Short> {
    let short = [Short::Council, Short::Commission, Short::Committee, Short::Conference]
        .into_iter()
        .find(|short| words.bare(i) == short.word())?;
    let alone = i.checked_sub(1).is_none_or(|before| !words.is_capital(before) || words.starts_sentence(before));
    alone.then_some(short)
}

/// The organ whose name ends right before word `end`.
pub(super) fn named_before(words: &Words, end: usize) -> Option<Named> {
    known_before(words, end).or_else(|| unknown_before(words, end))
}

pub(super) fn known_before(words: &Words, end: usize) -> Option<Named> {
    KNOWN.iter().find_map(|(name, organ)| {
        let first = end.checked_sub(name.len())?;
        let fits = name.iter().enumerate().all(|(k, part)| words.bare(first + k).eq_ignore_ascii_case(part))
            && words.is_capital(first);
        // "Environment Assembly" and "Health Assembly" are other bodies; "the Assembly" is not.
        let whole = *name != ["assembly"]
            || first.checked_sub(1).is_none_or(|k| !words.is_capital(k) || words.starts_sentence(k));
        (fits && whole).then(|| Named { organ: organ.clone(), first })
    })
}

/// A body without a numbering of its own in the table: known by its acronym, or by the initials of its name.
fn unknown_before(words: &Words, end: usize) -> Option<Named> {
    let last = end.checked_sub(1)?;
    let form = words.bare(last);
    if words.shape(last) == Shape::Upper
        && (3..=8).contains(&form.len())
        && !words.is_titled(last, WordClass::OrganHead)
    {
        return Some(Named { organ: Organ::Other(form.into()), first: last });
    }
    let first = name_start(words, last)?;
    Some(Named { organ: Organ::Other(initials(words, first, end)), first })
}

/// The first word of the capitalised name that ends at `last` and holds a head such as "Commission".
fn name_start(words: &Words, last: usize) -> Option<usize> {
    let mut first = None;
    let mut at = last;
    let mut run = last;
    loop {
        if words.is_capital(at) && !is_opening_verb(words, at) {
            run = at;
            if words.is_titled(at, WordClass::OrganHead) {
                first = Some(at);
            }
        } else if at == last || !is_link(words, at) {
            break;
        }
        match at.checked_sub(1) {
            Some(before) if last - before < 16 => at = before,
            _ => break,
        }
    }
    let head = first?;
    // Modifiers before the head belong to the name ("World Health Assembly"), not what a preposition ties to them.
    let mut start = head;
    while start > run && words.is_capital(start - 1) && !is_opening_verb(words, start - 1) {
        start -= 1;
    }
    Some(start)
}

fn is_link(words: &Words, i: usize) -> bool {
    words.is_small(i, WordClass::OrganLink) || words.form(i) == "States"
}

/// "Recalling", "Welcoming": capitalised only because they open a clause.
fn is_opening_verb(words: &Words, i: usize) -> bool {
    words.form(i).ends_with("ing") && words.starts_sentence(i) && words.form(i) != "Meeting"
}

fn initials(words: &Words, first: usize, end: usize) -> CompactString {
    (first..end).filter(|&i| words.is_capital(i)).filter_map(|i| words.form(i).chars().next()).collect()
}

/// The organ named after a citation: "of the Human Rights Council", "adopted by the General Assembly".
pub(super) fn named_after(words: &Words, i: usize) -> Option<Organ> {
    let start = match () {
        () if words.are(i, &["adopted", "by", "the"]) => i + 3,
        () if words.are(i, &["of", "the"]) || words.are(i, &["by", "the"]) => i + 2,
        () if words.is(i, "of") => i + 1,
        () => return None,
    };
    let known = KNOWN.iter().find(|(name, _)| words.is_capital(start) && words.are(start, name));
    known.map(|(_, organ)| organ.clone()).or_else(|| {
        let end = name_end(words, start)?;
        let other = words.is_titled(start, WordClass::OrganHead) && end > start + 1;
        other.then(|| Organ::Other(initials(words, start, end)))
    })
}

/// One past the last word of the capitalised name that begins at `start`.
fn name_end(words: &Words, start: usize) -> Option<usize> {
    let mut end = start;
    let mut at = start;
    while at - start < 16 && (words.is_capital(at) || (at > start && is_link(words, at))) {
        if words.is_capital(at) {
            end = at + 1;
        }
        at += 1;
    }
    (end > start).then_some(end)
}

/// The body that a short form ("the Commission") stands for: the last fuller name of it before byte `before`.
pub(super) fn meant_by(lexicon: &Lexicon, short: Short, doc: &Document, before: usize) -> Option<Organ> {
    let text = doc.text.get(..before)?;
    for preposition in ["on", "of"] {
        let name = format_compact!("{} {preposition} ", short.word());
        if let Some(at) = text.rfind(name.as_str()) {
            let words = Words::new(lexicon, &doc.text, Span::new(at, (at + 160).min(doc.text.len()).min(before)));
            let end = name_end(&words, 0).filter(|&end| end > 2)?;
            return Organ::from_name(lexicon, words.span(0, end - 1).of(&doc.text));
        }
    }
    None
}
