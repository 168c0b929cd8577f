//! Which plain triples an export carries beside the claims: a claim keeps its sayer, a plain triple does not.

use std::collections::{HashMap, HashSet};

use crate::lift::vocabulary::{own, rap, rdf, relations};
use crate::model::{Modality, Polarity};

use super::{QuadIds, Quads, TermId};

/// The direct edges of claims that go along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edges {
    /// None: what is claimed stands in claims alone.
    None,
    /// As stored: those of claims that their subject itself makes, or a document that is the authority for them.
    #[default]
    Own,
    /// Those of all claims that something is so, whoever says it, mere valuations too.
    All,
}

impl Edges {
    /// Takes out, or puts in, what is to go along.
    pub fn apply(self, quads: &mut Quads) {
        match self {
            Self::Own => {}
            Self::None => {
                let edges: HashSet<_> = claims(quads).iter().filter_map(Parts::edge).map(ends).collect();
                quads.retain(|row| !edges.contains(&ends(*row)));
            }
            Self::All => {
                let there: HashSet<QuadIds> = quads.rows().iter().copied().collect();
                let edges: Vec<QuadIds> =
                    claims(quads).iter().filter(|claim| claim.is_so(quads)).filter_map(Parts::edge).collect();
                edges.into_iter().filter(|edge| !there.contains(edge)).for_each(|edge| quads.insert_ids(edge));
            }
        }
    }
}

fn ends(row: QuadIds) -> (TermId, TermId, TermId) {
    (row.subject, row.predicate, row.object)
}

/// What a graph says of a claim, as far as its edge hangs on it.
#[derive(Default)]
struct Parts {
    graph: Option<TermId>,
    subject: Option<TermId>,
    predicate: Option<TermId>,
    object: Option<TermId>,
    polarity: Option<TermId>,
    modality: Option<TermId>,
}

impl Parts {
    fn edge(&self) -> Option<QuadIds> {
        Some(QuadIds { subject: self.subject?, predicate: self.predicate?, object: self.object?, graph: self.graph })
    }

    /// Whether it says that something is so between two things, in a relation that means something by itself.
    fn is_so(&self, quads: &Quads) -> bool {
        let is = |term: Option<TermId>, name: &str| term.is_some_and(|id| quads.text(id) == own(name).as_str());
        let hypothetical = Modality::ALL.into_iter().filter(|modality| modality.is_hypothetical());
        is(self.polarity, Polarity::Affirmed.name())
            && !hypothetical.map(Modality::name).any(|name| is(self.modality, name))
            && [self.subject, self.object].into_iter().all(|end| end.is_some_and(|end| quads.iri(end).is_some()))
            && self.predicate.is_some_and(|property| !relations().of_iri(quads.text(property)).is_open())
    }
}

/// The claims of all graphs, each once a graph, in the order in which they come.
fn claims(quads: &Quads) -> Vec<Parts> {
    let known = [rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT, rap::POLARITY, rap::MODALITY];
    let known = known.map(|property| quads.find_iri(property.as_str()));
    let mut found: Vec<Parts> = Vec::new();
    let mut places: HashMap<(TermId, Option<TermId>), usize> = HashMap::new();
    for row in quads.rows() {
        let Some(at) = known.iter().position(|property| *property == Some(row.predicate)) else { continue };
        let place = *places.entry((row.subject, row.graph)).or_insert_with(|| {
            found.push(Parts { graph: row.graph, ..Parts::default() });
            found.len() - 1
        });
        let Some(claim) = found.get_mut(place) else { continue };
        let part = match at {
            0 => &mut claim.subject,
            1 => &mut claim.predicate,
            2 => &mut claim.object,
            3 => &mut claim.polarity,
            _ => &mut claim.modality,
        };
        *part = Some(row.object);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::Edges;
    use crate::export::Quads;
    use crate::lift::vocabulary::own;
    use crate::lift::{Base, lift};
    use crate::model::fixture::Draft;
    use crate::model::{Extraction, Kind, Modality};

    const WORDS: &str =
        "Ruritania hosts the Tidal Convention. Elbonia signed the Tidal Convention. Ruritania funds it.";

    /// A State of itself, of another, and as a mere valuation.
    fn statement() -> Extraction {
        let mut extraction = Draft::new("tides.txt", WORDS)
            .entity("state/rur", Kind::State, "Ruritania")
            .entity("state/elb", Kind::State, "Elbonia")
            .entity("treaty/tidal-convention", Kind::Treaty, "Tidal Convention")
            .claim("state/rur", "hosts", "treaty/tidal-convention", "Ruritania hosts the Tidal Convention")
            .claim("state/elb", "signed", "treaty/tidal-convention", "Elbonia signed the Tidal Convention")
            .claim("state/rur", "funds", "treaty/tidal-convention", "Ruritania funds it")
            .done();
        extraction.voice.holder = extraction.find("state/rur");
        extraction.claims[2].modality = Modality::Opinion;
        extraction.attribute();
        extraction
    }

    #[test]
    fn own_edges_are_stored_and_the_others_are_made_or_taken_out() {
        let lifted = lift(&statement(), &Base::default());
        for (edges, expected) in
            [(Edges::Own, vec!["hosts"]), (Edges::None, Vec::new()), (Edges::All, vec!["hosts", "signed", "funds"])]
        {
            let mut quads: Quads = lifted.quads().collect();
            edges.apply(&mut quads);
            let has = |relation: &&str| {
                let property = quads.find_iri(own(relation).as_str());
                quads.rows().iter().any(|row| Some(row.predicate) == property)
            };
            let found: Vec<&str> = ["hosts", "signed", "funds"].into_iter().filter(has).collect();
            assert_eq!(found, expected, "{edges:?}");
        }
    }
}
