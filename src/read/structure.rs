//! How people cite the paragraphs of a document: by the numbers that stand before them, below articles and annexes; the
//! clauses of a preamble by counting; what has no number by the heading that it stands below.
//!
//! A number is one of a paragraph only where the numbers make up a text: those of a list in a speech are points.

use crate::model::text::one_line;
use crate::model::{Block, Pinpoint, ZoneKind};

use super::layout::{Layout, Mark};
use super::paragraphs::{Paragraph, Shape};
use super::wording::Ending;

/// The longest heading that a place is told by, in bytes.
const LONGEST: usize = 80;

/// How many numbers may be missing before one that goes on with the count.
const MISSING: u32 = 3;

/// The fewest paragraphs of a numbered text.
const FEWEST: usize = 3;

/// The longest line that heads an article or annex, in words.
const HEAD: usize = 16;

/// The longest title of an annex, in words: it may name the letter that it belongs to.
const ANNEX: usize = 60;

/// What stands behind a document and belongs to it.
const ANNEXES: [&str; 3] = ["annex", "appendix", "enclosure"];

/// The places of the paragraphs of a document's body that have one, in text order.
pub(super) fn pinpoints(
    layout: &Layout,
    paragraphs: &[Paragraph],
    kinds: &[ZoneKind],
    blocks: &[Block],
) -> Vec<Pinpoint> {
    let mut walk = Walk::default();
    let mut places: Vec<(&Paragraph, Place)> = Vec::new();
    for (paragraph, &kind) in paragraphs.iter().zip(kinds) {
        // The organ that speaks, and its first clauses, may stand above the first sentence.
        let opens = paragraph.shape == Shape::Enacting || walk.preamble.is_some();
        let is_own = kind == ZoneKind::Body || kind == ZoneKind::Front && opens;
        if paragraph.span.is_empty() || !is_own {
            continue;
        }
        // The second half of a paragraph that a page break cut in two.
        let at = blocks.partition_point(|block| block.span.end <= paragraph.span.start);
        let goes_on = blocks.get(at).is_some_and(|block| block.span.start < paragraph.span.start);
        let place = match places.last() {
            Some((_, before)) if goes_on => walk.go_on(before, paragraph),
            _ => walk.enter(layout, paragraph),
        };
        places.push((paragraph, place));
    }
    let found = places.iter().filter_map(|(paragraph, place)| {
        let label = walk.label(place)?;
        Some(Pinpoint { span: paragraph.span, label })
    });
    found.collect()
}

/// Where a paragraph stands.
#[derive(Clone, Debug, Default)]
struct Place {
    annex: Option<String>,
    article: Option<String>,
    heading: Option<String>,
    preamble: Option<Clause>,
    number: Option<Number>,
    /// What stands before a member of a list below the paragraph: `(b)`, `(b) (ii)`.
    member: String,
    /// Whether no mark of its own stands before it.
    bare: bool,
}

/// A clause of a preamble.
#[derive(Clone, Copy, Debug)]
struct Clause {
    preamble: usize,
    /// Counted from 1; nothing where a clause before it may be the half of one.
    number: Option<u32>,
}

/// A number before a paragraph.
#[derive(Clone, Debug)]
struct Number {
    run: usize,
    /// Its place in the run.
    at: usize,
    written: String,
}

/// Numbers that count on.
#[derive(Debug, Default)]
struct Series {
    members: usize,
    /// Words of its paragraphs, from the first number to what belongs to the last.
    words: usize,
    /// Words since its last number that are its own only if another follows.
    pending: usize,
    section: usize,
    /// Whether an organ speaks in it, or it counts the paragraphs of an article.
    legal: bool,
}

/// A part of a document that counts for itself.
#[derive(Debug, Default)]
struct Section {
    words: usize,
    runs: usize,
}

/// What is known on the way through a document.
#[derive(Debug, Default)]
struct Walk {
    annex: Option<String>,
    article: Option<String>,
    heading: Option<String>,
    /// Whether a heading was the last thing seen.
    headed: bool,
    preamble: Option<Clause>,
    /// How the last clause of the preamble ended.
    ended: Option<Ending>,
    number: Option<Number>,
    last: u32,
    nested: Option<u32>,
    letter: String,
    roman: u32,
    legal: bool,
    runs: Vec<Series>,
    /// The document, then each annex and resolution in it.
    sections: Vec<Section>,
    /// The line before, if it may head what follows.
    line: Option<String>,
    /// For each preamble, whether numbered clauses follow it.
    followed: Vec<bool>,
}

/// What stands before the words of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Label {
    /// `7.`
    Number(u32),
    /// `95.1`
    Levels(String),
    /// `(b)`, `ii)`
    Member(String),
}

impl Walk {
    /// The place of a paragraph that begins a block.
    fn enter(&mut self, layout: &Layout, paragraph: &Paragraph) -> Place {
        let text = layout.quote(paragraph.span);
        self.section(0);
        if self.head(text, paragraph) {
            return self.place(String::new(), true);
        }
        let line = layout.lines.get(paragraph.lines.start);
        let raw = line.map_or("", |line| layout.quote(line.whole));
        let is_text = line.is_some_and(|line| matches!(line.mark, Mark::None | Mark::Number | Mark::Bullet));
        let label = if is_text { label(raw) } else { None };
        let place = match &label {
            Some(Label::Number(number)) => self.numbered(*number),
            Some(Label::Levels(written)) => {
                self.close_preamble();
                (self.letter, self.roman, self.nested) = (String::new(), 0, None);
                self.count(written.clone());
                self.place(String::new(), false)
            }
            Some(Label::Member(member)) => {
                let member = self.member(member);
                self.place(member, false)
            }
            None => {
                self.clause(paragraph);
                (self.letter, self.roman, self.nested) = (String::new(), 0, None);
                self.place(String::new(), true)
            }
        };
        self.ended = Some(paragraph.ending);
        self.headed = false;
        let heads = label.is_none() && paragraph.shape == Shape::Line && paragraph.ending == Ending::Open;
        self.line = (heads && paragraph.words <= HEAD && text.len() <= LONGEST).then(|| one_line(text));
        self.weigh(paragraph.words, label.is_some());
        place
    }

    /// The place of the second half of a paragraph.
    fn go_on(&mut self, before: &Place, paragraph: &Paragraph) -> Place {
        self.ended = Some(paragraph.ending);
        self.weigh(paragraph.words, !before.bare);
        before.clone()
    }

    fn place(&self, member: String, bare: bool) -> Place {
        Place {
            annex: self.annex.clone(),
            article: self.article.clone(),
            heading: self.heading.clone(),
            preamble: self.preamble,
            number: self.number.clone(),
            member,
            bare,
        }
    }

    /// Counts words to the section and the run.
    fn weigh(&mut self, words: usize, is_own: bool) {
        self.section(words);
        let Some(run) = self.number.as_ref().and_then(|number| self.runs.get_mut(number.run)) else { return };
        run.pending += words;
        if is_own {
            run.words += std::mem::take(&mut run.pending);
        }
    }

    fn section(&mut self, words: usize) {
        if self.sections.is_empty() {
            self.sections.push(Section::default());
        }
        if let Some(section) = self.sections.last_mut() {
            section.words += words;
        }
    }

    /// Begins to count anew.
    fn reset(&mut self) {
        (self.number, self.last, self.nested, self.letter, self.roman) = (None, 0, None, String::new(), 0);
        self.preamble = None;
    }

    /// Whether a paragraph heads what follows: an annex, an article, a resolution, a part.
    fn head(&mut self, text: &str, paragraph: &Paragraph) -> bool {
        let is_line = matches!(paragraph.shape, Shape::Heading | Shape::Line) && paragraph.words <= HEAD;
        if let Some(annex) = annex(text, paragraph) {
            self.reset();
            (self.annex, self.article, self.heading, self.legal) = (Some(annex), None, None, false);
            self.sections.push(Section::default());
        } else if let Some(article) = article(text).filter(|(_, inline)| is_line || *inline) {
            self.reset();
            (self.article, self.heading, self.legal) = (Some(article.0), None, true);
            // Words that stand on the same line are words of the article.
            return is_line;
        } else if paragraph.shape == Shape::Enacting {
            self.reset();
            (self.article, self.heading, self.legal, self.ended) = (None, None, true, None);
            self.sections.push(Section::default());
            self.preamble = Some(Clause { preamble: self.followed.len(), number: Some(0) });
            self.followed.push(false);
        } else if paragraph.shape == Shape::Heading {
            let heading = one_line(text);
            self.heading = (heading.len() <= LONGEST).then_some(heading);
            (self.number, self.nested, self.letter, self.roman) = (None, None, String::new(), 0);
            self.preamble = None;
            self.headed = true;
        } else {
            return false;
        }
        true
    }

    /// The next clause of a preamble.
    fn clause(&mut self, paragraph: &Paragraph) {
        let Some(clause) = &mut self.preamble else { return };
        // A clause that ends in no comma may go on in the next paragraph, and the count would be wrong.
        let whole = self.ended.is_none_or(|ended| matches!(ended, Ending::Comma | Ending::Semicolon));
        clause.number = clause.number.filter(|_| whole && paragraph.words > 2).map(|number| number + 1);
    }

    fn close_preamble(&mut self) {
        if let Some(clause) = self.preamble.take() {
            self.followed[clause.preamble] = true;
        }
    }

    fn numbered(&mut self, number: u32) -> Place {
        self.close_preamble();
        (self.letter, self.roman) = (String::new(), 0);
        let goes_on = number > self.last && number <= self.last + MISSING;
        let within = self.number.is_some() && !self.headed && self.ended == Some(Ending::Colon);
        if self.nested.is_some_and(|nested| number == nested + 1) || number == 1 && within && !goes_on {
            self.nested = Some(number);
            return self.place(format!("({number})"), false);
        }
        self.nested = None;
        if number <= self.last || self.last == 0 {
            self.number = None;
            let line = self.line.take().filter(|_| number == 1);
            self.heading = line.or(self.heading.take().filter(|_| self.headed || number > 1));
            self.begin();
        }
        self.last = number;
        self.count(number.to_string());
        self.place(String::new(), false)
    }

    /// Begins a run.
    fn begin(&mut self) {
        let section = self.sections.len() - 1;
        self.sections[section].runs += 1;
        self.runs.push(Series { section, legal: self.legal, ..Series::default() });
    }

    /// Takes a number into the last run.
    fn count(&mut self, written: String) {
        if self.runs.is_empty() || self.number.is_none() && self.last == 0 {
            self.begin();
        }
        let run = self.runs.len() - 1;
        self.runs[run].members += 1;
        self.number = Some(Number { run, at: self.runs[run].members, written });
    }

    /// What a letter or a small Roman number stands for: `(b)`, `(b) (ii)`.
    fn member(&mut self, written: &str) -> String {
        if written == following(&self.letter) {
            (self.letter, self.roman) = (written.to_owned(), 0);
            return format!("({written})");
        }
        let next = roman(written).filter(|&value| value == self.roman + 1 && !self.letter.is_empty());
        if let Some(value) = next {
            self.roman = value;
            return format!("({}) ({written})", self.letter);
        }
        self.roman = 0;
        self.letter = if is_letter(written) { written.to_owned() } else { String::new() };
        format!("({written})")
    }

    /// A place as people write it.
    fn label(&self, place: &Place) -> Option<String> {
        let mut parts: Vec<String> = [&place.annex, &place.article].into_iter().flatten().cloned().collect();
        let number = place.number.as_ref().and_then(|number| self.number_of(number, place));
        let member = if place.member.is_empty() { String::new() } else { format!(" {}", place.member) };
        if let Some(number) = number {
            parts.push(number + &member);
        } else if let Some(clause) = place.preamble.filter(|clause| self.followed[clause.preamble]) {
            match clause.number {
                Some(0) => {}
                Some(number) => parts.push(format!("preambular para. {number}{member}")),
                None => parts.push("preamble".to_owned()),
            }
        } else if let Some(heading) = &place.heading {
            parts.push(format!("“{heading}”"));
        }
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    fn number_of(&self, number: &Number, place: &Place) -> Option<String> {
        let run = self.runs.get(number.run)?;
        let section = self.sections.get(run.section)?;
        let is_text = run.legal || run.members >= FEWEST && run.words * 2 >= section.words;
        // What follows the last number may belong to nothing, and what follows a point does.
        if place.bare && (!is_text || number.at == run.members) {
            return None;
        }
        let written = format!("{} {}", if is_text { "para." } else { "point" }, number.written);
        // Numbers that begin anew below each heading say nothing without it.
        Some(match place.heading.as_ref().filter(|_| section.runs > 1) {
            Some(heading) => format!("“{heading}”, {written}"),
            None => written,
        })
    }
}

/// Reads what is typed before a paragraph.
fn label(line: &str) -> Option<Label> {
    let line = line.trim_start_matches(['>', ' ']);
    let open = line.strip_prefix('(');
    let rest = open.unwrap_or(line);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    let (after, closed) = after.strip_prefix(')').map_or((after, false), |after| (after, true));
    if !after.starts_with(char::is_whitespace) || open.is_some() && !closed {
        return None;
    }
    let bare = word.trim_end_matches('.');
    let stopped = bare.len() < word.len() || closed;
    let levels: Vec<&str> = bare.split('.').collect();
    let is_number = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if levels.iter().all(is_number) {
        return match levels.as_slice() {
            [number] if stopped && open.is_none() => number.parse().ok().map(Label::Number),
            [number] if closed => Some(Label::Member((*number).to_owned())),
            [_, _, ..] if open.is_none() => Some(Label::Levels(bare.to_owned())),
            _ => None,
        };
    }
    let is_member = closed && bare == word && (is_letter(word) || roman(word).is_some());
    is_member.then(|| Label::Member(word.to_owned()))
}

/// `b`, `bb`.
fn is_letter(word: &str) -> bool {
    let first = word.bytes().next().filter(u8::is_ascii_lowercase);
    word.len() <= 2 && first.is_some_and(|first| word.bytes().all(|byte| byte == first))
}

/// The letter of the next member of a list: `b` after `a`, `aa` after `z`.
fn following(letter: &str) -> String {
    match letter.bytes().next() {
        None => "a".to_owned(),
        Some(b'z') => "a".repeat(letter.len() + 1),
        Some(byte) => char::from(byte + 1).to_string().repeat(letter.len()),
    }
}

/// The value of a small Roman number of a list.
fn roman(word: &str) -> Option<u32> {
    let value = |c: char| match c {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        _ => None,
    };
    let values: Option<Vec<u32>> = word.chars().map(value).collect();
    let values = values.filter(|values| (1..=6).contains(&values.len()))?;
    // A smaller sign before a greater one is taken off it.
    let less = |at: usize| values.get(at + 1).is_some_and(|next| *next > values[at]);
    let taken: u32 = (0..values.len()).filter(|&at| less(at)).map(|at| values[at]).sum();
    let sum = values.iter().sum::<u32>().checked_sub(2 * taken)?;
    Some(sum)
}

/// "Annex to the letter dated …": a title that names the whole.
pub(super) fn is_annex_to(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    ANNEXES.contains(&first.as_str()) && words.next() == Some("to") && words.next() == Some("the")
}

/// "Annex", "ANNEX II", "Annex to the letter dated …": what it is cited as.
fn annex(text: &str, paragraph: &Paragraph) -> Option<String> {
    let mut words = text.split_whitespace();
    let first = words.next()?.trim_end_matches([':', '.']).to_lowercase();
    if !ANNEXES.contains(&first.as_str()) || paragraph.words > ANNEX {
        return None;
    }
    let is_head = matches!(paragraph.shape, Shape::Heading | Shape::Line | Shape::Field);
    let Some(second) = words.next() else { return Some(first) };
    let mark = second.trim_end_matches([':', '.', ',', '–', '—', '-']);
    let is_mark = mark.len() <= 5 && (mark.bytes().all(|byte| byte.is_ascii_digit()) || is_capital_mark(mark));
    match second {
        _ if is_mark && is_head && paragraph.words <= HEAD => Some(format!("{first} {mark}")),
        "to" if is_head || text.starts_with(char::is_uppercase) && words.next() == Some("the") => Some(first),
        "[Original:" if is_head => Some(first),
        _ => None,
    }
}

/// `II`, `A`.
fn is_capital_mark(word: &str) -> bool {
    let is_roman = word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    !word.is_empty() && (is_roman || word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_uppercase()))
}

/// "Article 5", "Article 5. Scope", "Art. 5:": what it is cited as, and whether its words may follow on the line.
fn article(text: &str) -> Option<(String, bool)> {
    let (first, rest) = text.split_once(char::is_whitespace)?;
    if !["article", "art."].contains(&first.to_lowercase().as_str()) || !first.starts_with('A') {
        return None;
    }
    let rest = rest.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let (number, after) = rest.split_at(end);
    let is_number = number.len() <= 4 && number.bytes().all(|byte| byte.is_ascii_digit()) && !number.is_empty();
    let is_mark = is_number || is_capital_mark(number) && number != "I" || number == "I" && after.is_empty();
    let after = after.trim_start();
    let inline = after.starts_with(['.', ':', '–', '—', '-']);
    let heads = after.is_empty() || inline || after.starts_with(char::is_uppercase);
    (is_mark && heads).then(|| (format!("art. {number}"), inline))
}

#[cfg(test)]
mod tests {
    use super::{Label, following, label, roman};
    use crate::read::{Options, read};

    /// The places of the paragraphs of a text, with their first words.
    fn places(text: &str) -> Vec<(String, String)> {
        let document = read("a.md", text.as_bytes(), &Options::default()).expect("a text");
        let found = document.pinpoints.iter().map(|pinpoint| {
            let words = document.quote(pinpoint.span).split_whitespace().take(2).collect::<Vec<_>>().join(" ");
            (words, pinpoint.label.clone())
        });
        found.collect()
    }

    fn has(places: &[(String, String)], words: &str, label: Option<&str>) {
        let found = places.iter().find(|(first, _)| first.starts_with(words)).map(|(_, label)| label.as_str());
        assert_eq!(found, label, "{words}: {places:?}");
    }

    #[test]
    fn marks_are_read() {
        let number = |number| Some(Label::Number(number));
        let member = |word: &str| Some(Label::Member(word.to_owned()));
        for (line, wanted) in [
            ("7. Requests", number(7)),
            ("12) Requests", number(12)),
            ("95.1. Sign", Some(Label::Levels("95.1".to_owned()))),
            ("(b) To seek", member("b")),
            ("iv) To seek", member("iv")),
            ("(bb) To seek", member("bb")),
            ("2019. And", None),
            ("3 bridges", None),
            ("9.5% more", None),
            ("(UN) bodies", None),
            ("a house", None),
        ] {
            assert_eq!(label(line), wanted, "{line}");
        }
        let values = ["i", "iv", "ix", "xiv"].map(roman);
        assert_eq!(values, [Some(1), Some(4), Some(9), Some(14)]);
        assert_eq!(["", "b", "z", "aa"].map(following), ["a", "c", "aa", "bb"]);
    }

    #[test]
    fn a_resolution_is_cited_by_its_clauses() {
        let text = "Resolution 12 (2010)\n\nThe Council of Ports,\n\nRecalling its earlier decision on the matter of fish,\n\n\
                    Noting the report of the Office on rivers and lakes,\n\n1. Welcomes the report of the Office on rivers;\n\n\
                    2. Requests the Office to undertake the following tasks:\n\n(a) To count the boats on all rivers;\n\n\
                    (b) To seek the views of:\n\n(i) The towns along the river;\n\n(ii) The northern provinces of the land;\n\n\
                    (c) To report on all this in the spring;\n\n3. Decides to remain seized of the matter of fish.\n\n\
                    Annex II\n\nRules of the river\n\n1. Boats keep to the right side of the river at night.\n\n\
                    2. Boats carry a light when they leave the port.";
        let found = places(text);
        has(&found, "Recalling", Some("preambular para. 1"));
        has(&found, "Noting", Some("preambular para. 2"));
        has(&found, "Requests", Some("para. 2"));
        has(&found, "To count", Some("para. 2 (a)"));
        has(&found, "The northern", Some("para. 2 (b) (ii)"));
        has(&found, "To report", Some("para. 2 (c)"));
        has(&found, "Decides", Some("para. 3"));
        has(&found, "Boats carry", Some("annex II, point 2"));
    }

    #[test]
    fn a_list_in_a_speech_has_points() {
        let prose = "We spoke for a long time about the rivers of our land, and about the bridges that lead over them, which \
                     are wide and old and need the care of all who live along them.\n\n";
        let text = format!(
            "{prose}{prose}{prose}There are three tasks before us today, as we said:\n\n1. We must count all the boats.\n\n\
             2. We must mend the old bridges.\n\n3. We must light the port at night.\n\n{prose}## On fish\n\nFish are scarce in \
             all of our rivers, as is known to all."
        );
        let found = places(&text);
        has(&found, "We must", Some("point 1"));
        has(&found, "We spoke", None);
        has(&found, "Fish", Some("“On fish”"));
    }

    #[test]
    fn a_title_that_names_the_whole_is_read() {
        let text = "# Letter\n\nWe have the honour to transmit to you the report on the rivers of our land.\n\n\
                    ## Annex to the letter dated 22 August 2025 from the Minister of Ports\n\nThe rivers are wide and slow.\n";
        let document = read("a.md", text.as_bytes(), &Options::default()).expect("a text");
        let annex = document.blocks.iter().find(|block| document.quote(block.span).starts_with("Annex"));
        assert_eq!(annex.map(|block| block.kind), Some(crate::model::BlockKind::Paragraph));
        assert_eq!(document.pinpoints.last().map(|pinpoint| pinpoint.label.as_str()), Some("annex"));
    }

    #[test]
    fn numbers_that_begin_anew_are_told_by_their_heading() {
        let text = "1. We met in the port and spoke of the rivers.\n\n2. We thank the town for its care.\n\nThe state of the \
                    bridges\n\n1. The bridges are old and need care.\n\n2. The towns agreed to:\n\n1. Mend the bridges of \
                    the north.\n\n2. Light the bridges at night.\n";
        let found = places(text);
        has(&found, "We thank", Some("point 2"));
        has(&found, "The bridges", Some("“The state of the bridges”, point 1"));
        has(&found, "Light", Some("“The state of the bridges”, point 2 (2)"));
    }

    #[test]
    fn articles_and_levels_are_cited() {
        let text = "# Treaty on Rivers\n\nThis treaty has been made by the towns along the river, who met in May of this year.\n\n\
                    Article 5\n\n1. The towns shall keep the river clean at all times.\n\n2. The towns shall meet every year in \
                    the spring to speak of it.\n\nArticle 6. The treaty shall be open to all the towns along the river.\n";
        let found = places(text);
        has(&found, "The towns", Some("art. 5, para. 1"));
        has(&found, "Article 6.", Some("art. 6"));
    }
}
