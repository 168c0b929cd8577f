//! Shapes of our own making held against graphs of a few lines. The W3C's own tests are run by `examples/measure_shacl.rs`.

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::store::Store;

use super::{Shapes, ShapesError};
use crate::lift::Base;
use crate::store::{Dataset, Limits, foreign};

const PREFIXES: &str = "@prefix : <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n";

const DATA: &str = r#"
:Car rdfs:subClassOf :Vehicle .
:a a :Car ; :wheels 4 ; :name "Auto"@de , "Car"@en ; :made "2001-05-03"^^xsd:date ; :sold "2002-01-01"^^xsd:date ; :owner :ann .
:b a :Vehicle ; :wheels 3 , 4 ; :name "Bus"@en , "Coach"@en ; :made "2003-13-01"^^xsd:date ; :sold "1999-01-01"^^xsd:date ; :part :p .
:c a :Vehicle ; :name "x" ; :owner "nobody" ; :part :p , :q .
:p :part :q . :q :weight 2.5 . :ann :name "Ann" ; :knows :ann ."#;

fn read(shapes: &str) -> Result<Shapes, ShapesError> {
    let file = format!("{PREFIXES}{shapes}");
    let read = foreign("shapes.ttl", file.as_bytes(), RdfFormat::Turtle, None, &Base::default()).expect("Turtle");
    Shapes::read("shapes.ttl", &[read])
}

fn data() -> Dataset {
    let store = Store::new().expect("a store");
    let file = format!("{PREFIXES}{DATA}");
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(file.as_bytes()) {
        store.insert(quad.expect("Turtle").as_ref()).expect("memory");
    }
    Dataset::Memory(store)
}

/// What a shape on all vehicles finds: the last part of the focus node, and the value.
fn found(asks: &str) -> Vec<String> {
    let shapes = read(&format!(":Shape a sh:NodeShape ; sh:targetClass :Vehicle ; {asks} .")).expect(asks);
    let data = data();
    let report = shapes.hold(&data, Limits::default()).expect(asks);
    let short = |text: String| text.replace("https://example.org/", "").replace(['<', '>', '"'], "");
    let told = |one: &super::Broken| {
        let value = one.value.as_ref().map(|value| format!(" {}", short(value.to_string()))).unwrap_or_default();
        format!("{}{}{value}", short(one.focus.to_string()), one.component)
    };
    let mut all: Vec<String> = report.broken().iter().map(told).collect();
    all.sort();
    all
}

#[test]
fn each_constraint_finds_what_breaks_it() {
    let date = "^^http://www.w3.org/2001/XMLSchema#date";
    let rows: [(&str, &[&str]); 31] = [
        ("sh:property [ sh:path :wheels ; sh:minCount 1 ]", &["cMinCount"]),
        ("sh:property [ sh:path :wheels ; sh:maxCount 1 ]", &["bMaxCount"]),
        ("sh:property [ sh:path :owner ; sh:nodeKind sh:IRI ]", &["cNodeKind nobody"]),
        (
            "sh:property [ sh:path :owner ; sh:node [ sh:property [ sh:path :knows ; sh:minCount 1 ] ] ]",
            &["cNode nobody"],
        ),
        ("sh:property [ sh:path :made ; sh:datatype xsd:date ]", &[&format!("bDatatype 2003-13-01{date}")]),
        ("sh:property [ sh:path :made ; sh:lessThan :sold ]", &[&format!("bLessThan 2003-13-01{date}")]),
        ("sh:property [ sh:path :sold ; sh:lessThanOrEquals :sold ]", &[]),
        ("sh:property [ sh:path :name ; sh:uniqueLang true ]", &["bUniqueLang"]),
        ("sh:property [ sh:path :name ; sh:languageIn ( \"en\" \"de\" ) ]", &["cLanguageIn x"]),
        ("sh:property [ sh:path :name ; sh:minLength 2 ]", &["cMinLength x"]),
        ("sh:property [ sh:path :name ; sh:maxLength 4 ]", &["bMaxLength Coach@en"]),
        ("sh:property [ sh:path :name ; sh:pattern \"^[ABC]\" ]", &["cPattern x"]),
        ("sh:property [ sh:path :name ; sh:pattern \"^[ABCX]\" ; sh:flags \"i\" ]", &[]),
        (
            "sh:property [ sh:path :wheels ; sh:minExclusive 3.5 ]",
            &["bMinExclusive 3^^http://www.w3.org/2001/XMLSchema#integer"],
        ),
        ("sh:property [ sh:path :wheels ; sh:maxInclusive 4 ]", &[]),
        ("sh:property [ sh:path :wheels ; sh:hasValue 4 ]", &["cHasValue"]),
        ("sh:property [ sh:path :wheels ; sh:in ( 4 6 ) ]", &["bIn 3^^http://www.w3.org/2001/XMLSchema#integer"]),
        ("sh:property [ sh:path :owner ; sh:class :Person ]", &["aClass ann", "cClass nobody"]),
        ("sh:class :Car", &["bClass b", "cClass c"]),
        ("sh:not [ sh:class :Car ]", &["aNot a"]),
        ("sh:or ( [ sh:class :Car ] [ sh:property [ sh:path :wheels ; sh:minCount 2 ] ] )", &["cOr c"]),
        ("sh:and ( [ sh:class :Vehicle ] [ sh:class :Car ] )", &["bAnd b", "cAnd c"]),
        ("sh:xone ( [ sh:class :Vehicle ] [ sh:class :Car ] )", &["aXone a"]),
        (
            "sh:property [ sh:path :made ; sh:equals :sold ]",
            &[
                &format!("aEquals 2001-05-03{date}"),
                &format!("aEquals 2002-01-01{date}"),
                &format!("bEquals 1999-01-01{date}"),
                &format!("bEquals 2003-13-01{date}"),
            ],
        ),
        ("sh:property [ sh:path :part ; sh:disjoint :part ]", &["bDisjoint p", "cDisjoint p", "cDisjoint q"]),
        ("sh:property [ sh:path ( :part :part ) ; sh:maxCount 0 ]", &["bMaxCount", "cMaxCount"]),
        (
            "sh:property [ sh:path [ sh:alternativePath ( :owner [ sh:oneOrMorePath :part ] ) ] ; sh:minCount 2 ]",
            &["aMinCount"],
        ),
        (
            "sh:property [ sh:path ( :owner [ sh:inversePath :knows ] [ sh:zeroOrMorePath :knows ] ) ; sh:minCount 1 ]",
            &["bMinCount", "cMinCount"],
        ),
        (
            "sh:property [ sh:path :part ; sh:qualifiedValueShape [ sh:property [ sh:path :weight ; sh:minCount 1 ] ] ; sh:qualifiedMinCount 1 ]",
            &["aQualifiedMinCount", "bQualifiedMinCount"],
        ),
        (
            "sh:closed true ; sh:ignoredProperties ( rdf:type :name :made :sold :wheels ) ; sh:property [ sh:path :owner ]",
            &["bClosed p", "cClosed p", "cClosed q"],
        ),
        (
            "sh:sparql [ sh:message \"{?value} is part of {$this}\" ; sh:select \"SELECT $this ?value { $this <https://example.org/part>+ ?value FILTER NOT EXISTS { ?value <https://example.org/weight> ?w } }\" ]",
            &["bSPARQL p", "cSPARQL p"],
        ),
    ];
    for (asks, expected) in rows {
        assert_eq!(found(asks), *expected, "{asks}");
    }
}

#[test]
fn targets_are_classes_nodes_and_ends_of_properties() {
    let count = |target: &str| {
        let shapes = read(&format!(":Shape {target} ; sh:property [ sh:path :none ; sh:minCount 1 ] .")).expect(target);
        let data = data();
        let report = shapes.hold(&data, Limits::default()).expect(target);
        (report.looked(), report.len())
    };
    assert_eq!(count("a sh:NodeShape ; sh:targetClass :Vehicle"), (3, 3));
    assert_eq!(count("sh:targetNode :a , \"words\""), (2, 2));
    assert_eq!(count("sh:targetSubjectsOf :part"), (3, 3));
    assert_eq!(count("sh:targetObjectsOf :part , :owner"), (4, 4));
    assert_eq!(count("sh:targetClass :Vehicle ; sh:deactivated true"), (0, 0));
    let shapes = read(":Vehicle a rdfs:Class , sh:NodeShape ; sh:class :Car .").expect("a class of its own");
    assert_eq!(shapes.hold(&data(), Limits::default()).expect("asks").len(), 2);
}

#[test]
fn a_report_tells_what_shacl_wants_and_is_the_same_each_time() {
    let shapes = read(
        ":Shape sh:targetClass :Vehicle ; sh:property [ sh:path ( :part :part ) ; sh:maxCount 0 ; sh:severity sh:Warning ; \
         sh:message \"parts of parts\"@en ] .",
    );
    let (shapes, data, base) = (shapes.expect("reads"), data(), Base::default());
    let told = || {
        let report = shapes.hold(&data, Limits::default()).expect("asks");
        report.quads(&base).iter().map(|quad| format!("{quad} .\n")).collect::<String>()
    };
    let report = told();
    for words in [
        "shacl#conforms> \"false\"^^",
        "shacl#focusNode> <https://example.org/b>",
        "shacl#resultSeverity> <http://www.w3.org/ns/shacl#Warning>",
        "shacl#sourceConstraintComponent> <http://www.w3.org/ns/shacl#MaxCountConstraintComponent>",
        "shacl#resultMessage> \"parts of parts\"@en",
        "22-rdf-syntax-ns#first> <https://example.org/part>",
    ] {
        assert!(report.contains(words), "{words} in {report}");
    }
    assert!(!report.contains("_:"), "{report}");
    assert_eq!(report, told());
}

#[test]
fn what_is_not_understood_is_refused_by_name() {
    let rows = [
        (":S sh:targetClass :C ; sh:minCont 1 .", "uses sh:minCont"),
        (":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:expression :e ] .", "uses sh:expression"),
        (":S a sh:NodeShape ; sh:target [ sh:select \"SELECT ?this {}\" ] .", "uses sh:target"),
        (":K a sh:ConstraintComponent . :S sh:targetClass :C ; sh:class :D .", "is a sh:ConstraintComponent"),
        (":S sh:targetClass :C ; sh:rule :r .", "uses sh:rule"),
        (
            ":S sh:targetClass :C ; sh:property [ sh:minCount 1 ] .",
            "in brackets number 1 of its file has sh:minCount, which needs sh:path",
        ),
        (":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:minCount \"one\" ] .", "no whole number"),
        (":S sh:targetClass :C ; sh:property [ sh:path [ :odd :p ] ] .", "of a sort that is not known"),
        (":S sh:targetClass :C ; sh:property [ sh:path ( :p ) ] .", "fewer than two steps"),
        (":S sh:targetClass :C ; sh:property [ sh:path :p , :q ] .", "more than one sh:path"),
        (":S sh:targetClass :C ; sh:nodeKind sh:Words .", "has sh:nodeKind"),
        (":S sh:targetClass :C ; sh:pattern \"(\" .", "sh:pattern that cannot be used"),
        (":S sh:targetClass :C ; sh:in :notAList .", "not well made"),
        (":S sh:targetClass :C ; sh:in :l . :l rdf:first 1 ; rdf:rest :l .", "not well made"),
        (":S sh:targetClass :C ; sh:node :T . :T sh:not :S .", "for itself"),
        (":S sh:targetClass :C ; sh:minCount 1 .", "needs sh:path"),
        (":S sh:targetClass :C ; sh:sparql [ sh:select \"SELECT * { \" ] .", "no SPARQL"),
        (":S sh:targetClass :C ; sh:sparql [ sh:select \"SELECT $this { ?a ?b ?c MINUS { ?a ?b 1 } }\" ] .", "MINUS"),
        (
            ":S sh:targetClass :C ; sh:sparql [ sh:select \"SELECT $this { SERVICE <https://example.org/> { ?a ?b ?c } }\" ] .",
            "SERVICE",
        ),
        (
            ":S sh:targetClass :C ; sh:sparql [ sh:severity sh:Info ; sh:select \"SELECT $this { $this a ?c }\" ] .",
            "sh:severity, which belongs to its shape",
        ),
        (":S a sh:NodeShape .", "looks at anything"),
    ];
    for (shapes, says) in rows {
        let error = read(shapes).err().unwrap_or_else(|| panic!("{shapes} is taken")).to_string();
        assert!(error.contains(says), "{shapes}: {error}");
    }
}

#[test]
fn imports_that_are_not_there_are_told() {
    let shapes = read(
        "<https://example.org/mine> owl:imports :elsewhere , :here . :here rdfs:label \"here\" . :S sh:targetClass :C .",
    );
    assert_eq!(shapes.expect("reads").imports(), ["https://example.org/elsewhere"]);
}
