//! The lines above the body: title, speaker, meeting, agenda item, place and date.

use crate::model::{Field, Metadata, Span};
use crate::seeds::WordClass;

use super::super::dates;
use super::super::layout::Layout;
use super::super::paragraphs::Shape;
use super::super::states;
use super::title::{Parts, Slot};
use super::words::{self, Word, field, whole};
use super::{office, opening, ordinals, set, title};

/// One line above the body.
pub(super) struct Line {
    pub span: Span,
    pub words: Vec<Word>,
    pub shape: Shape,
    pub foreign: bool,
}

impl Line {
    pub fn new(layout: &Layout, span: Span, shape: Shape, foreign: bool) -> Self {
        Self { span, words: words::words(layout, span), shape, foreign }
    }
}

/// Reads all lines in turn into `metadata`; what is there already stays.
pub(super) fn read(layout: &Layout, lines: &[Line], metadata: &mut Metadata) {
    let mut reader = Reader { layout, metadata, open: None, item_opened: false, spread: None, crumbs: false };
    for (i, line) in lines.iter().enumerate() {
        reader.line(line, lines.get(i + 1));
    }
    if let Some(span) = reader.spread {
        reader.metadata.title.get_or_insert_with(|| whole(layout, span));
    }
}

struct Reader<'a> {
    layout: &'a Layout,
    metadata: &'a mut Metadata,
    /// The slot that the line before opened.
    open: Option<Slot>,
    item_opened: bool,
    /// A title that is spread over lines: "Statement / by / X / at / Y".
    spread: Option<Span>,
    /// Whether the title found stood behind the path of a web page.
    crumbs: bool,
}

impl Reader<'_> {
    fn line(&mut self, line: &Line, next: Option<&Line>) {
        let text = words::clean(self.layout, line.span);
        let date = dates::find(&text, None);
        let range = date.as_ref().map(|found| line.span.start + found.range.start..line.span.start + found.range.end);
        if let Some(slot) = self.open.take() {
            self.spread = self.spread.map(|title| title.cover(line.span));
            self.fill(slot, line, range.clone());
        } else if std::mem::take(&mut self.item_opened) && self.is_item_title(line) {
            set(&mut self.metadata.item_title, Some(whole(self.layout, line.span)));
        } else if !self.agenda(line) {
            let parts = match is_sentence(line) {
                true => Parts::default(),
                false => title::parse(&line.words, range.clone()),
            };
            self.titled(line, &parts);
            if parts == Parts::default() {
                self.bare(line, next);
            }
            self.take(&line.words, &parts);
            self.open = parts.open;
        }
        if let (Some(found), Some(range)) = (date, range) {
            self.place(line, range.start);
            self.place_after(line, range.end);
            let span = Some(Span::new(range.start, range.end));
            let printed = ["publish", "posted", "updated"].iter().any(|word| text.to_lowercase().starts_with(word));
            let letter = line
                .words
                .windows(2)
                .take(3)
                .any(|pair| pair[0].lower.starts_with("letter") && pair[1].lower == "dated");
            let slot = if printed { &mut self.metadata.published } else { &mut self.metadata.date };
            if letter {
                // The date of the letter, not of its distribution.
                *slot = None;
            }
            set(slot, Some(Field { value: found.value, span }));
        }
    }

    /// Not a date, not the head of a resolution or statement.
    fn is_item_title(&self, line: &Line) -> bool {
        let head =
            line.words.first().is_some_and(|word| matches!(word.lower.as_str(), "resolution" | "decision" | "draft"));
        line.shape != Shape::Field && !head && title::parse(&line.words, None).head.is_none()
    }

    /// A line whose slot the line before opened.
    fn fill(&mut self, slot: Slot, line: &Line, date: Option<std::ops::Range<usize>>) {
        let parts = title::parse_in(&line.words, slot, date);
        self.take(&line.words, &parts);
        self.open = parts.open;
    }

    /// Puts what a title tells where it belongs.
    fn take(&mut self, words: &[Word], parts: &Parts) {
        let part = |range: &Option<std::ops::Range<usize>>| {
            range.clone().and_then(|range| words.get(range)).and_then(|words| field(self.layout, words))
        };
        set(&mut self.metadata.speaker, part(&parts.speaker));
        set(&mut self.metadata.represents, part(&parts.represents));
        set(&mut self.metadata.meeting, part(&parts.meeting));
        set(&mut self.metadata.place, part(&parts.place));
        set(&mut self.metadata.agenda_item, part(&parts.agenda));
        set(&mut self.metadata.item_title, part(&parts.item_title));
        set(&mut self.metadata.addressee, part(&parts.addressee));
        if let (Some(genre), Some(head)) = (parts.genre, parts.head.and_then(|head| words.get(head))) {
            let span = self.named_genre(genre, head.span, words);
            set(&mut self.metadata.genre, Some(Field { value: genre.into(), span: Some(span) }));
        }
    }

    /// The words that name the document: "Statement", "Joint Statement", "Letter dated 5 May 2020".
    fn named_genre(&self, genre: &str, head: Span, words: &[Word]) -> Span {
        let at = words.iter().position(|word| word.span == head).unwrap_or_default();
        let joint = at
            .checked_sub(1)
            .map(|before| &words[before])
            .filter(|before| matches!(before.lower.as_str(), "joint" | "fact"));
        let start = joint.map_or(head.start, |joint| joint.span.start);
        let dated = genre == "letter" && words.get(at + 1).is_some_and(|word| word.lower == "dated");
        let end = words.last().map_or(head.end, |last| last.span.end);
        let date = dates::find(&words::clean(self.layout, Span::new(head.start, end)), None).filter(|_| dated);
        Span::new(start, date.map_or(head.end, |date| head.start + date.range.end))
    }

    /// A line with a genre word is the title, or the start of one that is spread over lines.
    fn titled(&mut self, line: &Line, parts: &Parts) {
        let Some(head) = parts.head else { return };
        if line.words.len() <= 3 && parts.speaker.is_none() && parts.meeting.is_none() {
            self.spread.get_or_insert(line.span);
            return;
        }
        let start = line.words[..head].iter().rposition(|word| word.after == Some('>'));
        let first = start.map_or(0, |crumb| crumb + 1);
        let end = line.words[first..]
            .iter()
            .position(|word| word.after == Some('|'))
            .map_or(line.words.len(), |bar| first + bar + 1);
        let stop = if end == line.words.len() { line.span.end } else { line.words[end - 1].span.end };
        let span = Span::new(line.words[first].span.start, stop);
        if self.metadata.title.is_none() || self.crumbs && start.is_none() {
            self.metadata.title = Some(whole(self.layout, span));
            self.crumbs = start.is_some();
        }
    }

    /// "Agenda item 5", "Item 5: Tides".
    fn agenda(&mut self, line: &Line) -> bool {
        let lower = |i: usize| line.words.get(i).map_or("", |word| word.lower.as_str());
        let label = match (lower(0), lower(1)) {
            ("agenda", "item" | "items") => 2,
            ("item", _) => 1,
            _ => return false,
        };
        let numbered = line.words.get(label).is_some_and(|word| word.text.starts_with(|c: char| c.is_ascii_digit()));
        if !numbered {
            return false;
        }
        set(&mut self.metadata.agenda_item, field(self.layout, &line.words[..=label]));
        let rest = line.words.get(label + 1..).unwrap_or_default();
        if rest.is_empty() {
            self.item_opened = true;
        } else {
            set(&mut self.metadata.item_title, field(self.layout, rest));
        }
        true
    }

    /// A line without connectors: a meeting or an office by itself.
    fn bare(&mut self, line: &Line, next: Option<&Line>) {
        if line.foreign || line.words.len() > 40 || line.shape == Shape::Field {
            return;
        }
        let dated = next.is_some_and(|next| dates::find(&words::clean(self.layout, next.span), None).is_some());
        let adopted = line.words.first().is_some_and(|word| word.lower == "adopted");
        if let Some((_, at)) = ordinals::session(&line.words).filter(|_| !adopted) {
            let named = if at <= 2 { Some(0..line.words.len()) } else { opening::session_name(&line.words, at) };
            set(&mut self.metadata.meeting, named.and_then(|range| field(self.layout, &line.words[range])));
        } else if dated && line.words.len() <= 5 {
            self.place(line, line.span.end);
        } else if office::is_letterhead(&line.words) || addresses(self.layout, line) {
            // Told later; it is no speaker.
        } else if self.metadata.speaker.is_none()
            && is_person(line)
            && next.is_some_and(|next| !addresses(self.layout, next) && office::is_office(&next.words))
        {
            self.metadata.speaker = Some(whole(self.layout, line.span));
            let represented = next.and_then(|next| Some((next, office::represented(&next.words)?)));
            let state = represented.and_then(|(next, range)| field(self.layout, &next.words[range]));
            set(&mut self.metadata.represents, state);
        } else if self.state(line, next) {
            // "Elbonia", "REPUBLIC OF ELBONIA" above its mission's line.
        } else if office::is_office(&line.words) && !line.words.iter().any(title::is_meeting) {
            let words = office::from_courtesy(&line.words);
            set(&mut self.metadata.speaker, field(self.layout, words));
        }
    }

    /// A State's name by itself above its mission's letterhead, or before what it takes part in: "Elbonia in the general
    /// debate".
    fn state(&mut self, line: &Line, next: Option<&Line>) -> bool {
        if self.metadata.represents.is_some() {
            return false;
        }
        let mission =
            |next: &Line| next.words.iter().take(3).any(|word| matches!(word.lower.as_str(), "mission" | "embassy"));
        let start = line.words.iter().position(|word| word.after == Some(':')).map_or(0, |colon| colon + 1);
        let stop = |word: &Word| matches!(word.lower.as_str(), "in" | "at" | "before" | "to");
        let end = line.words.iter().skip(start).position(stop).map_or(line.words.len(), |stop| start + stop);
        let meets = line.words[end..].iter().any(title::is_meeting);
        let named = field(self.layout, &line.words[start..end]).filter(|name| states::is_state(&name.value));
        let told = named.filter(|_| meets || end == line.words.len() && next.is_some_and(mission));
        let found = told.is_some();
        if meets && found {
            set(&mut self.metadata.speaker, told.clone());
            let from = (end + 1..line.words.len()).find(|&i| !matches!(line.words[i].lower.as_str(), "the" | "a"));
            let stop = |i: usize| line.words[i].ends() || matches!(line.words[i].lower.as_str(), "on");
            let meeting =
                from.map(|from| (from, (from..line.words.len()).find(|&i| stop(i)).unwrap_or(line.words.len() - 1)));
            set(
                &mut self.metadata.meeting,
                meeting.and_then(|(from, last)| field(self.layout, &line.words[from..=last])),
            );
        }
        set(&mut self.metadata.represents, told);
        found
    }

    /// "5 May 2020, New York -".
    fn place_after(&mut self, line: &Line, date: usize) {
        let after: Vec<Word> = line.words.iter().filter(|word| word.span.start >= date).take(4).cloned().collect();
        let Some(dash) = after.iter().position(|word| matches!(word.after, Some('-' | '–' | '—'))) else { return };
        if after[..=dash].iter().all(Word::is_capital) {
            set(&mut self.metadata.place, field(self.layout, &after[..=dash]));
        }
    }

    /// "Vienna, 5 May 2020", or "Bali, Indonesia" above the date.
    fn place(&mut self, line: &Line, date: usize) {
        let before: Vec<Word> = line.words.iter().take_while(|word| word.span.end <= date).cloned().collect();
        let before = &before[..before.len() - usize::from(before.last().is_some_and(is_article))];
        let named = (1..=5).contains(&before.len()) && before.iter().all(Word::is_capital);
        let comma = before.iter().position(|word| word.after == Some(','));
        if let Some(comma) = comma.filter(|_| named) {
            set(&mut self.metadata.place, field(self.layout, &before[..=comma]));
        }
    }
}

/// Running words of which most are in lower case are no line of a masthead.
fn is_sentence(line: &Line) -> bool {
    let small = line.words.iter().filter(|word| word.text.starts_with(char::is_lowercase)).count();
    line.words.len() > 14 && small * 3 > line.words.len() * 2 && title::parse(&line.words, None).head.is_none()
}

/// Whether a line addresses people rather than naming who speaks: "His Excellency the President, distinguished delegates".
fn addresses(layout: &Layout, line: &Line) -> bool {
    let text = layout.quote(line.span);
    line.shape == Shape::Greeting
        || text.trim_end().ends_with(['!', ','])
        || line.words.iter().any(|word| WordClass::GreetedPeople.has(&word.lower))
        || line.words.first().is_some_and(|word| matches!(word.lower.as_str(), "your" | "mr" | "madam"))
            && line.words.iter().any(|word| {
                matches!(word.lower.as_str(), "president" | "chair" | "chairman" | "chairperson" | "secretary-general")
            })
}

/// A person's name by itself: two to five capitalised words, no office and no meeting among them.
fn is_person(line: &Line) -> bool {
    let plain = |word: &Word| {
        word.text.starts_with(char::is_uppercase)
            && word.text.chars().any(char::is_lowercase)
            && word.after.is_none_or(|sign| sign == '.')
    };
    (2..=5).contains(&line.words.len())
        && line.words.iter().all(plain)
        && !line.words.iter().any(title::is_meeting)
        && title::parse(&line.words, None) == Parts::default()
        && !office::is_office(&line.words)
}

/// The article of a date: "le 3 mars", "den 3 maj".
fn is_article(word: &Word) -> bool {
    WordClass::DateArticle.has(&word.lower)
}
