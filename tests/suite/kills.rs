//! Commands that write, killed at random moments: the store always has a state that was meant, and a later run works.
//!
//! `KILLS=1000 cargo test --test suite kills -- --nocapture` kills more often, and says how often each command was hit.
#![cfg(unix)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rapporteur::desk::decided;
use rapporteur::lift::Layer;
use rapporteur::store::{Directory, Error};
use tempfile::TempDir;

const TEXT: &str = "Statement by the Representative of COUNTRY at the fifth session of the Committee on Water
Geneva, 3 May 2011

Mr. Chair, my delegation supports the work of the Committee on Water. The Government of COUNTRY established the \
Harbour Police in 2014. We condemn the attack on the International Lighthouse Union.
";

const COUNTRIES: [&str; 6] = ["Fiji", "Peru", "Kenya", "Norway", "Chile", "Ghana"];

/// Commands that write. Each gives the store, or the folder `v`, one of the states that it may have.
const LINES: [&str; 8] = [
    "add texts -s s --vocabularies voc",
    "remove Fiji.txt -s s",
    "link run -s s --vocabularies voc",
    "link review --import decisions.csv -s s --vocabularies voc",
    "load mine.ttl -s s",
    "link load ports.csv --kind organisation --vocabularies voc",
    "repair -s s --vocabularies voc",
    "export -s s -f obsidian -o v --force",
];

fn place() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(place.path().join(name), text).unwrap();
    fs::create_dir(place.path().join("texts")).unwrap();
    for country in COUNTRIES {
        write(&format!("texts/{country}.txt"), &TEXT.replace("COUNTRY", country));
    }
    write("mine.ttl", "<https://x.org/a> <https://x.org/b> <https://x.org/c> .");
    write(
        "ports.csv",
        "iri,label\nhttps://example.org/1,International Lighthouse Union\nhttps://example.org/2,Tides\n",
    );
    write(
        "decisions.csv",
        "decision,key,name,kind,scheme,iri,label,score,why,documents,context,place\n\
         never,state/fji,Fiji,State,ports,https://example.org/2,x,0.5,,,,\n",
    );
    let lines = [5, 0, 3, 4, 7].map(|at| LINES[at]);
    lines.iter().for_each(|line| assert_eq!(run(&place, line, None).0, Some(0), "{line}"));
    fs::write(place.path().join("v/mine.md"), "mine").unwrap();
    place
}

/// Runs a line, and kills it after a time. Gives the exit code if it ended by itself, and how long it ran.
fn run(place: &TempDir, line: &str, after: Option<Duration>) -> (Option<i32>, Duration) {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(line.split(' '))
        .arg("--quiet")
        .current_dir(place.path())
        .env_remove("RAPPORTEUR_STORE")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    if let Some(after) = after {
        std::thread::sleep(after);
        // It may have ended before.
        let _ = child.kill();
    }
    (child.wait().unwrap().code(), start.elapsed())
}

/// What is wrong with the store, in words; nothing if it is whole.
fn wrong(place: &Path, known: &BTreeSet<String>) -> Option<String> {
    let mut directory = match Directory::open(&place.join("s")) {
        Ok(directory) => directory,
        Err(Error::Missing(_)) => return Some("no store".to_owned()),
        Err(error) => return Some(error.to_string()),
    };
    let damages = directory.quads(&Layer::ALL).map(|(_, damages)| damages);
    if damages.as_ref().map_or(true, |damages| !damages.is_empty()) {
        return Some(format!("{damages:?}"));
    }
    if let Some(damage) = directory.documents().keys().find_map(|sha256| directory.text(sha256).err()) {
        return Some(damage.to_string());
    }
    let names: BTreeSet<String> = directory.documents().values().map(|entry| entry.name.clone()).collect();
    // Fiji comes and goes; the others stay.
    let lost: Vec<&String> = known.difference(&names).filter(|name| !name.contains("Fiji")).collect();
    if !lost.is_empty() || !directory.loaded().contains_key("mine.ttl") {
        return Some(format!("lost: {lost:?}, loaded: {:?}", directory.loaded().keys()));
    }
    match decided(directory) {
        Ok(decisions) if decisions.len() == 1 => None,
        other => Some(format!("decisions: {:?}", other.map_err(|fault| fault.to_string()))),
    }
}

/// What is wrong with the exported folder and the vocabularies.
fn wrong_beside(place: &Path) -> Option<String> {
    // Between two renames there may be no folder; then it lies beside, and the next export puts it back.
    let (folder, aside) = (place.join("v"), fs::read_dir(place).unwrap().flatten());
    let is_aside = aside.into_iter().any(|entry| entry.path().join("old/mine.md").is_file());
    if !folder.join("mine.md").is_file() && !is_aside {
        return Some("a file of the user's own is lost".to_owned());
    }
    let shelf = rapporteur::vocabularies::Folder::open(&place.join("voc")).unwrap();
    (shelf.is_empty() || !shelf.damaged().is_empty()).then(|| format!("vocabularies: {:?}", shelf.damaged()))
}

#[test]
fn kills_at_any_moment_lose_nothing() {
    let kills: usize = std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(24);
    let place = place();
    let known: BTreeSet<String> = COUNTRIES.map(|country| format!("{country}.txt")).into();
    let mut random = 88_172_645_463_325_252_u64;
    let mut below = |limit: u64| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random % limit
    };
    let mut lasts = LINES.map(|line| run(&place, line, None).1);
    let mut hit: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for round in 0..kills {
        let at = below(LINES.len() as u64) as usize;
        // Where one command undoes what another did, both have something to do.
        if LINES[at].starts_with("add") {
            run(&place, "remove Fiji.txt -s s", None);
        } else if LINES[at].starts_with("remove") {
            run(&place, LINES[0], None);
        }
        let after = Duration::from_micros(below(lasts[at].as_micros() as u64 + 1000));
        let (code, took) = run(&place, LINES[at], Some(after));
        hit.entry(LINES[at]).or_default()[usize::from(code.is_none())] += 1;
        if code.is_some() {
            lasts[at] = lasts[at].min(took);
        }
        let wrong = wrong(place.path(), &known).or_else(|| wrong_beside(place.path()));
        assert_eq!(wrong, None, "round {round}, {} after {after:?}", LINES[at]);
    }
    for (line, [ended, killed]) in &hit {
        println!("{killed:5} killed, {ended:5} ended before: {line}");
    }
    for line in LINES.iter().filter(|line| !line.starts_with("remove")) {
        assert_eq!(run(&place, line, None).0, Some(0), "{line}");
    }
    assert_eq!(run(&place, "check -s s", None).0, Some(0));
    assert!(place.path().join("v/mine.md").is_file());
    let left = fs::read_dir(place.path()).unwrap().flatten().map(|entry| entry.file_name().into_string().unwrap());
    assert!(left.into_iter().all(|name| !name.starts_with(".rapporteur-")), "all is swept");
}
