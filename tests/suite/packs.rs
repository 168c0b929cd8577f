//! Stores whose documents came together and lie in packs, as typed.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::typed::typed;

const TEXT: &str = "Statement by the Representative of Canada at the Third session of the Working Group on Tides
Vienna, 3 May 2022

Mr. Chair, my delegation supports the work of the Working Group on Tides. The Government of Canada established the \
Harbour Police in 2014.
";

fn say(place: &TempDir, line: &str) -> (i32, String, String) {
    typed(place, &line.split(' ').collect::<Vec<_>>())
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// A folder with twenty texts, and the store `s` that they came into together.
fn place() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir(place.path().join("texts")).unwrap();
    for day in 1..=20 {
        let text = TEXT.replace("3 May", &format!("{day} May"));
        fs::write(place.path().join(format!("texts/{day}.txt")), text).unwrap();
    }
    let (code, _, errors) = say(&place, "add texts -s s --quiet");
    assert_eq!(code, 0, "{errors}");
    place
}

#[test]
fn documents_that_come_together_lie_in_a_pack_and_answer_as_others() {
    let place = place();
    fs::create_dir(place.path().join("one")).unwrap();
    for day in 1..=20 {
        assert_eq!(say(&place, &format!("add texts/{day}.txt -s t --quiet")).0, 0);
    }
    let store = |name: &str| place.path().join(name);
    assert_eq!((names(&store("s/packs")).len(), names(&store("s/texts")).len()), (1, 0));
    assert_eq!((names(&store("t/packs")).len(), names(&store("t/texts")).len()), (0, 20));
    for line in ["query claims -f csv", "query links -f csv", "show Canada", "export -f nq", "check", "stats -f json"] {
        let (s, t) = (say(&place, &format!("{line} -s s")), say(&place, &format!("{line} -s t")));
        assert_eq!(s.0, t.0, "{line}: {} {}", s.2, t.2);
        if line != "stats -f json" {
            assert_eq!(s.1, t.1, "{line}");
        }
    }
    let list = |name: &str| fs::read_to_string(store(name).join("manifest.json")).unwrap();
    assert_eq!(list("s"), list("t"), "where files lie is no part of the list");
    let (code, _, errors) = say(&place, "store compact -s t");
    assert!(code == 0 && errors.contains("20 documents"), "{errors}");
    assert_eq!((names(&store("t/packs")).len(), names(&store("t/texts")).len()), (1, 0));
    assert_eq!(say(&place, "query claims -f csv -s t").1, say(&place, "query claims -f csv -s s").1);
    assert_eq!(say(&place, "add texts -s t --quiet").0, 0);
    assert_eq!(list("s"), list("t"));
}

#[test]
fn a_document_is_removed_from_its_pack_and_an_altered_pack_is_mended() {
    let place = place();
    assert_eq!(say(&place, "remove 7.txt -s s").0, 0);
    let packs = place.path().join("s/packs");
    let pack = packs.join(&names(&packs)[0]);
    let mut bytes = fs::read(&pack).unwrap();
    let before = say(&place, "query claims -f csv -s s").1;
    let stats = say(&place, "stats -s s -f json").1;
    assert!(!stats.contains("\"7.txt\"") && stats.contains("\"8.txt\""), "{stats}");
    assert_eq!(say(&place, "check -s s").0, 0);
    // Near its end stands the last text.
    let last = bytes.len() - 20;
    bytes[last] ^= 0x55;
    fs::write(&pack, &bytes).unwrap();
    let (code, out, _) = say(&place, "check -s s");
    assert!(code == 1 && out.contains(".pack"), "{out}");
    let (code, _, errors) = say(&place, "repair -s s");
    assert!(code == 4 && errors.contains("; add the file again"), "{errors}");
    assert_eq!(say(&place, "add texts -s s --quiet").0, 0);
    assert_eq!(say(&place, "remove 7.txt -s s").0, 0);
    assert_eq!(say(&place, "query claims -f csv -s s").1, before);
    assert_eq!(say(&place, "store compact -s s").0, 0);
    assert_eq!(say(&place, "check -s s").0, 0);
    assert_eq!(say(&place, "repair -s s").2, "nothing is damaged\n");
    // Without its table nothing of a pack is found, but nothing of it is lost.
    let pack = packs.join(&names(&packs)[0]);
    let mut bytes = fs::read(&pack).unwrap();
    bytes[20] ^= 0x55;
    fs::write(&pack, &bytes).unwrap();
    assert_eq!(say(&place, "query claims -s s").0, 4);
    let (code, out, _) = say(&place, "check -s s");
    assert!(code == 1 && out.contains("it held files of many documents"), "{out}");
    let (code, _, errors) = say(&place, "repair -s s");
    assert!(code == 0 && errors.contains("it held files of many documents"), "{errors}");
    assert_eq!(say(&place, "query claims -f csv -s s").1, before);
    assert_eq!(say(&place, "check -s s").0, 0);
}
