//! Sets a variable of a query to a term. The term takes the variable's place in the parsed query, never in its text, so
//! no value can change what the query does; and the optimiser plans with it, which it cannot with a late binding (there,
//! `BOUND` of a variable that no pattern mentions counts as false).

use oxigraph::model::{Literal, Term, Variable};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};

/// The query with that variable set. Sub-queries that do not select the variable have one of their own and keep it.
pub(super) fn bind(query: Query, variable: &Variable, term: &Term) -> Query {
    let binding = Binding { variable, term };
    match query {
        Query::Select { dataset, pattern, base_iri } => {
            Query::Select { dataset, pattern: binding.outermost(pattern), base_iri }
        }
        Query::Ask { dataset, pattern, base_iri } => {
            Query::Ask { dataset, pattern: binding.outermost(pattern), base_iri }
        }
        Query::Describe { dataset, pattern, base_iri } => {
            Query::Describe { dataset, pattern: binding.outermost(pattern), base_iri }
        }
        Query::Construct { template, dataset, pattern, base_iri } => {
            let template = template.into_iter().filter_map(|triple| binding.triple(triple)).collect();
            Query::Construct { template, dataset, pattern: binding.outermost(pattern), base_iri }
        }
    }
}

struct Binding<'a> {
    variable: &'a Variable,
    term: &'a Term,
}

impl Binding<'_> {
    /// The pattern of the query itself, whose variables are the asker's whether selected or not.
    fn outermost(&self, pattern: GraphPattern) -> GraphPattern {
        match pattern {
            GraphPattern::Project { inner, variables } => self.project(*inner, variables),
            GraphPattern::Distinct { inner } => GraphPattern::Distinct { inner: Box::new(self.outermost(*inner)) },
            GraphPattern::Reduced { inner } => GraphPattern::Reduced { inner: Box::new(self.outermost(*inner)) },
            GraphPattern::Slice { inner, start, length } => {
                GraphPattern::Slice { inner: Box::new(self.outermost(*inner)), start, length }
            }
            other => self.pattern(other),
        }
    }

    fn pattern(&self, pattern: GraphPattern) -> GraphPattern {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                let count = patterns.len();
                let patterns: Vec<_> = patterns.into_iter().filter_map(|triple| self.triple(triple)).collect();
                if patterns.len() == count { GraphPattern::Bgp { patterns } } else { nothing() }
            }
            GraphPattern::Path { subject, path, object } => match (self.subject(subject), self.object(object)) {
                (Some(subject), Some(object)) => GraphPattern::Path { subject, path, object },
                _ => nothing(),
            },
            GraphPattern::Graph { name, inner } => match self.node(name) {
                Some(name) => GraphPattern::Graph { name, inner: self.boxed(*inner) },
                None => nothing(),
            },
            GraphPattern::Service { name, inner, silent } => {
                GraphPattern::Service { name, inner: self.boxed(*inner), silent }
            }
            GraphPattern::Values { variables, bindings } => self.values(variables, bindings),
            GraphPattern::Extend { inner, variable, expression } => self.extend(*inner, variable, expression),
            GraphPattern::Project { inner, variables } if variables.contains(self.variable) => {
                self.project(*inner, variables)
            }
            GraphPattern::Project { inner, variables } => GraphPattern::Project { inner, variables },
            GraphPattern::Group { inner, variables, aggregates } => self.group(*inner, variables, aggregates),
            other => self.operator(other),
        }
    }

    /// Patterns that only hold others.
    fn operator(&self, pattern: GraphPattern) -> GraphPattern {
        match pattern {
            GraphPattern::Join { left, right } => {
                GraphPattern::Join { left: self.boxed(*left), right: self.boxed(*right) }
            }
            GraphPattern::Union { left, right } => {
                GraphPattern::Union { left: self.boxed(*left), right: self.boxed(*right) }
            }
            GraphPattern::Minus { left, right } => {
                GraphPattern::Minus { left: self.boxed(*left), right: self.boxed(*right) }
            }
            GraphPattern::Lateral { left, right } => {
                GraphPattern::Lateral { left: self.boxed(*left), right: self.boxed(*right) }
            }
            GraphPattern::LeftJoin { left, right, expression } => GraphPattern::LeftJoin {
                left: self.boxed(*left),
                right: self.boxed(*right),
                expression: expression.map(|expression| self.expression(expression)),
            },
            GraphPattern::Filter { expr, inner } => {
                GraphPattern::Filter { expr: self.expression(expr), inner: self.boxed(*inner) }
            }
            GraphPattern::OrderBy { inner, expression } => GraphPattern::OrderBy {
                inner: self.boxed(*inner),
                expression: expression.into_iter().map(|order| self.order(order)).collect(),
            },
            GraphPattern::Distinct { inner } => GraphPattern::Distinct { inner: self.boxed(*inner) },
            GraphPattern::Reduced { inner } => GraphPattern::Reduced { inner: self.boxed(*inner) },
            GraphPattern::Slice { inner, start, length } => {
                GraphPattern::Slice { inner: self.boxed(*inner), start, length }
            }
            other => other,
        }
    }

    fn boxed(&self, pattern: GraphPattern) -> Box<GraphPattern> {
        Box::new(self.pattern(pattern))
    }

    /// A selection of the variable still yields its value.
    fn project(&self, inner: GraphPattern, variables: Vec<Variable>) -> GraphPattern {
        let mut inner = self.pattern(inner);
        if variables.contains(self.variable) && !in_scope(&inner, self.variable) {
            inner = self.constant(inner);
        }
        GraphPattern::Project { inner: Box::new(inner), variables }
    }

    /// A group key stays a group key: without keys there would be a row for nothing at all.
    fn group(
        &self,
        inner: GraphPattern,
        variables: Vec<Variable>,
        aggregates: Vec<(Variable, AggregateExpression)>,
    ) -> GraphPattern {
        let mut inner = self.pattern(inner);
        if variables.contains(self.variable) && !in_scope(&inner, self.variable) {
            inner = self.constant(inner);
        }
        let aggregates = aggregates.into_iter().map(|(name, aggregate)| (name, self.aggregate(aggregate))).collect();
        GraphPattern::Group { inner: Box::new(inner), variables, aggregates }
    }

    fn constant(&self, inner: GraphPattern) -> GraphPattern {
        let variable = self.variable.clone();
        GraphPattern::Extend { inner: Box::new(inner), variable, expression: self.value() }
    }

    fn extend(&self, inner: GraphPattern, variable: Variable, expression: Expression) -> GraphPattern {
        let inner = Box::new(self.pattern(inner));
        let expression = self.expression(expression);
        if variable == *self.variable {
            let expr = Expression::SameTerm(Box::new(expression), Box::new(self.value()));
            return GraphPattern::Filter { expr, inner };
        }
        GraphPattern::Extend { inner, variable, expression }
    }

    fn values(&self, mut variables: Vec<Variable>, bindings: Vec<Vec<Option<GroundTerm>>>) -> GraphPattern {
        let Some(column) = variables.iter().position(|variable| variable == self.variable) else {
            return GraphPattern::Values { variables, bindings };
        };
        variables.remove(column);
        let fits = |row: &Vec<Option<GroundTerm>>| match row.get(column) {
            Some(Some(GroundTerm::NamedNode(node))) => *self.term == Term::NamedNode(node.clone()),
            Some(Some(GroundTerm::Literal(literal))) => *self.term == Term::Literal(literal.clone()),
            _ => true,
        };
        let without = |mut row: Vec<Option<GroundTerm>>| {
            row.remove(column);
            row
        };
        GraphPattern::Values { variables, bindings: bindings.into_iter().filter(fits).map(without).collect() }
    }

    /// `None` if the term cannot stand there: a literal in front.
    fn triple(&self, triple: TriplePattern) -> Option<TriplePattern> {
        Some(TriplePattern {
            subject: self.subject(triple.subject)?,
            predicate: self.node(triple.predicate)?,
            object: self.object(triple.object)?,
        })
    }

    fn subject(&self, subject: TermPattern) -> Option<TermPattern> {
        self.object(subject).filter(|term| !matches!(term, TermPattern::Literal(_)))
    }

    fn object(&self, object: TermPattern) -> Option<TermPattern> {
        match object {
            TermPattern::Variable(variable) if variable == *self.variable => match self.term {
                Term::NamedNode(node) => Some(node.clone().into()),
                Term::Literal(literal) => Some(literal.clone().into()),
                Term::BlankNode(_) => None,
            },
            other => Some(other),
        }
    }

    fn node(&self, node: NamedNodePattern) -> Option<NamedNodePattern> {
        match node {
            NamedNodePattern::Variable(variable) if variable == *self.variable => match self.term {
                Term::NamedNode(node) => Some(node.clone().into()),
                _ => None,
            },
            other => Some(other),
        }
    }

    fn value(&self) -> Expression {
        match self.term {
            Term::NamedNode(node) => node.clone().into(),
            Term::Literal(literal) => literal.clone().into(),
            Term::BlankNode(_) => Literal::from(false).into(),
        }
    }

    fn order(&self, order: OrderExpression) -> OrderExpression {
        match order {
            OrderExpression::Asc(expression) => OrderExpression::Asc(self.expression(expression)),
            OrderExpression::Desc(expression) => OrderExpression::Desc(self.expression(expression)),
        }
    }

    fn aggregate(&self, aggregate: AggregateExpression) -> AggregateExpression {
        match aggregate {
            AggregateExpression::FunctionCall { name, expr, distinct } => {
                AggregateExpression::FunctionCall { name, expr: self.expression(expr), distinct }
            }
            other => other,
        }
    }

    fn all(&self, expressions: Vec<Expression>) -> Vec<Expression> {
        expressions.into_iter().map(|expression| self.expression(expression)).collect()
    }

    fn expression(&self, expression: Expression) -> Expression {
        use Expression as E;
        let inside = |inner: Box<E>| Box::new(self.expression(*inner));
        match expression {
            E::Variable(variable) if variable == *self.variable => self.value(),
            E::Bound(variable) if variable == *self.variable => Literal::from(true).into(),
            E::Exists(pattern) => E::Exists(self.boxed(*pattern)),
            E::Or(a, b) => E::Or(inside(a), inside(b)),
            E::And(a, b) => E::And(inside(a), inside(b)),
            E::Equal(a, b) => E::Equal(inside(a), inside(b)),
            E::SameTerm(a, b) => E::SameTerm(inside(a), inside(b)),
            E::Greater(a, b) => E::Greater(inside(a), inside(b)),
            E::GreaterOrEqual(a, b) => E::GreaterOrEqual(inside(a), inside(b)),
            E::Less(a, b) => E::Less(inside(a), inside(b)),
            E::LessOrEqual(a, b) => E::LessOrEqual(inside(a), inside(b)),
            E::In(a, list) => E::In(inside(a), self.all(list)),
            E::Add(a, b) => E::Add(inside(a), inside(b)),
            E::Subtract(a, b) => E::Subtract(inside(a), inside(b)),
            E::Multiply(a, b) => E::Multiply(inside(a), inside(b)),
            E::Divide(a, b) => E::Divide(inside(a), inside(b)),
            E::UnaryPlus(a) => E::UnaryPlus(inside(a)),
            E::UnaryMinus(a) => E::UnaryMinus(inside(a)),
            E::Not(a) => E::Not(inside(a)),
            E::If(a, b, c) => E::If(inside(a), inside(b), inside(c)),
            E::Coalesce(list) => E::Coalesce(self.all(list)),
            E::FunctionCall(function, list) => E::FunctionCall(function, self.all(list)),
            other => other,
        }
    }
}

/// A pattern that nothing fits.
fn nothing() -> GraphPattern {
    GraphPattern::Values { variables: Vec::new(), bindings: Vec::new() }
}

fn in_scope(pattern: &GraphPattern, wanted: &Variable) -> bool {
    let mut found = false;
    pattern.on_in_scope_variable(|variable| found |= variable == wanted);
    found
}
