//! Which common nouns mean the same in all texts: writes the list that keys of things without a name are taken from.
//!
//! usage: cargo run --release --example count_concepts -- FILE … > seeds/lexicon/en/concepts.txt
//!
//! A FILE holds many documents, each after a line of U+001E and its name; `-` is standard input. "good governance" is a
//! concept, since writers name it without an article in most of the texts that name it; "resounding call" is not, since it
//! is always somebody's. A key is listed if [`TEXTS`] documents name it, and [`SHARE`] of them at least once without a
//! determiner.

use std::collections::BTreeMap;
use std::io::Read;

use rapporteur::model::{Extraction, Kind, MentionClass};
use rapporteur::pipeline::Pipeline;
use rapporteur::read::{Format, Options};
use rapporteur::seeds::{Catalogue, Lexicon, Rules, WordClass};
use rayon::prelude::*;

/// In how many texts a concept is named at least.
const TEXTS: usize = 10;
/// In what share of them it must stand bare at least once.
const SHARE: f64 = 0.5;

/// Kinds of which each text names its own, and those that are values.
const SINGLE: &[Kind] = &[Kind::Document, Kind::Resolution, Kind::Meeting, Kind::Quantity, Kind::Money, Kind::Date];

/// In how many texts a key is named, and in how many of them bare.
#[derive(Clone, Copy, Default)]
struct Count {
    texts: usize,
    bare: usize,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // What is named hangs on no rule.
    let rules = Rules::default();
    let pipeline = Pipeline::new(Catalogue::embedded(), &rules, Lexicon::embedded());
    let options = Options { format: Some(Format::Text), ..Options::default() };
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for file in std::env::args().skip(1) {
        let content = content(&file)?;
        let texts: Vec<&str> = content.split('\u{1e}').filter_map(|record| Some(record.split_once('\n')?.1)).collect();
        let named = texts
            .par_iter()
            .filter_map(|text| Some(concepts(&pipeline.extract("document.txt", text.as_bytes(), &options).ok()?)));
        for (key, bare) in named.collect::<Vec<_>>().into_iter().flatten() {
            let count = counts.entry(key).or_default();
            count.texts += 1;
            count.bare += usize::from(bare);
        }
    }
    for (key, count) in counts {
        if count.texts >= TEXTS && count.bare as f64 >= SHARE * count.texts as f64 {
            println!("{key}");
        }
    }
    Ok(())
}

fn content(file: &str) -> std::io::Result<String> {
    if file != "-" {
        return std::fs::read_to_string(file);
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    Ok(text)
}

/// The keys of one text's common nouns, and whether each stands bare anywhere in it.
fn concepts(found: &Extraction) -> BTreeMap<String, bool> {
    let own = format!("/{}-", found.document.sha256.get(..8).unwrap_or_default());
    let mut keys: BTreeMap<String, bool> = BTreeMap::new();
    for (mention, id) in found.mentions.iter().zip(&found.referents) {
        let Some(id) = id.filter(|_| mention.class != MentionClass::Named && mention.class != MentionClass::Pronoun)
        else {
            continue;
        };
        let entity = found.entity(id);
        if SINGLE.contains(&mention.kind) || entity.owner.is_some() || entity.key.starts_with("matter/") {
            continue;
        }
        // A key that is of this text for now is counted under the words that it would have in all.
        *keys.entry(entity.key.replacen(&own, "/", 1)).or_default() |= is_bare(found, mention.span.start);
    }
    // "mechanism", "programmes": one word tells no measure from others.
    let told = |key: &str| key.strip_prefix("measure/").is_none_or(|words| words.contains('-'));
    keys.retain(|key, _| told(key) && Catalogue::embedded().get(key).is_none());
    keys
}

/// Whether no determiner stands right before a byte: no article, possessive, "another" or "such".
fn is_bare(found: &Extraction, start: usize) -> bool {
    let before = found.document.text[..start].trim_end();
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    let classes = [WordClass::DefiniteWord, WordClass::IndefiniteWord, WordClass::PossessiveWord];
    let pointing = classes.iter().any(|class| class.has(&word)) || word == "such";
    !pointing && !word.ends_with("'s") && !word.ends_with("’s") && !word.ends_with("s'")
}
