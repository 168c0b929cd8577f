//! `rapporteur check`: proof that the store holds what it says.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use clap::{Args, ValueEnum};
use rapporteur::check::{Finding, Level, Shape, check};
use rapporteur::desk::{self, Reader, VERSION};
use rapporteur::lift::vocabulary::SHAPES_TURTLE;
use rapporteur::model::text::counted;
use rapporteur::model::{Exit, Fault};
use rapporteur::read::Options;
use rapporteur::store::Directory;

use super::input;
use super::limit_option::LimitOption;
use super::link::FolderOption;
use super::own_shapes::OwnShapes;
use super::rules_option::RulesOption;
use super::{Outcome, report};

/// Prove every quote against the stored texts, and the graph against its shapes; exit 1 if something is wrong
#[derive(Args)]
pub struct Check {
    #[command(flatten)]
    folder: FolderOption,

    #[command(flatten)]
    rules: RulesOption,

    /// Also read each stored text anew and compare: the only proof that every claim has the ends, the holder and the words
    /// that the rules give it
    #[arg(long)]
    again: bool,

    /// Prove everything. Of large stores, what an earlier check proved and whose files are as they were is else not proved again
    #[arg(long)]
    all: bool,

    /// What fails the check
    #[arg(long, value_enum, default_value_t, value_name = "LEVEL")]
    fail_on: FailOn,

    /// A folder of your own checks (.rq), asked after those that ship
    #[arg(long, value_name = "DIR")]
    queries: Option<PathBuf>,

    #[command(flatten)]
    limits: LimitOption,

    /// Files of your own shapes in SHACL (.ttl, .rdf, .jsonld …), held against the whole store after the other checks: SHACL
    /// Core and sh:sparql. What is not understood in them is refused. Without a file: print the shapes that ship, for other
    /// tools, and check nothing
    #[arg(long, num_args = 0.., value_name = "FILE")]
    shapes: Option<Vec<PathBuf>>,

    /// Write what --shapes found as a SHACL validation report, in RDF by the file's ending
    #[arg(long, value_name = "FILE", requires = "shapes")]
    report: Option<PathBuf>,

    /// Replace the report if it exists
    #[arg(long, requires = "report")]
    force: bool,
}

/// The longest that one of its questions takes, unless the user says otherwise.
const LONGEST: Duration = Duration::from_secs(600);

/// What fails the check.
#[derive(Clone, Copy, Default, ValueEnum)]
enum FailOn {
    #[default]
    Error,
    Warn,
    None,
}

impl Check {
    pub fn run(self) -> Outcome {
        let files = self.shapes.as_deref().unwrap_or_default();
        if self.shapes.is_some() && files.is_empty() {
            return report::print(|out| out.write_all(SHAPES_TURTLE.as_bytes()));
        }
        let own = self.queries.as_deref().map(own_questions).transpose()?.unwrap_or_default();
        // Before the store is looked at: what is wrong with the shapes is said at once.
        let shacl = if files.is_empty() { None } else { Some(OwnShapes::read(files)?) };
        let mut findings = check(&self.folder.store.directory(), &own, self.limits.limits(LONGEST), self.all)?;
        if self.again {
            findings.extend(self.read_again()?);
        }
        if let Some(shacl) = shacl {
            let (store, limits) = (self.folder.store.directory(), self.limits.limits(LONGEST));
            findings.extend(shacl.hold(&store, limits, self.report.as_deref(), self.force)?);
        }
        let shown = report::show(|out| findings.iter().try_for_each(|finding| writeln!(out, "{}", coloured(finding))))?;
        let number = |level| findings.iter().filter(|finding| finding.level == level).count();
        let (failures, warnings) = (number(Level::Fail), number(Level::Warn));
        if failures + warnings > 0 {
            report::note(format!("{}, {}", counted(failures, "failure"), counted(warnings, "warning")));
        }
        let fails = match self.fail_on {
            FailOn::Error => failures > 0,
            FailOn::Warn => failures + warnings > 0,
            FailOn::None => false,
        };
        Ok(if fails { Exit::Failed } else { shown })
    }
}

impl Check {
    /// What reading all texts anew shows.
    fn read_again(&self) -> Result<Vec<Finding>, Box<dyn Fault>> {
        let directory = Directory::open(&self.folder.store.directory())?;
        let (pipeline, outside) = (self.rules.pipeline()?, self.folder.outside()?);
        let (options, base) = (Options::default(), directory.base().clone());
        let reader = Reader { pipeline, outside: &outside, options, base };
        desk::again(&directory, &reader, &format!("{VERSION}{}", self.rules.version()?))
    }
}

/// The finding with its level in colour.
fn coloured(finding: &Finding) -> String {
    let style = match finding.level {
        Level::Ok => AnsiColor::Green.on_default(),
        Level::Warn => AnsiColor::Yellow.on_default(),
        Level::Fail => Style::new().fg_color(Some(AnsiColor::Red.into())).bold(),
    };
    let line = finding.to_string();
    let (level, rest) = line.split_at(4);
    format!("{style}{level}{style:#}{rest}")
}

fn own_questions(folder: &Path) -> Result<Vec<Shape>, Box<dyn Fault>> {
    let mut shapes = Vec::new();
    for input in input::expand(&[folder.to_owned()], |ending| ending == "rq")? {
        let name = input.name();
        let text = String::from_utf8_lossy(&input.read()?).into_owned();
        shapes.push(Shape::new(&name, &text)?);
    }
    Ok(shapes)
}
