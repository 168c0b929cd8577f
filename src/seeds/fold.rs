//! Text in the shape in which names are compared: lower case, without accents, every run of blanks, line breaks and
//! hyphens one blank. What was folded can be traced back byte by byte.

use unicode_normalization::UnicodeNormalization;

use crate::model::Span;

/// Folded text and where each of its bytes came from.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each byte of `text`, the first byte of the character it came from.
    origins: Vec<u32>,
}

impl Folded {
    /// The stretch of the source that a stretch of the folded text came from. `source` is the whole source.
    pub fn origin(&self, source: &str, folded: Span) -> Span {
        let first = self.origins.get(folded.start).map_or(0, |&at| at as usize);
        let last = folded.end.checked_sub(1).and_then(|at| self.origins.get(at)).map_or(first, |&at| at as usize);
        let width = source.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Span::new(first, last + width)
    }

    /// The byte of the source that a byte of the folded text came from.
    pub fn source_byte(&self, folded: usize) -> Option<usize> {
        self.origins.get(folded).map(|&at| at as usize)
    }

    fn push(&mut self, c: char, origin: usize) {
        self.text.push(c);
        let origin = u32::try_from(origin).unwrap_or(u32::MAX);
        self.origins.extend(std::iter::repeat_n(origin, c.len_utf8()));
    }

    fn push_blank(&mut self, origin: usize) {
        if !self.text.ends_with(' ') {
            self.push(' ', origin);
        }
    }
}

/// Folds `source[part]`; stretches in `gaps` count as blanks.
pub fn fold(source: &str, part: Span, gaps: &[Span]) -> Folded {
    let mut folded = Folded { text: String::with_capacity(part.len()), origins: Vec::with_capacity(part.len()) };
    let mut gaps = gaps.iter().peekable();
    let mut skip_to = part.start;
    for (offset, c) in part.of(source).char_indices() {
        let at = part.start + offset;
        while let Some(gap) = gaps.next_if(|gap| gap.start <= at) {
            skip_to = skip_to.max(gap.end);
        }
        if at < skip_to {
            folded.push_blank(at);
        } else {
            fold_char(&mut folded, c, at, &source[at..part.end]);
        }
    }
    folded
}

/// A name in folded form, without blanks around it.
pub fn fold_name(name: &str) -> String {
    let mut folded = fold(name, Span::new(0, name.len()), &[]).text;
    folded.truncate(folded.trim_end().len());
    folded.trim_start().to_owned()
}

fn fold_char(folded: &mut Folded, c: char, at: usize, rest: &str) {
    match c {
        'a'..='z' | '0'..='9' => folded.push(c, at),
        'A'..='Z' => folded.push(c.to_ascii_lowercase(), at),
        _ if c.is_whitespace() => folded.push_blank(at),
        '-' | '‐' | '‑' | '–' if is_dash(folded, c, rest) => folded.push('-', at),
        '-' | '‐' | '‑' | '‒' | '–' => folded.push_blank(at),
        '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
        '’' | '‘' | 'ʼ' | '´' | '`' => folded.push('\'', at),
        '&' => "and".chars().for_each(|c| folded.push(c, at)),
        ',' if joins_last(&rest[1..]) => {}
        _ if c.is_ascii() => folded.push(c, at),
        _ => fold_accents(folded, c, at),
    }
}

/// A hyphen with blanks on both sides parts what it stands between.
fn is_dash(folded: &Folded, hyphen: char, rest: &str) -> bool {
    folded.text.ends_with(' ') && rest[hyphen.len_utf8()..].starts_with(char::is_whitespace)
}

/// Whether a comma stands before the last member of a list: writers differ on it.
fn joins_last(rest: &str) -> bool {
    let next = rest.trim_start();
    next.len() < rest.len() && ["and ", "or ", "& "].into_iter().any(|word| next.starts_with(word))
}

fn fold_accents(folded: &mut Folded, c: char, at: usize) {
    match c {
        'ø' | 'Ø' => folded.push('o', at),
        'ł' | 'Ł' => folded.push('l', at),
        'đ' | 'Đ' => folded.push('d', at),
        'ı' | 'İ' => folded.push('i', at),
        'ß' => "ss".chars().for_each(|c| folded.push(c, at)),
        'æ' | 'Æ' => "ae".chars().for_each(|c| folded.push(c, at)),
        _ => {
            let base = std::iter::once(c).nfd().filter(|part| !unicode_normalization::char::is_combining_mark(*part));
            base.flat_map(char::to_lowercase).for_each(|part| folded.push(part, at));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{fold, fold_name};
    use crate::model::Span;

    #[test]
    fn names_written_differently_fold_alike() {
        let rows = [
            ("Harbour\n\n  Assembly", "harbour assembly"),
            ("capacity‑building", "capacity building"),
            ("Côte d’Émeraude", "cote d'emeraude"),
            ("Türkmen Łódź Øre", "turkmen lodz ore"),
            ("Ships, Ports and Docks", "ships, ports and docks"),
            ("Ships, Ports, and Docks", "ships, ports and docks"),
            ("Ships & Ports", "ships and ports"),
            ("Harbour - Assembly", "harbour - assembly"),
            (" drug-\n related ", "drug related"),
        ];
        for (name, folded) in rows {
            assert_eq!(fold_name(name), folded, "{name}");
        }
    }

    #[test]
    fn folded_text_is_traced_back() {
        let text = "see the Côte\n— and Ships & Ports’ 12 x";
        let folded = fold(text, Span::new(4, text.len()), &[]);
        for (word, source) in [("cote", "Côte"), ("ships and ports", "Ships & Ports"), ("'", "’")] {
            let at = folded.text.find(word).expect("is there");
            assert_eq!(folded.origin(text, Span::new(at, at + word.len())).of(text), source);
        }
    }

    #[test]
    fn gaps_count_as_blanks() {
        let text = "Harbour [12] Assembly";
        assert_eq!(fold(text, Span::new(0, text.len()), &[Span::new(8, 12)]).text, "harbour assembly");
    }
}
