//! What names and numbers say by their own build: "the Fifth session of X", "Article 5 of Y", "Group to Study Z",
//! "resolution R of 5 May 2005", "three conventions".

use super::Inputs;
use super::derivation::{Argument, Derivation, Way};
use super::plain::{Found, Plain};
use crate::model::text::one_line;
use crate::model::{Class, Kind, MentionClass, Reading, Span, Term, ZoneKind};
use crate::seeds::WordClass;

/// How many bytes before a name its appointment is looked for: a clause with a rank and a courtesy.
const APPOINTING: usize = 60;

const BODIES: &[Kind] = &[
    Kind::GovernmentBody,
    Kind::LawEnforcementAgency,
    Kind::InternationalOrganization,
    Kind::UNBody,
    Kind::ExpertGroup,
];

/// What mentions say by themselves; each of the matchers here is named by the rules in `seeds/rules/structure.toml`.
pub(super) fn derive<'r>(inputs: &Inputs<'r>) -> Vec<Derivation<'r>> {
    let structure = Structure { plain: Plain::new(inputs) };
    let all: Vec<Found> = structure.plain.all().collect();
    let mut out = Vec::new();
    for (i, found) in all.iter().enumerate() {
        structure.of_mention(found, &mut out);
        if structure.plain.kind(found.id) == Kind::Resolution {
            structure.of_resolution(&all, i, &mut out);
        }
    }
    out
}

struct Structure<'a> {
    plain: Plain<'a>,
}

impl<'a> Structure<'a> {
    fn of_mention(&self, found: &Found, out: &mut Vec<Derivation<'a>>) {
        let mention = &self.plain.inputs.mentions[found.mention];
        match mention.kind {
            Kind::Meeting => self.session(found, out),
            Kind::LegalProvision => self.provision(found, out),
            Kind::PersonRole => self.role(found, out),
            Kind::Quantity => self.count(found, out),
            Kind::Treaty => self.against(found, out),
            kind if BODIES.contains(&kind) => self.body(found, out),
            _ => {}
        }
        let texts = [Kind::Document, Kind::Treaty, Kind::Resolution];
        if mention.class == MentionClass::Named && texts.contains(&mention.kind) {
            self.cited(found, out);
            self.year_in_title(found, out);
            self.reported_by(found, out);
        }
    }

    /// "the Fifth session of the Group".
    fn session(&self, found: &Found, out: &mut Vec<Derivation<'a>>) {
        let named = match self.plain.inputs.mentions[found.mention].reading {
            // "the Conference of the Parties to the United Nations Convention" is not the United Nations.
            Reading::Session { body: Some(span), .. } => {
                self.plain.largest_in(span, BODIES).filter(|body| body.span.start == span.start)
            }
            Reading::Session { .. } => self.plain.inside(found.span).find(|inner| {
                let before = self.plain.text(Span::new(found.span.start, inner.span.start));
                let of = before.trim_end_matches(" the ").trim_end().ends_with(" of");
                of && BODIES.contains(&self.plain.kind(inner.id))
            }),
            _ => None,
        };
        // "the Group at its fifth session": the body stands right before.
        let before = self.plain.inputs.document.text[..found.span.start].trim_end();
        let joined = ["at its", "at the", "during its"].iter().any(|words| before.ends_with(words));
        let owner = self.plain.inputs.entities[found.id.index()].owner.filter(|_| named.is_none() && joined);
        match owner.filter(|&owner| BODIES.contains(&self.plain.kind(owner))) {
            Some(body) => {
                let body = Argument::plain(Term::Entity(body), None, Way::Name);
                out.extend(self.plain.derive("structure.session", found.end(Way::Name), body, found.span));
            }
            None => self.push("structure.session", found, named, out),
        }
    }

    /// "Article 5 of the Act".
    fn provision(&self, found: &Found, out: &mut Vec<Derivation<'a>>) {
        let wholes = [Kind::LegalProvision, Kind::Treaty, Kind::Document, Kind::Resolution];
        let whole = match self.plain.inputs.mentions[found.mention].reading {
            Reading::Provision { of: Some(span), .. } => self.plain.largest_in(span, &wholes),
            Reading::Provision { .. } => {
                self.plain.inside(found.span).find(|inner| wholes.contains(&self.plain.kind(inner.id)))
            }
            _ => None,
        };
        self.push("structure.provision", found, whole, out);
    }

    /// "Executive Director of the Office", "Representative of the State".
    fn role(&self, found: &Found, out: &mut Vec<Derivation<'a>>) {
        let Some((head, rest)) = self.split(found, " of ").or_else(|| self.split(found, " for ")) else {
            self.delegate(found, out);
            return self.of_state(found, out);
        };
        let Some(inner) = self.plain.inside(found.span).next() else { return };
        let kind = self.plain.kind(inner.id);
        if WordClass::Leader.has(&head) && BODIES.contains(&kind) {
            self.push("structure.head-of", found, Some(inner), out);
        }
        let last = head.rsplit(char::is_whitespace).next().unwrap_or_default();
        let last = last.rsplit('-').next().unwrap_or_default();
        if !WordClass::NamedDelegate.has(last) && last != "ambassador" {
            return;
        }
        let mut parties = self.plain.outermost_in(rest, &[&[Kind::State], BODIES].concat());
        // "to the United Nations" and "of the Secretary-General for Elbonia" say where, not for whom.
        parties.retain(|party| {
            let before = self.plain.text(Span::new(found.span.start, party.span.start)).trim_end();
            let before = before.strip_suffix(" the").unwrap_or(before);
            let sent = head.split(' ').any(|word| matches!(word, "special" | "personal" | "envoy"));
            !before.ends_with(" to") && !(before.ends_with(" for") && (sent || before.contains(" of ")))
        });
        let several = if last.ends_with('s') { parties.len() } else { 1 };
        for party in parties.into_iter().take(several) {
            self.push("structure.represents", found, Some(party), out);
        }
    }

    /// "ANA LIND (Kenya)", "Prime Minister Lind of Kenya": the State stands right behind the name.
    fn of_state(&self, found: &Found, out: &mut Vec<Derivation<'a>>) {
        let text = &self.plain.inputs.document.text;
        let mention = &self.plain.inputs.mentions[found.mention];
        let rest = &text[found.span.end..];
        let after = rest.trim_start();
        let bracket = after.strip_prefix('(');
        let of = after.strip_prefix("of ").map(|of| of.strip_prefix("the ").unwrap_or(of));
        let person = mention.class == MentionClass::Named && self.plain.text(found.span).contains(char::is_whitespace);
        // "to appoint Ana Lind (Kenya) as Force Commander" tells where she is from.
        let from = text.floor_char_boundary(found.span.start.saturating_sub(APPOINTING));
        if bracket.is_some() && text[from..found.span.start].contains("appoint") {
            return;
        }
        let Some(start) = bracket.or(of).filter(|_| person).map(|rest| text.len() - rest.len()) else { return };
        let mut starting = self.plain.inputs.mentions.starting(start);
        let state = starting.find(|&i| {
            let state = &self.plain.inputs.mentions[i];
            let closed = bracket.is_none() || text[state.span.end..].starts_with(')');
            state.kind == Kind::State && state.class == MentionClass::Named && closed
        });
        let state = state.and_then(|i| {
            let id = self.plain.inputs.referents[i]?;
            Some(Found { mention: i, id, span: self.plain.inputs.mentions[i].span })
        });
        self.push("structure.person-of", found, state, out);
    }

    /// "Kenya's delegate": the State stands before.
    fn delegate(&self, found: &Found, out: &mut Vec<Derivation<'a>>) {
        let text = self.plain.text(found.span).to_lowercase();
        let last = text.rsplit(' ').next().unwrap_or_default();
        if !WordClass::DelegateHead.has(last) {
            return;
        }
        let parties = [Kind::State, Kind::InternationalOrganization, Kind::UNBody];
        let inside = self.plain.inside(found.span).find(|inner| {
            let heads = inner.span.start == found.span.start && WordClass::NamedDelegate.has(last);
            heads
                && parties.contains(&self.plain.kind(inner.id))
                && self.plain.text(inner.span).starts_with(char::is_uppercase)
        });
        if inside.is_some() {
            return self.push("structure.represents", found, inside, out);
        }
        let nominal = self.plain.inputs.mentions[found.mention].class == MentionClass::Nominal;
        let owner = self.plain.inputs.entities[found.id.index()].owner;
        let state = owner.filter(|&owner| nominal && self.plain.kind(owner) == Kind::State);
        if let Some(state) = state {
            let state = Argument::plain(Term::Entity(state), None, Way::Name);
            out.extend(self.plain.derive("structure.represents", found.end(Way::Name), state, found.span));
        }
    }

    /// "Ministry of Works of the State", "Group to Conduct a Study".
    fn body(&self, found: &Found, out: &mut Vec<Derivation<'a>>) {
        if let Some((_, rest)) = self.split(found, " to ").or_else(|| self.split(found, " to\n")) {
            self.task(found, rest, out);
        }
        let text = self.plain.text(found.span).to_lowercase();
        if WordClass::BodyPart.opening(&text).is_some() {
            let whole = self.plain.inside(found.span).find(|inner| {
                let kind = self.plain.kind(inner.id);
                inner.span.end == found.span.end && (kind == Kind::State || BODIES.contains(&kind))
            });
            self.push("structure.part-in-name", found, whole, out);
        }
    }

    /// The task in the name of a group, behind its verb: a measure that starts there, else the words.
    fn task(&self, found: &Found, rest: Span, out: &mut Vec<Derivation<'a>>) {
        let text = self.plain.text(rest);
        let Some((_, object)) = text.split_once(char::is_whitespace) else { return };
        let article = ["a ", "an ", "the ", "A ", "The "].into_iter().find(|article| object.starts_with(article));
        let start = rest.end - object.len() + article.map_or(0, str::len);
        let named = self.plain.inside(found.span).find(|inner| inner.span.start == start);
        let words = one_line(self.plain.text(Span::new(start, rest.end)));
        let object = named.map_or(Term::Literal(words), |named| Term::Entity(named.id));
        let object = Argument::plain(object, Some(Span::new(start, rest.end)), Way::Name);
        out.extend(self.plain.derive("structure.task-in-name", found.end(Way::Name), object, found.span));
    }

    /// "31 provincial prosecutors": the prosecutors are 31.
    fn count(&self, found: &Found, out: &mut Vec<Derivation<'a>>) {
        let counted = self.plain.inside(found.span).find(|inner| inner.span.end == found.span.end);
        let is_count = |inner: &Found| {
            let mention = &self.plain.inputs.mentions[inner.mention];
            !(mention.kind == Kind::Quantity || mention.kind == Kind::State && mention.class == MentionClass::Named)
        };
        match counted {
            Some(counted) if is_count(&counted) => self.push("structure.count", &counted, Some(*found), out),
            Some(_) => {}
            None => self.counted_words(found, out),
        }
    }

    /// "1,200 village doctors": the words behind the number, where no mention stands for them and they are no unit.
    fn counted_words(&self, found: &Found, out: &mut Vec<Derivation<'a>>) {
        let text = self.plain.text(found.span);
        let number = |word: &str| {
            let word = word.to_lowercase();
            word.starts_with(|c: char| c.is_ascii_digit())
                || WordClass::NumberWord.has(word.split('-').next().unwrap_or_default())
        };
        let scale = |word: &str| matches!(word, "hundred" | "thousand" | "million" | "billion" | "trillion");
        let counted = text.split_ascii_whitespace().find(|word| !number(word) && !scale(word));
        let Some(start) = counted.map(|word| word.as_ptr() as usize - text.as_ptr() as usize) else { return };
        let words = &text[start..];
        let last = words.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
        let unit = WordClass::Measure.has(&last) || matches!(last.as_str(), "cent" | "percent" | "times" | "degrees");
        // "1,200 people" tells of no people in particular.
        let bare = !words.contains(char::is_whitespace) || words.starts_with("and ");
        if unit || bare || start == 0 || !last.ends_with(|c: char| c.is_alphabetic()) {
            return;
        }
        let span = Span::new(found.span.start + start, found.span.end);
        let counted = Argument::plain(Term::Literal(one_line(words)), Some(span), Way::Name);
        out.extend(self.plain.derive("structure.count", counted, found.end(Way::Name), found.span));
    }

    /// "Convention against X", "convention on countering X".
    fn against(&self, found: &Found, out: &mut Vec<Derivation<'a>>) {
        let mut cues = WordClass::AgainstPhrase.words().iter();
        let rest = cues.find_map(|cue| self.split(found, &format!(" {cue} "))).map(|(_, rest)| rest);
        let Some(rest) = rest else { return };
        for topic in self.plain.outermost_in(rest, &[Kind::Topic, Kind::Measure]).into_iter().take(1) {
            out.extend(self.plain.between("structure.against", found, &topic));
        }
    }

    /// The document cites the instruments and texts that it names.
    fn cited(&self, found: &Found, out: &mut Vec<Derivation<'a>>) {
        let inputs = self.plain.inputs;
        let Some(itself) = inputs.itself.filter(|&itself| itself != found.id) else { return };
        if inputs.entities[found.id.index()].class == Class::AgendaItem {
            return;
        }
        let body = inputs.document.zone_at(found.span.start) == ZoneKind::Body;
        if body || self.plain.is_resolution() {
            let itself = Argument::plain(Term::Entity(itself), None, Way::Document);
            out.extend(self.plain.derive("structure.cites", itself, found.end(Way::Name), found.span));
        }
    }

    /// "report of the First Committee (A/1/2)": the body publishes what stands in brackets.
    fn reported_by(&self, found: &Found, out: &mut Vec<Derivation<'a>>) {
        let text = &self.plain.inputs.document.text;
        let Some(before) = text[..found.span.start].strip_suffix('(').map(str::trim_end) else { return };
        let body = self.plain.ending(before.len()).find(|body| {
            let ahead = text[..body.span.start].trim_end().trim_end_matches(" the");
            BODIES.contains(&self.plain.kind(body.id)) && ahead.ends_with("report of")
        });
        self.push("structure.reported-by", found, body, out);
    }

    /// "World Report 2022": the year of a report is that in which it came out, that of a plan the one it is for.
    fn year_in_title(&self, found: &Found, out: &mut Vec<Derivation<'a>>) {
        let text = self.plain.text(found.span).to_lowercase();
        let named = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let head = named.rsplit(char::is_whitespace).next().unwrap_or_default();
        let year = self.plain.inside(found.span).find(|inner| self.plain.kind(inner.id) == Kind::Date);
        let single = year.is_some_and(|year| year.span.len() == 4 && year.span.end == found.span.end);
        if single && WordClass::PublishedHead.has(head) {
            self.push("structure.year-in-title", found, year, out);
        }
    }

    /// "resolutions 46/152 of 18 December 1991 and …", "its resolution", "Commission resolution 26/4".
    fn of_resolution(&self, all: &[Found], at: usize, out: &mut Vec<Derivation<'a>>) {
        let found = &all[at];
        // In a resolution "the resolution of 3 May 1947" is another one.
        let other = Some(found.id) == self.plain.inputs.itself
            && self.plain.inputs.document.zone_at(found.span.start) == ZoneKind::Body;
        if let Some(date) = self.date_behind(all, at).filter(|_| !other) {
            out.extend(self.plain.between("structure.resolution-of", found, &date));
        }
        let body = self.plain.inside(found.span).find(|inner| BODIES.contains(&self.plain.kind(inner.id)));
        // "Security Council resolutions" tells of none.
        let numbered = self.plain.text(found.span).contains(|c: char| c.is_ascii_digit());
        if let Some(body) = body.filter(|_| numbered) {
            out.extend(self.plain.between("structure.resolution-by", &body, found));
        } else if let Some((holder, start)) = self.plain.inputs.holder.zip(self.its(found)) {
            let span = Span::new(start, found.span.end);
            let holder = Argument::plain(Term::Entity(holder), None, Way::Holder);
            out.extend(self.plain.derive("structure.its-resolution", holder, found.end(Way::Name), span));
        }
    }

    /// The date after "of"; in "A and B of DATE" it is also A's.
    fn date_behind(&self, all: &[Found], at: usize) -> Option<Found> {
        let mut end = all[at].span.end;
        for next in all[at + 1..].iter().take(12).filter(|next| next.span.start >= all[at].span.end) {
            if next.span.start < end {
                continue;
            }
            let between = one_line(self.plain.text(Span::new(end, next.span.start)));
            match self.plain.kind(next.id) {
                Kind::Date if matches!(between.as_str(), "of" | "of the" | "on") => return Some(*next),
                Kind::Resolution if matches!(between.as_str(), "and" | "," | ", and") => end = next.span.end,
                _ => return None,
            }
        }
        None
    }

    /// Where "its resolution(s)" starts, when a resolution stands in such a list of its own organ's resolutions.
    fn its(&self, found: &Found) -> Option<usize> {
        if !self.plain.is_resolution() {
            return None;
        }
        let text = &self.plain.inputs.document.text;
        let line_start = text[..found.span.start].rfind('\n').map_or(0, |newline| newline + 1);
        let near = (found.span.start + "resolution".len()).min(found.span.end);
        let before = text.get(line_start..text.floor_char_boundary(near)).unwrap_or_default();
        let its = before.rfind("its resolution")?;
        let list = &before[its + "its resolution".len()..];
        let plain =
            list.chars().all(|c| c.is_ascii_digit() || " ,/s".contains(c) || c.is_alphabetic()) && list.len() < 3000;
        let verbs = ["in which", "that", "requested", "decided", "adopted"].iter().any(|word| list.contains(word));
        (plain && !verbs).then_some(line_start + its)
    }

    /// The words before a cue in a name, in lower case, and the span after it.
    fn split(&self, found: &Found, cue: &str) -> Option<(String, Span)> {
        let text = self.plain.text(found.span);
        let at = text.find(cue)?;
        Some((text[..at].to_lowercase(), Span::new(found.span.start + at + cue.len(), found.span.end)))
    }

    fn push(&self, matcher: &str, subject: &Found, object: Option<Found>, out: &mut Vec<Derivation<'a>>) {
        if let Some(object) = object.filter(|object| object.id != subject.id) {
            out.extend(self.plain.between(matcher, subject, &object));
        }
    }
}
