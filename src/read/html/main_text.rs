//! Which part of a page is its text. Elements that call themselves furniture are left out unless they hold much of the
//! page's prose; of what remains, the smallest element that still holds nearly all of the prose is the text.

use super::names;
use super::tree::{Node, Tree};

/// Letters of a text that make it prose rather than a label.
const PROSE: usize = 40;

/// Of a hundred letters of prose, how many an element holds that is not furniture, whatever it calls itself.
const TOO_MUCH: usize = 40;

/// Of a hundred letters of prose, how many the element must hold that is gone into.
const NEARLY_ALL: usize = 90;

/// Of a hundred letters of prose, how many an element must hold that calls itself the text.
const ENOUGH: usize = 50;

/// What is known of every node of a page.
pub(super) struct Measure {
    /// Letters of prose before each node, links and silent elements left out.
    prose: Vec<usize>,
    /// Letters before each node.
    all: Vec<usize>,
    /// Letters inside links before each node.
    linked: Vec<usize>,
}

/// The text of a page.
pub(super) struct Choice {
    /// The number of the element that holds it; that of no element if it is the whole page.
    pub root: usize,
    /// For each node, whether it and what it holds is left out.
    pub left_out: Vec<bool>,
}

impl Measure {
    /// Measures a page.
    pub fn of(tree: &Tree) -> Self {
        let mut measure = Self { prose: vec![0], all: vec![0], linked: vec![0] };
        let (mut silent_end, mut link_end) = (0, 0);
        let (mut prose, mut all, mut linked) = (0, 0, 0);
        for (at, node) in tree.nodes.iter().enumerate() {
            match node {
                Node::Element(element) if names::is_silent(&element.name) => silent_end = silent_end.max(element.end),
                Node::Element(element) if element.name == "a" && element.get("href").is_some() => {
                    link_end = link_end.max(element.end);
                }
                Node::Element(_) => {}
                Node::Text(text) if at >= silent_end => {
                    let letters = text.value.chars().filter(|c| c.is_alphanumeric()).count();
                    all += letters;
                    linked += if at < link_end { letters } else { 0 };
                    prose += if at >= link_end && letters >= PROSE { letters } else { 0 };
                }
                Node::Text(_) => {}
            }
            measure.prose.push(prose);
            measure.all.push(all);
            measure.linked.push(linked);
        }
        measure
    }

    fn between(counts: &[usize], from: usize, to: usize) -> usize {
        counts.get(to).copied().unwrap_or_default().saturating_sub(counts.get(from).copied().unwrap_or_default())
    }

    /// Letters of prose in nodes.
    pub fn prose(&self, from: usize, to: usize) -> usize {
        Self::between(&self.prose, from, to)
    }

    /// Letters in nodes.
    pub fn letters(&self, from: usize, to: usize) -> usize {
        Self::between(&self.all, from, to)
    }

    /// Letters in links in nodes.
    pub fn linked(&self, from: usize, to: usize) -> usize {
        Self::between(&self.linked, from, to)
    }
}

/// Chooses the text of a page.
pub(super) fn choose(tree: &Tree, measure: &Measure) -> Choice {
    let end = tree.nodes.len();
    let mut left_out = vec![false; end];
    let total = measure.prose(0, end);
    let mut at = 0;
    // Prose that is kept, before each node.
    let mut kept = vec![0; end + 1];
    while at < end {
        let skip = skipped(tree, measure, at, total);
        let next = skip.unwrap_or(at + 1);
        left_out[at..next].fill(skip.is_some());
        let gain = if skip.is_some() { 0 } else { measure.prose(at, at + 1) };
        for number in at + 1..=next {
            kept[number] = kept[at] + gain;
        }
        at = next;
    }
    Choice { root: root(tree, &kept, &left_out), left_out }
}

/// The end of an element that is left out.
fn skipped(tree: &Tree, measure: &Measure, at: usize, total: usize) -> Option<usize> {
    let element = tree.element(at)?;
    if names::is_silent(&element.name) || is_hidden(element) {
        return Some(element.end);
    }
    let role = element.get("role").unwrap_or_default();
    let calls_itself = names::FURNITURE.contains(&element.name.as_str())
        || names::FURNITURE_ROLES.contains(&role)
        || !matches!(element.name.as_str(), "html" | "body" | "main" | "article" | "p" | "h1")
            && ["class", "id"].iter().filter_map(|name| element.get(name)).any(names::names_furniture);
    // One that leads to another page has a link in it; the lead of this one has none.
    let teases = element.name != "article"
        && ["class", "id"].iter().filter_map(|name| element.get(name)).any(names::names_teaser)
        && measure.linked(at, element.end) > 0;
    let calls_itself = calls_itself || teases;
    let small = measure.prose(at, element.end) * 100 <= total * TOO_MUCH;
    // A head that holds the title of the page is no furniture.
    let titled = (at..element.end).take(200).any(|inner| tree.element(inner).is_some_and(|inner| inner.name == "h1"));
    (calls_itself && small && !titled).then_some(element.end)
}

fn is_hidden(element: &super::tree::Element) -> bool {
    let style = element.get("style").unwrap_or_default();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    element.get("hidden").is_some()
        || element.get("aria-hidden") == Some("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

/// The number of the element that holds the text.
fn root(tree: &Tree, kept: &[usize], left_out: &[bool]) -> usize {
    let prose = |at: usize| tree.element(at).map_or(0, |element| kept[element.end] - kept[at]);
    let total = kept.last().copied().unwrap_or_default();
    if total == 0 {
        return tree.named("body").next().unwrap_or(tree.nodes.len());
    }
    let calls_itself = |at: &usize| {
        tree.element(*at).is_some_and(|element| {
            let named = ["class", "id", "itemprop"].iter().filter_map(|name| element.get(name));
            let mut named = named.flat_map(str::split_whitespace);
            matches!(element.name.as_str(), "main" | "article")
                || element.get("role") == Some("main")
                || named.any(|name| names::CONTENT_NAMES.contains(&name.to_ascii_lowercase().as_str()))
        })
    };
    let mut own = (0..tree.nodes.len()).filter(|at| !left_out[*at]).filter(calls_itself);
    // The last of those that hold enough is the innermost, or the longest of several.
    let start = own.rfind(|&at| prose(at) * 100 >= total * ENOUGH);
    let mut root = start.or_else(|| tree.named("body").next()).unwrap_or(tree.nodes.len());
    while let Some(inner) = child_with(tree, root, kept, prose(root)) {
        root = inner;
    }
    root
}

/// The child of an element that holds nearly all of its prose, if it may hold more than one paragraph.
fn child_with(tree: &Tree, at: usize, kept: &[usize], prose: usize) -> Option<usize> {
    let end = tree.element(at)?.end;
    let mut child = at + 1;
    while child < end {
        let Some(element) = tree.element(child) else {
            child += 1;
            continue;
        };
        if (kept[element.end] - kept[child]) * 100 >= prose * NEARLY_ALL && prose > 0 {
            return names::HOLDERS.contains(&element.name.as_str()).then_some(child);
        }
        child = element.end;
    }
    None
}
