//! All value-like mentions of a document: symbols, provisions, laws, sessions, dates, money, quantities.

use super::quantities::Tags;
use super::wording::Words;
use super::{dates, laws, money, provisions, quantities, sessions, symbols};
use crate::model::{Document, Mention, Mentions, Reading, Sentence, Span, ZoneKind};

/// The value-like mentions of all blocks but boilerplate: by start, then longest first; they nest or are disjoint.
///
/// `sentences` (in text order) may be empty: tags only sharpen where the counted noun of a quantity ends.
pub fn values(doc: &Document, sentences: &[Sentence]) -> Vec<Mention> {
    let finder = Finder { doc, hint: dates::Hint::of(doc), tags: Tags(sentences) };
    let blocks = doc.blocks.iter().filter(|block| block.zone != ZoneKind::Boilerplate);
    let mut found = blocks.flat_map(|block| finder.in_block(block.span)).collect::<Vec<_>>();
    symbols::complete(&mut found);
    found
}

struct Finder<'a> {
    doc: &'a Document,
    hint: dates::Hint,
    tags: Tags<'a>,
}

impl Finder<'_> {
    /// What each recogniser finds, the surest first: a later one does not cross what an earlier one has.
    fn in_block(&self, block: Span) -> Vec<Mention> {
        let words = Words::new(&self.doc.text, block);
        let found = Mentions::new(symbols::find(self.doc, block, &words));
        let sessions = sessions::find(&words, &spans(&found).collect());
        let found = found.with(laws::find(&words));
        let provisions = provisions::find(&words, &found);
        let found = found.with(provisions).with(sessions);
        let dates = dates::find(&words, self.hint, &coded(&found).collect());
        let money = money::find(&words, &coded(&found).chain(spans(&dates)).collect());
        let taken = coded(&found).chain(spans(&dates)).chain(spans(&money)).collect();
        let quantities = quantities::find(&words, &self.tags, &taken);
        found.with(dates).with(money).with(quantities).into_vec()
    }
}

fn spans(mentions: &[Mention]) -> impl Iterator<Item = Span> + '_ {
    mentions.iter().map(|mention| mention.span)
}

/// Where numbers are parts of codes and provisions already; the names of laws and meetings may hold a year.
fn coded(found: &[Mention]) -> impl Iterator<Item = Span> + '_ {
    let coded = |mention: &Mention| match &mention.reading {
        Reading::Symbol(_) => Some(mention.span),
        Reading::Provision { of, .. } => {
            Some(Span::new(mention.span.start, of.map_or(mention.span.end, |of| of.start)))
        }
        _ => None,
    };
    found.iter().filter_map(coded)
}

#[cfg(test)]
mod tests {
    use super::values;
    use crate::model::{Block, BlockKind, Document, Kind, Span, ZoneKind};

    fn document(text: &str) -> Document {
        let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph, zone: ZoneKind::Body };
        Document { text: text.to_owned(), blocks: vec![block], ..Document::default() }
    }

    #[test]
    fn each_sort_finds_its_own() {
        let text = "In 2011, at its fifth session, the Council used $ 3 million of Article 5 of the Fishing Act 1999 under \
                    resolution 1373 (2001) for 20 boats and the 1990s.";
        let doc = document(text);
        let found: Vec<(Kind, &str)> = values(&doc, &[]).iter().map(|one| (one.kind, doc.quote(one.span))).collect();
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
        assert!(values(&doc, &[]).is_empty());
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
                let found = values(&doc, &[]);
                for (k, one) in found.iter().enumerate() {
                    assert!(
                        doc.text.get(one.span.range()).is_some_and(|quote| quote.trim() == quote && !quote.is_empty())
                    );
                    assert!(found.iter().skip(k + 1).all(|other| !one.span.crosses(other.span)), "{}", doc.text);
                }
            }
        }
    }
}
