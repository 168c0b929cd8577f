//! Proper names that the catalogue does not hold, found by their capitals and typed by their head noun: a "… Emergencies
//! Center", a "Ministry of …", a "… Declaration on …", a "Deputy of … for …".

use crate::model::{Kind, Mention, MentionClass, Mentions, Reading, Sentence, Span, Upos};
use crate::seeds::WordClass;

use super::text::Text;
use super::words::{Shape, Word};

/// All such names in the sentences of a text, with names inside their complements.
pub(super) fn find(text: &Text, known: &Mentions) -> Vec<Mention> {
    let finder = Finder { text, known };
    let mut found = Vec::new();
    for (sentence, words) in text.lines() {
        let mut at = usize::from(words.first().is_some_and(|first| finder.is_opening_verb(sentence, first)));
        while at < words.len() {
            let name = finder.name_at(words, at).or_else(|| finder.role_at(words, at));
            at = match name {
                Some(name) => {
                    found.extend(finder.inner_names(words, &name));
                    found.push(name.mention);
                    name.last + 1
                }
                None => at + 1,
            };
        }
    }
    found
}

/// What the recogniser needs to see around the words.
struct Finder<'a> {
    text: &'a Text<'a>,
    known: &'a Mentions,
}

/// A name and the words it spans.
struct Name {
    mention: Mention,
    head_end: usize,
    last: usize,
}

impl Finder<'_> {
    fn lower(&self, word: &Word) -> &str {
        self.text.lower(word)
    }

    /// "Urges Member States": a verb has its capital only for its place.
    fn is_opening_verb(&self, sentence: &Sentence, first: &Word) -> bool {
        let token = sentence.tokens.iter().find(|token| token.span.overlaps(first.span));
        token.is_some_and(|token| {
            let lower = self.lower(first);
            let inflected = lower.ends_with("ing") || (lower.ends_with('s') && *lower != *token.lemma.to_lowercase());
            token.upos == Upos::Verb && inflected && !self.starts_known(first.span.start)
        })
    }

    /// A name that starts at word `at`.
    fn name_at(&self, words: &[Word], at: usize) -> Option<Name> {
        if !self.can_start(&words[at]) {
            return None;
        }
        let head_end = self.capitals(words, at);
        let at = self.skip_leading(words, at, head_end);
        let last = self.complement(words, at, head_end);
        if self.is_only_known(Span::new(words[at].span.start, words[last].span.end)) {
            return None;
        }
        let mention = self.typed(words, at, head_end, last)?;
        Some(Name { mention, head_end, last })
    }

    /// "representative of X", "minister of X" in lower case: a role named by the agent that it belongs to.
    fn role_at(&self, words: &[Word], at: usize) -> Option<Name> {
        let is_role = words[at].shape == Shape::Lower
            && words[at].is(WordClass::Office)
            && self.text.lexicon.kind_of(self.lower(&words[at])) == Some(Kind::PersonRole);
        let of = words.get(at + 1).filter(|next| is_role && self.text.form(next) == "of")?;
        let after = self.text.doc.text[of.span.end..].trim_start();
        let after = after.strip_prefix("the ").unwrap_or(after);
        let start = self.text.doc.text.len() - after.trim_start().len();
        let agent = self.agent_from(start)?;
        let last = words.iter().rposition(|word| agent.contains(word.span))?;
        let span = Span::new(words[at].span.start, agent.end);
        let reading = Reading::Role { of: Some(agent) };
        Some(Name { mention: Mention::new(span, Kind::PersonRole, MentionClass::Named, reading), head_end: at, last })
    }

    /// The longest known agent that starts at a byte.
    fn agent_from(&self, start: usize) -> Option<Span> {
        let first = self.starting(start).next()?;
        (first.class == MentionClass::Named && first.kind.is_agent()).then_some(first.span)
    }

    /// Names that stand inside a complement: the senior office in "Deputy of General Prosecutor of X for Y".
    fn inner_names(&self, words: &[Word], name: &Name) -> Option<Mention> {
        let start = (name.head_end + 1..=name.last).find(|&i| self.can_start(&words[i]))?;
        let head_end = self.capitals(words, start).min(name.last);
        let last = self.complement(words, start, head_end).min(name.last);
        let inner = Span::new(words[start].span.start, words[last].span.end);
        if head_end == start && last == head_end || self.is_only_known(inner) {
            return None;
        }
        let ends_in_agent = self.ending(inner.end).any(|known| known.kind.is_agent());
        let first_complement = (head_end + 1..=last).find(|&i| self.lower(&words[i]) == "for").map(|i| i - 1);
        let last = if ends_in_agent { last } else { first_complement? };
        self.typed(words, start, head_end, last)
    }

    fn can_start(&self, word: &Word) -> bool {
        word.is_capital() && !word.is(WordClass::FunctionWord)
    }

    /// The last word of the run of capitals that starts at `at`.
    fn capitals(&self, words: &[Word], at: usize) -> usize {
        let mut last = at;
        while let Some(next) = words.get(last + 1).filter(|next| self.can_start(next)) {
            if !self.text.is_blank_between(&words[last], next) {
                break;
            }
            last += 1;
        }
        last
    }

    /// Leaves out words that are capital only for their place or courtesy: "Recalling General Assembly …",
    /// "Distinguished Ministers".
    fn skip_leading(&self, words: &[Word], mut at: usize, last: usize) -> usize {
        while at < last && self.text.lexicon.is_evaluative(self.lower(&words[at])) {
            at += 1;
        }
        if at < last && at == 0 && self.starts_known(words[1].span.start) && !self.starts_known(words[0].span.start) {
            let first = self.lower(&words[0]);
            if first.ends_with("ing") || first.ends_with("ly") || first.ends_with("ed") {
                return 1;
            }
        }
        at
    }

    /// Extends a name over "of …", "on … and …", "for …" as long as capitals go on.
    fn complement(&self, words: &[Word], at: usize, head_end: usize) -> usize {
        let Some(kind) = self.kind_of(&self.phrase(words, at, head_end)) else { return head_end };
        let mut last = head_end;
        let mut opened = false;
        while let Some(next) = self.next_capital(words, last, opened && is_titled(kind)) {
            let opener = words.get(last + 1).filter(|word| word.is(WordClass::ComplementOpener));
            let opens = opener.is_some_and(|opener| may_open(kind, self.lower(opener)));
            let goes_on = match opened {
                false => opens,
                true => !self.ends_known(words[last].span.end) || opens,
            };
            if !goes_on {
                break;
            }
            opened = true;
            last = self.capitals(words, next);
        }
        if opened { last } else { self.subject_term(words, kind, last) }
    }

    /// "Expert Group on cybercrime": the subject in lower case, if it is a known term.
    fn subject_term(&self, words: &[Word], kind: Kind, last: usize) -> usize {
        let on = words.get(last + 1).filter(|word| matches!(self.text.form(word), "on" | "against"));
        let Some(subject) = on.and_then(|_| words.get(last + 2)) else { return last };
        let takes = matches!(kind, Kind::ExpertGroup | Kind::Treaty | Kind::Meeting | Kind::Measure);
        let term = self.starting(subject.span.start).find(|known| takes && known.class == MentionClass::Term);
        let end = term.and_then(|term| words.iter().rposition(|word| term.span.contains(word.span)));
        end.unwrap_or(last)
    }

    /// The next capital word, when only inner words and blanks stand between; a comma before a capital or "and" counts as
    /// blank, in titles a colon too.
    fn next_capital(&self, words: &[Word], last: usize, is_title: bool) -> Option<usize> {
        for at in last + 1..words.len().min(last + 5) {
            let word = &words[at];
            let gap = self.gap(&words[at - 1], word);
            let is_listed =
                gap == "," && at == last + 1 && (word.is_capital() || (is_title && self.lower(word) == "and"));
            if !(gap.is_empty() || is_listed || (gap == ":" && is_title)) {
                return None;
            }
            if self.can_start(word) || (word.is_capital() && is_title && at > last + 1) {
                return Some(at);
            }
            if !word.is(WordClass::InsideName) {
                return None;
            }
        }
        None
    }

    /// What stands between two words besides blanks and a possessive ending.
    fn gap(&self, left: &Word, right: &Word) -> &str {
        let gap = self.text.of(Span::new(left.span.end, right.span.start));
        gap.trim_start_matches("'s").trim_start_matches("’s").trim()
    }

    fn typed(&self, words: &[Word], at: usize, head_end: usize, last: usize) -> Option<Mention> {
        let kind = self.kind_of(&self.phrase(words, at, head_end))?;
        let is_bare = at == head_end && last == head_end;
        if is_bare && words[at].shape == Shape::Capital {
            return None;
        }
        let start = self.leading(words, at, kind);
        let span = self.with_years(Span::new(start, words[last].span.end));
        let class = if kind == Kind::Topic { MentionClass::Term } else { MentionClass::Named };
        let mut inside = self.known.inside(span).map(|i| &self.known[i]);
        let inside = inside.find(|known| known.span != span && known.kind.is_agent());
        let reading = match kind {
            Kind::PersonRole => Reading::Role { of: inside.map(|known| known.span) },
            Kind::Topic => Reading::Phrase,
            _ => Reading::Name,
        };
        Some(Mention::new(span, kind, class, reading))
    }

    /// The kind that a head noun gives a proper name: with a capital, a group meets.
    fn kind_of(&self, phrase: &str) -> Option<Kind> {
        let is_group = phrase == "group" || phrase.ends_with(" group");
        self.text.lexicon.kind_of(phrase).or_else(|| is_group.then_some(Kind::ExpertGroup))
    }

    /// Where the name starts when words in lower case belong to it.
    fn leading(&self, words: &[Word], at: usize, kind: Kind) -> usize {
        let before = words[..at].iter().rev().zip(words[..=at].iter().rev());
        let led = before.take_while(|(word, next)| {
            kind == Kind::ExpertGroup
                && word.shape == Shape::Lower
                && word.is(WordClass::LeadingAdjective)
                && self.text.is_blank_between(word, next)
        });
        led.last().map_or(words[at].span.start, |(word, _)| word.span.start)
    }

    /// A report's or strategy's year belongs to its name: "World Drug Report 2022".
    fn with_years(&self, span: Span) -> Span {
        let after = &self.text.doc.text[span.end..];
        let Some(rest) = after.strip_prefix(' ') else { return span };
        let is_sign = |c: char| c.is_ascii_digit() || matches!(c, '–' | '-' | '/');
        let years = rest.split(|c| !is_sign(c)).next().unwrap_or_default().trim_end_matches(['–', '-', '/']);
        let is_years = years.len() >= 4 && years.split(['–', '-', '/']).all(|year| matches!(year.len(), 2 | 4));
        if is_years { Span::new(span.start, span.end + 1 + years.len()) } else { span }
    }

    fn phrase(&self, words: &[Word], at: usize, last: usize) -> String {
        let before = words[at..last].iter().map(|word| self.lower(word));
        before.chain([self.text.singular(&words[last]).as_str()]).collect::<Vec<_>>().join(" ")
    }

    fn starts_known(&self, start: usize) -> bool {
        self.starting(start).next().is_some_and(|known| known.class == MentionClass::Named)
    }

    fn ends_known(&self, end: usize) -> bool {
        self.ending(end).any(|known| known.class == MentionClass::Named && known.kind.is_agent())
    }

    fn starting(&self, byte: usize) -> impl Iterator<Item = &Mention> {
        self.known.starting(byte).map(|i| &self.known[i])
    }

    fn ending(&self, byte: usize) -> impl Iterator<Item = &Mention> {
        self.known.ending(byte).map(|i| &self.known[i])
    }

    /// Whether the span is one that another recogniser has already named.
    fn is_only_known(&self, span: Span) -> bool {
        self.known.around(span).any(|i| self.known[i].class == MentionClass::Named)
    }
}

/// Places and purposes do not belong to every name: "the Committee in Vienna" is two names.
fn may_open(kind: Kind, opener: &str) -> bool {
    match opener {
        "of" | "on" | "for" | "against" => true,
        "to" => matches!(kind, Kind::ExpertGroup | Kind::Document | Kind::Treaty),
        "in" => is_titled(kind),
        _ => false,
    }
}

/// Kinds whose names are whole titles.
const fn is_titled(kind: Kind) -> bool {
    matches!(kind, Kind::Document | Kind::Treaty | Kind::Meeting)
}
