//! Symbols, provisions, laws, sessions, dates, money and quantities beside each other.

use std::collections::HashSet;

use super::text::Text;
use super::{NameMatcher, RECOGNISERS};
use crate::model::{Block, BlockKind, Document, Kind, Mentions, Span, ZoneKind};
use crate::seeds::{Catalogue, Lexicon};

/// What the grammars of signs find, those before the names.
fn values(doc: &Document) -> Mentions {
    let (none, lexicon) = (Catalogue::default(), Lexicon::embedded());
    let names = NameMatcher::new(&none, lexicon);
    let text = Text::new(doc, &[], &names, lexicon);
    let grammars = RECOGNISERS.iter().take_while(|recogniser| recogniser.name != "names");
    grammars.fold(Mentions::default(), |known, recogniser| recogniser.add(&text, known))
}

fn document(text: &str) -> Document {
    let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph, zone: ZoneKind::Body };
    Document { text: text.to_owned(), blocks: vec![block], ..Document::default() }
}

#[test]
fn each_sort_finds_its_own() {
    let text = "In 2011, at its fifth session, the Council used $ 3 million of Article 5 of the Fishing Act 1999 under \
                resolution 1373 (2001) for 20 boats and the 1990s.";
    let doc = document(text);
    let found: Vec<(Kind, &str)> = values(&doc).iter().map(|one| (one.kind, doc.quote(one.span))).collect();
    let wanted = [
        (Kind::Date, "2011"),
        (Kind::Meeting, "fifth session"),
        (Kind::Money, "$ 3 million"),
        (Kind::LegalProvision, "Article 5 of the Fishing Act 1999"),
        (Kind::LegalProvision, "Fishing Act 1999"),
        (Kind::Date, "1999"),
        (Kind::Resolution, "resolution 1373 (2001)"),
        (Kind::Quantity, "20 boats"),
        (Kind::Date, "1990s"),
    ];
    assert_eq!(found, wanted);
}

#[test]
fn boilerplate_is_left_alone() {
    let mut doc = document("In 2011 resolution 65/230");
    doc.blocks[0].zone = ZoneKind::Boilerplate;
    assert!(values(&doc).is_empty());
}

/// Every stretch of a text full of traps: no panic, spans on character boundaries, nested or disjoint.
#[test]
fn no_stretch_of_text_breaks_it() {
    let text = "resolutions 46/152 A and B, (XXV) ’s 1/CP.19–2 A/RES/217(III) A “3 to 5 May, 2018” ½ ÷ US$ 3.5bn É/٣ \
                Article\n5 (a), 1–3 of the Act No. 7 and Corr.1 (Sect. 16) twenty-first session of the of mid-1990’s \
                11:34 - 31/03/2019 65/\n230 1.2.3.4 9,999,999,999 trillion million billion 0000/00 https://x";
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    for (k, &start) in starts.iter().enumerate() {
        for &end in starts.iter().skip(k).step_by(19) {
            let doc = document(text.get(start..end).unwrap_or_default());
            let found = values(&doc);
            for (k, one) in found.iter().enumerate() {
                assert!(doc.text.get(one.span.range()).is_some_and(|quote| quote.trim() == quote && !quote.is_empty()));
                assert!(found.iter().skip(k + 1).all(|other| !one.span.crosses(other.span)), "{}", doc.text);
            }
        }
    }
}

#[test]
fn no_two_recognisers_share_a_name_and_each_mention_knows_its_own() {
    let names: HashSet<_> = RECOGNISERS.iter().map(|recogniser| recogniser.name).collect();
    assert_eq!(names.len(), RECOGNISERS.len());
    let found = values(&document("In 2011 the Council used $ 3 million."));
    assert_eq!(found.iter().map(|mention| mention.by).collect::<Vec<_>>(), ["dates", "money"]);
}
