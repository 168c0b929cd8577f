//! What readers decide about claims, as typed: it shows in answers and exports at once, outlasts later readings, and can be
//! taken back.

use std::fs;

use assert_cmd::Command;
use tempfile::TempDir;

const TEXT: &str = "---\ntitle: Statement by Luxembourg\nspeaker: Representative of Luxembourg\nrepresents: Luxembourg\ndate: 2021-05-05\n---\n\n\
                    Luxembourg supports the important work of the Ad Hoc Committee.\n\nWe condemn the attack on the harbour of Chad.\n";

struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        fs::write(place.0.path().join("a.md"), TEXT).unwrap();
        assert_eq!(place.typed("add a.md").0, 0);
        place
    }

    /// Exit code, standard output, standard error.
    fn typed(&self, line: &str) -> (i32, String, String) {
        let mut command = Command::cargo_bin("rapporteur").unwrap();
        command.current_dir(self.0.path()).env_remove("RAPPORTEUR_STORE").env_remove("RAPPORTEUR_READER");
        let output = command.args(line.split(' ')).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    fn done(&self, line: &str) -> String {
        let (code, out, err) = self.typed(line);
        assert_eq!(code, 0, "{line}: {err}");
        out + &err
    }

    /// Column `claim` and the row of the one claim of the table that says a word.
    fn row(&self, word: &str) -> Option<Vec<String>> {
        let table = self.done("claim review --all --export -");
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let rows: Vec<Vec<String>> =
            reader.records().flatten().map(|row| row.iter().map(str::to_owned).collect()).collect();
        rows.into_iter().find(|row: &Vec<String>| row[3] == word && row[9].starts_with('a'))
    }

    fn number(&self, word: &str) -> String {
        self.row(word).unwrap_or_else(|| panic!("a claim that says {word}"))[10].clone()
    }
}

#[test]
fn what_cannot_be_applied_is_not_decided() {
    let place = Place::new();
    let number = place.number("supports");
    let texts = place.0.path().join("rapporteur-store/texts");
    fs::rename(&texts, place.0.path().join("aside")).unwrap();
    fs::create_dir(&texts).unwrap();
    assert_ne!(place.typed(&format!("claim reject {number}")).0, 0);
    fs::remove_dir(&texts).unwrap();
    fs::rename(place.0.path().join("aside"), &texts).unwrap();
    // Said again, it is no old story.
    assert!(place.done("undo").contains("nothing"));
    let said = place.done(&format!("claim reject {number}"));
    assert!(said.contains("1 decision kept, 1 document changed"), "{said}");
    assert!(place.row("supports").is_none());
}

#[test]
fn a_rejected_claim_is_no_claim_until_it_is_taken_back() {
    let place = Place::new();
    let number = place.number("supports");
    let said = place.done(&format!("claim reject {number} --by Ana"));
    assert!(said.contains("1 decision kept, 1 document changed"), "{said}");
    assert!(place.row("supports").is_none() && place.row("condemns").is_some());
    assert!(!place.done("export -f ttl").contains("rap:supports"));
    assert!(!place.typed(&format!("why {number}")).1.contains("Luxembourg supports the"));
    assert!(place.done("claim list").contains("by Ana"));
    // Every later reading: the same file, the links anew, another name of the same text.
    place.done("add a.md");
    place.done("link run");
    assert!(place.row("supports").is_none());
    assert_eq!(place.typed("check --quiet").0, 0);
    let undone = place.done("undo");
    assert!(undone.contains("open again") && undone.contains("1 document changed"), "{undone}");
    assert!(place.row("supports").is_some());
    assert!(place.done("undo").contains("nothing to take back"));
}

#[test]
fn an_accepted_claim_is_sure() {
    let place = Place::new();
    place.done(&format!("claim accept {}", place.number("condemns")));
    let row = place.row("condemns").unwrap();
    assert_eq!((row[6].as_str(), row[7].as_str()), ("1", "stands"), "{row:?}");
    place.done(&format!("claim reject {}", place.number("condemns")));
    assert!(place.row("condemns").is_none());
    place.done("undo");
    assert_eq!(place.row("condemns").unwrap()[6], "1", "what was decided before holds again");
    place.done("undo");
    assert_ne!(place.row("condemns").unwrap()[6], "1");
}

#[test]
fn a_table_is_written_edited_and_read_back() {
    let place = Place::new();
    let path = place.0.path().join("r.csv");
    let said = place.done("claim review --all --export r.csv");
    assert!(said.contains("fill the first column"), "{said}");
    let table = fs::read_to_string(&path).unwrap();
    let decided: Vec<String> = table
        .lines()
        .map(|line| match () {
            () if line.contains(",supports,") => format!("reject{line}"),
            () if line.contains(",condemns,") => format!("accept{line}"),
            () => line.to_owned(),
        })
        .collect();
    fs::write(&path, decided.join("\n")).unwrap();
    let said = place.done("claim review --import r.csv --by Bo");
    assert!(said.contains("decisions kept") && place.row("supports").is_none(), "{said}");
    assert_eq!(place.row("condemns").unwrap()[6], "1");
    assert!(place.done("claim review --import r.csv").contains("nothing decided, nothing changed"));
    for (table, expected) in [
        (table.replacen("\n,", "\nperhaps,", 1), "line 2: “perhaps” is no decision; say accept, reject or edit"),
        ("decision,key\nreject,0123\n".to_owned(), "line 2: the store has no such claim"),
        ("a,b\n1,2\n".to_owned(), "there is no column “decision”"),
    ] {
        fs::write(&path, table).unwrap();
        let (code, _, err) = place.typed("claim review --import r.csv");
        assert!(code == 3 && err.contains(expected), "{err}");
    }
    place.done("undo");
    assert!(place.row("supports").is_some(), "one command is one step");
}

#[test]
fn a_corrected_claim_stands_in_the_place_of_what_was_read() {
    let place = Place::new();
    let number = place.number("supports");
    place.done(&format!("claim edit {number} --relation opposes --by Bo"));
    let row = place.row("opposes").unwrap();
    assert!(row[6] == "1" && place.row("supports").is_none(), "{row:?}");
    assert!(place.done("export -f ttl").contains("rap:opposes"));
    place.done("add a.md");
    assert!(place.row("opposes").is_some(), "it holds at every later reading");
    assert_eq!(place.typed("check --quiet").0, 0);
    let list = place.done("claim list");
    assert!(list.contains("supports → ") && list.contains("opposes → ") && list.contains("by Bo"), "{list}");
    // It is decided about again by its number of now.
    place.done(&format!("claim reject {}", row[10]));
    assert!(place.row("opposes").is_none() && place.row("supports").is_none());
    place.done("undo");
    assert!(place.row("opposes").is_some(), "what was decided before holds again");
    place.done("undo");
    assert!(place.row("supports").is_some() && place.row("opposes").is_none());
    // In the table.
    let table = place.done("claim review --all --export -");
    let edited: Vec<String> = table
        .lines()
        .map(|line| match line.contains(",supports,") {
            true => format!("edit{}", line.replacen(",supports,", ",not supports,", 1)),
            false => line.to_owned(),
        })
        .collect();
    fs::write(place.0.path().join("e.csv"), edited.join("\n")).unwrap();
    place.done("claim review --import e.csv");
    let table = place.done("claim review --all --export -");
    assert!(place.row("supports").is_none() && table.contains("not support"), "{table}");
    let (code, _, err) = place.typed(&format!("claim edit {number} --relation suports"));
    assert!(code == 3 && (err.contains("did you mean supports?") || err.contains("R0313")), "{err}");
}

#[test]
fn what_is_stated_of_a_document_holds_at_every_later_reading() {
    let place = Place::new();
    let said = place.done("document set a.md represents=Chad date=2022-06-07 --by Ana");
    assert!(said.contains("2 decisions kept, 1 document changed"), "{said}");
    assert!(place.row("supports").unwrap()[2].starts_with("Luxembourg"), "what names its subject stays");
    assert!(place.row("condemns").unwrap()[2].starts_with("Chad"), "“we” is whom the document speaks for");
    place.done("add a.md");
    assert!(place.row("condemns").unwrap()[2].starts_with("Chad"));
    assert!(place.done("query positions").contains("2022-06-07"));
    place.done("undo");
    assert!(place.row("condemns").unwrap()[2].starts_with("Luxembourg"));
    assert!(place.done("query positions").contains("2021-05-05"));
    let (code, _, err) = place.typed("document set a.md speeker=X");
    assert!(code == 3 && err.contains("did you mean speaker?"), "{err}");
    let (code, _, err) = place.typed("document set b.md speaker=X");
    assert!(code != 0 && err.contains("b.md"), "{err}");
}

#[test]
fn what_cannot_be_decided_is_told() {
    let place = Place::new();
    let (code, _, err) = place.typed("claim reject ffffffff-1-1");
    assert!(code == 3 && err.contains("R0313"), "{err}");
    let (code, _, err) = place.typed("claim reject a.md:9999");
    assert!(code == 3 && err.contains("R0313"), "{err}");
    fs::create_dir(place.0.path().join("mine")).unwrap();
    let rule = "[[rule]]\ncode = \"my.own\"\nsays = \"Mine.\"\nrelation = \"supports\"\non = \"verb: cheer\"\nsubject = \"subject\"\nobject = \"object\"\n";
    fs::write(place.0.path().join("mine/own.toml"), rule).unwrap();
    let number = place.number("supports");
    let (code, _, err) = place.typed(&format!("claim reject {number} --rules mine"));
    assert!(code == 2 && err.contains("was read by rapporteur"), "{err}");
    assert!(place.row("supports").is_some() && place.done("claim list").contains("nothing decided yet"));
    let (code, _, err) = place.typed("claim list -s nowhere");
    assert!(code == 5 && err.contains("no store"), "{err}");
}
