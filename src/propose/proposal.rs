//! A claim as a program writes it: the shape of our own JSON Lines, where ends may also be mentions or words.

use serde_json::{Map, Value};

use crate::model::{Modality, Polarity, Qualifier};

use super::end::Pointer;
use super::place::Place;
use super::refusal::{Refusal, nearest, shown};

/// A claim as it is proposed. Its parts are told to nobody else: what stands is a [`crate::model::Claim`].
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    pub(super) quote: Place,
    pub(super) subject: Pointer,
    pub(super) object: Pointer,
    pub(super) said_by: Option<Pointer>,
    pub(super) relation: String,
    pub(super) polarity: Polarity,
    pub(super) modality: Modality,
    /// 0 to 1, two decimals.
    pub(super) confidence: f32,
    pub(super) qualifiers: Vec<(Qualifier, Pointer)>,
}

impl Proposal {
    pub(super) fn read(object: &Map<String, Value>) -> Result<Self, Refusal> {
        let relation = object.get("predicate").or_else(|| object.get("relation")).and_then(Value::as_str);
        let end = |key: &str| match object.get(key) {
            None | Some(Value::Null) => Err(Refusal::new(format!("it has no {key}"))),
            Some(value) => Pointer::read(key, value),
        };
        let said_by = object.get("saidBy").filter(|value| !value.is_null());
        let quote = Place {
            start: number(object, "start")?,
            end: number(object, "end")?,
            words: object.get("quote").and_then(Value::as_str).map(str::to_owned),
        };
        if quote.words.is_none() && (quote.start.is_none() || quote.end.is_none()) {
            return Err(Refusal::new("it has no quote"));
        }
        Ok(Self {
            quote,
            subject: end("subject")?,
            object: end("object")?,
            said_by: said_by.map(|value| Pointer::read("saidBy", value)).transpose()?,
            relation: relation.ok_or_else(|| Refusal::new("it has no predicate"))?.to_owned(),
            polarity: one_of(object, "polarity", &[Polarity::Affirmed, Polarity::Negated], Polarity::name)?,
            modality: one_of(object, "modality", &Modality::ALL, Modality::name)?,
            confidence: confidence(object)?,
            qualifiers: qualifiers(object)?,
        })
    }
}

/// A number of code points.
fn number(object: &Map<String, Value>, key: &str) -> Result<Option<usize>, Refusal> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match value.as_u64().and_then(|number| usize::try_from(number).ok()) {
            Some(number) => Ok(Some(number)),
            None => Err(Refusal::new(format!("`{key}` is {}, no place in the text", shown(&value.to_string())))),
        },
    }
}

/// One of some words; the first of them where nothing is said.
fn one_of<T: Copy>(
    object: &Map<String, Value>,
    key: &str,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<T, Refusal> {
    let value = object.get(key).filter(|value| !value.is_null());
    let wanted = value.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    let found = match &wanted {
        None => all.first(),
        Some(wanted) => all.iter().find(|one| name(**one) == wanted),
    };
    found.copied().ok_or_else(|| {
        let wanted = wanted.unwrap_or_default();
        let near = nearest(&wanted, all.iter().map(|one| name(*one)));
        let names: Vec<&str> = all.iter().map(|one| name(*one)).collect();
        Refusal::new(format!("its {key} is {}, none of {}{near}", shown(&wanted), names.join(", ")))
    })
}

fn confidence(object: &Map<String, Value>) -> Result<f32, Refusal> {
    let value = object.get("confidence").filter(|value| !value.is_null());
    let value = value.ok_or_else(|| Refusal::new("it has no confidence, a number from 0 to 1"))?;
    match value.as_f64().filter(|sure| (0.0..=1.0).contains(sure)) {
        Some(sure) => Ok(((sure * 100.0).round() / 100.0) as f32),
        None => Err(Refusal::new(format!("its confidence is {}, no number from 0 to 1", shown(&value.to_string())))),
    }
}

fn qualifiers(object: &Map<String, Value>) -> Result<Vec<(Qualifier, Pointer)>, Refusal> {
    let mut found = Vec::new();
    let all = match object.get("qualifiers") {
        None | Some(Value::Null) => return Ok(found),
        Some(Value::Object(all)) => all,
        Some(other) => {
            return Err(Refusal::new(format!("its qualifiers are {}, no object", shown(&other.to_string()))));
        }
    };
    for (name, value) in all {
        let qualifier = Qualifier::from_name(name).ok_or_else(|| {
            let near = nearest(name, Qualifier::ALL.iter().map(|one| one.name()));
            Refusal::new(format!("there is no qualifier {}{near}", shown(name)))
        })?;
        let values = match value {
            Value::Array(values) => values.as_slice(),
            one => std::slice::from_ref(one),
        };
        for value in values {
            found.push((qualifier, Pointer::read(name, value)?));
        }
    }
    found.sort_by_key(|(qualifier, _)| *qualifier);
    Ok(found)
}
