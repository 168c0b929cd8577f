//! W3C's tests of the SPARQL 1.1 Protocol and of service descriptions. The endpoint only reads: of the tests of updates it
//! passes those that expect a refusal, and refuses the others, without a change to the store.

use rapporteur::explore::{Explorer, Request, Response, Settings, respond};

use crate::typed::rapporteur;

/// The tests, a request a line.
const TESTS: &str = include_str!("../cases/protocol.tsv");

const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

fn explorer(folder: &tempfile::TempDir) -> Explorer {
    let graph = |at: usize| {
        let name = format!("http://kasei.us/2009/09/sparql/data/data{at}.rdf");
        format!("<{name}> <{TYPE}> <http://xmlns.com/foaf/0.1/Document> <{name}> .\n")
    };
    std::fs::write(folder.path().join("data.nq"), (1..=3).map(graph).collect::<String>()).expect("written");
    rapporteur(folder).args(["load", "data.nq"]).assert().success();
    Explorer::open(&folder.path().join("rapporteur-store"), Settings::default()).expect("opens")
}

fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => plain.extend(letters.next().map(|next| if next == 'n' { '\n' } else { next })),
            _ => plain.push(letter),
        }
    }
    plain
}

/// The request of a line.
fn request(cells: &[&str]) -> Request {
    let &[_, method, target, headers, encoding, body, ..] = cells else { panic!("{cells:?}") };
    let body = unescaped(body);
    let body = match encoding {
        "UTF-16" => body.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        _ => body.into_bytes(),
    };
    let headers = headers.split("; ").filter_map(|header| header.split_once(": "));
    let bare = Request { method: method.to_owned(), body, ..Request::get(target) };
    // A charset follows its media type after the same sign that parts headers.
    headers.fold(bare, |request, (name, value)| match cells[3].contains("charset=UTF-16") {
        true => request.with(name, &format!("{value}; charset=UTF-16")),
        false => request.with(name, value),
    })
}

/// Whether an answer has the form that a test asks for.
fn has_form(response: &Response, form: &str) -> bool {
    let kind = response.header("content-type").unwrap_or_default();
    match form {
        "boolean" => kind.starts_with("application/sparql-results+"),
        "tabular" => kind.starts_with("application/sparql-results+") || kind.starts_with("text/"),
        "RDF" => {
            ["text/turtle", "application/n-triples", "application/rdf+xml"].iter().any(|one| kind.starts_with(one))
        }
        _ => true,
    }
}

#[test]
fn the_protocol_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let explorer = explorer(&folder);
    let (mut queries, mut updates, mut last) = (0, 0, "");
    for line in TESTS.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let &[name, .., status, form, answer] = cells.as_slice() else { panic!("{line}") };
        let response = respond(&explorer, &request(&cells));
        let is_update = name.contains("update");
        // The second request of an update asks whether it was done.
        if is_update && name == last {
            assert!(response.status == 200 && response.text().contains("false"), "{name}: {}", response.text());
            continue;
        }
        last = name;
        if is_update {
            assert!((400..500).contains(&response.status), "{name}: {}", response.status);
            updates += 1;
            continue;
        }
        let class = format!("{}xx", response.status / 100);
        assert!(status.split('/').any(|fits| fits == class), "{name}: {} {}", response.status, response.text());
        assert!(has_form(&response, form), "{name}: {:?}", response.header("content-type"));
        assert!(answer.is_empty() || response.text().contains(answer), "{name}: {}", response.text());
        queries += 1;
    }
    assert_eq!((queries, updates), (20, 14));
}

#[test]
fn the_service_describes_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let response = respond(&explorer(&folder), &Request::get("/sparql").with("Accept", "application/n-triples"));
    assert_eq!((response.status, response.header("content-type")), (200, Some("application/n-triples")));
    let told = response.text();
    let sd = "http://www.w3.org/ns/sparql-service-description#";
    let service = told.lines().find(|line| line.ends_with(&format!("<{TYPE}> <{sd}Service> ."))).expect("a service");
    let service = service.split(' ').next().expect("a subject");
    let endpoint = format!("{service} <{sd}endpoint> <http://localhost/sparql> .");
    assert!(told.lines().any(|line| line == endpoint), "{told}");
    // What the schema asks of a service: one default dataset with a default graph, and named graphs that have names.
    let datasets: Vec<&str> = told.lines().filter(|line| line.contains(&format!("<{sd}defaultDataset>"))).collect();
    assert_eq!(datasets.len(), 1);
    assert!(told.contains(&format!("<{sd}defaultGraph>")) && told.contains(&format!("<{sd}resultFormat>")));
    let count = |what: &str| told.lines().filter(|line| line.contains(&format!("<{sd}{what}>"))).count();
    assert_eq!(count("namedGraph"), count("name"));
    assert!(!told.contains("BasicFederatedQuery") && !told.contains("_:"));
}
