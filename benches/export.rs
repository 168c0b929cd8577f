//! Rates and peak memory of exports and conversions, beside oxrdfio and raptor. `cargo bench --bench export` takes a store
//! of a million quads; `cargo bench --bench export -- 100000` fewer.
//!
//! Every line of the first table is a process of its own that reads files and writes one: its processor time (user and
//! system, which other work on the machine changes little) and the most memory that it held. Ours sort, group and drop
//! doubles; oxrdfio and raptor write as it comes, but for raptor's Turtle. The second table has the writers alone, out of
//! memory.

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser, RdfSerializer};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term, vocab::xsd};
use rapporteur::export::view::Options;
use rapporteur::export::{self, Evidence, Format, Prefixes, Quads, Selection, SortedLines, Source, rdf, seam};
use rapporteur::lift::vocabulary::{PREFIXES, oa, own, rap, rdf as rdf_terms, skos};
use rapporteur::lift::{Base, Layer};
use rapporteur::store::{Directory, Writer, foreign};

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
        let (claim, passage) = (base.claim(&format!("{:.8}{place:08x}", sha)), base.passage(sha, (place, place + 90)));
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
        let start = seconds_of("self").unwrap_or_else(|| START.elapsed().as_secs_f64());
        bytes = black_box(run());
        best = best.min(seconds_of("self").unwrap_or_else(|| START.elapsed().as_secs_f64()) - start);
    }
    let rate = quads as f64 / best / 1e6;
    println!("{name:34} {best:7.2} s  {rate:6.2} M quads/s  {:7.1} MB/s", bytes as f64 / best / 1e6);
}

static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);

/// Seconds that all threads of a process have run, where the system tells.
fn seconds_of(process: &str) -> Option<f64> {
    const TICKS: f64 = 100.0;
    let status = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let mut fields = status.rsplit(')').next()?.split_whitespace().skip(11);
    let mut next = || fields.next()?.parse::<f64>().ok();
    Some((next()? + next()?) / TICKS)
}

/// A row of the first table: who, from what, into what.
struct Row {
    who: &'static str,
    what: &'static str,
    /// The format's ending.
    to: &'static str,
}

const fn row(who: &'static str, what: &'static str, to: &'static str) -> Row {
    Row { who, what, to }
}

const ROWS: [Row; 28] = [
    row("ours", "export", "nq"),
    row("ours", "convert", "nq"),
    row("ours", "convert --sort", "nq"),
    row("oxrdfio", "convert", "nq"),
    row("rapper", "nquads", "nquads"),
    row("ours", "export", "nt"),
    row("ours", "convert", "nt"),
    row("oxrdfio", "convert", "nt"),
    row("rapper", "nquads", "ntriples"),
    row("ours", "export", "ttl"),
    row("ours", "convert", "ttl"),
    row("oxrdfio", "convert", "ttl"),
    row("oxrdfio", "sort, convert", "ttl"),
    row("rapper", "nquads", "turtle"),
    row("ours", "export", "trig"),
    row("oxrdfio", "convert", "trig"),
    row("ours", "export", "jsonld"),
    row("ours", "convert", "jsonld"),
    row("oxrdfio", "convert", "jsonld"),
    row("ours", "export", "rdf"),
    row("ours", "convert", "rdf"),
    row("oxrdfio", "convert", "rdf"),
    row("rapper", "nquads", "rdfxml"),
    row("ours", "export", "graphml"),
    row("ours", "export", "gexf"),
    row("ours", "export", "jsonl"),
    row("ours", "export", "dot"),
    row("ours", "export", "cyjs"),
];

/// What a process took.
#[derive(Clone, Copy)]
struct Taken {
    seconds: f64,
    /// Kilobytes of memory, the most at one time.
    peak: u64,
}

/// Watches a process to its end; `None` if it failed or the system does not tell.
fn watch(mut child: Child) -> Option<Taken> {
    let process = child.id().to_string();
    let mut taken = Taken { seconds: 0.0, peak: 0 };
    loop {
        let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        let field = |name: &str| status.lines().find_map(|line| line.strip_prefix(name));
        let peak = field("VmHWM:").and_then(|rest| rest.split_whitespace().next()?.parse().ok());
        taken.peak = taken.peak.max(peak.unwrap_or(0));
        taken.seconds = seconds_of(&process)?;
        if field("State:").is_some_and(|state| state.trim_start().starts_with('Z')) {
            return child.wait().ok().filter(|status| status.success()).map(|_| taken);
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// This program again, for one task.
fn again(arguments: &[&str]) -> Option<Child> {
    let program = std::env::current_exe().ok()?;
    Command::new(program).arg("--one").args(arguments).stdin(Stdio::null()).spawn().ok()
}

fn first_table(folder: &Path, most: usize) {
    let file = folder.join("all.nq");
    let text = |path: &Path| path.to_string_lossy().into_owned();
    println!("{:8} {:15} {:8} {:>7} {:>9} {:>8} {:>8}", "who", "what", "into", "CPU s", "M quads/s", "MB/s", "peak MB");
    for Row { who, what, to } in ROWS {
        let out = folder.join("out");
        let child = || match who {
            "rapper" => Command::new("rapper")
                .args(["-q", "-i", what, "-o", to])
                .arg(&file)
                .stdout(File::create(&out).ok()?)
                .stderr(Stdio::null())
                .spawn()
                .ok(),
            _ => again(&[who, what, to, &text(folder), &text(&out)]),
        };
        let runs = (0..2).filter_map(|_| child().and_then(watch));
        let Some(best) = runs.min_by(|a, b| a.seconds.total_cmp(&b.seconds)) else {
            println!("{who:8} {what:15} {to:8} failed, or not there");
            continue;
        };
        let bytes = fs::metadata(&out).map_or(0, |file| file.len());
        let (rate, speed) = (most as f64 / best.seconds / 1e6, bytes as f64 / best.seconds / 1e6);
        let peak = best.peak as f64 / 1024.0;
        println!("{who:8} {what:15} {to:8} {:7.2} {rate:9.2} {speed:8.1} {peak:8.0}", best.seconds);
    }
}

fn create(path: &str) -> BufWriter<File> {
    BufWriter::with_capacity(1 << 16, File::create(path).expect("a file"))
}

/// Files and a store of that many quads.
fn prepare(folder: &Path, most: usize) {
    let quads = generate(most);
    let mut out = create(&folder.join("all.nq").to_string_lossy());
    quads.iter().for_each(|quad| writeln!(out, "{quad} .").expect("written"));
    out.flush().expect("written");
    let mut writer = Writer::open(&folder.join("store"), None, "bench").expect("a store");
    // Segments as documents have them.
    for (number, part) in quads.chunks(CLAIMS * 20).enumerate() {
        let lines: String = part.iter().map(|quad| format!("{quad} .\n")).collect();
        let read = foreign("x", lines.as_bytes(), RdfFormat::NQuads, None, &Base::default()).expect("quads");
        writer.load(&format!("part {number}"), &read).expect("stored");
    }
    writer.commit().expect("stored");
}

/// One task in a process of its own.
fn one(arguments: &[String]) {
    let [who, what, to, folder, out] = arguments else {
        return prepare(Path::new(&arguments[0]), most());
    };
    let folder = Path::new(folder);
    let file = BufReader::with_capacity(1 << 16, File::open(folder.join("all.nq")).expect("the file"));
    let format = || Format::from_name(to).expect("a format");
    let out = create(out);
    match (who.as_str(), what.as_str()) {
        ("ours", "export") => export_store(folder, format(), out),
        ("ours", how) => convert(file, format(), how.ends_with("--sort"), out),
        (_, how) => theirs(file, RdfFormat::from_extension(to).expect("a format"), how.starts_with("sort"), out),
    }
}

fn export_store(folder: &Path, format: Format, out: impl Write) {
    let mut directory = Directory::open(&folder.join("store")).expect("the store");
    if format.is_lines() {
        export::stream(&mut directory, &Selection::default(), Evidence::Short, format, out).expect("written");
        return;
    }
    let (quads, _) = Quads::from_directory(&mut directory, &[Layer::Loaded]).expect("the quads");
    let most = if format.shape() == export::FormatScope::Drawing { 60 } else { usize::MAX };
    let options = Options { max_nodes: most, ..Options::default() };
    export::write(&quads, format, &prefixes(), &options, out).expect("written");
}

fn convert(file: impl std::io::Read, format: Format, sort: bool, mut out: impl Write) {
    let source = Source { name: "all.nq", format: RdfFormat::NQuads, base: None, keep_labels: true };
    if sort {
        let mut lines = SortedLines::new(true);
        source.send(file, &mut lines).expect("read");
        lines.finish(out).expect("written");
    } else if format == Format::NQuads {
        source.send(file, &mut rdf::Lines(&mut out)).expect("read");
    } else if format == Format::NTriples {
        source.send(file, &mut seam::Union(&mut rdf::Lines(&mut out))).expect("read");
    } else {
        let mut quads = Quads::default();
        source.send(file, &mut quads).expect("read");
        rdf::write(&quads, format, &prefixes(), out).expect("written");
    }
}

fn theirs(file: impl std::io::Read, format: RdfFormat, sort: bool, out: impl Write) {
    let parsed = RdfParser::from_format(RdfFormat::NQuads).for_reader(file).map(|quad| quad.expect("a quad"));
    let mut writer = serializer(format).for_writer(out);
    let mut put = |quad: &Quad| match format.supports_datasets() {
        true => writer.serialize_quad(quad).expect("written"),
        false => writer.serialize_triple(quad.as_ref()).expect("written"),
    };
    if sort {
        let mut quads: Vec<Quad> = parsed.collect();
        let key = |quad: &Quad| (quad.subject.to_string(), quad.predicate.to_string());
        quads.sort_by_cached_key(key);
        quads.iter().for_each(put);
    } else {
        parsed.for_each(|quad| put(&quad));
    }
    writer.finish().expect("written").flush().expect("written");
}

fn serializer(format: RdfFormat) -> RdfSerializer {
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, namespace) in PREFIXES {
        serializer = serializer.with_prefix(*prefix, *namespace).expect("a prefix");
    }
    serializer.with_base_iri(Base::SHARED).expect("a base")
}

fn prefixes() -> Prefixes {
    Prefixes::new(Some(Base::SHARED), PREFIXES.iter().copied())
}

/// The writers alone.
fn second_table(most: usize) {
    let quads = generate(most);
    let table: Quads = quads.iter().map(Quad::as_ref).collect();
    println!("{} quads, {} terms", quads.len(), table.term_ids().count());
    measure("collect", most, || quads.iter().map(Quad::as_ref).collect::<Quads>().len() as u64);
    measure("N-Quads, as it comes", most, || {
        let mut lines = rdf::Lines(Count::default());
        quads.iter().for_each(|quad| seam::send(quad.as_ref(), &mut lines).expect("written"));
        lines.0.0
    });
    for format in [Format::Turtle, Format::TriG, Format::NTriples, Format::NQuads, Format::JsonLd, Format::RdfXml] {
        measure(&format!("{} sorted", format.title()), most, || {
            let mut out = Count::default();
            rdf::write(&table, format, &prefixes(), &mut out).expect("written");
            out.0
        });
    }
    for format in [Format::GraphMl, Format::Dot] {
        let max_nodes = if format == Format::Dot { 60 } else { usize::MAX };
        measure(&format!("view and {format}"), most, || {
            let mut out = Count::default();
            let options = Options { max_nodes, ..Options::default() };
            export::write(&table, format, &prefixes(), &options, &mut out).expect("written");
            out.0
        });
    }
    let jsonld = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };
    for format in [RdfFormat::NQuads, RdfFormat::Turtle, RdfFormat::TriG, RdfFormat::RdfXml, jsonld] {
        measure(&format!("oxrdfio {}, as it comes", format.name()), most, || {
            let mut writer = serializer(format).for_writer(Count::default());
            for quad in &quads {
                match format.supports_datasets() {
                    true => writer.serialize_quad(quad),
                    false => writer.serialize_triple(quad.as_ref()),
                }
                .expect("written");
            }
            writer.finish().expect("written").0
        });
    }
}

fn most() -> usize {
    std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000)
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--one") {
        return one(&arguments[at + 1..]);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let prepared = again(&[&folder.path().to_string_lossy(), &most().to_string()]);
    if prepared.and_then(|mut child| child.wait().ok()).is_some_and(|status| status.success()) {
        println!("{}", fs::read_to_string("/proc/loadavg").unwrap_or_default().trim());
        first_table(folder.path(), most());
    }
    println!();
    second_table(most());
}
