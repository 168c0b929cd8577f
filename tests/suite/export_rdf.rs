//! RDF exports against independent readers: what is written is read back as the same quads, and written again as the
//! same bytes, in whatever order the quads came.

use std::collections::BTreeSet;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, vocab::xsd};
use rapporteur::export::{self, Evidence, ExportError, Format, Prefixes, Quads, Selection, rdf};
use rapporteur::lift::Base;
use rapporteur::lift::vocabulary::PREFIXES;
use rapporteur::store::{Directory, Writer, foreign};
use rio_api::parser::{QuadsParser, TriplesParser};

const BASE: &str = "https://w3id.org/rapporteur/id/";
const RAP: &str = "https://w3id.org/rapporteur/ontology#";
const RDF_FORMATS: [(Format, RdfFormat); 6] = [
    (Format::Turtle, RdfFormat::Turtle),
    (Format::TriG, RdfFormat::TriG),
    (Format::NTriples, RdfFormat::NTriples),
    (Format::NQuads, RdfFormat::NQuads),
    (Format::JsonLd, RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() }),
    (Format::RdfXml, RdfFormat::RdfXml),
];

fn prefixes() -> Prefixes {
    Prefixes::new(Some(BASE), PREFIXES.iter().copied())
}

fn named(iri: &str) -> NamedNode {
    NamedNode::new(iri).unwrap()
}

fn data(key: &str) -> NamedNode {
    named(&[BASE, key].concat())
}

fn own(local: &str) -> NamedNode {
    named(&[RAP, local].concat())
}

/// Values that have broken writers: marks, escapes, lines, scripts, numbers that are almost bare, odd IRIs.
fn nasty() -> Vec<Quad> {
    let strings = [
        "",
        " ",
        "\"",
        "\\",
        "ends in \\",
        "ends in \"",
        "three \"\"\" marks",
        "a\nb",
        "a\r\nb\rc",
        "one\ntwo\n\"three\"\nfour\n\"\"\"\nfive\t\\n\"",
        "\"\n\"\n\"\n\"\n\"",
        "tab\tand <tag a='b'> & ]]> entity &amp;",
        "{ | } [x](y) @en ^^xsd:date . ; , # not a comment",
        "ایران می‌گوید «نه»",
        "👍🏽 e\u{301} \u{FEFF} \u{200F}\u{202E}",
        "\u{FFFD} before, \u{FFE0} after",
        "C:\\new\\table",
        "@type",
    ];
    let typed = [
        ("12", xsd::INTEGER),
        ("-012", xsd::INTEGER),
        ("+1", xsd::INTEGER),
        ("9007199254740993", xsd::INTEGER),
        ("12 ", xsd::INTEGER),
        ("", xsd::INTEGER),
        ("0.93", xsd::DECIMAL),
        (".5", xsd::DECIMAL),
        ("5.", xsd::DECIMAL),
        ("5", xsd::DECIMAL),
        ("1e3", xsd::DOUBLE),
        ("INF", xsd::DOUBLE),
        ("true", xsd::BOOLEAN),
        ("1", xsd::BOOLEAN),
        ("2021-04-08", xsd::DATE),
        ("2011", xsd::G_YEAR),
    ];
    let literals = strings
        .iter()
        .flat_map(|text| {
            [Literal::new_simple_literal(*text), Literal::new_language_tagged_literal(*text, "fa-x-ir").unwrap()]
        })
        .chain(typed.iter().map(|(value, datatype)| Literal::new_typed_literal(*value, *datatype)))
        .chain([Literal::new_typed_literal("x", data("type/odd:one"))]);
    let iris = [
        "state/irn", "text/ab#char=1,2", "a:b", "claim/a:b", "a/../b", "/x", "", "?q", "x?q=1&y='2'", "body/é", "a.b",
        "1",
    ];
    let documents = [GraphName::DefaultGraph, data("graph/doc/ab").into(), data("graph/doc/b").into()];
    let mut quads = Vec::new();
    for (i, literal) in literals.enumerate() {
        let graph = documents[i % 3].clone();
        for property in
            [own("quote"), own("evidence"), own("strength"), own("polarity"), named("http://other.org/voc/p.q-1")]
        {
            quads.push(Quad::new(data("state/irn"), property, literal.clone(), graph.clone()));
        }
        quads.push(Quad::new(
            data(iris[i % iris.len()]),
            named("http://www.w3.org/2004/02/skos/core#prefLabel"),
            literal,
            graph,
        ));
    }
    for (i, iri) in iris.into_iter().enumerate() {
        let class = [own("State"), own("label"), named("urn:class:x"), named("http://other.org/1")][i % 4].clone();
        quads.push(Quad::new(data(iri), oxigraph::model::vocab::rdf::TYPE, class, documents[i % 3].clone()));
        for property in [own("opposes"), own("polarity"), own("subject"), named("http://www.wikidata.org/entity/Q1")] {
            quads.push(Quad::new(data("state/irn"), property, data(iri), documents[i % 3].clone()));
        }
    }
    quads
}

fn write(quads: &[Quad], format: Format) -> String {
    let table: Quads = quads.iter().map(Quad::as_ref).collect();
    let mut out = Vec::new();
    rdf::write(&table, format, &prefixes(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn read(text: &str, format: RdfFormat) -> Vec<Quad> {
    RdfParser::from_format(format)
        .for_slice(text)
        .map(|quad| quad.unwrap_or_else(|e| panic!("{format}: {e}")))
        .collect()
}

fn union(quads: &[Quad]) -> BTreeSet<String> {
    let triple = |quad: &Quad| format!("{} {} {}", quad.subject, quad.predicate, quad.object);
    quads.iter().map(triple).collect()
}

fn with_graphs(quads: &[Quad]) -> BTreeSet<String> {
    quads.iter().map(Quad::to_string).collect()
}

/// Numbers that look random and are always the same.
fn dice(seed: u64) -> impl FnMut() -> usize {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    }
}

/// Quads whose values are strewn from characters that mean something to some format.
fn strewn(seed: u64) -> Vec<Quad> {
    const POOL: [&str; 24] = [
        "\"", "\"\"", "\\", "\n", "\n\n\n\n", "\r", "\t", " ", "a", "b", "0", "1", ".", "-", "<", ">", "&", "'", "]]>",
        "@", "^^", "ی", "👍", "\u{FEFF}",
    ];
    let mut next = dice(seed);
    let word =
        |next: &mut dyn FnMut() -> usize| -> String { (0..next() % 8).map(|_| POOL[next() % POOL.len()]).collect() };
    (0..400)
        .map(|_| {
            let value = word(&mut next);
            let literal = match next() % 5 {
                0 => Literal::new_simple_literal(value),
                1 => Literal::new_typed_literal(value, xsd::INTEGER),
                2 => Literal::new_typed_literal(value, xsd::DECIMAL),
                3 => Literal::new_typed_literal(value, own("odd")),
                _ => Literal::new_language_tagged_literal_unchecked(value, ["en", "fa", "en-gb"][next() % 3]),
            };
            let subject = data(&format!("claim/ab-{}-{}", next() % 12, next() % 3));
            let property = own(["label", "quote", "confidence", "supports", "polarity"][next() % 5]);
            let graph = if next().is_multiple_of(3) { GraphName::DefaultGraph } else { data("graph/doc/ab").into() };
            Quad::new(subject, property, literal, graph)
        })
        .collect()
}

#[test]
fn strewn_values_come_back_from_every_format() {
    for seed in 0..12 {
        let quads = strewn(seed);
        for (format, reader) in RDF_FORMATS {
            let text = write(&quads, format);
            let back = read(&text, reader);
            let same = if format.keeps_graphs() {
                with_graphs(&back) == with_graphs(&quads)
            } else {
                union(&back) == union(&quads)
            };
            assert!(same, "{format}, seed {seed}");
            assert!(text == write(&shuffled(&back, seed), format), "{format}, seed {seed}");
        }
    }
}

/// The same quads in another order, some of them twice.
fn shuffled(quads: &[Quad], seed: u64) -> Vec<Quad> {
    let mut next = dice(seed);
    let mut mixed = quads.to_vec();
    mixed.extend_from_slice(&quads[..quads.len() / 3]);
    (1..mixed.len()).rev().for_each(|i| mixed.swap(i, next() % (i + 1)));
    mixed
}

#[test]
fn every_format_is_read_back_as_the_same_quads() {
    for (format, reader) in RDF_FORMATS {
        let quads = nasty();
        let back = read(&write(&quads, format), reader);
        if format.keeps_graphs() {
            assert_eq!(with_graphs(&back), with_graphs(&quads), "{format}");
        } else {
            assert_eq!(union(&back), union(&quads), "{format}");
        }
    }
}

#[test]
fn an_export_of_an_export_has_the_same_bytes() {
    for (format, reader) in RDF_FORMATS {
        let text = write(&nasty(), format);
        assert!(text == write(&read(&text, reader), format), "{format}");
    }
}

#[test]
fn the_order_in_which_quads_come_does_not_matter() {
    let quads = nasty();
    for (format, _) in RDF_FORMATS {
        let text = write(&quads, format);
        for seed in 1..6 {
            assert!(text == write(&shuffled(&quads, seed), format), "{format}, seed {seed}");
        }
    }
}

#[test]
fn a_database_is_written_like_the_quads_in_it() {
    // oxigraph's database rewrites numbers ("+1" as "1"): only what it keeps can be compared.
    let mut quads = nasty();
    quads.retain(|quad| !quad.object.to_string().contains("XMLSchema#"));
    let store = oxigraph::store::Store::new().unwrap();
    quads.iter().for_each(|quad| store.insert(quad).unwrap());
    let mut out = Vec::new();
    rdf::write(&Quads::from_store(&store).unwrap(), Format::NQuads, &prefixes(), &mut out).unwrap();
    assert!(out == write(&quads, Format::NQuads).into_bytes());
}

/// Values that only formats of lines can hold, alike in their beginnings.
fn nastier() -> Vec<Quad> {
    let values = [
        "", "\u{1}", "\u{2}", "\u{1f}", "\u{7f}", "\u{FFFD}", "\u{FFFE}", "\u{FFFF}", "\u{FEFF}", "\\u", "\\",
        "ab\u{FFFE}", "z",
    ];
    let quad =
        |value: String| Quad::new(data("a"), own("quote"), Literal::new_simple_literal(value), data("graph/doc/ab"));
    values.iter().flat_map(|one| values.iter().map(move |other| quad([*one, *other].concat()))).collect()
}

#[test]
fn a_store_that_is_streamed_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let quads = [nasty(), nastier(), strewn(3)].concat();
    let given = write(&quads, Format::NQuads);
    let base = Base::default();
    let foreign = foreign("x", given.as_bytes(), RdfFormat::NQuads, None, &base).unwrap();
    let mut writer = Writer::open(folder.path(), None, "test").unwrap();
    writer.load("x", &foreign).unwrap();
    writer.load("the same again", &foreign).unwrap();
    writer.commit().unwrap();
    let mut directory = Directory::open(folder.path()).unwrap();
    let mut stream = |format, evidence, names: &[&str]| {
        let selection = Selection { names: names.iter().map(|&name| name.to_owned()).collect() };
        let mut out = Vec::new();
        let (summary, damages) = export::stream(&mut directory, &selection, evidence, format, &mut out)?;
        assert_eq!(damages, []);
        Ok::<_, ExportError>((summary, String::from_utf8(out).unwrap()))
    };
    for format in [Format::NQuads, Format::NTriples] {
        for evidence in [Evidence::Short, Evidence::None] {
            for names in [&[][..], &["https://w3id.org/rapporteur/id/graph/doc/ab"], &["all"]] {
                let mut table: Quads = quads.iter().map(Quad::as_ref).collect();
                Selection { names: names.iter().map(|&name| name.to_owned()).collect() }
                    .apply(&mut table, &base)
                    .unwrap();
                evidence.apply(&mut table, |_| None);
                export::prefer_one(&mut table, &base);
                let mut expected = Vec::new();
                let summary = export::write(&table, format, &prefixes(), &Default::default(), &mut expected).unwrap();
                let expected = (summary, String::from_utf8(expected).unwrap());
                let given = stream(format, evidence, names).unwrap();
                assert_eq!(given.0, expected.0, "{format}");
                assert!(given.1 == expected.1, "{format}");
            }
        }
    }
    match stream(Format::NQuads, Evidence::Short, &["nowhere"]) {
        Err(ExportError::Empty { present, .. }) => assert_eq!(present, ["doc/ab", "doc/b"]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn lines_are_sorted_byte_by_byte() {
    for format in [Format::NTriples, Format::NQuads] {
        let text = write(&[nasty(), nastier()].concat(), format);
        let lines: Vec<&[u8]> = text.lines().map(str::as_bytes).collect();
        assert!(lines.is_sorted(), "{format}");
    }
}

#[test]
fn another_family_of_parsers_reads_the_same() {
    // rio lower-cases nothing and knows RDF 1.1 only; it shares no code with oxttl.
    let quads = nasty();
    let mut found = Quads::default();
    let mut errors = Vec::new();
    let turtle = write(&quads, Format::Turtle);
    if let Err(error) = rio_turtle::TurtleParser::new(turtle.as_bytes(), None).parse_all(&mut |triple| {
        rio_api::formatter::TriplesFormatter::format(&mut found, &triple).map_err(Failed::from)
    }) {
        errors.push(error);
    }
    let mut named = Quads::default();
    let trig = write(&quads, Format::TriG);
    if let Err(error) = rio_turtle::TriGParser::new(trig.as_bytes(), None)
        .parse_all(&mut |quad| rio_api::formatter::QuadsFormatter::format(&mut named, &quad).map_err(Failed::from))
    {
        errors.push(error);
    }
    assert!(errors.is_empty(), "{errors:?}");
    let lines = |table: &Quads, format| {
        let mut out = Vec::new();
        rdf::write(table, format, &prefixes(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    assert_eq!(lines(&found, Format::NTriples), write(&quads, Format::NTriples));
    assert_eq!(lines(&named, Format::NQuads), write(&quads, Format::NQuads));
}

/// What may fail between rio and us.
#[derive(Debug)]
#[expect(dead_code, reason = "shown when the test fails")]
enum Failed {
    Turtle(rio_turtle::TurtleError),
    Export(ExportError),
}

impl From<rio_turtle::TurtleError> for Failed {
    fn from(error: rio_turtle::TurtleError) -> Self {
        Self::Turtle(error)
    }
}

impl From<ExportError> for Failed {
    fn from(error: ExportError) -> Self {
        Self::Export(error)
    }
}

#[test]
fn a_new_document_only_adds_lines_to_turtle() {
    // Each document names the classes of what it speaks of, so a later one changes none.
    let mut quads = nasty();
    quads.sort_by_key(|quad| quad.predicate.as_ref() != oxigraph::model::vocab::rdf::TYPE);
    let (old, new) = quads.split_at(quads.len() / 2);
    for format in [Format::Turtle, Format::NTriples, Format::NQuads] {
        let before = write(old, format);
        let after = write(&[old, new].concat(), format);
        let mut rest = after.lines();
        for line in before.lines() {
            assert!(rest.any(|other| other == line), "{format}: {line}");
        }
    }
}

#[test]
fn turtle_holds_no_prefix_that_it_does_not_use() {
    let text = write(&nasty(), Format::Turtle);
    for line in text.lines().filter(|line| line.starts_with("@prefix")) {
        let prefix = line.split_whitespace().nth(1).unwrap();
        let uses = text.lines().filter(|line| !line.starts_with('@')).any(|line| line.contains(prefix));
        assert!(uses, "{prefix}");
    }
    assert!(text.ends_with("    .\n"));
}

#[test]
fn what_rdf_xml_cannot_hold_is_refused_or_replaced_and_said() {
    let one = |predicate: &str, value: &str| {
        let mut out = Vec::new();
        let quad = Quad::new(data("a"), named(predicate), Literal::new_simple_literal(value), GraphName::DefaultGraph);
        let table: Quads = [quad.as_ref()].into_iter().collect();
        rdf::write(&table, Format::RdfXml, &prefixes(), &mut out).map(|_| String::from_utf8(out).unwrap())
    };
    match one("http://example.org/12", "x") {
        Err(ExportError::NoElementName { predicate }) => assert_eq!(predicate, "http://example.org/12"),
        other => panic!("{other:?}"),
    }
    let written = one("http://example.org/p", "a\u{1}b\u{c}").unwrap();
    assert!(written.contains(">a\u{FFFD}b\u{FFFD}<") && written.contains("<!-- 1 value held"), "{written}");
    assert!(!one("http://example.org/p", "a\tb").unwrap().contains("<!--"));
}
