//! Who speaks, for whom, at which meeting: what "I", "we", "my delegation" and "this session" point to.

use crate::model::{Class, EntityId, Field, Kind, MentionClass, Reading, Span};

use super::Context;
use super::keys::slug;
use super::table::Table;

/// The voices of a document.
#[derive(Default)]
pub(super) struct Speaker {
    /// The document itself.
    pub itself: Option<EntityId>,
    /// The State, organisation, group or organ that takes the positions.
    pub holder: Option<EntityId>,
    /// The person or role that says "I".
    pub role: Option<EntityId>,
    /// What "we" means: the delegation of a State, else the holder.
    pub we: Option<EntityId>,
    /// Everything that speaks for the holder.
    pub voices: Vec<EntityId>,
}

/// What can be said before names are resolved: the document itself, and a holder that the catalogue knows.
pub(super) fn find(context: &Context, table: &mut Table) -> Speaker {
    let itself = Some(itself(context, table));
    let holder = holder(context, table);
    Speaker { itself, holder, ..Speaker::default() }
}

fn itself(context: &Context, table: &mut Table) -> EntityId {
    let meta = &context.doc.metadata;
    let own = meta.symbol.as_ref().and_then(|symbol| {
        let own = context.mentions.iter().find_map(|mention| match &mention.reading {
            Reading::Symbol(found) if found.text == symbol.value => Some(found),
            _ => None,
        });
        own.map(|own| super::keys::symbol(context, table, own))
    });
    if let Some(own) = own {
        return own;
    }
    let genre = meta.genre.as_ref().map_or("", |genre| genre.value.as_str());
    let class = if genre.contains("statement") || meta.speaker.is_some() {
        Class::Statement
    } else {
        Class::Of(Kind::Document)
    };
    let sha = context.doc.sha256.get(..16).unwrap_or(&context.doc.sha256);
    let id = table.intern(&format!("text/{sha}"), class);
    let title = meta.title.as_ref().map_or(context.doc.name.as_str(), |title| title.value.as_str());
    table.set_label(id, title);
    id
}

fn holder(context: &Context, table: &mut Table) -> Option<EntityId> {
    let meta = &context.doc.metadata;
    let fields = [&meta.represents, &meta.organ, &meta.speaker];
    fields
        .into_iter()
        .flatten()
        .find_map(|field| agent_in(context, table, field))
        .or_else(|| spoken_for(context, table))
}

/// The agent that a metadata field names: the longest mention inside it, else a catalogue entry of that very name.
fn agent_in(context: &Context, table: &mut Table, field: &Field<String>) -> Option<EntityId> {
    let inside = field.span.and_then(|span| {
        let inside = (0..context.mentions.len()).filter(|&i| span.contains(context.mentions[i].span));
        inside.filter_map(|i| table.of(i)).find(|&id| table.kind(id).is_agent() && table.kind(id) != Kind::PersonRole)
    });
    inside.or_else(|| {
        let name = field.value.trim_start_matches("the ").trim_start_matches("The ");
        let mut entries = context.catalogue.entries().iter().filter(|entry| entry.class.kind().is_agent());
        let entry = entries.find(|entry| entry.names.iter().any(|known| known.text.eq_ignore_ascii_case(name)))?;
        Some(table.intern_known(entry))
    })
}

/// "… on behalf of X": the first agent named right after these words in the first person's voice.
fn spoken_for(context: &Context, table: &Table) -> Option<EntityId> {
    const CUE: &str = "on behalf of ";
    let text = &context.doc.text;
    text.match_indices(CUE).find_map(|(at, _)| {
        let after = at + CUE.len();
        let near = Span::new(after, (after + 40).min(text.len()));
        let first = context.mentions.iter().position(|mention| mention.span.start >= after)?;
        (first..context.mentions.len())
            .take_while(|&i| context.mentions[i].span.start < near.end)
            .filter_map(|i| table.of(i))
            .find(|&id| table.kind(id).is_agent() && table.kind(id) != Kind::PersonRole)
    })
}

impl Speaker {
    /// The State for which it speaks, if it speaks for one.
    pub(super) fn state(&self, table: &Table) -> Option<EntityId> {
        self.holder.filter(|&holder| table.kind(holder) == Kind::State)
    }

    /// What needs names: the role that speaks, the meeting, the delegation.
    pub(super) fn complete(mut self, context: &Context, table: &mut Table) -> Speaker {
        self.holder = self.holder.or_else(|| holder(context, table));
        self.role = field_mention(context, table, context.doc.metadata.speaker.as_ref(), Kind::PersonRole);
        self.we = self.holder.map(|holder| match table.kind(holder) {
            Kind::State if !self.is_group(table, holder) => delegation(table, holder),
            _ => holder,
        });
        self.voices.extend(self.role);
        self.voices.extend(self.we.filter(|we| Some(*we) != self.holder));
        self
    }

    fn is_group(&self, table: &Table, holder: EntityId) -> bool {
        table.entity(holder).class == Class::StateGroup
    }

    /// The meeting of the metadata and its body; called by names as soon as sessions are known.
    pub(super) fn with_meeting(context: &Context, table: &Table) -> Option<EntityId> {
        field_mention(context, table, context.doc.metadata.meeting.as_ref(), Kind::Meeting)
    }
}

/// The delegation of a State.
pub(super) fn delegation(table: &mut Table, state: EntityId) -> EntityId {
    let key = format!("body/{}-delegation", slug(&table.slug(state)));
    let label = format!("Delegation of {}", table.entity(state).label);
    let id = table.intern(&key, Class::Delegation);
    table.set_label(id, &label);
    table.set_owner(id, state);
    id
}

/// What the mention of that kind inside a metadata field refers to.
fn field_mention(context: &Context, table: &Table, field: Option<&Field<String>>, kind: Kind) -> Option<EntityId> {
    let span = field?.span?;
    let inside = (0..context.mentions.len()).filter(|&i| {
        let mention = &context.mentions[i];
        mention.kind == kind && mention.class != MentionClass::Pronoun && mention.span.overlaps(span)
    });
    inside.filter_map(|i| table.of(i)).next()
}
