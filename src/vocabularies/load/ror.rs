//! The Research Organization Registry's JSON dump: a list of records of its first or second schema, read one by one.

use std::fmt;
use std::io::{BufReader, Read};

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};

use super::error::LoadError;
use super::fact::{Fact, Take};
use crate::bounds::{Grammar, Guarded};
use crate::link::schemes;
use crate::link::vocabulary::{Role, Sort};

/// Reads a dump into facts.
///
/// # Errors
/// If it is no list of records; and what `take` says.
pub fn read(name: &str, file: impl Read, take: &mut Take<'_>) -> Result<(), LoadError> {
    let mut refused = None;
    let mut json = serde_json::Deserializer::from_reader(BufReader::new(Guarded::new(file, Grammar::Json)));
    let read = Records { take, refused: &mut refused }.deserialize(&mut json).and_then(|()| json.end());
    match (refused, read) {
        (Some(error), _) => Err(error),
        (None, Ok(())) => Ok(()),
        (None, Err(error)) if error.is_eof() => Err(LoadError::CutShort(name.to_owned())),
        (None, Err(error)) if error.is_io() => Err(LoadError::read(name, &error.into())),
        (None, Err(error)) => {
            Err(LoadError::Syntax { name: name.to_owned(), format: "ROR JSON", reason: error.to_string(), place: None })
        }
    }
}

/// A record, of either schema.
#[derive(Deserialize)]
struct RorRecord {
    id: String,
    #[serde(default)]
    status: String,
    // First schema.
    #[serde(default)]
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    acronyms: Vec<String>,
    #[serde(default)]
    labels: Vec<LabelOne>,
    #[serde(default)]
    country: Option<Country>,
    // Second schema.
    #[serde(default)]
    names: Vec<RorName>,
    #[serde(default)]
    locations: Vec<Location>,
}

#[derive(Deserialize)]
struct LabelOne {
    label: String,
    #[serde(default)]
    iso639: Option<String>,
}

#[derive(Deserialize)]
struct Country {
    #[serde(default)]
    country_code: Option<String>,
}

#[derive(Deserialize)]
struct RorName {
    value: String,
    #[serde(default)]
    types: Vec<String>,
    #[serde(default)]
    lang: Option<String>,
}

#[derive(Deserialize)]
struct Location {
    #[serde(default)]
    geonames_details: Option<Country>,
}

impl RorRecord {
    fn take(&self, take: &mut Take<'_>) -> Result<(), LoadError> {
        let iri = schemes::normal_iri(&self.id);
        let mut label = |role, language: &str, text: &str| take(&iri, Fact::Label { role, language, text });
        label(Role::Preferred, "", &self.name)?;
        for alias in self.aliases.iter().chain(&self.acronyms) {
            label(Role::Alternative, "", alias)?;
        }
        for one in &self.labels {
            label(Role::Alternative, one.iso639.as_deref().unwrap_or_default(), &one.label)?;
        }
        for name in &self.names {
            let is_display = name.types.iter().any(|kind| kind == "ror_display");
            let role = if is_display { Role::Preferred } else { Role::Alternative };
            label(role, name.lang.as_deref().unwrap_or_default(), &name.value)?;
        }
        take(&iri, Fact::Sort(Sort::Organisation))?;
        if !matches!(self.status.as_str(), "" | "active") {
            take(&iri, Fact::Withdrawn)?;
        }
        let location = self.locations.iter().find_map(|location| location.geonames_details.as_ref());
        let code = self.country.as_ref().or(location).and_then(|country| country.country_code.as_deref());
        code.map_or(Ok(()), |code| take(&iri, Fact::Country(code)))
    }
}

/// Takes records as they pass by.
struct Records<'a, 'b, 'e> {
    take: &'a mut Take<'b>,
    refused: &'e mut Option<LoadError>,
}

impl<'de> DeserializeSeed<'de> for Records<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Records<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of ROR records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut records: A) -> Result<(), A::Error> {
        while let Some(record) = records.next_element::<RorRecord>()? {
            if let Err(error) = record.take(self.take) {
                *self.refused = Some(error);
                return Err(serde::de::Error::custom("refused"));
            }
        }
        Ok(())
    }
}
