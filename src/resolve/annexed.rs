//! What a letter only passes on: annexes that do not say that they are the sender's own speak with their authors' voice,
//! whom nothing names. "We" in them is not the State that sends the letter.

use crate::model::{Block, BlockKind, EntityId, Span, ZoneKind};
use crate::seeds::WordClass;

use super::Context;
use super::speaker::Speaker;
use super::table::Table;

/// How many blocks behind its heading tell whose an annex is: a title, a dateline, the first paragraph.
const OPENING: usize = 4;

/// The stretches of a letter's annexes that are not the sender's own words, in text order.
pub(super) fn find(context: &Context, table: &Table, whole: &Speaker) -> Vec<Speaker> {
    let genre = context.doc.metadata.genre.as_ref().map_or("", |genre| genre.value.as_str());
    let Some(sender) = whole.holder.filter(|_| genre.contains("letter") && context.doc.interventions.is_empty()) else {
        return Vec::new();
    };
    let blocks = &context.doc.blocks;
    let heads: Vec<usize> = (0..blocks.len()).filter(|&at| heads_annex(context, &blocks[at])).collect();
    let ends = heads.iter().skip(1).copied().chain([blocks.len()]);
    let stretches = heads.iter().zip(ends).filter(|&(&head, end)| head + 1 < end);
    let foreign = stretches.filter(|&(&head, end)| !is_own(context, table, sender, &blocks[head + 1..end]));
    let span = |(&head, end): (&usize, usize)| Span::new(blocks[head + 1].span.start, blocks[end - 1].span.end);
    foreign.map(|stretch| Speaker { span: span(stretch), itself: whole.itself, ..Speaker::default() }).collect()
}

/// "Annex II to the letter dated …": the line above what is passed on.
fn heads_annex(context: &Context, block: &Block) -> bool {
    let text = block.span.of(&context.doc.text);
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    let head = block.kind == BlockKind::Heading || text.contains(" to the ") && text.contains("dated");
    head && block.zone == ZoneKind::Body && WordClass::AnnexWord.has(&first.trim_end_matches(':').to_lowercase())
}

/// Whether the opening of an annex names the sender: "Statement by the Ministry of Foreign Affairs of Elbonia". A letter
/// that begins with "Sir" or "Excellency" is somebody's else.
fn is_own(context: &Context, table: &Table, sender: EntityId, blocks: &[Block]) -> bool {
    let opening = &blocks[..blocks.len().min(OPENING)];
    let addressed = opening.iter().any(|block| {
        let first = block.span.of(&context.doc.text).split([',', ' ', '\n']).next().unwrap_or_default();
        WordClass::LetterAddress.has(&first.to_lowercase())
    });
    let names = |id: EntityId| id == sender || table.entity(id).owner == Some(sender);
    let named = opening.iter().any(|block| context.mentions.inside(block.span).filter_map(|i| table.of(i)).any(names));
    named && !addressed
}
