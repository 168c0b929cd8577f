//! The time of day, for locks, records of runs and nothing else: no clock is in the graph of a document.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use rapporteur::store::Holder;

/// Now, to the second: `2026-01-15T10:02:00Z`.
pub fn now() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
    let second = i64::try_from(seconds).ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    second.unwrap_or_default().to_string()
}

/// Now, to the nanosecond, always with as many digits: later times sort behind earlier ones.
pub fn precise() -> String {
    format!("{:.9}", Timestamp::now())
}

/// Seconds to wait for another writer (`--wait`).
static WAIT: AtomicU64 = AtomicU64::new(0);

/// Sets how long writers wait for others.
pub fn set_wait(seconds: u64) {
    WAIT.store(seconds, Ordering::Relaxed);
}

/// Who holds a lock: `rapporteur add, since 10:02 UTC`.
pub fn holder(command: &str) -> Holder {
    let now = now();
    let name = format!("rapporteur {command}, since {} UTC", now.get(11..16).unwrap_or(&now));
    Holder { name, wait: Duration::from_secs(WAIT.load(Ordering::Relaxed)) }
}
