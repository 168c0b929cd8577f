//! For whom an office speaks: "Permanent Representative of X to the United Nations", "Minister for Y of X".

use crate::seeds::WordClass;
use std::ops::Range;

use super::words::Word;

/// Whether a line names the house that a paper comes from: "PERMANENT MISSION OF X", "Embassy of X".
pub(super) fn is_letterhead(words: &[Word]) -> bool {
    let house = |word: &Word| matches!(word.lower.as_str(), "mission" | "embassy" | "ministry");
    let posted = words.windows(3).any(|three| three[0].lower == "to" && three[2].lower == "united");
    words.len() <= 16
        && words.iter().take(3).any(house)
        && (words.iter().any(|word| word.lower == "of") || posted && !words.iter().any(is_courteous))
}

/// Whether a word is a title of courtesy.
pub(super) fn is_courteous(word: &Word) -> bool {
    WordClass::CourtesyTitle.has(&word.lower)
}

/// Whether a whole line names an office or a person by a title of courtesy, rather than telling what they did.
pub(super) fn is_office(words: &[Word]) -> bool {
    let small = words.iter().filter(|word| !word.is_capital()).count();
    if !(2..=24).contains(&words.len())
        || small * 2 > words.len()
        || words.iter().any(|word| word.ends() && word.after != Some('|'))
    {
        return false;
    }
    let article = usize::from(words[0].lower == "the");
    let courteous = words.get(article).is_some_and(is_courteous);
    let followed = |i: usize| {
        words[i].after == Some(',')
            || words.get(i + 1).is_none_or(|next| matches!(next.lower.as_str(), "of" | "for" | "to" | "from"))
    };
    let is_office = |word: &Word| WordClass::OfficeFor.has(&word.lower) || WordClass::OfficeAlone.has(&word.lower);
    courteous || words.iter().enumerate().any(|(i, word)| is_office(word) && followed(i))
}

/// The words from the first title of courtesy on, up to a wide blank: a label before it is no name.
pub(super) fn from_courtesy(words: &[Word]) -> &[Word] {
    let Some(start) = words.iter().position(is_courteous) else { return words };
    let end = words[start..].iter().position(|word| word.after == Some('|')).map_or(words.len(), |bar| start + bar + 1);
    &words[start..end]
}

/// The words that name whom the office among these words speaks for.
pub(super) fn represented(words: &[Word]) -> Option<Range<usize>> {
    let office = words.iter().rposition(|word| WordClass::OfficeFor.has(&word.lower))?;
    let portfolio = matches!(words[office].lower.as_str(), "minister" | "ministers" | "secretary");
    let mut ofs = (office + 1..words.len()).filter(|&i| words[i].lower == "of");
    let first = ofs.next()?;
    // "Minister of Justice of X": the first "of" tells the portfolio.
    let of = if portfolio && first == office + 1 { ofs.next()? } else { first };
    let start = (of + 1..words.len()).find(|&i| words[i].lower != "the")?;
    let stop = |i: &usize| {
        matches!(words[*i].lower.as_str(), "to" | "at" | "on" | "in" | "before")
            || words[*i].bracket
            || words[*i - 1].after.is_some()
    };
    let end = (start + 1..words.len()).find(stop).unwrap_or(words.len());
    let end = list_end(words, end);
    let range = start..end;
    let named =
        words[start].is_capital() && !words[range.clone()].iter().any(|word| WordClass::PresidedBody.has(&word.lower));
    named.then_some(range)
}

/// "representatives of X, Y and Z": a list of names goes on over its commas, up to the name behind "and".
fn list_end(words: &[Word], end: usize) -> usize {
    let name = |i: usize| words.get(i).is_some_and(|word| word.text.starts_with(char::is_uppercase) && !word.bracket);
    let mut at = end;
    while at > 0 && words[at - 1].after == Some(',') && name(at) {
        let next = (at + 1..words.len()).take(5).find(|&i| words[i - 1].after == Some(',') || words[i].lower == "and");
        match next {
            Some(and) if words[and].lower == "and" && name(and + 1) => {
                return (and + 2..words.len())
                    .find(|&i| !name(i) || words[i - 1].after.is_some())
                    .unwrap_or(words.len());
            }
            Some(comma) => at = comma,
            None => break,
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::super::super::layout::Layout;
    use super::super::words;
    use crate::model::Span;

    #[test]
    fn letterheads_name_a_house() {
        for (line, expected) in [
            ("PERMANENT MISSION OF ELBONIA", true),
            ("ELBONIAN MISSION TO THE UNITED NATIONS IN VIENNA", true),
            ("Our mission in Vienna", false),
        ] {
            let layout = Layout::new(line.into(), None, Vec::new(), Vec::new());
            assert_eq!(super::is_letterhead(&words::words(&layout, Span::new(0, line.len()))), expected, "{line}");
        }
    }

    #[test]
    fn offices_speak_for_someone() {
        for (speaker, expected) in [
            ("Representative of the Kingdom of Elbonia", "Kingdom of Elbonia"),
            ("H.E. Ana Lind, Permanent Representative of Elbonia to the United Nations", "Elbonia"),
            ("Ana Lind, Minister for Foreign Affairs of the Republic of Elbonia", "Republic of Elbonia"),
            ("Minister of Justice of Elbonia, Ana Lind", "Elbonia"),
            ("Minister of Health", ""),
            ("President of the General Assembly", ""),
            ("Delegation of Elbonia", "Elbonia"),
            ("Chair of the Group of 77", "Group of 77"),
            ("Ana Lind", ""),
        ] {
            let layout = Layout::new(speaker.into(), None, Vec::new(), Vec::new());
            let words = words::words(&layout, Span::new(0, speaker.len()));
            let range = super::represented(&words).unwrap_or_default();
            let found = words::field(&layout, &words[range]).map_or_else(String::new, |field| field.value);
            assert_eq!(found, expected, "{speaker}");
        }
    }
}
