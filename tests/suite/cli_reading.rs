//! Commands that read texts as typed: coverage, one's own rules, evaluation against a saved result.

use std::fs;

use assert_cmd::Command;
use tempfile::TempDir;

const TEXT: &str = "---\ntitle: Statement by Luxembourg\nspeaker: Representative of Luxembourg\nrepresents: Luxembourg\n---\n\n\
                    Luxembourg supports the important work of the Ad Hoc Committee in its new phase.\n\nThe lake lay still in the morning.\n\nWe cheer the Expert Group.\n";

const RULE: &str = "[[rule]]\ncode = \"my.cheer\"\nsays = \"Who cheers supports.\"\nrelation = \"supports\"\non = \"verb: cheer\"\nsubject = \"subject\"\nobject = \"object\"\n";

/// A folder with the text and a folder of one rule.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), TEXT).unwrap();
    fs::create_dir(folder.path().join("mine")).unwrap();
    fs::write(folder.path().join("mine/cheer.toml"), RULE).unwrap();
    folder
}

/// Exit code, standard output, standard error.
fn typed(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("rapporteur").unwrap();
    command.current_dir(folder.path()).env_remove("RAPPORTEUR_STORE").env("COLUMNS", "70");
    let output = command.args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn coverage_shows_sentences_with_their_relations() {
    let folder = folder();
    let (code, out, err) = typed(&folder, &["coverage", "a.md"]);
    assert_eq!(code, 0, "{err}");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "a.md");
    assert!(lines[1].starts_with("     7   1  Luxembourg supports the important work"), "{out}");
    assert!(lines[1].ends_with("  supports") && lines.iter().all(|line| line.chars().count() <= 70), "{out}");
    assert_eq!(lines[2], "     9   –  The lake lay still in the morning.");
    assert!(lines[4].starts_with("1 of 3 sentences gave claims (33 %); "), "{out}");
    let missing = typed(&folder, &["coverage", "--missing", "a.md"]).1;
    assert!(!missing.contains("Luxembourg supports") && missing.contains("The lake"), "{missing}");
    let json: serde_json::Value = serde_json::from_str(&typed(&folder, &["coverage", "-f", "json", "a.md"]).1).unwrap();
    assert_eq!(json[0]["covered"], 1);
    assert_eq!(json[0]["list"][0]["relations"][0], "supports");
    let start = TEXT.find("Luxembourg supports").unwrap();
    assert_eq!(json[0]["list"][0]["start"], start);
}

#[test]
fn explain_tells_which_rules_spoke_lost_and_kept_silent() {
    let folder = folder();
    let (code, out, err) = typed(&folder, &["explain", "a.md", "7", "--all"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("7  Luxembourg supports the important work"), "{out}");
    assert!(out.contains("spoke   position.supports") && out.contains("on “supports”; "), "{out}");
    assert!(out.contains("silent  ") && out.lines().all(|line| line.chars().count() <= 70), "{out}");
    let shorter = typed(&folder, &["explain", "a.md", "7"]).1;
    assert!(shorter.lines().count() < out.lines().count(), "{shorter}");
    let block = typed(&folder, &["explain", "a.md", "3"]).1;
    assert!(block.contains("frame.delivered-by") && block.contains("by the title block"), "{block}");
    assert!(typed(&folder, &["explain", "a.md", "99"]).2.contains("line 99"));
    let lost = typed(&folder, &["explain", "a.md", "11", "--rules", "mine"]).1;
    assert!(lost.contains("spoke   my.cheer"), "{lost}");
}

#[test]
fn own_rules_join_those_that_ship() {
    let folder = folder();
    let (_, out, err) = typed(&folder, &["extract", "a.md", "--rules", "mine"]);
    assert!(out.contains("\"my.cheer\"") && out.contains("\"position.supports\""), "{err}");
    assert!(typed(&folder, &["coverage", "a.md", "--rules", "mine"]).1.contains("2 of 3 sentences"));
    typed(&folder, &["add", "a.md"]);
    let (code, _, err) = typed(&folder, &["add", "a.md", "--rules", "mine"]);
    assert!(code == 0 && err.contains("replaces what was stored"), "{err}");
    assert!(typed(&folder, &["stats"]).1.contains("coverage   2 of 3 sentences gave claims (67 %)"));
}

#[test]
fn a_relation_and_a_rule_for_it_come_from_a_folder() {
    let folder = folder();
    let ontology = "@prefix rap: <https://w3id.org/rapporteur/ontology#> .\n\
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
        <https://example.org/terms/cheersFor> a <http://www.w3.org/2002/07/owl#ObjectProperty> ;\n\
        rdfs:subPropertyOf rap:supports ; rdfs:label \"cheers for\"@en ; rap:deniedLabel \"does not cheer for\"@en .\n";
    fs::write(folder.path().join("mine/own.ttl"), ontology).unwrap();
    let rule = RULE.replace("relation = \"supports\"", "relation = \"cheersFor\"");
    assert!(rule.contains("cheersFor"));
    fs::write(folder.path().join("mine/cheer.toml"), rule).unwrap();
    let (code, out, err) = typed(&folder, &["extract", "a.md", "--rules", "mine"]);
    assert!(code == 0 && out.contains("\"predicate\":\"cheersFor\""), "{err}{out}");
    assert!(typed(&folder, &["add", "a.md", "--rules", "mine"]).0 == 0);
    let (code, out, err) = typed(&folder, &["query", "positions", "--format", "markdown"]);
    assert!(code == 0 && out.contains("cheers for"), "{err}{out}");
    let (code, out, err) = typed(&folder, &["check"]);
    assert_eq!(code, 0, "{err}{out}");
    let (code, out, err) = typed(&folder, &["export", "--format", "dot", "--relation", "cheersFor"]);
    assert!(code == 0 && out.contains("cheers for"), "{err}{out}");
}

#[test]
fn the_open_relation_keeps_its_verb_and_stays_out_unless_asked_for() {
    let folder = folder();
    fs::write(folder.path().join("mine/cheer.toml"), RULE.replace("\"supports\"", "\"other\"")).unwrap();
    let (code, out, err) = typed(&folder, &["extract", "a.md", "--rules", "mine"]);
    assert!(code == 0 && out.contains("\"predicate\":\"other\"") && out.contains("\"verb\":\"cheer\""), "{err}{out}");
    assert_eq!(typed(&folder, &["add", "a.md", "--rules", "mine"]).0, 0);
    let rows = |arguments: &[&str]| typed(&folder, arguments).1;
    let verbs = rows(&["query", "verbs", "--format", "csv"]);
    assert!(verbs.contains(",cheer,") && verbs.lines().count() == 2, "{verbs}");
    assert_eq!(rows(&["query", "verbs", "verb=boo", "--format", "csv"]).lines().count(), 1);
    assert!(!rows(&["query", "claims", "--format", "csv"]).contains("cheer"));
    assert!(!rows(&["export", "--format", "dot"]).contains("cheers"));
    let asked = rows(&["export", "--format", "dot", "--relation", "other"]);
    assert!(asked.contains("cheers"), "{asked}");
    assert!(!rows(&["export", "--format", "nt"]).contains("#other> <"), "no direct edge");
    let (code, out, err) = typed(&folder, &["check"]);
    assert_eq!(code, 0, "{err}{out}");
}

#[test]
fn own_names_join_the_catalogue() {
    let folder = folder();
    fs::create_dir_all(folder.path().join("seeds/catalogue")).unwrap();
    let names = "@prefix rap: <https://w3id.org/rapporteur/ontology#> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
                 <https://w3id.org/rapporteur/id/body/lake-board> a rap:UNBody ; skos:prefLabel \"Zurbel\"@en .\n";
    fs::write(folder.path().join("seeds/catalogue/own.ttl"), names).unwrap();
    fs::write(folder.path().join("b.md"), "Luxembourg supports Zurbel.\n").unwrap();
    let (code, out, err) = typed(&folder, &["extract", "b.md", "--seeds", "seeds"]);
    assert!(code == 0 && out.contains("body/lake-board"), "{err}{out}");
}

#[test]
fn faults_in_own_rules_are_told_with_their_place() {
    let folder = folder();
    for (from, to, expected) in [
        ("supports\"", "suports\"", "error R0624: mine/cheer.toml:4: there is no relation `suports`"),
        ("subject =", "subjct =", "error R0621: mine/cheer.toml:6: a rule has no key `subjct`"),
        (
            "object = ",
            "object_kinds = [\"Tretay\"]\nobject = ",
            "error R0624: mine/cheer.toml:7: there is no kind `Tretay`",
        ),
    ] {
        fs::write(folder.path().join("mine/cheer.toml"), RULE.replace(from, to)).unwrap();
        let (code, out, err) = typed(&folder, &["extract", "a.md", "--rules", "mine"]);
        assert!(code == 3 && out.is_empty(), "{err}");
        assert!(err.starts_with(expected), "{err}");
        assert!(err.contains("did you mean `"), "{err}");
    }
    let (code, _, err) = typed(&folder, &["extract", "a.md", "--rules", "nowhere"]);
    assert_eq!((code, err.as_str()), (3, "error R0100: cannot read nowhere: there is no such file\n"));
}

#[test]
fn a_saved_result_shows_what_a_change_gained_and_lost() {
    let folder = folder();
    let gold = folder.path().join("gold/a");
    fs::create_dir_all(&gold).unwrap();
    let at = |words: &str| (TEXT.find(words).unwrap(), TEXT.find(words).unwrap() + words.len());
    let (state, group, said) = (at("We"), at("Expert Group"), at("We cheer the Expert Group"));
    fs::write(gold.join("meta.json"), "{\"source\": \"a.md\"}").unwrap();
    let mention = |(start, end): (usize, usize), kind, id| {
        format!(
            "{{\"start\": {start}, \"end\": {end}, \"surface\": \"{}\", \"type\": \"{kind}\", \"class\": \"named\", \"canonical\": \"{id}\"}}\n",
            &TEXT[start..end]
        )
    };
    let mentions = [mention(state, "State", "luxembourg"), mention(group, "ExpertGroup", "expert-group")].concat();
    fs::write(gold.join("mentions.jsonl"), mentions).unwrap();
    let end = |id| format!("{{\"kind\": \"entity\", \"id\": \"{id}\"}}");
    let relation = format!(
        "{{\"tier\": \"core\", \"subject\": {}, \"predicate\": \"supports\", \"object\": {}, \"start\": {}, \"end\": {}, \"evidence\": \"\"}}\n",
        end("luxembourg"),
        end("expert-group"),
        said.0,
        said.1
    );
    fs::write(gold.join("relations.jsonl"), relation).unwrap();
    let names = "{\"canonical\": \"luxembourg\", \"label\": \"Luxembourg\"}\n{\"canonical\": \"expert-group\", \"label\": \"Expert Group\"}\n";
    fs::write(gold.join("entities.jsonl"), names).unwrap();
    let evaluate = ["evaluate", "gold", "--corpus", "."];
    let (code, _, err) = typed(&folder, &[&evaluate[..], &["--save", "old"]].concat());
    assert!(code == 0 && folder.path().join("old/a.jsonl").exists(), "{err}");
    let (_, same, _) = typed(&folder, &[&evaluate[..], &["--diff", "old"]].concat());
    assert!(same.contains("CHANGES      +0 right, -0 right, +0 wrong, -0 wrong"), "{same}");
    let (_, out, _) = typed(&folder, &[&evaluate[..], &["--diff", "old", "--rules", "mine"]].concat());
    assert!(out.contains("CHANGES      +1 right, -0 right, +0 wrong, -0 wrong"), "{out}");
    assert!(out.contains("gained right  ") && out.contains("▌We cheer the Expert Group▐."), "{out}");
}

#[test]
fn where_a_file_lies_changes_nothing_that_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("deep/down")).unwrap();
    for path in ["a.txt", "deep/down/a.txt"] {
        fs::write(folder.path().join(path), "Mr. Chair, Fiji supports the Convention.\n").unwrap();
    }
    let graph = |store: &str, path: &str| {
        typed(&folder, &["add", "-s", store, path]);
        typed(&folder, &["export", "-s", store, "-f", "nq"]).1
    };
    let graph_here = graph("one", "a.txt");
    assert!(!graph_here.is_empty() && graph_here == graph("other", "deep/down/a.txt"), "{graph_here}");
}

#[test]
fn codes_are_listed_and_told() {
    let folder = folder();
    let (code, out, _) = typed(&folder, &["codes"]);
    assert!(code == 0 && out.starts_with("CODE   EXIT MEANS\nR0100  3    a file cannot be read\n"), "{out}");
    assert!(
        out.contains("\nR0402  2    the file is there already\n            try: use --force to replace it\n"),
        "{out}"
    );
    let (code, out, _) = typed(&folder, &["codes", "r0501"]);
    assert!(code == 0 && out == "R0501  there is no store in the directory\nexit   5 (store trouble)\n", "{out}");
    let (code, _, err) = typed(&folder, &["codes", "R9999"]);
    assert!(
        code == 2 && err == "error R0449: no error or finding has the code R9999\n  all of them: rapporteur codes\n",
        "{err}"
    );
}
