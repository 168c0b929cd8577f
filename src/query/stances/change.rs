//! What changed in an actor's positions: between one date on which it speaks of a matter and the next.

use super::{Matter, Position, Timeline};
use crate::model::Stance;
use crate::record::TermId;

/// Later dates on which an actor speaks and says nothing of a matter before that counts as dropped.
const SILENT: usize = 2;

/// What sort of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeSort {
    /// It was for it or asked for it, and is against it; or the other way round.
    Turned,
    /// The same in stronger words.
    Strengthened,
    /// The same in weaker words.
    Weakened,
    /// What it valued before it now asks for.
    NewAsk,
    /// A matter that it comes back to, said for the first time.
    FirstSaid,
    /// A matter that it came back to and speaks of no more.
    Dropped,
}

impl ChangeSort {
    /// In words; a turn says from what to what.
    pub fn words(self, changed: &Changed<'_>) -> String {
        match self {
            Self::Turned => {
                let side = |position: Option<&Position<'_>>| match position.map(|position| position.stance) {
                    Some(Stance::Against) => "against",
                    _ => "for",
                };
                format!("{} → {}", side(changed.before), side(changed.after))
            }
            Self::Strengthened => "strengthened".to_owned(),
            Self::Weakened => "weakened".to_owned(),
            Self::NewAsk => "new ask".to_owned(),
            Self::FirstSaid => "first said".to_owned(),
            Self::Dropped => "dropped".to_owned(),
        }
    }
}

/// One change, with what was said before and after.
#[derive(Clone, Copy, Debug)]
pub struct Changed<'t> {
    /// What sort.
    pub sort: ChangeSort,
    /// The narrowest topic of the matter.
    pub topic: Option<TermId>,
    /// The thing.
    pub target: TermId,
    /// The earlier position; none for what is said for the first time.
    pub before: Option<&'t Position<'t>>,
    /// The later position; none for what is dropped.
    pub after: Option<&'t Position<'t>>,
}

/// The changes of a timeline, matter by matter, each by date.
pub fn changes<'t>(timeline: &'t Timeline<'t>) -> Vec<Changed<'t>> {
    timeline.matters.values().flat_map(|matter| of_matter(matter, &timeline.dates)).collect()
}

fn of_matter<'t>(matter: &'t Matter<'t>, dates: &[&str]) -> Vec<Changed<'t>> {
    let days = days(&matter.positions);
    let [first, .., last] = days.as_slice() else { return Vec::new() };
    let of = |sort, before, after| Changed { sort, topic: matter.topic, target: matter.target, before, after };
    let mut found = Vec::new();
    // What the first statement says can be new to nobody.
    if dates.first().is_some_and(|&begin| begin < first.date) {
        found.push(of(ChangeSort::FirstSaid, None, Some(first)));
    }
    for pair in days.windows(2) {
        let &[before, after] = pair else { continue };
        if let Some(sort) = between(before, after).filter(|sort| *sort != ChangeSort::Turned || !matter.is_subject) {
            found.push(of(sort, Some(before), Some(after)));
        }
    }
    if dates.iter().filter(|&&date| date > last.date).count() >= SILENT {
        found.push(of(ChangeSort::Dropped, Some(last), None));
    }
    found
}

/// The one position of each date that speaks for it: the strongest, then the surest. A date on which an actor is both for
/// and against tells nothing.
fn days<'t>(positions: &'t [Position<'t>]) -> Vec<&'t Position<'t>> {
    let of_day = positions.chunk_by(|a, b| a.date == b.date);
    let best = |day: &'t [Position<'t>]| {
        let against = |position: &&Position<'_>| position.stance == Stance::Against;
        let both = day.iter().any(|one| against(&one)) && !day.iter().all(|one| against(&one));
        let sure = |one: &Position<'_>| (one.strength, one.claim.sureness());
        let better = |a: &&Position<'_>, b: &&Position<'_>| {
            let ((a, a_sure), (b, b_sure)) = (sure(a), sure(b));
            // Of equals the earlier in the text.
            a.cmp(&b).then(a_sure.total_cmp(&b_sure)).then(std::cmp::Ordering::Greater)
        };
        day.iter().max_by(better).filter(|_| !both)
    };
    of_day.filter_map(best).collect()
}

fn between(before: &Position<'_>, after: &Position<'_>) -> Option<ChangeSort> {
    let is_against = |position: &Position<'_>| position.stance == Stance::Against;
    if is_against(before) != is_against(after) {
        return Some(ChangeSort::Turned);
    }
    if before.stance == Stance::For && after.stance == Stance::Asks {
        return Some(ChangeSort::NewAsk);
    }
    // A ladder has rungs of one sort only.
    let is_same = before.stance == after.stance && before.strength > 0 && after.strength > 0;
    match after.strength.cmp(&before.strength) {
        std::cmp::Ordering::Greater if is_same => Some(ChangeSort::Strengthened),
        std::cmp::Ordering::Less if is_same => Some(ChangeSort::Weakened),
        _ => None,
    }
}
