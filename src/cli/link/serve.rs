//! `rapporteur link serve`: the reconciliation service for OpenRefine, on this machine only.

use std::io::Read;
use std::net::Ipv4Addr;

use clap::Args;
use rapporteur::link::reconcile::{Answer, Service};
use rapporteur::link::vocabulary::Shelf;
use rapporteur::model::{Code, Exit};
use rapporteur::vocabularies::Folder;
use tiny_http::{Header, Method, Request, Response, Server};

use super::folder::FolderOption;
use crate::cli::trouble::Trouble;
use crate::cli::{Outcome, report};

/// Bytes that a request may have.
const LONGEST: u64 = 8 << 20;

/// Requests answered at a time.
const THREADS: usize = 2;

/// Serve the loaded vocabularies to OpenRefine (Reconciliation Service API 0.2), on this machine only
#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    folder: FolderOption,

    /// The port; 0 takes any that is free
    #[arg(short, long, default_value_t = 7980)]
    port: u16,
}

impl Serve {
    pub fn run(self) -> Outcome {
        let shelf = self.folder.shelf()?;
        if shelf.is_empty() {
            report::note(format!("no vocabularies in {}; load one: rapporteur link load FILE", shelf.path().display()));
            return Ok(Exit::Usage);
        }
        let taken = |error: Box<dyn std::error::Error + Send + Sync>| {
            let (port, reason) = (self.port, reason(&error.to_string()));
            Trouble::new(Code::PORT_TAKEN, format!("cannot listen on port {port} of this machine: {reason}"))
        };
        let server = Server::http((Ipv4Addr::LOCALHOST, self.port)).map_err(taken)?;
        let port = server.server_addr().to_ip().map_or(self.port, |address| address.port());
        let address = format!("http://127.0.0.1:{port}");
        report::note(format!("reconciliation service at {address}/ (this machine only). Stop with Ctrl-C"));
        for vocabulary in shelf.vocabularies() {
            report::note(format!("  only {scheme}: {address}/{scheme}", scheme = vocabulary.card().scheme));
        }
        std::thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| work(&server, &shelf, &address));
            }
        });
        Ok(Exit::Done)
    }
}

/// Answers requests until the server stops.
fn work(server: &Server, shelf: &Folder, address: &str) {
    while let Ok(mut request) = server.recv() {
        let response = respond(&mut request, &Service { shelf, address });
        // A client that has gone needs no answer.
        let _ = request.respond(response);
    }
}

type Body = Response<std::io::Cursor<Vec<u8>>>;

fn respond(request: &mut Request, service: &Service<'_>) -> Body {
    if !is_for_us(request) {
        return json(403, &serde_json::json!({"error": "this service answers to 127.0.0.1 and localhost only"}));
    }
    if *request.method() == Method::Options {
        return with(Response::from_data(Vec::new()).with_status_code(204), "text/plain");
    }
    let url = request.url().to_owned();
    let (path, query) = url.split_once('?').unwrap_or((&url, ""));
    let mut body = String::new();
    if *request.method() == Method::Post {
        let read = request.as_reader().take(LONGEST + 1).read_to_string(&mut body);
        if read.is_err() || body.len() as u64 > LONGEST {
            return json(400, &serde_json::json!({"error": "the request is too long or is not UTF-8"}));
        }
    } else if *request.method() != Method::Get && *request.method() != Method::Head {
        return json(405, &serde_json::json!({"error": "this service knows GET and POST"}));
    }
    let pairs = form_urlencoded::parse(query.as_bytes()).chain(form_urlencoded::parse(body.as_bytes()));
    let parameters: Vec<(String, String)> = pairs.map(|(key, value)| (key.into_owned(), value.into_owned())).collect();
    match service.answer(path, &parameters) {
        Answer::Json(value) => json(200, &value),
        Answer::Page(page) => with(Response::from_data(page.into_bytes()), "text/html; charset=utf-8"),
        Answer::NotFound => json(404, &serde_json::json!({"error": format!("nothing at {path}")})),
        Answer::Unclear(reason) => json(400, &serde_json::json!({"error": reason})),
    }
}

/// Whether the request names this machine: a page from elsewhere must not reach it under a name of its own.
fn is_for_us(request: &Request) -> bool {
    let host = request.headers().iter().find(|header| header.field.equiv("Host"));
    host.is_none_or(|host| {
        let host = host.value.as_str();
        let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
        matches!(name.map_or(host, |(name, _)| name), "127.0.0.1" | "localhost" | "[::1]")
    })
}

fn json(status: u16, value: &serde_json::Value) -> Body {
    with(
        Response::from_data(value.to_string().into_bytes()).with_status_code(status),
        "application/json; charset=utf-8",
    )
}

/// The headers that a browser client needs.
fn with(response: Body, kind: &str) -> Body {
    let headers = [
        ("Content-Type", kind),
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Headers", "Content-Type, Accept"),
        ("Access-Control-Allow-Methods", "GET, POST, OPTIONS"),
        ("X-Content-Type-Options", "nosniff"),
    ];
    let headers = headers.into_iter().filter_map(|(name, value)| Header::from_bytes(name, value).ok());
    headers.fold(response, |response, header| response.with_header(header))
}

fn reason(error: &str) -> String {
    error.split(" (os error").next().unwrap_or_default().to_lowercase()
}
