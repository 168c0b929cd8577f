//! States in time: one name means one thing in one year and another in another, as rows of the catalogue say; what a text
//! names otherwise too goes before them.

use std::path::Path;

use rapporteur::model::Extraction;
use rapporteur::pipeline::Pipeline;
use rapporteur::read::Options;
use rapporteur::seeds::Catalogue;

fn read(name: &str, text: &str) -> Extraction {
    let read = Pipeline::embedded().extract(name, text.as_bytes(), &Options::default());
    read.unwrap_or_else(|error| panic!("{error}"))
}

/// What the last mention of a name means in a text.
fn meant(extraction: &Extraction, name: &str) -> String {
    let mut mentions = extraction.mentions.iter().zip(&extraction.referents);
    let last = mentions.rfind(|(mention, _)| extraction.document.quote(mention.span) == name);
    let Some((_, referent)) = last else { return "no mention".to_owned() };
    referent.map_or_else(|| "nothing".to_owned(), |id| extraction.entity(id).key.to_string())
}

#[test]
fn names_are_read_by_the_date_of_the_text() {
    // Year, text, the name whose last mention is asked for, what it means.
    let cases = [
        ("1962", "Troops came to the Congo.", "Congo", "state/cod"),
        ("1962", "Congo (Brazzaville) has harbours. Troops came to the Congo.", "Congo", "state/cog"),
        ("1980", "Ships came to the Congo.", "Congo", "state/cog"),
        ("2005", "The Democratic Republic of the Congo has harbours. Ships came to the Congo.", "Congo", "state/cod"),
        ("1952", "Ships came to Viet-Nam.", "Viet-Nam", "state/vnm"),
        ("1970", "There is war in Viet-Nam.", "Viet-Nam", "place/viet-nam"),
        ("1970", "The Republic of Viet-Nam has harbours. Ships came to Viet-Nam.", "Viet-Nam", "state/south-viet-nam"),
        ("1980", "Ships came to Viet Nam.", "Viet Nam", "state/vnm"),
        ("1960", "Ships came to Palestine.", "Palestine", "place/palestine"),
        ("2012", "Ships came to Palestine.", "Palestine", "state/pse"),
        ("1948", "Ships came to Germany.", "Germany", "state/deu"),
        ("1980", "Ships came to Germany.", "Germany", "place/germany"),
        ("1980", "The Federal Republic of Germany has harbours. Ships came to Germany.", "Germany", "state/deu"),
        ("1995", "Ships came to Germany.", "Germany", "state/deu"),
        ("1965", "Ships came to China.", "China", "state/chn"),
        ("1965", "The Republic of China has harbours. Ships came to China.", "China", "state/republic-of-china"),
        ("1975", "The Republic of China has harbours. Ships came to China.", "China", "state/chn"),
        ("1985", "Ships came to Yemen.", "Yemen", "state/yemen-arab-republic"),
        ("1995", "Ships came to Yemen.", "Yemen", "state/yem"),
        ("1955", "Ships came to Burma.", "Burma", "state/mmr"),
        ("1970", "Ships came to Swaziland.", "Swaziland", "state/swz"),
        ("1963", "Ships came to Zanzibar.", "Zanzibar", "state/zanzibar"),
        ("2011", "Ships came to Zanzibar.", "Zanzibar", "place/zanzibar"),
        ("1970", "Ships came to the Soviet Union.", "Soviet Union", "state/soviet-union"),
        (
            "1999",
            "Ships came to the Federal Republic of Yugoslavia.",
            "Federal Republic of Yugoslavia",
            "state/serbia-and-montenegro",
        ),
    ];
    for (year, text, name, expected) in cases {
        let extraction = read("a.md", &format!("---\ntitle: On ships\ndate: {year}\n---\n\n{text}\n"));
        assert_eq!(meant(&extraction, name), expected, "{year}: {text}");
    }
}

#[test]
fn a_speech_without_a_date_is_of_the_session_that_it_names() {
    let of = |session: &str, body: &str| {
        let text = format!(
            "Mr. President, I congratulate you on your election to preside over the {session} session of {body}. \
             I wish you well.\n\nWe speak of Viet-Nam.\n"
        );
        meant(&read("speech.txt", &text), "Viet-Nam")
    };
    assert_eq!(of("twenty-fifth", "the General Assembly"), "place/viet-nam");
    assert_eq!(of("fifty-fifth", "the General Assembly"), "state/vnm");
    assert_eq!(of("twenty-fifth", "the Harbour Committee"), "state/vnm", "another body counts from another year");
}

#[test]
fn the_codes_of_the_general_debate_are_those_of_its_years() {
    let holder = |name: &str| {
        let found = read(name, "Mr. President, we support the harbour tariff.\n");
        found.voice.holder.map(|id| found.entity(id).key.to_string()).unwrap_or_default()
    };
    for (name, state) in [
        ("RUS_20_1965.txt", "state/soviet-union"),
        ("RUS_60_2005.txt", "state/rus"),
        ("CSK_30_1975.txt", "state/czechoslovakia"),
        ("CHN_20_1965.txt", "state/republic-of-china"),
        ("CHN_29_1974.txt", "state/chn"),
        ("YEM_40_1985.txt", "state/yemen-arab-republic"),
        ("YEM_60_2005.txt", "state/yem"),
        ("YMD_40_1985.txt", "state/democratic-yemen"),
        ("UKR_20_1965.txt", "state/ukr"),
    ] {
        assert_eq!(holder(name), state, "{name}");
    }
}

#[test]
fn what_came_before_and_after_a_state_is_told_both_ways() {
    let catalogue = Catalogue::embedded();
    let get = |key: &str| catalogue.get(key).unwrap_or_else(|| panic!("{key}"));
    assert!(get("state/yemen-arab-republic").successors.iter().eq(["state/yem"]));
    assert!(get("state/yem").predecessors.iter().eq(["state/democratic-yemen", "state/yemen-arab-republic"]));
    for entry in catalogue.entries().iter().filter(|entry| !entry.successors.is_empty()) {
        assert!(!entry.source.is_empty(), "{} has no source for what came after it", entry.key);
    }
}

/// Runs on the list of countries itself, which is not part of the checkout: each day that it is named for stands in it.
#[test]
fn days_stand_in_the_list_of_countries() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/countries/eu-countries-skos.rdf.gz");
    let Ok(packed) = std::fs::read(&path) else {
        println!("{} is not here: its days were not looked for", path.display());
        return;
    };
    let mut list = String::new();
    let read = std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(packed.as_slice()), &mut list);
    assert!(read.is_ok(), "the list is gzip");
    let rows: Vec<&str> = list.split("<skos:Concept ").skip(1).collect();
    let mut checked = 0;
    for entry in Catalogue::embedded().entries() {
        let code = entry.identifiers.iter().find(|id| id.scheme == "eu-authority-country" && id.value.len() == 3);
        let Some(code) = code.filter(|_| entry.existed.from.is_some() || entry.existed.until.is_some()) else {
            continue;
        };
        let row = rows.iter().find(|row| row.contains(&format!("authority/country/{}\"", code.value)));
        let row = row.unwrap_or_else(|| panic!("{} has no row", code.value));
        let last = entry.existed.until.as_deref().unwrap_or_default();
        assert!(row.contains(last), "{} did not end on {last}", entry.key);
        checked += 1;
    }
    assert!(checked >= 6, "{checked} of the list");
}
