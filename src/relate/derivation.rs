//! A claim before it is decided: which rule would make it, what set the rule off, where its ends stand and how they were
//! found, and how the clause is put. Deriving judges nothing; [`super::decide`] does.

use super::signs::Signs;
use crate::model::{Claim, EntityId, Evidence, Modality, Polarity, Qualifier, Relation, Span, Term};
use crate::seeds::Rule;

/// What a rule says at one place.
#[derive(Clone, Debug)]
pub struct Derivation<'r> {
    /// The rule.
    pub rule: &'r Rule,
    /// What it claims: the rule's relation.
    pub relation: Relation,
    /// The words that set it off, from the first to the last; `None` for what no sentence says but a name or the title block.
    pub trigger: Option<Span>,
    /// Who or what it is said of.
    pub subject: Argument,
    /// Of, to or about whom or what.
    pub object: Argument,
    /// Whether it is affirmed or denied.
    pub polarity: Polarity,
    /// How it is put.
    pub modality: Modality,
    /// Whose claim it is.
    pub said_by: Option<EntityId>,
    /// What narrows it.
    pub qualifiers: Vec<(Qualifier, Term)>,
    /// The shortest stretch that shows trigger, subject and object.
    pub span: Span,
    /// Whether it wants a reader however sure it is: it is denied by other words than the "not" of its own verb ("nor …
    /// without", "no country with the will to": more of such denials than not turn what is said), or one of its ends is a
    /// lone common noun in the plural or a lone word ("countries": of what readers judged one in four was right).
    pub doubted: bool,
    /// Whether an end does not tell which thing is meant ("these weapons"), so that it is no answer by itself.
    pub bare: bool,
    /// What a model can see of it.
    pub signs: Signs,
}

impl<'r> Derivation<'r> {
    /// A plain fact that a rule's matcher found: the relation and the modality are the rule's.
    pub(super) fn plain(rule: &'r Rule, subject: Argument, object: Argument, span: Span) -> Self {
        Self {
            rule,
            relation: rule.relation.clone(),
            trigger: None,
            subject,
            object,
            polarity: Polarity::Affirmed,
            modality: rule.modality.unwrap_or(Modality::Asserted),
            said_by: None,
            qualifiers: Vec::new(),
            span,
            doubted: false,
            bare: false,
            signs: Signs::default(),
        }
    }

    /// The claim, once it is decided how sure it is (0 to 1, two decimals).
    pub fn claim(self, confidence: f32) -> Claim {
        Claim {
            strength: self.rule.strength.filter(|_| self.relation.is_position()),
            subject: self.subject.term,
            relation: self.relation,
            object: self.object.term,
            polarity: self.polarity,
            modality: self.modality,
            said_by: self.said_by,
            qualifiers: self.qualifiers,
            evidence: Evidence { span: self.span, rule: self.rule.code.clone(), confidence },
        }
    }
}

/// One end of a derivation.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// The entity, or the words.
    pub term: Term,
    /// Where it stands, in bytes; `None` for what no word names: the holder, the document.
    pub span: Option<Span>,
    /// How it was found.
    pub way: Way,
    /// The mention that stands there, by its index; `None` for plain words and for what no word names.
    pub mention: Option<usize>,
}

impl Argument {
    /// What a matcher found without a tree.
    pub(super) fn plain(term: Term, span: Option<Span>, way: Way) -> Self {
        Self { term, span, way, mention: None }
    }
}

/// How the word of an end was found from the words that set the rule off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// It is the trigger itself.
    Trigger,
    /// It hangs on the trigger in the tree.
    Tree,
    /// It hangs on something that hangs on the trigger.
    Deeper,
    /// It is a further member of a list of which the tree hangs the first on the trigger.
    Listed,
    /// The trigger describes it: a relative clause, a participle, an adjective.
    Described,
    /// It is the subject or object of a verb that the trigger is joined to: "prevent and counter crime".
    Shared,
    /// It is an end of a clause above: control, adjuncts ("wishes to", "by doing").
    Above,
    /// Word order alone gives it: the phrase beside the words, or the first free one of the clause.
    Order,
    /// No word names it: whose document it is.
    Holder,
    /// No word names it: the document.
    Document,
    /// The build of a name gives it.
    Name,
    /// The title block gives it.
    Frame,
}

impl Way {
    /// All, in the order of trust.
    pub const ALL: [Way; 12] = [
        Self::Trigger,
        Self::Tree,
        Self::Deeper,
        Self::Listed,
        Self::Described,
        Self::Shared,
        Self::Above,
        Self::Order,
        Self::Holder,
        Self::Document,
        Self::Name,
        Self::Frame,
    ];

    /// The word for it on screens: "by the tree".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trigger => "the trigger itself",
            Self::Tree => "by the tree",
            Self::Deeper => "deeper in the tree",
            Self::Listed => "by a list",
            Self::Described => "by what it describes",
            Self::Shared => "shared with another verb",
            Self::Above => "from the clause above",
            Self::Order => "by word order",
            Self::Holder => "whose document it is",
            Self::Document => "the document",
            Self::Name => "by the name",
            Self::Frame => "by the title block",
        }
    }
}

/// Why a rule that was set off did not speak.
#[derive(Clone, Debug, PartialEq)]
pub enum Silence {
    /// Its word is there but not as the part of speech, with the particle, carrier or preposition that it wants.
    NotSetOff,
    /// It wants a finite clause.
    NotFinite,
    /// No path led to a subject that it admits; what stood there instead.
    NoSubject(Option<Span>),
    /// No path led to an object that it admits; what stood there instead.
    NoObject(Option<Span>),
    /// It speaks only where its words are denied.
    NotDenied,
    /// It passes over clauses put this way.
    Put(Modality),
    /// Both ends would be the same.
    SameEnds,
    /// A document would say it of its own organ.
    OwnOrgan,
    /// A State or person would cause what they only mean to do.
    OnlyMeant,
    /// Nobody claims it: a question, what is told as untrue, what only "some think".
    Void,
    /// A legal text lays it down, which its holder does not ask for.
    Law,
}

/// A rule that did not speak at one place.
#[derive(Clone, Debug)]
pub(super) struct Silent<'r> {
    pub rule: &'r Rule,
    /// The words that set it off, or could have.
    pub span: Span,
    pub why: Silence,
}

/// What deriving gives: derivations, and, where somebody asked for them, the silences.
#[derive(Debug, Default)]
pub(super) struct Findings<'r> {
    pub derivations: Vec<Derivation<'r>>,
    pub silences: Option<Vec<Silent<'r>>>,
}

impl<'r> Findings<'r> {
    pub fn silent(&mut self, rule: &'r Rule, span: Span, why: Silence) {
        if let Some(silences) = &mut self.silences {
            silences.push(Silent { rule, span, why });
        }
    }

    /// Whether silences are wanted.
    pub fn explains(&self) -> bool {
        self.silences.is_some()
    }
}
