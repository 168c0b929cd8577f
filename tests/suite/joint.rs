//! Statements that several make together: who issues them, who "we" and "the Group" are, whose members are listed, and
//! which meeting they tell of.

use rapporteur::model::{Claim, Extraction, Kind, Term};
use rapporteur::pipeline::Pipeline;
use rapporteur::read::Options;

const TEXT: &str = "\
# Amber Five Senior Harbour Officials Group Joint Statement on Safe Ports

The Amber Five Senior Harbour Officials Group met in Riga, Latvia, on 12 March 2022. The meeting was
chaired by Ms. Lena Holm.

The Amber Five countries – Denmark, Estonia, Finland and Latvia – will share charts of the coast. The Amber Five will
publish a report on smuggling. Amber Five partners agreed to support the work of the International Maritime Organization.

The Group is committed to the safety of seafarers. Our Governments will strengthen cybersecurity. We announced the
launch of the Quiet Harbours Programme.
";

const GROUP: &str = "Amber Five Senior Harbour Officials Group";

#[test]
fn joint_statements_are_those_of_the_group_that_issues_them() {
    let extraction = read(TEXT);
    let wanted = [
        ("Amber Five Senior Harbour Officials Group Joint Statement on Safe Ports", "deliveredBy", GROUP),
        (GROUP, "participatesIn", "meeting of Amber Five Senior Harbour Officials Group, 12 March 2022"),
        ("meeting of Amber Five Senior Harbour Officials Group, 12 March 2022", "heldIn", "Riga"),
        ("Ms. Lena Holm", "chairs", "meeting of Amber Five Senior Harbour Officials Group, 12 March 2022"),
        ("Denmark", "memberOf", "Amber Five"),
        ("Latvia", "memberOf", "Amber Five"),
        (GROUP, "commitsTo", "safety of seafarers"),
        (GROUP, "commitsTo", "cybersecurity"),
    ];
    let found: Vec<_> = extraction.claims.iter().map(|claim| told(&extraction, claim)).collect();
    for (subject, relation, object) in wanted {
        let is_there = found.iter().any(|(s, r, o)| s == subject && r == relation && o == object);
        assert!(is_there, "{subject} | {relation} | {object} is missing in {found:#?}");
    }
    let alone = found.iter().find(|(subject, relation, _)| subject == "Denmark" && relation == "commitsTo");
    assert_eq!(alone, None, "what the set undertakes, no member undertakes alone");
}

#[test]
fn a_grouping_is_named_only_where_its_members_are() {
    let named = |text: &str| -> Vec<String> {
        let extraction = read(text);
        let groupings = extraction.mentions.iter().filter(|it| it.kind == Kind::InternationalOrganization);
        groupings.map(|it| extraction.document.quote(it.span).to_owned()).collect()
    };
    let cases: [(&str, &[&str]); 4] = [
        ("The Amber Five will meet. Amber Five members will pay.", &["Amber Five", "Amber Five"]),
        ("The Amber Five will meet.", &[]),
        ("The Council will meet. Council members will pay.", &[]),
        ("Other partners will pay. Coastal States met.", &[]),
    ];
    for (text, wanted) in cases {
        assert_eq!(named(text), wanted, "{text}");
    }
}

fn read(text: &str) -> Extraction {
    Pipeline::unjudged().extract("t.md", text.as_bytes(), &Options::default()).expect("a text")
}

fn told(extraction: &Extraction, claim: &Claim) -> (String, String, String) {
    let words = |term: &Term| match term {
        Term::Entity(id) => extraction.entity(*id).label.clone(),
        Term::Literal(words) => words.clone(),
    };
    (words(&claim.subject), claim.relation.name().to_owned(), words(&claim.object))
}
