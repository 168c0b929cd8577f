//! What a text says of the texts and meetings that it names, by the words right behind the name: who gave or published it,
//! when, on what; where and on which day a meeting was held. Only linking words may stand between.

use super::Inputs;
use super::derivation::Derivation;
use super::plain::{Found, Plain};
use crate::model::text::one_line;
use crate::model::{Kind, MentionClass};
use crate::seeds::WordClass;

/// How far apart, in bytes, a name and what is said of it may stand.
const REACH: usize = 60;

/// Over how many mentions place and day of a meeting are looked for.
const STEPS: usize = 5;

/// What a text or a meeting may be on.
const SUBJECTS: &[Kind] =
    &[Kind::Topic, Kind::Measure, Kind::Treaty, Kind::ExpertGroup, Kind::UNBody, Kind::InternationalOrganization];

/// Who gives or publishes texts.
const AUTHORS: &[Kind] = &[
    Kind::State,
    Kind::InternationalOrganization,
    Kind::UNBody,
    Kind::GovernmentBody,
    Kind::ExpertGroup,
    Kind::PersonRole,
];

/// What the words behind names say; each of the matchers here is named by the rules in `seeds/rules/frame.toml`.
pub(super) fn derive<'r>(inputs: &Inputs<'r>) -> Vec<Derivation<'r>> {
    let plain = Plain::new(inputs);
    let all: Vec<Found> = plain.all().collect();
    let mut out = Vec::new();
    for (i, found) in all.iter().enumerate() {
        let it = Named { plain: &plain, all: &all, at: i };
        match inputs.mentions[found.mention].kind {
            Kind::Meeting => it.meeting(&mut out),
            Kind::Document | Kind::Treaty => it.text(&mut out),
            Kind::Resolution => it.resolution(&mut out),
            _ => {}
        }
    }
    out
}

/// The name of a text or meeting, among all mentions.
struct Named<'p, 'r> {
    plain: &'p Plain<'r>,
    all: &'p [Found],
    at: usize,
}

impl<'r> Named<'_, 'r> {
    fn found(&self) -> &Found {
        &self.all[self.at]
    }

    /// The words of a name up to its first preposition, in lower case, and the byte where they end.
    fn core(&self) -> (String, usize) {
        let span = self.found().span;
        let text = self.plain.text(span);
        let cuts = WordClass::NameCut.words().iter().filter_map(|cut| text.find(&format!(" {cut} ")));
        let end = cuts.min().unwrap_or(text.len());
        (one_line(&text[..end]).to_lowercase(), span.start + end)
    }

    /// The next mention from a byte on, with the words before it, in lower case.
    fn next(&self, from: usize) -> Option<(String, Found)> {
        let next = self.all[self.at + 1..].iter().find(|next| next.span.start >= from)?;
        let gap = self.plain.inputs.document.text.get(from..next.span.start).filter(|gap| gap.len() <= REACH)?;
        let ends = gap.contains(['.', ';', ':', '!', '?']) || gap.contains("\n\n");
        (!ends).then(|| (one_line(gap).to_lowercase(), *next))
    }

    fn push(&self, matcher: &str, object: &Found, out: &mut Vec<Derivation<'r>>) {
        if object.id != self.found().id {
            out.extend(self.plain.between(matcher, self.found(), object));
        }
    }

    /// "the conference, held in Oslo on 5 May 2015", "the meeting on the rights of X".
    fn meeting(&self, out: &mut Vec<Derivation<'r>>) {
        let (core, end) = self.core();
        if !WordClass::MeetingNoun.has(last(&core)) {
            return;
        }
        let mut at = self.found().span.end;
        let (mut passed, mut told) = (false, false);
        for _ in 0..STEPS {
            let Some((gap, next)) = self.next(at) else { break };
            let (links, preposition) = split(gap.trim_end_matches(" the"));
            let linked = links.iter().all(|word| WordClass::MeetingLink.has(word));
            let held = !passed || links.iter().any(|word| WordClass::HeldWord.has(word));
            match self.plain.kind(next.id) {
                Kind::Place | Kind::State
                    if linked && held && matches!(preposition, "in" | "at") && self.is_place(&next) =>
                {
                    self.push("frame.gathered-in", &next, out);
                    told = true;
                }
                Kind::Date if linked && held && matches!(preposition, "on" | "in" | "from" | "of" | "," | "") => {
                    self.push("frame.gathered-on", &next, out);
                    told = true;
                }
                // "the meeting of the Commission with X, held in Oslo".
                _ if !told && complements(&gap) => passed = true,
                _ => break,
            }
            at = next.span.end;
        }
        // A name holds its subject; a dialogue on cooperation is no item.
        let nominal = self.plain.inputs.mentions[self.found().mention].class == MentionClass::Nominal;
        if nominal && WordClass::DebateHead.has(last(&core)) {
            self.subjects(end, out);
        }
    }

    /// A State named as such, not its people.
    fn is_place(&self, found: &Found) -> bool {
        let mention = &self.plain.inputs.mentions[found.mention];
        mention.class == MentionClass::Named
    }

    /// "the report of the Committee on X", "the letter of 5 May from Y", "the statement made by Z".
    fn text(&self, out: &mut Vec<Derivation<'r>>) {
        let (core, end) = self.core();
        let (spoken, published) = (ends_in(WordClass::SpokenHead, &core), ends_in(WordClass::PublishedHead, &core));
        if spoken || published {
            self.author(end, spoken, out);
            self.subjects(end, out);
            self.owner(spoken, out);
        }
        if spoken {
            self.addressee(out);
        }
        self.day(out);
    }

    /// "resolution 5/1 of 5 May 2007 on X": its subject, behind the day.
    fn resolution(&self, out: &mut Vec<Derivation<'r>>) {
        let end = self.found().span.end;
        // "the peaceful resolution of" is none.
        if !self.plain.text(self.found().span).contains(|c: char| c.is_ascii_digit()) {
            return;
        }
        self.bracket_day(out);
        let day = self.next(end).filter(|(gap, next)| self.plain.kind(next.id) == Kind::Date && gap.ends_with("of"));
        self.subjects(day.map_or(end, |(_, day)| day.span.end), out);
    }

    /// "its statement of 5 May 2003 (S/PRST/2003/9)": the day of the text that is named in brackets behind it.
    fn bracket_day(&self, out: &mut Vec<Derivation<'r>>) {
        let text = &self.plain.inputs.document.text;
        let start = self.found().span.start;
        let Some(before) = text[..start].strip_suffix('(').map(str::trim_end) else { return };
        let exact = |day: &Found| self.plain.kind(day.id) == Kind::Date && day.span.len() > 4;
        if let Some(day) = self.plain.ending(before.len()).find(exact) {
            out.extend(self.plain.between("frame.text-dated", self.found(), &day));
        }
    }

    /// Who gave it or published it; the day may stand before.
    fn author(&self, end: usize, spoken: bool, out: &mut Vec<Derivation<'r>>) {
        let Some((mut gap, mut next)) = self.next(end) else { return };
        if self.plain.kind(next.id) == Kind::Date
            && matches!(gap.as_str(), "dated" | "of")
            && let Some(behind) = self.next(next.span.end)
        {
            (gap, next) = behind;
        }
        let gap = gap.trim_end_matches(" the").trim_end_matches(" its").trim_end_matches(" their");
        let by = gap.rsplit(' ').next().unwrap_or_default();
        let links = gap.split(' ').rev().skip(1).all(|word| WordClass::TextLink.has(word));
        let mention = &self.plain.inputs.mentions[next.mention];
        let agent = AUTHORS.contains(&mention.kind) && !self.is_people(&next);
        if !links || !agent || !matches!(by, "by" | "of" | "from") {
            return;
        }
        // A statement that others made is not this one.
        if spoken && self.is_others(next.id) {
            return;
        }
        match spoken {
            true => self.push("frame.given-by", &next, out),
            // "the report of the United States" is one on it as well as by it.
            false if mention.kind != Kind::State => self.push("frame.reported-by", &next, out),
            false => {}
        }
    }

    /// "the letter of X addressed to Y": to whom it goes.
    fn addressee(&self, out: &mut Vec<Derivation<'r>>) {
        let inputs = &self.plain.inputs;
        if inputs.itself == Some(self.found().id) {
            return;
        }
        let mut at = self.found().span.end;
        for _ in 0..STEPS {
            let Some((gap, next)) = self.next(at) else { return };
            let gap = gap.trim_end_matches(" the");
            let mention = &inputs.mentions[next.mention];
            if gap.ends_with("addressed to") {
                if AUTHORS.contains(&mention.kind) && !self.is_people(&next) {
                    self.push("frame.addressed-to", &next, out);
                }
                return;
            }
            at = next.span.end;
        }
    }

    /// Whether it would be this document, given by somebody else than the one who speaks.
    fn is_others(&self, author: crate::model::EntityId) -> bool {
        let inputs = &self.plain.inputs;
        let own = inputs.holder == Some(author) || inputs.voices.contains(&author);
        inputs.itself == Some(self.found().id) && !own
    }

    /// Plain people ("women") publish nothing.
    fn is_people(&self, found: &Found) -> bool {
        let mention = &self.plain.inputs.mentions[found.mention];
        mention.kind == Kind::PersonRole && mention.class != MentionClass::Named
    }

    /// "the Secretary-General's fourteenth report".
    fn owner(&self, spoken: bool, out: &mut Vec<Derivation<'r>>) {
        let text = &self.plain.inputs.document.text;
        let start = self.found().span.start;
        let before = &text[..start];
        let from = text.ceil_char_boundary(start.saturating_sub(24));
        let Some(mark) = ["’s ", "'s "].iter().filter_map(|mark| before[from..].rfind(mark)).max() else { return };
        if before[from + mark..].split_whitespace().count() > 2 {
            return;
        }
        let owner = self.plain.ending(from + mark).find(|owner| {
            let mention = &self.plain.inputs.mentions[owner.mention];
            AUTHORS.contains(&mention.kind) && mention.class == MentionClass::Named
        });
        let Some(owner) = owner else { return };
        let matcher = if spoken { "frame.given-by" } else { "frame.reported-by" };
        out.extend(self.plain.derive(
            matcher,
            self.found().end(super::derivation::Way::Name),
            owner.end(super::derivation::Way::Name),
            owner.span.cover(self.found().span),
        ));
    }

    /// "report on X and Y", "debate on X": what it is on, and each further member of the list.
    fn subjects(&self, end: usize, out: &mut Vec<Derivation<'r>>) {
        let mut at = end;
        let mut first = true;
        for _ in 0..5 {
            let Some((gap, next)) = self.next(at) else { return };
            let gap = gap.trim_end_matches(" the").trim_end_matches(" its").trim_start_matches(", ");
            let leads = match first {
                true => WordClass::OnWord.has(gap),
                false => matches!(gap, "," | "and" | ", and" | "and on" | ", and on" | "and the" | ", as well as"),
            };
            if !leads || !SUBJECTS.contains(&self.plain.inputs.mentions[next.mention].kind) {
                return;
            }
            self.push("frame.is-on", &next, out);
            (at, first) = (next.span.end, false);
        }
    }

    /// "dated 5 May 2015", "signed in Oslo on 5 May 2015"; a bare "of" only with a day or month.
    fn day(&self, out: &mut Vec<Derivation<'r>>) {
        self.bracket_day(out);
        let dated = self.plain.text(self.found().span).contains(" dated");
        let inside =
            self.plain.inside(self.found().span).filter(|inner| dated && self.plain.kind(inner.id) == Kind::Date);
        inside.for_each(|day| self.push("frame.text-dated", &day, out));
        let mut at = self.found().span.end;
        for _ in 0..2 {
            let Some((gap, next)) = self.next(at) else { return };
            let words: Vec<&str> = gap.split(' ').map(|word| word.trim_matches(['(', ','])).collect();
            let linked = words.iter().all(|word| word.is_empty() || WordClass::DayLink.has(word));
            match self.plain.kind(next.id) {
                Kind::Place if linked => at = next.span.end,
                Kind::Date if linked => {
                    let exact = self.plain.text(next.span).len() > 4;
                    if exact || words.len() > 1 {
                        self.push("frame.text-dated", &next, out);
                    }
                    return;
                }
                _ => return,
            }
        }
    }
}

/// Whether only words stand in a gap that lead from a meeting to whose it is or what it is on.
fn complements(gap: &str) -> bool {
    let mut words = gap.split(' ').map(|word| word.trim_matches(',')).filter(|word| !word.is_empty());
    words.all(|word| WordClass::ComplementLink.has(word))
}

/// The words of a gap before its last one, and that.
fn split(gap: &str) -> (Vec<&str>, &str) {
    let mut words: Vec<&str> = gap.split(' ').map(|word| word.trim_matches(['(', '–', '—'])).collect();
    let last = words.pop().unwrap_or_default();
    let links = words.into_iter().map(|word| word.trim_matches(',')).filter(|word| !word.is_empty());
    (links.collect(), last)
}

fn last(core: &str) -> &str {
    core.rsplit(' ').next().unwrap_or_default()
}

/// Whether a name ends in one of the heads, which may have two words.
fn ends_in(class: WordClass, core: &str) -> bool {
    class.has(last(core)) || class.words().iter().any(|head| head.contains(' ') && core.ends_with(head.as_str()))
}
