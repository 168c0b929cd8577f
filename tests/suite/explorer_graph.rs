//! The picture: so many things at most, what is left out is counted, the table holds the same edges as the picture, and from
//! thing to thing each neighbour is reached once.

use std::collections::BTreeSet;

use rapporteur::explore::{Request, respond};
use serde_json::Value;

use crate::demo_store::DEMO;

fn ask(target: &str) -> String {
    let response = respond(&DEMO.explorer, &Request::get(target));
    assert_eq!(response.status, 200, "{target}: {}", response.text());
    response.text()
}

fn graph(parameters: &str) -> Value {
    serde_json::from_str(&ask(&format!("/graph.json?{parameters}"))).expect("JSON")
}

fn things(graph: &Value) -> Vec<String> {
    let things = graph["things"].as_array().expect("things").iter();
    things.filter_map(|one| one["thing"]["iri"].as_str().map(str::to_owned)).collect()
}

fn edges(graph: &Value) -> Vec<(String, String)> {
    let end = |edge: &Value, end: &str| edge[end]["iri"].as_str().unwrap_or_default().to_owned();
    graph["edges"].as_array().expect("edges").iter().map(|edge| (end(edge, "from"), end(edge, "to"))).collect()
}

#[test]
fn a_picture_holds_so_much_and_says_what_it_leaves_out() {
    let base = DEMO.explorer.reading().directory().base().as_str().to_owned();
    let mut walked = 0;
    let all = graph("focus=Iran&hops=3");
    assert!(things(&all).len() <= 60);
    for iri in things(&all).iter().take(25) {
        let focus: String = form_urlencoded::byte_serialize(iri.trim_start_matches(&base).as_bytes()).collect();
        let found = graph(&format!("focus={focus}"));
        let (names, edges) = (things(&found), edges(&found));
        let unique: BTreeSet<&String> = names.iter().collect();
        assert_eq!(unique.len(), names.len(), "{iri}: nobody stands twice");
        assert!(names.contains(iri) && names.len() <= 60, "{iri}");
        for (from, to) in &edges {
            assert!(unique.contains(from) && unique.contains(to), "{iri}: an arrow has both its ends");
        }
        // Those that are one step away are there, unless the picture says how many are not.
        let near: BTreeSet<&String> =
            edges.iter().filter(|(from, to)| from == iri || to == iri).flat_map(|(from, to)| [from, to]).collect();
        assert!(near.len() >= names.len().min(2), "{iri}: {near:?}");
        // The picture has the arrows of the table, as has each file.
        let page = ask(&format!("/graph?focus={focus}"));
        assert_eq!(page.matches("<tr id=\"e").count(), edges.len(), "{iri}");
        // One line stands for several arrows between the same two, and says for which.
        let lines = page.split("data-edges=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let drawn: BTreeSet<&str> = lines.flat_map(|ids| ids.split(' ')).collect();
        let listed: BTreeSet<&str> = page
            .split("<tr id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .filter(|id| id.starts_with('e'))
            .collect();
        assert_eq!(drawn, listed, "{iri}: the table has the arrows of the picture");
        let gexf = ask(&format!("/graph.gexf?focus={focus}"));
        assert_eq!(
            (gexf.matches("<node ").count(), gexf.matches("<edge ").count()),
            (names.len(), edges.len()),
            "{iri}"
        );
        let cyjs: Value = serde_json::from_str(&ask(&format!("/graph.cyjs?focus={focus}"))).expect("JSON");
        assert_eq!(cyjs["elements"]["edges"].as_array().map(Vec::len), Some(edges.len()), "{iri}");
        walked += 1;
    }
    assert!(walked >= 20, "{walked}");
    let few = graph("focus=Iran&most=5");
    assert!(things(&few).len() <= 5 && few["summary"].as_str().is_some_and(|told| told.contains("left out")), "{few}");
}

#[test]
fn what_is_not_shown_is_counted_and_comes_once() {
    use rapporteur::export::view::{Options, View};
    let record = DEMO.explorer.reading();
    let record = record.record();
    let (mut turned, mut stubs) = (0, 0);
    for iri in things(&graph("focus=Iran&hops=3")).iter().take(25) {
        let options = Options { focus: Some(iri.clone()), max_nodes: usize::MAX, ..Options::default() };
        let all = View::of(record, &options).expect("a view");
        let wanted: BTreeSet<String> = all.graph.node_weights().map(|node| node.iri.clone()).collect();
        let focus: String = form_urlencoded::byte_serialize(iri.as_bytes()).collect();
        let (mut seen, mut skip) = (BTreeSet::from([iri.clone()]), 0);
        loop {
            let found = graph(&format!("focus={focus}&most=4&skip={skip}"));
            let near: Vec<String> = things(&found).into_iter().filter(|one| one != iri).collect();
            assert!(near.iter().all(|one| seen.insert(one.clone())), "{iri}: nobody comes twice");
            skip += near.len();
            let middle = found["things"].as_array().expect("things").iter().find(|one| one["thing"]["iri"] == **iri);
            let more = middle.expect("the middle")["more"].as_u64().expect("a number");
            assert_eq!(more, (wanted.len() - seen.len()) as u64, "{iri}: +n is what is to come");
            // What the others are tied to and is not here, their own pictures show.
            for other in found["things"].as_array().expect("things").iter().filter(|one| one["thing"]["iri"] != **iri) {
                stubs += usize::from(other["more"].as_u64() > Some(0));
            }
            if more == 0 {
                break;
            }
            turned += 1;
        }
        assert_eq!(seen, wanted, "{iri}: everybody comes");
    }
    assert!(turned > 5 && stubs > 10, "{turned} {stubs}");
}
