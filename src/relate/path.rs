//! Follows the paths of rules through a tree.

use super::argument::Sense;
use super::coordination;
use super::grammar::{Arg, Grammar};
use super::trigger::Hit;
use crate::model::{Deprel, Kind, Upos};
use crate::seeds::{Path, Step, StepKind, WordClass, WordList};

/// What a path needs to know of the mention that a word heads.
pub(super) trait Heads {
    /// The kind of the largest mention headed by the word.
    fn kind_at(&self, token: usize) -> Option<Kind>;
}

/// Roles under which a phrase with a preposition may hang, faults of the parser included.
const PHRASES: &[Deprel] = &[
    Deprel::Obl,
    Deprel::OblAgent,
    Deprel::Nmod,
    Deprel::Advcl,
    Deprel::Acl,
    Deprel::Xcomp,
    Deprel::Advmod,
    Deprel::Ccomp,
];

/// Where a path leads, coordinations spread out; `sense` is that of the relation, where it is its object that is sought.
pub(super) fn follow(grammar: &Grammar<'_>, heads: &dyn Heads, path: &Path, hit: &Hit, sense: Sense) -> Vec<Arg> {
    let Some((start, rest)) = path.steps.split_first() else { return Vec::new() };
    let to_object = |step: &Step| matches!(step.kind, StepKind::Object | StepKind::Prep);
    // "must prevent war" is no word on war: what is asked for is the deed.
    if to_object(start) && hit.governs() && sense.wants() && sense.turned_by(grammar, hit.anchor) {
        return Vec::new();
    }
    // "must pay a price for it" asks for no more of it than of the price.
    if start.kind == StepKind::Prep && hit.governs() && grammar.tree.child(hit.anchor, Deprel::Obj).is_some() {
        return Vec::new();
    }
    let mut at = spread(grammar, start_at(grammar, heads, start, hit), start);
    let itself = matches!(start.kind, StepKind::Trigger | StepKind::There);
    at.retain(|arg| !matches!(arg, Arg::Token(token) if hit.words.contains(token) && !itself));
    for step in rest {
        let turned = |token| to_object(step) && sense.turned_by(grammar, token);
        let next = at.iter().filter_map(|arg| match arg {
            Arg::Token(token) if turned(*token) => Some(vec![*arg]),
            Arg::Token(token) => Some(one(grammar, heads, step, *token, &[*token])),
            _ => None,
        });
        let next = next.flatten().collect();
        at = spread(grammar, next, step);
    }
    at
}

/// The first step goes from all words of the trigger.
fn start_at(grammar: &Grammar<'_>, heads: &dyn Heads, step: &Step, hit: &Hit) -> Vec<Arg> {
    let mut nodes: Vec<usize> = hit.nodes().collect();
    if step.kind == StepKind::Subject || step.kind == StepKind::Object {
        nodes.retain(|&node| node == hit.anchor);
    }
    if matches!(step.kind, StepKind::Before | StepKind::After) {
        return one(grammar, heads, step, hit.anchor, &hit.words);
    }
    if step.kind == StepKind::Subject && hit.describes {
        return grammar.described(hit.anchor).into_iter().collect();
    }
    if step.kind == StepKind::Object && !hit.words.iter().all(|&word| word == hit.anchor) {
        return object_behind(grammar, hit);
    }
    one(grammar, heads, step, hit.anchor, &nodes)
}

/// The object of a trigger of several words: the tree's, else the phrase right behind the last word.
fn object_behind(grammar: &Grammar<'_>, hit: &Hit) -> Vec<Arg> {
    let outside = |arg: &Arg| !matches!(arg, Arg::Token(token) if hit.words.contains(token));
    let object = grammar.object(hit.anchor).filter(outside);
    let last = hit.words.iter().copied().max().unwrap_or(hit.anchor);
    let behind = || grammar.object_from(last + 1).filter(|_| !grammar.is_passive(hit.anchor)).map(Arg::Token);
    object.or_else(behind).into_iter().collect()
}

fn one(grammar: &Grammar<'_>, heads: &dyn Heads, step: &Step, anchor: usize, nodes: &[usize]) -> Vec<Arg> {
    let found: Vec<usize> = match step.kind {
        StepKind::Subject => return grammar.subject(anchor).into_iter().collect(),
        StepKind::Object => return grammar.object(anchor).into_iter().collect(),
        StepKind::Holder => return vec![Arg::Holder],
        StepKind::Document if grammar.clausal && grammar.subject(anchor) != Some(Arg::Holder) => return Vec::new(),
        StepKind::Document => return vec![Arg::Document],
        StepKind::Trigger => vec![anchor],
        StepKind::There => grammar.is_said_to_be(anchor).then_some(anchor).into_iter().collect(),
        StepKind::Indirect => grammar.tree.child(anchor, Deprel::Iobj).into_iter().collect(),
        StepKind::Possessive => nodes.iter().find_map(|&node| grammar.possessor(node)).into_iter().collect(),
        StepKind::Prep => prepositional(grammar, &step.words, nodes),
        StepKind::Under => under(grammar, step, anchor).into_iter().collect(),
        StepKind::Head => head(grammar, anchor).into_iter().collect(),
        StepKind::SaidOf => grammar.said_of(anchor).into_iter().collect(),
        StepKind::Clause => clause(grammar, nodes).into_iter().collect(),
        StepKind::Complement => complement(grammar, nodes).into_iter().collect(),
        StepKind::Statement => statement(grammar, nodes).into_iter().collect(),
        StepKind::Infinitive => infinitive(grammar, nodes).into_iter().collect(),
        StepKind::Purpose => purpose(grammar, nodes).into_iter().collect(),
        StepKind::Before => phrase_ending(grammar, nodes).into_iter().collect(),
        StepKind::After => nodes.iter().max().and_then(|&last| grammar.phrase_from(last + 1)).into_iter().collect(),
        StepKind::Apposition => {
            nodes.iter().find_map(|&node| grammar.tree.child(node, Deprel::Appos)).into_iter().collect()
        }
        StepKind::When => of_kind(grammar, heads, nodes, &[Kind::Date]),
        StepKind::Where => of_kind(grammar, heads, nodes, &[Kind::Place, Kind::State]),
    };
    found.into_iter().map(Arg::Token).collect()
}

/// Relative pronouns resolved, conjuncts spread out, the step's filter applied.
fn spread(grammar: &Grammar<'_>, args: Vec<Arg>, step: &Step) -> Vec<Arg> {
    let mut found = Vec::new();
    for arg in args {
        match arg {
            Arg::Token(token) => {
                let Some(token) = grammar.antecedent(token) else { continue };
                let mut members = members(grammar, token, step.kind == StepKind::Subject);
                members.iter_mut().for_each(|member| *member = whole_name(grammar, *member));
                members.retain(|&member| member == token || step.kind != StepKind::Object || !grammar.is_verb(member));
                found.extend(members.into_iter().map(Arg::Token));
            }
            other => found.push(other),
        }
    }
    let fits = |token: usize| step.only.iter().any(|lemma| *lemma == grammar.lemma(token));
    found.retain(|arg| step.only.is_empty() || matches!(arg, Arg::Token(token) if fits(*token)));
    found.dedup();
    found
}

/// The head of the name that a word stands in; the word itself outside of names.
fn whole_name(grammar: &Grammar<'_>, token: usize) -> usize {
    let head = grammar.names[token].and_then(|(first, last)| grammar.phrase_from(first).filter(|&head| head <= last));
    head.unwrap_or(token)
}

/// The coordination that a word heads, by the tree, else by word order.
pub(super) fn members(grammar: &Grammar<'_>, token: usize, is_subject: bool) -> Vec<usize> {
    let like = |other: &usize| *other == token || alike(grammar, token, *other);
    let named_beside = grammar
        .tree
        .child(token, Deprel::Appos)
        .filter(|&beside| grammar.upos(beside) == Upos::Propn && beside > token);
    // "the coastal States – Togo, Benin and Ghana –": the list is of those beside, not of the noun.
    let own = |other: &usize| {
        named_beside.is_none_or(|beside| *other < beside || grammar.upos(*other) != Upos::Propn)
            || grammar.upos(token) == Upos::Propn
    };
    let conjuncts = grammar.tree.conjuncts(token);
    let lent = conjuncts.iter().any(|&other| coordination::belongs_above(grammar, token, other));
    let mine = |other: &usize| {
        let infinitive = coordination::goes_on_with(grammar, *other).is_some_and(|of| of != token && *other != token);
        !infinitive && (!lent || !coordination::belongs_above(grammar, token, *other))
    };
    let mut members: Vec<usize> = conjuncts.into_iter().filter(like).filter(own).filter(mine).collect();
    let mut beside = coordination::parallels(grammar, token);
    beside.extend(coordination::going_on(grammar, token));
    if !is_subject {
        beside.extend(coordination::lent_below(grammar, token));
    }
    if members.len() > 1 && grammar.is_nominal(token) {
        beside.extend(members.last().and_then(|&last| coordination::taken_for_part(grammar, last)));
    }
    beside.retain(|other| !members.contains(other));
    members.extend(beside);
    let mut members = match members.len() {
        1 if grammar.is_nominal(token) && !lent => grammar.list_from(token, is_subject),
        _ => members,
    };
    if is_subject {
        let mut beside = subjects_beside(grammar, token);
        beside.extend(coordination::agreed_with(grammar, token));
        beside.retain(|other| !members.contains(other));
        members.extend(beside);
    }
    members.retain(|&member| member == token || !grammar.is_left_out(member));
    members
}

/// "Togo, Benin, and Ghana have pledged": the last ones of a list, where the tree makes them a subject of their own.
fn subjects_beside(grammar: &Grammar<'_>, token: usize) -> Vec<usize> {
    const SUBJECTS: &[Deprel] = &[Deprel::Nsubj, Deprel::NsubjPass];
    let verb = grammar.tree.head(token).filter(|&verb| verb > token && SUBJECTS.contains(&grammar.deprel(token)));
    let Some(verb) = verb else { return Vec::new() };
    let joined = |&other: &usize| {
        let mut between = token + 1..other;
        let inside = other > token && other < verb;
        inside && between.clone().all(|at| !grammar.is_verb(at)) && between.any(|at| grammar.upos(at) == Upos::Cconj)
    };
    let others = grammar.tree.children_by(verb, SUBJECTS).filter(joined);
    others.flat_map(|other| grammar.tree.conjuncts(other)).collect()
}

/// Whether two conjuncts can share a role: both nominal or both not, and not a clause of its own.
fn alike(grammar: &Grammar<'_>, one: usize, other: usize) -> bool {
    grammar.is_nominal(one) == grammar.is_nominal(other)
        && !grammar.speaks_for_holder(other)
        && (grammar.own_subject(other).is_none() || grammar.own_subject(one).is_some())
}

/// What a preposition brings: at the trigger, else at its object, at the first conjunct, at the clause above.
fn prepositional(grammar: &Grammar<'_>, words: &[impl AsRef<str>], nodes: &[usize]) -> Vec<usize> {
    let mut places: Vec<usize> = nodes.to_vec();
    for &node in nodes {
        if let Some(Arg::Token(object)) = grammar.object(node)
            && grammar.tree.is_under(object, node)
        {
            places.push(object);
        }
        if grammar.is_verb(node) {
            places.push(grammar.tree.first_conjunct(node));
            let above = matches!(grammar.deprel(node), Deprel::Xcomp).then(|| grammar.tree.head(node)).flatten();
            places.extend(above);
        }
    }
    for word in words {
        let word = word.as_ref();
        let found = match word.contains(' ') {
            true => long_preposition(grammar, word, &places),
            false => places.iter().find_map(|&place| {
                // "is opposed to it and will never seek": what stands with a verb before is not for the one behind.
                let shared = |&found: &usize| nodes.contains(&place) || nodes.iter().any(|&node| found > node);
                simple(grammar, word, place).filter(shared)
            }),
        };
        if let Some(found) = found {
            return vec![found];
        }
    }
    // "concern about the violence faced by X" is not X's concern.
    let near = |word: &&str| {
        let own = |node: usize, found: usize| *word != "by" || (node + 1..found).all(|at| !grammar.is_verb(at));
        let fits = |node: usize, found: usize| {
            own(node, found) && !is_inside_name(grammar, word, found) && !is_preposition(grammar, found)
        };
        nodes.iter().find_map(|&node| grammar.phrase_behind(node, word).filter(|&found| fits(node, found)))
    };
    let mut short = words.iter().map(AsRef::as_ref).filter(|word| !word.contains(' '));
    short.find_map(|word| near(&word)).into_iter().collect()
}

/// "a statement on behalf of the Council": a noun that stands only in a preposition of several words is no argument.
fn is_preposition(grammar: &Grammar<'_>, noun: usize) -> bool {
    matches!(grammar.form(noun), "behalf" | "lieu" | "accordance" | "pursuance" | "virtue")
        && noun + 1 < grammar.tree.len()
        && matches!(grammar.form(noun + 1), "of" | "with")
}

/// "spoke in favour of the Convention against Piracy": the preposition is the name's own, and nobody spoke against it.
fn is_inside_name(grammar: &Grammar<'_>, word: &str, found: usize) -> bool {
    grammar.names[found].is_some_and(|(first, _)| (first + 1..found).any(|token| grammar.form(token) == word))
}

fn simple(grammar: &Grammar<'_>, word: &str, place: usize) -> Option<usize> {
    let fits = |&child: &usize| {
        // "to promote" is no phrase with "to"; "to promoting" is.
        let infinitive = word == "to" && grammar.is_verb(child) && !grammar.form(child).ends_with("ing");
        let argument = !is_inside_name(grammar, word, child) && !is_preposition(grammar, child);
        grammar.introduction(child).as_deref() == Some(word) && !infinitive && argument
    };
    let right = grammar.tree.children_by(place, PHRASES).filter(|&child| child > place).find(fits);
    let fronted = || grammar.tree.children_by(place, PHRASES).filter(|&child| child < place).find(fits);
    // A phrase that opens the sentence ("In this regard") is seldom an argument.
    right.or_else(|| if WordClass::OpeningPreposition.has(word) { None } else { fronted() })
}

/// A preposition of several words ("in accordance with") has no one shape in trees: it is found by its words, and its
/// phrase must hang on one of the places.
fn long_preposition(grammar: &Grammar<'_>, words: &str, places: &[usize]) -> Option<usize> {
    let words: Vec<&str> = words.split(' ').collect();
    let starts = 0..(grammar.tree.len() + 1).saturating_sub(words.len());
    starts.filter(|&at| words.iter().zip(at..).all(|(word, token)| grammar.form(token) == *word)).find_map(|at| {
        let last = at + words.len() - 1;
        let mut phrase = grammar.tree.head(last)?;
        if grammar.deprel(last) == Deprel::Fixed {
            phrase = grammar.tree.head(phrase)?;
        }
        let hangs = phrase > last && climbs_to(grammar, phrase, places, at);
        hangs.then_some(phrase)
    })
}

/// Whether a phrase hangs on one of the places, directly, through its own first words or through a list of phrases.
fn climbs_to(grammar: &Grammar<'_>, phrase: usize, places: &[usize], from: usize) -> bool {
    let mut at = phrase;
    for _ in 0..6 {
        let Some(head) = grammar.tree.head(at) else { return false };
        if places.contains(&head) {
            return true;
        }
        let list = grammar.deprel(at) == Deprel::Conj || head < from && !grammar.is_verb(head) && head + 8 > from;
        if !list && (head < from || head > phrase) {
            return false;
        }
        at = head;
    }
    false
}

/// From a noun, up through its preposition, to the noun or verb that it hangs on.
fn under(grammar: &Grammar<'_>, step: &Step, noun: usize) -> Option<usize> {
    let first = grammar.tree.first_conjunct(noun);
    let introduction = grammar.introduction(first)?;
    step.words.iter().any(|word| *word == introduction).then(|| grammar.tree.head(first)).flatten()
}

/// The noun phrase that ends right before the words, a comma passed over, and the article of an apposition.
fn phrase_ending(grammar: &Grammar<'_>, nodes: &[usize]) -> Option<usize> {
    let first = nodes.iter().min().copied()?;
    // "Togo, a founding member of": the small words of the apposition are passed over too.
    let small = |&at: &usize| matches!(grammar.form(at), "a" | "an") || grammar.upos(at) == Upos::Adj;
    let comma = (0..first).rev().find(|at| !small(at)).filter(|&at| grammar.form(at) == ",");
    let before = (0..comma.unwrap_or(first)).rev().find(|&at| grammar.form(at) != ",")?;
    (grammar.is_nominal(before)).then_some(before)
}

fn head(grammar: &Grammar<'_>, word: usize) -> Option<usize> {
    let first = grammar.tree.first_conjunct(word);
    let describes = matches!(
        grammar.deprel(first),
        Deprel::Acl
            | Deprel::AclRelcl
            | Deprel::Amod
            | Deprel::Nmod
            | Deprel::NmodPoss
            | Deprel::Appos
            | Deprel::Compound
            | Deprel::Case
            | Deprel::Advcl
            | Deprel::Parataxis
    );
    describes.then(|| grammar.tree.head(first)).flatten()
}

/// The infinitive or that-clause that completes one of the nodes, or stands by mistake with the object.
fn clause(grammar: &Grammar<'_>, nodes: &[usize]) -> Option<usize> {
    complement(grammar, nodes).or_else(|| infinitive(grammar, nodes))
}

fn complement(grammar: &Grammar<'_>, nodes: &[usize]) -> Option<usize> {
    // "It is vital that they meet": the tree calls the clause a subject.
    let completes = |node: usize, child: usize| grammar.deprel(child) != Deprel::Csubj || child > node;
    let roles = [Deprel::Xcomp, Deprel::Ccomp, Deprel::Csubj];
    nodes.iter().find_map(|&node| {
        let mut clauses = grammar.tree.children_by(node, &roles).filter(|&child| completes(node, child));
        clauses.find(|child| !nodes.contains(child))
    })
}

fn statement(grammar: &Grammar<'_>, nodes: &[usize]) -> Option<usize> {
    let states = |&clause: &usize| !grammar.has_to(clause) && grammar.own_subject(clause).is_some();
    // "noted with satisfaction that": the tree hangs the clause on the noun.
    let of_noun = || {
        let nouns = nodes.iter().filter(|&&node| grammar.is_nominal(node));
        let mut clauses = nouns.flat_map(|&noun| grammar.tree.children_by(noun, &[Deprel::Acl]));
        clauses
            .find(|&clause| grammar.tree.children_by(clause, &[Deprel::Mark]).any(|mark| grammar.form(mark) == "that"))
    };
    complement(grammar, nodes).or_else(of_noun).filter(states)
}

fn purpose(grammar: &Grammar<'_>, nodes: &[usize]) -> Option<usize> {
    let near = || nodes.iter().find_map(|&node| infinitive_behind(grammar, node));
    infinitive(grammar, nodes).or_else(near).or_else(|| {
        let marked = |child: &usize| {
            let mut marks = grammar.tree.children_by(*child, &[Deprel::Mark]);
            marks.any(|mark| matches!(grammar.form(mark), "so" | "to"))
        };
        nodes.iter().find_map(|&node| grammar.tree.children_by(node, &[Deprel::Advcl]).find(marked))
    })
}

fn infinitive(grammar: &Grammar<'_>, nodes: &[usize]) -> Option<usize> {
    // "the means necessary to do it": what follows belongs to the means.
    let attribute = |&node: &usize| grammar.upos(node) == Upos::Adj && grammar.deprel(node) == Deprel::Amod;
    let mut places: Vec<usize> = nodes.iter().copied().filter(|node| !attribute(node)).collect();
    for &node in nodes {
        let beside = grammar.tree.children_by(node, &[Deprel::Obj, Deprel::Obl, Deprel::NsubjPass, Deprel::Nmod]);
        // "its call upon States and others to work": what is asked of all hangs on the last of them.
        places.extend(beside.flat_map(|place| grammar.tree.conjuncts(place)));
        places.extend((grammar.is_verb(node)).then(|| grammar.tree.first_conjunct(node)));
    }
    let roles = [Deprel::Advcl, Deprel::Acl, Deprel::Xcomp, Deprel::Csubj, Deprel::Ccomp];
    // "would like to take this opportunity to thank" is about thanking; "necessary to take steps" is no wish.
    let leads_on = |child: usize| {
        let next = [Deprel::Xcomp, Deprel::Advcl, Deprel::Acl];
        let own = [Some(child), grammar.tree.child(child, Deprel::Obj)].into_iter().flatten();
        let mut behind = own.flat_map(|at| grammar.tree.children_by(at, &next));
        behind.any(|verb| grammar.is_infinitive(verb))
    };
    let to = |&child: &usize| {
        let is_wish = grammar.is(WordList::Wishes, child) && leads_on(child);
        grammar.is_infinitive(child) && !is_wish && !grammar.is_in_name(child)
    };
    let found = places
        .iter()
        .find_map(|&place| grammar.tree.children_by(place, &roles).filter(|&child| child > place).find(to));
    found.or_else(|| nodes.iter().find_map(|&node| grammar.task_in_relative(node)))
}

/// The first infinitive behind a verb that follows a noun, before the clause ends.
fn infinitive_behind(grammar: &Grammar<'_>, verb: usize) -> Option<usize> {
    let end = grammar.tree.len().saturating_sub(1);
    let inside = (verb + 1..end).take(20).take_while(|&at| !matches!(grammar.form(at), ";" | "." | "which" | "that"));
    let to =
        inside.clone().find(|&at| grammar.form(at) == "to" && grammar.is_verb(at + 1) && grammar.is_nominal(at - 1))?;
    let noun_wants_it = grammar.is(WordList::Deeds, to - 1) || grammar.is(WordList::Needs, to - 1);
    (!noun_wants_it).then_some(to + 1)
}

fn of_kind(grammar: &Grammar<'_>, heads: &dyn Heads, nodes: &[usize], kinds: &[Kind]) -> Vec<usize> {
    let roles = [Deprel::Obl, Deprel::OblUnmarked, Deprel::Nmod, Deprel::NmodUnmarked, Deprel::Advmod];
    let mut places = nodes.to_vec();
    for &node in nodes {
        places.extend(grammar.tree.children_by(node, &[Deprel::Obj, Deprel::NsubjPass]));
    }
    let fits =
        |&child: &usize| heads.kind_at(child).is_some_and(|kind| kinds.contains(&kind)) && locates(grammar, child);
    places.iter().find_map(|&place| grammar.tree.children_by(place, &roles).find(fits)).into_iter().collect()
}

fn locates(grammar: &Grammar<'_>, token: usize) -> bool {
    grammar.introduction(token).is_none_or(|word| WordClass::LocatingPreposition.has(&word))
}
