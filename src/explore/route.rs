//! From a request to a page: who may ask, which page has the address, and what every answer carries.

use sha2::{Digest, Sha256};

use super::pages;
use super::request::Request;
use super::response::{Problem, Response};
use super::visit::{Answered, Visit};
use super::{Explorer, assets, frame};

/// Answers a request.
pub fn respond(explorer: &Explorer, request: &Request) -> Response {
    let guard = &explorer.settings().guard;
    let answered = match guard.refuse(request) {
        Some(problem) => Err(problem),
        None => answer(explorer, request),
    };
    let response = answered.unwrap_or_else(|problem| told(&problem, request));
    guard.seal(request, response)
}

fn told(problem: &Problem, request: &Request) -> Response {
    let title = match problem.status {
        404 | 410 => "Not here",
        403 => "Not allowed",
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
    let reading = explorer.reading();
    if request.path.trim_end_matches('/') == "/sparql" {
        return pages::sparql::answer(&Visit::new(&reading, request));
    }
    method(request, &["GET", "HEAD"])?;
    let tag = tag(reading.revision(), request);
    if request.all("if-none-match").flat_map(|tags| tags.split(',')).any(|known| known.trim() == tag) {
        return Ok(Response { status: 304, ..Response::default() }.with("ETag", tag).with("Vary", "Accept"));
    }
    let visit = Visit::new(&reading, request);
    page(visit).map(|response| response.with("ETag", tag))
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
