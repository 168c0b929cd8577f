//! Two sides face each other: one actor at two times, or two actors. What both say, what only one says, and where one stands
//! against the other.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use serde::Serialize;

use crate::desk;
use crate::explore::cards::{self, Card};
use crate::explore::chosen;
use crate::explore::reading::ClaimLine;
use crate::explore::response::Problem;
use crate::explore::visit::{Answered, Page, Visit, row};
use crate::model::Stance;
use crate::model::text::counted;
use crate::record::TermId;

/// The model.
#[derive(Default, Serialize)]
struct Compare {
    left: Side,
    right: Side,
    /// On each of these both sides take a stance, and not the same.
    apart: Vec<Pair>,
    both: Vec<Pair>,
    only_left: Vec<Card>,
    only_right: Vec<Card>,
    #[serde(skip)]
    form: Fields,
}

/// One side.
#[derive(Default, Serialize)]
struct Side {
    name: String,
    positions: usize,
    texts: usize,
}

/// The same, or the opposite, of both.
#[derive(Serialize)]
struct Pair {
    left: Vec<Card>,
    right: Vec<Card>,
}

/// What the form shows.
#[derive(Default)]
struct Fields {
    actor: String,
    from: String,
    to: String,
    a: String,
    b: String,
    topic: String,
    dates: Vec<String>,
}

/// Answers with the comparison.
///
/// # Errors
/// 406, and 400 for a name that nothing or more than one thing has.
pub fn answer(visit: &Visit<'_>) -> Answered {
    visit.answer(&model(visit)?, &[])
}

fn model(visit: &Visit<'_>) -> Result<Compare, Problem> {
    let value = |name: &str| visit.request.value(name).unwrap_or_default();
    let (actor, a, b) = (chosen::one(visit, "actor")?, chosen::one(visit, "a")?, chosen::one(visit, "b")?);
    let name = |id: Option<TermId>| id.map(|id| visit.namer.name(id).name).unwrap_or_default();
    let mut form = Fields {
        actor: name(actor),
        from: value("from"),
        to: value("to"),
        a: name(a),
        b: name(b),
        topic: visit.reading.thing(&value("topic")).map_or_else(|| value("topic"), |id| name(Some(id))),
        dates: Vec::new(),
    };
    let topic = match value("topic") {
        topic if topic.is_empty() => None,
        topic => Some(desk::topic(visit.reading.record(), &topic).map_err(|error| Problem::of(400, &error))?.0),
    };
    let on_topic = topic.map(|topic| topic.claims(visit.reading.record()));
    let is_on = |line: &&ClaimLine| {
        let iri = visit.reading.record().quads().text(line.id);
        on_topic.as_ref().is_none_or(|claims| claims.contains_key(iri))
    };
    let own = |id: TermId| -> Vec<&ClaimLine> {
        let is_own = |line: &&ClaimLine| line.subject == id && line.is_position && line.is_own;
        visit.reading.about(id).filter(is_own).filter(is_on).collect()
    };
    if let (Some(a), Some(b)) = (a, b) {
        let (left, right) = (own(a), own(b));
        return Ok(Compare { form, ..compare(visit, (name(Some(a)), &left), (name(Some(b)), &right)) });
    }
    let Some(actor) = actor else { return Ok(Compare { form, ..Compare::default() }) };
    let all = own(actor);
    let date = |line: &ClaimLine| visit.reading.text_of(line).map(|text| text.date.clone()).unwrap_or_default();
    let dates: BTreeSet<String> = all.iter().map(|line| date(line)).filter(|date| !date.is_empty()).collect();
    form.dates = dates.iter().cloned().collect();
    if form.from.is_empty() {
        form.from = dates.first().cloned().unwrap_or_default();
    }
    if form.to.is_empty() {
        form.to = dates.last().cloned().unwrap_or_default();
    }
    let at = |wanted: &str| -> Vec<&ClaimLine> {
        all.iter().copied().filter(|line| !wanted.is_empty() && date(line).starts_with(wanted)).collect()
    };
    let (left, right) = (at(&form.from), at(&form.to));
    let titled = |date: &str| format!("{} {date}", name(Some(actor)));
    let found = compare(visit, (titled(&form.from), &left), (titled(&form.to), &right));
    Ok(Compare { form, ..found })
}

/// What makes two claims the same: act, object, and whether it is denied.
type Key = (TermId, TermId, bool);

fn compare(
    visit: &Visit<'_>,
    (left_name, left): (String, &[&ClaimLine]),
    (right_name, right): (String, &[&ClaimLine]),
) -> Compare {
    let card = |line: &&ClaimLine| visit.namer.card(line);
    let keyed = |lines: &[&ClaimLine]| {
        let mut keyed: BTreeMap<Key, Vec<Card>> = BTreeMap::new();
        for line in lines {
            keyed.entry((line.predicate, line.object, line.is_negated)).or_default().extend(card(line));
        }
        keyed
    };
    let side = |name: String, lines: &[&ClaimLine]| {
        let texts: BTreeSet<_> = lines.iter().filter_map(|line| line.text).collect();
        Side { name, positions: lines.len(), texts: texts.len() }
    };
    let (mut on_left, mut on_right) = (keyed(left), keyed(right));
    let shared: Vec<Key> = on_left.keys().filter(|key| on_right.contains_key(key)).copied().collect();
    let both: Vec<Pair> = shared
        .into_iter()
        .filter_map(|key| Some(Pair { left: on_left.remove(&key)?, right: on_right.remove(&key)? }))
        .collect();
    Compare {
        left: side(left_name, left),
        right: side(right_name, right),
        apart: apart(visit, left, right),
        both,
        only_left: on_left.into_values().flatten().collect(),
        only_right: on_right.into_values().flatten().collect(),
        form: Fields::default(),
    }
}

/// Where one side is for what the other is against.
fn apart(visit: &Visit<'_>, left: &[&ClaimLine], right: &[&ClaimLine]) -> Vec<Pair> {
    let takes = |lines: &[&ClaimLine], object: TermId, stance: Stance| -> Vec<Card> {
        let fits = lines.iter().filter(|line| line.object == object && line.stance == stance);
        fits.filter_map(|line| visit.namer.card(line)).collect()
    };
    let is_thing = |id: &TermId| !visit.reading.record().quads().is_literal(*id);
    let objects: BTreeSet<TermId> = left.iter().map(|line| line.object).filter(is_thing).collect();
    let mut pairs = Vec::new();
    for object in objects {
        for (mine, theirs) in [(Stance::For, Stance::Against), (Stance::Against, Stance::For)] {
            let pair = Pair { left: takes(left, object, mine), right: takes(right, object, theirs) };
            if !pair.left.is_empty() && !pair.right.is_empty() {
                pairs.push(pair);
            }
        }
    }
    pairs
}

impl Page for Compare {
    fn title(&self) -> String {
        match self.left.name.as_str() {
            "" => "Compare".to_owned(),
            left => format!("{left} and {}", self.right.name),
        }
    }

    fn rows(&self) -> Option<Vec<Vec<String>>> {
        let heads: Vec<&str> = ["part", "side"].into_iter().chain(cards::HEADS).collect();
        let mut rows = vec![row(&heads)];
        let mut push = |part: &str, side: &str, cards: &[Card]| {
            rows.extend(cards.iter().map(|card| {
                [part.to_owned(), side.to_owned()].into_iter().chain(cards::cells(card)).collect::<Vec<String>>()
            }));
        };
        for (part, pairs) in [("apart", &self.apart), ("both", &self.both)] {
            for pair in pairs {
                push(part, &self.left.name, &pair.left);
                push(part, &self.right.name, &pair.right);
            }
        }
        push("only", &self.left.name, &self.only_left);
        push("only", &self.right.name, &self.only_right);
        Some(rows)
    }

    fn body(&self) -> Markup {
        html! {
            h1 { (self.title()) }
            (self.form())
            @if !self.left.name.is_empty() {
                p class="lead" {
                    (self.left.name) ": " (counted(self.left.positions, "position")) " in " (counted(self.left.texts, "text")) " · "
                    (self.right.name) ": " (counted(self.right.positions, "position")) " in " (counted(self.right.texts, "text"))
                }
                h2 { "One for, the other against " span class="count" { (self.apart.len()) } }
                @if self.apart.is_empty() { p class="faint" { "None: nothing has + on one side and − on the other." } }
                @for pair in &self.apart { (facing(&self.left.name, &pair.left, &self.right.name, &pair.right)) }
                h2 { "Said by both " span class="count" { (self.both.len()) } }
                @if self.both.is_empty() { p class="faint" { "None." } }
                @for pair in &self.both { (facing(&self.left.name, &pair.left, &self.right.name, &pair.right)) }
                h2 { "Said by one only" }
                (facing(&self.left.name, &self.only_left, &self.right.name, &self.only_right))
            }
        }
    }
}

/// Two lists side by side, each under its name.
fn facing(left_name: &str, left: &[Card], right_name: &str, right: &[Card]) -> Markup {
    let one = |name: &str, cards: &[Card]| {
        html! {
            div { h3 { (name) } @if cards.is_empty() { p class="faint" { "Nothing said." } } @else { (cards::list(cards)) } }
        }
    };
    html! { div class="two" { (one(left_name, left)) (one(right_name, right)) } }
}

impl Compare {
    fn form(&self) -> Markup {
        let field = |name: &str, word: &str, value: &str, hint: &str| {
            html! { label { (word) input name=(name) id={ "f-" (name) } value=(value) placeholder=(hint) data-suggest="key" autocomplete="off"; } }
        };
        let form = &self.form;
        html! {
            div class="two" {
                form class="form" action="/compare" {
                    (field("actor", "One actor at two times", &form.actor, "Iran"))
                    @for (name, value) in [("from", &form.from), ("to", &form.to)] {
                        label { (name) input name=(name) value=(value) size="10" list="dates" placeholder="2019"; }
                    }
                    datalist id="dates" { @for date in &form.dates { option value=(date) {} } }
                    (field("topic", "on", &form.topic, "any topic"))
                    button { "Compare" }
                }
                form class="form" action="/compare" {
                    (field("a", "Two actors", &form.a, "Norway"))
                    (field("b", "and", &form.b, "Iran"))
                    label { "on" input name="topic" value=(form.topic) placeholder="any topic"; }
                    button { "Compare" }
                }
            }
        }
    }
}
