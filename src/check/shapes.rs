//! Shapes of the graph as questions: each row of an answer is something wrong.

use std::sync::LazyLock;

use oxigraph::sparql::{CancellationToken, QueryResults, SparqlEvaluator};
use oxrdf::Term;

use crate::lift::vocabulary::PREFIXES;
use crate::model::{Code, Fault};
use crate::store::{Dataset, Error, Limits, Store};

use super::finding::{Finding, Level};

/// The shapes that ship, by file name.
const FILES: &[(&str, &str)] = &[
    ("claim-incomplete", include_str!("../../queries/check/claim-incomplete.rq")),
    ("claim-untyped", include_str!("../../queries/check/claim-untyped.rq")),
    ("claim-values", include_str!("../../queries/check/claim-values.rq")),
    ("evidence-unquoted", include_str!("../../queries/check/evidence-unquoted.rq")),
    ("thing-unnamed", include_str!("../../queries/check/thing-unnamed.rq")),
    ("blank-node", include_str!("../../queries/check/blank-node.rq")),
    ("edge-unproved", include_str!("../../queries/check/edge-unproved.rq")),
    ("edge-missing", include_str!("../../queries/check/edge-missing.rq")),
    ("linkset-unsourced", include_str!("../../queries/check/linkset-unsourced.rq")),
    ("relation-undeclared", include_str!("../../queries/check/relation-undeclared.rq")),
    ("position-unattributed", include_str!("../../queries/check/position-unattributed.rq")),
    ("actor-unlinked", include_str!("../../queries/check/actor-unlinked.rq")),
    ("link-incomplete", include_str!("../../queries/check/link-incomplete.rq")),
    ("link-unnoted", include_str!("../../queries/check/link-unnoted.rq")),
    ("thing-untyped", include_str!("../../queries/check/thing-untyped.rq")),
    ("position-misnamed", include_str!("../../queries/check/position-misnamed.rq")),
    ("text-misnamed", include_str!("../../queries/check/text-misnamed.rq")),
    ("date-impossible", include_str!("../../queries/check/date-impossible.rq")),
    ("place-peopled", include_str!("../../queries/check/place-peopled.rq")),
    ("position-unranked", include_str!("../../queries/check/position-unranked.rq")),
    ("claim-unsure", include_str!("../../queries/check/claim-unsure.rq")),
];

static EMBEDDED: LazyLock<Vec<Shape>> =
    LazyLock::new(|| FILES.iter().filter_map(|(name, text)| Shape::new(name, text).ok()).collect());

/// A question whose rows are faults, with the words to tell them in. Its file opens with `#+` lines: `code`, `level` (error or
/// warn), `ok`, `one`, `many`. It selects `?node` and, if it likes, `?detail`.
#[derive(Clone, Debug)]
pub struct Shape {
    name: String,
    query: String,
    code: String,
    level: Level,
    ok: String,
    one: String,
    many: String,
}

/// A shape that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the check {name} {reason}")]
pub struct ShapeError {
    name: String,
    reason: String,
}

impl Fault for ShapeError {
    fn code(&self) -> Code {
        Code::CHECK_UNUSABLE
    }
}

impl Shape {
    /// The shapes that ship.
    pub fn embedded() -> &'static [Shape] {
        &EMBEDDED
    }

    /// A shape of the user's own. `name` is the file's, without its ending.
    ///
    /// # Errors
    /// If a header line is missing or the query is not valid SPARQL.
    pub fn new(name: &str, text: &str) -> Result<Self, ShapeError> {
        let error = |reason: String| ShapeError { name: name.to_owned(), reason };
        let field = |key: &str| header(text, key).ok_or_else(|| error(format!("has no line “#+ {key}: …”")));
        let level = match field("level")?.as_str() {
            "error" => Level::Fail,
            "warn" => Level::Warn,
            other => return Err(error(format!("has an unknown level “{other}”"))),
        };
        let shape = Self {
            name: name.to_owned(),
            query: text.to_owned(),
            code: header(text, "code").unwrap_or_else(|| name.to_owned()),
            level,
            ok: field("ok")?,
            one: field("one")?,
            many: field("many")?,
        };
        let _ = evaluator().parse_query(text).map_err(|fault| error(format!("is no valid SPARQL: {fault}")))?;
        Ok(shape)
    }

    /// Its file's content.
    pub fn text(&self) -> &str {
        &self.query
    }

    /// The name of its file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Asks a store that was opened with all layers and named graphs.
    ///
    /// # Errors
    /// If the database fails, or it takes more than it may.
    pub fn look(&self, store: &Store, limits: Limits) -> Result<Finding, Error> {
        let (query, dataset) = (self.query.clone(), store.dataset().clone());
        let asked = limits.run(move |token| ask(&query, &dataset, token))?;
        let nodes = named(asked.map_err(Error::Database)?, store);
        Ok(match nodes.len() {
            0 => Finding::ok(&self.code, &*self.ok),
            1 => Finding::new(self.level, &self.code, format!("1 {}", self.one), nodes),
            n => Finding::new(self.level, &self.code, format!("{n} {}", self.many), nodes),
        })
    }
}

/// Node and detail of each row.
type Faults = Vec<(Option<Term>, Option<Term>)>;

fn ask(query: &str, dataset: &Dataset, token: CancellationToken) -> Result<Faults, String> {
    let told = |error: &dyn std::fmt::Display| error.to_string();
    let evaluator = evaluator().with_cancellation_token(token);
    let query = evaluator.parse_query(query).map_err(|error| told(&error))?;
    let results = dataset.ask(query).map_err(|error| told(&error))?;
    let QueryResults::Solutions(rows) = results else { return Ok(Vec::new()) };
    let of = |row: oxigraph::sparql::QuerySolution| (row.get("node").cloned(), row.get("detail").cloned());
    rows.map(|row| row.map(of).map_err(|error| told(&error))).collect()
}

/// The faults in words, sorted.
fn named(faults: Faults, store: &Store) -> Vec<String> {
    let detail = |detail: Option<Term>| detail.map(|detail| format!(" ({})", words(&detail, store)));
    let named = faults.into_iter();
    let mut nodes: Vec<String> =
        named.filter_map(|(node, told)| Some(words(&node?, store) + &detail(told).unwrap_or_default())).collect();
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

fn evaluator() -> SparqlEvaluator {
    PREFIXES.iter().fold(SparqlEvaluator::new(), |evaluator, (prefix, namespace)| {
        // Our own namespaces are valid IRIs; without one the query would name the missing prefix.
        evaluator.clone().with_prefix(*prefix, *namespace).unwrap_or(evaluator)
    })
}

/// A term as people know it: the key of ours, the whole IRI of others'.
pub fn words(term: &Term, store: &Store) -> String {
    match term {
        Term::NamedNode(node) => {
            let key = store.base().key(node.as_str()).unwrap_or(node.as_str());
            key.strip_prefix("claim/").unwrap_or(key).to_owned()
        }
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(node) => node.to_string(),
    }
}

/// The value of a `#+ key: value` line.
fn header(text: &str, key: &str) -> Option<String> {
    let lines =
        text.lines().filter_map(|line| line.strip_prefix("#+")?.trim_start().strip_prefix(key)?.strip_prefix(':'));
    lines.map(|value| value.trim().to_owned()).find(|value| !value.is_empty())
}
