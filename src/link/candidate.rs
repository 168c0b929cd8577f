//! What a name may stand for in a vocabulary: candidates with scores, and the reasons in words.

use super::normal::{is_acronym, normal};
use super::vocabulary::{Hit, Likeness, Role, Sort, Vocabulary};
use crate::model::Kind;

/// The score that a candidate needs to be taken for the thing meant.
pub const ENOUGH: f32 = 0.8;

/// How far the best candidate must be ahead of the next.
pub const AHEAD: f32 = 0.05;

/// Candidates that are kept of one name, at most.
const KEPT: usize = 8;

/// A name that is looked up, with what is known of the thing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// The names that it goes by, the best first.
    pub names: &'a [&'a str],
    /// What sort of thing it is, if that is known.
    pub kind: Option<Kind>,
    /// The language of the names; empty if unknown.
    pub language: &'a str,
    /// Two letters of the State that it belongs to.
    pub country: Option<&'a str>,
    /// Two letters of the States that are named beside it, where nothing says whose it is; so too below.
    pub beside: &'a [String],
    /// Two letters of the State that its document speaks for, or of the only one that it names.
    pub home: Option<&'a str>,
    /// Whether names a few letters away are looked for too, where nothing else is found.
    pub near: bool,
}

/// Something that a name may stand for.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Number of the concept in its vocabulary.
    pub concept: u32,
    /// Its IRI.
    pub iri: String,
    /// Its best label.
    pub label: String,
    /// The label that answered.
    pub matched: String,
    /// How alike that label is to the name.
    pub likeness: Likeness,
    /// What that label is to the concept.
    pub role: Role,
    /// What sort of thing it is.
    pub sort: Sort,
    /// Whether the label that answered is an acronym.
    pub is_acronym: bool,
    /// From 0 to 1.
    pub score: f32,
    /// Why, in words.
    pub reasons: Vec<String>,
}

/// The candidates for a name in one vocabulary, the best first, then by IRI.
pub fn candidates(vocabulary: &dyn Vocabulary, asked: &Asked<'_>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for name in asked.names {
        for hit in vocabulary.find(name) {
            gather(&mut found, weigh(vocabulary, asked, name, &hit));
        }
    }
    if found.is_empty() && asked.near {
        for name in asked.names.iter().filter(|name| !is_acronym(name)) {
            for hit in vocabulary.near(name) {
                gather(&mut found, weigh(vocabulary, asked, name, &hit));
            }
        }
    }
    settle(vocabulary, asked, &mut found);
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.iri.cmp(&b.iri)));
    found.truncate(KEPT);
    found
}

/// The candidate that is meant, if one is good enough and clearly the best.
pub fn decided(candidates: &[Candidate]) -> Option<&Candidate> {
    let (best, rest) = candidates.split_first()?;
    let is_ahead = rest.first().is_none_or(|next| best.score - next.score >= AHEAD);
    (best.score >= ENOUGH && is_ahead).then_some(best)
}

/// Keeps the best answer of each concept.
fn gather(found: &mut Vec<Candidate>, candidate: Option<Candidate>) {
    let Some(candidate) = candidate else { return };
    match found.iter_mut().find(|other| other.concept == candidate.concept) {
        Some(other) if other.score >= candidate.score => {}
        Some(other) => *other = candidate,
        None => found.push(candidate),
    }
}

/// A candidate by its label alone.
fn weigh(vocabulary: &dyn Vocabulary, asked: &Asked<'_>, name: &str, hit: &Hit) -> Option<Candidate> {
    let concept = vocabulary.concept(hit.concept)?;
    let mut score = Scale { score: 1.0, reasons: Vec::new() };
    let letters = name.chars().count();
    match hit.likeness {
        Likeness::Exact => score.add(0.0, "letter by letter"),
        Likeness::Normalised => score.add(-0.02, "but for case, accents or spelling"),
        Likeness::Reordered => score.add(-0.14, "the same words in another order"),
        Likeness::Near(edits) => {
            let share = f32::from(edits) / (letters.max(1) as f32);
            score.add(
                -0.18 - share,
                format!("{edits} letter{} differ{}", plural(edits), if edits == 1 { "s" } else { "" }),
            );
        }
    }
    match hit.label.role {
        Role::Preferred => score.add(0.0, "preferred label"),
        Role::Alternative => score.add(-0.03, "alternative label"),
        Role::Hidden => score.add(-0.08, "label for searching only"),
    }
    if !hit.label.language.is_empty()
        && !asked.language.is_empty()
        && !same_language(&hit.label.language, asked.language)
    {
        score.add(-0.35, format!("the label is in another language ({})", hit.label.language));
    }
    if concept.is_withdrawn {
        score.add(-0.6, "withdrawn by its publisher");
    }
    if (hit.is_acronym || is_acronym(name)) && asked.names.iter().all(|name| is_acronym(name)) {
        score.add(-0.25, "an acronym alone");
    }
    weigh_country(asked, concept.country.as_deref(), &mut score);
    weigh_kind(asked, concept.sort, &mut score);
    Some(Candidate {
        concept: hit.concept,
        label: vocabulary.name(hit.concept),
        iri: concept.iri,
        matched: hit.label.text.clone(),
        likeness: hit.likeness,
        role: hit.label.role,
        sort: concept.sort,
        is_acronym: hit.is_acronym,
        score: score.score.clamp(0.0, 1.0),
        reasons: score.reasons,
    })
}

/// What is known only when all candidates are there: whether further names of the thing lead to the same concept, and
/// whether an acronym stands for it or for another one.
fn settle(vocabulary: &dyn Vocabulary, asked: &Asked<'_>, found: &mut [Candidate]) {
    if asked.names.len() < 2 {
        return;
    }
    for candidate in found {
        let labels: Vec<String> =
            vocabulary.labels(candidate.concept).iter().map(|label| normal(&label.text)).collect();
        let matched = normal(&candidate.matched);
        let others = asked.names.iter().filter(|name| {
            let key = normal(name);
            key != matched && labels.contains(&key)
        });
        let others: Vec<&str> = others.copied().collect();
        let stands_long = !candidate.is_acronym || others.iter().any(|name| !is_acronym(name));
        if let Some(other) = others.first() {
            candidate.score = (candidate.score + 0.06).min(1.0);
            candidate.reasons.push(format!("“{other}” stands here too"));
        }
        if !stands_long {
            candidate.score = (candidate.score - 0.3).max(0.0);
            candidate.reasons.push("its acronym alone; the long form here is another".to_owned());
        }
    }
}

struct Scale {
    score: f32,
    reasons: Vec<String>,
}

impl Scale {
    fn add(&mut self, points: f32, reason: impl Into<String>) {
        self.score += points;
        self.reasons.push(reason.into());
    }
}

/// What a candidate loses that is of another State than the one named with it.
const ELSEWHERE: f32 = 0.12;

/// What it loses if it may be any State's, and its kind is one that each State has.
const ANYWHERE: f32 = 0.3;

/// Bodies that each State has: their name alone does not say whose they are.
const fn is_of_a_state(kind: Kind) -> bool {
    matches!(kind, Kind::GovernmentBody | Kind::LawEnforcementAgency | Kind::ExpertGroup)
}

fn weigh_country(asked: &Asked<'_>, country: Option<&str>, score: &mut Scale) {
    let each_has_one = asked.kind.is_some_and(is_of_a_state);
    let elsewhere = if each_has_one { ANYWHERE } else { ELSEWHERE };
    let Some(theirs) = country else {
        if each_has_one {
            score.add(-ANYWHERE, "many States have one of that name");
        }
        return;
    };
    let is_theirs = |ours: &str| ours.eq_ignore_ascii_case(theirs);
    match (asked.country, asked.beside, asked.home) {
        (Some(ours), ..) if is_theirs(ours) => score.add(0.0, format!("of the same State ({theirs})")),
        (Some(_), ..) => score.add(-0.4, format!("of another State ({theirs})")),
        (None, [_, ..], _) if asked.beside.iter().any(|ours| is_theirs(ours)) => {
            score.add(0.0, format!("its State ({theirs}) is named beside it"));
        }
        (None, [_, ..], _) => score.add(-elsewhere, format!("its State ({theirs}) is not the one named beside it")),
        (None, [], Some(ours)) if is_theirs(ours) => score.add(-0.02, format!("of the document's State ({theirs})")),
        (None, [], Some(_)) => score.add(-elsewhere, format!("not of the document's State, but of {theirs}")),
        (None, [], None) if each_has_one => score.add(-ANYWHERE, "many States have one of that name"),
        (None, [], None) => {}
    }
}

fn weigh_kind(asked: &Asked<'_>, sort: Sort, score: &mut Scale) {
    let Some(kind) = asked.kind else { return };
    match sort.fits(kind) {
        Some(true) => score.add(0.0, format!("its kind agrees ({})", sort.name())),
        Some(false) => score.add(-0.5, format!("its kind is {}, not {}", sort.name(), kind.name())),
        None => score.add(-0.25, "the vocabulary does not say what it is"),
    }
}

fn same_language(a: &str, b: &str) -> bool {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    primary(a) == primary(b)
}

fn plural(number: u8) -> &'static str {
    if number == 1 { "" } else { "s" }
}
