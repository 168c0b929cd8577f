//! Who speaks, for whom, at which meeting: what "I", "we", "my delegation" and "this session" point to.

use crate::model::text::{one_line, slug};
use crate::model::{Class, EntityId, Field, Kind, MentionClass, Reading, Span};

use super::Context;
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
    let title = meta.title.as_ref().map_or(context.doc.file_name().unwrap_or("text"), |title| title.value.as_str());
    table.set_label(id, title);
    id
}

fn holder(context: &Context, table: &mut Table) -> Option<EntityId> {
    let meta = &context.doc.metadata;
    let fields = [&meta.represents, &meta.organ, &meta.speaker];
    let named = fields.into_iter().flatten().find_map(|field| agent_in(context, table, field));
    named.or_else(|| spoken_for(context, table)).or_else(|| joint_title(context, table))
}

/// The agent that a metadata field names: the mentions inside it, else a catalogue entry of that name or country code.
fn agent_in(context: &Context, table: &mut Table, field: &Field<String>) -> Option<EntityId> {
    let inside = field.span.and_then(|span| agents_of(context, table, span));
    inside.or_else(|| {
        let name = field.value.trim_start_matches("the ").trim_start_matches("The ");
        let mut entries = context.catalogue.entries().iter().filter(|entry| entry.class.kind().is_agent());
        let entry = entries.find(|entry| {
            let is_code = entry.identifiers.iter().any(|id| id.scheme == "iso3166-1-alpha3" && id.value == name);
            is_code || entry.names.iter().any(|known| known.text.eq_ignore_ascii_case(name))
        })?;
        Some(table.intern_known(entry))
    })
}

/// The first agent named in a span, other than a person; several States together are a group.
fn agents_of(context: &Context, table: &mut Table, span: Span) -> Option<EntityId> {
    let agents: Vec<EntityId> = context
        .mentions
        .inside(span)
        .filter_map(|i| table.of(i))
        .filter(|&id| table.kind(id).is_agent() && table.kind(id) != Kind::PersonRole)
        .collect();
    let first = *agents.first()?;
    let mut states: Vec<EntityId> = agents.into_iter().filter(|&id| table.kind(id) == Kind::State).collect();
    states.sort_by_key(|&id| table.slug(id));
    states.dedup();
    match states.len() {
        _ if table.kind(first) != Kind::State => Some(first),
        1 => Some(first),
        _ => Some(group(table, &states)),
    }
}

/// The States that speak together, as one holder.
fn group(table: &mut Table, states: &[EntityId]) -> EntityId {
    let slugs: Vec<_> = states.iter().map(|&id| table.slug(id)).collect();
    let labels: Vec<_> = states.iter().map(|&id| table.entity(id).label.clone()).collect();
    let id = table.intern(&format!("state/{}", slugs.join("-")), Class::StateGroup);
    table.set_label(id, &labels.join(", "));
    id
}

/// A joint statement of States that only its title names.
fn joint_title(context: &Context, table: &mut Table) -> Option<EntityId> {
    let meta = &context.doc.metadata;
    let is_joint = meta.genre.as_ref().is_some_and(|genre| genre.value.contains("joint"));
    let title = meta.title.as_ref().and_then(|title| title.span).filter(|_| is_joint)?;
    agents_of(context, table, title)
}

/// "… on behalf of X": the first agent named right after these words in the first person's voice.
fn spoken_for(context: &Context, table: &Table) -> Option<EntityId> {
    const CUE: &str = "on behalf of ";
    let text = &context.doc.text;
    text.match_indices(CUE).find_map(|(at, _)| {
        let after = at + CUE.len();
        let near = Span::new(after, (after + 40).min(text.len()));
        context
            .mentions
            .starting_in(near)
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
        let issuing = self.issuing(context, table);
        self.holder = issuing.or(self.holder).or_else(|| holder(context, table));
        self.role = field_mention(context, table, context.doc.metadata.speaker.as_ref(), Kind::PersonRole)
            .or_else(|| self.holder.is_none().then(|| person(context, table)).flatten());
        self.holder = self.holder.or_else(|| super::nation::spoken_for(context, table)).or(self.role);
        self.we = self.holder.map(|holder| match table.kind(holder) {
            Kind::State if !self.is_group(table, holder) => delegation(table, holder),
            Kind::InternationalOrganization => self.role.or_else(|| issuers(context, table, holder)).unwrap_or(holder),
            Kind::ExpertGroup => {
                let members = format!("Members of {}", name_of(context, table, holder));
                people_of(table, &members, holder)
            }
            _ => holder,
        });
        self.voices.extend(self.role);
        self.voices.extend(self.we.filter(|we| Some(*we) != self.holder));
        self
    }

    /// The body whose name stands as the speaker in the title block.
    pub(super) fn issuing(&self, context: &Context, table: &Table) -> Option<EntityId> {
        let meta = &context.doc.metadata;
        let field = meta.speaker.as_ref().filter(|_| meta.represents.is_none() && meta.organ.is_none())?;
        let span = field.span?;
        table
            .of(context.mentions.at(span)?)
            .filter(|&id| table.kind(id).is_agent() && table.kind(id) != Kind::PersonRole)
    }

    /// Whether several speak as one: a set of States, a grouping.
    pub(super) fn is_joint(&self, table: &Table, holder: EntityId) -> bool {
        self.is_group(table, holder)
            || matches!(table.kind(holder), Kind::InternationalOrganization | Kind::ExpertGroup)
    }

    fn is_group(&self, table: &Table, holder: EntityId) -> bool {
        table.entity(holder).class == Class::StateGroup
    }

    /// The meeting of the metadata and its body; called by names as soon as sessions are known.
    pub(super) fn with_meeting(context: &Context, table: &Table) -> Option<EntityId> {
        field_mention(context, table, context.doc.metadata.meeting.as_ref(), Kind::Meeting)
    }
}

/// Who issues a statement for an organisation, where more than its name is given: the "… Ministers of Labour" of X.
fn issuers(context: &Context, table: &mut Table, holder: EntityId) -> Option<EntityId> {
    let meta = &context.doc.metadata;
    let field = meta.speaker.as_ref().filter(|_| meta.represents.is_none() && meta.organ.is_none())?;
    let span = field.span?;
    let mut inside = context.mentions.inside(span);
    let owns = inside.any(|i| table.of(i) == Some(holder) && context.mentions[i].span.len() < span.len());
    owns.then(|| people_of(table, &field.value, holder))
}

/// The label of an entity, else the longest words that name it.
pub(super) fn name_of(context: &Context, table: &Table, id: EntityId) -> String {
    let label = &table.entity(id).label;
    if !label.is_empty() {
        return label.clone();
    }
    let longest = table.mentions_of(id).max_by_key(|&i| (context.mentions[i].span.len(), i));
    longest.map(|i| one_line(context.text(&context.mentions[i]))).unwrap_or_default()
}

/// The people whom a title names by their organisation: "Northern League Ministers of Labour".
fn people_of(table: &mut Table, name: &str, holder: EntityId) -> EntityId {
    let id = table.intern(&format!("role/{}", slug(name)), Class::Of(Kind::PersonRole));
    table.set_label(id, name);
    table.set_owner(id, holder);
    id
}

/// The speaker by name, where nothing says for whom they speak.
fn person(context: &Context, table: &mut Table) -> Option<EntityId> {
    let name = &context.doc.metadata.speaker.as_ref()?.value;
    let id = table.intern(&format!("role/{}", slug(name)), Class::Person);
    table.set_label(id, name);
    Some(id)
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
    let mut inside = context.mentions.overlapping(span).filter(|&i| {
        let mention = &context.mentions[i];
        mention.kind == kind && mention.class != MentionClass::Pronoun
    });
    inside.find_map(|i| table.of(i))
}
