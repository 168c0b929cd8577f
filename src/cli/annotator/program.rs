//! One running program: three threads carry its input, output and remarks, so that neither side can block the other, and
//! nothing of it is kept beyond a limit.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use super::super::report;

/// The longest line that is read, in megabytes.
pub const LINE_MB: usize = 1;

/// Lines that may wait to be read: the program waits while they do.
const WAITING: usize = 64;

/// Lines of its remarks that are shown, and their length in code points.
const REMARKS: usize = 20;
const REMARK: usize = 200;

/// How long a program may take to end when it is asked nothing more.
const PATIENCE: Duration = Duration::from_secs(2);

/// What comes from a program.
pub enum Event {
    /// A line of its output, without its end.
    Line(Vec<u8>),
    /// A line without end.
    LongLine,
    /// Its output is closed.
    Closed,
    /// Its input is closed.
    Deaf,
}

/// A program that runs.
pub struct Program {
    child: Child,
    requests: Option<Sender<Arc<[u8]>>>,
    /// What comes from it.
    pub events: Receiver<Event>,
}

impl Program {
    /// Starts a program by its words; no shell sees them.
    pub fn start(words: &[String]) -> Result<Self, std::io::Error> {
        let (name, rest) = words.split_first().ok_or(std::io::ErrorKind::NotFound)?;
        let mut command = Command::new(name);
        command.args(rest).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let (requests, to_write) = channel();
        let (send, events) = sync_channel(WAITING);
        if let Some(input) = child.stdin.take() {
            let send = send.clone();
            thread::spawn(move || carry_requests(input, &to_write, &send));
        }
        if let Some(output) = child.stdout.take() {
            thread::spawn(move || carry_lines(output, &send));
        }
        if let Some(remarks) = child.stderr.take() {
            thread::spawn(move || show_remarks(remarks));
        }
        Ok(Self { child, requests: Some(requests), events })
    }

    /// Sends it something. What it does not read is no trouble here: [`Event::Deaf`] tells.
    pub fn send(&self, bytes: Arc<[u8]>) {
        if let Some(requests) = &self.requests {
            let _ = requests.send(bytes);
        }
    }

    /// How it ended, if it ends within a moment.
    pub fn ended(&mut self, within: Duration) -> Option<ExitStatus> {
        let start = Instant::now();
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) if start.elapsed() < within => thread::sleep(Duration::from_millis(5)),
                _ => return None,
            }
        }
    }

    /// Ends it at once.
    pub fn kill(mut self) {
        let _ = self.child.kill();
    }
}

impl Drop for Program {
    /// A program that is asked nothing more may end by itself.
    fn drop(&mut self) {
        self.requests = None;
        if self.ended(PATIENCE).is_none() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

fn carry_requests(mut input: ChildStdin, requests: &Receiver<Arc<[u8]>>, events: &SyncSender<Event>) {
    while let Ok(bytes) = requests.recv() {
        if input.write_all(&bytes).and_then(|()| input.flush()).is_err() {
            let _ = events.send(Event::Deaf);
            return;
        }
    }
}

fn carry_lines(output: ChildStdout, events: &SyncSender<Event>) {
    let mut reader = BufReader::new(output);
    loop {
        let mut line = Vec::new();
        let most = LINE_MB << 20;
        let read = reader.by_ref().take(most as u64 + 1).read_until(b'\n', &mut line);
        let event = match read {
            Ok(0) | Err(_) => Event::Closed,
            Ok(length) if length > most => Event::LongLine,
            Ok(_) => {
                if line.ends_with(b"\n") {
                    line.pop();
                }
                Event::Line(line)
            }
        };
        let is_last = !matches!(event, Event::Line(_));
        if events.send(event).is_err() || is_last {
            return;
        }
    }
}

/// Shows the first lines of what a program remarks, and reads away the rest.
fn show_remarks(remarks: ChildStderr) {
    let mut reader = BufReader::new(remarks);
    for at in 0..=REMARKS {
        let mut line = Vec::new();
        if !matches!(reader.by_ref().take(1 << 16).read_until(b'\n', &mut line), Ok(1..)) {
            return;
        }
        let text = String::from_utf8_lossy(&line);
        let shown: String = text.chars().filter(|c| !c.is_control()).take(REMARK).collect();
        match at {
            REMARKS => report::note("annotator: … (more is not shown)"),
            _ if shown.trim().is_empty() => {}
            _ => report::note(format!("annotator: {}", shown.trim_end())),
        }
    }
    let _ = std::io::copy(&mut reader, &mut std::io::sink());
}
