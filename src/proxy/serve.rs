//! Accepting connections until told to stop, then letting the requests under way finish.

use crate::body::{Body, BoxError, Bytes};
use crate::config::Limits;
use crate::connections::{Connection, Connections, UnderWay};
use crate::emulated::Abandoned;
use crate::http::{Request, Response};
use crate::routes::App;
use crate::socket::Socket;
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioTimer;
use hyper_util::server::graceful::GracefulShutdown;
use std::future::{Future, pending, poll_fn};
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

/// What the server takes at all. The guard takes less, and says so in its own words.
const HEAD_BYTES: usize = 64 * 1024;
const HEADERS: usize = 512;
/// Connections that were accepted and not yet looked at.
const NEW: usize = 16;
/// How long requests under way may take once the proxy is to stop; an answer of AWS may take
/// as long as the limit for one.
const GRACE: Duration = Duration::from_secs(5);
/// For requests on their way when the proxy is told to stop.
const MOMENT: Duration = Duration::from_millis(100);
/// After a failed accept, such as for want of file descriptors.
const PAUSE: Duration = Duration::from_millis(50);

pub async fn serve(
    listener: TcpListener,
    app: App,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    let mut server = http1::Builder::new();
    server
        .timer(TokioTimer::new())
        .header_read_timeout(limits.headers)
        .max_headers(HEADERS)
        .max_buf_size(HEAD_BYTES);
    let graceful = GracefulShutdown::new();
    let connections = Connections::default();
    let new = Arc::new(Semaphore::new(NEW));
    let mut stop = pin!(stop);
    loop {
        let accepted = async {
            connections.room().await;
            let turn = new.clone().acquire_owned().await;
            (listener.accept().await, turn)
        };
        let (accepted, turn) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, _)) = accepted else {
            connections.make_room();
            sleep(PAUSE).await;
            continue;
        };
        // Small answers should not wait for more of the same.
        let _ = stream.set_nodelay(true);
        let connection = connections.enter();
        let socket = Socket::new(stream, connection.clone(), limits.total);
        let served = server.serve_connection(socket, service(&app, &connection));
        let served = graceful.watch(served);
        tokio::spawn(async move {
            let mut served = pin!(served);
            let first = poll_fn(|context| Poll::Ready(served.as_mut().poll(context))).await;
            drop(turn);
            if first.is_pending() {
                connection.waits();
                tokio::select! {
                    biased;
                    _ = served => {}
                    () = connection.sent_away() => {}
                }
            }
        });
    }
    drop(listener);
    let close = async {
        sleep(MOMENT).await;
        connections.close();
        pending::<()>().await;
    };
    let drained = async {
        tokio::select! {
            () = graceful.shutdown() => {}
            () = close => {}
        }
    };
    let _ = timeout(limits.total + GRACE, drained).await;
}

/// The proxy for one connection, which is told what becomes of each request.
fn service(
    app: &App,
    connection: &Arc<Connection>,
) -> impl Service<Request<Incoming>, Response = Response<Answer>, Error = io::Error, Future: Send> + use<>
{
    let (app, connection) = (app.clone(), connection.clone());
    service_fn(move |request: Request<Incoming>| {
        let under_way = connection.request();
        let app = app.clone();
        async move {
            let response = app.answer(request.map(Body::Incoming)).await;
            if response.extensions().get::<Abandoned>().is_some() {
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
            Ok(response.map(|body| Answer {
                body,
                _under_way: under_way,
            }))
        }
    })
}

/// The body of an answer. Its request is under way until the last of it is taken.
struct Answer {
    body: Body,
    _under_way: UnderWay,
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
