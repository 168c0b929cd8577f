//! `rapporteur compare`: two actors side by side.

use clap::Args;
use rapporteur::desk;
use rapporteur::query::stances::{Common, Timeline, compare};
use rapporteur::query::{Placing, Topics};
use rapporteur::record::Record;

use super::scope_option::{Head, ScopeOption, node, sureness, told, words};
use super::{Outcome, report};

const HEADS: [Head; 12] = [
    ("topic", "Topic", false),
    ("target", "On", false),
    ("verdict", "", false),
    ("date", "Date", false),
    ("act", "One", false),
    ("quote", "Words", false),
    ("where", "Where", true),
    ("otherDate", "Date", false),
    ("otherAct", "Other", false),
    ("otherQuote", "Words", false),
    ("otherWhere", "Where", true),
    ("sure", "Sure", false),
];

/// Set two actors side by side: the matters on which both take positions, with both sentences
///
/// A row a matter, those first on which they differ; of each actor the last position in its own words.
#[derive(Args)]
#[command(after_help = "\
Examples:
  rapporteur compare Iran Estonia --topic cybercrime
  rapporteur compare \"Russian Federation\" \"United States\" --from 2019 -f markdown")]
pub struct Compare {
    /// The one: a label, acronym, code or key
    #[arg(value_name = "ACTOR")]
    one: String,

    /// The other
    #[arg(value_name = "OTHER")]
    other: String,

    #[command(flatten)]
    scope: ScopeOption,
}

impl Compare {
    pub fn run(self) -> Outcome {
        let record = self.scope.open()?;
        let topic = self.scope.topic(&record)?;
        let tree = Topics::new(&record);
        let mut placing = Placing::new(&record, &tree);
        let mut actors = Vec::new();
        for name in [&self.one, &self.other] {
            let (actor, remark) = desk::meant(&record, name)?;
            remark.iter().for_each(|remark| report::note(format!("note: {remark}")));
            let timeline = Timeline::of(&record, actor, &self.scope.scope(topic.as_ref()), &mut placing);
            actors.push((record.label(actor), timeline));
        }
        let [(one, ours), (other, theirs)] = actors.as_slice() else { return self.scope.nothing("no actors") };
        let shared = compare(ours, theirs);
        report::note(format!(
            "{one}: {}; {other}: {}; both: {}",
            matters(ours.matters.len()),
            matters(theirs.matters.len()),
            shared.len()
        ));
        if shared.is_empty() {
            return self.scope.nothing(&format!("no matter on which both {one} and {other} take a position"));
        }
        self.scope.write(&HEADS, shared.iter().map(|common| row(&record, common)).collect(), &record)
    }
}

fn matters(number: usize) -> String {
    format!("{number} {}", if number == 1 { "matter" } else { "matters" })
}

fn row(record: &Record<'_>, common: &Common<'_>) -> Vec<Option<oxrdf::Term>> {
    let verdict = if common.differs() { "differ" } else { "agree" };
    let mut row = vec![common.topic.and_then(|topic| node(record, topic)), node(record, common.target), words(verdict)];
    row.extend(told(record, Some(common.one)));
    row.extend(told(record, Some(common.other)));
    row.push(sureness(&[Some(common.one), Some(common.other)]));
    row
}
