//! People by name: "President Jane Doe", "Under Secretary Doe", "Jane Doe, Minister of …"; and "Doe" once she has been
//! named in full.

use std::collections::HashSet;

use crate::model::{Deprel, Kind, Mention, MentionClass, Mentions, Reading, Sentence, Span, Upos};
use crate::seeds::WordClass;

use super::text::Text;
use super::words::{Shape, Word};

/// Longest personal name in words, title left out.
const LONGEST: usize = 5;

/// The named people of a text.
pub(super) fn find(text: &Text, known: &Mentions) -> Vec<Mention> {
    let mut finder = Finder { text, known, surnames: HashSet::new() };
    for (sentence, words) in text.lines() {
        let named = finder.people(sentence, words);
        finder.surnames.extend(named.into_iter().map(|(_, last)| text.form(&words[last])));
    }
    let people = text.lines().flat_map(|(sentence, words)| {
        let named = finder.people(sentence, words).into_iter();
        named.map(|(first, last)| person(Span::new(words[first].span.start, words[last].span.end)))
    });
    people.chain(text.lines().filter_map(|(_, words)| shouted(text, words))).collect()
}

/// "ANA LIND (Elbonia), speaking …", "JON MOSS, Minister of …": a name in capitals that begins a sentence of coverage.
fn shouted(text: &Text, words: &[Word]) -> Option<Mention> {
    let is_shouted = |word: &&Word| {
        let form = text.form(word);
        form.chars().any(char::is_alphabetic) && !form.chars().any(|c| c.is_lowercase() || c.is_ascii_digit())
    };
    let count = words.iter().take(LONGEST + 1).take_while(is_shouted).count();
    let (first, last) = (words.first()?, words.get(count.checked_sub(1)?)?);
    let after = text.doc.text[last.span.end..].trim_start();
    let opened = after.strip_prefix('(').is_some_and(|inner| inner.starts_with(char::is_uppercase));
    let office = after.strip_prefix(',').map(str::trim_start).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    let long = words[..count].iter().any(|word| word.span.len() > 3);
    let is_name = (2..=LONGEST).contains(&count) && long && (opened || office);
    is_name.then(|| person(Span::new(first.span.start, last.span.end)))
}

fn person(span: Span) -> Mention {
    Mention::new(span, Kind::PersonRole, MentionClass::Named, Reading::Role { of: None })
}

struct Finder<'a> {
    text: &'a Text<'a>,
    known: &'a Mentions,
    /// Last words of the names found so far.
    surnames: HashSet<&'a str>,
}

impl Finder<'_> {
    /// First and last words of the people named in a sentence.
    fn people(&self, sentence: &Sentence, words: &[Word]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let person = self.person_at(sentence, words, at);
            at = person.map_or(at, |(_, last)| last) + 1;
            found.extend(person);
        }
        found
    }

    /// First and last word of the person whose personal name starts at word `at`, with the title before it.
    fn person_at(&self, sentence: &Sentence, words: &[Word], at: usize) -> Option<(usize, usize)> {
        if !self.is_personal(sentence, &words[at]) {
            return None;
        }
        let last = self.name_end(words, at);
        let title = self.title_before(words, at);
        let goes_before =
            at > 0 && words[at - 1].shape == Shape::Capital && self.is_adjacent(&words[at - 1], &words[at]);
        let pointed = at > 0 && words[at - 1].is(WordClass::NamePointer);
        let is_name = match title {
            Some(_) => true,
            None if self.is_courteous(words, at) => last > at,
            None if pointed || goes_before && !words[at - 1].is(WordClass::FunctionWord) => false,
            None if self.surnames.contains(self.text.form(&words[last])) => true,
            None if last == at => false,
            None => self.is_human(sentence, words, at, last),
        };
        is_name.then_some((title.unwrap_or(at), last))
    }

    /// Whether a word may start a personal name: tagged as a name, a capital that means nothing else.
    fn is_personal(&self, sentence: &Sentence, word: &Word) -> bool {
        let tag = token_at(sentence, word).map(|token| sentence.tokens[token].upos);
        matches!(tag, Some(Upos::Propn | Upos::X)) && self.may_go_on(word)
    }

    /// Whether a word may stand inside a personal name, whatever the tagger makes of a word it never met.
    fn may_go_on(&self, word: &Word) -> bool {
        let lower = self.text.lower(word);
        let lexicon = self.text.lexicon;
        let means = lexicon.kind_of(lower).or_else(|| lexicon.kind_of(self.text.singular(word)));
        (word.shape == Shape::Capital || self.has_particle(word))
            && means.is_none()
            && !word.is(WordClass::FunctionWord)
            && !word.is(WordClass::CourtesyBefore)
            && !lexicon.is_evaluative(lower)
            && !self.is_known(word.span)
    }

    /// "al-Hadi": a small particle joined to a name.
    fn has_particle(&self, word: &Word) -> bool {
        let parts = self.text.form(word).split_once(['-', '’', '\'']);
        let is_particle = |part: &str| self.text.lexicon.is(part, WordClass::NameParticle);
        parts.is_some_and(|(part, name)| is_particle(part) && name.starts_with(char::is_uppercase))
    }

    fn is_known(&self, span: Span) -> bool {
        self.known.around(span).next().is_some()
    }

    fn name_end(&self, words: &[Word], at: usize) -> usize {
        let mut last = at;
        while let Some(next) = words.get(last + 1).filter(|_| last + 1 < at + LONGEST) {
            let particle = next.shape == Shape::Lower && next.is(WordClass::NameParticle);
            let step = if particle { 2 } else { 1 };
            let follows = words.get(last + step).is_some_and(|word| {
                self.may_go_on(word) && (last..last + step).all(|i| self.is_adjacent(&words[i], &words[i + 1]))
            });
            if !follows {
                break;
            }
            last += step;
        }
        // "Pope Ivo IV": the number tells which.
        let numbered = words.get(last + 1).is_some_and(|next| {
            let form = self.text.form(next);
            form.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) && self.is_adjacent(&words[last], next)
        });
        last + usize::from(numbered)
    }

    /// Blanks, or the dot of an initial or an honorific.
    fn is_adjacent(&self, left: &Word, right: &Word) -> bool {
        let gap = self.text.of(Span::new(left.span.end, right.span.start));
        let gap = if left.span.len() <= 3 { gap.strip_prefix('.').unwrap_or(gap) } else { gap };
        !gap.is_empty() && gap.chars().all(char::is_whitespace) && gap.matches('\n').count() < 2
    }

    /// The first word of the title that stands before a name: an office, with the capitals that belong to it.
    fn title_before(&self, words: &[Word], at: usize) -> Option<usize> {
        let office =
            at.checked_sub(1).filter(|&office| !words[office].is(WordClass::CourtesyBefore)).filter(|&office| {
                let is_office = words[office].is(WordClass::Office) || words[office].is(WordClass::Rank);
                words[office].shape != Shape::Lower && is_office && self.is_adjacent(&words[office], &words[at])
            })?;
        let mut first = office;
        while let Some(before) = first.checked_sub(1).filter(|&before| {
            let is_under = office == first && self.text.lower(&words[before]) == "under";
            words[before].is_capital()
                && (!words[before].is(WordClass::FunctionWord) || is_under)
                && self.is_adjacent(&words[before], &words[first])
        }) {
            first = before;
        }
        Some(first)
    }

    /// "His Excellency X": the courtesy stays out of the name.
    fn is_courteous(&self, words: &[Word], at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            words[before].is(WordClass::CourtesyBefore) && self.is_adjacent(&words[before], &words[at])
        })
    }

    /// Whether somebody is meant: who acts or is acted upon as people are, or whose office stands beside the name.
    fn is_human(&self, sentence: &Sentence, words: &[Word], at: usize, last: usize) -> bool {
        let Some(first) = token_at(sentence, &words[at]) else { return false };
        let Some(end) = token_at(sentence, &words[last]) else { return false };
        let outside =
            |&token: &usize| sentence.tokens[token].head.is_none_or(|head| !(first..=end).contains(&(head as usize)));
        let Some(head) = (first..=end).find(outside) else { return false };
        let verb = sentence.tokens[head].head.map(|verb| &sentence.tokens[verb as usize]);
        let roles = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj];
        let acts = roles.contains(&sentence.tokens[head].deprel)
            && verb.is_some_and(|verb| self.text.lexicon.is(&verb.lemma, WordClass::HumanVerb));
        let after = self.text.doc.text[words[last].span.end..].trim_start_matches([',', ' ']);
        let office = words.get(last + 1).is_some_and(|next| {
            let comma = self.text.of(Span::new(words[last].span.end, next.span.start)).trim() == ",";
            comma && after.starts_with(char::is_uppercase) && self.starts_office(words, last + 1)
        });
        acts || office
            || verb.is_some_and(|noun| self.is_beside(sentence, head, &noun.lemma))
            || self.is_in_office(words, at, last)
            || self.is_posted(words, last)
    }

    /// "the Prime Minister, X"; "the election of X".
    fn is_beside(&self, sentence: &Sentence, head: usize, noun: &str) -> bool {
        let lexicon = self.text.lexicon;
        match sentence.tokens[head].deprel {
            Deprel::Appos | Deprel::Flat => {
                lexicon.is(noun, WordClass::Office) || lexicon.is(noun, WordClass::HumanNoun)
            }
            Deprel::Nmod => lexicon.is(noun, WordClass::HumanEvent),
            _ => false,
        }
    }

    /// "the Prime Minister of Elbonia, X, said": an office with its State or body before the comma, and one behind the name.
    fn is_in_office(&self, words: &[Word], at: usize, last: usize) -> bool {
        let comma = |left: &Word, right: &Word| self.text.of(Span::new(left.span.end, right.span.start)).trim() == ",";
        let Some(before) = at.checked_sub(1).filter(|&before| last > at && comma(&words[before], &words[at])) else {
            return false;
        };
        let closed = self.text.doc.text[words[last].span.end..].starts_with(',');
        let led_by = |kind: Kind| kind.is_agent() && kind != Kind::PersonRole;
        let state = self.known.ending(words[before].span.end).find(|&i| led_by(self.known[i].kind));
        let office = state.is_some_and(|i| {
            let start = self.known[i].span.start;
            let led = words[..at].iter().rev().skip_while(|word| word.span.start >= start).take(3);
            let mut led = led.filter(|word| !matches!(self.text.lower(word), "the" | "of"));
            led.next().is_some_and(|word| word.shape == Shape::Capital && word.is(WordClass::Office))
        });
        closed && office
    }

    /// "X (Elbonia)": somebody from a State.
    fn is_posted(&self, words: &[Word], last: usize) -> bool {
        let end = words[last].span.end;
        let after = &self.text.doc.text[end..];
        let inner = after.trim_start().strip_prefix('(').map(|inner| inner.strip_prefix("the ").unwrap_or(inner));
        let start = inner.map_or(end, |inner| self.text.doc.text.len() - inner.len());
        start > end && self.known.starting(start).any(|i| self.known[i].kind == Kind::State)
    }

    /// "Minister of", "Executive Director", "Deputy Prime Minister": capitals that end in an office.
    fn starts_office(&self, words: &[Word], at: usize) -> bool {
        let run = words[at..].iter().take(4).take_while(|word| word.is_capital());
        run.into_iter().any(|word| self.text.lexicon.kind_of(self.text.lower(word)) == Some(Kind::PersonRole))
    }
}

/// The token that starts with a word.
fn token_at(sentence: &Sentence, word: &Word) -> Option<usize> {
    let at = sentence.tokens.partition_point(|token| token.span.start < word.span.start);
    sentence.tokens.get(at).filter(|token| token.span.start == word.span.start).map(|_| at)
}
