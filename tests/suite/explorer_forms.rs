//! In which form an answer comes: what programs ask for in `Accept`, and that each page says the same in each of its forms.

use rapporteur::explore::{Request, Response, respond};
use serde_json::Value;

use crate::demo_store::DEMO;

fn accepting(target: &str, accept: &str) -> Response {
    respond(&DEMO.explorer, &Request::get(target).with("Accept", accept))
}

/// What is accepted, and what then comes: for a list, a thing, and a question in SPARQL; nothing for 406.
const TABLE: &str = include_str!("../cases/accept.tsv");

#[test]
fn what_programs_accept_is_what_they_get() {
    let mut rows = 0;
    for line in TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [accept, expected @ ..] = cells.as_slice() else { panic!("{line}") };
        let sparql = "/sparql?query=SELECT+*+%7B+%3Fs+a+rap%3APosition+%7D+LIMIT+1";
        for (target, expected) in ["/documents", "/id/state/irn", sparql].into_iter().zip(expected) {
            let response = accepting(target, accept);
            let kind =
                response.header("content-type").unwrap_or_default().split(';').next().unwrap_or_default().to_owned();
            match *expected {
                "406" => {
                    assert_eq!(response.status, 406, "{accept} {target}");
                    let told: Value = serde_json::from_slice(&response.body).unwrap_or_default();
                    let list = told["hint"].as_str().map(str::to_owned).unwrap_or_else(|| response.text());
                    assert!(
                        list.contains("text/csv") || list.contains("text/turtle"),
                        "the list of what there is: {list}"
                    );
                }
                expected => assert_eq!((response.status, kind.as_str()), (200, expected), "{accept} {target}"),
            }
            assert!(response.header("vary").is_some_and(|vary| vary.contains("Accept")), "{accept} {target}");
            if response.status == 200 && !target.starts_with("/sparql") {
                assert!(response.header("link").is_some_and(|link| link.contains("rel=\"alternate\"")), "{target}");
            }
        }
        rows += 1;
    }
    assert!(rows >= 40, "{rows}");
}

fn text(target: &str) -> String {
    let response = respond(&DEMO.explorer, &Request::get(target));
    assert_eq!(response.status, 200, "{target}: {}", response.text());
    response.text()
}

fn json(target: &str) -> Value {
    serde_json::from_str(&text(target)).expect("JSON")
}

fn rows(table: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(table.as_bytes()).records().map(|row| row.expect("a row")).collect()
}

#[test]
fn a_list_has_as_many_rows_as_it_says_in_every_form() {
    for (path, query) in [
        ("documents", ""),
        ("things", ""),
        ("things", "kind=State"),
        ("claims", ""),
        ("claims", "stance=against"),
        ("claims", "change=new"),
        ("claims", "speaker=Iran"),
    ] {
        let glue = if query.is_empty() { String::new() } else { format!("?{query}") };
        let model = json(&format!("/{path}.json{glue}"));
        let total = model["paging"]["total"].as_u64().unwrap_or_else(|| panic!("{path}: {model}"));
        let table = rows(&text(&format!("/{path}.csv{glue}")));
        assert_eq!(table.len() as u64, total, "{path}?{query}");
        assert_eq!(text(&format!("/{path}.tsv{glue}")).lines().count() as u64, total + 1, "{path}?{query}");
        let shown = model["paging"]["shown"].as_u64().unwrap_or_default();
        let page = text(&format!("/{path}{glue}"));
        assert!(shown == total || page.contains(&format!("of {total}")), "a page that is a part says of how many");
    }
}

#[test]
fn every_number_of_the_matrix_is_that_of_its_list() {
    let matrix = json("/positions.json?by=year");
    let (mut cells, mut table) = (0, rows(&text("/positions.csv?by=year")).len());
    let page = text("/positions?by=year");
    for row in matrix["matrix"]["rows"].as_array().expect("rows") {
        for cell in row["cells"].as_array().expect("cells") {
            let tally = cell["tally"].as_array().expect("a tally");
            table -= tally.len();
            let Some(href) = cell["href"].as_str() else { continue };
            assert!(page.contains(&href.replace('&', "&amp;")), "{href}");
            let list = json(&href.replacen("/positions?", "/positions.json?", 1).replace("#cell", ""));
            let claims = list["cell"]["claims"].as_array().expect("claims");
            for one in tally {
                let of_stance = claims.iter().filter(|claim| claim["stance"] == one[0]).count() as u64;
                assert_eq!(one[1].as_u64(), Some(of_stance), "{href}");
            }
            cells += 1;
        }
    }
    assert!(cells > 5 && table == 0, "{cells} cells, {table} rows too many");
}

#[test]
fn claims_are_the_same_on_their_page_in_lists_and_in_their_graph() {
    let claims = json("/claims.json");
    for claim in claims["rows"].as_array().expect("rows").iter().step_by(9) {
        let href = claim["href"].as_str().expect("an address");
        let alone = json(&format!("{href}.json"));
        assert_eq!(alone["claim"], *claim, "{href}");
        let page = text(href);
        let quote = claim["quote"].as_str().expect("a quote");
        let escaped = quote.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        assert!(page.contains(&escaped), "{href}: {quote}");
        let graph = text(&format!("{href}.nt"));
        let iri = claim["iri"].as_str().expect("an IRI");
        assert!(graph.contains(&format!("<{iri}> ")), "{href}");
        let (start, end) = (&claim["place"][0], &claim["place"][1]);
        assert!(graph.contains(&format!("#char={start},{end}")), "{href}");
    }
}

#[test]
fn names_come_in_the_language_that_is_asked_for() {
    let folder = crate::typed::folder();
    let label = "<https://w3id.org/rapporteur/id/body/harbour-union> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Union des ports\"@fr .\n";
    std::fs::write(folder.path().join("fr.nt"), label).expect("written");
    crate::typed::rapporteur(&folder).args(["load", "fr.nt"]).assert().success();
    let store = folder.path().join("rapporteur-store");
    let explorer =
        rapporteur::explore::Explorer::open(&store, rapporteur::explore::Settings::default()).expect("opens");
    let ask = |target: &str| respond(&explorer, &Request::get(target)).text();
    let french = ask("/things?lang=fr");
    assert!(french.contains("Union des ports"), "{french}");
    assert!(french.contains("/id/body/harbour-union?lang=fr") && french.contains("name=\"lang\" value=\"fr\""));
    assert!(!ask("/things").contains("Union des ports") && ask("/things?lang=de") == ask("/things?lang=de"));
    assert!(!ask("/things?lang=%22%3E%3Cscript%3E").contains("<script>"));
}

#[test]
fn a_form_keeps_how_sure_claims_have_to_be() {
    let page = |target: &str| {
        let response = respond(&DEMO.explorer, &Request::get(target));
        assert_eq!(response.status, 200, "{target}");
        response.text()
    };
    let kept = page("/q/positions?actor=Iran&least=0.25");
    assert!(kept.contains("name=\"least\" value=\"0.25\""), "the field has what the address says");
    assert!(!page("/q/positions?actor=Iran").contains("name=\"least\""), "and is not there unless it does");
}
