//! Whatever requests come: method, address, headers and body altered at random are answered or refused, never with a panic, and
//! none takes ten seconds. So are parameters and headers of questions, which are read before anything is asked.
//!
//! `ROUNDS=100000 cargo test --test suite any_request -- --nocapture` tries more.

use rapporteur::explore::{Request, respond};
use rapporteur::query;

use crate::any_bytes::{seed, try_all};
use crate::demo_store::DEMO;

/// Requests as they are sent: method and address, headers, a blank line, a body.
const REQUESTS: [&str; 24] = [
    "GET /?lang=fr\naccept-language: fr, en;q=0.5\n\n",
    "GET /search?q=Iran&kind=State&page=2\n\n",
    "GET /suggest?q=ir\norigin: http://localhost\n\n",
    "GET /documents.json?page=1&since=2020\n\n",
    "GET /things?kind=State&sort=name\n\n",
    "GET /claims.csv?speaker=Iran&change=new&since=2010&until=2021-05-03\n\n",
    "GET /positions?actor=Iran&topic=Expert%20Group\n\n",
    "GET /matrix?by=year&actors=irn,nor\n\n",
    "GET /change?actor=Iran&topic=committee\n\n",
    "GET /compare?a=Iran&b=Norway\n\n",
    "GET /graph?focus=state/irn&part=1\n\n",
    "GET /id/state/irn.ttl\naccept: text/turtle;q=0.9, */*;q=0.1\n\n",
    "GET /id/state/irn?part=claims&page=2\nif-none-match: \"00112233\"\n\n",
    "GET /q/positions?actor=Iran&format=csv\n\n",
    "GET /ontology.jsonld\n\n",
    "GET /.well-known/void\naccept: application/n-triples\n\n",
    "GET /-/assets/0/style.css\n\n",
    "HEAD /about\n\n",
    "OPTIONS /sparql\norigin: https://example.org\naccess-control-request-method: POST\n\n",
    "GET /sparql?query=ASK%20%7B%7D&format=json&default-graph-uri=http%3A%2F%2Fa%2F\n\n",
    "POST /sparql\ncontent-type: application/x-www-form-urlencoded; charset=utf-8\n\nquery=SELECT+*+%7B%7D&named-graph-uri=x:y",
    "QUERY /sparql\ncontent-type: application/sparql-query\naccept: text/csv\n\nSELECT ?s { ?s a rap:Claim } LIMIT 3",
    "POST /reconcile\ncontent-type: application/x-www-form-urlencoded\n\nqueries=%7B%22q0%22%3A%7B%22query%22%3A%22a%22%7D%7D",
    "POST /review\ncookie: review=a\ncontent-type: application/x-www-form-urlencoded\n\nclaim=4e801cbb&verdict=reject",
];

/// A request out of bytes as the server reads it, as far as it is one.
fn request(bytes: &[u8]) -> Option<Request> {
    let end = bytes.windows(2).position(|two| two == b"\n\n").unwrap_or(bytes.len());
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split('\n');
    let (method, target) = lines.next()?.split_once(' ')?;
    let mut request = Request { method: method.to_owned(), ..Request::get(target) };
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        request = request.with(name, value);
    }
    request.body = bytes.get(end + 2..).unwrap_or_default().to_vec();
    Some(request)
}

#[test]
fn requests_of_any_bytes_are_answered_or_refused() {
    let seeds: Vec<_> = REQUESTS.iter().map(|text| seed(text.lines().next().unwrap_or_default(), text)).collect();
    try_all("requests", 1_500, &seeds, |_, bytes| {
        let Some(request) = request(bytes) else { return false };
        let response = respond(&DEMO.explorer, &request);
        assert!((200..600).contains(&response.status), "{request:?}: {}", response.status);
        assert_ne!(response.status, 500, "{request:?}: {}", response.text());
        true
    });
}

#[test]
fn what_stands_before_a_question_is_taken_or_refused() {
    let header = "#+ summary: Who is for what?\n#+ description: |\n#+   In short.\n#+ tags: [names, positions]\n#+ params:\n\
                  #+   class: {type: class, example: UNBody, about: \"only this sort\"}\n#+ columns: {a: A, b: B}\n\
                  #+ view: table\nSELECT ?a { ?a ?b ?c }\n";
    let seeds = [seed("header", header), seed("given", "actor=Iran"), seed("given", "topic=\"Expert Group\"@en")];
    try_all("parameters and headers of questions", 20_000, &seeds, |name, bytes| {
        let text = String::from_utf8_lossy(bytes);
        match name {
            "given" => text.parse::<query::Given>().is_ok(),
            _ => query::Header::read(name, &text).is_ok(),
        }
    });
}
