//! Who may ask: requests under the name of this machine or one that the user gave. And what every answer carries so that a
//! browser runs nothing but ours and lets no other site read it.

use super::request::Request;
use super::response::{Problem, Response};

/// Names under which this machine answers by itself.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// What a page may load and where it may send forms: nothing but what comes from here.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Which machines and sites may ask.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    /// Names besides those of loopback under which requests are answered.
    pub hosts: Vec<String>,
    /// Other sites whose pages may read answers: `https://example.org`, or `*` for all.
    pub origins: Vec<String>,
}

impl Guard {
    /// What is wrong with the sender of a request, if anything; no route sees such a request.
    pub fn refuse(&self, request: &Request) -> Option<Problem> {
        let hosts: Vec<&str> = request.all("host").collect();
        let [host] = hosts.as_slice() else {
            return Some(Problem::new(400, "a request names its machine once, in the header Host"));
        };
        let named = request.authority.as_deref().into_iter().chain([*host]);
        if let Some(foreign) = named.into_iter().find(|host| !self.is_ours(host)) {
            let shown: String = foreign.chars().take(80).collect();
            let title = format!("this server does not answer under the name “{shown}”");
            return Some(Problem::new(403, title).hint("serve it under that name with  --host NAME"));
        }
        let is_writing = !matches!(request.method.as_str(), "GET" | "HEAD" | "OPTIONS");
        let is_foreign = match request.header("origin") {
            Some(origin) => !self.lets_read(origin) && !is_same(origin, host),
            None => request.header("sec-fetch-site") == Some("cross-site"),
        };
        (is_writing && is_foreign).then(|| Problem::new(403, "pages of other sites may send nothing here"))
    }

    /// The same guard, but pages of further sites may read answers.
    #[must_use]
    pub fn letting(&self, origins: &[&str]) -> Self {
        let more = origins.iter().map(|origin| (*origin).to_owned());
        Self { hosts: self.hosts.clone(), origins: self.origins.iter().cloned().chain(more).collect() }
    }

    /// Adds what every answer carries.
    pub fn seal(&self, request: &Request, mut response: Response) -> Response {
        let always = [
            ("X-Content-Type-Options", "nosniff"),
            // Not "no-referrer": with it browsers hide from us that our own forms are ours.
            ("Referrer-Policy", "same-origin"),
            ("Content-Security-Policy", POLICY),
            ("Cross-Origin-Opener-Policy", "same-origin"),
        ];
        for (name, value) in always {
            if response.header(name).is_none() {
                response.headers.push((name, value.to_owned()));
            }
        }
        match request.header("origin").filter(|origin| self.lets_read(origin)) {
            Some(origin) => {
                let allowed = if self.origins.iter().any(|known| known == "*") { "*" } else { origin };
                response.headers.push(("Access-Control-Allow-Origin", allowed.to_owned()));
                response.headers.push(("Access-Control-Expose-Headers", "Link, ETag, Content-Location".to_owned()));
                if request.method == "OPTIONS" {
                    response.headers.push(("Access-Control-Allow-Headers", "Content-Type, Accept".to_owned()));
                    response
                        .headers
                        .push(("Access-Control-Allow-Methods", "GET, HEAD, POST, QUERY, OPTIONS".to_owned()));
                }
            }
            None => response.headers.push(("Cross-Origin-Resource-Policy", "same-origin".to_owned())),
        }
        if !self.origins.is_empty() {
            response.headers.push(("Vary", "Origin".to_owned()));
        }
        response
    }

    /// Whether a header `Host` names us: compared whole, in any case, with or without a port.
    fn is_ours(&self, host: &str) -> bool {
        let is_port = |port: &str| port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit());
        let name = match host.rsplit_once(':') {
            Some((name, port)) if is_port(port) => name,
            _ => host,
        };
        LOOPBACK.into_iter().chain(self.hosts.iter().map(String::as_str)).any(|known| known.eq_ignore_ascii_case(name))
    }

    fn lets_read(&self, origin: &str) -> bool {
        self.origins.iter().any(|known| known == "*" || known == origin)
    }
}

/// Whether a page of an origin comes from the machine that it asks.
fn is_same(origin: &str, host: &str) -> bool {
    origin.split_once("://").is_some_and(|(_, name)| name.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(hosts: &[&str]) -> Request {
        let headers = hosts.iter().map(|host| ("host".to_owned(), (*host).to_owned())).collect();
        Request { method: "GET".to_owned(), path: "/".to_owned(), headers, ..Request::default() }
    }

    #[test]
    fn hosts_are_compared_whole() {
        let guard = Guard { hosts: vec!["reports.example.org".to_owned()], ..Guard::default() };
        let status = |hosts: &[&str]| guard.refuse(&asked(hosts)).map_or(200, |problem| problem.status);
        for host in ["localhost", "LOCALHOST:7979", "127.0.0.1:80", "[::1]", "[::1]:7979", "Reports.Example.org:443"] {
            assert_eq!(status(&[host]), 200, "{host}");
        }
        for host in [
            "evil.com", "localhost.evil.com", "localhost@evil.com", "evil.com:80", "localhost:x", "", "127.0.0.1.",
            "::1",
        ] {
            assert_eq!(status(&[host]), 403, "{host}");
        }
        assert_eq!((status(&[]), status(&["localhost", "localhost"])), (400, 400));
        let absolute = Request { authority: Some("evil.com".to_owned()), ..asked(&["localhost"]) };
        assert_eq!(guard.refuse(&absolute).map(|problem| problem.status), Some(403));
    }

    #[test]
    fn other_sites_neither_read_nor_send() {
        let guard = Guard::default();
        let post = |request: Request| guard.refuse(&Request { method: "POST".to_owned(), ..request }).is_some();
        assert!(post(asked(&["localhost:1"]).with("Origin", "http://evil.com")));
        assert!(post(asked(&["localhost:1"]).with("Origin", "null")));
        assert!(post(asked(&["localhost:1"]).with("Sec-Fetch-Site", "cross-site")));
        assert!(!post(asked(&["localhost:1"]).with("Origin", "http://localhost:1")));
        assert!(!post(asked(&["localhost:1"])), "programs send no origin");
        let seen = guard.seal(&asked(&["localhost"]).with("Origin", "http://evil.com"), Response::default());
        assert_eq!(seen.header("access-control-allow-origin"), None);
        let open = Guard { origins: vec!["https://a.org".to_owned()], ..Guard::default() };
        let seen = open.seal(&asked(&["localhost"]).with("Origin", "https://a.org"), Response::default());
        assert_eq!(seen.header("access-control-allow-origin"), Some("https://a.org"));
    }
}
