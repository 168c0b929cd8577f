//! The mentions of a document, sorted once and asked by place, so that nobody walks through all of them for one.

use std::cmp::Reverse;
use std::ops::{Deref, Range};

use super::{Mention, Span};

/// Mentions by start, then longest first. They nest or are disjoint, and no two have the same span; each knows the one
/// around it. Reads like a slice; indices are those of the slice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mentions {
    all: Vec<Mention>,
    /// For each the smallest mention around it.
    parents: Vec<Option<u32>>,
    /// Indices by end, then longest first.
    by_end: Vec<u32>,
}

impl Mentions {
    /// Sorts mentions of one document. Those that cross others or repeat a span are kept: [`Mentions::with`] leaves them
    /// out.
    pub fn new(mut all: Vec<Mention>) -> Self {
        all.sort_by_key(|mention| order(mention.span));
        let mut by_end: Vec<u32> = (0..all.len()).map(number).collect();
        by_end.sort_by_key(|&i| (all[i as usize].span.end, i));
        Self { parents: parents(&all), by_end, all }
    }

    /// With what another recogniser found; where a find crosses or covers exactly one that is here already, that one
    /// stands, and of two new finds that cross the one that starts first.
    #[must_use]
    pub fn with(self, mut finds: Vec<Mention>) -> Self {
        if finds.is_empty() {
            return self;
        }
        finds.sort_by_key(|mention| order(mention.span));
        finds.dedup_by_key(|mention| mention.span);
        let mut open: Vec<Span> = Vec::new();
        finds.retain(|find| {
            open.retain(|other| other.end > find.span.start);
            let fits = !self.clashes(find.span) && !open.iter().any(|other| other.crosses(find.span));
            if fits {
                open.push(find.span);
            }
            fits
        });
        finds.extend(self.all);
        Self::new(finds)
    }

    /// The mentions, by start, then longest first.
    pub fn into_vec(self) -> Vec<Mention> {
        self.all
    }

    /// Whether a mention crosses the span or has exactly it.
    fn clashes(&self, span: Span) -> bool {
        let starting = |&i: &usize| self.all[i].span.start < span.start;
        let before = self.innermost_before(span.start);
        let open = self.chain(before).filter(starting).any(|i| self.all[i].span.crosses(span));
        open || self.starting_in(span).any(|i| self.all[i].span == span || self.all[i].span.crosses(span))
    }

    /// The mentions inside a span, itself too, in order.
    pub fn inside(&self, span: Span) -> impl DoubleEndedIterator<Item = usize> + Clone + '_ {
        self.starting_in(span).filter(move |&i| span.contains(self.all[i].span))
    }

    /// The mentions that share a byte with a span, in order.
    pub fn overlapping(&self, span: Span) -> impl Iterator<Item = usize> + '_ {
        let first = self.first_from(span.start);
        let mut open: Vec<usize> = self
            .chain(self.innermost_before(span.start))
            .filter(|&i| i < first && self.all[i].span.end > span.start)
            .collect();
        open.reverse();
        open.into_iter().chain(self.starting_in(span))
    }

    /// The mentions around a span, itself too, the smallest first.
    pub fn around(&self, span: Span) -> impl Iterator<Item = usize> + '_ {
        let near = self.first_from(span.start + 1).checked_sub(1);
        self.chain(near).filter(move |&i| self.all[i].span.contains(span))
    }

    /// The mention of exactly a span.
    pub fn at(&self, span: Span) -> Option<usize> {
        let near = self.all.partition_point(|mention| order(mention.span) < order(span));
        self.all.get(near).filter(|mention| mention.span == span).map(|_| near)
    }

    /// The mentions that start at a byte, the longest first.
    pub fn starting(&self, byte: usize) -> Range<usize> {
        self.first_from(byte)..self.first_from(byte + 1)
    }

    /// The mentions that end at a byte, the longest first.
    pub fn ending(&self, byte: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let end = |&i: &u32| self.all[i as usize].span.end;
        let first = self.by_end.partition_point(|i| end(i) < byte);
        let past = self.by_end.partition_point(|i| end(i) <= byte);
        self.by_end[first..past].iter().map(|&i| i as usize)
    }

    /// The mentions before one of them, the nearest first.
    pub fn before(&self, mention: usize) -> impl Iterator<Item = usize> + use<> {
        (0..mention.min(self.all.len())).rev()
    }

    /// The smallest mention around one of them.
    pub fn parent(&self, mention: usize) -> Option<usize> {
        self.parents[mention].map(|parent| parent as usize)
    }

    /// The first mention that starts at a byte or behind it; the number of all if none does.
    pub fn first_from(&self, byte: usize) -> usize {
        self.all.partition_point(|mention| mention.span.start < byte)
    }

    /// The mentions that start inside a span, in order.
    pub fn starting_in(&self, span: Span) -> Range<usize> {
        let first = self.first_from(span.start);
        first..self.first_from(span.end).max(first)
    }

    /// The last mention that starts before a byte.
    fn innermost_before(&self, byte: usize) -> Option<usize> {
        self.first_from(byte).checked_sub(1)
    }

    /// A mention and those around it, the smallest first.
    fn chain(&self, from: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(from, |&i| self.parent(i))
    }
}

impl Deref for Mentions {
    type Target = [Mention];

    fn deref(&self) -> &[Mention] {
        &self.all
    }
}

impl From<Vec<Mention>> for Mentions {
    fn from(all: Vec<Mention>) -> Self {
        Self::new(all)
    }
}

impl FromIterator<Mention> for Mentions {
    fn from_iter<I: IntoIterator<Item = Mention>>(all: I) -> Self {
        Self::new(all.into_iter().collect())
    }
}

impl<'a> IntoIterator for &'a Mentions {
    type Item = &'a Mention;
    type IntoIter = std::slice::Iter<'a, Mention>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}

const fn order(span: Span) -> (usize, Reverse<usize>) {
    (span.start, Reverse(span.end))
}

fn number(i: usize) -> u32 {
    u32::try_from(i).unwrap_or(u32::MAX)
}

fn parents(all: &[Mention]) -> Vec<Option<u32>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(all.len());
    for (i, mention) in all.iter().enumerate() {
        while open.last().is_some_and(|&outer| !all[outer].span.contains(mention.span)) {
            open.pop();
        }
        parents.push(open.last().map(|&outer| number(outer)));
        open.push(i);
    }
    parents
}

#[cfg(test)]
mod tests {
    use super::Mentions;
    use crate::model::{Kind, Mention, MentionClass, Reading, Span};

    fn at(start: usize, end: usize, kind: Kind) -> Mention {
        Mention::new(Span::new(start, end), kind, MentionClass::Named, Reading::Name)
    }

    fn some() -> Mentions {
        [(0, 4), (10, 30), (10, 14), (16, 28), (16, 20), (22, 28), (40, 44)]
            .map(|(start, end)| at(start, end, Kind::State))
            .into_iter()
            .collect()
    }

    /// Every question, asked of every span, is answered as a walk through all mentions would.
    #[test]
    fn places_are_found_as_by_walking() {
        let mentions = some();
        for start in 0..45 {
            for end in start + 1..46 {
                let span = Span::new(start, end);
                let all = |fits: &dyn Fn(Span) -> bool| -> Vec<usize> {
                    (0..mentions.len()).filter(|&i| fits(mentions[i].span)).collect()
                };
                let mut around = all(&|other| other.contains(span));
                around.reverse();
                assert_eq!(mentions.inside(span).collect::<Vec<_>>(), all(&|other| span.contains(other)));
                assert_eq!(mentions.overlapping(span).collect::<Vec<_>>(), all(&|other| span.overlaps(other)));
                assert_eq!(mentions.around(span).collect::<Vec<_>>(), around);
                assert_eq!(mentions.at(span), all(&|other| other == span).pop());
                let clashes = |other: Span| other == span || other.crosses(span);
                assert_eq!(mentions.clashes(span), !all(&clashes).is_empty(), "{span:?}");
            }
            assert_eq!(
                mentions.ending(start).collect::<Vec<_>>(),
                (0..mentions.len()).filter(|&i| mentions[i].span.end == start).collect::<Vec<_>>()
            );
        }
        assert_eq!(mentions.parent(5), Some(3));
        assert_eq!(mentions.parent(6), None);
        assert_eq!(mentions.before(2).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(mentions.starting(16).collect::<Vec<_>>(), [3, 4]);
    }

    #[test]
    fn the_trusted_find_stands_and_nothing_crosses() {
        let trusted = vec![at(0, 4, Kind::State), at(10, 20, Kind::UNBody)];
        let fresh = vec![
            at(0, 4, Kind::Topic),
            at(2, 6, Kind::Topic),
            at(8, 24, Kind::Topic),
            at(12, 14, Kind::Date),
            at(18, 22, Kind::Date),
        ];
        let both = Mentions::new(trusted).with(fresh);
        let spans: Vec<_> = both.iter().map(|m| (m.span.start, m.span.end, m.kind)).collect();
        assert_eq!(spans, [(0, 4, Kind::State), (8, 24, Kind::Topic), (10, 20, Kind::UNBody), (12, 14, Kind::Date)]);
    }
}
