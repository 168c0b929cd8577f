//! Laws by name or number: "Criminal Procedural Law", "Computer Misuse Act 1990", "Law on Electronic Trade", "Decree No. 12".

use super::text::Text;
use super::titles::last_word;
use super::wording::{Shape, Words};
use crate::model::{Kind, Mention, MentionClass, Mentions, Reading, Span};
use crate::seeds::WordClass;

/// The laws of a text, in text order.
pub(super) fn find(text: &Text, _: &Mentions) -> Vec<Mention> {
    text.blocks.iter().flat_map(in_block).collect()
}

fn in_block(words: &Words) -> Vec<Mention> {
    (0..words.len())
        .filter(|&i| words.is_capital(i))
        .filter_map(|i| law_at(words, i))
        .map(|span| mention(words, span))
        .collect()
}

fn mention(words: &Words, (first, last): (usize, usize)) -> Mention {
    let span: Span = words.span(first, last);
    Mention::new(span, Kind::LegalProvision, MentionClass::Named, Reading::Name)
}

/// The law whose head is word `i`: its first and last word.
fn law_at(words: &Words, i: usize) -> Option<(usize, usize)> {
    let first = first_word(words, i);
    if let Some(last) = number_after(words, i) {
        return Some((first, last));
    }
    if !words.is_titled(i, WordClass::LawHead) || words.is_capital(i + 1) {
        return None;
    }
    if matches!(words.form(i), "Law" | "Act" | "Decree") && words.is(i + 1, "on") {
        return last_word(words, i).filter(|&last| last > i).map(|last| (first, last));
    }
    if words.form(i) == "Constitution" && first == i {
        return is_the(words, i).then_some((i, i));
    }
    let of = words.is(i + 1, "of") && matches!(words.form(i), "Law" | "Code" | "Act");
    if first == i || of || is_field(words, first, i) {
        return None;
    }
    Some((first, if year_after(words, i) { i + 1 } else { i }))
}

/// The first of the capitalised words that end at `i`; the one that opens a sentence counts only if it may be a name's.
fn first_word(words: &Words, i: usize) -> usize {
    let mut first = i;
    while first > 0 && words.is_capital(first - 1) && !words.is_a(first - 1, WordClass::LawOpening) {
        first -= 1;
    }
    first
}

fn is_the(words: &Words, i: usize) -> bool {
    i > 0 && words.is_a(i - 1, WordClass::ConstitutionOwner)
}

fn is_field(words: &Words, first: usize, i: usize) -> bool {
    let field = words.is(i, "law")
        && words.is_titled(i - 1, WordClass::LawField)
        && (i - first == 1 || words.is(first, "international"));
    field || words.is(first, "international") && words.is(i, "law")
}

fn year_after(words: &Words, i: usize) -> bool {
    words.shape(i + 1) == Shape::Number && words.form(i + 1).len() == 4
}

/// "Decree No. 12", "Executive Order 13848", "Directive 2013/40/EU", "Regulation (EU) 2016/679": the last word.
fn number_after(words: &Words, i: usize) -> Option<usize> {
    if !words.is_titled(i, WordClass::NumberedLaw) {
        return None;
    }
    let mut at = i + 1;
    if words.is_mark(at, '(') && words.is_mark(at + 2, ')') {
        at += 3;
    }
    let announced = words.is_one_of(at, &["no", "number", "nr"]);
    if announced {
        at += 1 + usize::from(words.is_mark(at + 1, '.'));
    }
    let telling = announced || words.is_one_of(i, &["Order", "Directive", "Regulation"]);
    let numbered = matches!(words.shape(at), Shape::Number | Shape::Slashed)
        && words.form(at).starts_with(|c: char| c.is_ascii_digit());
    (telling && numbered).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::in_block;
    use crate::annotate::wording::Words;
    use crate::model::Span;
    use crate::seeds::Lexicon;

    #[test]
    fn laws() {
        let cases: &[(&str, &[&str])] = &[
            ("of the Fishing Safety Law and the Penal Code,", &["Fishing Safety Law", "Penal Code"]),
            ("The River Act 1990 was", &["River Act 1990"]),
            ("the Law on Electronic Trade and Payments", &["Law on Electronic Trade and Payments"]),
            (
                "Presidential Decree No. 12, Executive Order 14000",
                &["Presidential Decree No. 12", "Executive Order 14000"],
            ),
            ("Directive 2013/40/EU; Regulation (EU) 2016/679", &["Directive 2013/40/EU", "Regulation (EU) 2016/679"]),
            ("the Constitution and its amendments", &["Constitution"]),
            ("International Humanitarian Law, the Rule of Law, Law Enforcement", &[]),
            ("a Code of Conduct, the Law of the Sea, Common Law, Act now", &[]),
        ];
        for (text, wanted) in cases {
            let words = Words::new(Lexicon::embedded(), text, Span::new(0, text.len()));
            let found: Vec<&str> = in_block(&words).iter().map(|one| one.span.of(text)).collect();
            assert_eq!(&found, wanted, "{text}");
        }
    }
}
