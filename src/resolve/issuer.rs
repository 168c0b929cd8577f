//! Which State puts a text on the web, and who in it is its own: the readouts and remarks of a government name their own
//! President without a State, all others with theirs.

use crate::model::{EntityId, Field, Kind, MentionClass, Span};
use crate::seeds::WordClass;

use super::Context;
use super::table::Table;

/// A government that publishes, and the people whom a title names as its own.
pub(super) struct Issuer {
    pub state: EntityId,
    /// What names its people, in lower case: "president joe lind", "lind", "the president".
    own: Vec<String>,
}

impl Issuer {
    /// The State in whose government's part of the web the text was found.
    pub fn find(context: &Context, table: &mut Table) -> Option<Self> {
        let source = &context.doc.metadata.source.as_ref()?.value;
        let code = government(host(source)?)?;
        let has_code = |entry: &&crate::seeds::Entry| {
            entry.identifiers.iter().any(|id| id.scheme == "iso3166-1-alpha2" && id.value == code)
        };
        let entry =
            context.catalogue.entries().iter().filter(|entry| entry.class.kind() == Kind::State).find(has_code)?;
        Some(Self { state: table.intern_known(entry), own: own(context) })
    }

    /// Whether a person is named whom the title names as the issuer's own: by the surname, or by the office alone.
    pub fn is_own(&self, name: &str) -> bool {
        let lower = name.to_lowercase();
        let last = surname(&lower);
        // "THE PRESIDENT", "SENIOR ADMINISTRATION OFFICIAL": by the office alone, its own.
        let office = lower.strip_prefix("the ").filter(|office| WordClass::HeadOfState.has(office));
        let held = office.is_some_and(|office| self.own.iter().any(|own| own.starts_with(office)));
        held || last == "official" || self.own.iter().any(|own| *own == lower || surname(own) == last)
    }
}

/// The host of a web address.
fn host(source: &str) -> Option<&str> {
    let rest = source.split_once("://")?.1;
    rest.split(['/', '?', '#', ':']).next().filter(|host| host.contains('.'))
}

/// The two-letter code of the State whose government has a host: "www.mfa.gov.eb" is EB's, plain ".gov" the United
/// States', but for its own states' "xx.gov".
fn government(host: &str) -> Option<String> {
    let labels: Vec<&str> = host.rsplit('.').collect();
    let (last, second) = (*labels.first()?, *labels.get(1)?);
    match last {
        "gov" | "mil" => (second.len() > 2).then(|| "US".to_owned()),
        "uk" if second == "gov" => Some("GB".to_owned()),
        _ if last.len() == 2 && WordClass::GovernmentDomain.has(second) => Some(last.to_ascii_uppercase()),
        _ => None,
    }
}

/// The people whom the title names before "with": the first, and those after "and" whose office is no head's of another
/// State.
fn own(context: &Context) -> Vec<String> {
    let Some(title) = context.doc.metadata.title.as_ref().and_then(|title| title.span) else { return Vec::new() };
    let text = &context.doc.text;
    let with = title.of(text).find(" with ").map_or(title.end, |with| title.start + with);
    let mut people: Vec<(usize, String)> = Vec::new();
    for i in context.mentions.inside(Span::new(title.start, with)) {
        let mention = &context.mentions[i];
        if mention.kind != Kind::PersonRole || mention.class != MentionClass::Named {
            continue;
        }
        let name = context.text(mention).to_lowercase();
        let foreign = WordClass::HeadOfState.opening(&name).is_some();
        let stated = context.mentions.inside(mention.span).any(|i| context.mentions[i].kind == Kind::State)
            || of_state(context, mention.span.end).is_some();
        if !stated && (people.is_empty() || !foreign) {
            people.push((mention.span.start, name));
        }
    }
    let speaker = context.doc.metadata.speaker.as_ref().filter(|field| is_bare(field, title));
    let speaker = speaker.map(|field| field.value.to_lowercase());
    let beside =
        |(_, name): &(usize, String)| speaker.as_ref().is_none_or(|speaker| !name.starts_with(speaker.as_str()));
    people.iter().filter(|person| beside(person)).map(|(_, name)| name.clone()).chain(speaker.clone()).collect()
}

/// Whether a speaker stands in the title with nothing that tells of another State or body, though no mention shows it:
/// marks of the front matter may stand in the name.
fn is_bare(speaker: &Field<String>, title: Span) -> bool {
    let names_more = [" of ", ", ", " and "].iter().any(|joint| speaker.value.contains(joint));
    speaker.span.is_some_and(|span| title.contains(span)) && !names_more
}

/// The State mention behind "of" or "of the" at a byte.
fn of_state(context: &Context, at: usize) -> Option<usize> {
    let after = &context.doc.text[at..];
    let rest = after.trim_start().strip_prefix("of")?.trim_start();
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let start = at + after.len() - rest.len();
    context.mentions.starting(start).find(|&i| context.mentions[i].kind == Kind::State)
}

/// The last word of a name, in lower case.
pub(super) fn surname(name: &str) -> &str {
    name.split_whitespace().next_back().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{government, host};

    #[test]
    fn governments_have_their_part_of_the_web() {
        for (address, wanted) in [
            ("https://www.lakes.gov/news/1", Some("US")),
            ("https://www.gov.uk/news", Some("GB")),
            ("http://mfa.gov.eb/x", Some("EB")),
            ("https://www.mofa.go.jp/a", Some("JP")),
            ("https://ca.gov/a", None),
            ("https://press.un.org/en", None),
            ("no address", None),
        ] {
            assert_eq!(host(address).and_then(government).as_deref(), wanted, "{address}");
        }
    }
}
