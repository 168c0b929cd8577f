//! The claims of a store as readers decide about them: in words, with the name that a decision gives them.

use crate::lift::vocabulary::rap;
use crate::lift::{Base, claim_digest};
use crate::model::text::one_line;
use crate::model::{End, Said};
use crate::record::{Labels, Names, Record, TermId};

/// A claim of the store, for a reader to decide about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// It as a decision names it.
    pub said: Said,
    /// Its key in tables: the same at every reading.
    pub key: String,
    /// Its number at this reading.
    pub number: String,
    /// Of whom or what, in words.
    pub subject: String,
    /// Is said, in words.
    pub relation: String,
    /// What, in words.
    pub object: String,
    /// How it is put.
    pub modality: &'static str,
    /// How sure it is, 0 to 1.
    pub confidence: String,
    /// Whether it waits for a reader and is no answer until then.
    pub waits: bool,
    /// The document's name.
    pub document: String,
    /// First and last code point of its passage, the last one excluded.
    pub place: (usize, usize),
    /// The rule that found it.
    pub rule: String,
}

/// The headings of a table of claims, in their order.
const HEADINGS: [&str; 11] = [
    "decision", "key", "subject", "relation", "object", "modality", "confidence", "standing", "quote", "document",
    "claim",
];

/// Claims as a table to decide in, with a delimiter.
pub fn claims_table(claims: &[&Listed], delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    // Writing to a vector cannot fail.
    let _ = writer.write_record(HEADINGS);
    for claim in claims {
        let standing = if claim.waits { "waits" } else { "stands" };
        let cells = [
            "", &claim.key, &claim.subject, &claim.relation, &claim.object, claim.modality, &claim.confidence,
            standing, &claim.said.quote, &claim.document, &claim.number,
        ];
        let _ = writer.write_record(cells);
    }
    writer.into_inner().unwrap_or_default()
}

/// The claims of a record that can be decided about, also those that wait; by document, then in text order.
pub fn listed(record: &Record<'_>) -> Vec<Listed> {
    let labels = Labels::new(record);
    let mut all: Vec<((String, usize), Listed)> =
        record.claims().filter_map(|claim| listed_claim(record, &labels, claim.id)).collect();
    all.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.number.cmp(&other.number)));
    all.into_iter().map(|(_, listed)| listed).collect()
}

/// A claim of a record; `None` if it cannot be decided about: it lacks words or a text.
pub fn listed_one(record: &Record<'_>, claim: TermId) -> Option<Listed> {
    listed_claim(record, &Labels::new(record), claim).map(|(_, listed)| listed)
}

fn listed_claim(record: &Record<'_>, labels: &Labels<'_>, id: TermId) -> Option<((String, usize), Listed)> {
    let (claim, quads) = (record.claim(id)?, record.quads());
    let base = Base::new(record.base()).ok()?;
    let end = |id: TermId| match quads.iri(id) {
        Some(iri) => base.plain_key(iri).map(End::Thing),
        None => Some(End::Words(quads.text(id).to_owned())),
    };
    let quote = record.quote(*claim.passages.first()?);
    let place = quote.place?;
    let said = Said {
        text: place.digits().to_owned(),
        subject: end(claim.subject)?,
        relation: quads.text(claim.predicate).to_owned(),
        object: end(claim.object)?,
        denied: claim.is_negated(),
        quote: one_line(quote.words?),
    };
    let number = labels.name(quads.text(id));
    let listed = Listed {
        key: claim_digest(&said),
        number: number.strip_prefix("claim/").unwrap_or(&number).to_owned(),
        subject: labels.of(claim.subject),
        relation: claim.relation.words_of(claim.verb, claim.is_negated()),
        object: labels.of(claim.object),
        modality: claim.modality.map_or("", crate::model::Modality::name),
        confidence: claim.confidence.unwrap_or_default().to_owned(),
        waits: record.value(id, rap::STANDING).is_some(),
        document: labels.text(place.text),
        place: place.place(),
        rule: claim.rule.unwrap_or_default().to_owned(),
        said,
    };
    Some(((listed.document.clone(), place.start), listed))
}

/// What a reader means by the end of a claim: a thing of the record that is called so in full, else words.
pub fn end_of(record: &Record<'_>, words: &str) -> End {
    let base = Base::new(record.base()).ok();
    let found = Names::new(record).find(words).ok().filter(|found| found.exact);
    let key = found.and_then(|found| base?.plain_key(&found.iri));
    key.map_or_else(|| End::Words(one_line(words)), End::Thing)
}
