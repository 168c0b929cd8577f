//! How a clause says a thing of a subject and an object: polarity, modality, whose words, and what narrows it.

use super::argument::{End, Sense, Wanted};
use super::clause_signs;
use super::context::Context;
use super::derivation::{Derivation, Way};
use super::grammar::Arg;
use super::scene::{Aim, Found, Scene};
use super::signs::Signs;
use super::trigger::Hit;
use crate::model::text::one_line;
use crate::model::{
    DateValue, Deprel, EntityId, Kind, MentionClass, Modality, Polarity, Qualifier, Relation, Span, Term, Upos, Value,
};
use crate::seeds::{Kinds, Path, Rule, Step, StepKind, Take, WordList};

/// How many words before a name the verb may stand that governs it.
const VERB_BEFORE: usize = 12;

/// Most words of the phrase of a subject.
const LONGEST_SUBJECT: usize = 20;

/// Most words of what somebody is asked for: what is longer is no phrase that a table could show.
const LONGEST_TASK: usize = 50;

/// The derivation of a rule for one subject and one object.
pub(super) fn derivation<'r>(
    scene: &Scene<'_, 'r>,
    rule: &'r Rule,
    hit: &Hit,
    context: &Context,
    subject: &Found,
    object: &Found,
) -> Derivation<'r> {
    let told = in_words(scene, rule, object);
    let object = told.as_ref().unwrap_or(object);
    let negated = is_denied(rule, hit, context, subject, object);
    let planned = is_planned(scene, rule, context, &subject.end);
    let performed = performs(scene, rule, context, subject);
    let plain = planned || performed;
    let modality = if plain { rule.modality.unwrap_or(Modality::Asserted) } else { modality(rule, context) };
    let commanded = modality == Modality::Asserted && !rule.relation.is_position() && is_commanded(scene, subject);
    let modality = if commanded { Modality::Proposal } else { modality };
    let said_by = said_by(scene, context, modality, &rule.relation);
    let mut qualifiers = qualifiers(scene, rule, hit, subject, object);
    let ahead = planned || rule.relation.describes_occasion() && is_to_be(scene, hit);
    let past = !ahead && rule.relation.is_position() && modality == Modality::Asserted && is_past(scene, hit);
    let tense = if ahead { Some("future") } else { past.then_some("past") };
    qualifiers.extend(tense.map(|tense| (Qualifier::Tense, Term::Literal(tense.into()))));
    Derivation {
        rule,
        relation: rule.relation.clone(),
        trigger: Some(scene.trigger(hit)),
        subject: subject.argument(),
        object: object.argument(),
        polarity: if negated { Polarity::Negated } else { Polarity::Affirmed },
        modality,
        said_by,
        qualifiers,
        span: evidence(scene, hit, subject, object),
        doubted: negated && (!denies_itself(scene, hit) || is_weak_denial(scene, rule, hit, context))
            || rule.relation.is_position() && is_asked_of(subject, modality, said_by)
            || rule.relation.is_position() && is_conceded(scene, hit)
            || is_everybodys(scene, rule, subject),
        bare: false,
        signs: Signs::default(),
    }
}

/// "Last year we asked the agencies": a simple past with words that tell of another time.
fn is_past(scene: &Scene<'_, '_>, hit: &Hit) -> bool {
    let grammar = &scene.grammar;
    let verb = hit.carrier.unwrap_or(hit.anchor);
    let simple =
        grammar.is_finite_at(verb) && grammar.form(verb) != grammar.lemma(verb) && !grammar.form(verb).ends_with('s');
    let alone = grammar.tree.children_by(verb, &[Deprel::Aux, Deprel::AuxPass]).next().is_none();
    let then = || grammar.tree.subtree(verb).iter().any(|&at| grammar.idioms.list_at(at) == Some(WordList::Past));
    grammar.is_verb(verb) && simple && alone && then()
}

/// "advocates making Ruritania accountable" is no support of Ruritania: where a verb stands between a position and the State,
/// government or person that it names, the words are its object.
fn in_words(scene: &Scene<'_, '_>, rule: &Rule, object: &Found) -> Option<Found> {
    let party = |id: EntityId| {
        let kind = scene.inputs.entities[id.index()].kind();
        matches!(kind, Kind::State | Kind::GovernmentBody | Kind::PersonRole)
    };
    let addressed = matches!(rule.relation.name(), "requests" | "invites");
    let (span, aspect) = (object.end.span?, object.end.aspect.as_ref()?);
    if addressed || !rule.relation.is_position() || !object.end.term.entity().is_some_and(party) {
        return None;
    }
    let grammar = &scene.grammar;
    let first = aspect.split(' ').next().unwrap_or_default().to_lowercase();
    let start = grammar.tree.sentence.tokens_in(span).start;
    let governs = |at: usize| grammar.is_verb(at) && grammar.form(at) == first;
    (start.saturating_sub(VERB_BEFORE)..start).any(governs).then(|| {
        let words = Term::Literal(aspect.clone());
        Found { end: End { term: words, aspect: None, mention: None, ..object.end.clone() }, way: object.way }
    })
}

/// "the conference to be held in Porto".
fn is_to_be(scene: &Scene<'_, '_>, hit: &Hit) -> bool {
    let grammar = &scene.grammar;
    grammar.is_infinitive(hit.anchor) && grammar.is_passive(hit.anchor)
}

/// "Requests the Office, in cooperation with the Fund, to report": whom a command goes to has not done it.
fn is_commanded(scene: &Scene<'_, '_>, subject: &Found) -> bool {
    let grammar = &scene.grammar;
    let Some(span) = subject.end.span else { return false };
    let outside = |at: &usize| grammar.tree.head(*at).is_some_and(|head| !span.contains(grammar.tree.token(head).span));
    let head = grammar.tree.sentence.tokens_in(span).find(outside);
    head.is_some_and(|at| {
        let addressed = matches!(grammar.deprel(at), Deprel::Obj | Deprel::Iobj);
        addressed && grammar.tree.head(at).is_some_and(|verb| grammar.is(WordList::Commands, verb))
    })
}

/// "We must pay tribute to the Fund": who says so does it.
fn performs(scene: &Scene<'_, '_>, rule: &Rule, context: &Context, subject: &Found) -> bool {
    let ours = subject.end.span.is_none_or(|span| matches!(lower(scene, span).as_str(), "i" | "we"));
    ours && context.modality == Modality::Proposal && matches!(rule.relation.name(), "commends" | "condemns")
}

/// "The Council must condemn it": what a speaker asks another to hold is not yet that one's position.
fn is_asked_of(subject: &Found, modality: Modality, said_by: Option<EntityId>) -> bool {
    let another = said_by.is_some() && subject.end.term.entity() != said_by;
    modality == Modality::Proposal && subject.end.span.is_some() && another
}

/// "Although it stated its support, the Government has since refused": what is only granted of another.
fn is_conceded(scene: &Scene<'_, '_>, hit: &Hit) -> bool {
    let grammar = &scene.grammar;
    let mut up = std::iter::successors(Some(hit.carrier.unwrap_or(hit.anchor)), |&at| grammar.tree.head(at)).take(6);
    let although = |mark: usize| matches!(grammar.form(mark), "although" | "though");
    // The tree may take the clause for the main one.
    up.any(|clause| {
        let speaker = grammar.own_subject(clause).is_some_and(|at| matches!(grammar.form(at), "i" | "we"));
        !speaker && grammar.tree.children_by(clause, &[Deprel::Mark]).any(although)
    })
}

/// "We face a moral crisis": who is meant by "we" in what befalls one is more often everybody than the speaker's State.
fn is_everybodys(scene: &Scene<'_, '_>, rule: &Rule, subject: &Found) -> bool {
    let we = || subject.end.span.is_some_and(|span| matches!(lower(scene, span).as_str(), "we" | "us"));
    rule.relation.name() == "faces" && we()
}

fn lower(scene: &Scene<'_, '_>, span: Span) -> String {
    scene.inputs.document.quote(span).to_lowercase()
}

/// Whether a denial says less than it seems: of an effect ("does not contribute" is no "hinders"), of a request, of a part
/// only ("not significantly", "not in order to"), in a clause that picks out some ("an order in which troops do not"), or
/// in the words of another.
fn is_weak_denial(scene: &Scene<'_, '_>, rule: &Rule, hit: &Hit, context: &Context) -> bool {
    let grammar = &scene.grammar;
    let verb = hit.carrier.unwrap_or(hit.anchor);
    let adverb = |at: usize| grammar.form(at).ends_with("ly") && !grammar.is(WordList::Emphasis, at);
    let limited = grammar.tree.children_by(verb, &[Deprel::Advmod]).any(adverb);
    let up = || std::iter::successors(Some(verb), |&at| grammar.tree.head(at)).take(6);
    let picks = up().any(|at| grammar.deprel(at) == Deprel::AclRelcl);
    let asked = matches!(rule.relation.name(), "requests" | "invites" | "callsFor");
    let anothers = context.sayer.is_some_and(|sayer| entity(scene, sayer).is_none());
    rule.relation.is_causal() || rule.relation.is_open() || asked || limited || picks || anothers
}

/// Whether a trigger is denied by its own "not", "never" or "n't".
fn denies_itself(scene: &Scene<'_, '_>, hit: &Hit) -> bool {
    let grammar = &scene.grammar;
    let denies = |at: usize| matches!(grammar.form(at), "not" | "never" | "n't" | "n’t");
    hit.words.iter().any(|&word| grammar.is_verb(word) && grammar.tree.children(word).any(denies))
}

/// Whether a claim is denied; two denials cancel each other, but for those of a verb and of its object.
pub(super) fn is_denied(rule: &Rule, hit: &Hit, context: &Context, subject: &Found, object: &Found) -> bool {
    // "There can be no military solution": what the trigger denies of itself is said by the context already. What must
    // not be done is denied in its own words.
    let object_denied = object.end.denied && (hit.governs() || object.way != Way::Trigger);
    // "the session of the Assembly" is its session, whatever the clause denies.
    let context_denied = context.negated && (subject.way != Way::Trigger || rule.relation.is_position());
    // "shall not accept the one nor the other": the second denial repeats the first.
    let repeated = context_denied && object_denied && !hit.governs();
    let denials = [context_denied, object_denied && !repeated, rule.denied, subject.end.denied];
    denials.iter().filter(|&&no| no).count() % 2 == 1
}

/// Adds what the clause shows to its derivations of one rule.
pub(super) fn see(scene: &Scene<'_, '_>, hit: &Hit, derivations: &mut [Derivation<'_>]) {
    let pairs = derivations.len();
    for it in derivations {
        let ends = [&it.subject, &it.object];
        clause_signs::see(&scene.grammar, hit, it.relation.name(), ends, pairs, &mut it.signs);
        let told = it.qualifiers.iter().map(|(qualifier, _)| qualifier.name());
        let told: Vec<&str> = told.collect();
        let kind = if it.object.term.entity().is_some() { "thing" } else { "words" };
        it.signs.see("told", &[kind, it.relation.name(), &told.join(" ")]);
        it.signs.see("told.whole", &[kind, if told.contains(&Qualifier::Aspect.name()) { "whole" } else { "" }]);
    }
}

fn modality(rule: &Rule, context: &Context) -> Modality {
    // "We cannot support it": what a holder cannot do is refused, not left open.
    let refused = context.negated && rule.relation.is_position() && context.modality == Modality::Possibility;
    let put = if refused { Modality::Asserted } else { context.modality };
    match (put, rule.modality) {
        (_, Some(Modality::Asserted)) => Modality::Asserted,
        (Modality::Asserted, Some(modality)) => modality,
        (modality, _) => modality,
    }
}

/// "The Council will meet": what somebody who acts is said to do later is no mere possibility; what something will bring
/// about is.
fn is_planned(scene: &Scene<'_, '_>, rule: &Rule, context: &Context, subject: &End) -> bool {
    let acts = || {
        subject.span.is_none()
            || subject.term.entity().is_some_and(|id| scene.inputs.entities[id.index()].kind().is_agent())
    };
    context.future && context.modality == Modality::Possibility && !rule.relation.is_causal() && acts()
}

fn said_by(scene: &Scene<'_, '_>, context: &Context, modality: Modality, relation: &Relation) -> Option<EntityId> {
    // "According to article 5" names a ground, not a speaker.
    let speaks = |id: &EntityId| {
        let kind = scene.inputs.entities[id.index()].kind();
        kind.is_agent()
            || matches!(kind, Kind::Document | Kind::Resolution | Kind::Treaty | Kind::Meeting | Kind::Place)
    };
    let sayer = context.sayer.and_then(|arg| entity(scene, arg)).filter(speaks);
    let contested = relation.is_position() || modality != Modality::Asserted;
    sayer.or(scene.inputs.holder.filter(|_| contested))
}

/// Whom or what an argument names.
pub(super) fn entity(scene: &Scene<'_, '_>, arg: Arg) -> Option<EntityId> {
    let ends = scene.arguments.ends(&scene.grammar, arg, &Wanted::meaning(&Kinds::entity()));
    ends.first().and_then(|end| end.term.entity())
}

fn evidence(scene: &Scene<'_, '_>, hit: &Hit, subject: &Found, object: &Found) -> Span {
    let ends = subject.end.span.into_iter().chain(object.end.span);
    ends.fold(scene.trigger(hit), Span::cover)
}

fn qualifiers(
    scene: &Scene<'_, '_>,
    rule: &Rule,
    hit: &Hit,
    subject: &Found,
    object: &Found,
) -> Vec<(Qualifier, Term)> {
    let named = rule.qualifiers.iter().flat_map(|(qualifier, paths)| {
        let mut found = scene.ends(paths, hit, Aim { kinds: &Kinds::any(), sense: Sense::For, subject: false });
        if *qualifier == Qualifier::To {
            one_task(scene, &mut found);
            whole_clause(scene, &mut found);
        }
        found.into_iter().map(|found| (*qualifier, task(*qualifier, found.end)))
    });
    let verb = rule.relation.is_open().then(|| (Qualifier::Verb, Term::Literal(verb(scene, hit))));
    let mut found: Vec<_> = named.collect();
    // "direct dialogue with Chile", in which Chile takes part, is told without Chile.
    let own = subject.end.span.map(|span| scene.inputs.document.quote(span));
    let told = object.end.aspect.clone().filter(|aspect| !own.is_some_and(|own| own.len() > 3 && aspect.contains(own)));
    let words = object.end.span.map_or(0, |span| scene.inputs.document.quote(span).split_whitespace().count());
    let told = told.and_then(|told| without_task(told, &found, words));
    let aspect = told.map(|aspect| (Qualifier::Aspect, Term::Literal(aspect)));
    let whose = subject_phrase(scene, subject, object);
    found.extend(whose.map(|whose| (Qualifier::SubjectAspect, Term::Literal(whose))));
    let has_aspect = found.iter().any(|(qualifier, _)| *qualifier == Qualifier::Aspect);
    found.extend(aspect.filter(|_| !has_aspect));
    found.extend(verb.into_iter().chain(when(scene, hit)));
    if object.end.denied && hit.governs() {
        found.iter_mut().for_each(deny_task);
    }
    found.retain(|(_, term)| *term != object.end.term && *term != subject.end.term);
    found
}

/// The whole phrase of a subject that its name does not tell: "forces of both sides". Not one that runs over the object.
fn subject_phrase(scene: &Scene<'_, '_>, subject: &Found, object: &Found) -> Option<String> {
    let whole = subject.end.aspect.as_ref().filter(|whole| whole.contains(' '))?;
    let holder = subject.end.term.entity().is_some() && subject.end.term.entity() == scene.inputs.holder;
    let words = object.end.span.map(|span| one_line(scene.inputs.document.quote(span)));
    let apart = words.is_none_or(|words| !whole.contains(&words));
    // "the Third Committee today": behind a name there is nothing that tells which is meant.
    let named = subject.end.mention.is_some_and(|at| scene.inputs.mentions[at].class == MentionClass::Named);
    let name = subject.end.span.map(|span| one_line(scene.inputs.document.quote(span)));
    let side = !named || name.is_some_and(|name| !whole.starts_with(&name));
    (!holder && apart && side && whole.split(' ').count() <= LONGEST_SUBJECT).then(|| whole.clone())
}

/// The whole phrase of whom somebody is asked, without what he is asked for, which stands in a
/// qualifier of its own; nothing if that leaves no more than the object's own `words`.
fn without_task(whole: String, told: &[(Qualifier, Term)], words: usize) -> Option<String> {
    let task = told.iter().find_map(|(qualifier, term)| match term {
        Term::Literal(task) if *qualifier == Qualifier::To => Some(task.as_str()),
        _ => None,
    });
    // The task may hold more than its own part of the phrase: all that is asked at once.
    let verb = |task: &str| task.split([' ', ',']).next().unwrap_or_default().to_owned();
    let start = task.and_then(|task| whole.find(&format!(" to {}", verb(task))).map(|to| to + " to ".len()));
    let Some(start) = start.or_else(|| task.and_then(|task| whole.find(task))) else { return Some(whole) };
    let rest = whole[..start].trim_end().trim_end_matches(" to").trim_end();
    (rest.split(' ').count() > words).then(|| rest.to_owned())
}

/// Makes one task of all that somebody is asked for at once: "respect the law, protect civilians and let aid through".
fn one_task(scene: &Scene<'_, '_>, found: &mut Vec<Found>) {
    let in_words = |found: &Found| found.end.span.filter(|_| found.end.term.entity().is_none());
    let spans: Option<Vec<Span>> = found.iter().map(in_words).collect();
    let (Some(spans), Some(last)) = (spans, found.last()) else { return };
    let (first, end) = (spans[0], spans[spans.len() - 1]);
    let (Term::Literal(words), true) = (&last.end.term, first.end < end.start) else { return };
    let before = scene.inputs.document.quote(Span::new(first.start, end.start));
    let told = one_line(&format!("{before}{}", last.end.aspect.as_ref().unwrap_or(words)));
    if told.split(' ').count() <= LONGEST_TASK {
        found.truncate(1);
        let end = &mut found[0].end;
        (end.term, end.aspect) = (Term::Literal(told), None);
    }
}

/// In a clause of a resolution somebody is asked for all that follows up to its end, or to the next act of the organ.
fn whole_clause(scene: &Scene<'_, '_>, found: &mut [Found]) {
    let grammar = &scene.grammar;
    let ([one], true) = (found, grammar.clausal) else { return };
    let Some(span) = one.end.span.filter(|_| one.end.term.entity().is_none()) else { return };
    let sentence = grammar.tree.sentence;
    let Some(first) = sentence.tokens_in(span).next().filter(|&first| grammar.is_verb(first)) else { return };
    let next =
        (first + 1..grammar.tree.len()).find(|&at| grammar.is(WordList::Acts, at) && grammar.speaks_for_holder(at));
    let small = |at: usize| matches!(grammar.upos(at), Upos::Punct | Upos::Cconj | Upos::Adv | Upos::Sconj);
    let behind = next.unwrap_or(grammar.tree.len());
    let Some(last) = (first..behind).rev().find(|&at| !small(at)).filter(|&last| last - first < LONGEST_TASK) else {
        return;
    };
    let words = one_line(sentence.span_of(first, last).of(grammar.tree.text));
    (one.end.term, one.end.aspect) = (Term::Literal(words), None);
}

/// What a qualifier says; somebody is asked for all that stands there: "to seek ways of ending it", not "to seek ways", and
/// thanked for "his election to the presidency", not for an election.
fn task(qualifier: Qualifier, end: End) -> Term {
    match (end.term, end.aspect) {
        (Term::Literal(_), Some(whole)) if qualifier == Qualifier::To => Term::Literal(whole),
        (_, Some(whole)) if qualifier == Qualifier::For => Term::Literal(whole),
        (term, _) => term,
    }
}

/// The words that set the rule off, in their plain form.
fn verb(scene: &Scene<'_, '_>, hit: &Hit) -> String {
    let mut words: Vec<usize> = hit.words.to_vec();
    words.sort_unstable();
    words.iter().map(|&word| scene.grammar.lemma(word)).collect::<Vec<_>>().join(" ")
}

/// "requests X not to do it": the task of a demand that is denied.
fn deny_task((qualifier, term): &mut (Qualifier, Term)) {
    if let (Qualifier::To, Term::Literal(task)) = (qualifier, term) {
        task.insert_str(0, "not ");
    }
}

/// The date that stands with the trigger.
fn when(scene: &Scene<'_, '_>, hit: &Hit) -> Option<(Qualifier, Term)> {
    let step = Step { kind: StepKind::When, words: Vec::new(), only: Vec::new() };
    let path = [Path { steps: vec![step], take: Take::Meaning }];
    let aim = Aim { kinds: &Kinds::dates(), sense: Sense::Plain, subject: false };
    let found = scene.ends(&path, hit, aim).into_iter().next()?;
    let id = found.end.term.entity()?;
    let year = |date: &DateValue| date.iso().len() == 4;
    let in_year = matches!(&scene.inputs.entities[id.index()].value, Some(Value::Date(date)) if year(date));
    Some((if in_year { Qualifier::InYear } else { Qualifier::OnDate }, found.end.term))
}
