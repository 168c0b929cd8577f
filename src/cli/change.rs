//! `rapporteur change`: how an actor's positions moved.

use clap::Args;
use rapporteur::desk::stance::{ChangePlan, Changes, Teller, change_table};
use rapporteur::model::text::counted;

use super::asked::{Asked, reader};
use super::{Outcome, report};

/// Tell how an actor's positions moved: first said, stronger or weaker, turned round, not said again
///
/// "First in this store" is said of these documents: no earlier one here takes that stance on the matter or on a broader one. Only the actor's own words count, in texts with a date. Each row has both sentences. "not said again" is silence, told only
/// where later statements speak of the topic and have nothing of the matter, not even its words; it is no change of mind.
/// Without a topic, what only one statement says is left out, and counted.
#[derive(Args)]
#[command(after_help = "\
Examples:
  rapporteur change Iran --topic \"Expert Group\"
  rapporteur change Norway --from 2015 --to 2020
  rapporteur change \"General Assembly\" --topic cybercrime -o change.csv")]
pub struct Change {
    /// A State, body or person: a label, code, key or <IRI>
    #[arg(value_name = "ACTOR")]
    actor: String,

    /// Also first and last words on what only one statement speaks of
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    asked: Asked,
}

impl Change {
    pub fn run(self) -> Outcome {
        let format = self.asked.output.format()?;
        let (desk, mut hearing) = self.asked.output.open()?;
        let actor = hearing.actor(&self.actor)?;
        let topic = self.asked.on_topic(&desk, &mut hearing)?;
        Asked::say(&hearing);
        let plan = ChangePlan { actor, scope: self.asked.scope(&topic), all: self.all };
        let changes = Changes::of(&hearing.record, &hearing.said, &plan, &|sha256| desk.whole_text(sha256));
        let sentences = desk.sentences();
        let sentence = |passage: &str| sentences.at(passage);
        let teller = Teller::new(&hearing.record, &hearing.said, &sentence);
        let done = self.asked.output.write(&hearing.record, change_table(&teller, &changes, reader(format)), format)?;
        let name = hearing.record.label(actor);
        let statements = counted(changes.statements, "statement");
        match (changes.rows.is_empty(), changes.statements) {
            (true, 0) => report::note(format!("no rows: no statement of {name} with a date is in this store")),
            (true, _) => report::note(format!("no rows: nothing moved{} in {statements} of {name}", self.asked.on())),
            _ => {}
        }
        if changes.left_out > 0 {
            let words = counted(changes.left_out, "first or last word");
            report::note(format!("left out: {words} on what only one statement speaks of; --all shows them"));
        }
        Ok(done)
    }
}
