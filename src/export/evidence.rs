//! How much of the proof an export carries: full Web Annotations, the short form of the store, or none.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::NamedNodeRef;

use crate::lift::vocabulary::{dcterms, oa, rap, rdf, xsd};
use crate::model::{CodePoints, Passage, Span};
use crate::record::Literal;

use super::{QuadIds, Quads, TermId};

/// How much of the proof goes along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Evidence {
    /// Each passage also as the target of a W3C Web Annotation, with quote, context and position.
    Full,
    /// As stored: a claim points to its passage, which has its quote.
    #[default]
    Short,
    /// No passages, no quotes, no mentions.
    None,
}

/// What says how fragments of PDF are named.
const PDF_FRAGMENTS: &str = "http://tools.ietf.org/rfc/rfc8118";

/// Code points of context before and after a quote.
const CONTEXT: usize = 32;

impl Evidence {
    /// All, the fullest first.
    pub const ALL: [Evidence; 3] = [Self::Full, Self::Short, Self::None];

    /// The word on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Short => "short",
            Self::None => "none",
        }
    }

    /// Adds to the quads or takes from them. `text` gives a document's text by the name at the end of its IRI; without
    /// it a full annotation has the stored quote, but no context.
    pub fn apply(self, quads: &mut Quads, text: impl Fn(&str) -> Option<String>) {
        match self {
            Self::Full => expand(quads, text),
            Self::Short => {}
            Self::None => strip(quads),
        }
    }
}

/// Whether a statement of this subject and predicate, both IRIs, is only there as proof.
pub fn is_proof(subject: &str, predicate: &str) -> bool {
    PROVING.iter().any(|link| link.as_str() == predicate) || passage(subject).is_some()
}

/// What ties things to passages, and these to their words.
const PROVING: [NamedNodeRef<'_>; 3] = [rap::EVIDENCE, rap::MENTIONED_IN, rap::QUOTE];

fn strip(quads: &mut Quads) {
    let passages: Vec<bool> = quads.term_ids().map(|id| quads.iri(id).and_then(passage).is_some()).collect();
    let links = PROVING.map(|link| quads.find_iri(link.as_str()));
    quads.retain(|row| !passages[row.subject.index()] && !links.contains(&Some(row.predicate)));
}

/// An IRI made of a passage: `…/selector/4e801cbb5a10c2d7-1693-1742-quote`.
fn derived(place: &Passage<'_>, folder: &str, tail: &str) -> String {
    let base = place.base().unwrap_or_default();
    format!("{base}{folder}/{}-{}-{}{tail}", place.digits(), place.start, place.end)
}

/// A passage of one of our texts, by its IRI.
fn passage(iri: &str) -> Option<Passage<'_>> {
    Passage::parse(iri).filter(|passage| passage.start <= passage.end && passage.base().is_some())
}

/// What points to a passage.
#[derive(Default)]
struct PassageUses {
    claims: BTreeSet<TermId>,
    named: BTreeSet<TermId>,
    quote: Option<TermId>,
    locator: Option<TermId>,
    graph: Option<TermId>,
}

fn expand(quads: &mut Quads, text: impl Fn(&str) -> Option<String>) {
    let mut texts: BTreeMap<String, Option<(String, CodePoints)>> = BTreeMap::new();
    for (passage, uses) in uses(quads) {
        let iri = quads.text(passage).to_owned();
        let Some(place) = self::passage(&iri) else { continue };
        let stored = texts.entry(place.digits().to_owned()).or_insert_with(|| {
            text(place.digits()).map(|text| {
                let points = CodePoints::new(&text);
                (text, points)
            })
        });
        let mut adder = Adder { quads, graph: uses.graph };
        adder.resource(passage, &place);
        adder.page(passage, &place, uses.locator);
        adder.quote(passage, &place, uses.quote, stored.as_ref());
        adder.annotations(passage, &place, &uses);
    }
}

/// The passages of a set of quads with what points to each; the graph is that of the passage's own quote, else that of
/// its first use.
fn uses(quads: &Quads) -> BTreeMap<TermId, PassageUses> {
    let find = |term: NamedNodeRef<'_>| quads.find_iri(term.as_str());
    let (evidence, mentioned, quote) = (find(rap::EVIDENCE), find(rap::MENTIONED_IN), find(rap::QUOTE));
    let locator = find(rap::LOCATOR);
    let mut found: BTreeMap<TermId, PassageUses> = BTreeMap::new();
    for row in quads.rows() {
        let predicate = Some(row.predicate);
        if predicate == evidence {
            found.entry(row.object).or_default().claims.insert(row.subject);
        } else if predicate == mentioned {
            let uses = found.entry(row.object).or_default();
            uses.named.insert(row.subject);
            uses.graph = uses.graph.or(row.graph);
        } else if predicate == quote {
            let uses = found.entry(row.subject).or_default();
            uses.quote = Some(row.object);
            uses.graph = row.graph;
        } else if predicate == locator {
            found.entry(row.subject).or_default().locator = Some(row.object);
        }
    }
    found
}

/// Adds triples to one graph.
struct Adder<'q> {
    quads: &'q mut Quads,
    graph: Option<TermId>,
}

impl Adder<'_> {
    /// The passage as a part of its text, with its position.
    fn resource(&mut self, passage: TermId, place: &Passage<'_>) {
        let source = self.quads.intern_iri(place.text);
        let selector = self.quads.intern_iri(&derived(place, "selector", "-position"));
        self.class(passage, oa::SPECIFIC_RESOURCE);
        self.link(passage, oa::HAS_SOURCE, source);
        self.link(passage, oa::HAS_SELECTOR, selector);
        self.class(selector, oa::TEXT_POSITION_SELECTOR);
        self.number(selector, oa::START, place.start);
        self.number(selector, oa::END, place.end);
    }

    /// The first page of the file, after RFC 8118, if the passage has one: `p. 3`, `pp. 3–4`.
    fn page(&mut self, passage: TermId, place: &Passage<'_>, locator: Option<TermId>) {
        let locator = locator.map(|locator| self.quads.text(locator)).unwrap_or_default();
        let Some(pages) = locator.strip_prefix("p. ").or_else(|| locator.strip_prefix("pp. ")) else { return };
        let first: String = pages.chars().take_while(char::is_ascii_digit).collect();
        let selector = self.quads.intern_iri(&derived(place, "selector", "-page"));
        let fragments = self.quads.intern_iri(PDF_FRAGMENTS);
        self.link(passage, oa::HAS_SELECTOR, selector);
        self.class(selector, oa::FRAGMENT_SELECTOR);
        self.link(selector, dcterms::CONFORMS_TO, fragments);
        self.words(selector, rdf::VALUE, &format!("page={first}"));
    }

    /// The words with what stands around them, if the text is at hand; else the words as stored.
    fn quote(
        &mut self,
        passage: TermId,
        place: &Passage<'_>,
        stored: Option<TermId>,
        text: Option<&(String, CodePoints)>,
    ) {
        let (exact, context) = match text {
            Some((text, points)) => {
                let at = |point| points.to_byte(text, point);
                let span = Span { start: at(place.start), end: at(place.end) };
                let before = Span { start: at(place.start.saturating_sub(CONTEXT)), end: span.start };
                let after = Span { start: span.end, end: at(place.end + CONTEXT) };
                (span.of(text).to_owned(), Some((before.of(text), after.of(text))))
            }
            None => match stored {
                Some(quote) => (self.quads.text(quote).to_owned(), None),
                None => return,
            },
        };
        let selector = self.quads.intern_iri(&derived(place, "selector", "-quote"));
        self.link(passage, oa::HAS_SELECTOR, selector);
        self.class(selector, oa::TEXT_QUOTE_SELECTOR);
        self.words(selector, oa::EXACT, &exact);
        if let Some((before, after)) = context {
            self.words(selector, oa::PREFIX, before);
            self.words(selector, oa::SUFFIX, after);
        }
    }

    /// One annotation for each claim, and one that says what is named here.
    fn annotations(&mut self, passage: TermId, place: &Passage<'_>, uses: &PassageUses) {
        for &claim in &uses.claims {
            let key = self.quads.text(claim).rsplit('/').next().unwrap_or_default();
            let iri = format!("{}annotation/{key}", place.base().unwrap_or_default());
            self.annotation(&iri, passage, [claim], oa::LINKING);
        }
        if !uses.named.is_empty() {
            self.annotation(&derived(place, "annotation", ""), passage, uses.named.iter().copied(), oa::IDENTIFYING);
        }
    }

    fn annotation(
        &mut self,
        iri: &str,
        target: TermId,
        bodies: impl IntoIterator<Item = TermId>,
        motivation: NamedNodeRef<'_>,
    ) {
        let annotation = self.quads.intern_iri(iri);
        let motivation = self.quads.intern_iri(motivation.as_str());
        self.class(annotation, oa::ANNOTATION);
        bodies.into_iter().for_each(|body| self.link(annotation, oa::HAS_BODY, body));
        self.link(annotation, oa::HAS_TARGET, target);
        self.link(annotation, oa::MOTIVATED_BY, motivation);
    }

    fn class(&mut self, subject: TermId, class: NamedNodeRef<'_>) {
        let class = self.quads.intern_iri(class.as_str());
        self.link(subject, rdf::TYPE, class);
    }

    fn words(&mut self, subject: TermId, property: NamedNodeRef<'_>, value: &str) {
        let value = self.quads.intern_literal(Literal::Simple(value));
        self.link(subject, property, value);
    }

    fn number(&mut self, subject: TermId, property: NamedNodeRef<'_>, value: usize) {
        let value = self.quads.intern_literal(Literal::Typed(&value.to_string(), xsd::NON_NEGATIVE_INTEGER.as_str()));
        self.link(subject, property, value);
    }

    fn link(&mut self, subject: TermId, property: NamedNodeRef<'_>, object: TermId) {
        let predicate = self.quads.intern_iri(property.as_str());
        self.quads.insert_ids(QuadIds { subject, predicate, object, graph: self.graph });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{Format, Prefixes, rdf as writers};
    use crate::lift::vocabulary::PREFIXES;

    const TEXT: &str = "پاسخ 👍: the Harbour Union welcomes the new lighthouse, and says so again and again.";

    /// One claim with its passage, and one mention in it.
    fn example() -> Quads {
        let start = TEXT.chars().position(|c| c == 't').unwrap();
        let of = |words: &str| start + TEXT.split("the Harbour").nth(1).map_or(0, |_| words.chars().count());
        let passage =
            format!("http://x.org/text/ab#char={start},{}", of("the Harbour Union welcomes the new lighthouse"));
        let mention = format!("http://x.org/text/ab#char={},{}", start + 4, start + 17);
        let lines = format!(
            "<http://x.org/claim/ab-1-1> <{}> <{passage}> <http://x.org/g> .\n\
             <http://x.org/body/hu> <{}> <{mention}> <http://x.org/g/e> .\n\
             <{passage}> <{}> \"the Harbour Union welcomes the new lighthouse\"@en <http://x.org/g/e> .\n",
            rap::EVIDENCE.as_str(),
            rap::MENTIONED_IN.as_str(),
            rap::QUOTE.as_str()
        );
        let parsed: Vec<_> = oxttl::NQuadsParser::new().for_slice(&lines).collect::<Result<_, _>>().unwrap();
        parsed.iter().map(|quad| quad.as_ref()).collect()
    }

    fn turtle(evidence: Evidence, text: Option<&str>) -> String {
        let mut quads = example();
        evidence.apply(&mut quads, |name| text.filter(|_| name == "ab").map(str::to_owned));
        let mut out = Vec::new();
        let prefixes = Prefixes::new(Some("http://x.org/"), PREFIXES.iter().copied());
        writers::write(&quads, Format::Turtle, &prefixes, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_full_annotation_quotes_with_context_in_code_points() {
        let turtle = turtle(Evidence::Full, Some(TEXT));
        for line in [
            "oa:exact \"the Harbour Union welcomes the new lighthouse\" ;",
            "oa:prefix \"پاسخ 👍: \" ;",
            "oa:suffix \", and says so again and again.\" ;",
            "oa:exact \"Harbour Union\" ;",
            "oa:prefix \"پاسخ 👍: the \" ;",
            "oa:start \"8\"^^xsd:nonNegativeInteger ;",
            "oa:end \"53\"^^xsd:nonNegativeInteger ;",
            "<annotation/ab-1-1>",
            "oa:hasBody <claim/ab-1-1> ;",
            "oa:hasTarget <text/ab#char=8,53> ;",
            "oa:motivatedBy oa:linking ;",
            "oa:hasBody <body/hu> ;",
            "oa:motivatedBy oa:identifying ;",
            "rap:evidence <text/ab#char=8,53> ;",
        ] {
            assert!(turtle.lines().any(|other| other.trim() == line), "{line}\n{turtle}");
        }
    }

    #[test]
    fn without_the_text_the_stored_quote_stands_alone() {
        let turtle = turtle(Evidence::Full, None);
        assert!(turtle.contains("oa:exact \"the Harbour Union welcomes the new lighthouse\" ;"), "{turtle}");
        assert!(!turtle.contains("oa:prefix") && !turtle.contains("oa:exact \"Harbour"), "{turtle}");
    }

    #[test]
    fn none_leaves_no_word_of_the_text_and_no_passage() {
        let turtle = turtle(Evidence::None, Some(TEXT));
        assert!(!turtle.contains("Harbour") && !turtle.contains("#char="), "{turtle}");
    }
}
