//! `rapporteur claim edit`: another claim in the place of one whose words prove something else.

use clap::Args;
use rapporteur::desk::{Listed, end_of};
use rapporteur::model::{Code, End, Exit, Fault, Relations, Reviewed, Said, Verdict};
use rapporteur::pipeline::Pipeline;
use rapporteur::record::Record;

use super::{Reader, one, record};
use crate::cli::trouble::Trouble;
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
        let mut now = said.clone();
        if let Some(subject) = &self.subject {
            now.subject = editor.end(subject, &said)?;
        }
        if let Some(relation) = &self.relation {
            (now.relation, now.denied) = editor.relation(relation)?;
            now.denied |= said.denied;
        }
        if let Some(object) = &self.object {
            now.object = editor.end(object, &said)?;
        }
        if self.deny || self.affirm {
            now.denied = self.deny;
        }
        if now == said {
            report::note("nothing decided, nothing changed: say --subject, --relation, --object, --deny or --affirm");
            return Ok(Exit::Done);
        }
        report::note(format!("edit    {number}  {}", super::in_words(&now)));
        let verdict = Verdict::Edit(Box::new(now));
        self.reader.decide(vec![(Reviewed::Claim(said), self.reader.correction(verdict))], "claim")
    }
}

/// What turns a reader's words into parts of a claim.
pub struct Editor<'e> {
    pub record: &'e Record<'e>,
    pub pipeline: &'e Pipeline<'e>,
}

impl Editor<'_> {
    /// The end that words mean, for a claim of a text: a thing that the text names or the catalogue knows, else words.
    pub fn end(&self, words: &str, of: &Said) -> Result<End, Trouble> {
        if words.trim().is_empty() {
            return Err(Trouble::new(Code::DECISIONS_UNCLEAR, "an end of a claim cannot be empty"));
        }
        let end = end_of(self.record, words);
        match &end {
            End::Thing(key) if !self.pipeline.knows(key) && !self.names(key, of) => Ok(End::Words(words.to_owned())),
            _ => Ok(end),
        }
    }

    /// Whether a claim's text has claims that name a thing. Things of other texts are none of this one.
    fn names(&self, key: &str, of: &Said) -> bool {
        let quads = self.record.quads();
        let is = |id| quads.iri(id).is_some_and(|iri| iri.ends_with(key));
        let of_text = |text| quads.text(text).contains(&of.text);
        self.record.claims().any(|claim| claim.text.is_some_and(of_text) && (is(claim.subject) || is(claim.object)))
    }

    /// The IRI of a relation, by its name in any of its spellings, and whether these say that it is denied.
    pub fn relation(&self, name: &str) -> Result<(String, bool), Box<dyn Fault>> {
        let relations = self.pipeline.relations();
        let wanted = squeezed(name);
        let plain = name.trim().strip_prefix("not ").map(squeezed);
        for relation in relations.iter() {
            let words = [relation.name().to_owned(), relation.words(false)].map(|words| squeezed(&words));
            if words.contains(&wanted) || relation.iri() == name {
                return Ok((relation.iri().to_owned(), false));
            }
            if squeezed(&relation.words(true)) == wanted || plain.as_ref().is_some_and(|plain| words.contains(plain)) {
                return Ok((relation.iri().to_owned(), true));
            }
        }
        let problem = format!("there is no relation “{name}”");
        let trouble = Trouble::new(Code::DECISIONS_UNCLEAR, problem);
        Err(match near(relations, &wanted) {
            Some(near) => trouble.try_this(format!("did you mean {near}?")),
            None => trouble,
        }
        .into())
    }
}

fn squeezed(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn near<'r>(relations: &'r Relations, wanted: &str) -> Option<&'r str> {
    let best = relations.iter().map(|relation| {
        let name = relation.name();
        (strsim::osa_distance(&squeezed(name), wanted), name)
    });
    best.min().filter(|(distance, _)| distance * 3 <= wanted.chars().count().max(3)).map(|(_, name)| name)
}
