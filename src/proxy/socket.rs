//! A client's socket: tells when an answer is written, gives up on a client that doesn't take its
//! answer, and keeps back what the server would say of its own accord.

use crate::connections::Connection;
use crate::http::StatusCode;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

/// What stands before a status in the first line of an answer.
const VERSION: &[u8] = b"HTTP/1.1 ";

pub struct Socket {
    stream: TokioIo<TcpStream>,
    connection: Arc<Connection>,
    /// How long a client may take nothing.
    patience: Duration,
    stalled: Option<Pin<Box<Sleep>>>,
    /// With what the server refused what it could not read. It is not written: it has no code.
    refused: Option<StatusCode>,
}

impl Socket {
    pub fn new(stream: TcpStream, connection: Arc<Connection>, patience: Duration) -> Self {
        Self {
            stream: TokioIo::new(stream),
            connection,
            patience,
            stalled: None,
            refused: None,
        }
    }

    pub fn into_parts(self) -> (TcpStream, Option<StatusCode>) {
        (self.stream.into_inner(), self.refused)
    }

    /// Is this written although nothing was asked? Then it is the server's refusal.
    fn keeps_back(&mut self, bytes: &[u8]) -> bool {
        if self.refused.is_some() {
            return true;
        }
        if bytes.is_empty() || self.connection.is_busy() {
            return false;
        }
        let status = bytes.strip_prefix(VERSION).and_then(|rest| rest.get(..3));
        let status = status.and_then(|status| StatusCode::from_bytes(status).ok());
        self.refused = Some(status.unwrap_or(StatusCode::BAD_REQUEST));
        true
    }

    fn written(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let patience = self.patience;
        let stalled = self
            .stalled
            .get_or_insert_with(|| Box::pin(sleep(patience)));
        stalled
            .as_mut()
            .poll(context)
            .map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl Read for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl Write for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.keeps_back(bytes) {
            return Poll::Ready(Ok(bytes.len()));
        }
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let first = parts.iter().find(|part| !part.is_empty());
        if self.keeps_back(first.map_or(&[], |part| part)) {
            return Poll::Ready(Ok(parts.iter().map(|part| part.len()).sum()));
        }
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.written(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// Asked for when nothing is left to be written.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        if matches!(flushed, Poll::Ready(Ok(()))) {
            self.connection.flushed();
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.refused {
            // Something else is said instead.
            Some(_) => Poll::Ready(Ok(())),
            None => Pin::new(&mut self.stream).poll_shutdown(context),
        }
    }
}
