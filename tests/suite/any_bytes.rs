//! Whatever bytes come: files to read, RDF, questions, parameters, vocabularies and rules that were altered at random are
//! read or refused, never with a panic, and none takes ten seconds.
//!
//! `ROUNDS=100000 cargo test --test suite any_bytes -- --nocapture` tries more of each kind.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use rapporteur::lift::{Base, Layer};
use rapporteur::query;
use rapporteur::read::{Format, Options};
use rapporteur::seeds::{Rules, declare, relations};
use rapporteur::store::{Directory, Limits, Store, View, foreign, foreign_format};
use rapporteur::vocabularies::load::{Description, Loader, VocabularyFormat, Watch};

/// The longest that one input may take.
const LONGEST: Duration = Duration::from_secs(10);

/// Bytes that stand for something in one of the languages.
const PIECES: &[&str] = &[
    "<", ">", "\"", "'", "{", "}", "[", "]", "(", ")", "\\", "&", ";", "#", "@", ".", ",", ":", "_:b", "^^", "\n",
    "\t", "\0", "<<", ">>", "<!--", "<![CDATA[", "<?", "&#0;", "&x;", "\\u0000", "\\U0010FFFF", "\u{feff}", "\u{202e}",
    "SELECT", "OPTIONAL {", "FILTER", "GROUP BY", "+", "*", "/", "|", "^", "?x", "$y", "VALUES", "UNION", "-9e999",
    "[[rule]]", "= ", "\"\"\"", "true", "%00", "e\u{301}", "99999999999999999999",
];

struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    /// A text with a few places altered.
    fn altered(&mut self, text: &[u8]) -> Vec<u8> {
        let mut bytes = text.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            let piece = PIECES[self.below(PIECES.len())].as_bytes();
            match self.below(7) {
                0 if !bytes.is_empty() => bytes[at] ^= 1 << self.below(8),
                1 => bytes.truncate(at),
                2 => drop(bytes.splice(at..at, piece.repeat(1 + self.below(3)))),
                3 => {
                    let end = (at + self.below(40)).min(bytes.len());
                    drop(bytes.drain(at..end));
                }
                4 => {
                    let end = (at + self.below(60)).min(bytes.len());
                    let part = bytes[at..end].to_vec();
                    let to = self.below(bytes.len());
                    drop(bytes.splice(to..to, part.repeat(1 + self.below(4))));
                }
                5 => drop(bytes.splice(at..at, piece.repeat(200))),
                _ => {
                    let end = (at + piece.len()).min(bytes.len());
                    drop(bytes.splice(at..end, piece.iter().copied()));
                }
            }
        }
        bytes
    }
}

/// Tries inputs made of seeds; says how many were taken.
pub fn try_all(what: &str, usual: usize, seeds: &[(String, Vec<u8>)], mut take: impl FnMut(&str, &[u8]) -> bool) {
    let rounds = std::env::var("ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(usual);
    let (mut dice, mut taken, mut longest) = (Dice(0x9E37_79B9_7F4A_7C15), 0, Duration::ZERO);
    assert!(!seeds.is_empty());
    for (name, seed) in seeds {
        assert!(take(name, seed), "{what}: {name} is sound");
    }
    for round in 0..rounds {
        let (name, seed) = &seeds[round % seeds.len()];
        let bytes = dice.altered(seed);
        let start = Instant::now();
        taken += usize::from(take(name, &bytes));
        let mut took = start.elapsed();
        // A machine that is busy with other things gets a second chance.
        if took >= LONGEST {
            let again = Instant::now();
            take(name, &bytes);
            took = again.elapsed();
        }
        longest = longest.max(took);
        assert!(took < LONGEST, "{what}, round {round}: {}", String::from_utf8_lossy(&bytes));
    }
    println!("{what}: {rounds} tried, {taken} taken, the longest took {longest:?}");
}

pub fn seed(name: &str, text: &str) -> (String, Vec<u8>) {
    (name.to_owned(), text.as_bytes().to_vec())
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)).unwrap()
}

#[test]
fn files_of_any_bytes_are_read_or_refused() {
    let rtf = "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times;}}\\pard Mr. Chair, \\b we\\b0  agree.\\par Gen\\'e8ve\\u8217?s\\par}";
    let eml = "From: a@example.org\nSubject: =?utf-8?q?Statement?=\nDate: Tue, 3 May 2011 10:00:00 +0000\n\
               Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\
               Content-Transfer-Encoding: quoted-printable\n\nWe agree =E2=80=94 yes.\n--b--\n";
    let html = "<!doctype html><html><head><title>Statement</title><meta charset=utf-8></head><body><h1>Fiji</h1>\
                <p>We <b>agree</b> &amp; thank <a href=x>you</a>.<table><tr><td>1<td>2</table><ul><li>a<li>b</ul></body></html>";
    let mut seeds = vec![seed("a.rtf", rtf), seed("a.eml", eml), seed("a.html", html)];
    for name in ["letter.txt", "joint_statement.md", "record_of_turns.txt", "numbered_resolution.txt"] {
        seeds.push((name.to_owned(), fixture(&format!("reading/{name}"))));
    }
    try_all("files", 700, &seeds, |name, bytes| {
        let format = name.rsplit_once('.').and_then(|(_, ending)| Format::from_name(ending));
        rapporteur::read::read(name, bytes, &Options { format, ..Options::default() }).is_ok()
    });
}

#[test]
fn rdf_of_any_bytes_is_loaded_or_refused() {
    let context = "{\"@context\":{\"x\":\"https://x.org/\",\"n\":{\"@id\":\"x:n\",\"@container\":\"@list\"}},\
                   \"@id\":\"x:a\",\"n\":[1,{\"@value\":\"b\",\"@language\":\"en\"},{\"@id\":\"_:c\"}]}";
    let xml = "<!DOCTYPE r [<!ENTITY x \"https://x.org/\">]><rdf:RDF xmlns:rdf=\
               \"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:x=\"https://x.org/\"><rdf:Description rdf:about=\
               \"&x;a\"><x:b xml:lang=\"en\">c</x:b><x:l rdf:parseType=\"Collection\"><x:d/></x:l></rdf:Description></rdf:RDF>";
    let turtle = "@prefix x: <https://x.org/> . x:a x:b \"c\"@en , 4.5 , true ; x:d [ x:e ( x:f _:g ) ] .\n";
    let seeds = [
        seed("a.ttl", turtle),
        seed("a.trig", &format!("{turtle} x:g {{ x:a x:b x:c }}")),
        seed(
            "a.nq",
            "<https://x.org/a> <https://x.org/b> \"c\\u00e9\"@en <https://x.org/g> .\n_:a <https://x.org/b> _:c .\n",
        ),
        seed("a.jsonld", context),
        seed("a.rdf", xml),
    ];
    try_all("RDF", 5_000, &seeds, |name, bytes| {
        let format = foreign_format(name, None).unwrap();
        foreign(name, bytes, format, None, &Base::default()).is_ok()
    });
}

#[test]
fn questions_of_any_words_are_answered_or_refused() {
    let place = crate::typed::folder();
    let path = place.path().join("rapporteur-store");
    let store = Store::open(&path, &Layer::ALL, View::Named).unwrap();
    let base = Directory::open(&path).unwrap().base().as_str().to_owned();
    let mut seeds = vec![
        seed(
            "a",
            "SELECT ?a (COUNT(DISTINCT ?b) AS ?n) { ?a rdf:type/skos:prefLabel* ?b OPTIONAL { ?b ?c ?d } } GROUP BY ?a",
        ),
        seed("b", "CONSTRUCT { ?s ?p ?o } { GRAPH ?g { ?s ?p ?o FILTER(REGEX(STR(?o), \"^a.*b$\", \"i\")) } } LIMIT 9"),
        seed(
            "c",
            "ASK { VALUES (?a ?b) { (1 UNDEF) (<x:y> \"z\"@en) } BIND(IF(?a > 1, 1/0, ?b) AS ?c) MINUS { ?a ?b ?c } }",
        ),
    ];
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("queries")).unwrap().flatten().take(6) {
        if entry.path().extension().is_some_and(|ending| ending == "rq") {
            seeds.push((entry.path().display().to_string(), fs::read(entry.path()).unwrap()));
        }
    }
    let limits = Limits { time: Some(Duration::from_millis(300)), rows: Some(1000), ..Limits::default() };
    try_all("questions", 1_500, &seeds, |name, bytes| {
        let text = String::from_utf8_lossy(bytes);
        let _ = query::Header::read(name, &text);
        let Ok(mut question) = query::parse(name, &text, &base, &[]) else { return false };
        question.limit(limits);
        let _ = question.ask(store.dataset());
        true
    });
}

#[test]
fn parameters_of_any_words_are_taken_or_refused() {
    let place = crate::typed::folder();
    let seeds =
        [seed("positions", "actor=Iran"), seed("positions", "topic=Expert Group"), seed("claims", "since=2021")];
    let mut desk = rapporteur::desk::Desk::open(&place.path().join("rapporteur-store")).unwrap();
    let (library, base) = (query::Library::bundled(), desk.directory().base().as_str().to_owned());
    try_all("parameters", 300, &seeds, |name, bytes| {
        let Ok(entry) = library.get(name) else { return false };
        let header = entry.header().unwrap();
        let Ok(given) = String::from_utf8_lossy(bytes).parse::<query::Given>() else { return false };
        let mut question = query::parse(name, &entry.text, &base, &[]).unwrap();
        let _ = desk.inquire(&mut question, (name, &header), &[given], false);
        true
    });
}

#[test]
fn vocabularies_of_any_bytes_are_loaded_or_refused() {
    let seeds = [
        seed(
            "a.csv",
            "iri,label,alt,lang,type,kind,status,country\nhttps://example.org/1,\"A; b\",\"c|d\",en,pref,organisation,active,FJ\n",
        ),
        seed("a.tsv", "iri\tlabel\nhttps://example.org/1\tA\nhttps://example.org/2\tB\n"),
        seed(
            "a.ttl",
            "@prefix s: <http://www.w3.org/2004/02/skos/core#> . <https://x.org/1> a s:Concept ; s:prefLabel \"A\"@en ; s:broader <https://x.org/2> .\n<https://x.org/2> s:prefLabel \"B\" .\n",
        ),
        seed(
            "a.json",
            "[{\"id\":\"https://ror.org/006kxhp52\",\"name\":\"A\",\"aliases\":[\"B\"],\"country\":{\"country_code\":\"FJ\"}}]",
        ),
    ];
    let folder = tempfile::tempdir().unwrap();
    try_all("vocabularies", 400, &seeds, |name, bytes| {
        let format = VocabularyFormat::of(name, None).unwrap();
        let description = Description { scheme: Some("a".into()), ..Description::default() };
        let mut loader = Loader::new(folder.path(), description).unwrap();
        let read = loader.read(name, format, bytes, &Watch::default(), &mut |_| {});
        read.and_then(|()| loader.finish(&mut |_| {})).is_ok()
    });
}

#[test]
fn rules_of_any_words_are_taken_or_refused() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = |name: &str| fs::read_to_string(root.join(name)).unwrap();
    // The first rules of a file are enough: a rule is read by itself.
    let start = |text: String| {
        text.split_inclusive("[[rule]]").take(4).collect::<String>().trim_end_matches("[[rule]]").to_owned()
    };
    let seeds: Vec<(String, Vec<u8>)> =
        ["acts.toml", "law.toml"].map(|name| seed(name, &start(text(&format!("seeds/rules/{name}"))))).into();
    try_all("rules", 1_500, &seeds, |name, bytes| {
        let text = String::from_utf8_lossy(bytes);
        let mut rules = Rules::default();
        let _ = declare(relations(), &[("a.ttl", &text)]);
        rules.replace(&[(name, &text)], relations()).is_ok()
    });
}
