//! `rapporteur claim`: readers decide which claims are right; `rapporteur undo` takes the last decision back.

mod sheet;
mod undo;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use rapporteur::desk::{self, Change, Desk, Listed, Readings, VERSION, decided};
use rapporteur::model::text::{counted, one_line};
use rapporteur::model::{Code, Correction, Decisions, Exit, Fault, Verdict};
use rapporteur::query::find_claim;
use rapporteur::store::{Directory, Error, Writer};

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
    #[command(after_help = "Example: rapporteur claim accept 4e801cbb-1693-1")]
    Accept(Decide),
    /// A claim is wrong: it is no claim any more
    #[command(after_help = "Example: rapporteur claim reject 4e801cbb-1693-1 --by Ana")]
    Reject(Decide),
    /// List what was decided
    List(List),
    /// Decide in a table: write it, fill its first column, read it back
    #[command(after_help = "Example: rapporteur claim review --export review.csv\n         \
                            rapporteur claim review --import review.csv")]
    Review(Review),
}

/// Who decides, and where.
#[derive(Args)]
struct Reader {
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
            Command::List(command) => command.run(),
            Command::Review(command) => command.run(),
        }
    }
}

impl Reader {
    fn correction(&self, verdict: Verdict) -> Correction {
        let by = self.by.clone().or_else(|| std::env::var("RAPPORTEUR_READER").ok()).unwrap_or_default();
        let by = one_line(&by).chars().filter(|c| !c.is_control()).collect();
        Correction { verdict, by }
    }

    /// Keeps decisions, applies them and says so.
    fn decide(&self, changes: &[Change]) -> Outcome {
        let mut writer = Writer::open(&self.folder.store.directory(), None, &clock::holder("claim"))?;
        let changed = readings(&self.folder, &self.rules)?.decide(&mut writer, changes, &clock::precise())?;
        let decisions = counted(changes.len(), "decision");
        report::note(format!("{decisions} kept, {} changed; take back: rapporteur undo", counted(changed, "document")));
        Ok(Exit::Done)
    }
}

/// What reads documents again.
fn readings(folder: &FolderOption, rules: &RulesOption) -> Result<Readings<'static>, Box<dyn Fault>> {
    let version = format!("{VERSION}{}", rules.version()?);
    Ok(Readings { pipeline: rules.pipeline()?, shelf: folder.shelf()?, version })
}

/// All claims of a store, also those that wait. A damaged part must not be taken for none.
fn claims(folder: &FolderOption) -> Result<Vec<Listed>, Box<dyn Fault>> {
    let (record, damages) = Desk::open(&folder.store.directory())?.record(&desk::PROOF)?;
    match damages.into_iter().next() {
        Some(damage) => Err(Error::from(damage).into()),
        None => Ok(desk::listed(&record)),
    }
}

impl Decide {
    fn run(self, verdict: Verdict) -> Outcome {
        let folder = &self.reader.folder;
        let (record, damages) = Desk::open(&folder.store.directory())?.record(&desk::PROOF)?;
        damages.iter().for_each(|damage| report::note(format!("warning: {damage}")));
        let mut changes = Vec::new();
        for wanted in &self.claims {
            let found = find_claim(&record, wanted)?;
            let listed = match found.as_slice() {
                [one] => desk::listed_one(&record, *one),
                several => {
                    let numbers: Vec<String> =
                        several.iter().filter_map(|id| desk::listed_one(&record, *id)).map(|one| one.number).collect();
                    let some = numbers.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
                    let why = format!("“{wanted}” may be any of {} claims: {some}", several.len());
                    return Err(Trouble::new(Code::MANY_THINGS, why).try_this("say the whole number").into());
                }
            };
            let cannot =
                || Trouble::new(Code::NO_SUCH_CLAIM, format!("claim {wanted} has no words of a text to go by"));
            let listed = listed.ok_or_else(cannot)?;
            let Listed { number, subject, relation, object, .. } = &listed;
            report::note(format!("{:7} {number}  {subject} {relation} {object}", verdict.name()));
            changes.push((listed.said, Some(self.reader.correction(verdict))));
        }
        self.reader.decide(&changes)
    }
}

impl List {
    fn run(self) -> Outcome {
        let decisions = decided(Directory::open(&self.store.directory())?)?;
        if decisions.claims().next().is_none() {
            report::note("nothing decided yet: rapporteur claim review --export FILE, rapporteur claim reject NUMBER");
        }
        report::print(|out| list(&decisions, out))
    }
}

fn list(decisions: &Decisions, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    use rapporteur::model::End;
    let end = |end: &End| match end {
        End::Thing(key) => key.clone(),
        End::Words(words) => format!("“{words}”"),
    };
    for (said, correction) in decisions.claims() {
        let relation = said.relation.rsplit(['#', '/']).next().unwrap_or_default();
        let not = if said.denied { "not " } else { "" };
        let by = if correction.by.is_empty() { String::new() } else { format!("  by {}", correction.by) };
        let (subject, object) = (end(&said.subject), end(&said.object));
        let verdict = correction.verdict.name();
        writeln!(out, "{verdict:7} {}  {subject} → {not}{relation} → {object}  “{}”{by}", said.text, said.quote)?;
    }
    Ok(())
}

impl Review {
    fn run(self) -> Outcome {
        let mut claims = claims(&self.reader.folder)?;
        if let Some(file) = &self.export {
            claims.retain(|claim| self.all || claim.waits);
            return sheet::export(file, self.force, &claims);
        }
        let Some(file) = &self.import else { return Ok(Exit::Done) };
        // What was rejected is no claim any more, and may be decided anew.
        let decisions = decided(Directory::open(&self.reader.folder.store.directory())?)?;
        let verdicts = sheet::import(file, &claims, &decisions)?;
        let changes: Vec<Change> = verdicts
            .into_iter()
            .map(|(said, verdict)| (said, Some(self.reader.correction(verdict))))
            .filter(|(said, correction)| {
                decisions.claim(said).map(|it| it.verdict) != correction.as_ref().map(|it| it.verdict)
            })
            .collect();
        if changes.is_empty() {
            report::note("nothing decided, nothing changed");
            return Ok(Exit::Done);
        }
        self.reader.decide(&changes)
    }
}
