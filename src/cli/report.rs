//! How results, remarks and errors look. Data go to standard output, all else to standard error.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use rapporteur::model::{Code, Exit, Fault, Place};
use rapporteur::store::{Damage, Error};

use super::Outcome;
use super::trouble::Trouble;

/// Whether `--quiet` was given.
static QUIET: AtomicBool = AtomicBool::new(false);

/// Whether parts of a store were left out.
static IS_PARTIAL: AtomicBool = AtomicBool::new(false);

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
        eprintln!("{}", printable(&line.to_string()));
    }
}

/// Names of files and words of texts may hold anything: what would steer a terminal is written as it is in code.
fn printable(line: &str) -> Cow<'_, str> {
    let steers = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if !line.contains(steers) {
        return line.into();
    }
    line.chars().map(|c| if steers(c) { c.escape_default().to_string() } else { c.to_string() }).collect()
}

/// Says which parts of a store could not be read, so that what is printed lacks them; see [`whole`].
pub fn left_out(damages: &[Damage]) {
    damages.iter().for_each(|damage| note(format_args!("left out: {damage}")));
    if let Some(damage) = damages.first() {
        Error::from(damage.clone()).hint().iter().for_each(|hint| note(format_args!("  {hint}")));
        IS_PARTIAL.store(true, Ordering::Relaxed);
    }
}

/// Says which vocabularies are damaged, so that nothing is tied to them; see [`whole`].
pub fn without(vocabularies: &[(String, String)]) {
    for (scheme, reason) in vocabularies {
        note(format_args!("without the vocabulary {scheme}: {reason}"));
        note(format_args!("  load it again: rapporteur link load FILE; then: rapporteur link run"));
        IS_PARTIAL.store(true, Ordering::Relaxed);
    }
}

/// What the process ends with: what is done, but without parts of the store, is partly done.
pub fn whole(exit: Exit) -> Exit {
    if exit == Exit::Done && IS_PARTIAL.load(Ordering::Relaxed) { Exit::Partly } else { exit }
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
    eprintln!("error {}: {}", fault.code(), printable(&fault.to_string()));
    if let Some(place) = fault.place() {
        eprint!("{}", printable(&frame(&place)));
    }
    for line in fault.hint().iter().flat_map(|hint| hint.lines()) {
        eprintln!("  {}", printable(line));
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
