//! The clause of a sentence that a claim rests on: of a quote that holds several, the one that has the claim's object, and
//! what goes on behind the quote up to the next comma. What a neighbouring clause speaks of is not what the claim is on.

use crate::model::text::one_line;
use crate::seeds::WordClass;

/// Words behind a quote that still belong to its clause, at most.
const TAIL: usize = 16;

/// Words that add another thing to what stands in the quote.
const ADDING: [&str; 3] = ["and", "or", "nor"];

/// What ends the clause of a quote behind it.
const ENDS: [char; 6] = [',', ';', ':', '.', '—', '?'];

/// The words of a quote's clause. `object` is what the claim is on, in the words of the text if possible; `sentence` is the
/// sentence around the quote, if that is at hand.
pub fn own_clause(quote: &str, object: &str, sentence: Option<&str>) -> String {
    let quote = one_line(quote);
    let parts = parts(&quote);
    let object = one_line(object).to_lowercase();
    let mut with_object = parts.iter().enumerate().filter(|(_, part)| part.to_lowercase().contains(&object));
    let (own, is_last) = match (object.is_empty(), with_object.next(), with_object.next()) {
        (false, Some((at, part)), None) => (*part, at + 1 == parts.len()),
        _ => (quote.as_str(), true),
    };
    match sentence.filter(|_| is_last).and_then(|sentence| tail(sentence, &quote)) {
        Some(tail) => format!("{own}{tail}"),
        None => own.to_owned(),
    }
}

/// A text cut where a comma or semicolon stands before a word that parts clauses.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices([',', ';']) {
        let rest = text[at + mark.len()..].trim_start();
        let is_word = |word: &String| {
            rest.strip_prefix(word.as_str()).is_some_and(|after| !after.starts_with(char::is_alphanumeric))
        };
        if mark == ";" || WordClass::ClauseParting.words().iter().any(is_word) {
            parts.push(&text[start..at]);
            start = at + mark.len();
        }
    }
    parts.push(&text[start..]);
    parts
}

/// What goes on behind a quote in its sentence.
fn tail(sentence: &str, quote: &str) -> Option<String> {
    let sentence = one_line(sentence);
    let behind = &sentence[sentence.find(quote)? + quote.len()..];
    // A quote may end within a word or a number.
    let end = behind.char_indices().find(|(at, c)| {
        let goes_on = behind[at + c.len_utf8()..].starts_with(char::is_alphanumeric);
        ENDS.contains(c) && !(*c == '.' && goes_on)
    });
    let behind = &behind[..end.map_or(behind.len(), |(at, _)| at)];
    let words: Vec<&str> = behind.split(' ').take_while(|word| !ADDING.contains(word)).take(TAIL + 1).collect();
    Some(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::own_clause;

    #[test]
    fn a_claim_is_on_what_its_own_clause_speaks_of() {
        let two = "We deplore the fog in Ruritania, as well as the rain over Elbonia";
        for (quote, object, sentence, clause) in [
            (two, "rain over Elbonia", None, " as well as the rain over Elbonia"),
            (two, "fog in Ruritania", None, "We deplore the fog in Ruritania"),
            (two, "weather", None, two),
            (two, "", None, two),
            (
                "We back the draft",
                "draft",
                Some("We back the draft for the people of Elbonia, and dues."),
                "We back the draft for the people of Elbonia",
            ),
            (
                "We back the draft",
                "draft",
                Some("We back the draft on 1.5 degrees. Then"),
                "We back the draft on 1.5 degrees",
            ),
            (
                "We back the draft",
                "draft",
                Some("We back the draft in May and the fog in June."),
                "We back the draft in May",
            ),
            ("We back the draft", "draft", Some("Another sentence"), "We back the draft"),
        ] {
            assert_eq!(own_clause(quote, object, sentence), clause, "{quote} {object}");
        }
    }
}
