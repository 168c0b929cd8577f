//! The store against its own texts: read anew, each must give the statements that the store holds. Nothing else proves that a
//! claim has the holder, the words and the ends that the rules give it.

use std::collections::{BTreeSet, HashSet};

use oxrdf::{NamedOrBlankNode, Quad};

use crate::lift::{Layer, lift};
use crate::model::{Code, Extraction};
use crate::store::Directory;

use super::finding::{Finding, Level};

/// The layers that a text and its rules alone decide. Ties hang on what else was loaded.
const OWN: [Layer; 4] = [Layer::Claims, Layer::Evidence, Layer::Mentions, Layer::Doubtful];

/// What reading the texts of a store anew showed.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    same: usize,
    different: usize,
    /// What differs, by its key.
    nodes: Vec<String>,
    /// Documents that another version read.
    others: Vec<String>,
}

impl Comparison {
    /// Compares what the store holds of a document with what reading it gives now; `None` if its text gives nothing any more.
    /// What is damaged is reported as such elsewhere.
    pub fn see(&mut self, directory: &Directory, sha256: &str, now: Option<&Extraction>) {
        let Some(now) = now.map(|extraction| lift(extraction, directory.base())) else {
            self.different += 1;
            self.nodes.push(directory.base().key(directory.base().text(sha256).as_str()).unwrap_or(sha256).to_owned());
            return;
        };
        let mut nodes = BTreeSet::new();
        for layer in OWN {
            let Ok(held) = directory.of_document(sha256, layer) else { continue };
            let held: HashSet<Quad> = held.into_iter().collect();
            let read: HashSet<Quad> =
                now.layer(layer).flat_map(|graph| graph.quads().map(oxrdf::QuadRef::into_owned)).collect();
            nodes.extend(held.symmetric_difference(&read).map(|quad| key(directory, quad)));
        }
        match nodes.is_empty() {
            true => self.same += 1,
            false => self.different += 1,
        }
        self.nodes.extend(nodes);
    }

    /// Notes a document that was read by another version, other rules or other names: it may rightly say something else.
    pub fn pass_over(&mut self, name: &str) {
        self.others.push(name.to_owned());
    }

    /// What there is to say.
    pub fn findings(self) -> Vec<Finding> {
        let code = Code::READ_DIFFERENTLY.number();
        let all = self.same + self.different;
        let mut findings = vec![match self.different {
            0 => Finding::ok(code, format!("{all} of {all} texts read anew say what the store holds")),
            1 => {
                Finding::new(Level::Fail, code, "1 text read anew says something else than the store holds", self.nodes)
            }
            n => Finding::new(
                Level::Fail,
                code,
                format!("{n} texts read anew say something else than the store holds"),
                self.nodes,
            ),
        }];
        if !self.others.is_empty() {
            let text = "texts were read by another version or other rules and are not compared";
            findings.push(Finding::new(Level::Warn, Code::READ_OTHERWISE.number(), text, self.others));
        }
        findings
    }
}

/// The key of what a quad is about, a claim by its number.
fn key(directory: &Directory, quad: &Quad) -> String {
    let NamedOrBlankNode::NamedNode(node) = &quad.subject else { return quad.subject.to_string() };
    let key = directory.base().key(node.as_str()).unwrap_or(node.as_str());
    key.strip_prefix("claim/").unwrap_or(key).to_owned()
}
