//! PDF: pages of letters with their places become lines, notes and headings; running heads are furniture. Each word keeps
//! its page and its box.

mod furniture;
mod glyphs;
mod lines;

use std::time::{Duration, Instant};

use crate::model::text::counted;
use crate::model::{Locus, PieceKind};

use super::pieces::{Gap, Pieces};
use super::sealed::Failure;
use glyphs::{PageSource, Shown};
use lines::Line;

/// The most pages.
const PAGES: usize = 20_000;

/// The most letters.
const LETTERS: usize = 50_000_000;

/// How long reading all pages may take. Far beyond what any sound file needs.
const PATIENCE: Duration = Duration::from_secs(100);

/// Of the usual distance of lines, how far the next one is if a paragraph ends between them.
const PARTED: f32 = 1.3;

/// The longest heading, in bytes without blanks.
const HEADING: usize = 500;

/// Takes the text out of a file.
pub(super) fn read(bytes: Vec<u8>) -> Result<Pieces, Failure> {
    let file = PageSource::load(bytes)?;
    let count = file.pages();
    if count > PAGES {
        return Err(Failure::Unbounded(format!("{count} pages")));
    }
    let mut found = Found::of(&file, count)?;
    if count == 0 {
        return Err(Failure::Broken("it has no pages".to_owned()));
    }
    if found.letters < 2 * count.min(10) && found.silent.iter().any(|page| file.has_pictures(*page)) {
        return Err(Failure::Scanned(count));
    }
    // Fonts that are lost or tell nothing give signs that stand for no letter, and others that are wrong.
    if found.unread * 2 > found.letters {
        return Err(Failure::Broken("its fonts do not tell which letters they show".to_owned()));
    }
    furniture::mark(&mut found.pages);
    let mut writer = Writer::of(&found.pages);
    for (number, page) in found.pages.iter().enumerate() {
        writer.page(number, page);
    }
    writer.notes();
    writer.pieces.remarks = found.remarks(&file);
    Ok(writer.pieces)
}

/// The lines of all pages.
struct Found {
    pages: Vec<Vec<Line>>,
    letters: usize,
    /// Letters that are written from right to left.
    leftward: usize,
    /// Signs of which no font says what they are.
    unread: usize,
    /// Pages without letters.
    silent: Vec<usize>,
    /// Pages that could not be read, or not all of them.
    broken: usize,
    /// Pages whose letters a program recognised in a picture.
    recognised: usize,
}

impl Found {
    fn of(file: &PageSource, count: usize) -> Result<Self, Failure> {
        let mut found = Self {
            pages: Vec::with_capacity(count),
            letters: 0,
            leftward: 0,
            unread: 0,
            silent: Vec::new(),
            broken: 0,
            recognised: 0,
        };
        let start = Instant::now();
        for number in 0..count {
            if start.elapsed() > PATIENCE {
                return Err(Failure::Unbounded(format!("its first {number} pages took too long")));
            }
            let shown = file.runs(number);
            // What is refused is not looked through for pictures either.
            let refused = shown.is_none();
            let shown = shown.unwrap_or_else(|| Shown { broken: true, ..Shown::default() });
            found.broken += usize::from(shown.broken);
            found.recognised += usize::from(shown.recognised);
            let signs = || shown.runs.iter().flat_map(|run| run.text.chars());
            found.unread += signs().filter(|sign| *sign == '\u{fffd}' || sign.is_control()).count();
            let (mut letters, mut leftward) = (0, 0);
            for sign in signs().filter(|sign| sign.is_alphanumeric()) {
                letters += 1;
                leftward += usize::from(matches!(sign, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}'));
            }
            if letters == 0 && !refused {
                found.silent.push(number);
            }
            found.letters += letters;
            found.leftward += leftward;
            if found.letters > LETTERS {
                return Err(Failure::Unbounded(format!("more than {LETTERS} letters")));
            }
            found.pages.push(lines::lines(&shown.runs));
        }
        Ok(found)
    }

    fn remarks(&self, file: &PageSource) -> Vec<String> {
        let mut remarks = Vec::new();
        if self.broken > 0 {
            remarks.push(format!("{} could not be read in full: words may be missing", counted(self.broken, "page")));
        }
        if self.recognised > 0 {
            let pages = match self.recognised {
                1 => "1 page is a scan".to_owned(),
                many => format!("{many} pages are scans"),
            };
            remarks.push(format!("{pages} whose letters a program recognised: they may be wrong"));
        }
        let scanned = self.silent.iter().filter(|page| file.has_pictures(**page)).count();
        if scanned > 0 {
            remarks.push(format!(
                "{} only a picture and no text",
                match scanned {
                    1 => "1 page has".to_owned(),
                    many => format!("{many} pages have"),
                }
            ));
        }
        if self.leftward * 2 > self.letters {
            remarks.push("the text is written from right to left: its letters may stand in the wrong order".to_owned());
        }
        remarks
    }
}

/// What a line is of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heading {
    No,
    Begins,
    GoesOn,
}

/// The text being written.
struct Writer {
    pieces: Pieces,
    /// The size that most letters of the file have.
    size: f32,
    /// Notes, with the page that each line of theirs stands on.
    notes: Vec<(String, Vec<(u32, Line)>)>,
}

impl Writer {
    fn of(pages: &[Vec<Line>]) -> Self {
        let mut sizes: Vec<(f32, usize)> = pages.iter().flatten().map(|line| (line.size, line.words.len())).collect();
        sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
        let half = sizes.iter().map(|(_, words)| words).sum::<usize>() / 2;
        let mut words = 0;
        let middle = sizes.iter().find(|(_, count)| {
            words += count;
            words >= half
        });
        Self { pieces: Pieces::default(), size: middle.map_or(10.0, |(size, _)| *size), notes: Vec::new() }
    }

    fn page(&mut self, number: usize, page: &[Line]) {
        let page_number = u32::try_from(number + 1).unwrap_or(u32::MAX);
        let pitch = pitch(page, self.size);
        let left = page.iter().filter(|line| !line.furniture).map(|line| line.left).fold(f32::INFINITY, f32::min);
        let headings = self.headings(page, pitch);
        let mut before: Option<&Line> = None;
        let mut in_note = false;
        for (at, line) in page.iter().enumerate() {
            in_note = !line.furniture && self.is_note(page, at, in_note);
            if in_note {
                match (&line.note, self.notes.last_mut()) {
                    (None, Some((_, lines))) => lines.push((page_number, line.clone())),
                    (label, _) => {
                        self.notes.push((label.clone().unwrap_or_default(), vec![(page_number, line.clone())]));
                    }
                }
                continue;
            }
            let goes_on = before.is_some_and(|before| goes_on(before, line, pitch));
            self.line(page_number, line, headings[at], goes_on, left);
            before = Some(line);
        }
    }

    /// Whether a line is of a note: it begins with a raised mark in the lower part of the page, in smaller letters than the
    /// text; or it goes on with one.
    fn is_note(&self, page: &[Line], at: usize, in_note: bool) -> bool {
        let line = &page[at];
        let smaller = line.size < self.size * 0.95;
        if line.note.is_some() {
            return smaller || in_note;
        }
        in_note && smaller && page[..at].last().is_some_and(|last| (last.size - line.size).abs() < 0.6)
    }

    fn line(&mut self, page: u32, line: &Line, heading: Heading, goes_on: bool, left: f32) {
        if heading == Heading::GoesOn {
            // A heading over several lines is one.
            self.pieces.push("\n", None);
        } else {
            let kind = match heading {
                _ if line.furniture => PieceKind::Furniture,
                Heading::No => PieceKind::Paragraph,
                Heading::Begins | Heading::GoesOn => PieceKind::Heading,
            };
            let columns = ((line.left - left) / (self.size * 0.5)).clamp(0.0, 80.0);
            self.pieces.open(kind, if goes_on { Gap::Line } else { Gap::Blank }, columns.round() as u16);
        }
        self.words(page, line);
    }

    fn words(&mut self, page: u32, line: &Line) {
        let last = line.words.len().checked_sub(1);
        for (at, word) in line.words.iter().enumerate() {
            if (word.column || word.blank) && !self.pieces.wants_no_blank() {
                self.pieces.push(if word.column { "\t" } else { " " }, None);
            }
            // A soft hyphen at the end of a line is the hyphen that shows there.
            let soft = Some(at) == last && word.text.ends_with('\u{ad}');
            let text = if soft { word.text.trim_end_matches('\u{ad}').to_owned() + "-" } else { word.text.clone() };
            self.pieces.push(&text, Some(Locus::Page(page, word.area)));
        }
    }

    /// Which lines are headings: a few that are set off in the same way and stand together are one.
    fn headings(&self, page: &[Line], pitch: f32) -> Vec<Heading> {
        let mut headings = vec![Heading::No; page.len()];
        let mut at = 0;
        while let Some(first) = page.get(at) {
            let mut end = at + 1;
            if self.is_set_off(first) {
                let alike = |pair: &[Line]| {
                    self.is_set_off(&pair[1])
                        && (pair[0].bold, pair[0].size) == (pair[1].bold, pair[1].size)
                        && goes_on(&pair[0], &pair[1], pitch)
                };
                end += page[at..].windows(2).take_while(|pair| alike(pair)).count();
                let last = page[end - 1].text();
                let length: usize = page[at..end].iter().flat_map(|line| &line.words).map(|word| word.text.len()).sum();
                if length <= HEADING && !last.ends_with([';', ',']) {
                    headings[at] = Heading::Begins;
                    headings[at + 1..end].fill(Heading::GoesOn);
                }
            }
            at = end;
        }
        headings
    }

    /// Bold, or larger than the text.
    fn is_set_off(&self, line: &Line) -> bool {
        let letters = line.words.iter().flat_map(|word| word.text.chars()).filter(|c| c.is_alphabetic()).count();
        let set_off = line.bold || line.size > self.size * 1.2;
        set_off && !line.furniture && letters > 2 && line.words.iter().all(|word| !word.column)
    }

    /// Writes the notes, each as one.
    fn notes(&mut self) {
        for (label, lines) in std::mem::take(&mut self.notes) {
            self.pieces.open(PieceKind::Note, Gap::Blank, 0);
            if !label.is_empty() {
                self.pieces.push(&format!("{label}. "), None);
            }
            for (at, (page, line)) in lines.iter().enumerate() {
                if at > 0 {
                    self.pieces.push("\n", None);
                }
                self.words(*page, line);
            }
        }
        self.pieces.close();
    }
}

/// Whether a line is the next one of a paragraph, or the one below it.
fn goes_on(before: &Line, line: &Line, pitch: f32) -> bool {
    let step = before.base - line.base;
    before.furniture == line.furniture && step > 0.0 && step < pitch * PARTED.max(line.size * 1.6 / pitch)
}

/// The usual distance of two lines of a page, in points.
fn pitch(page: &[Line], size: f32) -> f32 {
    let steps = page.windows(2).map(|pair| pair[0].base - pair[1].base);
    let mut steps: Vec<f32> = steps.filter(|step| *step > size * 0.8 && *step < size * 3.0).collect();
    steps.sort_by(f32::total_cmp);
    steps.get(steps.len() / 3).copied().unwrap_or(size * 1.2)
}

#[cfg(test)]
mod tests;
