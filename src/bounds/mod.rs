//! Readers that refuse what a parser would unfold without limit: levels within levels, entities within entities, bytes
//! packed a thousandfold. They look at bytes on their way, before the parser sees them.

mod json;
mod packed;
mod xml;

use std::cell::RefCell;
use std::io::{self, Read};
use std::rc::Rc;

pub use packed::Unpacked;

use json::Json;
use xml::Xml;

/// Bytes of the longest word, text or tag that is passed on.
const LONGEST: usize = 16 << 20;

/// What bytes are written in, as far as limits go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grammar {
    /// JSON.
    Json,
    /// XML.
    Xml,
    /// What its parser reads in memory that does not grow.
    Other,
}

/// Why reading was refused, once it was.
pub type Refusal = Rc<RefCell<Option<String>>>;

enum Scan {
    Json(Json),
    Xml(Box<Xml>),
    Nothing,
}

/// A reader whose bytes are looked at.
pub struct Guarded<R> {
    inner: R,
    scan: Scan,
    refusal: Refusal,
}

impl<R: Read> Guarded<R> {
    /// Looks at the bytes of a reader.
    pub fn new(inner: R, grammar: Grammar) -> Self {
        let scan = match grammar {
            Grammar::Json => Scan::Json(Json::default()),
            Grammar::Xml => Scan::Xml(Box::default()),
            Grammar::Other => Scan::Nothing,
        };
        Self { inner, scan, refusal: Refusal::default() }
    }

    /// Why reading was refused: parsers hand errors on in words of their own.
    pub fn refusal(&self) -> Refusal {
        Rc::clone(&self.refusal)
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let bytes = buffer.get(..read).unwrap_or_default();
        let seen = match &mut self.scan {
            Scan::Json(json) => json.see(bytes),
            Scan::Xml(xml) => xml.see(bytes),
            Scan::Nothing => Ok(()),
        };
        seen.map(|()| read).map_err(|reason| {
            *self.refusal.borrow_mut() = Some(reason.clone());
            io::Error::new(io::ErrorKind::InvalidData, reason)
        })
    }
}

/// Refuses what goes on for too long.
fn short(length: usize, what: &str) -> Result<(), String> {
    match length {
        0..=LONGEST => Ok(()),
        _ => Err(format!("{what} has more than {} MB", LONGEST >> 20)),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{Grammar, Guarded};

    /// What is refused of a text, however it is cut into pieces.
    pub fn refused(text: &str, grammar: Grammar) -> Option<String> {
        let answer = |size: usize| {
            let mut guarded = Guarded::new(text.as_bytes(), grammar);
            let mut piece = vec![0; size];
            loop {
                match guarded.read(&mut piece) {
                    Ok(0) => return None,
                    Ok(_) => {}
                    Err(error) => return Some(error.to_string()),
                }
            }
        };
        let whole = answer(text.len().max(1));
        [1, 7, 4096].into_iter().for_each(|size| assert_eq!(answer(size), whole, "in pieces of {size}"));
        whole
    }
}
