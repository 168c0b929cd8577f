//! Who speaks for a State or an organisation, named by it: "the delegate of X", "X's representative", "Permanent
//! Representatives of A, B and C to the United Nations".

use crate::model::{Kind, Mention, MentionClass, Mentions, Reading, Span};
use crate::seeds::WordClass;

use super::text::Text;
use super::words::{Shape, Word};

/// What may stand between the office and the end of its name.
const POSTED: [&str; 4] = ["to", "the", "United", "Nations"];

/// All of them.
pub(super) fn find(text: &Text, known: &Mentions) -> Vec<Mention> {
    let finder = Finder { text, known };
    let mut found = Vec::new();
    for (_, words) in text.lines() {
        for at in 0..words.len() {
            found.extend(finder.named_after(words, at).or_else(|| finder.named_before(&words[at])));
        }
    }
    found
}

struct Finder<'a> {
    text: &'a Text<'a>,
    known: &'a Mentions,
}

impl Finder<'_> {
    /// "representative of X", "delegates of A and B", "Deputy Permanent Representative of X to the United Nations".
    fn named_after(&self, words: &[Word], at: usize) -> Option<Mention> {
        let head = &words[at];
        let lower = self.text.lower(head);
        if !WordClass::NamedDelegate.has(lower) || self.is_special(words, at) {
            return None;
        }
        let several = lower.ends_with('s');
        let link = words.get(at + 1).map(|word| self.text.form(word)).unwrap_or_default();
        let takes = link == "of" || link == "for" && WordClass::NamedDelegate.has(lower);
        let after = words.get(at + 1).filter(|_| takes)?.span.end;
        let first = self.party_from(self.past_article(after)?)?;
        let mut end = first.end;
        while let Some(next) = self.joined(end).filter(|_| several) {
            end = next.end;
        }
        let start = self.office(words, at);
        let span = Span::new(start, self.posted(end));
        Some(self.role(span, first))
    }

    /// "X's representative": the State stands before.
    fn named_before(&self, head: &Word) -> Option<Mention> {
        let lower = self.text.lower(head);
        if head.shape != Shape::Lower || !WordClass::NamedDelegate.has(lower) || lower.ends_with('s') {
            return None;
        }
        let before = self.text.doc.text[..head.span.start].trim_end();
        let before = ["'s", "’s", "s'", "s’"].iter().find_map(|mark| {
            let owner = before.strip_suffix(mark)?;
            Some(owner.len() + usize::from(mark.starts_with('s')))
        })?;
        let owner = self.known.ending(before).map(|i| &self.known[i]).find(|known| is_party(known))?;
        Some(self.role(Span::new(owner.span.start, head.span.end), owner.span))
    }

    fn role(&self, span: Span, of: Span) -> Mention {
        Mention::new(span, Kind::PersonRole, MentionClass::Named, Reading::Role { of: Some(of) })
    }

    /// Whether the office is another one: "Special Representative of", "High Representative of".
    fn is_special(&self, words: &[Word], at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| &words[before]);
        before.is_some_and(|before| {
            let lead = WordClass::DelegateLead.has(self.text.lower(before));
            let joined = self.text.is_blank_between(before, &words[at]);
            joined && !lead && before.is_capital() && words[at].is_capital() && !before.is(WordClass::FunctionWord)
        })
    }

    /// Where the office begins: "Deputy Permanent Representative".
    fn office(&self, words: &[Word], at: usize) -> usize {
        let leads = words[..at].iter().rev().zip(words[..=at].iter().rev());
        let leads = leads.take_while(|(word, next)| {
            WordClass::DelegateLead.has(self.text.lower(word)) && self.text.is_blank_between(word, next)
        });
        leads.last().map_or(words[at].span.start, |(word, _)| word.span.start)
    }

    /// The byte behind blanks and an article.
    fn past_article(&self, from: usize) -> Option<usize> {
        let text = &self.text.doc.text;
        let rest = text.get(from..)?;
        let trimmed = rest.trim_start();
        let bare = trimmed.strip_prefix("the").filter(|bare| bare.starts_with(char::is_whitespace));
        let bare = bare.map_or(trimmed, str::trim_start);
        (rest.len() > trimmed.len() && !rest[..rest.len() - trimmed.len()].contains("\n\n"))
            .then_some(text.len() - bare.len())
    }

    /// The longest State or organisation that starts at a byte.
    fn party_from(&self, start: usize) -> Option<Span> {
        let first = self.known.starting(start).map(|i| &self.known[i]).next()?;
        (is_party(first) && !self.goes_on(first.span.end)).then_some(first.span)
    }

    /// Whether a name goes on behind what looks like a State: "the Turkish Republic of …", "the Palestinian people".
    fn goes_on(&self, end: usize) -> bool {
        let rest = &self.text.doc.text[end..];
        let next = rest.trim_start_matches([' ', '\n']);
        let word = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let noun = WordClass::HomeNoun.has(word) || matches!(word, "government" | "delegation" | "side" | "community");
        next.len() < rest.len() && (noun || word.starts_with(char::is_uppercase) && !rest.starts_with('\n'))
    }

    /// The next member of a list.
    fn joined(&self, end: usize) -> Option<Span> {
        let rest = &self.text.doc.text[end..];
        let comma = rest.strip_prefix(',').unwrap_or(rest);
        let at = end + rest.len() - comma.len();
        let trimmed = comma.trim_start();
        let and = trimmed.strip_prefix("and").filter(|rest| rest.starts_with(char::is_whitespace));
        let from = and.map_or(at, |rest| end + self.text.doc.text[end..].len() - rest.len());
        (comma.len() < rest.len() || and.is_some())
            .then(|| self.past_article(from))
            .flatten()
            .and_then(|at| self.party_from(at))
    }

    /// The end of "to the United Nations", where that follows and names no other body.
    fn posted(&self, end: usize) -> usize {
        let text = &self.text.doc.text;
        let mut at = end;
        for wanted in POSTED {
            let rest = &text[at..];
            let trimmed = rest.trim_start();
            let blank = &rest[..rest.len() - trimmed.len()];
            let Some(tail) = trimmed.strip_prefix(wanted) else { return end };
            if blank.is_empty() || blank.matches('\n').count() > 1 {
                return end;
            }
            at = text.len() - tail.len();
        }
        let longer = self.known.overlapping(Span::new(end, at)).any(|i| self.known[i].span.end > at);
        if longer || text[at..].starts_with(char::is_alphanumeric) { end } else { at }
    }
}

/// A State or an organisation of States, by name.
fn is_party(known: &Mention) -> bool {
    let party = matches!(known.kind, Kind::State | Kind::InternationalOrganization | Kind::UNBody);
    known.class == MentionClass::Named && party
}
