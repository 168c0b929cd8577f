//! Which claims a view takes: by stance, by whose they are, by the date of their document, by the answer to a question.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::export::{ExportError, TermId};
use crate::query::{Answer, Rows};
use crate::record::{Claim, Record};

use super::{LeftOut, Options};

/// What the answer to a question names: IRIs in angle brackets left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerNames {
    /// Claims, if the answer has a column of them: then nothing else decides.
    claims: BTreeSet<String>,
    /// All other IRIs: a claim belongs to them if its subject and object do.
    things: BTreeSet<String>,
    /// The triples of a graph.
    triples: BTreeSet<[String; 3]>,
}

impl AnswerNames {
    /// What an answer names; `None` for a yes or no.
    pub fn of(answer: &Answer) -> Option<Self> {
        match answer {
            Answer::Rows(rows) => Some(Self::of_rows(rows)),
            Answer::Graph(triples) => {
                let triple = |triple: &oxigraph::model::Triple| {
                    let object = match &triple.object {
                        oxigraph::model::Term::NamedNode(node) => node.as_str().to_owned(),
                        other => other.to_string(),
                    };
                    let subject = triple.subject.to_string();
                    [bare(&subject).to_owned(), triple.predicate.as_str().to_owned(), object]
                };
                Some(Self { triples: triples.iter().map(triple).collect(), ..Self::default() })
            }
            Answer::Truth(_) => None,
        }
    }

    fn of_rows(rows: &Rows) -> Self {
        let column = rows.variables.iter().position(|variable| variable == "claim");
        let mut only = Self::default();
        for row in &rows.rows {
            for (at, term) in row.iter().enumerate() {
                if let Some(oxigraph::model::Term::NamedNode(node)) = term {
                    let names = if Some(at) == column { &mut only.claims } else { &mut only.things };
                    names.insert(node.as_str().to_owned());
                }
            }
        }
        only
    }

    fn has(&self, record: &Record<'_>, claim: Option<TermId>, (subject, predicate, object): Triple) -> bool {
        let text = |id| record.quads().text(id);
        if !self.claims.is_empty() {
            return claim.is_some_and(|claim| self.claims.contains(text(claim)));
        }
        let is_thing = |id: TermId| self.things.contains(text(id)) || record.quads().is_literal(id);
        let key = || [subject, predicate, object].map(|id| text(id).to_owned());
        is_thing(subject) && is_thing(object) || !self.triples.is_empty() && self.triples.contains(&key())
    }
}

type Triple = (TermId, TermId, TermId);

/// What is asked for, with the speakers found.
pub struct ClaimFilter<'o> {
    options: &'o Options,
    speakers: Vec<TermId>,
}

impl<'o> ClaimFilter<'o> {
    /// Finds the speakers.
    ///
    /// # Errors
    /// [`ExportError::Name`].
    pub fn new(record: &Record<'_>, options: &'o Options) -> Result<Self, ExportError> {
        let speakers = options.speakers.iter().map(|name| super::meant(record, name)).collect::<Result<_, _>>()?;
        Ok(Self { options, speakers })
    }

    /// Whether a claim is one of those asked for; if not, counts why.
    pub fn lets_through(&self, record: &Record<'_>, claim: &Claim<'_>, left_out: &mut LeftOut) -> bool {
        let stance = claim.relation.stance(claim.is_negated());
        let triple = (claim.subject, claim.predicate, claim.object);
        let count = if !self.options.stances.is_empty() && !self.options.stances.contains(&stance) {
            &mut left_out.other_stances
        } else if !self.speakers.is_empty() && !self.is_of_speakers(record, claim) {
            &mut left_out.other_speakers
        } else if !self.is_of_time(claim.text.map_or("", |text| record.date(text))) {
            &mut left_out.other_dates
        } else if self.options.only.as_ref().is_some_and(|only| !only.has(record, Some(claim.id), triple)) {
            &mut left_out.not_asked
        } else {
            return true;
        };
        *count += 1;
        false
    }

    /// Whether a direct edge that no claim stands behind may be shown: nobody tells whose it is or when. What holds things
    /// together may always.
    pub fn lets_edge_through(&self, record: &Record<'_>, triple: Triple) -> bool {
        let options = self.options;
        let asks_claims = !options.stances.is_empty()
            || !self.speakers.is_empty()
            || options.since.is_some()
            || options.until.is_some();
        let holds = ["aspectOf", "belongsTo", "partOf"]
            .iter()
            .any(|name| crate::lift::vocabulary::local_name(record.quads().text(triple.1)) == Some(name));
        holds || !asks_claims && options.only.as_ref().is_none_or(|only| only.has(record, None, triple))
    }

    fn is_of_speakers(&self, record: &Record<'_>, claim: &Claim<'_>) -> bool {
        self.speakers.iter().any(|&speaker| record.is_said_by(claim, speaker))
    }

    /// A date counts as far as both tell it: 2021 begins in 2021-04 and ends after it.
    fn is_of_time(&self, date: &str) -> bool {
        let shared = |bound: &str| {
            let length = bound.len().min(date.len());
            date.get(..length).zip(bound.get(..length)).map(|(date, bound)| date.cmp(bound))
        };
        let after = |bound: &String| !date.is_empty() && shared(bound).is_some_and(Ordering::is_ge);
        let before = |bound: &String| !date.is_empty() && shared(bound).is_some_and(Ordering::is_le);
        self.options.since.as_ref().is_none_or(after) && self.options.until.as_ref().is_none_or(before)
    }
}

/// An IRI without its brackets.
fn bare(iri: &str) -> &str {
    iri.strip_prefix('<').and_then(|iri| iri.strip_suffix('>')).unwrap_or(iri)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Quads;

    #[test]
    fn dates_count_as_far_as_both_tell_them() {
        for (since, until, date, expected) in [
            (Some("2021"), None, "2021-04-08", true),
            (Some("2021-05"), None, "2021-04-08", false),
            (Some("2021-05"), None, "2021", true),
            (None, Some("2021"), "2021-04-08", true),
            (None, Some("2021-04-07"), "2021-04-08", false),
            (Some("2019"), Some("2020"), "2021", false),
            (Some("2019"), None, "", false),
            (None, None, "", true),
        ] {
            let options =
                Options { since: since.map(str::to_owned), until: until.map(str::to_owned), ..Options::default() };
            let quads = Quads::default();
            let filter = ClaimFilter::new(&Record::new(&quads, &[]), &options).unwrap();
            assert_eq!(filter.is_of_time(date), expected, "{since:?} {until:?} {date}");
        }
    }
}
