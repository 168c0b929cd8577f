//! Room for deep recursion: parser, optimiser and evaluator call themselves for each level of a query, and a query may have
//! more levels than a usual stack has room for.

use std::thread;

use super::Error;

/// Stack for a long query, in bytes. Only what is used is taken from the machine.
const STACK: usize = 256 << 20;

/// Words of a query that fit on any stack.
const SHORT: usize = 400;

/// Does the work, for a query of that many words, where there is room for it.
pub(super) fn with_room<T: Send>(words: usize, work: impl FnOnce() -> Result<T, Error> + Send) -> Result<T, Error> {
    if words <= SHORT {
        return work();
    }
    let stopped = |reason: &str| Error::Evaluation { reason: reason.to_owned() };
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        let thread = thread.map_err(|_| stopped("the system has no room for a query of this length"))?;
        thread.join().unwrap_or_else(|_| Err(stopped("the engine stopped")))
    })
}
