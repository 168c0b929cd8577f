//! What became of every rule that a document set off: which spoke, which lost and to which, and which nearly spoke.

use compact_str::CompactString;

use super::decide::{self, Decided, decide};
use super::derivation::{Findings, Silence, Silent, Way};
use super::score::Score;
use super::{Inputs, derive, setting};
use crate::model::{Claim, Span};

/// What became of one rule at one place.
#[derive(Clone, Debug)]
pub struct Account {
    /// The rule's code.
    pub rule: CompactString,
    /// The words that set it off, or could have; for what a name or the title block says, the evidence.
    pub span: Span,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a rule that could speak.
#[derive(Clone, Debug)]
pub enum Fate {
    /// It made a claim; how subject and object were found.
    Spoke(Box<Claim>, Way, Way),
    /// It would have made a claim, but the rule of that code says more at the same words.
    Weaker(Box<Claim>, CompactString),
    /// It would have made a claim, but the rule of that code says the same there.
    Repeats(Box<Claim>, CompactString, Span),
    /// It is not sure enough to be claimed; whether it is kept for a reader.
    Unsure(Box<Claim>, bool),
    /// It said nothing.
    Silent(Silence),
}

impl Account {
    /// Moves its places to another writing of the same text.
    pub fn respan(&mut self, place: &dyn Fn(Span) -> Span) {
        self.span = place(self.span);
        match &mut self.fate {
            Fate::Spoke(claim, ..) | Fate::Weaker(claim, _) | Fate::Unsure(claim, _) => claim.respan(place),
            Fate::Repeats(claim, _, span) => {
                claim.respan(place);
                *span = place(*span);
            }
            Fate::Silent(_) => {}
        }
    }
}

/// What became of every rule that the document set off, by place.
pub fn explain(inputs: &Inputs<'_>, scorer: &dyn Score) -> Vec<Account> {
    let mut findings = Findings { derivations: Vec::new(), silences: Some(Vec::new()) };
    derive(inputs, &mut findings);
    setting::see_all(inputs, &mut findings.derivations);
    let silences = findings.silences.take().unwrap_or_default();
    let decided = decide(findings.derivations, scorer);
    let mut accounts: Vec<Account> = decided.iter().map(|one| account(one, &decided)).collect();
    accounts.extend(silences.into_iter().map(silent));
    accounts.sort_by(|a, b| (a.span.start, a.span.end, &a.rule).cmp(&(b.span.start, b.span.end, &b.rule)));
    accounts
}

fn account(decided: &Decided<'_>, all: &[Decided<'_>]) -> Account {
    let it = &decided.derivation;
    let claim = Box::new(it.clone().claim(decided.confidence));
    let code = |at: usize| all[at].derivation.rule.code.clone();
    let fate = match decided.fate {
        decide::Fate::Claimed => Fate::Spoke(claim, it.subject.way, it.object.way),
        decide::Fate::ToReview => Fate::Unsure(claim, true),
        decide::Fate::Dropped => Fate::Unsure(claim, false),
        decide::Fate::Weaker(at) => Fate::Weaker(claim, code(at)),
        decide::Fate::Repeats(at) => Fate::Repeats(claim, code(at), all[at].derivation.span),
    };
    Account { rule: it.rule.code.clone(), span: it.trigger.unwrap_or(it.span), fate }
}

fn silent(silent: Silent<'_>) -> Account {
    Account { rule: silent.rule.code.clone(), span: silent.span, fate: Fate::Silent(silent.why) }
}
