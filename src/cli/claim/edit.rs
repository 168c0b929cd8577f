//! `rapporteur claim edit`: another claim in the place of one whose words prove something else.

use clap::Args;
use rapporteur::desk::{EditError, Editor, Listed, Wanted};
use rapporteur::model::{Exit, Reviewed, Verdict};

use super::{Reader, one, record};
use crate::cli::{Outcome, report};

#[derive(Args)]
pub struct Edit {
    /// Number of the claim as `why` takes it
    #[arg(value_name = "CLAIM")]
    claim: String,

    /// Of whom or what it is said
    #[arg(long, value_name = "NAME")]
    subject: Option<String>,

    /// What is said: a relation, as `claim review` and `rapporteur query verbs` show them
    #[arg(long, value_name = "RELATION")]
    relation: Option<String>,

    /// Of, to or about whom or what
    #[arg(long, value_name = "NAME")]
    object: Option<String>,

    /// It is denied
    #[arg(long, conflicts_with = "affirm")]
    deny: bool,

    /// It is not denied
    #[arg(long)]
    affirm: bool,

    #[command(flatten)]
    reader: Reader,
}

impl Edit {
    pub fn run(self) -> Outcome {
        let record = record(&self.reader.folder)?;
        let Listed { said, number, .. } = one(&record, &self.claim)?;
        let pipeline = self.reader.rules.pipeline()?;
        let editor = Editor { record: &record, pipeline };
        let wanted = Wanted {
            subject: self.subject.as_deref(),
            relation: self.relation.as_deref(),
            object: self.object.as_deref(),
            denied: (self.deny || self.affirm).then_some(self.deny),
        };
        let now = match editor.edited(&said, &wanted) {
            Ok(now) => now,
            Err(EditError::Nothing) => {
                report::note(
                    "nothing decided, nothing changed: say --subject, --relation, --object, --deny or --affirm",
                );
                return Ok(Exit::Done);
            }
            Err(error) => return Err(error.into()),
        };
        report::note(format!("edit    {number}  {}", super::in_words(&now)));
        let verdict = Verdict::Edit(Box::new(now));
        self.reader.decide(vec![(Reviewed::Claim(said), self.reader.correction(verdict))], "claim")
    }
}
