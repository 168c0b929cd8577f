//! A reader's words turned into parts of a claim: what terminals, tables and pages have in common when a claim is corrected.

use crate::model::{Code, End, Fault, Relations, Said};
use crate::pipeline::Pipeline;
use crate::record::Record;

use super::{Listed, end_of};

/// What turns a reader's words into parts of a claim.
pub struct Editor<'e> {
    /// The claims, and what is named in them.
    pub record: &'e Record<'e>,
    /// What knows relations and the catalogue.
    pub pipeline: &'e Pipeline<'e>,
}

/// What a claim should say; `None` leaves a part as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted<'w> {
    /// Of whom or what.
    pub subject: Option<&'w str>,
    /// A relation by its name, in any spelling, or its IRI.
    pub relation: Option<&'w str>,
    /// What.
    pub object: Option<&'w str>,
    /// Whether it is denied.
    pub denied: Option<bool>,
}

/// Why a claim cannot be corrected so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// A part has no words.
    #[error("an end of a claim cannot be empty")]
    Empty,
    /// No relation is called so.
    #[error("there is no relation “{name}”")]
    NoRelation {
        /// What was said.
        name: String,
        /// One that is spelled much like it.
        near: Option<String>,
    },
    /// The claim says so already.
    #[error("this changes nothing")]
    Nothing,
}

impl Fault for EditError {
    fn code(&self) -> Code {
        Code::DECISIONS_UNCLEAR
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::NoRelation { near: Some(near), .. } => Some(format!("did you mean {near}?")),
            Self::Nothing => Some("say another subject, relation or object, or that it is denied".to_owned()),
            _ => self.code().advice(),
        }
    }
}

impl Editor<'_> {
    /// A claim as a reader wants it.
    ///
    /// # Errors
    /// If a part cannot be understood, or nothing would change.
    pub fn edited(&self, said: &Said, wanted: &Wanted<'_>) -> Result<Said, EditError> {
        let mut now = said.clone();
        if let Some(subject) = wanted.subject {
            now.subject = self.end(subject, said)?;
        }
        if let Some(relation) = wanted.relation {
            (now.relation, now.denied) = self.relation(relation)?;
            now.denied |= said.denied;
        }
        if let Some(object) = wanted.object {
            now.object = self.end(object, said)?;
        }
        if let Some(denied) = wanted.denied {
            now.denied = denied;
        }
        if now == *said { Err(EditError::Nothing) } else { Ok(now) }
    }

    /// A claim as the cells of a table or form say it: those that are as they were written leave their part as it is.
    ///
    /// # Errors
    /// As [`Editor::edited`].
    pub fn rewritten(&self, claim: &Listed, cells: [Option<&str>; 3]) -> Result<Said, EditError> {
        let were = [&claim.subject, &claim.relation, &claim.object];
        let [subject, relation, object] = [0, 1, 2].map(|at| cells[at].map(str::trim).filter(|cell| cell != were[at]));
        let mut wanted = Wanted { subject, relation, object, denied: None };
        if let Some(relation) = relation {
            // The words of a relation say themselves whether it is denied.
            wanted.denied = Some(self.relation(relation)?.1);
        }
        self.edited(&claim.said, &wanted)
    }

    /// The end that words mean, for a claim of a text: a thing that the text names or the catalogue knows, else words.
    fn end(&self, words: &str, of: &Said) -> Result<End, EditError> {
        if words.trim().is_empty() {
            return Err(EditError::Empty);
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
    fn relation(&self, name: &str) -> Result<(String, bool), EditError> {
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
        Err(EditError::NoRelation { name: name.to_owned(), near: near(relations, &wanted).map(str::to_owned) })
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
