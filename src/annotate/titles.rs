//! How far a capitalised name reaches: "Congress on Crime Prevention and Criminal Justice", "Charter of the United Nations".

use super::wording::Words;
use crate::seeds::WordClass;

/// The last word of the capitalised name that begins at word `start`; `None` if no capital is there.
pub(super) fn last_word(words: &Words, start: usize) -> Option<usize> {
    if !words.is_capital(start) {
        return None;
    }
    let mut last = start;
    let mut topical = false;
    while let Some(next) = next_capital(words, last, topical) {
        topical |= (last + 1..next).any(|i| words.is_a(i, WordClass::TitleTopic));
        if ends_name(words, last) || next - start > 30 {
            break;
        }
        last = next;
    }
    Some(last)
}

/// The next capitalised word of the same name: right after `last`, or after small words that link.
fn next_capital(words: &Words, last: usize, topical: bool) -> Option<usize> {
    let mut next = last + 1;
    while next <= last + 3 && words.is_small(next, WordClass::TitleLink) {
        next += 1;
    }
    let joined = words.is(last + 1, "and");
    let paired = !words.is_titled(last, WordClass::TitleHead)
        && (next..next + 4).any(|i| words.is_titled(i, WordClass::PairedBody));
    let fits = words.is_capital(next) && (!joined || paired || (topical && !opens_another(words, next)));
    // A small "to" leads into a name only where a verb of the name follows: "Group to Conduct a Study".
    let other_name =
        words.is(last + 1, "to") && words.is(last + 2, "the") && !words.is_one_of(last, &["Parties", "Protocol"]);
    (fits && !other_name).then_some(next)
}

fn opens_another(words: &Words, i: usize) -> bool {
    words.is_titled(i, WordClass::TitleHead) || words.is_titled(i, WordClass::TitleOpener)
}

/// A possessive closes a name.
fn ends_name(words: &Words, i: usize) -> bool {
    words.bare(i).len() < words.form(i).len()
}

#[cfg(test)]
mod tests {
    use super::last_word;
    use crate::annotate::wording::Words;
    use crate::model::Span;
    use crate::seeds::Lexicon;

    #[test]
    fn names_end_where_another_begins() {
        let cases = [
            ("Charter of the United Nations and the Statute", "Charter of the United Nations"),
            (
                "Congress on Crime Prevention and Criminal Justice, held",
                "Congress on Crime Prevention and Criminal Justice",
            ),
            ("Expert Group to Conduct a Study on Crime met", "Expert Group to Conduct a Study on Crime"),
            ("Convention against Corruption and General Assembly", "Convention against Corruption"),
            ("Committee and Member States", "Committee"),
            ("Economic and Social Council", "Economic and Social Council"),
            ("Assembly’s First Committee", "Assembly’s"),
            (
                "Congress on the Prevention of Crime and the Treatment of Offenders was",
                "Congress on the Prevention of Crime and the Treatment of Offenders",
            ),
        ];
        for (text, wanted) in cases {
            let words = Words::new(Lexicon::embedded(), text, Span::new(0, text.len()));
            let last = last_word(&words, 0).unwrap_or_default();
            assert_eq!(&text[..words.at(last).end], wanted);
        }
    }
}
