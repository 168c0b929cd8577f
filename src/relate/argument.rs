//! From a word of the tree to what it means: an entity, or the words themselves.

use super::Inputs;
use super::extent::{core_object, cut_to, deed_end, described, narrowed, phrase, trim};
use super::grammar::{Arg, Grammar};
use super::path::{Heads, members};
use super::sides;
use crate::model::text::one_line;
use crate::model::{Class, Deprel, EntityId, Kind, MentionClass, Reading, Relation, Sentence, Span, Term, Upos};
use crate::seeds::{Kinds, Take, WordClass, WordList};

/// Most words that a literal may hold.
pub(super) const LITERAL_WORDS: usize = 14;

/// How many sides of sides are looked behind: "the need to support the work of X" has three.
const DEEPEST: usize = 4;

/// What is looked for at the end of a path.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'k> {
    pub kinds: &'k Kinds,
    pub take: Take,
    /// How the relation stands to its object.
    pub sense: Sense,
    /// Whether it is who acts: nobody acts through a deed that is still to be done.
    pub subject: bool,
    /// Whether the words of a that-clause are wanted with its subject.
    pub clause: bool,
}

impl<'k> Wanted<'k> {
    /// What a word means, of these kinds.
    pub fn meaning(kinds: &'k Kinds) -> Self {
        Self { kinds, take: Take::Meaning, sense: Sense::Plain, subject: false, clause: false }
    }
}

/// How a relation stands to its object, which tells whether a verb between the two turns what is said: who is for
/// combating crime is not for crime, who is against combating it not against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// It only names it, as a purpose or a subject does.
    Plain,
    /// It wants it, or furthers it.
    For,
    /// It asks for it: for what somebody gives or does, not for who does.
    Asked,
    /// It undertakes it.
    Meant,
    /// It minds it, or stands against it.
    Against,
}

impl Sense {
    /// The sense of a relation.
    pub fn of(relation: &Relation) -> Self {
        match relation.name() {
            "supports" | "commends" | "facilitates" | "attachesImportanceTo" => Self::For,
            // What prevents torture has no torture for its purpose, and whose actions curb crime commits none.
            "hasPurpose" | "hasTask" | "conducts" => Self::For,
            "callsFor" | "proposes" => Self::Asked,
            "commitsTo" => Self::Meant,
            "opposes" | "condemns" | "regrets" | "concernedAbout" | "hinders" => Self::Against,
            _ => Self::Plain,
        }
    }

    /// Whether it wants its object.
    pub fn wants(self) -> bool {
        matches!(self, Self::For | Self::Asked | Self::Meant)
    }

    /// Whether a verb between the relation and its object turns what is said.
    pub fn turned_by(self, grammar: &Grammar<'_>, verb: usize) -> bool {
        let turns = || grammar.is(WordList::Against, verb) || grammar.is(WordList::Harming, verb);
        self != Self::Plain && grammar.is_verb(verb) && turns()
    }
}

/// One end of a claim, found.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct End {
    pub term: Term,
    /// Where it stands; `None` for the holder or the document, which no word names.
    pub span: Option<Span>,
    /// The mention that stands there, by its index.
    pub mention: Option<usize>,
    /// Which side of it is meant: "work" in "the work of the Group".
    pub aspect: Option<String>,
    /// Whether the phrase denies itself: "no State", "neither party".
    pub denied: bool,
}

/// The mentions of one sentence by the word that heads them.
pub(super) struct Arguments<'a> {
    pub(super) inputs: &'a Inputs<'a>,
    /// Head word and mention, larger mentions first.
    heads: Vec<(usize, usize)>,
}

impl<'a> Arguments<'a> {
    pub fn new(inputs: &'a Inputs<'a>, grammar: &Grammar<'_>) -> Self {
        let sentence = grammar.tree.sentence;
        let inside = inputs.mentions.starting_in(sentence.span);
        let heads = |i: usize| heads_of(grammar, sentence, inputs.mentions[i].span).into_iter();
        let mut heads: Vec<_> = inside.flat_map(|i| heads(i).map(move |head| (head, i))).collect();
        heads.sort_by_key(|&(head, i)| (head, std::cmp::Reverse(inputs.mentions[i].span.len())));
        Self { inputs, heads }
    }

    /// All that an argument means, as far as the kinds admit it.
    pub fn ends(&self, grammar: &Grammar<'_>, arg: Arg, wanted: &Wanted<'_>) -> Vec<End> {
        let Wanted { kinds, take, .. } = *wanted;
        let of = |id: Option<EntityId>| {
            let id = id.filter(|&id| self.admits(kinds, id))?;
            Some(End { term: Term::Entity(id), span: None, mention: None, aspect: None, denied: false })
        };
        match arg {
            Arg::Holder => of(self.inputs.holder).into_iter().collect(),
            Arg::Document => of(self.inputs.itself).into_iter().collect(),
            Arg::Token(token) if wanted.subject && self.is_teller(grammar, token) => {
                of(self.inputs.holder).into_iter().collect()
            }
            Arg::Token(token) if take == Take::Whole => self.meant(grammar, token, wanted, DEEPEST),
            Arg::Token(token) if take == Take::Words => self.literal(grammar, token, wanted).into_iter().collect(),
            Arg::Token(token) if take == Take::Thing => {
                let mut things = self.meant(grammar, token, wanted, 0);
                things.retain(|end| end.term.entity().is_some());
                things
            }
            Arg::Token(token) => match self.announced(grammar, token, kinds) {
                announced if announced.is_empty() => self.meant(grammar, token, wanted, 0),
                announced => announced,
            },
        }
    }

    /// "the observer for Elbonia opposed it": words for a delegate that nothing names, where his words are reported.
    fn is_teller(&self, grammar: &Grammar<'_>, token: usize) -> bool {
        let told = grammar.told.is_some_and(|told| told.contains(grammar.tree.token(token).span));
        let unnamed = || self.largest_at(token).is_none() && self.name_around(grammar, token).is_none();
        told && WordClass::DelegateHead.has(grammar.form(token)) && unnamed()
    }

    /// "the following States: A, B and C": the names behind the colon.
    fn announced(&self, grammar: &Grammar<'_>, token: usize, kinds: &Kinds) -> Vec<End> {
        let following = grammar.tree.children(token).any(|child| child < token && grammar.form(child) == "following");
        let colon = following.then(|| (token..grammar.tree.len()).find(|&at| grammar.form(at) == ":")).flatten();
        let Some(colon) = colon.map(|colon| grammar.tree.token(colon).span.end) else { return Vec::new() };
        let mut ends: Vec<End> = Vec::new();
        let end = grammar.tree.sentence.span.end;
        for i in self.inputs.mentions.inside(Span::new(colon, end)) {
            let mention = &self.inputs.mentions[i];
            let inside = ends.last().and_then(|last| last.span).is_some_and(|last| last.contains(mention.span));
            if mention.class == MentionClass::Named && !inside {
                let id = self.speaks_for(i).filter(|&id| self.admits(kinds, id));
                ends.extend(id.map(|id| End {
                    term: Term::Entity(id),
                    span: Some(mention.span),
                    mention: Some(i),
                    aspect: None,
                    denied: false,
                }));
            }
        }
        ends
    }

    fn meant(&self, grammar: &Grammar<'_>, token: usize, wanted: &Wanted<'_>, depth: usize) -> Vec<End> {
        let kinds = wanted.kinds;
        let mention = self.admitted_at(grammar, token, kinds).or_else(|| self.name_around(grammar, token));
        if let Some(end) = self.let_happen(grammar, token, wanted) {
            return vec![end];
        }
        if let Some(end) = self.told_by(grammar, token, wanted) {
            return vec![end];
        }
        let whole = mention.and_then(|i| self.entity_end(grammar, i, token));
        let is_deed = wanted.sense.turned_by(grammar, token);
        let side = if depth < DEEPEST && !is_deed { self.side(grammar, token, mention, wanted) } else { None };
        if let Some(side) = side {
            let deeds = side.iter().any(|&inner| grammar.is_verb(inner));
            let inner = side.into_iter().flat_map(|inner| self.meant(grammar, inner, wanted, depth + 1));
            let inner: Vec<_> = inner.map(|end| with_aspect(end, grammar, token)).collect();
            let says_enough = deeds || !grammar.is_verb(token);
            if inner.iter().any(|end| end.term.entity().is_some()) || (!inner.is_empty() && says_enough) {
                return inner;
            }
        }
        let open = || wanted.sense != Sense::Plain && mention.is_some_and(|i| self.goes_on(grammar, i, token));
        // "never engaged in activities in breach of it": not in any activities.
        if !wanted.subject && mention.is_some_and(|i| self.is_narrowed(grammar, i)) {
            return self.literal(grammar, token, wanted).into_iter().collect();
        }
        match whole {
            Some(end) if end.term.entity().is_some_and(|id| self.admits(kinds, id)) => {
                // Where the rule admits the thing it admits the words that tell it from others.
                let any = Wanted { kinds: &Kinds::any(), ..*wanted };
                let words = if open() { self.literal(grammar, token, &any) } else { None };
                vec![words.filter(|_| wanted.take != Take::Thing || kinds.literal()).unwrap_or(end)]
            }
            Some(end) if end.term.entity().is_some_and(|id| self.is_no_phrase(id)) => Vec::new(),
            _ => self.literal(grammar, token, wanted).into_iter().collect(),
        }
    }

    /// What a word names a mere side of, unless its own mention says it all.
    fn side(
        &self,
        grammar: &Grammar<'_>,
        token: usize,
        mention: Option<usize>,
        wanted: &Wanted<'_>,
    ) -> Option<Vec<usize>> {
        let mention = mention.map(|i| &self.inputs.mentions[i]);
        if mention.is_some_and(|mention| mention.class == MentionClass::Named) && !grammar.is_verb(token) {
            return None;
        }
        let inner = sides::behind(grammar, token).filter(|&inner| !wanted.subject || !grammar.is_verb(inner))?;
        // "will vanquish diseases" undertakes no diseases, "ending the crisis helps trade" is no help of the crisis.
        let deed = wanted.subject || matches!(wanted.sense, Sense::Asked | Sense::Meant);
        let brings = [WordList::Achieving, WordList::Endeavours].iter().any(|&list| grammar.is(list, token));
        if grammar.is_verb(token) && deed && !brings {
            return None;
        }
        // "calls for the support of the region" does not call for the region.
        let agent = |mention: usize| self.inputs.mentions[mention].kind.is_agent();
        // Who regrets a State's support for a war does not regret the State.
        let backing =
            || matches!(grammar.lemma(token), "support" | "solidarity" | "commitment" | "leadership" | "role");
        let of_agent = wanted.sense == Sense::Asked || wanted.sense == Sense::Against && backing();
        if of_agent && !grammar.is_verb(token) && self.largest_at(inner).is_some_and(agent) {
            return None;
        }
        // "grateful for the support for our cause": no word of praise for the cause.
        let towards = grammar.introduction(inner).is_some_and(|word| word != "of");
        if wanted.sense == Sense::For && towards && matches!(grammar.lemma(token), "support" | "contribution") {
            return None;
        }
        let span = grammar.tree.token(inner).span;
        let covered = mention.is_some_and(|mention| mention.span.contains(span)) && !grammar.is_verb(token);
        (!covered).then(|| members(grammar, inner, false))
    }

    fn entity_end(&self, grammar: &Grammar<'_>, mention: usize, token: usize) -> Option<End> {
        let id = if self.is_own_organ(grammar, token) { self.inputs.holder } else { None };
        let id = id.or_else(|| self.speaks_for(mention))?;
        let label = self.inputs.entities[id.index()].label.to_lowercase();
        if grammar.words.has(WordList::Empty, label.strip_suffix('s').unwrap_or(&label)) {
            return None;
        }
        let span = Some(self.inputs.mentions[mention].span);
        Some(End { term: Term::Entity(id), span, mention: Some(mention), aspect: None, denied: denied(grammar, token) })
    }

    /// "its resolution 1/2, in which it decided": the organ whose resolution this is.
    fn is_own_organ(&self, grammar: &Grammar<'_>, token: usize) -> bool {
        let own = |at: usize| grammar.form(at) == "its" && grammar.form(at + 1).starts_with("resolution");
        grammar.clausal && grammar.form(token) == "it" && (0..token.saturating_sub(1)).any(own)
    }

    /// The entity of a mention; for a delegation or the speaker, the State or group for which they speak.
    fn speaks_for(&self, mention: usize) -> Option<EntityId> {
        let referent = self.inputs.referents.get(mention).copied().flatten();
        let pronoun = self.inputs.mentions[mention].reading == Reading::Pronoun;
        let text = self.inputs.mentions[mention].span.of(&self.inputs.document.text).to_lowercase();
        if pronoun && (text.ends_with("self") || text.ends_with("selves")) {
            return None;
        }
        let first_person = pronoun && WordClass::SpeakerPronoun.has(&text);
        match referent {
            Some(id) if self.inputs.voices.contains(&id) => self.inputs.holder.or(Some(id)),
            Some(id) if self.class(id) == Class::Delegation => self.inputs.entities[id.index()].owner.or(Some(id)),
            Some(id) => Some(id),
            None if first_person => self.inputs.holder,
            None => None,
        }
    }

    /// Where the largest mention stands that a word heads.
    pub fn around(&self, token: usize) -> Option<Span> {
        self.largest_at(token).map(|mention| self.inputs.mentions[mention].span)
    }

    /// The largest mention that a word heads.
    pub(super) fn largest_at(&self, token: usize) -> Option<usize> {
        let at = self.heads.partition_point(|&(head, _)| head < token);
        self.heads.get(at).filter(|&&(head, _)| head == token).map(|&(_, mention)| mention)
    }

    /// The largest mention that a word heads and the kinds admit; else the largest.
    fn admitted_at(&self, grammar: &Grammar<'_>, token: usize, kinds: &Kinds) -> Option<usize> {
        let from = self.heads.partition_point(|&(head, _)| head < token);
        let here = self.heads[from..].iter().take_while(|&&(head, _)| head == token).map(|&(_, mention)| mention);
        let fits = |&mention: &usize| self.speaks_for(mention).is_some_and(|id| self.admits(kinds, id));
        here.clone().find(fits).or_else(|| self.ending_at(grammar, token).find(fits)).or_else(|| self.largest_at(token))
    }

    /// The mentions that end with a word, smaller ones first: "Affairs" may stand for "Deputy on Affairs".
    fn ending_at(&self, grammar: &Grammar<'_>, token: usize) -> impl Iterator<Item = usize> {
        let (word, sentence) = (grammar.tree.token(token).span, grammar.tree.sentence.span);
        let starts = move |&i: &usize| {
            let start = self.inputs.mentions[i].span.start;
            start >= sentence.start && start <= word.start
        };
        self.inputs.mentions.ending(word.end).rev().filter(starts)
    }

    /// The smallest name that holds a word which heads nothing.
    fn name_around(&self, grammar: &Grammar<'_>, token: usize) -> Option<usize> {
        let span = grammar.tree.token(token).span;
        let sentence = grammar.tree.sentence.span;
        self.inputs.mentions.around(span).find(|&i| {
            let mention = &self.inputs.mentions[i];
            mention.class == MentionClass::Named && mention.span.start >= sentence.start
        })
    }

    fn admits(&self, kinds: &Kinds, id: EntityId) -> bool {
        kinds.admit(self.class(id)) || kinds.holder() && self.inputs.holder == Some(id)
    }

    fn class(&self, id: EntityId) -> Class {
        self.inputs.entities[id.index()].class
    }

    /// Whether its words never stand for it: a date, an amount, a numbered text, someone who acts.
    fn is_no_phrase(&self, id: EntityId) -> bool {
        let kind = self.class(id).kind();
        kind.is_agent() || matches!(kind, Kind::Date | Kind::Money | Kind::Resolution | Kind::Treaty)
    }

    /// "cannot allow X to fail", "the need for X to act": no word on X, but on the whole clause.
    fn let_happen(&self, grammar: &Grammar<'_>, token: usize, wanted: &Wanted<'_>) -> Option<End> {
        if let Some((doer, deed)) = grammar.needed_of(token).filter(|_| !wanted.subject) {
            let (_, last) = phrase(grammar, deed, false);
            let (first, last) = trim(grammar, doer, last.max(deed), deed);
            return Some(with_aspect(self.words(grammar, first, last, false), grammar, token));
        }
        if let Some(deed) = grammar.kept_from(token).filter(|_| wanted.sense != Sense::Plain && !wanted.subject) {
            let first = grammar.tree.subtree(token).first().copied().unwrap_or(token).min(token);
            let (_, last) = phrase(grammar, deed, false);
            let (first, last) = trim(grammar, first, last.max(deed), deed);
            return Some(self.words(grammar, first, last, false));
        }
        let verb = grammar.tree.head(token).filter(|&verb| grammar.is(WordList::Permissions, verb))?;
        if wanted.sense == Sense::Plain
            || wanted.subject
            || !matches!(grammar.deprel(token), Deprel::Obj | Deprel::Iobj)
        {
            return None;
        }
        let clauses = [Deprel::Xcomp, Deprel::Ccomp, Deprel::Advcl, Deprel::Acl];
        let mut places = [verb, token].into_iter().flat_map(|at| grammar.tree.children_by(at, &clauses));
        let clause = places.find(|&clause| clause > token && grammar.is_infinitive(clause))?;
        let first = grammar.tree.subtree(token).first().copied().unwrap_or(token).min(token);
        let (_, last) = phrase(grammar, clause, false);
        let (first, last) = trim(grammar, first, last.max(clause), clause);
        Some(self.words(grammar, first, last, false))
    }

    /// The words from one to another.
    fn words(&self, grammar: &Grammar<'_>, first: usize, last: usize, denied: bool) -> End {
        let (first, last) = grammar.tree.hyphened(first, last);
        let span = grammar.tree.sentence.span_of(first, last);
        let value = one_line(span.of(grammar.tree.text));
        End { term: Term::Literal(value), span: Some(span), mention: None, aspect: None, denied }
    }

    /// What a demand says in words where its verb is a passive, which says nothing without its subject ("X must be handled
    /// with care"); nothing where the subject is not said there. `None` if the verb is no such thing.
    pub fn demanded(&self, grammar: &Grammar<'_>, verb: usize) -> Option<Option<End>> {
        let own = grammar.tree.children_by(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).next();
        let relative = own.is_some_and(|own| grammar.is_relative(own)) || grammar.deprel(verb) == Deprel::AclRelcl;
        if !grammar.is_passive(verb) && !relative {
            return None;
        }
        let subject =
            grammar.own_subject(verb).filter(|&subject| subject < verb && grammar.upos(subject) != Upos::Pron);
        let Some(subject) = subject.filter(|_| !relative) else { return Some(None) };
        let first = grammar.tree.subtree(subject).first().copied().unwrap_or(subject).min(subject);
        let (_, last) = phrase(grammar, verb, false);
        let (first, last) = trim(grammar, first, last.max(verb), verb);
        let short = last - first < 2 * LITERAL_WORDS;
        Some(short.then(|| self.words(grammar, first, last, false)))
    }

    /// What is not to be done, in words: of a demand with its subject where that is another ("this right must not be
    /// ignored"), else the deed ("not underestimate the risk").
    pub fn forbidden(&self, grammar: &Grammar<'_>, verb: usize, demand: bool) -> Option<End> {
        let denies = |&at: &usize| grammar.is(WordList::Denials, at) && grammar.idioms.list_at(at).is_none();
        let denial = (0..verb).rev().take(6).find(denies);
        let subject = grammar.own_subject(verb).filter(|&subject| demand && subject < denial.unwrap_or(0));
        let other = |subject: &usize| grammar.upos(*subject) != Upos::Pron && !grammar.is_relative(*subject);
        let (_, last) = phrase(grammar, verb, false);
        if let Some(subject) = subject.filter(other) {
            let first = grammar.tree.subtree(subject).first().copied().unwrap_or(subject).min(subject);
            let (first, last) = trim(grammar, first, last.max(verb), verb);
            let short = last - first < 2 * LITERAL_WORDS;
            return short.then(|| self.words(grammar, first, last, true));
        }
        if grammar.is_passive(verb) || last <= verb {
            return None;
        }
        let (_, last) = trim(grammar, verb, last, verb);
        let mut end = self.words(grammar, verb, last, true);
        if let Term::Literal(words) = &mut end.term {
            let not = denial.map_or("not", |denial| grammar.form(denial));
            words.insert_str(0, if not == "never" { "never " } else { "not " });
        }
        Some(end)
    }

    /// The words of a phrase, without article, without what hangs on it as a clause.
    pub(super) fn literal(&self, grammar: &Grammar<'_>, token: usize, wanted: &Wanted<'_>) -> Option<End> {
        if !wanted.kinds.literal() || grammar.upos(token) == Upos::Pron {
            return None;
        }
        let (first, last) = match core_object(grammar, token).filter(|_| wanted.take != Take::Words) {
            Some(object) => {
                let last = deed_end(grammar, token, object);
                let (first, last) = cut_to(grammar, token, last, token, LITERAL_WORDS);
                trim(grammar, first, last, token)
            }
            None => phrase(grammar, token, wanted.clause),
        };
        let says_nothing =
            [WordList::Sides, WordList::LooseSides, WordList::Empty].iter().any(|&list| grammar.is(list, token));
        let (first, last) = if first == last && says_nothing {
            let behind = described(grammar, token).or_else(|| narrowed(grammar, token));
            trim(grammar, first, behind.unwrap_or(last), token)
        } else {
            (first, last)
        };
        let points = matches!(grammar.upos(token), Upos::Adj | Upos::Adv | Upos::Det | Upos::Sconj | Upos::Part);
        let pronoun = last == token + 1 && grammar.is_verb(token) && grammar.upos(last) == Upos::Pron;
        if first == last && (says_nothing || points || grammar.is_verb(token)) || first == token && pronoun {
            return None;
        }
        // A clause is nobody who acts.
        if wanted.subject && (first..=last).any(|at| grammar.upos(at) == Upos::Aux) {
            return None;
        }
        let span = grammar.tree.sentence.span_of(first, last);
        // The words of a clause hold their own "not": "regrets that it was not possible".
        let clause = grammar.is_verb(token) || grammar.tree.child(token, Deprel::Cop).is_some();
        let denied = !clause && denied(grammar, token);
        (!span.is_empty()).then(|| self.words(grammar, first, last, denied))
    }
}

impl Heads for Arguments<'_> {
    fn kind_at(&self, token: usize) -> Option<Kind> {
        self.largest_at(token).map(|i| self.inputs.mentions[i].kind)
    }
}

fn with_aspect(mut end: End, grammar: &Grammar<'_>, token: usize) -> End {
    let word = grammar.form(token);
    end.aspect = Some(match end.aspect {
        Some(inner) => format!("{word}, {inner}"),
        None => word.to_owned(),
    });
    end
}

/// The words that may stand for a span: those whose head lies outside of it, and, whatever the tree says, the nouns
/// before its first preposition.
fn heads_of(grammar: &Grammar<'_>, sentence: &Sentence, span: Span) -> Vec<usize> {
    let tokens = sentence.tokens_in(span);
    let outside = |token: &usize| grammar.tree.head(*token).is_none_or(|head| !tokens.contains(&head));
    let mut heads: Vec<usize> = tokens.clone().filter(|&token| grammar.is_nominal(token)).filter(outside).collect();
    let core = tokens.clone().take_while(|&token| !matches!(grammar.upos(token), Upos::Adp | Upos::Sconj));
    let possessor = |token: usize| token + 1 < tokens.end && matches!(grammar.form(token + 1), "'s" | "’s" | "'" | "’");
    let noun =
        |&token: &usize| matches!(grammar.upos(token), Upos::Noun | Upos::Propn | Upos::Pron) && !possessor(token);
    heads.extend(core.filter(noun));
    if heads.is_empty() {
        heads.extend(tokens.clone().find(outside));
    }
    heads.sort_unstable();
    heads.dedup();
    heads
}

/// Whether a phrase denies itself: "no State", "none of"; "not only States" does not.
fn denied(grammar: &Grammar<'_>, token: usize) -> bool {
    let only = |child: usize| child + 1 < grammar.tree.len() && matches!(grammar.form(child + 1), "only" | "just");
    grammar
        .tree
        .children_by(token, &[Deprel::Det, Deprel::CcPreconj, Deprel::Advmod, Deprel::Cc])
        .any(|child| grammar.is(WordList::Denials, child) && !only(child))
}
