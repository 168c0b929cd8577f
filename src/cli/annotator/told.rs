//! What the user is told of proposals: how many stand, and why lines were refused.

use std::fmt::Write;

use rapporteur::model::Proposals;
use rapporteur::model::text::counted;

use super::failure::Failure;
use crate::cli::report;

/// Refusals of one document that are told.
const TOLD: usize = 5;

/// Tells what became of a program's lines: `  tagger@1.2: 3 claims (1 more to review), 2 lines refused`.
/// `document` stands before it where no headline does.
pub fn told(document: &str, proposals: &Proposals) {
    let mut text = format!("{}{}", head(document), proposals.kept.by);
    if !proposals.fresh {
        text.push_str(", as it answered before");
    }
    // Writing to a string cannot fail.
    let _ = write!(text, ": {}", counted(proposals.claims, "claim"));
    let beside = [
        (proposals.to_review, "more to review"),
        (proposals.known, "already claimed"),
        (proposals.dropped, "too doubtful"),
    ];
    let beside: Vec<String> =
        beside.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if !beside.is_empty() {
        let _ = write!(text, " ({})", beside.join(", "));
    }
    let refused = proposals.refused.len();
    if refused > 0 {
        let _ = write!(text, ", {} refused", counted(refused, "line"));
    }
    report::note(text);
    for one in proposals.refused.iter().take(TOLD) {
        report::note(format!("    line {}: {}", one.line, one.why));
    }
    if refused > TOLD {
        report::note(format!("    … and {}", counted(refused - TOLD, "more line")));
    }
}

/// Tells that a document has no annotations, and why.
pub fn lost(document: &str, failure: &Failure) {
    report::note(format!("{}no answer of the annotator: {failure}", head(document)));
}

/// What a line begins with: the document, or two blanks under its headline.
fn head(document: &str) -> String {
    if document.is_empty() { "  ".to_owned() } else { format!("{document}: ") }
}

/// `3 lines refused`, for a summary; nothing if there are none.
pub fn refusals(count: usize) -> Option<String> {
    (count > 0).then(|| format!("{} of annotators refused", counted(count, "line")))
}
