//! Long lists, a page at a time: always with how many there are of all.

use maud::{Markup, html};
use serde::Serialize;

use super::visit::Visit;

/// Which part of a list is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Paging {
    /// All that there are.
    pub total: usize,
    /// The first that is shown, from 0.
    pub first: usize,
    /// How many are shown.
    pub shown: usize,
    /// The page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
    /// The page after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl Paging {
    /// The part that a visit asks for with `page=`, from 1, of a list of that many.
    pub fn new(visit: &Visit<'_>, total: usize, size: usize) -> Self {
        let pages = total.div_ceil(size.max(1)).max(1);
        let page = visit.request.number("page", 1, pages).max(1);
        let first = (page - 1).saturating_mul(size).min(total);
        Self {
            total,
            first,
            shown: size.min(total - first),
            previous: (page > 1)
                .then(|| visit.changed("page", &if page == 2 { String::new() } else { (page - 1).to_string() })),
            next: (page < pages).then(|| visit.changed("page", &(page + 1).to_string())),
        }
    }

    /// That part of a list.
    pub fn part<'l, T>(&self, list: &'l [T]) -> &'l [T] {
        list.get(self.first..self.first + self.shown).unwrap_or_default()
    }

    /// Which part it is, and the ways to the others; nothing if it is all.
    pub fn markup(&self) -> Markup {
        html! {
            @if self.shown < self.total {
                nav class="paging" aria-label="parts of the list" {
                    @if let Some(previous) = &self.previous { a rel="prev" href=(previous) { "← before" } }
                    span { (self.first + 1) "–" (self.first + self.shown) " of " (self.total) }
                    @if let Some(next) = &self.next { a rel="next" href=(next) { "next →" } }
                }
            }
        }
    }
}
