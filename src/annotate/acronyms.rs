//! Acronyms that the text explains: "Regional Cyber Centre (RCC)", or the initials of a longer name used elsewhere in it.

use std::collections::HashMap;

use crate::model::{Document, Kind, Mention, MentionClass, Reading, Sentence, Span};

use super::words::{Shape, Word, words};

/// Where an acronym is explained, and what kind of thing it is.
#[derive(Clone, Copy)]
struct Definition {
    of: Span,
    kind: Kind,
    class: MentionClass,
}

/// All uses of acronyms that the document explains and nobody else has recognised. `known` is sorted by start.
pub(super) fn find(doc: &Document, sentences: &[Sentence], known: &[Mention]) -> Vec<Mention> {
    let candidates: Vec<_> = sentences.iter().flat_map(|sentence| acronyms(doc, sentence.span, known)).collect();
    let mut definitions: HashMap<&str, Option<Definition>> = HashMap::new();
    for word in &candidates {
        let text = stem(word.span.of(&doc.text));
        let defined = in_brackets(doc, word.span, known);
        let entry = definitions.entry(text).or_insert(None);
        *entry = entry.or(defined);
    }
    for (acronym, definition) in &mut definitions {
        if definition.is_none() {
            *definition = by_initials(doc, acronym, known);
        }
    }
    candidates.iter().filter_map(|word| mention(doc, word.span, &definitions)).collect()
}

fn mention(doc: &Document, span: Span, definitions: &HashMap<&str, Option<Definition>>) -> Option<Mention> {
    let definition = (*definitions.get(stem(span.of(&doc.text)))?)?;
    let reading = Reading::Acronym { of: definition.of };
    Some(Mention { span, kind: definition.kind, class: definition.class, reading })
}

fn acronyms(doc: &Document, span: Span, known: &[Mention]) -> Vec<Word> {
    let is_known = |word: &Word| known.iter().any(|mention| mention.span.contains(word.span));
    let found = words(&doc.text, span).into_iter();
    found
        .filter(|word| {
            (word.shape == Shape::Acronym || is_plural_acronym(word.span.of(&doc.text)))
                && word.span.len() <= 12
                && !is_known(word)
        })
        .collect()
}

/// "ICTs", "NGOs".
fn is_plural_acronym(word: &str) -> bool {
    let stem = stem(word);
    stem.len() < word.len() && stem.len() >= 2 && stem.chars().all(|c| c.is_ascii_uppercase())
}

fn stem(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// "Long Name (ACRONYM)": the mention that ends right before the bracket, if its initials fit.
fn in_brackets(doc: &Document, span: Span, known: &[Mention]) -> Option<Definition> {
    let before = doc.text[..span.start]
        .strip_suffix(['(', '“', '"'])
        .map(|rest| rest.trim_end_matches(['(', '“', '"']).trim_end())?;
    let acronym = stem(span.of(&doc.text));
    let ending = known.iter().filter(|mention| mention.span.end == before.len());
    let fit = ending.filter(|mention| has_initials(mention.span.of(&doc.text), acronym));
    fit.max_by_key(|mention| mention.span.len()).map(definition)
}

/// The first named thing of the document that has these initials in a row.
fn by_initials(doc: &Document, acronym: &str, known: &[Mention]) -> Option<Definition> {
    if acronym.len() < 3 {
        return None;
    }
    let named = known.iter().filter(|mention| mention.class == MentionClass::Named && mention.kind.is_agent());
    named.into_iter().find(|mention| has_initials(mention.span.of(&doc.text), acronym)).map(definition)
}

fn definition(mention: &Mention) -> Definition {
    Definition { of: mention.span, kind: mention.kind, class: mention.class }
}

/// Whether the acronym's letters are the first letters of words in a row, small words skipped or counted.
fn has_initials(name: &str, acronym: &str) -> bool {
    let all: Vec<char> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect();
    let weighty: Vec<char> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !matches!(*word, "of" | "on" | "and" | "the" | "for" | "to" | "in" | "a" | "with"))
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect();
    let letters: Vec<char> = acronym.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.len() >= 2
        && [all, weighty].iter().any(|initials| initials.windows(letters.len()).any(|window| window == letters))
}

#[cfg(test)]
mod tests {
    use super::has_initials;

    #[test]
    fn initials_fit_with_and_without_small_words() {
        for (name, acronym, fits) in [
            ("Open-ended Intergovernmental Expert Group to Study Rivers", "IEG", true),
            ("Office on Drugs and Crime", "ODC", true),
            ("Bank of Rivers", "BOR", true),
            ("Bank of Rivers", "BRO", false),
        ] {
            assert_eq!(has_initials(name, acronym), fits, "{name} {acronym}");
        }
    }
}
