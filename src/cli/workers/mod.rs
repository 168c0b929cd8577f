//! Processes that answer the questions of a server. The engine looks at the clock now and then only, and nowhere while it
//! sorts: a question over its limits is ended with the process that works on it, and with it goes the memory that it took.

mod wire;
pub mod worker;

use std::ffi::OsString;
use std::io::BufReader;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rapporteur::explore::{Request, Response, Unanswered};
use rapporteur::store::{LimitError, Limits};

use wire::Said;

/// What a worker has beyond the limit to say itself that it was reached.
const GRACE: Duration = Duration::from_millis(500);

/// Statuses after which a worker may still be at work on what nobody waits for.
const SPENT: [u16; 3] = [413, 500, 503];

/// The workers of a server. There are as many as there are questions at a time.
pub struct Workers {
    program: PathBuf,
    words: Vec<OsString>,
    limits: Limits,
    idle: Mutex<Vec<Worker>>,
}

impl Workers {
    /// Workers that the program is when it is started with these words; none is started before there is a question.
    pub fn new(program: PathBuf, words: Vec<OsString>, limits: Limits) -> Self {
        Self { program, words, limits, idle: Mutex::default() }
    }

    /// Asks a question.
    ///
    /// # Errors
    /// The limit that was reached, or why nobody could be asked.
    pub fn ask(&self, request: &Request) -> Result<Response, Unanswered> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        // One that waited may have ended meanwhile; a new one has not.
        let (mut worker, answer) = match idle.map(|mut worker| (worker.ask(request, &self.limits), worker)) {
            Some((Err(Unanswered::Nobody(_)), _)) | None => {
                let mut worker = self.start()?;
                let answer = worker.ask(request, &self.limits);
                (worker, answer)
            }
            Some((answer, worker)) => (worker, answer),
        };
        let is_spent = answer.as_ref().map_or(true, |response| SPENT.contains(&response.status));
        if is_spent {
            // The next one reads the store while nobody waits for it.
            worker = self.start()?;
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        answer
    }

    fn start(&self) -> Result<Worker, Unanswered> {
        Worker::start(&self.program, &self.words).map_err(|error| Unanswered::Nobody(error.to_string()))
    }
}

/// One process; ended when it is dropped.
struct Worker {
    child: Child,
    input: ChildStdin,
    said: Receiver<Said>,
}

impl Worker {
    fn start(program: &PathBuf, words: &[OsString]) -> std::io::Result<Self> {
        let mut command = Command::new(program);
        command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        // Ctrl-C is for the server, which lets questions end.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(std::io::ErrorKind::BrokenPipe.into());
        };
        let (sender, said) = mpsc::channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Ok(one) = wire::said(&mut output) {
                if sender.send(one).is_err() {
                    return;
                }
            }
        });
        Ok(Self { child, input, said })
    }

    fn ask(&mut self, request: &Request, limits: &Limits) -> Result<Response, Unanswered> {
        let ended = || Unanswered::Nobody("the process that answers has ended".to_owned());
        wire::ask(&mut self.input, request).map_err(|_| ended())?;
        match self.said.recv() {
            Ok(Said::Begun) => {}
            Ok(Said::Answer(_)) | Err(_) => return Err(ended()),
        }
        let most = limits.time.map_or(Duration::MAX, |time| time.saturating_add(GRACE));
        match self.said.recv_timeout(most) {
            Ok(Said::Answer(response)) => Ok(response),
            Err(RecvTimeoutError::Timeout) => Err(Unanswered::Limit(LimitError::Time(limits.time.unwrap_or(most)))),
            // It was begun and is no more: the system gave it no memory, most likely.
            Ok(Said::Begun) | Err(RecvTimeoutError::Disconnected) => {
                Err(Unanswered::Limit(limits.memory.map_or(LimitError::Stopped, LimitError::Memory)))
            }
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
