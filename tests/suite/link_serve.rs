//! The reconciliation service, asked by a real client over a real socket, against what the published schemas require.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

const BODIES: &str = "iri,label,alt,kind,broader\n\
    https://example.org/b/1,International Lighthouse Union,ILU,organisation,\n\
    https://example.org/b/2,Harbour Commission,,organisation,\n\
    https://example.org/b/3,Harbour Commission,,organisation,https://example.org/b/1\n\
    https://example.org/b/4,Lights & <Sounds>,,concept,\n";

/// A running service; stopped when it goes out of scope.
struct Service {
    child: Child,
    address: String,
    _folder: tempfile::TempDir,
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Service {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("bodies.csv"), BODIES).expect("written");
        let program = assert_cmd::cargo::cargo_bin("rapporteur");
        let run = |arguments: &[&str]| {
            let mut command = Command::new(&program);
            command.current_dir(folder.path()).env_remove("RAPPORTEUR_STORE").arg("link").args(arguments);
            command.args(["--vocabularies", "voc"]);
            command
        };
        assert!(run(&["load", "bodies.csv"]).status().expect("runs").success());
        let mut child = run(&["serve", "--port", "0"]).stderr(Stdio::piped()).spawn().expect("starts");
        let mut line = String::new();
        let errors = child.stderr.take().expect("a pipe");
        let mut errors = BufReader::new(errors);
        errors.read_line(&mut line).expect("a line");
        std::thread::spawn(move || errors.lines().for_each(drop));
        let address = line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address");
        Self { address: address.trim_end_matches('/').to_owned(), child, _folder: folder }
    }

    fn get(&self, path: &str) -> (u16, String) {
        let agent = ureq::Agent::new_with_config(ureq::Agent::config_builder().http_status_as_error(false).build());
        let mut response = agent.get(format!("{}{path}", self.address)).call().expect("answers");
        let status = response.status().as_u16();
        (status, response.body_mut().read_to_string().expect("text"))
    }

    fn json(&self, path: &str) -> Value {
        let (status, body) = self.get(path);
        assert_eq!(status, 200, "{path}: {body}");
        serde_json::from_str(&body).expect("JSON")
    }

    fn batch(&self, path: &str, queries: &Value) -> Value {
        let mut response = ureq::post(format!("{}{path}", self.address))
            .header("Origin", "http://127.0.0.1:3333")
            .send_form([("queries", queries.to_string())])
            .expect("answers");
        assert_eq!(response.headers()["access-control-allow-origin"], "http://127.0.0.1:3333");
        serde_json::from_str(&response.body_mut().read_to_string().expect("text")).expect("JSON")
    }
}

/// What the schemas of version 0.2 require of a list of candidates.
fn check_result(result: &Value) {
    for candidate in result["result"].as_array().expect("a list") {
        assert!(candidate["id"].is_string() && candidate["name"].is_string(), "{candidate}");
        assert!(candidate["score"].is_number() && candidate["match"].is_boolean(), "{candidate}");
        for one in candidate["type"].as_array().expect("types") {
            assert!(one["id"].is_string() && one["name"].is_string(), "{candidate}");
        }
    }
}

fn ids(result: &Value) -> Vec<(String, bool)> {
    let one = |candidate: &Value| {
        let id = candidate["id"].as_str().and_then(|id| id.rsplit('/').next()).unwrap_or_default();
        (id.to_owned(), candidate["match"] == true)
    };
    result["result"].as_array().map(|list| list.iter().map(one).collect()).unwrap_or_default()
}

#[test]
fn the_manifest_has_what_the_schema_requires() {
    let service = Service::start();
    for path in ["/", "/bodies", "/reconcile"] {
        let manifest = service.json(path);
        assert_eq!(manifest["versions"], json!(["0.2"]));
        for field in ["name", "identifierSpace", "schemaSpace"] {
            assert!(manifest[field].as_str().is_some_and(|text| !text.is_empty()), "{field}");
        }
        for one in manifest["defaultTypes"].as_array().expect("a list") {
            assert!(one["id"].is_string() && one["name"].is_string());
        }
        assert!(manifest["view"]["url"].as_str().is_some_and(|url| url.contains("{{id}}")));
        let preview = &manifest["preview"];
        assert!(preview["url"].as_str().is_some_and(|url| url.contains("{{id}}")) && preview["width"].is_u64());
        for what in ["entity", "type", "property"] {
            let suggest = &manifest["suggest"][what];
            assert!(suggest["service_url"].as_str().is_some_and(|url| url.starts_with(&service.address)));
            assert_eq!(suggest["service_path"], format!("/suggest/{what}"));
        }
    }
}

#[test]
fn batches_are_answered_each_query_under_its_name() {
    let service = Service::start();
    let queries = json!({
        "q0": {"query": "international lighthouse union"},
        "q1": {"query": "Harbour Commission", "type": "organisation", "limit": 5},
        "q2": {"query": "Harbour Commission", "type": ["concept"]},
        "q3": {"query": "ILU", "properties": [{"pid": "also", "v": "International Lighthouse Union"}], "type_strict": "should"},
        "q4": {"query": "Internatonal Lighthouse Union"},
        "q5": {"query": ""},
    });
    let answers = service.batch("/bodies", &queries);
    let expected: [(&str, &[(&str, bool)]); 6] = [
        ("q0", &[("1", true)]),
        ("q1", &[("2", false), ("3", false)]),
        ("q2", &[]),
        ("q3", &[("1", true)]),
        ("q4", &[("1", false)]),
        ("q5", &[]),
    ];
    for (query, expected) in expected {
        check_result(&answers[query]);
        let found = ids(&answers[query]);
        let found: Vec<(&str, bool)> = found.iter().map(|(id, is_match)| (id.as_str(), *is_match)).collect();
        assert_eq!(found, expected, "{query}: {answers}");
    }
    let asked: String = form_urlencoded::byte_serialize(br#"{"a":{"query":"ILU"}}"#).collect();
    assert_eq!(ids(&service.json(&format!("/?queries={asked}"))["a"]), [("1".to_owned(), false)]);
    // An empty cell of a table.
    let asked: String = form_urlencoded::byte_serialize(br#"{"a":{"query":null},"b":{"query":"ILU"}}"#).collect();
    let answer = service.json(&format!("/?queries={asked}"));
    assert_eq!((ids(&answer["a"]).len(), ids(&answer["b"]).len()), (0, 1));
}

#[test]
fn suggestions_and_previews_come_with_names() {
    let service = Service::start();
    let found = service.json("/suggest/entity?prefix=harb");
    assert_eq!(ids(&found).len(), 2, "{found}");
    assert!(found["result"][0]["name"].is_string() && found["result"][0]["description"].is_string());
    assert_eq!(service.json("/bodies/suggest/type?prefix=org")["result"][0]["id"], "organisation");
    assert_eq!(service.json("/suggest/property?prefix=al")["result"][0]["id"], "also");
    let (status, page) = service.get("/preview?id=https%3A%2F%2Fexample.org%2Fb%2F4");
    assert_eq!(status, 200);
    assert!(page.contains("Lights &amp; &lt;Sounds&gt;") && !page.contains("<Sounds>"), "{page}");
}

#[test]
fn what_cannot_be_answered_is_told() {
    let service = Service::start();
    for (path, expected) in [
        ("/nothing", 404),
        ("/?queries=%7Bbroken", 400),
        ("/?queries=%7B%22a%22%3A%7B%22limit%22%3A%22x%22%7D%7D", 400),
        ("/?query=ILU", 400),
        ("/suggest/entity", 400),
        ("/suggest/colour?prefix=r", 404),
        ("/preview?id=https://example.org/none", 404),
    ] {
        let (status, body) = service.get(path);
        assert_eq!(status, expected, "{path}: {body}");
        let body: Value = serde_json::from_str(&body).expect("JSON");
        assert!(body["error"].is_string());
    }
    // A page elsewhere that has its name point here gets nothing.
    let agent = ureq::Agent::new_with_config(ureq::Agent::config_builder().http_status_as_error(false).build());
    let answer = agent.get(format!("{}/", service.address)).header("Host", "example.org").call().expect("answers");
    assert_eq!(answer.status().as_u16(), 403);
    // Nor does one that knows the name: only OpenRefine's own pages read answers.
    let answer =
        agent.get(format!("{}/", service.address)).header("Origin", "https://example.org").call().expect("answers");
    assert_eq!(answer.headers().get("access-control-allow-origin"), None);
}
