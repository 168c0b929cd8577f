//! The worker: answers questions that the server hands to it, one after the other, and ends with the server.

use std::io::{self, BufReader};
use std::sync::mpsc;
use std::thread;

use rapporteur::explore::{self, Explorer};
use rapporteur::model::Exit;

use super::wire;
use crate::cli::Outcome;

/// Answers what comes in on standard input until it closes.
pub fn run(explorer: &Explorer) -> Outcome {
    explorer.make_ready();
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut input = BufReader::new(io::stdin());
        while let Ok(request) = wire::asked(&mut input) {
            if sender.send(request).is_err() {
                return;
            }
        }
        // The server has gone, and with it whoever waits for the question that may still run.
        std::process::exit(Exit::Done as i32);
    });
    let mut out = io::stdout().lock();
    for request in receiver {
        // A store that has changed is read anew on nobody's time.
        explorer.make_ready();
        let told = wire::begin(&mut out).and_then(|()| wire::tell(&mut out, &explore::respond(explorer, &request)));
        if told.is_err() {
            break;
        }
    }
    Ok(Exit::Done)
}
