//! What is one thing in two documents, and what only bears the same words.

use std::collections::BTreeSet;

use rapporteur::pipeline::Pipeline;
use rapporteur::read::Options;

fn keys(text: &str) -> BTreeSet<String> {
    let extraction = Pipeline::unjudged().extract("t.txt", text.as_bytes(), &Options::default()).expect(text);
    extraction.entities.iter().map(|entity| entity.key.to_string()).collect()
}

/// Two texts, words of a key, and whether both have one with them.
const TABLE: &[(&str, &str, &str, bool)] = &[
    ("Peru spoke under agenda item 5.", "Chile spoke under agenda item 5.", "item-5", false),
    ("Peru recalled its letter dated 5 May 2015.", "Togo has read the letter dated 5 May 2015.", "letter", false),
    ("Peru took the decision. It was a wise decision.", "Togo regrets the decision.", "decision", false),
    ("Governments must act, said Peru.", "Governments must act, said Togo.", "per-government", false),
    ("Peru left the United Nations.", "Togo joined the United Nations.", "body/un", true),
    ("Peru helps developing countries.", "Togo helps developing countries.", "developing-countr", true),
    ("The Supreme Court ruled on it.", "Many praise the Supreme Court.", "supreme-court", false),
    ("Peru left two alliances.", "Togo joined alliances.", "alliance", false),
    ("Peru began a campaign.", "Togo began a campaign.", "campaign", false),
    ("Peru has many projects.", "Togo has many projects.", "project", false),
    ("Peru read its provisions.", "Togo read its provisions.", "provision", false),
    ("Peru went to the OAU Summit.", "Togo went to the OAU Summit.", "oau-summit", false),
    ("Peru signed it in October.", "Togo signed it in October.", "date", false),
    ("Peru signed it in October 1990.", "Togo signed it in October 1990.", "date/1990-10", true),
    ("Peru helps East Asia.", "Togo helps North-East Asia.", "place/east-asia", false),
    ("Peru helps Guinea.", "Togo spoke of Portuguese Guinea.", "state/gin", false),
    (
        "Peru recalls the thirteenth special session of the General Assembly.",
        "Togo recalls the thirteenth session of the General Assembly.",
        "meeting/unga",
        false,
    ),
];

#[test]
fn one_thing_has_one_key_and_two_have_two() {
    for (one, other, words, shared) in TABLE {
        let both: Vec<String> =
            keys(one).intersection(&keys(other)).filter(|key| key.contains(words)).cloned().collect();
        assert_eq!(!both.is_empty(), *shared, "{words}: {both:?} in “{one}” and “{other}”");
    }
}
