//! The one place that listens: connections, their limits, and what becomes of a request that takes too long or fails.
//! What is answered, the library says: a handler turns a request into a response and knows no socket.

mod exchange;
mod limits;
mod patient;

use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::http::{Extensions, HeaderMap, StatusCode, Version};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use rapporteur::explore::{Request, Response};
use rapporteur::model::{Code, Exit};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;
use tower::Layer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};

use super::trouble::Trouble;
use super::{Outcome, report};
use exchange::Exchange;
use patient::Patient;

pub use limits::Limits;

/// Turns requests into responses, on as many threads as the limits allow.
pub type Handler = Arc<dyn Fn(&Request) -> Response + Send + Sync>;

/// Ends when the user or the system wants the server to stop.
type Stop = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A server that listens and does not answer yet. Whoever is told its address may tell it to stop at once.
pub struct Server {
    runtime: Runtime,
    listener: TcpListener,
    stop: Stop,
    address: SocketAddr,
    limits: Limits,
}

impl Server {
    /// Listens on a port; 0 takes any that is free.
    ///
    /// # Errors
    /// If the port is taken or may not be had.
    pub fn bind(address: IpAddr, port: u16, limits: Limits) -> Result<Self, Trouble> {
        let fail = |error: std::io::Error| {
            let said = error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase();
            let place = if address.is_loopback() { "this machine".to_owned() } else { address.to_string() };
            Trouble::new(Code::PORT_TAKEN, format!("cannot listen on port {port} of {place}: {said}"))
        };
        let listener = std::net::TcpListener::bind((address, port)).map_err(fail)?;
        listener.set_nonblocking(true).map_err(fail)?;
        let address = listener.local_addr().map_err(fail)?;
        let unable =
            |error: std::io::Error| Trouble::new(Code::PORT_TAKEN, format!("the server cannot start: {error}"));
        let threads = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(limits.at_once() + limits.questions + 2)
            .enable_all()
            .build();
        let runtime = threads.map_err(unable)?;
        let (listener, stop) = {
            let _inside = runtime.enter();
            (TcpListener::from_std(listener).map_err(unable)?, stop().map_err(unable)?)
        };
        Ok(Self { runtime, listener, stop, address, limits })
    }

    /// Where it is reached: `http://127.0.0.1:7979`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers until it is told to stop (Ctrl-C, SIGTERM); requests that run then get a few seconds more.
    pub fn run(self, handler: Handler) -> Outcome {
        self.runtime.block_on(serve(self.listener, self.stop, self.limits, handler));
        // What is still running is cut: it reads, or a store that a writer left in the middle stays whole.
        self.runtime.shutdown_timeout(Duration::from_millis(100));
        Ok(Exit::Done)
    }
}

/// Accepts connections until it is told to stop.
async fn serve(listener: TcpListener, stop: Stop, limits: Limits, handler: Handler) {
    let graceful = Arc::new(GracefulShutdown::new());
    let accepting = tokio::spawn(accept(listener, limits, Exchange::new(limits, handler), Arc::clone(&graceful)));
    stop.await;
    report::note("stopping");
    accepting.abort();
    let _ = accepting.await;
    if let Some(graceful) = Arc::into_inner(graceful) {
        // Who is not done by then is cut.
        let _ = tokio::time::timeout(limits.farewell, graceful.shutdown()).await;
    }
}

async fn accept(listener: TcpListener, limits: Limits, exchange: Exchange, graceful: Arc<GracefulShutdown>) {
    let room = Arc::new(Semaphore::new(limits.connections));
    loop {
        // Who finds no room waits in the queue of the system.
        let place = Arc::clone(&room).acquire_owned().await;
        let Ok((stream, peer)) = listener.accept().await else {
            // No more files, most likely: some will be closed soon.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let connection = converse(stream, peer, limits, exchange.clone(), &graceful);
        tokio::spawn(async move {
            connection.await;
            drop(place);
        });
    }
}

/// One connection. Answers are compressed only for those who are not on this machine.
fn converse(
    stream: TcpStream,
    peer: SocketAddr,
    limits: Limits,
    exchange: Exchange,
    graceful: &GracefulShutdown,
) -> impl Future<Output = ()> + Send + 'static {
    // Small answers leave at once.
    let _ = stream.set_nodelay(true);
    let stream = TokioIo::new(Patient::new(stream, limits.idle));
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(limits.header_time);
    builder.max_buf_size(limits.header_bytes).max_headers(limits.headers).half_close(false);
    let is_near = peer.ip().is_loopback();
    let is_far = move |_: StatusCode, _: Version, _: &HeaderMap, _: &Extensions| !is_near;
    let compression = CompressionLayer::new().compress_when(DefaultPredicate::new().and(is_far));
    let service = TowerToHyperService::new(compression.layer(exchange));
    let watched = graceful.watch(builder.serve_connection(stream, service));
    async move {
        // A client that breaks off or speaks no HTTP needs no answer.
        let _ = watched.await;
    }
}

/// What ends when the user or the system wants the server to stop; from here on it is heard.
fn stop() -> std::io::Result<Stop> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        let told = std::future::poll_fn(move |context| {
            let is_told = interrupt.poll_recv(context).is_ready() | terminate.poll_recv(context).is_ready();
            if is_told { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        });
        Ok(Box::pin(told))
    }
    #[cfg(not(unix))]
    {
        let mut key = tokio::signal::windows::ctrl_c()?;
        Ok(Box::pin(async move { drop(key.recv().await) }))
    }
}
