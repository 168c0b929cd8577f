//! Who holds which office, as names and their neighbours say: "Health Minister Ana Lind", "Ana Lind, Minister of Health",
//! "the Minister of Health, Ana Lind", and the office below a signature; and over what the holder of a role presides.

use super::Inputs;
use super::derivation::{Argument, Derivation, Way};
use super::plain::{Found, Plain};
use crate::model::text::one_line;
use crate::model::{Kind, MentionClass, Qualifier, Span, Term};
use crate::seeds::WordClass;

const BODIES: [Kind; 6] = [
    Kind::GovernmentBody,
    Kind::LawEnforcementAgency,
    Kind::InternationalOrganization,
    Kind::UNBody,
    Kind::ExpertGroup,
    Kind::Meeting,
];

/// What the document's names and signatures say; the matchers are named by the rules in `seeds/rules/structure.toml`.
pub(super) fn derive<'r>(inputs: &Inputs<'r>) -> Vec<Derivation<'r>> {
    let offices = Offices { plain: Plain::new(inputs) };
    let people = offices.plain.all().filter(|found| inputs.mentions[found.mention].kind == Kind::PersonRole);
    let mut out: Vec<Derivation<'r>> = people.flat_map(|found| offices.of_person(&found)).collect();
    out.extend(offices.signed());
    out
}

struct Offices<'a> {
    plain: Plain<'a>,
}

impl<'a> Offices<'a> {
    fn of_person(&self, found: &Found) -> Vec<Derivation<'a>> {
        let named = self.plain.inputs.mentions[found.mention].class == MentionClass::Named;
        let text = self.plain.text(found.span);
        if !named || !text.contains(char::is_whitespace) {
            return Vec::new();
        }
        if let Some(body) = self.presided(found, text) {
            return self.plain.between("structure.presides", found, &body);
        }
        let office = self.in_name(found.span).or_else(|| self.behind(found.span)).or_else(|| self.before(found.span));
        // "Deputy Attorney General, Secretary of Defence" is a list.
        let office = office.filter(|_| self.is_name(found.span) && !is_title(text));
        office.map_or(Vec::new(), |office| self.holds(found, office))
    }

    fn holds(&self, person: &Found, office: Span) -> Vec<Derivation<'a>> {
        let beside =
            || self.plain.inputs.mentions.inside(office).find(|&i| self.plain.inputs.mentions[i].span == office);
        let entity = || beside().and_then(|i| self.plain.inputs.referents[i]).filter(|&id| id != person.id);
        let term = entity().map_or_else(|| Term::Literal(one_line(self.plain.text(office))), Term::Entity);
        let object = Argument::plain(term, Some(office), Way::Name);
        let whole = self.with_body(office);
        let mut held = self.plain.derive(
            "structure.office",
            person.end(Way::Name),
            object,
            person.span.cover(office).cover(whole),
        );
        if whole != office {
            let aspect = Term::Literal(one_line(self.plain.text(whole)));
            held.iter_mut().for_each(|it| it.qualifiers.push((Qualifier::Aspect, aspect.clone())));
        }
        held
    }

    /// An office with the body that it is of, where that stands right behind it: "Commissioner, National Reef Board",
    /// "President of last year's Assembly".
    fn with_body(&self, office: Span) -> Span {
        let text = &self.plain.inputs.document.text;
        let rest = &text[office.end..];
        let behind = [" of ", ", "].into_iter().find_map(|joint| rest.strip_prefix(joint));
        let Some(start) = behind.map(|behind| text.len() - behind.len()) else { return office };
        let stop = text[start..].find([',', '.', ';', '(', ':']).map_or(text.len(), |len| start + len);
        let of = rest.starts_with(" of ");
        let mentions = self.plain.inputs.mentions;
        let body = mentions.inside(Span::new(start, stop)).find(|&i| {
            let mention = &mentions[i];
            let first = text[start..mention.span.start].split_ascii_whitespace().count();
            // An article, an owner and an adjective may stand before: "of last year's General Assembly".
            let near = if of { first <= 3 } else { first == 0 && mention.span.end == stop };
            near && mention.class == MentionClass::Named && BODIES.contains(&mention.kind)
        });
        body.map_or(office, |i| office.cover(mentions[i].span))
    }

    /// "Chair of the Working Group": the body behind the role.
    fn presided(&self, found: &Found, text: &str) -> Option<Found> {
        let (head, _) = text.split_once(" of ")?;
        let last = head.rsplit(char::is_whitespace).next().unwrap_or(head).to_lowercase();
        let body = self.plain.inside(found.span).find(|inner| BODIES.contains(&self.plain.kind(inner.id)));
        body.filter(|body| WordClass::Presiding.has(&last) && body.id != found.id)
    }

    /// Where the office stands in "Deputy Health Minister Ana Lind": up to the last word that is one, with a name behind it.
    fn in_name(&self, span: Span) -> Option<Span> {
        let text = self.plain.text(span);
        let mut end = None;
        for (at, word) in words(text) {
            if is_office(word) {
                end = Some(at + word.len());
            }
        }
        let end = end.filter(|&end| !text[end..].trim().is_empty())?;
        let opening =
            words(text).next().is_some_and(|(_, first)| WordClass::Rank.has(&bare(first)) && !is_office(first));
        // "Secretary- General": no name goes on with a rank.
        let named =
            words(&text[end..]).next().is_some_and(|(_, word)| starts_name(word) && !WordClass::Rank.has(&bare(word)));
        (!opening && named).then(|| Span::new(span.start, span.start + end))
    }

    /// "Ana Lind, Minister of Health": the role that begins behind the comma, or the capitals that end in an office.
    fn behind(&self, span: Span) -> Option<Span> {
        let text = &self.plain.inputs.document.text;
        let rest = &text[span.end..];
        let after = rest.strip_prefix(',')?.trim_start_matches([' ', '\n']);
        let after = after.strip_prefix("the ").unwrap_or(after);
        let start = text.len() - after.len();
        let role = self.role_at(start);
        role.or_else(|| {
            let len = after.find([',', '.', ';', '(', '\n']).filter(|&len| len > 0 && len < 90)?;
            let title = after[..len].trim_end();
            let first = title.split(' ').next().unwrap_or_default();
            let office = title.starts_with(char::is_uppercase) && words(title).take(4).any(|(_, word)| is_office(word));
            (office && !first.is_empty()).then(|| Span::new(start, start + title.len()))
        })
    }

    /// "the Minister of Health, Ana Lind": the role that ends before the comma.
    fn before(&self, span: Span) -> Option<Span> {
        let text = &self.plain.inputs.document.text[..span.start];
        let end = text.trim_end().strip_suffix(',')?.len();
        let role = self.plain.ending(end).find(|found| self.is_role(found.span))?;
        Some(role.span)
    }

    fn role_at(&self, start: usize) -> Option<Span> {
        let mentions = self.plain.inputs.mentions;
        let spans = mentions.starting(start).map(|i| mentions[i].span);
        spans.filter(|&span| self.is_role(span)).max_by_key(|span| span.len())
    }

    /// Whether a role and no name stands there.
    fn is_role(&self, span: Span) -> bool {
        let mentions = self.plain.inputs.mentions;
        let role = mentions.inside(span).any(|i| mentions[i].span == span && mentions[i].kind == Kind::PersonRole);
        role && words(self.plain.text(span)).take(4).any(|(_, word)| is_office(word)) && !self.is_name(span)
    }

    /// Whether a personal name stands there: capitals that end in no office and hold no "of".
    fn is_name(&self, span: Span) -> bool {
        let text = self.plain.text(span);
        let last = words(text).last().map_or("", |(_, word)| word);
        starts_name(last) && !is_office(last) && !words(text).any(|(_, word)| matches!(word, "of" | "for" | "to"))
    }

    /// The office below a signature.
    fn signed(&self) -> Vec<Derivation<'a>> {
        let signatories = self.plain.inputs.document.metadata.signatories.iter();
        let found = signatories.filter_map(|signatory| {
            let person = self.plain.largest_in(signatory.name.span?, &[Kind::PersonRole])?;
            Some(self.holds(&person, self.whole(signatory.office.as_ref()?.span?)))
        });
        found.flatten().collect()
    }

    /// The office to the end of the role that begins in it: lines below a signature break names of States in two.
    fn whole(&self, office: Span) -> Span {
        let mentions = self.plain.inputs.mentions;
        let starting = (office.start..office.end).flat_map(|at| mentions.starting(at));
        let ends = starting.filter(|&i| mentions[i].kind == Kind::PersonRole).map(|i| mentions[i].span.end);
        Span::new(office.start, ends.max().unwrap_or(office.end).max(office.end))
    }
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_ascii_whitespace().map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// "Minister", "Vice-President", "Under-Secretary-General".
fn is_office(word: &str) -> bool {
    let word = bare(word);
    let last = word.rsplit('-').next().unwrap_or_default();
    let listed =
        |word: &str| WordClass::Office.has(word) || WordClass::OfficeBehind.has(word) || WordClass::Leader.has(word);
    listed(&word) || listed(last)
}

/// An office by itself, with no name of a person in it: "Deputy Attorney General".
fn is_title(text: &str) -> bool {
    words(text).all(|(_, word)| is_office(word) || WordClass::Rank.has(&bare(word)))
}

fn starts_name(text: &str) -> bool {
    text.starts_with(char::is_uppercase)
}
