//! Numbered meetings: "66th session of the Commission on …", "its seventy-fourth session", "Twelfth … Congress on …".

use super::numerals::{digits, ordinal_at};
use super::taken::Taken;
use super::text::Text;
use super::titles::last_word;
use super::wording::{Shape, Words};
use crate::model::{Kind, Mention, MentionClass, Mentions, Reading};
use crate::seeds::WordClass;

/// The numbered meetings of a text, in text order. Nothing begins inside a citation.
pub(super) fn find(text: &Text, known: &Mentions) -> Vec<Mention> {
    let is_cited = |i: &usize| known[*i].kind != Kind::LegalProvision;
    let cited = |words: &Words| known.inside(words.block()).filter(is_cited).map(|i| known[i].span).collect();
    text.blocks.iter().flat_map(|words| in_block(words, &cited(words))).collect()
}

fn in_block(words: &Words, taken: &Taken) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.len() {
        i = match session_at(words, i).filter(|_| taken.leaves_free(words.at(i))) {
            Some((mention, last)) => {
                found.push(mention);
                last + 1
            }
            None => i + 1,
        };
    }
    found
}

fn session_at(words: &Words, i: usize) -> Option<(Mention, usize)> {
    if let Some(session) = by_acronym(words, i) {
        return Some(session);
    }
    let possible = match words.shape(i) {
        Shape::Lower | Shape::Title => words.is_a(i, WordClass::NumberWord),
        shape => matches!(shape, Shape::Coded | Shape::Number),
    };
    let (ordinal, last) = if possible { number(words, i)? } else { return None };
    let (ordinal, last) = match further(words, last) {
        Some(last) => (None, last),
        None => (ordinal, last),
    };
    let head = head(words, last + 1)?;
    let (end, body) = match body(words, head + 1) {
        Some((first, last)) => (last, Some(words.span(first, last))),
        None => (head, None),
    };
    // "Third International Conference on Financing": the name holds its subject itself.
    let end = match body {
        None if words.is_capital(head) => last_word(words, head).filter(|_| !words.is(head + 1, "to")).unwrap_or(end),
        _ => end,
    };
    let titled = words.is_capital(head) && (words.is_capital(i) || (last + 1..head).any(|k| words.is_capital(k)));
    let class = if body.is_some() || titled || end > head { MentionClass::Named } else { MentionClass::Nominal };
    Some((Mention::new(words.span(i, end), Kind::Meeting, class, Reading::Session { ordinal, body }), end))
}

/// "UNGA 76", "UNGA70": a session of the General Assembly.
fn by_acronym(words: &Words, i: usize) -> Option<(Mention, usize)> {
    let number = |digits: &str| digits.parse::<u32>().ok().filter(|number| (1..200).contains(number));
    let rest = words.form(i).strip_prefix("UNGA")?;
    let (ordinal, end, body) = match rest {
        "" => (number(words.form(i + 1))?, i + 1, Some(words.at(i))),
        digits => (number(digits)?, i, None),
    };
    let reading = Reading::Session { ordinal: Some(ordinal), body };
    Some((Mention::new(words.span(i, end), Kind::Meeting, MentionClass::Named, reading), end))
}

/// "5th & 6th": the last word of a second ordinal.
fn further(words: &Words, last: usize) -> Option<usize> {
    let second = if words.is_one_of(last + 1, &["&", "and"]) { last + 2 } else { return None };
    ordinal_at(words, second).map(|(_, last)| last).filter(|last| words.is_a(last + 1, WordClass::MeetingHead))
}

/// The ordinal at word `i`, or a year in front of "session" ("2021 session"), and its last word.
fn number(words: &Words, i: usize) -> Option<(Option<u32>, usize)> {
    if words.shape(i) == Shape::Number {
        let year = digits(words.form(i)).is_some_and(|year| (1945..2100).contains(&year));
        let session = words.is(i + 1, "session")
            || (words.is_a(i + 1, WordClass::MeetingAdjective) && words.is(i + 2, "session"));
        return (year && session).then_some((None, i));
    }
    ordinal_at(words, i).map(|(ordinal, last)| (Some(ordinal), last))
}

/// The head noun at or after word `i`: after small adjectives, or after the capitalised words of a name.
fn head(words: &Words, i: usize) -> Option<usize> {
    let mut at = i;
    while at < i + 8 {
        if words.is_a(at, WordClass::MeetingHead) {
            // "plenary meeting", "Review Conference": the last of several heads in a row.
            return Some(if words.is_a(at + 1, WordClass::MeetingHead) { at + 1 } else { at });
        }
        let named = words.is_capital(at) && words.is_capital(at.max(1) - 1).max(at == i) && !words.starts_sentence(at);
        if !named && !words.is_a(at, WordClass::MeetingAdjective) {
            return None;
        }
        at += 1;
    }
    None
}

/// The body after "of the": its first and last word. Small adjectives may stand before its name.
fn body(words: &Words, i: usize) -> Option<(usize, usize)> {
    if !words.is(i, "of") {
        return None;
    }
    let start = if words.is_one_of(i + 1, &["the", "its", "this", "that"]) { i + 2 } else { i + 1 };
    let mut at = start;
    while at < start + 5 && words.shape(at) == Shape::Lower && !is_common_body(words, at) && !is_small(words, at) {
        at += 1;
    }
    if is_common_body(words, at) {
        return Some((start, at));
    }
    last_word(words, at).map(|last| (start, last))
}

fn is_common_body(words: &Words, i: usize) -> bool {
    words.is_small(i, WordClass::CommonBody)
}

fn is_small(words: &Words, i: usize) -> bool {
    words.is_a(i, WordClass::MeetingEnd)
}

#[cfg(test)]
mod tests {
    use super::in_block;
    use crate::annotate::taken::Taken;
    use crate::annotate::wording::Words;
    use crate::model::{MentionClass, Reading, Span};
    use crate::seeds::Lexicon;

    #[test]
    fn sessions() {
        let cases: &[(&str, &[&str])] = &[
            (
                "this 66th session of the Commission on Fish, in",
                &["66th session of the Commission on Fish = 66 Commission on Fish"],
            ),
            (
                "The Fifth session of the Expert Group to Conduct a Study on Fish met",
                &[
                    "Fifth session of the Expert Group to Conduct a Study on Fish = 5 Expert Group to Conduct a Study on Fish",
                ],
            ),
            ("this thirty- fourth session of the Board on", &["thirty- fourth session of the Board = 34 Board"]),
            ("at its sixty-\nsecond session", &["sixty-\nsecond session = 62 (nominal)"]),
            ("at its seventy-fourth session an", &["seventy-fourth session = 74 (nominal)"]),
            ("at its fourth meeting, held in", &["fourth meeting = 4 (nominal)"]),
            ("the fourth meeting of the Expert Group and", &["fourth meeting of the Expert Group = 4 Expert Group"]),
            (
                "the fifth meeting of the open-ended working Group on Fish",
                &["fifth meeting of the open-ended working Group on Fish = 5 open-ended working Group on Fish"],
            ),
            (
                "the Twelfth World Congress on Fish and Rivers, which",
                &["Twelfth World Congress on Fish and Rivers = 12"],
            ),
            ("50th plenary meeting", &["50th plenary meeting = 50 (nominal)"]),
            ("one hundred and fifth session", &["one hundred and fifth session = 105 (nominal)"]),
            ("the 2021 session of the Council", &["2021 session of the Council = Council"]),
            ("its 5th and 6th meetings on", &["5th and 6th meetings = (nominal)"]),
            ("the first question, second to none, the Third Committee, fifth of May", &[]),
        ];
        for (text, wanted) in cases {
            let words = Words::new(Lexicon::embedded(), text, Span::new(0, text.len()));
            let found = in_block(&words, &Taken::default());
            let show = |one: &crate::model::Mention| match &one.reading {
                Reading::Session { ordinal, body } => {
                    let ordinal = ordinal.map(|ordinal| ordinal.to_string());
                    let body = body.map(|body| body.of(text).to_owned());
                    let class = (one.class == MentionClass::Nominal).then(|| "(nominal)".to_owned());
                    [ordinal, body, class].into_iter().flatten().collect::<Vec<_>>().join(" ")
                }
                _ => String::new(),
            };
            let found: Vec<String> = found.iter().map(|one| format!("{} = {}", one.span.of(text), show(one))).collect();
            assert_eq!(&found, wanted, "{text}");
        }
    }
}
