//! Training sentences put together from `seeds/model/clauses.txt`: the treebanks hold hardly a paragraph of a resolution.

use std::collections::BTreeMap;

use rapporteur::model::{Deprel, Upos};
use rapporteur::syntax::conllu::Gold;

use super::random::Random;

/// Deepest nesting of phrases; beyond it only lines are taken that nest no more, if the kind has such.
const DEEPEST: usize = 5;

struct Word<'a> {
    form: &'a str,
    tag: &'a str,
    head: usize,
    relation: &'a str,
}

/// The lines of each kind, those that nest nothing, or words only, first; and how many these are.
pub struct Grammar<'a>(BTreeMap<&'a str, (Vec<Vec<Word<'a>>>, usize)>);

impl<'a> Grammar<'a> {
    pub fn read(text: &'a str) -> Self {
        let mut kinds: BTreeMap<&str, Vec<Vec<Word>>> = BTreeMap::new();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut parts = line.split(' ');
            let kind = parts.next().unwrap_or_default();
            kinds.entry(kind).or_default().push(parts.map(word).collect());
        }
        let nests = |line: &[Word], kind: &dyn Fn(&str) -> bool| line.iter().any(|word| kind(place(word.form)));
        let plain = |name: &str| {
            kinds.get(name).is_some_and(|lines| !lines.iter().any(|line| nests(line, &|slot| kinds.contains_key(slot))))
        };
        let leaves: Vec<&str> = kinds.keys().copied().filter(|name| plain(name)).collect();
        let deep = |slot: &str| kinds.contains_key(slot) && !leaves.contains(&slot);
        let order: Vec<Vec<bool>> =
            kinds.values().map(|lines| lines.iter().map(|line| nests(line, &deep)).collect()).collect();
        let sorted = kinds.into_iter().zip(order).map(|((name, lines), deep)| {
            let (nesting, flat): (Vec<_>, Vec<_>) = lines.into_iter().zip(deep).partition(|(_, deep)| *deep);
            let few = flat.len();
            (name, (flat.into_iter().chain(nesting).map(|(line, _)| line).collect(), few))
        });
        Self(sorted.collect())
    }

    /// One sentence.
    pub fn sentence(&self, random: &mut Random) -> Gold {
        let mut gold = Gold::default();
        self.expand("SENTENCE", 0, random, &mut gold);
        if let Some(first) = gold.forms.first_mut() {
            first[..1].make_ascii_uppercase();
        }
        gold
    }

    /// Appends the words of one line of `kind`; gives the place of its head, which is left without head and relation.
    fn expand(&self, kind: &str, depth: usize, random: &mut Random, gold: &mut Gold) -> usize {
        let (lines, flat) = &self.0[kind];
        let choice = if depth > DEEPEST && *flat > 0 { *flat } else { lines.len() };
        let line = &lines[random.below(choice)];
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
        "TO" | "POS" => Upos::Part,
        "DT" => Upos::Det,
        "CC" => Upos::Cconj,
        "RB" => Upos::Adv,
        "CD" => Upos::Num,
        "PRP" | "PRP$" | "WDT" | "WP" | "EX" => Upos::Pron,
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
