//! Stores whose documents lie in packs: they say the same, are changed as others are, and nothing that breaks is passed over.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use oxrdf::Quad;
use tempfile::TempDir;

use super::files::stop_after;
use super::{Directory, Error, Writer, packs};
use crate::lift::{Base, Layer, lift};
use crate::model::{Extraction, fixture};

const LAYERS: [Layer; 5] = [Layer::Claims, Layer::Evidence, Layer::Mentions, Layer::Links, Layer::LinkEvidence];

fn writer(dir: &Path) -> Writer {
    Writer::open(dir, None, "a test").unwrap()
}

/// Two documents, in one pack.
fn packed() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path());
    for extraction in [fixture::first(), fixture::second()] {
        writer.add(&extraction, "test").unwrap();
    }
    writer.commit().unwrap();
    writer.compact().unwrap();
    dir
}

fn quads(directory: &mut Directory) -> BTreeSet<String> {
    let (segments, damages) = directory.quads(&LAYERS).unwrap();
    assert!(damages.is_empty(), "{damages:?}");
    segments.iter().flatten().map(Quad::to_string).collect()
}

fn said(dir: &Path) -> BTreeSet<String> {
    quads(&mut Directory::open(dir).unwrap())
}

fn of(extractions: &[&Extraction]) -> BTreeSet<String> {
    let lifted = extractions.iter().map(|extraction| lift(extraction, &Base::default()));
    lifted.flat_map(|lifted| lifted.quads().map(|quad| quad.to_string()).collect::<Vec<_>>()).collect()
}

fn both() -> BTreeSet<String> {
    of(&[&fixture::first(), &fixture::second()])
}

/// The packs, and the names of the files in them.
fn held(dir: &Path) -> (Vec<PathBuf>, Vec<String>) {
    let entries = fs::read_dir(dir.join(packs::FOLDER)).unwrap();
    let paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    let names = paths.iter().flat_map(|path| packs::members(path).unwrap()).map(|(name, _, _)| name).collect();
    (paths, names)
}

fn single(dir: &Path, folder: &str) -> usize {
    fs::read_dir(dir.join(folder)).unwrap().count()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name())),
            false => drop(fs::copy(entry.path(), to.join(entry.file_name())).unwrap()),
        }
    }
}

#[test]
fn documents_in_a_pack_say_the_same_and_are_removed_to_the_last_byte() {
    let dir = packed();
    let (paths, names) = held(dir.path());
    assert_eq!((paths.len(), single(dir.path(), "texts")), (1, 0));
    assert!(names.len() >= 10, "{names:?}");
    assert_eq!(single(dir.path(), "segments"), 1, "what stands beside documents stands by itself");
    assert_eq!(said(dir.path()), both());
    for extraction in [fixture::first(), fixture::second()] {
        let directory = Directory::open(dir.path()).unwrap();
        assert_eq!(directory.text(&extraction.document.sha256).unwrap(), extraction.document.text);
    }
    let mut writer = writer(dir.path());
    assert_eq!(writer.add(&fixture::first(), "test").unwrap(), super::Added::Same);
    writer.remove(&fixture::first().document.sha256).unwrap();
    writer.commit().unwrap();
    let (paths, left) = held(dir.path());
    assert!(paths.len() == 1 && left.len() < names.len());
    assert!(!left.iter().any(|name| name.contains(&fixture::first().document.sha256)));
    assert_eq!(said(dir.path()), of(&[&fixture::second()]));
    writer.remove(&fixture::second().document.sha256).unwrap();
    writer.commit().unwrap();
    assert!(held(dir.path()).0.is_empty());
}

#[test]
fn what_is_read_otherwise_stands_before_what_a_pack_has() {
    let dir = packed();
    let mut changed = fixture::first();
    changed.claims.truncate(3);
    let mut writer = writer(dir.path());
    writer.add(&changed, "later").unwrap();
    writer.commit().unwrap();
    assert_eq!(said(dir.path()), of(&[&changed, &fixture::second()]));
    assert!(single(dir.path(), "texts") == 1 && held(dir.path()).0.len() == 1);
    writer.compact().unwrap();
    assert!(single(dir.path(), "texts") == 0 && held(dir.path()).0.len() == 1);
    assert_eq!(said(dir.path()), of(&[&changed, &fixture::second()]));
    let (_, mut names) = held(dir.path());
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all, "each file once");
}

#[test]
fn a_reader_goes_on_when_packs_are_written_anew() {
    let dir = packed();
    let mut reader = Directory::open(dir.path()).unwrap();
    assert_eq!(quads(&mut reader), both());
    let before = held(dir.path()).0;
    writer(dir.path()).compact().unwrap();
    assert_ne!(held(dir.path()).0, before);
    assert_eq!(quads(&mut reader), both());
}

#[test]
fn changes_stopped_anywhere_leave_the_old_or_the_new() {
    let start = packed();
    let mut changed = fixture::first();
    changed.claims.truncate(3);
    let change = |dir: &Path| -> Result<(), Error> {
        let mut writer = Writer::open(dir, None, "a test")?;
        writer.add(&changed, "later")?;
        writer.commit()?;
        writer.compact()?;
        if writer.remove(&fixture::second().document.sha256).is_ok() {
            writer.commit()?;
        }
        Ok(())
    };
    let states = [both(), of(&[&changed, &fixture::second()]), of(&[&changed])];
    for steps in 0.. {
        let dir = tempfile::tempdir().unwrap();
        copy(start.path(), dir.path());
        stop_after(Some(steps));
        let done = change(dir.path());
        stop_after(None);
        assert!(states.contains(&said(dir.path())), "{steps}");
        change(dir.path()).unwrap();
        assert_eq!(said(dir.path()), states[2], "{steps}");
        assert_eq!((held(dir.path()).0.len(), single(dir.path(), "texts")), (1, 0), "{steps}");
        if done.is_ok() {
            assert!(steps > 30, "{steps}");
            return;
        }
    }
}

#[test]
fn damage_in_a_pack_is_named_and_the_others_still_answer() {
    let dir = packed();
    let (paths, _) = held(dir.path());
    let claims =
        Directory::open(dir.path()).unwrap().documents()[&fixture::first().document.sha256].segments["claims"].place();
    let (_, start, length) =
        packs::members(&paths[0]).unwrap().into_iter().find(|(name, _, _)| *name == claims).unwrap();
    let mut bytes = fs::read(&paths[0]).unwrap();
    bytes[usize::try_from(start + length / 2).unwrap()] ^= 0x55;
    fs::write(&paths[0], bytes).unwrap();
    let (_, damages) = Directory::open(dir.path()).unwrap().quads(&LAYERS).unwrap();
    let [damage] = &damages[..] else { panic!("{damages:?}") };
    assert_eq!((&damage.path, damage.what.as_str()), (&paths[0], "claims of ruritania-2020.txt"));
    let (mut writer, harm) = Writer::repairing(dir.path(), &"a test".into()).unwrap();
    assert_eq!(harm.damages.len(), 1);
    assert_eq!(harm.to_read, BTreeSet::from([fixture::first().document.sha256]));
    writer.add(&fixture::first(), "test").unwrap();
    writer.commit().unwrap();
    assert_eq!(said(dir.path()), both());
    writer.compact().unwrap();
    drop(writer);
    assert!(Writer::repairing(dir.path(), &"a test".into()).unwrap().1.is_none());
}

#[test]
fn a_pack_that_lost_its_table_gives_its_files_and_the_list_comes_back() {
    let dir = packed();
    let (paths, mut names) = held(dir.path());
    let list = fs::read(dir.path().join("manifest.json")).unwrap();
    let mut bytes = fs::read(&paths[0]).unwrap();
    bytes[20] ^= 0x55;
    fs::write(&paths[0], &bytes).unwrap();
    fs::remove_file(dir.path().join("manifest.json")).unwrap();
    assert_eq!(Directory::open(dir.path()).err().map(|error| matches!(error, Error::Manifest { .. })), Some(true));
    let (mut writer, harm) = Writer::repairing(dir.path(), &"a test".into()).unwrap();
    assert!(harm.list.is_some() && harm.to_read.is_empty() && harm.gone.is_empty(), "{harm:?}");
    assert_eq!(harm.damages.len(), 1);
    writer.commit().unwrap();
    drop(writer);
    assert_eq!(fs::read(dir.path().join("manifest.json")).unwrap(), list);
    assert_eq!(said(dir.path()), both());
    let (_, mut saved) = held(dir.path());
    names.sort();
    saved.sort();
    assert_eq!(saved, names);
    assert!(dir.path().join("damaged").join(paths[0].file_name().unwrap()).is_file());
}
