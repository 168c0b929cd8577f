//! Who says a sentence of a report, as far as the sentence itself tells.

use crate::model::{Deprel, EntityId, Kind, MentionClass, Sentence, Span, Token, Upos};
use crate::seeds::WordClass;

use super::super::Context;
use super::super::issuer::Issuer;
use super::super::table::Table;
use super::{Sayer, party};

/// What a sentence tells of who says it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Said {
    /// For whom, and who.
    By(EntityId, Option<EntityId>),
    /// "they", "the leaders" of a readout.
    ByBoth(EntityId),
    /// "he", "she", "the delegate": who spoke before.
    BySame,
    /// The meeting, the writer, several unnamed.
    ByNobody,
    /// Nothing: free indirect speech, if a stretch is open.
    Open,
}

/// What is known when sentences are asked.
pub(super) struct Sayers<'a> {
    pub context: &'a Context<'a>,
    pub issuer: Option<&'a Issuer>,
    /// The two sides of a readout, as one.
    pub both: Option<EntityId>,
}

impl Sayers<'_> {
    /// Who says a sentence.
    pub fn of(&self, table: &Table, sentence: &Sentence) -> Said {
        let tokens = &sentence.tokens;
        let mut nobody = false;
        for (at, token) in tokens.iter().enumerate() {
            let subject = matches!(token.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter);
            let Some(verb) = token.head.map(|head| head as usize).filter(|_| subject) else { continue };
            let form = self.lower(token);
            let main = tokens[verb].head.is_none();
            if matches!(form.as_str(), "he" | "she") && (says(tokens, verb) || at <= 2 || main) {
                return Said::BySame;
            }
            if let Some(both) = self.both.filter(|_| is_both(&form) && (says(tokens, verb) || main)) {
                return Said::ByBoth(both);
            }
            let delegated = main && WordClass::DelegateHead.has(&form);
            if !says(tokens, verb) && !delegated {
                continue;
            }
            match self.delegate(table, sentence, token.span) {
                Some((holder, role)) => return Said::By(holder, role),
                None if WordClass::DelegateHead.has(&form) && !form.ends_with('s') => {
                    return if self.points_back(sentence, at) { Said::BySame } else { Said::ByNobody };
                }
                None if WordClass::UnnamedSpeakers.has(&form) => nobody = true,
                None => {}
            }
        }
        match nobody {
            true => Said::ByNobody,
            false => self.beside(table, sentence),
        }
    }

    /// "the delegate", "her delegation": nothing but a determiner stands before, and nothing behind tells another.
    fn points_back(&self, sentence: &Sentence, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| self.lower(&sentence.tokens[before])).unwrap_or_default();
        let behind = sentence.tokens.get(at + 1).map(|token| self.lower(token)).unwrap_or_default();
        matches!(before.as_str(), "the" | "his" | "her" | "that") && !matches!(behind.as_str(), "of" | "from" | "for")
    }

    fn lower(&self, token: &Token) -> String {
        token.span.of(&self.context.doc.text).to_lowercase()
    }

    /// Trees of long sentences fail: a delegate named beside a word of saying says it.
    fn beside(&self, table: &Table, sentence: &Sentence) -> Said {
        let tokens = &sentence.tokens;
        let saying = (0..tokens.len()).any(|at| says(tokens, at) && tokens[at].upos == Upos::Verb);
        let named = self.context.mentions.starting_in(sentence.span).filter(|_| saying).find_map(|i| {
            let mention = &self.context.mentions[i];
            let text = self.context.text(mention).to_lowercase();
            let delegated = mention.kind == Kind::PersonRole
                && text.split_whitespace().any(|word| WordClass::DelegateHead.has(word));
            if delegated { self.delegate(table, sentence, mention.span) } else { None }
        });
        match named {
            Some((holder, role)) => Said::By(holder, role),
            None => self.goes_on(sentence),
        }
    }

    /// "His country had …", "Her delegation …": the same one goes on.
    fn goes_on(&self, sentence: &Sentence) -> Said {
        let mut first = sentence.tokens.iter().take(3).map(|token| self.lower(token));
        match first.any(|form| matches!(form.as_str(), "he" | "she" | "his" | "her")) {
            true => Said::BySame,
            false => Said::Open,
        }
    }

    /// For whom a subject speaks: a State or organisation itself, the State of a ministry, the party of a person; whom
    /// "on behalf of" names, before all.
    fn delegate(&self, table: &Table, sentence: &Sentence, subject: Span) -> Option<Sayer> {
        let context = self.context;
        let around = context.mentions.around(subject).filter(|&i| context.mentions[i].class != MentionClass::Pronoun);
        let widest = around.last()?;
        let mention = &context.mentions[widest];
        let Some(role) = table.of(widest) else {
            // "the delegate of nobody known": a stranger, and not the one who spoke before.
            return None;
        };
        let group = || self.on_behalf(table, sentence, mention.span.end);
        match table.kind(role) {
            Kind::State | Kind::InternationalOrganization if mention.class == MentionClass::Named => {
                Some(group().map_or((role, None), |group| (group, Some(role))))
            }
            Kind::GovernmentBody => {
                let state = table.entity(role).owner.filter(|&owner| table.kind(owner) == Kind::State)?;
                Some((state, Some(role)))
            }
            Kind::PersonRole => {
                let party = group().or_else(|| party::of_person(context, table, self.issuer, widest));
                match party {
                    Some(party) => Some((party, Some(role))),
                    None if mention.class == MentionClass::Named => Some((role, Some(role))),
                    None => None,
                }
            }
            _ => None,
        }
    }

    /// ", speaking on behalf of the Group of Islands,": the group.
    fn on_behalf(&self, table: &Table, sentence: &Sentence, from: usize) -> Option<EntityId> {
        let context = self.context;
        let rest = context.doc.text.get(from..sentence.span.end)?;
        let near = &rest[..rest.floor_char_boundary(60)];
        let cue = near.find("on behalf of").map(|at| at + "on behalf of".len());
        let cue = cue.or_else(|| near.find("speaking for").map(|at| at + "speaking for".len()))?;
        let start = from + cue;
        let mut named = context.mentions.starting_in(Span::new(start, sentence.span.end.min(start + 30)));
        let i = named.find(|&i| context.mentions[i].class == MentionClass::Named)?;
        let id = table.of(i)?;
        let party = matches!(table.kind(id), Kind::State | Kind::InternationalOrganization | Kind::ExpertGroup);
        party.then_some(id)
    }
}

/// Whether a word says something.
fn says(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    WordClass::SayingVerb.has(&token.lemma.to_lowercase()) && matches!(token.upos, Upos::Verb | Upos::Noun | Upos::Aux)
}

/// What the two sides of a conversation are called together.
fn is_both(form: &str) -> bool {
    form == "they" || WordClass::BothSides.has(form)
}
