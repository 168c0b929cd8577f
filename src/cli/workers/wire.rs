//! How server and worker speak: a line of JSON that says how many bytes follow, then these bytes.

use std::io::{self, BufRead, Read, Write};

use rapporteur::explore::{Request, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Headers that an answer to a question may carry; others are set where it leaves.
const HEADERS: [&str; 8] =
    ["Content-Type", "Vary", "Cache-Control", "ETag", "Link", "Content-Location", "Content-Disposition", "Allow"];

/// What a request carries that belongs to who sent it: it was looked at before, and the worker sees none of it.
const PRIVATE: [&str; 4] = ["origin", "sec-fetch-site", "cookie", "authorization"];

#[derive(Serialize, Deserialize)]
struct Asked {
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    length: usize,
}

#[derive(Serialize, Deserialize)]
struct Told {
    status: u16,
    headers: Vec<(String, String)>,
    length: usize,
}

/// What a worker says.
pub enum Said {
    /// It has the store as it stands and begins.
    Begun,
    /// The answer.
    Answer(Response),
}

/// Sends a request.
///
/// # Errors
/// If nobody reads it.
pub fn ask(out: &mut impl Write, request: &Request) -> io::Result<()> {
    let mut headers = request.headers.clone();
    headers.retain(|(name, _)| !PRIVATE.contains(&name.as_str()));
    let asked = Asked {
        method: request.method.clone(),
        path: request.path.clone(),
        query: request.query.clone(),
        headers,
        length: request.body.len(),
    };
    send(out, &asked, &request.body)
}

/// Reads a request.
///
/// # Errors
/// If there is none.
pub fn asked(input: &mut impl BufRead) -> io::Result<Request> {
    let asked: Asked = line(input)?;
    let body = bytes(input, asked.length)?;
    let Asked { method, path, query, headers, .. } = asked;
    Ok(Request { method, path, query, headers, body, authority: None })
}

/// Says that a question is begun.
///
/// # Errors
/// If nobody reads it.
pub fn begin(out: &mut impl Write) -> io::Result<()> {
    send(out, &Told { status: 0, headers: Vec::new(), length: 0 }, &[])
}

/// Sends an answer.
///
/// # Errors
/// If nobody reads it.
pub fn tell(out: &mut impl Write, response: &Response) -> io::Result<()> {
    let headers = response.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    send(out, &Told { status: response.status, headers, length: response.body.len() }, &response.body)
}

/// Reads what a worker says.
///
/// # Errors
/// If it has ended.
pub fn said(input: &mut impl BufRead) -> io::Result<Said> {
    let told: Told = line(input)?;
    if told.status == 0 {
        return Ok(Said::Begun);
    }
    let known = |(name, value): (String, String)| {
        HEADERS.into_iter().find(|known| name.eq_ignore_ascii_case(known)).map(|known| (known, value))
    };
    let headers = told.headers.into_iter().filter_map(known).collect();
    Ok(Said::Answer(Response { status: told.status, headers, body: bytes(input, told.length)? }))
}

fn send(out: &mut impl Write, head: &impl Serialize, body: &[u8]) -> io::Result<()> {
    serde_json::to_writer(&mut *out, head)?;
    out.write_all(b"\n")?;
    out.write_all(body)?;
    out.flush()
}

fn line<T: DeserializeOwned>(input: &mut impl BufRead) -> io::Result<T> {
    let mut line = String::new();
    match input.read_line(&mut line)? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(serde_json::from_str(&line)?),
    }
}

fn bytes(input: &mut impl Read, length: usize) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    match input.take(length as u64).read_to_end(&mut body)? {
        read if read == length => Ok(body),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}
