//! Vocabularies whose file is altered or cut: no answer is ever a wrong one, the others go on, and it is said which is damaged.

use std::fs;
use std::path::PathBuf;

use rapporteur::link::normal::Key;
use rapporteur::link::vocabulary::Shelf;
use rapporteur::vocabularies::Folder;
use tempfile::TempDir;

use crate::typed::typed;

const TEXT: &str = "Statement by Fiji at the fifth session of the Committee on Water, 3 May 2011\n\n\
    We support the International Lighthouse Union and its work on harbour safety in Suva.\n";

fn say(place: &TempDir, line: &str) -> (i32, String, String) {
    typed(place, &line.split(' ').collect::<Vec<_>>())
}

/// A folder with a text and two vocabularies of many names.
fn place() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| fs::write(place.path().join(name), text).unwrap();
    let table = |name: &str, first: &str| {
        let row = |at: usize| format!("https://example.org/{name}/{at},{name} authority of the port number {at}\n");
        format!("iri,label\nhttps://example.org/{name}/x,{first}\n{}", (0..300).map(row).collect::<String>())
    };
    write("ports.csv", table("ports", "International Lighthouse Union"));
    write("seas.csv", table("seas", "Suva Bay"));
    write("a.txt", TEXT.to_owned());
    for name in ["ports", "seas"] {
        let (code, _, errors) = say(&place, &format!("link load {name}.csv --kind organisation --vocabularies v"));
        assert_eq!(code, 0, "{errors}");
    }
    place
}

fn file(place: &TempDir) -> PathBuf {
    place.path().join("v/ports.vocabulary")
}

/// What both vocabularies answer to many questions, or that one is damaged.
fn answers(place: &TempDir) -> (Vec<String>, Vec<String>) {
    let shelf = Folder::open(&place.path().join("v")).unwrap();
    let mut told = [Vec::new(), Vec::new()];
    for vocabulary in shelf.vocabularies() {
        let told = &mut told[usize::from(vocabulary.card().scheme == "seas")];
        let mut hits = vocabulary.find("International Lighthouse Union");
        for name in ["ports authority of the port number 7", "Suva Bay", "seas authority of the port number 299"] {
            hits.extend(vocabulary.find(name));
            told.push(format!("{}", vocabulary.knows(&Key::of(name))));
        }
        hits.extend(vocabulary.near("Internatoinal Lighthouse Union"));
        hits.extend(vocabulary.near("Suva Bayy"));
        hits.extend(vocabulary.starting("ports authority", 5));
        for hit in hits {
            let concept = vocabulary.concept(hit.concept).map(|concept| concept.iri);
            let iri = concept.as_deref().and_then(|iri| vocabulary.by_iri(iri)).map(|concept| concept.number);
            let names: Vec<String> = vocabulary.labels(hit.concept).into_iter().map(|label| label.text).collect();
            let broader = vocabulary.broader(hit.concept);
            told.push(format!("{hit:?} {concept:?} {iri:?} {names:?} {} {broader:?}", vocabulary.name(hit.concept)));
        }
    }
    let [mut ports, seas] = told;
    if !shelf.damaged().is_empty() {
        ports = vec!["damaged".to_owned()];
    }
    (ports, seas)
}

#[test]
fn altered_bytes_anywhere_are_told_or_change_nothing() {
    let place = place();
    let whole = fs::read(file(&place)).unwrap();
    let (sound, others) = answers(&place);
    assert!(sound.len() >= 6 && others.len() >= 6, "{sound:?} {others:?}");
    let rounds: usize = std::env::var("ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(600);
    let (mut told, mut same) = (0, 0);
    for round in 0..rounds {
        let mut bytes = whole.clone();
        let at = (round * 7919 + round / 3) % bytes.len();
        match round % 3 {
            0 => bytes[at] ^= 1 << (round % 8),
            1 => {
                let end = (at + 512).min(bytes.len());
                bytes[at..end].fill(0);
            }
            _ => bytes.truncate(at),
        }
        if bytes == whole {
            continue;
        }
        fs::remove_file(file(&place)).unwrap();
        fs::write(file(&place), bytes).unwrap();
        let (ports, seas) = answers(&place);
        assert_eq!(seas, others, "round {round}: the other vocabulary goes on");
        match ports == ["damaged"] {
            true => told += 1,
            false => {
                assert_eq!(ports, sound, "round {round}: another answer");
                same += 1;
            }
        }
    }
    println!("{rounds} altered files: {told} told, {same} not touched by what was asked");
    assert!(told > rounds / 2);
}

#[test]
fn a_damaged_vocabulary_costs_its_own_links_and_nothing_else() {
    let place = place();
    let whole = fs::read(file(&place)).unwrap();
    let count = |word: &str| {
        let (_, out, _) = say(&place, "export -s s --graph all -f nq");
        out.lines().filter(|line| line.contains(word)).count()
    };
    assert_eq!(say(&place, "add a.txt -s s --vocabularies v").0, 0);
    let links = count("example.org/ports/x");
    assert!(links > 0);
    for harm in [whole[..whole.len() / 2].to_vec(), Vec::new(), b"of another version".to_vec()] {
        fs::write(file(&place), harm).unwrap();
        let (code, out, errors) = say(&place, "link list --vocabularies v");
        assert!(code == 4 && out.contains("seas") && errors.contains("without the vocabulary ports"), "{errors}");
        // Nothing is tied anew without it: its links would go.
        let (code, _, errors) = say(&place, "link run -s s --vocabularies v");
        assert!(code == 5 && errors.contains("R0711") && errors.contains("link drop ports"), "{errors}");
        let (code, _, errors) = say(&place, "add a.txt -s s --vocabularies v");
        assert!(code == 4 && errors.contains("load it again"), "{errors}");
        assert_eq!(count("example.org/ports/x"), links);
        // What is new is tied to the rest.
        assert_eq!(say(&place, "add a.txt -s t --vocabularies v").0, 4);
        assert_eq!(say(&place, "check -s t").0, 0);
        let (code, out, _) = say(&place, "link look Suva --vocabularies v");
        assert!(code == 4 && !out.contains("ports"), "{out}");
        assert_eq!(say(&place, "extract a.txt --vocabularies v").0, 4);
    }
    assert_eq!(say(&place, "link load ports.csv --kind organisation --vocabularies v").0, 0);
    assert_eq!(say(&place, "link run -s s --vocabularies v").0, 0);
    assert_eq!(count("example.org/ports/x"), links);
}
