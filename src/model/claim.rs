//! What the text says of things: a subject, a relation, an object, and the sentence that says so.

use compact_str::CompactString;

use super::{EntityId, Relation, Span};

/// One statement made by a document. It cannot be built without its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Who or what it is said of.
    pub subject: Term,
    /// What is said.
    pub relation: Relation,
    /// Of, to or about whom or what.
    pub object: Term,
    /// Whether it is affirmed or denied.
    pub polarity: Polarity,
    /// How it is put.
    pub modality: Modality,
    /// On the ladder of diplomatic language, 1 (notes) to 5 (decides, demands); `None` where no stance is taken.
    pub strength: Option<u8>,
    /// Whose claim it is: the speaker, or another holder that the text names. `None` where the document says it of itself,
    /// as a title page does, or where nobody is known to speak.
    pub said_by: Option<EntityId>,
    /// When, for what, under which law, how many …: in the order found.
    pub qualifiers: Vec<(Qualifier, Term)>,
    /// Where the text says it.
    pub evidence: Evidence,
}

/// One end of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Term {
    /// An entity of the document's table.
    Entity(EntityId),
    /// Words of the text, line breaks folded, where no single entity says it.
    Literal(String),
}

impl Term {
    /// The entity, if it is one.
    pub const fn entity(&self) -> Option<EntityId> {
        match self {
            Self::Entity(id) => Some(*id),
            Self::Literal(_) => None,
        }
    }
}

/// The proof of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The shortest stretch that shows subject, relation and object.
    pub span: Span,
    /// The code of the rule that found it, for example `position.no-need`.
    pub rule: CompactString,
    /// 0 to 1, two decimals.
    pub confidence: f32,
}

/// Whether a claim is affirmed or denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Polarity {
    /// It is so.
    Affirmed,
    /// It is not so.
    Negated,
}

impl Polarity {
    /// The local name in the ontology, and the word in JSON Lines.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Affirmed => "affirmed",
            Self::Negated => "negated",
        }
    }
}

/// How a claim is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Modality {
    /// A plain statement, or an act that the speaker performs by saying it.
    Asserted,
    /// A valuation or a contested claim.
    Opinion,
    /// Must, should, needs to.
    Proposal,
    /// In order to, with a view to, aimed at.
    Purpose,
    /// Can, may, will.
    Possibility,
    /// Not in words: a reader infers it.
    Implied,
}

impl Modality {
    /// All, in the order of the design.
    pub const ALL: [Modality; 6] =
        [Self::Asserted, Self::Opinion, Self::Proposal, Self::Purpose, Self::Possibility, Self::Implied];

    /// The local name in the ontology, and the word in JSON Lines.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Opinion => "opinion",
            Self::Proposal => "proposal",
            Self::Purpose => "purpose",
            Self::Possibility => "possibility",
            Self::Implied => "implied",
        }
    }

    /// Whether what is claimed need not be so.
    pub const fn is_hypothetical(self) -> bool {
        matches!(self, Self::Proposal | Self::Purpose | Self::Possibility)
    }
}

/// What narrows a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Qualifier {
    /// The year in which.
    InYear,
    /// The day on which.
    OnDate,
    /// What a mandate or request asks for.
    Task,
    /// To whom, or to do what.
    To,
    /// Upon whom or what.
    On,
    /// By whom or by what means.
    By,
    /// For what.
    For,
    /// How many.
    Count,
    /// Which side or part of the object is meant, in the words of the text: "renewal", "countries that took part in it".
    Aspect,
    /// Against what.
    Against,
    /// By way of what.
    Through,
    /// Under which law or authority.
    Under,
    /// Where.
    In,
    /// The text's own verb behind the relation, in its plain form.
    Verb,
    /// When it is, seen from the text: "future" of what somebody will do.
    Tense,
    /// The whole phrase that the subject stands in, where its name says less: "forces of both sides".
    SubjectAspect,
}

impl Qualifier {
    /// All, in ontology order.
    pub const ALL: [Qualifier; 16] = [
        Self::InYear,
        Self::OnDate,
        Self::Task,
        Self::To,
        Self::On,
        Self::By,
        Self::For,
        Self::Count,
        Self::Aspect,
        Self::Against,
        Self::Through,
        Self::Under,
        Self::In,
        Self::Verb,
        Self::Tense,
        Self::SubjectAspect,
    ];

    /// The word in rule files and JSON Lines.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InYear => "inYear",
            Self::OnDate => "onDate",
            Self::Task => "task",
            Self::To => "to",
            Self::On => "on",
            Self::By => "by",
            Self::For => "for",
            Self::Count => "count",
            Self::Aspect => "aspect",
            Self::Against => "against",
            Self::Through => "through",
            Self::Under => "under",
            Self::In => "in",
            Self::Verb => "verb",
            Self::Tense => "tense",
            Self::SubjectAspect => "subjectAspect",
        }
    }

    /// The qualifier of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|qualifier| qualifier.name() == name)
    }
}
