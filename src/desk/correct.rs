//! What readers decide about claims: kept in the store beside all that others decided, noted with its time, and applied to
//! the documents at once, as at every later reading.

use std::collections::BTreeSet;

use crate::lift::vocabulary::rap;
use crate::lift::{Base, Layer, Step, claim_digest, decision_iri, steps};
use crate::model::text::one_line;
use crate::model::{Correction, Decisions, End, Fault, Said, Verdict};
use crate::pipeline::Pipeline;
use crate::read;
use crate::record::{Labels, Record, TermId};
use crate::store::{Directory, Error, Writer};
use crate::vocabularies::Folder;

use super::{Outside, Reader, amend, decided};

/// A claim of the store, for a reader to decide about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// It as a decision names it.
    pub said: Said,
    /// Its key in tables: the same at every reading.
    pub key: String,
    /// Its number at this reading.
    pub number: String,
    /// Of whom or what, in words.
    pub subject: String,
    /// Is said, in words.
    pub relation: String,
    /// What, in words.
    pub object: String,
    /// How it is put.
    pub modality: &'static str,
    /// How sure it is, 0 to 1.
    pub confidence: String,
    /// Whether it waits for a reader and is no answer until then.
    pub waits: bool,
    /// The document's name.
    pub document: String,
}

/// The claims of a record that can be decided about, also those that wait; by document, then in text order.
pub fn listed(record: &Record<'_>) -> Vec<Listed> {
    let labels = Labels::new(record);
    let mut all: Vec<((String, usize), Listed)> =
        record.claims().filter_map(|claim| listed_claim(record, &labels, claim.id)).collect();
    all.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.number.cmp(&other.number)));
    all.into_iter().map(|(_, listed)| listed).collect()
}

/// A claim of a record; `None` if it cannot be decided about: it lacks words or a text.
pub fn listed_one(record: &Record<'_>, claim: TermId) -> Option<Listed> {
    listed_claim(record, &Labels::new(record), claim).map(|(_, listed)| listed)
}

fn listed_claim(record: &Record<'_>, labels: &Labels<'_>, id: TermId) -> Option<((String, usize), Listed)> {
    let (claim, quads) = (record.claim(id)?, record.quads());
    let base = Base::new(record.base()).ok()?;
    let end = |id: TermId| match quads.iri(id) {
        Some(iri) => base.plain_key(iri).map(End::Thing),
        None => Some(End::Words(quads.text(id).to_owned())),
    };
    let quote = record.quote(*claim.passages.first()?);
    let place = quote.place?;
    let said = Said {
        text: place.digits().to_owned(),
        subject: end(claim.subject)?,
        relation: quads.text(claim.predicate).to_owned(),
        object: end(claim.object)?,
        denied: claim.is_negated(),
        quote: one_line(quote.words?),
    };
    let number = labels.name(quads.text(id));
    let listed = Listed {
        key: claim_digest(&said),
        number: number.strip_prefix("claim/").unwrap_or(&number).to_owned(),
        subject: labels.of(claim.subject),
        relation: claim.relation.words_of(claim.verb, claim.is_negated()),
        object: labels.of(claim.object),
        modality: claim.modality.map_or("", crate::model::Modality::name),
        confidence: claim.confidence.unwrap_or_default().to_owned(),
        waits: record.value(id, rap::STANDING).is_some(),
        document: labels.text(place.text),
        said,
    };
    Some(((listed.document.clone(), place.start), listed))
}

/// A change of what is decided about a claim: `None` leaves it open again.
pub type Change = (Said, Option<Correction>);

/// What reads documents again after a decision.
pub struct Readings<'p> {
    /// The stages.
    pub pipeline: &'p Pipeline<'p>,
    /// The vocabularies.
    pub shelf: Folder,
    /// Program and rules, which must be those that read the documents.
    pub version: String,
}

impl Readings<'_> {
    /// Keeps decisions and applies them to their documents. Gives how many documents changed.
    ///
    /// # Errors
    /// If a document was read otherwise, a part of the store is damaged, or it cannot be written: nothing is decided then.
    pub fn decide(self, writer: &mut Writer, changes: &[Change], now: &str) -> Result<usize, Box<dyn Fault>> {
        let directory = Directory::open(writer.directory())?;
        let before = decided(directory.clone())?;
        let texts = self.texts(&directory, changes)?;
        let (base, mut undone) = (writer.base().clone(), Vec::new());
        let mut made = Vec::new();
        for (said, correction) in changes {
            let iri = |correction: &Correction| decision_iri(said, correction.verdict, &base).into_string();
            match (correction, before.claim(said)) {
                (Some(new), _) => made.push(iri(new)),
                (None, Some(old)) => undone.push(iri(old)),
                (None, None) => {}
            }
        }
        self.keep(writer, &directory, changes, Step { ended: now.to_owned(), made, undone }, &texts)
    }

    /// Takes the last step back. Gives what is open again or as it was, and how many documents changed; `None` if there is
    /// nothing to take back.
    ///
    /// # Errors
    /// As [`Readings::decide`].
    pub fn undo(self, writer: &mut Writer, now: &str) -> Result<Option<(Vec<Change>, usize)>, Box<dyn Fault>> {
        let mut directory = Directory::open(writer.directory())?;
        let decisions = decided(directory.clone())?;
        let (quads, damages) = directory.quads(&[Layer::Runs])?;
        if let Some(damage) = damages.into_iter().next() {
            return Err(Error::from(damage).into());
        }
        let (changes, undone) = last_step(&steps(quads.iter().flatten()), &decisions, writer.base());
        if changes.is_empty() {
            return Ok(None);
        }
        let texts = self.texts(&directory, &changes)?;
        let step = Step { ended: now.to_owned(), made: Vec::new(), undone };
        let changed = self.keep(writer, &directory, &changes, step, &texts)?;
        Ok(Some((changes, changed)))
    }

    /// SHA-256 of the texts that changes are about, as far as they are in the store.
    fn texts(&self, directory: &Directory, changes: &[Change]) -> Result<Vec<String>, Error> {
        let digits: BTreeSet<&str> = changes.iter().map(|(said, _)| said.text.as_str()).collect();
        let documents = directory.documents().iter();
        let texts: Vec<_> = documents.filter(|(sha256, _)| digits.contains(Said::text_of(sha256))).collect();
        if let Some((_, entry)) = texts.iter().find(|(_, entry)| entry.by != self.version) {
            let (name, by) = (entry.name.clone(), entry.by.clone());
            return Err(Error::ReadOtherwise { name, by, now: self.version.clone() });
        }
        Ok(texts.into_iter().map(|(sha256, _)| sha256.clone()).collect())
    }

    fn keep(
        self,
        writer: &mut Writer,
        directory: &Directory,
        changes: &[Change],
        step: Step,
        texts: &[String],
    ) -> Result<usize, Box<dyn Fault>> {
        writer.record_step(&step)?;
        let decisions = amend(writer, |all| {
            for (said, correction) in changes {
                match correction {
                    Some(correction) => all.put_claim(said.clone(), correction.clone()),
                    None => drop(all.forget_claim(said)),
                }
            }
        })?;
        let outside = Outside { shelf: self.shelf, decisions };
        let options = read::Options::default();
        let reader = Reader { pipeline: self.pipeline, outside: &outside, options, base: writer.base().clone() };
        let mut changed = 0;
        for sha256 in texts {
            if let Some(extraction) = reader.read_again(directory, sha256, None)? {
                changed += usize::from(writer.add(&extraction, &self.version)? != crate::store::Added::Same);
            }
        }
        writer.commit()?;
        Ok(changed)
    }
}

/// The decisions of the last step of which some still hold, each as it was before; and the IRIs of what does not hold any
/// more.
fn last_step(steps: &[Step], decisions: &Decisions, base: &Base) -> (Vec<Change>, Vec<String>) {
    let iri = |said: &Said, verdict: Verdict| decision_iri(said, verdict, base).into_string();
    let made_at = |iri: &String| steps.iter().rposition(|step| step.made.contains(iri));
    let holding = decisions.claims().map(|(said, correction)| (said, iri(said, correction.verdict)));
    let placed: Vec<_> = holding.filter_map(|(said, iri)| Some((made_at(&iri)?, said, iri))).collect();
    let Some(last) = placed.iter().map(|(at, ..)| *at).max() else { return (Vec::new(), Vec::new()) };
    let (mut changes, mut undone) = (Vec::new(), Vec::new());
    for (_, said, iri_now) in placed.into_iter().filter(|(at, ..)| *at == last) {
        let mut held: Vec<Verdict> = Vec::new();
        for step in steps.get(..last).unwrap_or_default() {
            for verdict in [Verdict::Accept, Verdict::Reject] {
                let iri = iri(said, verdict);
                if step.undone.contains(&iri) && held.last() == Some(&verdict) {
                    held.pop();
                }
                if step.made.contains(&iri) {
                    held.push(verdict);
                }
            }
        }
        let before = held.last().map(|&verdict| Correction { verdict, by: String::new() });
        changes.push((said.clone(), before));
        undone.push(iri_now);
    }
    (changes, undone)
}

#[cfg(test)]
mod tests {
    use super::last_step;
    use crate::lift::{Base, Step, decision_iri};
    use crate::model::{Correction, Decisions, Verdict, fixture};

    #[test]
    fn the_last_step_that_holds_is_taken_back_to_what_was_before() {
        let (extraction, base) = (fixture::first(), Base::default());
        let [one, two] = [0, 1].map(|at| extraction.said(&extraction.claims[at]));
        let iri = |said, verdict| decision_iri(said, verdict, &base).into_string();
        let step = |ended: &str, made, undone| Step { ended: ended.into(), made, undone };
        let mut decisions = Decisions::default();
        let mut steps = vec![
            step("1", vec![iri(&one, Verdict::Reject)], vec![]),
            step("2", vec![iri(&one, Verdict::Accept), iri(&two, Verdict::Accept)], vec![]),
        ];
        let by = |verdict| Correction { verdict, by: "Ana".into() };
        decisions.put_claim(one.clone(), by(Verdict::Accept));
        decisions.put_claim(two.clone(), by(Verdict::Accept));
        let (mut changes, undone) = last_step(&steps, &decisions, &base);
        changes.sort_by_key(|(said, _)| *said != one);
        assert_eq!(changes[0].1.as_ref().map(|it| it.verdict), Some(Verdict::Reject));
        assert_eq!((changes.len(), changes[1].1.clone(), undone.len()), (2, None, 2));
        steps.push(step("3", vec![], undone));
        decisions.put_claim(one.clone(), by(Verdict::Reject));
        decisions.forget_claim(&two);
        let (changes, _) = last_step(&steps, &decisions, &base);
        assert_eq!(changes, [(one.clone(), None)]);
        decisions.forget_claim(&one);
        assert!(last_step(&steps, &decisions, &base).0.is_empty(), "nothing is left");
    }
}
