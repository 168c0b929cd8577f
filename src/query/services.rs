//! The machines that SERVICE may ask: those that the user named, and no others.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ureq::http::Uri;

use super::Error;

/// How long a machine may take to answer.
const TIME: Duration = Duration::from_secs(60);

/// Bytes that an answer may have.
const BYTES: u64 = 64 << 20;

/// The machines that SERVICE may ask, and how long and how large their answers may be. None by default.
#[derive(Clone, Debug)]
pub struct Services {
    hosts: Vec<Host>,
    pub(super) time: Duration,
    pub(super) bytes: u64,
    pub(super) proxy: Option<ureq::Proxy>,
    failures: Arc<Mutex<Vec<String>>>,
}

/// A machine, or one port of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Host {
    /// In lower case; addresses of IP version 6 in their brackets.
    name: String,
    port: Option<u16>,
}

impl Default for Services {
    fn default() -> Self {
        Self { hosts: Vec::new(), time: TIME, bytes: BYTES, proxy: None, failures: Arc::default() }
    }
}

impl Services {
    /// The machines of these names: `query.wikidata.org` stands for all its ports, `localhost:3030` for one.
    ///
    /// # Errors
    /// If a name is none, such as an address with its path.
    pub fn named(names: &[impl AsRef<str>]) -> Result<Self, Error> {
        let hosts = names.iter().map(|name| Host::new(name.as_ref())).collect::<Result<_, _>>()?;
        Ok(Self { hosts, ..Self::default() })
    }

    /// The same machines, with so much time for each answer.
    #[must_use]
    pub fn lasting(self, time: Duration) -> Self {
        Self { time, ..self }
    }

    /// The same machines, reached through a proxy: `http://proxy.example.org:3128`.
    ///
    /// # Errors
    /// If the address is none of a proxy.
    pub fn through(self, proxy: &str) -> Result<Self, Error> {
        let made = ureq::Proxy::new(proxy).map_err(|_| Error::NotAHost { given: proxy.to_owned(), host: None })?;
        Ok(Self { proxy: Some(made), ..self })
    }

    /// The same machines, with so many bytes for each answer.
    #[must_use]
    pub fn up_to(self, bytes: u64) -> Self {
        Self { bytes, ..self }
    }

    /// What machines did not answer, in words: what SERVICE SILENT passed over.
    pub fn failures(&self) -> Vec<String> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn note(&self, failure: String) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if !failures.contains(&failure) {
            failures.push(failure);
        }
    }

    /// Refuses what would ask a machine that is not named. `None` stands for an address that a variable holds: whom that asks
    /// is known too late.
    pub(super) fn check(&self, services: &[Option<String>]) -> Result<(), Error> {
        for service in services {
            match service {
                Some(address) => self.address(address).map(|_| ())?,
                None => return Err(Error::Service { host: None }),
            }
        }
        Ok(())
    }

    /// The address of a service on a machine that may be asked.
    pub(super) fn address(&self, address: &str) -> Result<Uri, Error> {
        let bad = |reason: &str| Error::ServiceFailed {
            address: address.to_owned(),
            reason: reason.to_owned(),
            hint: Some("an address begins with http:// or https:// and the name of a machine".to_owned()),
        };
        let uri: Uri = address.parse().map_err(|_| bad("is no address that can be asked"))?;
        let usual = match uri.scheme_str() {
            Some("http") => 80,
            Some("https") => 443,
            _ => return Err(bad("is no address that can be asked")),
        };
        let authority = uri.authority().ok_or_else(|| bad("is no address that can be asked"))?;
        if authority.as_str().contains('@') {
            return Err(bad("holds a user's name, which is not sent"));
        }
        let (name, port) = (authority.host().to_lowercase(), authority.port_u16().unwrap_or(usual));
        let is_named = |host: &Host| host.name == name && host.port.is_none_or(|named| named == port);
        if self.hosts.iter().any(is_named) {
            return Ok(uri);
        }
        Err(Error::Service { host: Some(authority.as_str().to_lowercase()) })
    }
}

impl Host {
    fn new(given: &str) -> Result<Self, Error> {
        let given = given.trim();
        let refused = || {
            let host = given.parse::<Uri>().ok().and_then(|uri| uri.authority().map(ToString::to_string));
            Error::NotAHost { given: given.to_owned(), host: host.filter(|_| given.contains("://")) }
        };
        let (name, port) = match given.rsplit_once(':') {
            Some((name, port)) if !port.contains(']') => (name, Some(port.parse::<u16>().map_err(|_| refused())?)),
            _ => (given, None),
        };
        let is_version_6 = name.starts_with('[') && name.ends_with(']') && name.len() > 2;
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        let inner = name.trim_start_matches('[').trim_end_matches(']');
        let is_sound = match is_version_6 {
            true => inner.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, ':' | '.')),
            false => !name.is_empty() && name.chars().all(is_plain),
        };
        if is_sound { Ok(Self { name: name.to_lowercase(), port }) } else { Err(refused()) }
    }
}

#[cfg(test)]
mod tests {
    use super::Services;

    #[test]
    fn only_what_is_named_may_be_asked() {
        let services =
            Services::named(&["Query.example.org", "localhost:3030", "[::1]", "10.0.0.7:80"]).expect("names");
        let yes = [
            "http://query.example.org/sparql",
            "https://QUERY.example.org:8443/x",
            "http://localhost:3030/ds?x=1",
            "http://[::1]:8080/",
            "http://10.0.0.7/sparql",
            "http://10.0.0.7:80/sparql",
        ];
        for address in yes {
            assert!(services.address(address).is_ok(), "{address}");
        }
        let no = [
            "http://example.org/",
            "http://query.example.org.evil.net/",
            "http://evil.net/query.example.org",
            "http://localhost/",
            "http://localhost:3031/",
            "https://10.0.0.7/",
            "http://query.example.org@evil.net/",
            "http://u:p@query.example.org/",
            "ftp://query.example.org/",
            "file:///etc/hosts",
            "urn:x",
            "query.example.org",
            "http://[::2]/",
            "http:///sparql",
            "http://query.example.org\\@evil.net/",
            "http://127.0.0.1:3030/",
        ];
        for address in no {
            assert!(services.address(address).is_err(), "{address}");
            assert!(Services::default().address(address).is_err(), "{address}");
        }
    }

    #[test]
    fn what_is_no_machine_is_refused() {
        for name in
            ["", "*", "https://example.org/sparql", "example.org/sparql", "a b", "host:port", "u@host", "[]", "::1"]
        {
            assert!(Services::named(&[name]).is_err(), "{name}");
        }
    }
}
