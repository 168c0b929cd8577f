//! The lines of some files, one after the other, none longer than it may be.

use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::vec::IntoIter;

/// A reader of a file.
type Source = Box<dyn Read + Send>;

/// Lines with their numbers, counted from 1 over all files; blank ones are passed over.
pub struct Lines {
    left: IntoIter<Source>,
    open: Option<BufReader<Source>>,
    limit: usize,
    number: usize,
}

impl Lines {
    /// The lines of readers. One of more than so many bytes is an error, and passed over.
    pub fn new(sources: Vec<Source>, limit: usize) -> Self {
        Self { left: sources.into_iter(), open: None, limit, number: 0 }
    }

    /// The next line of the open reader; `None` at its end.
    fn line(&mut self) -> Option<io::Result<Vec<u8>>> {
        let reader = self.open.as_mut()?;
        let mut line = Vec::new();
        let most = self.limit as u64 + 1;
        if let Err(error) = reader.by_ref().take(most).read_until(b'\n', &mut line) {
            self.open = None;
            return Some(Err(error));
        }
        if line.is_empty() {
            return None;
        }
        if line.last() != Some(&b'\n') && line.len() > self.limit {
            let passed = reader.skip_until(b'\n');
            let long = io::Error::new(ErrorKind::FileTooLarge, format!("it has more than {} bytes", self.limit));
            return Some(Err(passed.err().unwrap_or(long)));
        }
        Some(Ok(line))
    }
}

impl Iterator for Lines {
    type Item = (usize, io::Result<Vec<u8>>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.open.is_none() {
                self.open = Some(BufReader::with_capacity(1 << 16, self.left.next()?));
            }
            match self.line() {
                None => self.open = None,
                Some(line) => {
                    self.number += 1;
                    if !line.as_ref().is_ok_and(|line| line.trim_ascii().is_empty()) {
                        return Some((self.number, line));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn long_lines_are_passed_over_and_blank_ones_only_counted() {
        let sources: Vec<super::Source> =
            vec![Box::new(&b"one\n\ntoo long a line\nlast"[..]), Box::new(&b"next\n"[..])];
        let found: Vec<(usize, Option<Vec<u8>>)> =
            Lines::new(sources, 6).map(|(number, line)| (number, line.ok())).collect();
        let text = |line: &str| Some(line.as_bytes().to_vec());
        assert_eq!(found, [(1, text("one\n")), (3, None), (4, text("last")), (5, text("next\n"))]);
    }
}
