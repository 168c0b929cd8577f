//! What ships is compiled in and was read by the tests. If it cannot be read all the same, the program must not find
//! nothing in silence: what failed is kept, and the binary says so.

use std::fmt::Display;
use std::sync::{Mutex, PoisonError};

static FLAWS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Data that ship, read; empty if they cannot be, and then [`flaws`] tells why.
pub fn shipped<T: Default, E: Display>(what: &str, read: Result<T, E>) -> T {
    read.unwrap_or_else(|error| {
        FLAWS.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{what}: {error}"));
        T::default()
    })
}

/// What of the shipped data could not be read so far, with the reason. Data are read when they are first needed.
pub fn flaws() -> Vec<String> {
    FLAWS.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

#[cfg(test)]
mod tests {
    use super::super::{Catalogue, Lexicon, Rules, relations};
    use super::{flaws, shipped};

    #[test]
    fn all_that_ships_is_read() {
        let _ = (Catalogue::embedded(), Lexicon::embedded(), Rules::embedded(), relations());
        assert_eq!(flaws().iter().find(|flaw| !flaw.starts_with("a test")), None);
        assert!(!Rules::embedded().rules().is_empty());
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let rules: Vec<u8> = shipped("a test", Err("line 3: no rule"));
        assert!(rules.is_empty() && flaws().contains(&"a test: line 3: no rule".to_owned()));
    }
}
