//! Rows of an answer: terms by column.

use std::collections::BTreeMap;

use oxigraph::model::{Literal, NamedNode, Term};

use super::TopicReason;
use crate::lift::vocabulary::rap;
use crate::record::{Labels, Show};
use crate::store::Dataset;

/// A table of terms.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// Column names, without question marks.
    pub variables: Vec<String>,
    /// One term or nothing a column.
    pub rows: Vec<Vec<Option<Term>>>,
}

/// Tells that rows were left out since their claims are less sure than `least`, and what shows them.
pub fn passed_over(rows: usize, least: f64, shown_by: &str) -> String {
    let (rest, were) = if rows == 1 { ("row rests on a claim", "was") } else { ("rows rest on claims", "were") };
    format!("{rows} {rest} less sure than {least} and {were} left out; {shown_by} shows all")
}

impl Rows {
    /// Fills empty cells of the column `sentence` with the sentence around the passage in `where`, which `sentence_at`
    /// reads from the stored texts.
    pub fn fill_sentences(&mut self, sentence_at: impl Fn(&str) -> Option<String>) {
        let column = |name: &str| self.variables.iter().position(|variable| variable == name);
        let (Some(sentence), Some(place)) = (column("sentence"), column("where")) else { return };
        for row in &mut self.rows {
            if let (None, Some(Term::NamedNode(passage))) = (&row[sentence], &row[place])
                && let Some(text) = sentence_at(passage.as_str())
            {
                row[sentence] = Some(Literal::new_simple_literal(text).into());
            }
        }
    }

    /// Keeps the rows whose `claim` is on a topic, and fills the column `why` with the reason.
    pub fn keep_topic(&mut self, claims: &BTreeMap<String, TopicReason>) {
        let column = |name: &str| self.variables.iter().position(|variable| variable == name);
        let Some(claim) = column("claim") else { return };
        let why = column("why");
        self.rows.retain_mut(|row| {
            let Some(Term::NamedNode(node)) = &row[claim] else { return false };
            let Some(reason) = claims.get(node.as_str()) else { return false };
            if let Some(why) = why {
                row[why] = Some(Literal::new_simple_literal(reason.words()).into());
            }
            true
        });
    }

    /// Leaves out rows whose `claim` is less sure than that, 0 to 1, and tells how many these were. Rows without a claim stay.
    pub fn keep_sure(&mut self, store: &Dataset, least: f64) -> usize {
        let Some(column) = self.variables.iter().position(|variable| variable == "claim") else { return 0 };
        let before = self.rows.len();
        self.rows.retain(|row| match &row[column] {
            Some(Term::NamedNode(claim)) => confidence(store, claim).is_none_or(|confidence| confidence >= least),
            _ => true,
        });
        before - self.rows.len()
    }

    /// With a column `…Label` behind each column of IRIs.
    pub fn with_labels(self, labels: &Labels<'_>) -> Self {
        let is_named =
            |index: usize| self.rows.iter().any(|row| matches!(row.get(index), Some(Some(Term::NamedNode(_)))));
        let named: Vec<bool> = (0..self.variables.len()).map(is_named).collect();
        let mut variables = Vec::new();
        for (variable, named) in self.variables.iter().zip(&named) {
            variables.push(variable.clone());
            variables.extend(named.then(|| format!("{variable}Label")));
        }
        let widen = |row: Vec<Option<Term>>| {
            let mut wide = Vec::new();
            for (cell, named) in row.into_iter().zip(&named) {
                let label = cell.as_ref().map(|term| Literal::new_simple_literal(labels.term(term, Show::Name)).into());
                wide.push(cell);
                wide.extend(named.then_some(label));
            }
            wide
        };
        Rows { variables, rows: self.rows.into_iter().map(widen).collect() }
    }
}

fn confidence(store: &Dataset, claim: &NamedNode) -> Option<f64> {
    match store.object(claim.as_ref(), rap::CONFIDENCE)? {
        Term::Literal(confidence) => confidence.value().parse().ok(),
        _ => None,
    }
}
