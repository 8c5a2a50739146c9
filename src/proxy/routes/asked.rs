//! What the console asks of the proxy itself, and only who has a session may.

use super::Inner;
use crate::audit::Line;
use crate::body::{Body, Bytes, Response};
use crate::config::Limits;
use crate::failure::Failure;
use crate::http::Method;
use crate::incoming;
use crate::limits;
use crate::team::person;
use hyper::http::request::Parts;

impl Inner {
    /// The body of a request that only who may agree to something may send, by a method that its
    /// address knows; or else the refusal.
    async fn trusted_body(
        &self,
        parts: &Parts,
        is_known: bool,
        body: Body,
        most: usize,
    ) -> Result<Bytes, Response> {
        let may_ask = match is_known {
            true => self.operations.may_agree(&self.config, parts),
            false => Err(Failure::method_not_allowed()),
        };
        if let Err(failure) = may_ask {
            return Err(self.refuse(failure, body).await);
        }
        let limits = Limits {
            request_bytes: most,
            ..self.config.limits
        };
        let body = incoming::body(body, &limits).await;
        body.map_err(Failure::into_response)
    }

    pub(super) async fn consents(&self, parts: &Parts, body: Body, line: &mut Line) -> Response {
        let operations = &self.operations;
        let person = person(parts);
        let id = parts.uri.path().strip_prefix("/api/consents/");
        let is_known = matches!(
            (&parts.method, id),
            (&Method::POST, _) | (&Method::DELETE, Some(_))
        );
        let read = self.trusted_body(parts, is_known, body, limits::CONSENT_BODY_BYTES);
        let body = match read.await {
            Ok(body) => body,
            Err(refusal) => return refusal,
        };
        let answered = match id {
            Some(id) if parts.method == Method::DELETE => operations.withdraw(id, person, line),
            Some(id) => operations.confirm(id, person, line).await,
            None => operations.propose(&body, person, line).await,
        };
        answered.unwrap_or_else(Failure::into_response)
    }

    pub(super) async fn explained(&self, parts: &Parts, asked: &str, body: Body) -> Response {
        let is_known = parts.method == Method::GET;
        match self.trusted_body(parts, is_known, body, 0).await {
            Ok(_) => {
                let answered = {
                    let person = person(parts).map(|person| &**person);
                    self.operations.explained(parts.uri.query(), asked, person)
                };
                answered.unwrap_or_else(Failure::into_response)
            }
            Err(refusal) => refusal,
        }
    }

    pub(super) async fn sign_in(&self, parts: &Parts, body: Body, line: &mut Line) -> Response {
        let id = parts.uri.path().strip_prefix("/api/sign-in/");
        let is_known = matches!(
            (&parts.method, id),
            (&Method::POST, _) | (&Method::GET | &Method::DELETE, Some(_))
        );
        let read = self.trusted_body(parts, is_known, body, limits::SIGN_IN_BODY_BYTES);
        let body = match read.await {
            Ok(body) => body,
            Err(refusal) => return refusal,
        };
        let answered = self.operations.sign_in(&parts.method, id, &body, line);
        answered.await.unwrap_or_else(Failure::into_response)
    }
}
