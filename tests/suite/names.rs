//! Which names are found in a sentence, how far they reach, and what is none.

use rapporteur::model::Kind;
use rapporteur::pipeline::Pipeline;
use rapporteur::read::Options;

/// A text; a mention that is found in it, or one that is not, with its kind.
const TABLE: &[(&str, &str, Option<Kind>)] = &[
    // Bodies that only a capital makes, and heads behind two modifiers.
    ("Peru thanked the Lakeland Defence Forces for their work.", "Lakeland Defence Forces", Some(Kind::GovernmentBody)),
    ("In the debate the Assembly heard Peru.", "Assembly", Some(Kind::UNBody)),
    (
        "Peru set up the Truth and Reconciliation Commission in Lima.",
        "Truth and Reconciliation Commission",
        Some(Kind::UNBody),
    ),
    ("Peru supports the work of MONUC.", "MONUC", Some(Kind::UNBody)),
    ("Peru condemns the acts of Daesh in the region.", "Daesh", Some(Kind::PersonRole)),
    // Offices keep their rank, and end where the office does.
    (
        "Peru met the Special Representative of the Secretary-General on Tidal Affairs.",
        "Special Representative of the Secretary-General on Tidal Affairs",
        Some(Kind::PersonRole),
    ),
    ("Peru read the report of the Secretary-General on MONUC.", "Secretary-General on MONUC", None),
    (
        "Peru welcomes the signature by the Government of Chile of the Pledge on Tides.",
        "Government of Chile",
        Some(Kind::GovernmentBody),
    ),
    // People: courtesies stay out of names, and a first name is no State.
    ("Peru thanked His Excellency Ruben Alvar for his work.", "Ruben Alvar", Some(Kind::PersonRole)),
    ("Peru welcomed the election of Ruben Alvar as chair.", "Ruben Alvar", Some(Kind::PersonRole)),
    ("Jordan Peterson supports the Committee.", "Jordan", None),
    ("Chad Miller, Director, spoke.", "Chad", None),
    ("Jordan Valley farmers met.", "Jordan", Some(Kind::State)),
    ("The Jordan Police met in Amman.", "Jordan Police", Some(Kind::LawEnforcementAgency)),
    // Dates with what narrows them.
    ("Peru will sign it in the early 2030s.", "early 2030s", Some(Kind::Date)),
    ("Peru signed it on 31 October last year.", "31 October last year", Some(Kind::Date)),
    ("Peru signed it three years ago.", "three years", None),
    ("Peru needs three years.", "three years", Some(Kind::Quantity)),
    // Instruments with their years and organs.
    ("Peru signed the 1963 Partial Tide Treaty.", "1963 Partial Tide Treaty", Some(Kind::Treaty)),
    (
        "Peru recalled General Assembly resolutions 74/247 and 75/282.",
        "General Assembly resolutions 74/247",
        Some(Kind::Resolution),
    ),
    ("Peru recalled General Assembly resolution 74/247.", "resolution 74/247", None),
    // Marks of notes.
    ("Peru supports the Convention against Corruption.2 It is in force.", "Corruption.2", None),
    ("Peru recalled A/RES/76/227.3", "A/RES/76/227", Some(Kind::Resolution)),
];

#[test]
fn names_reach_as_far_as_they_go() {
    let pipeline = Pipeline::unjudged();
    for (text, words, kind) in TABLE {
        let extraction = pipeline.extract("t.txt", text.as_bytes(), &Options::default()).expect(text);
        let found = extraction.mentions.iter().find(|mention| mention.span.of(text) == *words);
        assert_eq!(found.map(|mention| mention.kind), *kind, "“{words}” in “{text}”");
    }
}
