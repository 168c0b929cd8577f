//! Tokens to sentences: where one ends, seen from its last token and what follows.

use super::breaks::{self, Past};
use super::words;
use crate::model::Span;

/// Cuts the tokens of one block into sentences: ranges of token indices, in order, none empty, covering all. `guess`: the text has
/// lost its lines, so a sentence may also end where nothing closes it.
pub fn split(text: &str, tokens: &[Span], guess: bool) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let mut past = Past::default();
    while at < tokens.len() {
        let mut next = at + 1;
        let mut end = false;
        if guess {
            past.pass(tokens[at].of(text));
        }
        if may_end(text, tokens, at) {
            while next < tokens.len() && closes(text, tokens, next) {
                next += 1;
            }
            next += note_mark(text, tokens, next);
            end = next < tokens.len() && ends(text, tokens, at, next);
            tokens[at + 1..next].iter().for_each(|token| past.pass(token.of(text)));
        } else if guess {
            end = breaks::ends(text, tokens, at, &past);
        }
        if end {
            out.push(start..next);
            start = next;
            past = Past::default();
        }
        at = next;
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

/// Longest sentence that is parsed as one, in tokens: work and memory grow with its square, and no real sentence comes
/// near.
pub const LONGEST: usize = 400;

/// Cuts a longer stretch without full stops (a table, a list) at its semicolons, else its commas, else anywhere.
pub fn cut_long(text: &str, tokens: &[Span], sentence: std::ops::Range<usize>) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut start = sentence.start;
    while sentence.end - start > LONGEST {
        let window = start + LONGEST / 2..start + LONGEST;
        let last = |mark: &str| window.clone().rev().find(|&at| tokens[at].of(text) == mark);
        let end = last(";").or_else(|| last(",")).map_or(start + LONGEST, |at| at + 1);
        out.push(start..end);
        start = end;
    }
    out.push(start..sentence.end);
    out
}

/// Whether a sentence can end after this token at all.
fn may_end(text: &str, tokens: &[Span], at: usize) -> bool {
    let form = tokens[at].of(text);
    form.ends_with(['.', '!', '?', '…', '؟', '۔']) && !form.ends_with("…)")
}

/// Whether the token is a quote or bracket glued to the end of the sentence before it.
fn closes(text: &str, tokens: &[Span], at: usize) -> bool {
    let glued = tokens[at - 1].end == tokens[at].start;
    glued && matches!(tokens[at].of(text), ")" | "]" | "\"" | "”" | "’" | "'" | "»" | "''" | "." | "!" | "?")
}

/// Number of tokens of a footnote mark after the end of a sentence: 3 for ". [17]", 5 for ". [1-3]", 1 for ".4".
fn note_mark(text: &str, tokens: &[Span], at: usize) -> usize {
    let form = |at: usize| tokens.get(at).map_or("", |token| token.of(text));
    let digits = |form: &str| !form.is_empty() && form.bytes().all(|b| b.is_ascii_digit());
    let glued = |at: usize| tokens.get(at).is_some_and(|token| tokens[at - 1].end == token.start);
    let inside = |form: &str| digits(form) || matches!(form, "-" | "–" | ",");
    if form(at) == "[" && digits(form(at + 1)) {
        let length = 2 + (at + 2..at + 8).take_while(|&at| inside(form(at))).count();
        if form(at + length) == "]" {
            return length + 1;
        }
    }
    usize::from(digits(form(at)) && glued(at) && !glued(at + 1) && form(at - 1) == ".")
}

/// Whether the sentence that token `last` may end does end before token `next`.
fn ends(text: &str, tokens: &[Span], last: usize, next: usize) -> bool {
    let final_mark =
        tokens[last + 1..next].iter().rev().map(|token| token.of(text)).find(|form| matches!(*form, "." | "!" | "?"));
    let form = final_mark.unwrap_or(tokens[last].of(text));
    let following = tokens[next].of(text);
    let glued = tokens[next - 1].end == tokens[next].start;
    let Some(first) = following.chars().next() else { return false };
    let opens = first.is_uppercase()
        || first.is_ascii_digit()
        || matches!(first, '"' | '“' | '‘' | '\'' | '(' | '[' | '•' | '«');
    let unknown_script = first.is_alphabetic() && !first.is_uppercase() && !first.is_lowercase();
    if !(opens || unknown_script) || (glued && !first.is_uppercase()) {
        return false;
    }
    match form {
        "." if is_list_number(text, tokens, last) => false,
        "." | "!" | "?" | "؟" | "۔" | "!!" | "??" | "?!" => true,
        _ if form.bytes().all(|b| b"!?".contains(&b)) => true,
        _ if form.bytes().all(|b| b == b'.') || form.ends_with('…') => first.is_uppercase() || first == '“',
        _ => after_short_form(text, tokens, last, form, following),
    }
}

/// Whether the dot belongs to the number of a list's member that stands behind something closed: ") 3. The third".
fn is_list_number(text: &str, tokens: &[Span], dot: usize) -> bool {
    let form = |back: usize| dot.checked_sub(back).map_or("", |at| tokens[at].of(text));
    let number = (1..=2).contains(&form(1).len()) && form(1).bytes().all(|b| b.is_ascii_digit());
    number && matches!(form(2), ")" | "]" | "”" | "\"")
}

/// A word that ends in its own dot: a number of a paragraph, an initial, "U.S.", "etc.".
fn after_short_form(text: &str, tokens: &[Span], last: usize, form: &str, following: &str) -> bool {
    let stem = form.trim_end_matches('.');
    let numbers = stem.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let initial = stem.chars().count() == 1;
    if numbers || words::leads_on(stem) || form.ends_with(')') {
        return false;
    }
    if initial {
        return last > 0
            && tokens[last - 1].of(text).starts_with(|c: char| c.is_lowercase())
            && words::is_starter(following);
    }
    words::is_starter(following)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::tokens::tokenize;

    #[test]
    fn sentences_end_where_they_end() {
        // A bar stands where a new sentence begins.
        let table = [
            "It rained.| We left.| Nobody spoke!",
            "Mr. Smith met Dr. Jones.| They talked.",
            "He moved to the U.S. in May.| She stayed.",
            "He left the U.S. |The trip was long.",
            "See para. 5 and No. 7 of the list.| It is short.",
            "1. Requests the Director to report;",
            "Recalling its resolution 1/999,\n\nand noting the report of the group, which met in the spring,",
            "They bought tea, milk, etc. and went home.",
            "\u{201c}We agree.\u{201d} |She sat down.",
            "Who knows? |He asked (quietly). |Silence.",
            "It was said before. [17] |Later it was denied.",
            "It was said before. [1-3] |Later it was denied.",
            "It grew by 3.5 per cent. |That is much.",
            "It was built of stone (see Webb et al., eds.). |Later it fell.",
            "The J. P. Morgan desk",
            "مرحبا بكم. |شكرا لكم.",
        ];
        for marked in table {
            let text = marked.replace('|', "");
            let mut tokens = Vec::new();
            tokenize(&text, Span::new(0, text.len()), &[], &mut tokens);
            let found: Vec<&str> = split(&text, &tokens, false)
                .iter()
                .map(|range| text[tokens[range.start].start..tokens[range.end - 1].end].trim())
                .collect();
            assert_eq!(found, marked.split('|').map(str::trim).collect::<Vec<_>>());
        }
    }

    #[test]
    fn headings_are_found_in_a_text_without_lines() {
        let text =
            "They sold fish on the market. Early life and education In 1902 she moved to the coast with her parents.";
        let mut tokens = Vec::new();
        tokenize(text, Span::new(0, text.len()), &[], &mut tokens);
        let starts =
            |guess| split(text, &tokens, guess).iter().map(|range| tokens[range.start].of(text)).collect::<Vec<_>>();
        assert_eq!(starts(true), ["They", "Early", "In"]);
        assert_eq!(starts(false), ["They", "Early"]);
    }

    #[test]
    fn endless_sentences_are_cut() {
        let text = "word, ".repeat(2000);
        let mut tokens = Vec::new();
        tokenize(&text, Span::new(0, text.len()), &[], &mut tokens);
        let whole = split(&text, &tokens, false);
        let found: Vec<_> = whole.into_iter().flat_map(|sentence| cut_long(&text, &tokens, sentence)).collect();
        assert!(found.iter().all(|sentence| sentence.len() <= LONGEST && !sentence.is_empty()));
        assert_eq!(found.iter().map(std::ops::Range::len).sum::<usize>(), tokens.len());
    }
}
