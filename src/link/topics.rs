//! What a document and its claims are about: concepts of a thesaurus whose labels stand in the text, weighed by place and
//! number, the specific before the broad.

use std::collections::BTreeMap;

use super::normal::{Key, is_acronym, normal};
use super::vocabulary::{Hit, Likeness, Role, Sort, Vocabulary};
use crate::model::text::one_line;
use crate::model::{BlockKind, Deprel, Extraction, Kind, MentionClass, Sentence, Span, Subject, Upos, ZoneKind};
use crate::seeds::WordClass;

/// Words of a label, at most.
const WORDS: usize = 6;

/// Topics of a document that are kept, per vocabulary.
const KEPT: usize = 10;

/// What a topic needs of the best one's score.
const SHARE: f32 = 0.3;

/// The concepts of a vocabulary that a document is about, the weightiest first; then those of its claims. Only thesauri
/// give topics.
pub fn subjects(extraction: &Extraction, vocabulary: &dyn Vocabulary) -> Vec<Subject> {
    if !vocabulary.card().is_thesaurus {
        return Vec::new();
    }
    let mut topics = found(extraction, vocabulary);
    prefer_specific(vocabulary, &mut topics);
    let mut ranked: Vec<Topic> = topics.into_values().filter(|topic| topic.score > 0.0).collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.concept.cmp(&b.concept)));
    let best = ranked.first().map_or(0.0, |topic| topic.score);
    ranked.retain(|topic| topic.score >= best * SHARE);
    ranked.truncate(KEPT);
    let mut subjects: Vec<Subject> = Vec::new();
    for topic in &ranked {
        subjects.extend(subject(vocabulary, topic, best, None));
    }
    for (number, claim) in extraction.claims.iter().enumerate() {
        let inside = |topic: &&Topic| topic.places.iter().any(|place| claim.evidence.span.contains(*place));
        for topic in ranked.iter().filter(inside) {
            subjects.extend(subject(vocabulary, topic, best, Some(number)));
        }
    }
    subjects
}

/// A concept and where it stands.
struct Topic {
    concept: u32,
    places: Vec<Span>,
    /// Words in the longest label that was seen; one for the name of a State or body, however long.
    words: usize,
    weight: f32,
    headings: usize,
    role: Role,
    surfaces: BTreeMap<String, usize>,
    broader: Vec<u32>,
    score: f32,
    /// Why it counts for less, if it does.
    remark: Option<String>,
}

impl Topic {
    /// The words that stand for it most often; of several the first in the alphabet.
    fn seen(&self) -> &str {
        let most = self.surfaces.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
        most.map_or("", |(surface, _)| surface)
    }
}

/// All concepts whose labels stand in the text.
fn found(extraction: &Extraction, vocabulary: &dyn Vocabulary) -> BTreeMap<u32, Topic> {
    let mut topics = BTreeMap::new();
    for sentence in &extraction.sentences {
        let Some(weight) = weight(extraction, sentence) else { continue };
        let mut from = 0;
        while from < sentence.tokens.len() {
            let taken = (1..=WORDS.min(sentence.tokens.len() - from))
                .rev()
                .find(|&count| take(extraction, vocabulary, sentence, from, count, weight, &mut topics));
            from += taken.unwrap_or(1);
        }
    }
    for topic in topics.values_mut() {
        score(vocabulary, topic);
    }
    topics
}

/// How much a sentence's place counts; `None` for page furniture.
fn weight(extraction: &Extraction, sentence: &Sentence) -> Option<f32> {
    let document = &extraction.document;
    let block = document.blocks.get(sentence.block)?;
    let is_early = sentence.span.start * 6 < document.text.len();
    Some(match (block.zone, block.kind) {
        (ZoneKind::Boilerplate | ZoneKind::Footer, _) => return None,
        (ZoneKind::Front, _) => 3.0,
        (_, BlockKind::Heading) => 2.5,
        (_, BlockKind::Field) => 0.5,
        _ if is_early => 1.3,
        _ => 1.0,
    })
}

/// Takes the concept of `count` words from `from` on, if exactly one bears that name.
fn take(
    extraction: &Extraction,
    vocabulary: &dyn Vocabulary,
    sentence: &Sentence,
    from: usize,
    count: usize,
    weight: f32,
    topics: &mut BTreeMap<u32, Topic>,
) -> bool {
    let (first, last) = (&sentence.tokens[from], &sentence.tokens[from + count - 1]);
    let is_edge = |upos: Upos| matches!(upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::X | Upos::Verb | Upos::Num);
    if !is_edge(first.upos) || !matches!(last.upos, Upos::Noun | Upos::Propn | Upos::X) {
        return false;
    }
    let span = sentence.span_of(from, from + count - 1);
    // A comma or a quotation mark ends a name.
    if sentence.tokens[from..from + count].iter().any(|token| parts(extraction.document.quote(token.span))) {
        return false;
    }
    let Some(share) = share_of_name(extraction, span) else { return false };
    let share = if count == 1 { share * share_alone(sentence, from) } else { share };
    let surface = one_line(extraction.document.quote(span));
    let Some((concept, role)) = meant(vocabulary, &surface).or_else(|| {
        // "cybercrimes" is filed under "cybercrime", "child" under "children".
        let stem = surface.strip_suffix(extraction.document.quote(last.span))?;
        meant(vocabulary, &format!("{stem}{}", last.lemma)).or_else(|| meant(vocabulary, &format!("{surface}s")))
    }) else {
        return false;
    };
    let topic = topics.entry(concept).or_insert_with(|| Topic {
        concept,
        places: Vec::new(),
        words: 0,
        weight: 0.0,
        headings: 0,
        role,
        surfaces: BTreeMap::new(),
        broader: vocabulary.broader(concept),
        score: 0.0,
        remark: None,
    });
    topic.places.push(span);
    topic.words = topic.words.max(if share < 1.0 { 1 } else { count });
    *topic.surfaces.entry(surface).or_default() += 1;
    topic.weight += weight * share;
    topic.headings += usize::from(weight > 2.0);
    topic.role = topic.role.min(role);
    true
}

/// Whether a token keeps the words around it apart.
fn parts(token: &str) -> bool {
    token.chars().all(|c| !c.is_alphanumeric() && !matches!(c, '-' | '‐' | '–' | '\'' | '’' | '.' | '&' | '/'))
}

/// How much one word says: little as the first part of a compound ("supply" of a chain), where what follows gives it its
/// sense ("maintenance of peace"), or where another noun narrows it down; a name says all.
fn share_alone(sentence: &Sentence, at: usize) -> f32 {
    let token = &sentence.tokens[at];
    let next = sentence.tokens.get(at + 1);
    let is_followed = next.is_some_and(|next| next.upos == Upos::Noun && next.span.start > token.span.end);
    let is_first_part = is_followed
        || matches!(token.deprel, Deprel::Compound | Deprel::Amod | Deprel::NmodPoss)
            && token.head.is_some_and(|head| head as usize > at);
    let is_completed = next.is_some_and(|next| next.upos == Upos::Adp && next.lemma == "of");
    let is_narrowed = sentence.tokens[..at]
        .iter()
        .any(|other| other.deprel == Deprel::Compound && other.head.is_some_and(|head| head as usize == at));
    match token.upos {
        Upos::Propn => 1.0,
        _ if is_first_part => 0.25,
        _ if is_completed => 0.4,
        _ if is_narrowed => 0.6,
        _ => 1.0,
    }
}

/// How much a stretch counts where names stand: nothing inside a longer name ("Security" in a council's name), half where
/// it is the whole name of a State or body, next to nothing where it points back to a body ("the Commission").
fn share_of_name(extraction: &Extraction, span: Span) -> Option<f32> {
    let mentions = &extraction.mentions;
    let near = mentions.partition_point(|mention| mention.span.start <= span.start);
    let mut share = 1.0_f32;
    for mention in mentions[..near].iter().rev().take(12) {
        let is_body = matches!(
            mention.kind,
            Kind::UNBody | Kind::ExpertGroup | Kind::InternationalOrganization | Kind::GovernmentBody | Kind::Meeting
        );
        if mention.class == MentionClass::Nominal && is_body && mention.span.contains(span) {
            share = share.min(0.15);
        }
        let is_name = mention.class == MentionClass::Named && !matches!(mention.kind, Kind::Topic | Kind::Measure);
        if is_name && mention.span.contains(span) {
            let agent = mention.kind.is_agent() || matches!(mention.kind, Kind::Place);
            match mention.span == span {
                true if agent => share = share.min(0.4),
                true => {}
                false => return None,
            }
        }
    }
    Some(share)
}

/// The one concept of that name, and what the name is to it.
fn meant(vocabulary: &dyn Vocabulary, name: &str) -> Option<(u32, Role)> {
    let key = Key::of(name);
    // Most stretches are no label: the records alone tell.
    if key.text.len() < 3 && !is_acronym(name) || !vocabulary.knows(&key) {
        return None;
    }
    let hits = vocabulary.find_key(name, &key);
    let fits = |likeness: Likeness, language: &str| {
        likeness <= Likeness::Normalised && matches!(language.split('-').next(), Some("en" | ""))
    };
    let mut hits = hits.iter().filter(|hit| fits(hit.likeness, &hit.label.language) && hit.label.role != Role::Hidden);
    let first = hits.next()?;
    // A preferred label outranks an alternative one elsewhere; two of a rank stay undecided.
    let is_rival = |hit: &Hit| hit.concept != first.concept && hit.label.role <= first.label.role;
    let mut best = first;
    for hit in hits {
        if is_rival(hit) {
            if hit.label.role == best.label.role {
                return None;
            }
            best = hit;
        }
    }
    let concept = vocabulary.concept(best.concept)?;
    (concept.sort == Sort::Concept && !concept.is_withdrawn).then_some((best.concept, best.label.role))
}

/// Whether a word, or what it is the plural of, is one of meetings and papers.
fn is_general(label: &str) -> bool {
    let is_listed = |word: &str| WordClass::GeneralTopic.has(word);
    is_listed(label) || label.strip_suffix('s').is_some_and(is_listed)
}

fn score(vocabulary: &dyn Vocabulary, topic: &mut Topic) {
    let number = topic.weight.powf(0.65);
    let words = 1.0 + 0.45 * (topic.words.min(4) as f32 - 1.0);
    let role = if topic.role == Role::Preferred { 1.0 } else { 0.85 };
    topic.score = number * words * role;
    let label = normal(topic.seen());
    let is_once = topic.places.len() == 1 && topic.headings == 0;
    if is_once && (topic.words == 1 || topic.role != Role::Preferred) {
        topic.score *= 0.6;
    }
    if is_general(&label) {
        topic.score *= 0.2;
        topic.remark = Some("a word of meetings and papers".to_owned());
    } else if topic.words == 1 {
        // One word under "alternative" is often filed with something near, not the same.
        if topic.role != Role::Preferred && topic.headings == 0 && topic.places.len() < 3 {
            topic.score *= 0.5;
        }
        // A word that many labels begin with says little alone: "policy", "system", "international".
        let longer = vocabulary.starting(&format!("{label} "), 40).len();
        if longer > 3 {
            topic.score /= 1.0 + (longer as f32).ln() / 2.0;
            topic.remark = Some("a general word".to_owned());
        }
    }
}

/// A concept under which a found one stands counts for less, the more so the better the narrower one is.
fn prefer_specific(vocabulary: &dyn Vocabulary, topics: &mut BTreeMap<u32, Topic>) {
    let mut shadows: BTreeMap<u32, (f32, u32)> = BTreeMap::new();
    for topic in topics.values() {
        let mut above = topic.broader.clone();
        for _ in 0..3 {
            for &concept in &above {
                let shadow = shadows.entry(concept).or_insert((0.0, topic.concept));
                if topic.score > shadow.0 {
                    *shadow = (topic.score, topic.concept);
                }
            }
            above = above.iter().flat_map(|&concept| vocabulary.broader(concept)).collect();
        }
    }
    for (concept, (score, narrower)) in shadows {
        if let Some(topic) = topics.get_mut(&concept)
            && concept != narrower
            && score >= topic.score * 0.4
        {
            topic.score *= 0.5;
            topic.remark = Some(format!("broader than “{}”", vocabulary.name(narrower)));
        }
    }
}

fn subject(vocabulary: &dyn Vocabulary, topic: &Topic, best: f32, claim: Option<usize>) -> Option<Subject> {
    let times = topic.places.len();
    let mut evidence = format!("“{}” {times} time{}", topic.seen(), if times == 1 { "" } else { "s" });
    if topic.headings > 0 {
        evidence += &format!(", {} of them in title or headings", topic.headings);
    }
    evidence += if topic.role == Role::Preferred { "; preferred label" } else { "; alternative label" };
    if let Some(remark) = &topic.remark {
        evidence += &format!("; {remark}");
    }
    Some(Subject {
        claim,
        iri: vocabulary.concept(topic.concept)?.iri,
        scheme: vocabulary.card().scheme.as_str().into(),
        label: vocabulary.name(topic.concept),
        score: if best > 0.0 { topic.score / best } else { 0.0 },
        evidence,
        source: vocabulary.card().provenance(),
    })
}
