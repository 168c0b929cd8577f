//! Rows of an answer as a person wants them: one row for each sentence, matter and stance. What a sentence says of two holders
//! jointly, of two objects of one verb, or in two verbs of asking is one row, with the holders and objects listed and the
//! strongest verb. Programs get a row for each claim.

use std::collections::BTreeMap;

use oxrdf::{Literal, Term};

use crate::lift::vocabulary::{rap, relations};
use crate::model::{Passage, Stance};
use crate::query::Rows;
use crate::record::{Labels, Show};
use crate::store::Dataset;

use super::stance::stems;

/// Of the words of the shorter of two tasks, so many must stand in the other for both to be one.
const ALIKE: f64 = 0.6;

/// Columns in which the words of all folded rows are listed, and what parts them.
const LISTED: [(&str, &str); 4] = [("actor", ", "), ("target", ", "), ("aspect", "; "), ("task", "; ")];

/// Acts whose object is the one who is asked.
const ADDRESSING: [&str; 2] = ["requests", "invites"];

/// What rows are folded by.
struct RowParts {
    claim: String,
    sentence: (String, String),
    stance: (Stance, bool),
    act: String,
    strength: u8,
    actor: String,
    target: String,
    /// What is asked, or the whole phrase.
    whole: String,
    place: (usize, usize),
}

/// Folds rows of positions, in place; other rows stay as they are. `sentence` gives the sentence around a passage.
pub fn fold(rows: &mut Rows, labels: &Labels<'_>, store: &Dataset, sentence: impl Fn(&str) -> Option<String>) {
    let column = |name: &str| rows.variables.iter().position(|variable| variable == name);
    let (Some(claim), Some(place), Some(act)) = (column("claim"), column("where"), column("act")) else { return };
    if column("target").is_none() {
        return;
    }
    let name = |row: &[Option<Term>], name: &str| {
        let cell = column(name).and_then(|at| row[at].as_ref());
        cell.map(|term| labels.term(term, Show::Name)).unwrap_or_default()
    };
    let parts = |row: &Vec<Option<Term>>| {
        let (Some(Term::NamedNode(claim)), Some(Term::NamedNode(place)), Some(Term::NamedNode(act))) =
            (&row[claim], &row[place], &row[act])
        else {
            return None;
        };
        let passage = Passage::parse(place.as_str())?;
        let is_negated = !name(row, "not").is_empty();
        let relation = relations().of_iri(act.as_str());
        relation.is_position().then(|| RowParts {
            claim: claim.as_str().to_owned(),
            sentence: (passage.text.to_owned(), sentence(place.as_str()).unwrap_or_else(|| place.as_str().to_owned())),
            stance: (relation.stance(is_negated), is_negated),
            act: relation.name().to_owned(),
            strength: strength(store, claim),
            actor: name(row, "actor"),
            target: name(row, "target"),
            whole: if name(row, "task").is_empty() { name(row, "aspect") } else { name(row, "task") },
            place: passage.place(),
        })
    };
    let known: Vec<Option<RowParts>> = rows.rows.iter().map(parts).collect();
    let groups = groups(&known);
    let mut is_folded = vec![false; known.len()];
    for group in &groups {
        group[1..].iter().for_each(|&at| is_folded[at] = true);
        let cells = |listed: &str, of: &[usize]| of.iter().map(|&at| name(&rows.rows[at], listed)).collect::<Vec<_>>();
        let (best, addressed) = leading(&known, group);
        let mut row = rows.rows[best].clone();
        for (listed, parting) in LISTED {
            let Some(at) = column(listed) else { continue };
            // Where somebody is asked, what is asked for is no second addressee.
            let all = listing(&cells(listed, if listed == "target" { &addressed } else { group }));
            if all.len() > 1 || row[at].is_none() && !all.is_empty() {
                row[at] = Some(Literal::new_simple_literal(all.join(parting)).into());
            }
        }
        rows.rows[group[0]] = row;
    }
    let mut folded = is_folded.into_iter();
    rows.rows.retain(|_| !folded.next().unwrap_or(false));
}

/// The numbers of rows that tell one thing, where these are several.
fn groups(known: &[Option<RowParts>]) -> Vec<Vec<usize>> {
    let mut by_sentence: BTreeMap<&(String, String), Vec<Vec<usize>>> = BTreeMap::new();
    for (at, one) in known.iter().enumerate() {
        let Some(one) = one else { continue };
        let groups = by_sentence.entry(&one.sentence).or_default();
        let is_of = |group: &Vec<usize>| {
            group.iter().filter_map(|&other| known[other].as_ref()).any(|other| is_one(one, other))
        };
        match groups.iter_mut().find(|group| is_of(group)) {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    by_sentence.into_values().flatten().filter(|group| group.len() > 1).collect()
}

/// The row with the strongest verb, one that addresses somebody if there is one, and the rows whose objects are of its sort.
fn leading(known: &[Option<RowParts>], group: &[usize]) -> (usize, Vec<usize>) {
    let addresses = |at: &usize| known[*at].as_ref().is_some_and(|one| ADDRESSING.contains(&one.act.as_str()));
    let addressing: Vec<usize> = group.iter().copied().filter(addresses).collect();
    let counting = if addressing.is_empty() { group.to_vec() } else { addressing };
    let strength = |at: usize| known[at].as_ref().map_or(0, |one| one.strength);
    let best = counting.iter().copied().max_by_key(|&at| (strength(at), std::cmp::Reverse(at)));
    (best.unwrap_or(group[0]), counting)
}

/// Takes out of the column of sayers what is no name: a body that the text only calls "the government".
pub fn name_sayers(rows: &mut Rows, labels: &Labels<'_>) {
    let Some(by) = rows.variables.iter().position(|variable| variable == "by") else { return };
    for row in &mut rows.rows {
        let is_common = |term: &Term| labels.term(term, Show::Name).starts_with(char::is_lowercase);
        if row[by].as_ref().is_some_and(is_common) {
            row[by] = None;
        }
    }
}

/// Whether two rows of one sentence tell one thing: of one holder or on one object, with the same whole phrase, the same
/// object, or a task in the same words.
fn is_one(one: &RowParts, other: &RowParts) -> bool {
    if one.claim == other.claim {
        return true;
    }
    let meets = one.actor == other.actor || one.target == other.target || one.whole == other.whole;
    // What takes no side is told by its act alone.
    if one.stance != other.stance || !meets || one.stance.0 == Stance::None && one.act != other.act {
        return false;
    }
    let meet = one.place.0 < other.place.1 && other.place.0 < one.place.1;
    match (one.whole.is_empty(), other.whole.is_empty()) {
        (false, false) => one.whole == other.whole || is_alike(&one.whole, &other.whole),
        (true, true) => one.target == other.target || meet && one.actor == other.actor && one.act == other.act,
        // The object of one may be the task of the other.
        _ => {
            let (whole, target) = if one.whole.is_empty() { (other, one) } else { (one, other) };
            one.target == other.target || meet && is_alike(&whole.whole, &target.target)
        }
    }
}

/// Whether most words of the shorter phrase stand in the longer.
fn is_alike(one: &str, other: &str) -> bool {
    let (one, other) = (stems(one), stems(other));
    let shared = one.iter().filter(|stem| other.contains(stem)).count();
    let fewer = one.len().min(other.len());
    fewer > 0 && shared as f64 >= ALIKE * fewer as f64
}

/// Each of some cells once, in order; what stands in another is left out, be it in words that are cut elsewhere.
fn listing(cells: &[String]) -> Vec<String> {
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    let stands = |one: &(String, Vec<String>), other: &(String, Vec<String>)| {
        let in_words = one.1.len() > 1 && one.1.iter().all(|stem| other.1.contains(stem));
        in_words || other.0.to_lowercase().contains(&one.0.to_lowercase())
    };
    for cell in cells.iter().filter(|cell| !cell.is_empty()) {
        let cell = (cell.clone(), stems(cell));
        if all.iter().any(|known| stands(&cell, known)) {
            continue;
        }
        all.retain(|known| !stands(known, &cell));
        all.push(cell);
    }
    all.into_iter().map(|(cell, _)| cell).collect()
}

/// The rung of a claim on the ladder of diplomatic language; 0 if the store does not say.
fn strength(store: &Dataset, claim: &oxrdf::NamedNode) -> u8 {
    match store.object(claim.as_ref(), rap::STRENGTH) {
        Some(Term::Literal(rung)) => rung.value().parse().unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_alike, listing};

    #[test]
    fn what_stands_in_another_is_listed_once() {
        let cells = ["dues", "harbour dues", "fog", "", "dues"].map(str::to_owned);
        assert_eq!(listing(&cells), ["harbour dues", "fog"]);
        let cut =
            ["lower the dues and end the fog of the Harbour Council", "end the fog of the Harbour"].map(str::to_owned);
        assert_eq!(listing(&cut), &cut[..1]);
        assert!(listing(&[]).is_empty());
    }

    #[test]
    fn tasks_are_alike_by_their_words() {
        assert!(is_alike("to lower the harbour dues", "lower harbour dues by half"));
        assert!(!is_alike("to lower the harbour dues", "clear the fog"));
        assert!(!is_alike("", "clear the fog"));
    }
}
