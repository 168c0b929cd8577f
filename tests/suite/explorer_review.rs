//! Decisions in the browser, without one: who may decide, over which state, that commands show the same decisions, and that a
//! program that writes meanwhile loses nothing.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rapporteur::desk::{Pen, VERSION};
use rapporteur::explore::{Door, Explorer, Request, Response, Review, Settings, respond};
use rapporteur::pipeline::Pipeline;
use rapporteur::store::Holder;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::typed::typed;

const TEXT: &str = "---\ntitle: Statement by Luxembourg\nspeaker: Representative of Luxembourg\nrepresents: Luxembourg\ndate: 2021-05-05\n---\n\n\
                    Luxembourg supports the important work of the Ad Hoc Committee.\n\nWe condemn the attack on the harbour of Chad. We thank the \
                    Harbour Pilots Commission.\n";

const BODIES: &str = "iri,label,alt,kind,country\n\
    https://example.org/b/2,Harbour Pilots Commission,,organisation,\n\
    https://example.org/b/3,Harbour Pilots Commission,,organisation,\n";

fn now() -> String {
    static STEP: AtomicU64 = AtomicU64::new(0);
    format!("2026-01-01T00:00:00.{:09}Z", STEP.fetch_add(1, Ordering::Relaxed))
}

fn holder(command: &str) -> Holder {
    Holder { name: command.to_owned(), wait: Duration::from_secs(20) }
}

/// A store with an explorer that decides.
struct Place {
    folder: TempDir,
    explorer: Explorer,
    cookie: String,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.md"), TEXT).expect("written");
        fs::write(folder.path().join("bodies.csv"), BODIES).expect("written");
        for line in [&["link", "load", "bodies.csv"][..], &["add", "a.md"]] {
            assert_eq!(typed(&folder, line).0, 0);
        }
        let store = folder.path().join("rapporteur-store");
        let pen = Pen {
            vocabularies: store.join("vocabularies"),
            store: store.clone(),
            pipeline: Pipeline::embedded(),
            version: VERSION.to_owned(),
            holder,
            now,
        };
        let review = Some(Review::new(pen, Door::with_ticket("review", "ticket", "secret")));
        let explorer = Explorer::open(&store, Settings { review, ..Settings::default() }).expect("opens");
        let mut place = Self { folder, explorer, cookie: String::new() };
        let led = place.ask(&Request::get("/review?token=ticket"));
        assert_eq!(led.status, 303);
        place.cookie = led.header("set-cookie").expect("a cookie").split(';').next().expect("a pair").to_owned();
        place
    }

    fn ask(&self, request: &Request) -> Response {
        respond(&self.explorer, request)
    }

    fn page(&self, target: &str) -> Value {
        let response = self.ask(&Request::get(target).with("Cookie", &self.cookie).with("Accept", "application/json"));
        assert_eq!(response.status, 200, "{target}: {}", response.text());
        serde_json::from_slice(&response.body).expect("JSON")
    }

    /// A decision as the form sends it, over the state that is there now.
    fn form(&self, of: &str, fields: &[(&str, &str)]) -> Request {
        let revision = self.page(&format!("/review?of={of}"))["revision"].as_str().expect("a revision").to_owned();
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair("revision", &revision).append_pair("of", of);
        fields.iter().for_each(|(name, value)| _ = body.append_pair(name, value));
        let request = Request { method: "POST".to_owned(), ..Request::get("/review") };
        let request = request.with("Cookie", &self.cookie).with("Content-Type", "application/x-www-form-urlencoded");
        Request { body: body.finish().into_bytes(), ..request.with("Origin", "http://localhost") }
    }

    fn decide(&self, of: &str, fields: &[(&str, &str)]) -> String {
        let response = self.ask(&self.form(of, fields));
        assert_eq!(response.status, 303, "{fields:?}: {}", response.text());
        response.header("location").expect("a way on").to_owned()
    }

    /// The key of the one claim of the queue of all claims whose relation has a word.
    fn key(&self, word: &str) -> Option<String> {
        let request = Request::get("/review.csv?below=1.1").with("Cookie", &self.cookie);
        let table = self.ask(&request).text();
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().flatten().collect();
        rows.iter().find(|row| row[3].contains(word)).map(|row| row[1].to_owned())
    }

    fn command(&self, line: &str) -> String {
        let (code, out, err) = typed(&self.folder, &line.split(' ').collect::<Vec<_>>());
        assert_eq!(code, 0, "{line}: {err}");
        out + &err
    }

    fn hash(&self) -> String {
        hash(self.explorer.path())
    }
}

/// Of all files of a folder, but for the lock.
fn hash(folder: &Path) -> String {
    let mut files: Vec<_> = vec![folder.to_owned()];
    let mut hash = Sha256::new();
    while let Some(next) = files.pop() {
        if next.is_dir() {
            let mut inside: Vec<_> =
                fs::read_dir(&next).expect("listed").map(|entry| entry.expect("there").path()).collect();
            inside.sort();
            files.extend(inside.into_iter().filter(|path| !path.ends_with("lock")));
        } else {
            hash.update(next.to_string_lossy().as_bytes());
            hash.update(fs::read(&next).expect("read"));
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn only_who_has_the_ticket_decides_and_only_from_here() {
    let place = Place::new();
    let before = place.hash();
    let key = place.key("supports").expect("a claim");
    let good = place.form("", &[("at", &key), ("decision", "reject")]);
    let with = |name: &str, value: Option<&str>| {
        let mut request = good.clone();
        request.headers.retain(|(known, _)| known != name);
        value.map_or(request.clone(), |value| request.with(name, value))
    };
    for (request, status) in [
        (with("origin", Some("http://evil.com")), 403),
        (with("origin", Some("http://localhost:3000")), 403),
        (with("origin", Some("https://localhost.evil.com")), 403),
        (with("origin", Some("null")), 403),
        (with("origin", None).with("Sec-Fetch-Site", "cross-site"), 403),
        (with("origin", None).with("Sec-Fetch-Site", "same-site"), 403),
        (with("cookie", None), 403),
        (with("cookie", Some("rapporteur-review=ticket")), 403),
        (with("host", Some("evil.com")), 403),
        (with("content-type", Some("text/plain")), 415),
        (with("content-type", Some("application/json")), 415),
        (Request { method: "PUT".to_owned(), ..good.clone() }, 405),
        (Request { method: "DELETE".to_owned(), ..good.clone() }, 405),
        (Request { body: b"decision=reject&at=x".to_vec(), ..good.clone() }, 428),
        (Request { body: b"decision=reject&at=x&revision=0000000000000000".to_vec(), ..good.clone() }, 409),
        (place.form("", &[("at", &key), ("decision", "perhaps")]), 400),
        (place.form("", &[("at", "0123"), ("decision", "accept")]), 404),
        (place.form("", &[("at", &key), ("decision", "edit"), ("relation", "suports")]), 400),
        (place.form("", &[("at", &key), ("decision", "edit")]), 400),
    ] {
        let response = place.ask(&request);
        assert_eq!(response.status, status, "{request:?}: {}", response.text());
        assert!(!response.headers.iter().any(|(name, _)| *name == "Access-Control-Allow-Origin"));
    }
    assert_eq!(place.ask(&Request::get("/review")).status, 403, "nobody looks at the queue without the ticket");
    assert_eq!(place.ask(&Request::get("/review?token=ticket")).status, 403, "it was used");
    assert!(place.hash() == before, "nothing was written");
    let closed = Explorer::open(place.explorer.path(), Settings::default()).expect("opens");
    assert_eq!(respond(&closed, &good).status, 404);
    assert_eq!(respond(&closed, &Request::get("/review")).status, 404);
    assert!(place.hash() == before);
    assert_eq!(place.ask(&good).status, 303, "the same without a fault is taken");
    assert!(place.hash() != before);
    let late = place.ask(&good);
    assert_eq!(late.status, 409, "the store has moved on");
    assert!(late.text().contains("R0512"), "{}", late.text());
}

#[test]
fn what_is_decided_here_is_what_commands_show() {
    let place = Place::new();
    let (supports, condemns) = (place.key("supports").expect("a claim"), place.key("condemns").expect("a claim"));
    assert_eq!(
        place.ask(&Request::get("/review.csv?below=1.1").with("Cookie", &place.cookie)).text(),
        place.command("claim review --all --export -")
    );
    let way = place.decide("", &[("at", &supports), ("decision", "reject"), ("by", "Ana\u{0}\nB")]);
    assert!(way.contains("done=reject"), "{way}");
    let list = place.command("claim list");
    assert!(list.contains("reject ") && list.contains("by Ana B"), "{list}");
    assert!(place.key("supports").is_none() && place.explorer.reading().claims().len() > 1);
    place.decide("", &[("at", &condemns), ("decision", "accept")]);
    assert!(place.command("claim list").contains("accept "));
    assert!(place.decide("", &[("at", &condemns), ("decision", "accept")]).contains("done=nothing"));
    place.decide("", &[("at", &condemns), ("decision", "edit"), ("relation", "opposes")]);
    let key = place.key("opposes").expect("the corrected claim");
    assert!(place.command("claim list").contains("edit "));
    place.decide("", &[("at", &key), ("decision", "skip")]);
    for expected in [true, true, true, false] {
        let way = place.decide("", &[("decision", "undo")]);
        assert_eq!(way.contains("done=undo"), expected, "{way}");
    }
    assert!(place.command("claim list").contains("nothing decided yet"));
    assert!(place.key("supports").is_some() && place.key("opposes").is_none());
    assert_eq!(typed(&place.folder, &["check", "--quiet"]).0, 0);
}

#[test]
fn possible_links_are_decided_too() {
    let place = Place::new();
    let page = place.page("/review?of=links");
    assert_eq!(page["links"], 2, "{page}");
    let csv = place.ask(&Request::get("/review.csv?of=links").with("Cookie", &place.cookie)).text();
    assert_eq!(csv, place.command("link review --export -"));
    let key = page["card"]["key"].as_str().expect("a card").to_owned();
    let html = place.ask(&Request::get("/review?of=links").with("Cookie", &place.cookie).with("Accept", "text/html"));
    assert!(html.text().contains("value=\"never\"") && html.text().contains("the same as this?"));
    place.decide("links", &[("at", &key), ("decision", "skip")]);
    let next = place.page("/review?of=links");
    assert!(next["skipped"] == 1 && next["card"]["key"] != key.as_str(), "{next}");
    place.decide("links", &[("at", &key), ("decision", "accept")]);
    let list = place.command("link review --list");
    assert!(list.contains("accept  ") && list.lines().count() == 1, "{list}");
    let ties = place.command("export -f nq");
    assert!(ties.contains("sameAs> <https://example.org/b/"), "the link stands at once");
    assert_eq!(place.page("/review?of=links")["links"], 0, "its rival is settled with it");
    place.decide("links", &[("decision", "undo")]);
    assert!(place.command("link review --list").contains("nothing decided yet"));
    assert_eq!(place.page("/review?of=links")["links"], 2);
    assert!(!place.command("export -f nq").contains("sameAs> <https://example.org/b/"));
}

#[test]
fn who_adds_meanwhile_loses_nothing() {
    let place = Place::new();
    let folder = place.folder.path();
    for at in 0..6 {
        let text =
            TEXT.replace("2021-05-05", &format!("202{at}-01-01")).replace("Luxembourg", ["Norway", "Chad"][at % 2]);
        fs::write(folder.join(format!("more{at}.md")), text).expect("written");
    }
    let key = place.key("supports").expect("a claim");
    std::thread::scope(|scope| {
        let adding = scope.spawn(|| {
            for at in 0..6 {
                let (code, _, err) = typed(&place.folder, &["add", "--wait", "60", &format!("more{at}.md")]);
                assert_eq!(code, 0, "{err}");
            }
        });
        let mut decided = 0;
        while decided < 4 {
            let decision = ["reject", "undo"][decided % 2];
            let response = place.ask(&place.form("", &[("at", &key), ("decision", decision)]));
            match response.status {
                303 => decided += 1,
                409 => {}
                other => panic!("{other}: {}", response.text()),
            }
        }
        adding.join().expect("added");
    });
    place.decide("", &[("at", &key), ("decision", "reject")]);
    assert_eq!(place.page("/index.json")["documents"], 7);
    assert!(place.command("claim list").contains("reject ") && place.command("claim list").lines().count() == 1);
    assert_eq!(typed(&place.folder, &["check", "--quiet"]).0, 0);
}
