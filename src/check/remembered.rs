//! What an earlier check of a large store proved, so that what has not changed need not be proved again. It stands with the
//! index, is as little needed as that, and goes with it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::store::{keep, kept, program};

use super::finding::{Finding, Level};

/// What its file is called, in the folder of the index.
const NAME: &str = "checked";

/// A document in which nothing is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clean {
    /// Quotes that were found again.
    pub quotes: usize,
    /// Links that have the form of their scheme.
    pub links: usize,
}

/// What was proved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// The program that proved it.
    by: String,
    /// By SHA-256 of its text, the state of each clean document's files, and what was found.
    pub documents: BTreeMap<String, (String, Clean)>,
    /// What the shapes were asked of.
    asked: String,
    /// What they found: level, code, words, nodes.
    findings: Vec<(u8, String, String, Vec<String>)>,
}

impl Remembered {
    /// What stands with a store's index; nothing if there is no index, or another program proved it.
    pub fn read(store: &Path) -> Self {
        let read: Self = kept(store, NAME).and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        if read.by == program() { read } else { Self::default() }
    }

    /// What the shapes found, if they were asked of the same.
    pub fn findings(&self, asked: &str) -> Option<Vec<Finding>> {
        let finding = |(level, code, text, nodes): &(u8, String, String, Vec<String>)| Finding {
            level: [Level::Ok, Level::Warn, Level::Fail]
                .into_iter()
                .find(|known| *known as u8 == *level)
                .unwrap_or(Level::Fail),
            code: code.clone(),
            text: text.clone(),
            nodes: nodes.clone(),
        };
        (self.asked == asked).then(|| self.findings.iter().map(finding).collect())
    }

    /// Writes it beside the index, if there is one. Whoever may not write proves it anew the next time.
    pub fn write(store: &Path, documents: BTreeMap<String, (String, Clean)>, asked: String, findings: &[Finding]) {
        let of = |finding: &Finding| {
            (finding.level as u8, finding.code.clone(), finding.text.clone(), finding.nodes.clone())
        };
        let all = Self { by: program(), documents, asked, findings: findings.iter().map(of).collect() };
        if let Ok(bytes) = serde_json::to_vec(&all) {
            keep(store, NAME, &bytes);
        }
    }
}
