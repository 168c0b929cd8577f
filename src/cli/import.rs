//! `rapporteur import`: claims out of a file into a document of the store.

use std::path::PathBuf;

use clap::Args;
use rapporteur::desk::{self, Reader, VERSION};
use rapporteur::lift::Run;
use rapporteur::model::{Annotator, Answers, Code, Exit, Fault, Proposals};
use rapporteur::propose::Line;
use rapporteur::read;
use rapporteur::store::{Added, Directory, Writer};

use super::annotator::{named, told};
use super::input::Input;
use super::link::FolderOption;
use super::rules_option::RulesOption;
use super::trouble::Trouble;
use super::{Outcome, clock, report};

/// Take claims that another program or person wrote, as far as the text bears them, into a document of the store
#[derive(Args)]
#[command(after_help = "Each line is a claim as `extract` prints it, or with words of the text as its ends:\n  \
                        {\"subject\":\"…\",\"predicate\":\"supports\",\"object\":\"…\",\n   \
                        \"quote\":\"…\",\"confidence\":0.8}\nAll of it: docs/annotators.md\n\n\
                        Example: rapporteur import claims.jsonl --for iran-2021.txt")]
pub struct Import {
    /// The claims, in JSON Lines; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The document that they are about: its file name, its IRI, or first digits of its hash, as `stats` lists them
    #[arg(long = "for", value_name = "DOC")]
    document: String,

    /// Who proposed them, NAME or NAME@VERSION, if the first line does not say so; what the same name proposed before for
    /// this document is replaced
    #[arg(long, value_name = "NAME")]
    annotator_name: Option<String>,

    /// Say what would be taken; change nothing
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    folder: FolderOption,

    #[command(flatten)]
    rules: RulesOption,
}

impl Import {
    pub fn run(self) -> Outcome {
        let input = Input::new(&self.file);
        let (name, text) = (input.name(), String::from_utf8_lossy(&input.read()?).into_owned());
        let path = self.folder.store.directory();
        // Asked first, so that a store that is not there is not made.
        Directory::open(&path)?;
        let mut writer = Writer::open(&path, None, clock::holder("import"))?;
        let directory = Directory::open(&path)?;
        let sha256 = writer.find_document(&self.document)?;
        let answers = self.answers(&name, &text, &sha256)?;
        let outside = self.folder.outside()?;
        let pipeline = self.rules.pipeline()?;
        let reader =
            Reader { pipeline, outside: &outside, options: read::Options::default(), base: writer.base().clone() };
        let version = format!("{VERSION}{}", self.rules.version()?);
        let by = answers.by.clone();
        let extraction = desk::with_answers(&directory, &reader, &version, &sha256, answers)?;
        let document = directory.documents().get(&sha256).map_or("", |entry| entry.name.as_str());
        let fresh = extraction.proposals.iter().find(|proposals| proposals.fresh);
        let exit = fresh.map_or(Exit::Done, exit);
        report::note(format!("{document}   {name}"));
        extraction.proposals.iter().for_each(|proposals| told("", proposals));
        if exit == Exit::Unreadable {
            let why = format!("no line of {name} can be taken for {document}; what {by} proposed before stays");
            return Err(Trouble::new(Code::ANSWERS_UNUSABLE, why).into());
        }
        if self.dry_run {
            report::note("nothing was stored (--dry-run)");
            return Ok(exit);
        }
        outside.must_be_whole()?;
        match writer.add(&extraction, &version)? {
            Added::Same => report::note("nothing new: the document is unchanged"),
            Added::New | Added::Replaced => {
                writer.commit()?;
                desk::note_run(&mut writer, &Run { version, ended: clock::now(), texts: vec![sha256] })?;
            }
        }
        Ok(exit)
    }

    /// The lines of the file, and who wrote them.
    fn answers(&self, file: &str, text: &str, sha256: &str) -> Result<Answers, Box<dyn Fault>> {
        let mut by: Option<Annotator> = None;
        for line in text.lines() {
            match Line::read(line) {
                Ok(Line::Header(told)) => {
                    by.get_or_insert(told);
                }
                Ok(Line::Document(other)) if other != sha256 => {
                    let why = format!("{file} is about another text than {}: its hash is {other}", self.document);
                    return Err(Trouble::new(Code::ANSWERS_ELSEWHERE, why).into());
                }
                _ => {}
            }
        }
        let given = self.annotator_name.as_deref().map(named).transpose()?;
        let unnamed = || Trouble::new(Code::ANNOTATOR_UNNAMED, format!("{file} does not say who proposed its claims"));
        let by = given.or(by).ok_or_else(unnamed)?;
        Ok(Answers { by, lines: text.lines().map(str::to_owned).collect() })
    }
}

/// All lines taken, some, or none of several. A file without claims takes back what was proposed before.
fn exit(proposals: &Proposals) -> Exit {
    match (proposals.refused.len(), proposals.kept.lines.len()) {
        (0, _) => Exit::Done,
        (_, 0) => Exit::Unreadable,
        _ => Exit::Partly,
    }
}
