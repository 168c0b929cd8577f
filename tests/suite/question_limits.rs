//! Questions that would take for ever end: in time, memory and rows, with the right exit code.

use std::time::{Duration, Instant};

use crate::typed::{folder, typed};

#[test]
fn questions_end_in_time() {
    let place = folder();
    let step = |at: usize| format!("<http://x.org/{at}> <http://x.org/next> <http://x.org/{}> .\n", (at + 1) % 600);
    std::fs::write(place.path().join("ring.nt"), (0..600).map(step).collect::<String>()).unwrap();
    assert_eq!(typed(&place, &["load", "ring.nt"]).0, 0);
    let questions = [
        // Paths over paths, a pattern that is compiled for minutes, a product of products.
        "SELECT (COUNT(*) AS ?n) { ?a (!<a:x>)* ?b . ?b (!<a:y>)* ?c . ?c (!<a:z>)* ?d }",
        "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o),\"(((a{1,100}){1,100}){1,100})\")) }",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    ];
    for question in questions {
        let start = Instant::now();
        let (code, out, errors) = typed(&place, &["query", question, "--timeout", "0.5"]);
        assert!(start.elapsed() < Duration::from_secs(8), "{question}: {:?}", start.elapsed());
        assert!(code == 3 && out.is_empty(), "{question}: {errors}");
        assert!(errors.contains("R0212") && errors.contains("0.5 s") && errors.contains("--timeout"), "{errors}");
    }
}

#[test]
fn answers_have_so_many_rows_and_so_much_memory() {
    let place = folder();
    let (code, _, errors) = typed(&place, &["query", "SELECT * { ?s ?p ?o }", "--max-rows", "5"]);
    assert!(code == 3 && errors.contains("more than 5 rows"), "{errors}");
    assert_eq!(typed(&place, &["query", "SELECT * { ?s ?p ?o } LIMIT 5", "--max-rows", "5"]).0, 0);
    let (code, _, errors) = typed(&place, &["query", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "--max-rows", "5"]);
    assert!(code == 3 && errors.contains("more than 5 rows"), "{errors}");
    if cfg!(target_os = "linux") {
        let product = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f";
        let (code, _, errors) = typed(&place, &["query", product, "--max-memory", "60"]);
        assert!(code == 3 && errors.contains("60 MB of memory") && errors.contains("--max-memory"), "{errors}");
    }
}

#[test]
fn so_many_patterns_can_be_put_in_order() {
    let place = folder();
    let patterns = |count: usize| {
        let pattern = |at: usize| format!("?s <http://x.org/p{at}> ?o{at} . ");
        format!("SELECT * {{ {} }}", (0..count).map(pattern).collect::<String>())
    };
    assert_eq!(typed(&place, &["query", &patterns(60)]).0, 0);
    let (code, _, errors) = typed(&place, &["query", &patterns(400)]);
    assert!(code == 3 && errors.contains("R0212") && errors.contains("400 patterns"), "{errors}");
    // In groups of their own they are put in order one after the other.
    let union = vec![patterns(50).replace("SELECT *", ""); 8].join(" UNION ");
    assert_eq!(typed(&place, &["query", &format!("SELECT * {{ {union} }}")]).0, 0);
}

#[test]
fn checks_of_ones_own_end_too() {
    let place = folder();
    std::fs::create_dir(place.path().join("own")).unwrap();
    let shape = "#+ level: error\n#+ ok: none\n#+ one: fault\n#+ many: faults\n\
                 SELECT ?node { ?node ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?l";
    std::fs::write(place.path().join("own/slow.rq"), shape).unwrap();
    let (code, _, errors) = typed(&place, &["check", "--queries", "own", "--timeout", "1"]);
    assert!(code == 3 && errors.contains("R0212"), "{errors}");
}
