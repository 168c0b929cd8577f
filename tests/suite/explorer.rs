//! The explorer without a socket: statuses, links, forms, escaping, and who may ask.

use std::collections::BTreeSet;

use rapporteur::explore::{Explorer, Request, Response, Settings, respond};
use serde_json::Value;

use crate::demo_store::DEMO;
use crate::typed::rapporteur;

fn ask(target: &str) -> Response {
    respond(&DEMO.explorer, &Request::get(target))
}

fn json(target: &str) -> Value {
    let response = ask(target);
    assert_eq!(response.status, 200, "{target}: {}", response.text());
    serde_json::from_slice(&response.body).expect("JSON")
}

/// Values of an attribute in a page, as a browser reads them.
fn attributes(page: &str, name: &str) -> Vec<String> {
    let mark = format!(" {name}=\"");
    let parts = page.split(mark.as_str()).skip(1).filter_map(|rest| rest.split('"').next());
    parts.map(|value| value.replace("&amp;", "&").replace("&quot;", "\"").replace("&lt;", "<")).collect()
}

#[test]
fn marks_hold_the_words_that_the_claim_quotes() {
    let texts = json("/documents.json");
    let mut proved = 0;
    for text in texts["rows"].as_array().expect("rows") {
        let href = text["text"]["href"].as_str().expect("an address");
        let page = json(&format!("{href}.json"));
        for one in page["paragraphs"]
            .as_array()
            .expect("paragraphs")
            .iter()
            .flat_map(|block| block["claims"].as_array().expect("claims"))
        {
            let (start, end) = (&one["claim"]["place"][0], &one["claim"]["place"][1]);
            let words = ask(&format!("{href}.txt?char={start},{end}"));
            let words: Vec<String> = words.text().split_whitespace().map(str::to_owned).collect();
            assert_eq!(words.join(" "), one["claim"]["quote"].as_str().expect("a quote"));
            let marked = ask(&format!("{href}?char={start},{end}")).text();
            assert!(marked.contains(&format!("id=\"char={start},{end}\"")) && marked.contains("asked"));
            proved += 1;
        }
    }
    assert!(proved > 80, "{proved}");
    let hostile =
        texts["rows"].as_array().expect("rows").iter().find(|row| row["date"] == "2020-05-03").expect("there");
    let page = ask(hostile["text"]["href"].as_str().expect("an address")).text();
    assert!(page.contains("&lt;script&gt;") && page.contains("&lt;/mark&gt;&lt;img") && page.contains("ایران"));
}

#[test]
fn a_page_and_its_data_say_the_same() {
    let state = json("/id/state/irn.json");
    let page = ask("/id/state/irn").text();
    assert_eq!(state["thing"]["name"], "Iran (Islamic Republic of)");
    assert!(
        page.contains(&format!("of it {}", state["said_of"])) && page.contains(&format!("by it {}", state["said_by"]))
    );
    let rows = ask("/id/state/irn.csv").text();
    assert_eq!(rows.lines().count() - 1, state["claims"].as_array().expect("claims").len());
    let start = json("/index.json");
    let (_, listed, _) = crate::typed::typed(&DEMO.folder, &["query", "SELECT ?c { ?c a rap:Claim }", "-f", "csv"]);
    let (_, positions, _) =
        crate::typed::typed(&DEMO.folder, &["query", "SELECT ?c { ?c a rap:Position }", "-f", "csv"]);
    let all = listed.lines().count().max(1) - 1 + positions.lines().count().max(1) - 1;
    assert_eq!(start["claims"].as_u64(), Some(all as u64));
    let all = ["query", "position-change", "-p", "actor=Iran", "-f", "csv", "--min-confidence", "0"];
    let (_, new, _) = crate::typed::typed(&DEMO.folder, &all);
    let changed: BTreeSet<&str> = new
        .lines()
        .filter(|line| line.contains(",first in this store,"))
        .filter_map(|line| line.rsplit('/').next())
        .collect();
    let iran = json("/claims.json?change=new&speaker=Iran");
    let ours: BTreeSet<&str> =
        iran["rows"].as_array().expect("rows").iter().filter_map(|row| row["number"].as_str()).collect();
    assert_eq!(ours, changed);
}

#[test]
fn things_have_rdf_under_their_address() {
    for (accept, kind, mark) in [
        ("text/turtle", "text/turtle; charset=utf-8", "rap:"),
        ("application/ld+json", "application/ld+json", "@context"),
        (
            "application/n-triples;q=0.9, text/html;q=0.1",
            "application/n-triples",
            "<https://w3id.org/rapporteur/id/state/irn>",
        ),
        ("application/rdf+xml", "application/rdf+xml", "<rdf:RDF"),
    ] {
        let response = respond(&DEMO.explorer, &Request::get("/id/state/irn").with("Accept", accept));
        assert_eq!((response.status, response.header("content-type")), (200, Some(kind)));
        assert!(response.text().contains(mark), "{accept}");
        assert_eq!(response.header("vary"), Some("Accept"));
        assert!(response.header("link").is_some_and(|link| link.contains("rel=\"alternate\"")));
    }
    let refused = respond(&DEMO.explorer, &Request::get("/id/state/irn").with("Accept", "image/webp"));
    assert_eq!(refused.status, 406);
    assert!(refused.text().contains("text/turtle"), "the list of what there is");
    let turtle = ask("/id/state/irn.ttl").text();
    assert!(turtle.contains("state/irn") && turtle.contains("rap:opposes"));
}

#[test]
fn what_is_not_there_is_told() {
    for (target, status) in [
        ("/nothing", 404),
        ("/id/state/zzz", 404),
        ("/id/claim/d0017a85-1610-99", 410),
        ("/id/claim/00000000-1-1", 404),
        ("/-/assets/0/style.css", 404),
        ("/-/assets/../../Cargo.toml", 404),
        ("/id/..%2f..%2fetc%2fpasswd", 404),
        ("/id/text/../../manifest.json", 404),
        ("/id/%00", 404),
        ("/documents.xyz", 404),
        ("/documents.png", 406),
    ] {
        assert_eq!(ask(target).status, status, "{target}");
    }
    let texts = json("/documents.json");
    let href = texts["rows"][0]["text"]["href"].as_str().expect("an address");
    assert_eq!(ask(&format!("{href}?char=9,x")).status, 400);
    assert_eq!(ask(&format!("{href}?char=99999999,99999999999")).status, 200);
    let gone = ask("/id/claim/d0017a85-1610-99");
    assert!(gone.text().contains("char=1610"), "where it stood");
    let post = Request { method: "POST".to_owned(), ..Request::get("/documents") };
    assert_eq!(respond(&DEMO.explorer, &post).status, 405);
}

#[test]
fn an_unchanged_page_is_not_sent_again() {
    let first = ask("/");
    let tag = first.header("etag").expect("a tag").to_owned();
    let second = respond(&DEMO.explorer, &Request::get("/").with("If-None-Match", &tag));
    assert_eq!((second.status, second.body.len()), (304, 0));
    let other = respond(&DEMO.explorer, &Request::get("/?x=1").with("If-None-Match", &tag));
    assert_eq!(other.status, 200);
}

#[test]
fn a_search_finds_names_words_and_answers() {
    let found = json("/search.json?q=Iran+Expert+Group");
    let answer = &found["answer"];
    assert_eq!(answer["actor"]["name"], "Iran");
    assert!(answer["positions"].as_u64().is_some_and(|count| count >= 3), "{answer}");
    let new =
        answer["claims"].as_array().expect("claims").iter().find(|claim| claim["change"] == "new").expect("a change");
    assert_eq!((&new["place"][0], &new["stance"]), (&Value::from(1610), &Value::from("against")));
    for q in ["A/RES/65/230", "a-res-65-230", "ieg", "IEG"] {
        let found = json(&format!("/search.json?q={q}"));
        assert!(found["things"]["total"].as_u64().is_some_and(|count| count > 0), "{q}");
    }
    let phrase = json("/search.json?q=%22duplication+of+work%22");
    assert_eq!(phrase["documents"]["rows"][0]["times"], 1);
    let persian = json("/search.json?q=ایران");
    let hit = &persian["documents"]["rows"][0]["hits"][0];
    assert_eq!(hit["words"], "ایران");
    assert_eq!(json("/search.json?q=zzzz")["documents"]["total"], 0);
    assert!(ask("/search?q=%3Cscript%3E").text().contains("&lt;script&gt;"));
    assert!(!json("/suggest?q=exp")["things"].as_array().expect("a list").is_empty());
}

#[test]
fn every_bundled_question_has_the_rows_of_the_command_line() {
    let library = rapporteur::query::Library::bundled();
    let mut asked = 0;
    for entry in library.entries() {
        let header = entry.header().expect("reads");
        let needed = header.parameters.iter().filter(|one| one.required);
        let given: Vec<(String, String)> =
            needed.filter_map(|one| Some((one.name.clone(), one.example.clone()?))).collect();
        let pairs: Vec<String> = given.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut words = vec!["query", entry.name.as_str(), "-f", "csv"];
        pairs.iter().for_each(|pair| words.extend(["-p", pair.as_str()]));
        let (code, printed, errors) = crate::typed::typed(&DEMO.folder, &words);
        let query: form_urlencoded::Serializer<'_, String> = form_urlencoded::Serializer::new(String::new());
        let mut query = query;
        given.iter().for_each(|(name, value)| _ = query.append_pair(name, value));
        let served = ask(&format!("/q/{}.csv?{}", entry.name, query.finish()));
        if code == 0 {
            assert_eq!((served.status, served.text()), (200, printed), "{}", entry.name);
            asked += 1;
        } else {
            assert!(served.status >= 400, "{}: {errors}", entry.name);
        }
    }
    assert!(asked > 20, "{asked}");
}

#[test]
fn the_matrix_counts_what_the_questions_list() {
    let (_, listed, _) =
        crate::typed::typed(&DEMO.folder, &["query", "position-change", "-p", "actor=Iran", "-f", "csv"]);
    let change = json("/change.json?actor=Iran");
    assert_eq!(change["positions"].as_u64(), Some(listed.lines().count() as u64 - 1));
    let (_, listed, _) = crate::typed::typed(
        &DEMO.folder,
        &["query", "position-change", "-p", "actor=Iran", "-p", "topic=Expert Group", "-f", "csv"],
    );
    let change = json("/change.json?actor=state/irn&topic=Expert+Group");
    assert_eq!(change["positions"].as_u64(), Some(listed.lines().count() as u64 - 1));
    let matrix = json("/positions.json?actors=Iran&topics=IEG&by=year");
    let year = |year: &str| {
        let rows = matrix["matrix"]["rows"].as_array().expect("rows");
        rows.iter().find(|row| row["year"] == year).expect("a row")["cells"][0].clone()
    };
    assert_eq!(year("2021")["changed"], 1, "{matrix}");
    let cell = year("2021")["href"].as_str().expect("an address").to_owned();
    let list = json(&cell.replacen("/positions?", "/positions.json?", 1));
    let claims = list["cell"]["claims"].as_array().expect("claims");
    let counted: u64 =
        year("2021")["tally"].as_array().expect("a tally").iter().filter_map(|one| one[1].as_u64()).sum();
    assert_eq!(claims.len() as u64, counted);
    assert!(claims.iter().any(|claim| claim["place"][0] == 1610 && claim["change"] == "new"));
    assert_eq!(ask("/positions?actors=nobody+at+all").status, 400);
    let compared = json("/compare.json?actor=Iran&from=2019&to=2021");
    let only = compared["only_right"].as_array().expect("matters");
    assert!(only.iter().any(|one| one["right"]["place"][0] == 1610), "{compared}");
}

fn sparql(query: &str, accept: &str) -> Response {
    let query: String = form_urlencoded::byte_serialize(query.as_bytes()).collect();
    respond(&DEMO.explorer, &Request::get(&format!("/sparql?query={query}")).with("Accept", accept))
}

#[test]
fn answers_come_in_the_form_that_is_asked_for() {
    let mixed = "text/turtle,application/rdf+xml;q=0.9,application/sparql-results+json;q=0.8,application/sparql-results+xml;q=0.7";
    for (query, accept, kind) in [
        ("ASK {}", "", "application/sparql-results+json"),
        ("SELECT * { ?s ?p ?o } LIMIT 1", "*/*", "application/sparql-results+json"),
        ("SELECT * { ?s ?p ?o } LIMIT 1", "application/json", "application/sparql-results+json"),
        ("SELECT * { ?s ?p ?o } LIMIT 1", "text/csv", "text/csv; charset=utf-8"),
        ("SELECT * { ?s ?p ?o } LIMIT 1", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("SELECT * { ?s ?p ?o } LIMIT 1", mixed, "application/sparql-results+json"),
        ("CONSTRUCT WHERE { ?s a rap:Position }", mixed, "text/turtle; charset=utf-8"),
        ("DESCRIBE <state/irn>", "application/n-triples", "application/n-triples"),
        ("SELECT * { ?s ?p ?o } LIMIT 1", "text/html,*/*;q=0.1", "text/html; charset=utf-8"),
    ] {
        let response = sparql(query, accept);
        assert_eq!((response.status, response.header("content-type")), (200, Some(kind)), "{query} {accept}");
        assert!(!response.body.is_empty());
    }
    assert_eq!(sparql("SELECT * { ?s ?p ?o } LIMIT 1", "text/turtle").status, 406);
    let described = ask("/sparql").text();
    assert!(
        described.contains("sparql-service-description#")
            && described.contains("SPARQL11Query")
            && !described.contains("BasicFederatedQuery")
    );
    assert!(respond(&DEMO.explorer, &Request::get("/sparql").with("Accept", "text/html")).text().contains("<textarea"));
}

#[test]
fn what_is_wrong_with_a_query_is_told_with_its_place() {
    for (query, status, code) in [
        ("SELECT * {\n  ?s ?p }", 400, "R0201"),
        ("SELECT * { ?s nope:p ?o }", 400, "R0203"),
        ("DELETE WHERE { ?s ?p ?o }", 403, "R0204"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "R0205"),
        ("LOAD <file:///etc/passwd>", 403, "R0204"),
    ] {
        let response = sparql(query, "application/sparql-results+json, application/problem+json;q=0.5");
        assert_eq!(
            (response.status, response.header("content-type")),
            (status, Some("application/problem+json")),
            "{query}"
        );
        let problem: Value = serde_json::from_slice(&response.body).expect("JSON");
        assert_eq!((&problem["code"], &problem["status"]), (&Value::from(code), &Value::from(status)), "{problem}");
        assert!(code == "R0205" || problem["line"].is_u64() && problem["column"].is_u64(), "{problem}");
    }
    assert!(sparql("SELECT {", "text/html").text().contains("<pre>"));
    assert!(sparql("SELECT {", "text/plain").text().starts_with("error R0201"));
}

#[test]
fn editors_find_prefixes_partitions_and_examples() {
    for query in [
        "SELECT DISTINCT ?prefix ?namespace WHERE { [] sh:namespace ?namespace ; sh:prefix ?prefix }",
        "SELECT DISTINCT ?class ?property WHERE { ?part void:class ?class ; void:propertyPartition ?of . ?of void:property ?property }",
        "SELECT DISTINCT ?query ?comment ?text WHERE { ?query a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select ?text }",
    ] {
        let rows = sparql(query, "text/csv").text();
        assert!(rows.lines().count() > 20, "{query}: {rows}");
    }
    assert!(ask("/.well-known/void").text().contains("void:classPartition"));
}

#[test]
fn the_dataset_of_a_request_goes_before_that_of_the_query() {
    let folder = tempfile::tempdir().expect("a folder");
    let quads = "<http://a.org/s> <http://a.org/p> \"one\" <http://a.org/1> .\n<http://a.org/s> <http://a.org/p> \"two\" <http://a.org/2> .\n";
    std::fs::write(folder.path().join("x.nq"), quads).expect("written");
    rapporteur(&folder).args(["load", "x.nq"]).assert().success();
    let explorer = Explorer::open(&folder.path().join("rapporteur-store"), Settings::default()).expect("opens");
    let rows = |query: &str, more: &str| {
        let query: String = form_urlencoded::byte_serialize(query.as_bytes()).collect();
        let request = Request::get(&format!("/sparql?query={query}{more}")).with("Accept", "text/csv");
        let response = respond(&explorer, &request);
        assert_eq!(response.status, 200, "{}", response.text());
        let mut rows: Vec<String> = response.text().lines().skip(1).map(str::to_owned).collect();
        rows.sort();
        rows
    };
    let default = "SELECT ?o { <http://a.org/s> <http://a.org/p> ?o }";
    let named = "SELECT ?o { GRAPH ?g { <http://a.org/s> <http://a.org/p> ?o } }";
    let from = "SELECT ?o FROM <http://a.org/2> { <http://a.org/s> <http://a.org/p> ?o }";
    let one = "&default-graph-uri=http%3A%2F%2Fa.org%2F1";
    let two = "&default-graph-uri=http%3A%2F%2Fa.org%2F2";
    let named_one = "&named-graph-uri=http%3A%2F%2Fa.org%2F1";
    assert_eq!(rows(default, ""), ["one", "two"]);
    assert_eq!(rows(default, one), ["one"]);
    assert_eq!(rows(default, &format!("{one}{two}")), ["one", "two"]);
    assert_eq!(rows(from, ""), ["two"]);
    assert_eq!(rows(from, one), ["one"]);
    assert_eq!(rows(named, ""), ["one", "two"]);
    assert_eq!(rows(named, named_one), ["one"]);
    assert!(rows(named, one).is_empty() && rows(default, named_one).is_empty());
    assert!(rows(default, "&default-graph-uri=http%3A%2F%2Fa.org%2Fnone").is_empty());
}

#[test]
fn a_picture_has_its_table_and_its_files() {
    let graph = json("/graph.json?focus=IEG");
    let edges = graph["edges"].as_array().expect("edges").len();
    let page = ask("/graph?focus=IEG").text();
    assert!(page.contains("<svg") && !page.contains("<style"));
    assert_eq!(page.matches("<tr id=\"e").count(), edges);
    for (form, mark) in
        [("svg", "<svg"), ("gexf", "<gexf"), ("graphml", "<graphml"), ("cyjs", "elements"), ("dot", "digraph")]
    {
        assert!(ask(&format!("/graph.{form}?focus=IEG")).text().contains(mark), "{form}");
    }
}

#[test]
fn a_site_is_whole_and_its_links_lead_to_its_files() {
    let (files, left_out) = rapporteur::explore::site(&DEMO.explorer, 20_000);
    assert_eq!(left_out, 0);
    let names: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.len(), files.len(), "no two pages are one file");
    assert!(names.contains("index.html") && names.contains("id/state/irn.html") && names.contains("id/state/irn.ttl"));
    for (name, body) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let page = String::from_utf8_lossy(body);
        for link in ["href", "src"].iter().flat_map(|attribute| attributes(&page, attribute)) {
            if link.starts_with('#') || link.contains("://") {
                continue;
            }
            let target = link.split('#').next().unwrap_or_default();
            let folder: Vec<&str> = name.split('/').collect();
            let ups = target.matches("../").count();
            assert_eq!(ups, folder.len() - 1, "{name}: {link}");
            let bytes: Vec<u8> = form_urlencoded::parse(
                format!("x={}", target.trim_start_matches("../").replace('+', "%2B")).as_bytes(),
            )
            .flat_map(|(_, value)| value.into_owned().into_bytes())
            .collect();
            let file = String::from_utf8(bytes).expect("UTF-8");
            assert!(names.contains(file.as_str()), "{name}: {link}");
        }
    }
}
