//! The little language of rules: triggers (`verb: express > concern | alarm`), paths (`object > prep:of`), kinds (`agent`).

use compact_str::CompactString;

use crate::model::{Class, Kind};

/// Why a text of the language was not understood: what sort of name, and which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unknown {
    pub what: &'static str,
    pub name: String,
    pub known: Vec<String>,
}

/// Which part of speech sets a rule off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A verb, in any form.
    Verb,
    /// A noun, also one written with a capital.
    Noun,
    /// An adjective or a participle used as one ("committed to"): compared by form.
    Adjective,
    /// A modal ("should"): the verb that it governs is meant.
    Modal,
    /// Any word: compared by form.
    Word,
}

impl Part {
    const ALL: [(&'static str, Part); 5] = [
        ("verb", Part::Verb),
        ("noun", Part::Noun),
        ("adjective", Part::Adjective),
        ("modal", Part::Modal),
        ("word", Part::Word),
    ];
}

/// Words that set a rule off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// What part of speech the word is.
    pub part: Part,
    /// Its lemma (its form, for adjectives and plain words), in lower case.
    pub word: CompactString,
    /// Particles that belong to it: `up` of "set up".
    pub particles: Vec<CompactString>,
    /// For a light verb, the nouns or adjectives that carry its meaning: `concern` of "express concern".
    /// For a modal, the verbs it may govern. Empty: any, or none.
    pub carriers: Vec<CompactString>,
    /// Prepositions of which one must introduce it: `in` of "in cooperation with". Empty: any, or none.
    pub introduced: Vec<CompactString>,
    /// Carriers that are refused.
    pub except: Vec<CompactString>,
}

impl Trigger {
    /// Reads `part: word | word`, `verb: set up`, `verb: take > note`, `modal: should > avoid | end`, `modal: must !> avoid`,
    /// `noun: cooperation < in`.
    pub(super) fn parse(text: &str) -> Result<Vec<Trigger>, Unknown> {
        let known = || Part::ALL.iter().map(|&(name, _)| name.to_owned()).collect();
        let (name, rest) = text.split_once(':').unwrap_or((text, ""));
        let Some(&(_, part)) = Part::ALL.iter().find(|&&(known, _)| known == name.trim()) else {
            return Err(Unknown { what: "part of speech", name: name.trim().to_owned(), known: known() });
        };
        let (rest, introduced) = match rest.split_once('<') {
            Some((rest, prepositions)) => (rest, alternatives(prepositions)),
            None => (rest, Vec::new()),
        };
        let (words, carriers, except) = match (rest.split_once("!>"), rest.split_once('>')) {
            (Some((words, except)), _) => (words, Vec::new(), alternatives(except)),
            (None, Some((words, carriers))) => (words, alternatives(carriers), Vec::new()),
            (None, None) => (rest, Vec::new(), Vec::new()),
        };
        let triggers: Vec<_> = alternatives(words)
            .into_iter()
            .map(|phrase| {
                let mut words = phrase.split(' ').map(CompactString::new);
                let word = words.next().unwrap_or_default();
                let particles = words.collect();
                let (carriers, except) = (carriers.clone(), except.clone());
                Trigger { part, word, particles, carriers, introduced: introduced.clone(), except }
            })
            .collect();
        if triggers.is_empty() {
            return Err(Unknown { what: "trigger", name: text.to_owned(), known: Vec::new() });
        }
        Ok(triggers)
    }
}

/// A way through the tree from the trigger to an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The steps, at least one.
    pub steps: Vec<Step>,
    /// What is taken of the word that it leads to.
    pub take: Take,
}

impl Path {
    /// Reads `object > prep:of | on`, `text clause`.
    pub(super) fn parse(path: &str) -> Result<Path, Unknown> {
        let trimmed = path.trim();
        let takes = [("text ", Take::Words), ("whole ", Take::Whole), ("thing ", Take::Thing)];
        let prefixed = takes.into_iter().find_map(|(prefix, take)| Some((take, trimmed.strip_prefix(prefix)?)));
        let (take, rest) = prefixed.unwrap_or((Take::Meaning, trimmed));
        let steps = rest.split('>').map(|step| Step::parse(step.trim())).collect::<Result<_, _>>()?;
        Ok(Path { steps, take })
    }
}

/// What is taken of the word that a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// What it is about: the Group, of "the work of the Group".
    Meaning,
    /// What it is itself, never what it is a side of (`whole …`).
    Whole,
    /// Its words, even where an entity stands (`text …`).
    Words,
    /// What it is about, but only where that is an entity, never plain words (`thing …`).
    Thing,
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Where it goes.
    pub kind: StepKind,
    /// The prepositions of `prep:` and `under:`; otherwise empty.
    pub words: Vec<CompactString>,
    /// Lemmas that the word reached must have; empty for any.
    pub only: Vec<CompactString>,
}

/// Where a step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// Who does it, in the active or the passive, through relative clauses, control and coordination.
    Subject,
    /// What it is done to.
    Object,
    /// To whom.
    Indirect,
    /// Whose it is: "its", "the Group's".
    Possessive,
    /// What a preposition brings: `prep:with`, `prep:in line with`; also a gerund ("for chairing").
    Prep,
    /// The noun that this one hangs on through a preposition: `under:for` goes from "investigation" to "branches".
    Under,
    /// The noun that this participle, adjective or noun describes.
    Head,
    /// Of what it is said, where it is a predicate: "X" in "X is vital", "X remains of concern".
    SaidOf,
    /// The infinitive or that-clause that completes it.
    Clause,
    /// The clause that completes it and hangs on it in the tree.
    Complement,
    /// The that-clause with a subject of its own that completes it.
    Statement,
    /// The infinitive that completes it, not a that-clause.
    Infinitive,
    /// The infinitive of purpose: "in order to prevent".
    Purpose,
    /// The noun phrase that ends right before the trigger.
    Before,
    /// The noun phrase that starts right after the trigger.
    After,
    /// What is in apposition to it.
    Apposition,
    /// The trigger itself, where its clause says that there is such a thing: "there can be no military solution".
    There,
    /// A date that stands with it.
    When,
    /// A State or place that stands with it after "in", "at".
    Where,
    /// The trigger itself.
    Trigger,
    /// Whose document it is: the speaker's State, the organ of a resolution.
    Holder,
    /// The document itself.
    Document,
}

impl Step {
    const PLAIN: [(&'static str, StepKind); 20] = [
        ("subject", StepKind::Subject),
        ("object", StepKind::Object),
        ("indirect", StepKind::Indirect),
        ("possessive", StepKind::Possessive),
        ("head", StepKind::Head),
        ("said-of", StepKind::SaidOf),
        ("clause", StepKind::Clause),
        ("complement", StepKind::Complement),
        ("statement", StepKind::Statement),
        ("infinitive", StepKind::Infinitive),
        ("purpose", StepKind::Purpose),
        ("before", StepKind::Before),
        ("after", StepKind::After),
        ("apposition", StepKind::Apposition),
        ("there", StepKind::There),
        ("when", StepKind::When),
        ("where", StepKind::Where),
        ("trigger", StepKind::Trigger),
        ("holder", StepKind::Holder),
        ("document", StepKind::Document),
    ];

    fn parse(step: &str) -> Result<Step, Unknown> {
        let (name, only) = match step.strip_suffix(')').and_then(|step| step.split_once('(')) {
            Some((name, only)) => (name.trim(), alternatives(only)),
            None => (step, Vec::new()),
        };
        for (prefix, kind) in [("prep:", StepKind::Prep), ("under:", StepKind::Under)] {
            if let Some(words) = name.strip_prefix(prefix) {
                return Ok(Step { kind, words: alternatives(words), only });
            }
        }
        match Self::PLAIN.iter().find(|&&(known, _)| known == name) {
            Some(&(_, kind)) => Ok(Step { kind, words: Vec::new(), only }),
            None => Err(Unknown {
                what: "step",
                name: name.to_owned(),
                known: Self::PLAIN.iter().map(|&(known, _)| known.to_owned()).chain(["prep:".to_owned()]).collect(),
            }),
        }
    }
}

/// A set of kinds and finer classes, and whether plain words are let in beside entities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kinds {
    kinds: u32,
    classes: Vec<Class>,
    literal: bool,
    holder: bool,
}

impl Kinds {
    /// Names for several kinds at once.
    const GROUPS: [(&'static str, &'static [Kind]); 6] = [
        (
            "agent",
            &[
                Kind::State,
                Kind::GovernmentBody,
                Kind::LawEnforcementAgency,
                Kind::InternationalOrganization,
                Kind::UNBody,
                Kind::ExpertGroup,
                Kind::PersonRole,
                Kind::Meeting,
            ],
        ),
        (
            "body",
            &[
                Kind::GovernmentBody,
                Kind::LawEnforcementAgency,
                Kind::InternationalOrganization,
                Kind::UNBody,
                Kind::ExpertGroup,
            ],
        ),
        ("instrument", &[Kind::Resolution, Kind::Treaty, Kind::LegalProvision]),
        ("text", &[Kind::Resolution, Kind::Treaty, Kind::LegalProvision, Kind::Document]),
        ("matter", &[Kind::Topic, Kind::Measure]),
        ("number", &[Kind::Quantity, Kind::Money]),
    ];

    fn none() -> Kinds {
        Kinds { kinds: 0, classes: Vec::new(), literal: false, holder: false }
    }

    /// Every entity but dates and amounts.
    pub fn entity() -> Kinds {
        let all = Kind::ALL.into_iter().filter(|kind| !matches!(kind, Kind::Date | Kind::Money));
        Kinds { kinds: mask(all), ..Self::none() }
    }

    /// Every entity but dates and amounts, and words.
    pub fn any() -> Kinds {
        Kinds { literal: true, ..Self::entity() }
    }

    /// Dates alone.
    pub fn dates() -> Kinds {
        Kinds { kinds: bit(Kind::Date), ..Self::none() }
    }

    /// Whether words are let in where no entity stands.
    pub fn literal(&self) -> bool {
        self.literal
    }

    /// Whether the one whose document it is is let in, whatever its class.
    pub fn holder(&self) -> bool {
        self.holder
    }

    /// Whether an entity of this class is let in.
    pub fn admit(&self, class: Class) -> bool {
        self.kinds & bit(class.kind()) != 0 || self.classes.contains(&class)
    }

    /// Reads `["agent", "Treaty", "words"]`.
    pub(super) fn parse(names: &[&str]) -> Result<Kinds, Unknown> {
        let mut kinds = Self::none();
        for &name in names {
            kinds.add(name)?;
        }
        Ok(kinds)
    }

    fn add(&mut self, name: &str) -> Result<(), Unknown> {
        let group = Self::GROUPS.iter().find(|&&(known, _)| known == name);
        match (name, group, Class::from_name(name)) {
            ("words", ..) => self.literal = true,
            ("holder", ..) => self.holder = true,
            ("entity", ..) => self.kinds |= Self::entity().kinds,
            (_, Some((_, members)), _) => self.kinds |= mask(members.iter().copied()),
            (_, _, Some(Class::Of(kind))) => self.kinds |= bit(kind),
            (_, _, Some(class)) => self.classes.push(class),
            _ => {
                let known = Kind::ALL.iter().map(|kind| kind.name());
                let finer = Class::FINER.iter().map(|class| class.name());
                let groups = Self::GROUPS.iter().map(|&(name, _)| name);
                let known =
                    known.chain(finer).chain(groups).chain(["words", "entity", "holder"]).map(str::to_owned).collect();
                return Err(Unknown { what: "kind", name: name.to_owned(), known });
            }
        }
        Ok(())
    }
}

const fn bit(kind: Kind) -> u32 {
    1 << kind as u32
}

fn mask(kinds: impl Iterator<Item = Kind>) -> u32 {
    kinds.fold(0, |mask, kind| mask | bit(kind))
}

fn alternatives(text: &str) -> Vec<CompactString> {
    text.split('|').map(str::trim).filter(|word| !word.is_empty()).map(CompactString::new).collect()
}

#[cfg(test)]
mod tests {
    use super::{Kinds, Part, Path, StepKind, Take, Trigger};
    use crate::model::{Class, Kind};

    #[test]
    fn triggers_are_read() {
        let set = Trigger::parse("verb: set up | found").unwrap();
        assert_eq!((set[0].part, set[0].word.as_str(), set[0].particles[0].as_str()), (Part::Verb, "set", "up"));
        assert_eq!((set[1].word.as_str(), set[1].particles.len()), ("found", 0));
        let light = Trigger::parse("verb: express | voice > concern | alarm").unwrap();
        assert_eq!((light.len(), light[1].carriers.len()), (2, 2));
        let modal = Trigger::parse("modal: should !> avoid").unwrap();
        assert_eq!((modal[0].carriers.len(), modal[0].except.len()), (0, 1));
        assert_eq!(Trigger::parse("vreb: set").unwrap_err().name, "vreb");
        assert!(Trigger::parse("verb:").is_err());
    }

    #[test]
    fn paths_are_read() {
        let path = Path::parse("text object > prep:of | in line with(work)").unwrap();
        assert_eq!(path.take, Take::Words);
        assert_eq!(path.steps[1].kind, StepKind::Prep);
        assert_eq!((path.steps[1].words.len(), path.steps[1].only.len()), (2, 1));
        assert_eq!(Path::parse("sbject").unwrap_err().what, "step");
    }

    #[test]
    fn kinds_admit_what_they_name() {
        let kinds = Kinds::parse(&["agent", "Matter", "words"]).unwrap();
        assert!(kinds.literal() && kinds.admit(Class::Matter) && kinds.admit(Class::StateGroup));
        assert!(!kinds.admit(Class::Of(Kind::Measure)) && !Kinds::any().admit(Class::Of(Kind::Date)));
        assert_eq!(Kinds::parse(&["Sate"]).unwrap_err().name, "Sate");
    }
}
