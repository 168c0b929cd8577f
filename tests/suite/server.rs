//! The server over real sockets: what is too large, too slow or too much is cut off, and others are served meanwhile.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::typed::{folder, rapporteur};

/// A running explorer; stopped when it goes out of scope.
struct Explorer {
    child: Child,
    address: String,
    folder: TempDir,
}

impl Drop for Explorer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Explorer {
    fn start() -> Self {
        let folder = folder();
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("rapporteur"));
        command.current_dir(folder.path()).env_remove("RAPPORTEUR_STORE").args(["serve", "--port", "0"]);
        let mut child = command.stderr(Stdio::piped()).spawn().expect("starts");
        let mut errors = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut line = String::new();
        errors.read_line(&mut line).expect("a line");
        std::thread::spawn(move || errors.lines().for_each(drop));
        let word = line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address");
        let address = word.trim_start_matches("http://").trim_end_matches('/').to_owned();
        Self { child, address, folder }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("connects");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("set");
        stream
    }

    /// Sends bytes and reads all that comes back.
    fn send(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        // A server that has enough of it closes.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// A page, and how long it took.
    fn page(&self) -> (String, Duration) {
        let start = Instant::now();
        let answer = self.send(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        (answer, start.elapsed())
    }

    /// Megabytes of memory that it uses, where the system tells.
    fn megabytes(&self) -> u64 {
        let told = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = told.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() / 1024
    }
}

#[test]
fn too_much_is_refused_and_others_are_served() {
    let server = Explorer::start();
    let (page, _) = server.page();
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    let before = server.megabytes();
    let huge = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 142949672965\r\n\r\nq";
    assert!(server.send(huge).starts_with("HTTP/1.1 413"));
    let chunked = [
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n".to_vec(),
        vec![b'a'; 0x20_0000],
    ];
    assert!(server.send(&chunked.concat()).starts_with("HTTP/1.1 413"));
    let long = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "a".repeat(20_000));
    assert!(server.send(long.as_bytes()).starts_with("HTTP/1.1 414"));
    let header = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "a".repeat(8 << 20));
    let answer = server.send(header.as_bytes());
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
    let many: String = (0..100).map(|at| format!("X-{at}: a\r\n")).collect();
    let answer = server.send(format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n").as_bytes());
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    assert!(server.send(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").starts_with("HTTP/1.1 400"));
    assert!(
        server
            .send(b"GET http://evil.com/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .starts_with("HTTP/1.1 403")
    );
    assert!(server.megabytes() < before + 50, "{before} MB before, {} after", server.megabytes());
    assert!(server.page().0.starts_with("HTTP/1.1 200"));
}

#[test]
fn who_stops_in_the_middle_blocks_nobody() {
    let server = Explorer::start();
    let half = |bytes: &[u8]| {
        let mut stream = server.connect();
        stream.write_all(bytes).expect("sent");
        stream
    };
    let mut open: Vec<TcpStream> =
        (0..40).map(|_| half(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000\r\n\r\nqueries=")).collect();
    open.extend((0..260).map(|_| half(b"GET / HTTP/1.1\r\nHost: local")));
    let (page, took) = server.page();
    assert!(page.starts_with("HTTP/1.1 200") && took < Duration::from_secs(2), "{took:?}");
    let start = Instant::now();
    for stream in &mut open {
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
    }
    assert!(start.elapsed() < Duration::from_secs(15), "all are cut: {:?}", start.elapsed());
}

#[test]
fn a_page_printed_is_the_page_sent() {
    let server = Explorer::start();
    let (sent, _) = server.page();
    let body = sent.split_once("\r\n\r\n").expect("a body").1;
    let printed = rapporteur(&server.folder).args(["serve", "--get", "/"]).output().expect("runs");
    assert!(printed.status.success());
    assert_eq!(String::from_utf8_lossy(&printed.stdout), body);
    assert_eq!(
        rapporteur(&server.folder).args(["serve", "--get", "/nothing"]).output().expect("runs").status.code(),
        Some(1)
    );
    let taken = server.address.rsplit(':').next().expect("a port");
    let second = rapporteur(&server.folder).args(["serve", "--port", taken]).output().expect("runs");
    assert_eq!(second.status.code(), Some(2), "{}", String::from_utf8_lossy(&second.stderr));
    assert_eq!(
        rapporteur(&server.folder).args(["serve", "--bind", "0.0.0.0"]).output().expect("runs").status.code(),
        Some(2)
    );
    let nowhere = rapporteur(&server.folder).args(["serve", "--store", "nowhere"]).output().expect("runs");
    assert_eq!(nowhere.status.code(), Some(5));
}

#[cfg(unix)]
#[test]
fn it_stops_when_told() {
    let mut server = Explorer::start();
    let start = Instant::now();
    let killed = Command::new("kill").args(["-INT", &server.child.id().to_string()]).status().expect("runs");
    assert!(killed.success());
    assert_eq!(server.child.wait().expect("ends").code(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(6));
}
