//! The reconciliation service as a part of the explorer: OpenRefine's pages on this machine may ask it, and only it.

use rapporteur::explore::{Explorer, Request, Settings, respond};
use rapporteur::vocabularies::Folder;
use serde_json::{Value, json};

use crate::typed::{folder, rapporteur};

const REFINE: &str = "http://127.0.0.1:3333";

const BODIES: &str = "iri,label,alt,kind\n\
    https://example.org/b/1,International Lighthouse Union,ILU,organisation\n\
    https://example.org/b/2,Harbour Commission,,organisation\n";

fn post(path: &str, body: &str) -> Request {
    let request = Request { method: "POST".to_owned(), body: body.as_bytes().to_vec(), ..Request::get(path) };
    request.with("Content-Type", "application/x-www-form-urlencoded")
}

#[test]
fn names_are_matched_where_vocabularies_are_loaded() {
    let folder = folder();
    std::fs::write(folder.path().join("bodies.csv"), BODIES).expect("written");
    rapporteur(&folder).args(["link", "load", "bodies.csv"]).assert().success();
    let store = folder.path().join("rapporteur-store");
    let shelf = Some(Folder::open(&store.join("vocabularies")).expect("opens"));
    let explorer = Explorer::open(&store, Settings { shelf, ..Settings::default() }).expect("opens");
    let ask = |request: &Request| {
        let response = respond(&explorer, request);
        let value: Value = serde_json::from_slice(&response.body).unwrap_or_default();
        (response.status, response.header("access-control-allow-origin").map(str::to_owned), value)
    };
    for (path, name) in [("/reconcile", "rapporteur"), ("/reconcile/bodies", "bodies (rapporteur)")] {
        let (status, allowed, manifest) = ask(&Request::get(path).with("Origin", REFINE));
        assert_eq!((status, allowed.as_deref(), &manifest["versions"]), (200, Some(REFINE), &json!(["0.2"])));
        assert_eq!(manifest["name"], name);
        let url = manifest["suggest"]["entity"]["service_url"].as_str().expect("an address");
        assert!(url.starts_with("http://localhost/reconcile"), "{url}");
    }
    let queries: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("queries", &json!({"q0": {"query": "international lighthouse union"}}).to_string())
        .finish();
    let (status, _, answer) = ask(&post("/reconcile", &queries).with("Origin", REFINE));
    assert_eq!((status, &answer["q0"]["result"][0]["match"]), (200, &Value::Bool(true)), "{answer}");
    let (_, _, found) = ask(&Request::get("/reconcile/suggest/entity?prefix=harb").with("Origin", REFINE));
    assert_eq!(found["result"][0]["name"], "Harbour Commission");
    assert_eq!(ask(&Request::get("/reconcile/preview?id=https%3A%2F%2Fexample.org%2Fb%2F1")).0, 200);
    assert_eq!(ask(&Request::get("/reconcile/nothing")).0, 404);
    // Nobody else, and nothing else.
    for origin in ["https://evil.org", "http://127.0.0.1:3334", "null"] {
        let (status, allowed, _) = ask(&post("/reconcile", &queries).with("Origin", origin));
        assert_eq!((status, allowed), (403, None), "{origin}");
    }
    for path in ["/", "/documents.json", "/sparql?query=ASK+%7B%7D", "/reconciled"] {
        assert_eq!(ask(&Request::get(path).with("Origin", REFINE)).1, None, "{path}");
    }
    let (status, _, _) = ask(&post("/sparql", "query=ASK+%7B%7D").with("Origin", REFINE));
    assert_eq!(status, 403);
}

#[test]
fn without_vocabularies_the_way_to_them_is_told() {
    let store = folder();
    let explorer = Explorer::open(&store.path().join("rapporteur-store"), Settings::default()).expect("opens");
    let response = respond(&explorer, &Request::get("/reconcile"));
    assert_eq!(response.status, 404);
    assert!(response.text().contains("rapporteur link load"), "{}", response.text());
}
