//! What a search finds first: names in full and in short, symbols in several spellings, misprints, phrases, two names that
//! make a question; and that it counts what stands in the texts.

use rapporteur::explore::{Request, respond};
use serde_json::Value;

use crate::demo_store::DEMO;

/// What is typed, what is found first, and of what the answer speaks.
const SEARCHES: &str = include_str!("../cases/searches.tsv");

fn json(path: &str, q: &str) -> Value {
    let q: String = form_urlencoded::byte_serialize(q.as_bytes()).collect();
    let response = respond(&DEMO.explorer, &Request::get(&format!("{path}?q={q}")));
    assert_eq!(response.status, 200, "{path} {q}");
    serde_json::from_slice(&response.body).expect("JSON")
}

/// The key of a thing in a model.
fn key(name: &Value) -> Option<&str> {
    name["href"].as_str().and_then(|href| href.strip_prefix("/id/"))
}

#[test]
fn what_is_meant_is_found_first() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for line in SEARCHES.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let &[q, first, about] = cells.as_slice() else { panic!("{line}") };
        let found = json("/search.json", q);
        let things = found["things"]["rows"].as_array().expect("things");
        let answer = &found["answer"];
        let told = key(&answer["actor"]).zip(key(&answer["topic"])).map(|(actor, topic)| format!("{actor} {topic}"));
        let given = (things.first().and_then(key).unwrap_or("-"), told.as_deref().unwrap_or("-"));
        if given != (first, about) {
            wrong.push(format!("{q}: {given:?} for {:?}", (first, about)));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count >= 60, "{count}");
}

#[test]
fn a_search_counts_what_stands_in_the_texts() {
    let listed = respond(&DEMO.explorer, &Request::get("/documents.json"));
    let listed: Value = serde_json::from_slice(&listed.body).expect("JSON");
    let texts: Vec<(String, String)> = listed["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(|row| row["text"]["href"].as_str())
        .map(|href| {
            let words = respond(&DEMO.explorer, &Request::get(&format!("{href}.txt")));
            (href.to_owned(), words.text().to_lowercase())
        })
        .collect();
    assert_eq!(texts.len(), 3);
    for phrase in
        ["cyber", "the", "international cooperation", "IEG", "ایران", "A/RES", "renewal of the mandate", "ee", "👍"]
    {
        let found = json("/search.json", &format!("\"{phrase}\""));
        let told: Vec<(String, u64)> = found["documents"]["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|row| {
                (row["text"]["href"].as_str().unwrap_or_default().to_owned(), row["times"].as_u64().unwrap_or_default())
            })
            .collect();
        for (href, words) in &texts {
            // Words are found where they begin.
            let phrase = phrase.to_lowercase();
            let begins = |(at, _): &(usize, &str)| !words[..*at].ends_with(char::is_alphanumeric);
            let counted = words.match_indices(&phrase).filter(begins).count() as u64;
            let times = told.iter().find(|(told, _)| told == href).map_or(0, |(_, times)| *times);
            assert_eq!(times, counted, "{phrase} in {href}");
        }
    }
}
