//! What a document says of itself in its title block: who spoke, for whom, where, when, on which item.

use super::Inputs;
use super::derivation::{Argument, Derivation, Way};
use super::plain::{Found, Plain};
use crate::model::{EntityId, Field, Kind, MentionClass, Reading, Span, Term, ZoneKind};
use crate::seeds::WordClass;

/// Kinds that may speak, publish or be spoken for.
const AGENTS: &[Kind] = &[
    Kind::State,
    Kind::InternationalOrganization,
    Kind::UNBody,
    Kind::GovernmentBody,
    Kind::LawEnforcementAgency,
    Kind::ExpertGroup,
];

/// How far into the body, in bytes, the lead of coverage reaches.
const LEAD: usize = 700;

/// How far into a speech, in bytes, it may name the session at which it is held.
const OPENING: usize = 3000;

/// How many bytes the printed head of a document has below the name of the first organ.
const HEAD: usize = 400;

/// What the metadata says; each of the matchers here is named by the rules in `seeds/rules/frame.toml`.
pub(super) fn derive<'r>(inputs: &Inputs<'r>) -> Vec<Derivation<'r>> {
    let Some(itself) = inputs.itself else { return Vec::new() };
    let title = inputs.document.metadata.title.as_ref().and_then(|title| title.span);
    let frame = Frame { plain: Plain::new(inputs), itself: Term::Entity(itself), title };
    let speaker = frame.speaker();
    let parts = [
        frame.voice(speaker.as_ref()),
        frame.on_behalf(speaker.map(|speaker| speaker.id)),
        frame.signed(),
        frame.addressed(),
        frame.place_and_time(),
        frame.item(),
        frame.publication(),
        frame.adoption(),
    ];
    parts.concat()
}

struct Frame<'a> {
    plain: Plain<'a>,
    itself: Term,
    title: Option<Span>,
}

impl<'a> Frame<'a> {
    fn speaker(&self) -> Option<Found> {
        let speaker = self.plain.inputs.document.metadata.speaker.as_ref();
        // "Intervention of X, Third Committee": the first that is named, not the longest.
        let start = speaker.and_then(|field| field.span).map_or(0, |span| span.start);
        let agents = || self.all_in(speaker, AGENTS).into_iter().find(|found| found.span.start <= start + 4);
        self.in_field(speaker, &[Kind::PersonRole]).or_else(agents)
    }

    fn all_in<T>(&self, field: Option<&Field<T>>, kinds: &[Kind]) -> Vec<Found> {
        let span = field.and_then(|field| field.span);
        span.map(|span| self.plain.outermost_in(span, kinds)).unwrap_or_default()
    }

    /// Several that a title names as those who speak: "Joint Statement by A, B and C".
    fn several(&self) -> Vec<Found> {
        let speaker = self.plain.inputs.document.metadata.speaker.as_ref();
        let people = self.all_in(speaker, &[Kind::PersonRole]);
        let named = if people.is_empty() {
            self.all_in(speaker, &[Kind::State, Kind::InternationalOrganization])
        } else {
            people
        };
        let joined = named.windows(2).all(|pair| {
            let gap = self.plain.text(Span::new(pair[0].span.end, pair[1].span.start));
            let state =
                self.plain.all().any(|it| it.span.start >= pair[0].span.end && it.span.end <= pair[1].span.start);
            gap.split_whitespace().all(|word| matches!(word.trim_matches([',', '\\', '_']), "" | "and" | "the"))
                || state
        });
        if named.len() > 1 && joined { named } else { Vec::new() }
    }

    /// Who delivers the document, and for whom.
    fn voice(&self, speaker: Option<&Found>) -> Vec<Derivation<'a>> {
        let Some(speaker) = speaker else { return self.spoken_for() };
        let several = self.several();
        if !several.is_empty() {
            return several.iter().flat_map(|one| self.of_itself("frame.delivered-by", one)).collect();
        }
        let mut found = self.of_itself("frame.delivered-by", speaker);
        if self.plain.kind(speaker.id) != Kind::PersonRole {
            return found;
        }
        let represents = self.plain.inputs.document.metadata.represents.as_ref().and_then(|field| field.span);
        let named = represents.map(|span| self.plain.outermost_in(span, AGENTS)).unwrap_or_default();
        let mut whom: Vec<EntityId> = named.iter().map(|found| found.id).collect();
        if whom.is_empty() {
            whom.extend(self.plain.inputs.holder);
        }
        for id in whom.into_iter().filter(|&id| id != speaker.id) {
            let object = Argument::plain(Term::Entity(id), None, Way::Frame);
            found.extend(self.plain.derive("frame.represents", speaker.end(Way::Frame), object, speaker.span));
        }
        found
    }

    /// No title names who speaks: the State that the words themselves show to be the speaker's delivers them.
    fn spoken_for(&self) -> Vec<Derivation<'a>> {
        let inputs = self.plain.inputs;
        let (Some(holder), Some(span)) = (inputs.holder, inputs.shown_by) else { return Vec::new() };
        let subject = Argument::plain(self.itself.clone(), None, Way::Document);
        let object = Argument::plain(Term::Entity(holder), Some(span), Way::Frame);
        self.plain.derive("frame.spoken-for", subject, object, span)
    }

    /// "on behalf of X" where the document says for whom it speaks: the one who speaks represents X, and each member of
    /// the list.
    fn on_behalf(&self, speaker: Option<EntityId>) -> Vec<Derivation<'a>> {
        let mut found = Vec::new();
        let represents = self.plain.inputs.document.metadata.represents.as_ref().and_then(|field| field.span);
        let mut voices = self.plain.inputs.voices.iter().copied();
        let person = speaker.or_else(|| voices.find(|&id| self.plain.kind(id) == Kind::PersonRole));
        let (Some(person), Some(first)) = (person, represents) else { return found };
        let before = self.plain.inputs.document.text[..first.start].trim_end();
        let before = before.strip_suffix("the").map_or(before, str::trim_end);
        let cue = ["on behalf of", "speaking for"].into_iter().find(|cue| {
            let at = before.len().checked_sub(cue.len()).and_then(|at| before.get(at..));
            at.is_some_and(|end| end.eq_ignore_ascii_case(cue))
        });
        let Some(start) = cue.map(|cue| before.len() - cue.len()) else { return found };
        let mut at = first.start;
        for next in self.plain.all().filter(|next| next.span.start >= start) {
            if next.span.start > at + 12 {
                break;
            }
            if next.span.start >= at && AGENTS.contains(&self.plain.kind(next.id)) && next.id != person {
                let subject = Argument::plain(Term::Entity(person), None, Way::Frame);
                let span = Span::new(start, next.span.end);
                found.extend(self.plain.derive("frame.on-behalf", subject, next.end(Way::Frame), span));
                at = next.span.end;
            }
        }
        found
    }

    /// Who signed delivers the document too, for those whom the office below the name speaks for.
    fn signed(&self) -> Vec<Derivation<'a>> {
        let mut found = Vec::new();
        for signatory in &self.plain.inputs.document.metadata.signatories {
            let Some(person) = self.in_field(Some(&signatory.name), &[Kind::PersonRole]) else { continue };
            found.extend(self.of_itself("frame.signed", &person));
            let whom = signatory.represents.as_ref().and_then(|field| field.span);
            for party in whom.map(|span| self.plain.outermost_in(span, AGENTS)).unwrap_or_default() {
                found.extend(self.plain.between("frame.signed-for", &person, &party));
            }
        }
        found
    }

    /// To whom a letter goes.
    fn addressed(&self) -> Vec<Derivation<'a>> {
        let addressee = self.plain.inputs.document.metadata.addressee.as_ref().and_then(|field| field.span);
        let Some(span) = addressee else { return Vec::new() };
        let people = self.plain.outermost_in(span, &[Kind::PersonRole]);
        let all = if people.is_empty() { self.plain.outermost_in(span, AGENTS) } else { people };
        all.iter().flat_map(|addressee| self.of_itself("frame.addressed-to", addressee)).collect()
    }

    /// Whether the document tells of a meeting rather than being said there.
    fn records(&self) -> bool {
        let genre = self.plain.inputs.document.metadata.genre.as_ref().map_or("", |genre| genre.value.as_str());
        ["coverage", "record", "transcript", "readout"].iter().any(|kind| genre.contains(kind))
    }

    fn place_and_time(&self) -> Vec<Derivation<'a>> {
        let metadata = &self.plain.inputs.document.metadata;
        let meeting = self.meeting();
        let place = self.in_field(metadata.place.as_ref(), &[Kind::Place, Kind::State]);
        let date = self.in_field(metadata.date.as_ref(), &[Kind::Date]);
        let mut found = Vec::new();
        if self.plain.is_resolution() {
            let sat = meeting.iter().filter(|meeting| self.is_sitting(meeting)).zip(&date);
            found.extend(sat.flat_map(|(meeting, date)| self.plain.between("frame.met-on", meeting, date)));
            found.extend(meeting.iter().flat_map(|meeting| self.session(meeting)));
            found.extend(self.session_days());
            found.extend(date.iter().flat_map(|date| self.of_itself("frame.dated", date)));
            return found;
        }
        if meeting.is_none() && !self.records() {
            found.extend(self.this_session());
        }
        if let Some(meeting) = meeting.as_ref().filter(|_| self.is_sent()) {
            // Organ and session say where a letter or report goes, not where it is read out.
            found.extend(self.session(meeting));
        } else if let Some(meeting) = &meeting {
            let matcher = if self.records() { "frame.records" } else { "frame.delivered-at" };
            found.extend(self.of_itself(matcher, meeting));
            found.extend(place.into_iter().flat_map(|place| self.plain.between("frame.held-in", meeting, &place)));
        }
        let interval = metadata.date.as_ref().is_some_and(|date| date.value.is_interval());
        match (meeting, date) {
            (Some(meeting), Some(date)) if interval => {
                found.extend(self.plain.between("frame.held-on", &meeting, &date));
            }
            (meeting, Some(date)) => {
                found.extend(self.of_itself("frame.dated", &date));
                let spoken = self.is_coverage() || self.genre() == "statement";
                let met = meeting.filter(|meeting| spoken && self.is_sitting(meeting));
                found.extend(met.iter().flat_map(|meeting| self.plain.between("frame.met-on", meeting, &date)));
            }
            _ => {}
        }
        if self.is_coverage() {
            found.extend(self.meeting().iter().flat_map(|meeting| self.session(meeting)));
        }
        if self.genre() == "readout" {
            found.extend(self.took_part());
        }
        found
    }

    /// "this session of the Assembly", "your election to the presidency of the Assembly at its fifth session" at the start
    /// of a statement: it is delivered there.
    fn this_session(&self) -> Vec<Derivation<'a>> {
        let inputs = self.plain.inputs;
        let speaks =
            inputs.holder.is_some_and(|holder| self.plain.kind(holder) == Kind::State) && inputs.turns.is_empty();
        let body = inputs.document.zones.iter().find(|zone| zone.kind == ZoneKind::Body).map(|zone| zone.span);
        let Some(body) = body.filter(|_| speaks) else { return Vec::new() };
        let early = |found: &Found| found.span.start >= body.start && found.span.start < body.start + OPENING;
        let mut meetings = self.plain.all().filter(|found| self.plain.kind(found.id) == Kind::Meeting);
        let Some(meeting) = meetings.find(|found| early(found) && self.is_this(found)) else { return Vec::new() };
        let span = meeting.span;
        let bodies = [Kind::UNBody, Kind::ExpertGroup];
        let named = self.plain.inside(span).find(|inner| bodies.contains(&self.plain.kind(inner.id)));
        let before = || {
            let text = inputs.document.text[..span.start].trim_end();
            let text = ["at this", "at its", "at the", "of this"].iter().find_map(|link| text.strip_suffix(link))?;
            self.plain.ending(text.trim_end().len()).find(|body| bodies.contains(&self.plain.kind(body.id)))
        };
        let owned = inputs.entities[meeting.id.index()].owner.is_some();
        let named = named.or_else(before);
        // "this session" of nobody, without a number, tells no session.
        let counted = inputs.mentions[meeting.mention].reading != Reading::Phrase;
        if !owned && !counted && named.is_none() && !inputs.document.text[span.end..].trim_start().starts_with("of ") {
            return Vec::new();
        }
        let mut found = self.plain.derive("frame.here", self.document(), meeting.end(Way::Frame), span);
        let named = named.filter(|_| !owned);
        found.extend(named.iter().flat_map(|body| self.plain.between("frame.meets", &meeting, body)));
        found
    }

    /// Whether words point to the session in which they are spoken.
    fn is_this(&self, found: &Found) -> bool {
        let text = &self.plain.inputs.document.text;
        let lower = self.plain.text(found.span).to_lowercase();
        if !lower.contains("session") {
            return false;
        }
        let before = text[..found.span.start].trim_end();
        let last = before.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
        let from = before.rfind(['.', '!', '?', ';']).map_or(0, |stop| stop + 1);
        let lead = before[from..].to_lowercase();
        let has = |class: WordClass| lead.split(|c: char| !c.is_alphabetic()).any(|word| class.has(word));
        if has(WordClass::OtherSession) || WordClass::OtherSession.has(lower.split(' ').next().unwrap_or_default()) {
            return false;
        }
        let points = matches!(last.as_str(), "this" | "present" | "current")
            || lower.starts_with("present ")
            || lower.starts_with("current ");
        let elected = has(WordClass::ElectionWord) && has(WordClass::Addressed);
        // "It is an honour to address the fifth session of X".
        let own = ["address the", "address this", "speak at the"].iter().any(|cue| lead.ends_with(cue));
        points || own || elected && lower.trim() != "session"
    }

    /// The days right below the name of a resolution's session: "Fifth session ⏎ 5 May-7 June 2020".
    fn session_days(&self) -> Vec<Derivation<'a>> {
        let text = &self.plain.inputs.document.text;
        let front = |found: &Found| self.plain.inputs.document.zone_at(found.span.start) == ZoneKind::Front;
        let all: Vec<Found> = self.plain.all().take_while(front).collect();
        let is_session = |found: &Found| {
            self.plain.kind(found.id) == Kind::Meeting
                && self.plain.text(found.span).to_lowercase().ends_with("session")
        };
        let days = |session: &Found| {
            let rest = &text[session.span.end..];
            let start = text.len() - rest.trim_start().len();
            let below = rest[..start - session.span.end].contains('\n');
            all.iter().find(|day| below && day.span.start == start && self.plain.kind(day.id) == Kind::Date).copied()
        };
        let found = all.iter().filter(|found| is_session(found)).find_map(|session| Some((*session, days(session)?)));
        found.map(|(session, days)| self.plain.between("frame.met-on", &session, &days)).unwrap_or_default()
    }

    /// A meeting of a day, not a session of weeks.
    fn is_sitting(&self, meeting: &Found) -> bool {
        self.plain.text(meeting.span).to_lowercase().contains("meeting")
    }

    /// A letter or a report: nobody delivers it at a meeting.
    fn is_sent(&self) -> bool {
        matches!(self.genre(), "letter" | "report")
    }

    fn genre(&self) -> &str {
        self.plain.inputs.document.metadata.genre.as_ref().map_or("", |genre| genre.value.as_str())
    }

    fn is_coverage(&self) -> bool {
        self.genre().contains("coverage")
    }

    /// The meeting of the title block; of "Seventy-third session, 5th meeting" the meeting.
    fn meeting(&self) -> Option<Found> {
        let field = self.plain.inputs.document.metadata.meeting.as_ref();
        let largest = self.in_field(field, &[Kind::Meeting])?;
        let all = field.and_then(|field| field.span).map(|span| self.plain.outermost_in(span, &[Kind::Meeting]));
        let sitting =
            all.into_iter().flatten().find(|found| self.plain.text(found.span).to_lowercase().contains("meeting"));
        Some(sitting.unwrap_or(largest))
    }

    /// Whose meeting it is, where its own name does not tell: the organ of a resolution, in coverage the first body that
    /// headline and lead name.
    fn session(&self, meeting: &Found) -> Vec<Derivation<'a>> {
        let inputs = self.plain.inputs;
        let bodies = [Kind::UNBody, Kind::ExpertGroup];
        let owned = inputs.entities[meeting.id.index()].owner.is_some();
        if owned || self.plain.inside(meeting.span).any(|inner| bodies.contains(&self.plain.kind(inner.id))) {
            return Vec::new();
        }
        let metadata = &inputs.document.metadata;
        let sent = metadata.publisher.as_ref().filter(|_| self.is_sent());
        let organ = self.in_field(metadata.organ.as_ref().or(sent), AGENTS);
        let lead = || {
            let zones = inputs.document.zones.iter().filter(|zone| zone.kind == ZoneKind::Body);
            let start = zones.map(|zone| zone.span.start).min().unwrap_or_default();
            let named = |found: &Found| inputs.mentions[found.mention].class == MentionClass::Named;
            let mut bodies =
                self.plain.all().filter(|found| bodies.contains(&self.plain.kind(found.id)) && named(found));
            bodies.find(|found| found.span.start < start + LEAD && self.is_called_body(found))
        };
        let body = organ.or_else(|| if self.is_coverage() { lead() } else { None });
        body.map(|body| self.plain.between("frame.meets", meeting, &body)).unwrap_or_default()
    }

    /// Not the Assembly, of which all coverage speaks, where a committee of it meets.
    fn is_called_body(&self, found: &Found) -> bool {
        let text = self.plain.text(found.span).to_lowercase();
        ["committee", "council", "commission"].iter().any(|head| text.contains(head))
    }

    /// Who takes part in the conversation that a readout's title names: the people before it and those behind "with".
    fn took_part(&self) -> Vec<Derivation<'a>> {
        let (Some(title), Some(meeting)) = (self.title, self.meeting()) else { return Vec::new() };
        let people = self.plain.outermost_in(title, &[Kind::PersonRole]);
        let speaker = self.plain.inputs.document.metadata.speaker.as_ref().and_then(|speaker| speaker.span);
        let told = people.into_iter().filter(|person| speaker.is_none_or(|speaker| !speaker.overlaps(person.span)));
        told.flat_map(|person| self.plain.between("frame.took-part", &person, &meeting)).collect()
    }

    fn item(&self) -> Vec<Derivation<'a>> {
        let items = &self.plain.inputs.document.metadata.items;
        if !items.is_empty() {
            let named = items.iter().filter_map(|item| self.in_field(Some(&item.number), &[Kind::Document]));
            return named.flat_map(|item| self.of_itself("frame.item", &item)).collect();
        }
        let item = self.in_field(self.plain.inputs.document.metadata.agenda_item.as_ref(), &[Kind::Document]);
        item.map(|item| self.of_itself("frame.item", &item)).unwrap_or_default()
    }

    fn publication(&self) -> Vec<Derivation<'a>> {
        let metadata = &self.plain.inputs.document.metadata;
        // "Mission of X to the United Nations": they publish nothing.
        let at = |found: &Found| {
            let before = self.plain.inputs.document.text[..found.span.start].trim_end();
            before.ends_with("to the") || before.ends_with("TO THE")
        };
        let publisher = self.in_field(metadata.publisher.as_ref(), AGENTS).filter(|found| !at(found));
        let published = self.in_field(metadata.published.as_ref(), &[Kind::Date]);
        let mut found = Vec::new();
        found.extend(publisher.into_iter().flat_map(|publisher| self.of_itself("frame.publisher", &publisher)));
        found.extend(published.into_iter().flat_map(|date| self.of_itself("frame.published", &date)));
        if let Some(first) = metadata.publisher.as_ref().and_then(|publisher| publisher.span) {
            found.extend(self.second_organ(first).iter().flat_map(|organ| self.of_itself("frame.publisher", organ)));
        }
        found
    }

    /// A letter that two organs circulate bears both in its head, one below the other.
    fn second_organ(&self, first: Span) -> Option<Found> {
        let text = &self.plain.inputs.document.text;
        let organ = |found: &Found| {
            self.plain.kind(found.id) == Kind::UNBody && self.plain.text(found.span).ends_with("Council")
        };
        let near = self.plain.all().skip_while(|found| found.span.start < first.end);
        let mut near = near.take_while(|found| found.span.start < first.end + HEAD);
        near.find(|found| {
            let line = text[..found.span.start].rfind('\n').map_or(0, |at| at + 1);
            let rest = &text[found.span.end..];
            let alone = rest.starts_with("  ") || rest.trim_start_matches(' ').starts_with('\n');
            organ(found) && alone && text[line..found.span.start].trim().is_empty()
        })
    }

    /// A resolution is adopted by its organ; what its title names is its purpose.
    fn adoption(&self) -> Vec<Derivation<'a>> {
        let metadata = &self.plain.inputs.document.metadata;
        let mut found = Vec::new();
        if metadata.organ.is_none() || !self.plain.is_resolution() {
            return found;
        }
        let span = metadata.organ.as_ref().and_then(|organ| organ.span);
        if let (Some(organ), Some(span)) = (self.in_field(metadata.organ.as_ref(), AGENTS), span) {
            found.extend(self.plain.derive("frame.adopted", organ.end(Way::Frame), self.document(), span));
        }
        let Some(title) = self.title else { return found };
        let topics = self.plain.outermost_in(title, &[Kind::Topic, Kind::Measure]);
        found.extend(topics.iter().flat_map(|topic| self.of_itself("frame.title", topic)));
        found
    }

    fn document(&self) -> Argument {
        Argument::plain(self.itself.clone(), None, Way::Document)
    }

    fn of_itself(&self, matcher: &str, object: &Found) -> Vec<Derivation<'a>> {
        let span = match self.title {
            Some(title) if title.contains(object.span) => Span::new(title.start, object.span.end),
            _ => object.span,
        };
        self.plain.derive(matcher, self.document(), object.end(Way::Frame), span)
    }

    fn in_field<T>(&self, field: Option<&Field<T>>, kinds: &[Kind]) -> Option<Found> {
        self.plain.largest_in(field?.span?, kinds)
    }
}
