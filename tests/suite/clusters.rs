//! Work shared out among machines: a filter for many documents, and their findings merged into the store that one machine would
//! have written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::typed::{rapporteur, typed};

const COUNTRIES: [&str; 6] = ["Fiji", "Peru", "Kenya", "Norway", "Chile", "Ghana"];

fn words(country: &str) -> String {
    format!(
        "Statement by the Representative of {country} at the fifth session of the Committee on Water\nGeneva, 3 May 2011\n\n\
         Mr. Chair, my delegation supports the work of the Committee on Water. The Government of {country} established the \
         Harbour Police in 2014. We may condemn the attack on the Lighthouse Union.\n"
    )
}

/// A folder with the texts, one of them a page, and a store `one` of all of them.
fn place() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir(place.path().join("texts")).unwrap();
    for country in COUNTRIES {
        fs::write(place.path().join(format!("texts/{country}.txt")), words(country)).unwrap();
    }
    let page = "<!DOCTYPE html><html><head><title>Statement of Elbonia</title></head><body><h1>Statement of Elbonia</h1>\
        <p>Mr. Chair, France strongly supports the work of the Expert Group, and thanks the Secretariat.</p></body></html>";
    fs::write(place.path().join("texts/page.html"), page).unwrap();
    // Named as a stream calls what it says of its texts.
    fs::write(place.path().join("stream"), "file,title\nPeru.txt,Peru at sea\n").unwrap();
    done(&place, "add texts --meta stream -s one");
    place
}

fn done(place: &TempDir, line: &str) -> (String, String) {
    let (code, out, err) = typed(place, &line.split(' ').collect::<Vec<_>>());
    assert_eq!(code, 0, "{line}: {err}");
    (out, err)
}

/// The program's answer to lines on standard input.
fn piped(place: &TempDir, line: &str, input: &str) -> (i32, String, String) {
    let output = rapporteur(place).args(line.split(' ')).write_stdin(input).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// A stream of documents: of each the line that sends it.
fn requests(place: &TempDir) -> Vec<String> {
    let mut all: Vec<Value> = COUNTRIES
        .iter()
        .map(|country| json!({"id": format!("d/{country}"), "name": format!("{country}.txt"), "text": words(country)}))
        .collect();
    all[1]["title"] = "Peru at sea".into();
    let page = place.path().join("texts/page.html");
    all.push(json!({"id": 7, "path": page.to_str().unwrap()}));
    all.iter().map(|request| format!("{request}\n")).collect()
}

/// All files of a store that hold no clock, with their bytes.
fn bytes(store: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for folder in ["", "segments", "texts", "sources"] {
        for entry in
            fs::read_dir(store.join(folder)).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file())
        {
            let name = entry.file_name().into_string().unwrap();
            if !["lock", "runs.nq.gz"].contains(&name.as_str()) {
                found.insert(format!("{folder}/{name}"), fs::read(entry.path()).unwrap());
            }
        }
    }
    found
}

fn assert_same(place: &TempDir, store: &str, when: &str) {
    let (one, other) = (bytes(&place.path().join("one")), bytes(&place.path().join(store)));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&one), names(&other), "{when}");
    let differing: Vec<&String> =
        one.iter().filter(|(name, bytes)| other.get(*name) != Some(bytes)).map(|(n, _)| n).collect();
    assert!(differing.is_empty(), "{when}: {differing:?}");
}

#[test]
fn two_streams_merged_are_what_one_machine_writes() {
    let place = place();
    let requests = requests(&place);
    for format in ["store", "nq"] {
        for (half, part) in requests.chunks(4).enumerate() {
            let line = format!("extract --stream --format {format} --jobs 3");
            let (code, out, err) = piped(&place, &line, &part.concat());
            assert_eq!(code, 0, "{err}");
            fs::write(place.path().join(format!("{half}.{format}")), out).unwrap();
        }
        // In whatever order.
        done(&place, &format!("store merge 1.{format} 0.{format} -s {format}"));
        assert_same(&place, format, format);
        let (_, err) = done(&place, &format!("store merge 0.{format} 1.{format} -s {format}"));
        assert!(err.contains("7 already there"), "{err}");
        assert_same(&place, format, "merged again");
        done(&place, &format!("check -s {format}"));
    }
    let (_, out, _) = piped(&place, "extract --stream -f store", &requests.concat());
    assert_eq!(out.lines().count(), requests.len(), "a line a document");
    let (code, _, err) =
        piped(&place, "store merge - -s altered", &out.replacen("Harbour Police", "Harbour police", 1));
    assert_eq!(code, 3);
    assert!(err.contains("does not have the hash"), "{err}");
}

#[test]
fn stores_merged_are_what_one_machine_writes() {
    let place = place();
    done(&place, "add texts/Fiji.txt texts/Peru.txt texts/Kenya.txt --meta stream -s a");
    done(&place, "add texts/Kenya.txt texts/Norway.txt texts/Chile.txt texts/Ghana.txt texts/page.html -s b");
    done(&place, "store merge a b -s c");
    assert_same(&place, "c", "two stores");
    let runs = "SELECT DISTINCT ?text { ?run prov:used ?text }";
    assert_eq!(typed(&place, &["query", runs, "-s", "c", "-f", "csv"]).1.lines().count(), 8, "a run of each text");
    done(&place, "check -s c");
    let (code, _, err) = typed(&place, &["store", "merge", "c", "-s", "c"]);
    assert_eq!(code, 3, "{err}");
}

#[test]
fn nothing_that_stands_in_one_store_alone_is_lost() {
    let place = place();
    fs::write(place.path().join("mine.ttl"), "<https://x.org/a> <https://x.org/b> <https://x.org/c> .").unwrap();
    done(&place, "add texts/Fiji.txt texts/Peru.txt -s a");
    done(&place, "load mine.ttl -s a");
    fs::write(place.path().join("mine.ttl"), "<https://x.org/a> <https://x.org/b> <https://x.org/d> .").unwrap();
    done(&place, "load mine.ttl -s b");
    done(&place, "add texts/Fiji.txt texts/page.html --keep-files -s b");
    // What a reader says of a document in one store holds for it in all.
    done(&place, "document set Fiji.txt title=Ashore -s b --by Lind");
    let (_, err) = done(&place, "store merge b a -s c");
    assert!(err.contains("mine.ttl (2)") && err.contains("read again"), "{err}");
    let all =
        typed(&place, &["query", "SELECT ?o { <https://x.org/a> <https://x.org/b> ?o }", "-s", "c", "-f", "csv"]).1;
    assert_eq!(all.lines().count(), 3, "{all}");
    assert!(done(&place, "export -s c -f nq").0.contains("Ashore"));
    assert_eq!(fs::read_dir(place.path().join("c/files")).unwrap().count(), 1);
    done(&place, "check -s c");
}

#[test]
fn every_line_has_the_id_and_one_bad_document_stops_nothing() {
    let place = place();
    let mut requests = requests(&place);
    requests.insert(1, "{\"id\":\"cut\",\"text\":\"\n".to_owned());
    requests.insert(2, "\n".to_owned());
    requests.insert(3, "{\"id\":\"gone\",\"path\":\"nowhere.txt\"}\n".to_owned());
    requests.insert(4, "{\"id\":\"blank\",\"text\":\" \"}\n".to_owned());
    let (code, out, err) = piped(&place, "extract --stream --jobs 4", &requests.concat());
    assert_eq!(code, 4, "{err}");
    assert!(err.contains("3 of 10 documents could not be read"), "{err}");
    let mut ids: Vec<Value> = Vec::new();
    for line in out.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        assert!(!line["id"].is_null() && line["type"].is_string(), "{line}");
        if ids.last() != Some(&line["id"]) {
            ids.push(line["id"].clone());
        }
        if line["type"] == "error" {
            assert!(line["code"].as_str().unwrap().starts_with('R') && line["message"].is_string(), "{line}");
        }
    }
    let expected = json!(["d/Fiji", 2, "gone", "blank", "d/Peru", "d/Kenya", "d/Norway", "d/Chile", "d/Ghana", 7]);
    assert_eq!(json!(ids), expected);
    // Without the ids, they are the lines of `extract` itself.
    let plain = done(&place, "extract texts/Fiji.txt").0;
    let ours = out.lines().filter_map(|line| line.strip_prefix("{\"id\":\"d/Fiji\","));
    assert_eq!(ours.map(|line| format!("{{{line}\n")).collect::<String>(), plain);

    let (_, quads, _) = piped(&place, "extract --stream -f nq", &requests.concat());
    fs::write(place.path().join("quads.nq"), &quads).unwrap();
    assert!(quads.lines().all(|line| line.starts_with('#') || line.contains(" . # ")), "{quads}");
    done(&place, "load quads.nq -s loaded");
    let (code, _, err) = piped(&place, "extract --stream", "no\n");
    assert_eq!(code, 3, "{err}");
    let (code, out, _) = piped(&place, "extract --stream", "");
    assert_eq!((code, out.as_str()), (0, ""));
}

#[test]
fn what_cannot_be_merged_is_refused() {
    let place = place();
    let (_, findings, _) = piped(&place, "extract --stream", &requests(&place)[0]);
    let (_, other, _) = piped(&place, "extract --stream -f store --base https://x.org/", &requests(&place)[0]);
    for (input, says) in [
        (findings.as_str(), "has findings without their text"),
        ("<https://x.org/a> <https://x.org/b> <https://x.org/c> .\n", "is neither JSON nor a quad"),
        ("{\"type\":\"stored\"}\n", "does not read"),
        (other.as_str(), "https://x.org/"),
    ] {
        let (code, _, err) = piped(&place, "store merge - -s all", input);
        assert!(code != 0 && err.contains(says), "{code} {err}");
    }
}

/// A run that is stopped while it waits for a file that does not end.
#[cfg(unix)]
#[test]
fn a_run_that_was_stopped_goes_on_where_it_was() {
    use std::process::Command;
    use std::time::{Duration, Instant};

    let place = place();
    for number in 0..40 {
        fs::write(
            place.path().join(format!("texts/t{number:02}.txt")),
            format!("Norway supports proposal {number}.\n"),
        )
        .unwrap();
    }
    done(&place, "add texts --meta stream -s whole");
    let last = place.path().join("texts/z.txt");
    assert!(Command::new("mkfifo").arg(&last).status().unwrap().success());
    let files: Vec<_> = {
        let mut files: Vec<_> = fs::read_dir(place.path().join("texts")).unwrap().map(|f| f.unwrap().path()).collect();
        files.sort();
        files
    };
    let mut stopped = Command::new(rapporteur(&place).get_program());
    stopped.current_dir(place.path()).args(["add", "-s", "s", "--meta", "stream"]).args(&files);
    let mut stopped = stopped.stderr(std::process::Stdio::null()).spawn().unwrap();
    let record = place.path().join("s/run-under-way");
    let start = Instant::now();
    while fs::read_to_string(&record).map_or(0, |text| text.lines().count()) < 33 {
        assert!(start.elapsed() < Duration::from_secs(60), "nothing was noted");
        std::thread::sleep(Duration::from_millis(20));
    }
    stopped.kill().unwrap();
    stopped.wait().unwrap();
    fs::remove_file(&last).unwrap();
    let names: Vec<&str> = files.iter().filter(|file| **file != last).map(|file| file.to_str().unwrap()).collect();
    let line = format!("add -s s --meta stream --report report.csv {}", names.join(" "));
    let (_, err) = done(&place, &line);
    assert!(err.contains("32 documents of them in from a run that was stopped"), "{err}");
    assert!(!record.exists());
    let report = fs::read_to_string(place.path().join("report.csv")).unwrap();
    assert_eq!(report.matches("in from a run that was stopped").count(), 32, "{report}");
    assert_eq!(bytes(&place.path().join("whole")), bytes(&place.path().join("s")));
    // A run that ended is no run that was stopped: the texts are read again.
    assert!(!done(&place, &line).1.contains("stopped"));
}
