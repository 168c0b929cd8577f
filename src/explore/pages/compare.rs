//! Two sides face each other, matter by matter: two actors, or one at two times. The rows are those of the command `compare`.

use std::collections::BTreeSet;

use maud::{Markup, html};
use serde::Serialize;

use crate::desk::stance::{Accord, ComparePlan, Comparison, Pairing, TableReader, comparison_table};
use crate::explore::asked::{self, Asked};
use crate::explore::cards::{self, Card, Name};
use crate::explore::chosen;
use crate::explore::response::Problem;
use crate::explore::visit::{Answered, Page, Visit};
use crate::model::text::counted;
use crate::record::TermId;

/// The model.
#[derive(Default, Serialize)]
struct ComparePage {
    left: Side,
    right: Side,
    topic: Option<Name>,
    remarks: Vec<String>,
    /// One is for it, the other against it.
    opposed: Vec<Matter>,
    agreed: Vec<Matter>,
    only_left: Vec<Matter>,
    only_right: Vec<Matter>,
    /// Matters that one side speaks of in one statement only.
    left_out: usize,
    #[serde(skip)]
    form: Fields,
}

/// One side.
#[derive(Default, Serialize)]
struct Side {
    name: String,
    statements: usize,
}

/// A matter with what each side says of it.
#[derive(Serialize)]
struct Matter {
    topic: Option<Name>,
    matter: String,
    note: String,
    left: Option<Card>,
    right: Option<Card>,
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
    everything: String,
}

/// Who is compared, and what each is called.
struct Sides {
    actors: [TermId; 2],
    times: Option<[String; 2]>,
    names: [String; 2],
}

/// Answers with the comparison.
///
/// # Errors
/// 406, and 400 for a name that nothing or more than one thing has, for one actor given twice, and for what is no day.
pub fn answer(visit: &Visit<'_>) -> Answered {
    let form = visit.form(&asked::FORMS)?;
    let asked = Asked::new(visit)?;
    let mut fields = fields(visit, &asked)?;
    let sides = sides(visit, &mut fields)?;
    let found = sides.as_ref().map(|sides| comparison(visit, &asked, sides)).unwrap_or_default();
    if !matches!(form.name, "html" | "json") {
        let reader = if form.name == "md" { TableReader::Person } else { TableReader::Program };
        let names = sides.as_ref().map(|sides| names(visit, sides)).unwrap_or_default();
        let names = [names[0].as_str(), names[1].as_str()];
        let tabled = asked::telling(visit, |teller| comparison_table(teller, &found, names, reader));
        return asked::table(visit, form, tabled, &asked::FORMS);
    }
    visit.answer(&model(visit, &asked, sides, &found, fields), &asked::FORMS[2..])
}

fn fields(visit: &Visit<'_>, asked: &Asked) -> Result<Fields, Problem> {
    let value = |name: &str| visit.request.value(name).unwrap_or_default();
    let name = |parameter: &str| -> Result<String, Problem> {
        Ok(chosen::one(visit, parameter)?.map(|id| visit.namer.name(id).name).unwrap_or_default())
    };
    Ok(Fields {
        actor: name("actor")?,
        a: name("a")?,
        b: name("b")?,
        from: value("from"),
        to: value("to"),
        topic: asked.said_topic.clone(),
        dates: Vec::new(),
        everything: visit.changed("all", "1"),
    })
}

/// Who is compared; nothing if the address does not say. The first and last day of an actor stand for themselves.
fn sides(visit: &Visit<'_>, fields: &mut Fields) -> Result<Option<Sides>, Problem> {
    if let (Some(a), Some(b)) = (chosen::one(visit, "a")?, chosen::one(visit, "b")?) {
        if a == b {
            let said = format!("both are {}", visit.namer.name(a).name);
            return Err(
                Problem::new(400, said).hint("one actor is compared with itself at two times: actor=, from=, to=")
            );
        }
        let names = [a, b].map(|id| visit.namer.name(id).name);
        return Ok(Some(Sides { actors: [a, b], times: None, names }));
    }
    let Some(actor) = chosen::one(visit, "actor")? else { return Ok(None) };
    let own = visit.reading.about(actor).filter(|line| line.subject == actor && line.is_position && line.is_own);
    let dates: BTreeSet<&str> =
        own.filter_map(|line| visit.reading.text_of(line)).map(|text| text.date.as_str()).collect();
    let dates: Vec<&str> = dates.into_iter().filter(|date| !date.is_empty()).collect();
    fields.dates = dates.iter().map(|date| (*date).to_owned()).collect();
    for (field, usual) in [(&mut fields.from, dates.first()), (&mut fields.to, dates.last())] {
        if field.is_empty() {
            *field = usual.map(|date| (*date).to_owned()).unwrap_or_default();
        }
    }
    let times = [fields.from.clone(), fields.to.clone()];
    let name = visit.namer.name(actor).name;
    let names = [0, 1].map(|side| format!("{name} {}", times[side]));
    Ok(Some(Sides { actors: [actor; 2], times: Some(times), names }))
}

/// The names in tables: in full, as the command has them.
fn names(visit: &Visit<'_>, sides: &Sides) -> [String; 2] {
    let name = |side: usize| {
        let name = visit.reading.record().label(sides.actors[side]);
        sides.times.as_ref().map_or(name.clone(), |times| format!("{name} {}", times[side]))
    };
    [name(0), name(1)]
}

fn comparison(visit: &Visit<'_>, asked: &Asked, sides: &Sides) -> Comparison {
    let times = sides.times.as_ref().map(|[first, second]| [first.as_str(), second.as_str()]);
    let plan = ComparePlan { actors: sides.actors, times, scope: asked.scope(), all: asked.all };
    let (record, said) = (visit.reading.record(), visit.reading.said());
    Comparison::of(record, said, &plan, &|sha256| asked::whole_text(visit, sha256))
}

fn model(visit: &Visit<'_>, asked: &Asked, sides: Option<Sides>, found: &Comparison, form: Fields) -> ComparePage {
    let matter = |row: &Pairing| Matter {
        topic: row.topic.map(|topic| visit.namer.name(topic)),
        matter: row.matter.clone(),
        note: row.note.clone(),
        left: asked::card(visit, row.first),
        right: asked::card(visit, row.second),
    };
    let of = |accord: Accord| found.rows.iter().filter(|row| row.accord == accord).map(matter).collect();
    let [left, right] = sides.map(|sides| sides.names).unwrap_or_default();
    ComparePage {
        left: Side { name: left, statements: found.statements[0] },
        right: Side { name: right, statements: found.statements[1] },
        topic: asked.topic(visit),
        remarks: asked.remarks.clone(),
        opposed: of(Accord::Opposed),
        agreed: of(Accord::Agreed),
        only_left: of(Accord::OnlyFirst),
        only_right: of(Accord::OnlySecond),
        left_out: found.left_out,
        form,
    }
}

impl Page for ComparePage {
    fn title(&self) -> String {
        match self.left.name.as_str() {
            "" => "Compare".to_owned(),
            left => format!("{left} and {}", self.right.name),
        }
    }

    fn body(&self) -> Markup {
        html! {
            h1 { (self.title()) }
            (self.form())
            @for remark in &self.remarks { p class="faint" { (remark) } }
            @if !self.left.name.is_empty() {
                p class="lead" {
                    (self.left.name) ": " (counted(self.left.statements, "statement")) " · "
                    (self.right.name) ": " (counted(self.right.statements, "statement"))
                    @if let Some(topic) = &self.topic { " · on " (cards::link(topic)) }
                }
                (self.facing("One for, the other against", "None: nothing has + on one side and − on the other.", &self.opposed))
                (self.facing("Said by both", "None.", &self.agreed))
                (self.facing(&format!("Only {}", self.left.name), "Nothing.", &self.only_left))
                (self.facing(&format!("Only {}", self.right.name), "Nothing.", &self.only_right))
                p class="faint" { "What only one says is not in the other’s statements, not even in its words. That is silence, not disagreement." }
                @if self.left_out > 0 {
                    p class="faint" { (counted(self.left_out, "matter")) " of one statement only: " a href=(self.form.everything) { "show them" } }
                }
            }
        }
    }
}

impl ComparePage {
    /// Matters with what each side says, face to face.
    fn facing(&self, title: &str, none: &str, matters: &[Matter]) -> Markup {
        let side = |name: &str, card: &Option<Card>| {
            html! { div { h4 { (name) } @match card { Some(card) => (cards::list(std::slice::from_ref(card))), None => p class="faint" { "Nothing said." } } } }
        };
        html! {
            h2 { (title) " " span class="count" { (matters.len()) } }
            @if matters.is_empty() { p class="faint" { (none) } }
            @for one in matters {
                section class="move" {
                    h3 { bdi { (one.matter) } }
                    @if one.topic.is_some() || !one.note.is_empty() {
                        p class="faint" { @if let Some(topic) = &one.topic { (cards::link(topic)) " " } @if one.topic.is_some() && !one.note.is_empty() { "· " } (one.note) }
                    }
                    div class="two" { (side(&self.left.name, &one.left)) (side(&self.right.name, &one.right)) }
                }
            }
        }
    }

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
