//! Who belongs to a set of States that is named with its members right behind it: "the Delta countries – Togo, Benin and
//! Ghana –", "Partners (Togo and Benin)".

use super::Inputs;
use super::derivation::{Argument, Derivation, Way};
use super::plain::{Found, Plain};
use crate::model::{EntityId, Kind, MentionClass, Span, Term};

/// What opens a list of members behind the name of the set.
const OPENINGS: [&str; 10] =
    ["–", "—", "-", "(", ":", ", namely", ", comprising", ", composed of", ", consisting of", ", made up of"];

/// What the document's lists say.
pub(super) fn derive<'r>(inputs: &Inputs<'r>) -> Vec<Derivation<'r>> {
    let plain = Plain::new(inputs);
    let all: Vec<Found> = plain.all().collect();
    let sets = (0..all.len()).filter(|&i| is_set(&plain, &all[i]));
    sets.flat_map(|i| members(&plain, &all, i)).collect()
}

/// Whether a mention may stand for several States: a grouping by name, or a plural phrase for States or those of a group.
fn is_set(plain: &Plain<'_>, found: &Found) -> bool {
    let mention = &plain.inputs.mentions[found.mention];
    let named = mention.class == MentionClass::Named;
    match mention.kind {
        Kind::InternationalOrganization | Kind::ExpertGroup => named,
        Kind::State | Kind::PersonRole => !named && plain.text(mention.span).ends_with('s'),
        _ => false,
    }
}

/// One derivation a State of the list behind the set; none for fewer than two.
fn members<'r>(plain: &Plain<'r>, all: &[Found], set: usize) -> Vec<Derivation<'r>> {
    let whole = grouping(plain, &all[set]).unwrap_or(all[set].id);
    let mut end = all[set].span.end;
    let mut listed: Vec<Found> = Vec::new();
    for next in all[set + 1..].iter().filter(|next| next.span.start >= all[set].span.end) {
        let gap = plain.text(Span::new(end, next.span.start.max(end)));
        let joins = if listed.is_empty() { opens(gap) } else { goes_on(gap) };
        if !joins || !is_state(plain, next) {
            break;
        }
        listed.push(*next);
        end = next.span.end;
    }
    if listed.len() < 2 {
        return Vec::new();
    }
    let of = |member: &Found| {
        let span = Span::new(all[set].span.start, member.span.end);
        let whole = Argument::plain(Term::Entity(whole), Some(all[set].span), Way::Name);
        plain.derive("structure.members", member.end(Way::Name), whole, span)
    };
    listed.iter().filter(|member| member.id != whole).flat_map(of).collect()
}

/// The organisation whose name begins the phrase: "Delta" in "Delta countries".
fn grouping(plain: &Plain<'_>, set: &Found) -> Option<EntityId> {
    let first = plain.inside(set.span).find(|inner| inner.span.start == set.span.start)?;
    (plain.kind(first.id) == Kind::InternationalOrganization).then_some(first.id)
}

fn is_state(plain: &Plain<'_>, found: &Found) -> bool {
    plain.inputs.mentions[found.mention].class == MentionClass::Named && plain.kind(found.id) == Kind::State
}

fn opens(gap: &str) -> bool {
    let gap = without_article(gap);
    OPENINGS.contains(&gap)
}

fn goes_on(gap: &str) -> bool {
    matches!(without_article(gap), "," | "and" | ", and" | "as well as" | "&" | ";" | "; and")
}

fn without_article(gap: &str) -> &str {
    let gap = gap.trim();
    gap.strip_suffix("the").map_or(gap, str::trim_end)
}
