//! Listening, one task per connection, and the end of it all.

use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener as StdListener};
use std::pin::pin;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::future::{Either, select};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::header::{ALLOW, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use crate::ServeError;
use crate::guard::{Admitted, Guard, Refusal};
use crate::headers;
use crate::message::{Call, Reply, Site};
use crate::options::{Options, Patience};
use crate::stop::Stop;
use crate::token::Token;

/// How many bytes the head of a request has at most.
const LARGEST_HEAD: usize = 16 * 1024;

/// How many headers a request has at most.
const MOST_HEADERS: usize = 64;

/// How many requests are answered at once; further ones wait.
const MOST_ANSWERS: usize = 8;

/// A server that listens and does not answer yet.
#[derive(Debug)]
pub struct Server {
    runtime: Runtime,
    listener: StdListener,
    address: SocketAddr,
    options: Options,
    guard: Guard,
}

impl Server {
    /// Begins to listen.
    ///
    /// # Errors
    /// When the port is in use, the address is none of this machine, or it can be reached from
    /// other machines without that being allowed.
    pub fn bind(options: Options) -> Result<Self, ServeError> {
        let wanted = SocketAddr::new(options.address, options.port);
        if !options.address.is_loopback() && !options.is_exposed {
            return Err(ServeError::Exposed(wanted));
        }
        let listener = StdListener::bind(wanted).map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => ServeError::InUse(wanted),
            _ => ServeError::Bind(wanted, error),
        })?;
        let failed = |error: io::Error| ServeError::Start(error.to_string());
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let mut builder = Builder::new_current_thread();
        let builder = builder.enable_all().max_blocking_threads(MOST_ANSWERS);
        Ok(Self {
            runtime: builder.build().map_err(failed)?,
            listener,
            address,
            guard: Guard::new(address, Token::new()?, options.largest_body),
            options,
        })
    }

    /// Where is listened, with the port that the system gave.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers requests until `stop` is asked for, or until an interrupt where the options say so,
    /// which then asks `stop`, too. Open connections have a short time to end.
    ///
    /// # Errors
    /// When the system does not let the server listen or wait for signals.
    pub fn run(self, site: Arc<dyn Site>, stop: &Stop) -> Result<(), ServeError> {
        let Self {
            runtime,
            listener,
            options,
            guard,
            ..
        } = self;
        let patience = options.patience;
        let room = Arc::new(Semaphore::new(options.connections));
        let visit = Arc::new(Visit {
            site,
            guard,
            largest_body: options.largest_body,
            patience,
        });
        let outcome = runtime.block_on(async {
            let listener = TcpListener::from_std(listener)
                .map_err(|error| ServeError::Start(error.to_string()))?;
            let end = async {
                if options.stops_on_signal {
                    select(pin!(interrupted()), pin!(stop.asked())).await;
                } else {
                    stop.asked().await;
                }
            };
            select(pin!(accept(&listener, &room, &visit, stop)), pin!(end)).await;
            stop.stop();
            let all = u32::try_from(options.connections).unwrap_or(u32::MAX);
            let _ = timeout(patience.farewell, room.acquire_many(all)).await;
            Ok(())
        });
        runtime.shutdown_timeout(patience.farewell);
        outcome
    }
}

/// Waits for Ctrl-C, or for the polite signal to end. Where signals cannot be waited for, the
/// system ends the process as usual.
async fn interrupted() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    select(pin!(interrupt), pin!(terminated())).await;
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut told) => {
            told.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}

/// Takes connections for ever.
async fn accept(listener: &TcpListener, room: &Arc<Semaphore>, visit: &Arc<Visit>, stop: &Stop) {
    loop {
        let Ok(permit) = Arc::clone(room).acquire_owned().await else {
            return;
        };
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files: wait until some are closed.
            sleep(std::time::Duration::from_millis(50)).await;
            continue;
        };
        let (visit, stop) = (Arc::clone(visit), stop.clone());
        tokio::spawn(async move {
            let _permit = permit;
            let longest = visit.patience.connection;
            let _ = timeout(longest, connection(stream, visit, stop)).await;
        });
    }
}

/// Answers the requests of a connection; when the server is to stop, that which is under way.
async fn connection(stream: TcpStream, visit: Arc<Visit>, stop: Stop) {
    let head = visit.patience.head;
    let service = service_fn(move |request| {
        let visit = Arc::clone(&visit);
        async move { Ok::<_, Infallible>(visit.answer(request).await) }
    });
    let mut serving = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(head)
            .max_buf_size(LARGEST_HEAD)
            .max_headers(MOST_HEADERS)
            .serve_connection(TokioIo::new(stream), service)
    );
    let stopped = pin!(stop.asked());
    if let Either::Right(_) = select(serving.as_mut(), stopped).await {
        serving.as_mut().graceful_shutdown();
        // What a client does wrong at the end is of no interest.
        let _ = serving.await;
    }
}

/// What every request meets.
struct Visit {
    site: Arc<dyn Site>,
    guard: Guard,
    largest_body: usize,
    patience: Patience,
}

impl Visit {
    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (parts, body) = request.into_parts();
        match self.call(&parts, body).await {
            Ok(call) => self.asked(call).await,
            Err(refusal) => {
                let mut response = response(self.site.refused(refusal), refusal.status());
                if refusal == Refusal::Method {
                    let allowed = HeaderValue::from_static("GET, POST");
                    response.headers_mut().insert(ALLOW, allowed);
                }
                response
            }
        }
    }

    async fn call(
        &self,
        parts: &hyper::http::request::Parts,
        body: Incoming,
    ) -> Result<Call, Refusal> {
        let Admitted {
            path,
            query,
            is_change,
        } = self.guard.admit(parts)?;
        if !is_change {
            return Ok(Call::Get { path, query });
        }
        let body = Limited::new(body, self.largest_body).collect();
        let read = timeout(self.patience.body, body).await;
        let read = read.map_err(|_| Refusal::TooSlow)?;
        let body = read.map_err(|error| {
            if error.is::<LengthLimitError>() {
                Refusal::TooLarge
            } else {
                Refusal::TooSlow
            }
        })?;
        let body = body.to_bytes().to_vec();
        Ok(Call::Post { path, body })
    }

    /// The answer of the site, which may take its time, from a thread of its own.
    async fn asked(&self, call: Call) -> Response<Full<Bytes>> {
        let (site, token) = (Arc::clone(&self.site), self.guard.token().to_owned());
        let answer = tokio::task::spawn_blocking(move || site.answer(&call, &token)).await;
        match answer {
            Ok(reply) => {
                let status = reply.status;
                response(reply, status)
            }
            Err(_) => response(Reply::new("text/plain; charset=utf-8", "500\n"), 500),
        }
    }
}

fn response(reply: Reply, status: u16) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(reply.body)));
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    headers::put(response.headers_mut(), reply.media_type, reply.policy);
    response
}
