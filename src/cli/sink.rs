//! Where a result goes: standard output, or a file that appears whole or not at all.

use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use rapporteur::export::ExportError;
use rapporteur::model::{Exit, Fault};

use super::{Outcome, output_file, report, screen};

/// Where to write.
#[derive(Args, Clone, Debug, Default)]
pub struct Sink {
    /// Write here instead of standard output; the ending chooses the format
    #[arg(short, long, value_name = "FILE", alias = "results-file")]
    output: Option<PathBuf>,

    /// Replace the file if it exists
    #[arg(long)]
    force: bool,
}

impl Sink {
    /// The file, unless the result goes to standard output.
    pub fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }

    /// Refuses early what would be refused in the end: a file that is there already.
    pub fn check(&self) -> Result<(), Box<dyn Fault>> {
        match self.file() {
            Some(path) if !self.force && path.exists() => {
                Err(ExportError::Exists { path: path.display().to_string() }.into())
            }
            _ => Ok(()),
        }
    }

    /// Whether a person reads it at once.
    pub fn is_terminal(&self) -> bool {
        self.file().is_none() && io::stdout().is_terminal()
    }

    /// Columns of the screen, or of a page where there is none.
    pub fn width(&self) -> usize {
        if self.file().is_some() { screen::told().unwrap_or(screen::USUAL_WIDTH) } else { screen::width() }
    }

    /// Whether a file may be replaced.
    pub const fn force(&self) -> bool {
        self.force
    }

    /// Lets data be written as they come. A file gets its name when all is written; a reader of standard output that has
    /// seen enough is no error, and then what `write` gives is only the default.
    pub fn save<T: Default>(
        &self,
        write: impl FnOnce(&mut dyn Write) -> Result<T, ExportError>,
    ) -> Result<T, Box<dyn Fault>> {
        match self.file() {
            Some(path) => output_file::save(path, self.force, write),
            None => Ok(to_output(write)?),
        }
    }

    /// Writes data byte for byte.
    pub fn write(&self, bytes: &[u8]) -> Outcome {
        match self.file() {
            None => report::print(|out| out.write_all(bytes)),
            Some(path) => {
                output_file::save(path, self.force, |out| Ok(out.write_all(bytes)?))?;
                Ok(Exit::Done)
            }
        }
    }

    /// Writes text with colours; they stay out of files and pipes.
    pub fn show(&self, text: &[u8]) -> Outcome {
        match self.file() {
            None => report::show(|out| out.write_all(text)),
            Some(_) => self.write(&anstream::adapter::strip_bytes(text).into_vec()),
        }
    }
}

/// Lets standard output be written as data come; a reader that has seen enough is no error.
pub fn to_output<T: Default>(write: impl FnOnce(&mut dyn Write) -> Result<T, ExportError>) -> Result<T, ExportError> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let written = write(&mut out).and_then(|written| {
        out.flush()?;
        Ok(written)
    });
    match written {
        Err(ExportError::Write(error)) if error.kind() == ErrorKind::BrokenPipe => {
            // What is left in the buffer has no reader either.
            let _ = out.into_parts();
            Ok(T::default())
        }
        other => other,
    }
}
