//! Amounts of money: "2 billion dollars", "US$ 3,000", "EUR 5 million", "€2.5m".

use compact_str::CompactString;

use super::numerals::{Cardinal, Decimal, cardinal, multiplier};
use super::quantities::is_approximate;
use super::taken::Taken;
use super::wording::{Shape, Words};
use crate::model::{Kind, Mention, MentionClass, Money, Reading, Span};

/// Signs and codes before a number, with what they tell.
const BEFORE: [(&str, &str); 22] = [
    ("$", "dollar"),
    ("US$", "USD"),
    ("USD", "USD"),
    ("A$", "AUD"),
    ("AU$", "AUD"),
    ("AUD", "AUD"),
    ("C$", "CAD"),
    ("CAD", "CAD"),
    ("NZ$", "NZD"),
    ("NZD", "NZD"),
    ("€", "EUR"),
    ("EUR", "EUR"),
    ("£", "pound"),
    ("GBP", "GBP"),
    ("¥", "yen"),
    ("JPY", "JPY"),
    ("CNY", "CNY"),
    ("CHF", "CHF"),
    ("SEK", "SEK"),
    ("NOK", "NOK"),
    ("DKK", "DKK"),
    ("INR", "INR"),
];

/// Words after a number. A word that several currencies share stays a word.
const AFTER: [(&[&str], &str); 36] = [
    (&["United", "States", "dollars"], "USD"),
    (&["United", "States", "dollar"], "USD"),
    (&["US", "dollars"], "USD"),
    (&["U", ".", "S", ".", "dollars"], "USD"),
    (&["Canadian", "dollars"], "CAD"),
    (&["Australian", "dollars"], "AUD"),
    (&["New", "Zealand", "dollars"], "NZD"),
    (&["Swiss", "francs"], "CHF"),
    (&["pounds", "sterling"], "GBP"),
    (&["Swedish", "kronor"], "SEK"),
    (&["Norwegian", "kroner"], "NOK"),
    (&["Danish", "kroner"], "DKK"),
    (&["US", "$"], "USD"),
    (&["USD"], "USD"),
    (&["EUR"], "EUR"),
    (&["GBP"], "GBP"),
    (&["CHF"], "CHF"),
    (&["dollars"], "dollar"),
    (&["dollar"], "dollar"),
    (&["euros"], "EUR"),
    (&["euro"], "EUR"),
    (&["€"], "EUR"),
    (&["$"], "dollar"),
    (&["£"], "pound"),
    (&["yen"], "JPY"),
    (&["yuan"], "CNY"),
    (&["renminbi"], "CNY"),
    (&["rupees"], "rupee"),
    (&["rials"], "rial"),
    (&["riyals"], "riyal"),
    (&["dinars"], "dinar"),
    (&["roubles"], "RUB"),
    (&["rubles"], "RUB"),
    (&["francs"], "franc"),
    (&["pesos"], "peso"),
    (&["pounds"], "pound"),
];

/// The amounts among the words, in text order.
pub(super) fn find(words: &Words, taken: &Taken) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.len() {
        i = match amount_at(words, i).filter(|_| taken.leaves_free(words.at(i))) {
            Some((first, last, money)) => {
                found.push(Mention {
                    span: words.span(first, last),
                    kind: Kind::Money,
                    class: MentionClass::Named,
                    reading: Reading::Money(money),
                });
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
    Some((
        first,
        last,
        Money { amount: number.value.plain(), currency: CompactString::const_new(currency), approximate },
    ))
}

/// A number, also one with its multiplier stuck to it: `2.5m`, `3bn`.
fn number(words: &Words, i: usize) -> Option<Cardinal> {
    if words.shape(i) != Shape::Coded {
        return cardinal(words, i);
    }
    let form = words.form(i);
    let digits = form.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = multiplier(&form[digits.len()..])?;
    let value = Decimal::parse(digits)?.times(factor)?;
    Some(Cardinal { first: i, last: i, value, digits: true })
}

fn currency_before(words: &Words, i: usize) -> Option<(usize, &'static str)> {
    let before = i.checked_sub(1)?;
    let two = before.checked_sub(1).filter(|&k| words.touches_next(k) && words.shape(k) == Shape::Upper);
    let find = |first: usize| {
        let form = Span::new(words.at(first).start, words.at(before).end).of(words.text());
        BEFORE.iter().find(|(sign, _)| *sign == form).map(|(_, currency)| (first, *currency))
    };
    two.and_then(find).or_else(|| find(before))
}

fn currency_after(words: &Words, i: usize) -> Option<(usize, &'static str)> {
    let (name, currency) = AFTER.iter().find(|(name, _)| words.are_exactly(i, name))?;
    Some((i + name.len() - 1, currency))
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::annotate::taken::Taken;
    use crate::annotate::wording::Words;
    use crate::model::{Reading, Span};

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
            let words = Words::new(text, Span::new(0, text.len()));
            let show = |reading: &Reading| match reading {
                Reading::Money(money) => {
                    format!("{} {}{}", money.amount, money.currency, if money.approximate { " ~" } else { "" })
                }
                _ => String::new(),
            };
            let found = find(&words, &Taken::default());
            let found: Vec<String> =
                found.iter().map(|one| format!("{} = {}", one.span.of(text), show(&one.reading))).collect();
            assert_eq!(&found, wanted, "{text}");
        }
    }
}
