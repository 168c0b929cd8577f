//! How far a capitalised name reaches: "Congress on Crime Prevention and Criminal Justice", "Charter of the United Nations".

use super::wording::Words;

/// Small words inside names.
const LINKS: [&str; 13] = ["of", "the", "on", "for", "and", "to", "against", "with", "a", "an", "de", "du", "under"];

/// Words that begin another name after "and".
const HEADS: [&str; 34] = [
    "Act", "Agenda", "Agency", "Agreement", "Article", "Assembly", "Board", "Chapter", "Charter", "Code", "Commission",
    "Committee", "Conference", "Constitution", "Convention", "Council", "Court", "Covenant", "Declaration", "Economic",
    "European", "General", "Government", "Group", "Human", "International", "Member", "Ministry", "Office", "Optional",
    "Protocol", "Security", "Statute", "United",
];

/// The last word of the capitalised name that begins at word `start`; `None` if no capital is there.
pub(super) fn last_word(words: &Words, start: usize) -> Option<usize> {
    if !words.is_capital(start) {
        return None;
    }
    let mut last = start;
    let mut topical = false;
    while let Some(next) = next_capital(words, last, topical) {
        topical |= (last + 1..next).any(|i| words.is_one_of(i, &["on", "of", "for", "against", "to", "with"]));
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
    while next <= last + 3 && LINKS.contains(&words.form(next)) {
        next += 1;
    }
    let joined = words.is(last + 1, "and");
    let fits = words.is_capital(next) && (!joined || (topical && !HEADS.contains(&words.form(next))));
    // A small "to" leads into a name only where a verb of the name follows: "Group to Conduct a Study".
    let other_name =
        words.is(last + 1, "to") && words.is(last + 2, "the") && !words.is_one_of(last, &["Parties", "Protocol"]);
    (fits && !other_name).then_some(next)
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
            ("Assembly’s First Committee", "Assembly’s"),
            (
                "Congress on the Prevention of Crime and the Treatment of Offenders was",
                "Congress on the Prevention of Crime and the Treatment of Offenders",
            ),
        ];
        for (text, wanted) in cases {
            let words = Words::new(text, Span::new(0, text.len()));
            let last = last_word(&words, 0).unwrap_or_default();
            assert_eq!(&text[..words.at(last).end], wanted);
        }
    }
}
