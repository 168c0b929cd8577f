//! The mention half of the measure.

use std::collections::{HashMap, HashSet};

use super::gold::{Gold, GoldMention};
use super::system::{System, SystemMention};
use super::{Score, Tally};

type Place = (usize, usize);

pub(super) fn score(gold: &Gold, system: &System, score: &mut Score) {
    let seen: Vec<&SystemMention> = system.mentions.iter().filter(|m| gold.covers(m.start, m.end)).collect();
    let mut by_place: HashMap<Place, Vec<&SystemMention>> = HashMap::new();
    for mention in &seen {
        by_place.entry((mention.start, mention.end)).or_default().push(mention);
    }
    let mut gold_at: HashMap<Place, Vec<&GoldMention>> = HashMap::new();
    for mention in &gold.mentions {
        gold_at.entry((mention.start, mention.end)).or_default().push(mention);
    }
    recall(gold, &by_place, score);
    precision(&seen, &gold_at, score);
    if !gold.is_listed {
        all_classes(&seen, &gold_at, score);
    }
}

fn recall(gold: &Gold, by_place: &HashMap<Place, Vec<&SystemMention>>, score: &mut Score) {
    let mut counted = HashSet::new();
    for mention in gold.mentions.iter().rev().filter(|mention| mention.class == "named") {
        let place = (mention.start, mention.end);
        if !counted.insert(place) {
            continue;
        }
        let hits = by_place.get(&place);
        let tally = Tally { gold: 1, found: usize::from(hits.is_some()), ..Tally::default() };
        score.named.add(tally);
        score.by_kind.entry(mention.kind.clone()).or_default().add(tally);
        score.kind_right += usize::from(hits.is_some_and(|hits| hits.iter().any(|hit| hit.kind == mention.kind)));
        score.overlapped += usize::from(by_place.keys().any(|(start, end)| *start < place.1 && *end > place.0));
        if hits.is_none() {
            score.misses.push(format!("miss mention {:<22} {:?}", mention.kind, mention.surface));
        }
    }
}

fn precision(seen: &[&SystemMention], gold_at: &HashMap<Place, Vec<&GoldMention>>, score: &mut Score) {
    let mut counted = HashSet::new();
    for mention in seen.iter().rev().filter(|mention| mention.class == "named") {
        let place = (mention.start, mention.end);
        let there = gold_at.get(&place);
        let is_neutral = there.is_some_and(|there| !there.iter().any(|gold| gold.class == "named"));
        if is_neutral || !counted.insert(place) {
            continue;
        }
        let tally = Tally { system: 1, right: usize::from(there.is_some()), ..Tally::default() };
        score.named.add(tally);
        score.by_kind.entry(mention.kind.clone()).or_default().add(tally);
        if there.is_none() {
            score.misses.push(format!("extra mention {:<21} {:?}", mention.kind, mention.text));
        }
    }
}

fn all_classes(seen: &[&SystemMention], gold_at: &HashMap<Place, Vec<&GoldMention>>, score: &mut Score) {
    let counts = |class: &str| class != "pronoun";
    let gold: HashSet<Place> =
        gold_at.iter().filter(|(_, there)| there.iter().any(|m| counts(&m.class))).map(|(place, _)| *place).collect();
    let system: HashSet<Place> = seen.iter().filter(|m| counts(&m.class)).map(|m| (m.start, m.end)).collect();
    let hits = gold.intersection(&system).count();
    score.all.add(Tally { gold: gold.len(), found: hits, system: system.len(), right: hits });
}
