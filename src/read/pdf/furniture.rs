//! Running heads and page numbers: what the file itself marks as such from the second page on, and lines at the edge of
//! pages that come back at the same height with other digits.

use rustc_hash::FxHashMap;

use super::lines::Line;

/// Lines from the top and from the bottom of a page that may be furniture.
const EDGE: usize = 4;

/// The longest such line, in bytes.
const LONGEST: usize = 200;

/// Points by which the height of a running head may differ.
const HEIGHT: f32 = 4.0;

/// Marks the furniture of all pages. The head of a first page says what the document is: it stays.
pub(super) fn mark(pages: &mut [Vec<Line>]) {
    let mut seen: FxHashMap<(String, i32), Vec<(usize, usize)>> = FxHashMap::default();
    for (number, page) in pages.iter_mut().enumerate() {
        if number == 0 {
            page.iter_mut().for_each(|line| line.furniture = false);
        }
        for at in edges(page) {
            let text = page[at].text();
            if text.len() <= LONGEST {
                let height = (page[at].base / HEIGHT).round() as i32;
                seen.entry((masked(&text), height)).or_default().push((number, at));
            }
        }
    }
    // In the order of pages, so that nothing depends on how keys are kept.
    let mut places: Vec<(usize, usize)> = seen.into_values().filter(|places| comes_back(places)).flatten().collect();
    places.sort_unstable();
    for (page, line) in places {
        pages[page][line].furniture = true;
    }
}

/// Whether places are on two pages at least.
fn comes_back(places: &[(usize, usize)]) -> bool {
    places.iter().any(|(page, _)| *page != places[0].0)
}

/// Numbers of the highest and lowest lines of a page.
fn edges(page: &[Line]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..page.len()).collect();
    order.sort_by(|a, b| page[*b].base.total_cmp(&page[*a].base).then(a.cmp(b)));
    let mut edges: Vec<usize> = order.iter().take(EDGE).chain(order.iter().rev().take(EDGE)).copied().collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

fn masked(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
}
