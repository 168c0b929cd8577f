//! Vocabularies: what can be loaded, how names are found in them, and that a file with a fault changes nothing.

use std::fs;
use std::io::Write;
use std::path::Path;

use assert_cmd::Command;
use flate2::Compression;
use flate2::write::GzEncoder;

const SKOS: &str = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
    @prefix dcterms: <http://purl.org/dc/terms/> .\n\
    @prefix ex: <https://example.org/ports/> .\n\
    ex:scheme a skos:ConceptScheme ; skos:prefLabel \"Ports\"@en ; dcterms:modified \"2020-02-03T04:05:06Z\" .\n\
    ex:1 a skos:Concept ; skos:prefLabel \"Harbour safety\"@en, \"Sécurité portuaire\"@fr ; skos:broader ex:3 .\n\
    ex:2 a skos:Concept ; skos:prefLabel \"Lighthouse organisation\"@en ; skos:altLabel \"LHO\"@en ; skos:broader ex:9 .\n\
    ex:3 a skos:Concept ; skos:prefLabel \"Safety\"@en ; skos:altLabel \"HARBOUR\"@en .\n\
    ex:4 a skos:Concept ; skos:prefLabel \"Harbour\"@en .\n";

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), bytes).expect("written");
        name.to_owned()
    }

    /// Runs `rapporteur link` in the folder: exit code, standard output, standard error.
    fn link(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut command = Command::cargo_bin("rapporteur").expect("built");
        command.current_dir(self.0.path()).env_remove("RAPPORTEUR_STORE").env_remove("RAPPORTEUR_VOCABULARIES");
        let output = command.arg("link").args(arguments).args(["--vocabularies", "voc"]).output().expect("runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code().expect("ends by itself"), text(output.stdout), text(output.stderr))
    }

    fn load(&self, arguments: &[&str]) {
        let (code, _, errors) = self.link(&[&["load"], arguments].concat());
        assert_eq!(code, 0, "{errors}");
    }

    /// What `look` answers, a line a candidate: vocabulary, last part of the IRI, whether it is decided.
    fn look(&self, arguments: &[&str]) -> Vec<String> {
        let (code, out, errors) = self.link(&[&["look", "--json"], arguments].concat());
        assert_eq!(code, 0, "{errors}");
        let line = |line: &str| {
            let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let id = line["iri"].as_str().and_then(|iri| iri.trim_end_matches('/').rsplit('/').next()).expect("an IRI");
            let mark = if line["decided"] == true { "!" } else { "?" };
            format!("{} {id}{mark}", line["scheme"].as_str().expect("a name"))
        };
        out.lines().map(line).collect()
    }

    fn vocabularies(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.path("voc"))
            .map(|entries| entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
            .unwrap_or_default();
        names.retain(|name| name != ".lock");
        names.sort();
        names
    }
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).expect("room");
    encoder.finish().expect("room")
}

#[test]
fn skos_is_loaded_and_names_are_found_in_all_their_forms() {
    let place = Place::new();
    place.write("ports.ttl.gz", gzip(SKOS));
    place.load(&["ports.ttl.gz"]);
    for (name, expected) in [
        ("Harbour safety", &["ports 1!"][..]),
        ("the HARBOR SAFETY", &["ports 1!"]),
        ("safety, harbour", &["ports 1!"]),
        ("Harbour savety", &["ports 1?"]),
        ("Lighthouse organization (the)", &["ports 2!"]),
        ("LHO", &["ports 2?"]),
        ("lho", &[]),
        ("Harbour", &["ports 4!"]),
        ("HARBOUR", &["ports 4?", "ports 3?"]),
        ("Ports", &[]),
        ("windmill", &[]),
    ] {
        assert_eq!(place.look(&[name]), expected, "{name}");
    }
    let (_, list, _) = place.link(&["list", "--json"]);
    for part in ["\"scheme\":\"ports\"", "\"labels\":7", "\"concepts\":4", "\"date\":\"2020-02-03\"", "\"broader\":1"] {
        assert!(list.contains(part), "{part} in {list}");
    }
}

#[test]
fn every_format_gives_the_same_labels() {
    let nt = "<https://example.org/ports/1> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Quay\"@en .\n";
    let nq = "<https://example.org/ports/1> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Quay\"@en <https://example.org/g> .\n";
    let xml = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:skos=\"http://www.w3.org/2004/02/skos/core#\">\
        <skos:Concept rdf:about=\"https://example.org/ports/1\"><skos:prefLabel xml:lang=\"en\">Quay</skos:prefLabel></skos:Concept></rdf:RDF>";
    let xl = "@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .\n<https://example.org/l> xl:literalForm \"Quay\"@en .\n\
        <https://example.org/ports/1> xl:prefLabel <https://example.org/l> .\n";
    let csv = "id,name,lang\n1,Quay,en\n";
    let ror = "[{\"id\":\"https://example.org/ports/1\",\"name\":\"Quay\",\"status\":\"active\"}]";
    let ror2 = "[{\"id\":\"https://example.org/ports/1\",\"names\":[{\"value\":\"Quay\",\"types\":[\"ror_display\"],\"lang\":\"en\"}]}]";
    let iri = ["--iri", "https://example.org/ports/{}"];
    for (name, text, more) in [
        ("a.nt", nt, &[][..]),
        ("a.nq", nq, &[]),
        ("a.rdf", xml, &[]),
        ("a.ttl", xl, &[]),
        ("a.csv", csv, &iri),
        ("a.tsv", &csv.replace(',', "\t"), &iri),
        ("a.json", ror, &[]),
        ("a.json.gz", ror2, &[]),
    ] {
        let place = Place::new();
        let bytes = if name.ends_with(".gz") { gzip(text) } else { text.as_bytes().to_vec() };
        place.write(name, bytes);
        place.load(&[&[name, "--scheme", "quays"], more].concat());
        assert_eq!(place.look(&["quay"]), ["quays 1!"], "{name}");
    }
}

#[test]
fn tables_are_described_by_flags_or_a_file() {
    let place = Place::new();
    place.write("bodies.csv", "code;Official name;Other\n");
    let table =
        "code,Official name,Other,state\nB1,Pilots’ Board,PB; Board of Pilots,active\nB2,Old Board,,withdrawn\n";
    place.write("bodies.csv", table);
    place.write(
        "how.toml",
        "scheme = \"bodies\"\nkind = \"organisation\"\niri = \"https://example.org/{}\"\nseparator = \";\"\ndate = \"2021-01-01\"\n\
         [columns]\niri = \"code\"\nlabel = \"official name\"\nalt = \"3\"\nstatus = \"state\"\n",
    );
    place.load(&["bodies.csv", "--describe", "how.toml"]);
    assert_eq!(place.look(&["Board of Pilots", "--kind", "InternationalOrganization"]), ["bodies B1!"]);
    assert_eq!(place.look(&["Pilots' Board", "--kind", "Topic"]), ["bodies B1?"], "a body is no topic");
    assert_eq!(place.look(&["Old Board"]), ["bodies B2?"], "what is withdrawn is never decided");
    let (code, _, errors) = place.link(&["load", "bodies.csv", "--columns", "iri=nummer,label=Official name"]);
    assert_eq!(code, 2);
    assert!(errors.contains("R0705") && errors.contains("code, Official name, Other, state"), "{errors}");
}

#[test]
fn tables_of_others_are_read_as_they_come() {
    let place = Place::new();
    place.write("marked.ttl", ["\u{feff}", SKOS].concat());
    place.load(&["marked.ttl", "--scheme", "ports"]);
    assert_eq!(place.look(&["Lighthouse organisation"]), ["ports 2!"]);
    // Semicolons between the cells, as spreadsheets of many countries write them, in an encoding of their own.
    let table = b"id;label;alt\nhttps://example.org/1;\"Caf\xe9; Rat\";Conseil\nhttps://example.org/2;C\xf4te;\n";
    place.write("isles.csv", table);
    place.load(&["isles.csv", "--encoding", "windows-1252"]);
    assert_eq!(place.look(&["Café; Rat"]), ["isles 1!"]);
    assert_eq!(place.look(&["Côte"]), ["isles 2!"]);
    place.write("odd.csv", "id|label\nhttps://example.org/7|Fjord\n");
    place.load(&["odd.csv", "--delimiter", "|"]);
    assert_eq!(place.look(&["Fjord"]), ["odd 7!"]);
    let (code, _, errors) = place.link(&["load", "isles.csv"]);
    assert!(code == 3 && errors.contains("R0706") && errors.contains("--encoding windows-1252"), "{errors}");
    let (code, _, errors) = place.link(&["load", "isles.csv", "--encoding", "klingon"]);
    assert!(code == 2 && errors.contains("R0106"), "{errors}");
}

#[test]
fn one_table_may_hold_several_vocabularies_and_ambiguous_names_stay_sets() {
    let place = Place::new();
    place.write(
        "all.tsv",
        "scheme\turi\tlang\ttype\tlabel\nwells\thttps://example.org/w/1\ten\tpref\tSpring\nwells\thttps://example.org/w/2\ten\talt\tspring\n\
         seasons\thttps://example.org/s/1\ten\tpref\tSpring\n",
    );
    place.load(&["all.tsv"]);
    assert_eq!(place.look(&["Spring"]), ["seasons 1!", "wells 1?", "wells 2?"]);
    let (code, ..) = place.link(&["drop", "wells"]);
    assert_eq!((code, place.vocabularies()), (0, vec!["seasons.vocabulary".to_owned()]));
    let (code, _, errors) = place.link(&["drop", "wells"]);
    assert!(code == 2 && errors.contains("R0710") && errors.contains("loaded are seasons"), "{errors}");
}

#[test]
fn a_file_with_a_fault_changes_nothing() {
    let long = format!(
        "<https://example.org/1> <http://www.w3.org/2004/02/skos/core#prefLabel> \"{}\" .",
        "x".repeat(1_000_000)
    );
    let cut = |text: &str| gzip(text).split_last_chunk::<12>().map(|(start, _)| start.to_vec()).expect("long enough");
    let broken = SKOS.replace("skos:broader ex:9", "skos:broader ex:9 ex:8");
    let same = SKOS.replace("Lighthouse", "Beacon");
    let empty = "<https://example.org/1> <https://example.org/p> \"x\" .";
    for (name, bytes, code, parts) in [
        ("a.ttl", broken.into_bytes(), 3, &["R0702", "a.ttl:6:", "Lighthouse organisation", "^"][..]),
        ("a.ttl.gz", cut(SKOS), 3, &["R0703", "cut short"]),
        ("a.json.gz", cut("[{\"id\":\"https://example.org/1\",\"name\":\"A\"}]"), 3, &["R0703"]),
        ("a.csv.gz", cut("iri,label\nhttps://example.org/1,A\n"), 3, &["R0703"]),
        ("a.nt", long.into_bytes(), 3, &["R0707", "<https://example.org/1> has 1000000 bytes", "xxx"]),
        ("other.ttl", same.into_bytes(), 2, &["R0709", "4 entries of other are in ports too", "--overlap"]),
        ("a.nt", empty.as_bytes().to_vec(), 3, &["R0707", "nothing in it has a label"]),
        ("a.csv", b"iri,label\nseven,A\n".to_vec(), 3, &["R0707", "no absolute IRI", "--iri"]),
        ("a.csv", b"iri,label\nhttps://example.org/1,\xff\n".to_vec(), 3, &["R0706", "line 2", "not UTF-8"]),
        ("a.csv", b"iri,label,type\nhttps://example.org/1,A,main\n".to_vec(), 3, &["R0706", "line 2", "pref, alt"]),
        ("a.csv", b"name\nA\n".to_vec(), 2, &["R0705", "IRIs"]),
        ("a.csv", b"".to_vec(), 3, &["R0707"]),
        ("a.doc", b"".to_vec(), 2, &["R0701", "--format"]),
        ("a.json", b"{\"id\": 1}".to_vec(), 3, &["R0702", "list of ROR records"]),
        ("a.rdf", b"<rdf:RDF".to_vec(), 3, &["R070"]),
    ] {
        let place = Place::new();
        place.write("ports.ttl", SKOS);
        place.load(&["ports.ttl"]);
        let before = fs::read(place.path("voc/ports.vocabulary")).expect("is there");
        place.write(name, bytes);
        // A sound file before the faulty one is not loaded either.
        place.write("sound.nt", "<https://example.org/7> <http://www.w3.org/2000/01/rdf-schema#label> \"Seven\" .");
        let (found, _, errors) = place.link(&["load", "sound.nt", name]);
        assert_eq!(found, code, "{name}: {errors}");
        for part in parts {
            assert!(errors.contains(part), "{name}: {part} in {errors}");
        }
        assert!(!errors.contains("IO error") && !errors.contains("panicked"), "{errors}");
        assert_eq!(place.vocabularies(), ["ports.vocabulary"], "{name}: {errors}");
        assert_eq!(fs::read(place.path("voc/ports.vocabulary")).expect("is there"), before);
    }
}

#[test]
fn vocabularies_of_another_version_are_loaded_again_one_by_one() {
    let place = Place::new();
    place.write("ports.ttl", SKOS);
    place.write("sound.nt", "<https://example.org/7> <http://www.w3.org/2000/01/rdf-schema#label> \"Seven\" .");
    place.load(&["ports.ttl", "--scheme", "ports"]);
    place.load(&["sound.nt"]);
    for name in ["ports", "sound"] {
        place.write(&format!("voc/{name}.vocabulary"), "of another version");
    }
    let (code, _, errors) = place.link(&["look", "Seven"]);
    assert!(code == 5 && errors.contains("R0711") && errors.contains("load it again"), "{errors}");
    place.load(&["ports.ttl", "--scheme", "ports"]);
    place.load(&["sound.nt"]);
    assert_eq!(place.look(&["Seven"]), ["sound 7!"]);
}

#[test]
fn what_a_broken_off_load_left_is_taken_away() {
    let place = Place::new();
    place.write("ports.ttl", SKOS);
    fs::create_dir(place.path("voc")).expect("made");
    place.write("voc/.loading-a1b2c3", "half");
    place.load(&["ports.ttl"]);
    assert_eq!(place.vocabularies(), ["ports.vocabulary"]);
    // While somebody builds there, what stands there may be theirs.
    let building = rapporteur::vocabularies::Building::begin(&place.path("voc"));
    place.write("voc/.loading-a1b2c3", "half");
    place.load(&["ports.ttl"]);
    assert_eq!(place.vocabularies(), [".loading-a1b2c3", "ports.vocabulary"]);
    drop(building);
    place.load(&["ports.ttl"]);
    assert_eq!(place.vocabularies(), ["ports.vocabulary"]);
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    let place = Place::new();
    place.write("ports.ttl", SKOS);
    place.load(&["ports.ttl"]);
    let first = fs::read(place.path("voc/ports.vocabulary")).expect("is there");
    place.load(&["ports.ttl"]);
    assert!(fs::read(place.path("voc/ports.vocabulary")).expect("is there") == first);
}

#[test]
fn a_vocabulary_that_was_cut_is_told_and_a_wrong_name_too() {
    let place = Place::new();
    place.write("ports.ttl", SKOS);
    let (code, _, errors) = place.link(&["load", "ports.ttl", "--scheme", "My Ports"]);
    assert!(code == 2 && errors.contains("R0708"), "{errors}");
    let (code, _, errors) = place.link(&["load", "ports.ttl", "--date", "yesterday"]);
    assert!(code == 2 && errors.contains("R0713"), "{errors}");
    place.load(&["ports.ttl"]);
    let path = place.path("voc/ports.vocabulary");
    let bytes = fs::read(&path).expect("is there");
    for length in [0, 7, 100, bytes.len() - 1] {
        fs::write(&path, &bytes[..length]).expect("written");
        let (code, _, errors) = place.link(&["look", "x"]);
        assert!(code == 5 && errors.contains("R0711"), "{length}: {errors}");
    }
}

/// A label for counting: compatibility letters taken apart, accents off, case folded, one kind of apostrophe.
fn plain(label: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    label
        .nfkd()
        .filter(|c| unicode_normalization::char::canonical_combining_class(*c) == 0)
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .replace('ß', "ss")
        .replace('ς', "σ")
        .replace('’', "'")
}

/// Ambiguous is a label that, so plain, belongs to more than one IRI inside one vocabulary. 4,884 labels of the shared file are,
/// 52 of them in two vocabularies: 4,936 times a name is looked up and must not come back as one of its meanings alone.
#[test]
fn ambiguous_labels_of_real_vocabularies_come_back_as_sets() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/link-index/labels.tsv.gz");
    let near = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/link-index/labels.tsv.gz");
    let Some(file) = [near, file].into_iter().find(|file| file.exists()) else {
        println!("skipped: ../shared/data is not here");
        return;
    };
    use std::collections::{BTreeMap, BTreeSet};
    use std::io::Read;

    use rapporteur::link::candidate::{Asked, candidates, decided};
    let place = Place::new();
    place.load(&[file.to_str().expect("a path")]);
    use rapporteur::link::vocabulary::Shelf;
    let shelf = rapporteur::vocabularies::Folder::open(&place.path("voc")).unwrap_or_else(|error| panic!("{error}"));
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(fs::File::open(file).expect("opens")).read_to_string(&mut text).expect("text");
    /// IRIs and labels under a scheme and a plain label.
    type Meanings<'t> = BTreeMap<(&'t str, String), (BTreeSet<&'t str>, BTreeSet<&'t str>)>;
    let mut meant: Meanings = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        if let [scheme, iri, _, _, label] = cells[..] {
            let (iris, labels) = meant.entry((scheme, plain(label))).or_default();
            iris.insert(iri);
            labels.insert(label);
        }
    }
    meant.retain(|_, (iris, _)| iris.len() > 1);
    let ambiguous: BTreeSet<&str> = meant.keys().map(|(_, label)| label.as_str()).collect();
    assert_eq!((ambiguous.len(), meant.len()), (4_884, 4_936));
    let is_acronym = |label: &str| !label.chars().any(char::is_lowercase);
    let mut told_by_case = 0;
    for ((scheme, _), (iris, labels)) in &meant {
        let vocabulary = shelf.get(scheme).expect("is loaded");
        let mut found = BTreeSet::new();
        for label in labels {
            found.extend(vocabulary.find(label).iter().filter_map(|hit| Some(vocabulary.concept(hit.concept)?.iri)));
            let candidates = candidates(vocabulary, &Asked { names: &[label], ..Asked::default() });
            if decided(&candidates).is_some() {
                // Only where case tells: what is no acronym is not looked for among acronyms.
                let others = labels.iter().filter(|other| *other != label);
                assert!(candidates.len() == 1 && !is_acronym(label), "{scheme}: {label}: {candidates:#?}");
                assert!(
                    others.clone().count() > 0 && others.clone().all(|other| is_acronym(other)),
                    "{scheme}: {label}"
                );
                told_by_case += 1;
            }
        }
        let lost: Vec<_> = iris.iter().filter(|iri| !found.contains(**iri)).collect();
        assert!(lost.is_empty(), "{scheme}: {lost:?}");
    }
    println!("{} ambiguous labels; {told_by_case} writings that case tells from an acronym", ambiguous.len());
}
