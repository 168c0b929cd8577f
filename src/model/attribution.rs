//! Whose words a claim is, and whether they are enough for a plain triple: what one says of oneself may stand without its
//! sayer, what one says of another may not.

use super::{Claim, EntityId, Extraction, Kind, Modality, Polarity, ZoneKind};

impl Extraction {
    /// Gives each claim that names no holder the one who speaks where it stands. What a document says of itself stays
    /// without: its title page has no speaker.
    pub fn attribute(&mut self) {
        let told = |extraction: &Self, claim: &Claim| {
            let is_plain = claim.said_by.is_none() && !extraction.is_of_document(claim);
            if is_plain { extraction.voice_at(claim.evidence.span.start).holder } else { claim.said_by }
        };
        let holders: Vec<_> = self.claims.iter().chain(&self.doubtful).map(|claim| told(self, claim)).collect();
        let claims = self.claims.iter_mut().chain(&mut self.doubtful);
        claims.zip(holders).for_each(|(claim, holder)| claim.said_by = holder);
    }

    /// Whether a claim tells of the document, of one of its turns or of its occasion what a title page tells: who delivers
    /// it, its date, whom it cites, where they met. What stands before or after its words is of that sort.
    pub fn is_of_document(&self, claim: &Claim) -> bool {
        let is_frame = claim.relation.describes_document() || claim.relation.describes_occasion();
        let about = |id| self.is_document(id) || self.is_voice(id, claim) || self.is_occasion(id);
        let start = claim.evidence.span.start;
        let beside = matches!(self.document.zone_at(start), ZoneKind::Front | ZoneKind::Footer);
        // Coverage tells itself for whom those speak whose words it reports.
        let told = beside || self.voice_at(start).reported;
        is_frame && (told || claim.subject.entity().is_some_and(about))
    }

    /// Whether a thing is the meeting at which the document, or one of its turns, says that it is delivered.
    fn is_occasion(&self, id: EntityId) -> bool {
        let names_it = |claim: &&Claim| claim.relation.describes_document() && claim.object.entity() == Some(id);
        self.entity(id).kind() == Kind::Meeting
            && self
                .claims
                .iter()
                .filter(names_it)
                .any(|claim| claim.subject.entity().is_some_and(|it| self.is_document(it)))
    }

    /// Whether a claim may stand as a plain triple, without its sayer: it is affirmed, said to be so and no mere valuation,
    /// and its subject itself says it, or the document is the authority for it.
    pub fn stands_alone(&self, claim: &Claim) -> bool {
        let is_so =
            claim.polarity == Polarity::Affirmed && !claim.modality.is_hypothetical() && !claim.relation.is_open();
        is_so && claim.modality != Modality::Opinion && self.is_own(claim)
    }

    fn is_own(&self, claim: &Claim) -> bool {
        let Some(subject) = claim.subject.entity() else { return false };
        self.is_document(subject)
            || self.is_of_document(claim)
            || claim.said_by.is_some_and(|holder| {
                // A State speaks for its Government, a body for its secretariat.
                holder == subject
                    || self.entity(subject).owner == Some(holder)
                    || self.is_voice(subject, claim) && self.is_voice(holder, claim)
            })
            || self.is_decided(subject, claim)
    }

    /// Whether a thing is the document or one of its turns.
    fn is_document(&self, id: EntityId) -> bool {
        self.itself == Some(id) || self.turns.iter().any(|turn| turn.node == Some(id))
    }

    /// Whether someone is one of those who speak where a claim stands: the holder, its delegation, its representative.
    fn is_voice(&self, id: EntityId, claim: &Claim) -> bool {
        let voice = self.voice_at(claim.evidence.span.start);
        voice.holder == Some(id) || voice.role == Some(id) || voice.speakers.contains(&id)
    }

    /// Whether a resolution says what its organ decides: of bodies, meetings, works and measures, which organs make. What it
    /// says of States, persons and other organisations is said of others.
    fn is_decided(&self, subject: EntityId, claim: &Claim) -> bool {
        let is_resolution = self.itself.is_some_and(|id| self.entity(id).kind() == Kind::Resolution);
        let made = [Kind::UNBody, Kind::ExpertGroup, Kind::Meeting, Kind::Resolution, Kind::Document, Kind::Measure];
        let organ = self.voice.holder.filter(|_| is_resolution);
        organ.is_some()
            && claim.said_by == organ
            && !claim.relation.is_position()
            && made.contains(&self.entity(subject).kind())
    }
}
