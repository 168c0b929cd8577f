//! How results, remarks and errors look. Data go to standard output, all else to standard error.

use std::fmt::Display;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use rapporteur::model::{Code, Exit, Fault, Place};

use super::Outcome;
use super::trouble::Trouble;

/// Whether `--quiet` was given.
static QUIET: AtomicBool = AtomicBool::new(false);

/// Silences [`note`].
pub fn set_quiet(quiet: bool) {
    QUIET.store(quiet, Ordering::Relaxed);
}

/// Whether [`note`] is silenced.
pub fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}

/// Prints a line for people on standard error, unless `--quiet`.
pub fn note(line: impl Display) {
    if !is_quiet() {
        anstream::eprintln!("{line}");
    }
}

/// Writes data to standard output, byte for byte. A reader that has seen enough (`| head`) is no error.
pub fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Outcome {
    finish(BufWriter::new(io::stdout().lock()), write)
}

/// Writes text with colours to standard output; they go where the output is no terminal.
pub fn show(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Outcome {
    finish(BufWriter::new(anstream::stdout().lock()), write)
}

fn finish(mut out: impl Write, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Outcome {
    match write(&mut out).and_then(|()| out.flush()) {
        Ok(()) => Ok(Exit::Done),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(Exit::Done),
        Err(error) => {
            let reason = error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase();
            Err(Trouble::new(Code::RESULT_UNWRITABLE, format!("cannot write the result: {reason}")).into())
        }
    }
}

/// Prints a fault on standard error and gives the exit code it asks for.
pub fn fault(fault: &dyn Fault) -> Exit {
    anstream::eprintln!("error {}: {fault}", fault.code());
    if let Some(place) = fault.place() {
        anstream::eprint!("{}", frame(&place));
    }
    for line in fault.hint().iter().flat_map(|hint| hint.lines()) {
        anstream::eprintln!("  {line}");
    }
    fault.exit()
}

/// The line at fault, with a mark under the place.
fn frame(place: &Place) -> String {
    let number = place.line.to_string();
    let gutter = " ".repeat(number.len());
    let indent = " ".repeat(place.column.saturating_sub(1));
    let mark = "^".repeat(place.width.max(1));
    format!(
        "{gutter} ┌ {}:{}:{}\n{number} │ {}\n{gutter} │ {indent}{mark}\n",
        place.file, place.line, place.column, place.source
    )
}
