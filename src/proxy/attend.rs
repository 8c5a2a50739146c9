//! One connection, from its first byte to its last.

use crate::body::{Body, BoxError, Bytes};
use crate::config::Limits;
use crate::connections::{Connection, Stage, UnderWay};
use crate::emulated::Abandoned;
use crate::failure::Failure;
use crate::farewell;
use crate::http::header::CONNECTION;
use crate::http::{HeaderValue, Method, Request, Response, StatusCode};
use crate::incoming::RequestBody;
use crate::limits;
use crate::routes::App;
use crate::socket::Socket;
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::sleep;

/// A connection that was accepted.
pub struct Accepted {
    pub stream: TcpStream,
    pub connection: Arc<Connection>,
    pub stage: watch::Receiver<Stage>,
    pub app: App,
    pub limits: Limits,
}

impl Accepted {
    /// Serves it until it ends. The permit is given back once it was looked at.
    pub async fn attend(self, server: &http1::Builder, turn: Option<OwnedSemaphorePermit>) {
        let Self {
            stream,
            connection,
            mut stage,
            app,
            limits,
        } = self;
        let socket = Socket::new(stream, connection.clone(), limits.total);
        let mut served = server.serve_connection(socket, service(&app, &connection));
        let first = poll_fn(|context| Poll::Ready(Pin::new(&mut served).poll(context))).await;
        drop(turn);
        let mut ended = match first {
            Poll::Ready(ended) => Some(ended),
            Poll::Pending => {
                connection.waits();
                None
            }
        };
        while ended.is_none() {
            tokio::select! {
                biased;
                end = &mut served => ended = Some(end),
                () = connection.sent_away() => {
                    let leaving = connection.leaving();
                    tokio::select! {
                        biased;
                        end = &mut served => ended = Some(end),
                        () = leaving.gone() => {}
                        () = sleep(limits::CONNECTION_SENT_AWAY_TIME) => {}
                    }
                    if ended.is_none() && connection.is_sent_away() {
                        break;
                    }
                }
                // Whatever else it has come to is seen when `served` is polled again.
                Ok(()) = stage.changed() => if *stage.borrow() == Stage::Hurrying {
                    return;
                },
            }
        }
        let parts = served.into_parts();
        let (stream, refused) = parts.io.into_parts();
        let leaving = connection.leaving();
        let end = End {
            refused,
            is_half_read: !parts.read_buf.is_empty(),
            served: ended,
        };
        let last = async {
            match end.last_word(&connection, &limits) {
                Some(failure) => {
                    let nothing_known = Method::from_bytes(b"-").unwrap_or_default();
                    let response = app.decline(nothing_known, failure);
                    farewell::say(response, stream, &leaving).await;
                }
                None if connection.has_unread() => farewell::linger(stream, &leaving).await,
                None => {}
            }
        };
        tokio::select! {
            () = last => {}
            _ = stage.wait_for(|stage| *stage == Stage::Hurrying) => {}
        }
    }
}

/// How it came that a connection ends.
struct End {
    /// By the server, with this status.
    refused: Option<StatusCode>,
    /// Something was read, and is no whole head.
    is_half_read: bool,
    /// Nothing if it was sent away.
    served: Option<hyper::Result<()>>,
}

impl End {
    /// What is to be said, if nothing else was: whoever may have a request on its way hears what
    /// becomes of it.
    fn last_word(&self, connection: &Connection, limits: &Limits) -> Option<Failure> {
        if let Some(status) = self.refused {
            return Some(farewell::unreadable(status));
        }
        match &self.served {
            // One that has been answered and is idle just ends, as any client expects.
            None if connection.is_used() && !self.is_half_read => None,
            // A browser keeps connections in reserve: what is written on one now it would take for
            // the answer of the proxy that it finds at this port next.
            None if connection.is_stopping() && !self.is_half_read => None,
            None if connection.is_stopping() => Some(farewell::stopping()),
            None => Some(farewell::too_many_connections()),
            Some(Err(error)) if error.is_timeout() && self.is_half_read => {
                Some(farewell::head_timeout(limits.headers))
            }
            Some(_) => None,
        }
    }
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
        let (app, connection) = (app.clone(), connection.clone());
        async move {
            let is_one_too_many = connection.is_one_too_many();
            let request =
                request.map(|body| Body::Request(RequestBody::new(body, connection.clone())));
            let mut response = match is_one_too_many {
                true => app.decline(request.method().clone(), farewell::one_too_many()),
                false => app.answer(request).await,
            };
            if response.extensions().get::<Abandoned>().is_some() {
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
            if connection.is_stopping() {
                let close = HeaderValue::from_static("close");
                response.headers_mut().insert(CONNECTION, close);
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
