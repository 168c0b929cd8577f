//! The endpoint when things go wrong: each wrong query with status, code, place and hint; and never an answer that is cut.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use rapporteur::explore::{Explorer, Request, Response, Settings, respond};
use rapporteur::store::Limits;
use serde_json::Value;

use crate::demo_store::DEMO;

fn asked(explorer: &Explorer, query: &str, accept: &str) -> Response {
    let query: String = form_urlencoded::byte_serialize(query.as_bytes()).collect();
    respond(explorer, &Request::get(&format!("/sparql?query={query}")).with("Accept", accept))
}

/// Run with `RAPPORTEUR_GOLDENS=new` to write the expectations anew.
#[test]
fn wrong_queries_are_told_with_place_and_hint() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let queries = std::fs::read_to_string(cases.join("wrong-queries.txt")).expect("the queries");
    let (mut told, mut count) = (String::new(), 0);
    for line in queries.lines() {
        let query = line.replace("\\n", "\n");
        let response = asked(&DEMO.explorer, &query, "application/sparql-results+json, application/problem+json;q=0.1");
        assert_eq!(response.header("content-type"), Some("application/problem+json"), "{line}");
        let problem: Value = serde_json::from_slice(&response.body).expect("JSON");
        // What RFC 9457 asks of a problem.
        assert!(problem["type"].is_string() && problem["title"].is_string(), "{problem}");
        assert_eq!(problem["status"].as_u64(), Some(u64::from(response.status)));
        let place = |name: &str| problem[name].as_u64().map_or("-".to_owned(), |number| number.to_string());
        let hint = problem["hint"].as_str().unwrap_or("-").replace('\n', " / ");
        let code = problem["code"].as_str().unwrap_or("-");
        let _ = writeln!(
            told,
            "{line}\n  {} {code} line {} column {}: {}\n  {hint}",
            response.status,
            place("line"),
            place("column"),
            problem["title"].as_str().unwrap_or_default()
        );
        // For people the same stands beneath the query, and the place is marked in it.
        let page = asked(&DEMO.explorer, &query, "text/html").text();
        assert!(page.contains("role=\"alert\"") && page.contains(code), "{line}");
        assert!(page.contains("<textarea"), "{line}: the query can be changed");
        if problem["line"].is_u64() {
            assert!(page.contains("<mark class=\"wrong\">"), "{line}");
        }
        count += 1;
    }
    assert!(count >= 25, "{count}");
    let golden = cases.join("wrong-queries.golden");
    if std::env::var_os("RAPPORTEUR_GOLDENS").is_some() {
        std::fs::write(&golden, &told).expect("written");
    }
    assert_eq!(told, std::fs::read_to_string(&golden).unwrap_or_default());
}

#[test]
fn the_mark_stands_at_the_place() {
    for (query, marked) in [
        ("SELECT * {\n  ?s nope:p ?o }", "nope:p"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("SELECT * { ?s ?p <é ü> }", "<é"),
    ] {
        let page = asked(&DEMO.explorer, query, "text/html").text();
        let mark = page.split("<mark class=\"wrong\">").nth(1).and_then(|rest| rest.split("</mark>").next());
        let mark = mark.map(|mark| mark.replace("&lt;", "<"));
        assert!(
            mark.as_deref().is_some_and(|mark| mark.contains(marked) || marked.contains(mark.trim())),
            "{query}: {mark:?}"
        );
    }
    let page = asked(&DEMO.explorer, "SELECT * { </script><script>alert(1)</script> }", "text/html").text();
    assert_eq!(page.matches("<script").count(), 1);
}

/// Formats of rows, each with what tells that an answer is whole.
const FORMATS: [(&str, &str); 5] = [
    ("application/sparql-results+json", "}"),
    ("application/sparql-results+xml", "</sparql>"),
    ("text/csv", "\n"),
    ("text/tab-separated-values", "\n"),
    ("text/html", "</html>"),
];

#[test]
fn an_answer_is_whole_or_an_error() {
    let usual = Settings::default().limits;
    let of = |limits: Limits, largest: usize| {
        Explorer::open(DEMO.explorer.path(), Settings { limits, largest, ..Settings::default() }).expect("opens")
    };
    let slow = of(Limits { time: Some(Duration::from_millis(5)), ..usual }, 256 << 20);
    let small = of(usual, 50_000);
    let few = of(Limits { rows: Some(10), ..usual }, 256 << 20);
    // The first question opens the database, which takes longer than the limit.
    for explorer in [&slow, &small, &few] {
        asked(explorer, "ASK {}", "*/*");
    }
    let (mut whole, mut refused) = (0, 0);
    for at in 0..12 {
        let limit = [1, 9, 10, 11, 200, 2_000][at % 6];
        let what = if at < 6 { "?s skos:prefLabel ?o" } else { "?s a rap:Position ; ?p ?o" };
        let query = format!("SELECT ?s ?o {{ {what} }} ORDER BY ?s ?o LIMIT {limit}");
        for (accept, end) in FORMATS {
            let full = asked(&DEMO.explorer, &query, accept);
            assert_eq!(full.status, 200, "{query}");
            for explorer in [&slow, &small, &few] {
                let answer = asked(explorer, &query, accept);
                match answer.status {
                    200 if accept == "text/html" => assert!(answer.text().trim_end().ends_with(end)),
                    200 => {
                        assert!(answer.body == full.body, "{query} as {accept} is cut");
                        assert!(answer.text().ends_with(end) || answer.text().trim_end().ends_with(end));
                        whole += 1;
                    }
                    413 | 503 => refused += 1,
                    other => panic!("{query} as {accept}: {other}"),
                }
            }
        }
    }
    // More rows than ten are refused always: three of six limits, two questions, five formats; a fast machine keeps the time.
    assert!(whole > 50 && refused >= 30, "{whole} whole, {refused} refused");
}

#[test]
fn a_server_may_answer_no_free_questions() {
    let closed =
        Explorer::open(DEMO.explorer.path(), Settings { has_endpoint: false, ..Settings::default() }).expect("opens");
    assert_eq!(asked(&closed, "ASK {}", "*/*").status, 403);
    for target in ["/", "/q", "/q/mandates", "/about", "/sparql"] {
        let page = respond(&closed, &Request::get(target).with("Accept", "text/html"));
        assert_eq!(page.status, if target == "/sparql" { 403 } else { 200 }, "{target}");
        assert!(!page.text().contains("href=\"/sparql"), "{target}");
    }
}

#[test]
fn a_server_with_a_token_answers_who_has_it() {
    let door = Some(rapporteur::explore::Door::with_token("all", "0123456789abcdef"));
    let closed = Explorer::open(DEMO.explorer.path(), Settings { door, ..Settings::default() }).expect("opens");
    for target in [
        "/", "/id/state/irn.ttl", "/sparql?query=ASK+%7B%7D", "/-/state", "/nothing", "/review", "/reconcile",
        "/?token=x",
    ] {
        assert_eq!(respond(&closed, &Request::get(target)).status, 401, "{target}");
    }
    let led = respond(&closed, &Request::get("/search?q=Iran&token=0123456789abcdef"));
    assert_eq!((led.status, led.header("location")), (303, Some("/search?q=Iran")));
    let cookie = led.header("set-cookie").and_then(|cookie| cookie.split(';').next()).expect("a cookie");
    assert_eq!(respond(&closed, &Request::get("/").with("Cookie", cookie)).status, 200);
    let program = Request::get("/sparql?query=ASK+%7B%7D").with("Authorization", "Bearer 0123456789abcdef");
    assert_eq!(respond(&closed, &program).status, 200);
    assert_eq!(respond(&closed, &Request::get("/-/health")).status, 200);
}
