//! A parsed question: what it may touch, its parameters, its answer.

use oxigraph::model::{NamedNode, Term, Variable};
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, QueryResults, QuerySolution, SparqlEvaluator};
use spargebra::algebra::{GraphPattern, QueryDataset};
use spargebra::{Query, SparqlParser};

use super::answer::Answer;
use super::bind::bind;
use super::layers::{self, QueryReach};
use super::narrow::{self, narrow};
use super::order::{is_ordered, settled};
use super::remote::Remote;
use super::room::with_room;
use super::rows::Rows;
use super::tokens::{self, QueryToken, TokenKind};
use super::{Error, Services, misprint};
use crate::lift::Layer;
use crate::lift::vocabulary::PREFIXES;
use crate::model::text::one_line;
use crate::store::{Dataset, Limits};

/// Patterns that a group may join: the time that planning takes grows with their fourth power.
const PATTERNS: usize = 120;

/// A query that reads, ready to be asked.
#[derive(Clone, Debug)]
pub struct Question {
    query: Query,
    words: usize,
    reach: QueryReach,
    added: Vec<&'static str>,
    mentioned: Vec<String>,
    bound: Vec<(String, Term)>,
    services: Services,
    limits: Limits,
}

/// Parses SPARQL text. `name` is the file or query it comes from, for errors; `base` resolves relative IRIs, so that
/// `<state/irn>` works. Known prefixes and those of `prefixes` need no declaration. SERVICE is refused.
pub fn parse(name: &str, text: &str, base: &str, prefixes: &[(&str, &str)]) -> Result<Question, Error> {
    parse_with(name, text, base, prefixes, &Services::default())
}

/// The same, where SERVICE may ask the machines that the user named.
pub fn parse_with(
    name: &str,
    text: &str,
    base: &str,
    prefixes: &[(&str, &str)],
    services: &Services,
) -> Result<Question, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let tokens = tokens::tokens(text);
    misprint::refuse_early(name, text, &tokens)?;
    let mut parser = SparqlParser::new();
    for (prefix, namespace) in PREFIXES.iter().chain(&[("id", base)]).chain(prefixes) {
        parser = parser.with_prefix(*prefix, *namespace).map_err(|error| misprint::bad_base(&error))?;
    }
    parser = parser.with_base_iri(base).map_err(|error| misprint::bad_base(&error))?;
    let words = tokens.len();
    with_room(words, || {
        let query = parser.parse_query(text);
        let query = query.map_err(|error| misprint::explain(name, text, &tokens, prefixes, &error))?;
        let reach = layers::reach(&query);
        services.check(&reach.services)?;
        if reach.breadth > PATTERNS {
            return Err(Error::ManyPatterns { found: reach.breadth, most: PATTERNS });
        }
        let (added, mentioned) = (added_prefixes(&tokens), mentioned(&tokens));
        let (services, limits) = (services.clone(), Limits::default());
        Ok(Question { query, words, reach, added, mentioned, bound: Vec::new(), services, limits })
    })
}

impl Question {
    /// Prefixes that the text uses without declaring them.
    pub fn added_prefixes(&self) -> &[&'static str] {
        &self.added
    }

    /// The layers of the store that can hold part of the answer.
    pub fn layers(&self) -> &[Layer] {
        &self.reach.layers
    }

    /// Lets the answer also come from another layer.
    pub fn widen(&mut self, layer: Layer) {
        if !self.reach.layers.contains(&layer) {
            self.reach.layers.push(layer);
        }
    }

    /// Whether the answer depends on which graph says what. If not, all graphs may be read as one.
    pub fn names_graphs(&self) -> bool {
        self.reach.graphs
    }

    /// Whether the answer is a graph (CONSTRUCT, DESCRIBE).
    pub fn is_graph(&self) -> bool {
        matches!(self.query, Query::Construct { .. } | Query::Describe { .. })
    }

    /// The variables that the answer has columns for, without question marks; none for ASK and graphs.
    pub fn variables(&self) -> Vec<String> {
        let Query::Select { pattern, .. } = &self.query else { return Vec::new() };
        selected(pattern).iter().map(|variable| variable.as_str().to_owned()).collect()
    }

    /// The variables that the text mentions, without question marks, sorted.
    pub fn mentioned(&self) -> &[String] {
        &self.mentioned
    }

    /// What is bound, in order: variable and term.
    pub fn bound(&self) -> &[(String, Term)] {
        &self.bound
    }

    /// Sets a variable to a term.
    pub fn bind(&mut self, name: &str, term: &Term) {
        if let Ok(variable) = Variable::new(name) {
            let bound = with_room(self.words, || Ok(bind(self.query.clone(), &variable, term)));
            if let Ok(bound) = bound {
                self.query = bound;
            }
            self.bound.push((name.to_owned(), term.clone()));
        }
    }

    /// Sets the graphs that are asked, over those that the text names; none of both leaves the text's.
    pub fn over(&mut self, default: &[NamedNode], named: &[NamedNode]) {
        if default.is_empty() && named.is_empty() {
            return;
        }
        let chosen = QueryDataset { default: default.to_vec(), named: Some(named.to_vec()) };
        let (Query::Select { dataset, .. }
        | Query::Construct { dataset, .. }
        | Query::Describe { dataset, .. }
        | Query::Ask { dataset, .. }) = &mut self.query;
        *dataset = Some(chosen);
        self.reach.graphs = true;
    }

    /// Sets what the answer may cost; without it, the usual limits hold.
    pub fn limit(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// Asks a store whose default graph holds all its graphs as one, as [`crate::store::Store`] lays it out.
    pub fn ask(&self, store: impl Into<Dataset>) -> Result<Answer, Error> {
        let (question, store) = (self.clone(), store.into());
        self.limits.run(move |token| question.evaluate(&store, &token))?
    }

    /// The addresses that SERVICE asks, in the order of the text; `None` for one that a variable holds.
    pub fn services(&self) -> &[Option<String>] {
        &self.reach.services
    }

    /// The different rows that part of the question has here; a few more than can be sent along are enough to tell.
    fn rows(
        &self,
        (store, token): (&Dataset, &CancellationToken),
        pattern: &GraphPattern,
        variables: &[Variable],
    ) -> Option<Vec<Vec<Option<Term>>>> {
        let (variables, inner) = (variables.to_vec(), Box::new(pattern.clone()));
        let inner = Box::new(GraphPattern::Project { inner, variables: variables.clone() });
        let inner = Box::new(GraphPattern::Distinct { inner });
        let pattern = GraphPattern::Slice { inner, start: 0, length: Some(narrow::MOST + 1) };
        let query = Query::Select { dataset: self.query.dataset().cloned(), pattern, base_iri: None };
        let evaluator = SparqlEvaluator::new().with_cancellation_token(token.clone());
        let QueryResults::Solutions(rows) = store.ask(evaluator.for_query(query)).ok()? else {
            return None;
        };
        let row = |row: QuerySolution| variables.iter().map(|variable| row.get(variable).cloned()).collect();
        let mut rows = rows.map(|found| found.map(row)).collect::<Result<Vec<Vec<Option<Term>>>, _>>().ok()?;
        // The same question, letter by letter, however the store is laid out.
        rows.sort_by_cached_key(|row| format!("{row:?}"));
        Some(rows)
    }

    fn evaluate(&self, store: &Dataset, token: &CancellationToken) -> Result<Answer, Error> {
        let mut evaluator = SparqlEvaluator::new().with_cancellation_token(token.clone());
        let mut query = settled(self.query.clone());
        let is_ordered = is_ordered(&query);
        if !self.reach.services.is_empty() {
            evaluator = evaluator.with_default_service_handler(Remote::new(self.services.clone()));
            let (Query::Select { pattern, .. }
            | Query::Construct { pattern, .. }
            | Query::Describe { pattern, .. }
            | Query::Ask { pattern, .. }) = &mut query;
            *pattern =
                narrow(std::mem::take(pattern), &|pattern, variables| self.rows((store, token), pattern, variables));
        }
        match store.ask(evaluator.for_query(query)).map_err(failed)? {
            QueryResults::Boolean(truth) => Ok(Answer::Truth(truth)),
            QueryResults::Graph(triples) => {
                let mut triples = self.bounded(triples.map(|triple| triple.map_err(failed)))?;
                triples.sort_by_cached_key(ToString::to_string);
                triples.dedup();
                Ok(Answer::Graph(triples))
            }
            QueryResults::Solutions(solutions) => {
                let variables: Vec<String> =
                    solutions.variables().iter().map(|variable| variable.as_str().to_owned()).collect();
                let mut rows =
                    self.bounded(solutions.map(|row| row.map(|row| row.values().to_vec()).map_err(failed)))?;
                if !is_ordered {
                    rows.sort_by_cached_key(|row| format!("{row:?}"));
                }
                Ok(Answer::Rows(Rows { variables, rows }))
            }
        }
    }
}

impl Question {
    /// All of them, if there are no more than may be.
    fn bounded<T>(&self, found: impl Iterator<Item = Result<T, Error>>) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        for one in found {
            self.limits.has_room(all.len())?;
            all.push(one?);
        }
        Ok(all)
    }
}

fn failed(error: QueryEvaluationError) -> Error {
    let error = match error {
        QueryEvaluationError::Service(error) => match error.downcast() {
            Ok(ours) => return *ours,
            Err(other) => QueryEvaluationError::Service(other),
        },
        other => other,
    };
    Error::Evaluation { reason: one_line(&error.to_string()) }
}

fn selected(pattern: &GraphPattern) -> &[Variable] {
    match pattern {
        GraphPattern::Project { variables, .. } => variables,
        GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } | GraphPattern::Slice { inner, .. } => {
            selected(inner)
        }
        _ => &[],
    }
}

fn added_prefixes(tokens: &[QueryToken<'_>]) -> Vec<&'static str> {
    let declared = tokens::declared(tokens);
    let mut added: Vec<&'static str> = tokens
        .iter()
        .filter_map(|token| token.prefix())
        .filter(|prefix| !declared.contains(prefix))
        .filter_map(|prefix| PREFIXES.iter().find(|(known, _)| *known == prefix).map(|(known, _)| *known))
        .collect();
    added.sort_unstable();
    added.dedup();
    added
}

fn mentioned(tokens: &[QueryToken<'_>]) -> Vec<String> {
    let variables = tokens.iter().filter(|token| token.kind == TokenKind::Variable);
    let mut names: Vec<String> = variables.map(|token| token.text[1..].to_owned()).collect();
    names.sort_unstable();
    names.dedup();
    names
}
