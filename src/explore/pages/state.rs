//! The state of the store, for open pages that want to know whether they are old.

use serde_json::json;

use crate::explore::response::Response;
use crate::explore::visit::{Answered, Visit};

/// Answers with the revision.
///
/// # Errors
/// None.
pub fn answer(visit: &Visit<'_>) -> Answered {
    let value = json!({"revision": visit.reading.revision()});
    Ok(Response::json(200, &value).with("Cache-Control", "no-cache"))
}
