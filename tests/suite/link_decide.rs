//! Documents and loaded vocabularies: what is tied, what waits for a reader, and that decisions outlast every new reading.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;

const BODIES: &str = "iri,label,alt,kind,country\n\
    https://example.org/b/1,International Lighthouse Union,ILU,organisation,\n\
    https://example.org/b/2,Harbour Pilots Commission,,organisation,\n\
    https://example.org/b/3,Harbour Pilots Commission,,organisation,\n\
    https://example.org/b/4,Ministry of Lighthouses,,organisation,CH\n\
    https://example.org/b/5,Institute for Lighthouse Lore,,person,\n";

const THESAURUS: &str = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix ex: <https://example.org/t/> .\n\
    ex:1 a skos:Concept ; skos:prefLabel \"Maritime safety\"@en ; skos:broader ex:2 .\n\
    ex:2 a skos:Concept ; skos:prefLabel \"Safety\"@en .\n\
    ex:3 a skos:Concept ; skos:prefLabel \"Piracy at sea\"@en ; skos:altLabel \"maritime piracy\"@en .\n\
    ex:4 a skos:Concept ; skos:prefLabel \"Union\"@en .\n";

const TEXT: &str = "Maritime safety and the fight against maritime piracy\n\n\
    The International Lighthouse Union (ILU) has its seat in Geneva. The ILU supports maritime safety and safety of ports.\n\n\
    We commend the Harbour Pilots Commission for its work on maritime piracy. The Institute for Lighthouse Lore agrees.\n";

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().expect("a folder"));
        place.write("bodies.csv", BODIES);
        place.write("sea.ttl", THESAURUS);
        place.write("text.txt", TEXT);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("written");
    }

    fn try_run(&self, line: &str) -> (i32, String, String) {
        let mut command = Command::cargo_bin("rapporteur").expect("built");
        command.current_dir(self.0.path()).env_remove("RAPPORTEUR_STORE").env_remove("RAPPORTEUR_VOCABULARIES");
        let output = command.args(line.split(' ')).output().expect("runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code().expect("ends by itself"), text(output.stdout), text(output.stderr))
    }

    fn run(&self, line: &str) -> (String, String) {
        let (code, out, errors) = self.try_run(line);
        assert_eq!(code, 0, "{line}: {errors}");
        (out, errors)
    }

    /// The quads of the store's graphs whose names hold a word: last parts of subject and object around the property.
    fn ties(&self, graph: &str) -> BTreeSet<String> {
        let (out, _) = self.run("export -f nq");
        let last = |term: &str| term.trim_matches(['<', '>']).rsplit(['/', '#']).next().unwrap_or_default().to_owned();
        out.lines()
            .filter_map(|line| {
                let terms: Vec<&str> = line.split(' ').collect();
                let [subject, predicate, object, name, "."] = terms[..] else { return None };
                let is_about_set = subject.contains("/graph/") || name.ends_with("/ontology>");
                (name.contains(graph) && !is_about_set)
                    .then(|| format!("{} {} {}", last(subject), last(predicate), last(object)))
            })
            .collect()
    }
}

fn set<const N: usize>(rows: [&str; N]) -> BTreeSet<String> {
    rows.map(str::to_owned).into()
}

#[test]
fn names_and_topics_are_tied_when_a_text_is_added() {
    let place = Place::new();
    place.run("link load bodies.csv sea.ttl");
    place.run("add text.txt");
    assert_eq!(place.ties("/links/bodies"), set(["international-lighthouse-union sameAs 1"]));
    let ties = place.ties("/links/sea");
    let document: BTreeSet<_> = ties.iter().filter(|tie| tie.contains(" subject ")).collect();
    assert!(document.iter().any(|tie| tie.ends_with(" subject 1")), "{ties:?}");
    assert!(document.iter().any(|tie| tie.ends_with(" subject 3")), "{ties:?}");
    assert!(!document.iter().any(|tie| tie.ends_with(" subject 4")), "a word in a body's name is no topic: {ties:?}");
    // Once again, and after the fact: the same.
    let before = place.run("export -f nq").0;
    place.run("add text.txt");
    let (_, said) = place.run("link run");
    assert!(said.contains("1 document (0 changed)"), "{said}");
    assert!(place.run("export -f nq").0 == before);
    let (checked, _) = place.run("check");
    assert!(!checked.contains("FAIL") && checked.contains("links have the form"), "{checked}");
}

#[test]
fn a_vocabulary_loaded_later_ties_what_is_stored_and_dropping_it_unties_all() {
    let place = Place::new();
    place.run("add text.txt");
    let bare = place.run("export -f nq").0;
    place.run("link load bodies.csv sea.ttl");
    place.run("link run");
    assert!(!place.ties("/links/bodies").is_empty());
    place.run("link drop bodies");
    place.run("link drop sea");
    assert!(
        place.ties("/links/bodies").is_empty()
            && place.ties("/link-evidence/bodies").is_empty()
            && place.ties("/link-evidence/sea").is_empty()
    );
    let left: Vec<String> = place
        .run("export -f nq")
        .0
        .lines()
        .filter(|line| !line.contains("/graph/review>"))
        .map(str::to_owned)
        .collect();
    let had: Vec<String> = bare.lines().map(str::to_owned).collect();
    assert!(left == had, "what was dropped left something behind");
    // It stays dropped for new texts until it is loaded again.
    place.run("add text.txt");
    assert!(place.ties("/links/bodies").is_empty());
    place.run("link load bodies.csv");
    place.run("link run");
    assert!(!place.ties("/links/bodies").is_empty());
    // Only the catalogue links to GeoNames: that can be dropped too, and stays so.
    assert!(!place.ties("/links/geonames").is_empty());
    place.run("link drop geonames");
    place.run("link run");
    assert!(place.ties("/links/geonames").is_empty());
}

#[test]
fn what_is_ambiguous_waits_for_a_reader_whose_decision_holds() {
    let place = Place::new();
    place.run("link load bodies.csv");
    place.run("add text.txt");
    let (table, _) = place.run("link review --export -");
    let rows: Vec<&str> = table.lines().skip(1).collect();
    assert_eq!(rows.len(), 2, "{table}");
    assert!(rows.iter().all(|row| row.contains("harbour-pilots-commission")), "{table}");
    assert!(place.ties("/links/bodies").iter().all(|tie| !tie.contains("pilots")));
    // Without a terminal there is nobody to ask.
    let (code, _, errors) = place.try_run("link review");
    assert!(code == 2 && errors.contains("R0716") && errors.contains("--export"), "{errors}");
    // A word that is no decision changes nothing, not even for the rows before it.
    place.write("bad.csv", &table.replacen("\n,", "\naccept,", 1).replacen("\n,", "\nperhaps,", 1));
    let (code, _, errors) = place.try_run("link review --import bad.csv");
    assert!(code == 3 && errors.contains("line 3") && errors.contains("perhaps"), "{errors}");
    assert!(place.ties("/graph/review").is_empty());

    let (accepted, rejected) = if rows[0].contains("/b/2") { ("2", "3") } else { ("3", "2") };
    place.write("good.csv", &table.replacen("\n,", "\naccept,", 1).replacen("\n,", "\nreject,", 1));
    place.run("link review --import good.csv");
    let expected = format!("harbour-pilots-commission sameAs {accepted}");
    assert!(place.ties("/links/bodies").contains(&expected));
    // Read again, loaded again, another text: the decision holds.
    place.write("other.txt", "We thank the Harbour Pilots Commission.\n");
    place.run("link load bodies.csv");
    place.run("add text.txt other.txt");
    let ties = place.ties("/links/bodies");
    assert!(
        ties.contains(&expected) && !ties.iter().any(|tie| tie.ends_with(&format!("commission sameAs {rejected}"))),
        "{ties:?}"
    );
    assert!(place.run("link review").1.contains("nothing to review"));
    assert!(place.run("link review --list").0.contains("accept"));
}

#[test]
fn what_a_reader_refuses_goes_even_if_a_row_states_it() {
    let place = Place::new();
    place.run("add text.txt");
    let all = place.ties("/links/");
    assert!(all.iter().any(|tie| tie.starts_with("geneva sameAs")), "{all:?}");
    let (out, _) = place.run("export -f nq");
    let line = out.lines().find(|line| line.contains("/place/geneva> <https://schema.org/sameAs>")).expect("a link");
    let iri = line.split(' ').nth(2).expect("an object").trim_matches(['<', '>']);
    place.write("no.tsv", &format!("decision\tkey\tscheme\tiri\nnever\tplace/geneva\tany\t{iri}\n"));
    place.run("link review --import no.tsv");
    assert!(!place.run("export -f nq").0.contains(line));
    place.run("add text.txt");
    assert!(!place.run("export -f nq").0.contains(line));
}

#[test]
fn every_link_says_how_it_was_found_and_where() {
    let place = Place::new();
    place.run("link load bodies.csv sea.ttl --date 2020-02-03");
    place
        .write("more.txt", "The delegation of Norway recalled General Assembly resolution 74/247 and thanked UNODC.\n");
    place.run("add text.txt more.txt");
    let (out, _) = place.run("export -f nq");
    let quads: Vec<Vec<&str>> = out.lines().map(|line| line.splitn(3, ' ').collect()).collect();
    // Ours and theirs of each tie, however it runs.
    let is_tie = |quad: &&Vec<&str>| {
        let graph = quad[2].rsplit(' ').nth(1).unwrap_or_default();
        graph.contains("/graph/links/") && !quad[0].contains("/graph/") && !quad[2].starts_with('"')
    };
    let mut said: std::collections::BTreeMap<&str, BTreeSet<&str>> = std::collections::BTreeMap::new();
    let mut ends: std::collections::BTreeMap<&str, BTreeSet<&str>> = std::collections::BTreeMap::new();
    for quad in quads.iter().filter(|quad| quad[0].contains("/id/link/")) {
        said.entry(quad[0])
            .or_default()
            .insert(quad[1].trim_end_matches('>').rsplit(['#', '/']).next().unwrap_or_default());
        if quad[1].contains("hasTarget") || quad[1].contains("hasBody") {
            ends.entry(quad[0]).or_default().insert(quad[2].split(' ').next().unwrap_or_default());
        }
    }
    let mut ties = 0;
    for quad in quads.iter().filter(is_tie).filter(|quad| !quad[0].contains("/claim/")) {
        let pair = BTreeSet::from([quad[0], quad[2].split(' ').next().unwrap_or_default()]);
        let note = ends.iter().find(|(_, both)| **both == pair).map(|(note, _)| *note);
        let note = note.unwrap_or_else(|| panic!("nothing says why {pair:?}"));
        for part in [
            "linkMethod", "linkScore", "linkEvidence", "linkSource", "predicate_id", "mapping_justification",
            "isPartOf",
        ] {
            assert!(said[note].contains(part), "{pair:?}: {:?}", said[note]);
        }
        // A topic weighs more or less; it is no more or less the same.
        assert!(said[note].contains("linkStrength") || quad[1].contains("subject>"), "{pair:?}: {:?}", said[note]);
        ties += 1;
    }
    assert!(ties > 15, "{ties} ties in\n{out}");
    // In words: a row of the catalogue, a rule, a label of a file with its date.
    let why = |iri: &str| place.run(&format!("why {iri}")).0;
    let (shown, _) = place.run("show state/nor");
    let wikidata = shown.lines().find(|line| line.contains("wikidata.org/entity")).expect("a link").to_owned();
    assert!(
        wikidata.contains("row") && shown.contains("NO (iso3166-1-alpha2)") && shown.contains("eurovoc"),
        "{shown}"
    );
    let iri = wikidata.split_whitespace().find(|word| word.starts_with("http")).expect("an address");
    for part in ["Norway", "same as", "row", "states.ttl", "country-codes.csv@"] {
        assert!(why(iri).contains(part), "{part} in {}", why(iri));
    }
    let item = iri.rsplit('/').next().expect("an item");
    assert_eq!(why(&format!("wd:{item}")), why(iri), "written in another way");
    let rule = why("https://undocs.org/A/RES/74/247");
    assert!(rule.contains("74/247") && (rule.contains("rule") || rule.contains("row")), "{rule}");
    let label = why("https://example.org/b/1");
    for part in ["exact label", "letter by letter", "bodies.csv (2020-02-03)"] {
        assert!(label.contains(part), "{part} in {label}");
    }
    assert!(why("https://example.org/b/2").contains("may be"));
    let (code, _, errors) = place.try_run("why https://example.org/b/99");
    assert!(code == 3 && errors.contains("R0314"), "{code} {errors}");
}

#[test]
fn the_state_named_beside_a_body_tells_which_of_two_is_meant() {
    let record = |id: &str, name: &str, country: &str| {
        format!(
            "{{\"id\":\"https://ror.org/{id}\",\"status\":\"active\",\"names\":[{{\"value\":\"{name}\",\"types\":[\"ror_display\"],\
            \"lang\":\"en\"}}],\"locations\":[{{\"geonames_details\":{{\"country_code\":\"{country}\"}}}}]}}"
        )
    };
    let dump = [
        record("0aaaaaa11", "National Institute of Lighthouses", "NO"),
        record("0bbbbbb22", "National Institute of Lighthouses", "CL"),
        record("0cccccc33", "Ministry of Harbours", "NO"),
        record("0dddddd44", "Ministry of Harbours", "CL"),
    ];
    for (text, expected) in [
        ("We thank the National Institute of Lighthouses in Norway for its help.\n", &["0aaaaaa11"][..]),
        ("Chile spoke first. Then Chile thanked the National Institute of Lighthouses for its help.\n", &["0bbbbbb22"]),
        ("We thank the National Institute of Lighthouses for its help.\n", &[]),
        ("The National Institute of Lighthouses works with Norway and Chile.\n", &[]),
        ("The Ministry of Harbours of Chile works well.\n", &["0dddddd44"]),
        ("The Ministry of Harbours works well.\n", &[]),
    ] {
        let place = Place::new();
        place.write("ror.json", &format!("[{}]", dump.join(",")));
        place.run("link load ror.json");
        place.write("one.txt", text);
        place.run("add one.txt");
        let ties = place.ties("/links/ror");
        let found: Vec<&str> = ties.iter().filter_map(|tie| tie.split("sameAs ").nth(1)).collect();
        assert_eq!(found, expected, "{text} {ties:?}");
        let (waiting, _) = place.run("link review --export -");
        let candidates = waiting.lines().skip(1).count();
        assert_eq!(candidates, if expected.is_empty() { 2 } else { 0 }, "{text} {waiting}");
    }
}

#[test]
fn extract_ties_to_vocabularies_that_the_user_names_and_to_no_others() {
    let place = Place::new();
    place.run("link load bodies.csv sea.ttl");
    let (bare, _) = place.run("extract text.txt");
    assert!(!bare.contains("example.org/b/") && !bare.contains("\"type\":\"topic\""), "{bare}");
    let (tied, _) = place.run("extract text.txt --vocabularies rapporteur-store/vocabularies");
    assert!(tied.contains("\"iri\":\"https://example.org/b/1\"") && tied.contains("\"type\":\"topic\""), "{tied}");
    assert!(tied.contains("\"candidates\":[{\"iri\":\"https://example.org/b/2\""), "{tied}");
    let (code, _, errors) = place.try_run("extract text.txt --vocabularies nowhere");
    assert!(code == 2 && errors.contains("R0717"), "{errors}");
}

#[test]
fn a_named_folder_of_vocabularies_must_be_there() {
    let place = Place::new();
    place.run("add text.txt");
    place.run("link load bodies.csv sea.ttl --vocabularies vocabularies");
    place.run("link run --vocabularies vocabularies");
    let before = place.ties("/links/bodies");
    assert!(!before.is_empty());
    for line in ["link run --vocabularies vocabulary", "add text.txt --vocabularies vocabulary"] {
        let (code, _, errors) = place.try_run(line);
        assert!(code == 2 && errors.contains("R0717") && errors.contains("no folder vocabulary"), "{line}: {errors}");
        assert_eq!(place.ties("/links/bodies"), before, "{line}");
    }
}
