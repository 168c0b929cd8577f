//! From a request to a page: who may ask, which page has the address, and what every answer carries.

use sha2::{Digest, Sha256};

use super::elsewhere::{Unanswered, is_question};
use super::pages;
use super::request::Request;
use super::response::{Problem, Response};
use super::visit::{Answered, Visit};
use super::{Explorer, assets, frame, reconcile};
use crate::link::reconcile::Service;

/// Answers a request.
pub fn respond(explorer: &Explorer, request: &Request) -> Response {
    let settings = explorer.settings();
    let is_reconciling = is_under(&request.path, RECONCILE) && settings.shelf.is_some();
    let guard = match is_reconciling {
        true => settings.guard.letting(&reconcile::OPEN_REFINE),
        false => settings.guard.letting(&[]),
    };
    let answered = match guard.refuse(request) {
        Some(problem) => Err(problem),
        None => let_in(explorer, request).and_then(|answered| match answered {
            Some(response) => Ok(response),
            None => answer(explorer, request),
        }),
    };
    let response = match answered {
        Err(problem) if is_reconciling => Response::json(problem.status, &serde_json::json!({"error": problem.title})),
        answered => answered.unwrap_or_else(|problem| told(&problem, request)),
    };
    guard.seal(request, response)
}

/// Where the reconciliation service is.
const RECONCILE: &str = "/reconcile";

fn is_under(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Keeps out who has no token, where one is asked for; who comes with it in the address is led in. What belongs to the
/// program and not to the store is open to all.
fn let_in(explorer: &Explorer, request: &Request) -> Result<Option<Response>, Problem> {
    let Some(door) = &explorer.settings().door else { return Ok(None) };
    let is_open = request.path.starts_with("/-/assets/") || request.path == "/-/health" || request.method == "OPTIONS";
    if is_open || door.is_open_to(request) {
        return Ok(None);
    }
    door.let_in(request).map(Some).ok_or_else(|| door.refusal())
}

fn told(problem: &Problem, request: &Request) -> Response {
    let title = match problem.status {
        404 | 410 => "Not here",
        401 | 403 => "Not allowed",
        409 => "The store has changed",
        406 => "No such form",
        _ => "That did not work",
    };
    problem.answer(request, |body| frame::bare(title, &body))
}

fn answer(explorer: &Explorer, request: &Request) -> Answered {
    if !request.path.starts_with('/') {
        return Err(Problem::new(400, "the address does not begin with a slash"));
    }
    if let Some(asset) = request.path.strip_prefix("/-/assets/") {
        method(request, &["GET", "HEAD"])?;
        return assets::answer(&asset.split('/').collect::<Vec<_>>());
    }
    if request.method == "OPTIONS" {
        return Ok(Response { status: 204, ..Response::default() }.with("Allow", "GET, HEAD, POST, OPTIONS"));
    }
    let settings = explorer.settings();
    if is_under(&request.path, RECONCILE) {
        return reconciled(explorer, request);
    }
    if is_review(&request.path) {
        return reviewed(explorer, request);
    }
    if let Some(elsewhere) = settings.elsewhere.as_ref().filter(|_| is_question(request)) {
        return elsewhere(request).map_err(Unanswered::problem);
    }
    let reading = explorer.reading();
    if request.path.trim_end_matches('/') == "/sparql" {
        return match settings.has_endpoint {
            true => pages::sparql::answer(&Visit::new(settings, &reading, request)),
            false => Err(Problem::new(403, "this server answers no questions in SPARQL").way("/q", "to the questions")),
        };
    }
    method(request, &["GET", "HEAD"])?;
    let tag = tag(reading.revision(), request);
    if request.all("if-none-match").flat_map(|tags| tags.split(',')).any(|known| known.trim() == tag) {
        return Ok(Response { status: 304, ..Response::default() }.with("ETag", tag).with("Vary", "Accept"));
    }
    let visit = Visit::new(settings, &reading, request);
    page(visit).map(|response| response.with("ETag", tag))
}

/// Names of the loaded vocabularies, for OpenRefine and its kin.
fn reconciled(explorer: &Explorer, request: &Request) -> Answered {
    let Some(shelf) = &explorer.settings().shelf else {
        return Err(Problem::new(404, "no vocabularies are loaded here").hint("load one:  rapporteur link load FILE"));
    };
    let host = request.header("host").unwrap_or("localhost");
    let address = format!("http://{host}{RECONCILE}");
    let rest = request.path.strip_prefix(RECONCILE).unwrap_or_default();
    Ok(reconcile::respond(&Service { shelf, address: &address }, rest, request))
}

fn is_review(path: &str) -> bool {
    let rest = path.strip_prefix("/review");
    rest.is_some_and(|rest| rest.is_empty() || rest.strip_prefix('.').is_some_and(|end| !end.contains('/')))
}

/// What readers see and decide.
fn reviewed(explorer: &Explorer, request: &Request) -> Answered {
    let settings = explorer.settings();
    let Some(review) = &settings.review else {
        return Err(Problem::new(404, "nothing can be decided here").hint("start the server with  --review"));
    };
    method(request, &["GET", "HEAD", "POST"])?;
    if request.method == "POST" {
        let answered = pages::decide::answer(request, review);
        explorer.look_again();
        return answered;
    }
    let reading = explorer.reading();
    let mut visit = Visit::new(settings, &reading, request);
    visit.cut_suffix();
    pages::review::answer(&visit, review)
}

/// The page that has the address.
fn page(mut visit: Visit<'_>) -> Answered {
    if let Some(key) = visit.path.strip_prefix("/id/").map(str::to_owned) {
        return pages::id::answer(visit, &key);
    }
    visit.cut_suffix();
    let path = visit.path.clone();
    match path.trim_end_matches('/') {
        "" | "/index" => {
            visit.path = "/".to_owned();
            pages::start::answer(&visit)
        }
        "/search" => pages::search::answer(&visit),
        "/suggest" => pages::search::suggest(&visit),
        "/documents" => pages::lists::documents(&visit),
        "/things" => pages::lists::things(&visit),
        "/claims" => pages::lists::claims(&visit),
        "/positions" => pages::positions::answer(&visit),
        "/matrix" => pages::matrix::answer(&visit),
        "/change" => pages::change::answer(&visit),
        "/compare" => pages::compare::answer(&visit),
        "/graph" => pages::graph::answer(&visit),
        "/q" => pages::questions::list(&visit),
        "/about" => pages::about::about(&visit),
        "/ontology" => pages::about::ontology(&visit),
        "/.well-known/void" => pages::sparql::void(&visit),
        "/-/state" => pages::state::answer(&visit),
        "/-/health" => Ok(Response::new(200, "text/plain; charset=utf-8", "well\n")),
        other if other.starts_with("/q/") => pages::questions::answer(&visit, &other["/q/".len()..]),
        _ => Err(Problem::new(404, "there is no page at this address").hint("search for it, or begin at the start")),
    }
}

/// Refuses other methods.
fn method(request: &Request, known: &[&str]) -> Result<(), Problem> {
    match known.contains(&request.method.as_str()) {
        true => Ok(()),
        false => Err(Problem::new(405, format!("this address knows {}", known.join(" and ")))),
    }
}

/// A number that changes with the store, the program and the request.
fn tag(revision: &str, request: &Request) -> String {
    let accepted: Vec<&str> = request.all("accept").collect();
    let mut hash = Sha256::new();
    let version = env!("CARGO_PKG_VERSION");
    for part in [version, revision, &request.path, &request.query, &accepted.join(",")] {
        hash.update(part);
        hash.update([0]);
    }
    let digits: String = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{digits}\"")
}
