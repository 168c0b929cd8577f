//! Who speaks, for whom, at which meeting: what "I", "we", "my delegation" and "this session" point to. A document with
//! one voice has one [`Speaker`]; where speakers take turns, each turn has its own.

use crate::model::text::{one_line, slug};
use crate::model::{Class, EntityId, Field, Intervention, Kind, MentionClass, Reading, Span, ZoneKind};
use crate::seeds::WordClass;

use super::holder::{self, Told};
use super::issuer::Issuer;
use super::table::Table;
use super::{Context, nation, reported};

/// The speakers of a document.
pub(super) struct Speakers {
    /// Who speaks outside of all turns.
    pub whole: Speaker,
    /// The speaker of each turn, in text order.
    pub turns: Vec<Speaker>,
    /// Whose words sentences report, in text order.
    pub reported: Vec<Speaker>,
    /// What the user states of the document.
    pub stated: Vec<(EntityId, &'static str, EntityId)>,
}

/// The voice of a document or of one turn.
#[derive(Default)]
pub(super) struct Speaker {
    /// The words that are spoken.
    pub span: Span,
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
    /// How sure it is that the holder is the right one.
    pub sure: f32,
    /// The name that shows best whose words these are, where no heading tells the holder.
    pub shown_by: Option<Span>,
    /// Whether the presiding officer speaks.
    pub presides: bool,
    /// Whether others' words are reported.
    pub reported: bool,
    /// The entity that is the turn.
    pub node: Option<EntityId>,
}

impl Speakers {
    /// What can be said before names are resolved: the document itself, and holders that the catalogue knows.
    pub fn find(context: &Context, table: &mut Table) -> Self {
        let itself = Some(itself(context, table));
        let mut begin = |told: &Told<'_>| {
            let holder = holder::named(context, table, told);
            Speaker { span: told.span, itself, holder, sure: 1.0, presides: told.presides, ..Speaker::default() }
        };
        let whole = begin(&told_of_document(context));
        let turns = context.doc.interventions.iter().map(|turn| begin(&told_of_turn(turn))).collect();
        Self { whole, turns, reported: Vec::new(), stated: Vec::new() }
    }

    /// Who speaks at a byte.
    pub fn at(&self, byte: usize) -> &Speaker {
        let among = |turns: &'_ [Speaker]| {
            let after = turns.partition_point(|turn| turn.span.start <= byte);
            after.checked_sub(1).filter(|&at| byte < turns[at].span.end)
        };
        let turn = among(&self.turns).map(|at| &self.turns[at]);
        turn.or_else(|| among(&self.reported).map(|at| &self.reported[at])).unwrap_or(&self.whole)
    }

    /// What needs names: the roles that speak, the meeting, the delegations.
    pub fn complete(self, context: &Context, table: &mut Table) -> Self {
        let issuer = Issuer::find(context, table);
        let issuer = issuer.as_ref();
        let whole = self.whole.complete(context, table, &told_of_document(context), issuer);
        let turns = self.turns.into_iter().zip(&context.doc.interventions);
        let turns =
            turns.map(|(speaker, turn)| speaker.complete(context, table, &told_of_turn(turn), issuer)).collect();
        let stated = stated(context, table, &whole);
        let mut turns: Vec<Speaker> = turns;
        for (i, turn) in turns.iter_mut().enumerate() {
            turn.node = Some(intervention(context, table, i + 1, turn));
        }
        if let Some(itself) = whole.itself {
            let label = composed_title(context, table, &whole);
            table.set_label(itself, &label);
        }
        Self { whole, turns, reported: self.reported, stated }
    }
}

/// What a document without a title is called: "Statement by Elbonia at the fifth session of the Tide Council".
fn composed_title(context: &Context, table: &Table, speaker: &Speaker) -> String {
    let meta = &context.doc.metadata;
    let genre = meta.genre.as_ref().map_or("", |genre| genre.value.as_str());
    let holder = speaker.holder.map(|holder| name_of(context, table, holder)).filter(|name| !name.is_empty());
    let Some(holder) = holder.filter(|_| genre.contains("statement")) else {
        return context.doc.file_name().unwrap_or("text").to_owned();
    };
    let mut title = format!("Statement by {holder}");
    if let Some(meeting) = Speaker::with_meeting(context, table) {
        let name = name_of(context, table, meeting);
        let start = meta.meeting.as_ref().and_then(|field| field.span).map_or(0, |span| span.start);
        let before = context.doc.text[..start].trim_end();
        let joined = before.ends_with("at its") || before.ends_with("at the");
        let body = table.entity(meeting).owner.filter(|_| joined).map(|body| name_of(context, table, body));
        title.push_str(&format!(" at the {name}"));
        if let Some(body) = body.filter(|body| !name.contains(body.as_str())) {
            title.push_str(&format!(" of the {body}"));
        }
    }
    title
}

fn told_of_document<'a>(context: &Context<'a>) -> Told<'a> {
    let meta = &context.doc.metadata;
    let genre = meta.genre.as_ref().map_or("", |genre| genre.value.as_str());
    let is_joint = genre.contains("joint");
    let body = context.doc.zones.iter().filter(|zone| zone.kind == ZoneKind::Body);
    let span = body.map(|zone| zone.span).reduce(Span::cover).unwrap_or(Span::new(0, context.doc.text.len()));
    Told {
        span,
        speaker: meta.speaker.as_ref(),
        represents: meta.represents.as_ref(),
        organ: meta.organ.as_ref(),
        joint_title: meta.title.as_ref().and_then(|title| title.span).filter(|_| is_joint),
        speaks: context.doc.interventions.is_empty()
            && !WordClass::SpeechlessGenre.words().iter().any(|other| genre.contains(other.as_str())),
        presides: false,
        stated: meta.stated_by.is_some(),
    }
}

fn told_of_turn(turn: &Intervention) -> Told<'_> {
    Told {
        span: turn.span,
        speaker: turn.speaker.as_ref(),
        represents: turn.represents.as_ref(),
        organ: None,
        joint_title: None,
        speaks: !turn.presides,
        presides: turn.presides,
        stated: false,
    }
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
    if let Some(title) = &meta.title {
        table.set_label(id, &title.value);
    }
    id
}

impl Speaker {
    /// The State for which it speaks, if it speaks for one.
    pub(super) fn state(&self, table: &Table) -> Option<EntityId> {
        self.holder.filter(|&holder| table.kind(holder) == Kind::State)
    }

    /// What needs names: the role that speaks, the meeting, the delegation.
    fn complete(mut self, context: &Context, table: &mut Table, told: &Told<'_>, issuer: Option<&Issuer>) -> Speaker {
        let issuing = self.issuing(context, table).filter(|_| told.represents.is_none() && told.organ.is_none());
        self.holder = issuing.or(self.holder).or_else(|| holder::named(context, table, told));
        let joint = told.joint_title.is_some();
        if let (Some(issuer), Some(holder), true) = (issuer, self.holder, joint) {
            // "Joint Statement following the meeting of President A and President B of X": the issuer's too.
            let one = table.kind(holder) == Kind::State && table.entity(holder).class != Class::StateGroup;
            if one && holder != issuer.state {
                let mut both = [holder, issuer.state];
                both.sort_by_key(|&id| table.slug(id));
                self.holder = Some(holder::group(table, &both));
            }
        }
        self.holder = self.holder.filter(|&holder| table.kind(holder).is_agent());
        if self.holder.is_none() && !told.presides {
            (self.holder, self.sure) = (official(context, table, told, issuer), 0.85);
        }
        // What a government puts on its part of the web without a speaker is its own word.
        let issued = issuer.filter(|_| told.speaks && told.speaker.is_none() && !joint).map(|issuer| issuer.state);
        if self.holder.is_none() && !told.presides {
            (self.holder, self.sure) = (issued, 0.85);
        }
        // A government's page speaks for no other State, and a paper of the United Nations tells at its head whose it is.
        let told_elsewhere = issuer.is_some() || is_paper(context, table) && context.doc.interventions.is_empty();
        let spoken = || nation::spoken_for(context, table, told.span).filter(|_| told.speaks && !told_elsewhere);
        if self.holder.is_none()
            && let Some(found) = spoken()
        {
            (self.holder, self.sure, self.shown_by) = (Some(found.state), found.sure, Some(found.shown_by));
        }
        self.role = field_mention(context, table, told.speaker, Kind::PersonRole).or_else(|| {
            (self.holder.is_none() || is_stated(told.speaker)).then(|| person(context, table, told)).flatten()
        });
        self.role = self.role.filter(|&role| Some(role) != self.holder);
        self.holder = self.holder.or(self.role);
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

/// Whether the text is a document with the printed head of the United Nations.
fn is_paper(context: &Context, table: &Table) -> bool {
    let meta = &context.doc.metadata;
    meta.symbol.is_some() || field_mention(context, table, meta.publisher.as_ref(), Kind::UNBody).is_some()
}

/// Whether a value stands in no place of the text: the user gave it.
fn is_stated(field: Option<&Field<String>>) -> bool {
    field.is_some_and(|field| field.span.is_none())
}

/// What the user states of the document, as edges: who delivers it, for whom, at which meeting.
fn stated(context: &Context, table: &mut Table, speaker: &Speaker) -> Vec<(EntityId, &'static str, EntityId)> {
    let meta = &context.doc.metadata;
    let Some(itself) = speaker.itself.filter(|_| meta.stated_by.is_some()) else { return Vec::new() };
    let mut edges = Vec::new();
    let (who, whom) = (is_stated(meta.speaker.as_ref()), is_stated(meta.represents.as_ref()));
    match (speaker.role, speaker.holder) {
        (Some(role), holder) if who => {
            edges.push((itself, "deliveredBy", role));
            edges.extend(holder.map(|holder| (role, "represents", holder)));
        }
        (_, Some(holder)) if who || whom => edges.push((itself, "deliveredBy", holder)),
        _ => {}
    }
    if let Some(meeting) = meta.meeting.as_ref().filter(|field| field.span.is_none()) {
        let id = table.intern(&format!("meeting/{}", slug(&meeting.value)), Class::Of(Kind::Meeting));
        table.set_label(id, &meeting.value);
        edges.push((itself, "deliveredAt", id));
    }
    edges
}

/// A node for each turn: whose words they are hangs on it.
fn intervention(context: &Context, table: &mut Table, order: usize, speaker: &Speaker) -> EntityId {
    let sha = context.doc.sha256.get(..16).unwrap_or(&context.doc.sha256);
    let id = table.intern(&format!("intervention/{sha}-{order}"), Class::Statement);
    let who = speaker.holder.or(speaker.role).map(|who| name_of(context, table, who)).filter(|name| !name.is_empty());
    let label = who.map_or_else(|| format!("Intervention {order}"), |who| format!("Intervention {order}: {who}"));
    table.set_label(id, &label);
    id
}

/// The State of an official whom the speaker's line or a turn's label names without it.
fn official(context: &Context, table: &Table, told: &Told<'_>, issuer: Option<&Issuer>) -> Option<EntityId> {
    let field = told.speaker.filter(|field| field.span.is_some())?;
    let own = issuer.is_some_and(|issuer| issuer.is_own(&field.value));
    let several = !own && [" and ", ", "].iter().any(|joint| field.value.contains(joint));
    let genre = context.doc.metadata.genre.as_ref().map_or("", |genre| genre.value.as_str());
    let spoken = told.speaks || genre == "readout";
    if !spoken
        || several
        || WordClass::InternationalOffice.words().iter().any(|office| field.value.to_lowercase().contains(office))
    {
        return None;
    }
    reported::party::of_label(context, table, issuer, &field.value)
}

/// The speaker by name, where nothing says for whom they speak. An office that presides is that of its document.
fn person(context: &Context, table: &mut Table, told: &Told<'_>) -> Option<EntityId> {
    let place = |span: Span| context.mentions.at(span).is_some_and(|i| context.mentions[i].kind == Kind::Place);
    // "Oslo Declaration": a town declares nothing.
    let name = &told.speaker.filter(|field| !field.span.is_some_and(place))?.value;
    let (key, class) = if told.presides {
        let sha = context.doc.sha256.get(..8).unwrap_or_default();
        (format!("role/{}-{sha}", slug(name)), Class::Of(Kind::PersonRole))
    } else {
        (format!("role/{}", slug(name)), Class::Person)
    };
    let id = table.intern(&key, class);
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
        // "the Group on business enterprises": those are not who speaks.
        let heads =
            kind != Kind::PersonRole || mention.class == MentionClass::Named || mention.span.start <= span.start + 4;
        mention.kind == kind && mention.class != MentionClass::Pronoun && heads
    });
    inside.find_map(|i| table.of(i))
}
