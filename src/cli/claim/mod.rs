//! `rapporteur claim`: readers decide which claims are right, and correct them; `rapporteur undo` takes the last step back.

mod edit;
mod sheet;
mod undo;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use rapporteur::desk::{self, Desk, Listed, Pen, VERSION, decided};
use rapporteur::model::text::{counted, one_line};
use rapporteur::model::{Code, Correction, Decisions, End, Exit, Fault, Reviewed, Said, Verdict};
use rapporteur::query::find_claim;
use rapporteur::record::Record;
use rapporteur::store::Directory;

use super::link::FolderOption;
use super::rules_option::RulesOption;
use super::trouble::Trouble;
use super::{Outcome, clock, report};

pub use undo::Undo;

/// Say which claims are right and which are wrong; decisions hold for every later reading of their texts
#[derive(Args)]
pub struct Claim {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// A claim is right: it stands, however unsure it was
    #[command(after_help = "Example: rapporteur claim accept 4e801cbb5a10c2d7")]
    Accept(Decide),
    /// A claim is wrong: it is no claim any more
    #[command(after_help = "Example: rapporteur claim reject 4e801cbb5a10c2d7 --by Ana")]
    Reject(Decide),
    /// A claim says the wrong thing: its words prove another one, which stands in its place
    #[command(after_help = "Examples: rapporteur claim edit 4e801cbb5a10c2d7 --subject Israel\n          \
                            rapporteur claim edit 4e801cbb5a10c2d7 --relation opposes --affirm\n\n\
                            A name of a thing of the store means that thing; other words stay words.")]
    Edit(edit::Edit),
    /// List what was decided
    #[command(after_help = "Example: rapporteur claim list")]
    List(List),
    /// Decide in a table: write it, fill its first column (and correct the others), read it back
    #[command(after_help = "Example: rapporteur claim review --export review.csv\n         \
                            rapporteur claim review --import review.csv")]
    Review(Review),
}

/// Who decides, and where.
#[derive(Args)]
pub struct Reader {
    /// Who decides; it is kept with the decision [default: $RAPPORTEUR_READER, else nobody is named]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,

    #[command(flatten)]
    folder: FolderOption,

    #[command(flatten)]
    rules: RulesOption,
}

#[derive(Args)]
struct Decide {
    /// Numbers of claims as `why` takes them
    #[arg(required = true, value_name = "CLAIM")]
    claims: Vec<String>,

    #[command(flatten)]
    reader: Reader,
}

#[derive(Args)]
struct List {
    #[command(flatten)]
    store: super::store_option::StoreOption,
}

#[derive(Args)]
struct Review {
    /// Write the claims that wait for a reader to a table (.csv or .tsv; `-` for standard output)
    #[arg(long, value_name = "FILE", required_unless_present = "import", conflicts_with = "import")]
    export: Option<PathBuf>,

    /// Take decisions from a table: its column “decision” says accept or reject; empty leaves it open
    #[arg(long, value_name = "FILE")]
    import: Option<PathBuf>,

    /// All claims, not only those that wait
    #[arg(long, requires = "export")]
    all: bool,

    /// Replace the file if it exists
    #[arg(long, requires = "export")]
    force: bool,

    #[command(flatten)]
    reader: Reader,
}

impl Claim {
    pub fn run(self) -> Outcome {
        match self.command {
            Command::Accept(command) => command.run(Verdict::Accept),
            Command::Reject(command) => command.run(Verdict::Reject),
            Command::Edit(command) => command.run(),
            Command::List(command) => command.run(),
            Command::Review(command) => command.run(),
        }
    }
}

impl Reader {
    /// The folder of the store.
    pub fn directory(&self) -> PathBuf {
        self.folder.store.directory()
    }

    /// A verdict with who gives it, as it is kept: what was said, else the environment's word, on one line.
    pub fn correction(&self, verdict: Verdict) -> Correction {
        let by = self.by.clone().or_else(|| std::env::var("RAPPORTEUR_READER").ok()).unwrap_or_default();
        Correction { verdict, by: one_line(&by).chars().filter(|c| !c.is_control()).collect() }
    }

    /// Keeps decisions, applies them and says so; `command` is who writes.
    pub fn decide(&self, decisions: Vec<(Reviewed, Correction)>, command: &str) -> Outcome {
        let (kept, changed) = pen(&self.folder, &self.rules)?.decide(decisions, command, None)?;
        if kept == 0 {
            report::note("nothing decided, nothing changed");
            return Ok(Exit::Done);
        }
        let (kept, changed) = (counted(kept, "decision"), counted(changed, "document"));
        report::note(format!("{kept} kept, {changed} changed; take back: rapporteur undo"));
        Ok(Exit::Done)
    }
}

/// What writes decisions.
pub fn pen(folder: &FolderOption, rules: &RulesOption) -> Result<Pen<'static>, Box<dyn Fault>> {
    // A folder of vocabularies that is not there is told before anything is decided.
    folder.shelf()?;
    Ok(Pen {
        store: folder.store.directory(),
        vocabularies: folder.folder(),
        pipeline: rules.pipeline()?,
        version: format!("{VERSION}{}", rules.version()?),
        holder: clock::holder,
        now: clock::precise,
    })
}

impl Decide {
    fn run(self, verdict: Verdict) -> Outcome {
        let record = record(&self.reader.folder)?;
        let mut decisions = Vec::new();
        for wanted in &self.claims {
            let listed = one(&record, wanted)?;
            let Listed { number, subject, relation, object, .. } = &listed;
            report::note(format!("{:7} {number}  {subject} {relation} {object}", verdict.name()));
            decisions.push((Reviewed::Claim(listed.said), self.reader.correction(verdict.clone())));
        }
        self.reader.decide(decisions, "claim")
    }
}

/// All of a store that proves claims, also those that wait.
fn record(folder: &FolderOption) -> Result<Record<'static>, Box<dyn Fault>> {
    let (record, damages) = Desk::open(&folder.store.directory())?.record(&desk::PROOF)?;
    damages.iter().for_each(|damage| report::note(format!("warning: {damage}")));
    Ok(record)
}

/// The one claim that a number means.
fn one(record: &Record<'_>, wanted: &str) -> Result<Listed, Box<dyn Fault>> {
    let found = find_claim(record, wanted)?;
    let listed = match found.as_slice() {
        [one] => desk::listed_one(record, *one),
        several => {
            let numbers: Vec<String> =
                several.iter().filter_map(|id| desk::listed_one(record, *id)).map(|one| one.number).collect();
            let some = numbers.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
            let why = format!("“{wanted}” may be any of {} claims: {some}", several.len());
            return Err(Trouble::new(Code::MANY_THINGS, why).try_this("say the whole number").into());
        }
    };
    let cannot = || Trouble::new(Code::NO_SUCH_CLAIM, format!("claim {wanted} has no words of a text to go by"));
    Ok(listed.ok_or_else(cannot)?)
}

impl List {
    fn run(self) -> Outcome {
        let decisions = decided(Directory::open(&self.store.directory())?)?;
        if decisions.reviewed().next().is_none() {
            report::note("nothing decided yet: rapporteur claim review --export FILE, rapporteur claim reject NUMBER");
        }
        report::print(|out| list(&decisions, out))
    }
}

fn list(decisions: &Decisions, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    for (about, correction) in decisions.reviewed() {
        let by = if correction.by.is_empty() { String::new() } else { format!("  by {}", correction.by) };
        let (verdict, text) = (correction.verdict.name(), about.text());
        match (about, &correction.verdict) {
            (Reviewed::Document { key, .. }, Verdict::State(value)) => {
                writeln!(out, "{verdict:7} {text}  {key} = {value}{by}")?;
            }
            (Reviewed::Document { .. }, _) => {}
            (Reviewed::Claim(said), verdict) => {
                writeln!(out, "{:7} {text}  {}  “{}”{by}", verdict.name(), in_words(said), said.quote)?;
                if let Verdict::Edit(now) = verdict {
                    writeln!(out, "{:7} {:16}  {}", "", "", in_words(now))?;
                }
            }
        }
    }
    Ok(())
}

/// A claim as a decision names it, for people.
fn in_words(said: &Said) -> String {
    let end = |end: &End| match end {
        End::Thing(key) => key.clone(),
        End::Words(words) => format!("“{words}”"),
    };
    let relation = said.relation.rsplit(['#', '/']).next().unwrap_or_default();
    let not = if said.denied { "not " } else { "" };
    format!("{} → {not}{relation} → {}", end(&said.subject), end(&said.object))
}

impl Review {
    fn run(self) -> Outcome {
        let record = record(&self.reader.folder)?;
        let claims = desk::listed(&record);
        if let Some(file) = &self.export {
            let shown: Vec<&Listed> = claims.iter().filter(|claim| self.all || claim.waits).collect();
            return sheet::export(file, self.force, &shown);
        }
        let Some(file) = &self.import else { return Ok(Exit::Done) };
        // What was rejected is no claim any more, and may be decided anew.
        let decisions = decided(Directory::open(&self.reader.folder.store.directory())?)?;
        let pipeline = self.reader.rules.pipeline()?;
        let verdicts = sheet::import(file, &sheet::Known::new(&record, pipeline, &claims, &decisions))?;
        let taken = verdicts.into_iter();
        let taken = taken.map(|(said, verdict)| (Reviewed::Claim(said), self.reader.correction(verdict))).collect();
        self.reader.decide(taken, "claim")
    }
}
