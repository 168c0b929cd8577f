//! CoNLL-U, the exchange format of Universal Dependencies: read for training and measuring, written for other tools.

use std::fmt::Write;

use crate::model::text::one_line;
use crate::model::{Deprel, Sentence, Upos};

/// A sentence of a treebank: parallel columns, one entry a word.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    /// Whether a new document begins here.
    pub opens_document: bool,
    /// FORM.
    pub forms: Vec<String>,
    /// LEMMA.
    pub lemmas: Vec<String>,
    /// UPOS.
    pub upos: Vec<Upos>,
    /// XPOS: the finer English tag, such as `VBN`.
    pub xpos: Vec<String>,
    /// HEAD, counted from 0; `None` for the root.
    pub heads: Vec<Option<u32>>,
    /// DEPREL.
    pub deprels: Vec<Deprel>,
    /// Whether a blank follows the word in the text.
    pub space_after: Vec<bool>,
}

impl Gold {
    /// Number of words.
    pub fn len(&self) -> usize {
        self.forms.len()
    }

    /// Whether it has no words.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }
}

/// Reads a CoNLL-U text. Lines that are no words of the basic tree (ranges, empty nodes) are passed over; unknown tags become
/// `X`, unknown relations `dep`.
pub fn read(text: &str) -> Vec<Gold> {
    let mut all = Vec::new();
    let mut current = Gold::default();
    let mut range: Option<(usize, bool)> = None;
    for line in text.lines().chain([""]) {
        if line.starts_with("# newdoc") {
            current.opens_document = true;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() < 10 {
            if line.is_empty() && !current.is_empty() {
                all.push(std::mem::take(&mut current));
                range = None;
            }
            continue;
        }
        let space = !columns[9].contains("SpaceAfter=No");
        if let Some((_, last)) = columns[0].split_once('-') {
            range = last.parse().ok().map(|last| (last, space));
        } else if let Ok(id) = columns[0].parse::<usize>() {
            push_word(&mut current, &columns);
            current.space_after.push(match range {
                Some((last, space_after_range)) if id <= last => id == last && space_after_range,
                _ => space,
            });
        }
    }
    all
}

fn push_word(gold: &mut Gold, columns: &[&str]) {
    gold.forms.push(columns[1].to_owned());
    gold.lemmas.push(columns[2].to_owned());
    gold.upos.push(Upos::from_name(columns[3]).unwrap_or(Upos::X));
    gold.xpos.push(columns[4].to_owned());
    gold.heads.push(columns[6].parse::<u32>().ok().and_then(|head| head.checked_sub(1)));
    let base = columns[7].split(':').next().unwrap_or_default();
    gold.deprels.push(Deprel::from_name(columns[7]).or_else(|| Deprel::from_name(base)).unwrap_or(Deprel::Dep));
}

/// Writes a parsed sentence of `text` as a CoNLL-U block, `number` (from 1) as its id; ends with the empty line.
pub fn write(text: &str, sentence: &Sentence, number: usize, out: &mut String) {
    let line = one_line(sentence.span.of(text));
    // Writing to a String cannot fail.
    let _ = writeln!(out, "# sent_id = {number}\n# text = {line}");
    let last = sentence.tokens.len().saturating_sub(1);
    for (i, token) in sentence.tokens.iter().enumerate() {
        let glued = i < last && sentence.tokens[i + 1].span.start == token.span.end;
        let _ = writeln!(
            out,
            "{}\t{}\t{}\t{}\t_\t_\t{}\t{}\t_\t{}",
            i + 1,
            token.span.of(text),
            token.lemma,
            token.upos.name(),
            token.head.map_or(0, |head| head + 1),
            token.deprel.name(),
            if glued { "SpaceAfter=No" } else { "_" }
        );
    }
    out.push('\n');
}
