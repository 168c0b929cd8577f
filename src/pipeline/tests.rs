//! What is taken of others' proposals and what is refused, on invented statements.

use super::Pipeline;
use crate::lift::Base;
use crate::model::{Annotator, Answers, Extraction, Proposals, fixture};
use crate::propose::{Known, Line, greeting, request, take};
use crate::relate::{Learned, Score};
use crate::seeds::{Catalogue, relations};

const TEXT: &str = "---\ntitle: Statement by Luxembourg\nspeaker: Representative of Luxembourg\nrepresents: Luxembourg\n---\n\n\
    Mr. Chair, the harbour tariff of 2019 has left the Ad Hoc Committee on Tides cold.\n\n\
    We would welcome a longer season for small boats in Chad, as everybody knows.\n";

fn read() -> Extraction {
    let read = Pipeline::embedded().extract("a.md", TEXT.as_bytes(), &crate::read::Options::default());
    read.unwrap_or_else(|error| panic!("{error}"))
}

fn taken(extraction: &mut Extraction, lines: &[&str]) -> Proposals {
    let base = Base::default();
    let known =
        Known { catalogue: Catalogue::embedded(), relations: relations(), scorer: Learned::embedded(), base: &base };
    let by = Annotator::new("fake", "1").unwrap_or_else(|| panic!("it is sound"));
    take(extraction, &Answers { by, lines: lines.iter().map(|&line| line.to_owned()).collect() }, &known)
}

fn why(line: &str) -> String {
    let proposals = taken(&mut read(), &[line]);
    assert_eq!(proposals.kept.lines.len() + proposals.refused.len(), 1, "{line}");
    proposals.refused.first().map(|refused| refused.why.clone()).unwrap_or_default()
}

/// A sound line with one part exchanged.
fn line(from: &str, to: &str) -> String {
    let sound = r#"{"type":"claim","subject":"harbour tariff","predicate":"hinders","object":"the Ad Hoc Committee on Tides","quote":"the harbour tariff of 2019 has left the Ad Hoc Committee on Tides cold","confidence":0.9}"#;
    assert!(sound.contains(from), "{from}");
    sound.replace(from, to)
}

#[test]
fn what_the_text_bears_becomes_a_claim_like_any_other() {
    let mut extraction = read();
    let before = extraction.claims.len();
    let proposals = taken(&mut extraction, &[&line("tariff\"", "tariff\"")]);
    assert_eq!((proposals.claims, proposals.refused.len()), (1, 0), "{proposals:?}");
    assert_eq!(extraction.claims.len(), before + 1);
    let claim = extraction.claims.iter().find(|claim| claim.evidence.rule == "annotator:fake@1");
    let claim = claim.unwrap_or_else(|| panic!("a claim of the annotator"));
    assert_eq!(extraction.document.quote(claim.evidence.span).split(' ').next(), Some("the"));
    assert_eq!((claim.relation.name(), claim.evidence.confidence), ("hinders", 0.9));
    assert!(claim.object.entity().is_some(), "the committee is known to the document");
    assert!(extraction.claims.is_sorted_by_key(|claim| claim.evidence.span.start));
    let again = taken(&mut extraction, &[&line("0.9", "0.7")]);
    assert_eq!((again.claims, again.known), (0, 1), "it is claimed already");
}

#[test]
fn what_is_kept_can_be_taken_again() {
    let mention = read().mentions.iter().position(|mention| mention.span.of(TEXT) == "Chad").map(|at| at.to_string());
    let mention = mention.unwrap_or_else(|| panic!("Chad is seen"));
    let wish = r#"{"subject":{"entity":"state/lux"},"relation":"supports","object":{"text":"a longer season for small boats"},"modality":"possibility","quote":"We would welcome a longer season for small boats in Chad","confidence":0.8,"qualifiers":{"in":MENTION}}"#;
    let lines = [line("0.9", "0.85"), wish.replace("MENTION", &mention)];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (mut first, mut second) = (read(), read());
    let once = taken(&mut first, &lines);
    assert_eq!((once.claims, once.refused.as_slice()), (2, &[][..]), "{once:?}");
    let kept: Vec<&str> = once.kept.lines.iter().map(String::as_str).collect();
    let twice = taken(&mut second, &kept);
    assert_eq!((twice, first.claims), (once.clone(), second.claims));
}

#[test]
fn an_entry_of_the_catalogue_may_be_meant_by_words() {
    let mut extraction = read();
    assert_eq!(extraction.find("state/fji"), None);
    let fiji = line(
        "\"harbour tariff\"",
        r#"{"text":"the harbour tariff of 2019","entity":"https://w3id.org/rapporteur/id/state/fji"}"#,
    );
    let before: Vec<_> = extraction.claims.iter().map(|claim| end(&extraction, &claim.subject)).collect();
    let proposals = taken(&mut extraction, &[&fiji]);
    assert_eq!(proposals.claims, 1, "{proposals:?}");
    assert!(
        extraction.find("state/fji").is_some() && extraction.entities.is_sorted_by_key(|entity| entity.key.clone())
    );
    let ours = extraction.claims.iter().filter(|claim| !claim.evidence.rule.starts_with("annotator:"));
    let after: Vec<_> = ours.map(|claim| end(&extraction, &claim.subject)).collect();
    assert_eq!(after, before, "what was there means what it meant");
}

fn end(extraction: &Extraction, term: &crate::model::Term) -> Option<String> {
    term.entity().map(|id| extraction.entity(id).key.to_string())
}

/// Each refusal, with what it says.
#[test]
fn what_the_text_does_not_bear_is_refused_with_a_reason() {
    let state = r#"{"entity":"state/fji"}"#;
    for (refused, expected) in [
        ("no json at all".to_owned(), "“no json at all” is no JSON object"),
        ("[1,2]".to_owned(), "is no JSON object"),
        (line("\"claim\"", "\"opinion\""), "its type is “opinion”"),
        (line("\"subject\":\"harbour tariff\",", ""), "it has no subject"),
        (line("\"object\"", "\"objekt\""), "it has no object"),
        (line("\"predicate\":\"hinders\",", ""), "it has no predicate"),
        (line(",\"confidence\":0.9", ""), "it has no confidence"),
        (line("0.9", "1.5"), "its confidence is “1.5”"),
        (line("0.9", "\"high\""), "no number from 0 to 1"),
        (line("hinders", "hindres"), "there is no relation “hindres”; did you mean `hinders`?"),
        (line("hinders", "loves"), "there is no relation “loves”"),
        (line("hinders", "other"), "says nothing without the qualifier `verb`"),
        (line("has left", "had left"), "does not stand in the text"),
        (line("the harbour tariff of 2019 has", "e harbour tariff of 2019 has"), "does not stand in the text"),
        (line("\"quote\":", "\"start\":3,\"end\":9,\"quote\":"), "places count Unicode code points"),
        (line("\"quote\":", "\"start\":-3,\"quote\":"), "no place in the text"),
        (line("\"subject\":\"harbour tariff\"", "\"subject\":\"small boats\""), "the quote does not hold its subject"),
        (line("\"subject\":\"harbour tariff\"", "\"subject\":\"Tide\""), "the quote does not hold its subject"),
        (line("\"subject\":\"harbour tariff\"", "\"subject\":\"2019 \""), ""),
        (line("\"harbour tariff\"", "12345"), "there is no mention 12345"),
        (line("\"harbour tariff\"", "true"), "its subject is “true”: name a mention"),
        (line("\"harbour tariff\"", "{\"entity\":\"state/atlantis\"}"), "neither the document nor the catalogue"),
        (line("\"harbour tariff\"", state), "the quote does not name its subject"),
        (line("\"harbour tariff\"", "\"the Ad Hoc Committee on Tides\""), "subject and object are the same"),
        (line("hinders", "condemns"), "is a Topic and holds no position"),
        (line("\"harbour tariff\"", r#"{"text":"harbour tariff","entity":"state/fji"}"#), "here, not <state/fji>"),
        (line("0.9", "0.9,\"polarity\":\"no\""), "its polarity is “no”, none of affirmed, negated"),
        (line("0.9", "0.9,\"modality\":\"asserts\""), "did you mean `asserted`?"),
        (line("0.9", "0.9,\"qualifiers\":{\"wher\":\"Chad\"}"), "there is no qualifier “wher”"),
        (line("0.9", "0.9,\"qualifiers\":{\"in\":\"Chad\"}"), "the quote does not hold its in “Chad”"),
        (line("0.9", "0.9,\"qualifiers\":\"Chad\""), "no object"),
        (line("0.9", "0.9,\"saidBy\":\"harbour tariff\""), "saidBy: “harbour tariff” is a Topic"),
    ] {
        let told = why(&refused);
        assert!(told.contains(expected) && told.is_empty() == expected.is_empty(), "{refused}\n gives {told:?}");
    }
    let it = r#"{"subject":"everybody","predicate":"hinders","object":"small boats","quote":"small boats in Chad, as everybody knows","confidence":0.9}"#;
    assert!(why(it).contains("means here"), "{}", why(it));
    let long = line("\"quote\":\"the", &format!("\"start\":0,\"end\":{},\"quote\":\"", TEXT.chars().count()));
    assert!(why(&long).contains("stands"), "{}", why(&long));
}

#[test]
fn the_judge_of_claims_decides_what_stands() {
    let learned = Learned::embedded();
    let lines = [line("0.9", "0.02"), line("0.9", &format!("{:.2}", learned.kept + 0.02))];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let mut extraction = read();
    let doubtful = extraction.doubtful.len();
    let proposals = taken(&mut extraction, &lines);
    assert_eq!((proposals.dropped, proposals.to_review, proposals.claims), (1, 1, 0), "{proposals:?}");
    assert_eq!(extraction.doubtful.len(), doubtful + 1);
    let surer = taken(&mut extraction, &[&line("0.9", "0.9")]);
    assert_eq!((surer.claims, extraction.doubtful.len()), (1, doubtful), "what waited for a reader stands now");
    let contrary = taken(&mut extraction, &[&line("0.9", "0.9,\"polarity\":\"negated\"")]);
    assert_eq!((contrary.claims, contrary.to_review), (0, 1), "a contradiction waits for a reader");
    assert_eq!(learned.standing(true, 0.0), crate::relate::Standing::Dropped);
}

#[test]
fn a_program_is_told_what_it_needs() {
    let mut told = Vec::new();
    greeting(relations(), &mut told).unwrap_or_else(|error| panic!("{error}"));
    let id = request(&fixture::first(), &Base::default(), &mut told).unwrap_or_else(|error| panic!("{error}"));
    let text = String::from_utf8(told).unwrap_or_default();
    let lines: Vec<serde_json::Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    assert_eq!((lines.len(), lines[0]["protocol"].as_u64()), (2, Some(1)));
    assert!(lines[0]["relations"].as_array().is_some_and(|all| all.iter().any(|one| one["name"] == "supports")));
    assert_eq!(lines[1]["id"], id.as_str());
    let text = lines[1]["text"].as_str().unwrap_or_default();
    for mention in lines[1]["mentions"].as_array().into_iter().flatten() {
        let (start, end) = (mention["start"].as_u64().unwrap_or(0), mention["end"].as_u64().unwrap_or(0));
        let words: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
        assert_eq!(mention["text"], words.as_str(), "places are code points");
    }
}

#[test]
fn lines_are_told_apart() {
    assert_eq!(Line::read(" ").ok(), Some(Line::End(None)));
    assert_eq!(Line::read("{\"end\":\"a1\"}").ok(), Some(Line::End(Some("a1".into()))));
    assert_eq!(Line::read("{\"end\":7}").ok(), Some(Line::End(Some("7".into()))));
    assert_eq!(Line::read("{\"type\":\"mention\",\"start\":1}").ok(), Some(Line::Other));
    let header = Line::read("{\"type\":\"annotator\",\"name\":\"tag\",\"version\":2}").ok();
    assert_eq!(header, Annotator::new("tag", "2").map(Line::Header));
    assert!(Line::read("{\"type\":\"annotator\",\"name\":\"a b\"}").is_err());
    assert!(Line::read(&"[".repeat(100_000)).is_err());
}
