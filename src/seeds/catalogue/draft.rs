//! Entries while they are being put together from triples, out of any number of files.

use compact_str::{CompactString, ToCompactString};
use rustc_hash::FxHashMap;

use super::identifier::{self, Written};
use super::in_time::{NameInTime, Period, Sense};
use super::{BASE, Entry, Name, NameForm, Origin};
use crate::model::{Class, DateValue, Identifier, Kind, ONTOLOGY, Place};
use crate::seeds::Error;
use crate::seeds::turtle::{Object, Spot};

/// The properties that catalogue files may use: as they are written, and in full.
const PROPERTIES: [(&str, &str); 22] = [
    ("rap:identifier", "https://w3id.org/rapporteur/ontology#identifier"),
    ("skos:altLabel", "http://www.w3.org/2004/02/skos/core#altLabel"),
    ("skos:prefLabel", "http://www.w3.org/2004/02/skos/core#prefLabel"),
    ("rdf:type", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
    ("rap:acronym", "https://w3id.org/rapporteur/ontology#acronym"),
    ("rap:partOf", "https://w3id.org/rapporteur/ontology#partOf"),
    ("rap:demonym", "https://w3id.org/rapporteur/ontology#demonym"),
    ("rap:formalName", "https://w3id.org/rapporteur/ontology#formalName"),
    ("dcterms:title", "http://purl.org/dc/terms/title"),
    ("dcterms:date", "http://purl.org/dc/terms/date"),
    ("dcterms:creator", "http://purl.org/dc/terms/creator"),
    ("dcterms:source", "http://purl.org/dc/terms/source"),
    ("rdfs:seeAlso", "http://www.w3.org/2000/01/rdf-schema#seeAlso"),
    ("rap:session", "https://w3id.org/rapporteur/ontology#session"),
    ("rap:sessionOf", "https://w3id.org/rapporteur/ontology#sessionOf"),
    ("rap:heldIn", "https://w3id.org/rapporteur/ontology#heldIn"),
    ("rap:silent", "https://w3id.org/rapporteur/ontology#silent"),
    ("rap:validFrom", "https://w3id.org/rapporteur/ontology#validFrom"),
    ("rap:validUntil", "https://w3id.org/rapporteur/ontology#validUntil"),
    ("rap:successor", "https://w3id.org/rapporteur/ontology#successor"),
    ("rap:nameInTime", "https://w3id.org/rapporteur/ontology#nameInTime"),
    ("rap:iriPattern", "https://w3id.org/rapporteur/ontology#iriPattern"),
];

/// The local names of our own properties that catalogue files may use.
pub fn catalogue_properties() -> impl Iterator<Item = &'static str> {
    PROPERTIES.iter().filter_map(|(written, _)| written.strip_prefix("rap:"))
}

/// An entry in the making.
#[derive(Debug, Default)]
struct EntryDraft {
    key: CompactString,
    class: Option<Class>,
    label: Option<String>,
    names: Vec<Name>,
    is_silent: bool,
    identifiers: Vec<Written>,
    date: Option<DateValue>,
    part_of: Option<CompactString>,
    organ: Option<CompactString>,
    session: Option<u32>,
    held_in: Option<CompactString>,
    existed: Period,
    successors: Vec<CompactString>,
    predecessors: Vec<CompactString>,
    in_time: Vec<(NameInTime, Vec<CompactString>)>,
    sources: Vec<CompactString>,
    pages: Vec<String>,
    origin: Origin,
}

/// All that was read so far.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    drafts: Vec<EntryDraft>,
    by_key: FxHashMap<CompactString, usize>,
    /// Texts of the `<source/…>` nodes.
    sources: FxHashMap<CompactString, String>,
    /// Address patterns of the `<scheme/…>` nodes.
    patterns: FxHashMap<CompactString, String>,
}

impl Drafts {
    /// Takes one triple.
    pub(super) fn take(
        &mut self,
        spot: Spot<'_>,
        subject: &str,
        predicate: &str,
        object: Object<'_>,
    ) -> Result<(), Error> {
        let key = key_of(spot, subject)?;
        let property = property_of(spot, predicate)?;
        match (key.split_once('/'), property) {
            (Some(("source", name)), "dcterms:title") => {
                self.sources.insert(name.into(), text_of(spot, property, object)?.to_owned());
            }
            (Some(("scheme", name)), "rap:iriPattern") => {
                self.patterns.insert(name.into(), text_of(spot, property, object)?.to_owned());
            }
            (Some(("source" | "scheme", _)), _) => {}
            _ => self.draft(spot, key).take(spot, property, object)?,
        }
        Ok(())
    }

    /// The draft of a key; made at its first mention.
    fn draft(&mut self, spot: Spot<'_>, key: &str) -> &mut EntryDraft {
        let last = self.drafts.last().is_some_and(|draft| draft.key == key).then(|| self.drafts.len() - 1);
        let known = last.or_else(|| self.by_key.get(key).copied());
        let at = known.unwrap_or_else(|| {
            let origin = Origin { file: spot.file.into(), line: spot.line };
            self.drafts.push(EntryDraft { key: key.into(), origin, ..EntryDraft::default() });
            self.by_key.insert(key.into(), self.drafts.len() - 1);
            self.drafts.len() - 1
        });
        &mut self.drafts[at]
    }

    /// Looks up what drafts point to and makes them entries.
    pub(super) fn finish(self, files: &[(&str, &str)]) -> Result<Vec<Entry>, Error> {
        for draft in &self.drafts {
            self.check(draft).map_err(|fault| fault.into_error(draft, files))?;
        }
        let Self { mut drafts, by_key, sources, patterns } = self;
        let came: Vec<(usize, CompactString)> = drafts
            .iter()
            .flat_map(|draft| draft.successors.iter().map(move |successor| (successor, &draft.key)))
            .filter_map(|(successor, key)| Some((by_key.get(successor).copied()?, key.clone())))
            .collect();
        for (at, key) in came {
            drafts[at].predecessors.push(key);
        }
        Ok(drafts.into_iter().map(|draft| draft.into_entry(&sources, &patterns)).collect())
    }

    fn check(&self, draft: &EntryDraft) -> Result<(), Flaw> {
        if draft.class.is_none() {
            return Err(Flaw::Lacks("class"));
        }
        if draft.label.is_none() {
            return Err(Flaw::Lacks("label"));
        }
        let targets = [&draft.part_of, &draft.organ, &draft.held_in];
        let mut targets = targets.into_iter().flatten().chain(&draft.successors);
        if let Some(target) = targets.find(|target| !self.by_key.contains_key(*target)) {
            return Err(Flaw::Dangling(target.to_string(), nearest_of(target, self.by_key.keys())));
        }
        let mut cited = draft
            .identifiers
            .iter()
            .map(|written| &written.sources)
            .chain(draft.in_time.iter().map(|(_, sources)| sources))
            .flatten()
            .chain(&draft.sources);
        match cited.find(|source| !self.sources.contains_key(*source)) {
            Some(source) => Err(Flaw::Dangling(format!("source/{source}"), nearest_of(source, self.sources.keys()))),
            None => Ok(()),
        }
    }
}

/// What is wrong with a whole draft.
enum Flaw {
    Lacks(&'static str),
    Dangling(String, Option<String>),
}

impl Flaw {
    fn into_error(self, draft: &EntryDraft, files: &[(&str, &str)]) -> Error {
        let place = Box::new(beginning_of(draft, files));
        let key = draft.key.to_string();
        match self {
            Self::Lacks(what) => Error::Incomplete { key, what, place },
            Self::Dangling(target, nearest) => Error::Dangling { key, target, nearest, place },
        }
    }
}

fn beginning_of(draft: &EntryDraft, files: &[(&str, &str)]) -> Place {
    let Origin { file, line } = &draft.origin;
    let text = files.iter().find(|(name, _)| name == file).map_or("", |(_, text)| text);
    Spot { file, text, line: *line }.place_of(&draft.key)
}

impl EntryDraft {
    fn take(&mut self, spot: Spot<'_>, property: &'static str, object: Object<'_>) -> Result<(), Error> {
        match property {
            "rdf:type" => self.set_class(spot, object)?,
            "skos:prefLabel" => self.set_label(spot, text_of(spot, property, object)?)?,
            "skos:altLabel" => self.name(NameForm::Label, text_of(spot, property, object)?),
            "rap:acronym" => self.name(NameForm::Acronym, text_of(spot, property, object)?),
            "rap:formalName" => self.name(NameForm::Formal, text_of(spot, property, object)?),
            "rap:demonym" => self.name(NameForm::Demonym, text_of(spot, property, object)?),
            "dcterms:title" => self.name(NameForm::Title, text_of(spot, property, object)?),
            "dcterms:date" => self.date = Some(date_of(spot, property, text_of(spot, property, object)?)?),
            "dcterms:source" => {
                self.sources.extend(text_of(spot, property, object)?.split_whitespace().map(CompactString::from));
            }
            "rap:identifier" => self.identifiers.push(identifier_of(spot, property, object)?),
            "rap:validFrom" => self.existed.from = Some(day_of(spot, property, object)?),
            "rap:validUntil" => self.existed.until = Some(day_of(spot, property, object)?),
            "rap:successor" => self.successors.push(target_of(spot, property, object)?),
            "rap:nameInTime" => self.in_time.push(name_in_time_of(spot, property, text_of(spot, property, object)?)?),
            "rap:silent" => self.is_silent = text_of(spot, property, object)? == "true",
            "rap:session" => self.session = Some(number_of(spot, property, object)?),
            "rap:partOf" => self.part_of = Some(target_of(spot, property, object)?),
            "rap:sessionOf" | "dcterms:creator" => self.organ = Some(target_of(spot, property, object)?),
            "rap:heldIn" => self.held_in = Some(target_of(spot, property, object)?),
            "rdfs:seeAlso" => self.pages.push(iri_of(spot, property, object)?.to_owned()),
            _ => return Err(bad_value(spot, property, "it belongs to a <scheme/…>", property)),
        }
        Ok(())
    }

    fn name(&mut self, form: NameForm, text: &str) {
        let name = Name { text: text.to_owned(), form };
        if !self.names.contains(&name) {
            self.names.push(name);
        }
    }

    fn set_label(&mut self, spot: Spot<'_>, text: &str) -> Result<(), Error> {
        if let Some(other) = self.label.as_deref().filter(|other| *other != text) {
            return Err(self.contradiction("label", other.to_owned(), spot.place_of(text)));
        }
        self.label = Some(text.to_owned());
        Ok(())
    }

    fn set_class(&mut self, spot: Spot<'_>, object: Object<'_>) -> Result<(), Error> {
        let iri = iri_of(spot, "rdf:type", object)?;
        let name = iri.strip_prefix(ONTOLOGY).unwrap_or(iri);
        let class = Class::from_name(name).ok_or_else(|| Error::UnknownTerm {
            what: "class",
            name: name.to_owned(),
            nearest: nearest(
                name,
                Kind::ALL.into_iter().map(Kind::name).chain(Class::FINER.into_iter().map(Class::name)),
            ),
            place: Box::new(spot.place_of(name)),
        })?;
        if let Some(other) = self.class.filter(|other| *other != class) {
            return Err(self.contradiction("class", other.name().to_owned(), spot.place_of(name)));
        }
        self.class = Some(class);
        Ok(())
    }

    fn contradiction(&self, what: &'static str, other: String, place: Place) -> Error {
        Error::Contradiction { key: self.key.to_string(), what, other, place: Box::new(place) }
    }

    fn into_entry(
        self,
        sources: &FxHashMap<CompactString, String>,
        patterns: &FxHashMap<CompactString, String>,
    ) -> Entry {
        let label = self.label.unwrap_or_default();
        let first = Name { text: label.clone(), form: NameForm::Label };
        let others = self.names.into_iter().filter(|name| name.text != label);
        Entry {
            names: std::iter::once(first).chain(others).filter(|_| !self.is_silent).collect(),
            identifiers: self.identifiers.into_iter().map(|written| looked_up(written, sources, patterns)).collect(),
            source: texts_of(&self.sources, sources),
            key: self.key,
            class: self.class.unwrap_or(Class::Of(Kind::Topic)),
            label,
            date: self.date,
            part_of: self.part_of,
            organ: self.organ,
            session: self.session,
            held_in: self.held_in,
            existed: self.existed,
            predecessors: sorted(self.predecessors),
            successors: sorted(self.successors),
            in_time: self
                .in_time
                .into_iter()
                .map(|(name, cited)| NameInTime { source: texts_of(&cited, sources), ..name })
                .collect(),
            pages: self.pages,
            origin: self.origin,
        }
    }
}

fn looked_up(
    written: Written,
    sources: &FxHashMap<CompactString, String>,
    patterns: &FxHashMap<CompactString, String>,
) -> Identifier {
    let pattern = patterns.get(&written.scheme);
    Identifier {
        iri: written.address.or_else(|| pattern.map(|pattern| identifier::fill(pattern, &written.value))),
        source: texts_of(&written.sources, sources),
        scheme: written.scheme,
        value: written.value,
        strength: written.strength,
    }
}

fn texts_of(names: &[CompactString], sources: &FxHashMap<CompactString, String>) -> String {
    let texts: Vec<&str> = names.iter().filter_map(|name| sources.get(name)).map(String::as_str).collect();
    texts.join("; ")
}

fn sorted(mut keys: Vec<CompactString>) -> Vec<CompactString> {
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The key that an IRI stands for.
fn key_of<'t>(spot: Spot<'_>, iri: &'t str) -> Result<&'t str, Error> {
    let key =
        iri.strip_prefix(BASE).filter(|key| key.split_once('/').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty()));
    key.ok_or_else(|| {
        let written = iri.strip_prefix(BASE).unwrap_or(iri);
        Error::BadKey { iri: iri.to_owned(), place: Box::new(spot.place_of(written)) }
    })
}

fn property_of(spot: Spot<'_>, iri: &str) -> Result<&'static str, Error> {
    let known = PROPERTIES.iter().find(|(_, full)| *full == iri).map(|(written, _)| *written);
    known.ok_or_else(|| unknown_property(spot, iri))
}

fn unknown_property(spot: Spot<'_>, iri: &str) -> Error {
    let written = PROPERTIES.iter().find_map(|(written, full)| {
        let (prefix, local) = written.split_once(':')?;
        Some((prefix, iri.strip_prefix(full.strip_suffix(local)?)?))
    });
    let local = written.map_or(iri, |(_, local)| local);
    let name = written.map_or_else(|| iri.to_owned(), |(prefix, local)| format!("{prefix}:{local}"));
    let nearest = nearest(&name, PROPERTIES.map(|(written, _)| written));
    Error::UnknownTerm { what: "property", name, nearest, place: Box::new(spot.place_of(local)) }
}

fn nearest<'t>(name: &str, all: impl IntoIterator<Item = &'t str>) -> Option<&'t str> {
    let scored = all.into_iter().map(|one| (strsim::jaro_winkler(&name.to_lowercase(), &one.to_lowercase()), one));
    scored.filter(|(score, _)| *score > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, one)| one)
}

fn nearest_of<'t>(name: &str, all: impl Iterator<Item = &'t CompactString>) -> Option<String> {
    let mut sorted: Vec<&str> = all.map(CompactString::as_str).collect();
    sorted.sort_unstable();
    nearest(name, sorted).map(str::to_owned)
}

fn bad_value(spot: Spot<'_>, property: &str, why: impl Into<String>, word: &str) -> Error {
    Error::BadValue { property: property.to_owned(), why: why.into(), place: Box::new(spot.place_of(word)) }
}

fn text_of<'t>(spot: Spot<'_>, property: &str, object: Object<'t>) -> Result<&'t str, Error> {
    match object {
        Object::Text(text) if text.trim().is_empty() => Err(bad_value(spot, property, "it is empty", "\"\"")),
        Object::Text(text) => Ok(text),
        Object::Iri(iri) => Err(bad_value(spot, property, "it needs words in quotes, not an IRI", iri)),
        Object::Other => Err(bad_value(spot, property, "blank nodes are not used here", property)),
    }
}

fn iri_of<'t>(spot: Spot<'_>, property: &str, object: Object<'t>) -> Result<&'t str, Error> {
    match object {
        Object::Iri(iri) => Ok(iri),
        Object::Text(text) => Err(bad_value(spot, property, "it needs an IRI, not words in quotes", text)),
        Object::Other => Err(bad_value(spot, property, "blank nodes are not used here", property)),
    }
}

fn target_of(spot: Spot<'_>, property: &str, object: Object<'_>) -> Result<CompactString, Error> {
    key_of(spot, iri_of(spot, property, object)?).map(CompactString::from)
}

fn number_of(spot: Spot<'_>, property: &str, object: Object<'_>) -> Result<u32, Error> {
    let text = text_of(spot, property, object)?;
    text.parse().map_err(|_| bad_value(spot, property, "it needs a whole number", text))
}

fn identifier_of(spot: Spot<'_>, property: &str, object: Object<'_>) -> Result<Written, Error> {
    let text = text_of(spot, property, object)?;
    identifier::parse(text).map_err(|why| bad_value(spot, property, why, text))
}

/// Checks `2011`, `2019-03`, `2021-04-08` or two of them parted by a slash.
fn date_of(spot: Spot<'_>, property: &str, text: &str) -> Result<DateValue, Error> {
    let fits = text.split('/').count() <= 2 && text.split('/').all(is_date);
    fits.then(|| DateValue::new(text)).ok_or_else(|| {
        bad_value(spot, property, "it needs a date like 2011, 2021-04-08 or 2019-03-27/2019-03-29", text)
    })
}

/// One date like `1954`, `1954-07` or `1954-07-20`.
fn day_of(spot: Spot<'_>, property: &str, object: Object<'_>) -> Result<CompactString, Error> {
    let text = text_of(spot, property, object)?;
    is_date(text)
        .then(|| text.into())
        .ok_or_else(|| bad_value(spot, property, "it needs a date like 1954, 1954-07 or 1954-07-20", text))
}

/// The one-line form of a name in time: `name | from/until | called, means or usually | sources`.
fn name_in_time_of(spot: Spot<'_>, property: &str, text: &str) -> Result<(NameInTime, Vec<CompactString>), Error> {
    let fields: Vec<&str> = text.split(" | ").map(str::trim).collect();
    let [name, period, sense, sources] = fields.as_slice() else {
        let why = "it needs four parts: \"name | 1954/1976 | called | source\"";
        return Err(bad_value(spot, property, why, text));
    };
    let period = Period::parse(period, is_date).ok_or_else(|| {
        bad_value(spot, property, format!("`{period}` is no period like 1954/1976 or ../1976"), period)
    })?;
    let sense = Sense::from_name(sense)
        .ok_or_else(|| bad_value(spot, property, format!("`{sense}` is not `called`, `means` or `usually`"), sense))?;
    let sources = sources.split_whitespace().map(CompactString::from).collect();
    Ok((NameInTime { name: (*name).to_owned(), period, sense, source: String::new() }, sources))
}

fn is_date(text: &str) -> bool {
    let full = match text.len() {
        4 => format!("{text}-01-01").to_compact_string(),
        7 => format!("{text}-01").to_compact_string(),
        _ => text.into(),
    };
    full.parse::<jiff::civil::Date>().is_ok_and(|date| date.to_string() == full.as_str())
}
