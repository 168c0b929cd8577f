use super::citations;
use crate::model::{Block, BlockKind, Document, Field, MentionClass, Metadata, Reading, Span, ZoneKind};

/// A document of one paragraph, as the organ (if any) would adopt it.
fn document(text: &str, organ: Option<&str>) -> Document {
    let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph, zone: ZoneKind::Body };
    let organ = organ.map(|organ| Field { value: organ.to_owned(), span: None });
    let metadata = Metadata { organ, ..Metadata::default() };
    Document { text: text.to_owned(), blocks: vec![block], metadata, ..Document::default() }
}

/// `surface = symbol` of each named citation.
fn read(text: &str, organ: Option<&str>) -> Vec<String> {
    let doc = document(text, organ);
    let mut found = citations(&doc);
    found.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
    let symbols = found.iter().filter_map(|mention| match &mention.reading {
        Reading::Symbol(symbol) => Some(format!("{} = {}", doc.quote(mention.span).replace('\n', " "), symbol.text)),
        _ => None,
    });
    symbols.collect()
}

const CITATIONS: &[(&str, &[&str])] = &[
    ("as asked in resolution 65/230, the", &["resolution 65/230 = A/RES/65/230"]),
    ("under Resolution 61/5.", &["Resolution 61/5 = A/RES/61/5"]),
    ("in line with resolution A/RES/65/230 today", &["resolution A/RES/65/230 = A/RES/65/230"]),
    ("(A/Res/74/247)", &["A/Res/74/247 = A/RES/74/247"]),
    ("General Assembly resolution 60/1 of May", &["General Assembly resolution 60/1 = A/RES/60/1"]),
    (
        "its resolutions 46/7 of 2 May 1991, 60/12 of 3 June 2005, 69/113 and 69/114 of July",
        &["resolutions 46/7 = A/RES/46/7", "60/12 = A/RES/60/12", "69/113 = A/RES/69/113", "69/114 = A/RES/69/114"],
    ),
    ("resolution 1373 (2001) and others", &["resolution 1373 (2001) = S/RES/1373 (2001)"]),
    ("resolution 1373(2001)", &["resolution 1373(2001) = S/RES/1373 (2001)"]),
    ("S/RES/1373(2001)", &["S/RES/1373(2001) = S/RES/1373 (2001)"]),
    ("S/RES/1373 (2001) obliges", &["S/RES/1373 (2001) = S/RES/1373 (2001)"]),
    (
        "resolutions 1373 (2001) and 1540 (2004)",
        &["resolutions 1373 (2001) = S/RES/1373 (2001)", "1540 (2004) = S/RES/1540 (2004)"],
    ),
    ("UNSCR 2231 was", &["UNSCR 2231 = S/RES/2231 (2015)"]),
    ("resolution 263 stands", &["resolution 263 = S/RES/263"]),
    ("resolution 3314 defines it", &["resolution 3314 = A/RES/3314 (XXIX)"]),
    ("General Assembly resolution 2758 seated it", &["General Assembly resolution 2758 = A/RES/2758 (XXVI)"]),
    (
        "UNSCR 2231 and resolution 2231 (2015)",
        &["UNSCR 2231 = S/RES/2231 (2015)", "resolution 2231 (2015) = S/RES/2231 (2015)"],
    ),
    ("UNSC resolutions 1373 and 1540", &["UNSC resolutions 1373 = S/RES/1373 (2001)", "1540 = S/RES/1540 (2004)"]),
    ("GA Res. 65/230; UNGA res 66/1", &["GA Res. 65/230 = A/RES/65/230"]),
    ("the draft resolution A/C.3/74/L.11/Rev.1 was", &["A/C.3/74/L.11/Rev.1 = A/C.3/74/L.11/Rev.1"]),
    (
        "CCPCJ resolution 26/4 came first; resolution 26/4 then",
        &["CCPCJ resolution 26/4 = CCPCJ/RES/26/4", "resolution 26/4 = CCPCJ/RES/26/4"],
    ),
    ("UN Security Council resolution 2396 binds", &["Security Council resolution 2396 = S/RES/2396 (2017)"]),
    ("Council resolution 1996/31 of July", &["Council resolution 1996/31 = E/RES/1996/31"]),
    (
        "Economic and Social Council resolution 2018/12",
        &["Economic and Social Council resolution 2018/12 = E/RES/2018/12"],
    ),
    (
        "ECOSOC resolutions 2019/15 and 2022/25",
        &["ECOSOC resolutions 2019/15 = E/RES/2019/15", "2022/25 = E/RES/2022/25"],
    ),
    ("resolution 16/18 of the Human Rights Council", &["resolution 16/18 = A/HRC/RES/16/18"]),
    (
        "Human Rights Council resolutions 49/1 of March on one matter and S-34/1 on another",
        &["Human Rights Council resolutions 49/1 = A/HRC/RES/49/1", "S-34/1 = A/HRC/RES/S-34/1"],
    ),
    ("the Human Rights Council, in its resolution 21/11, asked", &["resolution 21/11 = A/HRC/RES/21/11"]),
    (
        "Welcoming Commission on Narcotic Drugs resolution 58/9",
        &["Commission on Narcotic Drugs resolution 58/9 = CND/RES/58/9"],
    ),
    (
        "The Commission on the Status of Women met. Commission resolution 60/2 followed.",
        &["Commission resolution 60/2 = CSW/RES/60/2"],
    ),
    ("CCPCJ resolution 26/4", &["CCPCJ resolution 26/4 = CCPCJ/RES/26/4"]),
    (
        "Commission on Human Rights resolution 2005/80",
        &["Commission on Human Rights resolution 2005/80 = E/CN.4/RES/2005/80"],
    ),
    ("see decision 74/567", &["decision 74/567 = A/DEC/74/567"]),
    ("decisions 70/553 B and 71/546", &["decisions 70/553 B = A/DEC/70/553B", "71/546 = A/DEC/71/546"]),
    (
        "Economic and Social Council decision 2015/242",
        &["Economic and Social Council decision 2015/242 = E/DEC/2015/242"],
    ),
    ("its decision 1/CP.19, to", &["decision 1/CP.19 = 1/CP.19"]),
    ("resolution ES-11/4 of", &["resolution ES-11/4 = A/RES/ES-11/4"]),
    ("its resolution S-32/1", &["resolution S-32/1 = A/RES/S-32/1"]),
    ("resolution 2625 (XXV)", &["resolution 2625 (XXV) = A/RES/2625 (XXV)"]),
    ("resolution 217 A (III)", &["resolution 217 A (III) = A/RES/217 A (III)"]),
    ("A/RES/217 A (III)", &["A/RES/217 A (III) = A/RES/217 A (III)"]),
    ("A/RES/217(III) A.", &["A/RES/217(III) A = A/RES/217 A (III)"]),
    ("resolution 3201 (S-VI)", &["resolution 3201 (S-VI) = A/RES/3201 (S-VI)"]),
    ("Council resolution 1503 (XLVIII)", &["Council resolution 1503 (XLVIII) = E/RES/1503 (XLVIII)"]),
    ("the principles of 1514 (XV) remain", &["1514 (XV) = A/RES/1514 (XV)"]),
    (
        "resolutions 72/90 A and B of May and 73/102 A",
        &["resolutions 72/90 A and B = A/RES/72/90A-B", "73/102 A = A/RES/73/102A"],
    ),
    ("E/CN.15/2011/19 and A/74/130", &["E/CN.15/2011/19 = E/CN.15/2011/19", "A/74/130 = A/74/130"]),
    ("(A/71/644 and Corr.1)", &["A/71/644 = A/71/644", "Corr.1 = A/71/644/Corr.1"]),
    (
        "A/AC.291/7/Rev.1, A/CONF.203/18, A/C.3/74/L.11, S/PRST/2017/14",
        &[
            "A/AC.291/7/Rev.1 = A/AC.291/7/Rev.1",
            "A/CONF.203/18 = A/CONF.203/18",
            "A/C.3/74/L.11 = A/C.3/74/L.11",
            "S/PRST/2017/14 = S/PRST/2017/14",
        ],
    ),
    ("A/80/6 (Sect. 16)", &["A/80/6 (Sect. 16) = A/80/6 (Sect. 16)"]),
    (
        "A/HRC/RES/16/18 and E/ESCAP/RES/72/4",
        &["A/HRC/RES/16/18 = A/HRC/RES/16/18", "E/ESCAP/RES/72/4 = E/ESCAP/RES/72/4"],
    ),
    ("resolution 65/\n230 of", &["resolution 65/ 230 = A/RES/65/230"]),
    ("resolution\n65/230", &["resolution 65/230 = A/RES/65/230"]),
    ("resolution 55/25, annex I", &["resolution 55/25 = A/RES/55/25"]),
    ("resolution 61/276, section VIII, of 29 June 2007", &["resolution 61/276 = A/RES/61/276"]),
    (
        "General Assembly and Security Council resolutions 70/262 and 2282 (2016), as well as A/RES/60/180",
        &["70/262 = A/RES/70/262", "2282 (2016) = S/RES/2282 (2016)", "A/RES/60/180 = A/RES/60/180"],
    ),
    (
        "resolutions 60/251 of the General Assembly and 5/1 of the Human Rights Council",
        &["resolutions 60/251 = A/RES/60/251", "5/1 = A/HRC/RES/5/1"],
    ),
    (
        "resolutions 62/1–62/3 and, on other matters, 63/4",
        &["resolutions 62/1 = A/RES/62/1", "62/3 = A/RES/62/3", "63/4 = A/RES/63/4"],
    ),
];

#[test]
fn citations_become_symbols() {
    let misread = CITATIONS.iter().map(|(text, wanted)| (text, wanted, read(text, None)));
    let misread: Vec<_> = misread.filter(|(_, wanted, found)| found != *wanted).collect();
    assert!(misread.is_empty(), "{misread:#?}");
}

#[test]
fn the_organ_of_the_document_owns_what_its_shape_allows() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("Human Rights Council", "its resolution 44/5 stands", &["resolution 44/5 = A/HRC/RES/44/5"]),
        ("Security Council", "resolution 70/1 stands", &["resolution 70/1 = A/RES/70/1"]),
        ("Security Council", "its resolution 748 (1992)", &["resolution 748 (1992) = S/RES/748 (1992)"]),
        ("Economic and Social Council", "its resolution 70/1", &["resolution 70/1 = A/RES/70/1"]),
        ("General Assembly", "its resolution 2018/12", &["resolution 2018/12 = E/RES/2018/12"]),
        ("General Assembly", "74/173.\tOn a matter", &["74/173 = A/RES/74/173", "On a matter = A/RES/74/173"]),
    ];
    for (organ, text, wanted) in cases {
        assert_eq!(&read(text, Some(organ)), wanted, "{organ}: {text}");
    }
}

#[test]
fn other_numbers_are_no_citations() {
    let cases = [
        "a 24/7 service in 2019/20",
        "and/or, A/B tests, S/he, E/mail",
        "the goal of 50/50 balance",
        "the resolution of 12 conflicts",
        "a decision of 5 May 2010",
        "its decision on 12 (2020) pages",
        "resolution 4 of 5 pixels",
        "the 1267/1989 Committee",
        "see https://example.org/A/RES/74/247",
        "on 31/03/2019 at 11:34",
        "resolutions on three questions, 12/5 of them old",
    ];
    for text in cases {
        assert_eq!(read(text, None), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn unnumbered_resolutions_are_nominal() {
    let cases: &[(&str, &[&str])] = &[
        ("as the said resolution asks", &["resolution"]),
        ("that resolution and the same resolution", &["resolution", "resolution"]),
        ("of the present resolution", &["present resolution"]),
        ("other relevant resolutions of the Assembly", &["relevant resolutions"]),
        ("the peaceful resolution of disputes, a resolution, the draft resolution", &[]),
        ("the resolution of the crisis", &[]),
        ("Resolution adopted by the Council", &["Resolution"]),
    ];
    for (text, wanted) in cases {
        let doc = document(text, None);
        let found = citations(&doc);
        let nominal: Vec<&str> =
            found.iter().filter(|one| one.class == MentionClass::Nominal).map(|one| doc.quote(one.span)).collect();
        assert_eq!(&nominal, wanted, "{text}");
    }
}
