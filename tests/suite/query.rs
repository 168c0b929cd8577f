//! The bundled queries over three invented statements; parameters, errors and formats as people meet them.

use std::collections::HashSet;
use std::sync::LazyLock;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};
use oxigraph::store::Store;
use rapporteur::lift::{Base, Layer};
use rapporteur::model::{Exit, Fault};
use rapporteur::query::{
    Answer, AnswerFormat, Error, Given, Header, Library, Portrait, Presentation, Proof, Rows, Topic, find_claim,
    looks_like_sparql, parse, set, topic,
};
use rapporteur::record::{Labels, Names, Record, Show};

const FIXTURE: &str = include_str!("../fixtures/query/statements.trig");

const BASE: &str = Base::SHARED;

/// As `store::Store` lays it out: each graph, and all of them as one in the default graph.
fn store() -> Store {
    let store = Store::new().expect("a store");
    for quad in RdfParser::from_format(RdfFormat::TriG).for_slice(FIXTURE) {
        let quad = quad.expect("the fixture reads");
        store.insert(&Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() }).expect("inserts");
        store.insert(&quad).expect("inserts");
    }
    store
}

/// What that store says.
static RECORD: LazyLock<Record<'static>> =
    LazyLock::new(|| Record::of_store(&store(), &Base::default()).expect("a record"));

fn given(pairs: &[&str]) -> Vec<Given> {
    pairs.iter().map(|pair| pair.parse().expect("a pair")).collect()
}

/// Asks a bundled query.
fn ask(store: &Store, name: &str, pairs: &[&str]) -> Result<Rows, Error> {
    let library = Library::bundled();
    let entry = library.get(name)?;
    let mut question = parse(name, &entry.text, BASE, &[])?;
    let (header, given) = (entry.header()?, given(pairs));
    set(&mut question, name, &header, &given, &Names::new(&RECORD))?;
    match question.ask(store)? {
        Answer::Rows(mut rows) => {
            if let Some(given) = topic(&question, &header, &given) {
                let (topic, _) = Topic::find(&RECORD, &given.value).map_err(Error::from)?;
                rows.keep_topic(&topic.claims(&RECORD, &|_| None));
                // Why a row is in is no part of what it tells.
                let why = rows.variables.iter().position(|variable| variable == "why");
                rows.rows.iter_mut().for_each(|row| {
                    if let Some(why) = why {
                        row[why] = None
                    }
                });
            }
            Ok(rows)
        }
        other => panic!("{name} gives {other:?}"),
    }
}

/// Asks SPARQL text.
fn ask_text(store: &Store, text: &str, pairs: &[&str]) -> Result<Answer, Error> {
    let mut question = parse("query", text, BASE, &[])?;
    set(&mut question, "query", &Header::default(), &given(pairs), &Names::new(&RECORD))?;
    question.ask(store)
}

/// The cells of one row, by name, blanks for what is unbound.
fn table(rows: &Rows, columns: &[&str]) -> Vec<String> {
    let labels = Labels::new(&RECORD);
    let index = |name: &str| rows.variables.iter().position(|variable| variable == name).expect(name);
    let cell = |row: &[Option<Term>], name: &str| {
        row[index(name)].as_ref().map_or(String::new(), |term| labels.term(term, Show::Name))
    };
    rows.rows.iter().map(|row| columns.iter().map(|name| cell(row, name)).collect::<Vec<_>>().join(" · ")).collect()
}

#[test]
fn each_bundled_query_says_what_it_is_and_gives_what_it_says() {
    for entry in Library::bundled().entries() {
        let name = &entry.name;
        let header = entry.header().expect("the header reads");
        let question = parse(name, &entry.text, BASE, &[]).expect("the query reads");
        assert!(question.added_prefixes().is_empty(), "{name} leaves prefixes to us: other tools would refuse it");
        assert!(!header.summary.is_empty() && !header.description.is_empty() && !header.tags.is_empty(), "{name}");
        let columns: Vec<&str> = header.columns.iter().map(|column| column.variable.as_str()).collect();
        assert_eq!(columns, question.variables(), "columns of {name}");
        for parameter in &header.parameters {
            assert!(question.mentioned().contains(&parameter.name), "{name} does not mention ?{}", parameter.name);
            assert!(parameter.example.is_some() && !parameter.about.is_empty(), "{name} explains {}", parameter.name);
        }
        if columns.contains(&"claim") {
            assert!(columns.contains(&"quote") && columns.contains(&"where"), "{name} shows claims without evidence");
        }
    }
}

#[test]
fn each_bundled_query_finds_something_with_each_of_its_examples() {
    let store = store();
    for entry in Library::bundled().entries() {
        let header = entry.header().expect("the header reads");
        let pair = |parameter: &rapporteur::query::Parameter| {
            format!("{}={}", parameter.name, parameter.example.as_deref().unwrap_or(""))
        };
        let required: Vec<String> = header.parameters.iter().filter(|p| p.required).map(pair).collect();
        let mut trials = vec![required.clone()];
        trials.extend(
            header.parameters.iter().filter(|p| !p.required).map(|p| [required.clone(), vec![pair(p)]].concat()),
        );
        let required_pairs: Vec<&str> = required.iter().map(String::as_str).collect();
        for trial in trials {
            let pairs: Vec<&str> = trial.iter().map(String::as_str).collect();
            let rows =
                ask(&store, &entry.name, &pairs).unwrap_or_else(|error| panic!("{} {pairs:?}: {error}", entry.name));
            assert!(!rows.rows.is_empty(), "{} {pairs:?} finds nothing", entry.name);
            let all: HashSet<String> = match trial.len() == required.len() {
                true => HashSet::new(),
                false => lines(&ask(&store, &entry.name, &required_pairs).expect(&entry.name)),
            };
            assert!(all.is_empty() || lines(&rows).is_subset(&all), "{} {pairs:?} tells more than without", entry.name);
            assert_eq!(lines(&rows).len(), rows.rows.len(), "{} {pairs:?} says the same twice", entry.name);
        }
    }
}

fn lines(rows: &Rows) -> HashSet<String> {
    rows.rows.iter().map(|row| format!("{row:?}")).collect()
}

#[test]
fn answers_are_right() {
    let store = store();
    /// Query, parameters, columns, rows.
    type Case = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);
    let cases: &[Case] = &[
        (
            "established",
            &["founded=Cyber Police"],
            &["founder", "founded", "when", "basis"],
            &["Government of Iran · Cyber Police · 2011 · Article 12 of the Computer Offences Act"],
        ),
        (
            "cooperation",
            &["actor=Cyber Police"],
            &["partner", "means"],
            &["Interpol · ", "Europol · ", "134 countries · named contact points"],
        ),
        (
            "quantities",
            &[],
            &["subject", "approx", "object", "value", "unit"],
            &[
                "Cyber Police ·  · 134 countries · 134 · country",
                "drugs · about · 2 billion dollars · 2000000000 · dollar",
                "provincial prosecutors ·  · 31 provincial prosecutors · 31 · provincial prosecutor",
            ],
        ),
        (
            "mandates",
            &["body=IEG"],
            &["resolution", "task"],
            &["resolution 65/230 · comprehensive study of cybercrime"],
        ),
        ("mandates", &["body=Ad hoc Committee"], &["resolution", "task"], &["resolution 74/247 · write a convention"]),
        (
            "tasks",
            &["actor=Deputy Prosecutor"],
            &["relation", "task"],
            &["responsible for · coordinating the answers of the courts"],
        ),
        (
            "provides",
            &["actor=UNODC"],
            &["service", "basis", "modality"],
            &["technical assistance · General Assembly · proposal", "technical assistance ·  · asserted"],
        ),
        (
            "hinders",
            &["obstacle=UCM"],
            &["object", "by"],
            &["law enforcement authorities of Iran · Iran (Islamic Republic of)"],
        ),
        (
            "position-change",
            &["actor=Iran", "topic=Expert Group"],
            &["date", "change", "act", "target"],
            &[
                "2019-03-27 ·  · attaches importance to · Open-ended Intergovernmental Expert Group to Conduct a Comprehensive Study of the Problem of Cybercrime",
                "2019-03-27 ·  · participates in · Open-ended Intergovernmental Expert Group to Conduct a Comprehensive Study of the Problem of Cybercrime",
                "2021-04-08 ·  · attaches importance to · Open-ended Intergovernmental Expert Group to Conduct a Comprehensive Study of the Problem of Cybercrime",
                "2021-04-08 · first in this store · opposes · renewal of the mandate of the IEG",
            ],
        ),
        (
            "positions",
            &["actor=Iran", "year=2021", "act=supports"],
            &["not", "act", "target"],
            &["not · supports · second study"],
        ),
        (
            "disagreements",
            &[],
            &["target", "actor", "other"],
            &["renewal of the mandate of the IEG · Arcadia · Iran (Islamic Republic of)"],
        ),
        ("links", &["entity=Interpol"], &["target", "scheme"], &["wd:Q8475 · wikidata"]),
        (
            "citations",
            &["document=iran-2021.txt"],
            &["instrument", "times"],
            &["resolution 65/230 · 1", "resolution 74/247 · 1"],
        ),
        (
            "coverage",
            &[],
            &["text", "claims", "mentions"],
            &[
                "Remarks at the fifth session of the Expert Group · 20 · 8",
                "Remarks at the seventh session of the Expert Group · 12 · 11",
                "Intervention of Arcadia · 4 · 7",
            ],
        ),
        ("to-review", &[], &["confidence", "object"], &["0.55 · second study"]),
        ("instruments", &["actor=GA"], &["instrument", "when"], &["resolution 74/247 · 2020"]),
    ];
    for (name, pairs, columns, expected) in cases {
        let rows = ask(&store, name, pairs).expect(name);
        assert_eq!(table(&rows, columns), *expected, "{name} {pairs:?}");
    }
}

#[test]
fn errors_say_what_where_and_what_to_try() {
    let store = store();
    let bundled: &[(&str, &[&str], &str)] = &[
        (
            "positions",
            &["actor=Irn"],
            "R0311 3 no entity called “Irn” | did you mean  Iran (State, 2 documents) ?\nsearch with   rapporteur show \"Ir*\"",
        ),
        ("positions", &["actor=Zzyzx"], "R0311 3 no entity called “Zzyzx” | search with   rapporteur show \"Zz*\""),
        (
            "postions",
            &[],
            "R0210 2 no bundled query “postions”, and no such file | did you mean  positions ?      all of them: rapporteur queries",
        ),
        ("xyzzy", &[], "R0210 2 no bundled query “xyzzy”, and no such file | all of them: rapporteur queries"),
        ("mentions", &[], "R0303 2 mentions needs the parameter “entity” | give it with  -p entity=Interpol"),
        (
            "positions",
            &["colour=red"],
            "R0302 2 positions has no parameter “colour” | it has  actor, topic, act, year, document",
        ),
        ("positions", &["year=last"], "R0304 2 “last” is not a whole number, which “year” needs | "),
        (
            "positions",
            &["act=oposes"],
            "R0304 2 “oposes” is not a relation, which “act” needs | did you mean  opposes ?",
        ),
        (
            "positions",
            &["actor=session of the Expert"],
            "R0312 3 “session of the Expert” could be 2 things | write one of  meeting/ieg-5   fifth session of the Expert Group (meeting, 1 document)\n              meeting/ieg-7   seventh session of the Expert Group (meeting, 2 documents)",
        ),
    ];
    for (name, pairs, expected) in bundled {
        let error = ask(&store, name, pairs).expect_err(name);
        assert_eq!(spoken(&error), *expected, "{name} {pairs:?}");
    }
    let texts: &[(&str, &str)] = &[
        (
            "SELECT ?s WHERE {\n  ?s a rap:State ;\n    skox:prefLabel ?name }",
            "R0203 3 the prefix “skox:” is not declared [3:5 5 “    skox:prefLabel ?name }”] | did you mean skos: <http://www.w3.org/2004/02/skos/core#> ? Known prefixes need no PREFIX line here.",
        ),
        (
            "SELECT ?s { ?s qqq:x 1 }",
            "R0203 3 the prefix “qqq:” is not declared [1:16 4 “SELECT ?s { ?s qqq:x 1 }”] | declare it: PREFIX qqq: <…>",
        ),
        (
            "SELEC ?x WHERE { ?x a ?y }",
            "R0201 3 SPARQL stops making sense here [1:1 5 “SELEC ?x WHERE { ?x a ?y }”] | expected SELECT, ASK, CONSTRUCT or DESCRIBE",
        ),
        (
            "SELECT ?x WHRE { ?x a ?y }",
            "R0201 3 SPARQL stops making sense here [1:11 4 “SELECT ?x WHRE { ?x a ?y }”] | did you mean WHERE ?",
        ),
        (
            "SELECT ?x { ?x a ?y ",
            "R0201 3 SPARQL stops making sense here [1:11 1 “SELECT ?x { ?x a ?y ”] | this { is never closed",
        ),
        (
            "SELECT ?x { ?x a ?y ) }",
            "R0201 3 SPARQL stops making sense here [1:21 1 “SELECT ?x { ?x a ?y ) }”] | expected } to close the { of line 1",
        ),
        (
            "SELECT ?x { ?x a \"open }",
            "R0201 3 SPARQL stops making sense here [1:18 7 “SELECT ?x { ?x a \"open }”] | this quotation mark is never closed",
        ),
        (
            "SELECT ?é { ?é a Person }",
            "R0201 3 SPARQL stops making sense here [1:18 6 “SELECT ?é { ?é a Person }”] | “Person” is no SPARQL word; names need a prefix, variables a question mark",
        ),
        (
            "SELECT ?x { ?x a ?y . . ?z }",
            "R0201 3 SPARQL stops making sense here [1:28 1 “SELECT ?x { ?x a ?y . . ?z }”] | something is missing before this",
        ),
        (
            "SELECT COUNT DISTINCT ?s { ?s a ?y }",
            "R0201 3 SPARQL stops making sense here [1:8 5 “SELECT COUNT DISTINCT ?s { ?s a ?y }”] | it wants brackets and a name: SELECT (COUNT(DISTINCT ?s) AS ?n)",
        ),
        (
            "PREFIX x: <http://x/>\nINSERT DATA { x:a x:b x:c }",
            "R0204 2 this is an update, and queries only read [2:1 6 “INSERT DATA { x:a x:b x:c }”] | the store changes through add, load and remove",
        ),
        (
            "SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }",
            "R0205 2 SERVICE would ask example.org, and nothing leaves this machine unasked | allow it:  rapporteur query --allow-service example.org …   or add outer data:  rapporteur load FILE",
        ),
        (" # nothing\n", "R0202 3 the query is empty | bundled questions: rapporteur queries"),
    ];
    for (text, expected) in texts {
        let error = parse("query", text, BASE, &[]).expect_err(text);
        assert_eq!(spoken(&error), *expected, "{text}");
    }
}

/// Code, exit code, message, place and hint on one line.
fn spoken(error: &Error) -> String {
    let place =
        error.place().map_or(String::new(), |p| format!(" [{}:{} {} “{}”]", p.line, p.column, p.width, p.source));
    format!("{} {} {error}{place} | {}", error.code(), error.exit() as u8, error.hint().unwrap_or_default())
}

#[test]
fn no_value_changes_what_a_query_does() {
    let store = store();
    let before = store.len().expect("a length");
    for value in [
        "Iran> } ; DROP ALL #",
        "<https://w3id.org/rapporteur/id/state/irn> ?x } UNION { ?s ?p ?o",
        "\" . ?s ?p ?o . \"",
        "?actor",
        "x} } DELETE WHERE { ?s ?p ?o",
        "http://e/ > . ?s ?p <http://e/",
        "\u{0}",
        "*",
    ] {
        let pair = format!("actor={value}");
        match ask(&store, "positions", &[&pair]) {
            Ok(rows) => assert!(rows.rows.is_empty(), "{value} finds {} rows", rows.rows.len()),
            Err(error) => assert_eq!(error.exit(), Exit::Unreadable, "{value}"),
        }
    }
    let text = "SELECT ?x ?s { ?s <http://purl.org/dc/terms/identifier> ?x }";
    let answer = ask_text(&store, text, &["x=\"IRN\" . ?a ?b ?c . ?d ?e \"\""]).expect("answers");
    assert!(answer.is_empty());
    assert_eq!(store.len().expect("a length"), before);
}

#[test]
fn a_bound_variable_is_a_term_wherever_it_stands() {
    let store = store();
    let irn: Term = NamedNode::new_unchecked(format!("{BASE}state/irn")).into();
    for (text, expected) in [
        ("SELECT ?x ?n { ?x dcterms:identifier ?n }", 1),
        ("SELECT ?n { ?x dcterms:identifier ?n }", 1),
        ("SELECT ?x { VALUES ?x { <state/irn> <state/xar> } }", 1),
        ("SELECT ?x { BIND(<state/irn> AS ?x) }", 1),
        ("SELECT ?x { BIND(<state/xar> AS ?x) }", 0),
        ("SELECT ?x (COUNT(?n) AS ?c) { ?x dcterms:identifier ?n } GROUP BY ?x", 1),
        ("SELECT ?x (COUNT(?n) AS ?c) { ?x dcterms:source ?n } GROUP BY ?x", 0),
        ("SELECT ?n { ?s dcterms:identifier ?n FILTER(!BOUND(?x) || ?s = ?x) }", 1),
        ("SELECT ?n { { SELECT ?n { ?x dcterms:identifier ?n } } }", 5),
        ("SELECT ?n { { SELECT ?x ?n { ?x dcterms:identifier ?n } } }", 1),
        ("SELECT ?n { ?s dcterms:identifier ?n FILTER EXISTS { ?x dcterms:identifier ?n } }", 1),
        ("SELECT ?o { ?o dcterms:identifier ?n OPTIONAL { ?o rap:opposes ?x } FILTER(?o IN (?x)) } ORDER BY ?x", 1),
        ("SELECT ?n { ?s ?x ?n }", 0),
    ] {
        let mut question = parse("query", &text.replacen("SELECT", "SELECT DISTINCT", 1), BASE, &[]).expect(text);
        question.bind("x", &irn);
        let Answer::Rows(rows) = question.ask(&store).expect(text) else { panic!("{text}") };
        assert_eq!(rows.rows.len(), expected, "{text}");
        if let Some(column) = rows.variables.iter().position(|variable| variable == "x") {
            assert!(rows.rows.iter().all(|row| row[column] == Some(irn.clone())), "{text} shows the value");
        }
    }
    let mut question = parse("query", "CONSTRUCT { ?x a ?c } WHERE { ?x a ?c }", BASE, &[]).expect("reads");
    question.bind("x", &irn);
    assert!(matches!(question.ask(&store), Ok(Answer::Graph(triples)) if triples.len() == 1));
    let mut question = parse("query", "SELECT ?p { ?x ?p ?o }", BASE, &[]).expect("reads");
    question.bind("x", &Literal::from(3).into());
    assert!(question.ask(&store).expect("answers").is_empty());
}

#[test]
fn layers_are_those_that_the_query_can_touch() {
    use Layer::{Catalogue, Claims, Evidence, Links, Mentions};
    // What waits for a reader is in no answer unless asked for.
    let every = Layer::ALL.into_iter().filter(|layer| *layer != Layer::Doubtful).collect::<Vec<_>>();
    let cases: &[(&str, &[Layer])] = &[
        ("SELECT * { ?c rdf:subject ?s ; rap:confidence ?d }", &[Claims]),
        ("SELECT * { ?c a rap:Position }", &[Claims]),
        ("SELECT * { ?s rap:mentionedIn ?p }", &[Mentions]),
        ("SELECT * { ?c rap:evidence/rap:quote ?q }", &[Claims, Evidence]),
        ("SELECT * { ?c rdf:subject ?s FILTER EXISTS { ?s schema:sameAs ?o } }", &[Claims, Links]),
        ("SELECT * { ?s skos:altLabel ?l }", &[Claims, Catalogue]),
        ("SELECT * { ?s dcterms:date ?d }", &[Claims, Catalogue]),
        ("SELECT * { OPTIONAL { ?s dcterms:date ?d } ?p oa:hasSource ?s }", &[Claims, Evidence]),
        ("SELECT * { ?s a rap:State }", &[Claims, Catalogue]),
        ("SELECT * { ?s a rap:State ; rap:mentionedIn ?p }", &[Claims, Mentions]),
        ("SELECT * { VALUES ?c { rap:State rap:Topic } ?s a ?c }", &[Claims, Catalogue]),
        ("SELECT * { { ?p oa:hasSource ?s } UNION { ?s dcterms:date ?d } }", &[Claims, Evidence, Catalogue]),
        ("SELECT * { ?p oa:hasSource ?s { SELECT ?d { ?s dcterms:date ?d } } }", &[Claims, Evidence, Catalogue]),
        ("SELECT * { ?p oa:hasSource ?s { SELECT ?s { ?s dcterms:date ?d } } }", &[Claims, Evidence]),
        ("SELECT * { ?p oa:hasSource ?s ; schema:sameAs ?t . ?s schema:sameAs ?o }", &[Evidence, Links]),
        ("SELECT * { ?s ?p ?o }", &every),
        ("SELECT * { VALUES ?p { rap:quote schema:sameAs } ?s ?p ?o }", &[Evidence, Links]),
        ("SELECT * { { VALUES ?p { rap:quote } } UNION { ?s ?p ?o } }", &every),
        ("SELECT * { VALUES ?p { rap:quote UNDEF } ?s ?p ?o }", &every),
        ("SELECT * { VALUES ?p { rap:quote } { SELECT ?o { ?s ?p ?o } } }", &every),
        ("DESCRIBE <state/irn>", &every),
        ("SELECT * { ?s !rap:quote ?o }", &every),
        ("SELECT * { ?s a ?c }", &every),
    ];
    for (text, expected) in cases {
        assert_eq!(parse("query", text, BASE, &[]).expect(text).layers(), *expected, "{text}");
    }
    assert!(parse("query", "SELECT * { GRAPH ?g { ?s a ?c } }", BASE, &[]).expect("reads").names_graphs());
    assert!(!parse("query", "SELECT * { ?s a ?c }", BASE, &[]).expect("reads").names_graphs());
}

#[test]
fn names_lead_to_the_thing_meant() {
    let names = Names::new(&RECORD);
    for (wanted, key) in [
        ("Iran", "state/irn"),
        ("iran", "state/irn"),
        ("IRN", "state/irn"),
        ("the Islamic Republic of Iran", "state/irn"),
        ("state/irn", "state/irn"),
        ("id:state/irn", "state/irn"),
        ("<https://w3id.org/rapporteur/id/state/irn>", "state/irn"),
        ("Expert Group", "body/ieg"),
        ("IEG", "body/ieg"),
        ("A/RES/74/247", "resolution/A-RES-74-247"),
        ("Cyber P", "body/irn-cyber-police"),
        ("drugs and crime", "body/unodc"),
    ] {
        assert_eq!(names.find(wanted).expect(wanted).iri, format!("{BASE}{key}"), "{wanted}");
    }
    let first = names.search("ir*").first().map(|&id| RECORD.quads().text(id));
    assert_eq!(first, Some("https://w3id.org/rapporteur/id/state/irn"));
}

#[test]
fn formats_hold_the_same_rows() {
    let store = store();
    let library = Library::bundled();
    let header = library.get("positions").and_then(|entry| entry.header()).expect("reads");
    let rows = Answer::Rows(ask(&store, "positions", &["actor=Arcadia"]).expect("answers"));
    let labels = Labels::new(&RECORD);
    let write = |format: &str, show: Option<Show>, with_labels: bool, width: usize| {
        let format = AnswerFormat::from_name(format).expect("a format");
        let how = Presentation { format, show, labels: with_labels, width, limit: None, columns: &header.columns };
        let mut out = Vec::new();
        rows.write(&mut out, &labels, &how).map(|()| String::from_utf8(out).expect("UTF-8"))
    };
    for format in ["csv", "tsv", "json", "xml"] {
        let text = write(format, None, false, 80).expect(format);
        assert_eq!(text.matches("state/xar").count(), 6, "{format}: {text}");
        assert!(text.contains("#char="), "{format} keeps the place");
    }
    assert_eq!(
        write("csv", None, true, 80).expect("csv").lines().next(),
        Some(
            "date,actor,actorLabel,not,act,actLabel,target,targetLabel,aspect,modality,modalityLabel,by,byLabel,why,quote,where,whereLabel,claim,claimLabel"
        )
    );
    assert!(
        write("csv", Some(Show::Name), false, 80)
            .expect("csv")
            .contains("2021-04-08,Arcadia,,concerned about,ransomware,,")
    );
    let markdown = write("md", None, false, 80).expect("markdown");
    assert!(
        markdown.starts_with("| Date | Who | Act | On | Aspect | Put as | Said by | Quote | Where |\n| --- |"),
        "{markdown}"
    );
    for width in [20, 60, 80, 100, 140, 200] {
        let table = write("table", None, false, width).expect("table");
        assert!(!table.contains("https://") && !table.contains("claim/"), "{table}");
        assert!(table.ends_with("3 rows\n"));
    }
}

#[test]
fn a_portrait_holds_what_the_bundled_questions_answer() {
    let store = store();
    for key in ["state/irn", "body/irn-cyber-police", "body/ieg", "state/xar", "body/unodc"] {
        let Some(id) = RECORD.quads().find_iri(&format!("{BASE}{key}")) else { continue };
        let portrait = Portrait::of(&RECORD, id);
        let pair = format!("entity={key}");
        assert_eq!(portrait.claims, ask(&store, "evidence-of", &[&pair]).expect("answers"), "{key}");
        assert_eq!(portrait.mentions, ask(&store, "mentions", &[&pair]).expect("answers").rows.len(), "{key}");
    }
}

#[test]
fn a_portrait_and_a_proof_hold_the_evidence() {
    let id = |key: &str| RECORD.quads().find_iri(&format!("{BASE}{key}")).expect(key);
    let portrait = Portrait::of(&RECORD, id("body/irn-cyber-police"));
    assert_eq!((portrait.name.as_str(), portrait.class.as_deref()), ("Cyber Police", Some("law enforcement agency")));
    assert_eq!(portrait.also, ["Cyber Police of Iran"]);
    assert_eq!((portrait.claims.rows.len(), portrait.mentions), (5, 2));

    let all = find_claim(&RECORD, "iran-2021:330").expect("found");
    let proof = Proof::of(&RECORD, all[0]).expect("a proof");
    assert_eq!(proof.sentence, "Iran (Islamic Republic of) opposes renewal of the mandate of the IEG");
    assert_eq!(
        (proof.confidence.as_str(), proof.rule.as_str(), proof.strength.as_deref()),
        ("0.93", "position.no-need", Some("3"))
    );
    let passage = &proof.passages[0];
    let text = include_str!("../fixtures/query/iran-2021.txt");
    let quoted: String = text.chars().skip(passage.start).take(passage.end - passage.start).collect();
    assert_eq!(quoted, passage.quote);
    let iri = RECORD.quads().text(all[0]);
    let number = iri.rsplit('/').next().expect("a number");
    for wanted in [number, number.rsplit_once('-').expect("parts").0, &format!("claim/{number}"), iri] {
        assert_eq!(find_claim(&RECORD, wanted).expect(wanted), all, "{wanted}");
    }
    assert!(matches!(find_claim(&RECORD, "nothing"), Err(Error::NoClaim { .. })));
}

#[test]
fn no_text_is_too_much() {
    let store = store();
    let nested = |open: &str, inner: &str, close: &str, times: usize| {
        format!("SELECT * {{ ?s rap:rule ?o {}{inner}{} }}", open.repeat(times), close.repeat(times))
    };
    for text in [
        nested("{ ", "?s ?p ?o", " }", 180),
        nested("{ ", "?s ?p ?o", " }", 5000),
        nested("FILTER(", "?o", ")", 1) + &"(".repeat(3000),
        format!("SELECT * {{ ?s {}rap:rule ?o }}", "rap:x|".repeat(900)),
        format!("SELECT * {{ ?s {}rap:rule ?o }}", "rap:x|".repeat(90_000)),
        format!("SELECT * {{ ?s rap:rule ?o FILTER({}?o) }}", "?o||".repeat(900)),
        format!("SELECT * {{ ?s rap:rule ?o FILTER({}?o) }}", "!".repeat(100_000)),
        format!("SELECT * {{ ?s rap:rule ?o {} }}", "OPTIONAL { ?s rap:x ?y } ".repeat(50_000)),
        "{".repeat(100_000),
    ] {
        let told = parse("query", &text, BASE, &[]).and_then(|question| question.ask(&store).map(|_| ()));
        assert!(told.is_ok() || told.is_err_and(|error| error.code().number() == "R0201"), "{}", &text[..60]);
    }
    let list: String = (0..20_000).map(|n| format!("({n}) ")).collect();
    let text = format!("SELECT ?n {{ VALUES (?n) {{ {list} }} }}");
    let answer = parse("query", &text, BASE, &[]).expect("reads").ask(&store).expect("answers");
    assert!(matches!(answer, Answer::Rows(rows) if rows.rows.len() == 20_000));
}

#[test]
fn text_is_told_from_names() {
    for text in ["SELECT * {}", "ask { ?s ?p ?o }", "# why\nPREFIX x: <http://x/> SELECT * {}", "DROP ALL"] {
        assert!(looks_like_sparql(text), "{text}");
    }
    for name in ["positions", "select", "my.rq", "", "load"] {
        assert!(!looks_like_sparql(name), "{name}");
    }
}
