//! `rapporteur link load`: vocabularies from files into the label index.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use rapporteur::desk::{amend, decided};
use rapporteur::link::vocabulary::Card;
use rapporteur::model::{Code, Exit, Fault};
use rapporteur::store::{Directory, Error, Writer};
use rapporteur::vocabularies;
use rapporteur::vocabularies::load::{Description, Headings, LoadError, Loader, VocabularyFormat, Watch};

use super::folder::FolderOption;
use crate::cli::progress::{Progress, bar};
use crate::cli::{Outcome, clock, report};

/// Load vocabularies into the label index: SKOS/RDF, tables, ROR dumps; a vocabulary loaded again is replaced
#[derive(Args)]
pub struct Load {
    /// Turtle, N-Triples, N-Quads, RDF/XML, CSV, TSV or ROR JSON, plain or .gz; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    folder: FolderOption,

    /// The vocabulary's short name [default: a column of the table, the IRIs if they are known, else the file's name]
    #[arg(long, value_name = "NAME")]
    scheme: Option<String>,

    /// The format: ttl, nt, nq, rdf, csv, tsv, ror [default: by the file's ending]
    #[arg(short, long, value_name = "NAME")]
    format: Option<String>,

    /// The vocabulary's date, if its file does not state one: 2021-06-04
    #[arg(long, value_name = "DAY")]
    date: Option<String>,

    /// Columns of a table, by heading or number: iri=ID,label=NAME (also alt, lang, type, scheme, kind, status, country,
    /// broader)
    #[arg(long, value_name = "WHAT=HEADING,…")]
    columns: Option<String>,

    /// How codes of a table become IRIs: https://example.org/{}
    #[arg(long, value_name = "PATTERN")]
    iri: Option<String>,

    /// What all entries are: concept, country, organisation, person, place, work
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,

    /// What parts the cells of a CSV table [default: what its heading has most of: , ; or tab]
    #[arg(long, value_name = "CHARACTER")]
    delimiter: Option<char>,

    /// The encoding of a table that is not UTF-8: windows-1252, iso-8859-1 …
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,

    /// The language of labels that state none
    #[arg(long, value_name = "TAG")]
    language: Option<String>,

    /// A TOML file that says all of this
    #[arg(long, value_name = "FILE")]
    describe: Option<PathBuf>,

    /// Load even if another vocabulary has the same entries
    #[arg(long)]
    overlap: bool,
}

impl Load {
    pub fn run(self) -> Outcome {
        let start = Instant::now();
        let folder = self.folder.folder();
        fs::create_dir_all(&folder).map_err(|error| LoadError::write(&folder.display().to_string(), &error))?;
        let mut loader = Loader::new(&folder, self.description()?)?;
        let mut progress = Progress::new();
        for path in &self.files {
            self.read(path, &mut loader, &mut progress)?;
        }
        let built = loader.finish(&mut |scheme| progress.say(|| format!("{scheme}: putting labels in order")))?;
        progress.clear();
        let cards: Vec<_> = built.iter().map(|built| built.card.clone()).collect();
        vocabularies::put(&folder, built, self.overlap)?;
        self.want(cards.iter().map(|card| card.scheme.as_str()))?;
        let (name, labels) = cards.iter().fold((0, 0), |(name, labels), card| {
            (name.max(card.scheme.len()), labels.max(card.labels.to_string().len()))
        });
        for Card { scheme, labels: number, concepts, .. } in &cards {
            let noun = if *number == 1 { "label, " } else { "labels," };
            report::note(format!("{scheme:name$}  {number:labels$} {noun} {}", entries(*concepts)));
        }
        for source in sources(&cards) {
            report::note(format!("from {source}"));
        }
        let seconds = start.elapsed().as_secs_f64();
        let is_stored =
            Directory::open(&self.folder.store.directory()).is_ok_and(|store| !store.documents().is_empty());
        let next = if is_stored { "; documents in the store get their links with: rapporteur link run" } else { "" };
        report::note(format!("{seconds:.1} s{next}"));
        Ok(Exit::Done)
    }

    /// Vocabularies that were dropped from the store count again.
    fn want<'c>(&self, schemes: impl Iterator<Item = &'c str>) -> Result<(), Box<dyn Fault>> {
        let path = self.folder.store.directory();
        let decisions = match Directory::open(&path) {
            Err(Error::Missing(_)) => return Ok(()),
            directory => decided(directory?)?,
        };
        let wanted: Vec<&str> = schemes.filter(|scheme| !decisions.wants(scheme)).collect();
        if !wanted.is_empty() {
            let mut writer = Writer::open(&path, None, clock::holder("link load"))?;
            amend(&mut writer, |decisions| {
                for scheme in wanted {
                    decisions.want_scheme(scheme);
                }
            })?;
            writer.commit()?;
        }
        Ok(())
    }

    fn read(&self, path: &Path, loader: &mut Loader, progress: &mut Progress) -> Result<(), Box<dyn Fault>> {
        let name = path.to_string_lossy().into_owned();
        let format = VocabularyFormat::of(&name, self.format.as_deref())?;
        let unreadable = |error: &io::Error| LoadError::read(&name, error);
        let (file, size): (Box<dyn Read>, u64) = if name == "-" {
            (Box::new(io::stdin().lock()), 0)
        } else {
            let file = File::open(path).map_err(|error| unreadable(&error))?;
            let size = file.metadata().map_err(|error| unreadable(&error))?.len();
            (Box::new(file), size)
        };
        let watch = Watch::default();
        let far = watch.clone();
        let file_name = path.file_name().map_or_else(|| name.clone().into(), |name| name.to_string_lossy());
        let mut step = |labels: u64| {
            progress.say(|| {
                let done = if size > 0 { bar(far.bytes(), size) + "  " } else { String::new() };
                format!("{done}{labels} labels  {file_name}")
            });
        };
        Ok(loader.read(&name, format, file, &watch, &mut step)?)
    }

    /// What the user said, flags before file.
    fn description(&self) -> Result<Description, Box<dyn Fault>> {
        let mut told = match &self.describe {
            Some(path) => described(path)?,
            None => Description::default(),
        };
        if let Some(columns) = &self.columns {
            told.columns = Headings::parse(columns).map_err(DescriptionFault::Columns)?;
        }
        let flags = [
            (&self.scheme, &mut told.scheme),
            (&self.date, &mut told.date),
            (&self.kind, &mut told.kind),
            (&self.language, &mut told.language),
            (&self.iri, &mut told.iri),
            (&self.encoding, &mut told.encoding),
        ];
        for (flag, slot) in flags {
            if flag.is_some() {
                slot.clone_from(flag);
            }
        }
        told.delimiter = self.delimiter.or(told.delimiter);
        if let Some(date) = told.date.as_ref().filter(|date| date.parse::<jiff::civil::Date>().is_err()) {
            return Err(DescriptionFault::Date(date.clone()).into());
        }
        if let Some(iri) = told.iri.as_ref().filter(|iri| !iri.contains("{}") || !iri.contains(':')) {
            return Err(DescriptionFault::Pattern(iri.clone()).into());
        }
        Ok(told)
    }
}

/// What vocabularies were made of, each once.
fn sources(cards: &[Card]) -> Vec<String> {
    let mut sources: Vec<String> = cards.iter().map(Card::provenance).collect();
    sources.dedup();
    sources
}

/// `1 entry`, `2 entries`.
fn entries(number: u64) -> String {
    format!("{number} {}", if number == 1 { "entry" } else { "entries" })
}

fn described(path: &Path) -> Result<Description, Box<dyn Fault>> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|error| LoadError::read(&name, &error))?;
    Ok(toml::from_str(&text)
        .map_err(|error| DescriptionFault::Description { name, reason: error.message().to_owned() })?)
}

/// Something said of a table that cannot be meant.
#[derive(Debug, thiserror::Error)]
enum DescriptionFault {
    #[error("“{0}” says of no column what it holds")]
    Columns(String),
    #[error("“{0}” is no day")]
    Date(String),
    #[error("“{0}” does not say how a code becomes an IRI")]
    Pattern(String),
    #[error("{name} describes no table: {reason}")]
    Description { name: String, reason: String },
}

impl Fault for DescriptionFault {
    fn code(&self) -> Code {
        Code::LOAD_OPTION
    }

    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Columns(_) => "for example --columns iri=ID,label=NAME,alt=OTHER_NAMES".to_owned(),
            Self::Date(_) => "write it like 2021-06-04".to_owned(),
            Self::Pattern(_) => "put {} where the code goes: https://example.org/{}".to_owned(),
            Self::Description { .. } => {
                "keys are scheme, date, kind, language, iri, separator, delimiter, encoding, and a table [columns]"
                    .to_owned()
            }
        })
    }
}
