//! What a document says of itself in its title block: who spoke, for whom, where, when, on which item.

use super::Inputs;
use super::plain::{Found, Plain};
use crate::model::{Claim, Field, Kind, Span, Term};

/// Kinds that may speak, publish or be spoken for.
const AGENTS: &[Kind] = &[
    Kind::State,
    Kind::InternationalOrganization,
    Kind::UNBody,
    Kind::GovernmentBody,
    Kind::LawEnforcementAgency,
    Kind::ExpertGroup,
];

/// The claims that the metadata makes.
pub(super) fn claims(inputs: &Inputs<'_>) -> Vec<Claim> {
    let Some(itself) = inputs.itself else { return Vec::new() };
    let plain = Plain::new(inputs);
    let frame = Frame {
        plain,
        itself: Term::Entity(itself),
        title: inputs.document.metadata.title.as_ref().and_then(|title| title.span),
    };
    let mut claims = Vec::new();
    frame.voice(&mut claims);
    frame.place_and_time(&mut claims);
    frame.item(&mut claims);
    frame.publication(&mut claims);
    frame.adoption(&mut claims);
    claims
}

struct Frame<'a> {
    plain: Plain<'a>,
    itself: Term,
    title: Option<Span>,
}

impl Frame<'_> {
    /// Who delivers the document, and for whom.
    fn voice(&self, claims: &mut Vec<Claim>) {
        let metadata = &self.plain.inputs.document.metadata;
        let speaker = self.in_field(metadata.speaker.as_ref(), &[Kind::PersonRole]);
        let speaker = speaker.or_else(|| self.in_field(metadata.speaker.as_ref(), AGENTS));
        let holder = self.plain.inputs.holder;
        if let Some(speaker) = &speaker {
            claims.push(self.of_itself("deliveredBy", speaker, "frame.delivered-by"));
            let represented = self.in_field(metadata.represents.as_ref(), AGENTS).map(|found| found.id).or(holder);
            let represented =
                represented.filter(|&id| id != speaker.id && self.plain.kind(speaker.id) == Kind::PersonRole);
            claims.extend(represented.map(|id| {
                self.plain.claim(
                    Term::Entity(speaker.id),
                    "represents",
                    Term::Entity(id),
                    speaker.span,
                    "frame.represents",
                    0.95,
                )
            }));
        }
        self.on_behalf(speaker.map(|speaker| speaker.id), claims);
    }

    /// "on behalf of X": the one who speaks represents X, and each member of the list.
    fn on_behalf(&self, speaker: Option<crate::model::EntityId>, claims: &mut Vec<Claim>) {
        const CUE: &str = "on behalf of ";
        let voices = self.plain.inputs.voices.iter().copied();
        let person = speaker.or_else(|| voices.into_iter().find(|&id| self.plain.kind(id) == Kind::PersonRole));
        let Some(person) = person else { return };
        let text = &self.plain.inputs.document.text;
        let Some((start, _)) = text.match_indices(CUE).next() else { return };
        let mut at = start + CUE.len();
        for found in self.plain.all().filter(|found| found.span.start >= start) {
            if found.span.start > at + 12 || found.span.start < at && found.span.end <= at {
                continue;
            }
            if found.span.start >= at && AGENTS.contains(&self.plain.kind(found.id)) {
                let span = Span::new(start, found.span.end);
                let object = Term::Entity(found.id);
                claims.push(self.plain.claim(Term::Entity(person), "represents", object, span, "frame.on-behalf", 0.9));
                at = found.span.end;
            }
        }
    }

    fn place_and_time(&self, claims: &mut Vec<Claim>) {
        let metadata = &self.plain.inputs.document.metadata;
        let meeting = self.in_field(metadata.meeting.as_ref(), &[Kind::Meeting]);
        let place = self.in_field(metadata.place.as_ref(), &[Kind::Place, Kind::State]);
        let date = self.in_field(metadata.date.as_ref(), &[Kind::Date]);
        if let Some(meeting) = &meeting {
            claims.push(self.of_itself("deliveredAt", meeting, "frame.delivered-at"));
            claims.extend(place.map(|place| self.plain.between(meeting, "heldIn", &place, "frame.held-in")));
        }
        let interval = metadata.date.as_ref().is_some_and(|date| date.value.is_interval());
        match (meeting, date) {
            (Some(meeting), Some(date)) if interval => {
                claims.push(self.plain.between(&meeting, "heldOn", &date, "frame.held-on"))
            }
            (_, Some(date)) => claims.push(self.of_itself("dated", &date, "frame.dated")),
            _ => {}
        }
    }

    fn item(&self, claims: &mut Vec<Claim>) {
        let metadata = &self.plain.inputs.document.metadata;
        if let Some(item) = self.in_field(metadata.agenda_item.as_ref(), &[Kind::Document]) {
            claims.push(self.of_itself("concernsItem", &item, "frame.item"));
        }
    }

    fn publication(&self, claims: &mut Vec<Claim>) {
        let metadata = &self.plain.inputs.document.metadata;
        if let Some(publisher) = self.in_field(metadata.publisher.as_ref(), AGENTS) {
            claims.push(self.of_itself("publishedBy", &publisher, "frame.publisher"));
        }
        if let Some(date) = self.in_field(metadata.published.as_ref(), &[Kind::Date]) {
            claims.push(self.of_itself("dated", &date, "frame.published"));
        }
    }

    /// A resolution is adopted by its organ; what its title names is its purpose.
    fn adoption(&self, claims: &mut Vec<Claim>) {
        let metadata = &self.plain.inputs.document.metadata;
        if metadata.organ.is_none() || !self.plain.is_resolution() {
            return;
        }
        if let Some(organ) = self.in_field(metadata.organ.as_ref(), AGENTS) {
            let (organ, itself) = (Term::Entity(organ.id), self.itself.clone());
            let span = metadata.organ.as_ref().and_then(|organ| organ.span);
            claims.extend(span.map(|span| self.plain.claim(organ, "adopted", itself, span, "frame.adopted", 0.95)));
        }
        let Some(title) = self.title else { return };
        for topic in self.plain.outermost_in(title, &[Kind::Topic, Kind::Measure]) {
            let mut claim = self.of_itself("hasPurpose", &topic, "frame.title");
            claim.modality = crate::model::Modality::Purpose;
            claims.push(claim);
        }
    }

    fn of_itself(&self, relation: &str, object: &Found, rule: &str) -> Claim {
        let span = match self.title {
            Some(title) if title.contains(object.span) => Span::new(title.start, object.span.end),
            _ => object.span,
        };
        self.plain.claim(self.itself.clone(), relation, Term::Entity(object.id), span, rule, 0.95)
    }

    fn in_field<T>(&self, field: Option<&Field<T>>, kinds: &[Kind]) -> Option<Found> {
        self.plain.largest_in(field?.span?, kinds)
    }
}
