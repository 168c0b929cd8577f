//! The rules' own examples: each sentence goes through the whole line, and its rule must find what the example says,
//! no more and no less.

use super::named::name;
use rapporteur::model::{Claim, Extraction, Modality, Polarity};
use rapporteur::pipeline::Pipeline;
use rapporteur::read::{Format, Options};
use rapporteur::seeds::{Example, Rule, Rules};

/// What stands before an example, so that the reader knows who speaks.
const STATEMENT: &str =
    "---\ntitle: Statement by Luxembourg\nspeaker: Representative of Luxembourg\nrepresents: Luxembourg\n---\n\n";
const RESOLUTION: &str = "---\ntitle: A resolution\norgan: General Assembly\n---\n\n";

#[test]
fn examples_give_the_claims_they_state() {
    let mut faults = Vec::new();
    let mut count = 0;
    for rule in Rules::embedded().rules() {
        for example in &rule.examples {
            count += 1;
            let (found, all) = found(rule, example);
            if !agree(&example.claims, &found, &all) {
                faults.push(format!(
                    "{}:{}: {}\n  “{}”\n  wanted {:?}\n  found  {found:?}",
                    example.origin.file, example.origin.line, rule.code, example.text, example.claims
                ));
            }
        }
    }
    assert!(count > 0);
    assert!(faults.is_empty(), "{} of {count} examples fail\n{}", faults.len(), faults.join("\n"));
}

/// The claims in an example, as `subject | object | how`: the rule's own, and all of its relation.
fn found(rule: &Rule, example: &Example) -> (Vec<String>, Vec<String>) {
    let front = match (example.document, example.resolution) {
        (true, _) => "",
        (_, true) => RESOLUTION,
        _ => STATEMENT,
    };
    let text = format!("{front}{}\n", example.text);
    let options = Options { format: Some(Format::Markdown), ..Options::default() };
    let extraction = Pipeline::unjudged().extract("example.md", text.as_bytes(), &options).expect("it can be read");
    let start = front.len();
    let claims = extraction.claims.iter().filter(|claim| claim.evidence.span.start >= start);
    let of_relation = claims.clone().filter(|claim| claim.relation == rule.relation);
    let own = claims.filter(|claim| claim.evidence.rule == rule.code);
    (own.map(|claim| told(&extraction, claim)).collect(), of_relation.map(|claim| told(&extraction, claim)).collect())
}

fn told(extraction: &Extraction, claim: &Claim) -> String {
    let mut told = format!("{} | {}", name(extraction, &claim.subject), name(extraction, &claim.object));
    if claim.polarity == Polarity::Negated {
        told.push_str(" | negated");
    }
    if claim.modality != Modality::Asserted {
        told.push_str(" | ");
        told.push_str(claim.modality.name());
    }
    told
}

/// Whether each wanted claim is found, by this rule or by another that says the same and was surer, and each that this rule
/// found is wanted. The ends of a wanted claim may be parts of the found
/// names; an empty end stands for the speaker.
fn agree(wanted: &[String], own: &[String], all: &[String]) -> bool {
    let fits = |wanted: &String, found: &String| {
        let (wanted, found): (Vec<_>, Vec<_>) = (wanted.split('|').collect(), found.split('|').collect());
        let end = |at: usize| found[at].to_lowercase().contains(&wanted[at].trim().to_lowercase());
        let hows = |told: &[&str]| told[2..].iter().map(|how| how.trim().to_owned()).collect::<Vec<_>>();
        wanted.len() >= 2 && end(0) && end(1) && hows(&wanted) == hows(&found)
    };
    let is_found = |wanted: &String| all.iter().any(|found| fits(wanted, found));
    let is_wanted = |found: &String| wanted.iter().any(|wanted| fits(wanted, found));
    wanted.iter().all(is_found) && own.iter().all(is_wanted)
}
