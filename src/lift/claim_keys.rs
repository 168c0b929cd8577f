//! What names a claim: its words and what it says, in a document that stays the one it was when another of its words is
//! changed.
//!
//! A key has sixteen hex digits, of quote, subject, relation, object and polarity, and of what tells the document from
//! others: its own symbol, else its date; for whom it speaks; and two runs of three words of its text, those whose hashes
//! are the least and the greatest of all. So a changed word leaves every other claim its key, unless it stands in one of
//! the two runs or makes a run that takes the place of one. Where a claim stands, by which rule it was found and how sure
//! it is are no part of the key. Only true doubles, the same words that say the same twice, are counted.

use std::collections::HashMap;

use crate::model::text::one_line;
use crate::model::{Claim, Extraction, Polarity, Term};

use super::link_evidence::digest;

/// Words of a run that tells texts apart.
const RUN: usize = 3;

/// The document in keys of things that are its own: the hash of its text would change with every word.
const THIS: &str = "this";

/// The keys of claims, in their order: sixteen hex digits and, from the second of true doubles on, their number.
pub fn keys<'a>(extraction: &'a Extraction, claims: impl Iterator<Item = &'a Claim>) -> Vec<String> {
    let document = of_document(extraction);
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut key = |claim: &Claim| {
        let digits = of_claim(extraction, &document, claim);
        let number = counts.entry(digits.clone()).and_modify(|number| *number += 1).or_insert(1);
        if *number == 1 { digits } else { format!("{digits}-{number}") }
    };
    claims.map(&mut key).collect()
}

fn of_claim(extraction: &Extraction, document: &str, claim: &Claim) -> String {
    let end = |term: &Term| match term {
        Term::Entity(id) => format!("<{}>", without_text(&extraction.entity(*id).key, &extraction.document.sha256)),
        Term::Literal(words) => one_line(words),
    };
    let denied = if claim.polarity == Polarity::Negated { "not" } else { "" };
    let quote = one_line(extraction.document.quote(claim.evidence.span));
    digest(&[document, &quote, &end(&claim.subject), denied, claim.relation.iri(), &end(&claim.object)])
}

/// What tells a document from others, as digits.
fn of_document(extraction: &Extraction) -> String {
    let sha256 = &extraction.document.sha256;
    let own = extraction.itself.map(|id| extraction.entity(id).key.as_str());
    let dated = || extraction.document.metadata.date.as_ref().map(|date| date.value.iso().to_owned());
    let name = own.filter(|key| !key.starts_with("text/")).map(str::to_owned).or_else(dated).unwrap_or_default();
    let holder = extraction.voice.holder.map(|id| without_text(&extraction.entity(id).key, sha256));
    let [first, last] = runs(&extraction.document.text);
    digest(&[&name, &holder.unwrap_or_default(), &first, &last])
}

/// A key with the document in place of its text's hash.
fn without_text(key: &str, sha256: &str) -> String {
    match (sha256.get(..16), sha256.get(..8)) {
        (Some(long), Some(short)) => key.replace(long, THIS).replace(short, THIS),
        _ => key.to_owned(),
    }
}

/// The runs of words with the least and the greatest hash, in lower case; the whole text if it has fewer words.
fn runs(text: &str) -> [String; 2] {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let hash = |run: &&[String]| run.iter().fold(START, |hash, word| mixed(hash, word));
    let ends = (words.windows(RUN).min_by_key(hash), words.windows(RUN).max_by_key(hash));
    [ends.0, ends.1].map(|run| run.unwrap_or(&words).join(" "))
}

/// The start of a hash of FNV-1a.
const START: u64 = 0xCBF2_9CE4_8422_2325;

/// A hash with one more word: FNV-1a, then spread, so that also its upper digits hang on the last letter.
fn mixed(hash: u64, word: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    let hash = word.bytes().chain([0]).fold(hash, step);
    (hash ^ (hash >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::{keys, runs};
    use crate::model::fixture::{self, Draft};
    use crate::model::{Extraction, Kind};

    const TIDES: &str =
        "Ruritania supports the Tidal Convention. Elbonia hosts the talks. The sea is wide and cold today.";

    fn statement(text: &str) -> Extraction {
        Draft::new("tides.txt", text)
            .entity("state/rur", Kind::State, "Ruritania")
            .entity("treaty/tidal-convention", Kind::Treaty, "Tidal Convention")
            .claim("state/rur", "supports", "treaty/tidal-convention", "Ruritania supports the Tidal Convention")
            .done()
    }

    fn of(extraction: &Extraction) -> Vec<String> {
        keys(extraction, extraction.claims.iter())
    }

    #[test]
    fn a_changed_word_elsewhere_leaves_the_key_unless_it_tells_the_text() {
        let before = statement(TIDES);
        let told = runs(TIDES).join(" ");
        for word in ["Elbonia", "hosts", "talks", "wide", "cold", "today"] {
            let after = statement(&TIDES.replace(word, "x"));
            let is_told = runs(&after.document.text).join(" ") != told;
            assert_eq!(of(&before) == of(&after), !is_told, "{word}");
            assert_ne!(before.document.sha256, after.document.sha256);
        }
        assert_eq!(of(&before), of(&statement(&TIDES.replace(". ", ".\n\n"))), "where it stands is no part of it");
    }

    #[test]
    fn two_documents_and_two_statements_have_their_own() {
        let all = [fixture::first(), fixture::second()];
        let mut seen = std::collections::BTreeSet::new();
        for extraction in &all {
            for key in of(extraction) {
                assert_eq!(key.split('-').next().map(str::len), Some(16), "{key}");
                assert!(seen.insert(key));
            }
        }
        let other = statement(
            "Ruritania supports the Tidal Convention. We have come a long way since the last flood of the river.",
        );
        assert_ne!(of(&statement(TIDES)), of(&other));
    }

    #[test]
    fn doubles_are_counted() {
        let mut extraction = statement(TIDES);
        extraction.claims.push(extraction.claims[0].clone());
        let [first, second] = of(&extraction).try_into().expect("two");
        assert_eq!(second, format!("{first}-2"));
    }
}
