//! Questions that another process answers, so that one which takes memory or time without end can be ended with it. Which
//! requests are questions is said here; who answers them, the program that listens decides.

use std::sync::Arc;

use super::asking;
use super::request::Request;
use super::response::{Problem, Response};
use crate::query;
use crate::store::LimitError;

/// Answers a question outside this process.
pub type Elsewhere = Arc<dyn Fn(&Request) -> Result<Response, Unanswered> + Send + Sync>;

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// It took more than it may.
    Limit(LimitError),
    /// Nobody can be asked; why.
    Nobody(String),
}

impl Unanswered {
    /// What the asker is told.
    pub(super) fn problem(self) -> Problem {
        match self {
            Self::Limit(error) => asking::wrong(query::Error::Limit(error)),
            Self::Nobody(reason) => Problem::new(500, format!("no question can be asked: {reason}")),
        }
    }
}

/// Whether a request asks the engine something: a query at the endpoint, or a bundled question.
pub fn is_question(request: &Request) -> bool {
    match request.path.trim_end_matches('/') {
        "/sparql" => {
            let is_sent = !matches!(request.method.as_str(), "GET" | "HEAD" | "OPTIONS");
            is_sent || request.method != "OPTIONS" && request.pairs().iter().any(|(name, _)| name == "query")
        }
        path => path.starts_with("/q/") && matches!(request.method.as_str(), "GET" | "HEAD"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_no_questions() {
        let post = Request { method: "POST".to_owned(), ..Request::get("/sparql/") };
        assert!(is_question(&post));
        for (target, expected) in [
            ("/sparql?query=ASK%20%7B%7D", true),
            ("/sparql/?query=x", true),
            ("/q/mandates.csv", true),
            ("/q", false),
            ("/sparql", false),
            ("/sparql?edit=mandates", false),
            ("/sparqls?query=x", false),
            ("/", false),
        ] {
            assert_eq!(is_question(&Request::get(target)), expected, "{target}");
        }
    }
}
