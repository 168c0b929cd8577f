//! Short names for IRIs: which prefix, or which stretch after the base, stands for one.

use std::cmp::Ordering;

/// The prefixes that may be used, and the base of the data.
#[derive(Clone, Debug, Default)]
pub struct Prefixes {
    base: Option<String>,
    /// Namespace and prefix, shorter namespaces first.
    table: Vec<(String, String)>,
}

/// An IRI as it may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name<'a> {
    /// What follows the base.
    Relative(&'a str),
    /// Prefix and local name.
    Short(&'a str, &'a str),
    /// The whole IRI.
    Full(&'a str),
}

impl Prefixes {
    /// Takes the base of the data, if it may be used, and pairs of prefix and namespace.
    pub fn new<'p>(base: Option<&str>, pairs: impl IntoIterator<Item = (&'p str, &'p str)>) -> Self {
        let mut table: Vec<_> =
            pairs.into_iter().map(|(prefix, namespace)| (namespace.to_owned(), prefix.to_owned())).collect();
        table.sort_by(|a, b| by_length(&a.0, &b.0).then_with(|| a.1.cmp(&b.1)));
        table.dedup_by(|later, earlier| later.0 == earlier.0);
        // A base that ends in `#` would lose that end when a reference is resolved against it.
        Self { base: base.filter(|base| base.ends_with('/')).map(str::to_owned), table }
    }

    /// The base.
    pub fn base(&self) -> Option<&str> {
        self.base.as_deref()
    }

    /// Pairs of prefix and namespace, sorted by prefix.
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        let mut pairs: Vec<_> =
            self.table.iter().map(|(namespace, prefix)| (prefix.as_str(), namespace.as_str())).collect();
        pairs.sort_unstable();
        pairs
    }

    /// Only what is needed to write these IRIs.
    #[must_use]
    pub fn used_by<'i>(&self, iris: impl IntoIterator<Item = &'i str>) -> Self {
        let mut base = false;
        let mut used = vec![false; self.table.len()];
        for iri in iris {
            match self.slot(iri) {
                _ if self.relative(iri).is_some() => base = true,
                Some((slot, _)) => used[slot] = true,
                None => {}
            }
        }
        let table = self.table.iter().zip(used).filter(|(_, used)| *used).map(|(row, _)| row.clone()).collect();
        Self { base: self.base.clone().filter(|_| base), table }
    }

    /// The shortest way to write an IRI.
    pub fn name<'a>(&'a self, iri: &'a str) -> Name<'a> {
        if let Some(rest) = self.relative(iri) {
            return Name::Relative(rest);
        }
        match self.slot(iri) {
            Some((slot, local)) => Name::Short(&self.table[slot].1, local),
            None => Name::Full(iri),
        }
    }

    /// What follows the base, where it reads as the same IRI again.
    fn relative<'a>(&self, iri: &'a str) -> Option<&'a str> {
        let rest = iri.strip_prefix(self.base.as_deref()?)?;
        is_plain_path(rest).then_some(rest)
    }

    fn slot<'a>(&self, iri: &'a str) -> Option<(usize, &'a str)> {
        let at = iri.bytes().rposition(|byte| byte == b'#' || byte == b'/')? + 1;
        let (namespace, local) = iri.split_at(at);
        let slot = self.table.binary_search_by(|(known, _)| by_length(known, namespace)).ok()?;
        is_local_name(local).then_some((slot, local))
    }
}

/// Namespaces share their beginnings, seldom their lengths: most comparisons end with the length.
fn by_length(one: &str, other: &str) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

/// Whether a relative reference keeps its meaning when it is resolved: no scheme, no empty first segment, no segment of
/// dots alone.
fn is_plain_path(rest: &str) -> bool {
    let bytes = rest.as_bytes();
    let (mut first, mut segment) = (true, 0);
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'?' | b'#' => return at > 0 && !is_dots(&bytes[segment..at]),
            b':' if first => return false,
            b'/' if at == 0 || is_dots(&bytes[segment..at]) => return false,
            b'/' => (first, segment) = (false, at + 1),
            _ => {}
        }
    }
    !bytes.is_empty() && !is_dots(&bytes[segment..])
}

fn is_dots(segment: &[u8]) -> bool {
    segment == b"." || segment == b".."
}

/// Whether Turtle, SPARQL and XML all take it as a local name without escapes.
fn is_local_name(local: &str) -> bool {
    let mut bytes = local.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphanumeric() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iri_is_written_as_short_as_it_can_be_read_back() {
        let pairs = [("ex", "http://example.org/"), ("voc", "http://example.org/voc#")];
        let prefixes = Prefixes::new(Some("http://example.org/id/"), pairs);
        for (iri, name) in [
            ("http://example.org/id/state/irn", Name::Relative("state/irn")),
            ("http://example.org/id/text/ab#char=1,2", Name::Relative("text/ab#char=1,2")),
            ("http://example.org/voc#opposes", Name::Short("voc", "opposes")),
            ("http://example.org/x", Name::Short("ex", "x")),
            ("http://example.org/id/", Name::Full("http://example.org/id/")),
            ("http://example.org/id/a:b", Name::Full("http://example.org/id/a:b")),
            ("http://example.org/id//a", Name::Full("http://example.org/id//a")),
            ("http://example.org/id/..", Name::Full("http://example.org/id/..")),
            ("http://example.org/id/a/.", Name::Full("http://example.org/id/a/.")),
            ("http://example.org/id/a/.?q", Name::Full("http://example.org/id/a/.?q")),
            ("http://example.org/id/#q", Name::Full("http://example.org/id/#q")),
            ("http://example.org/id/a/b:c#/../", Name::Relative("a/b:c#/../")),
            ("http://example.org/id/a/../b", Name::Full("http://example.org/id/a/../b")),
            ("http://example.org/voc#a.b", Name::Full("http://example.org/voc#a.b")),
            ("urn:x", Name::Full("urn:x")),
        ] {
            assert_eq!(prefixes.name(iri), name);
        }
    }

    #[test]
    fn only_used_prefixes_stay() {
        let pairs = [("b", "http://b.org/"), ("a", "http://a.org/"), ("c", "http://c.org/")];
        let used = Prefixes::new(Some("http://id.org/"), pairs).used_by(["http://c.org/x", "http://a.org/y", "urn:z"]);
        assert_eq!(used.pairs(), [("a", "http://a.org/"), ("c", "http://c.org/")]);
        assert_eq!(used.base(), None);
    }
}
