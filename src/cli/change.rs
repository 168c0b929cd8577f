//! `rapporteur change`: what changed in an actor's positions over time.

use clap::Args;
use rapporteur::desk;
use rapporteur::query::stances::{Changed, Timeline, changes};
use rapporteur::query::{Placing, Topics};
use rapporteur::record::Record;

use super::scope_option::{Head, ScopeOption, node, sureness, told, words};
use super::{Outcome, report};

const HEADS: [Head; 14] = [
    ("topic", "Topic", false),
    ("target", "On", false),
    ("change", "Change", false),
    ("before", "Before", false),
    ("beforeAct", "", false),
    ("beforeQuote", "Words then", false),
    ("beforeWhere", "Where then", true),
    ("date", "Date", false),
    ("act", "", false),
    ("quote", "Words", false),
    ("where", "Where", true),
    ("sure", "Sure", false),
    ("beforeClaim", "Claim then", true),
    ("claim", "Claim", true),
];

/// Tell what changed in an actor's own positions, with both sentences
///
/// A row a change, by topic and matter: turned (for → against), strengthened, weakened, a new ask, a matter said for the first
/// time that it comes back to, one that it came back to and dropped. What others say of the actor does not count.
#[derive(Args)]
#[command(after_help = "\
Examples:
  rapporteur change Iran --topic \"Expert Group\"
  rapporteur change Estonia --topic cybersecurity --from 2015 --to 2023
  rapporteur change UNGA -f csv > changes.csv")]
pub struct Change {
    /// Whose: a label, acronym, code or key
    #[arg(value_name = "ACTOR")]
    actor: String,

    #[command(flatten)]
    scope: ScopeOption,
}

impl Change {
    pub fn run(self) -> Outcome {
        let record = self.scope.open()?;
        let (actor, remark) = desk::meant(&record, &self.actor)?;
        remark.iter().for_each(|remark| report::note(format!("note: {remark}")));
        let topic = self.scope.topic(&record)?;
        let tree = Topics::new(&record);
        let timeline =
            Timeline::of(&record, actor, &self.scope.scope(topic.as_ref()), &mut Placing::new(&record, &tree));
        if timeline.undated > 0 {
            report::note(format!("note: {} more positions stand in texts without a date", timeline.undated));
        }
        let mut found = changes(&timeline);
        found.sort_by_cached_key(|one| {
            let topic = one.topic.map(|topic| record.label(topic));
            (topic.is_none(), topic, record.words(one.target), one.after.or(one.before).map(|one| one.date.to_owned()))
        });
        if found.is_empty() {
            let name = record.label(actor);
            return self.scope.nothing(&match timeline.dates.len() {
                0 => format!("no dated position of {name} in its own words"),
                1 => format!("all positions of {name} are of one date"),
                dates => format!("{name} spoke on {dates} dates, and nothing that it came back to changed"),
            });
        }
        self.scope.write(&HEADS, found.iter().map(|one| row(&record, one)).collect(), &record)
    }
}

fn row(record: &Record<'_>, one: &Changed<'_>) -> Vec<Option<oxrdf::Term>> {
    let claim = |position: Option<&rapporteur::query::stances::Position<'_>>| {
        position.and_then(|position| node(record, position.claim.id))
    };
    let topic = one.topic.and_then(|topic| node(record, topic));
    let mut row = vec![topic, node(record, one.target), words(&one.sort.words(one))];
    row.extend(told(record, one.before));
    row.extend(told(record, one.after));
    row.extend([sureness(&[one.before, one.after]), claim(one.before), claim(one.after)]);
    row
}
