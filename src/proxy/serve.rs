//! Accepting connections until told to stop, then letting the requests under way finish.

use crate::attend::Accepted;
use crate::config::Limits;
use crate::connections::{Connections, Stage};
use crate::limits;
use crate::listening::Listening;
use crate::routes::App;
use hyper::server::conn::http1;
use hyper_util::rt::TokioTimer;
use std::future::{Future, pending};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::mpsc::Receiver;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};

/// After a failed accept, such as for want of file descriptors.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves until it is told to stop, and then until all requests are answered, or it is told
/// again. Gives the number of requests that were cut off.
pub async fn serve(
    listening: impl Into<Listening>,
    app: App,
    limits: Limits,
    mut stops: Receiver<()>,
) -> usize {
    let listening = listening.into();
    let server = Server::new(app, limits);
    tokio::select! {
        never = server.accept(&listening) => match never {},
        () = told(&mut stops) => {}
    }
    server.accept_the_last(&listening).await;
    drop(listening);
    let connections = &server.connections;
    tokio::select! {
        () = end(connections) => return 0,
        () = told(&mut stops) => {}
        () = sleep(limits.total + limits::STOP_GRACE_TIME) => {}
    }
    let cut_off = connections.busy();
    server.app.cut_off();
    connections.enter_stage(Stage::Hurrying);
    let _ = timeout(limits::STOP_CUT_OFF_TIME, connections.gone()).await;
    cut_off
}

async fn told(stops: &mut Receiver<()>) {
    if stops.recv().await.is_none() {
        // Nobody is left who could.
        pending().await
    }
}

/// Waits for those who are to be waited for, and sends away the others.
async fn end(connections: &Connections) {
    let stages = async {
        connections.enter_stage(Stage::Stopping);
        sleep(limits::STOP_ARRIVAL_TIME).await;
        connections.enter_stage(Stage::Closing);
        sleep(limits::STOP_REST_TIME).await;
        connections.enter_stage(Stage::Cutting);
        pending::<()>().await;
    };
    tokio::select! {
        () = stages => {}
        () = connections.gone() => {}
    }
}

enum Never {}

struct Server {
    http: http1::Builder,
    app: App,
    limits: Limits,
    connections: Connections,
    new: Arc<Semaphore>,
}

impl Server {
    fn new(app: App, limits: Limits) -> Self {
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(limits.headers)
            .max_buf_size(limits::REQUEST_HEAD_BYTES);
        Self {
            http,
            app,
            limits,
            connections: Connections::new(limits.waiting),
            new: Arc::new(Semaphore::new(limits::CONNECTIONS_NEW)),
        }
    }

    async fn accept(&self, listening: &Listening) -> Never {
        loop {
            self.connections.room().await;
            let turn = self.new.clone().acquire_owned().await;
            match listening.accept().await {
                Ok((stream, _)) => self.attend(stream, turn.ok()),
                Err(_) => {
                    self.connections.make_room();
                    sleep(PAUSE).await;
                }
            }
        }
    }

    /// Those that have come already: a request that was sent is not left lying.
    async fn accept_the_last(&self, listening: &Listening) {
        for _ in 0..limits::LISTEN_BACKLOG {
            let mut next = pin!(listening.accept());
            let next = std::future::poll_fn(|context| Poll::Ready(next.as_mut().poll(context)));
            match next.await {
                Poll::Ready(Ok((stream, _))) => self.attend(stream, None),
                _ => return,
            }
        }
    }

    fn attend(&self, stream: TcpStream, turn: Option<OwnedSemaphorePermit>) {
        // Small answers should not wait for more of the same.
        let _ = stream.set_nodelay(true);
        let accepted = Accepted {
            stream,
            connection: self.connections.enter(),
            stage: self.connections.stage(),
            app: self.app.clone(),
            limits: self.limits,
        };
        let http = self.http.clone();
        tokio::spawn(async move { accepted.attend(&http, turn).await });
    }
}
