//! The questions of a foreign ministry, asked of the two real statements when they are there: each right answer, with a
//! part of its quote. The statements themselves are not part of this repository.

use std::path::{Path, PathBuf};

use rapporteur::lift::{Base, Layer};
use rapporteur::model::Extraction;
use rapporteur::pipeline::Pipeline;
use rapporteur::query::{Answer, Given, Library, Rows, Topic, parse, set, topic};
use rapporteur::read;
use rapporteur::record::{Labels, Names, Record, Show};
use rapporteur::store::{Directory, Store, View, Writer};

/// Query, parameters, columns, and a row that the answer must hold: a part of each cell.
type Case = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

const CASES: &[Case] = &[
    ("established", &["founded=Cyber Police"], &["founder", "when", "quote"], &["Government", "2011", "established"]),
    ("cooperation", &["actor=Cyber Police"], &["partner", "quote"], &["INTERPOL", "close cooperation"]),
    ("cooperation", &["actor=Cyber Police"], &["partner"], &["Europol"]),
    ("quantities", &["of=Cyber Police"], &["value", "quote"], &["134", "online communication"]),
    ("quantities", &["of=Cyber Police"], &["value", "quote"], &["111", "joint missions"]),
    ("quantities", &["of=Cyber Police"], &["value", "quote"], &["200", "executive bodies"]),
    ("quantities", &[], &["subject", "approx", "value", "unit"], &["drugs", "about", "2000000000", "dollar"]),
    ("quantities", &[], &["value", "quote"], &["31", "Provincial"]),
    ("quantities", &[], &["value", "quote"], &["400", "branches"]),
    (
        "legal-basis",
        &[],
        &["subject", "basis", "law"],
        &["judicial institutions", "Article 666", "Criminal Procedural Law"],
    ),
    ("tasks", &[], &["actor", "relation", "task"], &["Deputy", "responsible for", "judicial responses"]),
    ("mandates", &["body=IEG"], &["resolution", "task"], &["65/230", "comprehensive study"]),
    ("mandates", &["body=Ad hoc Committee"], &["resolution", "task"], &["74/247", "convention"]),
    (
        "positions",
        &["actor=Iran", "year=2019"],
        &["act", "target"],
        &["commends", "United Nations Office on Drugs and Crime"],
    ),
    ("positions", &["actor=Iran", "year=2019"], &["act", "target"], &["supports", "international cooperation"]),
    ("positions", &["actor=Iran", "year=2019"], &["act", "target"], &["opposes", "oercive"]),
    ("positions", &["actor=Iran", "year=2021"], &["act", "target"], &["opposes", "renewal"]),
    ("positions", &["actor=Iran", "year=2021"], &["act", "target"], &["calls for", "Ad hoc Committee"]),
    (
        "position-change",
        &["actor=Iran", "topic=Expert Group"],
        &["date", "act", "quote"],
        &["2019", "attaches", "great importance"],
    ),
    (
        "position-change",
        &["actor=Iran", "topic=Expert Group"],
        &["date", "change", "act", "target"],
        &["2021", "first in this store", "opposes", "renewal"],
    ),
    ("provides", &["actor=UNODC"], &["service", "basis"], &["technical assistance", "General Assembly"]),
    ("hinders", &["obstacle=Unilateral Coercive Measures"], &["object", "by"], &["law enforcement", "Iran"]),
];

fn extraction(path: &Path) -> Extraction {
    let bytes = std::fs::read(path).expect("the statement reads");
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Pipeline::embedded().extract(&name, &bytes, &read::Options::default()).expect("a document")
}

/// The folder of the two statements, beside the repository or beside its work trees.
fn statements() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    ["../shared/corpus/seeds", "../../shared/corpus/seeds"]
        .map(|folder| root.join(folder))
        .into_iter()
        .find(|folder| folder.is_dir())
}

fn cells(labels: &Labels<'_>, rows: &Rows, row: usize, columns: &[&str]) -> Vec<String> {
    let index = |name: &str| rows.variables.iter().position(|variable| variable == name).expect("a column");
    let cell =
        |name: &&str| rows.rows[row][index(name)].as_ref().map_or(String::new(), |term| labels.term(term, Show::Name));
    columns.iter().map(cell).collect()
}

#[test]
fn the_questions_of_the_two_statements_are_answered() {
    let Some(folder) = statements() else {
        println!("skipped: the two statements are not here");
        return;
    };
    let dir = tempfile::tempdir().expect("a temporary directory");
    let mut writer = Writer::open(dir.path(), None, "test").expect("a store");
    for file in std::fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path()) {
        writer.add(&extraction(&file), "test").expect("adds");
    }
    writer.commit().expect("commits");
    let store = Store::open(dir.path(), &Layer::ALL, View::Merged).expect("opens");
    let (record, _) = Record::open(&mut Directory::open(dir.path()).expect("opens"), &Layer::ALL).expect("reads");
    let (labels, names) = (Labels::new(&record), Names::new(&record));
    let library = Library::bundled();
    let mut wrong = Vec::new();
    for (name, pairs, columns, expected) in CASES {
        let entry = library.get(name).expect(name);
        let mut question = parse(name, &entry.text, Base::SHARED, &[]).expect(name);
        let given: Vec<Given> = pairs.iter().map(|pair| pair.parse().expect("a pair")).collect();
        set(&mut question, name, &entry.header().expect(name), &given, &names)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let Answer::Rows(mut rows) = question.ask(store.dataset()).expect(name) else { panic!("{name} is no table") };
        if let Some(given) = topic(&question, &entry.header().expect(name), &given) {
            rows.keep_topic(&Topic::find(&record, &given.value).expect(name).0.claims(&record, &|_| None));
        }
        let fits = |row: usize| {
            cells(&labels, &rows, row, columns).iter().zip(*expected).all(|(cell, part)| cell.contains(part))
        };
        if !(0..rows.rows.len()).any(fits) {
            let answer: Vec<String> =
                (0..rows.rows.len()).map(|row| cells(&labels, &rows, row, columns).join(" · ")).collect();
            wrong.push(format!("{name} {pairs:?} lacks {expected:?}:\n  {}", answer.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
