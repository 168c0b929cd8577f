//! Numbers with what they count: "134 countries", "40 per cent", "31 provincial offices".
//!
//! A small number in words before an ordinary noun ("two issues") orders speech rather than counts; it is left out.

use compact_str::CompactString;

use super::numerals::{Cardinal, cardinal};
use super::taken::Taken;
use super::text::Text;
use super::wording::{Shape, Words};
use crate::model::{Kind, Mention, MentionClass, Mentions, Quantity, Reading, Sentence, Span, Upos};
use crate::seeds::WordClass;

/// The quantities of a text, in text order. Nothing begins inside a code, a date or an amount of money.
pub(super) fn find(text: &Text, known: &Mentions) -> Vec<Mention> {
    let tags = Tags(text.sentences);
    let taken = |block: Span| Taken::by_codes(known, block).and_by(known, block, &[Kind::Date, Kind::Money]);
    text.blocks.iter().flat_map(|words| in_block(words, &tags, &taken(words.block()))).collect()
}

fn in_block(words: &Words, tags: &Tags, taken: &Taken) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.len() {
        i = match quantity_at(words, tags, i).filter(|_| taken.leaves_free(words.at(i))) {
            Some((last, quantity)) => {
                found.push(Mention::new(
                    words.span(i, last),
                    Kind::Quantity,
                    MentionClass::Named,
                    Reading::Quantity(quantity),
                ));
                last + 1
            }
            None => i + 1,
        };
    }
    found
}

/// Parts of speech by place in the text; empty where no tagger ran.
struct Tags<'a>(&'a [Sentence]);

impl Tags<'_> {
    /// The tag of the token that begins at byte `at`.
    fn at(&self, at: usize) -> Option<Upos> {
        let next = self.0.partition_point(|sentence| sentence.span.start <= at);
        let tokens = &self.0.get(next.checked_sub(1)?)?.tokens;
        let i = tokens.binary_search_by_key(&at, |token| token.span.start).ok()?;
        tokens.get(i).map(|token| token.upos)
    }
}

fn quantity_at(words: &Words, tags: &Tags, i: usize) -> Option<(usize, Quantity)> {
    if !matches!(words.shape(i), Shape::Number | Shape::Lower | Shape::Title) {
        return None;
    }
    let number = cardinal(words, i).filter(|number| number.digits || !is_in_name(words, i))?;
    if is_label(words, i) || is_note_mark(words, tags, &number) {
        return None;
    }
    let (number, range) = upper_end(words, number);
    let (last, unit) = per_cent(words, number.last + 1).or_else(|| counted(words, tags, &number))?;
    let approximate = range.is_some() || is_approximate(words, i, last);
    let number = range.unwrap_or(number).value.plain();
    Some((last, Quantity { number, unit, approximate }))
}

/// "the Five Country Forum": a capitalised number word belongs to a name.
fn is_in_name(words: &Words, i: usize) -> bool {
    words.is_capital(i) && !words.starts_sentence(i)
}

/// "15 to 20", "10–15": goes on with the upper end; gives the lower one too.
fn upper_end(words: &Words, number: Cardinal) -> (Cardinal, Option<Cardinal>) {
    let joint = number.last + 1;
    let between = number.first > 0 && words.is(number.first - 1, "between") && words.is(joint, "and");
    if !between && !words.is_dash(joint) && !words.is_one_of(joint, &["to", "or"]) {
        return (number, None);
    }
    match cardinal(words, joint + 1).filter(|upper| upper.digits == number.digits) {
        Some(upper) => (upper, Some(number)),
        None => (number, None),
    }
}

/// Whether the number names something rather than counts: "Article 5", "No. 12", "5.", "(3)", a part of a code.
fn is_label(words: &Words, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return numbers_paragraph(words) };
    let stop = usize::from(words.is_mark(before, '.'));
    words.is_a(before.saturating_sub(stop), WordClass::Labelled)
        || is_share(words, before)
        || (words.touches_next(before)
            && (words.is_letters(before)
                || matches!(words.shape(before), Shape::Mark('.' | ',' | '/' | ':' | '-' | '$' | '€' | '£' | '#'))))
}

/// "… the senators. 55 Several others …": the mark of a note, before the next sentence or at its own.
fn is_note_mark(words: &Words, tags: &Tags, number: &Cardinal) -> bool {
    let next = number.last + 1;
    let counts = || matches!(tags.at(words.at(next).start), None | Some(Upos::Noun | Upos::Propn | Upos::Num));
    number.digits
        && number.first == number.last
        && words.starts_sentence(number.first)
        && next < words.len()
        && words.shape(next) == Shape::Title
        && !counts()
}

/// "16.24⇥Groups …", "2. Groups …", "3 Decides to …": the number of the paragraph itself.
fn numbers_paragraph(words: &Words) -> bool {
    let gap = words.text().get(words.at(0).end..words.at(1).start).unwrap_or_default();
    let set_off = gap.len() > 1 || gap == "\t" || words.form(0).contains('.');
    let opens_clause = set_off || words.is_a(2, WordClass::AfterClauseVerb);
    matches!(words.shape(1), Shape::Mark('.' | ')')) || (words.is_capital(1) && opens_clause)
}

/// "one in five women", "the Group of 20 ministers": part of another number or of a name.
fn is_share(words: &Words, before: usize) -> bool {
    let Some(earlier) = before.checked_sub(1) else { return false };
    (words.is(before, "in") && cardinal(words, earlier).is_some()) || words.are(earlier, &["Group", "of"])
}

fn per_cent(words: &Words, i: usize) -> Option<(usize, CompactString)> {
    let last = match () {
        () if words.is_mark(i, '%') || words.is(i, "percent") => i,
        () if words.are(i, &["per", "cent"]) => i + 1,
        () if words.are(i, &["percentage", "points"]) => i + 1,
        () => return None,
    };
    Some((last, CompactString::const_new("%")))
}

/// The noun phrase after a number: its last word, and what is counted, in the singular.
fn counted(words: &Words, tags: &Tags, number: &Cardinal) -> Option<(usize, CompactString)> {
    let first = number.last + 1;
    let last = head(words, tags, first)?;
    let telling = number.digits || number.value.as_whole().is_some_and(|value| value > 10);
    if number.digits && is_like_year(words, number) && last > first {
        return None;
    }
    let weighty = telling || (number.value.as_whole()? > 1 && is_weighty(words, first, last));
    // "1 United Nations, Treaty Series": the mark of a note.
    if number.value.as_whole() == Some(1) && words.is_capital(first) {
        return None;
    }
    // "Three years ago" is a time, not an amount.
    let is_time = words.is_a(last, WordClass::Measure) && words.is_one_of(last + 1, &["ago", "later"]);
    (weighty && !is_time).then(|| (last, unit(words, first, last)))
}

/// Four digits that may be a year count only what stands right after them.
fn is_like_year(words: &Words, number: &Cardinal) -> bool {
    number.first == number.last
        && words.form(number.first).len() == 4
        && words.form(number.first).starts_with(['1', '2'])
}

/// The head of the counted phrase: the first plural, and the plurals right after it ("human rights defenders").
fn head(words: &Words, tags: &Tags, first: usize) -> Option<usize> {
    let within = |i: usize| {
        words.is_letters(i)
            && (i == first || !is_possessive(words, i - 1))
            && !is_border(words, i)
            && !is_other_word(tags, words.at(i).start)
    };
    let end = (first..first + 7).take_while(|&i| within(i)).count() + first;
    let plural = |i: &usize| is_plural(words, *i);
    let mut last = (first..end).find(plural)?;
    while last + 1 < end && plural(&(last + 1)) {
        last += 1;
    }
    // A name in the phrase goes on to its head: "United Nations Member States", "United Nations official languages".
    let organization = words.is_one_of(last, &["nations", "states"]) && words.is(last.saturating_sub(1), "united");
    while let Some(next) = (last + 1..end).take_while(|&i| organization || words.is_capital(i)).find(plural) {
        last = next;
    }
    let measured = words.is_one_of(last + 1, &["celsius", "fahrenheit"]);
    (words.bare(last) == words.form(last)).then_some(if measured { last + 1 } else { last })
}

fn is_possessive(words: &Words, i: usize) -> bool {
    words.bare(i).len() < words.form(i).len()
}

/// A tag that cannot stand inside a counted phrase.
fn is_other_word(tags: &Tags, at: usize) -> bool {
    use Upos::{Adp, Aux, Cconj, Det, Pron, Sconj};
    tags.at(at).is_some_and(|tag| matches!(tag, Adp | Aux | Cconj | Det | Pron | Sconj))
}

/// Words that cannot stand inside a counted phrase.
fn is_border(words: &Words, i: usize) -> bool {
    words.is_a(i, WordClass::CountBorder) || (i > 0 && words.is_capital(i) && words.starts_sentence(i))
}

fn is_plural(words: &Words, i: usize) -> bool {
    let form = words.bare(i);
    let plain = form.len() > 3 && form.ends_with('s') && !form.ends_with("ss") && !form.ends_with("us");
    (plain && !words.is_small(i, WordClass::NoCount) && !form.ends_with("sis")) || words.is_small(i, WordClass::Plural)
}

/// Whether even a small number in words counts: of named things, of measures of time and weight, of people and States. "The
/// two States" only points back.
fn is_weighty(words: &Words, first: usize, last: usize) -> bool {
    let pointed = words.is_a(first.saturating_sub(2), WordClass::CountPointer);
    words.is_capital(first)
        || words.is_a(last, WordClass::Measure)
        || (words.is_a(last, WordClass::Weighty) && !pointed)
}

/// The counted phrase in the singular and in lower case.
fn unit(words: &Words, first: usize, last: usize) -> CompactString {
    if words.is(first, "degrees") && last == first + 1 {
        return CompactString::from("degree ") + &words.form(last).to_lowercase();
    }
    let mut unit = CompactString::default();
    for i in first..last {
        unit.push_str(&words.form(i).to_lowercase());
        unit.push(' ');
    }
    let form = words.bare(last);
    match form.strip_suffix('s').filter(|stem| stem.len() > 1 && stem.bytes().all(|b| b.is_ascii_uppercase())) {
        Some(acronym) => unit.push_str(&acronym.to_lowercase()),
        None => unit.push_str(&words.lexicon().singular(&form.to_lowercase())),
    }
    unit
}

/// Whether the words before `first` or after `last` say that the number is not exact.
pub(super) fn is_approximate(words: &Words, first: usize, last: usize) -> bool {
    let one = first > 0 && words.is_a(first - 1, WordClass::Approximately);
    let two = first > 1 && words.are_a(first - 2, WordClass::ApproximatelyPair);
    let value = first > 2
        && words.are(first - 2, &["value", "of"])
        && words.is_one_of(first - 3, &["approximate", "estimated"]);
    one || two || value || words.are(last + 1, &["or", "so"])
}

#[cfg(test)]
mod tests {
    use super::{Tags, in_block};
    use crate::annotate::taken::Taken;
    use crate::annotate::wording::Words;
    use crate::model::{Reading, Span};
    use crate::seeds::Lexicon;

    #[test]
    fn quantities() {
        let cases: &[(&str, &[&str])] = &[
            ("in touch with 134 countries through", &["134 countries = 134 country"]),
            ("and 200 executive bodies to", &["200 executive bodies = 200 executive body"]),
            ("every 31 Regional Chief Clerks in", &["31 Regional Chief Clerks = 31 regional chief clerk"]),
            (
                "led 400 provincial judicial branches for",
                &["400 provincial judicial branches = 400 provincial judicial branch"],
            ),
            ("the three World Trade Treaties", &["three World Trade Treaties = 3 world trade treaty"]),
            (
                "the 193 United Nations Member States",
                &["193 United Nations Member States = 193 united nations member state"],
            ),
            ("500 human rights defenders", &["500 human rights defenders = 500 human rights defender"]),
            ("some 40 per cent of", &["40 per cent = 40 % ~"]),
            ("5.5% and 10–15 percent", &["5.5% = 5.5 %", "10–15 percent = 10 % ~"]),
            ("more than 4.5 million people", &["4.5 million people = 4500000 person ~"]),
            ("five countries and twenty-five judges", &["five countries = 5 country", "twenty-five judges = 25 judge"]),
            ("within 30 days, 15 to 20 States", &["30 days = 30 day", "15 to 20 States = 15 state ~"]),
            ("one hundred and twenty schools", &["one hundred and twenty schools = 120 school"]),
            (
                "one in five women; the Group of 20 ministers; our two nations; from 2011 levels",
                &["2011 levels = 2011 level"],
            ),
            (
                "between 13 and 32 per cent; 1.5 degrees Celsius",
                &["13 and 32 per cent = 13 % ~", "1.5 degrees Celsius = 1.5 degree celsius"],
            ),
            (
                "the six United Nations official languages, goals,3 stresses",
                &["six United Nations official languages = 6 united nations official language"],
            ),
            ("16.24\tGroups are many", &[]),
            ("3 Decides to meet", &[]),
            ("for five NDBs, 20 Ruritanis", &["five NDBs = 5 ndb", "20 Ruritanis = 20 ruritani"]),
            ("63 Governments met", &["63 Governments = 63 government"]),
            ("two issues, one of the ten points, three questions", &[]),
            ("Article 5 rights, No. 12 buses, 5. Members, item 2 matters", &[]),
            ("5 of the members; 24/7 services; 12 August", &[]),
        ];
        for (text, wanted) in cases {
            let words = Words::new(Lexicon::embedded(), text, Span::new(0, text.len()));
            let show = |reading: &Reading| match reading {
                Reading::Quantity(one) => {
                    format!("{} {}{}", one.number, one.unit, if one.approximate { " ~" } else { "" })
                }
                _ => String::new(),
            };
            let found = in_block(&words, &Tags(&[]), &Taken::default());
            let found: Vec<String> =
                found.iter().map(|one| format!("{} = {}", one.span.of(text), show(&one.reading))).collect();
            assert_eq!(&found, wanted, "{text}");
        }
    }
}
