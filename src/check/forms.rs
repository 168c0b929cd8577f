//! Outer identifiers in their schemes' own forms.

use crate::lift::vocabulary::{dcterms, foaf, rdfs, schema, skos};
use crate::model::Code;
use crate::record::{QuadIds, Quads, Record};

use super::finding::{Finding, Level};

/// The predicates that tie ours to theirs.
const TIES: &[oxrdf::NamedNodeRef<'static>] = &[
    schema::SAME_AS,
    schema::URL,
    foaf::FOCUS,
    rdfs::SEE_ALSO,
    skos::EXACT_MATCH,
    skos::CLOSE_MATCH,
    skos::BROAD_MATCH,
    dcterms::SUBJECT,
    dcterms::RELATION,
];

/// Scheme, start of its IRIs, and whether the rest is right.
type Form = (&'static str, &'static str, fn(&str) -> bool);

/// Schemes whose identifiers have a form that can be proved: what the IRI starts with, and what may follow.
const FORMS: &[Form] = &[
    ("wikidata", "http://www.wikidata.org/entity/", is_wikidata),
    ("eurovoc", "http://eurovoc.europa.eu/", is_word),
    ("unbis", "http://metadata.un.org/thesaurus/", is_digits),
    ("geonames", "http://sws.geonames.org/", is_geonames),
    ("ror", "https://ror.org/", is_ror),
    ("isni", "https://isni.org/isni/", is_isni),
    ("m49", "http://data.un.org/codes/sdg/geoArea/", is_m49),
];

/// How many links of a record have the form of their scheme, and those that have not.
pub fn links(record: &Record<'_>) -> (usize, Vec<String>) {
    let (mut right, mut wrong) = (0, Vec::new());
    for row in record.quads().rows() {
        let Some((scheme, theirs)) = link(record.quads(), row) else { continue };
        match is_right(scheme, theirs) {
            true => right += 1,
            false => wrong.push(theirs.to_owned()),
        }
    }
    (right, wrong)
}

/// Whether each link has a predicate that we use and an IRI in its scheme's form.
pub fn finding(right: usize, wrong: Vec<String>) -> Finding {
    let code = Code::LINK_FORM.number();
    match wrong.len() {
        0 => Finding::ok(code, format!("{right} of {right} links have the form of their scheme")),
        1 => Finding::new(Level::Fail, code, "1 link has not the form of its scheme", wrong),
        n => Finding::new(Level::Fail, code, format!("{n} links have not the form of their scheme"), wrong),
    }
}

/// Scheme and target of a quad that is a link. What describes the set of links itself is none.
fn link<'q>(quads: &'q Quads, row: &QuadIds) -> Option<(&'q str, &'q str)> {
    let graph = row.graph?;
    let (_, scheme) = quads.iri(graph)?.split_once("/graph/links/")?;
    let (subject, object) = (quads.iri(row.subject)?, quads.iri(row.object)?);
    let predicate = quads.text(row.predicate);
    let theirs = if predicate == foaf::FOCUS.as_str() { subject } else { object };
    let ties = row.subject != graph && TIES.iter().any(|tie| tie.as_str() == predicate);
    ties.then_some((scheme, theirs))
}

fn is_right(scheme: &str, theirs: &str) -> bool {
    let form = FORMS.iter().find(|(known, ..)| *known == scheme);
    form.is_none_or(|(_, start, rest)| theirs.strip_prefix(start).is_some_and(rest))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn is_wikidata(text: &str) -> bool {
    text.strip_prefix('Q').is_some_and(|digits| is_digits(digits) && !digits.starts_with('0'))
}

fn is_geonames(text: &str) -> bool {
    text.strip_suffix('/').is_some_and(is_digits)
}

fn is_m49(text: &str) -> bool {
    text.len() == 3 && is_digits(text)
}

fn is_ror(text: &str) -> bool {
    text.len() == 9
        && text.starts_with('0')
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// Sixteen characters, the last a check digit (ISO 7064, mod 11-2).
fn is_isni(text: &str) -> bool {
    let Some((digits, [check])) = text.as_bytes().split_last_chunk::<1>() else { return false };
    if digits.len() != 15 || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum = digits.iter().fold(0_u32, |sum, digit| (sum + u32::from(digit - b'0')) * 2 % 11);
    let expected = (12 - sum) % 11;
    *check == if expected == 10 { b'X' } else { b'0' + expected as u8 }
}

#[cfg(test)]
mod tests {
    use super::is_right;

    #[test]
    fn identifiers_have_the_form_of_their_scheme() {
        let rows = [
            ("wikidata", "http://www.wikidata.org/entity/Q794", true),
            ("wikidata", "https://www.wikidata.org/wiki/Q794", false),
            ("wikidata", "http://www.wikidata.org/entity/Q0794", false),
            ("eurovoc", "http://eurovoc.europa.eu/c_4e75f061", true),
            ("unbis", "http://metadata.un.org/thesaurus/1001186", true),
            ("unbis", "http://metadata.un.org/thesaurus/1001186.html", false),
            ("geonames", "http://sws.geonames.org/130758/", true),
            ("geonames", "http://sws.geonames.org/130758", false),
            ("ror", "https://ror.org/006kxhp52", true),
            ("ror", "https://ror.org/106kxhp52", false),
            ("isni", "https://isni.org/isni/0000000404412096", true),
            ("isni", "https://isni.org/isni/0000000404412097", false),
            ("m49", "http://data.un.org/codes/sdg/geoArea/004", true),
            ("m49", "http://data.un.org/codes/sdg/geoArea/4", false),
            ("another", "https://example.org/any", true),
        ];
        for (scheme, iri, expected) in rows {
            assert_eq!(is_right(scheme, iri), expected, "{iri}");
        }
    }
}
