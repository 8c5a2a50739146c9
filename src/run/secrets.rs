//! What of a run is stored without its secrets.
//!
//! Only the copy that goes to the store lacks them: the run itself keeps what was typed and what
//! was answered for as long as the program runs.

use crate::attempt::Reading;
use crate::{Answer as Stored, Fact, OperationRef, Run};
use formsmith_api::class::Class;
use formsmith_api::file::hexadecimal;
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::json::compact;
use formsmith_api::model::{Binding, Model, Place, Shape, ShapeKind};
use formsmith_api::protocol::{self, Answer, ServiceError};
use formsmith_api::secret::{
    Secret, hole, is_hole, is_secret, looks_secret, may_hold_secret, may_look_secret, replaced,
    with_holes, withheld,
};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

impl OperationRef {
    /// Which parts of an answer are secret.
    #[must_use]
    pub fn secret_of_answer(self) -> Secret {
        match self.operation.class {
            Class::Secret | Class::Credentials => Secret::Whole,
            _ => Secret::Parts,
        }
    }

    pub(crate) fn error_shape(self, name: &str) -> Option<&'static Shape> {
        self.model.error(self.operation, name)
    }

    fn output(self) -> Option<Place<'static>> {
        self.model.root(self.operation.output.as_ref()?)
    }
}

impl Run {
    /// Has what was sent a secret in it, and is that still here?
    #[must_use]
    pub fn has_secrets(&self) -> bool {
        let held = withheld(self.op.model, self.op.operation, &self.input);
        held != self.input
    }

    /// Has an answer a secret in it, and is that still here?
    #[must_use]
    pub fn is_secret_answer(&self, answer: &Stored) -> bool {
        match answer {
            Stored::Whole { response, .. } => self.answer_without_secrets(response).is_some(),
            Stored::Redacted { .. } | Stored::Cut { .. } => false,
        }
    }

    /// The path of a request as it may be shown unasked.
    #[must_use]
    pub fn shown_path(&self, request: &HttpRequest) -> String {
        let shown = self
            .has_secrets()
            .then(|| self.op.shown_request(&self.input));
        let shown = shown.flatten().map(|shown| shown.path);
        shown.unwrap_or_else(|| request.path.clone())
    }

    /// A fact as it is stored.
    pub(crate) fn without_secrets(&self, fact: Fact) -> Fact {
        match fact {
            Fact::Begun {
                at_ms,
                service,
                operation,
                place,
                input,
                undoes,
                repeats,
            } => Fact::Begun {
                input: without_secrets(self.op, &self.id, &input),
                at_ms,
                service,
                operation,
                place,
                undoes,
                repeats,
            },
            Fact::Sending {
                attempt,
                at_ms,
                rows,
                tokens,
            } => Fact::Sending {
                tokens: match without_secrets(self.op, &self.id, &Value::Object(tokens)) {
                    Value::Object(tokens) => tokens,
                    _ => Map::new(),
                },
                attempt,
                at_ms,
                rows,
            },
            Fact::Seen { at_ms, output } => {
                let op = self.follow.as_ref().map_or(self.op, |follow| follow.op);
                let output = self.redacted(op.output(), &Value::Object(output), Secret::Parts);
                let output = output.as_object().cloned().unwrap_or_default();
                Fact::Seen { at_ms, output }
            }
            Fact::Looked {
                at_ms,
                judged,
                output,
            } => Fact::Looked {
                output: output.map(|output| {
                    let output = Value::Object(output);
                    let output = self.redacted(self.op.output(), &output, Secret::Parts);
                    output.as_object().cloned().unwrap_or_default()
                }),
                at_ms,
                judged,
            },
            Fact::Read(mut read) => {
                let place = self.place_of_items();
                let items = read.items.iter();
                let items = items.map(|item| self.redacted(place, item, Secret::Parts));
                read.items = items.collect();
                Fact::Read(read)
            }
            // An end is made for the store: `Run::ended`.
            Fact::Ended { .. }
            | Fact::Unsent { .. }
            | Fact::Stopped
            | Fact::FollowStopped
            | Fact::FollowResumed
            | Fact::WaitsFor(_)
            | Fact::WaitStopped
            | Fact::WaitResumed
            | Fact::Imported => fact,
        }
    }

    /// Where the items of a read stand in its output.
    fn place_of_items(&self) -> Option<Place<'static>> {
        let read_back = self.op.operation.traits.read_back.as_ref()?;
        let reading = self.op.service.operation(&read_back.operation)?;
        let mut place = self.op.beside(reading).output()?;
        for name in read_back.found.split('.') {
            place = self.op.model.place(place.shape.member(name)?)?;
            while let ShapeKind::List(item) = &place.shape.kind {
                place = self.op.model.place(item)?;
            }
        }
        Some(place)
    }

    /// Is an input the same as another, as far as that can be known? Of what is not stored the
    /// hashes are compared, which only inputs of one run have in common.
    pub(crate) fn is_same(&self, op: OperationRef, one: &Value, other: &Value) -> bool {
        let stored = |input| without_secrets(op, &self.id, input);
        one == other || stored(one) == stored(other)
    }

    /// What an answer says without the secrets in it; none where there are none.
    pub(crate) fn answer_without_secrets(
        &self,
        response: &HttpResponse,
    ) -> Option<(HttpResponse, Reading)> {
        let text = String::from_utf8_lossy(&response.body);
        if !self.may_answer_secrets(response, &text) {
            return None;
        }
        let op = self.op;
        let which = op.secret_of_answer();
        let read = protocol::response(op.model, op.service, op.operation, response);
        let is_told = self.tells(&text) || looks_secret(&text);
        let (redacted, shape) = match &read {
            Ok(Answer::Output(output)) => {
                let place = op.output();
                let redacted = self.redacted(place, &Value::Object(output.clone()), which);
                let redacted = redacted.as_object().cloned().unwrap_or_default();
                (Ok(Answer::Output(redacted)), place.map(|it| it.shape))
            }
            Ok(Answer::Error(error)) => {
                let name = error.name.as_deref().unwrap_or_default();
                let shape = op.error_shape(name);
                (Ok(Answer::Error(self.redacted_error(error, shape))), shape)
            }
            Err(why) => (Err(why.clone()), op.output().map(|it| it.shape)),
        };
        let lost = lost_members(&read, &redacted);
        let headers = response.headers.iter().filter(|(name, value)| {
            let is_bound = shape.is_some_and(|shape| is_bound(op.model, shape, which, &lost, name));
            !is_bound && !self.tells(value) && !looks_secret(value)
        });
        let headers: Vec<_> = headers.cloned().collect();
        // What can't be read may have anything in it that an answer can have.
        let may_have = || {
            let place = op.output();
            which == Secret::Whole || place.is_some_and(|it| may_hold_secret(op.model, it))
        };
        let has_some = is_told
            || redacted != read
            || headers != response.headers
            || (read.is_err() && may_have());
        has_some.then(|| {
            let response = HttpResponse {
                status: response.status,
                headers,
                body: Vec::new(),
                file: response.file.clone(),
            };
            (response, redacted)
        })
    }

    /// Most answers have no secrets, and of most that shows before they are read.
    fn may_answer_secrets(&self, response: &HttpResponse, body: &str) -> bool {
        let op = self.op;
        let errors = op.operation.errors.iter();
        let mut outputs = errors.chain(&op.operation.output);
        op.secret_of_answer() == Secret::Whole
            || !self.secrets.is_empty()
            || may_look_secret(body)
            || response.headers.iter().any(|(_, it)| may_look_secret(it))
            || outputs.any(|id| {
                let place = op.model.root(id);
                place.is_none_or(|place| may_hold_secret(op.model, place))
            })
    }

    /// A value of an answer with holes in it.
    fn redacted(&self, place: Option<Place<'_>>, value: &Value, which: Secret) -> Value {
        let value = with_holes(self.op.model, place, value, which);
        match self.secrets.is_empty() {
            true => value,
            false => self.without_told(value, hole("")),
        }
    }

    fn redacted_error(&self, error: &ServiceError, shape: Option<&'static Shape>) -> ServiceError {
        let place = shape.map(|shape| Place {
            member: None,
            shape,
        });
        let members = Value::Object(error.members.clone());
        let members = self.redacted(place, &members, Secret::Parts);
        ServiceError {
            message: error
                .message
                .as_deref()
                .map(|message| self.redacted_message(shape, message)),
            members: members.as_object().cloned().unwrap_or_default(),
            ..error.clone()
        }
    }
}

/// An input with salted hashes in the place of its secrets. The salt is no secret: it keeps equal
/// secrets of different runs from being told for equal.
fn without_secrets(op: OperationRef, salt: &str, input: &Value) -> Value {
    let root = op.model.input(op.operation);
    replaced(op.model, root, input, Secret::Parts, &mut |part| {
        if is_hole(part.value) {
            return part.value.clone();
        }
        let hash = Sha256::new()
            .chain_update(salt)
            .chain_update([0])
            .chain_update(compact(part.value));
        hole(&hexadecimal(&hash.finalize()))
    })
}

/// The members that are other than they were: something in them was secret.
fn lost_members<'a>(read: &'a Reading, redacted: &Reading) -> Vec<&'a str> {
    fn members(reading: &Reading) -> Option<&Map<String, Value>> {
        match reading {
            Ok(Answer::Output(output)) => Some(output),
            Ok(Answer::Error(error)) => Some(&error.members),
            Err(_) => None,
        }
    }
    let now = members(redacted);
    let all = members(read).into_iter().flatten();
    let lost = all.filter(|(name, value)| now.and_then(|it| it.get(*name)) != Some(value));
    lost.map(|(name, _)| name.as_str()).collect()
}

/// Does a header carry a member that is secret?
fn is_bound(
    model: &Model,
    shape: &'static Shape,
    which: Secret,
    lost: &[&str],
    name: &str,
) -> bool {
    shape.members().iter().any(|member| {
        let place = model.place(member);
        let is_its = match &member.traits.wire.binding {
            Binding::Header(own) => own.eq_ignore_ascii_case(name),
            Binding::PrefixHeaders(prefix) => {
                let start = name.get(..prefix.len());
                start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
            }
            _ => false,
        };
        is_its
            && (which == Secret::Whole
                || lost.contains(&member.name.as_str())
                || place.is_some_and(|it| is_secret(model, it)))
    })
}
