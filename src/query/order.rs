//! An order of rows that hangs on nothing but the question and the data: where ORDER BY leaves two rows equal, what they
//! hold decides, so that the same question gives the same bytes from memory and from an index.

use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern, OrderExpression};

/// The query with the selected variables as its last keys of order; without ORDER BY it stays as it is.
pub fn settled(query: Query) -> Query {
    match query {
        Query::Select { dataset, mut pattern, base_iri } => {
            settle(&mut pattern, &[]);
            Query::Select { dataset, pattern, base_iri }
        }
        other => other,
    }
}

/// Whether a query asks for an order or a part of its rows.
pub fn is_ordered(query: &Query) -> bool {
    let Query::Select { pattern, .. } = query else { return true };
    let mut pattern = pattern;
    loop {
        pattern = match pattern {
            GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Project { inner, .. } => inner,
            other => return matches!(other, GraphPattern::OrderBy { .. } | GraphPattern::Slice { .. }),
        }
    }
}

fn settle(pattern: &mut GraphPattern, keys: &[OrderExpression]) {
    match pattern {
        GraphPattern::Slice { inner, .. } | GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } => {
            settle(inner, keys);
        }
        GraphPattern::Project { inner, variables } => {
            let key =
                |variable: &spargebra::term::Variable| OrderExpression::Asc(Expression::Variable(variable.clone()));
            settle(inner, &variables.iter().map(key).collect::<Vec<_>>());
        }
        GraphPattern::OrderBy { expression, .. } => expression.extend_from_slice(keys),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{is_ordered, settled};
    use spargebra::SparqlParser;

    #[test]
    fn what_is_selected_decides_between_equals() {
        for (asked, settled_as, ordered) in [
            ("SELECT DISTINCT ?a ?b { ?a ?p ?b } ORDER BY ?p LIMIT 3", "ORDER BY ?p ?a ?b", true),
            ("SELECT ?a { ?a ?p ?b } ORDER BY DESC(?b)", "ORDER BY DESC(?b) ?a", true),
            ("SELECT ?a { ?a ?p ?b } LIMIT 1", "LIMIT 1", true),
            ("SELECT ?a { { SELECT ?a { ?a ?p ?b } ORDER BY ?b } }", "ORDER BY ?b ?a", true),
            ("ASK { ?a ?p ?b }", "ASK", true),
        ] {
            let query = SparqlParser::new().parse_query(asked).expect("reads");
            assert_eq!(is_ordered(&query), ordered, "{asked}");
            let text = settled(query)
                .to_string()
                .replace("ASC(?", "(?")
                .replace("(?a)", "?a")
                .replace("(?b)", "?b")
                .replace("(?p)", "?p");
            assert!(text.replace("DESC?b", "DESC(?b)").contains(settled_as), "{asked}: {text}");
        }
    }
}
