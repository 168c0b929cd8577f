//! The Reconciliation Service API (version 0.2) over loaded vocabularies, without a network: requests as paths and
//! parameters, answers as JSON. OpenRefine and other clients match the rows of a table with it.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::candidate::{self, Asked, Candidate};
use super::schemes;
use super::vocabulary::Shelf;
use super::vocabulary::{Sort, Vocabulary};
use crate::model::Kind;
use crate::model::ONTOLOGY;

/// Queries of one batch, at most; the manifest says so.
const BATCH: usize = 200;

/// Candidates of one query, where it does not say how many.
const LIMIT: usize = 10;

/// What a request is answered with.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// JSON.
    Json(Value),
    /// A small page about an entry.
    Page(String),
    /// The request asks for nothing that there is.
    NotFound,
    /// The request cannot be understood.
    Unclear(String),
}

/// The service: which vocabularies, and the address that it is reached at (no slash at its end).
pub struct Service<'a> {
    /// The vocabularies.
    pub shelf: &'a dyn Shelf,
    /// For example `http://127.0.0.1:7980`.
    pub address: &'a str,
}

/// One query of a batch.
#[derive(Debug, Deserialize)]
struct Query {
    /// Nothing where the cell of the table is empty.
    #[serde(default)]
    query: Option<String>,
    #[serde(default, rename = "type")]
    types: Types,
    limit: Option<usize>,
    #[serde(default)]
    properties: Vec<Property>,
}

/// The types that a query may name: one or several.
#[derive(Debug, Default, Deserialize)]
#[serde(untagged)]
enum Types {
    #[default]
    None,
    One(String),
    Many(Vec<String>),
}

#[derive(Debug, Deserialize)]
struct Property {
    pid: String,
    v: Value,
}

#[derive(Serialize)]
struct Named {
    id: String,
    name: String,
}

/// The properties that sharpen a query.
const PROPERTIES: [(&str, &str); 2] =
    [("also", "another name of the same thing"), ("country", "country (two letters)")];

impl Service<'_> {
    /// Answers a request: its path, and its parameters in their order, whether of the address or of the body.
    pub fn answer(&self, path: &str, parameters: &[(String, String)]) -> Answer {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let (scheme, rest) = match parts.split_first() {
            Some((first, rest)) if self.shelf.get(first).is_some() => (Some(*first), rest),
            _ => (None, parts.as_slice()),
        };
        let value = |name: &str| parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        match rest {
            [] | ["reconcile"] => match (value("queries"), value("query")) {
                (Some(queries), _) => self.batch(scheme, queries),
                (None, Some(_)) => {
                    Answer::Unclear("send a batch of queries: queries={\"q0\":{\"query\":\"…\"}}".to_owned())
                }
                (None, None) => Answer::Json(self.manifest(scheme)),
            },
            ["suggest", what] => match value("prefix") {
                Some(prefix) => self.suggest(scheme, what, prefix),
                None => Answer::Unclear("say what it begins with: prefix=…".to_owned()),
            },
            ["preview"] => value("id").map_or(Answer::NotFound, |id| self.preview(scheme, id)),
            _ => Answer::NotFound,
        }
    }

    fn manifest(&self, scheme: Option<&str>) -> Value {
        let (name, space) = match scheme {
            Some(scheme) => {
                (format!("{scheme} (rapporteur)"), schemes::by_name(scheme).map_or(ONTOLOGY, |known| known.space))
            }
            None => ("rapporteur".to_owned(), ONTOLOGY),
        };
        let address = scheme.map_or_else(|| self.address.to_owned(), |scheme| format!("{}/{scheme}", self.address));
        let suggest = |what: &str| json!({"service_url": address, "service_path": format!("/suggest/{what}")});
        json!({
            "versions": ["0.2"],
            "name": name,
            "identifierSpace": space,
            "schemaSpace": ONTOLOGY,
            "defaultTypes": types(""),
            "batchSize": BATCH,
            "view": {"url": "{{id}}"},
            "preview": {"url": format!("{address}/preview?id={{{{id}}}}"), "width": 420, "height": 180},
            "suggest": {"entity": suggest("entity"), "type": suggest("type"), "property": suggest("property")},
        })
    }

    fn batch(&self, scheme: Option<&str>, text: &str) -> Answer {
        let queries: serde_json::Map<String, Value> = match serde_json::from_str(text) {
            Ok(queries) => queries,
            Err(error) => return Answer::Unclear(format!("the batch of queries is no JSON object: {error}")),
        };
        if queries.len() > BATCH {
            return Answer::Unclear(format!("{} queries in one batch; at most {BATCH}", queries.len()));
        }
        let mut results = serde_json::Map::new();
        for (id, query) in queries {
            match serde_json::from_value::<Query>(query) {
                Ok(query) => _ = results.insert(id, json!({"result": self.results(scheme, &query)})),
                Err(error) => return Answer::Unclear(format!("query {id}: {error}")),
            }
        }
        Answer::Json(Value::Object(results))
    }

    fn results(&self, scheme: Option<&str>, query: &Query) -> Vec<Value> {
        let Some(name) = query.query.as_deref().filter(|name| !name.trim().is_empty()) else { return Vec::new() };
        let told = |pid: &str| {
            let of = query.properties.iter().filter(move |property| property.pid == pid);
            of.filter_map(|property| property.v.as_str()).map(str::to_owned).collect::<Vec<String>>()
        };
        let (also, countries) = (told("also"), told("country"));
        let names: Vec<&str> = std::iter::once(name).chain(also.iter().map(String::as_str)).collect();
        let wanted = query.types.sorts();
        let country = countries.first().map(String::as_str);
        let kind = wanted.first().filter(|_| wanted.len() == 1).and_then(|sort| kind(*sort));
        let asked = Asked { names: &names, kind, language: "", country, near: true, ..Asked::default() };
        let mut found: Vec<(Candidate, bool, &str)> = Vec::new();
        for vocabulary in self.vocabularies(scheme) {
            let candidates = candidate::candidates(vocabulary, &asked);
            let meant = candidate::decided(&candidates).map(|candidate| candidate.concept);
            let fits = |sort: Sort| wanted.is_empty() || wanted.contains(&sort);
            let fitting = candidates.into_iter().filter(|candidate| fits(candidate.sort));
            found.extend(fitting.map(|one| {
                let is_meant = meant == Some(one.concept);
                (one, is_meant, vocabulary.card().scheme.as_str())
            }));
        }
        found.sort_by(|a, b| b.0.score.total_cmp(&a.0.score).then_with(|| a.0.iri.cmp(&b.0.iri)));
        // Over several vocabularies, one sure answer each is no sure answer.
        let is_sure = found.iter().filter(|(_, is_meant, _)| *is_meant).count() == 1;
        found.truncate(query.limit.unwrap_or(LIMIT).clamp(1, 100));
        found.iter().map(|(candidate, is_meant, scheme)| result(candidate, *is_meant && is_sure, scheme)).collect()
    }

    fn suggest(&self, scheme: Option<&str>, what: &str, prefix: &str) -> Answer {
        match what {
            "entity" => {
                let mut found = Vec::new();
                for vocabulary in self.vocabularies(scheme).filter(|_| !prefix.trim().is_empty()) {
                    found.extend(vocabulary.starting(prefix, LIMIT).into_iter().filter_map(|hit| {
                        let concept = vocabulary.concept(hit.concept)?;
                        let notable = types(concept.sort.name());
                        let description = format!("{}: “{}”", vocabulary.card().scheme, hit.label.text);
                        Some(json!({"id": concept.iri, "name": vocabulary.name(hit.concept), "description": description, "notable": notable}))
                    }));
                }
                Answer::Json(json!({"result": found}))
            }
            "type" => Answer::Json(json!({"result": types(prefix)})),
            "property" => {
                let fitting = PROPERTIES.iter().filter(|(id, name)| id.starts_with(prefix) || name.contains(prefix));
                let named: Vec<Named> =
                    fitting.map(|(id, name)| Named { id: (*id).to_owned(), name: (*name).to_owned() }).collect();
                Answer::Json(json!({"result": named}))
            }
            _ => Answer::NotFound,
        }
    }

    fn preview(&self, scheme: Option<&str>, id: &str) -> Answer {
        let found = self.vocabularies(scheme).find_map(|vocabulary| Some((vocabulary, vocabulary.by_iri(id)?)));
        let Some((vocabulary, concept)) = found else { return Answer::NotFound };
        let also: Vec<String> =
            vocabulary.labels(concept.number).iter().skip(1).take(8).map(|label| escaped(&label.text)).collect();
        let broader: Vec<String> =
            vocabulary.broader(concept.number).into_iter().map(|up| escaped(&vocabulary.name(up))).collect();
        let line = |title: &str, words: &[String]| match words.is_empty() {
            true => String::new(),
            false => format!("<p>{title} {}</p>", words.join(" · ")),
        };
        Answer::Page(format!(
            "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>{name}</title>\
             <body style=\"font:14px sans-serif\"><h1 style=\"font-size:16px\">{name}</h1>\
             <p>{scheme} · {sort}{withdrawn}<br><code>{iri}</code></p>{also}{broader}</body></html>",
            name = escaped(&vocabulary.name(concept.number)),
            scheme = escaped(&vocabulary.card().scheme),
            sort = concept.sort.name(),
            withdrawn = if concept.is_withdrawn { " · withdrawn" } else { "" },
            iri = escaped(&concept.iri),
            also = line("also", &also),
            broader = line("under", &broader),
        ))
    }

    fn vocabularies<'s>(&'s self, scheme: Option<&'s str>) -> impl Iterator<Item = &'s dyn Vocabulary> {
        let all = self.shelf.vocabularies();
        all.filter(move |vocabulary| scheme.is_none_or(|scheme| vocabulary.card().scheme == scheme))
    }
}

impl Types {
    fn sorts(&self) -> Vec<Sort> {
        match self {
            Self::None => Vec::new(),
            Self::One(one) => Sort::from_word(one).into_iter().collect(),
            Self::Many(many) => many.iter().filter_map(|one| Sort::from_word(one)).collect(),
        }
    }
}

fn result(candidate: &Candidate, is_meant: bool, scheme: &str) -> Value {
    json!({
        "id": candidate.iri,
        "name": candidate.label,
        "description": format!("{scheme}: {}", candidate.reasons.join("; ")),
        "type": [Named { id: candidate.sort.name().to_owned(), name: candidate.sort.name().to_owned() }],
        "score": (f64::from(candidate.score) * 100.0).round(),
        "match": is_meant,
    })
}

/// A kind of ours for a type of a query.
fn kind(sort: Sort) -> Option<Kind> {
    Some(match sort {
        Sort::Concept => Kind::Topic,
        Sort::Country => Kind::State,
        Sort::Organisation => Kind::InternationalOrganization,
        Sort::Place => Kind::Place,
        Sort::Person => Kind::PersonRole,
        _ => return None,
    })
}

fn types(prefix: &str) -> Vec<Named> {
    let known = Sort::ALL.into_iter().filter(|sort| *sort != Sort::Unknown && sort.name().starts_with(prefix));
    known.map(|sort| Named { id: sort.name().to_owned(), name: sort.name().to_owned() }).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
