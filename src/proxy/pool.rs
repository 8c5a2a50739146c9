//! Connections to endpoints that are kept for the next request.
//!
//! A connection is driven by whoever waits for its answer, and by nobody while it is idle: a
//! request then needs no second task, and wakes nobody. What an endpoint did to an idle one is
//! seen when it is taken up again.

use crate::body::BoxError;
use crate::config::EndpointUrl;
use crate::connect::Connector;
use crate::hearing::Hearing;
use crate::http::{Request, Response, Uri};
use crate::limits;
use crate::sending::Sending;
use hyper::body::Incoming;
use hyper::client::conn::http1::{Connection, SendRequest, handshake};
use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use tokio::time::{Instant, sleep};

pub type Outgoing = Request<Sending>;

/// Why there is no head of an answer.
#[derive(Debug)]
pub enum NoHead {
    /// There is no connection, so nothing was sent.
    Connect(BoxError),
    /// The request was on its way.
    Sent(hyper::Error),
}

#[derive(Debug, Clone)]
pub struct Pool {
    connector: Connector,
    idle: Arc<Mutex<Idle>>,
}

#[derive(Debug, Default)]
struct Idle {
    /// By scheme and authority; the one that was used last is at the end.
    links: HashMap<String, Vec<Link>>,
    is_swept: bool,
}

/// One connection, and where it leads.
#[derive(Debug)]
pub struct Link {
    to: String,
    sender: SendRequest<Sending>,
    connection: Pin<Box<Connection<Hearing, Sending>>>,
    is_over: bool,
    used: Instant,
}

impl Pool {
    pub fn new(connector: Connector) -> Self {
        Self {
            connector,
            idle: Arc::default(),
        }
    }

    /// Sends once. A kept connection that turns out to have been closed before anything was
    /// written to it is replaced.
    pub async fn send(
        &self,
        to: &EndpointUrl,
        mut request: Outgoing,
    ) -> Result<(Response<Incoming>, Link), NoHead> {
        let key = format!("{}://{}", to.scheme, to.authority);
        loop {
            let kept = self.take(&key).await;
            let is_kept = kept.is_some();
            let mut link = match kept {
                Some(link) => link,
                None => Box::pin(self.connect(key.clone()))
                    .await
                    .map_err(NoHead::Connect)?,
            };
            let answer = link.sender.try_send_request(request);
            match link.drive(answer).await {
                Ok(answer) => return Ok((answer, link)),
                Err(mut failed) => match failed.take_message() {
                    Some(unsent) if is_kept => request = unsent,
                    _ => return Err(NoHead::Sent(failed.into_error())),
                },
            }
        }
    }

    /// Keeps a connection whose answer was taken to its end.
    pub async fn give_back(&self, mut link: Link) {
        link.look().await;
        if !link.is_usable() {
            return;
        }
        link.used = Instant::now();
        let mut idle = self.idle();
        match idle.links.get_mut(&link.to) {
            Some(links) => links.push(link),
            None => drop(idle.links.insert(link.to.clone(), vec![link])),
        }
        if !idle.is_swept {
            idle.is_swept = true;
            tokio::spawn(self.clone().sweep());
        }
    }

    async fn take(&self, key: &str) -> Option<Link> {
        loop {
            let mut link = self.idle().links.get_mut(key)?.pop()?;
            if link.used.elapsed() < limits::ENDPOINT_IDLE_TIME {
                link.look().await;
                if link.is_usable() {
                    return Some(link);
                }
            }
        }
    }

    async fn connect(&self, to: String) -> Result<Link, BoxError> {
        let stream = self.connector.connect(to.parse::<Uri>()?).await?;
        let (sender, connection) = handshake(Hearing::new(stream)).await?;
        Ok(Link {
            to,
            sender,
            connection: Box::pin(connection),
            is_over: false,
            used: Instant::now(),
        })
    }

    /// Closes what nobody used for too long, until nothing is left.
    async fn sweep(self) {
        loop {
            sleep(limits::ENDPOINT_IDLE_TIME).await;
            let mut idle = self.idle();
            for links in idle.links.values_mut() {
                links.retain(|link| link.used.elapsed() < limits::ENDPOINT_IDLE_TIME);
            }
            idle.links.retain(|_, links| !links.is_empty());
            if idle.links.is_empty() {
                idle.is_swept = false;
                return;
            }
        }
    }

    fn idle(&self) -> MutexGuard<'_, Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Link {
    fn is_usable(&self) -> bool {
        !self.is_over && self.sender.is_ready()
    }

    /// Waits for something that this connection brings, and meanwhile reads and writes.
    pub async fn drive<T>(&mut self, wanted: impl Future<Output = T>) -> T {
        let mut wanted = pin!(wanted);
        poll_fn(|context| {
            // What is wanted tells the connection what to read next.
            if let Poll::Ready(found) = wanted.as_mut().poll(context) {
                return Poll::Ready(found);
            }
            if !self.is_over {
                self.is_over = self.connection.as_mut().poll(context).is_ready();
            }
            wanted.as_mut().poll(context)
        })
        .await
    }

    /// Lets the connection notice what has happened to it.
    async fn look(&mut self) {
        poll_fn(|context| {
            if !self.is_over {
                self.is_over = self.connection.as_mut().poll(context).is_ready();
            }
            Poll::Ready(())
        })
        .await;
    }
}
