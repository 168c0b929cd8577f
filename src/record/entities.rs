//! Things that documents name, and what is said of them besides claims.

use crate::lift::vocabulary::{dcterms, rap, schema, skos};
use crate::model::{Class, DateValue};

use super::{Record, TermId};

/// A thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity<'r> {
    /// The thing.
    pub id: TermId,
    /// What it is, as finely as anything says.
    pub class: Option<Class>,
    /// Its best label.
    pub label: String,
    /// Its other names, sorted.
    pub also: Vec<&'r str>,
    /// Codes that people know it by, sorted.
    pub codes: Vec<&'r str>,
    /// What it belongs to.
    pub owner: Option<TermId>,
    /// What it is a side or part of.
    pub aspect_of: Vec<TermId>,
    /// Its value, if it is one.
    pub value: Option<Value<'r>>,
}

/// A date, a number with what is counted, or an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'r> {
    /// A date.
    Date(DateValue),
    /// A number, its unit, and whether it is only about so much.
    Quantity(&'r str, &'r str, bool),
    /// An amount, its currency, and whether it is only about so much.
    Money(&'r str, &'r str, bool),
}

impl Record<'_> {
    /// Things of which documents speak, by IRI.
    pub fn entities(&self) -> Vec<Entity<'_>> {
        let mut things: Vec<TermId> = self.things(false).collect();
        things.sort_unstable_by_key(|&id| self.quads().text(id));
        things.into_iter().map(|id| self.entity(id)).collect()
    }

    /// What is known of a thing.
    pub fn entity(&self, id: TermId) -> Entity<'_> {
        Entity {
            id,
            class: self.class(id),
            label: self.label(id),
            also: self.texts(id, skos::ALT_LABEL),
            codes: self.texts(id, dcterms::IDENTIFIER),
            owner: self.value(id, rap::BELONGS_TO),
            aspect_of: self.values(id, rap::ASPECT_OF).collect(),
            value: self.value_of(id),
        }
    }

    fn value_of(&self, id: TermId) -> Option<Value<'_>> {
        if let Some(iso) = self.text(id, rap::ISO_DATE) {
            return Some(Value::Date(DateValue::new(iso)));
        }
        let number = self.text(id, schema::VALUE)?;
        let about = self.text(id, rap::APPROXIMATE) == Some("true");
        let unit = self.text(id, schema::UNIT_TEXT).map(|unit| Value::Quantity(number, unit, about));
        unit.or_else(|| Some(Value::Money(number, self.text(id, schema::CURRENCY)?, about)))
    }

    /// The passages that name a thing, by IRI.
    pub fn mentions(&self, id: TermId) -> Vec<TermId> {
        let mut passages: Vec<TermId> = self.values(id, rap::MENTIONED_IN).collect();
        passages.sort_unstable_by_key(|&passage| self.quads().text(passage));
        passages
    }
}
