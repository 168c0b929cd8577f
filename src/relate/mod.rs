//! What the text claims: rules over dependency trees, mention structure and metadata give [`Claim`]s.
//!
//! Four steps. *Ask*: which rules do words (`trigger`), names (`structure`, `membership`) and the title block (`frame`) set
//! off? *Derive*: which ends do they find, and how is the clause put (`scene`, `saying`)? That gives [`Derivation`]s, which
//! judge nothing. *Score*: how sure is each ([`Score`])? *Decide*: which become claims (`decide`)? [`relate`] is the whole of
//! it; [`explain`] also tells what was lost on the way.

mod argument;
mod bare;
mod behalf;
mod clause_signs;
mod clauses;
mod context;
mod coordination;
mod decide;
mod delegates;
mod denials;
mod derivation;
mod examples;
mod explain;
mod extent;
mod frame;
mod grammar;
mod idioms;
mod items;
mod last;
mod learned;
mod membership;
mod narrowing;
mod objections;
mod offices;
mod participles;
mod path;
mod plain;
mod relatives;
mod saying;
mod scene;
mod score;
mod setting;
mod shallow;
mod sides;
mod signs;
mod spelling;
mod structure;
mod surface;
mod tags;
mod texts;
mod trigger;
mod way;
mod whole;

use crate::model::{Claim, Document, Entity, EntityId, Mentions, Sentence, Span, Voice};
use crate::seeds::Rules;

pub use derivation::{Argument, Derivation, Silence, Way};
pub use explain::{Account, Fate, explain};
pub use learned::Learned;
pub use score::{Score, Standing, Table};
pub use signs::{Sign, Signs, rule_sign};

use decide::decide;
use derivation::Findings;

/// All that claims are made from.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its sentences, in text order, with trees.
    pub sentences: &'a [Sentence],
    /// What is seen.
    pub mentions: &'a Mentions,
    /// What each mention means.
    pub referents: &'a [Option<EntityId>],
    /// What is meant.
    pub entities: &'a [Entity],
    /// The entity that is the document itself.
    pub itself: Option<EntityId>,
    /// For whom the document speaks: the speaker's State or group; the organ of a resolution.
    pub holder: Option<EntityId>,
    /// Who speaks for the holder: the representative, the delegation.
    pub voices: &'a [EntityId],
    /// Whose words the sentences of coverage report, in text order.
    pub reported: &'a [Voice],
    /// The name that shows best whose words these are, where no heading tells the holder.
    pub shown_by: Option<Span>,
    /// Who speaks in each of the document's interventions, in text order.
    pub turns: &'a [Voice],
    /// The relation rules.
    pub rules: &'a Rules,
}

impl<'a> Inputs<'a> {
    /// The same with the voice that speaks at a byte.
    fn at(&self, byte: usize) -> Inputs<'a> {
        match voice_at(self.turns, byte).or_else(|| voice_at(self.reported, byte)) {
            Some(turn) => Inputs { holder: turn.holder, voices: &turn.speakers, ..*self },
            None => *self,
        }
    }
}

impl Inputs<'_> {
    /// The stretch of reported speech that a sentence begins with.
    fn told(&self, sentence: &Sentence) -> Option<Span> {
        voice_at(self.reported, sentence.span.start).map(|voice| voice.span)
    }
}

fn voice_at(voices: &[Voice], byte: usize) -> Option<&Voice> {
    let after = voices.partition_point(|voice| voice.span.start <= byte);
    after.checked_sub(1).map(|at| &voices[at]).filter(|voice| byte < voice.span.end)
}

/// What a document claims, as far as a scorer is sure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claims {
    /// What stands, by start of evidence; each once.
    pub claims: Vec<Claim>,
    /// What is not sure enough to stand and wants a reader, in the same order.
    pub doubtful: Vec<Claim>,
}

/// All claims of a document.
pub fn relate(inputs: &Inputs<'_>, scorer: &dyn Score) -> Claims {
    let mut found = Claims::default();
    for decided in decide(derivations(inputs), scorer) {
        match decided.fate {
            decide::Fate::Claimed => found.claims.push(decided.derivation.claim(decided.confidence)),
            decide::Fate::ToReview => found.doubtful.push(decided.derivation.claim(decided.confidence)),
            _ => {}
        }
    }
    found
}

/// What a rule says, undecided: it as a claim with the constant of its rule, and what a model can see of it.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// It as a claim.
    pub claim: Claim,
    /// What a model can see.
    pub signs: Signs,
}

/// All that the rules say of a document, undecided, for a trainer.
pub fn candidates(inputs: &Inputs<'_>) -> Vec<Candidate> {
    let candidate = |mut it: Derivation<'_>| {
        let (sure, signs) = (Table.score(&it), std::mem::take(&mut it.signs));
        Candidate { claim: it.claim(sure), signs }
    };
    derivations(inputs).into_iter().map(candidate).collect()
}

/// All that the rules say of a document, undecided.
pub fn derivations<'r>(inputs: &Inputs<'r>) -> Vec<Derivation<'r>> {
    let mut findings = Findings::default();
    derive(inputs, &mut findings);
    setting::see_all(inputs, &mut findings.derivations);
    findings.derivations
}

fn derive<'r>(inputs: &Inputs<'r>, findings: &mut Findings<'r>) {
    findings.derivations.extend(frame::derive(inputs));
    findings.derivations.extend(structure::derive(inputs));
    findings.derivations.extend(membership::derive(inputs));
    findings.derivations.extend(offices::derive(inputs));
    findings.derivations.extend(texts::derive(inputs));
    findings.derivations.extend(behalf::derive(inputs));
    findings.derivations.extend(delegates::derive(inputs));
    let mut asked = None;
    let questions = inputs.document.interventions.iter().filter(|turn| turn.asks).map(|turn| turn.span);
    let questions: Vec<Span> = questions.collect();
    for sentence in inputs.sentences {
        let before = questions.partition_point(|turn| turn.start <= sentence.span.start);
        if before.checked_sub(1).is_some_and(|at| questions[at].contains(sentence.span)) {
            asked = None;
            continue;
        }
        let first = findings.derivations.len();
        asked = items::derive(&inputs.at(sentence.span.start), sentence, asked, findings);
        reported(inputs, sentence, &mut findings.derivations[first..]);
    }
}

/// What coverage reports is the one's who said it, plain facts too; where a second one takes over in the sentence, from
/// there on.
fn reported(inputs: &Inputs<'_>, sentence: &Sentence, derivations: &mut [Derivation<'_>]) {
    let holder = |byte: usize| voice_at(inputs.reported, byte).and_then(|voice| voice.holder);
    let Some(first) = holder(sentence.span.start) else { return };
    for derivation in derivations {
        let at = derivation.trigger.unwrap_or(derivation.span).start;
        let own = derivation.said_by.filter(|&said_by| said_by != first);
        derivation.said_by = own.or_else(|| holder(at)).or(Some(first));
    }
}
