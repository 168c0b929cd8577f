//! People by name, in the sentences of speeches and press statements.

use rapporteur::model::{Kind, MentionClass, Reading};
use rapporteur::pipeline::Pipeline;
use rapporteur::read::Options;

const TABLE: &[(&str, &[&str])] = &[
    ("Vice President Amara Okafor visited Peru in June.", &["Vice President Amara Okafor"]),
    ("President Duarte met Prime Minister Lena Holm in Oslo.", &["President Duarte", "Prime Minister Lena Holm"]),
    ("Under Secretary Brandt discussed the efforts of the Union.", &["Under Secretary Brandt"]),
    ("We congratulate Amara Okafor on her election.", &["Amara Okafor"]),
    ("General Tomas Brandt was killed, President Duarte said.", &["General Tomas Brandt", "President Duarte"]),
    ("We thank Ms. Lena Holm, the facilitator.", &["Ms. Lena Holm"]),
    ("The Expert Group met the Committee in New Delhi.", &[]),
    ("The Security Council visited South Sudan and the Gaza Strip.", &[]),
];

#[test]
fn people_are_named_with_their_titles() {
    for (text, wanted) in TABLE {
        let extraction = Pipeline::unjudged().extract("t.txt", text.as_bytes(), &Options::default()).expect(text);
        let people = extraction.mentions.iter().filter(|mention| {
            mention.kind == Kind::PersonRole
                && mention.class == MentionClass::Named
                && mention.reading == Reading::Role { of: None }
        });
        let found: Vec<&str> = people.map(|mention| extraction.document.quote(mention.span)).collect();
        assert_eq!(found, *wanted, "{text}");
    }
}

#[test]
fn a_minister_speaks_for_the_state_that_stands_out() {
    let about =
        "Peru is a land of rivers. The Government of Peru met in Lima. Peru and Chile share a border. Peru is ready.";
    let speakers = [("Minister for Water", Some("Peru")), ("Secretary-General", None)];
    for (office, wanted) in speakers {
        let text = format!(
            "---\ntitle: Speech by the {office} Lena Holm\n---\n\n{about}\n\nWe strongly condemn all acts of piracy in those waters.\n"
        );
        let extraction = Pipeline::unjudged().extract("t.md", text.as_bytes(), &Options::default()).expect(&text);
        let holders = extraction.claims.iter().filter(|claim| claim.relation.name() == "condemns");
        let named = holders.filter_map(|claim| claim.said_by).map(|id| extraction.entity(id).label.as_str());
        let of_state = named.into_iter().find(|&label| label == "Peru");
        assert_eq!(of_state, wanted, "{office}");
    }
}
