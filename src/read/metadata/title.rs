//! The grammar of titles: "Statement by X, on behalf of Y, at the Z", whole or spread over several lines.

use crate::seeds::WordClass;
use std::ops::Range;

use super::ordinals;
use super::words::Word;

/// What a title may tell, each as a range of its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// Where the word that names the genre stands: "Statement".
    pub head: Option<usize>,
    pub genre: Option<&'static str>,
    pub speaker: Option<Range<usize>>,
    pub represents: Option<Range<usize>>,
    pub meeting: Option<Range<usize>>,
    pub place: Option<Range<usize>>,
    pub agenda: Option<Range<usize>>,
    /// What follows the number of the agenda item, after a colon.
    pub item_title: Option<Range<usize>>,
    /// Whom a letter is addressed to.
    pub addressee: Option<Range<usize>>,
    /// The slot that the last words open without filling it: "Statement by".
    pub open: Option<Slot>,
}

/// What the words after a connector tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    Speaker,
    Represents,
    Meeting,
    /// A meeting or a day that is kept.
    Occasion,
    Place,
    Agenda,
    /// Whom a letter is addressed to.
    Addressee,
    /// Anything else, such as what a statement is about.
    Topic,
}

pub(super) fn is_meeting(word: &Word) -> bool {
    WordClass::MeetingNoun.has(&word.lower)
}

/// Reads a line whose first words fill a slot that the line before opened.
pub(super) fn parse_in(words: &[Word], slot: Slot, date: Option<Range<usize>>) -> Parts {
    let mut parts = Parts::default();
    let mut reader = Reader { words, parts: &mut parts, slot: Some(slot), from: 0, bound: true };
    reader.read(0, date);
    parts
}

/// Reads a title or a line of a masthead; `dates` are the bytes of a date in it, where names end.
pub(super) fn parse(words: &[Word], date: Option<Range<usize>>) -> Parts {
    let start = start(words);
    let mut parts = head(words, start);
    let mut reader = Reader { words, parts: &mut parts, slot: None, from: 0, bound: false };
    let at = reader.parts.head.map_or(start, |head| head + 1);
    // A line that neither names a genre nor starts with a connector says nothing in this grammar.
    let opens = reader.connector(at).is_some_and(|(slot, _)| slot != Slot::Topic);
    if reader.parts.head.is_some() || opens {
        reader.read(at, date);
    }
    titled_after_colon(words, &mut parts);
    told(words, &mut parts);
    parts
}

/// "Readout of X's Call with Y", "Statement on X's Meeting with Y": what is told is a conversation, which is the meeting.
fn told(words: &[Word], parts: &mut Parts) {
    let Some(head) = parts.head.filter(|_| matches!(parts.genre, Some("readout" | "statement"))) else { return };
    let owned = |i: usize| words[i - 1].lower.ends_with("'s") || words[i - 1].lower.ends_with("’s");
    let with = |i: usize| words.get(i + 1).is_some_and(|word| matches!(word.lower.as_str(), "with" | "between"));
    let readout = parts.genre == Some("readout");
    let talk = (head + 2..words.len())
        .find(|&i| WordClass::Conversation.has(&words[i].lower) && with(i) && (readout || owned(i)));
    if let Some(talk) = talk {
        parts.genre = Some("readout");
        parts.meeting = Some(talk..talk + 1);
    }
}

/// The first word after the path of a web page ("Home > News >") or the dateline of a lead ("5 May, Oslo - Statement").
fn start(words: &[Word]) -> usize {
    let crumb = words.iter().rposition(|word| word.after == Some('>'));
    let dateline = words
        .windows(2)
        .take(8)
        .position(|pair| matches!(pair[0].after, Some('-' | '–' | '—')) && genre(&pair[1].lower).is_some());
    crumb.or(dateline).map_or(0, |i| i + 1)
}

/// The genre that a word in lower case names.
fn genre(word: &str) -> Option<&'static str> {
    let genres =
        [(WordClass::StatementHead, "statement"), (WordClass::LetterHead, "letter"), (WordClass::ReportHead, "report")];
    let own = ["readout", "readouts"].contains(&word).then_some("readout");
    genres.into_iter().find(|(class, _)| class.has(word)).map(|(_, genre)| genre).or(own)
}

/// Finds the genre word, and the speaker where it stands before: "G7 Ministers' Joint Statement".
fn head(words: &[Word], start: usize) -> Parts {
    let limit = words.len().min(start + 10);
    let sheet = |i: usize| i > start && words[i].lower == "sheet" && words[i - 1].lower == "fact";
    let note = |i: usize| i == start + 1 && words[start].lower == "note" && words[i].lower == "verbale";
    let found = (start..limit).find_map(|i| match (sheet(i), note(i)) {
        (true, _) => Some((i, "fact sheet")),
        (_, true) => Some((i, "letter")),
        _ => genre(&words[i].lower).map(|genre| (i, genre)),
    });
    let Some((head, genre)) = found else { return Parts::default() };
    if genre == "fact sheet" {
        return Parts { head: Some(head), genre: Some(genre), ..Parts::default() };
    }
    let plain = |word: &Word| WordClass::BeforeHead.has(&word.lower) || word.lower == "note";
    let before = &words[start..head];
    let named = before.iter().take_while(|word| !plain(word)).count();
    let is_name = named > 0 && before[..named].iter().all(|word| word.is_capital() && !word.ends());
    let is_name = is_name && !WordClass::CollectedStatements.has(&before[0].lower);
    if !before.iter().all(plain) && !is_name {
        return Parts::default();
    }
    let joint = before.iter().any(|word| word.lower == "joint");
    Parts {
        head: Some(head),
        genre: Some(if joint && genre == "statement" { "joint statement" } else { genre }),
        speaker: is_name.then_some(start..start + named).filter(|_| !before[..named].iter().any(is_meeting_or_plenary)),
        ..Parts::default()
    }
}

/// "Plenary Speech": what meets gives no speech.
fn is_meeting_or_plenary(word: &Word) -> bool {
    WordClass::MeetingNotSpeaker.has(&word.lower)
}

struct Reader<'a> {
    words: &'a [Word],
    parts: &'a mut Parts,
    slot: Option<Slot>,
    from: usize,
    /// Whether the first slot was opened by the line before: it takes what it is given.
    bound: bool,
}

impl Reader<'_> {
    fn read(&mut self, mut at: usize, date: Option<Range<usize>>) {
        while at < self.words.len() {
            let ended = at > 0 && self.words[at - 1].ends() || self.words[at].bracket;
            let dated = date.as_ref().is_some_and(|date| date.contains(&self.words[at].span.start));
            if ended || dated {
                self.close(at);
            }
            match self.connector(at) {
                Some((slot, length)) => {
                    self.close(at);
                    (self.slot, self.from) = (Some(slot), at + length);
                    at += length;
                }
                None => at += 1,
            }
        }
        self.close_last();
    }

    fn lower(&self, i: usize) -> &str {
        self.words.get(i).map_or("", |word| word.lower.as_str())
    }

    /// The slot that a connector at `i` opens, and the number of its words.
    fn connector(&self, i: usize) -> Option<(Slot, usize)> {
        let next = self.lower(i + 1);
        let after_head = self.parts.head.is_some_and(|head| head + 1 == i);
        let in_meeting = matches!(self.slot, Some(Slot::Meeting | Slot::Occasion));
        match self.lower(i) {
            "by" | "av" | "par" | "von" | "por" if self.parts.speaker.is_none() => Some((Slot::Speaker, 1)),
            "delivered" | "made" | "presented" | "given" | "issued" if next == "by" => Some((Slot::Speaker, 2)),
            "of" if after_head && self.parts.genre == Some("readout") => Some((Slot::Topic, 1)),
            _ if self.parts.genre == Some("fact sheet") => None,
            "of" | "from" | "de" | "du" if after_head => Some((Slot::Speaker, 1)),
            "from" if self.parts.genre == Some("letter") && self.slot.is_none() => Some((Slot::Speaker, 1)),
            "on" if next == "behalf" && self.lower(i + 2) == "of" => Some((Slot::Represents, 3)),
            "on" | "under" if next == "agenda" => Some((Slot::Agenda, 1)),
            "on" if next == "the" && self.lower(i + 2) == "occasion" => Some((Slot::Occasion, 4)),
            "before" | "devant" => Some((Slot::Meeting, 1)),
            "at" | "during" | "på" | "vid" | "à" | "auf" if !in_meeting => Some((Slot::Meeting, 1)),
            "to" | "for" if after_head => Some((Slot::Meeting, 1)),
            "to" if self.slot == Some(Slot::Speaker) && self.meets(i + 1) => Some((Slot::Meeting, 1)),
            "in" | "i" if !in_meeting => self.place_or_meeting(i),
            "addressed" if next == "to" && self.parts.genre == Some("letter") => Some((Slot::Addressee, 2)),
            "on" if WordClass::Weekday.has(next) => Some((Slot::Topic, 1)),
            word if WordClass::TopicConnector.has(word) => Some((Slot::Topic, 1)),
            "on" if in_meeting && !self.after_comma(i) => None,
            "on" if i > 0 && self.slot.is_some() && WordClass::OfficeOn.has(self.lower(i - 1)) => None,
            "on" => Some((Slot::Topic, 1)),
            _ => None,
        }
    }

    fn after_comma(&self, i: usize) -> bool {
        i.checked_sub(1).and_then(|before| self.words.get(before)).is_some_and(|word| word.after == Some(','))
    }

    fn place_or_meeting(&self, i: usize) -> Option<(Slot, usize)> {
        let meeting = self.lower(i + 1) == "the" && self.meets(i + 1);
        let place = self.words.get(i + 1).is_some_and(|word| word.is_capital() && word.text.len() > 1);
        match (meeting, place) {
            (true, _) => Some((Slot::Meeting, 1)),
            (_, true) => Some((Slot::Place, 1)),
            _ => None,
        }
    }

    /// Whether a meeting is named within a few words, before any other connector.
    fn meets(&self, from: usize) -> bool {
        let near = self.words.get(from..).unwrap_or_default().iter().take(8);
        let mut near = near.take_while(|word| !matches!(word.lower.as_str(), "at" | "before" | "during" | "by"));
        near.any(|word| is_meeting(word) || ordinals::parse(&word.lower).is_some())
    }

    /// Ends the open slot before word `to`.
    fn close(&mut self, to: usize) {
        let Some(slot) = self.slot.take() else { return };
        let bound = std::mem::take(&mut self.bound);
        let range = trim(self.words, self.from..to);
        if range.is_empty() {
            return;
        }
        let words = &self.words[range.clone()];
        match slot {
            Slot::Speaker if self.parts.speaker.is_none() || self.parts.head < Some(self.from) => {
                self.parts.speaker = Some(range);
            }
            Slot::Represents => {
                let its = words.iter().position(|word| word.lower == "its").unwrap_or(words.len());
                set(&mut self.parts.represents, trim(self.words, range.start..range.start + its));
            }
            Slot::Occasion => set(&mut self.parts.meeting, range),
            Slot::Meeting if bound || words.iter().any(is_meeting) && words.iter().any(Word::is_capital) => {
                set(&mut self.parts.meeting, range)
            }
            Slot::Place => set(&mut self.parts.place, capitals(self.words, range)),
            Slot::Agenda => {
                set(&mut self.parts.item_title, trim(self.words, range.end..self.words.len()));
                set(&mut self.parts.agenda, range);
            }
            Slot::Addressee => set(&mut self.parts.addressee, range),
            Slot::Speaker | Slot::Meeting | Slot::Topic => {}
        }
    }

    fn close_last(&mut self) {
        if self.slot.is_some() && self.words[self.from.min(self.words.len())..].iter().all(is_article) {
            self.parts.open = self.slot;
        }
        self.close(self.words.len());
    }
}

fn set(slot: &mut Option<Range<usize>>, range: Range<usize>) {
    slot.get_or_insert(range);
}

/// The capitalised words that a range starts with, at most three, up to the first comma.
fn capitals(words: &[Word], range: Range<usize>) -> Range<usize> {
    let mut end = range.start;
    while end < range.end.min(range.start + 3) && words[end].is_capital() {
        end += 1;
        if words[end - 1].after.is_some() {
            break;
        }
    }
    range.start..end
}

fn is_article(word: &Word) -> bool {
    matches!(word.lower.as_str(), "the" | "a" | "an" | "its" | "ett" | "en")
        || matches!(word.text.as_str(), "la" | "le" | "les")
}

/// Takes off small words at both ends that belong to no name.
pub(super) fn trim(words: &[Word], mut range: Range<usize>) -> Range<usize> {
    let dangling = |word: &Word| WordClass::Dangling.has(&word.lower);
    while range.start < range.end && is_article(&words[range.start]) {
        range.start += 1;
    }
    while range.start < range.end && dangling(&words[range.end - 1]) {
        range.end -= 1;
    }
    range
}

/// "Joint Statement: Third Ministers' Dialogue": the meeting after a colon.
fn titled_after_colon(words: &[Word], parts: &mut Parts) {
    let Some(head) = parts.head.filter(|&head| words[head].after == Some(':')) else { return };
    let end = (head + 1..words.len()).find(|&i| words[i].ends()).map_or(words.len(), |i| i + 1);
    let range = trim(words, head + 1..end);
    if parts.meeting.is_none() && range.len() <= 14 && words[range.clone()].last().is_some_and(is_meeting) {
        parts.meeting = Some(range);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::dates;
    use super::super::super::layout::Layout;
    use super::super::words;
    use super::{Slot, parse};
    use crate::model::Span;

    /// Speaker, represents, meeting, place.
    fn told(text: &str) -> [String; 4] {
        let layout = Layout::new(text.into(), None, Vec::new(), Vec::new());
        let words = words::words(&layout, Span::new(0, text.len()));
        let parts = parse(&words, dates::find(text, None).map(|found| found.range));
        let told = [parts.speaker, parts.represents, parts.meeting, parts.place];
        told.map(|range| {
            range.and_then(|range| words::field(&layout, &words[range])).map_or_else(String::new, |f| f.value)
        })
    }

    #[test]
    fn titles_tell() {
        for (title, expected) in [
            (
                "Statement by The Representative of the Kingdom of Elbonia Before The Third session of the Group to Study Tides on Coasts",
                [
                    "Representative of the Kingdom of Elbonia",
                    "",
                    "Third session of the Group to Study Tides on Coasts",
                    "",
                ],
            ),
            (
                "Statement by H.E. Ms. Ana Lind, Minister for Foreign Affairs of Elbonia, on behalf of the Group of Islands, at the 5th Conference on Tides",
                [
                    "H.E. Ms. Ana Lind, Minister for Foreign Affairs of Elbonia",
                    "Group of Islands",
                    "5th Conference on Tides",
                    "",
                ],
            ),
            (
                "Remarks by Ambassador Lind to the Committee on Tides, Geneva, 5 May 2020",
                ["Ambassador Lind", "", "Committee on Tides, Geneva", ""],
            ),
            (
                "Statement by Dr. Lind, Permanent Representative of Elbonia to the United Nations, in Vienna",
                ["Dr. Lind, Permanent Representative of Elbonia to the United Nations", "", "", "Vienna"],
            ),
            ("Coast Guard Group Joint Safety Statement", ["Coast Guard Group", "", "", ""]),
            (
                "Joint Statement: Elbonia-Freedonia Fisheries Dialogue",
                ["", "", "Elbonia-Freedonia Fisheries Dialogue", ""],
            ),
            (
                "Joint Statement of the Ministers from the Tide Initiative Meeting May 2020",
                ["Ministers from the Tide Initiative Meeting", "", "", ""],
            ),
            ("Opening remarks at the 4th Coastal Conference: speech, Oslo", ["", "", "4th Coastal Conference", ""]),
            ("Statement by Press Officer Ana Lind on Continued Efforts", ["Press Officer Ana Lind", "", "", ""]),
            (
                "Anförande av Ana Lind på Kustkommissionens 6:e session (på engelska)",
                ["Ana Lind", "", "Kustkommissionens 6:e session", ""],
            ),
            ("Tal av Ana Lind i Oslo den 5 maj", ["Ana Lind", "", "", "Oslo"]),
            ("Statement delivered by Elbonia under agenda item 5", ["Elbonia", "", "", ""]),
            (
                "Letter dated 5 May 2020 from the Permanent Representative of Elbonia addressed to the President of the Council",
                ["Permanent Representative of Elbonia", "", "", ""],
            ),
            (
                "Note verbale dated 5 May 2020 from the Permanent Mission of Elbonia to the United Nations addressed to the Secretary-General",
                ["Permanent Mission of Elbonia to the United Nations", "", "", ""],
            ),
            ("Statement by the Special Rapporteur on tides", ["Special Rapporteur on tides", "", "", ""]),
            (
                "Message by Ana Lind on the occasion of the Day of Rivers, on 8 March:",
                ["Ana Lind", "", "Day of Rivers", ""],
            ),
            ("A plan for the rivers of the north", ["", "", "", ""]),
        ] {
            assert_eq!(told(title), expected.map(str::to_owned), "{title}");
        }
    }

    #[test]
    fn lines_may_leave_a_slot_open() {
        for (line, open) in [
            ("Statement by", Some(Slot::Speaker)),
            ("Before", Some(Slot::Meeting)),
            ("at the", Some(Slot::Meeting)),
            ("Statement", None),
        ] {
            let layout = Layout::new(line.into(), None, Vec::new(), Vec::new());
            let words = words::words(&layout, Span::new(0, line.len()));
            assert_eq!(parse(&words, None).open, open, "{line}");
        }
    }
}
