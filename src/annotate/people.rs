//! Forms of address ("Mr. Chair") and pronouns: who is spoken to and spoken for.

use crate::model::{Document, Kind, Mention, MentionClass, Reading, Sentence, Span, Upos};

use super::words::{Shape, Word, words};

const TITLES: &[&str] =
    &["mr", "mrs", "ms", "madam", "madame", "dr", "sir", "ambassador", "professor", "prof", "sheikh", "senator"];

/// Offices that people are addressed by.
const OFFICES: &[&str] = &[
    "chair", "chairman", "chairperson", "chairwoman", "co-chair", "vice-chair", "president", "vice-president",
    "speaker", "secretary-general", "minister", "facilitator", "moderator", "commissioner", "director",
    "director-general", "coordinator", "rapporteur", "secretary", "ambassador",
];

/// Forms of address and titled persons: "Mr. Chair" (nominal), "Ms. Jane Doe" (named).
pub(super) fn addressed(doc: &Document, sentences: &[Sentence]) -> Vec<Mention> {
    let mut found = Vec::new();
    for sentence in sentences {
        let words = words(&doc.text, sentence.span);
        for at in 0..words.len() {
            found.extend(address_at(doc, &words, at));
        }
    }
    found
}

fn address_at(doc: &Document, words: &[Word], at: usize) -> Option<Mention> {
    let title = words[at].span.of(&doc.text);
    let is_title = words[at].shape == Shape::Capital && TITLES.contains(&title.to_lowercase().as_str());
    let next =
        words.get(at + 1).filter(|next| is_title && is_short_gap(&doc.text[words[at].span.end..next.span.start]))?;
    let office = next.span.of(&doc.text).to_lowercase();
    if OFFICES.contains(&office.as_str()) {
        let span = Span::new(words[at].span.start, next.span.end);
        return Some(person(span, MentionClass::Nominal));
    }
    if next.shape == Shape::Lower || next.shape == Shape::Number {
        return None;
    }
    let last = words[at + 2..].iter().zip(&words[at + 1..]).take(3).take_while(|(word, before)| {
        word.shape == Shape::Capital && &doc.text[before.span.end..word.span.start] == " "
    });
    let end = last.last().map_or(next.span.end, |(word, _)| word.span.end);
    Some(person(Span::new(words[at].span.start, end), MentionClass::Named))
}

fn is_short_gap(gap: &str) -> bool {
    matches!(gap, " " | ". " | "." | ".\u{a0}" | "\u{a0}" | "\n" | ".\n")
}

fn person(span: Span, class: MentionClass) -> Mention {
    Mention { span, kind: Kind::PersonRole, class, reading: Reading::Role { of: None } }
}

/// Personal and possessive pronouns. Their kind is that of a person until `resolve` knows better.
pub(super) fn pronouns(doc: &Document, sentences: &[Sentence]) -> Vec<Mention> {
    const FORMS: &[&str] = &[
        "i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves", "you", "your", "it", "its",
        "itself", "they", "them", "their", "theirs", "themselves", "he", "she", "him", "her", "his", "hers",
    ];
    let tokens = sentences.iter().flat_map(|sentence| &sentence.tokens);
    tokens
        .filter(|token| {
            matches!(token.upos, Upos::Pron | Upos::Det)
                && FORMS.contains(&token.span.of(&doc.text).to_lowercase().as_str())
        })
        .map(|token| Mention {
            span: token.span,
            kind: Kind::PersonRole,
            class: MentionClass::Pronoun,
            reading: Reading::Pronoun,
        })
        .collect()
}
