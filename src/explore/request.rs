//! A request as the explorer sees it: method, path, parameters, headers, body. Where it came from is no matter.

/// A request.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// In capitals: `GET`.
    pub method: String,
    /// The path, still percent-encoded; begins with `/`.
    pub path: String,
    /// What follows the question mark, still encoded; may be empty.
    pub query: String,
    /// The machine that the address itself names, if it names one: `GET http://example.org/ HTTP/1.1`.
    pub authority: Option<String>,
    /// Names in lower case, values as sent.
    pub headers: Vec<(String, String)>,
    /// What was sent along.
    pub body: Vec<u8>,
}

impl Request {
    /// A `GET` of an address such as `/search?q=Iran`, from this machine.
    pub fn get(target: &str) -> Self {
        let target = target.split('#').next().unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method: "GET".to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: vec![("host".to_owned(), "localhost".to_owned())],
            ..Self::default()
        }
    }

    /// The same with one more header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_ascii_lowercase(), value.to_owned()));
        self
    }

    /// The first header of a name, given in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All headers of a name, given in lower case.
    pub fn all<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r str> {
        self.headers.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The parameters of the address, in their order, decoded.
    pub fn pairs(&self) -> Vec<(String, String)> {
        pairs(self.query.as_bytes())
    }

    /// The values of a parameter that say something, in their order.
    pub fn values(&self, name: &str) -> Vec<String> {
        let said = self.pairs().into_iter().filter(|(key, value)| key == name && !value.trim().is_empty());
        said.map(|(_, value)| value.trim().to_owned()).collect()
    }

    /// The first value of a parameter that says something.
    pub fn value(&self, name: &str) -> Option<String> {
        self.values(name).into_iter().next()
    }

    /// A parameter that is a number, within bounds; what is no number is as good as nothing.
    pub fn number(&self, name: &str, usual: usize, most: usize) -> usize {
        self.value(name).and_then(|value| value.parse().ok()).unwrap_or(usual).min(most)
    }

    /// Whether only the head of the answer is wanted.
    pub fn is_head(&self) -> bool {
        self.method == "HEAD"
    }
}

/// Parameters out of an address or a form.
pub fn pairs(encoded: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(encoded).map(|(key, value)| (key.into_owned(), value.into_owned())).collect()
}

/// A path or part of one without its percent signs; what is then no UTF-8 has replacement characters.
pub fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        match hex
            .filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|hex| u8::from_str_radix(hex, 16).ok())
        {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A value as it stands in an address.
pub fn encoded(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded_once_and_never_fail() {
        for (path, expected) in [
            ("state/irn", "state/irn"),
            ("a%20b", "a b"),
            ("%41%zz%4", "A%zz%4"),
            ("%D8%A7", "ا"),
            ("%2541", "%41"),
            ("a+b", "a+b"),
        ] {
            assert_eq!(decoded(path), expected);
        }
        assert!(decoded("%ff").contains('\u{fffd}'));
    }

    #[test]
    fn an_address_is_taken_apart() {
        let request = Request::get("/search?q=Iran+%26+co&q=&page=x#top");
        assert_eq!((request.path.as_str(), request.value("q").as_deref()), ("/search", Some("Iran & co")));
        assert_eq!((request.values("q").len(), request.number("page", 1, 9)), (1, 1));
    }
}
