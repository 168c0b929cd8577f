//! Which proposals are taken: each is proved against the text, what passes is weighed by the judge of claims, and joins
//! the claims of the document or what waits for a reader.

use std::collections::BTreeSet;

use compact_str::CompactString;
use serde_json::{Map, json};

use crate::model::{
    Answers, Claim, Document, Evidence, Extraction, Kind, Modality, Polarity, Proposals, Qualifier, Refused, Relation,
    Span, Term, ZoneKind,
};
use crate::seeds::{Catalogue, Entry};

use super::Known;
use super::end::{Found, Meaning};
use super::line::Line;
use super::place;
use super::proposal::Proposal;
use super::refusal::{Refusal, nearest, shown};
use super::scope::Scope;
use super::weigh::weigh;

/// The most claims that a program may propose for one document.
const MOST: usize = 5_000;

/// A proposal that was proved.
struct Proved {
    relation: Relation,
    subject: Found,
    object: Found,
    said_by: Option<Found>,
    qualifiers: Vec<(Qualifier, Found)>,
    polarity: Polarity,
    modality: Modality,
    confidence: f32,
    span: Span,
}

/// Takes what can be taken of a program's answers for a document.
pub fn take(extraction: &mut Extraction, answers: &Answers, known: &Known<'_>) -> Proposals {
    let (mut proved, mut refused, mut seen) = (Vec::new(), Vec::new(), 0_usize);
    for (at, line) in answers.lines.iter().enumerate() {
        let result = match Line::read(line) {
            Ok(Line::Claim(proposal)) => {
                seen += 1;
                match seen > MOST {
                    true => Err(Refusal::new(format!("there are more than {MOST} claims for this document"))),
                    false => prove(extraction, &proposal, known),
                }
            }
            Ok(_) => continue,
            Err(refusal) => Err(refusal),
        };
        match result {
            Ok(one) => proved.push(one),
            Err(refusal) => refused.push(Refused { line: at + 1, why: refusal.to_string() }),
        }
    }
    let lines = proved.iter().map(|one| one.kept(&extraction.document)).collect();
    let kept = Answers { by: answers.by.clone(), lines };
    let mut proposals = Proposals { kept, fresh: true, claims: 0, to_review: 0, known: 0, dropped: 0, refused };
    add_entries(extraction, &mut proved, known.catalogue);
    let rule = CompactString::from(answers.by.rule());
    let claims: Vec<Claim> = proved.into_iter().filter_map(|one| one.claim(extraction, &rule)).collect();
    weigh(extraction, claims, known, &mut proposals);
    extraction.attribute();
    extraction.claims.sort_by_key(|claim| claim.evidence.span.start);
    extraction.doubtful.sort_by_key(|claim| claim.evidence.span.start);
    proposals
}

/// Proves a proposal against the text.
fn prove(extraction: &Extraction, proposal: &Proposal, known: &Known<'_>) -> Result<Proved, Refusal> {
    let relation = relation(&proposal.relation, known)?;
    let span = place::quote(&extraction.document, &proposal.quote)?;
    if extraction.document.zone_at(span.start) == ZoneKind::Boilerplate {
        return Err(Refusal::new("the quote is page furniture, or in another language than the document"));
    }
    let scope = Scope { extraction, known, within: span };
    let (subject, object) = (proposal.subject.find(&scope, "subject")?, proposal.object.find(&scope, "object")?);
    if subject.meaning == object.meaning {
        return Err(Refusal::new("subject and object are the same"));
    }
    if relation.is_position() {
        speaks(&subject, "subject", extraction, known)?;
    }
    let said_by = proposal.said_by.as_ref().map(|end| end.find(&scope.sentences(), "saidBy")).transpose()?;
    if let Some(found) = &said_by {
        speaks(found, "saidBy", extraction, known)?;
    }
    Ok(Proved {
        qualifiers: qualifiers(proposal, &relation, &scope)?,
        relation,
        subject,
        object,
        said_by,
        polarity: proposal.polarity,
        modality: proposal.modality,
        confidence: proposal.confidence,
        span,
    })
}

/// The relation of a name or IRI.
fn relation(name: &str, known: &Known<'_>) -> Result<Relation, Refusal> {
    let by_iri = || known.relations.iter().find(|relation| relation.iri() == name);
    known.relations.get(name).or_else(by_iri).cloned().ok_or_else(|| {
        let near = nearest(name, known.relations.iter().map(Relation::name));
        Refusal::new(format!("there is no relation {}{near}", shown(name)))
    })
}

/// Refuses as holder of a position, or as who says a thing, what can be neither.
fn speaks(end: &Found, what: &str, extraction: &Extraction, known: &Known<'_>) -> Result<(), Refusal> {
    let (kind, label) = match &end.meaning {
        Meaning::Entity(id) => (Some(extraction.entity(*id).kind()), extraction.entity(*id).label.as_str()),
        Meaning::Entry(key) => (known.catalogue.get(key).map(|entry| entry.class.kind()), key.as_str()),
        Meaning::Words(words) => (None, words.as_str()),
    };
    let can =
        |kind: Kind| kind.is_agent() || matches!(kind, Kind::Document | Kind::Resolution | Kind::Treaty | Kind::Place);
    match kind {
        Some(kind) if can(kind) => Ok(()),
        Some(kind) => Err(Refusal::new(format!("{what}: {} is a {} and holds no position", shown(label), kind.name()))),
        None => Err(Refusal::new(format!("{what}: {} is nobody that is known", shown(label)))),
    }
}

/// What narrows the claim; it must stand in the quote too. The verb of an open relation is in its plain form: a word of
/// the quote must begin as it does.
fn qualifiers(proposal: &Proposal, relation: &Relation, scope: &Scope<'_>) -> Result<Vec<(Qualifier, Found)>, Refusal> {
    let mut found = Vec::new();
    for (qualifier, pointer) in &proposal.qualifiers {
        found.push(match qualifier {
            Qualifier::Verb => (*qualifier, pointer.verb(scope)?),
            _ => (*qualifier, pointer.find(scope, qualifier.name())?),
        });
    }
    match relation.is_open() && !found.iter().any(|(qualifier, _)| *qualifier == Qualifier::Verb) {
        true => {
            Err(Refusal::new(format!("the relation `{}` says nothing without the qualifier `verb`", relation.name())))
        }
        false => Ok(found),
    }
}

impl Proved {
    /// The line as it is kept.
    fn kept(&self, document: &Document) -> String {
        let (start, end) = document.code_points(self.span);
        let mut qualifiers = Map::new();
        for (qualifier, found) in &self.qualifiers {
            let all = qualifiers.entry(qualifier.name()).or_insert_with(|| json!([]));
            if let Some(all) = all.as_array_mut() {
                all.push(found.kept(document));
            }
        }
        let mut line = json!({
            "type": "claim",
            "subject": self.subject.kept(document),
            "predicate": self.relation.name(),
            "object": self.object.kept(document),
            "polarity": self.polarity.name(),
            "modality": self.modality.name(),
            "start": start,
            "end": end,
            "quote": document.quote(self.span),
            "confidence": (f64::from(self.confidence) * 100.0).round() / 100.0,
        });
        if let Some(parts) = line.as_object_mut() {
            if let Some(said_by) = &self.said_by {
                parts.insert("saidBy".to_owned(), said_by.kept(document));
            }
            if !qualifiers.is_empty() {
                parts.insert("qualifiers".to_owned(), qualifiers.into());
            }
        }
        line.to_string()
    }

    fn ends(&mut self) -> impl Iterator<Item = &mut Found> {
        let qualifiers = self.qualifiers.iter_mut().map(|(_, found)| found);
        [&mut self.subject, &mut self.object].into_iter().chain(&mut self.said_by).chain(qualifiers)
    }

    /// It as a claim, once all its ends are entities of the document.
    fn claim(self, extraction: &Extraction, rule: &CompactString) -> Option<Claim> {
        let voice = extraction.voice_at(self.span.start);
        // As with rules: positions and what is only proposed are somebody's; plain facts only where words are reported.
        let is_ones_own = self.relation.is_position() || self.modality != Modality::Asserted || voice.reported;
        let said_by = match self.said_by {
            Some(found) => term(&found.meaning, extraction)?.entity(),
            None => voice.holder.filter(|_| is_ones_own),
        };
        let mut qualifiers = Vec::new();
        for (qualifier, found) in &self.qualifiers {
            qualifiers.push((*qualifier, term(&found.meaning, extraction)?));
        }
        Some(Claim {
            subject: term(&self.subject.meaning, extraction)?,
            relation: self.relation,
            object: term(&self.object.meaning, extraction)?,
            polarity: self.polarity,
            modality: self.modality,
            strength: None,
            said_by,
            qualifiers,
            evidence: Evidence { span: self.span, rule: rule.clone(), confidence: self.confidence },
        })
    }
}

fn term(meaning: &Meaning, extraction: &Extraction) -> Option<Term> {
    match meaning {
        Meaning::Entity(id) => Some(Term::Entity(*id)),
        Meaning::Entry(key) => extraction.find(key).map(Term::Entity),
        Meaning::Words(words) => Some(Term::Literal(words.clone())),
    }
}

/// Adds the entries of the catalogue that proposals mean and the document did not name.
fn add_entries(extraction: &mut Extraction, proved: &mut [Proved], catalogue: &Catalogue) {
    let mut keys = BTreeSet::new();
    for found in proved.iter_mut().flat_map(Proved::ends) {
        if let Meaning::Entry(key) = &found.meaning {
            keys.insert(key.clone());
        }
    }
    if keys.is_empty() {
        return;
    }
    let new = keys.iter().filter_map(|key| catalogue.get(key)).map(Entry::entity).collect();
    let moved = extraction.insert(new);
    for found in proved.iter_mut().flat_map(Proved::ends) {
        if let Meaning::Entity(id) = &mut found.meaning {
            *id = moved.get(id.index()).copied().unwrap_or(*id);
        }
    }
}
