//! `rapporteur extract --stream`: a filter. Documents come in as lines of JSON and go out as lines, one process for thousands
//! of them, on all cores, in their order, each flushed when it is done. What cannot be read is a line that says so.

mod lines;
mod ordered;
mod output;
mod request;

use std::collections::BTreeSet;
use std::io::{self, ErrorKind, Write};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Mutex;

use rapporteur::desk::{Outside, Reader};
use rapporteur::model::text::counted;
use rapporteur::model::{Code, Exit, Fault};

use super::input::Input;
use super::trouble::Trouble;
use super::{Outcome, report};
use lines::Lines;
pub use output::{DOUBTFUL, ExtractFormat, Style};
use request::Request;

/// All that a worker needs.
pub struct Stream {
    /// What turns bytes into a tied extraction.
    pub reader: Reader<'static>,
    /// How documents are written.
    pub style: Style,
    /// How many work at once.
    pub workers: usize,
}

/// What became of a line.
struct Written {
    bytes: Vec<u8>,
    is_fault: bool,
}

/// Keys of lines that nobody knows.
static STRANGERS: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

impl Stream {
    /// Reads the lines of some files, `-` for standard input, and writes what they give to standard output. `outside` is
    /// asked at the end what of it is damaged.
    pub fn run(self, files: &[PathBuf], outside: &Outside) -> Outcome {
        let limit = self.reader.options.limit;
        let opened: Vec<_> = files.iter().map(|file| Input::new(file).open(u64::MAX)).collect::<Result<_, _>>()?;
        // Six bytes of JSON may stand for one of text.
        let lines = Lines::new(opened, limit.saturating_mul(6).saturating_add(1 << 20));
        let workers = self.workers;
        let (mut all, mut failed, mut stop) = (0_usize, 0_usize, None);
        let work = move |(number, line): (usize, io::Result<Vec<u8>>)| self.answer(number, line);
        let done = ordered::ordered(lines, workers, work, |written: Written| {
            all += 1;
            failed += usize::from(written.is_fault);
            let mut out = io::stdout().lock();
            match out.write_all(&written.bytes).and_then(|()| out.flush()) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    stop = Some(error);
                    ControlFlow::Break(())
                }
            }
        });
        done.map_err(|error| Trouble::new(Code::READING_STOPPED, format!("no thread to read with: {error}")))?;
        match stop {
            Some(error) if error.kind() != ErrorKind::BrokenPipe => {
                let why = format!("cannot write the result: {}", error.kind());
                return Err(Trouble::new(Code::RESULT_UNWRITABLE, why).into());
            }
            _ => {}
        }
        report::without(&outside.shelf.damaged());
        if failed > 0 {
            report::note(format!("{failed} of {} could not be read", counted(all, "document")));
        }
        Ok(match failed {
            0 => Exit::Done,
            _ if failed == all => Exit::Unreadable,
            _ => Exit::Partly,
        })
    }

    /// What a line gives; whatever is wrong with it, others go on.
    fn answer(&self, number: usize, line: io::Result<Vec<u8>>) -> Written {
        let read = line.map_err(|error| {
            let said = format!("line {number} is not read: {error}");
            (number.to_string(), Box::new(Trouble::new(Code::LINE_UNREADABLE, said)))
        });
        let request = match read.and_then(|line| Request::read(&line, number)) {
            Ok(request) => request,
            Err((id, trouble)) => return self.failed(&id, number, &*trouble),
        };
        tell_strangers(&request.strangers);
        let read = catch_unwind(AssertUnwindSafe(|| self.read(&request)));
        match read {
            Ok(Ok(bytes)) => Written { bytes, is_fault: false },
            Ok(Err(fault)) => self.failed(&request.id, number, &*fault),
            Err(_) => {
                let said = format!("reading {} stopped in the middle", request.name);
                self.failed(&request.id, number, &Trouble::new(Code::READING_STOPPED, said))
            }
        }
    }

    fn read(&self, request: &Request) -> Result<Vec<u8>, Box<dyn Fault>> {
        let bytes = request.bytes(self.reader.options.limit)?;
        let mut extraction = self.reader.read(&request.name, &bytes, request.given.clone())?;
        self.reader.finish(&mut extraction, &[], None);
        let written = self.style.write(&extraction, Some(&request.id));
        Ok(written.map_err(|error| Trouble::new(Code::RESULT_UNWRITABLE, error.to_string()))?)
    }

    fn failed(&self, id: &str, line: usize, fault: &dyn Fault) -> Written {
        Written { bytes: self.style.error(id, line, fault), is_fault: true }
    }
}

/// Says once of each key that nothing is done with it.
fn tell_strangers(strangers: &BTreeSet<String>) {
    if strangers.is_empty() {
        return;
    }
    let Ok(mut told) = STRANGERS.lock() else { return };
    for key in strangers {
        if told.insert(key.clone()) {
            report::note(format!("note: nothing is done with the key “{key}”"));
        }
    }
}
