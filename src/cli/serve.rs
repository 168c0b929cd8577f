//! `rapporteur serve`: the explorer, a store as pages in a browser.

use std::net::{IpAddr, Ipv4Addr};
use std::process::{Command, Stdio};
use std::sync::Arc;

use clap::Args;
use rapporteur::explore::{self, Explorer, Guard, Request, Settings};
use rapporteur::model::Exit;

use super::server::{Limits, Server};
use super::store_option::StoreOption;
use super::{Outcome, report};

/// Open the store in a browser: who said what, compared and proved; for this machine only unless told otherwise
#[derive(Args)]
#[command(after_help = "\
Examples:
  rapporteur serve --open
  rapporteur serve --get /id/state/irn.ttl
  rapporteur serve --bind 0.0.0.0 --host reports.example.org")]
pub struct Serve {
    /// The port; 0 takes any that is free
    #[arg(short, long, default_value_t = 7979)]
    port: u16,

    /// Open the first page in the browser
    #[arg(long)]
    open: bool,

    /// Print what is at this address and end, without listening: /search?q=Iran
    #[arg(long, value_name = "PATH", conflicts_with_all = ["open", "bind"])]
    get: Option<String>,

    /// Listen on this address instead of this machine's own; needs --host
    #[arg(long, value_name = "ADDRESS", requires = "host")]
    bind: Option<IpAddr>,

    /// Answer also under this name; may be given again
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,

    /// Let pages of this site read the answers: https://example.org; * for all. May be given again
    #[arg(long, value_name = "ORIGIN")]
    cors: Vec<String>,

    #[command(flatten)]
    store: StoreOption,
}

impl Serve {
    pub fn run(self) -> Outcome {
        let guard = Guard { hosts: self.host.clone(), origins: self.cors.clone() };
        let explorer = Explorer::open(&self.store.directory(), Settings { guard })?;
        report::left_out(explorer.reading().damages());
        if let Some(target) = &self.get {
            let response = explore::respond(&explorer, &Request::get(target));
            report::print(|out| out.write_all(&response.body))?;
            return Ok(if response.status == 200 { Exit::Done } else { Exit::Failed });
        }
        let address = self.bind.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let server = Server::bind(address, self.port, Limits::default())?;
        let (url, whose) = (server.url(), if address.is_loopback() { "this machine only" } else { "everyone" });
        report::note(format!("explorer at {url}/ ({whose}). Stop with Ctrl-C"));
        if self.open {
            open(&url);
        }
        server.run(Arc::new(move |request: &Request| explore::respond(&explorer, request)))
    }
}

/// Asks the desktop to show a page; where there is none, the address on the screen must do.
fn open(url: &str) {
    let program = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let started =
        Command::new(program).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if started.is_err() {
        report::note(format!("no browser found: open {url}/ yourself"));
    }
}
