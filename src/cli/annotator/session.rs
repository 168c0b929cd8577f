//! A program that is asked about one document after the other: one process serves all, and a new one is started only
//! after a failure.

use std::sync::Arc;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use rapporteur::lift::Base;
use rapporteur::model::{Annotator, Answers, Extraction};
use rapporteur::propose::{self, Line};

use super::failure::{Failure, Status};
use super::program::{Event, LINE_MB, Program};

/// The most that is read for one document, in megabytes.
const MOST_MB: usize = 16;

/// The most lines that are read for one document.
const MOST_LINES: usize = 20_000;

/// Failures in a row after which a program is not asked any more.
const FAILURES: usize = 3;

/// How long a program that closed its input may still answer.
const DEAF: Duration = Duration::from_secs(5);

/// How long a closed output may precede the end of the process.
const MOMENT: Duration = Duration::from_millis(500);

/// Conversations with a program, document by document.
pub struct Session {
    words: Vec<String>,
    /// What the user calls it; else it says so itself.
    named: Option<Annotator>,
    timeout: Duration,
    greeting: Arc<[u8]>,
    running: Option<Running>,
    failures: usize,
}

/// A process with what it says it is.
struct Running {
    program: Program,
    by: Option<Annotator>,
    deaf: bool,
}

impl Session {
    /// Starts a program.
    pub fn start(
        words: Vec<String>,
        named: Option<Annotator>,
        timeout: Duration,
        greeting: Vec<u8>,
    ) -> Result<Self, Failure> {
        let mut session = Self { words, named, timeout, greeting: greeting.into(), running: None, failures: 0 };
        session.running = Some(session.run()?);
        Ok(session)
    }

    fn run(&self) -> Result<Running, Failure> {
        let program = Program::start(&self.words).map_err(|error| Failure::Unstartable(reason(&error)))?;
        program.send(self.greeting.clone());
        Ok(Running { program, by: self.named.clone(), deaf: false })
    }

    /// Asks about a document. After a failure the process is ended, and another is started for the next one.
    pub fn ask(&mut self, extraction: &Extraction, base: &Base) -> Result<Answers, Failure> {
        if self.failures >= FAILURES {
            return Err(Failure::GivenUp(self.failures));
        }
        let answer = self.asked(extraction, base);
        match &answer {
            Ok(_) => self.failures = 0,
            Err(_) => {
                self.failures += 1;
                if let Some(running) = self.running.take() {
                    running.program.kill();
                }
            }
        }
        // What does not listen any more cannot be asked again.
        self.running.take_if(|running| running.deaf);
        answer
    }

    fn asked(&mut self, extraction: &Extraction, base: &Base) -> Result<Answers, Failure> {
        let mut running = match self.running.take() {
            Some(running) => running,
            None => self.run()?,
        };
        let mut request = Vec::new();
        // Writing to memory cannot fail.
        let id = propose::request(extraction, base, &mut request).unwrap_or_default();
        running.program.send(request.into());
        let answer = running.listen(&id, self.timeout);
        self.running = Some(running);
        answer
    }
}

impl Running {
    /// Reads an answer to its end. The time that a program takes to say what it is is not that of its first document.
    fn listen(&mut self, id: &str, timeout: Duration) -> Result<Answers, Failure> {
        let mut deadline = Instant::now() + timeout;
        let (mut lines, mut bytes) = (Vec::new(), 0);
        loop {
            let event = self.program.events.recv_timeout(deadline.saturating_duration_since(Instant::now()));
            let line = match event {
                Ok(Event::Line(line)) => line,
                Ok(Event::LongLine) => return Err(Failure::LongLine(LINE_MB)),
                Ok(Event::Deaf) => {
                    self.deaf = true;
                    deadline = deadline.min(Instant::now() + DEAF);
                    continue;
                }
                Ok(Event::Closed) | Err(RecvTimeoutError::Disconnected) => return Err(self.silence()),
                Err(RecvTimeoutError::Timeout) if self.deaf => return Err(Failure::Deaf),
                Err(RecvTimeoutError::Timeout) => return Err(Failure::Slow(timeout)),
            };
            bytes += line.len() + 1;
            if bytes > MOST_MB << 20 {
                return Err(Failure::TooMuch(MOST_MB));
            }
            if lines.len() == MOST_LINES {
                return Err(Failure::TooMany(MOST_LINES));
            }
            let line = String::from_utf8_lossy(&line).into_owned();
            let Some(by) = &self.by else {
                self.by = Some(header(&line)?);
                deadline = deadline.max(Instant::now() + timeout);
                continue;
            };
            match end(&line) {
                Some(Some(other)) if other != id => return Err(Failure::OtherDocument(propose::shown(&other))),
                Some(_) => return Ok(Answers { by: by.clone(), lines }),
                None => lines.push(line),
            }
        }
    }

    /// Why nothing more comes.
    fn silence(&mut self) -> Failure {
        self.program.ended(MOMENT).map_or(Failure::Closed, |status| Failure::Ended(Status(status)))
    }
}

fn header(line: &str) -> Result<Annotator, Failure> {
    match Line::read(line) {
        Ok(Line::Header(by)) => Ok(by),
        Ok(_) => Err(Failure::Unnamed(format!("{} (or say --annotator-name)", propose::shown(line)))),
        Err(refusal) => Err(Failure::Unnamed(format!("{refusal} (or say --annotator-name)"))),
    }
}

/// Whether a line ends an answer, and with which id.
fn end(line: &str) -> Option<Option<String>> {
    // Most lines are long: only what may be an end is read for it.
    let may_end = line.len() < 200 && (line.trim().is_empty() || line.contains("\"end\""));
    match Line::read(line).ok().filter(|_| may_end)? {
        Line::End(id) => Some(id),
        _ => None,
    }
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such program".to_owned(),
        std::io::ErrorKind::PermissionDenied => "it may not be run".to_owned(),
        _ => error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase(),
    }
}
