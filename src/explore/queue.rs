//! What waits for a reader, and what one sitting has done with it: claims that are not sure, possible links, what was set
//! aside and what can be taken back.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::desk::{self, Desk, Editor, LinkCard, Listed, Pen, StepBack};
use crate::model::{Change, Correction, Decision, Decisions, Fault, Reviewed, Ruling, Said, Verdict};
use crate::query::Surroundings;
use crate::record::Record;
use crate::store::{Directory, Error};

use super::access::Door;

/// How often a queue is made anew because the store changed meanwhile.
const TRIES: usize = 3;

/// What readers of one server decide with.
pub struct Review {
    pen: Pen<'static>,
    /// Who may decide.
    pub door: Door,
    sitting: Mutex<Sitting>,
}

/// What was done so far.
#[derive(Default)]
struct Sitting {
    queue: Option<Arc<Queue>>,
    /// Keys of cards that were set aside: they come last.
    skipped: BTreeSet<String>,
    steps: Vec<Done>,
}

/// A step that can be taken back.
enum Done {
    /// About a claim; the store knows what was before.
    Claim,
    /// About a link, with what was decided about it before.
    Link(Decision, Option<Decision>),
}

/// What waits, in one state of the store.
pub struct Queue {
    /// The state.
    pub revision: String,
    /// All claims that can be decided about.
    pub claims: Vec<Listed>,
    /// Possible links.
    pub links: Vec<LinkCard>,
    /// What was decided.
    pub decisions: Decisions,
    record: Record<'static>,
    directory: Directory,
}

impl Review {
    /// With a pen, behind a door.
    pub fn new(pen: Pen<'static>, door: Door) -> Self {
        Self { pen, door, sitting: Mutex::default() }
    }

    fn sitting(&self) -> MutexGuard<'_, Sitting> {
        self.sitting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What waits in the store as it is.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn queue(&self) -> Result<Arc<Queue>, Box<dyn Fault>> {
        let now = Directory::open(&self.pen.store)?.revision();
        if let Some(queue) = self.sitting().queue.as_ref().filter(|queue| queue.revision == now) {
            return Ok(Arc::clone(queue));
        }
        let mut queue = Queue::read(&self.pen)?;
        for _ in 1..TRIES {
            if queue.revision == Directory::open(&self.pen.store)?.revision() {
                break;
            }
            queue = Queue::read(&self.pen)?;
        }
        let queue = Arc::new(queue);
        self.sitting().queue = Some(Arc::clone(&queue));
        Ok(queue)
    }

    /// How many steps can be taken back one by one.
    pub fn steps(&self) -> usize {
        self.sitting().steps.len()
    }

    /// What was set aside.
    pub fn skipped(&self) -> BTreeSet<String> {
        self.sitting().skipped.clone()
    }

    /// Sets a card aside.
    pub fn skip(&self, key: &str) {
        self.sitting().skipped.insert(key.to_owned());
    }

    /// What a vocabulary says of the other end of a possible link.
    pub fn details(&self, card: &LinkCard) -> Vec<String> {
        self.pen.shelf().map(|shelf| desk::entry_details(&shelf, &card.scheme, &card.iri)).unwrap_or_default()
    }

    /// The names of all relations, in words.
    pub fn relations(&self) -> Vec<String> {
        self.pen.pipeline.relations().iter().map(|relation| relation.words(false)).collect()
    }

    /// A claim as the fields of a form say it.
    ///
    /// # Errors
    /// If they cannot be understood, or change nothing.
    pub fn rewritten(
        &self,
        queue: &Queue,
        claim: &Listed,
        cells: [Option<&str>; 3],
    ) -> Result<Verdict, desk::EditError> {
        let editor = Editor { record: &queue.record, pipeline: self.pen.pipeline };
        Ok(Verdict::Edit(Box::new(editor.rewritten(claim, cells)?)))
    }

    /// Decides about a claim of the store in that state. Tells whether that is new.
    ///
    /// # Errors
    /// As [`Pen::decide`].
    pub fn decide(&self, said: &Said, correction: Correction, over: &str) -> Result<bool, Box<dyn Fault>> {
        let decision = (Reviewed::Claim(said.clone()), correction);
        let (kept, _) = self.pen.decide(vec![decision], "serve --review", Some(over))?;
        if kept > 0 {
            self.sitting().steps.push(Done::Claim);
        }
        Ok(kept > 0)
    }

    /// Decides about a possible link of the store in that state.
    ///
    /// # Errors
    /// As [`Pen::rule`].
    pub fn rule(&self, card: &LinkCard, ruling: Ruling, over: &str) -> Result<(), Box<dyn Fault>> {
        let decision = card.decision(ruling);
        let before = self.pen.decided()?.ruling(&card.key, &card.iri).map(|before| card.decision(before));
        self.pen.rule(Change::Put(decision.clone()), Some(over))?;
        self.sitting().steps.push(Done::Link(decision, before));
        Ok(())
    }

    /// Takes the last step back: of this sitting, else the last one about claims that the store knows of. Tells whether there
    /// was one.
    ///
    /// # Errors
    /// As [`Pen::decide`]; nothing is taken back then.
    pub fn undo(&self, over: &str) -> Result<bool, Box<dyn Fault>> {
        let last = self.sitting().steps.pop();
        let undone = match &last {
            Some(Done::Link(decision, before)) => {
                let step = before.clone().map_or_else(|| Change::Forget(decision.clone()), Change::Put);
                self.pen.rule(step, Some(over)).map(|_| true)
            }
            Some(Done::Claim) | None => self.pen.undo(Some(over)).map(|step: Option<StepBack>| step.is_some()),
        };
        if undone.is_err() {
            self.sitting().steps.extend(last);
        }
        undone
    }
}

impl Queue {
    fn read(pen: &Pen<'_>) -> Result<Self, Box<dyn Fault>> {
        let mut directory = Directory::open(&pen.store)?;
        let revision = directory.revision();
        let decisions = desk::decided(directory.clone())?;
        let (record, damages) = Record::open(&mut directory, &desk::PROOF)?;
        if let Some(damage) = damages.into_iter().next() {
            return Err(Error::from(damage).into());
        }
        let links = desk::waiting(Desk::over(directory.clone()), &decisions)?.cards;
        Ok(Self { revision, claims: desk::listed(&record), links, decisions, record, directory })
    }

    /// The claims that wait, and those below a confidence; what a reader decided about is settled.
    pub fn unsure(&self, below: f64) -> impl Iterator<Item = &Listed> {
        let is_unsure = move |claim: &&Listed| {
            claim.waits || claim.confidence.parse::<f64>().is_ok_and(|confidence| confidence < below)
        };
        self.claims.iter().filter(is_unsure)
    }

    /// The words around a claim's passage.
    pub fn around(&self, claim: &Listed) -> Option<Surroundings> {
        let sha256 = self.directory.documents().keys().find(|sha256| sha256.starts_with(&claim.said.text))?;
        Surroundings::of(&self.directory.text(sha256).ok()?, claim.place.0, claim.place.1)
    }

    /// What was decided about other claims with these words.
    pub fn about_same_words(&self, said: &Said) -> Vec<(Said, Correction)> {
        let touches = |other: &Said| {
            other.text == said.text && (other.quote.contains(&said.quote) || said.quote.contains(&other.quote))
        };
        let all = self.decisions.claims().filter(|(other, _)| *other != said && touches(other));
        all.map(|(other, correction)| (other.clone(), correction.clone())).collect()
    }

    /// What was decided about other links of the same thing in the same vocabulary, or of other things to the same entry.
    pub fn about_same_ends(&self, card: &LinkCard) -> Vec<Decision> {
        let touches = |other: &&Decision| {
            let is_same = other.key == card.key && other.iri == card.iri;
            !is_same && (other.key == card.key && other.scheme == card.scheme || other.iri == card.iri)
        };
        self.decisions.iter().filter(touches).cloned().collect()
    }
}
