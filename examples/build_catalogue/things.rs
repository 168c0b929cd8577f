//! Everything the tables say of each entity, put together under its key.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;

use sha2::{Digest, Sha256};

use crate::decisions::{Decisions, class_of};
use crate::names::{self, Also};
use crate::tables::{Row, Tables, value};

/// One entity.
#[derive(Default)]
pub struct Thing {
    pub class: String,
    pub label: String,
    pub names: BTreeSet<Also>,
    pub links: Vec<(&'static str, String)>,
    pub identifiers: BTreeSet<String>,
    pub sources: BTreeSet<String>,
    pub pages: BTreeSet<String>,
}

/// All entities by key, and the sources they cite by name.
#[derive(Default)]
pub struct Things {
    pub things: BTreeMap<String, Thing>,
    pub sources: BTreeMap<String, String>,
}

/// The web addresses of identifiers that follow a pattern, by scheme.
pub const PATTERNS: [(&str, &str); 10] = [
    ("eu-authority-country", "http://publications.europa.eu/resource/authority/country/{}"),
    ("eurovoc", "http://eurovoc.europa.eu/{}"),
    ("geonames", "http://sws.geonames.org/{}/"),
    ("isni", "https://isni.org/isni/{}"),
    ("m49", "http://data.un.org/codes/sdg/geoArea/{}"),
    ("ror", "https://ror.org/{}"),
    ("unbis", "http://metadata.un.org/thesaurus/{}"),
    ("undl-voting-record", "https://digitallibrary.un.org/record/{}"),
    ("unesco-thesaurus", "http://vocabularies.unesco.org/thesaurus/{}"),
    ("wikidata", "http://www.wikidata.org/entity/{}"),
];

/// Who a row is about.
struct Subject {
    key: String,
    class: String,
    label: String,
    names: Vec<Also>,
    links: Vec<(&'static str, String)>,
}

/// A State by its two-letter code: key, short and formal name.
type States<'t> = HashMap<&'t str, (String, &'t str, &'t str)>;

impl Things {
    /// Puts the tables together.
    pub fn of(tables: &Tables) -> Result<Self, Box<dyn Error>> {
        let decisions = Decisions::shipped();
        let states = states(tables);
        let mut things = Self::default();
        for row in tables.identifiers.iter().filter(|row| !tables.is_trap(row)) {
            if let Some(subject) = subject(row, &decisions, &states) {
                things.take(row, subject);
            }
        }
        things.add_state_names(tables);
        things.add_resolutions(tables, &decisions)?;
        things.add_meetings(tables)?;
        Ok(things)
    }

    fn take(&mut self, row: &Row, subject: Subject) {
        let sources = self.cite(value(row, "source"));
        let thing = self.things.entry(subject.key).or_default();
        if subject.label.len() > thing.label.len() {
            let shorter = std::mem::replace(&mut thing.label, subject.label);
            thing.names.insert(("skos:altLabel", shorter));
        } else {
            thing.names.insert(("skos:altLabel", subject.label));
        }
        thing.class = subject.class;
        thing.names.extend(subject.names);
        thing.links.extend(subject.links);
        if let Some(identifier) = identifier(row, &sources) {
            thing.identifiers.insert(identifier);
        }
    }

    /// The short names of the sources of a cell, blanks between.
    pub fn cite(&mut self, cell: &str) -> String {
        let named = cell.split("; ").filter(|source| !source.is_empty()).map(|source| {
            let name = source_name(source);
            self.sources.insert(name.clone(), source.to_owned());
            name
        });
        named.collect::<Vec<_>>().join(" ")
    }

    fn add_state_names(&mut self, tables: &Tables) {
        for row in &tables.countries {
            let names =
                names::of_state(value(row, "label"), value(row, "unterm_short_en"), value(row, "unterm_formal_en"));
            if let Some(thing) = self.things.get_mut(&state_key(row)) {
                thing.names.extend(names);
            }
        }
    }

    fn add_resolutions(&mut self, tables: &Tables, decisions: &Decisions) -> Result<(), Box<dyn Error>> {
        for row in &tables.resolutions {
            let symbol = value(row, "symbol");
            let short = symbol.replace('/', "-");
            let slug = names::symbol_slug(symbol);
            let found = self.things.iter_mut().find(|(key, _)| {
                key.split_once('/').is_some_and(|(_, name)| name == slug || name.ends_with(&format!("RES-{short}")))
            });
            let (_, thing) = found.ok_or_else(|| format!("{symbol} is not in identifiers.csv"))?;
            if let Some(organ) = decisions.organ(value(row, "organ")) {
                thing.links.push(("dcterms:creator", format!("<{organ}>")));
            }
            if !value(row, "title").is_empty() {
                thing.names.insert(("dcterms:title", value(row, "title").to_owned()));
            }
            if !value(row, "adopted_or_issued").is_empty() {
                thing.links.push(("dcterms:date", format!("\"{}\"", value(row, "adopted_or_issued"))));
            }
        }
        Ok(())
    }

    fn add_meetings(&mut self, tables: &Tables) -> Result<(), Box<dyn Error>> {
        for row in &tables.meetings {
            let sources = self.cite(value(row, "source"));
            let name = value(row, "meeting").replace("UN Congress", "United Nations Congress");
            let found = self.things.values_mut().find(|thing| thing.class == "Meeting" && thing.label == name);
            let thing = found.ok_or_else(|| format!("{name} is not in identifiers.csv"))?;
            let (start, end) = (value(row, "start"), value(row, "end"));
            let date = if start == end { start.to_owned() } else { format!("{start}/{end}") };
            thing.links.push(("dcterms:date", format!("\"{date}\"")));
            thing.sources.extend(sources.split(' ').map(str::to_owned));
            if !value(row, "url").is_empty() {
                thing.pages.insert(value(row, "url").to_owned());
            }
            let city = value(row, "place").split(',').next().unwrap_or_default();
            let place = format!("place/{}", names::slug(city));
            if self.things.contains_key(&place)
                && let Some(thing) =
                    self.things.values_mut().find(|thing| thing.class == "Meeting" && thing.label == name)
            {
                thing.links.push(("rap:heldIn", format!("<{place}>")));
            }
        }
        Ok(())
    }
}

fn states(tables: &Tables) -> States<'_> {
    let states = tables.countries.iter().map(|row| {
        let formal = value(row, "unterm_formal_en").trim_start_matches("the ");
        (value(row, "iso2"), (state_key(row), names::split_remark(value(row, "label")).0, formal))
    });
    states.collect()
}

fn state_key(row: &Row) -> String {
    format!("state/{}", value(row, "iso3").to_lowercase())
}

/// The entity that a row is about, unless the row is about none of ours.
fn subject(row: &Row, decisions: &Decisions, states: &States<'_>) -> Option<Subject> {
    let (label, kind) = (value(row, "entity_label"), value(row, "kind"));
    let decision = decisions.on(label);
    let class = if decision.class.is_empty() { class_of(kind)? } else { decision.class };
    let mut subject = Subject {
        key: decision.key.to_owned(),
        class: class.to_owned(),
        label: label.to_owned(),
        names: Vec::new(),
        links: Vec::new(),
    };
    if !decision.part_of.is_empty() {
        subject.links.push(("rap:partOf", format!("<{}>", decision.part_of)));
    }
    if decision.silent {
        subject.links.push(("rap:silent", "true".to_owned()));
    }
    subject.name(kind, decision.part_of, decisions, states);
    if subject.key.is_empty() {
        subject.key = format!("{}/{}", folder(class), names::slug(&subject.label));
    }
    Some(subject)
}

impl Subject {
    /// Label, further names and key by the kind of the row.
    fn name(&mut self, kind: &str, owner: &str, decisions: &Decisions, states: &States<'_>) {
        let label = std::mem::take(&mut self.label);
        match kind {
            "country" | "observer-state" => self.name_state(&label, states),
            "resolution" | "document" | "voting-record" => self.name_document(&label, kind),
            "place" => self.name_place(&label, states),
            "meeting" => self.name_meeting(&label, decisions),
            "topic" if self.class != "Treaty" => (self.label, self.names) = names::of_topic(&label),
            "treaty" => {
                self.names = names::of_treaty(&label);
                self.label = names::split_remark(&label).0.to_owned();
            }
            "eu-act" => {
                self.names = names::of_law(&label);
                self.label = names::split_remark(&label).0.to_owned();
            }
            "police-body" | "ministry" => {
                if let Some((_, state, formal)) = states.values().find(|(key, ..)| key == owner) {
                    self.names = names::of_national_body(&label, state, formal);
                }
                self.label = label;
            }
            _ => self.label = label,
        }
    }

    fn name_state(&mut self, label: &str, states: &States<'_>) {
        let bare = names::split_remark(label).0;
        if let Some((key, ..)) = states.values().find(|(_, short, _)| *short == bare) {
            self.key.clone_from(key);
        }
        self.label = label.to_owned();
    }

    fn name_document(&mut self, label: &str, kind: &str) {
        let folder = if kind == "document" { "document" } else { "resolution" };
        self.key = format!("{folder}/{}", names::symbol_slug(&names::symbol_of(label)));
        self.label = names::split_remark(label).0.to_owned();
    }

    fn name_place(&mut self, label: &str, states: &States<'_>) {
        let (name, code) = names::split_remark(label);
        if let Some((state, ..)) = code.and_then(|code| states.get(code)) {
            self.links.push(("rap:partOf", format!("<{state}>")));
        }
        self.label = name.to_owned();
    }

    fn name_meeting(&mut self, label: &str, decisions: &Decisions) {
        let name = names::split_remark(label).0;
        self.label = name.replace("UN Congress", "United Nations Congress");
        if let Some((body, rest)) = decisions.body_of(name) {
            self.links.push(("rap:sessionOf", format!("<{body}>")));
            let number =
                rest.strip_suffix(" meeting").or_else(|| rest.strip_suffix(" session")).and_then(names::ordinal);
            if let Some(number) = number {
                self.links.push(("rap:session", number.to_string()));
                self.key = format!("meeting/{}-{number}", body.trim_start_matches("body/"));
            }
        }
    }
}

/// The first part of the keys of a class.
fn folder(class: &str) -> &'static str {
    use rapporteur::model::Class;
    Class::from_name(class).map_or("topic", |class| class.kind().folder())
}

/// The one-line form of a row's identifier. Names and dates are no identifiers: they are stated by properties of their own.
fn identifier(row: &Row, sources: &str) -> Option<String> {
    let scheme = value(row, "scheme");
    if matches!(scheme, "unterm-short-en" | "unterm-formal-en" | "meeting-dates") {
        return None;
    }
    let (code, uri) = (value(row, "identifier"), value(row, "uri"));
    let pattern = PATTERNS.iter().find(|(name, _)| *name == scheme).map(|(_, pattern)| pattern.replacen("{}", code, 1));
    let line = format!("{scheme} | {code} | {} | {sources}", value(row, "match"));
    let follows = uri.is_empty() || pattern.as_deref() == Some(uri);
    Some(if follows { line } else { format!("{line} | {uri}") })
}

/// A short name for a source: its host, package or repository, and four digits of its hash.
fn source_name(source: &str) -> String {
    let hash = Sha256::digest(source.as_bytes());
    let address = source.split("://").nth(1);
    let package = source.trim_start_matches("PyPI ").trim_start_matches("npm ").trim_start_matches('@');
    let word = match address {
        Some(address) => address.split('/').next(),
        None => package.split([' ', '@', '=']).next().and_then(|path| path.rsplit('/').next()),
    };
    format!("{}-{:02x}{:02x}", names::slug(word.unwrap_or_default()), hash[0], hash[1])
}
