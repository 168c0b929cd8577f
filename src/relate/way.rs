//! How an argument stands to the words that set a rule off, read off the tree.

use super::derivation::Way;
use super::grammar::{Arg, Grammar};
use super::trigger::Hit;

/// How far above a trigger a clause may stand whose ends it takes.
const HEIGHT: usize = 10;

/// The way from a trigger to an argument.
pub(super) fn way(grammar: &Grammar<'_>, hit: &Hit, arg: Arg) -> Way {
    let token = match arg {
        Arg::Holder => return Way::Holder,
        Arg::Document => return Way::Document,
        Arg::Token(token) => token,
    };
    let tree = &grammar.tree;
    let is_ours = |word: usize| hit.words.contains(&word) || word == hit.anchor;
    if is_ours(token) {
        return Way::Trigger;
    }
    match tree.head(token) {
        Some(head) if is_ours(head) => return Way::Tree,
        _ => {}
    }
    let first = tree.first_conjunct(token);
    if first != token && tree.head(first).is_some_and(is_ours) {
        return Way::Listed;
    }
    if tree.is_under(hit.anchor, token) {
        return Way::Described;
    }
    if tree.is_under(token, hit.anchor) {
        return Way::Deeper;
    }
    above(grammar, hit.anchor, first)
}

/// Whether the argument's list hangs on a conjunct of the anchor or on a clause above it; else only word order gave it.
fn above(grammar: &Grammar<'_>, anchor: usize, argument: usize) -> Way {
    let tree = &grammar.tree;
    let Some(head) = tree.head(argument) else { return Way::Order };
    if tree.first_conjunct(head) == tree.first_conjunct(anchor) {
        return Way::Shared;
    }
    let mut at = anchor;
    for _ in 0..HEIGHT {
        let Some(next) = tree.head(at) else { break };
        if next == head {
            return Way::Above;
        }
        at = next;
    }
    Way::Order
}
