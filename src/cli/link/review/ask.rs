//! One card at a time on a terminal: what stands in the text, what may be meant, and the question.

use std::io::{self, BufRead, Write};

use anstyle::{AnsiColor, Style};
use rapporteur::desk::LinkCard;
use rapporteur::model::{Change, Decisions, Fault, Ruling};
use rapporteur::query::folded;

/// What the answers mean.
const HELP: [(&str, &str); 6] = [
    ("a", "accept: they are the same, and no other of this vocabulary is"),
    ("r", "reject: this link is wrong"),
    ("n", "never: not the same, and nothing may ever merge the two"),
    ("s", "skip: decide another time (also an empty line)"),
    ("u", "undo: take the last decision back"),
    ("q", "quit: what is decided stays (also Ctrl-D)"),
];

/// Other candidates that a card names, at most.
const RIVALS: usize = 4;

/// Columns that the question needs.
const PROMPT: usize = 64;

/// What a reader answered.
enum Reply {
    Ruling(Ruling),
    Skip,
    Undo,
    Quit,
    Help,
    Unclear,
}

fn reply(word: &str) -> Reply {
    match word.trim().to_lowercase().as_str() {
        "s" | "skip" | "" => Reply::Skip,
        "u" | "undo" => Reply::Undo,
        "q" | "quit" | "exit" => Reply::Quit,
        "?" | "h" | "help" => Reply::Help,
        word => Ruling::from_word(word).map_or(Reply::Unclear, Reply::Ruling),
    }
}

/// Keeps one step.
pub type Keep<'a> = dyn FnMut(Change) -> Result<(), Box<dyn Fault>> + 'a;

/// Where cards are shown and answers come from.
pub struct Desk<'a, I, O> {
    /// Answers, one a line.
    pub input: I,
    /// The screen.
    pub out: O,
    /// Columns of the screen, asked for each card: windows change.
    pub width: &'a dyn Fn() -> usize,
    /// What else a vocabulary says of a candidate.
    pub details: &'a dyn Fn(&LinkCard) -> Vec<String>,
    /// Keeps each step as it is made: a review may be broken off at any time, and others decide meanwhile.
    pub keep: &'a mut Keep<'a>,
}

impl<I: BufRead, O: Write> Desk<'_, I, O> {
    /// Asks about each card until all are answered or the reader stops; what was decided stands in `decisions`. Gives how
    /// many cards are left open.
    ///
    /// # Errors
    /// If a decision cannot be kept. A screen that takes no more is no reason to lose what was decided.
    pub fn ask(&mut self, cards: &[LinkCard], decisions: &mut Decisions) -> Result<usize, Box<dyn Fault>> {
        let mut at = 0;
        while let Some(card) = cards.get(at) {
            let _ = self.show(card, at, cards);
            let reply = self.answer();
            match reply {
                Reply::Ruling(ruling) => {
                    self.step(Change::Put(card.decision(ruling)), decisions)?;
                    at += 1;
                    // One accepted candidate settles its thing in its vocabulary.
                    while ruling == Ruling::Accept && cards.get(at).is_some_and(|next| card.is_rival(next)) {
                        at += 1;
                    }
                }
                Reply::Undo => {
                    at = self.undo(at, cards, decisions)?;
                }
                Reply::Quit => break,
                _ => at += 1,
            }
        }
        let _ = writeln!(self.out);
        let is_open = |card: &&LinkCard| {
            !cards.iter().any(|other| {
                let ruling = decisions.ruling(&other.key, &other.iri);
                (other == *card && ruling.is_some()) || (card.is_rival(other) && ruling == Some(Ruling::Accept))
            })
        };
        Ok(cards.iter().filter(is_open).count())
    }

    /// Takes the last decision before card `at` back and gives its place.
    fn undo(&mut self, at: usize, cards: &[LinkCard], decisions: &mut Decisions) -> Result<usize, Box<dyn Fault>> {
        let ruling = |card: &LinkCard| decisions.ruling(&card.key, &card.iri);
        let last = (0..at.min(cards.len())).rev().find_map(|last| Some((last, ruling(&cards[last])?)));
        let Some((last, ruling)) = last else {
            let _ = writeln!(self.out, "  nothing to take back");
            return Ok(at);
        };
        self.step(Change::Forget(cards[last].decision(ruling)), decisions)?;
        let _ = writeln!(self.out, "  taken back");
        Ok(last)
    }

    fn step(&mut self, change: Change, decisions: &mut Decisions) -> Result<(), Box<dyn Fault>> {
        decisions.change(change.clone());
        (self.keep)(change)
    }

    /// Asks until the answer is clear; the end of the input is the wish to stop.
    fn answer(&mut self) -> Reply {
        loop {
            let dim = Style::new().dimmed();
            let letters =
                if (self.width)() < PROMPT { "a r n s u q" } else { "[a]ccept [r]eject [n]ever [s]kip [u]ndo [q]uit" };
            let _ = write!(self.out, "  same? {letters} {dim}[?]{dim:#} > ");
            let _ = self.out.flush();
            let mut line = String::new();
            if !self.input.read_line(&mut line).is_ok_and(|read| read > 0) {
                return Reply::Quit;
            }
            match reply(&line) {
                Reply::Help => {
                    for (letter, meaning) in HELP {
                        let _ = writeln!(self.out, "    {letter}  {meaning}");
                    }
                }
                Reply::Unclear => {
                    let _ = writeln!(self.out, "  “{}” is none of a, r, n, s, u, q; ? explains them", line.trim());
                }
                clear => return clear,
            }
        }
    }

    fn show(&mut self, card: &LinkCard, at: usize, cards: &[LinkCard]) -> io::Result<()> {
        let (bold, dim, blue) = (Style::new().bold(), Style::new().dimmed(), AnsiColor::Cyan.on_default());
        let width = (self.width)().max(30);
        let details = (self.details)(card);
        let out = &mut self.out;
        let count = format!("{} of {}", at + 1, cards.len());
        writeln!(out, "\n{dim}── {count} {}{dim:#}", "─".repeat(width.saturating_sub(count.len() + 5)))?;
        let documents =
            if card.documents == 1 { "in one document" } else { &format!("in {} documents", card.documents) };
        paragraph(out, width, 2, bold, &card.name)?;
        paragraph(out, width, 2, dim, &format!("{} · {documents} · {}", card.kind, card.key))?;
        if !card.context.is_empty() {
            paragraph(out, width, 4, Style::new(), &card.context)?;
            paragraph(out, width, 4, dim, &card.place)?;
        }
        writeln!(out)?;
        paragraph(out, width, 2, bold.fg_color(blue.get_fg_color()), &format!("{}: {}", card.scheme, card.label))?;
        writeln!(out, "  {}", card.iri)?;
        for detail in details {
            paragraph(out, width, 4, Style::new(), &detail)?;
        }
        paragraph(out, width, 4, dim, &format!("{:.2}: {}", card.score, card.why))?;
        let rivals: Vec<&LinkCard> = cards.iter().filter(|other| card.is_rival(other) && *other != card).collect();
        for rival in rivals.iter().take(RIVALS) {
            paragraph(out, width, 4, dim, &format!("or {:.2}: {} · {}", rival.score, rival.label, rival.iri))?;
        }
        if rivals.len() > RIVALS {
            paragraph(out, width, 4, dim, &format!("or one of {} others", rivals.len() - RIVALS))?;
        }
        Ok(())
    }
}

/// Text in lines of the screen, indented.
fn paragraph(out: &mut impl Write, width: usize, indent: usize, style: Style, text: &str) -> io::Result<()> {
    for line in folded(text, width.saturating_sub(indent + 1)) {
        writeln!(out, "{:indent$}{style}{line}{style:#}", "")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use rapporteur::desk::LinkCard;
    use rapporteur::model::{Decisions, Ruling};

    use super::Desk;

    #[test]
    fn answers_become_decisions() {
        let card = |key: &str, iri: &str| LinkCard {
            key: key.to_owned(),
            iri: iri.to_owned(),
            scheme: "ports".to_owned(),
            ..LinkCard::default()
        };
        let cards = [card("body/a", "x:1"), card("body/a", "x:2"), card("body/b", "x:1"), card("body/c", "x:9")];
        /// Key, IRI and what was decided.
        type Decided = (&'static str, &'static str, Ruling);
        let rows: [(&str, usize, &[Decided]); 7] = [
            ("a\ns\ns\n", 2, &[("body/a", "x:1", Ruling::Accept)]),
            ("r\nhuh\nn\nq\n", 2, &[("body/a", "x:1", Ruling::Reject), ("body/a", "x:2", Ruling::Never)]),
            ("r\nu\ns\n", 4, &[]),
            ("r\ns\ns\nu\na\n", 2, &[("body/a", "x:1", Ruling::Accept)]),
            ("", 4, &[]),
            ("?\nu\nr\n", 3, &[("body/a", "x:1", Ruling::Reject)]),
            ("s\ns\nr\nr\nr\n", 2, &[("body/b", "x:1", Ruling::Reject), ("body/c", "x:9", Ruling::Reject)]),
        ];
        for (typed, open, expected) in rows {
            let mut decisions = Decisions::default();
            let mut kept = Decisions::default();
            let mut keep = |change| {
                kept.change(change);
                Ok(())
            };
            let (width, details) = (|| 80, |_: &LinkCard| Vec::new());
            let mut out = Vec::new();
            let mut desk =
                Desk { input: typed.as_bytes(), out: &mut out, width: &width, details: &details, keep: &mut keep };
            let left = desk.ask(&cards, &mut decisions).unwrap_or_else(|fault| panic!("{fault}"));
            assert_eq!(left, open, "{typed:?}");
            assert_eq!(kept, decisions, "kept as they are made: {typed:?}");
            let found: Vec<_> = decisions.iter().map(|one| (one.key.as_str(), one.iri.as_str(), one.ruling)).collect();
            assert_eq!(found, expected, "{typed:?}");
        }
    }
}
