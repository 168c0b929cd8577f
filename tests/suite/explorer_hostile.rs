//! Questions that would never end, asked of a server: each ends at its limit, what it took goes with it, and pages are
//! served meanwhile. Needs a system that tells how much memory a process has.
#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::demo_store::DEMO;

/// Longest that a question may take here, in seconds.
const LIMIT: u64 = 1;

/// What a loaded machine may need beyond it, to start and to end processes.
const LEISURE: Duration = Duration::from_secs(8);

struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start() -> Self {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("rapporteur"));
        command.current_dir(DEMO.folder.path()).env_remove("RAPPORTEUR_STORE");
        command.args(["serve", "--port", "0", "--max-memory", "300", "--timeout", &LIMIT.to_string()]);
        let mut child = command.stderr(Stdio::piped()).spawn().expect("starts");
        let mut errors = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut line = String::new();
        errors.read_line(&mut line).expect("a line");
        std::thread::spawn(move || errors.lines().for_each(drop));
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address");
        Self { address: address.to_owned(), child }
    }

    /// Status and body of an answer.
    fn send(&self, head: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).expect("connects");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("set");
        let length = body.len();
        let sent = format!(
            "{head} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        );
        stream.write_all(sent.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).and_then(|word| word.parse().ok()).expect("a status");
        (status, answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default())
    }

    /// Megabytes of the server and of the processes that it started.
    fn megabytes(&self) -> u64 {
        let id = self.child.id();
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
        // Workers are started by other threads, which are listed apart.
        let tasks = std::fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
        let others = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
        let mut all: Vec<String> =
            others.flat_map(|ids| ids.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect();
        all.extend(children.split_whitespace().map(str::to_owned));
        all.push(id.to_string());
        all.sort();
        all.dedup();
        let own = |id: &String| {
            let told = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
            let line = told.lines().find_map(|line| line.strip_prefix("VmRSS:").map(str::to_owned)).unwrap_or_default();
            line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() / 1024
        };
        all.iter().map(own).sum()
    }
}

/// Questions without end, each with the statuses that may tell it.
fn questions() -> Vec<(&'static str, String, &'static [u16])> {
    let three = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i";
    let mut doubled = String::from("BIND(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" AS ?v0)");
    (0..40).for_each(|at| _ = write!(doubled, " BIND(CONCAT(?v{at}, ?v{at}) AS ?v{})", at + 1));
    let numbers: String = (0..1000).map(|number| format!("{number} ")).collect();
    let values: String = (0..4).map(|at| format!("VALUES ?v{at} {{ {numbers} }} ")).collect();
    let over: &[u16] = &[413, 503];
    vec![
        ("a product", format!("SELECT (COUNT(*) AS ?n) {{ {three} }}"), over),
        ("all in order", format!("SELECT * {{ {three} }} ORDER BY ?c ?f ?i"), over),
        ("all in one", "SELECT (GROUP_CONCAT(?c) AS ?x) { ?a ?b ?c . ?d ?e ?f }".to_owned(), over),
        ("all paths", "SELECT * { ?a (!<http://x>)* ?b . ?c (!<http://x>)* ?d }".to_owned(), over),
        ("twice as long, again and again", format!("SELECT ?n {{ {doubled} BIND(STRLEN(?v40) AS ?n) }}"), over),
        ("brackets", format!("SELECT * {{ {} ?s ?p ?o {} }}", "{".repeat(10_000), "}".repeat(10_000)), &[400]),
        ("lists times lists", format!("SELECT (COUNT(*) AS ?n) {{ {values} }}"), over),
        (
            "a slow pattern",
            format!("SELECT (COUNT(*) AS ?n) {{ {three} FILTER(REGEX(STR(?c), \"(a+)+(b+)+$\")) }}"),
            over,
        ),
        ("far away", format!("SELECT * {{ {three} }} OFFSET 1000000000 LIMIT 1"), over),
        ("another machine", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }".to_owned(), &[403]),
        ("a change", "DELETE WHERE { ?s ?p ?o }".to_owned(), &[403]),
        ("a file", "LOAD <file:///etc/passwd>".to_owned(), &[403]),
        ("a megabyte", format!("ASK {{ FILTER(\"{}\" = \"b\") }}", "a".repeat(1_000_000)), &[200, 400, 413, 503]),
    ]
}

#[test]
fn questions_without_end_end_and_leave_nothing_behind() {
    let server = Server::start();
    assert_eq!(server.send("GET /", "").0, 200);
    for (name, query, expected) in questions() {
        let start = Instant::now();
        let (status, _) = server.send("POST /sparql", &query);
        let took = start.elapsed();
        assert!(expected.contains(&status), "{name}: {status}");
        assert!(took < Duration::from_secs(LIMIT) + LEISURE, "{name}: {took:?}");
    }
    // Without an end to what is left behind, each of the nine above would still be taking more.
    assert!(server.megabytes() < 900, "{} MB", server.megabytes());
    // As many questions as may wait; pages are served before most of them are done.
    let done = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let (_, endless, _) = questions().swap_remove(0);
        for _ in 0..10 {
            let (server, done, endless) = (&server, &done, endless.clone());
            scope.spawn(move || {
                assert_eq!(server.send("POST /sparql", &endless).0, 503);
                done.fetch_add(1, Ordering::Relaxed);
            });
        }
        std::thread::sleep(Duration::from_millis(300));
        assert_eq!(server.send("GET /", "").0, 200);
        let done = done.load(Ordering::Relaxed);
        assert!(done <= 5, "a page waits for {done} questions");
    });
    let (status, answer) = server.send("POST /sparql", "ASK { ?claim a rap:Position }");
    assert!(status == 200 && answer.contains("true"), "{status} {answer}");
}
