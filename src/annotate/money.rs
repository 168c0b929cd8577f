//! Amounts of money: "2 billion dollars", "US$ 3,000", "EUR 5 million", "€2.5m".

use compact_str::CompactString;

use super::numerals::{Cardinal, Decimal, cardinal};
use super::quantities::is_approximate;
use super::taken::Taken;
use super::text::Text;
use super::wording::{Shape, Words};
use crate::model::{Kind, Mention, MentionClass, Mentions, Money, Reading, Span};

/// The most words that name a currency: "U . S . dollars".
const LONGEST_NAME: usize = 5;

/// The amounts of a text, in text order.
pub(super) fn find(text: &Text, known: &Mentions) -> Vec<Mention> {
    let taken = |block: Span| Taken::by_codes(known, block).and_by(known, block, &[Kind::Date]);
    text.blocks.iter().flat_map(|words| in_block(words, &taken(words.block()))).collect()
}

fn in_block(words: &Words, taken: &Taken) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.len() {
        i = match amount_at(words, i).filter(|_| taken.leaves_free(words.at(i))) {
            Some((first, last, money)) => {
                found.push(Mention::new(
                    words.span(first, last),
                    Kind::Money,
                    MentionClass::Named,
                    Reading::Money(money),
                ));
                last + 1
            }
            None => i + 1,
        };
    }
    found
}

/// The amount whose number begins at word `i`, with its first and last word.
fn amount_at(words: &Words, i: usize) -> Option<(usize, usize, Money)> {
    let possible = matches!(words.shape(i), Shape::Number | Shape::Coded | Shape::Lower | Shape::Title);
    let number = if possible { number(words, i)? } else { return None };
    let after = currency_after(words, number.last + 1);
    let (first, last, currency) = match (currency_before(words, i), after) {
        (Some((first, currency)), _) => (first, number.last, currency),
        (None, Some((last, currency))) => (i, last, currency),
        (None, None) => return None,
    };
    let approximate = is_approximate(words, first, last);
    Some((first, last, Money { amount: number.value.plain(), currency, approximate }))
}

/// A number, also one with its multiplier stuck to it: `2.5m`, `3bn`.
fn number(words: &Words, i: usize) -> Option<Cardinal> {
    if words.shape(i) != Shape::Coded {
        return cardinal(words, i);
    }
    let form = words.form(i);
    let digits = form.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = words.lexicon().numerals().multiplier(&form[digits.len()..])?;
    let value = Decimal::parse(digits)?.times(factor)?;
    Some(Cardinal { first: i, last: i, value, digits: true })
}

fn currency_before(words: &Words, i: usize) -> Option<(usize, CompactString)> {
    let before = i.checked_sub(1)?;
    let two = before.checked_sub(1).filter(|&k| words.touches_next(k) && words.shape(k) == Shape::Upper);
    let find = |first: usize| {
        let sign = Span::new(words.at(first).start, words.at(before).end).of(words.text());
        words.lexicon().currency_before(sign).map(|currency| (first, currency.clone()))
    };
    two.and_then(find).or_else(|| find(before))
}

/// The longest name of a currency that begins at word `i`: its last word, and the currency.
fn currency_after(words: &Words, i: usize) -> Option<(usize, CompactString)> {
    let mut name = String::new();
    let mut found = None;
    for at in i..(i + LONGEST_NAME).min(words.len()) {
        if at > i {
            name.push(' ');
        }
        name.push_str(words.form(at));
        found = words.lexicon().currency_after(&name).map(|currency| (at, currency.clone())).or(found);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::in_block;
    use crate::annotate::taken::Taken;
    use crate::annotate::wording::Words;
    use crate::model::{Reading, Span};
    use crate::seeds::Lexicon;

    #[test]
    fn amounts() {
        let cases: &[(&str, &[&str])] = &[
            ("worth about 2 billion dollars.", &["2 billion dollars = 2000000000 dollar ~"]),
            ("with an approximate value of 3 million euros", &["3 million euros = 3000000 EUR ~"]),
            ("$ 4.5 million and US$ 3,000", &["$ 4.5 million = 4500000 dollar", "US$ 3,000 = 3000 USD"]),
            ("EUR 5 million, €2.5m", &["EUR 5 million = 5000000 EUR", "€2.5m = 2500000 EUR"]),
            ("£20 and 100 million euros", &["£20 = 20 pound", "100 million euros = 100000000 EUR"]),
            ("two hundred United States dollars", &["two hundred United States dollars = 200 USD"]),
            ("more than 50 Swiss francs", &["50 Swiss francs = 50 CHF ~"]),
            ("134 countries, 5 million people, euros", &[]),
        ];
        for (text, wanted) in cases {
            let words = Words::new(Lexicon::embedded(), text, Span::new(0, text.len()));
            let show = |reading: &Reading| match reading {
                Reading::Money(money) => {
                    format!("{} {}{}", money.amount, money.currency, if money.approximate { " ~" } else { "" })
                }
                _ => String::new(),
            };
            let found = in_block(&words, &Taken::default());
            let found: Vec<String> =
                found.iter().map(|one| format!("{} = {}", one.span.of(text), show(&one.reading))).collect();
            assert_eq!(&found, wanted, "{text}");
        }
    }
}
