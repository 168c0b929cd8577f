//! What a question may use: time, memory and rows. Work under limits runs on a thread of its own; who asked gets an answer in
//! time, even from an engine that looks at nothing while it plans or sorts.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use oxigraph::sparql::CancellationToken;

use crate::model::{Code, Fault};

/// How often time and memory are looked at.
const PAUSE: Duration = Duration::from_millis(20);

/// Stack of the thread, in bytes: parser, optimiser and evaluator call themselves for each level of a question. Only what is
/// used is taken from the machine.
const STACK: usize = 256 << 20;

/// What a question may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long it may take; `None` for as long as it likes.
    pub time: Option<Duration>,
    /// Bytes that it may take beyond those in use before it, where the system tells.
    pub memory: Option<u64>,
    /// Rows or statements that its answer may have.
    pub rows: Option<usize>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Some(Duration::from_secs(60)), memory: Some(1 << 30), rows: None }
    }
}

/// A limit that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// Of time.
    #[error("the question took more than {} s", .0.as_secs_f64())]
    Time(Duration),
    /// Of memory, in bytes.
    #[error("the question took more than {} MB of memory", .0 >> 20)]
    Memory(u64),
    /// Of rows.
    #[error("the answer has more than {0} rows")]
    Rows(usize),
    /// The thread ended without a word, or the system gives none.
    #[error("the engine stopped")]
    Stopped,
}

impl Fault for LimitError {
    fn code(&self) -> Code {
        if *self == Self::Stopped { Code::QUERY_FAILED } else { Code::QUERY_LIMIT }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Time(_) => Some("ask for less, or give it longer: --timeout SECONDS".to_owned()),
            Self::Memory(_) => Some("ask for less, or give it more: --max-memory MB".to_owned()),
            Self::Rows(_) => Some("ask with LIMIT, or allow more: --max-rows ROWS".to_owned()),
            Self::Stopped => None,
        }
    }
}

impl Limits {
    /// Does work that stops when the token is cancelled. Work that goes on all the same is left behind: its answer is not
    /// waited for.
    ///
    /// # Errors
    /// The limit that was reached first.
    pub fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(CancellationToken) -> T + Send + 'static,
    ) -> Result<T, LimitError> {
        let token = CancellationToken::new();
        let (sender, receiver) = mpsc::channel();
        let within = token.clone();
        let (start, before) = (Instant::now(), self.memory.and(in_use()));
        let body = move || {
            // Nobody waits any more if a limit was reached.
            let _ = sender.send(work(within));
        };
        thread::Builder::new().stack_size(STACK).spawn(body).map_err(|_| LimitError::Stopped)?;
        loop {
            match receiver.recv_timeout(PAUSE) {
                Ok(answer) => return Ok(answer),
                Err(RecvTimeoutError::Disconnected) => return Err(LimitError::Stopped),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if let Some(reached) = self.reached(start, before) {
                token.cancel();
                return Err(reached);
            }
        }
    }

    fn reached(&self, start: Instant, before: Option<u64>) -> Option<LimitError> {
        if let Some(time) = self.time.filter(|time| start.elapsed() > *time) {
            return Some(LimitError::Time(time));
        }
        let (most, before) = (self.memory?, before?);
        in_use().is_some_and(|now| now.saturating_sub(before) > most).then_some(LimitError::Memory(most))
    }

    /// Whether an answer has room for one more row.
    ///
    /// # Errors
    /// If it has not.
    pub const fn has_room(&self, rows: usize) -> Result<(), LimitError> {
        match self.rows {
            Some(most) if rows >= most => Err(LimitError::Rows(most)),
            _ => Ok(()),
        }
    }
}

/// Bytes of memory that the process uses, where the system tells.
#[cfg(target_os = "linux")]
fn in_use() -> Option<u64> {
    /// Bytes of a page on the systems that there are; where pages are larger the limit is later reached.
    const PAGE: u64 = 4096;
    let told = std::fs::read_to_string("/proc/self/statm").ok()?;
    told.split(' ').nth(1)?.parse::<u64>().ok().map(|pages| pages * PAGE)
}

#[cfg(not(target_os = "linux"))]
const fn in_use() -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{LimitError, Limits};

    #[test]
    fn work_that_heeds_nothing_is_left_behind() {
        let limits = Limits { time: Some(Duration::from_millis(50)), ..Limits::default() };
        assert_eq!(limits.run(|_| 7), Ok(7));
        let start = Instant::now();
        let slow = limits.run(move |token| {
            while !token.is_cancelled() || start.elapsed() < Duration::from_secs(5) {
                std::thread::sleep(Duration::from_millis(5));
            }
        });
        assert_eq!(slow, Err(LimitError::Time(Duration::from_millis(50))));
        assert!(start.elapsed() < Duration::from_secs(4));
        let quick: Result<(), _> = limits.run(|_| std::panic::resume_unwind(Box::new(())));
        assert_eq!(quick, Err(LimitError::Stopped));
    }

    #[test]
    fn rows_and_memory_have_ends() {
        let limits = Limits { rows: Some(2), memory: Some(64 << 20), time: None };
        assert_eq!((limits.has_room(1), limits.has_room(2)), (Ok(()), Err(LimitError::Rows(2))));
        let all = limits.run(|token| {
            let mut taken: Vec<Vec<u8>> = Vec::new();
            while !token.is_cancelled() && taken.len() < 4096 {
                taken.push(vec![1; 1 << 20]);
            }
            taken.len()
        });
        assert!(all.is_err() || cfg!(not(target_os = "linux")), "{all:?}");
    }
}
