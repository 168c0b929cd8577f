//! SERVICE: part of a question goes to another machine that the user named, and its rows come back.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use oxigraph::model::{NamedNode, Term, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, ReaderQueryResultsParserOutput};
use oxigraph::sparql::{DefaultServiceHandler, QuerySolution, QuerySolutionIter};
use oxiri::Iri;
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use ureq::Agent;
use ureq::http::{Response, StatusCode, Uri, header};

use super::{Error, Services};

/// How often a machine may send on to another address.
const REDIRECTS: usize = 5;

const ACCEPT: &str = "application/sparql-results+json, application/sparql-results+xml;q=0.9";

/// Said of a machine whose name leads nowhere.
const UNKNOWN: &str = "cannot be reached: nobody knows a machine of that name";

/// Who asks: public services refuse those that do not say.
const NAME: &str = concat!("rapporteur/", env!("CARGO_PKG_VERSION"), " (SPARQL SERVICE)");

/// Asks other machines, each question once.
pub(super) struct Remote {
    services: Services,
    agent: Agent,
    answers: Mutex<HashMap<(String, String), Arc<Table>>>,
}

/// Rows that came back.
struct Table {
    variables: Arc<[Variable]>,
    rows: Vec<Vec<Option<Term>>>,
}

impl Remote {
    pub fn new(services: Services) -> Self {
        // Where it is sent on to is looked at first.
        let config = Agent::config_builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(NAME)
            // What the environment says of proxies was said to other programs.
            .proxy(services.proxy.clone())
            .accept(ACCEPT);
        Self { services, agent: config.build().new_agent(), answers: Mutex::default() }
    }

    fn table(&self, service: &str, query: String) -> Result<Arc<Table>, Error> {
        let key = (service.to_owned(), query);
        let known = self.answers.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(table) = known {
            return Ok(table);
        }
        let (kind, body) = self.ask(service, &key.1)?;
        let table = Arc::new(read(service, &kind, &body)?);
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&table));
        Ok(table)
    }

    /// The type and the bytes of a service's answer.
    fn ask(&self, service: &str, query: &str) -> Result<(String, Vec<u8>), Error> {
        let start = Instant::now();
        let mut address = self.services.address(service)?;
        if address.scheme_str() == Some("https") && !cfg!(feature = "https") {
            let hint = Some("build it with the feature “https”".to_owned());
            return Err(failed(service, "needs a secure connection, which this build does not know", hint));
        }
        let mut is_post = true;
        for _ in 0..=REDIRECTS {
            let left = self.services.time.saturating_sub(start.elapsed());
            let answer = match is_post {
                true => {
                    let request = self.agent.post(&address).config().timeout_global(Some(left)).build();
                    request.send_form([("query", query)])
                }
                false => self.agent.get(&address).config().timeout_global(Some(left)).build().call(),
            };
            let mut answer = answer.map_err(|error| self.explain(service, &error))?;
            if answer.status().is_redirection() {
                is_post &= answer.status() != StatusCode::SEE_OTHER;
                address = self.next(service, &address, &answer)?;
                continue;
            }
            let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
            let kind = kind.unwrap_or_default().to_owned();
            let status = answer.status();
            let body = answer.body_mut().with_config().limit(self.services.bytes).read_to_vec();
            let body = body.map_err(|error| self.explain(service, &error))?;
            return if status.is_success() { Ok((kind, body)) } else { Err(refused(service, status, &kind, &body)) };
        }
        Err(failed(service, "sends on and on", None))
    }

    /// Where a service sends on to, if that may be asked too.
    fn next<B>(&self, service: &str, from: &Uri, answer: &Response<B>) -> Result<Uri, Error> {
        let to = answer.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
        let (scheme, authority) = (from.scheme_str().unwrap_or("http"), from.authority().map_or("", |a| a.as_str()));
        let whole = match to {
            _ if to.starts_with("//") => format!("{scheme}:{to}"),
            _ if to.starts_with('/') => format!("{scheme}://{authority}{to}"),
            _ => to.to_owned(),
        };
        let next = self.services.address(&whole).map_err(|error| match error {
            Error::Service { host: Some(host) } => {
                let hint = Some(format!("if that is right, allow it too: --allow-service {host}"));
                failed(service, &format!("sends on to {host}, which is not allowed"), hint)
            }
            _ => failed(service, &format!("sends on to “{}”, which is no address", start(to, 80)), None),
        })?;
        if scheme == "https" && next.scheme_str() != Some("https") {
            return Err(failed(service, "sends on to a connection that is not secure", None));
        }
        Ok(next)
    }

    /// Why there is no answer, in words.
    fn explain(&self, service: &str, error: &ureq::Error) -> Error {
        let seconds = self.services.time.as_secs_f32();
        let longer = Some("--service-timeout SECONDS gives it longer".to_owned());
        let reach = Some("is the address right, and is this machine connected?".to_owned());
        let late = format!("gave no whole answer within {seconds} s");
        match error {
            ureq::Error::Timeout(_) => failed(service, &late, longer),
            ureq::Error::HostNotFound => failed(service, UNKNOWN, reach),
            ureq::Error::ConnectionFailed => failed(service, "cannot be reached", reach),
            ureq::Error::BodyExceedsLimit(_) => {
                let hint = Some("ask for less: a narrower pattern, or a SELECT with LIMIT inside SERVICE".to_owned());
                let size = format!("answers with more than {} MB", self.services.bytes.div_ceil(1_000_000));
                failed(service, &size, hint)
            }
            ureq::Error::Io(error) => match error.kind() {
                io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => failed(service, &late, longer),
                io::ErrorKind::ConnectionRefused => failed(service, "cannot be reached: nothing answers there", reach),
                // Of names that are not found, systems only tell in words.
                _ if error.to_string().contains("lookup address") => failed(service, UNKNOWN, reach),
                _ => failed(service, &format!("cannot be reached: {}", words(&error.to_string())), reach),
            },
            other => failed(service, &format!("cannot be asked: {}", words(&other.to_string())), None),
        }
    }
}

impl DefaultServiceHandler for Remote {
    type Error = Error;

    fn handle(
        &self,
        service: &NamedNode,
        pattern: &GraphPattern,
        _: Option<&Iri<String>>,
    ) -> Result<QuerySolutionIter<'static>, Error> {
        // All addresses are whole by now: the other machine need not know what they are relative to here.
        let query = Query::Select { dataset: None, pattern: pattern.clone(), base_iri: None }.to_string();
        let table = self.table(service.as_str(), query).inspect_err(|error| self.services.note(error.to_string()))?;
        let mut next = 0;
        let rows = std::iter::from_fn({
            let table = Arc::clone(&table);
            move || {
                next += 1;
                let row = table.rows.get(next - 1)?.clone();
                Some(Ok(QuerySolution::from((Arc::clone(&table.variables), row))))
            }
        });
        Ok(QuerySolutionIter::new(Arc::clone(&table.variables), rows))
    }
}

/// Reads all rows, so that what is wrong with them is known before any is used.
fn read(service: &str, kind: &str, body: &[u8]) -> Result<Table, Error> {
    let garbage = |what: &str| {
        let hint = "is it the address of a SPARQL service, and not of a page about it?".to_owned();
        failed(service, &format!("answers with {what}, not with SPARQL results"), Some(hint))
    };
    let bare = start(kind.split(';').next().unwrap_or_default().trim(), 60);
    let named = || if bare.is_empty() { "something without a type".to_owned() } else { bare.clone() };
    let format = QueryResultsFormat::from_media_type(kind).ok_or_else(|| garbage(&named()))?;
    let broken = || garbage(&format!("broken {}", named()));
    let solutions = match QueryResultsParser::from_format(format).for_reader(body).map_err(|_| broken())? {
        ReaderQueryResultsParserOutput::Solutions(solutions) => solutions,
        ReaderQueryResultsParserOutput::Boolean(_) => return Err(garbage("yes or no")),
    };
    let variables = solutions.variables().into();
    let rows = solutions.map(|row| row.map(|row| row.values().to_vec()));
    let rows = rows.collect::<Result<_, _>>().map_err(|_| broken())?;
    Ok(Table { variables, rows })
}

/// An answer that says no.
fn refused(service: &str, status: StatusCode, kind: &str, body: &[u8]) -> Error {
    let text = String::from_utf8_lossy(body);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    // A page for browsers says nothing in its first line.
    let said = if line.is_empty() || kind.contains("html") { String::new() } else { format!(": {}", start(line, 120)) };
    let hint = match status.as_u16() {
        400 => Some("it may not know a word of this pattern; try the pattern there alone".to_owned()),
        401 | 403 => Some("it wants a key or a name, which cannot be given here".to_owned()),
        404 | 405 => Some("is it the address of a SPARQL service?".to_owned()),
        429 | 500.. => Some("try again later".to_owned()),
        _ => None,
    };
    failed(service, &format!("answers {}{said}", status.as_u16()), hint)
}

fn failed(service: &str, reason: &str, hint: Option<String>) -> Error {
    Error::ServiceFailed { address: service.to_owned(), reason: reason.to_owned(), hint }
}

/// Words of the system or a library without numbers behind them.
fn words(text: &str) -> String {
    text.split(" (os error").next().unwrap_or_default().trim_end_matches('.').to_lowercase()
}

/// The start of what another machine says, without signs that would disturb a terminal.
fn start(text: &str, length: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(length).collect()
}
