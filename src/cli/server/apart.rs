//! Free questions are answered by processes of their own. An engine that is told to stop may go on all the same, with all the
//! memory that it likes; a process that is ended does not. The first question starts one; those that follow find it there.

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rapporteur::explore::{self, Explorer, Problem, Request, Response};
use rapporteur::model::Exit;
use serde::{Deserialize, Serialize};

use crate::cli::Outcome;

/// How long a process may take to read the store.
const LOADING: Duration = Duration::from_secs(600);

/// What writing an answer may take beyond the question's own time.
const WRITING: Duration = Duration::from_secs(10);

/// Headers that answers to questions have.
const HEADERS: [&str; 3] = ["Content-Type", "Vary", "Cache-Control"];

/// Processes that answer, as many as there are questions at a time, up to the number of cores.
pub struct Apart {
    program: PathBuf,
    arguments: Vec<OsString>,
    /// The time of a question.
    time: Option<Duration>,
    most: usize,
    room: Mutex<Room>,
    left: Condvar,
}

#[derive(Default)]
struct Room {
    idle: Vec<Asker>,
    /// How many are at work.
    working: usize,
}

impl Apart {
    /// Processes that are started as this one was, with one argument more.
    ///
    /// # Errors
    /// If the system does not tell where the program is.
    pub fn new(argument: &str, time: Option<Duration>) -> io::Result<Self> {
        let arguments = std::env::args_os().skip(1).chain([argument.into()]).collect();
        let most = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let (room, left) = (Mutex::default(), Condvar::new());
        Ok(Self { program: std::env::current_exe()?, arguments, time, most, room, left })
    }

    /// Asks a free question. A process that reached a limit is ended, with all that it may still be at.
    ///
    /// # Errors
    /// If all are busy for as long as a question may take, or the process breaks.
    pub fn ask(&self, request: &Request) -> Result<Response, Problem> {
        let idle = self.enter()?;
        let asked = idle.map_or_else(|| self.start(), Ok).and_then(|mut asker| {
            let response = asker.ask(request, self.time)?;
            Ok((Some(asker).filter(|_| !is_spent(&response)), response))
        });
        let mut room = self.room();
        room.working -= 1;
        let answered = asked.map(|(asker, response)| {
            room.idle.extend(asker);
            response
        });
        self.left.notify_one();
        answered
    }

    fn room(&self) -> MutexGuard<'_, Room> {
        self.room.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there is room for one more; gives a process that is there already.
    fn enter(&self) -> Result<Option<Asker>, Problem> {
        let is_full = |room: &mut Room| room.working >= self.most;
        let waited = self.left.wait_timeout_while(self.room(), self.time.unwrap_or(LOADING), is_full);
        let (mut room, waited) = waited.unwrap_or_else(PoisonError::into_inner);
        if waited.timed_out() {
            return Err(Problem::new(503, "too many questions at a time").hint("ask again in a while"));
        }
        room.working += 1;
        Ok(room.idle.pop())
    }

    fn start(&self) -> Result<Asker, Problem> {
        let asker = Asker::start(&self.program, &self.arguments);
        asker.map_err(|error| Problem::new(500, format!("no process for questions can be started: {error}")))
    }
}

/// One process; it is ended when dropped.
struct Asker {
    child: Child,
    input: ChildStdin,
    answers: Receiver<Response>,
}

impl Drop for Asker {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Asker {
    fn start(program: &PathBuf, arguments: &[OsString]) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (input, output) = pipes.ok_or_else(|| io::Error::other("it has no pipes"))?;
        let (sender, answers) = mpsc::channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Ok(response) = received(&mut output) {
                if sender.send(response).is_err() {
                    break;
                }
            }
        });
        let asker = Self { child, input, answers };
        let ready = asker.answers.recv_timeout(LOADING);
        ready.map(|_| asker).map_err(|_| io::Error::other("it ended before it was ready"))
    }

    fn ask(&mut self, request: &Request, time: Option<Duration>) -> Result<Response, Problem> {
        let broken = || Problem::new(503, "the question took more than it may").hint("ask for less");
        let sent = Sent::of(request).write(&mut self.input);
        sent.map_err(|_| broken())?;
        let answer = match time {
            Some(time) => self.answers.recv_timeout(time + WRITING).ok(),
            None => self.answers.recv().ok(),
        };
        answer.ok_or_else(broken)
    }
}

/// Whether a limit was reached or something broke: the process that answers so is asked no more.
const fn is_spent(response: &Response) -> bool {
    response.status == 413 || response.status >= 500
}

/// The other end: answers one request after the other, until there are no more or one reached a limit.
pub fn answer(explorer: &Explorer) -> Outcome {
    let mut out = io::stdout().lock();
    let mut last = Response { status: 204, ..Response::default() };
    let mut lines = io::stdin().lock().lines();
    // Whoever asked may be gone.
    while send(&last, &mut out).is_ok() && !is_spent(&last) {
        let Some(Ok(line)) = lines.next() else { break };
        let Ok(sent) = serde_json::from_str::<Sent>(&line) else { break };
        last = explore::inquire(explorer, &sent.request());
    }
    Ok(Exit::Done)
}

/// A request as a line.
#[derive(Serialize, Deserialize)]
struct Sent {
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Sent {
    fn of(request: &Request) -> Self {
        let Request { method, path, query, headers, body, .. } = request.clone();
        Self { method, path, query, headers, body }
    }

    fn request(self) -> Request {
        let Self { method, path, query, headers, body } = self;
        Request { method, path, query, headers, body, authority: None }
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let mut line = serde_json::to_vec(self)?;
        line.push(b'\n');
        out.write_all(&line)?;
        out.flush()
    }
}

/// What stands before the bytes of an answer.
#[derive(Serialize, Deserialize)]
struct Head {
    status: u16,
    headers: Vec<(String, String)>,
    bytes: u64,
}

fn send(response: &Response, out: &mut impl Write) -> io::Result<()> {
    let headers = response.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let head = Head { status: response.status, headers, bytes: response.body.len() as u64 };
    let mut line = serde_json::to_vec(&head)?;
    line.push(b'\n');
    out.write_all(&line)?;
    out.write_all(&response.body)?;
    out.flush()
}

fn received(from: &mut impl BufRead) -> io::Result<Response> {
    let mut line = String::new();
    from.read_line(&mut line)?;
    let head: Head = serde_json::from_str(&line)?;
    let mut body = Vec::new();
    from.take(head.bytes).read_to_end(&mut body)?;
    if body.len() as u64 != head.bytes {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let known = |name: &str| HEADERS.into_iter().find(|known| *known == name);
    let headers = head.headers.into_iter().filter_map(|(name, value)| Some((known(&name)?, value))).collect();
    Ok(Response { status: head.status, headers, body })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_what_is_received() {
        let response = Response::new(200, "text/csv", "a\nb\n\n").with("Vary", "Accept");
        let mut bytes = Vec::new();
        send(&response, &mut bytes).expect("written");
        send(&Response { status: 204, ..Response::default() }, &mut bytes).expect("written");
        let mut from = io::Cursor::new(&bytes);
        assert_eq!(received(&mut from).expect("read"), response);
        assert_eq!(received(&mut from).expect("read").status, 204);
        assert!(received(&mut from).is_err() && received(&mut io::Cursor::new(&bytes[..bytes.len() / 2])).is_err());
        let request = Request { body: b"a\n\xff".to_vec(), ..Request::get("/sparql?query=x%0A") }.with("Accept", "b");
        let mut line = Vec::new();
        Sent::of(&request).write(&mut line).expect("written");
        assert_eq!(line.iter().filter(|byte| **byte == b'\n').count(), 1);
        let sent: Sent = serde_json::from_slice(&line).expect("read");
        assert_eq!(sent.request().headers, request.headers);
    }
}
