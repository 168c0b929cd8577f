//! Where our own IRIs start, and how keys become IRIs.

use std::fmt::Write;

use oxrdf::NamedNode;

use crate::model::{Code, Fault, Passage};

/// The start of the IRIs of all data: entities, texts, claims, graphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(String);

/// The base that is no base.
#[derive(Debug, thiserror::Error)]
#[error("the base <{0}> is not an absolute IRI that ends in / or #")]
pub struct BaseError(String);

impl Fault for BaseError {
    fn code(&self) -> Code {
        Code::NOT_A_BASE
    }
}

impl Default for Base {
    fn default() -> Self {
        Self(Self::SHARED.to_owned())
    }
}

impl Base {
    /// The base that all users share, so that two people's graphs meet on the same body.
    pub const SHARED: &'static str = "https://w3id.org/rapporteur/id/";

    /// A base of one's own.
    ///
    /// # Errors
    /// If it is not an absolute IRI ending in `/` or `#`.
    pub fn new(iri: &str) -> Result<Self, BaseError> {
        match NamedNode::new(iri) {
            Ok(_) if iri.ends_with(['/', '#']) => Ok(Self(iri.to_owned())),
            _ => Err(BaseError(iri.to_owned())),
        }
    }

    /// The base itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The IRI of a key: `state/irn`, `body/unodc`. What an IRI refuses is percent-encoded, so that every key has one
    /// and no two keys have the same.
    pub fn iri(&self, key: &str) -> NamedNode {
        let mut iri = String::with_capacity(self.0.len() + key.len());
        iri.push_str(&self.0);
        encode(key, &mut iri);
        NamedNode::new_unchecked(iri)
    }

    /// The key that an IRI was made of, still percent-encoded; `None` for the IRIs of others.
    pub fn key<'a>(&self, iri: &'a str) -> Option<&'a str> {
        iri.strip_prefix(self.as_str())
    }

    /// The key that an IRI was made of, as it was; `None` for the IRIs of others.
    pub fn plain_key(&self, iri: &str) -> Option<String> {
        self.key(iri).map(decoded)
    }

    /// The text with that SHA-256 in hex.
    pub fn text(&self, sha256: &str) -> NamedNode {
        self.made_of(&["text/", first(sha256, 16)])
    }

    /// A passage of a text (RFC 5147): code points `start..end`.
    pub fn passage(&self, sha256: &str, (start, end): (usize, usize)) -> NamedNode {
        let text = self.text(sha256);
        NamedNode::new_unchecked(Passage { text: text.as_str(), start, end }.to_string())
    }

    /// The claim with that key: sixteen hex digits of what it says, of its words and of its document.
    pub fn claim(&self, key: &str) -> NamedNode {
        self.made_of(&["claim/", key])
    }

    /// The graph of a document's metadata, entities, claims and direct edges.
    pub fn document_graph(&self, sha256: &str) -> NamedNode {
        self.made_of(&["graph/doc/", first(sha256, 16)])
    }

    /// The graph of a document's passages and mentions.
    pub fn evidence_graph(&self, sha256: &str) -> NamedNode {
        self.made_of(&["graph/doc/", first(sha256, 16), "/evidence"])
    }

    /// The graph of ties to one outer scheme.
    pub fn links_graph(&self, scheme: &str) -> NamedNode {
        self.iri(&["graph/links/", scheme].concat())
    }

    /// The graph of how ties to one outer scheme were found, and of those that may be.
    pub fn link_evidence_graph(&self, scheme: &str) -> NamedNode {
        self.iri(&["graph/link-evidence/", scheme].concat())
    }

    /// A graph that belongs to no document: `catalogue`, `ontology`, `queries`, `runs`, `review`.
    pub fn shared_graph(&self, name: &str) -> NamedNode {
        self.made_of(&["graph/", name])
    }

    fn made_of(&self, parts: &[&str]) -> NamedNode {
        let mut iri = self.0.clone();
        for part in parts {
            iri.push_str(part);
        }
        NamedNode::new_unchecked(iri)
    }
}

/// The first `digits` of a hash; all of it if it is shorter.
fn first(hash: &str, digits: usize) -> &str {
    hash.get(..digits).unwrap_or(hash)
}

/// A key without its percent signs.
fn decoded(key: &str) -> String {
    let mut bytes = Vec::with_capacity(key.len());
    let mut rest = key.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| first == b'%');
        let code = code.and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(code.unwrap_or(first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Appends a key as part of an IRI path.
fn encode(key: &str, iri: &mut String) {
    for c in key.chars() {
        if is_allowed(c) {
            iri.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a string cannot fail.
                let _ = write!(iri, "%{byte:02X}");
            }
        }
    }
}

/// The characters of RFC 3987 path segments and `/`. `%` is left out: a key is plain text, never already encoded.
fn is_allowed(c: char) -> bool {
    match c {
        '-' | '.' | '_' | '~' | '/' | ':' | '@' | '!' | '$' | '&' | '\'' | '(' | ')' | '*' | '+' | ',' | ';' | '=' => {
            true
        }
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        '\u{A0}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFEF}' => true,
        _ => c as u32 >= 0x1_0000 && (c as u32) < 0xE_0000 && c as u32 & 0xFFFF < 0xFFFE,
    }
}

#[cfg(test)]
mod tests {
    use oxrdf::NamedNode;

    use super::Base;

    #[test]
    fn every_key_has_an_iri_and_no_two_the_same() {
        let keys = [
            "state/irn", "topic/e-mail & fax", "body/a<b>\"c\"", "body/100%", "body/100%25", "matter/{x}|y^z`\\",
            "body/پلیس", "body/👍", "body/tab\there", "body/#1?", "body/[x]", "body/\u{FFFF}\u{E000}",
        ];
        let base = Base::default();
        let mut seen = std::collections::HashSet::new();
        for key in keys {
            let iri = base.iri(key);
            assert!(NamedNode::new(iri.as_str()).is_ok(), "{iri}");
            assert!(!iri.as_str().contains(['<', '>', '"', ' ', '#', '?']), "{iri}");
            assert!(seen.insert(iri));
        }
    }

    #[test]
    fn a_base_must_be_absolute_and_open_ended() {
        assert!(Base::new("https://example.org/kg/").is_ok());
        for wrong in ["", "kg/", "https://example.org/kg", "https://example.org/a b/"] {
            assert!(Base::new(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn iris_of_texts_passages_claims_and_graphs() {
        let base = Base::new("https://x.org/").expect("a base");
        let sha = "4e801cbb5a10c2d7aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
        assert_eq!(base.passage(sha, (1693, 1742)).as_str(), "https://x.org/text/4e801cbb5a10c2d7#char=1693,1742");
        assert_eq!(base.claim("4e801cbb5a10c2d7").as_str(), "https://x.org/claim/4e801cbb5a10c2d7");
        assert_eq!(base.evidence_graph(sha).as_str(), "https://x.org/graph/doc/4e801cbb5a10c2d7/evidence");
        assert_eq!(base.links_graph("wikidata").as_str(), "https://x.org/graph/links/wikidata");
    }
}
