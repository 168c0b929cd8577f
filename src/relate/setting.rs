//! The signs of a derivation that its document shows: what the ends are, how it is put, where it stands, who else says so.

use std::collections::HashMap;

use super::Inputs;
use super::bare::is_bare;
use super::derivation::{Argument, Derivation};
use super::signs::{RULE, Signs};
use crate::model::{BlockKind, Qualifier, Sentence, Span, Term, Upos, ZoneKind};

/// Adds to each derivation what the document and the other derivations show.
pub(super) fn see_all(inputs: &Inputs<'_>, derivations: &mut [Derivation<'_>]) {
    let company = company(derivations);
    for (derivation, company) in derivations.iter_mut().zip(company) {
        let mut signs = std::mem::take(&mut derivation.signs);
        of_rule(derivation, &mut signs);
        of_end(inputs, derivation, &derivation.subject, ["subject", "subject.seen", "subject.relation"], &mut signs);
        of_end(inputs, derivation, &derivation.object, ["object", "object.seen", "object.relation"], &mut signs);
        of_words(derivation, &mut signs);
        of_place(inputs, derivation, &mut signs);
        derivation.doubted |= says_too_little(inputs, derivation);
        derivation.bare = is_bare(inputs, derivation);
        signs.size("company", "same", company.same);
        signs.size("company", "other", company.other);
        signs.size("company", "trigger", company.trigger);
        derivation.signs = signs;
    }
}

/// How many derivations stand beside one.
#[derive(Clone, Copy, Default)]
struct Company {
    /// With the same ends and relation.
    same: usize,
    /// With the same ends and another relation.
    other: usize,
    /// With the same words as trigger.
    trigger: usize,
}

fn company(derivations: &[Derivation<'_>]) -> Vec<Company> {
    let ends = |it: &Derivation<'_>| (it.subject.term.clone(), it.object.term.clone());
    let (mut by_ends, mut by_words) = (HashMap::new(), HashMap::new());
    for (at, it) in derivations.iter().enumerate() {
        by_ends.entry(ends(it)).or_insert_with(Vec::new).push(at);
        *by_words.entry(it.trigger).or_insert(0_usize) += 1;
    }
    let of = |it: &Derivation<'_>| {
        let beside = by_ends.get(&ends(it)).map_or(&[][..], Vec::as_slice);
        // A pair that comes up all the time is told of no further.
        let near = beside.iter().take(20);
        let same = near.filter(|&&at| derivations[at].relation == it.relation).count();
        let trigger = it.trigger.map_or(0, |_| by_words.get(&it.trigger).copied().unwrap_or(0));
        Company { same, other: beside.len().min(20) - same, trigger }
    };
    derivations.iter().map(of).collect()
}

fn of_rule(it: &Derivation<'_>, signs: &mut Signs) {
    let (rule, relation) = (it.rule.code.as_str(), it.relation.name());
    let (subject, object) = (it.subject.way.name(), it.object.way.name());
    signs.see(RULE, &[rule]);
    signs.see("relation", &[relation]);
    signs.see("sure", &[&format!("{:.1}", it.rule.confidence)]);
    signs.see("way", &[subject, object]);
    signs.see("way.rule", &[rule, "subject", subject]);
    signs.see("way.rule", &[rule, "object", object]);
    signs.see("put", &[it.modality.name(), it.polarity.name()]);
    signs.see("put.rule", &[it.modality.name(), it.polarity.name(), rule]);
    for (qualifier, term) in &it.qualifiers {
        signs.see("qualifier", &[qualifier.name()]);
        signs.see("qualifier", &[qualifier.name(), relation]);
        if let (Qualifier::Verb, Term::Literal(verb)) = (qualifier, term) {
            signs.see("verb", &[verb]);
        }
    }
}

fn of_end(
    inputs: &Inputs<'_>,
    it: &Derivation<'_>,
    end: &Argument,
    [group, seen, relation]: [&'static str; 3],
    signs: &mut Signs,
) {
    let entity = end.term.entity().map(|id| &inputs.entities[id.index()]);
    let class = entity.map_or("words", |entity| entity.class.name());
    let kind = entity.map_or("words", |entity| entity.kind().name());
    let mention = end.mention.and_then(|at| inputs.mentions.get(at));
    let how = mention.map_or("none", |mention| mention.class.name());
    signs.see(group, &[class]);
    signs.see(relation, &[kind, it.relation.name()]);
    signs.see(seen, &[how]);
    signs.see(seen, &[how, it.relation.name()]);
    signs.see(seen, &[how, kind, end.way.name()]);
    let known = entity.is_some_and(|entity| entity.known);
    let holder = end.term.entity().is_some() && end.term.entity() == inputs.holder;
    signs.see(group, &[if known { "known" } else { "new" }, if holder { "holder" } else { "other" }]);
    let pronoun = how == "pronoun";
    if pronoun && let Some(span) = end.span {
        signs.see(seen, &[&inputs.document.quote(span).to_lowercase()]);
    }
}

/// Whether a clause has an end of one word that tells not which are meant: "countries", "our aspirations". An object that is
/// told whole beside it ("countries in conflict") does.
fn says_too_little(inputs: &Inputs<'_>, it: &Derivation<'_>) -> bool {
    let told_whole = it.qualifiers.iter().any(|(qualifier, _)| *qualifier == Qualifier::Aspect);
    let bare = |end: &Argument| match &end.term {
        Term::Literal(words) => !words.contains(' '),
        Term::Entity(id) => {
            let entity = &inputs.entities[id.index()];
            let one = !entity.label.contains(' ') && entity.label.starts_with(char::is_lowercase);
            !entity.known && one && end.span.is_some_and(|span| is_plural(inputs, span))
        }
    };
    // "The world faces": a rule that names its subjects has chosen words that say enough.
    let chosen = it.rule.subject.iter().any(|path| path.steps.last().is_some_and(|step| !step.only.is_empty()));
    it.trigger.is_some() && (bare(&it.subject) && !chosen || !told_whole && bare(&it.object))
}

/// Whether the last word of a span is a noun in the plural.
fn is_plural(inputs: &Inputs<'_>, span: Span) -> bool {
    let Some(sentence) = Sentence::around(inputs.sentences, span) else { return false };
    let last = sentence.tokens.iter().rev().find(|token| span.contains(token.span));
    last.is_some_and(|last| {
        let form = last.span.of(&inputs.document.text).to_lowercase();
        last.upos == Upos::Noun && form.ends_with('s') && form != last.lemma.to_lowercase()
    })
}

/// What an object in plain words begins and ends with.
fn of_words(it: &Derivation<'_>, signs: &mut Signs) {
    let Term::Literal(words) = &it.object.term else { return };
    let lower = words.to_lowercase();
    let count = lower.split(' ').count();
    signs.size("words", "count", count);
    signs.see("words", &["first", lower.split(' ').next().unwrap_or_default()]);
    signs.see("words", &["last", lower.split(' ').next_back().unwrap_or_default()]);
}

fn of_place(inputs: &Inputs<'_>, it: &Derivation<'_>, signs: &mut Signs) {
    let document = inputs.document;
    let genre = document.metadata.genre.as_ref().map_or("none", |genre| genre.value.as_str());
    signs.see("genre", &[genre]);
    signs.see("genre.relation", &[genre, it.relation.name()]);
    let blocks = &document.blocks;
    let after = blocks.partition_point(|block| block.span.start <= it.span.start);
    if let Some(block) = after.checked_sub(1).and_then(|at| blocks.get(at)) {
        let body = block.zone == ZoneKind::Body;
        signs.see(
            "block",
            &[if body { "body" } else { "other" }, if block.kind == BlockKind::Item { "item" } else { "" }],
        );
    }
    let said = match it.said_by {
        None => "nobody",
        Some(id) if Some(id) == inputs.holder => "holder",
        Some(_) => "another",
    };
    signs.see("said", &[said]);
    signs.see("said", &[said, it.relation.name()]);
    signs.see("holder", &[if inputs.holder.is_some() { "known" } else { "none" }]);
}
