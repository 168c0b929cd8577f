//! A store some of whose files are damaged, lost or altered: what can be told again is named for it, what is gone is taken
//! off the list, and what is left of the files is put aside.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::lift::{Base, Layer};

use super::lock::{Holder, Lock};
use super::manifest::SegmentEntry;
use super::packs::{self, Packs, Pending};
use super::restored::Restored;
use super::writer::make_folders;
use super::{Damage, Directory, Error, Writer, runs};

/// What is wrong with a store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Harm {
    /// Why the list of contents could not be used, if it was made again from the files.
    pub list: Option<String>,
    /// Files that are not as they should be.
    pub damages: Vec<Damage>,
    /// SHA-256 of the texts that must be read again for what is lost of them.
    pub to_read: BTreeSet<String>,
    /// What is gone for good, as far as the store knows.
    pub gone: Vec<Gone>,
}

/// Something that no file of the store can give back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gone {
    /// A file that is damaged or of an older version, and so does not tell what it is: its name.
    Unknown(String),
    /// Decisions of readers.
    Review,
    /// The record of runs.
    Runs,
    /// RDF that was loaded under a name.
    Loaded(String),
    /// What a program proposed for a document: the program's name, the document's.
    Answers(String, String),
    /// The way from a document's text into its file, by the document's name.
    Source(String),
    /// The file of a document that was kept, by the document's name.
    File(String),
    /// The text of a document, by the document's name.
    Text(String),
    /// What was found in a document, by the document's name: its text is gone as well, or does not give it any more.
    Findings(String),
}

impl Harm {
    /// Whether nothing is wrong.
    pub fn is_none(&self) -> bool {
        self == &Self::default()
    }
}

/// One damage, and what it is of.
struct Flaw {
    damage: Damage,
    of: Of,
}

enum Of {
    Standing(String),
    Loaded(String),
    Layer(String),
    Text(String),
    Source(String),
    File(String),
    Answers(String, String),
}

impl Writer {
    /// Opens a store for repair: looks at all its files, makes the list of contents again if need be, takes off it what is
    /// gone, and puts damaged files aside. What must be read again, the caller adds; then it commits. `holder` tells
    /// others who we are.
    ///
    /// # Errors
    /// If there is no store, somebody else writes, or a file cannot be moved.
    pub fn repairing(dir: &Path, holder: &Holder) -> Result<(Self, Harm), Error> {
        if let Err(error @ (Error::Missing(_) | Error::Newer { .. })) = Directory::open(dir) {
            return Err(error);
        }
        make_folders(dir)?;
        let lock = Lock::take(dir, holder)?;
        let mut harm = Harm { damages: salvage(dir)?, ..Harm::default() };
        let manifest = match Directory::open(dir) {
            Ok(directory) => directory.into_manifest(),
            Err(Error::Manifest { reason, .. }) => {
                let restored = Restored::from_files(dir);
                harm.list = Some(reason);
                harm.to_read = restored.uncertain;
                let names = restored.unknown.iter().filter_map(|path| path.file_name());
                harm.gone.extend(names.map(|name| Gone::Unknown(name.to_string_lossy().into_owned())));
                put_aside(dir, restored.unknown.iter())?;
                restored.manifest
            }
            Err(error) => return Err(error),
        };
        let base = Base::new(&manifest.base).unwrap_or_default();
        let mut writer = Self::of(dir, base, manifest, lock);
        let flaws = flaws(&writer.preview());
        // What lies in a pack stays there, behind what is written now, until the pack is written anew.
        let is_single = |path: &&PathBuf| path.parent().is_none_or(|folder| !folder.ends_with(packs::FOLDER));
        put_aside(dir, flaws.iter().map(|flaw| &flaw.damage.path).filter(is_single))?;
        for flaw in flaws {
            harm.gone.extend(writer.judge(&flaw.of, &mut harm.to_read));
            harm.damages.push(flaw.damage);
        }
        if harm.is_none() {
            // Nothing will be committed, which is when what killed runs left would go.
            writer.sweep()?;
        } else {
            writer.manifest_mut();
        }
        Ok((writer, harm))
    }

    /// What a flaw costs. What only the lost file held goes off the list.
    fn judge(&mut self, of: &Of, to_read: &mut BTreeSet<String>) -> Option<Gone> {
        let name = |writer: &Self, sha256: &str| writer.document(sha256).map_or_else(String::new, |d| d.name.clone());
        match of {
            Of::Standing(layer) => {
                self.manifest_mut().standing.remove(layer);
                // Ontology and catalogue ship with the program, which writes them again.
                match Layer::from_name(layer) {
                    Some(Layer::Review) => Some(Gone::Review),
                    Some(Layer::Runs) => Some(Gone::Runs),
                    Some(Layer::LinkEvidence) => {
                        // What rows say of ties, the documents that hold to them tell again.
                        let ties = self.manifest().documents.iter();
                        let ties = ties.filter(|(_, entry)| entry.segments.contains_key(Layer::Links.name()));
                        to_read.extend(ties.map(|(sha256, _)| sha256.clone()));
                        None
                    }
                    _ => None,
                }
            }
            Of::Loaded(name) => {
                self.manifest_mut().loaded.remove(name);
                Some(Gone::Loaded(name.clone()))
            }
            Of::Layer(sha256) => {
                to_read.insert(sha256.clone());
                None
            }
            Of::Source(sha256) => Some(Gone::Source(name(self, sha256))),
            Of::File(sha256) => {
                let document = name(self, sha256);
                self.manifest_mut().documents.get_mut(sha256)?.file = None;
                Some(Gone::File(document))
            }
            Of::Text(sha256) => Some(Gone::Text(name(self, sha256))),
            Of::Answers(sha256, program) => {
                let document = name(self, sha256);
                self.manifest_mut().documents.get_mut(sha256)?.answers.remove(program);
                // Its claims go with it: they could not be told again.
                to_read.insert(sha256.clone());
                Some(Gone::Answers(program.clone(), document))
            }
        }
    }

    /// Takes segments of a document that are damaged off the list: nothing can tell them again.
    ///
    /// Gives the document's name.
    pub fn give_up(&mut self, sha256: &str) -> String {
        let directory = self.preview();
        let Some(entry) = self.manifest_mut().documents.get_mut(sha256) else { return String::new() };
        entry.segments.retain(|layer, segment| directory.flaw(layer, segment).is_none());
        entry.name.clone()
    }
}

/// Takes what is whole out of packs that cannot be read as such, and puts these aside. Gives what was wrong.
fn salvage(dir: &Path) -> Result<Vec<Damage>, Error> {
    let damages = packs::flaws(dir);
    if damages.is_empty() {
        return Ok(damages);
    }
    let (known, mut saved) = (Packs::default().table(dir), Pending::new());
    for damage in &damages {
        let file = fs::read(&damage.path).unwrap_or_default();
        saved.extend(packs::salvage(&file));
    }
    // Where it lies elsewhere too, that is as good, or later.
    saved.retain(|name, _| !known.places.contains_key(name) && !dir.join(name).is_file());
    let folder = dir.join(packs::FOLDER);
    if !saved.is_empty() {
        packs::write(dir, &saved).map_err(|error| Error::write(&folder, &error))?;
    }
    put_aside(dir, damages.iter().map(|damage| &damage.path))?;
    Ok(damages)
}

/// All that is damaged, in a fixed order.
fn flaws(directory: &Directory) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let mut look = |what: &str, entry: &SegmentEntry, of: Of| {
        flaws.extend(directory.flaw(what, entry).map(|damage| Flaw { damage, of }));
    };
    for (layer, entry) in directory.standing() {
        look(layer, entry, Of::Standing(layer.clone()));
    }
    for (name, entry) in directory.loaded() {
        look(name, entry, Of::Loaded(name.clone()));
    }
    let runs = runs::read(directory.path()).and_then(Result::err);
    flaws.extend(runs.map(|damage| Flaw { damage, of: Of::Standing(Layer::Runs.name().to_owned()) }));
    let documents: Vec<&String> = directory.documents().keys().collect();
    let of_documents: Vec<Vec<Flaw>> = documents.par_iter().map(|sha256| of_document(directory, sha256)).collect();
    flaws.extend(of_documents.into_iter().flatten());
    flaws
}

fn of_document(directory: &Directory, sha256: &str) -> Vec<Flaw> {
    let Some(entry) = directory.documents().get(sha256) else { return Vec::new() };
    let mut flaws = Vec::new();
    for (layer, segment) in &entry.segments {
        let damage = directory.flaw(&format!("{layer} of {}", entry.name), segment);
        flaws.extend(damage.map(|damage| Flaw { damage, of: Of::Layer(sha256.to_owned()) }));
    }
    for program in entry.answers.keys() {
        let damage = directory.answers_of(sha256, program).err();
        flaws.extend(damage.map(|damage| Flaw { damage, of: Of::Answers(sha256.to_owned(), program.clone()) }));
    }
    let damage = directory.source(sha256).err();
    flaws.extend(damage.map(|damage| Flaw { damage, of: Of::Source(sha256.to_owned()) }));
    let damage = directory.original(sha256).err();
    flaws.extend(damage.map(|damage| Flaw { damage, of: Of::File(sha256.to_owned()) }));
    let damage = directory.text(sha256).err();
    flaws.extend(damage.map(|damage| Flaw { damage, of: Of::Text(sha256.to_owned()) }));
    flaws
}

/// Moves what is left of damaged files into a folder of their own, where a person may look at them.
fn put_aside<'p>(dir: &Path, files: impl Iterator<Item = &'p PathBuf>) -> Result<(), Error> {
    let folder = dir.join("damaged");
    for path in files.filter(|path| path.is_file()) {
        fs::create_dir_all(&folder).map_err(|error| Error::write(&folder, &error))?;
        let place = folder.join(path.file_name().unwrap_or_default());
        fs::rename(path, &place).map_err(|error| Error::write(&place, &error))?;
    }
    Ok(())
}
