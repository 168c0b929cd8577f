//! XML on its way to a parser: how deep it is, how long its tags and texts are, and what its entities unfold to.

use std::collections::HashMap;

use super::short;

/// Elements within elements.
const LEVELS: usize = 1000;

/// Bytes that one entity may unfold to.
const ENTITY: usize = 64 << 10;

/// Entities that a file may declare.
const ENTITIES: usize = 10_000;

/// Bytes that all references together may unfold to, besides so many times the bytes of the file.
const UNFOLDED: usize = 1 << 20;
const TIMES: usize = 16;

/// How a declaration begins. It counts wherever it stands: parsers look for it in comments, too.
const DECLARATION: &[u8] = b"<!ENTITY";

/// Bytes of the longest name of an entity that is looked up.
const NAME: usize = 256;

/// A walk through XML.
#[derive(Default)]
pub struct Xml {
    tags: Tags,
    declaring: Declaring,
    entities: HashMap<Vec<u8>, usize>,
    /// The name of a reference, from `&` on.
    reference: Option<Vec<u8>>,
    seen: usize,
    unfolded: usize,
}

/// Where a walk through tags is.
#[derive(Default)]
struct Tags {
    levels: usize,
    place: Place,
    /// The last bytes, the latest last.
    last: [u8; 2],
    /// Bytes since the last tag began or ended.
    length: usize,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Text,
    /// Behind `<`.
    Opening,
    /// In a tag that begins an element, or ends one.
    Start,
    End,
    /// In a value in quotes, of a start tag or of a declaration so many levels deep.
    Quoted(u8),
    /// Behind `<!`, and in a declaration with so many open brackets.
    Bang,
    Declaration(usize),
    DeclarationQuoted(u8, usize),
    Comment,
    CData,
    Instruction,
}

/// Where a walk through a declaration of an entity is.
#[derive(Default)]
enum Declaring {
    /// So many bytes of its beginning are there.
    #[default]
    Not,
    Begun(usize),
    Name(Vec<u8>),
    Before(Vec<u8>),
    Value(Vec<u8>, Vec<u8>),
}

impl Xml {
    /// Goes on through some bytes; else why not.
    pub fn see(&mut self, bytes: &[u8]) -> Result<(), String> {
        for &byte in bytes {
            self.seen += 1;
            self.tags.see(byte)?;
            self.declare(byte)?;
            self.refer(byte)?;
        }
        Ok(())
    }

    fn declare(&mut self, byte: u8) -> Result<(), String> {
        self.declaring = match std::mem::take(&mut self.declaring) {
            Declaring::Not => if_begins(byte),
            Declaring::Begun(count) if DECLARATION.get(count) == Some(&byte) => match count + 1 {
                all if all == DECLARATION.len() => Declaring::Name(Vec::new()),
                some => Declaring::Begun(some),
            },
            Declaring::Begun(_) => if_begins(byte),
            // A percent sign stands before the names of entities that are for declarations.
            Declaring::Name(name) if (byte.is_ascii_whitespace() || byte == b'%') && name.is_empty() => {
                Declaring::Name(name)
            }
            Declaring::Name(name) if byte.is_ascii_whitespace() => Declaring::Before(name),
            Declaring::Name(mut name) if name.len() < NAME => {
                name.push(byte);
                Declaring::Name(name)
            }
            Declaring::Name(_) => return Err("an entity has a name of more than 256 bytes".to_owned()),
            Declaring::Before(name) if byte == b'"' => Declaring::Value(name, Vec::new()),
            Declaring::Before(_) if byte == b'>' => Declaring::Not,
            Declaring::Before(name) => Declaring::Before(name),
            Declaring::Value(name, value) if byte == b'"' => {
                self.define(name, &value)?;
                Declaring::Not
            }
            Declaring::Value(name, mut value) => {
                value.push(byte);
                if value.len() > ENTITY {
                    return Err(unfolds(&name));
                }
                Declaring::Value(name, value)
            }
        };
        Ok(())
    }

    /// Notes what an entity unfolds to, in bytes.
    fn define(&mut self, name: Vec<u8>, value: &[u8]) -> Result<(), String> {
        let mut size = value.len();
        for part in value.split(|byte| *byte == b'&').skip(1) {
            let Some(end) = part.iter().position(|byte| *byte == b';') else { continue };
            if let Some(inner) = part.get(..end).and_then(|name| self.entities.get(name)) {
                // What is referred to stands in the place of the reference.
                size = (size + inner).saturating_sub(end + 2);
            }
        }
        if size > ENTITY {
            return Err(unfolds(&name));
        }
        if self.entities.len() >= ENTITIES {
            return Err(format!("it declares more than {ENTITIES} entities"));
        }
        self.entities.insert(name, size);
        Ok(())
    }

    fn refer(&mut self, byte: u8) -> Result<(), String> {
        match (&mut self.reference, byte) {
            (reference, b'&') => *reference = Some(Vec::new()),
            (Some(name), b';') => {
                self.unfolded += self.entities.get(name).copied().unwrap_or(0);
                self.reference = None;
                if self.unfolded > UNFOLDED + TIMES * self.seen {
                    return Err(format!("its entities unfold to more than {TIMES} times its size"));
                }
            }
            (Some(name), byte) if name.len() < NAME => name.push(byte),
            (reference, _) => *reference = None,
        }
        Ok(())
    }
}

fn if_begins(byte: u8) -> Declaring {
    if byte == b'<' { Declaring::Begun(1) } else { Declaring::Not }
}

fn unfolds(name: &[u8]) -> String {
    format!("its entity {} unfolds to more than {} kB", String::from_utf8_lossy(name), ENTITY >> 10)
}

impl Tags {
    fn see(&mut self, byte: u8) -> Result<(), String> {
        let before = self.last;
        self.last = [before[1], byte];
        self.length += 1;
        short(self.length, "a tag or text of it")?;
        let place = self.next(byte, before);
        if place != self.place && matches!(place, Place::Opening | Place::Text) {
            self.length = 0;
        }
        self.place = place;
        match self.levels {
            0..=LEVELS => Ok(()),
            _ => Err(format!("it has more than {LEVELS} levels of elements within elements")),
        }
    }

    fn next(&mut self, byte: u8, before: [u8; 2]) -> Place {
        match (self.place, byte) {
            (Place::Text, b'<') => Place::Opening,
            (Place::Opening, b'/') => Place::End,
            (Place::Opening, b'?') => Place::Instruction,
            (Place::Opening, b'!') => Place::Bang,
            (Place::Opening, _) => Place::Start,
            (Place::Start, b'"' | b'\'') => Place::Quoted(byte),
            (Place::Quoted(quote), byte) if quote == byte => Place::Start,
            (Place::Start, b'>') => {
                self.levels += usize::from(before[1] != b'/');
                Place::Text
            }
            (Place::End, b'>') => {
                self.levels = self.levels.saturating_sub(1);
                Place::Text
            }
            (Place::Instruction, b'>') if before[1] == b'?' => Place::Text,
            (Place::Bang, b'-') => Place::Comment,
            (Place::Bang, b'[') => Place::CData,
            (Place::Bang, _) => Place::Declaration(1),
            (Place::Comment, b'>') if before == *b"--" => Place::Text,
            (Place::CData, b'>') if before == *b"]]" => Place::Text,
            (Place::Declaration(open), b'<') => Place::Declaration(open + 1),
            (Place::Declaration(open), b'"' | b'\'') => Place::DeclarationQuoted(byte, open),
            (Place::DeclarationQuoted(quote, open), byte) if quote == byte => Place::Declaration(open),
            (Place::Declaration(1), b'>') => Place::Text,
            (Place::Declaration(open), b'>') => Place::Declaration(open - 1),
            (place, _) => place,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::refused;
    use crate::bounds::Grammar;

    fn told(text: &str) -> String {
        refused(text, Grammar::Xml).unwrap_or_default()
    }

    #[test]
    fn elements_are_counted_and_nothing_else() {
        let nested = |levels: usize| "<a b='>'>".repeat(levels) + &"</a>".repeat(levels);
        assert_eq!(told(&nested(1000)), "");
        assert!(told(&nested(1001)).contains("1000 levels"));
        let rest = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b \"<a>\"> <!ELEMENT c (d)>]><a><!-- <a> -->\
                    <![CDATA[<a><a>]]><b c=\"/\" d='<'/></a>";
        assert_eq!(told(&rest.repeat(2000)), "");
        assert!(told(&(rest.to_owned() + &nested(1001))).contains("1000 levels"));
        assert!(told(&format!("<a>{}", "x".repeat(17 << 20))).contains("16 MB"));
    }

    #[test]
    fn entities_unfold_so_far_and_no_further() {
        let laughs = |levels: usize| {
            let line = |at: usize| format!("<!ENTITY a{} \"{}\">", at + 1, format!("&a{at};").repeat(10));
            format!("<!DOCTYPE r [<!ENTITY a0 \"lol\">{}]>", (0..levels).map(line).collect::<String>())
        };
        assert_eq!(told(&laughs(3)), "");
        assert!(told(&laughs(9)).contains("unfolds to more than 64 kB"));
        assert!(told(&format!("<!-- {} -->", laughs(9))).contains("unfolds"), "parsers look there, too");
        let wide = format!("{}<r>{}</r>", laughs(3), "&a3;".repeat(1000));
        assert!(told(&wide).contains("more than 16 times"));
        let usual = format!(
            "<!DOCTYPE r [<!ENTITY owl \"http://www.w3.org/2002/07/owl#\">]>{}",
            "<a b='&owl;x'/>".repeat(9999)
        );
        assert_eq!(told(&usual), "");
    }
}
