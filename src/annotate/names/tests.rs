//! Invented sentences against the catalogue that ships: the names each holds, and the traps that hold none.

use super::NameMatcher;
use crate::model::{Document, Reading, Span};
use crate::seeds::{Catalogue, Lexicon};

/// The names of a text: "surface = key" or, for several keys, "surface = key + key"; blanks folded, terms left out
/// unless `with_terms`.
fn found(matcher: &NameMatcher, text: &str, with_terms: bool) -> Vec<String> {
    let doc = Document { text: text.to_owned(), ..Document::default() };
    let mentions = matcher.find(&doc, Span::new(0, text.len()));
    let shown = mentions.iter().filter_map(|mention| {
        let Reading::Catalogue(keys) = &mention.reading else { return None };
        let is_term = keys.iter().all(|key| key.starts_with("topic/") || key.starts_with("measure/"));
        let surface = doc.quote(mention.span).split_whitespace().collect::<Vec<_>>().join(" ");
        (with_terms || !is_term).then(|| format!("{surface} = {}", keys.join(" + ")))
    });
    shown.collect()
}

fn check(rows: &[(&str, &[&str])], with_terms: bool) {
    let matcher = NameMatcher::new(Catalogue::embedded(), Lexicon::embedded());
    for (text, expected) in rows {
        assert_eq!(found(&matcher, text, with_terms), *expected, "{text}");
    }
}

#[test]
fn names_are_found_however_they_are_written() {
    check(
        &[
            ("The General\n\n   Assembly met.", &["General Assembly = body/unga"]),
            ("the general Assembly and the general assembly", &["general Assembly = body/unga"]),
            ("THE GOVERNMENT OF NEPAL THANKS UNICEF", &["NEPAL = state/npl", "UNICEF = body/unicef"]),
            ("Interpol’s database and INTERPOL's staff", &["Interpol = body/interpol", "INTERPOL = body/interpol"]),
            ("the World Health Organisation", &["World Health Organisation = body/who"]),
            (
                "the United Nations Environment Program",
                &["United Nations Environment Program = body/unep", "United Nations = body/un"],
            ),
            (
                "the G-20, the G 20 and the Group of 77 and China",
                &["G-20 = body/g20", "G 20 = body/g20", "Group of 77 and China = body/g77", "China = state/chn"],
            ),
            (
                "Ivorian ports and Cote d’Ivoire, Côte d'Ivoire",
                &["Ivorian = state/civ", "Cote d’Ivoire = state/civ", "Côte d'Ivoire = state/civ"],
            ),
            ("Islamic republic of Mauritania", &["Islamic republic of Mauritania = state/mrt"]),
            (
                "Bolivia (Plurinational State of) and Bolivia",
                &["Bolivia (Plurinational State of) = state/bol", "Bolivia = state/bol"],
            ),
            ("Saint Lucia, St. Lucia", &["Saint Lucia = state/lca", "St. Lucia = state/lca"]),
            (
                "U.S. and U.K. ships; the US. The UK!",
                &["U.S. = state/usa", "U.K. = state/gbr", "US = state/usa", "UK = state/gbr"],
            ),
            ("Norwegians met a Korean envoy.", &["Norwegians = state/nor", "Korean = state/kor + state/prk"]),
            ("Guinea–Bissau and Timor‑Leste", &["Guinea–Bissau = state/gnb", "Timor‑Leste = state/tls"]),
            (
                "two CERTs and one CERT",
                &["CERTs = body/computer-emergency-response-team", "CERT = body/computer-emergency-response-team"],
            ),
            (
                "States parties and Member States agreed.",
                &["States parties = state/states-parties", "Member States = state/member-states"],
            ),
        ],
        false,
    );
}

#[test]
fn a_name_inside_a_longer_one_is_found_if_it_is_a_mention_of_its_own() {
    check(
        &[
            ("the UN Charter", &["UN Charter = treaty/un-charter", "UN = body/un"]),
            ("the Democratic Republic of the Congo", &["Democratic Republic of the Congo = state/cod"]),
            (
                "Papua New Guinea, Equatorial Guinea, Guinea",
                &["Papua New Guinea = state/png", "Equatorial Guinea = state/gnq", "Guinea = state/gin"],
            ),
            ("the Republic of Korea", &["Republic of Korea = state/kor"]),
            ("the Gulf of Guinea", &["Gulf of Guinea = place/gulf-of-guinea"]),
            ("the Organization of American States", &["Organization of American States = body/oas"]),
            ("the African Union Commission", &["African Union Commission = body/auc", "African Union = body/au"]),
        ],
        false,
    );
    check(
        &[
            (
                "the Commission on Narcotic Drugs",
                &["Commission on Narcotic Drugs = body/cnd", "Narcotic Drugs = topic/narcotic-drugs"],
            ),
            (
                "transnational organized crime and crime prevention",
                &[
                    "transnational organized crime = topic/transnational-organized-crime",
                    "crime prevention = topic/crime-prevention",
                ],
            ),
        ],
        true,
    );
}

#[test]
fn terms_are_found_in_any_case_and_number() {
    check(
        &[
            (
                "Cybercrime, cyber-crimes and cyber crime",
                &["Cybercrime = topic/cybercrime", "cyber-crimes = topic/cybercrime", "cyber crime = topic/cybercrime"],
            ),
            (
                "capacity building, Capacity-Building",
                &["capacity building = measure/capacity-building", "Capacity-Building = measure/capacity-building"],
            ),
            (
                "organised crime; the use of ICTs; ict",
                &["organised crime = topic/organized-crime", "ICTs = topic/information-technology"],
            ),
            ("anti-corruption, corruption-related, corruption", &["corruption = topic/corruption"]),
            ("new developments", &[]),
            ("the Harbour Police and the courts", &[]),
        ],
        true,
    );
}

#[test]
fn words_that_only_look_like_names_are_none() {
    check(
        &[
            ("Who gave it to us? They who know it can.", &[]),
            ("WHO WILL HELP US? LET US ACT AT ONCE", &[]),
            ("WHO and the US will act.", &["WHO = body/who", "US = state/usa"]),
            ("a cost of US$ 5 million", &[]),
            ("Mr. Michael Jordan, Ms. Georgia Smith and Dr. Chad Brown", &[]),
            ("Jordan, Georgia and Chad voted.", &["Jordan = state/jor", "Georgia = state/geo", "Chad = state/tcd"]),
            (
                "Nigerian and Nigerien farmers in Niger eat turkey.",
                &["Nigerian = state/nga", "Nigerien = state/ner", "Niger = state/ner"],
            ),
            ("Malian, malice, Mali", &["Malian = state/mli", "Mali = state/mli"]),
            ("china plates and a panama hat", &[]),
            ("see www.un.org, https://www.unodc.org/Iran and press@interpol.int", &[]),
            ("document UNODC/CCPCJ/EG.4/2011/1", &[]),
            ("issued in French and Spanish only", &[]),
            ("a French official", &["French = state/fra"]),
            ("Latin American and Inter-American talks", &["Latin American = place/latin-america"]),
            ("the ad hoc committee and the expert group", &[]),
            ("the Secretariat and the Group", &[]),
        ],
        false,
    );
}
