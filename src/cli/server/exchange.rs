//! One request and its answer: read within limits, worked on by a thread, and never an answer that is half one.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::task::{Context, Poll};

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{HeaderName, HeaderValue};
use rapporteur::explore::{Problem, Request, Response, is_question};
use tokio::sync::Semaphore;

use super::{Handler, Limits};
use crate::cli::report;

/// What answers the requests of a connection.
#[derive(Clone)]
pub struct Exchange {
    handler: Handler,
    limits: Limits,
    /// Where pages are worked on, and where questions are: pages never wait for questions.
    pages: Lane,
    questions: Lane,
    /// Requests that failed, for their numbers.
    failures: Arc<AtomicU64>,
}

/// Requests of one sort: so many are worked on at a time, so many more wait.
#[derive(Clone)]
struct Lane {
    /// A place for each that is worked on.
    work: Arc<Semaphore>,
    /// Those that are worked on or wait.
    present: Arc<AtomicUsize>,
    room: usize,
}

impl Lane {
    fn new(at_once: usize, queue: usize) -> Self {
        Self { work: Arc::new(Semaphore::new(at_once)), present: Arc::default(), room: at_once + queue }
    }

    /// A place in the lane, if there is room.
    fn enter(&self) -> Option<Present> {
        let before = self.present.fetch_add(1, Ordering::Relaxed);
        let present = Present(Arc::clone(&self.present));
        (before < self.room).then_some(present)
    }
}

/// One who is in a lane; given back also when a client goes before its answer comes.
struct Present(Arc<AtomicUsize>);

impl Drop for Present {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

type Sent = hyper::Response<Full<Bytes>>;

impl Exchange {
    pub fn new(limits: Limits, handler: Handler) -> Self {
        let pages = Lane::new(limits.at_once(), limits.queue);
        let questions = Lane::new(limits.questions, limits.questions_queue);
        Self { handler, limits, pages, questions, failures: Arc::default() }
    }

    async fn answer(self, asked: hyper::Request<Incoming>) -> Sent {
        let is_head = asked.method() == hyper::Method::HEAD;
        let request = match read(asked, &self.limits).await {
            Ok(request) => request,
            // The rest of what was sent would be taken for the next request.
            Err(problem) => return send(told(&problem).with("Connection", "close"), false),
        };
        let lane = if is_question(&request) { &self.questions } else { &self.pages };
        let Some(_present) = lane.enter() else {
            return send(told(&Problem::new(503, "too many requests at a time")).with("Retry-After", "1"), is_head);
        };
        send(self.work(lane, request).await, is_head)
    }

    async fn work(&self, lane: &Lane, request: Request) -> Response {
        let place = Arc::clone(&lane.work).acquire_owned().await;
        let handler = Arc::clone(&self.handler);
        let work = tokio::task::spawn_blocking(move || {
            let response = handler(&request);
            drop(place);
            response
        });
        work.await.unwrap_or_else(|_| {
            let number = self.failures.fetch_add(1, Ordering::Relaxed) + 1;
            report::note(format!("a request failed (number {number}); the server goes on"));
            told(&Problem::new(500, format!("this request failed (number {number}); the server goes on")))
        })
    }
}

impl tower::Service<hyper::Request<Incoming>> for Exchange {
    type Response = Sent;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Sent, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, asked: hyper::Request<Incoming>) -> Self::Future {
        let this = self.clone();
        Box::pin(async move { Ok(this.answer(asked).await) })
    }
}

/// The whole request, or what is wrong with it.
async fn read(asked: hyper::Request<Incoming>, limits: &Limits) -> Result<Request, Problem> {
    let (head, body) = asked.into_parts();
    let (path, query) = (head.uri.path(), head.uri.query().unwrap_or_default());
    if path.len() + query.len() > limits.address_bytes {
        return Err(Problem::new(414, "the address is too long").hint("send long parameters with POST"));
    }
    let most = limits.body_bytes(path);
    let too_large = || Problem::new(413, format!("a body may have {most} bytes"));
    if body.size_hint().lower() > most as u64 {
        return Err(too_large());
    }
    let collected = tokio::time::timeout(limits.body_time, Limited::new(body, most).collect());
    let body = match collected.await {
        Ok(Ok(collected)) => collected.to_bytes().to_vec(),
        Ok(Err(error)) if error.is::<LengthLimitError>() => return Err(too_large()),
        Ok(Err(_)) => return Err(Problem::new(400, "the body broke off")),
        Err(_) => return Err(Problem::new(408, "the body did not come in time")),
    };
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = head.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
    Ok(Request {
        method: head.method.as_str().to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        authority: head.uri.authority().map(ToString::to_string),
        headers,
        body,
    })
}

fn told(problem: &Problem) -> Response {
    Response::new(problem.status, "application/problem+json", format!("{}\n", problem.json()))
}

/// The answer as it is sent; the body of one to `HEAD` only by its length.
fn send(response: Response, is_head: bool) -> Sent {
    let length = response.body.len();
    let body = if is_head { Bytes::new() } else { Bytes::from(response.body) };
    let mut sent = hyper::Response::new(Full::new(body));
    *sent.status_mut() = hyper::StatusCode::from_u16(response.status).unwrap_or_default();
    for (name, value) in response.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(&value)) {
            sent.headers_mut().append(name, value);
        }
    }
    if is_head {
        sent.headers_mut().insert(hyper::header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    sent
}
