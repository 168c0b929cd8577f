//! Moves every span of what was found to where it stands in another writing of the same text.

use super::{
    Claim, CodePoints, Document, Extraction, Field, Intervention, Letters, Mention, Mentions, Metadata, Reading,
    Sentence, Span, Voice,
};

/// Where a span stands in the other text.
type Place<'a> = &'a dyn Fn(Span) -> Span;

impl Document {
    /// Puts the plain text in the place of the written one, which stays in `letters`.
    pub fn into_plain(&mut self) {
        if let Some(letters) = self.letters.take() {
            self.turn_over(letters, |letters, span| letters.plain(span));
        }
    }

    /// Puts the written text back.
    pub fn into_written(&mut self) {
        if let Some(letters) = self.letters.take() {
            self.turn_over(letters, |letters, span| letters.written(span));
        }
    }

    fn turn_over(&mut self, mut letters: Box<Letters>, place: fn(&Letters, Span) -> Span) {
        self.respan(&|span| place(&letters, span));
        std::mem::swap(&mut letters.other, &mut self.text);
        let end = self.text.len();
        // Zones leave no gaps: each ends where the next begins.
        for i in 0..self.zones.len() {
            let next = self.zones.get(i + 1).map_or(end, |next| next.span.start);
            self.zones[i].span.end = next;
        }
        if let Some(first) = self.zones.first_mut() {
            first.span.start = 0;
        }
        self.points = CodePoints::new(&self.text);
        self.letters = Some(letters);
    }

    fn respan(&mut self, place: Place<'_>) {
        self.zones.iter_mut().for_each(|zone| zone.span = place(zone.span));
        self.blocks.iter_mut().for_each(|block| block.span = place(block.span));
        self.gaps.iter_mut().for_each(|gap| *gap = place(*gap));
        self.gaps.retain(|gap| !gap.is_empty());
        self.pinpoints.iter_mut().for_each(|pinpoint| pinpoint.span = place(pinpoint.span));
        self.metadata.respan(place);
        self.interventions.iter_mut().for_each(|turn| turn.respan(place));
        self.diagnostics.iter_mut().for_each(|remark| remark.span = remark.span.map(place));
    }
}

impl Metadata {
    fn respan(&mut self, place: Place<'_>) {
        let texts = [
            &mut self.title, &mut self.speaker, &mut self.represents, &mut self.meeting, &mut self.agenda_item,
            &mut self.item_title, &mut self.place, &mut self.publisher, &mut self.source, &mut self.symbol,
            &mut self.organ, &mut self.addressee, &mut self.genre, &mut self.language,
        ];
        texts.into_iter().for_each(|field| moved(field, place));
        moved(&mut self.session, place);
        moved(&mut self.date, place);
        moved(&mut self.published, place);
        for item in &mut self.items {
            item.number.span = item.number.span.map(place);
            moved(&mut item.title, place);
        }
        for signatory in &mut self.signatories {
            signatory.name.span = signatory.name.span.map(place);
            moved(&mut signatory.office, place);
            moved(&mut signatory.represents, place);
        }
    }
}

fn moved<T>(field: &mut Option<Field<T>>, place: Place<'_>) {
    if let Some(field) = field {
        field.span = field.span.map(place);
    }
}

impl Intervention {
    fn respan(&mut self, place: Place<'_>) {
        self.span = place(self.span);
        self.words = place(Span::new(self.words, self.words)).start;
        moved(&mut self.speaker, place);
        moved(&mut self.represents, place);
        moved(&mut self.language, place);
    }
}

impl Extraction {
    /// Leads everything that was found in plain letters back to the text as written.
    pub fn into_written(&mut self) {
        let Some(letters) = self.document.letters.clone() else { return };
        let place = |span: Span| letters.written(span);
        self.sentences.iter_mut().for_each(|sentence| sentence.respan(&place));
        let mut mentions = std::mem::take(&mut self.mentions).into_vec();
        mentions.iter_mut().for_each(|mention| mention.respan(&place));
        self.mentions = Mentions::new(mentions);
        self.voice.respan(&place);
        self.turns.iter_mut().chain(&mut self.reported).for_each(|turn| turn.respan(&place));
        let claims = self.claims.iter_mut().chain(&mut self.doubtful);
        claims.for_each(|claim| claim.respan(&place));
        self.document.into_written();
    }
}

impl Sentence {
    fn respan(&mut self, place: Place<'_>) {
        self.span = place(self.span);
        self.tokens.iter_mut().for_each(|token| token.span = place(token.span));
    }
}

impl Mention {
    fn respan(&mut self, place: Place<'_>) {
        self.span = place(self.span);
        match &mut self.reading {
            Reading::Provision { of, .. } | Reading::Session { body: of, .. } | Reading::Role { of } => {
                *of = of.map(place);
            }
            Reading::Acronym { of } => *of = place(*of),
            _ => {}
        }
    }
}

impl Voice {
    fn respan(&mut self, place: Place<'_>) {
        self.span = place(self.span);
        self.shown_by = self.shown_by.map(place);
    }
}

impl Claim {
    /// Moves the evidence.
    pub fn respan(&mut self, place: &dyn Fn(Span) -> Span) {
        self.evidence.span = place(self.evidence.span);
    }
}
