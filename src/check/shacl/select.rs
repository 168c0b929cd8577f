//! Constraints as questions: each row of the answer is something wrong with the node that was asked of.

use oxigraph::sparql::{QueryResults, QuerySolution, SparqlEvaluator};
use oxrdf::{Literal, NamedNode, Term};
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::GroundTerm;

use super::ShapesError;
use super::facts::{Facts, FactsError};
use super::path::Path;
use super::source::Source;
use super::terms::SH;

/// The variable that stands for the node that is asked of.
const THIS: &str = "this";

/// Variables that SHACL lets a processor leave unset, as this one does.
const UNSET: [&str; 2] = ["shapesGraph", "currentShape"];

/// Words that a question within an expression may not have, as SHACL's rules on variables that are set beforehand say.
const REFUSED: [&str; 4] = ["MINUS", "VALUES", "SERVICE", "SELECT"];

/// What is said of a question itself.
const PARTS: [&str; 4] = ["select", "message", "prefixes", "deactivated"];

/// A question.
#[derive(Clone, Debug)]
pub struct Select {
    query: Query,
    /// What it says of each row.
    messages: Vec<Literal>,
}

/// A row of an answer.
pub struct Row {
    /// What is wrong with it, if the question tells.
    pub value: Option<Term>,
    /// Where, if the question tells.
    pub path: Option<NamedNode>,
    /// In words.
    pub messages: Vec<Literal>,
}

impl Select {
    /// Reads the question that a node holds; `None` if it is switched off.
    ///
    /// # Errors
    /// If it is none, or uses what SHACL forbids.
    pub fn read(source: &Source, node: &NamedNode, path: Option<&Path>) -> Result<Option<Self>, ShapesError> {
        if source.is_so(node, "deactivated")? {
            return Ok(None);
        }
        let wrong = |why: String| ShapesError::of(node, why);
        // A shape may be its own question.
        let is_shape = source.values(node, "sparql").next().is_some();
        let mut names = source.of(node).iter().filter_map(|(property, _)| property.as_str().strip_prefix(SH));
        if let Some(name) = names.find(|name| !is_shape && !PARTS.contains(name)) {
            return Err(wrong(format!("is a question with sh:{name}, which belongs to its shape")));
        }
        let text =
            source.literal(node, "select")?.ok_or_else(|| wrong("is a question without sh:select".to_owned()))?;
        let text = match path {
            Some(path) => text.value().replace("$PATH", &path.to_string()).replace("?PATH", &path.to_string()),
            None => text.value().to_owned(),
        };
        let prefixes = prefixes(source, node)?;
        let messages = source.values(node, "message").filter_map(literal).collect();
        let parser = prefixes.iter().try_fold(spargebra::SparqlParser::new(), |parser, (prefix, namespace)| {
            parser.with_prefix(prefix.as_str(), namespace.as_str())
        });
        let query = parser
            .map_err(|error| wrong(format!("has a prefix that is none: {error}")))?
            .parse_query(&text)
            .map_err(|error| wrong(format!("has a sh:select that is no SPARQL: {error}")))?;
        match forbidden(&query) {
            Some(what) => Err(wrong(format!(
                "has a sh:select with {what}, which SHACL does not allow or this program does not know"
            ))),
            None => Ok(Some(Self { query, messages })),
        }
    }

    /// What it says of each row, before a row's values are put in.
    pub fn messages(&self) -> &[Literal] {
        &self.messages
    }

    /// The rows of the answer for a node.
    ///
    /// # Errors
    /// If it cannot be asked, or says itself that it failed.
    pub fn ask(&self, facts: &Facts, this: &Term) -> Result<Vec<Row>, FactsError> {
        let failed = |error: &dyn std::fmt::Display| FactsError(error.to_string());
        let mut query = self.query.clone();
        let known = match this {
            Term::NamedNode(node) => Some(GroundTerm::NamedNode(node.clone())),
            Term::Literal(literal) => Some(GroundTerm::Literal(literal.clone())),
            _ => None,
        };
        if let (Query::Select { pattern, .. }, Some(known)) = (&mut query, known) {
            tell(pattern, &known);
        }
        let query = SparqlEvaluator::new()
            .with_cancellation_token(facts.token().clone())
            .for_query(query)
            .substitute_variable(this_variable(), this.clone());
        let answer = facts.dataset().ask(query).map_err(|error| failed(&error))?;
        let QueryResults::Solutions(rows) = answer else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for row in rows {
            let row = row.map_err(|error| failed(&error))?;
            if matches!(row.get("failure"), Some(Term::Literal(literal)) if literal.value() == "true") {
                return Err(FactsError("a question of the shapes says that it failed".to_owned()));
            }
            found.push(self.row(&row));
        }
        Ok(found)
    }

    fn row(&self, row: &QuerySolution) -> Row {
        let path = match row.get("path") {
            Some(Term::NamedNode(node)) => Some(node.clone()),
            _ => None,
        };
        let own = row.get("message").and_then(literal).into_iter().collect::<Vec<_>>();
        let filled = || self.messages.iter().map(|message| fill(message, row)).collect();
        let messages = if own.is_empty() { filled() } else { own };
        Row { value: row.get("value").cloned(), path, messages }
    }
}

/// A message with what a row has put in the place of `{?name}`.
fn fill(message: &Literal, row: &QuerySolution) -> Literal {
    let words = row.iter().fold(message.value().to_owned(), |words, (variable, term)| {
        let shown = match term {
            Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        };
        words
            .replace(&format!("{{?{}}}", variable.as_str()), &shown)
            .replace(&format!("{{${}}}", variable.as_str()), &shown)
    });
    match message.language() {
        Some(language) => Literal::new_language_tagged_literal_unchecked(words, language),
        None => Literal::new_simple_literal(words),
    }
}

fn literal(term: &Term) -> Option<Literal> {
    match term {
        Term::Literal(literal) => Some(literal.clone()),
        _ => None,
    }
}

/// The prefixes that a question may use: those of the nodes that it names, and of what these import.
fn prefixes(source: &Source, node: &NamedNode) -> Result<Vec<(String, String)>, ShapesError> {
    let imports = NamedNode::new_unchecked("http://www.w3.org/2002/07/owl#imports");
    let mut waiting = source.nodes(node, "prefixes")?;
    let (mut found, mut seen) = (Vec::new(), Vec::new());
    while let Some(owner) = waiting.pop() {
        if seen.contains(&owner) {
            continue;
        }
        for declared in source.nodes(&owner, "declare")? {
            let part = |name: &str| {
                let wrong = || ShapesError::of(&owner, format!("declares a prefix without sh:{name}"));
                source.literal(&declared, name)?.ok_or_else(wrong).map(|literal| literal.value().to_owned())
            };
            found.push((part("prefix")?, part("namespace")?));
        }
        waiting.extend(source.objects(&owner, imports.as_ref()).filter_map(|term| match term {
            Term::NamedNode(node) => Some(node.clone()),
            _ => None,
        }));
        seen.push(owner);
    }
    Ok(found)
}

fn this_variable() -> oxrdf::Variable {
    oxrdf::Variable::new_unchecked(THIS)
}

/// Puts the node that is asked of beside each filter and each new variable: the engine knows it otherwise only where a triple
/// names it, and `FILTER(bound($this))` in a group of its own would fail.
fn tell(pattern: &mut GraphPattern, this: &GroundTerm) {
    use GraphPattern as G;
    match pattern {
        G::Filter { inner, .. } | G::Extend { inner, .. } => {
            tell(inner, this);
            let values = G::Values { variables: vec![this_variable()], bindings: vec![vec![Some(this.clone())]] };
            let right = std::mem::replace(&mut **inner, G::Bgp { patterns: Vec::new() });
            **inner = G::Join { left: Box::new(values), right: Box::new(right) };
        }
        G::Join { left, right }
        | G::Union { left, right }
        | G::Lateral { left, right }
        | G::Minus { left, right }
        | G::LeftJoin { left, right, .. } => {
            tell(left, this);
            tell(right, this);
        }
        G::Graph { inner, .. }
        | G::OrderBy { inner, .. }
        | G::Project { inner, .. }
        | G::Distinct { inner }
        | G::Reduced { inner }
        | G::Slice { inner, .. }
        | G::Group { inner, .. }
        | G::Service { inner, .. } => tell(inner, this),
        G::Bgp { .. } | G::Path { .. } | G::Values { .. } => {}
    }
}

/// What a question has that it must not have.
fn forbidden(query: &Query) -> Option<String> {
    let Query::Select { pattern, .. } = query else { return Some("no SELECT".to_owned()) };
    let text = query.to_string();
    if let Some(name) = UNSET.iter().find(|name| text.contains(&format!("?{name}"))) {
        return Some(format!("${name}"));
    }
    // The outermost choice of variables is the question's own.
    let inner = match pattern {
        GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } | GraphPattern::Slice { inner, .. } => inner,
        other => other,
    };
    match inner {
        GraphPattern::Project { inner, variables } => {
            let asks = variables.iter().any(|variable| variable.as_str() == THIS);
            if asks { within(inner) } else { Some("no ?this among what it selects".to_owned()) }
        }
        other => within(other),
    }
}

fn within(pattern: &GraphPattern) -> Option<String> {
    use GraphPattern as G;
    match pattern {
        G::Minus { .. } => Some("MINUS".to_owned()),
        G::Values { .. } => Some("VALUES".to_owned()),
        G::Service { .. } => Some("SERVICE".to_owned()),
        G::Extend { variable, .. } if variable.as_str() == THIS => Some("another value for $this".to_owned()),
        G::Project { variables, .. } if !variables.iter().any(|variable| variable.as_str() == THIS) => {
            Some("a question within it that does not select $this".to_owned())
        }
        G::Filter { expr, inner } => {
            let text = expr.to_string();
            let bare: String = text.split('"').step_by(2).collect();
            let word = REFUSED.iter().find(|word| bare.split_whitespace().any(|known| known == **word));
            word.map(|word| format!("{word} in a filter")).or_else(|| within(inner))
        }
        G::Join { left, right }
        | G::Union { left, right }
        | G::Lateral { left, right }
        | G::LeftJoin { left, right, .. } => within(left).or_else(|| within(right)),
        G::Graph { inner, .. }
        | G::Extend { inner, .. }
        | G::OrderBy { inner, .. }
        | G::Project { inner, .. }
        | G::Distinct { inner }
        | G::Reduced { inner }
        | G::Slice { inner, .. }
        | G::Group { inner, .. } => within(inner),
        G::Bgp { .. } | G::Path { .. } => None,
    }
}
