//! Stretches of text that mentions occupy already.

use crate::model::{Kind, Mention, Mentions, Reading, Span};

/// Disjoint spans in text order.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken(Vec<Span>);

impl Taken {
    /// Where numbers are parts of codes and provisions already; the names of laws and meetings may hold a year.
    pub fn by_codes(known: &Mentions, block: Span) -> Self {
        let coded = |mention: &Mention| match &mention.reading {
            Reading::Symbol(_) => Some(mention.span),
            Reading::Provision { of, .. } => {
                Some(Span::new(mention.span.start, of.map_or(mention.span.end, |of| of.start)))
            }
            _ => None,
        };
        known.inside(block).filter_map(|i| coded(&known[i])).collect()
    }

    /// Besides, what mentions of these kinds take.
    pub fn and_by(self, known: &Mentions, block: Span, kinds: &[Kind]) -> Self {
        let more = known.inside(block).filter(|&i| kinds.contains(&known[i].kind)).map(|i| known[i].span);
        self.0.into_iter().chain(more).collect()
    }

    /// Whether a span touches none of them.
    pub fn leaves_free(&self, span: Span) -> bool {
        let next = self.0.partition_point(|taken| taken.end <= span.start);
        self.0.get(next).is_none_or(|taken| !taken.overlaps(span))
    }
}

impl FromIterator<Span> for Taken {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut spans: Vec<Span> = spans.into_iter().collect();
        spans.sort_unstable();
        let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.start < last.end => *last = last.cover(span),
                _ => merged.push(span),
            }
        }
        Self(merged)
    }
}

#[cfg(test)]
mod tests {
    use super::Taken;
    use crate::model::Span;

    #[test]
    fn nested_and_loose_spans() {
        let taken: Taken =
            [(10, 20), (12, 15), (18, 25), (40, 41)].map(|(from, to)| Span::new(from, to)).into_iter().collect();
        let free = [(0, 10), (25, 40), (41, 50)].map(|(from, to)| taken.leaves_free(Span::new(from, to)));
        let held = [(0, 11), (24, 26), (16, 17), (40, 41)].map(|(from, to)| taken.leaves_free(Span::new(from, to)));
        assert_eq!((free, held), ([true; 3], [false; 4]));
    }
}
