//! Measures how fast a store is opened: `cargo run --release --example measure_store -- STORE_DIR`.
//!
//! On Linux the times are those that the process spent on a core, so that a busy machine does not blur them; elsewhere they are
//! those of the clock.

use std::path::PathBuf;
use std::time::Instant;

use rapporteur::lift::Layer;
use rapporteur::store::{Directory, Store, View};

/// What documents hold.
const DOCUMENTS: &[Layer] = &[Layer::Claims, Layer::Evidence, Layer::Mentions, Layer::Links, Layer::LinkEvidence];

fn main() {
    let Some(dir) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: measure_store STORE_DIR");
        return;
    };
    let rows: [(&str, &[Layer], View); 6] = [
        ("claims, merged", &[Layer::Claims], View::Merged),
        ("claims + evidence, merged", &[Layer::Claims, Layer::Evidence], View::Merged),
        ("documents, merged", DOCUMENTS, View::Merged),
        ("documents, named", DOCUMENTS, View::Named),
        ("all, merged", &Layer::ALL, View::Merged),
        ("all, named", &Layer::ALL, View::Named),
    ];
    println!("{:<28}{:>10}{:>12}{:>12}{:>14}", "layers, view", "quads", "parse ms", "open ms", "quads/s");
    for (name, layers, view) in rows {
        let parse = best(|| Directory::open(&dir).and_then(|mut directory| directory.quads(layers)).is_ok());
        let mut quads = 0;
        let open = best(|| match Store::open(&dir, layers, view) {
            Ok(store) => {
                quads = store.len();
                std::mem::forget(store);
                true
            }
            Err(error) => {
                eprintln!("{error}");
                false
            }
        });
        println!("{name:<28}{quads:>10}{parse:>12.1}{open:>12.1}{:>14.0}", quads as f64 / open * 1000.0);
    }
}

/// Milliseconds of the best of five.
fn best(mut run: impl FnMut() -> bool) -> f64 {
    let once = |_| {
        let (start, spent) = (Instant::now(), on_core());
        run().then(|| match (spent, on_core()) {
            (Some(before), Some(after)) => (after - before) / 1e6,
            _ => start.elapsed().as_secs_f64() * 1000.0,
        })
    };
    (0..5).filter_map(once).fold(f64::INFINITY, f64::min)
}

/// Nanoseconds that all threads of this process have run so far.
fn on_core() -> Option<f64> {
    let mut sum = 0.0;
    for task in std::fs::read_dir("/proc/self/task").ok()? {
        let text = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        sum += text.split(' ').next()?.parse::<f64>().ok()?;
    }
    Some(sum)
}
