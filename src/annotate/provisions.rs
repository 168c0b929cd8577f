//! Parts of laws, treaties and resolutions: "Article 666 of the Criminal Procedural Law", "paragraph 42 of that
//! Declaration", "section II of resolution 66/233".

use compact_str::{CompactString, ToCompactString};

use super::numerals::{digits, roman};
use super::text::Text;
use super::titles::last_word;
use super::wording::{Shape, Words};
use crate::model::text::one_line;
use crate::model::{Kind, Mention, MentionClass, Mentions, Reading};
use crate::seeds::WordClass;

/// The provisions of a text, in text order. `cited` are the citations and laws of the text: a part of one reaches to the
/// end of its mention.
pub(super) fn find(text: &Text, cited: &Mentions) -> Vec<Mention> {
    text.blocks.iter().flat_map(|words| in_block(words, cited)).collect()
}

fn in_block(words: &Words, cited: &Mentions) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.len() {
        i = match provision_at(words, i, cited) {
            Some((provision, last)) => {
                found.push(provision);
                last + 1
            }
            None => i + 1,
        };
    }
    found
}

/// The provision that begins at word `i`, and its last word.
fn provision_at(words: &Words, i: usize, cited: &Mentions) -> Option<(Mention, usize)> {
    let unit = unit(words, i)?;
    let number_end = numbers(words, i + 1)?;
    let detail_end = detail(words, number_end);
    let of = instrument_after(words, detail_end + 1, cited);
    // Without an instrument only "Article 51", capitalised, names a provision: "paragraph 5" may be the text's own.
    let alone = words.is_capital(i) && matches!(unit.as_str(), "article" | "chapter") && !words.starts_sentence(i);
    if of.is_none() && !alone {
        return None;
    }
    let last = of.map_or(detail_end, |(_, last)| last);
    let number = folded(words.span(i + 1, detail_end).of(words.text()));
    let reading = Reading::Provision { unit, number, of: of.map(|(first, last)| words.span(first, last)) };
    Some((Mention::new(words.span(i, last), Kind::LegalProvision, MentionClass::Named, reading), last))
}

/// The unit that word `i` names, in the singular and in lower case.
fn unit(words: &Words, i: usize) -> Option<CompactString> {
    if !words.is_a(i, WordClass::ProvisionUnit) {
        return None;
    }
    let lower = CompactString::from_str_to_lowercase(words.form(i));
    let one = lower.strip_suffix('s').unwrap_or(&lower);
    Some(match one {
        "art" => "article".into(),
        "para" => "paragraph".into(),
        _ => one.into(),
    })
}

/// The last word of the numbers at `i`: `666`, `5 and 6`, `VII`, `4 (a)`, `1 to 3`, `A`.
fn numbers(words: &Words, i: usize) -> Option<usize> {
    let mut last = number(words, if words.is_mark(i, '.') { i + 1 } else { i })?;
    loop {
        let comma = words.is_mark(last + 1, ',') && words.is_one_of(last + 2, &["and", "or"]);
        let joint =
            words.is_one_of(last + 1, &["and", "to", "or"]) || words.is_mark(last + 1, ',') || words.is_dash(last + 1);
        let next = if comma { last + 3 } else { last + 2 };
        match number(words, next).filter(|_| joint) {
            Some(more) => last = more,
            None => return Some(last),
        }
    }
}

fn number(words: &Words, i: usize) -> Option<usize> {
    let form = words.form(i);
    let fits = match words.shape(i) {
        Shape::Number => digits(form).is_some_and(|number| number < 10_000) || form.contains('.'),
        Shape::Coded => form.len() <= 6 && form.starts_with(|c: char| c.is_ascii_digit()) && !form.ends_with("th"),
        Shape::Upper => form.len() == 1 || roman(form).is_some(),
        _ => false,
    };
    fits.then(|| letters(words, i))
}

/// Goes on over "(a)", "(iv)".
fn letters(words: &Words, last: usize) -> usize {
    let mut last = last;
    while words.is_mark(last + 1, '(') && words.is_mark(last + 3, ')') && words.form(last + 2).len() <= 4 {
        last += 3;
    }
    last
}

/// ", paragraph 2," after a number: a finer part of the same provision.
fn detail(words: &Words, last: usize) -> usize {
    let next = if words.is_mark(last + 1, ',') { last + 2 } else { return last };
    match unit(words, next).and_then(|_| numbers(words, next + 1)) {
        Some(end) if words.is_mark(end + 1, ',') && words.is(end + 2, "of") => end + 1,
        Some(end) if words.is(end + 1, "of") => end,
        _ => last,
    }
}

/// The instrument after "of", "to", "in": its first and last word.
fn instrument_after(words: &Words, i: usize, cited: &Mentions) -> Option<(usize, usize)> {
    if !words.is_one_of(i, &["of", "to"]) {
        return None;
    }
    let mut start = i + 1;
    while words.is_a(start, WordClass::BeforeInstrument) {
        start += 1;
    }
    // "of the 1988 Convention".
    let name = if words.shape(start) == Shape::Number && words.form(start).len() == 4 { start + 1 } else { start };
    citation(words, start, cited)
        .or_else(|| common(words, start).then_some((start, start)))
        .or_else(|| last_word(words, name).filter(|&last| is_instrument(words, name, last)).map(|last| (start, last)))
}

fn citation(words: &Words, start: usize, cited: &Mentions) -> Option<(usize, usize)> {
    let whole = cited.starting(words.at(start).start).next().map(|i| cited[i].span.end)?;
    let last = (start..words.len()).take_while(|&k| words.at(k).end <= whole).last()?;
    Some((start, last))
}

fn common(words: &Words, i: usize) -> bool {
    words.is_small(i, WordClass::Instrument)
}

/// Whether the name has the head of an instrument, or is an acronym.
fn is_instrument(words: &Words, first: usize, last: usize) -> bool {
    (first..=last).any(|i| words.is_titled(i, WordClass::InstrumentHead))
        || (first == last && words.shape(first) == Shape::Upper && words.form(first).len() > 2)
}

/// The text with every blank or line break as one blank.
fn folded(text: &str) -> CompactString {
    one_line(text).trim_end_matches(',').to_compact_string()
}

#[cfg(test)]
mod tests {
    use super::in_block;
    use crate::annotate::symbols;
    use crate::annotate::wording::Words;
    use crate::model::{Document, Reading, Span};
    use crate::seeds::Lexicon;

    #[test]
    fn provisions() {
        let cases: &[(&str, &[&str])] = &[
            (
                "under Article 12 of the Fishing Safety Law, new",
                &["Article 12 of the Fishing Safety Law = article 12 of Fishing Safety Law"],
            ),
            (
                "articles 5 and 6 of the Convention on Fish and",
                &["articles 5 and 6 of the Convention on Fish = article 5 and 6 of Convention on Fish"],
            ),
            ("Article 51 of the Charter.", &["Article 51 of the Charter = article 51 of Charter"]),
            (
                "paragraph 42 of that Declaration, an",
                &["paragraph 42 of that Declaration = paragraph 42 of Declaration"],
            ),
            (
                "acting under Chapter VII of the Charter of the United Nations and the law",
                &["Chapter VII of the Charter of the United Nations = chapter VII of Charter of the United Nations"],
            ),
            (
                "paragraph 9 of its resolution 65/230 of May",
                &["paragraph 9 of its resolution 65/230 = paragraph 9 of resolution 65/230"],
            ),
            (
                "section D, paragraph 11, of its resolution 54/248",
                &["section D, paragraph 11, of its resolution 54/248 = section D, paragraph 11 of resolution 54/248"],
            ),
            (
                "paragraph 4 (a) of the present resolution",
                &["paragraph 4 (a) of the present resolution = paragraph 4 (a) of resolution"],
            ),
            ("annex I to resolution 55/25", &["annex I to resolution 55/25 = annex I of resolution 55/25"]),
            (
                "article 13 of the 1988 Convention",
                &["article 13 of the 1988 Convention = article 13 of 1988 Convention"],
            ),
            ("in accordance with Article 19 we", &["Article 19 = article 19"]),
            ("paragraph 5 above, part of the plan, rules of the game, section 5", &[]),
        ];
        for (text, wanted) in cases {
            let doc = Document { text: (*text).to_owned(), ..Document::default() };
            let span = Span::new(0, text.len());
            let words = Words::new(Lexicon::embedded(), text, span);
            let found = in_block(&words, &symbols::in_block(&doc, &words).into());
            let show = |reading: &Reading| match reading {
                Reading::Provision { unit, number, of } => {
                    format!("{unit} {number}{}", of.map_or_else(String::new, |of| format!(" of {}", of.of(text))))
                }
                _ => String::new(),
            };
            let found: Vec<String> =
                found.iter().map(|one| format!("{} = {}", one.span.of(text), show(&one.reading))).collect();
            assert_eq!(&found, wanted, "{text}");
        }
    }
}
