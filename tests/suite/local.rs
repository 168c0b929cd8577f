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
    ("Peru attended the Geneva Conference.", "Togo left the Geneva Conference.", "geneva-conference", false),
    (
        "Peru recalls the Geneva Conference of 1958.",
        "Togo left the Geneva Conference of 1958.",
        "geneva-conference",
        true,
    ),
    (
        "Peru recalls the Geneva Conference of 1958.",
        "Togo left the Geneva Conference of 1962.",
        "geneva-conference",
        false,
    ),
    ("Peru followed the London meeting.", "Togo was at the London meeting.", "london-meeting", false),
    ("Peru keeps the Moscow Agreement.", "Togo broke the Moscow Agreement.", "moscow-agreement", false),
    ("Peru carries out the Plan of Action.", "Togo wrote the Plan of Action.", "plan-of-action", false),
    ("Peru read the Human Development Report.", "Togo read the Human Development Report.", "development-report", false),
    (
        "Peru hosts the Conference on the Law of the Sea.",
        "Togo left the Conference on the Law of the Sea.",
        "conference",
        false,
    ),
    ("Peru hosts the World Food Conference.", "Togo left the World Food Conference.", "food-conference", true),
    ("The Council of Ministers met in Peru.", "Togo asked the Council of Ministers.", "council-of-ministers", false),
    ("The Prime Minister said so.", "Many thank the Prime Minister.", "prime-minister", false),
    ("Mr. President, Peru agrees.", "Mr. President, Togo agrees.", "president", false),
    ("Mr. Moss thanked Peru.", "Mr. Moss thanked Togo.", "mr-moss", false),
    ("Peru welcomes the attainment of this goal.", "Togo regrets the attainment of this goal.", "goal", false),
    ("Peru seeks a settlement of the dispute.", "Togo seeks a settlement of the dispute.", "dispute", false),
    ("Peru marks the tenth anniversary.", "Togo marks the tenth anniversary.", "anniversary", false),
    ("Peru invokes Article 9.", "Togo invokes Article 9.", "article", false),
    ("Peru thanks the Republic of Cuba.", "Togo thanks Cuba.", "state/cub", true),
    ("Peru helps the American States.", "Togo helps the United States.", "usa-states", false),
    ("Peru left the Uruguay Round.", "Togo helps Uruguay.", "state/ury", false),
    ("Peru swam in the Jordan.", "Togo helps Jordan.", "state/jor", false),
    ("Peru helps Democratic Yemen.", "Togo helps Yemen.", "state/yem", false),
    ("Peru spoke of the Congo.", "Togo spoke of Congo.", "state/cog", false),
    ("Peru spoke of the Congo and of the Republic of the Congo.", "Togo helps Congo.", "state/cog", true),
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
    (
        "Peru recalls the second special session of the General Assembly devoted to disarmament.",
        "Togo recalls the second special session of the General Assembly.",
        "meeting/unga",
        false,
    ),
    (
        "Peru recalls the Security Council and the twelfth meeting of Heads of State.",
        "Togo recalls the Security Council and its twelfth meeting.",
        "meeting-12",
        false,
    ),
    ("Peru promotes good governance.", "Togo promotes good governance.", "good-governance", true),
    ("Peru renews its resounding call.", "Togo heard a resounding call.", "resounding-call", false),
    ("Peru helps brotherly countries.", "Togo helps brotherly countries.", "brotherly-countr", false),
    ("Peru claims 12 to 200 nautical miles.", "Togo claims 12 nautical miles.", "quantity/12-nautical-mile", false),
    ("Peru rejects a Government that dismembers others.", "Peru rejects the Government.", "per-government", false),
];

#[test]
fn one_thing_has_one_key_and_two_have_two() {
    for (one, other, words, shared) in TABLE {
        let both: Vec<String> =
            keys(one).intersection(&keys(other)).filter(|key| key.contains(words)).cloned().collect();
        assert_eq!(!both.is_empty(), *shared, "{words}: {both:?} in “{one}” and “{other}”");
    }
}
