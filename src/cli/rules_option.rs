//! The options that add the user's own rules, relations and names, the same in all subcommands that read texts.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use clap::Args;
use rapporteur::model::Fault;
use rapporteur::model::text::hex;
use rapporteur::pipeline::Pipeline;
use rapporteur::relate::Learned;
use rapporteur::seeds::{Catalogue, EMBEDDED_FILES, Lexicon, Rules, declare, declares_relations, relations};
use sha2::{Digest, Sha256};

use super::{input, report};

/// Where the user's own rules and names are.
#[derive(Args, Clone, Debug, Default)]
pub struct RulesOption {
    /// A folder of your own rules (.toml, .tsv), and of relations (.ttl) for them; a rule with the code of one that ships
    /// replaces it
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,

    /// A folder of your own seeds: names (.ttl, as in seeds/catalogue), relations (.ttl, as in ontology) and rules (.toml,
    /// .tsv)
    #[arg(long, value_name = "DIR")]
    seeds: Vec<PathBuf>,
}

/// File name and text.
type Files = Vec<(String, String)>;

impl RulesOption {
    /// The pipeline over what ships and what the user adds.
    pub fn pipeline(&self) -> Result<&'static Pipeline<'static>, Box<dyn Fault>> {
        if self.rules.is_empty() && self.seeds.is_empty() {
            return Ok(Pipeline::embedded());
        }
        let own = [self.files("toml")?, self.files("tsv")?].concat();
        let ontologies = self.ontologies()?;
        if own.is_empty() && self.files("ttl")?.is_empty() {
            report::note("note: no rules (.toml), relations or names (.ttl) in the folders given");
        }
        let mut rules = Rules::embedded().clone();
        rules.replace(&borrowed(&own), &declare(relations(), &borrowed(&ontologies))?)?;
        // They live as long as the program, which reads its texts and ends.
        let catalogue: &'static Catalogue = match self.catalogue()? {
            Cow::Borrowed(catalogue) => catalogue,
            Cow::Owned(catalogue) => Box::leak(Box::new(catalogue)),
        };
        let pipeline = Pipeline::new(catalogue, Box::leak(Box::new(rules)), Lexicon::embedded());
        Ok(Box::leak(Box::new(pipeline.scored_by(Learned::embedded()))))
    }

    /// The names that ship and the user's.
    pub fn catalogue(&self) -> Result<Cow<'static, Catalogue>, Box<dyn Fault>> {
        let mut own = self.files("ttl")?;
        own.retain(|(_, text)| !declares_relations(text));
        if own.is_empty() {
            return Ok(Cow::Borrowed(Catalogue::embedded()));
        }
        let files = [EMBEDDED_FILES, borrowed(&own).as_slice()].concat();
        Ok(Cow::Owned(Catalogue::parse(&files)?))
    }

    /// The user's files that declare relations.
    fn ontologies(&self) -> Result<Files, Box<dyn Fault>> {
        let mut own = self.files("ttl")?;
        own.retain(|(_, text)| declares_relations(text));
        Ok(own)
    }

    /// What to add to the program's version: a text read by other rules is read anew.
    pub fn version(&self) -> Result<String, Box<dyn Fault>> {
        let files = [self.files("toml")?, self.files("tsv")?, self.files("ttl")?].concat();
        if files.is_empty() {
            return Ok(String::new());
        }
        let mut hash = Sha256::new();
        for (_, text) in &files {
            hash.update(text.len().to_be_bytes());
            hash.update(text);
        }
        let digits = hex(&hash.finalize()[..4]);
        Ok(format!(" with own seeds {digits}"))
    }

    fn files(&self, ending: &str) -> Result<Files, Box<dyn Fault>> {
        let folders: Vec<PathBuf> = self.rules.iter().chain(&self.seeds).cloned().collect();
        let mut files = Files::new();
        for input in input::expand(&folders, |found| found == ending)? {
            let name = input.name();
            match Path::new(&name).extension().and_then(|found| found.to_str()) {
                Some(found) if found == ending => {
                    files.push((name, String::from_utf8_lossy(&input.read()?).into_owned()));
                }
                Some("toml" | "tsv" | "ttl") => {}
                // No folder, or it would have been looked into: reading it says what is the matter.
                _ => drop(input.read()?),
            }
        }
        Ok(files)
    }
}

fn borrowed(files: &Files) -> Vec<(&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}
