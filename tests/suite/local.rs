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
