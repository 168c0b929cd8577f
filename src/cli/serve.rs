//! `rapporteur serve`: the explorer, a store as pages in a browser.

use std::net::{IpAddr, Ipv4Addr};
use std::process::{Command, Stdio};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use clap::Args;
use rapporteur::desk::Pen;
use rapporteur::explore::{self, Door, Elsewhere, Explorer, Guard, Problem, Request, Review, Settings, reconcile};
use rapporteur::model::{Code, Exit, Fault};
use rapporteur::store::{self, Directory, Holder};

use super::claim::pen;
use super::limit_option::LimitOption;
use super::link::FolderOption;
use super::rules_option::RulesOption;
use super::server::{Handler, Limits, Server};
use super::trouble::Trouble;
use super::workers::{Workers, worker};
use super::{Outcome, clock, report};

/// How long a question in the browser may take, unless told otherwise.
const ASKED: Duration = Duration::from_secs(10);

/// Rows that an answer in the browser may have, unless told otherwise.
const ROWS: usize = 1_000_000;

/// How long a decision in the browser waits for another program that writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// Open the store in a browser: who said what, compared and proved; for this machine only unless told otherwise
#[derive(Args)]
#[command(after_help = "\
Examples:
  rapporteur serve --open
  rapporteur serve --review --open
  rapporteur serve --get /id/state/irn.ttl
  rapporteur serve --bind 0.0.0.0 --host reports.example.org --token")]
pub struct Serve {
    /// The port; 0 takes any that is free
    #[arg(short, long, default_value_t = 7979)]
    port: u16,

    /// Open the first page in the browser
    #[arg(long)]
    open: bool,

    /// Print what is at this address and end, without listening: /search?q=Iran
    #[arg(long, value_name = "PATH", conflicts_with_all = ["open", "bind", "token", "review"])]
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

    /// Answer only who has a token: it is made anew and printed with the address; or say one of your own (16 letters and more)
    #[arg(long, value_name = "TOKEN", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    token: Option<String>,

    /// Let whoever opens the printed address first decide about claims and links, and correct them
    #[arg(long)]
    review: bool,

    /// Answer no free questions in SPARQL; the bundled ones stay
    #[arg(long)]
    no_sparql: bool,

    /// Answer what a server hands over on standard input; for the program itself
    #[arg(long, hide = true)]
    worker: bool,

    #[command(flatten)]
    limits: LimitOption,

    #[command(flatten)]
    folder: FolderOption,

    #[command(flatten)]
    rules: RulesOption,
}

impl Serve {
    pub fn run(self) -> Outcome {
        if self.worker {
            // Who may ask was seen to by the server.
            let settings = Settings {
                guard: Guard { hosts: self.host.clone(), origins: Vec::new() },
                door: None,
                ..self.settings(None, self.review.then_some("worker"))?
            };
            return worker::run(&Explorer::open(&self.folder.store.directory(), settings)?);
        }
        let token = self.token()?;
        let ticket = if self.review { Some(secret()?) } else { None };
        let mut settings = self.settings(token.as_deref(), ticket.as_deref())?;
        if self.get.is_none() {
            settings.elsewhere = self.workers(settings.limits);
        }
        let directory = Directory::open(&self.folder.store.directory())?;
        if let Some(target) = &self.get {
            let explorer = Explorer::of(directory, settings)?;
            report::left_out(explorer.reading().damages());
            let response = explore::respond(&explorer, &Request::get(target));
            report::print(|out| out.write_all(&response.body))?;
            return Ok(if response.status == 200 { Exit::Done } else { Exit::Failed });
        }
        let address = self.bind.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let limits = Limits { long_bodies: Some(("/reconcile", reconcile::LONGEST)), ..Limits::default() };
        let server = Server::bind(address, self.port, limits)?;
        let (url, whose) = (server.url(), if address.is_loopback() { "this machine only" } else { "everyone" });
        let first = token.map_or_else(|| format!("{url}/"), |token| format!("{url}/?token={token}"));
        report::note(format!("explorer at {first} ({whose}). Stop with Ctrl-C"));
        let deciding = ticket.map(|ticket| format!("{url}/review?token={ticket}"));
        if let Some(deciding) = &deciding {
            report::note(format!("review at {deciding} (opens once, for one browser)"));
        }
        if self.open {
            open(deciding.as_ref().unwrap_or(&first));
        }
        server.run(opening(directory, settings))
    }

    fn settings(&self, token: Option<&str>, ticket: Option<&str>) -> Result<Settings, Box<dyn Fault>> {
        let mut limits = self.limits.limits(ASKED);
        limits.rows = limits.rows.or(Some(ROWS));
        let review = match ticket {
            Some(ticket) => {
                let pen = Pen { holder: patient, ..pen(&self.folder, &self.rules)? };
                Some(Review::new(pen, Door::with_ticket("review", ticket, &secret()?)))
            }
            None => None,
        };
        let shelf = Some(self.folder.shelf()?).filter(|shelf| !shelf.is_empty());
        Ok(Settings {
            guard: Guard { hosts: self.host.clone(), origins: self.cors.clone() },
            door: token.map(|token| Door::with_token("all", token)),
            review,
            has_endpoint: !self.no_sparql,
            limits,
            shelf,
            ..Settings::default()
        })
    }

    /// Who answers questions; nobody else if the program cannot be found again.
    fn workers(&self, limits: store::Limits) -> Option<Elsewhere> {
        let words = std::env::args_os().skip(1).chain(["--worker".into()]).collect();
        let workers = Workers::new(std::env::current_exe().ok()?, words, limits);
        Some(Arc::new(move |request| workers.ask(request)))
    }

    /// The token that all pages ask for, if they ask for one.
    fn token(&self) -> Result<Option<String>, Box<dyn Fault>> {
        match self.token.as_deref() {
            None => Ok(None),
            Some("") => secret().map(Some),
            Some(own) if own.len() >= 16 && own.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') => {
                Ok(Some(own.to_owned()))
            }
            Some(_) => {
                let trouble = Trouble::new(Code::NOT_A_TOKEN, "a token has 16 letters, digits or hyphens and more");
                Err(trouble.into())
            }
        }
    }
}

/// Answers requests as soon as the store is read, which begins at once; what is not needed for most pages is made after that.
fn opening(directory: Directory, settings: Settings) -> Handler {
    let opened: Arc<OnceLock<Result<Explorer, String>>> = Arc::default();
    let explorer = Arc::clone(&opened);
    thread::spawn(move || {
        let explorer = explorer.get_or_init(|| Explorer::of(directory, settings).map_err(|error| error.to_string()));
        match explorer {
            Ok(explorer) => {
                let reading = explorer.reading();
                report::left_out(reading.damages());
                reading.warm();
            }
            Err(reason) => report::note(format!("the store cannot be read: {reason}")),
        }
    });
    Arc::new(move |request: &Request| match opened.wait() {
        Ok(explorer) => explore::respond(explorer, request),
        Err(reason) => Problem::new(500, format!("the store cannot be read: {reason}")).answer(request, |page| page),
    })
}

/// Who writes for a browser: it waits a little for others.
fn patient(command: &str) -> Holder {
    let holder = clock::holder(command);
    Holder { wait: holder.wait.max(PATIENCE), ..holder }
}

/// Letters that nobody can guess.
fn secret() -> Result<String, Box<dyn Fault>> {
    let mut bytes = [0; 16];
    let fail =
        |error| Trouble::new(Code::PORT_TAKEN, format!("the system gives no random numbers for a token: {error}"));
    getrandom::fill(&mut bytes).map_err(fail)?;
    Ok(rapporteur::model::text::hex(&bytes))
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
        report::note(format!("no browser found: open {url} yourself"));
    }
}
