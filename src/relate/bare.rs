//! Ends that do not tell which thing is meant: "these weapons", "the commission", "the following tasks", and requests that
//! leave out what is asked for. Such a claim may be true, but whoever reads it alone must ask "which?", so that it is no
//! answer by itself: it stands, and is less sure than what answers go on.

use super::Inputs;
use super::clause_signs::POINTING;
use super::derivation::{Argument, Derivation};
use crate::model::{Deprel, EntityId, MentionClass, Qualifier, Sentence, Span, Term, Upos};
use crate::seeds::{WordList, Words};

/// How sure such a claim is at most: below the 0.60 that answers go on. Of 31 that strict readers judged 5 were wholly right.
pub(super) const MOST: f32 = 0.58;

/// How many words off a noun what tells which is meant may stand.
const NEAR: usize = 12;

/// Whether a reader of the claim alone would have to ask what is meant.
pub(super) fn is_bare(inputs: &Inputs<'_>, it: &Derivation<'_>) -> bool {
    if it.trigger.is_none() {
        return it.relation.name() == "memberOf" && is_unnamed(inputs, &it.object);
    }
    let told = |wanted: Qualifier| it.qualifiers.iter().find(|(qualifier, _)| *qualifier == wanted);
    let phrase = |wanted: Qualifier| {
        told(wanted).and_then(|(_, term)| match term {
            Term::Literal(words) => Some(words.as_str()),
            Term::Entity(_) => None,
        })
    };
    let (whole, whose) = (phrase(Qualifier::Aspect), phrase(Qualifier::SubjectAspect));
    // "We pay tribute to their leaders": not the speaker's.
    let holder = it.subject.term.entity().is_some() && it.subject.term.entity() == inputs.holder;
    points(inputs, &it.subject, whose, it.object.span)
        || points(inputs, &it.object, whole, it.subject.span)
        || holder && is_anothers(inputs, &it.object)
        || whole.is_none() && told(Qualifier::To).is_none() && asks_nothing(inputs, it)
}

/// A set of States that no name tells: "the brother countries: Togo and Benin".
fn is_unnamed(inputs: &Inputs<'_>, end: &Argument) -> bool {
    let nominal = end.mention.is_some_and(|at| inputs.mentions[at].class == MentionClass::Nominal);
    nominal && end.term.entity().is_some_and(|id| !inputs.entities[id.index()].known)
}

/// Whether "their", "his" or "her" owns what an end names.
fn is_anothers(inputs: &Inputs<'_>, end: &Argument) -> bool {
    let Some(span) = end.span else { return false };
    let Some(sentence) = Sentence::around(inputs.sentences, span) else { return false };
    let phrase = Phrase { sentence, text: &inputs.document.text, words: inputs.rules.words() };
    let Some(noun) = sentence.tokens_in(span).rev().find(|&at| phrase.is_noun(at)) else { return false };
    phrase.children(noun).any(|child| matches!(phrase.lower(child).as_str(), "their" | "his" | "her"))
}

/// A request of somebody that leaves out what he is to do: "requests the Council".
fn asks_nothing(inputs: &Inputs<'_>, it: &Derivation<'_>) -> bool {
    let agent = |id: EntityId| inputs.entities[id.index()].kind().is_agent();
    matches!(it.relation.name(), "requests" | "invites") && it.object.term.entity().is_some_and(agent)
}

/// Whether an end points to something that it does not name. `whole` is its whole phrase, if that says more;
/// `other` is where the other end stands: "report on the work" does not tell which report has the work as its matter.
fn points(inputs: &Inputs<'_>, end: &Argument, whole: Option<&str>, other: Option<Span>) -> bool {
    let Some(span) = end.span else { return false };
    // "this statement" is the document.
    if end.term.entity().is_some() && end.term.entity() == inputs.itself {
        return false;
    }
    let mention = end.mention.map(|at| &inputs.mentions[at]);
    let named = mention.is_some_and(|mention| matches!(mention.class, MentionClass::Named | MentionClass::Pronoun));
    let known = end.term.entity().is_some_and(|id| inputs.entities[id.index()].known);
    let Some(sentence) = Sentence::around(inputs.sentences, span) else { return false };
    let tokens = sentence.tokens_in(span);
    let phrase = Phrase { sentence, text: &inputs.document.text, words: inputs.rules.words() };
    let within = phrase.points_within(whole.unwrap_or(span.of(&inputs.document.text)));
    if !named && (within || !known && tokens.clone().any(|at| phrase.is_pointed_to(at))) {
        return true;
    }
    let alone = tokens.clone().rev().find(|&at| phrase.is_noun(at));
    !named && !known && whole.is_none() && alone.is_some_and(|noun| phrase.is_alone(noun, other))
}

/// A sentence and the words that say too little.
struct Phrase<'a> {
    sentence: &'a Sentence,
    text: &'a str,
    words: &'a Words,
}

impl Phrase<'_> {
    fn lower(&self, at: usize) -> String {
        self.sentence.tokens[at].span.of(self.text).to_lowercase()
    }

    fn is_noun(&self, at: usize) -> bool {
        matches!(self.sentence.tokens[at].upos, Upos::Noun | Upos::Propn)
    }

    /// What hangs on a word, near it.
    fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        let near = head.saturating_sub(NEAR)..self.sentence.tokens.len().min(head + NEAR);
        near.filter(move |&at| self.sentence.tokens[at].head.is_some_and(|above| above as usize == head))
    }

    /// "these weapons", "both countries", "the following tasks"; "this year" and "this session" tell when and where.
    fn is_pointed_to(&self, noun: usize) -> bool {
        if !self.is_noun(noun) || self.words.has(WordList::Here, &self.sentence.tokens[noun].lemma) {
            return false;
        }
        self.children(noun).filter(|&child| child < noun).any(|child| {
            let (word, role) = (self.lower(child), self.sentence.tokens[child].deprel);
            let pointing = role == Deprel::Det && (POINTING.contains(&word.as_str()) || word == "both");
            let such = word == "such" && self.lower(child + 1) != "as";
            pointing || such || matches!(word.as_str(), "following" | "latter" | "aforementioned" | "above-mentioned")
        })
    }

    /// The same in the words of a whole phrase: "ban of these weapons", "relations between both countries", "review of the
    /// treaty".
    fn points_within(&self, whole: &str) -> bool {
        let lower = whole.to_lowercase();
        let words: Vec<&str> = lower.split(' ').collect();
        let unnamed = |word: &str| {
            let singular = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
            let singular = singular.unwrap_or_else(|| word.trim_end_matches('s').to_owned());
            self.words.has(WordList::Unnamed, &singular)
        };
        let last = words.len() >= 3 && words[words.len() - 2] == "the" && unnamed(words[words.len() - 1]);
        let two =
            words.windows(3).any(|trio| trio[0] == "the" && matches!(trio[1], "two" | "same") && unnamed(trio[2]));
        let both = words.windows(2).any(|pair| pair[0] == "both" && unnamed(pair[1]));
        last || two
            || both
            || words.windows(2).any(|pair| {
                let next = pair[1].trim_matches(|c: char| !c.is_alphanumeric());
                let noun = !matches!(next, "as" | "who" | "of" | "that" | "which");
                // "that" opens a clause as a rule.
                noun && matches!(pair[0], "these" | "those" | "such" | "this") && !self.words.has(WordList::Here, next)
            })
    }

    /// One of many, which nothing beside it tells: "the commission", "meeting".
    fn is_alone(&self, noun: usize, other: Option<Span>) -> bool {
        let lemma = self.sentence.tokens[noun].lemma.as_str();
        let unnamed = self.words.has(WordList::Unnamed, lemma);
        // "the third summit", "a regular session".
        let gathering = matches!(lemma, "session" | "summit" | "meeting" | "conference" | "congress");
        let tells = |child: usize| {
            let (span, role) = (self.sentence.tokens[child].span, self.sentence.tokens[child].deprel);
            let other = other.is_some_and(|other| other.contains(span));
            let passed = matches!(
                role,
                Deprel::Det | Deprel::Case | Deprel::Punct | Deprel::Cc | Deprel::Conj | Deprel::Cop | Deprel::Mark
            );
            !(other || passed || gathering && role == Deprel::Amod)
        };
        unnamed && !self.children(noun).any(tells)
    }
}
