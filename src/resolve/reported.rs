//! Reported speech: whose words each sentence of meetings coverage or a report gives. "The representative of X said" opens
//! a stretch; "he", "she", "the delegate" and free indirect speech go on with it; another sayer, a new paragraph without a
//! word of saying, or the meeting itself ends it. The writer of coverage says nothing of his own.

use crate::model::{Block, BlockKind, Deprel, EntityId, Kind, MentionClass, Sentence, Span, Upos, ZoneKind};
use crate::seeds::WordClass;

use super::Context;
use super::speaker::Speaker;
use super::table::Table;

/// Genres that report what others said.
const GENRES: &[&str] = &["coverage", "summary", "readout"];

/// Whose words the sentences of a document are, where it reports: stretches in text order, disjoint.
pub(super) fn find(context: &Context, table: &Table, itself: Option<EntityId>) -> Vec<Speaker> {
    let genre = context.doc.metadata.genre.as_ref().map_or("", |genre| genre.value.as_str());
    if !context.doc.interventions.is_empty() || !GENRES.iter().any(|known| genre.contains(known)) {
        return Vec::new();
    }
    let mut found: Vec<Speaker> = Vec::new();
    let mut current: Option<(EntityId, Option<EntityId>)> = None;
    let mut paragraph = usize::MAX;
    for sentence in context.sentences {
        let Some(block) = context.doc.blocks.get(sentence.block).filter(|block| is_told(block)) else { continue };
        let opens = paragraph != sentence.block;
        paragraph = sentence.block;
        let _ = block;
        current = match sayer(context, table, sentence) {
            Said::By(holder, role) => Some((holder, role)),
            Said::BySame => current,
            Said::ByNobody => None,
            Said::Open if opens => None,
            Said::Open => current,
        };
        if let Some((holder, role)) = current {
            extend(&mut found, sentence.span, holder, role, itself);
        }
    }
    found
}

fn is_told(block: &Block) -> bool {
    block.zone == ZoneKind::Body && matches!(block.kind, BlockKind::Paragraph | BlockKind::Item)
}

fn extend(found: &mut Vec<Speaker>, span: Span, holder: EntityId, role: Option<EntityId>, itself: Option<EntityId>) {
    let voices: Vec<EntityId> = role.into_iter().filter(|&role| role != holder).collect();
    found.push(Speaker {
        span,
        itself,
        holder: Some(holder),
        role: role.or(Some(holder)),
        we: Some(holder),
        voices,
        sure: 0.8,
        reported: true,
        ..Speaker::default()
    });
}

/// What a sentence tells of who says it.
enum Said {
    /// For whom, and who.
    By(EntityId, Option<EntityId>),
    /// "he", "she", "the delegate": who spoke before.
    BySame,
    /// The meeting, the writer, several unnamed.
    ByNobody,
    /// Nothing: free indirect speech, if a stretch is open.
    Open,
}

fn sayer(context: &Context, table: &Table, sentence: &Sentence) -> Said {
    let tokens = &sentence.tokens;
    let says = |at: usize| {
        let token = &tokens[at];
        WordClass::SayingVerb.has(&token.lemma.to_lowercase())
            && matches!(token.upos, Upos::Verb | Upos::Noun | Upos::Aux)
    };
    let mut nobody = false;
    for (at, token) in tokens.iter().enumerate() {
        let subject = matches!(token.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter);
        let Some(verb) = token.head.map(|head| head as usize).filter(|_| subject) else { continue };
        let form = token.span.of(&context.doc.text).to_lowercase();
        if matches!(form.as_str(), "he" | "she") && (says(verb) || at <= 2) {
            return Said::BySame;
        }
        if !says(verb) {
            continue;
        }
        match delegate(context, table, token.span) {
            Some((holder, role)) => return Said::By(holder, role),
            None if WordClass::DelegateHead.has(&form) && !form.ends_with('s') => return Said::BySame,
            None if WordClass::UnnamedSpeakers.has(&form) => nobody = true,
            None => {}
        }
    }
    if nobody {
        return Said::ByNobody;
    }
    // Trees of long sentences fail: a delegate named beside a word of saying says it.
    let saying = (0..tokens.len()).any(|at| says(at) && tokens[at].upos == Upos::Verb);
    let named = context.mentions.starting_in(sentence.span).filter(|_| saying).find_map(|i| {
        let mention = &context.mentions[i];
        let text = context.text(mention).to_lowercase();
        let delegated =
            mention.kind == Kind::PersonRole && text.split_whitespace().any(|word| WordClass::DelegateHead.has(word));
        if delegated { delegate(context, table, mention.span) } else { None }
    });
    match named {
        Some((holder, role)) => Said::By(holder, role),
        None => goes_on(context, sentence),
    }
}

/// "His country had …", "Her delegation …": the same one goes on.
fn goes_on(context: &Context, sentence: &Sentence) -> Said {
    let first = sentence.tokens.iter().take(3).map(|token| token.span.of(&context.doc.text).to_lowercase());
    if first.into_iter().any(|form| matches!(form.as_str(), "he" | "she" | "his" | "her")) {
        Said::BySame
    } else {
        Said::Open
    }
}

/// For whom a subject speaks: the State or body of "the representative of X", "X's delegate", a State itself, a person of
/// a body.
fn delegate(context: &Context, table: &Table, subject: Span) -> Option<(EntityId, Option<EntityId>)> {
    let around: Vec<usize> =
        context.mentions.around(subject).filter(|&i| context.mentions[i].class != MentionClass::Pronoun).collect();
    let widest = *around.last()?;
    let mention = &context.mentions[widest];
    let role = table.of(widest)?;
    if matches!(table.kind(role), Kind::State | Kind::InternationalOrganization) && mention.class == MentionClass::Named
    {
        return Some((role, None));
    }
    if table.kind(role) == Kind::GovernmentBody {
        let state = table.entity(role).owner.filter(|&owner| table.kind(owner) == Kind::State)?;
        return Some((state, Some(role)));
    }
    if table.kind(role) != Kind::PersonRole {
        return None;
    }
    let party = |id: EntityId| matches!(table.kind(id), Kind::State | Kind::InternationalOrganization);
    let inside = context
        .mentions
        .inside(mention.span)
        .filter(|&i| i != widest)
        .filter_map(|i| table.of(i))
        .find(|&id| party(id));
    let owner = || table.entity(role).owner.filter(|&owner| party(owner));
    // "Kenya's representative", "the Kenyan representative": the State stands right before.
    let before = || {
        let start = mention.span.start;
        let near = context.mentions.overlapping(Span::new(start.saturating_sub(30), start));
        let near: Vec<usize> = near.filter(|&i| context.mentions[i].span.end <= start).collect();
        let last = *near.last()?;
        let gap = &context.doc.text[context.mentions[last].span.end..start];
        let joins = matches!(gap.trim(), "'s" | "’s" | "" | "'" | "’");
        table.of(last).filter(|&id| joins && party(id))
    };
    match inside.or_else(owner).or_else(before) {
        Some(party) => Some((party, Some(role))),
        None if mention.class == MentionClass::Named => Some((role, Some(role))),
        None => None,
    }
}
