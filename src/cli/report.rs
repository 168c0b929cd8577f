//! How results, remarks and errors look. Data go to standard output, all else to standard error.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use rapporteur::model::{Code, Exit, Fault, Place};
use rapporteur::store::{Damage, Error};

use unicode_width::UnicodeWidthStr;

use super::trouble::Trouble;
use super::{Outcome, screen};

/// Columns that the further lines of a message are moved in by.
const FURTHER: usize = 4;

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
        say(&line.to_string());
    }
}

/// Prints a line on standard error, broken between words where a terminal would break within them.
fn say(line: &str) {
    let line = printable(line);
    let columns = if io::stderr().is_terminal() { screen::terminal() } else { None };
    match columns {
        Some(columns) => folded(&line, columns).iter().for_each(|line| eprintln!("{line}")),
        None => eprintln!("{line}"),
    }
}

/// The lines of a message on a screen; what goes on is moved in.
fn folded(line: &str, columns: usize) -> Vec<String> {
    let words = line.trim_start_matches(' ');
    let indent = line.len() - words.len();
    if words.contains('\n') || UnicodeWidthStr::width(line) <= columns {
        return vec![line.to_owned()];
    }
    let further = indent + FURTHER;
    let mut lines: Vec<String> = Vec::new();
    let mut open = " ".repeat(indent);
    let mut is_fresh = true;
    for word in words.split(' ') {
        let wide = UnicodeWidthStr::width(open.as_str()) + usize::from(!is_fresh) + UnicodeWidthStr::width(word);
        if !is_fresh && wide > columns {
            let full = std::mem::replace(&mut open, " ".repeat(further));
            lines.push(full.trim_end().to_owned());
            is_fresh = true;
        }
        if !is_fresh {
            open.push(' ');
        }
        open.push_str(word);
        is_fresh = false;
    }
    lines.push(open);
    lines
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
    say(&format!("error {}: {fault}", fault.code()));
    if let Some(place) = fault.place() {
        eprint!("{}", printable(&frame(&place)));
    }
    for line in fault.hint().iter().flat_map(|hint| hint.lines()) {
        say(&format!("  {line}"));
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

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn messages_break_between_words() {
        let line = "  note: the text is in another language than English";
        let lines = folded(line, 30);
        assert_eq!(lines, ["  note: the text is in another", "      language than English"]);
        assert_eq!(folded(line, 80), [line]);
        assert_eq!(folded("averylongpathwithoutblanks b", 10), ["averylongpathwithoutblanks", "    b"]);
    }
}
