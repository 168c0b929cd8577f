//! Runs become lines, in the order of the file: programs write a page as it is read, column after column. Geometry tells
//! where a line ends, where a blank stands, and which digits are the mark of a note.

use crate::model::Area;

use super::glyphs::Run;

/// Of the size of letters: how far the line below is at least.
const DOWN: f32 = 0.55;

/// How far a run may begin left of the end of the one before and still go on with its line.
const BACK: f32 = 4.0;

/// How far right of it: further than the columns of a table lie apart.
const AHEAD: f32 = 32.0;

/// How wide a gap is that parts words.
const GAP: f32 = 0.18;

/// By how much the gap between words is wider than that between letters which are set apart.
const SET_APART: f32 = 0.16;

/// How wide a gap is that parts columns of a table.
const COLUMN: f32 = 2.5;

/// A mark of a note is smaller than its line by this, and raised by so many points.
const SMALL: f32 = 0.8;
const RAISED: (f32, f32) = (1.0, 9.0);

/// A letter run of a line: text and box.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    pub text: String,
    pub area: Area,
    /// Whether a blank stands before it, or the next column begins.
    pub blank: bool,
    pub column: bool,
}

/// A line of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub words: Vec<Word>,
    /// The number of the note that begins here.
    pub note: Option<String>,
    pub left: f32,
    pub right: f32,
    pub base: f32,
    /// The size of most of its letters.
    pub size: f32,
    /// All of its letters are bold.
    pub bold: bool,
    pub furniture: bool,
}

impl Line {
    /// Its words with blanks between them.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for word in &self.words {
            text.push_str(if word.column {
                "\t"
            } else if word.blank {
                " "
            } else {
                ""
            });
            text.push_str(&word.text);
        }
        text
    }
}

/// Makes lines of the runs of a page.
pub(super) fn lines(runs: &[Run]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open = Vec::new();
    let mut end: Option<(f32, f32, f32)> = None;
    for run in runs {
        if let Some((right, base, size)) = end
            && begins_line(run, right, base, size)
        {
            lines.extend(line(&open));
            open.clear();
            end = None;
        }
        let is_blank = run.text.trim().is_empty();
        open.push(run);
        end = match end {
            // A raised mark does not move the line.
            Some((right, base, size)) if is_raised(run, base, size) => Some((right.max(run.right), base, size)),
            Some((right, base, size)) if is_blank => Some((right.max(run.right), base, size)),
            _ => Some((run.right, run.base, run.size)),
        };
    }
    lines.extend(line(&open));
    lines
}

/// Whether a run stands on another line than what ends at `right` on `base`.
fn begins_line(run: &Run, right: f32, base: f32, size: f32) -> bool {
    if is_raised(run, base, size) && (run.left - right).abs() < size * 2.0 {
        return false;
    }
    let em = size.max(run.size).max(1.0);
    let step = if size * SMALL > run.size || run.size * SMALL > size { em } else { em * DOWN };
    (run.base - base).abs() > step || run.left < right - em * BACK || run.left > right + em * AHEAD
}

/// Whether a run is smaller than its line and raised above it.
fn is_raised(run: &Run, base: f32, size: f32) -> bool {
    let by = run.base - base;
    run.size < size * SMALL && by > RAISED.0 && by < RAISED.1
}

/// A line of its runs; `None` if it has no letters.
fn line(runs: &[&Run]) -> Option<Line> {
    let letters = |run: &&&Run| !run.text.trim().is_empty();
    let first = runs.iter().find(letters)?;
    // The size that most of the letters have.
    let main = runs.iter().filter(letters).max_by(|a, b| weight(a).total_cmp(&weight(b)))?;
    let (size, base) = (main.size, main.base);
    let mut line = Line {
        words: Vec::new(),
        note: None,
        left: first.left,
        right: first.right,
        base,
        size,
        bold: true,
        furniture: true,
    };
    let limit = blank_from(runs, size);
    let marks = note_marks(runs, base, size);
    let mut right: Option<f32> = None;
    let mut blank = false;
    for (run, mark) in runs.iter().zip(marks) {
        if run.text.trim().is_empty() {
            blank |= !run.text.is_empty();
            continue;
        }
        if mark {
            if right.is_none() {
                line.note = Some(run.text.trim().to_owned());
                line.left = run.left;
            }
            continue;
        }
        let gap = right.map_or(0.0, |right| run.left - right);
        let em = run.size.max(size);
        write(&mut line, run, blank || gap > limit.max(run.size * GAP), gap > em * COLUMN);
        line.right = line.right.max(run.right);
        line.left = line.left.min(run.left);
        line.bold &= run.bold;
        line.furniture &= run.furniture;
        right = Some(right.map_or(run.right, |right| right.max(run.right)));
        blank = run.text.ends_with(char::is_whitespace);
    }
    (!line.words.is_empty()).then_some(line)
}

/// How wide a gap is from which a blank stands in a line: where each letter is shown alone and set apart from the next, the
/// gaps between letters are the measure.
fn blank_from(runs: &[&Run], size: f32) -> f32 {
    let letters: Vec<&&Run> = runs.iter().filter(|run| !run.text.trim().is_empty()).collect();
    let alone = letters.iter().filter(|run| run.text.trim().chars().count() == 1).count();
    if alone < 4 || alone * 10 < letters.len() * 7 {
        return size * GAP;
    }
    let mut gaps: Vec<f32> = letters.windows(2).map(|pair| pair[1].left - pair[0].right).collect();
    gaps.sort_by(f32::total_cmp);
    let middle = gaps.get(gaps.len() / 2).copied().unwrap_or_default();
    (middle.max(0.0) + size * SET_APART).max(size * GAP)
}

/// Letters times size.
fn weight(run: &Run) -> f32 {
    run.size * run.text.chars().count().min(1000) as f32
}

/// Which runs are marks of notes: small and raised, next to a word or at the start of the line, and together nothing but
/// digits or a sign. The symbol of a document is set smaller than the name beside it, too, but has letters or strokes.
fn note_marks(runs: &[&Run], base: f32, size: f32) -> Vec<bool> {
    let mut marks = vec![false; runs.len()];
    let mut right: Option<f32> = None;
    let mut at = 0;
    while let Some(run) = runs.get(at) {
        let alike = |other: &&&Run| {
            other.text.trim().is_empty() || (other.size - run.size).abs() < 0.1 && (other.base - run.base).abs() < 0.3
        };
        let raised = !run.text.trim().is_empty() && is_raised(run, base, size);
        let count = if raised { runs[at..].iter().take_while(alike).count() } else { 1 };
        let together: String = runs[at..at + count].iter().map(|run| run.text.as_str()).collect();
        let near = right.is_none_or(|right| run.left - right < size * 0.5);
        marks[at..at + count].fill(raised && near && is_sign(together.trim()));
        for run in runs[at..at + count].iter().filter(|run| !run.text.trim().is_empty()) {
            right = Some(right.map_or(run.right, |right| right.max(run.right)));
        }
        at += count;
    }
    marks
}

/// `12`, `1, 2`, `*`.
fn is_sign(text: &str) -> bool {
    let digits = |text: &str| text.len() <= 3 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.len() <= 12
        && text.split([',', ' ']).filter(|part| !part.is_empty()).all(digits)
        && text.contains(|c: char| c.is_ascii_digit())
        || matches!(text, "*" | "**" | "***" | "†" | "‡")
}

/// Adds a run to a line, cut into words, each with its box.
fn write(line: &mut Line, run: &Run, blank: bool, column: bool) {
    let count = run.text.chars().count().max(1) as f32;
    let width = (run.right - run.left) / count;
    let mut before = (blank, column);
    let mut joins = !blank && !column;
    for (at, sign) in run.text.chars().enumerate() {
        if sign.is_whitespace() {
            before.0 = true;
            joins = false;
            continue;
        }
        if sign.is_control() {
            continue;
        }
        let left = run.left + width * at as f32;
        let area = area(left, left + width, run);
        match line.words.last_mut().filter(|_| joins && !before.0) {
            Some(word) => {
                word.text.push(sign);
                word.area = word.area.around(area);
            }
            None => {
                let (blank, column) = if line.words.is_empty() { (false, false) } else { before };
                line.words.push(Word { text: sign.to_string(), area, blank: blank || column, column });
            }
        }
        before = (false, false);
        joins = true;
    }
}

fn area(left: f32, right: f32, run: &Run) -> Area {
    // Points beyond a million are no place on a page.
    let tenths = |points: f32| (points.clamp(-1e6, 1e6) * 10.0).round() as i32;
    Area { left: tenths(left), bottom: tenths(run.bottom), right: tenths(right), top: tenths(run.top) }
}

#[cfg(test)]
mod tests {
    use super::{Line, lines};
    use crate::read::pdf::glyphs::Run;

    fn run(text: &str, left: f32, base: f32, size: f32) -> Run {
        let right = left + size * 0.5 * text.chars().count() as f32;
        let (bottom, top) = (base - 2.0, base + size);
        Run { text: text.into(), left, right, base, bottom, top, size, bold: false, furniture: false }
    }

    fn texts(lines: &[Line]) -> Vec<String> {
        lines.iter().map(Line::text).collect()
    }

    #[test]
    fn runs_make_lines() {
        let runs = [
            run("The Coun", 50.0, 700.0, 10.0),
            run("cil", 90.0, 700.0, 10.0),
            run(" ", 105.0, 700.0, 10.0),
            run("met in May.", 108.0, 700.0, 10.0),
            run("It spoke", 50.0, 688.0, 10.0),
            run("of ferries.", 93.0, 688.0, 10.0),
        ];
        assert_eq!(texts(&lines(&runs)), ["The Council met in May.", "It spoke of ferries."]);
    }

    #[test]
    fn marks_of_notes_are_no_words() {
        let runs = [
            run("as of May 2019,", 50.0, 700.0, 10.0),
            run("1", 125.0, 703.5, 6.5),
            run(" the towns", 129.0, 700.0, 10.0),
            run("1", 50.0, 103.0, 5.0),
            run(" See the report.", 53.0, 100.0, 8.0),
        ];
        let found = lines(&runs);
        assert_eq!(texts(&found), ["as of May 2019, the towns", "See the report."]);
        assert_eq!(found[1].note.as_deref(), Some("1"));
        assert_eq!(found[0].note, None);
    }

    #[test]
    fn letters_that_are_set_apart_make_words() {
        let mut left = 50.0;
        let mut runs = Vec::new();
        for word in ["20", "May", "2025"] {
            for sign in word.chars() {
                runs.push(run(&sign.to_string(), left, 700.0, 10.0));
                left += 8.0;
            }
            left += 5.0;
        }
        assert_eq!(texts(&lines(&runs)), ["20 May 2025"]);
    }

    #[test]
    fn columns_of_a_table_are_parted() {
        let runs = [run("Year", 50.0, 700.0, 10.0), run("Bridges", 200.0, 700.0, 10.0)];
        assert_eq!(texts(&lines(&runs)), ["Year\tBridges"]);
        let back = [run("end of a column", 50.0, 100.0, 10.0), run("next column", 300.0, 700.0, 10.0)];
        assert_eq!(lines(&back).len(), 2);
    }
}
