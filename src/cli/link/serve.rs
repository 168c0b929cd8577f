//! `rapporteur link serve`: the reconciliation service for OpenRefine, on this machine only.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use clap::Args;
use rapporteur::explore::{Guard, Request, Response, reconcile};
use rapporteur::link::reconcile::Service;
use rapporteur::link::vocabulary::Shelf;
use rapporteur::model::Exit;
use rapporteur::vocabularies::Folder;

use super::folder::FolderOption;
use crate::cli::server::{Limits, Server};
use crate::cli::{Outcome, report};

/// Serve the loaded vocabularies to OpenRefine (Reconciliation Service API 0.2), on this machine only
#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    folder: FolderOption,

    /// The port; 0 takes any that is free
    #[arg(short, long, default_value_t = 7980)]
    port: u16,

    /// Let pages of this site read the answers, besides OpenRefine's own on this machine: https://example.org; * for all
    #[arg(long, value_name = "ORIGIN")]
    cors: Vec<String>,
}

impl Serve {
    pub fn run(self) -> Outcome {
        let shelf = self.folder.shelf()?;
        if shelf.is_empty() {
            report::note(format!("no vocabularies in {}; load one: rapporteur link load FILE", shelf.path().display()));
            return Ok(Exit::Usage);
        }
        let limits = Limits { body_bytes: reconcile::LONGEST, ..Limits::default() };
        let server = Server::bind(IpAddr::V4(Ipv4Addr::LOCALHOST), self.port, limits)?;
        let address = server.url();
        report::note(format!("reconciliation service at {address}/ (this machine only). Stop with Ctrl-C"));
        for vocabulary in shelf.vocabularies() {
            report::note(format!("  only {scheme}: {address}/{scheme}", scheme = vocabulary.card().scheme));
        }
        let origins = reconcile::OPEN_REFINE.iter().map(|origin| (*origin).to_owned()).chain(self.cors).collect();
        let guard = Guard { origins, ..Guard::default() };
        server.run(Arc::new(move |request: &Request| respond(request, &shelf, &address, &guard)))
    }
}

fn respond(request: &Request, shelf: &Folder, address: &str, guard: &Guard) -> Response {
    let response = match guard.refuse(request) {
        Some(problem) => Response::json(problem.status, &serde_json::json!({"error": problem.title})),
        None => reconcile::respond(&Service { shelf, address }, &request.path, request),
    };
    guard.seal(request, response)
}
