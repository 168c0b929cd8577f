//! `rapporteur compare`: two actors face each other.

use clap::Args;
use rapporteur::desk::stance::{Accord, ComparePlan, Comparison, Teller, comparison_table};
use rapporteur::model::Code;
use rapporteur::model::text::counted;

use super::asked::{Asked, reader};
use super::trouble::Trouble;
use super::{Outcome, report};

/// Compare two actors: where they agree, where they are opposed, and what only one of them says
///
/// Each stands by its own words, and each row has both sentences. What "only" one says is not in the other's statements, not
/// even in its words; that is silence, not disagreement. Without a topic, what one says in one statement only is left out, and
/// counted.
#[derive(Args)]
#[command(after_help = "\
Examples:
  rapporteur compare Norway Iran --topic cybercrime
  rapporteur compare \"European Union\" \"African Union\" --from 2015 -o both.csv")]
pub struct Compare {
    /// A State, body or person: a label, code, key or <IRI>
    #[arg(value_name = "A")]
    first: String,

    /// Another
    #[arg(value_name = "B")]
    second: String,

    /// Also what one of them says in one statement only
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    asked: Asked,
}

impl Compare {
    pub fn run(self) -> Outcome {
        let format = self.asked.output.format()?;
        let (desk, mut hearing) = self.asked.output.open()?;
        let actors = [hearing.actor(&self.first)?, hearing.actor(&self.second)?];
        let names = actors.map(|actor| hearing.record.label(actor));
        if actors[0] == actors[1] {
            let said = format!("“{}” and “{}” are both {}", self.first, self.second, names[0]);
            let hint = format!("how one actor moved: rapporteur change \"{}\"", self.first);
            return Err(Trouble::new(Code::NO_SUCH_THING, said).try_this(hint).into());
        }
        let topic = self.asked.on_topic(&desk, &mut hearing)?;
        Asked::say(&hearing);
        let plan = ComparePlan { actors, times: None, scope: self.asked.scope(&topic), all: self.all };
        let found = Comparison::of(&hearing.record, &hearing.said, &plan, &|sha256| desk.whole_text(sha256));
        let sentences = desk.sentences();
        let sentence = |passage: &str| sentences.at(passage);
        let teller = Teller::new(&hearing.record, &hearing.said, &sentence);
        let [first, second] = &names;
        let tabled = comparison_table(&teller, &found, [first, second], reader(format));
        let done = self.asked.output.write(&hearing.record, tabled, format)?;
        let count = |accord: Accord| found.rows.iter().filter(|row| row.accord == accord).count();
        let [one, other] = found.statements.map(|number| counted(number, "statement"));
        report::note(format!(
            "{} opposed, {} agreed, {} only {first}, {} only {second}{}; {one} of {first}, {other} of {second}",
            count(Accord::Opposed),
            count(Accord::Agreed),
            count(Accord::OnlyFirst),
            count(Accord::OnlySecond),
            self.asked.on(),
        ));
        if found.near > 0 {
            let words = counted(found.near, "matter");
            report::note(format!("left out: {words} on which the other says much the same; --all shows them"));
        }
        if found.left_out > 0 {
            let words = counted(found.left_out, "matter");
            report::note(format!("left out: {words} of one statement only; --all shows them"));
        }
        Ok(done)
    }
}
