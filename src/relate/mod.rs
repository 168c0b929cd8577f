//! What the text claims: rules over dependency trees, mention structure and metadata give [`Claim`]s.
//!
//! Four steps. *Ask*: which rules do words (`trigger`), names (`structure`, `membership`) and the title block (`frame`) set
//! off? *Derive*: which ends do they find, and how is the clause put (`scene`, `saying`)? That gives [`Derivation`]s, which
//! judge nothing. *Score*: how sure is each ([`Score`])? *Decide*: which become claims (`decide`)? [`relate`] is the whole of
//! it; [`explain`] also tells what was lost on the way.

mod argument;
mod clauses;
mod context;
mod decide;
mod denials;
mod derivation;
mod explain;
mod frame;
mod grammar;
mod idioms;
mod items;
mod last;
mod membership;
mod path;
mod plain;
mod saying;
mod scene;
mod score;
mod shallow;
mod sides;
mod spelling;
mod structure;
mod surface;
mod tags;
mod trigger;
mod way;

use crate::model::{Claim, Document, Entity, EntityId, Mentions, Sentence};
use crate::seeds::Rules;

pub use derivation::{Argument, Derivation, Silence, Way};
pub use explain::{Account, Fate, explain};
pub use score::{Score, Table};

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
    /// The relation rules.
    pub rules: &'a Rules,
}

/// All claims of a document, by start of evidence; each once.
pub fn relate(inputs: &Inputs<'_>) -> Vec<Claim> {
    let decided = decide(derivations(inputs), &Table);
    let claims = decided.into_iter().filter(|decided| decided.fate == decide::Fate::Claimed);
    claims.map(|decided| decided.derivation.claim(decided.confidence)).collect()
}

/// All that the rules say of a document, undecided.
pub fn derivations<'r>(inputs: &Inputs<'r>) -> Vec<Derivation<'r>> {
    let mut findings = Findings::default();
    derive(inputs, &mut findings);
    findings.derivations
}

fn derive<'r>(inputs: &Inputs<'r>, findings: &mut Findings<'r>) {
    findings.derivations.extend(frame::derive(inputs));
    findings.derivations.extend(structure::derive(inputs));
    findings.derivations.extend(membership::derive(inputs));
    let mut asked = None;
    for sentence in inputs.sentences {
        asked = items::derive(inputs, sentence, asked, findings);
    }
}
