//! A request to a service before it is signed, and its body: bytes at hand, or a file on its way.

use crate::body::Bytes;
use crate::forward::Files;
use crate::hash::sha256_hex;
use crate::http::header::CONTENT_ENCODING;
use crate::http::{HeaderName, HeaderValue, Method};
use crate::outline::Operation;
use crate::upload::{Piecewise, Stopped, Upload};
use formsmith_api::protocol::packed;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A request before it is signed.
pub struct Unsigned {
    pub method: Method,
    /// Path and query of the service's protocol.
    pub path: String,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub body: Content,
    /// SHA-256 of the body in lower-case hexadecimal.
    pub body_hash: String,
    /// Is the answer a file?
    pub wants_file: bool,
}

impl Unsigned {
    /// The request with its body packed, where the operation has large ones packed: what the person
    /// agreed to, in fewer bytes.
    pub fn packed(mut self, operation: &Operation) -> Self {
        let Content::Whole(body) = &self.body else {
            return self;
        };
        if !operation.takes_gzip {
            return self;
        }
        let headers = self.headers.iter();
        let headers =
            headers.filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        let Some(packed) = packed(headers, body) else {
            return self;
        };
        let Ok(encoding) = HeaderValue::from_str(&packed.content_encoding) else {
            return self;
        };
        self.headers.retain(|(name, _)| name != CONTENT_ENCODING);
        self.headers.push((CONTENT_ENCODING, encoding));
        self.body_hash = sha256_hex(&[&packed.body]);
        self.body = packed.body.into();
        self
    }

    /// Which of its parts are passed on as they come.
    pub fn files(&self) -> Files<'_> {
        Files {
            sent: self.body.file(),
            is_answer: self.wants_file,
        }
    }

    /// A file is read while it is sent, and can't be sent again.
    pub fn is_sent_once(&self) -> bool {
        self.body.file().is_some()
    }

    /// May a service have got a part of it?
    pub fn has_begun(&self) -> bool {
        self.body.file().is_some_and(Upload::has_begun)
    }
}

/// What there is to be sent.
#[derive(Debug)]
pub enum Content {
    Whole(Bytes),
    /// It can be sent once.
    File(Upload),
}

impl Content {
    /// The file, if it is one.
    pub fn file(&self) -> Option<&Upload> {
        match self {
            Self::Whole(_) => None,
            Self::File(upload) => Some(upload),
        }
    }

    /// The bytes that are at hand.
    pub fn bytes(&self) -> &Bytes {
        static NONE: Bytes = Bytes::new();
        match self {
            Self::Whole(bytes) => bytes,
            Self::File(_) => &NONE,
        }
    }

    /// It as a body.
    pub fn sending(&self) -> Sending {
        match self {
            Self::Whole(bytes) => Sending::Whole(bytes.clone()),
            Self::File(upload) => Sending::File(upload.pieces()),
        }
    }
}

impl<T: Into<Bytes>> From<T> for Content {
    fn from(bytes: T) -> Self {
        Self::Whole(bytes.into())
    }
}

/// What a connection to a service takes.
#[derive(Debug)]
pub enum Sending {
    Whole(Bytes),
    File(Piecewise),
}

impl HttpBody for Sending {
    type Data = Bytes;
    type Error = Stopped;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Stopped>>> {
        match self.get_mut() {
            Self::Whole(bytes) => {
                let bytes = mem::take(bytes);
                Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
            }
            Self::File(pieces) => pieces.poll(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Whole(bytes) => bytes.is_empty(),
            Self::File(pieces) => pieces.missing() == 0,
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(match self {
            Self::Whole(bytes) => bytes.len() as u64,
            Self::File(pieces) => pieces.missing(),
        })
    }
}
