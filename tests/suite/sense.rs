//! What a careful reader takes from a sentence and, above all, what no reader would: denials, whole objects, right
//! subjects. The sentences are data: `tests/cases/sense/*.txt`.

use rapporteur::model::{Claim, Extraction, Polarity, Qualifier, Term};
use rapporteur::pipeline::Pipeline;
use rapporteur::read::{Format, Options};

/// What stands before a sentence, so that the reader knows who speaks.
const FRONT: &str =
    "---\ntitle: Statement by Luxembourg\nspeaker: Representative of Luxembourg\nrepresents: Luxembourg\n---\n\n";

#[test]
fn denials_deny_what_they_deny() {
    check("denials", include_str!("../cases/sense/denials.txt"));
}

#[test]
fn objects_are_the_whole_matter() {
    check("objects", include_str!("../cases/sense/objects.txt"));
}

#[test]
fn deeds_are_given_to_who_does_them() {
    check("subjects", include_str!("../cases/sense/subjects.txt"));
}

/// What the judge would let stand and a reader must look at first: claimed of another in a sentence that only asks for it,
/// grants it or means everybody.
#[test]
fn what_is_only_asked_or_granted_waits_for_a_reader() {
    let cases = include_str!("../cases/sense/doubted.txt");
    for line in cases.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (sentence, relation) = line.split_once(" | ").expect("a sentence and a relation");
        let options = Options { format: Some(Format::Markdown), ..Options::default() };
        let text = format!("{FRONT}{sentence}\n");
        let told = Pipeline::embedded().extract("sentence.md", text.as_bytes(), &options).expect("it can be read");
        let unjudged = Pipeline::unjudged().extract("sentence.md", text.as_bytes(), &options).expect("it can be read");
        let says = |claim: &Claim| claim.relation.name() == relation;
        assert!(unjudged.claims.iter().any(says), "“{sentence}”: a rule speaks");
        assert!(!told.claims.iter().any(says), "“{sentence}”: it does not stand");
    }
}

/// Reads each sentence of a file and compares what is claimed with what the lines under it say.
fn check(name: &str, cases: &str) {
    let lines: Vec<&str> = cases.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).collect();
    let starts = (0..lines.len()).filter(|&at| !lines[at].starts_with("  "));
    let mut faults = Vec::new();
    let mut sentences = 0;
    for start in starts {
        let wanted = lines[start + 1..].iter().take_while(|line| line.starts_with("  "));
        faults.extend(fault(lines[start], &wanted.copied().collect::<Vec<_>>()));
        sentences += 1;
    }
    assert!(sentences > 50, "{name} holds its sentences");
    assert!(faults.is_empty(), "{name}: {} of {sentences} fail\n{}", faults.len(), faults.join("\n"));
}

/// What is wrong with the claims of a sentence.
fn fault(sentence: &str, wanted: &[&str]) -> Option<String> {
    let text = format!("{FRONT}{sentence}\n");
    let options = Options { format: Some(Format::Markdown), ..Options::default() };
    let extraction = Pipeline::unjudged().extract("sentence.md", text.as_bytes(), &options).expect("it can be read");
    let claims: Vec<&Claim> =
        extraction.claims.iter().filter(|claim| claim.evidence.span.start >= FRONT.len()).collect();
    assert!(!wanted.is_empty(), "“{sentence}” wants nothing");
    let failed: Vec<&str> = wanted.iter().copied().filter(|line| !holds(&extraction, &claims, line.trim())).collect();
    let found: Vec<String> = claims.iter().map(|claim| told(&extraction, claim)).collect();
    (!failed.is_empty()).then(|| format!("“{sentence}”\n  wanted {failed:?}\n  found  {found:?}"))
}

/// Whether a line holds: `+ subject | relations | object | how` asks for a claim, `-` forbids it; a fifth part is a
/// qualifier and what it says, `aspect: counter floods`.
fn holds(extraction: &Extraction, claims: &[&Claim], line: &str) -> bool {
    let (sign, rest) = line.split_at(1);
    let parts: Vec<&str> = rest.split('|').map(str::trim).collect();
    let (&[subject, relations, object, how], qualifier) = parts.split_first_chunk().expect("four parts");
    let qualified = |claim: &Claim| {
        qualifier.iter().all(|told| {
            let (name, wanted) = told.split_once(": ").expect("a name and what it says");
            let says = |(qualifier, term): &(Qualifier, Term)| {
                qualifier.name() == name && names(extraction, term, &format!("={wanted}"))
            };
            claim.qualifiers.iter().any(says)
        })
    };
    let found = claims.iter().any(|claim| {
        (relations.is_empty() || relations.split(' ').any(|relation| relation == claim.relation.name()))
            && names(extraction, &claim.subject, subject)
            && names(extraction, &claim.object, object)
            && how.split(' ').filter(|word| !word.is_empty()).all(|word| is_put(claim, word))
            && qualified(claim)
    });
    match sign {
        "+" => found,
        "-" => !found,
        _ => panic!("“{line}” begins with + or -"),
    }
}

/// Whether a term is told by a part: a piece of one of its names, or after `=` all of one.
fn names(extraction: &Extraction, term: &Term, part: &str) -> bool {
    let part = part.to_lowercase();
    let names: Vec<String> = match term {
        Term::Literal(words) => vec![words.to_lowercase()],
        Term::Entity(id) => {
            let entity = extraction.entity(*id);
            let seen = extraction.mentions.iter().zip(&extraction.referents).filter(|(_, it)| **it == Some(*id));
            let seen = seen.map(|(mention, _)| mention.span.of(&extraction.document.text).to_lowercase());
            std::iter::once(&entity.label).chain(&entity.also).map(|name| name.to_lowercase()).chain(seen).collect()
        }
    };
    match part.strip_prefix('=') {
        Some(whole) => names.iter().any(|name| name == whole),
        None => part.is_empty() || names.iter().any(|name| name.contains(&part)),
    }
}

fn is_put(claim: &Claim, word: &str) -> bool {
    match word {
        "affirmed" => claim.polarity == Polarity::Affirmed,
        "negated" => claim.polarity == Polarity::Negated,
        "entity" => claim.object.entity().is_some(),
        modality => claim.modality.name() == modality,
    }
}

fn told(extraction: &Extraction, claim: &Claim) -> String {
    let name = |term: &Term| match term {
        Term::Literal(words) => format!("“{words}”"),
        Term::Entity(id) => extraction.entity(*id).label.clone(),
    };
    let polarity = if claim.polarity == Polarity::Negated { ", negated" } else { "" };
    let (subject, object) = (name(&claim.subject), name(&claim.object));
    let how = claim.modality.name();
    format!("{subject} | {} | {object} | {how}{polarity} ({})", claim.relation.name(), claim.evidence.rule)
}
