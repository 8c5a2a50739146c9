//! The body of a request that came in, or of an answer that goes out.

use crate::http::HeaderValue;
use crate::http::header::CONTENT_TYPE;
use crate::incoming::RequestBody;
use bytes::Buf;
use http_body_util::BodyExt;
use http_body_util::combinators::UnsyncBoxBody;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use serde_json::Value;
use std::error::Error;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

pub use bytes::Bytes;

pub type BoxError = Box<dyn Error + Send + Sync>;
pub type Request = hyper::Request<Body>;
pub type Response = hyper::Response<Body>;

/// Most bodies are bytes at hand or come straight from a client; only the others are boxed.
#[derive(Debug)]
pub enum Body {
    Whole(Bytes),
    /// Of a request.
    Request(RequestBody),
    Boxed(UnsyncBoxBody<Bytes, BoxError>),
}

impl Body {
    pub fn new<B>(body: B) -> Self
    where
        B: HttpBody<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
    {
        Self::Boxed(body.map_err(Into::into).boxed_unsync())
    }

    pub fn empty() -> Self {
        Self::Whole(Bytes::new())
    }
}

/// An answer of the proxy's own.
pub fn json(value: &Value) -> Response {
    let mut response = Response::new(value.to_string().into());
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self::Whole(bytes.into())
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match self.get_mut() {
            Self::Whole(bytes) => {
                let bytes = mem::take(bytes);
                Poll::Ready(bytes.has_remaining().then(|| Ok(Frame::data(bytes))))
            }
            Self::Request(body) => Pin::new(body).poll_frame(context),
            Self::Boxed(body) => Pin::new(body).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Whole(bytes) => bytes.is_empty(),
            Self::Request(body) => body.is_end_stream(),
            Self::Boxed(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Self::Request(body) => body.size_hint(),
            Self::Boxed(body) => body.size_hint(),
        }
    }
}
