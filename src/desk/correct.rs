//! What readers decide about claims and documents: kept in the store beside all that others decided, noted with its time,
//! and applied to the documents at once, as at every later reading.

use std::collections::{BTreeMap, BTreeSet};

use crate::lift::{Layer, Step, decision_iri, described, steps};
use crate::model::{Correction, Decisions, Fault, Reviewed, Said, Verdict};
use crate::pipeline::Pipeline;
use crate::read;
use crate::store::{Added, Directory, Error, Writer};
use crate::vocabularies::Folder;

use super::{Outside, Reader, amend, decided};

/// A change of what is decided: `None` leaves it open again.
pub type Change = (Reviewed, Option<Correction>);

/// What is open again or as it was after a step back, and how many documents changed.
pub type StepBack = (Vec<Change>, usize);

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
    /// Keeps decisions and applies them to their documents. Gives how many of them are new, and how many documents changed.
    ///
    /// # Errors
    /// If a document was read otherwise, a part of the store is damaged, or it cannot be written: nothing is decided then.
    pub fn decide(
        self,
        writer: &mut Writer,
        decisions: Vec<(Reviewed, Correction)>,
        now: &str,
    ) -> Result<(usize, usize), Box<dyn Fault>> {
        let directory = Directory::open(writer.directory())?;
        let before = decided(directory.clone())?;
        let new: Vec<_> = decisions.into_iter().filter_map(|decision| effective(&before, decision)).collect();
        if new.is_empty() {
            return Ok((0, 0));
        }
        let made =
            new.iter().map(|(about, it)| decision_iri(about, &it.verdict, writer.base()).into_string()).collect();
        let step = Step { ended: now.to_owned(), made, kept: new.clone(), undone: Vec::new() };
        let changes: Vec<Change> = new.into_iter().map(|(about, correction)| (about, Some(correction))).collect();
        let changed = self.keep(writer, &directory, &changes, &step)?;
        Ok((changes.len(), changed))
    }

    /// Takes the last step back. Gives what is open again or as it was, and how many documents changed; `None` if there is
    /// nothing to take back.
    ///
    /// # Errors
    /// As [`Readings::decide`].
    pub fn undo(self, writer: &mut Writer, now: &str) -> Result<Option<StepBack>, Box<dyn Fault>> {
        let mut directory = Directory::open(writer.directory())?;
        let (quads, damages) = directory.quads(&[Layer::Runs])?;
        if let Some(damage) = damages.into_iter().next() {
            return Err(Error::from(damage).into());
        }
        let quads: Vec<_> = quads.into_iter().flatten().collect();
        let made = described(quads.iter(), writer.base());
        let (changes, undone) = last_step(&steps(&quads), &made);
        if changes.is_empty() {
            return Ok(None);
        }
        let step = Step { ended: now.to_owned(), undone, ..Step::default() };
        let changed = self.keep(writer, &directory, &changes, &step)?;
        Ok(Some((changes, changed)))
    }

    /// SHA-256 of the texts that changes are about, as far as they are in the store.
    fn texts(&self, directory: &Directory, changes: &[Change]) -> Result<Vec<String>, Error> {
        let digits: BTreeSet<&str> = changes.iter().map(|(about, _)| about.text()).collect();
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
        step: &Step,
    ) -> Result<usize, Box<dyn Fault>> {
        let texts = self.texts(directory, changes)?;
        writer.record_step(step)?;
        let decisions = amend(writer, |all| {
            changes.iter().for_each(|(about, correction)| all.review(about.clone(), correction.clone()));
        })?;
        let outside = Outside { shelf: self.shelf, decisions };
        let options = read::Options::default();
        let reader = Reader { pipeline: self.pipeline, outside: &outside, options, base: writer.base().clone() };
        let mut changed = 0;
        for sha256 in &texts {
            if let Some(extraction) = reader.read_again(directory, sha256, None)? {
                changed += usize::from(writer.add(&extraction, &self.version)? != Added::Same);
            }
        }
        writer.commit()?;
        Ok(changed)
    }
}

/// A decision as it is kept: about the claim that was read, where a reader corrected it before; `None` if it is decided so
/// already.
fn effective(before: &Decisions, (about, correction): (Reviewed, Correction)) -> Option<(Reviewed, Correction)> {
    let about = match about {
        Reviewed::Claim(said) => Reviewed::Claim(before.read(&said).clone()),
        document @ Reviewed::Document { .. } => document,
    };
    let held = before.correction(&about).map(|held| &held.verdict);
    let stays = held == Some(&correction.verdict)
        // To accept what one corrected is to leave it so.
        || matches!((held, &correction.verdict), (Some(Verdict::Edit(_)), Verdict::Accept));
    (!stays).then_some((about, correction))
}

/// What the last step that holds changed, each as it was before; and the IRIs of what does not hold any more.
fn last_step(steps: &[Step], made: &[(String, Reviewed, Correction)]) -> (Vec<Change>, Vec<String>) {
    let known: BTreeMap<&str, (&Reviewed, &Correction)> =
        made.iter().map(|(iri, about, correction)| (iri.as_str(), (about, correction))).collect();
    let mut held: BTreeMap<&Reviewed, Vec<(usize, &str)>> = BTreeMap::new();
    for (at, step) in steps.iter().enumerate() {
        for iri in &step.undone {
            let Some((about, _)) = known.get(iri.as_str()) else { continue };
            let stack = held.entry(about).or_default();
            if stack.last().is_some_and(|(_, last)| last == iri) {
                stack.pop();
            }
        }
        for iri in &step.made {
            let Some((about, _)) = known.get(iri.as_str()) else { continue };
            held.entry(about).or_default().push((at, iri));
        }
    }
    let Some(last) = held.values().filter_map(|stack| stack.last()).map(|(at, _)| *at).max() else {
        return (Vec::new(), Vec::new());
    };
    let (mut changes, mut undone) = (Vec::new(), Vec::new());
    for (about, mut stack) in held {
        let Some((_, now)) = stack.pop_if(|(at, _)| *at == last) else { continue };
        let before = stack.last().and_then(|(_, iri)| known.get(iri)).map(|(_, correction)| (*correction).clone());
        changes.push((about.clone(), before));
        undone.push(now.to_owned());
    }
    (changes, undone)
}

#[cfg(test)]
mod tests {
    use super::last_step;
    use crate::lift::{Base, Step, decision_iri};
    use crate::model::{Correction, Reviewed, Verdict, fixture};

    #[test]
    fn the_last_step_that_holds_is_taken_back_to_what_was_before() {
        let (extraction, base) = (fixture::first(), Base::default());
        let [one, two] = [0, 1].map(|at| Reviewed::Claim(extraction.said(&extraction.claims[at])));
        let by = |verdict| Correction { verdict, by: "Ana".into() };
        let iri = |about: &Reviewed, verdict: &Verdict| decision_iri(about, verdict, &base).into_string();
        let all = [(&one, Verdict::Reject), (&one, Verdict::Accept), (&two, Verdict::Accept)];
        let made: Vec<_> =
            all.iter().map(|(about, verdict)| (iri(about, verdict), (*about).clone(), by(verdict.clone()))).collect();
        let step = |made, undone| Step { made, undone, ..Step::default() };
        let mut steps =
            vec![step(vec![made[0].0.clone()], vec![]), step(vec![made[1].0.clone(), made[2].0.clone()], vec![])];
        let (changes, undone) = last_step(&steps, &made);
        let to = |about: &Reviewed| changes.iter().find(|(it, _)| it == about).map(|(_, before)| before.clone());
        assert_eq!(to(&one), Some(Some(by(Verdict::Reject))));
        assert_eq!((to(&two), undone.len()), (Some(None), 2));
        steps.push(step(vec![], undone));
        let (changes, undone) = last_step(&steps, &made);
        assert_eq!(changes, [(one.clone(), None)]);
        steps.push(step(vec![], undone));
        assert!(last_step(&steps, &made).0.is_empty(), "nothing is left");
    }
}
