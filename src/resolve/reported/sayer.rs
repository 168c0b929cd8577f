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
    /// Somebody of whom nothing tells for whom he speaks: "he" after this is not who spoke before.
    ByStranger,
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

/// What a sentence tells: who says it, and who from a byte on, where a second one takes over ("…, while X's delegate …").
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    pub said: Said,
    pub next: Option<(usize, Sayer)>,
}

impl From<Said> for Told {
    fn from(said: Said) -> Self {
        Self { said, next: None }
    }
}

impl Sayers<'_> {
    /// Who says a sentence: by its own clauses first, then by those inside of others.
    pub fn of(&self, table: &Table, sentence: &Sentence) -> Told {
        let tokens = &sentence.tokens;
        // "Ana Lind, Chair, Tide Union": an entry of a list of those who were there.
        if !tokens.iter().any(|token| matches!(token.upos, Upos::Verb | Upos::Aux)) {
            return Said::ByNobody.into();
        }
        let subjects = tokens.iter().enumerate().filter_map(|(at, token)| {
            let subject = matches!(token.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter);
            token.head.filter(|_| subject).map(|verb| (at, verb as usize))
        });
        let (own, inner): (Vec<_>, Vec<_>) = subjects.partition(|&(_, verb)| is_own(tokens, verb));
        let mut nobody = false;
        for (place, &(at, verb)) in own.iter().enumerate() {
            match self.by_subject(table, sentence, (at, verb), true) {
                Some(Said::ByNobody) => nobody = true,
                Some(said) => {
                    let contrasts = inner.iter().filter(|&&(_, verb)| self.contrasts(tokens, verb));
                    let others = own[place + 1..].iter().chain(contrasts);
                    return Told { said, next: self.second(table, sentence, said, others) };
                }
                None => {}
            }
        }
        if nobody {
            return Said::ByNobody.into();
        }
        for &place in &inner {
            match self.by_subject(table, sentence, place, false) {
                Some(Said::ByNobody) => nobody = true,
                Some(said) => return said.into(),
                None => {}
            }
        }
        if nobody { Said::ByNobody.into() } else { self.beside(table, sentence).into() }
    }

    /// What the subject at `at` of the verb `verb` tells; `own` if the clause is the sentence's own.
    fn by_subject(&self, table: &Table, sentence: &Sentence, (at, verb): (usize, usize), own: bool) -> Option<Said> {
        let tokens = &sentence.tokens;
        let form = self.lower(&tokens[at]);
        if matches!(form.as_str(), "he" | "she") {
            return (says(tokens, verb) || at <= 2 || own).then_some(Said::BySame);
        }
        if let Some(both) = self.both.filter(|_| is_both(&form) && (says(tokens, verb) || own)) {
            return Some(Said::ByBoth(both));
        }
        // "The leaders discussed it", where nothing tells who they are: no longer the words of who spoke last.
        if self.both.is_none() && own && WordClass::BothSides.has(&form) {
            return Some(Said::ByNobody);
        }
        let headed = WordClass::DelegateHead.has(&form);
        if !(says(tokens, verb) || own && headed) {
            return None;
        }
        match self.delegate(table, sentence, tokens[at].span) {
            // "Elbonia had rejected it", "if Elbonia supports it": told of, not telling.
            Some((holder, role)) if is_person(table, role) || headed || own && is_act(tokens, verb) => {
                Some(Said::By(holder, role))
            }
            Some(_) => None,
            None if headed && !form.ends_with('s') => {
                Some(if self.points_back(sentence, at) { Said::BySame } else { Said::ByStranger })
            }
            None => WordClass::UnnamedSpeakers.has(&form).then_some(Said::ByNobody),
        }
    }

    /// Who takes over in a later clause of the sentence's own, and from where.
    fn second<'a>(
        &self,
        table: &Table,
        sentence: &Sentence,
        first: Said,
        mut others: impl Iterator<Item = &'a (usize, usize)>,
    ) -> Option<(usize, Sayer)> {
        let Said::By(first, _) = first else { return None };
        others.find_map(|&place| {
            let Some(Said::By(holder, role)) = self.by_subject(table, sentence, place, true) else { return None };
            let comma = |at: &usize| matches!(sentence.tokens[*at].span.of(&self.context.doc.text), "," | ";");
            let start = (0..place.0).rev().find(comma).map_or(place.0, |comma| comma + 1);
            (holder != first).then(|| (sentence.tokens[start].span.start, (holder, role)))
        })
    }

    /// "…, while the delegate of Elbonia opposed it": a clause that sets another beside the first.
    fn contrasts(&self, tokens: &[Token], verb: usize) -> bool {
        let marks = tokens.iter().filter(|token| token.head == Some(verb as u32) && token.deprel == Deprel::Mark);
        let mut forms = marks.map(|mark| self.lower(mark));
        tokens[verb].deprel == Deprel::Advcl && forms.any(|form| matches!(form.as_str(), "while" | "whereas"))
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

    /// Trees of long sentences fail: a delegate named beside a word of saying says it, and so does whom the sentence
    /// introduces at its start.
    fn beside(&self, table: &Table, sentence: &Sentence) -> Said {
        let tokens = &sentence.tokens;
        let saying = (0..tokens.len()).any(|at| says(tokens, at) && tokens[at].upos == Upos::Verb);
        for i in self.context.mentions.starting_in(sentence.span) {
            let mention = &self.context.mentions[i];
            if mention.kind != Kind::PersonRole {
                continue;
            }
            let text = self.context.text(mention).to_lowercase();
            let introduced = self.is_introduced(sentence, mention.span, mention.class);
            let delegated = saying && text.split_whitespace().any(|word| WordClass::DelegateHead.has(word));
            match self.delegate(table, sentence, mention.span) {
                Some((holder, role)) if introduced || delegated => return Said::By(holder, role),
                None if introduced => return Said::ByStranger,
                _ => {}
            }
        }
        self.headed(table, sentence).unwrap_or_else(|| self.goes_on(sentence))
    }

    /// "ANA LIND (Elbonia) opposed it", "Ana Lind, Chair of the Group, shone a light on it".
    fn is_introduced(&self, sentence: &Sentence, name: Span, class: MentionClass) -> bool {
        let behind = self.context.doc.text[name.end..].trim_start();
        class == MentionClass::Named && name.start == sentence.span.start && behind.starts_with(['(', ','])
    }

    /// "Elbonia’s delegate voiced …" where the tree and the mentions miss it: the word for a delegate early in the sentence.
    fn headed(&self, table: &Table, sentence: &Sentence) -> Option<Said> {
        let early = sentence.tokens.iter().take(10).enumerate();
        let (at, token) = early
            .map(|(at, token)| (at, token, self.lower(token)))
            .find(|(_, _, form)| WordClass::DelegateHead.has(form))
            .map(|(at, token, _)| (at, token))?;
        let party = party::of_words(self.context, table, token.span);
        Some(match party {
            Some(party) => Said::By(self.group(table, sentence, token.span).unwrap_or(party), None),
            None if self.points_back(sentence, at) => Said::BySame,
            None => Said::ByStranger,
        })
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
        let known = around.last().and_then(|widest| Some((widest, table.of(widest)?)));
        let Some((widest, role)) = known else {
            // "the United States representative", "the delegate of nobody known": a stranger is not who spoke before.
            let headed = WordClass::DelegateHead.has(&subject.of(&context.doc.text).to_lowercase());
            let party = party::of_words(context, table, subject).filter(|_| headed)?;
            return Some((self.group(table, sentence, subject).unwrap_or(party), None));
        };
        let mention = &context.mentions[widest];
        let group = || self.group(table, sentence, mention.span);
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

    /// For whom a subject speaks besides his own: "…, speaking on behalf of the Group of Islands, said", "Speaking for
    /// the Group, X said". Who speaks "also" for others speaks for himself.
    fn group(&self, table: &Table, sentence: &Sentence, subject: Span) -> Option<EntityId> {
        let text = &self.context.doc.text;
        let behind = text.get(subject.end..sentence.span.end)?;
        // Over "(Elbonia)" behind the name.
        let skipped = behind.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(')'));
        let rest = skipped.map_or(behind, |(_, rest)| rest);
        let start = sentence.span.end - rest.len();
        let near = rest.get(..rest.floor_char_boundary(90)).unwrap_or(rest);
        let after = cue(near).filter(|(at, _)| speaks_only(&near[..*at])).map(|(_, end)| start + end);
        let lead = text.get(sentence.span.start..subject.start)?;
        let before = || {
            let (at, end) = cue(lead).filter(|(at, _)| opens_speaking(&lead[..*at]))?;
            (at <= 90).then_some(sentence.span.start + end)
        };
        let from = after.or_else(before)?;
        let mut named = self.context.mentions.starting_in(Span::new(from, sentence.span.end.min(from + 30)));
        let party = |i: &usize| {
            let id = table.of(*i)?;
            let known = self.context.mentions[*i].class == MentionClass::Named || table.entity(id).known;
            let kinds = [Kind::State, Kind::InternationalOrganization, Kind::ExpertGroup];
            (known && kinds.contains(&table.kind(id))).then_some(id)
        };
        named.find_map(|i| party(&i))
    }
}

/// Where the words "on behalf of" begin and end.
fn cue(text: &str) -> Option<(usize, usize)> {
    let lower = text.to_ascii_lowercase();
    let found = ["on behalf of", "speaking for", "spoke for"].into_iter();
    let found = found.filter_map(|cue| lower.find(cue).map(|at| (at, at + cue.len()))).min()?;
    (!lower[..found.0].contains("also") && !lower[found.1..].trim_start().starts_with("also")).then_some(found)
}

/// "Making the statement on the budget": the sentence begins with the speaking itself.
fn opens_speaking(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default().to_lowercase();
    speaks_only(words) || matches!(first.as_str(), "speaking" | "making" | "delivering" | "presenting")
}

/// Nothing but words of speaking: "the statement made by X on behalf of Y" is X's.
fn speaks_only(words: &str) -> bool {
    let mut words = words.split_whitespace().map(|word| word.trim_matches([',', '(', ')']).to_lowercase());
    words.all(|word| word.is_empty() || WordClass::SpeakingLink.has(&word))
}

/// Whether the clause of a verb is the sentence's own, not one inside of what is said.
fn is_own(tokens: &[Token], verb: usize) -> bool {
    let mut at = verb;
    for _ in 0..8 {
        match (tokens[at].head, tokens[at].deprel) {
            (None, _) => return true,
            (Some(head), Deprel::Conj | Deprel::Parataxis) => at = head as usize,
            _ => return false,
        }
    }
    false
}

/// A plain act: "Elbonia supported it", with no auxiliary.
fn is_act(tokens: &[Token], verb: usize) -> bool {
    let auxiliary = |token: &Token| {
        token.head == Some(verb as u32) && matches!(token.deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop)
    };
    !tokens.iter().any(auxiliary)
}

/// Whether somebody who speaks for a State or group is meant, not it itself.
fn is_person(table: &Table, role: Option<EntityId>) -> bool {
    role.is_some_and(|role| table.kind(role) == Kind::PersonRole)
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
