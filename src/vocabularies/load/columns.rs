//! Which column of a table holds what: named by the user, or told by its heading.

use serde::Deserialize;

use super::error::LoadError;

/// How a table is to be read; also the shape of a description file in TOML.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Description {
    /// The vocabulary's name.
    pub scheme: Option<String>,
    /// The vocabulary's date.
    pub date: Option<String>,
    /// What all its entries are: `organisation`, `concept`, `country`.
    pub kind: Option<String>,
    /// The language of labels that say none.
    pub language: Option<String>,
    /// How a code becomes an IRI: `https://example.org/{}`.
    pub iri: Option<String>,
    /// What parts several names in one cell.
    pub separator: Option<String>,
    /// What parts the cells of a CSV table, where its heading does not tell: `;`.
    pub delimiter: Option<char>,
    /// The encoding of the table, if it is not UTF-8: `windows-1252`.
    pub encoding: Option<String>,
    /// Headings of the columns.
    #[serde(default)]
    pub columns: Headings,
}

/// Headings of the columns, for what the user named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Headings {
    /// IRI or code.
    pub iri: Option<String>,
    /// Name.
    pub label: Option<String>,
    /// Further names.
    pub alt: Option<String>,
    /// Language of the name.
    pub lang: Option<String>,
    /// `pref` or `alt`.
    #[serde(rename = "type")]
    pub role: Option<String>,
    /// The vocabulary's name.
    pub scheme: Option<String>,
    /// What sort of thing.
    pub kind: Option<String>,
    /// `active` or something else.
    pub status: Option<String>,
    /// Two letters of a country.
    pub country: Option<String>,
    /// IRI or code of the broader entry.
    pub broader: Option<String>,
}

impl Headings {
    /// Reads `iri=ID,label=NAME`.
    ///
    /// # Errors
    /// The part that says nothing.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut headings = Self::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (what, heading) = part.split_once('=').ok_or_else(|| part.to_owned())?;
            let slot = headings.slots().into_iter().find(|(name, ..)| *name == what.trim());
            let (_, slot, _) = slot.ok_or_else(|| part.to_owned())?;
            *slot = Some(heading.trim().to_owned());
        }
        Ok(headings)
    }

    /// What each column is for, the heading that the user gave, and the usual ones.
    fn slots(&mut self) -> [(&'static str, &mut Option<String>, &'static [&'static str]); 10] {
        [
            ("iri", &mut self.iri, &["iri", "uri", "url", "id", "ror", "concept", "qid", "code", "identifier"]),
            ("label", &mut self.label, &["label", "name", "preflabel", "pref_label", "term", "title", "english"]),
            ("alt", &mut self.alt, &["alt", "altlabel", "alt_label", "other_names", "aliases", "synonyms"]),
            ("lang", &mut self.lang, &["lang", "language"]),
            ("type", &mut self.role, &["type", "role", "label_type"]),
            ("scheme", &mut self.scheme, &["scheme", "vocabulary"]),
            ("kind", &mut self.kind, &["kind", "sort"]),
            ("status", &mut self.status, &["status"]),
            ("country", &mut self.country, &["country", "country_code"]),
            ("broader", &mut self.broader, &["broader", "parent"]),
        ]
    }
}

/// Numbers of the columns of one table.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    places: [Option<usize>; 10],
}

impl Columns {
    /// Finds the columns in a heading row.
    ///
    /// # Errors
    /// If one that the user named is not there, or none holds IRIs or names.
    pub fn find(name: &str, mut wanted: Headings, row: &csv::StringRecord) -> Result<Self, LoadError> {
        let headings: Vec<String> =
            row.iter().map(|cell| cell.trim_start_matches('\u{feff}').trim().to_owned()).collect();
        let missing = |what| LoadError::Column { name: name.to_owned(), what, columns: headings.clone() };
        let mut places = [None; 10];
        for ((what, given, usual), place) in wanted.slots().into_iter().zip(&mut places) {
            *place = match given {
                Some(given) => Some(position(&headings, given).ok_or_else(|| missing(what))?),
                None => usual.iter().find_map(|usual| position(&headings, usual)),
            };
        }
        match places {
            [None, ..] => Err(missing("IRIs")),
            [_, None, ..] => Err(missing("names")),
            _ => Ok(Self { places }),
        }
    }

    /// A cell of a row, by the number of what it is for; empty if there is none.
    pub fn cell<'r>(&self, what: ColumnRole, row: &'r csv::StringRecord) -> &'r str {
        self.places[what as usize].and_then(|place| row.get(place)).map_or("", str::trim)
    }
}

/// What a column is for, in the order of the slots.
#[derive(Clone, Copy, Debug)]
pub enum ColumnRole {
    /// IRI or code.
    Iri,
    /// Name.
    Label,
    /// Further names.
    Alt,
    /// Language of the name.
    Lang,
    /// `pref` or `alt`.
    Role,
    /// The vocabulary's name.
    Scheme,
    /// What sort of thing.
    Kind,
    /// `active` or something else.
    Status,
    /// Two letters of a country.
    Country,
    /// IRI or code of the broader entry.
    Broader,
}

fn position(headings: &[String], wanted: &str) -> Option<usize> {
    headings.iter().position(|heading| heading == wanted).or_else(|| {
        headings.iter().position(|heading| heading.eq_ignore_ascii_case(wanted)).or_else(|| {
            // `--columns iri=1`: by number, from 1.
            wanted
                .parse::<usize>()
                .ok()
                .filter(|&number| number >= 1 && number <= headings.len())
                .map(|number| number - 1)
        })
    })
}
