//! The SPARQL 1.1 Protocol: where the query and its dataset stand in a request, and what is wrong with a request.

use oxrdf::NamedNode;

use super::request::{Request, pairs};
use super::response::Problem;

/// A question as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// The query; `None` if there is none.
    pub query: Option<String>,
    /// Graphs that make the default graph, over what the query says.
    pub default_graphs: Vec<NamedNode>,
    /// Graphs that may be named, over what the query says.
    pub named_graphs: Vec<NamedNode>,
    /// The form that the answer should have, if a parameter says it.
    pub format: Option<String>,
}

/// Reads a request.
///
/// # Errors
/// 400 for one that cannot be understood, 403 for an update, 405 for another method, 415 for a body of another kind.
pub fn read(request: &Request) -> Result<Sent, Problem> {
    let of_address = request.pairs();
    let content = request.header("content-type").unwrap_or_default();
    let kind = content.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let body = || match std::str::from_utf8(&request.body) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(Problem::new(400, "the query is not UTF-8")),
    };
    if content.to_ascii_lowercase().contains("charset=") && !content.to_ascii_lowercase().contains("utf-8") {
        return Err(Problem::new(415, "queries are sent in UTF-8"));
    }
    let (mut parameters, direct) = match (request.method.as_str(), kind.as_str()) {
        ("GET" | "HEAD", _) => (of_address, None),
        ("POST", "application/x-www-form-urlencoded") => {
            body()?;
            let mut all = of_address;
            all.extend(pairs(&request.body));
            (all, None)
        }
        ("POST" | "QUERY", "application/sparql-query") => (of_address, Some(body()?)),
        ("POST", "application/sparql-update") => return Err(no_update()),
        ("POST" | "QUERY", _) => {
            return Err(Problem::new(415, "a query is sent as application/sparql-query or as a form"));
        }
        _ => return Err(Problem::new(405, "the endpoint knows GET, POST and QUERY")),
    };
    if parameters.iter().any(|(name, _)| name == "update") {
        return Err(no_update());
    }
    let mut queries: Vec<String> = direct.into_iter().collect();
    let mut sent = Sent::default();
    for (name, value) in parameters.drain(..) {
        match name.as_str() {
            "query" => queries.push(value),
            "default-graph-uri" => sent.default_graphs.push(graph(&value)?),
            "named-graph-uri" => sent.named_graphs.push(graph(&value)?),
            "format" | "output" if !value.is_empty() => sent.format = Some(value),
            // Editors send what is theirs.
            _ => {}
        }
    }
    if queries.len() > 1 {
        return Err(Problem::new(400, "a request asks one query, once"));
    }
    sent.query = queries.pop();
    Ok(sent)
}

fn no_update() -> Problem {
    Problem::new(403, "this endpoint only reads").hint("the store changes through  rapporteur add, load and remove")
}

fn graph(iri: &str) -> Result<NamedNode, Problem> {
    NamedNode::new(iri)
        .map_err(|_| Problem::new(400, format!("“{}” is no IRI of a graph", iri.chars().take(200).collect::<String>())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(target: &str, kind: &str, body: &[u8]) -> Request {
        Request { method: "POST".to_owned(), body: body.to_vec(), ..Request::get(target) }.with("Content-Type", kind)
    }

    fn status(request: &Request) -> u16 {
        read(request).map_or_else(|problem| problem.status, |_| 200)
    }

    #[test]
    fn queries_come_in_three_ways() {
        let form = "application/x-www-form-urlencoded";
        for request in [
            Request::get("/sparql?query=ASK%20%7B%7D&ac=1"),
            post("/sparql", form, b"query=ASK%20%7B%7D"),
            post("/sparql?default-graph-uri=http%3A%2F%2Fa%2F", "application/sparql-query; charset=utf-8", b"ASK {}"),
            Request { method: "QUERY".to_owned(), ..post("/sparql", "application/sparql-query", b"ASK {}") },
        ] {
            assert_eq!(read(&request).expect("reads").query.as_deref(), Some("ASK {}"));
        }
        let graphs = read(&Request::get(
            "/sparql?query=x&default-graph-uri=http%3A%2F%2Fa%2F&named-graph-uri=http%3A%2F%2Fb%2F",
        ));
        let graphs = graphs.expect("reads");
        assert_eq!((graphs.default_graphs.len(), graphs.named_graphs.len()), (1, 1));
    }

    #[test]
    fn what_the_protocol_forbids_is_refused() {
        let form = "application/x-www-form-urlencoded";
        for (request, expected) in [
            (Request::get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D"), 400),
            (post("/sparql?query=ASK%7B%7D", form, b"query=ASK%7B%7D"), 400),
            (post("/sparql?query=ASK%7B%7D", "application/sparql-query", b"ASK {}"), 400),
            (post("/sparql", "text/plain", b"ASK {}"), 415),
            (post("/sparql", "", b"ASK {}"), 415),
            (post("/sparql", "application/sparql-query; charset=utf-16", b"A\0S\0K\0"), 415),
            (post("/sparql", "application/sparql-query", b"ASK { ?x ?y \"\xff\" }"), 400),
            (post("/sparql", "application/sparql-update", b"CLEAR ALL"), 403),
            (post("/sparql", form, b"update=CLEAR%20ALL"), 403),
            (Request::get("/sparql?update=CLEAR%20ALL"), 403),
            (Request { method: "PUT".to_owned(), ..Request::get("/sparql?query=ASK%7B%7D") }, 405),
            (Request { method: "DELETE".to_owned(), ..Request::get("/sparql") }, 405),
            (Request::get("/sparql?query=x&default-graph-uri=no+iri"), 400),
        ] {
            assert_eq!(status(&request), expected, "{request:?}");
        }
    }
}
