//! Work on a stream by all cores at once: what comes out keeps the order of what goes in, and only so much is under way as
//! fits beside it.

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::sync::mpsc::{channel, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

/// Items under way for each worker: enough that a long one does not make the others wait.
const AHEAD: usize = 4;

/// Stack of a worker, in bytes, as that of the main thread.
const STACK: usize = 8 << 20;

/// How many results were taken, and who waits to hear of it.
#[derive(Default)]
struct Taken {
    count: Mutex<usize>,
    changed: Condvar,
}

impl Taken {
    /// Waits until an item may begin.
    fn wait_for(&self, item: usize, window: usize) {
        let mut count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        while item >= *count + window {
            count = self.changed.wait(count).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn add(&self) {
        *self.count.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.changed.notify_all();
    }
}

/// Does work on items with so many workers, and hands on what it gives in the order of the items, each as soon as those
/// before it were handed on. Where the taker breaks, the rest is left undone: threads that still wait for an item then end
/// with the program.
///
/// # Errors
/// When the system gives no thread.
pub fn ordered<T: Send + 'static, R: Send + 'static>(
    items: impl Iterator<Item = T> + Send + 'static,
    workers: usize,
    work: impl Fn(T) -> R + Send + Sync + 'static,
    mut take: impl FnMut(R) -> ControlFlow<()>,
) -> io::Result<()> {
    let window = workers.max(1) * AHEAD;
    let (give, given) = sync_channel::<(usize, T)>(workers.max(1));
    let (done, results) = channel();
    let (given, work, taken) = (Arc::new(Mutex::new(given)), Arc::new(work), Arc::new(Taken::default()));
    let under_way = Arc::clone(&taken);
    thread::Builder::new().spawn(move || {
        for (number, item) in items.enumerate() {
            under_way.wait_for(number, window);
            if give.send((number, item)).is_err() {
                return;
            }
        }
    })?;
    for _ in 0..workers.max(1) {
        let (given, work, done) = (Arc::clone(&given), Arc::clone(&work), done.clone());
        thread::Builder::new().stack_size(STACK).spawn(move || {
            loop {
                let next = given.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok((number, item)) = next else { return };
                if done.send((number, work(item))).is_err() {
                    return;
                }
            }
        })?;
    }
    drop(done);
    let (mut early, mut next) = (BTreeMap::new(), 0);
    for (number, result) in results {
        early.insert(number, result);
        while let Some(result) = early.remove(&next) {
            next += 1;
            taken.add();
            if take(result).is_break() {
                return Ok(());
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::{AHEAD, ordered};

    #[test]
    fn order_is_kept_and_little_is_under_way() {
        for workers in [1, 3] {
            let begun = Arc::new(AtomicUsize::new(0));
            let (count, mut taken) = (Arc::clone(&begun), Vec::new());
            let items = (0..200_usize).inspect(move |_| {
                count.fetch_add(1, Ordering::SeqCst);
            });
            let work = |n: usize| {
                // The first of each ten takes long.
                std::thread::sleep(Duration::from_micros(if n.is_multiple_of(10) { 2000 } else { 10 }));
                n * 2
            };
            ordered(items, workers, work, |result| {
                let ahead = begun.load(Ordering::SeqCst) - taken.len();
                assert!(ahead <= workers * AHEAD + 2, "{ahead} under way");
                taken.push(result);
                ControlFlow::Continue(())
            })
            .expect("threads");
            assert!(taken.iter().copied().eq((0..200).map(|n| n * 2)));
        }
    }

    #[test]
    fn who_has_seen_enough_need_not_wait_for_the_end() {
        let mut seen = 0;
        ordered(
            0..,
            2,
            |n: u64| n,
            |_| {
                seen += 1;
                if seen == 5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        )
        .expect("threads");
        assert_eq!(seen, 5);
    }
}
