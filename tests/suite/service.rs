//! SERVICE: questions that ask another machine, against a real server on this one. What is not named is never asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use assert_cmd::Command;

const DATA: &str = "@prefix ex: <https://example.org/> .\n\
    ex:a ex:name \"Lighthouse Union\" . ex:b ex:name \"Harbour Commission\" . ex:c ex:name \"Buoy Board\" .\n";

const ROWS: &str = r#"{"head":{"vars":["x","seat"]},"results":{"bindings":[
    {"x":{"type":"uri","value":"https://example.org/a"},"seat":{"type":"literal","value":"Geneva"}},
    {"x":{"type":"uri","value":"https://example.org/c"},"seat":{"type":"literal","value":"Bergen"}},
    {"x":{"type":"uri","value":"https://example.org/z"},"seat":{"type":"literal","value":"Nowhere"}}]}}"#;

const XML_ROWS: &str = r#"<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">
    <head><variable name="x"/><variable name="seat"/></head><results><result>
    <binding name="x"><uri>https://example.org/b</uri></binding>
    <binding name="seat"><literal>Oslo</literal></binding></result></results></sparql>"#;

/// A server on loopback, for as long as the test lasts.
struct Peer {
    port: u16,
    asked: Arc<AtomicUsize>,
    /// What was sent to it last.
    said: Arc<Mutex<String>>,
}

impl Peer {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (asked, said) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(String::new())));
        let peer = Self { port, asked: Arc::clone(&asked), said: Arc::clone(&said) };
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (method, path, body) = request(&stream);
                // What speaks no HTTP asks nothing.
                if !path.starts_with('/') {
                    continue;
                }
                asked.fetch_add(1, Ordering::SeqCst);
                *said.lock().expect("free") = format!("{method} {body}");
                std::thread::spawn(move || answer(&stream, &path, port));
            }
        });
        peer
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

/// Method, path and body of a request.
fn request(stream: &TcpStream) -> (String, String, String) {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    let _ = reader.read_line(&mut line);
    let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
    let mut length = 0;
    loop {
        let mut header = String::new();
        let read = reader.read_line(&mut header).unwrap_or(0);
        if read == 0 || header.trim().is_empty() {
            break;
        }
        if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    let _ = reader.read_exact(&mut body);
    let word = |at: usize| words.get(at).cloned().unwrap_or_default();
    (word(0), word(1), String::from_utf8_lossy(&body).into_owned())
}

/// Sends an answer; a client that has gone is no fault here.
fn send(mut stream: &TcpStream, status: u16, header: &str, length: u64, mut body: impl Read) {
    let head = format!("HTTP/1.1 {status} So\r\n{header}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    let _ = stream.write_all(head.as_bytes()).and_then(|()| std::io::copy(&mut body, &mut stream));
}

fn answer(stream: &TcpStream, path: &str, port: u16) {
    const JSON: &str = "Content-Type: application/sparql-results+json; charset=utf-8";
    let moved = |status, to: &str| (status, format!("Location: {to}"), String::new());
    let said = |status, header: &str, body: &str| (status, header.to_owned(), body.to_owned());
    let (status, header, body) = match path {
        "/rows" => said(200, JSON, ROWS),
        "/xml" => said(200, "Content-Type: application/sparql-results+xml", XML_ROWS),
        "/page" => said(200, "Content-Type: text/html", "<html>Welcome to our query service</html>"),
        "/broken" => said(200, JSON, &ROWS[..200]),
        "/yes" => said(200, JSON, r#"{"head":{},"boolean":true}"#),
        "/error" => said(500, "Content-Type: text/plain", "\nthe lamp is \u{1b}[31mout of oil\nat lamp.c:12"),
        "/moved" => moved(307, "/rows"),
        "/see" => moved(303, "/xml"),
        "/away" => moved(302, &format!("http://localhost:{port}/rows")),
        "/file" => moved(302, "file:///etc/hosts"),
        "/round" => moved(302, "/round"),
        "/slow" => {
            std::thread::sleep(Duration::from_secs(4));
            said(200, JSON, ROWS)
        }
        "/endless" => {
            let many = std::io::repeat(b' ').take(80 << 20);
            send(stream, 200, JSON, 80 << 20, many);
            return;
        }
        _ => said(404, "Content-Type: text/plain", "no such lamp"),
    };
    send(stream, status, &header, body.len() as u64, body.as_bytes());
}

/// A folder with a store.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().expect("a folder"));
        std::fs::write(place.0.path().join("data.ttl"), DATA).expect("written");
        let (code, _, errors) = place.run(&["load", "data.ttl"]);
        assert_eq!(code, 0, "{errors}");
        place
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut command = Command::cargo_bin("rapporteur").expect("built");
        command.current_dir(self.0.path()).env_remove("RAPPORTEUR_STORE");
        for proxy in ["http_proxy", "https_proxy", "all_proxy"] {
            command.env_remove(proxy).env_remove(proxy.to_uppercase());
        }
        let output = command.args(arguments).output().expect("runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code().expect("ends by itself"), text(output.stdout), text(output.stderr))
    }

    /// Joins names from here with seats from there.
    fn seats(&self, service: &str, options: &[&str]) -> (i32, String, String) {
        let text = format!(
            "PREFIX ex: <https://example.org/>\n\
             SELECT ?name ?seat {{ ?x ex:name ?name . SERVICE {service} {{ ?x ex:seat ?seat }} }} ORDER BY ?name"
        );
        self.run(&[&["query", &text, "-f", "csv"], options].concat())
    }
}

#[test]
fn rows_from_there_are_joined_with_data_from_here() {
    let (peer, place) = (Peer::start(), Place::new());
    let joined = "name,seat\nBuoy Board,Bergen\nLighthouse Union,Geneva\n";
    let rows = [("rows", joined), ("moved", joined), ("xml", "name,seat\nHarbour Commission,Oslo\n")];
    for (path, expected) in rows.into_iter().chain([("see", "name,seat\nHarbour Commission,Oslo\n")]) {
        let (before, host) = (peer.asked(), peer.host());
        let address = format!("<http://{host}/{path}>");
        let (code, out, errors) = place.seats(&address, &["--allow-service", &host]);
        assert_eq!((code, out.replace("\r\n", "\n").as_str()), (0, expected), "{path}: {errors}");
        let hops = if matches!(path, "moved" | "see") { 2 } else { 1 };
        assert_eq!(peer.asked() - before, hops, "{path} is asked once, however many rows there are here");
    }
    let (code, _, errors) = place.seats(&format!("<http://{}/rows>", peer.host()), &["--allow-service", "127.0.0.1"]);
    assert_eq!(code, 0, "a machine without a port stands for all its ports: {errors}");
    let said = peer.said.lock().expect("free").clone();
    assert!(said.starts_with("POST query=SELECT") && said.contains("seat") && !said.contains("name"), "{said}");
    let sent = |name: &str| said.contains(&format!("example.org%2F{name}%3E"));
    assert!(said.contains("VALUES") && sent("a") && sent("b") && sent("c"), "what is known here narrows it: {said}");
}

#[test]
fn nobody_is_asked_who_was_not_named() {
    let (peer, place) = (Peer::start(), Place::new());
    let address = format!("<http://{}/rows>", peer.host());
    let by_variable = format!(
        "SELECT * {{ BIND(<http://{}/rows> AS ?where) SERVICE ?where {{ ?s <https://example.org/seat> ?o }} }}",
        peer.host()
    );
    let other_port = format!("127.0.0.1:{}", peer.port ^ 1);
    let options: [&[&str]; 4] = [
        &[],
        &["--allow-service", "example.org"],
        &["--allow-service", "localhost"],
        &["--allow-service", &other_port],
    ];
    for options in options {
        for silent in ["", "SILENT "] {
            let (code, out, errors) = place.seats(&format!("{silent}{address}"), options);
            assert_eq!((code, out.as_str()), (2, ""), "{options:?} {silent}{errors}");
            let told = format!("SERVICE would ask {}, and nothing leaves this machine unasked", peer.host());
            assert!(errors.contains("R0205") && errors.contains(&told), "{errors}");
            assert!(errors.contains(&format!("--allow-service {}", peer.host())), "{errors}");
        }
        let (code, _, errors) = place.run(&[&["query", &by_variable], options].concat());
        assert!(code == 2 && errors.contains("R0205"), "{code} {errors}");
    }
    assert_eq!(peer.asked(), 0, "it was asked");
}

#[test]
fn what_goes_wrong_there_is_told() {
    let (peer, place) = (Peer::start(), Place::new());
    let localhost = format!("localhost:{}", peer.port);
    let rows = [
        ("page", "answers with text/html, not with SPARQL results", "is it the address of a SPARQL service"),
        ("broken", "answers with broken application/sparql-results+json, not with SPARQL results", "address"),
        ("yes", "answers with yes or no, not with SPARQL results", "address"),
        ("error", "answers 500: the lamp is [31mout of oil", "try again later"),
        ("nowhere", "answers 404: no such lamp", "is it the address of a SPARQL service?"),
        ("away", "sends on to localhost:", "allow it too: --allow-service localhost:"),
        ("file", "sends on to “file:///etc/hosts”, which is no address", ""),
        ("round", "sends on and on", ""),
        ("slow", "gave no whole answer within 1 s", "--service-timeout SECONDS gives it longer"),
        ("endless", "answers with more than 68 MB", "ask for less"),
    ];
    let host = peer.host();
    for (path, told, hint) in rows {
        let options = ["--allow-service", &host, "--service-timeout", if path == "slow" { "1" } else { "30" }];
        let address = format!("<http://{host}/{path}>");
        let (code, out, errors) = place.seats(&address, &options);
        assert_eq!((code, out.as_str()), (3, ""), "{path}: {errors}");
        let one_line = errors.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(one_line.contains("R0209") && one_line.contains(&format!("{address} {told}")), "{path}: {errors}");
        assert!(one_line.contains(hint), "{path}: {errors}");
        let (code, out, errors) = place.seats(&format!("SILENT {address}"), &options);
        assert_eq!((code, out.lines().count()), (0, 4), "{path} is passed over: {errors}");
        assert!(errors.contains("warning: passed over (SILENT)") && errors.contains(told), "{path}: {errors}");
    }
    let both = ["--allow-service", &host, "--allow-service", &localhost];
    let (code, out, errors) = place.seats(&format!("<http://{host}/away>"), &both);
    assert_eq!((code, out.lines().count()), (0, 3), "both are named: {errors}");
}

#[test]
fn a_machine_that_is_not_there_is_told() {
    let place = Place::new();
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port");
    let (code, _, errors) = place.seats(&format!("<http://{free}/rows>"), &["--allow-service", &free.to_string()]);
    assert!(code == 3 && errors.contains("cannot be reached: nothing answers there"), "{code} {errors}");
    // A server that speaks no TLS: the secure connection fails, and is not made without it.
    let peer = Peer::start();
    let address = format!("<https://{}/rows>", peer.host());
    let (code, _, errors) = place.seats(&address, &["--allow-service", &peer.host(), "--service-timeout", "2"]);
    assert!(code == 3 && errors.contains("R0209"), "{code} {errors}");
    assert_eq!(peer.asked(), 0);
}

#[test]
fn a_wrong_name_is_told() {
    let place = Place::new();
    let rows = [
        ("https://query.example.org/sparql", "--allow-service query.example.org"),
        ("query.example.org/sparql", "--allow-service query.wikidata.org"),
        ("*", "give its name alone"),
    ];
    for (name, hint) in rows {
        let (code, _, errors) = place.seats("<http://query.example.org/sparql>", &["--allow-service", name]);
        assert!(code == 2 && errors.contains("R0305") && errors.contains(hint), "{code} {errors}");
    }
}
