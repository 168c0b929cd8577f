//! Pages about stances have the rows of the commands that answer the same, to the byte, and pages the numbers of their data.

use rapporteur::explore::{Explorer, Request, Settings, respond};
use serde_json::Value;
use tempfile::TempDir;

use crate::demo_store::DEMO;
use crate::typed::{statements, typed};

struct Stances {
    folder: TempDir,
    explorer: Explorer,
}

fn stances() -> Stances {
    let folder = statements(&crate::stances::STATEMENTS);
    let explorer = Explorer::open(&folder.path().join("rapporteur-store"), Settings::default()).expect("opens");
    Stances { folder, explorer }
}

fn ask(explorer: &Explorer, target: &str) -> String {
    let response = respond(explorer, &Request::get(target));
    assert_eq!(response.status, 200, "{target}: {}", response.text());
    response.text()
}

#[test]
fn change_compare_and_matrix_are_those_of_the_commands() {
    let invented = stances();
    let mut rows = 0;
    for (folder, explorer, all) in [
        (
            &DEMO.folder,
            &DEMO.explorer,
            &[
                ("/change.csv?actor=Iran", "change Iran"),
                ("/change.csv?actor=Iran&all=1", "change Iran --all"),
                (
                    "/change.csv?actor=Iran&topic=Expert+Group&since=2020",
                    "change Iran --topic Expert+Group --from 2020",
                ),
                ("/compare.csv?a=Iran&b=Norway&all=1", "compare Iran Norway --all"),
                ("/matrix.csv", "matrix"),
                ("/matrix.csv?topic=cybercrime&over=document", "matrix --topic cybercrime --over document"),
                ("/matrix.csv?by=topic&actors=Iran&over=meeting", "matrix --by topic --actor Iran --over meeting"),
                ("/matrix.csv?least=0.8&until=2019", "matrix --min-confidence 0.8 --to 2019"),
            ][..],
        ),
        (
            &invented.folder,
            &invented.explorer,
            &[
                ("/change.csv?actor=Norway", "change Norway"),
                ("/change.csv?actor=Norway&topic=human+rights", "change Norway --topic human+rights"),
                ("/change.csv?actor=Norway&since=2016", "change Norway --from 2016"),
                ("/compare.csv?a=Norway&b=Chile", "compare Norway Chile"),
                ("/compare.csv?a=Norway&b=Chile&all=1&until=2016", "compare Norway Chile --all --to 2016"),
                ("/matrix.csv?actors=Norway,Chile&since=2012", "matrix --actor Norway --actor Chile --from 2012"),
            ][..],
        ),
    ] {
        for (target, line) in all {
            let words: Vec<String> = line.split(' ').map(|word| word.replace('+', " ")).collect();
            let words: Vec<&str> = words.iter().map(String::as_str).chain(["-f", "csv"]).collect();
            let (code, printed, errors) = typed(folder, &words);
            assert_eq!(code, 0, "{line}: {errors}");
            // A command that has no row of a matrix prints nothing at all.
            let page = ask(explorer, target);
            rows += page.lines().count() - 1;
            assert!(
                page == printed || printed.is_empty() && page.lines().count() == 1,
                "{target}:\n{page}\n{line}:\n{printed}"
            );
        }
    }
    assert!(rows > 30, "{rows}");
    let drawn = invented.folder.path().join("m.svg");
    let (code, _, errors) = typed(&invented.folder, &["matrix", "-o", "m.svg"]);
    assert_eq!(code, 0, "{errors}");
    assert_eq!(ask(&invented.explorer, "/matrix.svg"), std::fs::read_to_string(drawn).expect("drawn"));
}

#[test]
fn a_page_of_stances_shows_what_its_table_has() {
    let invented = stances();
    let json = |target: &str| -> Value { serde_json::from_str(&ask(&invented.explorer, target)).expect("JSON") };
    let length = |value: &Value| value.as_array().expect("a list").len();
    for query in ["actor=Norway", "actor=Chile&all=1", "actor=Norway&topic=human+rights"] {
        let page = json(&format!("/change.json?{query}"));
        let table = ask(&invented.explorer, &format!("/change.csv?{query}"));
        assert_eq!(
            length(&page["moves"]) + 1,
            csv::Reader::from_reader(table.as_bytes()).records().count() + 1,
            "{query}"
        );
        let html = ask(&invented.explorer, &format!("/change?{query}"));
        assert_eq!(html.matches("<section class=\"move\">").count(), length(&page["moves"]), "{query}");
    }
    let turned = json("/change.json?actor=Norway");
    let words: Vec<&str> =
        turned["moves"].as_array().expect("moves").iter().filter_map(|one| one["what"].as_str()).collect();
    assert!(words.contains(&"turned round"), "{words:?}");
    for query in ["a=Norway&b=Chile", "a=Norway&b=Chile&all=1", "actor=Norway&from=2011&to=2014"] {
        let page = json(&format!("/compare.json?{query}"));
        let table = ask(&invented.explorer, &format!("/compare.csv?{query}"));
        let parts = ["opposed", "agreed", "only_left", "only_right"];
        let count: usize = parts.iter().map(|part| length(&page[*part])).sum();
        assert_eq!(count, csv::Reader::from_reader(table.as_bytes()).records().count(), "{query}");
        assert_eq!(
            ask(&invented.explorer, &format!("/compare?{query}")).matches("<section class=\"move\">").count(),
            count
        );
        assert!(count > 0, "{query}");
    }
    // Who turned round stands against itself.
    assert!(length(&json("/compare.json?actor=Norway&from=2011&to=2014")["opposed"]) > 0);
    for target in
        ["/change?actor=Norway&since=soon", "/compare?a=Norway&b=Norway", "/matrix?topic=zzzz", "/matrix?until=1"]
    {
        assert_eq!(respond(&invented.explorer, &Request::get(target)).status, 400, "{target}");
    }
}
