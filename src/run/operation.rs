//! An operation together with its service and model.

use formsmith_api::class::Class;
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::model::{Model, Operation, Service};
use formsmith_api::outcome::{self, Outcome};
use formsmith_api::protocol::{self, NotSendable};
use formsmith_api::secret::{has_hole, with_placeholders};
use serde_json::Value;
use std::fmt;

/// Models live as long as the program.
#[derive(Clone, Copy)]
pub struct OperationRef {
    pub model: &'static Model,
    pub service: &'static Service,
    pub operation: &'static Operation,
}

impl fmt::Debug for OperationRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operation.name())
    }
}

impl PartialEq for OperationRef {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.operation, other.operation)
    }
}

impl OperationRef {
    /// `service` is its endpoint prefix.
    #[must_use]
    pub fn find(model: &'static Model, service: &str, operation: &str) -> Option<Self> {
        let service = model.service(service)?;
        let operation = service.operation(operation)?;
        Some(Self {
            model,
            service,
            operation,
        })
    }

    /// Another operation of the same service.
    #[must_use]
    pub fn beside(self, operation: &'static Operation) -> Self {
        Self { operation, ..self }
    }

    /// A value that is not stored can't be sent: nothing takes its place.
    pub fn request(self, input: &Value) -> Result<HttpRequest, NotSendable> {
        if has_hole(input) {
            return Err(NotSendable {
                what: "a secret of the input is not stored".into(),
            });
        }
        let request = protocol::request(self.model, self.service, self.operation, input)?;
        match stays(&request.path) {
            true => Ok(request),
            false => Err(NotSendable {
                what: format!("a browser would change the path {}", request.path),
            }),
        }
    }

    /// The request as it may be shown: words stand for secrets, and for what is not stored of them.
    /// It is never sent.
    #[must_use]
    pub fn shown_request(self, input: &Value) -> Option<HttpRequest> {
        let shown = with_placeholders(self.model, self.operation, input);
        let request = self.request(&shown);
        if shown == *input {
            return request.ok();
        }
        // A word may not fit where the secret stood.
        let http = self.operation.traits.http.as_ref();
        let bare = || HttpRequest {
            host_prefix: String::new(),
            method: http.map_or("POST", |http| &http.method).to_owned(),
            path: http.map_or("/", |http| &http.uri).to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
            file: None,
        };
        Some(request.unwrap_or_else(|_| bare()))
    }

    #[must_use]
    pub fn outcome(self, input: &Value, response: &HttpResponse) -> Outcome {
        outcome::outcome(self.model, self.service, self.operation, input, response)
    }

    /// Does it need the person's consent where it changes real resources?
    #[must_use]
    pub fn is_readonly(self) -> bool {
        self.operation.class == Class::Read
    }

    /// The names of the idempotency tokens at the top level of its input.
    pub fn tokens(self) -> impl Iterator<Item = &'static str> {
        let shape = self.operation.input.as_ref();
        let shape = shape.and_then(|id| self.model.shape(id));
        let members = shape.map(|shape| shape.members()).unwrap_or_default();
        let tokens = members.iter().filter(|it| it.traits.idempotency_token);
        tokens.map(|member| member.name.as_str())
    }
}

/// Does a browser send the path, with its query, as it is? It resolves `.` and `..`, also where they
/// are written with percent signs, takes a backslash for a slash, and leaves some characters out: what
/// is sent would be another request than the one that is shown, and could be for another service.
fn stays(path: &str) -> bool {
    let is_kept = |byte: u8| byte.is_ascii_graphic() && !b"\"#<>\\^`{|}".contains(&byte);
    let segments = path.split('?').next().unwrap_or_default();
    let is_dots = |segment: &str| {
        let segment = segment.to_ascii_lowercase().replace("%2e", ".");
        segment == "." || segment == ".."
    };
    path.starts_with('/') && path.bytes().all(is_kept) && !segments.split('/').any(is_dots)
}

#[cfg(test)]
mod tests {
    use super::stays;

    #[test]
    fn what_a_browser_would_change_is_not_sent() {
        let kept = [
            "/",
            "/a.b/..c/...",
            "/a?b=../c",
            "/%2F/%2e%2e%2e",
            "/2015-03-31/:x;y=(z)'*@",
        ];
        for path in kept {
            assert!(stays(path), "{path}");
        }
        let changed = [
            "",
            "a",
            "/..",
            "/a/../b",
            "/./a",
            "/a/.?b",
            "/%2e%2E/a",
            "/.%2e",
            "/..\\a",
            "/a#b",
            "/a b",
            "/a\tb",
            "/.\n./b",
            "/ä",
            "/a?b=<c>",
        ];
        for path in changed {
            assert!(!stays(path), "{path}");
        }
    }
}
