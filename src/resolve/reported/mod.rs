//! Reported speech: whose words each sentence of meetings coverage or a report gives. "The representative of X said" opens
//! a stretch; "he", "she", "the delegate" and free indirect speech go on with it; another sayer, a new paragraph without a
//! word of saying, or the meeting itself ends it. The writer of coverage says nothing of his own.

pub(super) mod party;
mod sayer;

use crate::model::text::slug;
use crate::model::{Block, BlockKind, Class, EntityId, Kind, MentionClass, Span, ZoneKind};
use crate::seeds::WordClass;

use super::Context;
use super::holder;
use super::issuer::Issuer;
use super::speaker::Speaker;
use super::table::Table;
use sayer::{Said, Sayers, Told};

/// Genres that report what others said.
const GENRES: &[&str] = &["coverage", "summary", "readout"];

/// Whose words a stretch is: for whom, and who.
type Sayer = (EntityId, Option<EntityId>);

/// Whose words the sentences of a document are, where it reports: stretches in text order, disjoint.
pub(super) fn find(context: &Context, table: &mut Table, whole: &Speaker) -> Vec<Speaker> {
    let genre = context.doc.metadata.genre.as_ref().map_or("", |genre| genre.value.as_str());
    if !context.doc.interventions.is_empty() || !GENRES.iter().any(|known| genre.contains(known)) {
        return Vec::new();
    }
    let issuer = Issuer::find(context, table);
    let both = if genre.contains("readout") { parties(context, table, issuer.as_ref()) } else { None };
    delegates(context, table);
    let sayers = Sayers { context, issuer: issuer.as_ref(), both };
    let mut found: Vec<Speaker> = Vec::new();
    let mut last: Option<Sayer> = None;
    for paragraph in context.sentences.chunk_by(|a, b| a.block == b.block) {
        if !paragraph.first().and_then(|first| context.doc.blocks.get(first.block)).is_some_and(is_told) {
            continue;
        }
        let told: Vec<Told> = paragraph.iter().map(|sentence| sayers.of(table, sentence)).collect();
        for ((sentence, told), sayer) in paragraph.iter().zip(&told).zip(stretches(&told, &mut last)) {
            let end =
                told.next.map_or(sentence.span.end, |(start, _)| start.clamp(sentence.span.start, sentence.span.end));
            found.extend(sayer.map(|sayer| reported(Span::new(sentence.span.start, end), sayer, whole.itself)));
            found.extend(told.next.map(|(_, next)| reported(Span::new(end, sentence.span.end), next, whole.itself)));
        }
    }
    found
}

/// "Kenya's delegate", "the Kenyan representative": each State's is its own, before common nouns are told apart.
fn delegates(context: &Context, table: &mut Table) {
    for (i, mention) in context.mentions.iter().enumerate() {
        let text = context.text(mention).to_lowercase();
        let word = text.rsplit(char::is_whitespace).next().unwrap_or_default();
        let phrase =
            mention.kind == Kind::PersonRole && mention.class == MentionClass::Nominal && table.of(i).is_none();
        if !phrase || !WordClass::DelegateHead.has(word) || word.ends_with('s') {
            continue;
        }
        if let Some(state) = party::of_mention(context, table, i) {
            let id = table.intern(&format!("role/{}-{}", table.slug(state), slug(&text)), Class::Of(Kind::PersonRole));
            table.set_owner(id, state);
            table.refer(i, id);
        }
    }
}

/// Whose words the sentences of a paragraph are, given what each tells; `last` is who spoke last.
fn stretches(told: &[Told], last: &mut Option<Sayer>) -> Vec<Option<Sayer>> {
    // "The work goes on. He added that …": the words before "he" are his already.
    let first = told.iter().find(|told| !matches!(told.said, Said::Open));
    let mut current = if first.is_some_and(|told| matches!(told.said, Said::BySame)) { *last } else { None };
    let mut found = Vec::with_capacity(told.len());
    for one in told {
        match one.said {
            Said::By(holder, role) => {
                current = Some((holder, role));
                *last = current;
            }
            Said::ByBoth(holder) => current = Some((holder, None)),
            Said::BySame => current = current.or(*last),
            Said::ByNobody => current = None,
            Said::ByStranger => (current, *last) = (None, None),
            Said::Open => {}
        }
        found.push(current);
        if let Some((_, next)) = one.next {
            current = Some(next);
            *last = current;
        }
    }
    found
}

fn is_told(block: &Block) -> bool {
    block.zone == ZoneKind::Body && matches!(block.kind, BlockKind::Paragraph | BlockKind::Item)
}

fn reported(span: Span, (holder, role): Sayer, itself: Option<EntityId>) -> Speaker {
    Speaker {
        span,
        itself,
        holder: Some(holder),
        role: role.or(Some(holder)),
        we: Some(holder),
        voices: role.into_iter().filter(|&role| role != holder).collect(),
        sure: 0.8,
        reported: true,
        ..Speaker::default()
    }
}

/// The two sides of a conversation that a readout tells of: the State that publishes it and the one that the title names.
fn parties(context: &Context, table: &mut Table, issuer: Option<&Issuer>) -> Option<EntityId> {
    let issuer = issuer?.state;
    let title = context.doc.metadata.title.as_ref().and_then(|title| title.span)?;
    let with = title.of(&context.doc.text).find(" with ").map(|with| title.start + with)?;
    let named = context.mentions.inside(Span::new(with, title.end)).filter_map(|i| table.of(i));
    let mut states: Vec<EntityId> = named.filter(|&id| table.kind(id) == Kind::State && id != issuer).collect();
    states.push(issuer);
    states.sort_by_key(|&id| table.slug(id));
    states.dedup();
    (2..=4).contains(&states.len()).then(|| holder::group(table, &states))
}

#[cfg(test)]
mod tests {
    use super::sayer::Told;
    use super::{Said, stretches};
    use crate::model::EntityId;

    #[test]
    fn who_spoke_goes_on_speaking() {
        let (a, b) = (EntityId(1), EntityId(2));
        let mut last = None;
        let mut who = |said: &[Said]| {
            let told: Vec<Told> = said.iter().map(|&said| Told::from(said)).collect();
            stretches(&told, &mut last).into_iter().map(|sayer| sayer.map(|(holder, _)| holder)).collect::<Vec<_>>()
        };
        assert_eq!(who(&[Said::Open, Said::By(a, None), Said::Open]), [None, Some(a), Some(a)]);
        // A paragraph that only goes on with "he" is the same one's throughout.
        assert_eq!(who(&[Said::Open, Said::BySame]), [Some(a), Some(a)]);
        assert_eq!(who(&[Said::Open]), [None]);
        assert_eq!(who(&[Said::By(b, None), Said::ByNobody, Said::BySame]), [Some(b), None, Some(b)]);
        // Nobody knows for whom the stranger speaks: "he" is not who spoke before.
        assert_eq!(who(&[Said::By(b, None), Said::ByStranger, Said::BySame]), [Some(b), None, None]);
    }
}
