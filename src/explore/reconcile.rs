//! The reconciliation service over HTTP: OpenRefine and its kin ask it for names.

use crate::link::reconcile::{Answer, Service};

use super::request::{Request, pairs};
use super::response::Response;

/// Bytes that a batch of queries may have.
pub const LONGEST: usize = 8 << 20;

/// Where OpenRefine runs by itself: its pages may read answers unless the user says otherwise.
pub const OPEN_REFINE: [&str; 2] = ["http://127.0.0.1:3333", "http://localhost:3333"];

/// Previews are shown in a frame of OpenRefine's page; they hold words only.
const FRAMED: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors http://127.0.0.1:3333 http://localhost:3333";

/// Answers a request; `path` is what is left of its path after that of the service.
pub fn respond(service: &Service<'_>, path: &str, request: &Request) -> Response {
    let mut parameters = request.pairs();
    match request.method.as_str() {
        "OPTIONS" => return Response { status: 204, ..Response::default() }.with("Allow", "GET, HEAD, POST, OPTIONS"),
        "GET" | "HEAD" => {}
        "POST" if request.body.len() <= LONGEST && std::str::from_utf8(&request.body).is_ok() => {
            parameters.extend(pairs(&request.body));
        }
        "POST" => return fault(400, "the request is too long or is not UTF-8"),
        _ => return fault(405, "this service knows GET and POST").with("Allow", "GET, HEAD, POST, OPTIONS"),
    }
    match service.answer(path, &parameters) {
        Answer::Json(value) => Response::json(200, &value),
        Answer::Page(page) => {
            Response::new(200, "text/html; charset=utf-8", page).with("Content-Security-Policy", FRAMED)
        }
        Answer::NotFound => fault(404, &format!("nothing at {path}")),
        Answer::Unclear(reason) => fault(400, &reason),
    }
}

fn fault(status: u16, reason: &str) -> Response {
    Response::json(status, &serde_json::json!({"error": reason}))
}
