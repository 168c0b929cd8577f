//! No document stops the pipeline: odd blanks, marks and scripts stand anywhere in sentences that many rules read, and texts
//! of any length take time as they are long.

use std::fmt::Write;
use std::time::{Duration, Instant};

use rapporteur::lift::{self, Base};
use rapporteur::pipeline::Pipeline;
use rapporteur::read::{Format, Options};

/// Sentences with what names, symbols, provisions, dates, money, counts, quotations and the rules look at.
const SENTENCES: &[&str] = &[
    "The Group to Conduct a Comprehensive Study on Water met in Geneva on 3-5 May 2011.",
    "Recalling its resolution 65/230 of 21 December 2010, and sections II and III thereof,",
    "Article 666 of the Criminal Code, under which 1,200 people and 2 billion dollars (US$ 5.2m) were seized, applies.",
    "Mr. Chair, we support the Ad hoc Committee's work (A/RES/74/247) and its \"zero draft\"; there is no need for more.",
    "Requests the Secretary-General to report to the General Assembly at its seventy-fifth session;",
    "Resolution 748 (1992) adopted by the Security Council at its 3063rd meeting, on 31 March 1992",
    "General Assembly   A/RES/74/173   Agenda item 107 (Vienna, 27-29 March, 2019)",
    "Statement by H.E. Ms. Ana Lind, on behalf of the Nordic States, at the fifth session of the Committee on Water",
    "The Council, the representative of Kenya added, must act, urging Peru (A/76/1) to join; “no”, he said, “never”.",
    "ANA LIND (Fiji), also speaking for the Group of 77, said, while Chile’s delegate, noting it, opposed the text.",
    "The Cyber Police was established by the Government in 2011, with 31 of its branches in provinces, i.e. offices.",
];
const ODD: &[&str] = &[
    "\u{a0}", "\u{2009}", "\u{3000}", "\u{2028}", "\u{feff}", "\u{ad}", "\u{200f}", "\u{202e}", "\0", "e\u{301}",
    "\u{301}", "İ", "ﬁ", "ǅ", "ß", "🌍", "👩‍👩‍👧", "جمهوری", "“", "’", "…", "–", "½", "²", "٣", "Ⅳ", "\r", "\n\n", "\t",
    "```", "# ", "- ", "[^1]", "<b>", "(", ")", "[", "{", "|", "*", "$", "€", "%", "/", "://", "1/", "A/RES/",
];

#[test]
fn odd_marks_anywhere_are_read() {
    let rounds: usize = std::env::var("ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(150);
    let mut random = 42_u64;
    for round in 0..rounds {
        let mut text = SENTENCES[below(&mut random, SENTENCES.len())].to_owned();
        for _ in 0..=below(&mut random, 4) {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let place = places[below(&mut random, places.len())];
            match below(&mut random, 4) {
                0 => text.replace_range(
                    place..place + text[place..].chars().next().map_or(0, char::len_utf8),
                    odd(&mut random),
                ),
                1 => text.truncate(place),
                2 => text = text.replacen(' ', odd(&mut random), 1 + place % 20),
                _ => text.insert_str(place, odd(&mut random)),
            }
            if text.is_empty() {
                text.push('.');
            }
        }
        extract(&text, round);
    }
}

/// How long it takes to read a statement of so many paragraphs, each with names of its own.
fn time_of(paragraphs: usize) -> Duration {
    let mut text = String::from("Statement by Fiji at the fifth session of the Committee on Water, 3 May 2011\n\n");
    for number in 0..paragraphs {
        let (sentence, name) = (SENTENCES[number % SENTENCES.len()], (b'A' + (number % 26) as u8) as char);
        let _ = writeln!(text, "We thank the Harbour Commission of {name}{number}land (HC{number}). {sentence}\n");
    }
    let start = Instant::now();
    let read = Pipeline::embedded().extract("long.txt", text.as_bytes(), &Options::default());
    assert!(read.is_ok());
    start.elapsed()
}

#[test]
fn reading_grows_with_the_length_and_no_faster() {
    // The first reading makes ready what all share.
    time_of(10);
    // With the square of the length it would be 256 times as long. A busy machine gets a second and a third chance.
    let is_linear = || time_of(1600) < time_of(100) * 64;
    assert!((0..3).any(|_| is_linear()));
}

/// Reads the text in a statement and in a resolution, plain and marked up; every offset lies in the text.
fn extract(text: &str, round: usize) {
    let fronts = [
        "",
        "---\ntitle: A resolution\norgan: General Assembly\n---\n\n",
        "# Statement by Fiji\n\nMr. Chair,\n\n",
        "GA/SHC/9999\n\n6th Meeting (AM)\n\nRivers Need Care, Speakers Tell Committee\n\n",
        "The President: I give the floor to Peru.\n\nMr. Moss (Peru) (spoke in French): We agree.\n\n",
    ];
    let format = Format::ALL[round % Format::ALL.len()];
    let text = format!("{}{text}\n", fronts[round / Format::ALL.len() % fronts.len()]);
    let options = Options { format: Some(format), ..Options::default() };
    let Ok(extraction) = Pipeline::embedded().extract("odd.txt", text.as_bytes(), &options) else { return };
    let mut lines = Vec::new();
    assert!(lift::jsonl::write(&extraction, &Base::default(), &mut lines).is_ok(), "{text:?}");
    assert_ne!(lift::lift(&extraction, &Base::default()).graphs.len(), 0, "{text:?}");
    for claim in &extraction.claims {
        assert!(!extraction.document.quote(claim.evidence.span).is_empty(), "{text:?}");
    }
    for mention in &extraction.mentions {
        assert!(!extraction.document.quote(mention.span).is_empty(), "{text:?}");
    }
}

fn odd(random: &mut u64) -> &'static str {
    ODD[below(random, ODD.len())]
}

/// The next pseudo-random number below `limit`, the same in every run (Knuth's MMIX constants).
fn below(random: &mut u64, limit: usize) -> usize {
    *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*random >> 33) as usize % limit
}
