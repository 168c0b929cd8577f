//! Vocabularies that are known by name: where their IRIs begin, how they are written, what they hold.
//!
//! The forms are those that the publishers' own data use; `https`, other hosts and trailing signs are brought to them, so
//! that two spellings of one IRI are one.

use super::vocabulary::Sort;

/// A vocabulary that is known by name.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// Its short name.
    pub name: &'static str,
    /// What its IRIs begin with.
    pub space: &'static str,
    /// What follows the last sign of its IRIs.
    pub end: &'static str,
    /// Other beginnings of the same IRIs.
    pub also: &'static [&'static str],
    /// What its entries are, where its files do not say.
    pub sort: Sort,
}

/// The vocabularies, the longer beginnings first.
const KNOWN: [Known; 12] = [
    known("eu-authority-country", "http://publications.europa.eu/resource/authority/country/", &[], Sort::Country),
    known("unesco-thesaurus", "http://vocabularies.unesco.org/thesaurus", &[], Sort::Concept),
    known(
        "unbis",
        "http://metadata.un.org/thesaurus/",
        &["metadata.un.org/thesaurus#", "metadata.un.org/thesaurus/"],
        Sort::Concept,
    ),
    known("sdg", "http://metadata.un.org/sdg/", &[], Sort::Concept),
    known("eurovoc", "http://eurovoc.europa.eu/", &[], Sort::Concept),
    known("m49", "http://data.un.org/codes/sdg/geoArea/", &[], Sort::Country),
    known(
        "wikidata",
        "http://www.wikidata.org/entity/",
        &["www.wikidata.org/wiki/", "wikidata.org/wiki/", "wikidata.org/entity/", "m.wikidata.org/wiki/"],
        Sort::Unknown,
    ),
    Known {
        name: "geonames",
        space: "http://sws.geonames.org/",
        end: "/",
        also: &["www.geonames.org/", "geonames.org/"],
        sort: Sort::Place,
    },
    known("ror", "https://ror.org/", &["www.ror.org/"], Sort::Organisation),
    known("isni", "https://isni.org/isni/", &["www.isni.org/isni/", "isni.org/", "www.isni.org/"], Sort::Unknown),
    known("viaf", "http://viaf.org/viaf/", &[], Sort::Unknown),
    known("dbpedia", "http://dbpedia.org/resource/", &[], Sort::Unknown),
];

const fn known(name: &'static str, space: &'static str, also: &'static [&'static str], sort: Sort) -> Known {
    Known { name, space, end: "", also, sort }
}

/// The vocabulary of that short name.
pub fn by_name(name: &str) -> Option<Known> {
    KNOWN.into_iter().find(|known| known.name == name)
}

/// The vocabulary that an IRI belongs to.
pub fn of_iri(iri: &str) -> Option<Known> {
    let bare = bare(iri);
    KNOWN.into_iter().find(|known| {
        let own = self::bare(known.space);
        bare.starts_with(own)
            || bare == own.trim_end_matches('/')
            || known.also.iter().any(|also| bare.starts_with(also))
    })
}

fn bare(iri: &str) -> &str {
    iri.strip_prefix("https://").or_else(|| iri.strip_prefix("http://")).unwrap_or(iri)
}

/// An IRI as its publisher writes it; the IRIs of vocabularies that are not known stay as they are.
pub fn normal_iri(iri: &str) -> String {
    let iri = iri.trim();
    let expanded = iri.strip_prefix("wd:").map(|id| format!("http://www.wikidata.org/entity/{id}"));
    let iri = expanded.as_deref().unwrap_or(iri);
    let Some(known) = of_iri(iri) else { return iri.to_owned() };
    let rest = bare(iri);
    let own = bare(known.space);
    let beginnings = std::iter::once(own).chain(known.also.iter().copied());
    let Some(id) = beginnings.filter_map(|start| rest.strip_prefix(start)).min_by_key(|id| id.len()) else {
        return iri.to_owned();
    };
    format!("{}{}{}", known.space, tidy(known.name, id), known.end)
}

/// The part of an IRI that names the entry.
fn tidy(scheme: &str, id: &str) -> String {
    let id = id.strip_suffix(".html").unwrap_or(id);
    match scheme {
        "geonames" => id.split('/').next().unwrap_or(id).to_owned(),
        "isni" => id.chars().filter(char::is_ascii_alphanumeric).collect(),
        "eurovoc" | "ror" | "wikidata" | "unbis" => id.trim_end_matches('/').to_owned(),
        _ => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{normal_iri, of_iri};

    #[test]
    fn iris_are_written_as_their_publishers_do() {
        let rows = [
            ("https://www.wikidata.org/wiki/Q7", "http://www.wikidata.org/entity/Q7"),
            ("wd:Q7", "http://www.wikidata.org/entity/Q7"),
            ("http://www.wikidata.org/entity/Q7", "http://www.wikidata.org/entity/Q7"),
            ("https://metadata.un.org/thesaurus#1000001", "http://metadata.un.org/thesaurus/1000001"),
            ("http://metadata.un.org/thesaurus/1000001.html", "http://metadata.un.org/thesaurus/1000001"),
            ("https://eurovoc.europa.eu/12/", "http://eurovoc.europa.eu/12"),
            ("https://www.geonames.org/12/some-place.html", "http://sws.geonames.org/12/"),
            ("http://sws.geonames.org/12", "http://sws.geonames.org/12/"),
            ("ror.org/012345678", "https://ror.org/012345678"),
            ("https://www.isni.org/0000 0001 2345 6789", "https://isni.org/isni/0000000123456789"),
            ("http://vocabularies.unesco.org/thesaurus/concept1", "http://vocabularies.unesco.org/thesaurus/concept1"),
            ("https://example.org/a/", "https://example.org/a/"),
        ];
        for (given, expected) in rows {
            assert_eq!(normal_iri(given), expected);
            assert_eq!(normal_iri(expected), expected, "twice is once");
        }
        assert_eq!(of_iri("http://eurovoc.europa.eu").map(|known| known.name), Some("eurovoc"));
    }
}
