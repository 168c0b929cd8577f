//! Who is let in: to all pages with `--token`, to decide with `--review`. A token comes in the address that the program
//! prints; a browser gets a cookie for it, which no page of another site can send or read.

use std::sync::{Mutex, PoisonError};

use super::address;
use super::request::Request;
use super::response::{Problem, Response};

/// The parameter and the end of the names of cookies.
const TOKEN: &str = "token";

/// A door with a token.
pub struct Door {
    /// What it leads to: `all`, `review`; part of the cookie's name.
    name: &'static str,
    /// What opens it, in an address; nothing once it was used, if it may be used once.
    ticket: Mutex<Option<String>>,
    /// What the cookie holds.
    secret: String,
    is_for_once: bool,
}

impl Door {
    /// A door that the token opens as often as one likes, also to programs that send it as `Authorization: Bearer`.
    pub fn with_token(name: &'static str, token: &str) -> Self {
        Self { name, ticket: Mutex::new(Some(token.to_owned())), secret: token.to_owned(), is_for_once: false }
    }

    /// A door that a ticket opens to one browser, once; the secret is what that browser then has.
    pub fn with_ticket(name: &'static str, ticket: &str, secret: &str) -> Self {
        let ticket = Mutex::new(Some(ticket.to_owned()));
        Self { name, ticket, secret: secret.to_owned(), is_for_once: true }
    }

    /// Whether whoever asks was let in before, or is a program with the token.
    pub fn is_open_to(&self, request: &Request) -> bool {
        let cookie = format!("rapporteur-{}", self.name);
        let cookies = request.all("cookie").flat_map(|cookies| cookies.split(';'));
        let mut held = cookies.filter_map(|pair| pair.trim().split_once('='));
        let has_cookie = held.any(|(name, value)| name == cookie && is_same(value, &self.secret));
        let bearer = request.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
        has_cookie || !self.is_for_once && bearer.is_some_and(|token| is_same(token.trim(), &self.secret))
    }

    /// Lets in who comes with the token in the address: the same address without it, and a cookie. `None` if there is no
    /// token or it is not the one.
    pub fn let_in(&self, request: &Request) -> Option<Response> {
        let shown = request.value(TOKEN)?;
        let mut ticket = self.ticket.lock().unwrap_or_else(PoisonError::into_inner);
        if !ticket.as_deref().is_some_and(|known| is_same(&shown, known)) {
            return None;
        }
        if self.is_for_once {
            *ticket = None;
        }
        let kept: Vec<(String, String)> = request.pairs().into_iter().filter(|(name, _)| name != TOKEN).collect();
        let kept: Vec<(&str, &str)> = kept.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        // Two strokes at the beginning would name another machine.
        let path = format!("/{}", request.path.trim_start_matches(['/', '\\']));
        let cookie = format!("rapporteur-{}={}; Path=/; HttpOnly; SameSite=Strict", self.name, self.secret);
        let response = Response { status: 303, ..Response::default() };
        let response = response.with("Location", address::with(&path, &kept)).with("Set-Cookie", cookie);
        Some(response.with("Cache-Control", "no-store"))
    }

    /// What is said to those who stay outside.
    pub fn refusal(&self) -> Problem {
        let hint = match self.is_for_once {
            true => "open the address that the server printed when it started; it works once, in one browser",
            false => {
                "open the address that the server printed when it started, or send the header  Authorization: Bearer TOKEN"
            }
        };
        let status = if self.is_for_once { 403 } else { 401 };
        Problem::new(status, "this is only for those who have the token").hint(hint)
    }
}

/// Whether two secrets are the same, in a time that does not tell where they differ.
fn is_same(a: &str, b: &str) -> bool {
    let differ = a.bytes().zip(b.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b));
    a.len() == b.len() && differ == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cookie(response: &Response) -> String {
        let cookie = response.header("set-cookie").and_then(|cookie| cookie.split(';').next());
        cookie.unwrap_or_default().to_owned()
    }

    #[test]
    fn a_ticket_works_once_and_a_token_always() {
        let door = Door::with_ticket("review", "t", "s");
        assert!(door.let_in(&Request::get("/review?token=x")).is_none());
        let response = door.let_in(&Request::get("/review?of=links&token=t")).expect("let in");
        assert_eq!((response.status, response.header("location")), (303, Some("/review?of=links")));
        assert!(response.header("set-cookie").is_some_and(|cookie| cookie.contains("HttpOnly; SameSite=Strict")));
        assert!(door.let_in(&Request::get("/review?token=t")).is_none(), "it was used");
        assert!(door.is_open_to(&Request::get("/review").with("Cookie", &format!("a=b; {}", cookie(&response)))));
        for held in ["rapporteur-review=t", "rapporteur-review=", "rapporteur-all=s", "xrapporteur-review=s"] {
            assert!(!door.is_open_to(&Request::get("/review").with("Cookie", held)), "{held}");
        }
        assert!(!door.is_open_to(&Request::get("/review").with("Authorization", "Bearer s")));
        let door = Door::with_token("all", "t");
        let twice = [0, 1].map(|_| door.let_in(&Request::get("//evil.com/?token=t")).expect("let in"));
        assert_eq!(twice[1].header("location"), Some("/evil.com/"));
        assert!(door.is_open_to(&Request::get("/").with("Authorization", "Bearer t")));
        assert!(!door.is_open_to(&Request::get("/").with("Authorization", "Bearer tt")));
    }
}
