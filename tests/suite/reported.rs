//! Whose words coverage reports: each sentence's claims are the one's who is said to say them.

use rapporteur::model::Extraction;
use rapporteur::pipeline::Pipeline;
use rapporteur::read::Options;

const HEAD: &str = "GA/SHC/9999\n5 October 2021\n\nSeventy-sixth Session,\n6th Meeting (AM)\n\nRivers Need Care, Speakers Tell \
                    Third Committee\n\nThe Third Committee (Social, Humanitarian and Cultural) today went on with its debate \
                    on the rivers of the world.\n\n";

/// Coverage, and claims that must stand: subject, relation, object, whose claim.
const TABLE: &[(&str, &[[&str; 4]])] = &[
    // "also" for others: for oneself before all.
    (
        "The representative of Switzerland, also speaking for Liechtenstein, supported the draft resolution.",
        &[["Switzerland", "supports", "draft resolution", "Switzerland"]],
    ),
    (
        "Speaking on behalf of the Group of 77 and China, the representative of Uganda supported the draft resolution. He \
         opposed the embargo.",
        &[
            ["Group of 77", "supports", "draft resolution", "Group of 77"],
            ["Group of 77", "opposes", "blockade", "Group of 77"],
            ["Uganda", "represents", "Group of 77", ""],
        ],
    ),
    // The States that only an adjective-like name tells.
    (
        "The representative of Uganda supported the draft resolution. The United States representative said that the text \
         was weak. She opposed the embargo.",
        &[
            ["Uganda", "supports", "draft resolution", "Uganda"],
            ["United States of America", "opposes", "blockade", "United States of America"],
        ],
    ),
    (
        "ANA LIND, representative of the European Union, supported the draft resolution.",
        &[
            ["European Union", "supports", "draft resolution", "European Union"],
            ["ANA LIND", "represents", "European Union", ""],
        ],
    ),
    (
        "JON MOSS (Chile) opposed the embargo.",
        &[["Chile", "opposes", "blockade", "Chile"], ["JON MOSS", "represents", "Chile", ""]],
    ),
    // What one does besides saying.
    ("Kenya’s delegate said that rivers were dry, urging Peru to act.", &[["Kenya", "requests", "Peru", "Kenya"]]),
    // An aside in the middle.
    (
        "The delegate of Kenya spoke of rivers. Her country, she added, supported the draft resolution.",
        &[["Kenya", "supports", "draft resolution", "Kenya"]],
    ),
    // A second one takes over.
    (
        "The representative of Kenya supported the draft resolution, while the representative of Peru opposed the embargo.",
        &[
            ["Kenya", "supports", "draft resolution", "Kenya"],
            ["representative of Peru", "opposes", "blockade", "Peru"],
        ],
    ),
];

/// Coverage, and one who must not be said to say anything in it.
const SILENT: &[(&str, &str)] = &[
    (
        "The representative of Uganda supported the draft.\n\nANA LIND, Rapporteur of the Group, shone a light on rivers. They \
         are dry, she said, condemning the embargo.",
        "Uganda condemns",
    ),
    (
        "The representative of Uganda supported the draft. The observer of the rivers said no. He opposed the embargo.",
        "Uganda opposes",
    ),
    (
        "The representative of Cuba said that Kenya had rejected the draft resolution. He opposed the embargo.",
        "Kenya opposes blockade",
    ),
    ("ANA LIND (Switzerland), also speaking for Liechtenstein, opposed the embargo.", "Liechtenstein opposes"),
    (
        "Kenya’s delegate supported the statement made on behalf of the Group of 77. She opposed the embargo.",
        "Group of 77 opposes",
    ),
    ("A fire broke out in Jakarta. Jakarta was struck by floods.", "Indonesia"),
    // The State of another who is named right behind is not one's own.
    (
        "President Ana Lind, Jr. and Kenyan President Moses Oti met the press. President Lind praised the treaty.",
        "Kenya commends",
    ),
];

fn read(text: &str) -> Extraction {
    Pipeline::unjudged().extract("t.txt", format!("{HEAD}{text}\n").as_bytes(), &Options::default()).expect(text)
}

/// Subject, relation, object, whose claim.
fn claims(extraction: &Extraction) -> Vec<[String; 4]> {
    let label = |id| extraction.entity(id).label.clone();
    let told = extraction.claims.iter().map(|claim| {
        let term = |term: &rapporteur::model::Term| term.entity().map(label).unwrap_or_default();
        [
            term(&claim.subject),
            claim.relation.name().to_owned(),
            term(&claim.object),
            claim.said_by.map(label).unwrap_or_default(),
        ]
    });
    told.collect()
}

#[test]
fn claims_are_those_of_whoever_is_said_to_make_them() {
    for (text, wanted) in TABLE {
        let found = claims(&read(text));
        for claim in *wanted {
            assert!(found.iter().any(|found| found.iter().eq(claim.iter())), "{claim:?}\n{text}\n{found:#?}");
        }
    }
}

#[test]
fn nobody_is_said_to_say_what_another_says() {
    for (text, wrong) in SILENT {
        let found = claims(&read(text));
        let lines: Vec<String> = found.iter().map(|[who, what, whom, _]| format!("{who} {what} {whom}")).collect();
        assert!(lines.iter().all(|line| !line.starts_with(wrong)), "{wrong}\n{text}\n{lines:#?}");
    }
}

#[test]
fn coverage_itself_speaks_for_nobody() {
    let extraction = read("ANA LIND (Switzerland), also speaking for Liechtenstein, opposed the embargo.");
    assert_eq!(extraction.voice.holder, None);
    let title = extraction.document.metadata.title.as_ref().map(|title| title.value.as_str());
    assert_eq!(title, Some("Rivers Need Care, Speakers Tell Third Committee"));
}

#[test]
fn coverage_without_a_head_is_known_by_its_delegates() {
    let text = "The representative of Kenya said that the rivers of her country were clean and full of fish again.\n\n\
                Peru’s delegate stressed that the rivers of the north needed care and that the cost had to be shared.\n\n\
                The representative of Chile warned that without rain the rivers would dry up within a few years.\n";
    let extraction = Pipeline::unjudged().extract("t.txt", text.as_bytes(), &Options::default()).expect(text);
    let genre = extraction.document.metadata.genre.as_ref().map(|genre| genre.value.as_str());
    assert_eq!(genre, Some("meeting coverage"));
}
