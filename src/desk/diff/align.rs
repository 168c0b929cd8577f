//! Which clause of one text is which of another: the same words first, then those that share most of their words. Only clauses
//! with a rare word in common are ever compared, so that the work grows with the texts and not with their product.

use std::collections::{HashMap, HashSet, VecDeque};

use super::clauses::Clause;

/// Words that two clauses share, of all that both have, at least.
const ALIKE: f64 = 0.5;

/// Rarest words by which a clause is looked for.
const RAREST: usize = 4;

/// A word that more clauses have leads nowhere.
const COMMON: usize = 60;

/// Pairs of clauses: the number in the old text and in the new.
pub type Pairs = Vec<(usize, usize)>;

/// Pairs those that are the same or alike, each clause once; in the order of the old text.
pub fn align(old: &[Clause], new: &[Clause]) -> Pairs {
    let mut pairs = same(old, new);
    let (on_left, on_right): (HashSet<usize>, HashSet<usize>) = pairs.iter().copied().unzip();
    let left: Vec<usize> = (0..old.len()).filter(|at| !on_left.contains(at)).collect();
    let right: Vec<usize> = (0..new.len()).filter(|at| !on_right.contains(at)).collect();
    pairs.extend(alike(old, &left, new, &right));
    pairs.sort_unstable();
    pairs
}

/// Clauses with the same words, in order.
fn same(old: &[Clause], new: &[Clause]) -> Pairs {
    let mut places: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (at, clause) in new.iter().enumerate() {
        places.entry(clause.words.to_lowercase()).or_default().push_back(at);
    }
    let found = old.iter().enumerate();
    found.filter_map(|(at, clause)| Some((at, places.get_mut(&clause.words.to_lowercase())?.pop_front()?))).collect()
}

/// Clauses that share most of their words, the most alike first; of equals those that stand nearest.
fn alike(old: &[Clause], left: &[usize], new: &[Clause], right: &[usize]) -> Pairs {
    let bags: HashMap<usize, HashSet<String>> = right.iter().map(|&at| (at, bag(&new[at]))).collect();
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for &at in right {
        bags[&at].iter().for_each(|word| places.entry(word).or_default().push(at));
    }
    let share = |at: usize, length: usize| at as f64 / length.max(1) as f64;
    let mut scores: Vec<(f64, f64, usize, usize)> = Vec::new();
    for &at in left {
        let words = bag(&old[at]);
        let mut lists: Vec<(&str, &Vec<usize>)> = words
            .iter()
            .filter_map(|word| places.get_key_value(word.as_str()))
            .map(|(word, list)| (*word, list))
            .collect();
        lists.sort_by_key(|(word, list)| (list.len(), *word));
        let candidates: HashSet<usize> = lists
            .iter()
            .take(RAREST)
            .filter(|(_, list)| list.len() <= COMMON)
            .flat_map(|(_, list)| list.iter().copied())
            .collect();
        for other in candidates {
            let theirs = &bags[&other];
            let shared = words.intersection(theirs).count();
            let score = 2.0 * shared as f64 / (words.len() + theirs.len()).max(1) as f64;
            if score >= ALIKE {
                scores.push((score, (share(at, old.len()) - share(other, new.len())).abs(), at, other));
            }
        }
    }
    scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.total_cmp(&b.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
    let (mut mine, mut theirs) = (HashSet::new(), HashSet::new());
    let mut pairs = Vec::new();
    for (_, _, at, other) in scores {
        if !mine.contains(&at) && !theirs.contains(&other) {
            mine.insert(at);
            theirs.insert(other);
            pairs.push((at, other));
        }
    }
    pairs
}

fn bag(clause: &Clause) -> HashSet<String> {
    let words = clause.words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// The pairs that stand in another order than most: what is left beside the longest run in which both texts go on.
pub fn moved(pairs: &[(usize, usize)]) -> HashSet<usize> {
    // For each length of a run, the pair that ends it earliest in the new text.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), vec![None; pairs.len()]);
    for at in 0..pairs.len() {
        let length = ends.partition_point(|&end| pairs[end].1 < pairs[at].1);
        before[at] = length.checked_sub(1).map(|last| ends[last]);
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    let mut stays = HashSet::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        stays.insert(at);
        next = before[at];
    }
    (0..pairs.len()).filter(|at| !stays.contains(at)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::clauses::clauses;
    use super::{align, moved};

    #[test]
    fn clauses_meet_by_their_words() {
        let old = clauses(
            "The fog horn is old and loud. Ports encourages all fleets to lower their dues. We thank the crew.",
        );
        let new =
            clauses("We thank the crew. A lighthouse was built there. Ports urges all fleets to lower their dues.");
        let pairs = align(&old, &new);
        assert_eq!(pairs, [(1, 2), (2, 0)]);
        assert_eq!(moved(&pairs).len(), 1);
        assert!(moved(&[(0, 0), (1, 1), (4, 5)]).is_empty());
        assert!(align(&[], &new).is_empty() && align(&old, &[]).is_empty());
    }

    #[test]
    fn each_clause_is_used_once() {
        let old = clauses("The dues of the harbour are high. The dues of the harbour are high.");
        let new = clauses("The dues of the harbour are high.");
        assert_eq!(align(&old, &new), [(0, 0)]);
    }
}
