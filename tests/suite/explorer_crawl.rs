//! Every address that the pages lead to, once and again: all are there, all are whole HTML with nothing of other hosts, the
//! same to the byte, answered only to this machine; and what no page leads to is refused without harm.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use html5gum::{Token, Tokenizer};
use rapporteur::explore::{Explorer, Request, Response, Settings, respond};

use crate::demo_store::DEMO;

/// Elements without an end.
const VOID: [&str; 9] = ["br", "hr", "img", "input", "link", "meta", "col", "source", "wbr"];

/// Elements that a paragraph ends before.
const BLOCKS: [&str; 26] = [
    "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "footer", "form", "h1", "h2",
    "h3", "h4", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul", "summary", "legend",
];

/// What a page leads to: links, files that it loads, and forms as they are sent when nothing is filled in.
#[derive(Default)]
struct Leads {
    links: BTreeSet<String>,
    loads: BTreeSet<String>,
    forms: BTreeSet<String>,
}

/// Reads a page as strictly as a validator: tags balance, identifiers stand once, no paragraph holds a block, no end is
/// missing.
fn read(page: &str) -> Result<Leads, String> {
    let mut leads = Leads::default();
    let (mut open, mut seen): (Vec<String>, BTreeSet<String>) = (Vec::new(), BTreeSet::new());
    let mut form: Option<(String, Vec<(String, String)>)> = None;
    let mut choice: Option<(String, Option<String>)> = None;
    for token in Tokenizer::new(page) {
        let Ok(token) = token;
        match token {
            Token::Error(error) => return Err(format!("{:?}", error.value)),
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let get = |key: &str| {
                    let value = tag.attributes.iter().find(|(known, _)| ***known == *key.as_bytes());
                    value.map(|(_, value)| String::from_utf8_lossy(&value.value).into_owned())
                };
                if BLOCKS.contains(&name.as_str())
                    && open.iter().any(|open| open == "p")
                    && !open.iter().any(|open| open == "svg")
                {
                    return Err(format!("<{name}> in a paragraph"));
                }
                if ["a", "button"].contains(&name.as_str()) && open.contains(&name) {
                    return Err(format!("<{name}> in <{name}>"));
                }
                if let Some(id) = get("id").filter(|id| !seen.insert(id.clone())) {
                    return Err(format!("id {id} twice"));
                }
                leads.links.extend(get("href").filter(|_| name == "a"));
                leads.loads.extend(get("src").into_iter().chain(get("href").filter(|_| name == "link")));
                match name.as_str() {
                    "form" if get("method").is_none_or(|method| method == "get") => {
                        form = Some((get("action").ok_or("a form without an action")?, Vec::new()));
                    }
                    "input" => {
                        let is_sent = get("type").is_none_or(|kind| kind != "checkbox");
                        if let (Some((_, fields)), Some(field), true) = (&mut form, get("name"), is_sent) {
                            fields.push((field, get("value").unwrap_or_default()));
                        }
                    }
                    "select" => choice = get("name").map(|name| (name, None)),
                    "option" => {
                        let value = get("value").unwrap_or_default();
                        if let Some((_, chosen)) = &mut choice
                            && (chosen.is_none() || get("selected").is_some())
                        {
                            *chosen = Some(value);
                        }
                    }
                    _ => {}
                }
                if !VOID.contains(&name.as_str()) && !tag.self_closing {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if open.pop().as_ref() != Some(&name) {
                    return Err(format!("</{name}> without its beginning"));
                }
                match name.as_str() {
                    "select" => {
                        if let (Some((_, fields)), Some((name, chosen))) = (&mut form, choice.take()) {
                            fields.push((name, chosen.unwrap_or_default()));
                        }
                    }
                    "form" => leads.forms.extend(form.take().map(|(action, fields)| {
                        let mut query = form_urlencoded::Serializer::new(String::new());
                        fields.iter().for_each(|(name, value)| _ = query.append_pair(name, value));
                        format!("{action}?{}", query.finish())
                    })),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    if open.is_empty() { Ok(leads) } else { Err(format!("no end of {open:?}")) }
}

fn is_page(response: &Response) -> bool {
    response.header("content-type").is_some_and(|kind| kind.starts_with("text/html"))
}

/// All addresses that can be reached, each with its answer.
static CRAWLED: LazyLock<BTreeMap<String, Response>> = LazyLock::new(|| {
    let mut seen: BTreeMap<String, Response> = BTreeMap::new();
    let mut waiting: BTreeSet<String> = BTreeSet::from(["/".to_owned()]);
    while let Some(target) = waiting.pop_first() {
        let response = respond(&DEMO.explorer, &Request::get(&target));
        if is_page(&response) {
            let leads = read(&response.text()).unwrap_or_else(|wrong| panic!("{target}: {wrong}\n{}", response.text()));
            // One choice at a time: all their combinations have no end that a test should wait for.
            let links = leads.links.iter().chain(&leads.loads).filter(|link| !link.contains('&')).chain(&leads.forms);
            let ours = links.filter(|link| link.starts_with('/')).filter_map(|link| link.split('#').next());
            // Of the many files of things and pictures, one in eight.
            let has_form = |link: &str| link.rsplit('/').next().is_some_and(|last| last.contains(['.', '?']));
            let is_kept = |link: &str| {
                !has_form(link) || link.starts_with("/q") || link.bytes().map(usize::from).sum::<usize>() % 8 == 0
            };
            let ours = ours.filter(|link| is_kept(link) || leads.forms.contains(*link));
            waiting.extend(ours.filter(|link| !seen.contains_key(*link)).map(str::to_owned));
        }
        seen.insert(target, response);
        assert!(seen.len() < 9_000, "the pages have no end");
    }
    seen
});

#[test]
fn every_link_leads_somewhere() {
    let broken: Vec<(&String, u16)> = CRAWLED
        .iter()
        .filter(|(_, response)| response.status >= 300)
        .map(|(target, response)| (target, response.status))
        .collect();
    assert!(broken.is_empty(), "{broken:?}");
    let pages = CRAWLED.values().filter(|response| is_page(response)).count();
    println!("{} addresses, {pages} of them pages", CRAWLED.len());
    assert!(CRAWLED.len() > 300 && pages > 150, "only {} addresses", CRAWLED.len());
}

#[test]
fn pages_ask_nothing_of_other_hosts_and_run_nothing_of_texts() {
    for (target, response) in CRAWLED.iter().filter(|(_, response)| is_page(response)) {
        let page = response.text();
        let leads = read(&page).expect("read before");
        for load in leads.loads.iter().chain(&leads.forms) {
            assert!(load.starts_with('/') && !load.starts_with("//"), "{target}: {load}");
        }
        for link in &leads.links {
            let is_safe = link.starts_with(['/', '#']) || link.starts_with("http://") || link.starts_with("https://");
            assert!(is_safe && !link.starts_with("//"), "{target}: {link}");
        }
        assert_eq!(page.matches("<script").count(), 1, "{target}");
        assert!(!page.contains("<img") && !page.contains(" style=\"") && !page.contains(" onerror=\""), "{target}");
        let policy = response.header("content-security-policy").unwrap_or_default();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{target}: {policy}");
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
    }
}

#[test]
fn what_pages_load_is_small() {
    let start = respond(&DEMO.explorer, &Request::get("/"));
    let mut all = start.body.len();
    for load in read(&start.text()).expect("whole").loads.iter().filter(|load| load.starts_with("/-/")) {
        let file = respond(&DEMO.explorer, &Request::get(load));
        if load.ends_with(".js") {
            assert!(file.body.len() <= 25_000, "the script has {} bytes", file.body.len());
        }
        all += file.body.len();
    }
    assert!(all <= 60_000, "the first page takes {all} bytes with everything");
}

#[test]
fn the_same_page_twice_is_the_same_to_the_byte() {
    let again = Explorer::open(DEMO.explorer.path(), Settings::default()).expect("opens");
    for (target, response) in CRAWLED.iter() {
        assert!(respond(&again, &Request::get(target)) == *response, "{target}");
    }
}

#[test]
fn only_this_machine_is_answered_on_every_route() {
    for target in
        CRAWLED.keys().step_by(23).map(String::as_str).chain(["/nothing", "/-/assets/x/y", "/review", "/reconcile"])
    {
        for method in ["GET", "HEAD", "POST", "QUERY", "OPTIONS", "PUT"] {
            for (host, status) in [
                ("evil.com", 403),
                ("localhost.evil.com", 403),
                ("localhost@evil.com", 403),
                ("LOCALHOST:7979", 0),
                ("127.0.0.1", 0),
                ("[::1]:1", 0),
            ] {
                let headers = vec![("host".to_owned(), host.to_owned())];
                let request = Request { method: method.to_owned(), headers, ..Request::get(target) };
                let found = respond(&DEMO.explorer, &request).status;
                assert!(
                    if status == 0 { found != 403 || target == "/sparql" } else { found == status },
                    "{method} {target} {host}: {found}"
                );
                if status == 0 {
                    break;
                }
            }
            let nobody = Request { method: method.to_owned(), headers: Vec::new(), ..Request::get(target) };
            assert_eq!(respond(&DEMO.explorer, &nobody).status, 400);
            assert_eq!(
                respond(&DEMO.explorer, &Request::get(target).with("Host", "localhost")).status,
                400,
                "two hosts"
            );
        }
    }
}

/// A row of numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or_default() % sides.max(1)
    }

    fn of<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.roll(list.len())].clone()
    }
}

/// All files of a folder with their bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        if next.is_dir() {
            waiting.extend(fs::read_dir(&next).expect("listed").map(|entry| entry.expect("there").path()));
        } else {
            found.insert(next.to_string_lossy().into_owned(), fs::read(&next).expect("read"));
        }
    }
    found
}

#[test]
fn ways_out_of_the_store_lead_nowhere() {
    let ups = [
        "..", "%2e%2e", "%2E.", ".%2e", "..%2f", "%252e%252e", "..%5c", "..\\", "%c0%ae%c0%ae", "....//", ".", "%00",
        "%2e%2e%00", "\u{202e}..",
    ];
    let ends = ["etc/passwd", "manifest.json", "Cargo.toml", "segments", "texts", "style.css", "lock", ""];
    let starts = [
        "/", "/id/", "/id/text/", "/id/claim/", "/-/assets/", "/-/assets/0/", "/q/", "/sparql/", "/reconcile/",
        "/ontology/",
    ];
    let (mut asked, mut dice) = (0, Dice(19));
    for start in starts {
        for end in ends {
            for up in ups {
                for deep in 1..3 {
                    let middle: Vec<&str> = (0..deep).map(|_| dice.of(&ups)).chain([up]).collect();
                    let target = format!("{start}{}/{end}", middle.join("/"));
                    let response = respond(&DEMO.explorer, &Request::get(&target));
                    assert!(
                        matches!(response.status, 400 | 403 | 404 | 405 | 406 | 410),
                        "{target}: {}",
                        response.status
                    );
                    let said = response.text();
                    assert!(
                        !said.contains("root:") && !said.contains("\"documents\"") && !said.contains("[package]"),
                        "{target}"
                    );
                    asked += 1;
                }
            }
        }
    }
    assert!(asked >= 2_000, "{asked}");
}

#[test]
fn no_request_breaks_anything_or_writes_anything() {
    let before = files(DEMO.explorer.path());
    let (mut dice, start) = (Dice(0x5eed), Instant::now());
    let paths: Vec<&String> = CRAWLED.keys().filter(|path| path.len() < 300).collect();
    let names = [
        "q", "char", "page", "part", "actor", "actors", "topic", "topics", "from", "to", "since", "until", "least",
        "by", "over", "format", "lang", "focus", "hops", "query", "a", "b", "all", "in", "year", "speaker", "of",
        "token", "default-graph-uri", "evidence",
    ];
    let values = [
        "", "0", "-1", "18446744073709551616", "1e309", "NaN", "Iran", "state/irn", "IEG", "9,3", "0,99999999999",
        "2019", "2019-13-99", "%", "%zz", "%00", "<script>", "\"'", "a,b,,c", "html", "json", "csv", "ttl", "svg",
        "png", "fr", "ASK {}", "SELECT * {?s ?p ?o} LIMIT 1", "\u{202e}", "ایران", "👍", "*", "..", "x y z",
    ];
    let heads =
        ["accept", "if-none-match", "origin", "cookie", "content-type", "host", "authorization", "accept-language"];
    let head_values = [
        "*/*",
        "text/html",
        "text/turtle;q=0",
        ";;;,,,=",
        "\"x\"",
        "null",
        "http://localhost",
        "rapporteur-review=x",
        "application/sparql-query",
        "application/x-www-form-urlencoded",
        "localhost",
        "é\u{0}",
        "application/json;q=abc",
        "text/html;q=2, */*;q=-1",
    ];
    let mut asked = 0;
    while asked < 1_500 || asked < 20_000 && start.elapsed() < Duration::from_secs(10) {
        let mut path = dice.of(&paths).clone();
        for _ in 0..dice.roll(3) {
            // Letters lost, doubled or strange.
            let mut letters: Vec<char> = path.chars().collect();
            let at = dice.roll(letters.len());
            match dice.roll(3) {
                0 if letters.len() > 1 => _ = letters.remove(at),
                1 => letters.insert(at, dice.of(&['/', '.', '%', '?', '#', '\u{0}', 'é', '&', '='])),
                _ => letters.truncate(at.max(1)),
            }
            path = letters.into_iter().collect();
        }
        let mut query = form_urlencoded::Serializer::new(String::new());
        for _ in 0..dice.roll(4) {
            let (name, value) = (dice.of(&names), dice.of(&values));
            query.append_pair(name, value);
        }
        let glue = if path.contains('?') { "&" } else { "?" };
        let mut request = Request::get(&format!("{path}{glue}{}", query.finish()));
        request.method =
            dice.of(&["GET", "GET", "GET", "GET", "HEAD", "POST", "QUERY", "OPTIONS", "PUT", "", "get"]).to_owned();
        for _ in 0..dice.roll(3) {
            let (name, value) = (dice.of(&heads), dice.of(&head_values));
            request = request.with(name, value);
        }
        if dice.roll(3) == 0 {
            request.body = (0..dice.roll(60)).map(|_| u8::try_from(dice.roll(256)).unwrap_or_default()).collect();
        }
        let began = Instant::now();
        let response = respond(&DEMO.explorer, &request);
        // Questions have their own limits.
        let is_question =
            request.path.starts_with("/sparql") || request.path.starts_with("/q") || request.path.starts_with("/graph");
        assert!(response.status != 500 && (100..600).contains(&response.status), "{request:?}: {}", response.text());
        assert!(is_question || began.elapsed() < Duration::from_secs(5), "{request:?} took {:?}", began.elapsed());
        assert!(response.header("content-security-policy").is_some());
        asked += 1;
    }
    println!("{asked} requests");
    assert!(files(DEMO.explorer.path()) == before, "something was written");
}
