//! `rapporteur export` as typed: formats, files, and what it says when it cannot.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use rapporteur::export::Format;
use tempfile::TempDir;

/// A folder with a store of the two invented statements.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/two-documents.nq");
    let loaded = rapporteur(&folder).arg("load").arg(fixture).output().unwrap();
    assert!(loaded.status.success(), "{}", String::from_utf8_lossy(&loaded.stderr));
    folder
}

fn rapporteur(folder: &TempDir) -> Command {
    let mut command = Command::cargo_bin("rapporteur").unwrap();
    command.current_dir(folder.path()).env_remove("RAPPORTEUR_STORE");
    command
}

/// Exit code, standard output, standard error.
fn export(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let output = rapporteur(folder).arg("export").args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn fixture(name: &str) -> String {
    fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

/// The quads of the fixture, which lie there graph by graph.
fn sorted_quads() -> String {
    let text = fixture("two-documents.nq");
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines.dedup();
    lines.join("\n") + "\n"
}

#[test]
fn turtle_goes_to_standard_output_unless_told_otherwise() {
    let folder = folder();
    let (code, out, err) = export(&folder, &[]);
    assert!(code == 0 && out == fixture("two-documents.ttl"), "{err}");
    assert!(err.starts_with("wrote ") && err.contains("triples, the union of"), "{err}");
    assert_eq!(export(&folder, &["--quiet", "-o", "-"]).2, "");
}

#[test]
fn the_name_of_the_file_or_the_flag_decides_the_format() {
    let folder = folder();
    for (arguments, file, like) in [
        (vec!["-o", "a.jsonld"], "a.jsonld", "two-documents.jsonld"),
        (vec!["-o", "b.gv"], "b.gv", "two-documents.dot"),
        (vec!["-o", "c", "-f", "application/rdf+xml"], "c", "two-documents.rdf"),
        (vec!["-o", "d"], "d", "two-documents.ttl"),
    ] {
        let (code, out, err) = export(&folder, &arguments);
        assert_eq!((code, out.as_str()), (0, ""), "{err}");
        assert!(fs::read_to_string(folder.path().join(file)).unwrap() == fixture(like), "{file}");
        assert!(err.starts_with(&format!("wrote {file}: ")), "{err}");
    }
    assert!(export(&folder, &["-f", "nq"]).1 == sorted_quads());
}

#[test]
fn what_was_exported_can_be_loaded_and_exported_again_to_the_same_bytes() {
    let folder = folder();
    for format in ["ttl", "trig", "nt", "nq", "jsonld", "rdf"] {
        let (_, first, _) = export(&folder, &["-f", format]);
        let (file, store) = (format!("again.{format}"), format!("store-{format}"));
        fs::write(folder.path().join(&file), &first).unwrap();
        rapporteur(&folder).args(["load", "-s", &store, &file]).assert().success();
        assert!(export(&folder, &["-s", &store, "-f", format]).1 == first, "{format}");
    }
}

#[test]
fn a_file_is_replaced_only_by_force_and_only_whole() {
    let folder = folder();
    let file = folder.path().join("graph.ttl");
    fs::write(&file, "mine").unwrap();
    let (code, _, err) = export(&folder, &["-o", "graph.ttl"]);
    assert_eq!((code, err.as_str()), (2, "error R0402: graph.ttl exists\n  use --force to replace it\n"));
    let (code, ..) = export(&folder, &["-o", "graph.ttl", "--force", "--graph", "nowhere"]);
    assert_eq!((code, fs::read_to_string(&file).unwrap().as_str()), (3, "mine"));
    let (code, ..) = export(&folder, &["-o", "graph.ttl", "--force"]);
    assert!(code == 0 && fs::read_to_string(&file).unwrap() == fixture("two-documents.ttl"));
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn compressed_files_have_the_same_bytes_each_time() {
    let folder = folder();
    export(&folder, &["-o", "a.nq.gz"]);
    export(&folder, &["-o", "b.nq.gz"]);
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(read("a.nq.gz"), read("b.nq.gz"));
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(read("a.nq.gz").as_slice()), &mut text).unwrap();
    assert!(text == sorted_quads());
}

#[test]
fn what_cannot_be_done_is_said_with_what_to_try() {
    let folder = folder();
    fs::create_dir(folder.path().join("out.ttl")).unwrap();
    for (arguments, code, expected) in [
        (
            &["-o", "graph.xyz"][..],
            2,
            "error R0401: do not know the format “.xyz”\n  known: ttl trig nt nq jsonld rdf dot svg png html md mmd gexf graphml yed cyjs cx2 jsonl neo4j gephi obsidian bib csl nanopub csv\n",
        ),
        (
            &["-f", "turtel"],
            2,
            "error R0401: do not know the format “turtel”\n  did you mean  ttl ?\n  known: ttl trig nt nq jsonld rdf dot svg png html md mmd gexf graphml yed cyjs cx2 jsonl neo4j gephi obsidian bib csl nanopub csv\n",
        ),
        (&["-o", "no/graph.ttl"], 3, "error R0404: cannot write no/graph.ttl: there is no folder no\n"),
        (&["-o", "out.ttl"], 3, "error R0404: cannot write out.ttl: it is a folder\n"),
        (
            &["-f", "dot", "--focus", "Ruritanai"],
            3,
            "error R0311: no entity called “Ruritanai”\n  did you mean  Ruritania (State, 2 documents), ruritania-2022 (statement, 1 document), ruritania-2020 (statement, 1 document) ?\n  search with   rapporteur show \"Ru*\"\n",
        ),
        (
            &["--focus", "Ruritania"],
            2,
            "error R0408: --focus is for drawings and graph files, and Turtle is neither\n  say --format dot, gexf, graphml …; rapporteur export formats lists them\n",
        ),
        (&["-f", "dot", "--kind", "Place"], 3, "error R0409: nothing to draw: no claim ties two things together\n"),
        (
            &["--graph", "http://example.org/"],
            3,
            "error R0405: nothing to write: no graph <http://example.org/>\n  graphs here: catalogue, ontology, \
             doc/5ec2eb0bebf5842b, doc/5ec2eb0bebf5842b/evidence, doc/ccf56e34d4ef37ab, doc/ccf56e34d4ef37ab/evidence, \
             links/eurovoc, links/un-symbol and 4 more\n",
        ),
    ] {
        let (exit, out, err) = export(&folder, arguments);
        assert_eq!((exit, out.as_str(), err.as_str()), (code, "", expected), "{arguments:?}");
    }
    let (code, _, err) = export(&folder, &["-f", "dot", "--min-confidence", "60"]);
    assert_eq!(code, 2);
    assert!(err.contains("a confidence is a number from 0 to 1"), "{err}");
}

#[test]
fn evidence_may_stay_at_home() {
    let folder = folder();
    let (_, none, _) = export(&folder, &["--evidence", "none"]);
    assert!(!none.contains("#char=") && !none.contains("rap:quote"));
    let (_, full, _) = export(&folder, &["--evidence", "full"]);
    assert!(full.contains("a oa:Annotation ;") && full.contains("oa:exact"));
}

#[test]
fn a_page_has_the_texts_the_quotes_or_none_of_them() {
    let folder = folder();
    let text = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/statements/iran-2021-04-expert-group.md");
    let added = rapporteur(&folder).arg("add").arg(text).output().unwrap();
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    let page = |evidence: &[&str]| {
        let (code, out, err) = export(&folder, &[&["-f", "html"], evidence].concat());
        assert_eq!(code, 0, "{err}");
        out
    };
    let (whole, short, none) = (page(&[]), page(&["--evidence", "short"]), page(&["--evidence", "none"]));
    assert!(whole.contains("\"pieces\"") && whole == page(&["--evidence", "full"]));
    assert!(!short.contains("\"pieces\"") && short.len() + 2000 < whole.len());
    let quotes = |page: &str| page.matches("\"text\":\"").count() - page.matches("\"text\":\"\"").count();
    assert!(quotes(&short) > 5 && quotes(&none) == 0, "{} {}", quotes(&short), quotes(&none));
}

#[test]
fn pictures_are_drawn_without_another_program() {
    let folder = folder();
    let (code, _, err) = export(&folder, &["-o", "a.png", "--dark", "--scale", "1"]);
    assert_eq!(code, 0, "{err}");
    assert!(fs::read(folder.path().join("a.png")).unwrap().starts_with(b"\x89PNG"));
    let (code, _, err) = export(&folder, &["-f", "png", "--scale", "0"]);
    assert!(code == 2 && err.contains("a scale is a number from 0.1 to 8"), "{err}");
    let (code, _, err) = export(&folder, &["-f", "ttl", "--dark"]);
    assert!(code == 2 && err.contains("--dark"), "{err}");
}

#[test]
fn formats_lists_all() {
    let (code, out, _) = export(&folder(), &["formats"]);
    assert_eq!((code, out.lines().count()), (0, 1 + Format::ALL.len()));
}

#[cfg(unix)]
#[test]
fn devices_are_written_and_not_replaced() {
    use std::os::unix::fs::FileTypeExt;
    let folder = folder();
    if Path::new("/dev/full").exists() {
        let (code, _, err) = export(&folder, &["-o", "/dev/full", "-f", "ttl", "--force"]);
        assert_eq!((code, err.as_str()), (3, "error R0404: cannot write /dev/full: no space left on device\n"));
    }
    assert_eq!(export(&folder, &["-o", "/dev/null", "-f", "ttl"]).0, 0);
    assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
}

/// More lines than a pipe holds.
fn much(folder: &TempDir) {
    let line = |number| format!("<http://x.org/{number}> <http://x.org/p> \"{}\" <http://x.org/g> .\n", "x".repeat(90));
    fs::write(folder.path().join("much.nq"), (0..5000).map(line).collect::<String>()).unwrap();
    rapporteur(folder).args(["load", "much.nq"]).assert().success();
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let folder = folder();
    much(&folder);
    for arguments in [
        &["export", "-f", "nq"][..],
        &["export", "-f", "ttl"],
        &["export", "-f", "jsonld"],
        &["convert", "much.nq", "-f", "nq"],
        &["convert", "much.nq", "-f", "nt", "--sort"],
        &["convert", "much.nq", "-f", "rdf"],
    ] {
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("rapporteur"))
            .current_dir(folder.path())
            .args(arguments)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 8];
        std::io::Read::read_exact(&mut child.stdout.take().unwrap(), &mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let folder = folder();
    much(&folder);
    for arguments in [
        &["export", "-f", "nq"][..],
        &["export", "-f", "gexf"],
        &["convert", "much.nq", "-f", "nt"],
        &["convert", "much.nq"],
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = std::process::Command::new(assert_cmd::cargo::cargo_bin!("rapporteur"))
            .current_dir(folder.path())
            .args(arguments)
            .stdout(full)
            .output()
            .unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        let expected = "error R0404: cannot write: no space left on device\n";
        assert_eq!((output.status.code(), err.as_str()), (Some(3), expected), "{arguments:?}");
    }
    let (code, _, err) = export(&folder, &["-o", "/dev/full", "-f", "nq", "--force"]);
    assert_eq!((code, err.as_str()), (3, "error R0404: cannot write /dev/full: no space left on device\n"));
}

#[test]
fn a_site_has_folders_and_leaves_ones_own_files_in_them() {
    let folder = folder();
    let site = |arguments: &[&str]| {
        let output = rapporteur(&folder).args(["site", "-o"]).args(arguments).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, err) = site(&["pages"]);
    assert_eq!(code, 0, "{err}");
    let pages = folder.path().join("pages");
    assert!(pages.join("index.html").is_file() && pages.join("id").is_dir(), "{err}");
    assert_eq!(site(&["pages"]).0, 2, "it is there already");
    fs::write(pages.join("id/own"), "mine").unwrap();
    fs::create_dir(pages.join("more")).unwrap();
    fs::write(pages.join("more/own"), "mine").unwrap();
    assert_eq!(site(&["pages", "--force"]).0, 0);
    assert!(["id/own", "more/own"].iter().all(|name| fs::read(pages.join(name)).unwrap() == b"mine"));
    // A file where a folder must go.
    fs::create_dir(folder.path().join("odd")).unwrap();
    fs::write(folder.path().join("odd/id"), "mine").unwrap();
    let (code, err) = site(&["odd", "--force"]);
    assert_eq!((code, err.as_str()), (3, "error R0404: cannot write odd: id in it is a file\n"));
    assert_eq!(fs::read(folder.path().join("odd/id")).unwrap(), b"mine");
}

#[test]
fn a_folder_is_written_whole_or_not_at_all() {
    let folder = folder();
    let names = |path: &Path| {
        let mut names: Vec<_> =
            fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    };
    let tables = ["README.txt", "datapackage.json", "edges.csv", "nodes.csv"];
    assert_eq!(export(&folder, &["-f", "neo4j", "-o", "new/tables"]).0, 0);
    assert_eq!(names(&folder.path().join("new/tables")), tables);
    fs::write(folder.path().join("new/tables/own"), "mine").unwrap();
    let (code, _, err) = export(&folder, &["-f", "neo4j", "-o", "new/tables"]);
    assert_eq!((code, err.as_str()), (2, "error R0402: new/tables exists\n  use --force to replace it\n"));
    assert_eq!(export(&folder, &["-f", "gephi", "-o", "new/tables", "--force"]).0, 0);
    assert_eq!(names(&folder.path().join("new/tables")), [&tables[..], &["own"]].concat());
    let (code, _, err) = export(&folder, &["-f", "gephi", "-o", "new/tables/own", "--force"]);
    assert_eq!((code, err.as_str()), (3, "error R0404: cannot write new/tables/own: it is a file\n"));
    // A folder where a file must go: the tables that could have gone do not.
    fs::create_dir_all(folder.path().join("odd/nodes.csv")).unwrap();
    let (code, _, _) = export(&folder, &["-f", "gephi", "-o", "odd", "--force"]);
    assert_eq!((code, names(&folder.path().join("odd"))), (3, vec!["nodes.csv".to_owned()]));
    assert_eq!(names(folder.path()), ["new", "odd", "rapporteur-store"]);
}

/// Two texts call one government otherwise; together they give it one preferred name a language, in lines that are passed
/// on and in graphs that are held.
#[test]
fn a_thing_has_one_preferred_label_in_a_graph_of_many_texts() {
    let folder = tempfile::tempdir().unwrap();
    for (name, words) in [("a.txt", "The Government of Togo"), ("b.txt", "The Togolese Government")] {
        let text = format!("Statement by Togo\n\n{words} supports the Paris Agreement.\n");
        fs::write(folder.path().join(name), text).unwrap();
    }
    assert_eq!(rapporteur(&folder).args(["add", "a.txt", "b.txt", "-s", "s"]).output().unwrap().status.code(), Some(0));
    let lines = |arguments: &[&str]| {
        let out = rapporteur(&folder).args(["export", "-s", "s"]).args(arguments).output().unwrap();
        assert_eq!(out.status.code(), Some(0), "{arguments:?}");
        String::from_utf8(out.stdout).unwrap()
    };
    for format in ["nt", "nq"] {
        let streamed = lines(&["-f", format]);
        // What goes beside the claims makes the graph be held.
        let held = lines(&["-f", format, "--edges", "all"]);
        for text in [&streamed, &held] {
            let labels = |property: &str| {
                let start = format!(
                    "<https://w3id.org/rapporteur/id/body/tgo-government> <http://www.w3.org/2004/02/skos/core#{property}> "
                );
                let words = text.lines().filter_map(|line| line.strip_prefix(start.as_str())?.split('"').nth(1));
                words.collect::<BTreeSet<_>>()
            };
            assert_eq!((labels("prefLabel").len(), labels("altLabel").len()), (1, 1), "{text}");
        }
    }
}
