//! The program as typed, in a folder with a store of the two invented statements.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

/// A folder with such a store.
pub fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/two-documents.nq");
    rapporteur(&folder).arg("load").arg(fixture).assert().success();
    folder
}

/// The program, with that folder as the place where it is typed.
pub fn rapporteur(folder: &TempDir) -> Command {
    let mut command = Command::cargo_bin("rapporteur").unwrap();
    command.current_dir(folder.path()).env_remove("RAPPORTEUR_STORE");
    command
}

/// Exit code, standard output, standard error.
pub fn typed(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let output = rapporteur(folder).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// A folder with a store of invented statements: State, date and words of each.
pub fn statements(all: &[(&str, &str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (state, date, words) in all {
        let text = format!(
            "---\ntitle: Statement of {state}\nrepresents: {state}\nspeaker: Representative of {state}\ndate: {date}\n---\n\n{words}\n"
        );
        fs::write(folder.path().join(format!("{state}-{date}.md")), text).unwrap();
    }
    let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
    rapporteur(&folder).arg("add").args(files).assert().success();
    folder
}
