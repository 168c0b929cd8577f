//! Sentences of the treebank as numbers.

use std::collections::BTreeMap;

use rapporteur::syntax::conllu::Gold;
use rapporteur::syntax::features::{Features, fingerprint};
use rapporteur::syntax::lookup::{Lookup, slots};

/// One sentence.
pub struct Sample {
    pub features: Vec<Features>,
    /// Row in the table of words; 0 for unknown ones.
    pub words: Vec<u32>,
    /// Chance that training takes the word for an unknown one.
    pub drop: Vec<f32>,
    pub tags: Vec<usize>,
    /// 0 for the root, i + 1 for word i.
    pub heads: Vec<usize>,
    pub labels: Vec<usize>,
}

/// Which words and tags there are.
pub struct Inventory {
    /// Fingerprint → row (from 1) and count.
    pub words: BTreeMap<u32, (u32, usize)>,
    /// `UPOS XPOS`, the most frequent first.
    pub tags: Vec<String>,
    /// The dictionary, as it goes into the model file.
    pub classes: (Vec<u8>, Vec<u8>),
}

fn tag_name(gold: &Gold, i: usize) -> String {
    format!("{} {}", gold.upos[i].name(), gold.xpos[i])
}

impl Inventory {
    /// `dictionary`: a word and its code in hexadecimal a line.
    pub fn new(gold: &[Gold], most_tags: usize, dictionary: &str) -> Self {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        let mut tags: BTreeMap<String, usize> = BTreeMap::new();
        for sentence in gold {
            for i in 0..sentence.len() {
                *counts.entry(fingerprint(&sentence.forms[i])).or_default() += 1;
                *tags.entry(tag_name(sentence, i)).or_default() += 1;
            }
        }
        let kept = counts.into_iter().filter(|(_, count)| *count > 1);
        let words = kept.enumerate().map(|(i, (word, count))| (word, (i as u32 + 1, count))).collect();
        let mut tags: Vec<(String, usize)> = tags.into_iter().filter(|(_, count)| *count > 2).collect();
        tags.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        tags.truncate(most_tags);
        let entries: Vec<(u32, u16)> = dictionary
            .lines()
            .filter_map(|line| line.split_once(' '))
            .map(|(word, code)| (fingerprint(word), u16::from_str_radix(code, 16).unwrap_or_default()))
            .collect();
        Self { words, tags: tags.into_iter().map(|(tag, _)| tag).collect(), classes: slots(&entries) }
    }

    pub fn sample(&self, gold: &Gold) -> Sample {
        let classes = Lookup::new(&self.classes.0, &self.classes.1).expect("the dictionary was just made");
        let features: Vec<Features> = gold.forms.iter().map(|form| Features::of(form, &classes)).collect();
        let found: Vec<(u32, usize)> =
            features.iter().map(|f| self.words.get(&f.word).copied().unwrap_or((0, 0))).collect();
        Sample {
            words: found.iter().map(|(row, _)| *row).collect(),
            drop: found.iter().map(|(_, count)| 0.5 / (0.5 + *count as f32)).collect(),
            tags: (0..gold.len()).map(|i| self.tag(gold, i)).collect(),
            heads: gold.heads.iter().map(|head| head.map_or(0, |head| head as usize + 1)).collect(),
            labels: gold.deprels.iter().map(|&label| label as usize).collect(),
            features,
        }
    }

    /// The tag's number; a rare one counts as the commonest of its part of speech.
    fn tag(&self, gold: &Gold, i: usize) -> usize {
        let name = tag_name(gold, i);
        let prefix = format!("{} ", gold.upos[i].name());
        let exact = self.tags.iter().position(|tag| *tag == name);
        exact.or_else(|| self.tags.iter().position(|tag| tag.starts_with(&prefix))).unwrap_or(0)
    }
}
