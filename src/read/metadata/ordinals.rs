//! Ordinals of sessions: "fifth", "Seventy-eighth", "66th", "66:e".

use super::words::Word;

const UNITS: &[&str] = &[
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
];

/// Cardinal and ordinal tens, from twenty on.
const TENS: &[(&str, &str)] = &[
    ("twenty", "twentieth"),
    ("thirty", "thirtieth"),
    ("forty", "fortieth"),
    ("fifty", "fiftieth"),
    ("sixty", "sixtieth"),
    ("seventy", "seventieth"),
    ("eighty", "eightieth"),
    ("ninety", "ninetieth"),
];

/// What a session, meeting or conference may be called that is counted.
const COUNTED: &[&str] = &[
    "session", "sessions", "meeting", "conference", "congress", "summit", "assembly", "ministerial", "forum",
    "dialogue", "general", "regional", "plenary", "consultation", "consultations", "intersessional", "special",
    "annual",
];

/// The number that a lower-case ordinal stands for.
pub(super) fn parse(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    if !digits.is_empty() {
        let suffix = &word[digits.len()..];
        let known = ["st", "nd", "rd", "th", "e", "er", "ème", ":e", ":a", "º", "ª"].contains(&suffix);
        return digits.parse().ok().filter(|_| known && digits.len() <= 4);
    }
    let unit = |word: &str| UNITS.iter().position(|unit| *unit == word).map(|i| i as u32 + 1);
    if let Some((ten, rest)) = word.split_once('-') {
        let ten = TENS.iter().position(|(cardinal, _)| *cardinal == ten)?;
        return unit(rest).filter(|unit| *unit < 10).map(|unit| (ten as u32 + 2) * 10 + unit);
    }
    let ten = || TENS.iter().position(|(_, ordinal)| *ordinal == word).map(|i| (i as u32 + 2) * 10);
    unit(word).or_else(ten)
}

/// The first ordinal that counts a session, and its place: a word for what is counted follows within five words.
pub(super) fn session(words: &[Word]) -> Option<(u32, usize)> {
    words.iter().enumerate().find_map(|(i, word)| {
        let number = parse(&word.lower)?;
        let follows = words.iter().skip(i + 1).take(5).take_while(|next| next.lower != "of");
        follows.into_iter().any(|next| COUNTED.contains(&next.lower.as_str())).then_some((number, i))
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn ordinals_are_numbers() {
        for (word, number) in [
            ("fifth", Some(5)),
            ("seventy-eighth", Some(78)),
            ("twentieth", Some(20)),
            ("66th", Some(66)),
            ("66:e", Some(66)),
            ("fifty-third", Some(53)),
            ("nineteenth", Some(19)),
            ("fifty-twelfth", None),
            ("the", None),
            ("66", None),
            ("", None),
        ] {
            assert_eq!(super::parse(word), number, "{word}");
        }
    }
}
