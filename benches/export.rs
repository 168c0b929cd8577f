//! Rates of the exports on a generated store, beside the serializers of oxigraph's family. `cargo bench --bench export`
//! takes a million quads; `cargo bench --bench export -- 100000` fewer.
//!
//! Ours sort and group, theirs write as it comes; "sorted" gives them the same quads in our order.

use std::hint::black_box;
use std::io::Write;
use std::time::Instant;

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term, vocab::xsd};
use rapporteur::export::view::{Options, View};
use rapporteur::export::{Format, Prefixes, Quads, dot, rdf};
use rapporteur::lift::Base;
use rapporteur::lift::vocabulary::{PREFIXES, oa, own, rap, rdf as rdf_terms, skos};

const CLAIMS: usize = 50;
const ENTITIES: usize = 20_000;

/// Writes nothing and counts.
#[derive(Default)]
struct Count(u64);

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }
}

/// Documents as `lift` writes them: entities, claims with passage and quote, mentions.
fn generate(most: usize) -> Vec<Quad> {
    let base = Base::default();
    let mut dice = Dice(7);
    let mut quads = Vec::with_capacity(most + 2000);
    let mut document = 0u64;
    while quads.len() < most {
        let sha = format!("{document:016x}").repeat(4);
        document = document.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x1234_5678_9ABC_DEF1);
        one_document(&base, &sha, &mut dice, &mut quads);
    }
    quads.truncate(most);
    quads
}

fn one_document(base: &Base, sha: &str, dice: &mut Dice, quads: &mut Vec<Quad>) {
    let (graph, evidence) = (base.document_graph(sha), base.evidence_graph(sha));
    let entity = |number: usize| base.iri(&format!("body/committee-on-subject-number-{number}"));
    let mut add = |subject: &NamedNode, property: NamedNode, object: Term, graph: &NamedNode| {
        quads.push(Quad::new(subject.clone(), property, object, GraphName::from(graph.clone())));
    };
    for _ in 0..CLAIMS {
        let number = dice.roll(ENTITIES);
        let label =
            Literal::new_language_tagged_literal_unchecked(format!("Committee on Subject Number {number}"), "en");
        add(&entity(number), rdf_terms::TYPE.into_owned(), own("UNBody").into(), &graph);
        add(&entity(number), skos::PREF_LABEL.into_owned(), label.into(), &graph);
        let place = dice.roll(100_000);
        add(&entity(number), rap::MENTIONED_IN.into_owned(), base.passage(sha, (place, place + 20)).into(), &evidence);
    }
    for number in 0..CLAIMS {
        let place = number * 180 + dice.roll(60);
        let (claim, passage) = (base.claim(sha, place, 1), base.passage(sha, (place, place + 90)));
        let (one, other) = (entity(dice.roll(ENTITIES)), entity(dice.roll(ENTITIES)));
        let relation = own(["supports", "opposes", "cooperatesWith", "mandates"][dice.roll(4)]);
        let typed = |value: &str, datatype| Term::from(Literal::new_typed_literal(value, datatype));
        add(&claim, rdf_terms::TYPE.into_owned(), rap::POSITION.into_owned().into(), &graph);
        add(&claim, rdf_terms::SUBJECT.into_owned(), one.clone().into(), &graph);
        add(&claim, rdf_terms::PREDICATE.into_owned(), relation.clone().into(), &graph);
        add(&claim, rdf_terms::OBJECT.into_owned(), other.clone().into(), &graph);
        add(&claim, rap::POLARITY.into_owned(), own("affirmed").into(), &graph);
        add(&claim, rap::MODALITY.into_owned(), own("asserted").into(), &graph);
        add(&claim, rap::STRENGTH.into_owned(), typed("3", xsd::INTEGER), &graph);
        add(&claim, rap::CONFIDENCE.into_owned(), typed("0.93", xsd::DECIMAL), &graph);
        add(&claim, rap::RULE.into_owned(), Literal::new_simple_literal("position.supports").into(), &graph);
        add(&claim, rap::EVIDENCE.into_owned(), passage.clone().into(), &graph);
        let quote = format!("the delegation would like to say “{place}” about the subject that is before us today");
        add(
            &passage,
            rap::QUOTE.into_owned(),
            Literal::new_language_tagged_literal_unchecked(quote, "en").into(),
            &evidence,
        );
        add(&passage, oa::HAS_SOURCE.into_owned(), base.iri(&["text/", &sha[..16]].concat()).into(), &evidence);
        add(&one, relation, other.into(), &graph);
    }
}

/// Runs three times and prints the best, in processor time: other work on the machine does not count.
fn measure(name: &str, quads: usize, mut run: impl FnMut() -> u64) {
    let mut best = f64::INFINITY;
    let mut bytes = 0;
    for _ in 0..3 {
        let start = processor_seconds();
        bytes = black_box(run());
        best = best.min(processor_seconds() - start);
    }
    let rate = quads as f64 / best / 1e6;
    println!("{name:34} {best:7.2} s  {rate:6.2} M quads/s  {:7.1} MB/s", bytes as f64 / best / 1e6);
}

/// Seconds that all threads of this process have run; where the system does not tell, seconds of the clock.
fn processor_seconds() -> f64 {
    const TICKS: f64 = 100.0;
    let status = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = status.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    match (
        fields.get(11).and_then(|user| user.parse::<f64>().ok()),
        fields.get(12).and_then(|system| system.parse::<f64>().ok()),
    ) {
        (Some(user), Some(system)) => (user + system) / TICKS,
        _ => START.elapsed().as_secs_f64(),
    }
}

static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);

fn theirs(format: RdfFormat, quads: &[Quad], graphs: bool) -> u64 {
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, namespace) in PREFIXES {
        serializer = serializer.with_prefix(*prefix, *namespace).expect("a prefix");
    }
    let mut writer = serializer.with_base_iri(Base::SHARED).expect("a base").for_writer(Count::default());
    for quad in quads {
        if graphs { writer.serialize_quad(quad) } else { writer.serialize_triple(quad.as_ref()) }.expect("written");
    }
    writer.finish().expect("written").0
}

fn main() {
    let most = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    let quads = generate(most);
    let prefixes = Prefixes::new(Some(Base::SHARED), PREFIXES.iter().copied());
    let table: Quads = quads.iter().map(Quad::as_ref).collect();
    println!("{} quads, {} terms", quads.len(), table.term_ids().count());
    measure("collect", most, || quads.iter().map(Quad::as_ref).collect::<Quads>().len() as u64);
    for format in [Format::Turtle, Format::TriG, Format::NTriples, Format::NQuads, Format::JsonLd, Format::RdfXml] {
        measure(&format!("{} sorted", format.title()), most, || {
            let mut out = Count::default();
            rdf::write(&table, format, &prefixes, &mut out).expect("written");
            out.0
        });
    }
    measure("view and DOT", most, || {
        let mut out = Count::default();
        dot::write(&View::new(&table, &Options::default()).expect("a view"), &prefixes, &mut out).expect("written");
        out.0
    });
    let jsonld = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };
    measure("oxttl Turtle, as it comes", most, || theirs(RdfFormat::Turtle, &quads, false));
    measure("oxttl N-Quads, as it comes", most, || theirs(RdfFormat::NQuads, &quads, true));
    measure("oxrdfxml, as it comes", most, || theirs(RdfFormat::RdfXml, &quads, false));
    measure("oxjsonld, as it comes", most, || theirs(jsonld, &quads, false));
    measure("sort quads, then oxttl Turtle", most, || {
        let mut sorted: Vec<&Quad> = quads.iter().collect();
        let key = |quad: &Quad| (quad.subject.to_string(), quad.predicate.to_string());
        sorted.sort_by_cached_key(|quad| key(quad));
        theirs(RdfFormat::Turtle, &sorted.into_iter().cloned().collect::<Vec<_>>(), false)
    });
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        status.lines().filter(|line| line.starts_with("VmHWM")).for_each(|line| println!("{line}"));
    }
}
