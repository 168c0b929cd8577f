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
        let head_end = self.joined_head(words, at, head_end).unwrap_or(head_end);
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

    /// The head behind a second modifier: "Truth and Reconciliation Commission", "Rivers and Lakes Working Group". What stands
    /// before "and" must be no name of its own, behind an article.
    fn joined_head(&self, words: &[Word], at: usize, last: usize) -> Option<usize> {
        let pointed = at.checked_sub(1).is_some_and(|before| words[before].is(WordClass::NamePointer));
        let and = words.get(last + 1).filter(|and| pointed && matches!(self.text.form(and), "and" | "&"))?;
        let next = words.get(last + 2).filter(|next| self.can_start(next))?;
        if !self.text.is_blank_between(&words[last], and) || !self.text.is_blank_between(and, next) {
            return None;
        }
        let is_named = |word: &Word| {
            let mut around = self.known.around(word.span).map(|i| &self.known[i]);
            self.text.lexicon.kind_of_capital(self.text.singular(word)).is_some_and(|kind| !is_matter(kind))
                || around.any(|known| known.class == MentionClass::Named)
        };
        let end = self.capitals(words, last + 2);
        let kind = self.kind_of(&self.phrase(words, last + 2, end))?;
        let is_body = kind.is_agent() && !matches!(kind, Kind::PersonRole | Kind::State) || kind == Kind::Measure;
        (is_body && end > last + 2 && !words[at..=last].iter().any(is_named)).then_some(end)
    }

    /// Leaves out words that are capital only for their place or courtesy: "Recalling General Assembly …",
    /// "Distinguished Ministers".
    fn skip_leading(&self, words: &[Word], mut at: usize, last: usize) -> usize {
        let is_rank = |at: usize| words[at + 1].is(WordClass::Office) && self.lower(&words[at]) == "special";
        while at < last && self.text.lexicon.is_evaluative(self.lower(&words[at])) && !is_rank(at) {
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
        if let Some(last) = self.mandate(words, kind, head_end) {
            return last;
        }
        let mut last = head_end;
        let mut opened = false;
        while let Some(next) = self.next_capital(words, last, opened && is_titled(kind)) {
            let opener = words.get(last + 1).filter(|word| word.is(WordClass::ComplementOpener));
            let opens = opener.is_some_and(|opener| may_open(kind, self.lower(opener)));
            let goes_on = match opened {
                false => opens,
                true => !self.ends_known(words[last].span.end) || opens,
            };
            let ends = match opened {
                // "the report of the Secretary-General on the mission": the office is known whole.
                false => {
                    kind == Kind::PersonRole
                        && opener.is_some_and(|on| self.lower(on) == "on")
                        && self.is_office(words, at, head_end)
                }
                // "the signature by the Government of X of the Pledge".
                true => kind == Kind::GovernmentBody && self.ends_state(words[last].span.end),
            };
            if !goes_on || ends {
                break;
            }
            opened = true;
            last = self.capitals(words, next);
        }
        if opened { last } else { self.subject_term(words, kind, last) }
    }

    /// "Independent Expert on the situation of human rights in Elbonia": the last word of the State.
    fn mandate(&self, words: &[Word], kind: Kind, head_end: usize) -> Option<usize> {
        if !matches!(kind, Kind::PersonRole | Kind::ExpertGroup) {
            return None;
        }
        let lower = |i: usize| words.get(i).map(|word| self.lower(word)).unwrap_or_default();
        let subject = || "on the situation of human rights in".split(' ');
        let told = subject().enumerate().all(|(i, word)| lower(head_end + 1 + i) == word);
        let mut at = head_end + 1 + subject().count();
        at += usize::from(lower(at) == "the");
        let state =
            self.starting(words.get(at).filter(|_| told)?.span.start).find(|known| known.kind == Kind::State)?;
        words.iter().rposition(|word| state.span.contains(word.span))
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
        let start = self.year_before(words, at, kind).unwrap_or_else(|| self.leading(words, at, kind));
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

    /// The kind that a head noun gives a proper name.
    fn kind_of(&self, phrase: &str) -> Option<Kind> {
        self.text.lexicon.kind_of_capital(phrase)
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

    /// The year before an instrument's name: "the 1963 Test-Ban Treaty".
    fn year_before(&self, words: &[Word], at: usize, kind: Kind) -> Option<usize> {
        let year = &words[at.checked_sub(1)?];
        let form = self.text.form(year);
        let is_year = form.len() == 4 && (form.starts_with("19") || form.starts_with("20"));
        let pointed = words[..at - 1].last().is_some_and(|word| word.is(WordClass::NamePointer));
        let takes = matches!(kind, Kind::Treaty | Kind::Document);
        (takes && is_year && pointed && self.text.is_blank_between(year, &words[at])).then_some(year.span.start)
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

    fn ends_state(&self, end: usize) -> bool {
        self.ending(end).any(|known| known.kind == Kind::State)
    }

    /// Whether words are an office that the catalogue knows.
    fn is_office(&self, words: &[Word], at: usize, last: usize) -> bool {
        let span = Span::new(words[at].span.start, words[last].span.end);
        self.known.at(span).is_some_and(|i| self.known[i].kind == Kind::PersonRole)
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

const fn is_matter(kind: Kind) -> bool {
    matches!(kind, Kind::Topic | Kind::Measure)
}

/// Kinds whose names are whole titles.
const fn is_titled(kind: Kind) -> bool {
    matches!(kind, Kind::Document | Kind::Treaty | Kind::Meeting)
}
