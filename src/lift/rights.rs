//! On what terms the publishers of outer vocabularies give what a tie takes from them: said of each set of ties.

use oxrdf::{NamedNode, Triple};

use super::literals;
use super::source::About;
use super::vocabulary::dcterms;

/// Scheme, licence, and whose it is in words.
type Terms = (&'static str, Option<&'static str>, &'static str);

/// What is known of the schemes that the catalogue's rows use: as the notes on those rows have it.
const TERMS: &[Terms] = &[
    ("wikidata", Some("https://creativecommons.org/publicdomain/zero/1.0/"), "Wikidata contributors, CC0"),
    ("ror", Some("https://creativecommons.org/publicdomain/zero/1.0/"), "Research Organization Registry, CC0"),
    ("geonames", Some("https://creativecommons.org/licenses/by/4.0/"), "GeoNames, CC BY"),
    ("unesco-thesaurus", Some("https://creativecommons.org/licenses/by-sa/3.0/igo/"), "© UNESCO, CC BY-SA 3.0 IGO"),
    ("eurovoc", None, "© European Union, reuse allowed with attribution"),
    ("eu-authority-country", None, "© European Union, reuse allowed with attribution"),
    ("eu-country", None, "© European Union, reuse allowed with attribution"),
    ("unbis", None, "© United Nations; no open licence is known"),
    ("m49", None, "United Nations Statistics Division"),
    ("sdg", None, "United Nations; free of charge, with citation"),
    ("untc-mtdsg", None, "United Nations Treaty Collection"),
    ("undl-voting-record", None, "United Nations Digital Library"),
    ("oecd-dac-channel", None, "OECD and IATI code lists"),
];

/// Says of a set of ties to a scheme on what terms the scheme is given.
pub fn describe(set: &NamedNode, scheme: &str, triples: &mut Vec<Triple>) {
    let Some((_, licence, holder)) = TERMS.iter().find(|(known, ..)| *known == scheme) else { return };
    let mut set = About::new(set, triples);
    set.add(dcterms::RIGHTS, literals::words(holder, literals::ENGLISH));
    if let Some(licence) = licence {
        set.add(dcterms::LICENSE, NamedNode::new_unchecked(*licence));
    }
}
