//! JSON on its way to a parser: how deep it is, and how long its strings are.

use super::short;

/// Levels that JSON may have: a parser of JSON-LD keeps for each what those around it said.
const LEVELS: usize = 256;

/// Where a walk through JSON is.
#[derive(Default)]
pub struct Json {
    levels: usize,
    is_string: bool,
    is_escaped: bool,
    length: usize,
}

impl Json {
    /// Goes on through some bytes; else why not.
    pub fn see(&mut self, bytes: &[u8]) -> Result<(), String> {
        for &byte in bytes {
            if self.is_string {
                self.length += 1;
                self.is_string = self.is_escaped || byte != b'"';
                self.is_escaped = !self.is_escaped && byte == b'\\';
                short(self.length, "a string of it")?;
                continue;
            }
            match byte {
                b'"' => (self.is_string, self.length) = (true, 0),
                b'{' | b'[' => self.levels += 1,
                b'}' | b']' => self.levels = self.levels.saturating_sub(1),
                _ => {}
            }
            if self.levels > LEVELS {
                return Err(format!("it has more than {LEVELS} levels of brackets within brackets"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::refused;
    use crate::bounds::Grammar;

    #[test]
    fn levels_are_counted_outside_of_strings() {
        let nested = |levels: usize| "{\"a\":".repeat(levels) + "1" + &"}".repeat(levels);
        assert_eq!(refused(&nested(256), Grammar::Json), None);
        assert!(refused(&nested(257), Grammar::Json).is_some_and(|reason| reason.contains("256 levels")));
        assert_eq!(refused(&format!("[\"{}\\\"{}\"]", "[".repeat(300), "{".repeat(300)), Grammar::Json), None);
        assert_eq!(refused(&"{\"a\":[1]}".repeat(1000), Grammar::Json), None);
        assert!(refused(&format!("\"{}", "x".repeat(17 << 20)), Grammar::Json).is_some());
    }
}
