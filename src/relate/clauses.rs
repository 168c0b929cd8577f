//! Claims of one sentence: each rule at each word that sets it off.

use super::Inputs;
use super::argument::{Arguments, End, Wanted};
use super::context::{Context, context};
use super::grammar::{Arg, Grammar};
use super::trigger::{Hit, hit};
use super::{path, spelling, tags};
use crate::model::{
    BlockKind, Claim, DateValue, Evidence, Kind, Mention, Modality, Polarity, Qualifier, Relation, Sentence, Span,
    Term, Tree, Upos, Value, ZoneKind,
};
use crate::seeds::{Kinds, Part, Path, Rule, Step, StepKind, Take};

/// Adds the claims of a sentence.
pub(super) fn claims(inputs: &Inputs<'_>, sentence: &Sentence, claims: &mut Vec<Claim>) {
    if !is_prose(inputs, sentence) {
        return;
    }
    let tree = Tree::new(&inputs.document.text, sentence);
    let clausal = speaks_in_clauses(inputs);
    let is_verb = |lemma: &str| inputs.rules.set_off_by(lemma).any(|(_, trigger)| trigger.part == Part::Verb);
    let mentions = mentions_of(inputs, sentence);
    let tags = tags::tags(&tree, mentions, &is_verb);
    let names = tags::names(&tree, mentions);
    let known = |lemma: &str| inputs.rules.set_off_by(lemma).next().is_some();
    let spelling = spelling::of(&tree, &tags, &known);
    let mut grammar = Grammar { tree, spelling, tags, names, words: inputs.rules.words(), clausal, opener: None };
    grammar.opener = clausal.then(|| opener(&grammar)).flatten();
    let scene = Scene { inputs, arguments: Arguments::new(inputs, &grammar), grammar };
    for token in 0..scene.grammar.tree.len() {
        scene.word(token, claims);
    }
}

fn is_prose(inputs: &Inputs<'_>, sentence: &Sentence) -> bool {
    let blocks = &inputs.document.blocks;
    let after = blocks.partition_point(|block| block.span.start <= sentence.span.start);
    let block = after.checked_sub(1).and_then(|at| blocks.get(at));
    block.is_none_or(|block| {
        block.zone == ZoneKind::Body && matches!(block.kind, BlockKind::Paragraph | BlockKind::Item)
    })
}

/// Whether a document speaks in clauses whose subject, its organ, is left out: a resolution.
pub(super) fn speaks_in_clauses(inputs: &Inputs<'_>) -> bool {
    let metadata = &inputs.document.metadata;
    let genre = metadata.genre.as_ref().is_some_and(|genre| genre.value == "resolution");
    genre || metadata.organ.is_some()
}

/// The mentions that start in a sentence.
fn mentions_of<'a>(inputs: &Inputs<'a>, sentence: &Sentence) -> &'a [Mention] {
    let first = inputs.mentions.partition_point(|mention| mention.span.start < sentence.span.start);
    let last = inputs.mentions.partition_point(|mention| mention.span.start < sentence.span.end);
    &inputs.mentions[first..last.max(first)]
}

/// The first word of a clause, numbering and adverbs left out: "5. Also decides", "Deeply concerned".
fn opener(grammar: &Grammar<'_>) -> Option<usize> {
    let small = |token: usize| {
        matches!(grammar.upos(token), Upos::Punct | Upos::Num | Upos::X | Upos::Adv)
            || matches!(grammar.form(token), "also" | "further" | "having")
    };
    let end = grammar.tree.len().min(6);
    (0..end).find(|&token| !small(token) && grammar.form(token).chars().all(char::is_alphabetic))
}

struct Scene<'a> {
    inputs: &'a Inputs<'a>,
    grammar: Grammar<'a>,
    arguments: Arguments<'a>,
}

impl Scene<'_> {
    /// The rules that one word sets off, by its lemma or its form.
    fn word(&self, token: usize, claims: &mut Vec<Claim>) {
        if self.grammar.is_in_name(token) && self.grammar.names[token].is_some_and(|(first, _)| first != token) {
            return;
        }
        let (lemma, form) = (self.grammar.lemma(token), self.grammar.form(token));
        let opens = self.grammar.opener == Some(token);
        let forms = if form == lemma { None } else { Some(form) };
        for key in [lemma].into_iter().chain(forms) {
            for (rule, trigger) in self.inputs.rules.set_off_by(key) {
                if let Some(hit) = hit(&self.grammar, trigger, token, opens) {
                    self.apply(rule, &hit, claims);
                }
            }
        }
    }

    fn apply(&self, rule: &Rule, hit: &Hit, claims: &mut Vec<Claim>) {
        if rule.finite && !self.grammar.makes_clause(hit.anchor) {
            return;
        }
        let subjects = self.ends(&rule.subject, hit, Aim { kinds: &rule.subject_kinds, willed: false, subject: true });
        if subjects.is_empty() {
            return;
        }
        let objects =
            self.ends(&rule.object, hit, Aim { kinds: &rule.object_kinds, willed: is_willed(rule), subject: false });
        let context = context(&self.grammar, hit);
        if rule.denied && !context.negated || rule.unless.contains(&context.modality) {
            return;
        }
        for subject in &subjects {
            if self.is_wish(rule, &context, subject) {
                continue;
            }
            let other = |object: &&End| object.term != subject.term && !self.is_own_organ(subject, object);
            for object in objects.iter().filter(other) {
                claims.push(self.claim(rule, hit, &context, subject, object));
            }
        }
    }

    /// Whether a document would say something of its own organ: what it says is then the organ's act.
    fn is_own_organ(&self, subject: &End, object: &End) -> bool {
        let is = |term: &Term, id: Option<_>| id.is_some() && term.entity() == id;
        is(&subject.term, self.inputs.itself) && is(&object.term, self.inputs.holder)
    }

    /// Whether a cause would be a State or person, in what they only mean to do: that is an undertaking, not a cause.
    fn is_wish(&self, rule: &Rule, context: &Context, subject: &End) -> bool {
        let cause = matches!(rule.relation.name(), "facilitates" | "hinders");
        let wills = subject.term.entity().is_some_and(|id| {
            let kind = self.inputs.entities[id.index()].kind();
            matches!(kind, Kind::State | Kind::GovernmentBody | Kind::PersonRole) || Some(id) == self.inputs.holder
        });
        cause && wills && context.modality != Modality::Asserted
    }

    /// What the first path that leads to something admitted leads to.
    fn ends(&self, paths: &[Path], hit: &Hit, aim: Aim<'_>) -> Vec<End> {
        for (args, path) in path::first(&self.grammar, &self.arguments, paths, hit) {
            let clause = path.steps.last().is_some_and(|step| step.kind != StepKind::Trigger);
            let Aim { kinds, willed, subject } = aim;
            let wanted = Wanted { kinds, take: path.take, willed, subject, clause };
            let ends: Vec<End> =
                args.into_iter().flat_map(|arg| self.arguments.ends(&self.grammar, arg, &wanted)).collect();
            if !ends.is_empty() {
                return ends;
            }
        }
        Vec::new()
    }

    fn claim(&self, rule: &Rule, hit: &Hit, context: &Context, subject: &End, object: &End) -> Claim {
        let negated =
            [context.negated, rule.denied, subject.denied, object.denied].iter().filter(|&&no| no).count() % 2 == 1;
        // "We cannot support it": what a holder cannot do is refused, not left open.
        let refused = context.negated && rule.relation.is_position() && context.modality == Modality::Possibility;
        let put = if refused { Modality::Asserted } else { context.modality };
        let modality = match (put, rule.modality) {
            (_, Some(Modality::Asserted)) => Modality::Asserted,
            (Modality::Asserted, Some(modality)) => modality,
            (modality, _) => modality,
        };
        Claim {
            subject: subject.term.clone(),
            relation: rule.relation.clone(),
            object: object.term.clone(),
            polarity: if negated { Polarity::Negated } else { Polarity::Affirmed },
            modality,
            strength: rule.strength.filter(|_| rule.relation.is_position()),
            said_by: self.said_by(context, modality, &rule.relation),
            qualifiers: self.qualifiers(rule, hit, object),
            evidence: Evidence {
                span: self.evidence(hit, subject, object),
                rule: rule.code.clone(),
                confidence: confidence(rule, object),
            },
        }
    }

    fn said_by(&self, context: &Context, modality: Modality, relation: &Relation) -> Option<crate::model::EntityId> {
        // "According to article 5" names a ground, not a speaker.
        let speaks = |id: &crate::model::EntityId| self.inputs.entities[id.index()].kind() != Kind::LegalProvision;
        let sayer = context.sayer.and_then(|arg| self.entity(arg)).filter(speaks);
        let contested = relation.is_position() || modality != Modality::Asserted;
        sayer.or(self.inputs.holder.filter(|_| contested))
    }

    fn entity(&self, arg: Arg) -> Option<crate::model::EntityId> {
        let ends = self.arguments.ends(&self.grammar, arg, &Wanted::meaning(&Kinds::entity()));
        ends.first().and_then(|end| end.term.entity())
    }

    fn evidence(&self, hit: &Hit, subject: &End, object: &End) -> Span {
        let words = hit.words.iter().map(|&word| self.grammar.tree.token(word).span);
        let spans = words.chain(subject.span).chain(object.span);
        spans.reduce(Span::cover).unwrap_or(self.grammar.tree.sentence.span)
    }

    fn qualifiers(&self, rule: &Rule, hit: &Hit, object: &End) -> Vec<(Qualifier, Term)> {
        let aspect = object.aspect.clone().map(|aspect| (Qualifier::Aspect, Term::Literal(aspect)));
        let named = rule.qualifiers.iter().flat_map(|(qualifier, paths)| {
            let ends = self.ends(paths, hit, Aim { kinds: &Kinds::any(), willed: true, subject: false });
            ends.into_iter().map(|end| (*qualifier, end.term))
        });
        let mut found: Vec<_> = named.chain(aspect).chain(self.when(hit)).collect();
        found.retain(|(_, term)| *term != object.term);
        found
    }

    /// The date that stands with the trigger.
    fn when(&self, hit: &Hit) -> Option<(Qualifier, Term)> {
        let step = Step { kind: StepKind::When, words: Vec::new(), only: Vec::new() };
        let path = [Path { steps: vec![step], take: Take::Meaning }];
        let end =
            self.ends(&path, hit, Aim { kinds: &Kinds::dates(), willed: false, subject: false }).into_iter().next()?;
        let id = end.term.entity()?;
        let year = |date: &DateValue| date.iso().len() == 4;
        let in_year = matches!(&self.inputs.entities[id.index()].value, Some(Value::Date(date)) if year(date));
        Some((if in_year { Qualifier::InYear } else { Qualifier::OnDate }, end.term))
    }
}

/// What the paths of one end of a claim are to find.
#[derive(Clone, Copy)]
struct Aim<'k> {
    kinds: &'k Kinds,
    willed: bool,
    subject: bool,
}

/// Whether a rule's relation wants its object or asks for it.
fn is_willed(rule: &Rule) -> bool {
    matches!(rule.relation.name(), "supports" | "callsFor" | "commitsTo" | "proposes")
}

/// Two decimals; words are less sure than an entity.
fn confidence(rule: &Rule, object: &End) -> f32 {
    let sure = if object.term.entity().is_some() { 1.0 } else { 0.9 };
    (rule.confidence * sure * 100.0).round() / 100.0
}
