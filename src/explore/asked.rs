//! What pages about stances ask for: topic, time, how sure; the same as the commands that answer the same.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::desk;
use crate::desk::stance::{Scope, Tabled, Teller, day};
use crate::query::{Answer, Sentences, Topic, TopicReason};
use crate::record::TermId;

use super::accept::Form;
use super::answers;
use super::cards::{Card, Name};
use super::response::{Problem, Response};
use super::visit::{Answered, Visit};

/// Forms of answers about stances.
pub const FORMS: [&str; 7] = ["html", "json", "csv", "tsv", "srj", "srx", "md"];

/// What was asked for.
pub struct Asked {
    topic: Option<(Topic, BTreeMap<String, TopicReason>)>,
    /// The topic as it was written; for the form.
    pub said_topic: String,
    /// What it was taken for.
    pub remarks: Vec<String>,
    /// From this day, month or year on; empty for ever.
    pub since: String,
    /// Up to this day, month or year; empty for ever.
    pub until: String,
    /// The least confidence.
    pub least: f64,
    /// Also what only one statement says.
    pub all: bool,
}

impl Asked {
    /// What an address asks for.
    ///
    /// # Errors
    /// 400 for a topic that several things are called, or nothing is, and for what is no day.
    pub fn new(visit: &Visit<'_>) -> Result<Self, Problem> {
        let value = |name: &str| visit.request.value(name);
        let (mut topic, mut remarks) = (None, Vec::new());
        if let Some(name) = value("topic") {
            let sentences = Sentences::new(|digits: &str| super::graphs::text(visit.reading, digits));
            let sentence = |passage: &str| sentences.at(passage);
            let record = visit.reading.record();
            let (found, more) = desk::topic(record, &name, &sentence).map_err(|error| Problem::of(400, &error))?;
            let claims = found.claims(record, &sentence);
            remarks.extend(more);
            topic = Some((found, claims));
        }
        let time = |name: &str| match value(name) {
            Some(said) => day(&said).map_err(|hint| Problem::new(400, format!("“{said}” is no day")).hint(hint)),
            None => Ok(String::new()),
        };
        let said = value("topic").unwrap_or_default();
        Ok(Self {
            // What a person would type for a topic that is given by its key.
            said_topic: visit.reading.thing(&said).map_or(said, |id| visit.namer.name(id).name),
            topic,
            remarks,
            since: time("since")?,
            until: time("until")?,
            least: value("least").and_then(|least| least.parse().ok()).unwrap_or(desk::USABLE),
            all: value("all").is_some(),
        })
    }

    /// Which claims count.
    pub fn scope(&self) -> Scope<'_> {
        Scope {
            topic: self.topic.as_ref().map(|(_, claims)| claims),
            topic_id: self.topic_id(),
            since: &self.since,
            until: &self.until,
            least: self.least,
        }
    }

    /// The topic, if it is a thing.
    pub fn topic_id(&self) -> Option<TermId> {
        self.topic.as_ref().and_then(|(topic, _)| topic.id())
    }

    /// The claims on the topic by IRI, whether they are sure or not.
    pub fn on_topic(&self) -> Option<&BTreeMap<String, TopicReason>> {
        self.topic.as_ref().map(|(_, claims)| claims)
    }

    /// The topic by name.
    pub fn topic(&self, visit: &Visit<'_>) -> Option<Name> {
        let (topic, _) = self.topic.as_ref()?;
        Some(match topic.id() {
            Some(id) => visit.namer.name(id),
            None => Name { name: topic.label.clone(), ..Name::default() },
        })
    }

    /// The fields of a form for topic and time.
    pub fn fields(&self) -> Markup {
        html! {
            label { "On what" input name="topic" id="topic" value=(self.said_topic) placeholder="any topic" data-suggest="key" autocomplete="off"; }
            label { "since" input name="since" value=(self.since) placeholder="2019" size="10"; }
            label { "until" input name="until" value=(self.until) placeholder="2021-04" size="10"; }
        }
    }
}

/// The card of a claim by its number among what was said.
pub fn card(visit: &Visit<'_>, number: Option<usize>) -> Option<Card> {
    visit.namer.card(visit.reading.claims().get(number?)?)
}

/// Runs with what tells claims in words.
pub fn telling<T>(visit: &Visit<'_>, told: impl FnOnce(&Teller<'_>) -> T) -> T {
    let sentences = crate::query::Sentences::new(|digits: &str| super::graphs::text(visit.reading, digits));
    let sentence = |passage: &str| sentences.at(passage);
    told(&Teller::new(visit.reading.record(), visit.reading.said(), &sentence))
}

/// A stored text by the SHA-256 of the whole.
pub fn whole_text(visit: &Visit<'_>, sha256: &str) -> Option<String> {
    visit.reading.directory().text(sha256).ok()
}

/// Answers with a table, as the commands write it.
///
/// # Errors
/// If the form cannot hold it.
pub fn table(visit: &Visit<'_>, form: &Form, tabled: Tabled, offered: &[&'static str]) -> Answered {
    let body = answers::write(visit, &Answer::Rows(tabled.rows), form, &tabled.columns)?;
    Ok(visit.told(Response::new(200, &form.content_type(), body), offered))
}
