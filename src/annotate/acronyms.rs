//! Acronyms that the text explains: "Regional Cyber Centre (RCC)", or the initials of a longer name used elsewhere in it.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::model::{Document, Kind, Mention, MentionClass, Mentions, Reading, Span};
use crate::seeds::{Lexicon, WordClass};

use super::text::Text;
use super::words::{Shape, Word};

/// Where an acronym is explained, and what kind of thing it is.
#[derive(Clone, Copy)]
struct Definition {
    of: Span,
    kind: Kind,
    class: MentionClass,
}

/// All uses of acronyms that the document explains and nobody else has recognised.
pub(super) fn find(text: &Text, known: &Mentions) -> Vec<Mention> {
    let doc = text.doc;
    let candidates: Vec<_> = text.lines().flat_map(|(_, words)| acronyms(text, words, known)).collect();
    let mut definitions: HashMap<&str, Option<Definition>> = HashMap::new();
    for word in &candidates {
        let acronym = stem(word.span.of(&doc.text));
        let defined = in_brackets(text, word.span, known);
        let entry = definitions.entry(acronym).or_insert(None);
        *entry = entry.or(defined);
    }
    // What stands in brackets behind words that nobody knows means those words, not a body with the same letters.
    let is_alone = |word: &&Word| doc.text[word.span.end..].starts_with([')', '”', '"']);
    let explained = candidates.iter().filter(is_alone).filter(|word| opens_before(text, word.span).is_some());
    let explained: HashSet<&str> = explained.map(|word| stem(word.span.of(&doc.text))).collect();
    definitions.retain(|acronym, defined| defined.is_some() || !explained.contains(acronym));
    by_initials(text, known, &mut definitions);
    candidates.iter().filter_map(|word| mention(doc, word.span, &definitions)).collect()
}

fn mention(doc: &Document, span: Span, definitions: &HashMap<&str, Option<Definition>>) -> Option<Mention> {
    let definition = (*definitions.get(stem(span.of(&doc.text)))?)?;
    let reading = Reading::Acronym { of: definition.of };
    Some(Mention::new(span, definition.kind, definition.class, reading))
}

fn acronyms(text: &Text, words: &[Word], known: &Mentions) -> Vec<Word> {
    let is_known = |word: &Word| known.around(word.span).next().is_some();
    let is_acronym = |word: &Word| word.shape == Shape::Acronym || is_plural_acronym(text.form(word));
    words.iter().copied().filter(|word| is_acronym(word) && word.span.len() <= 12 && !is_known(word)).collect()
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
fn in_brackets(text: &Text, span: Span, known: &Mentions) -> Option<Definition> {
    let before = opens_before(text, span)?;
    let acronym = stem(text.of(span));
    let ending = known.ending(before.len()).map(|i| &known[i]);
    let fit = ending.filter(|mention| has_initials(text.lexicon, text.of(mention.span), acronym));
    fit.max_by_key(|mention| mention.span.len()).map(definition)
}

/// What stands before a bracket or quotation mark that a span opens with.
fn opens_before<'d>(text: &Text<'d>, span: Span) -> Option<&'d str> {
    let before = text.doc.text[..span.start].strip_suffix(['(', '“', '"'])?;
    Some(before.trim_end_matches(['(', '“', '"']).trim_end())
}

/// Gives each acronym of three letters and more that nothing defines the first named thing of the document that has its
/// letters as initials in a row.
fn by_initials<'d>(text: &Text<'d>, known: &Mentions, definitions: &mut HashMap<&'d str, Option<Definition>>) {
    let undefined = definitions.iter().filter(|(acronym, defined)| defined.is_none() && acronym.len() >= 3);
    let mut wanted: HashMap<Vec<char>, Vec<&'d str>> = HashMap::new();
    for (acronym, _) in undefined {
        wanted.entry(letters(acronym)).or_default().push(*acronym);
    }
    let lengths: BTreeSet<usize> = wanted.keys().map(Vec::len).filter(|&length| length >= 2).collect();
    let mut seen: HashSet<&'d str> = HashSet::new();
    let named = known.iter().filter(|mention| mention.class == MentionClass::Named && mention.kind.is_agent());
    for mention in named {
        let name = text.of(mention.span);
        if wanted.is_empty() || !seen.insert(name) {
            continue;
        }
        for initials in initials(text.lexicon, name) {
            for run in lengths.iter().flat_map(|&length| initials.windows(length)) {
                for acronym in wanted.remove(run).into_iter().flatten() {
                    definitions.insert(acronym, Some(definition(mention)));
                }
            }
        }
    }
}

fn definition(mention: &Mention) -> Definition {
    Definition { of: mention.span, kind: mention.kind, class: mention.class }
}

/// Whether the acronym's letters are the first letters of words in a row, small words skipped or counted.
fn has_initials(lexicon: &Lexicon, name: &str, acronym: &str) -> bool {
    let letters = letters(acronym);
    letters.len() >= 2
        && initials(lexicon, name).iter().any(|initials| initials.windows(letters.len()).any(|run| run == letters))
}

fn letters(acronym: &str) -> Vec<char> {
    acronym.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The first letters of a name's words: of all, and without those of small words.
fn initials(lexicon: &Lexicon, name: &str) -> [Vec<char>; 2] {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let weighty = words.clone().filter(|word| !lexicon.is(word, WordClass::AcronymGap));
    [words.filter_map(first).flatten().collect(), weighty.filter_map(first).flatten().collect()]
}

fn first(word: &str) -> Option<std::char::ToUppercase> {
    word.chars().next().map(char::to_uppercase)
}

#[cfg(test)]
mod tests {
    use super::has_initials;
    use crate::seeds::Lexicon;

    #[test]
    fn initials_fit_with_and_without_small_words() {
        for (name, acronym, fits) in [
            ("Open-ended Intergovernmental Expert Group to Study Rivers", "IEG", true),
            ("Office on Drugs and Crime", "ODC", true),
            ("Bank of Rivers", "BOR", true),
            ("Bank of Rivers", "BRO", false),
        ] {
            assert_eq!(has_initials(Lexicon::embedded(), name, acronym), fits, "{name} {acronym}");
        }
    }
}
