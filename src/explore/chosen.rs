//! Things that an address chooses: by key, label, acronym or code; several parted by commas.

use maud::{Markup, html};
use serde::Serialize;

use crate::record::{Names, TermId};

use super::cards::{self, Name};
use super::response::Problem;
use super::visit::Visit;

/// A chosen thing, and the way to do without it.
#[derive(Serialize)]
pub struct Choice {
    /// What it is called.
    pub thing: Name,
    /// Its key.
    pub key: String,
    #[serde(skip)]
    away: String,
}

/// The thing that a parameter names.
///
/// # Errors
/// 400 if nothing, or more than one thing, has the name.
pub fn one(visit: &Visit<'_>, name: &str) -> Result<Option<TermId>, Problem> {
    visit.request.value(name).map(|value| meant(visit, &value)).transpose()
}

/// The things that a parameter names; it may be given again.
///
/// # Errors
/// As [`one`].
pub fn things(visit: &Visit<'_>, name: &str) -> Result<Vec<TermId>, Problem> {
    let mut found: Vec<TermId> = Vec::new();
    for value in visit.request.values(name) {
        // A name may hold a comma: the whole goes first.
        match meant(visit, &value) {
            Ok(id) => found.push(id),
            Err(_) if value.contains(',') => {
                for part in value.split(',').map(str::trim).filter(|part| !part.is_empty()) {
                    found.push(meant(visit, part)?);
                }
            }
            Err(problem) => return Err(problem),
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|id| seen.insert(*id));
    found.truncate(200);
    Ok(found)
}

fn meant(visit: &Visit<'_>, value: &str) -> Result<TermId, Problem> {
    let reading = visit.reading;
    if let Some(id) = reading.thing(value).or_else(|| reading.record().quads().find_iri(value)) {
        return Ok(id);
    }
    if let [only] = reading.names().exact(value) {
        return Ok(*only);
    }
    let found = Names::new(reading.record()).find(value).map_err(|error| Problem::of(400, &error))?;
    let nothing = || Problem::new(400, format!("nothing is said here of “{value}”"));
    found.id.filter(|&id| !reading.record().of(id).is_empty()).ok_or_else(nothing)
}

/// A thing as a choice among those of a parameter.
pub fn choice(visit: &Visit<'_>, name: &str, all: &[TermId], id: TermId) -> Choice {
    let key = |id: TermId| visit.reading.record().key(id).unwrap_or_default().to_owned();
    let others: Vec<String> = all.iter().filter(|other| **other != id).map(|&other| key(other)).collect();
    Choice { thing: visit.namer.name(id), key: key(id), away: visit.changed(name, &others.join(",")) }
}

/// A field to choose one more, after those that are chosen.
pub fn field(name: &str, word: &str, chosen: &[Choice]) -> Markup {
    html! {
        div class="chosen" {
            label { (word)
                input name=(name) id={ "choose-" (name) } placeholder="add a name" data-suggest="key" autocomplete="off";
            }
            @if !chosen.is_empty() {
                p class="chips" { @for choice in chosen { span { (cards::link(&choice.thing)) " " a href=(choice.away) aria-label={ "without " (choice.thing.name) } { "✕" } } } }
            }
        }
    }
}
