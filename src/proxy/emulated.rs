//! The sandbox behind the proxy: its answers, and what is to happen to them on their way.

use crate::body::{Body, Bytes, Response};
use crate::config::Limits;
use crate::credentials::Credentials;
use crate::failure::Failure;
use crate::http::header::CONTENT_LENGTH;
use crate::http::{HeaderName, HeaderValue, StatusCode};
use crate::limits;
use crate::unanswered::{self, Broken};
use crate::verify::verify;
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::model::Model;
use formsmith_sandbox::{Asked, Call, Delivery, Reply, Sandbox, Signature};
use http_body_util::channel::Channel;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::sleep;
use uuid::Uuid;

/// What stands for a service's host in what is told of it.
const NAME: &str = "sandbox";

/// Marks an answer that must not reach its client: the connection ends instead.
#[derive(Debug, Clone, Copy)]
pub struct Abandoned;

pub struct Emulated {
    sandbox: Mutex<Sandbox>,
    /// Signatures are checked if there are any.
    credentials: Option<Credentials>,
}

impl Emulated {
    pub fn new(model: Arc<Model>, credentials: Option<Credentials>) -> Self {
        Self {
            sandbox: Mutex::new(Sandbox::new(model)),
            credentials,
        }
    }

    /// Answers the console, whose requests are not signed. An answer that doesn't arrive whole is
    /// told of as if a service's had not.
    pub async fn answer(
        &self,
        request: &HttpRequest,
        asked: Asked,
        limits: &Limits,
    ) -> Result<Response, Failure> {
        let reply = self.ask(request, Signature::NotChecked, Some(asked)).await;
        let status = StatusCode::from_u16(reply.response.status).unwrap_or_default();
        match reply.delivery {
            Delivery::Whole => Ok(into_response(reply.response)),
            Delivery::CutOff => Err(unanswered::no_end(NAME, status, &Broken::CutOff, limits)),
            Delivery::Lost => Err(unanswered::reset(NAME)),
            Delivery::Never => {
                sleep(limits.first_byte).await;
                Err(unanswered::no_first_byte(NAME, limits))
            }
        }
    }

    /// Answers any client; `sent` is the request just as it came, `request` without the prefix of
    /// its path, `service` the signing name of the service it asks.
    pub async fn answer_signed(
        &self,
        sent: &HttpRequest,
        request: &HttpRequest,
        service: Option<&str>,
    ) -> Response {
        let is_own = request.path.starts_with("/_");
        let signature = match &self.credentials {
            Some(credentials) if !is_own => verify(sent, service, credentials, SystemTime::now()),
            _ => Signature::NotChecked,
        };
        let reply = self.ask(request, signature, None).await;
        match reply.delivery {
            Delivery::Whole => into_response(reply.response),
            // Of nothing there is no half.
            Delivery::CutOff if reply.response.body.is_empty() => abandoned(),
            Delivery::CutOff => cut_off(reply.response),
            Delivery::Lost => abandoned(),
            Delivery::Never => {
                sleep(limits::SANDBOX_WAIT_TIME).await;
                abandoned()
            }
        }
    }

    /// The reply, once its delay is over.
    async fn ask(
        &self,
        request: &HttpRequest,
        signature: Signature,
        asked: Option<Asked>,
    ) -> Reply {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let call = Call {
            now_ms: now.map_or(0, |now| u64::try_from(now.as_millis()).unwrap_or(u64::MAX)),
            request_id: Uuid::new_v4().to_string(),
            signature,
            asked,
        };
        let reply = {
            let mut sandbox = self.sandbox.lock().unwrap_or_else(PoisonError::into_inner);
            sandbox.handle(request, &call)
        };
        sleep(Duration::from_millis(reply.delay_ms).min(limits::SANDBOX_WAIT_TIME)).await;
        reply
    }
}

/// The length of the whole body, and half of it.
fn cut_off(answer: HttpResponse) -> Response {
    let body = Bytes::from(answer.body);
    let length = HeaderValue::from(body.len());
    let mut response = into_response(HttpResponse {
        body: Vec::new(),
        ..answer
    });
    let (mut sender, half) = Channel::<Bytes, io::Error>::new(1);
    tokio::spawn(async move {
        // A client that has gone needs no more.
        let _ = sender.send_data(body.slice(..body.len() / 2)).await;
        sender.abort(io::ErrorKind::UnexpectedEof.into());
    });
    *response.body_mut() = Body::new(half);
    response.headers_mut().insert(CONTENT_LENGTH, length);
    response
}

fn abandoned() -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Abandoned);
    response
}

fn into_response(answer: HttpResponse) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in answer.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}
