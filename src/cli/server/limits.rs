//! How much of everything a client may take.

use std::time::Duration;

/// The limits of a server.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Until the head of a request must be there, and between two requests.
    pub header_time: Duration,
    /// Bytes of a head, its first line included.
    pub header_bytes: usize,
    /// Lines of a head.
    pub headers: usize,
    /// Bytes of the path with its parameters.
    pub address_bytes: usize,
    /// Bytes of a body.
    pub body_bytes: usize,
    /// Where bodies may be longer: the beginning of the path, and their bytes.
    pub long_bodies: Option<(&'static str, usize)>,
    /// Until a body must be there.
    pub body_time: Duration,
    /// How long a client may read nothing of what is sent to it.
    pub idle: Duration,
    /// Connections at a time.
    pub connections: usize,
    /// Requests that may wait for a thread; more are sent away.
    pub queue: usize,
    /// Questions that are worked on at a time, each by a process of its own.
    pub questions: usize,
    /// Questions that may wait.
    pub questions_queue: usize,
    /// How long requests may run on when the server stops.
    pub farewell: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header_time: Duration::from_secs(10),
            header_bytes: 32 << 10,
            headers: 64,
            address_bytes: 16 << 10,
            body_bytes: 1 << 20,
            long_bodies: None,
            body_time: Duration::from_secs(10),
            idle: Duration::from_secs(30),
            connections: 512,
            queue: 64,
            questions: 2,
            questions_queue: 8,
            farewell: Duration::from_secs(5),
        }
    }
}

impl Limits {
    /// Bytes that a body for a path may have.
    pub fn body_bytes(&self, path: &str) -> usize {
        let is_long = |(start, _): &(&str, usize)| path.starts_with(start);
        self.long_bodies.filter(is_long).map_or(self.body_bytes, |(_, bytes)| bytes)
    }

    /// Requests that are worked on at a time: twice as many as there are cores.
    pub fn at_once(&self) -> usize {
        2 * std::thread::available_parallelism().map_or(2, std::num::NonZero::get)
    }
}
