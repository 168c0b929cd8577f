//! For whom a text is spoken: a wrong State is worse than none.

use rapporteur::pipeline::Pipeline;
use rapporteur::read::Options;

/// The printed head of a document of the United Nations.
const HEAD: &str = "United Nations                                   A/79/990
                General Assembly                 Distr.: General
                                                 21 July 2025

                                                 Original: English

";

#[test]
fn words_are_given_to_who_speaks_or_to_nobody() {
    let about = "Peru is a land of rivers. The Government of Peru met in Lima. We note that Peru and Chile share a border. \
                 Peru is ready. We support our people in Peru and our country, Peru, is committed to peace.";
    let page = |title: &str| {
        format!(
            "---\ntitle: \"{title}\"\nsource_url: https://www.lakes.gov/news/1\n---\n\n{about} We condemn piracy.\n"
        )
    };
    let cases = [
        ("note.txt", format!("{HEAD}Note by the Secretariat\n\n{about}\n"), None),
        (
            "review.txt",
            format!(
                "Distr.: General 24 March 2011\nOriginal: English\nGeneral Assembly\nHuman Rights Council\n\
                 Universal Periodic Review\nReport of the Working Group on the Universal Periodic Review\n\nPeru\n\n{about}\n"
            ),
            Some("Working Group on the Universal Periodic Review"),
        ),
        (
            "contents.txt",
            format!(
                "Distr.: General 11 December 2012\nGeneral Assembly\nHuman Rights Council\nAgenda item 6\n\
                 Universal Periodic Review\nReport of the Working Group on the Universal Periodic Review*\nPeru\n\
                 * The annex is circulated as received.\n\nContents\n\nParagraphs Page\n\
                 Introduction......................................... 1-4 3\n\n\
                 A. Presentation by the State under review.............. 5-23 3\n\n\
                 B. Interactive dialogue and responses.................. 24-106 6\n\nIntroduction\n1.\n{about}\n"
            ),
            Some("Working Group on the Universal Periodic Review"),
        ),
        (
            "letter.txt",
            format!(
                "{HEAD}                Letter dated 16 July 2025 from the Permanent Representative of Chile to the\n\
                 \x20               United Nations addressed to the Secretary-General\n\n\
                 \x20                     Following a number of letters from the Permanent Mission of Peru’s neighbours, \
                 we want to say that we condemn piracy.\n"
            ),
            Some("Chile"),
        ),
        (
            "notice.md",
            page("Notice on the Continuation of the Emergency With Respect to Acts of the Government of Peru"),
            Some("United States of America"),
        ),
        (
            "memo.md",
            page("Saving Rivers").replace("---\n\n", "---\n\nMEMORANDUM FOR THE SECRETARY OF PERU\n\n"),
            Some("United States of America"),
        ),
        (
            "nominee.md",
            page("President Holm Announces Nominee for Ambassador to Peru"),
            Some("United States of America"),
        ),
        (
            "remarks.md",
            page("Remarks by President Holm Announcing New Measures in Peru"),
            Some("United States of America"),
        ),
    ];
    for (name, text, wanted) in cases {
        let extraction = Pipeline::unjudged().extract(name, text.as_bytes(), &Options::default()).expect(name);
        let holder = extraction.voice.holder.map(|id| extraction.entity(id).label.as_str());
        assert_eq!(holder, wanted, "{name}");
    }
}

#[test]
fn what_is_quoted_in_the_first_person_is_not_the_speakers() {
    let text = "---\ntitle: Statement by Peru\nspeaker: Representative of Peru\nrepresents: Peru\n---\n\n\
                The head of a shipyard said, “I condemn the new tariffs in the strongest terms.” We welcome the treaty. \
                The delegation of Peru will go on with its work for as long as it takes, here and at home.\n";
    let extraction =
        Pipeline::unjudged().extract("a.md", text.as_bytes(), &Options::default()).expect("it can be read");
    let peru = |claim: &&rapporteur::model::Claim| {
        claim.subject.entity().is_some_and(|id| extraction.entity(id).label == "Peru")
    };
    let said: Vec<&str> = extraction.claims.iter().filter(peru).map(|claim| claim.relation.name()).collect();
    assert!(said.contains(&"commends") && !said.contains(&"condemns"), "{said:?}");
}

#[test]
fn letters_in_brackets_mean_the_words_before_them() {
    let text = "Peru is a party to the Convention for the Protection of Lake Dwellers (CED). The Committee on the Elimination of \
                Discrimination against Women met in Lima. Peru ratified CED in 2010.\n";
    let read = Pipeline::unjudged().extract("a.txt", text.as_bytes(), &Options::default()).expect("it can be read");
    let names = |read: &rapporteur::model::Extraction, words: &str| {
        read.mentions.iter().any(|mention| mention.span.of(&read.document.text) == words)
    };
    assert!(!names(&read, "CED"));
    let alone = text.replace(" (CED)", "").replace("CED", "CEDAW");
    let read = Pipeline::unjudged().extract("a.txt", alone.as_bytes(), &Options::default()).expect("it can be read");
    assert!(names(&read, "CEDAW"));
}
