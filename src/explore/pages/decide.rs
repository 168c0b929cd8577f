//! A decision of a reader, sent by the form of the review page: who sends it, over which state of the store, and what becomes
//! of it.

use crate::explore::queue::{Queue, Review};
use crate::explore::request::{Request, pairs};
use crate::explore::response::{Problem, Response};
use crate::explore::visit::Answered;
use crate::model::text::one_line;
use crate::model::{Code, Correction, Fault, Ruling, Verdict};

use super::review::{Chosen, link_key};

/// Takes a decision and leads to the next card.
///
/// # Errors
/// 403 for other sites and without the token, 415 for a body that is no form, 428 without the state that was seen, 409 if the
/// store is in another by now, 400 for what cannot be understood, 503 while somebody else writes.
pub fn answer(request: &Request, review: &Review) -> Answered {
    if !is_from_here(request) {
        return Err(Problem::new(403, "pages of other sites decide nothing here"));
    }
    if !review.door.is_open_to(request) {
        return Err(review.door.refusal());
    }
    let kind = request.header("content-type").unwrap_or_default();
    if !kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        return Err(Problem::new(415, "a decision is sent as a form"));
    }
    let sent = pairs(&request.body);
    let value = |name: &str| {
        let found = sent.iter().find(|(known, value)| known == name && !value.trim().is_empty());
        found.map(|(_, value)| value.trim().to_owned())
    };
    let seen = value("revision").or_else(|| request.header("if-match").map(|tag| tag.trim_matches('"').to_owned()));
    let Some(seen) = seen else {
        return Err(Problem::new(428, "say over which state of the store you decide")
            .hint("the form has it as revision; programs may send it as If-Match"));
    };
    let queue = review.queue().map_err(|fault| wrong(&*fault))?;
    if queue.revision != seen {
        return Err(wrong(&crate::desk::Moved));
    }
    let chosen = Chosen::new(value);
    let decision = value("decision").unwrap_or_default();
    let done = taken(review, &queue, &chosen, &decision, value)?;
    let next = value("next").filter(|next| *next != chosen.at && decision != "undo").unwrap_or_default();
    let response = Response { status: 303, ..Response::default() };
    Ok(response.with("Location", chosen.address(&next, done)).with("Cache-Control", "no-store"))
}

/// What was done.
fn taken(
    review: &Review,
    queue: &Queue,
    chosen: &Chosen,
    decision: &str,
    value: impl Fn(&str) -> Option<String>,
) -> Result<&'static str, Problem> {
    let over = queue.revision.as_str();
    let told = |is_new: bool, word: &'static str| if is_new { word } else { "nothing" };
    if decision == "undo" {
        return Ok(told(review.undo(over).map_err(|fault| wrong(&*fault))?, "undo"));
    }
    let gone = || Problem::new(404, "this card is not there any more").hint("it may be decided already");
    if decision == "skip" {
        review.skip(&chosen.at);
        return Ok("skip");
    }
    if chosen.of_links {
        let card = queue.links.iter().find(|card| link_key(card) == chosen.at).ok_or_else(gone)?;
        let ruling = Ruling::ALL.into_iter().find(|ruling| ruling.name() == decision).ok_or_else(unknown)?;
        review.rule(card, ruling, over).map_err(|fault| wrong(&*fault))?;
        return Ok(ruling.name());
    }
    let claim = queue.claims.iter().find(|claim| claim.key == chosen.at).ok_or_else(gone)?;
    let verdict = match decision {
        "accept" => Verdict::Accept,
        "reject" => Verdict::Reject,
        "edit" => {
            let cells = ["subject", "relation", "object"].map(&value);
            let cells = [0, 1, 2].map(|at| cells[at].as_deref());
            review.rewritten(queue, claim, cells).map_err(|error| wrong(&error))?
        }
        _ => return Err(unknown()),
    };
    let word = match &verdict {
        Verdict::Accept => "accept",
        Verdict::Reject => "reject",
        _ => "edit",
    };
    let by = one_line(&chosen.by).chars().filter(|c| !c.is_control()).take(100).collect();
    let is_new = review.decide(&claim.said, Correction { verdict, by }, over).map_err(|fault| wrong(&*fault))?;
    Ok(told(is_new, word))
}

fn unknown() -> Problem {
    Problem::new(400, "this is no decision").hint("say accept, reject, edit, never, skip or undo")
}

/// A fault as an answer.
fn wrong(fault: &dyn Fault) -> Problem {
    let status = match fault.code() {
        Code::STORE_MOVED => 409,
        Code::STORE_IN_USE => 503,
        Code::DECISIONS_UNCLEAR => 400,
        Code::READ_OTHERWISE => 422,
        _ => 500,
    };
    Problem::of(status, fault).way("/review", "to what waits now")
}

/// Whether a form was sent by a page of this server, or by a program: other servers of this machine are other sites.
fn is_from_here(request: &Request) -> bool {
    let host = request.header("host").unwrap_or_default();
    match (request.header("origin"), request.header("sec-fetch-site")) {
        (Some(origin), _) => origin.split_once("://").is_some_and(|(_, name)| name.eq_ignore_ascii_case(host)),
        (None, site) => matches!(site, None | Some("same-origin" | "none")),
    }
}
