//! The links that ship, against the verified identifiers and the hand-made annotations: what has a row is linked, what the
//! list of traps warns of is not. Also with every vocabulary loaded.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rapporteur::link::Outside;
use rapporteur::model::{Decisions, Extraction, MatchStrength};
use rapporteur::pipeline::Pipeline;
use rapporteur::read;
use rapporteur::vocabularies::load::{Description, Loader, VocabularyFormat, Watch};
use rapporteur::vocabularies::{self, Folder};

/// A row of the verified identifiers.
struct Row {
    label: String,
    kind: String,
    scheme: String,
    identifier: String,
    iri: String,
    strength: String,
}

/// The data that tests may use; says so once where it is not there.
fn shared() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found =
        ["../shared", "../../shared"].into_iter().map(|path| root.join(path)).find(|path| path.join("data").exists());
    if found.is_none() {
        println!("skipped: ../shared is not here");
    }
    found
}

/// The files that annotations mark as kept apart: no test tells anything of them.
fn held(shared: &Path) -> BTreeSet<String> {
    let folders = fs::read_dir(shared.join("gold")).expect("opens").flatten();
    let metas = folders.filter_map(|folder| fs::read_to_string(folder.path().join("meta.json")).ok());
    let metas = metas.filter_map(|meta| serde_json::from_str::<serde_json::Value>(&meta).ok());
    metas.filter(|meta| meta["held"] == true).filter_map(|meta| Some(meta["source"].as_str()?.to_owned())).collect()
}

fn rows(shared: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(shared.join("data/identifiers/identifiers.csv")).expect("opens");
    let cell = |row: &csv::StringRecord, at: usize| row.get(at).unwrap_or_default().to_owned();
    let row = |row: csv::StringRecord| Row {
        label: cell(&row, 0),
        kind: cell(&row, 1),
        scheme: cell(&row, 2),
        identifier: cell(&row, 3),
        iri: cell(&row, 4),
        strength: cell(&row, 5),
    };
    reader.records().map(|record| row(record.expect("a row"))).collect()
}

fn plain(name: &str) -> String {
    let lower = name.to_lowercase().replace(['’', '(', ')', '*', ','], " ");
    lower.split_whitespace().filter(|word| *word != "the").collect::<Vec<_>>().join(" ")
}

/// The labels of rows under all names that rows give: label, formal and short names, the label without its acronym.
fn labels_by_name(rows: &[Row]) -> BTreeMap<String, BTreeSet<&str>> {
    let mut names: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for row in rows {
        let mut add = |name: &str| {
            names.entry(plain(name)).or_default().insert(&row.label);
        };
        add(&row.label);
        if row.scheme.starts_with("unterm-") {
            add(&row.identifier);
        }
        if let Some((long, short)) = row.label.strip_suffix(')').and_then(|label| label.rsplit_once(" (")) {
            add(long);
            if short.len() < 12 && !short.contains(' ') {
                add(short);
            }
        }
    }
    names
}

fn extract(path: &Path) -> Extraction {
    let bytes = fs::read(path).expect("opens");
    Pipeline::embedded().extract(&path.to_string_lossy(), &bytes, &read::Options::default()).expect("is read")
}

/// All vocabularies of the shared folder, in one place for all tests.
fn all_vocabularies(shared: &Path) -> &'static Folder {
    static SHELF: OnceLock<(tempfile::TempDir, Folder)> = OnceLock::new();
    let (_, shelf) = SHELF.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        for files in [
            &["link-index/labels.tsv.gz"][..],
            &["eurovoc/eurovoc-derived.nt.gz"],
            &["unesco-thesaurus/unesco-thesaurus.ttl.gz"],
            &["unbis/unbis-derived.nt.gz"],
            &["ror/ror-organisations.tsv.gz"],
        ] {
            let mut loader = Loader::new(folder.path(), Description::default()).expect("a name");
            for name in files {
                let file = fs::File::open(shared.join("data").join(name)).expect("opens");
                let format = VocabularyFormat::of(name, None).expect("known");
                loader
                    .read(name, format, file, &Watch::default(), &mut |_| {})
                    .unwrap_or_else(|e| panic!("{name}: {e}"));
            }
            let built = loader.finish(&mut |_| {}).unwrap_or_else(|error| panic!("{error}"));
            vocabularies::put(folder.path(), built, false).unwrap_or_else(|error| panic!("{error}"));
        }
        let shelf = Folder::open(folder.path()).unwrap_or_else(|error| panic!("{error}"));
        (folder, shelf)
    });
    shelf
}

#[derive(Default)]
struct Score {
    expected: usize,
    found: usize,
    emitted: usize,
    right: usize,
    missed: BTreeSet<String>,
    wrong: BTreeSet<String>,
}

/// Compares the links of one annotated document with the rows of the entities that its annotations name.
fn score(shared: &Path, folder: &Path, rows: &[Row], names: &BTreeMap<String, BTreeSet<&str>>, score: &mut Score) {
    let meta: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("meta.json")).expect("opens")).expect("JSON");
    let file = meta["source"].as_str().expect("a name");
    let path = ["corpus/dev", "corpus/seeds", "corpus"]
        .iter()
        .map(|part| shared.join(part).join(file))
        .find(|path| path.exists());
    let extraction = extract(&path.expect("the text is there"));
    let lines = fs::read_to_string(folder.join("mentions.jsonl")).expect("opens");
    let mut seen = BTreeSet::new();
    for line in lines.lines() {
        let gold: serde_json::Value = serde_json::from_str(line).expect("JSON");
        if gold["class"] == "pronoun" || gold["class"] == "nominal" || gold["zone"] == "boilerplate" {
            continue;
        }
        let surface = gold["surface"].as_str().expect("words").split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(labels) = meaning(&surface, names) else { continue };
        let span = (gold["byte_start"].as_u64().expect("a number"), gold["byte_end"].as_u64().expect("a number"));
        let mention = extraction.mentions.iter().position(|m| (m.span.start as u64, m.span.end as u64) == span);
        let entity = mention.and_then(|at| extraction.referents[at]);
        if !seen.insert((labels.clone(), entity)) {
            continue;
        }
        let of: Vec<&Row> =
            rows.iter().filter(|row| labels.contains(row.label.as_str()) && !row.iri.is_empty()).collect();
        let links: BTreeSet<(&str, MatchStrength)> = extraction
            .links
            .iter()
            .filter(|link| Some(link.entity) == entity)
            .map(|link| (link.iri.as_str(), link.strength))
            .collect();
        for row in of.iter().filter(|row| row.strength == "exact") {
            score.expected += 1;
            match links.contains(&(row.iri.as_str(), MatchStrength::Exact)) {
                true => score.found += 1,
                false => _ = score.missed.insert(format!("{surface}: {} {}", row.scheme, row.iri)),
            }
        }
        for (iri, strength) in links {
            score.emitted += 1;
            match of.iter().any(|row| row.iri == iri && row.strength == strength.name()) {
                true => score.right += 1,
                false => _ = score.wrong.insert(format!("{surface}: {} {iri}", strength.name())),
            }
        }
    }
}

/// The labels of the one thing that a name stands for in the rows.
fn meaning<'r>(surface: &str, names: &BTreeMap<String, BTreeSet<&'r str>>) -> Option<BTreeSet<&'r str>> {
    let found = names.get(&plain(surface)).or_else(|| {
        let number = surface.strip_prefix("resolution ").or(surface.strip_prefix("Resolution "))?;
        names.get(&plain(&format!("A/RES/{number}")))
    })?;
    (found.len() == 1).then(|| found.clone())
}

#[test]
fn what_has_a_row_is_linked_and_nothing_else() {
    let Some(shared) = shared() else { return };
    let rows = rows(&shared);
    let names = labels_by_name(&rows);
    let mut all = Score::default();
    let mut folders: Vec<_> =
        fs::read_dir(shared.join("gold")).expect("opens").flatten().map(|entry| entry.path()).collect();
    folders.retain(|path| path.join("meta.json").exists());
    folders.sort();
    for folder in folders {
        score(&shared, &folder, &rows, &names, &mut all);
    }
    let (precision, recall) =
        (all.right as f64 / all.emitted.max(1) as f64, all.found as f64 / all.expected.max(1) as f64);
    println!(
        "precision {precision:.3} ({} of {}), recall {recall:.3} ({} of {})",
        all.right, all.emitted, all.found, all.expected
    );
    println!("missed: {:#?}\nwrong: {:#?}", all.missed, all.wrong);
    assert!(all.expected > 100, "the annotations name {} identifiers", all.expected);
    assert!(precision >= 0.99 && recall >= 0.95);
}

#[test]
fn every_exact_row_is_in_the_catalogue_that_ships() {
    let Some(shared) = shared() else { return };
    let catalogue = rapporteur::seeds::Catalogue::embedded();
    let ours: BTreeSet<(&str, &str)> = catalogue
        .entries()
        .iter()
        .flat_map(|entry| &entry.identifiers)
        .filter(|identifier| identifier.strength == MatchStrength::Exact)
        .map(|identifier| (identifier.scheme.as_str(), identifier.value.as_str()))
        .collect();
    let rows = rows(&shared);
    let exact: Vec<&Row> = rows.iter().filter(|row| row.strength == "exact").collect();
    let names = ["unterm-short-en", "unterm-formal-en", "meeting-dates"];
    let absent: BTreeSet<String> = exact
        .iter()
        .filter(|row| {
            !names.contains(&row.scheme.as_str()) && !ours.contains(&(row.scheme.as_str(), row.identifier.as_str()))
        })
        .map(|row| format!("{} ({}): {} {}", row.label, row.kind, row.scheme, row.identifier))
        .collect();
    println!("{} exact rows, {} not in the catalogue: {absent:#?}", exact.len(), absent.len());
    assert!(absent.len() * 100 < exact.len());
}

#[test]
fn none_of_the_traps_is_emitted_with_or_without_vocabularies() {
    let Some(shared) = shared() else { return };
    let text = fs::read_to_string(shared.join("data/identifiers/traps.tsv")).expect("opens");
    // A trap is an address that its entity must not have, or must not have as an exact match.
    let mut traps: Vec<(String, String, bool)> = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let Some((scheme, id)) = cells[1].split_once(':') else { continue };
        let (id, only_exact) = id.strip_suffix(" as exact").map_or((id, false), |id| (id, true));
        let space = match scheme {
            "wikidata" => "http://www.wikidata.org/entity/",
            "ror" => "https://ror.org/",
            "eurovoc" => "http://eurovoc.europa.eu/",
            "isni" => "https://isni.org/isni/",
            "m49" => "http://data.un.org/codes/sdg/geoArea/",
            _ => continue,
        };
        traps.push((cells[0].to_owned(), format!("{space}{id}"), only_exact));
    }
    assert!(traps.len() >= 15, "{} traps have an address", traps.len());
    let places = traps.iter().map(|(label, ..)| format!("The delegation thanked {label} for its work.\n"));
    let mut texts: Vec<(String, Vec<u8>)> = vec![("traps.txt".to_owned(), places.collect::<String>().into_bytes())];
    let held = held(&shared);
    for folder in ["corpus/seeds", "corpus/dev"] {
        for entry in fs::read_dir(shared.join(folder)).expect("opens").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if read::is_readable(name.rsplit('.').next().unwrap_or_default()) && !held.contains(&name) {
                texts.push((name, fs::read(entry.path()).expect("opens")));
            }
        }
    }
    let mut fallen = BTreeSet::new();
    for (name, bytes) in &texts {
        let mut extraction = Pipeline::embedded().extract(name, bytes, &read::Options::default()).expect("is read");
        for loaded in [false, true] {
            if loaded {
                let outside = Outside { shelf: all_vocabularies(&shared), decisions: &Decisions::default() };
                rapporteur::link::tie(&mut extraction, outside);
            }
            for link in &extraction.links {
                let label = &extraction.entity(link.entity).label;
                let hit = traps.iter().find(|(of, iri, only_exact)| {
                    *iri == link.iri
                        && plain(of) == plain(label)
                        && (!only_exact || link.strength == MatchStrength::Exact)
                });
                fallen.extend(hit.map(|trap| format!("{name}: {trap:?}")));
            }
        }
    }
    assert!(fallen.is_empty(), "{fallen:#?}");
}
