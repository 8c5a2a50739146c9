//! What the service says of single members of the input that was sent.

use super::{Form, field_labels};
use formsmith_api::draft::NodeId;
use formsmith_api::outcome::{Outcome, member_errors, of_named_value};
use formsmith_run::Run;
use leptos::prelude::*;
use serde_json::Value;

#[derive(Debug, Clone, PartialEq)]
pub struct ServiceFieldError {
    pub message: String,
    /// Where it is in the input as JSON.
    pub path: String,
    /// The field it is about; none where the form no longer holds what was sent.
    pub node: Option<NodeId>,
    /// Where the field is now, from the outside in.
    pub place: Vec<String>,
    /// What was sent there; none from the first edit on.
    sent: Option<Value>,
}

/// What the last answer said of single members.
#[derive(Clone, Copy)]
pub(super) struct ServiceFieldErrors {
    all: RwSignal<Vec<ServiceFieldError>>,
}

impl ServiceFieldErrors {
    pub fn new() -> Self {
        Self {
            all: RwSignal::new(Vec::new()),
        }
    }

    pub fn forget(self) {
        self.all.set(Vec::new());
    }
}

impl Form {
    /// Places what the last answer of a run says of single members at their fields. A form that
    /// holds another input by now has no fields for that.
    pub(super) fn place_field_errors(self, run: &Run) {
        let is_as_sent = untrack(move || self.input()) == run.input;
        let last = run.last().and_then(|attempt| match attempt.outcome()? {
            Outcome::Error(error) => Some((attempt, error)),
            _ => None,
        });
        let field_errors = last.into_iter().flat_map(|(attempt, error)| {
            let batch = self.operation.traits.batch.as_ref();
            let (model, operation) = (self.model, self.operation);
            let errors = member_errors(model, operation, error).into_iter();
            let errors = errors.map(|of_member| match batch {
                Some(batch) => of_member.of_rows(&batch.entries, &attempt.rows),
                None => of_member,
            });
            let mut errors: Vec<_> = errors.collect();
            if errors.is_empty() {
                errors.extend(of_named_value(model, operation, &run.input, error));
            }
            for of_member in &mut errors {
                // The field itself can reveal the value.
                of_member.message = run.masked_message(error, &of_member.message);
            }
            errors
        });
        let field_errors = field_errors.map(|error| {
            let node = self.peek(|draft| {
                let node = draft.node_at(&error.path);
                (is_as_sent && node != draft.root()).then_some(node)
            });
            ServiceFieldError {
                message: error.message,
                path: error.path.to_string(),
                node,
                place: self.place_of(node),
                sent: node.map(|node| self.value_of(node)),
            }
        });
        self.field_errors.all.set(field_errors.collect());
    }

    /// After an edit: a field that was edited is no longer what the service complains about,
    /// and one that is gone has no place.
    pub(super) fn settle_field_errors(self) {
        let before = self.field_errors.all.get_untracked();
        let settled = |mut field_error: ServiceFieldError| {
            let is_there = |node: &NodeId| self.peek(|draft| draft.node(*node).is_some());
            field_error.node = field_error.node.filter(is_there);
            let value = field_error.node.map(|node| self.value_of(node));
            field_error.sent = field_error.sent.filter(|sent| Some(sent) == value.as_ref());
            field_error.place = self.place_of(field_error.node);
            field_error
        };
        let now: Vec<ServiceFieldError> = before.iter().cloned().map(settled).collect();
        if now != before {
            self.field_errors.all.set(now);
        }
    }

    /// Another draft has taken the place of the one that was sent.
    pub(super) fn clear_field_errors(self) {
        self.field_errors.all.update(|field_errors| {
            for field_error in field_errors {
                field_error.node = None;
                field_error.sent = None;
            }
        });
    }

    fn place_of(self, node: Option<NodeId>) -> Vec<String> {
        node.map(|node| field_labels::place(self, node))
            .unwrap_or_default()
    }

    fn value_of(self, node: NodeId) -> Value {
        self.peek(|draft| draft.to_json(self.model, node))
    }

    pub fn field_errors(self) -> Vec<ServiceFieldError> {
        self.field_errors.all.get()
    }

    /// What the service says of what stands in a field.
    pub fn field_error(self, node: NodeId) -> Option<String> {
        self.field_errors.all.with(|field_errors| {
            let here = field_errors.iter();
            let here = here.filter(|it| it.node == Some(node) && it.sent.is_some());
            let messages: Vec<&str> = here.map(|it| it.message.as_str()).collect();
            (!messages.is_empty()).then(|| messages.join("; "))
        })
    }

    /// Moves to the control of a node, or to the first within it.
    pub fn go_to_node(self, node: NodeId) {
        self.go_to(field_labels::way_to(self, node));
    }
}
