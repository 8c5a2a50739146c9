//! A connection to an endpoint on which can still be heard what the other side said before it
//! stopped listening.
//!
//! Whoever refuses a file may answer and hang up while most of it is on its way. The next write
//! then fails, and whoever took that for the end of the connection would never read the answer.

use crate::connect::Stream;
use hyper::rt::{Read, ReadBufCursor, Write};
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

#[derive(Debug)]
pub struct Hearing {
    stream: Stream,
    /// Nothing more can be written.
    is_mute: bool,
}

impl Hearing {
    pub fn new(stream: Stream) -> Self {
        Self {
            stream,
            is_mute: false,
        }
    }

    /// A failed write is one that never ends: reading tells how the connection does.
    fn written(
        &mut self,
        context: &Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if matches!(written, Poll::Ready(Err(_))) {
            self.is_mute = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        written
    }
}

impl Read for Hearing {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl Write for Hearing {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.is_mute {
            return Poll::Pending;
        }
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.is_mute {
            return Poll::Pending;
        }
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.written(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.is_mute {
            return Poll::Pending;
        }
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        let flushed = flushed.map(|done| done.map(|()| 0));
        self.written(context, flushed).map(|done| done.map(drop))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
