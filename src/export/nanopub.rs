//! Nanopublications: each claim as a small dataset of its own, with what it says, whose words prove it, and who published
//! it, each part in a graph of its own. Unsigned and without a clock: the same claim gives the same nanopublication.
//!
//! The assertion holds the claim as the store has it, and the direct triple where the claim says that it is so. It is
//! attributed to the one who said it, never to us: said, not true.

use std::collections::{BTreeMap, HashSet};

use crate::lift::vocabulary::{dcterms, np, npx, oa, own, prov, rap, rdf, rdfs, schema, skos};
use crate::model::Qualifier;
use crate::record::{Labels, Literal, Record, Term};

use super::view::Options;
use super::{QuadIds, Quads, TermId};

/// The nanopublications of all claims that documents make, and how many there are. Graphs in the background of the
/// options explain things and claim nothing; of the options their licence and date count too.
pub fn assemble(quads: &Quads, options: &Options) -> (Quads, usize) {
    let record = Record::new(quads, &options.background);
    let claims: Vec<TermId> = record.stated_with(rdf::PREDICATE).map(|row| row.subject).collect();
    let stated: HashSet<(TermId, TermId, TermId)> =
        record.stated().map(|row| (row.subject, row.predicate, row.object)).collect();
    let mut press = NanopubWriter { record: &record, stated, out: Quads::default(), options };
    claims.iter().for_each(|&claim| press.publish(claim));
    (press.out, claims.len())
}

/// What prints one claim after the other.
struct NanopubWriter<'f, 'q> {
    record: &'f Record<'q>,
    stated: HashSet<(TermId, TermId, TermId)>,
    out: Quads,
    options: &'f Options,
}

/// What is said of the claim itself; the rest tells how it was found.
const SAID: [&str; 4] = ["polarity", "modality", "strength", "saidBy"];

impl NanopubWriter<'_, '_> {
    fn publish(&mut self, claim: TermId) {
        let iri = self.record.quads().text(claim);
        let (folder, number) = iri.rsplit_once('/').unwrap_or(("", iri));
        let base = folder.strip_suffix("claim").unwrap_or(folder).to_owned();
        let this = format!("{base}np/{number}");
        let parts = ["Head", "assertion", "provenance", "pubinfo"].map(|part| format!("{this}#{part}"));
        let [head, assertion, provenance, pubinfo] = &parts;
        for (property, object) in [
            (rdf::TYPE, np::NANOPUBLICATION.as_str()),
            (np::HAS_ASSERTION, assertion),
            (np::HAS_PROVENANCE, provenance),
            (np::HAS_PUBLICATION_INFO, pubinfo),
        ] {
            self.link(head, &this, property.as_str(), object);
        }
        self.assertion(assertion, claim);
        self.provenance(provenance, assertion, claim);
        self.pubinfo(pubinfo, &this, &base, claim);
    }

    /// The claim as it is stored, and the direct triple if it stands.
    fn assertion(&mut self, graph: &str, claim: TermId) {
        let own_terms: Vec<String> =
            SAID.into_iter().chain(Qualifier::ALL.map(Qualifier::name)).map(|name| own(name).into_string()).collect();
        let rdf_terms = [rdf::TYPE, rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT].map(|term| term.as_str().to_owned());
        for row in self.record.of(claim) {
            let predicate = self.record.quads().text(row.predicate);
            if own_terms.iter().chain(&rdf_terms).any(|term| term == predicate) {
                self.copy(graph, (row.subject, row.predicate, row.object));
            }
        }
        let value = |property| self.record.value(claim, property);
        if let (Some(subject), Some(predicate), Some(object)) =
            (value(rdf::SUBJECT), value(rdf::PREDICATE), value(rdf::OBJECT))
            && self.stated.contains(&(subject, predicate, object))
        {
            self.copy(graph, (subject, predicate, object));
        }
    }

    /// Whose words it is, where they stand, which rule read them, and how sure it is.
    fn provenance(&mut self, graph: &str, assertion: &str, claim: TermId) {
        let passage = self.record.value(claim, rap::EVIDENCE);
        let text = passage.and_then(|passage| self.record.value(passage, oa::HAS_SOURCE));
        let holder = self.record.value(claim, rap::SAID_BY);
        let speakers: Vec<TermId> = match holder {
            Some(holder) => vec![holder],
            None => text
                .and_then(|text| self.record.voice(text))
                .map(|voice| voice.represented().collect())
                .unwrap_or_default(),
        };
        for speaker in speakers {
            let iri = self.record.quads().text(speaker).to_owned();
            self.link(graph, assertion, prov::WAS_ATTRIBUTED_TO.as_str(), &iri);
        }
        for row in self.record.of(claim) {
            let predicate = self.record.quads().text(row.predicate);
            if [rap::EVIDENCE, rap::RULE, rap::CONFIDENCE].iter().any(|term| term.as_str() == predicate) {
                self.copy(graph, (row.subject, row.predicate, row.object));
            }
        }
        if let Some(passage) = passage {
            let iri = self.record.quads().text(passage).to_owned();
            self.link(graph, assertion, prov::WAS_DERIVED_FROM.as_str(), &iri);
            for row in self.record.of(passage) {
                if [rap::QUOTE, rap::LOCATOR, oa::HAS_SOURCE]
                    .iter()
                    .any(|term| term.as_str() == self.record.quads().text(row.predicate))
                {
                    self.copy(graph, (row.subject, row.predicate, row.object));
                }
            }
        }
        for row in text.iter().flat_map(|&text| self.record.of(text)) {
            let predicate = self.record.quads().text(row.predicate);
            if [schema::SHA256, dcterms::DATE, dcterms::TITLE].iter().any(|term| term.as_str() == predicate) {
                self.copy(graph, (row.subject, row.predicate, row.object));
            }
        }
    }

    /// Who made the nanopublication, under which licence, and what its things are called.
    fn pubinfo(&mut self, graph: &str, this: &str, base: &str, claim: TermId) {
        let program = concat!("rapporteur-", env!("CARGO_PKG_VERSION"));
        let agent = format!("{base}software/{program}");
        self.link(graph, this, dcterms::CREATOR.as_str(), &agent);
        self.link(graph, &agent, rdf::TYPE.as_str(), prov::SOFTWARE_AGENT.as_str());
        self.link(graph, this, npx::INTRODUCES.as_str(), self.record.quads().text(claim));
        for class in self.record.values(claim, rdf::TYPE) {
            let class = self.record.quads().text(class).to_owned();
            self.link(graph, this, npx::HAS_NANOPUB_TYPE.as_str(), &class);
        }
        self.label(graph, this, claim);
        if let Some(licence) = &self.options.licence {
            self.link(graph, this, dcterms::LICENSE.as_str(), &licence.url);
        }
        if let Some(created) = &self.options.created {
            let row = QuadIds {
                subject: self.out.intern_iri(this),
                predicate: self.out.intern_iri(dcterms::CREATED.as_str()),
                // Nanopublications tell a moment, never a day alone.
                object: match created.contains('T') {
                    true => self.out.intern_literal(super::describe::moment(created)),
                    false => self.out.intern_literal(super::describe::moment(&format!("{created}T00:00:00Z"))),
                },
                graph: Some(self.out.intern_iri(graph)),
            };
            self.out.insert_ids(row);
        }
        let mut labels: BTreeMap<TermId, TermId> = BTreeMap::new();
        for row in self.record.of(claim) {
            let names = self.record.values(row.object, skos::PREF_LABEL);
            if let Some(name) = names.min_by_key(|&name| self.record.quads().text(name)) {
                labels.insert(row.object, name);
            }
        }
        let label = self.record.quads().find_iri(skos::PREF_LABEL.as_str());
        for (thing, name) in labels {
            if let Some(label) = label {
                self.copy(graph, (thing, label, name));
            }
        }
    }

    /// The claim in words, as the name of the nanopublication.
    fn label(&mut self, graph: &str, this: &str, claim: TermId) {
        let labels = Labels::new(self.record);
        let Some(claim) = self.record.claim(claim) else { return };
        let relation = claim.relation.words_of(claim.verb, claim.is_negated());
        let words = format!("{} {relation} {}", labels.of(claim.subject), labels.of(claim.object));
        let row = QuadIds {
            subject: self.out.intern_iri(this),
            predicate: self.out.intern_iri(rdfs::LABEL.as_str()),
            object: self.out.intern_literal(Literal::Tagged(&words, "en")),
            graph: Some(self.out.intern_iri(graph)),
        };
        self.out.insert_ids(row);
    }

    fn link(&mut self, graph: &str, subject: &str, predicate: &str, object: &str) {
        let [graph, subject, predicate, object] =
            [graph, subject, predicate, object].map(|iri| self.out.intern_iri(iri));
        self.out.insert_ids(QuadIds { subject, predicate, object, graph: Some(graph) });
    }

    /// A triple of the store, in a graph.
    fn copy(&mut self, graph: &str, (subject, predicate, object): (TermId, TermId, TermId)) {
        let quads = self.record.quads();
        let object = match quads.term(object) {
            Term::Literal(literal) => self.out.intern_literal(literal),
            _ => self.out.intern_iri(quads.text(object)),
        };
        let row = QuadIds {
            subject: self.out.intern_iri(quads.text(subject)),
            predicate: self.out.intern_iri(quads.text(predicate)),
            object,
            graph: Some(self.out.intern_iri(graph)),
        };
        self.out.insert_ids(row);
    }
}
