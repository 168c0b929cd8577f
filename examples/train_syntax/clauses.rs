//! Training sentences put together from `seeds/model/clauses.txt`: the treebanks hold hardly a paragraph of a resolution.

use std::collections::BTreeMap;

use rapporteur::model::{Deprel, Upos};
use rapporteur::syntax::conllu::Gold;

use super::random::Random;

/// Deepest nesting of phrases; beyond it the first line of a kind that nests nothing is taken.
const DEEPEST: usize = 7;

struct Word<'a> {
    form: &'a str,
    tag: &'a str,
    head: usize,
    relation: &'a str,
}

/// The lines of each kind.
pub struct Grammar<'a>(BTreeMap<&'a str, Vec<Vec<Word<'a>>>>);

impl<'a> Grammar<'a> {
    pub fn read(text: &'a str) -> Self {
        let mut kinds: BTreeMap<&str, Vec<Vec<Word>>> = BTreeMap::new();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut parts = line.split(' ');
            let kind = parts.next().unwrap_or_default();
            kinds.entry(kind).or_default().push(parts.map(word).collect());
        }
        Self(kinds)
    }

    /// One sentence.
    pub fn sentence(&self, random: &mut Random) -> Gold {
        let mut gold = Gold::default();
        self.expand("SENTENCE", 0, random, &mut gold);
        gold
    }

    /// Appends the words of one line of `kind`; gives the place of its head, which is left without head and relation.
    fn expand(&self, kind: &str, depth: usize, random: &mut Random, gold: &mut Gold) -> usize {
        let lines = &self.0[kind];
        let flat = |line: &&Vec<Word>| {
            !line.iter().any(|word| self.0.contains_key(place(word.form)) && place(word.form) != "RES")
        };
        let line = match lines.iter().find(flat) {
            Some(line) if depth > DEEPEST => line,
            _ => &lines[random.below(lines.len())],
        };
        let mut at = Vec::new();
        for word in line {
            let slot = place(word.form);
            at.push(if self.0.contains_key(slot) {
                self.expand(slot, depth + 1, random, gold)
            } else {
                let form = if slot.is_empty() { word.form.to_owned() } else { value(slot, random) };
                push(gold, form, word.tag, word.relation);
                gold.len() - 1
            });
        }
        let mut root = at[0];
        for (word, &own) in line.iter().zip(&at) {
            if let Some(relation) = Deprel::from_name(word.relation) {
                gold.deprels[own] = relation;
            }
            match word.head.checked_sub(1) {
                Some(head) => gold.heads[own] = Some(at[head] as u32),
                None => root = own,
            }
        }
        root
    }
}

fn word(text: &str) -> Word<'_> {
    let mut parts = text.rsplitn(4, '/');
    let mut next = || parts.next().unwrap_or_default();
    let (relation, head, tag, form) = (next(), next(), next(), next());
    Word { form, tag, head: head.parse().unwrap_or_default(), relation }
}

/// `NP` for `<NP>`, nothing for a word.
fn place(form: &str) -> &str {
    form.strip_prefix('<').and_then(|form| form.strip_suffix('>')).unwrap_or_default()
}

fn push(gold: &mut Gold, form: String, tag: &str, relation: &str) {
    gold.lemmas.push(form.clone());
    gold.upos.push(part_of_speech(&form, tag, relation));
    gold.xpos.push(tag.to_owned());
    gold.heads.push(None);
    gold.deprels.push(Deprel::from_name(relation).unwrap_or(Deprel::Root));
    gold.space_after.push(true);
    gold.forms.push(form);
}

fn part_of_speech(form: &str, tag: &str, relation: &str) -> Upos {
    match tag {
        _ if form == "not" => Upos::Part,
        "IN" if relation == "mark" => Upos::Sconj,
        "IN" => Upos::Adp,
        "MD" => Upos::Aux,
        _ if tag.starts_with("VB") && (relation.starts_with("aux") || relation == "cop") => Upos::Aux,
        _ if tag.starts_with("VB") => Upos::Verb,
        _ if tag.starts_with("NNP") => Upos::Propn,
        _ if tag.starts_with("NN") => Upos::Noun,
        _ if tag.starts_with("JJ") => Upos::Adj,
        "TO" if relation == "fixed" || relation == "case" => Upos::Adp,
        "TO" => Upos::Part,
        "DT" => Upos::Det,
        "CC" => Upos::Cconj,
        "RB" => Upos::Adv,
        "CD" => Upos::Num,
        "PRP" | "PRP$" | "WDT" => Upos::Pron,
        "LS" | "FW" => Upos::X,
        _ => Upos::Punct,
    }
}

/// A number, date, symbol or city that nobody has to have written.
fn value(kind: &str, random: &mut Random) -> String {
    const MONTHS: [&str; 12] = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ];
    const CITIES: [&str; 6] = ["Vienna", "Geneva", "Nairobi", "Bangkok", "Doha", "Montevideo"];
    const ORDINALS: [&str; 6] = ["fifth", "seventh", "tenth", "next", "sixtieth", "first"];
    let mut below = |n: usize| random.below(n);
    match kind {
        "NO" => format!("{}.", 1 + below(30)),
        "LETTER" => format!("({})", (b'a' + below(8) as u8) as char),
        "NUM" => format!("{}/{}", 46 + below(33), 1 + below(290)),
        "BIG" => format!("{}", 600 + below(2100)),
        "DAY" => format!("{}", 1 + below(30)),
        "YEAR" => format!("{}", 1985 + below(40)),
        "MONTH" => MONTHS[below(12)].to_owned(),
        "CITY" => CITIES[below(6)].to_owned(),
        "ORD" => ORDINALS[below(6)].to_owned(),
        _ => match below(4) {
            0 => format!("A/RES/{}/{}", 50 + below(29), 1 + below(290)),
            1 => format!("E/{}/{}", 1998 + below(25), 1 + below(90)),
            2 => format!("A/{}/{}", 50 + below(29), 1 + below(900)),
            _ => format!("A/C.{}/{}/L.{}", 1 + below(6), 50 + below(29), 1 + below(60)),
        },
    }
}
