//! The orders in which quads are written. Both depend on the quads alone, not on how they came.
//!
//! The reading order puts subjects by class and name, claims by the place of their words, labels before other properties. It
//! is stable under growth: a new document moves nothing that was there, so a diff shows added lines only. The line order is that of the lines of
//! N-Quads, byte by byte.

use std::cmp::Ordering;

use oxigraph::model::NamedNodeRef;
use rayon::slice::ParallelSliceMut;

use crate::lift::vocabulary::{self, dcterms, rap, rdf, rdfs, skos, void};
use crate::model::{Class, Kind};

use super::rdf::escape;
use crate::record::{QuadIds, Quads, TermId};

/// The quads for reading, each once: by graph (if `graphs`), class of the subject, subject, property, object. Without
/// `graphs` all are taken as one graph.
pub fn reading(quads: &Quads, graphs: bool) -> Vec<QuadIds> {
    let classes = class_ranks(quads);
    let places = places(quads);
    let by_subject = |a: TermId, b: TermId| {
        let class = classes[a.index()].cmp(&classes[b.index()]);
        let place = |id: TermId| quads.text(places[id.index()].unwrap_or(id));
        let place = class.then_with(|| natural_order(place(a), place(b)));
        place.then_with(|| natural_order(quads.text(a), quads.text(b))).then(a.cmp(&b))
    };
    let by_predicate = |a: TermId, b: TermId| predicate_key(quads.text(a)).cmp(&predicate_key(quads.text(b)));
    let nodes = ranked(quads, distinct(quads, |row| [Some(row.subject), row.graph]), by_subject);
    let predicates = ranked(quads, distinct(quads, |row| [Some(row.predicate), None]), by_predicate);
    let key = |row: &QuadIds| {
        let graph = row.graph.map_or(0, |graph| nodes[graph.index()] + 1);
        [graph, nodes[row.subject.index()], predicates[row.predicate.index()]]
    };
    sorted(quads, graphs, key, |a, b| value_order(quads, a.object, b.object))
}

/// The quads in the order of their N-Quads lines, each once; without `graphs` in that of their N-Triples lines.
pub fn lines(quads: &Quads, graphs: bool) -> Vec<QuadIds> {
    let nodes = distinct(quads, |row| [Some(row.subject), Some(row.predicate), row.graph]);
    let ranks = ranked(quads, nodes, |a, b| line_order(quads, a, b));
    let key = |row: &QuadIds| [0, ranks[row.subject.index()], ranks[row.predicate.index()]];
    let graph = |row: &QuadIds| row.graph.map(|graph| ranks[graph.index()]);
    sorted(quads, graphs, key, |a, b| line_order(quads, a.object, b.object).then_with(|| graph(a).cmp(&graph(b))))
}

/// Sorts rows by three numbers, then those that share them by `rest`; drops doubles.
fn sorted(
    quads: &Quads,
    graphs: bool,
    key: impl Fn(&QuadIds) -> [u32; 3],
    rest: impl Fn(&QuadIds, &QuadIds) -> Ordering + Sync,
) -> Vec<QuadIds> {
    let row = |index: usize| {
        let row = quads.rows()[index];
        if graphs { row } else { QuadIds { graph: None, ..row } }
    };
    // The three numbers and the place of the row as one number: sorting compares nothing else.
    let mut keys: Vec<u128> = (0..quads.len())
        .map(|index| {
            let [first, second, third] = key(&row(index)).map(u128::from);
            first << 96 | second << 64 | third << 32 | index as u128
        })
        .collect();
    keys.par_sort_unstable();
    let mut rows: Vec<QuadIds> = keys.iter().map(|key| row(*key as u32 as usize)).collect();
    let mut start = 0;
    for run in keys.chunk_by(|a, b| a >> 32 == b >> 32) {
        if run.len() > 1 {
            rows[start..start + run.len()].sort_unstable_by(&rest);
        }
        start += run.len();
    }
    rows.dedup();
    rows
}

fn distinct<const N: usize>(quads: &Quads, of: impl Fn(&QuadIds) -> [Option<TermId>; N]) -> Vec<TermId> {
    let mut seen = vec![false; quads.term_ids().count()];
    for id in quads.rows().iter().flat_map(of).flatten() {
        seen[id.index()] = true;
    }
    quads.term_ids().filter(|id| seen[id.index()]).collect()
}

/// One number a term: its place among `nodes` once they are sorted.
fn ranked(quads: &Quads, mut nodes: Vec<TermId>, order: impl Fn(TermId, TermId) -> Ordering + Sync) -> Vec<u32> {
    nodes.par_sort_unstable_by(|&a, &b| order(a, b));
    let mut ranks = vec![0; quads.term_ids().count()];
    for (rank, id) in (0u32..).zip(&nodes) {
        ranks[id.index()] = rank;
    }
    ranks
}

/// The place of each subject's class in the fixed order: descriptions of the whole, documents, things, claims, passages.
fn class_ranks(quads: &Quads) -> Vec<u16> {
    let count = quads.term_ids().count();
    let mut ranks = vec![UNTYPED; count];
    let mut places = vec![OTHER; count];
    for (class, place) in class_order().iter().zip(0..) {
        if let Some(id) = quads.find_iri(class) {
            places[id.index()] = place;
        }
    }
    let a = quads.find_iri(rdf::TYPE.as_str());
    for row in quads.rows().iter().filter(|row| Some(row.predicate) == a) {
        let rank = &mut ranks[row.subject.index()];
        *rank = places[row.object.index()].min(*rank);
    }
    ranks
}

/// One entry a term: the first passage that proves it, for claims.
fn places(quads: &Quads) -> Vec<Option<TermId>> {
    let mut places = vec![None; quads.term_ids().count()];
    let evidence = quads.find_iri(rap::EVIDENCE.as_str());
    for row in quads.rows().iter().filter(|row| Some(row.predicate) == evidence) {
        let place = &mut places[row.subject.index()];
        let is_first = |known: TermId| natural_order(quads.text(row.object), quads.text(known)).is_lt();
        if place.is_none_or(is_first) {
            *place = Some(row.object);
        }
    }
    places
}

/// Classes of descriptions of the whole.
const HEADERS: [NamedNodeRef<'_>; 3] =
    [NamedNodeRef::new_unchecked("http://www.w3.org/2002/07/owl#Ontology"), void::DATASET, void::LINKSET];

const OTHER: u16 = u16::MAX - 1;
const UNTYPED: u16 = u16::MAX;

fn class_order() -> Vec<String> {
    let documents = [Class::Statement, Class::Of(Kind::Document), Class::AgendaItem];
    let finer = Class::FINER.into_iter().filter(|class| !documents.contains(class));
    let things = Kind::ALL
        .into_iter()
        .flat_map(|kind| finer.clone().filter(move |class| class.kind() == kind).chain([kind.into()]));
    let own = documents.into_iter().chain(things).map(|class| vocabulary::own(class.name()).into_string());
    let claims = [rap::POSITION, rap::CLAIM].map(|class| class.as_str().to_owned());
    HEADERS.iter().map(|class| class.as_str().to_owned()).chain(own).chain(claims).collect()
}

/// Properties that come before all others, in this order; the others follow by IRI.
const FIRST: [NamedNodeRef<'_>; 15] = [
    rdf::TYPE,
    skos::PREF_LABEL,
    rdfs::LABEL,
    skos::ALT_LABEL,
    dcterms::TITLE,
    dcterms::IDENTIFIER,
    rdf::SUBJECT,
    rdf::PREDICATE,
    rdf::OBJECT,
    rap::SAID_BY,
    rap::POLARITY,
    rap::MODALITY,
    rap::STRENGTH,
    rap::CONFIDENCE,
    rap::RULE,
];

fn predicate_key(iri: &str) -> (usize, &str) {
    (FIRST.iter().position(|first| first.as_str() == iri).unwrap_or(FIRST.len()), iri)
}

/// IRIs before literals; then by text, numbers in it by size; then by language and datatype.
fn value_order(quads: &Quads, a: TermId, b: TermId) -> Ordering {
    let kind = |id| (quads.is_literal(id), quads.iri(id).is_none());
    kind(a)
        .cmp(&kind(b))
        .then_with(|| natural_order(quads.text(a), quads.text(b)))
        .then_with(|| quads.language(a).cmp(&quads.language(b)))
        .then_with(|| quads.datatype(a).cmp(&quads.datatype(b)))
}

/// Byte order, but runs of digits by their number: `…#char=93,99` before `…#char=1693,1742`. Total: equal only if the
/// texts are.
fn natural_order(a: &str, b: &str) -> Ordering {
    let (x, y) = (a.as_bytes(), b.as_bytes());
    let same = x.iter().zip(y).take_while(|(one, other)| one == other).count();
    let start = x[..same].iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |last| last + 1);
    let digits = |bytes: &[u8]| bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (of_x, of_y) = (digits(x), digits(y));
    let whole = |bytes: &[u8], length: usize| length > 0 && (bytes[start] != b'0' || length == 1);
    if of_x != of_y && whole(x, of_x) && whole(y, of_y) {
        return of_x.cmp(&of_y);
    }
    x[same..].cmp(&y[same..])
}

/// The order of two terms as N-Quads writes them, each followed by a blank.
fn line_order(quads: &Quads, a: TermId, b: TermId) -> Ordering {
    if a == b {
        return Ordering::Equal;
    }
    let (x, y) = (quads.text(a).as_bytes(), quads.text(b).as_bytes());
    match (quads.iri(a).is_some(), quads.is_literal(a), quads.iri(b).is_some(), quads.is_literal(b)) {
        (true, _, true, _) => line_bytes(x, y, b'>'),
        (_, true, _, true) => escaped_order(x, y).then_with(|| suffix_order(quads, a, b)),
        (iri, literal, other_iri, other_literal) => {
            // `"` < `<` < `_`, the first characters of the three sorts of term.
            let place = |iri: bool, literal: bool| if literal { 0 } else { 2 - u8::from(iri) };
            place(iri, literal).cmp(&place(other_iri, other_literal)).then_with(|| x.cmp(y))
        }
    }
}

/// Compares two texts, each closed by `end`.
fn line_bytes(x: &[u8], y: &[u8], end: u8) -> Ordering {
    let same = x.iter().zip(y).take_while(|(one, other)| one == other).count();
    x.get(same).unwrap_or(&end).cmp(y.get(same).unwrap_or(&end))
}

/// Compares two literal values as they stand between quotation marks, escapes and closing mark included.
fn escaped_order(x: &[u8], y: &[u8]) -> Ordering {
    let same = x.iter().zip(y).take_while(|(one, other)| one == other).count();
    if x.len() == same && y.len() == same {
        return Ordering::Equal;
    }
    // An escaped character of three bytes may have begun before the first byte that differs.
    let start = (same.saturating_sub(2)..=same).find(|&at| [x, y].iter().any(|text| is_wide(text, at))).unwrap_or(same);
    let at = |bytes: &[u8]| match (bytes.get(start), escape::noncharacter(bytes.get(start..).unwrap_or_default())) {
        (_, Some(last)) => (b'\\', b'u', last),
        (Some(&byte), None) => escape::pair(byte).map_or((byte, 0, 0), |(mark, letter)| (mark, letter, byte)),
        (None, None) => (b'"', b' ', 0),
    };
    at(x).cmp(&at(y)).then_with(|| x[same..].cmp(&y[same..]))
}

fn is_wide(text: &[u8], at: usize) -> bool {
    text.get(at..).is_some_and(|rest| escape::noncharacter(rest).is_some())
}

/// What follows the closing mark: nothing (a blank), `@language` or `^^<datatype>`.
fn suffix_order(quads: &Quads, a: TermId, b: TermId) -> Ordering {
    let place = |id| (quads.datatype(id).is_some(), quads.language(id).is_some());
    let text = |id| quads.datatype(id).or(quads.language(id)).unwrap_or_default();
    let end = if quads.datatype(a).is_some() { b'>' } else { b' ' };
    place(a).cmp(&place(b)).then_with(|| line_bytes(text(a).as_bytes(), text(b).as_bytes(), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_inside_names_sort_by_size() {
        let mut names = ["c/ab-1693-1", "c/ab-93-2", "c/ab-93-10", "c/ab", "c/ab-93-1", "c/ab-007", "c/b"];
        names.sort_unstable_by(|a, b| natural_order(a, b));
        assert_eq!(names, ["c/ab", "c/ab-007", "c/ab-93-1", "c/ab-93-2", "c/ab-93-10", "c/ab-1693-1", "c/b"]);
    }
}
