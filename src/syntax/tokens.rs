//! Text to words, by the conventions of the English UD treebanks: clitics, hyphenated words and quotes come apart;
//! numbers, abbreviations, web addresses and slashed document symbols stay whole.

use super::words;
use crate::model::Span;

/// Appends the tokens of `span` to `out`: byte spans into `text`, in order, none empty, none holding a blank. `gaps` (in text
/// order) are passed over as blanks are.
pub fn tokenize(text: &str, span: Span, gaps: &[Span], out: &mut Vec<Span>) {
    let mut fresh = true;
    let mut from = span.start;
    let rest = gaps.iter().filter(|gap| gap.overlaps(span)).copied().chain([Span::new(span.end, span.end)]);
    for gap in rest {
        if let Some(piece) = text.get(from..gap.start.max(from)) {
            tokenize_piece(text, piece, span.end, &mut fresh, out);
        }
        from = from.max(gap.end);
    }
}

/// Longest run without a blank, in bytes, that is looked at as one: beyond it are data, not words.
const LONGEST_CHUNK: usize = 1000;

fn tokenize_piece(text: &str, piece: &str, end: usize, fresh: &mut bool, out: &mut Vec<Span>) {
    for chunk in piece.split_whitespace() {
        // `split_whitespace` hands out slices of `text`: the distance of their pointers is the offset.
        let mut start = chunk.as_ptr() as usize - text.as_ptr() as usize;
        let past = start + chunk.len();
        let next = text[past..end].trim_start().chars().next();
        while start < past {
            let cut = text.floor_char_boundary(past.min(start + LONGEST_CHUNK));
            Chunk { text, start, end: cut, fresh: *fresh, next }.split(out);
            start = cut;
        }
        *fresh = out.last().is_some_and(|token| matches!(token.of(text), "." | "!" | "?"));
    }
}

/// A run of characters without a blank, on its way to become tokens.
struct Chunk<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    /// Whether a sentence may begin here: then "4." and "(a)" number a paragraph.
    fresh: bool,
    /// The first character of the next chunk; `None` at the end of the block.
    next: Option<char>,
}

impl<'a> Chunk<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.start..self.end]
    }

    fn split(&mut self, out: &mut Vec<Span>) {
        if self.fresh && is_paragraph_number(self.rest()) {
            return push(out, self.start, self.end);
        }
        self.take_openers(out);
        let end = self.end;
        self.end = self.without_closers();
        self.split_core(out);
        self.split_closers(end, out);
    }

    /// Emits brackets, quotes, currency signs and dots that stand before a word.
    fn take_openers(&mut self, out: &mut Vec<Span>) {
        let dots = self.rest().len() - self.rest().trim_start_matches('.').len();
        if dots > 1 && dots < self.rest().len() {
            push(out, self.start, self.start + dots);
            self.start += dots;
        }
        while let Some(first) = self.rest().chars().next() {
            let rest = &self.rest()[first.len_utf8()..];
            let opens = is_opener(first)
                || (is_apostrophe(first) && !rest.is_empty() && clitic_length(self.rest()) != self.rest().len())
                || (matches!(first, '-' | '–' | '—' | '*' | '#')
                    && rest.starts_with(|next: char| next.is_alphabetic()));
            if !opens || rest.is_empty() {
                break;
            }
            push(out, self.start, self.start + first.len_utf8());
            self.start += first.len_utf8();
        }
    }

    /// Where the word ends and the commas, brackets and dots after it begin.
    fn without_closers(&self) -> usize {
        let mut end = self.end;
        loop {
            let core = &self.text[self.start..end];
            let Some(last) = core.chars().next_back() else { return end };
            let drop = match last {
                '.' => core.len() > 1 && !self.keeps_dot(core),
                ')' | ']' | '}' => !closes_inside(core, last),
                _ => is_closer(last) || is_apostrophe(last),
            };
            if !drop || core.len() == last.len_utf8() {
                return end;
            }
            end -= last.len_utf8();
        }
    }

    /// Whether the dot at the end of `core` belongs to the word.
    fn keeps_dot(&self, core: &str) -> bool {
        let stem = core.trim_end_matches('.');
        if core.len() - stem.len() > 1 {
            return false;
        }
        let mut letters = stem.chars();
        let initial = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
        let goes_on = self.next.is_some_and(|next| next.is_uppercase() || next.is_numeric());
        (initial && self.next.is_some()) || words::is_abbreviation(stem, goes_on) || is_dotted(stem)
    }

    fn split_closers(&self, end: usize, out: &mut Vec<Span>) {
        let mut at = self.end;
        while let Some(first) = self.text[at..end].chars().next() {
            let tail = &self.text[at..end];
            let length = tail.len() - tail.trim_start_matches(first).len();
            let whole = matches!(first, '.' | '!' | '?' | '…') && length > 0;
            let step = if whole { length } else { first.len_utf8() };
            push(out, at, at + step);
            at += step;
        }
    }

    fn split_core(&self, out: &mut Vec<Span>) {
        if self.start >= self.end {
            return;
        }
        let core = self.rest();
        if is_address(core) {
            return push(out, self.start, self.end);
        }
        let mut from = self.start;
        for (offset, found) in core.char_indices() {
            let at = self.start + offset;
            if at < from {
                continue;
            }
            let Some(length) = separator(core, offset, found) else { continue };
            self.split_word(from, at, out);
            push(out, at, at + length);
            from = at + length;
        }
        self.split_word(from, self.end, out);
    }

    /// Splits one word without separators: currency before a number, clitics, "cannot".
    fn split_word(&self, start: usize, end: usize, out: &mut Vec<Span>) {
        if start >= end {
            return;
        }
        let word = &self.text[start..end];
        if let Some(cut) = currency_prefix(word).or_else(|| words::digits_before_unit(word)) {
            push(out, start, start + cut);
            return self.split_word(start + cut, end, out);
        }
        let clitic = clitic_length(word);
        if clitic > 0 && clitic < word.len() {
            let cut = end - clitic;
            self.split_word(start, cut, out);
            return push(out, cut, end);
        }
        match words::contraction(word) {
            Some(cut) => {
                push(out, start, start + cut);
                push(out, start + cut, end);
            }
            None => push(out, start, end),
        }
    }
}

fn push(out: &mut Vec<Span>, start: usize, end: usize) {
    if start < end {
        out.push(Span::new(start, end));
    }
}

fn is_opener(c: char) -> bool {
    matches!(
        c,
        '(' | '[' | '{' | '<' | '"' | '“' | '„' | '«' | '‘' | '`' | '•' | '$' | '£' | '€' | '¥' | '§' | '¿' | '¡'
    )
}

fn is_closer(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | ':'
            | '!'
            | '?'
            | '>'
            | '"'
            | '”'
            | '“'
            | '»'
            | '…'
            | '%'
            | '*'
            | '،'
            | '؛'
            | '؟'
            | '—'
            | '–'
            | '`'
    )
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`')
}

/// Whether the bracket that ends `core` has its partner inside, after the first character: "COP(14)", "resolution(s)".
fn closes_inside(core: &str, closer: char) -> bool {
    let opener = match closer {
        ')' => '(',
        ']' => '[',
        _ => '{',
    };
    core.matches(opener).count() >= core.matches(closer).count()
}

/// "4.", "2.1.", "12)" , "(a)", "(iv)": what stands before a numbered paragraph.
fn is_paragraph_number(chunk: &str) -> bool {
    let inner = chunk.strip_prefix('(').unwrap_or(chunk);
    let bracketed = inner.len() < chunk.len();
    let Some(number) = inner.strip_suffix(')').or_else(|| inner.strip_suffix('.').filter(|_| !bracketed)) else {
        return false;
    };
    let digits =
        number.len() <= 5 && number.split('.').all(|part| part.len() <= 3 && is_all(part, |b| b.is_ascii_digit()));
    let roman = number.len() <= 4 && is_all(number, |b| b"ivx".contains(&b));
    let letter = number.len() <= 2 && is_all(number, |b| b.is_ascii_lowercase());
    digits || (chunk.ends_with(')') && (roman || letter))
}

fn is_all(part: &str, test: impl Fn(u8) -> bool) -> bool {
    !part.is_empty() && part.bytes().all(test)
}

/// "U.S", "e.g", "Ph.D": letters with dots between them (the last dot is already off).
fn is_dotted(stem: &str) -> bool {
    stem.contains('.')
        && stem.split('.').all(|part| matches!(part.len(), 1 | 2) && is_all(part, |b| b.is_ascii_alphabetic()))
}

/// A web or mail address.
fn is_address(core: &str) -> bool {
    core.contains("://")
        || core.starts_with("www.")
        || core.find('@').is_some_and(|at| at > 0 && core[at..].contains('.'))
        || words::is_domain(core)
}

/// If a character inside of a word is a token of its own there: that token's length in bytes.
fn separator(core: &str, offset: usize, found: char) -> Option<usize> {
    let length = found.len_utf8();
    if found.is_alphanumeric() {
        return None;
    }
    let before = core[..offset].chars().next_back()?;
    let rest = &core[offset + length..];
    let after = rest.chars().next()?;
    let split = match found {
        '"' | '“' | '”' | '—' | '«' | '»' | '[' | ']' | '…' => true,
        '-' | '‐' | '‑' | '–' => return hyphen(core, offset, length),
        '/' => slash(core, offset),
        '(' => before.is_ascii_digit() && !core.contains('/') && after.is_ascii_digit(),
        ')' => after.is_alphabetic() && !core[..offset].contains('('),
        ',' | ';' | ':' | '!' | '?' => before.is_alphabetic() && !(found == ':' && core.contains('/')),
        '.' => return dots(core, offset, before, after),
        '+' | '=' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    };
    split.then_some(length)
}

/// A run of dots, or a full stop glued to the next word or footnote number.
fn dots(core: &str, offset: usize, before: char, after: char) -> Option<usize> {
    let run = core[offset..].len() - core[offset..].trim_start_matches('.').len();
    if run > 1 {
        return Some(run);
    }
    let word = core[..offset].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let ends_word = before.is_lowercase() && word.len() > 2 && !words::is_abbreviation(word, true);
    (ends_word && (after.is_uppercase() || after.is_ascii_digit()) && !core.contains('/')).then_some(1)
}

/// A hyphen comes off unless it follows a prefix ("non-State") or joins groups of digits.
fn hyphen(core: &str, offset: usize, length: usize) -> Option<usize> {
    let run = core[offset..].len() - core[offset..].trim_start_matches('-').len();
    if run > 1 {
        return Some(run);
    }
    let left = core[..offset].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let stays = words::is_prefix(left) || is_digit_group(core);
    (!stays).then_some(length)
}

/// "853-7906", "01-Feb-02", "+1602275-4958": digits that belong together (a range such as "27-29" does not).
fn is_digit_group(core: &str) -> bool {
    let mut parts = core.split('-');
    let (Some(first), Some(second)) = (parts.next(), parts.next()) else { return false };
    let digits = |part: &str| is_all(part, |b| b.is_ascii_digit());
    let three = parts.next().is_some_and(|third| digits(third) || third.is_empty());
    let phone = digits(first.trim_start_matches('+')) && digits(second) && second.len() == 4 && first.len() == 3;
    (three && digits(first)) || phone
}

/// A slash comes off between words ("and/or"), never inside of a symbol ("A/RES/1/2") or a short form ("w/o", "s/he").
fn slash(core: &str, offset: usize) -> bool {
    if core.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let left = core[..offset].rsplit('/').next().unwrap_or_default();
    let right = core[offset + 1..].split('/').next().unwrap_or_default();
    left.len() > 1 && right.len() > 1 && !core.contains('.')
}

/// Length of the currency sign before a number: 3 for "US$5".
fn currency_prefix(word: &str) -> Option<usize> {
    let sign = word.find(['$', '£', '€', '¥'])?;
    let length = word[sign..].chars().next()?.len_utf8();
    let letters = word[..sign].len() <= 3 && word[..sign].bytes().all(|b| b.is_ascii_uppercase());
    (letters && word[sign + length..].starts_with(|c: char| c.is_ascii_digit())).then_some(sign + length)
}

/// Length in bytes of the clitic that ends `word`, 0 if none: "'s", "n't", "'re", "'ve", "'ll", "'d", "'m".
fn clitic_length(word: &str) -> usize {
    let Some((at, mark)) = word.char_indices().rev().find(|(_, c)| is_apostrophe(*c)) else { return 0 };
    let tail = &word.as_bytes()[at + mark.len_utf8()..];
    let is = |form: &[u8]| tail.eq_ignore_ascii_case(form);
    if is(b"t") && word[..at].ends_with(['n', 'N']) {
        return word.len() - at + 1;
    }
    let found = [&b"s"[..], b"re", b"ve", b"ll", b"d", b"m"].into_iter().any(is);
    if found { word.len() - at } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens of a text, joined by blanks.
    fn tokens(text: &str) -> String {
        let mut spans = Vec::new();
        tokenize(text, Span::new(0, text.len()), &[], &mut spans);
        spans.iter().map(|span| span.of(text)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_come_apart_where_the_treebanks_cut_them() {
        let table = [
            ("The delegate didn't speak.", "The delegate did n't speak ."),
            ("We cannot agree; they’ll object.", "We can not agree ; they ’ll object ."),
            ("the States' rights and Chad's vote", "the States ' rights and Chad 's vote"),
            ("an open-ended, long-term plan", "an open - ended , long - term plan"),
            ("non-State actors re-elected him", "non-State actors re-elected him"),
            ("held on 27-29 March", "held on 27 - 29 March"),
            ("the years 2018–2021", "the years 2018 – 2021"),
            ("A/RES/61/999, 61/999 and E/CN.99/2011/19.", "A/RES/61/999 , 61/999 and E/CN.99/2011/19 ."),
            ("resolution 1999 (2001)", "resolution 1999 ( 2001 )"),
            ("S/RES/1999 (2001);", "S/RES/1999 ( 2001 ) ;"),
            ("4. Recognizes the need", "4. Recognizes the need"),
            ("(a) To help; (iv) To stay", "(a) To help ; ( iv ) To stay"),
            ("Mr. Smith, Ms. Doe and Dr. No", "Mr. Smith , Ms. Doe and Dr. No"),
            ("the U.S. and the U.N.", "the U.S. and the U.N."),
            ("see para. 5, Art. 7 and No. 12", "see para. 5 , Art. 7 and No. 12"),
            ("a work of art. No.", "a work of art . No ."),
            ("e.g. tea, i.e. hot water, etc.", "e.g. tea , i.e. hot water , etc."),
            ("US$5 million, $3.5bn or 40%", "US$ 5 million , $ 3.5 bn or 40 %"),
            ("\u{201c}Peace,\u{201d} she said (twice).", "\u{201c} Peace , \u{201d} she said ( twice ) ."),
            ("and/or, w/o, he/she", "and / or , w/o , he / she"),
            (
                "Write to a.b@example.org or https://example.org/x-y.",
                "Write to a.b@example.org or https://example.org/x-y .",
            ),
            ("the end.3 Then", "the end . 3 Then"),
            ("What?! Well...", "What ? ! Well ..."),
            ("1,000 tons at 10:30", "1,000 tons at 10:30"),
            ("فارسی، عربی؟", "فارسی ، عربی ؟"),
            ("👍🏽 fine", "👍🏽 fine"),
            ("", ""),
        ];
        for (text, wanted) in table {
            assert_eq!(tokens(text), wanted);
        }
    }

    #[test]
    fn gaps_are_passed_over() {
        let text = "one page\n 3 \nbreak";
        let mut spans = Vec::new();
        tokenize(text, Span::new(0, text.len()), &[Span::new(9, 12)], &mut spans);
        assert_eq!(spans.iter().map(|span| span.of(text)).collect::<Vec<_>>(), ["one", "page", "break"]);
    }
}
