//! What the service says of single members of the input that was sent.

use super::{Form, Run, naming};
use formsmith_api::draft::NodeId;
use formsmith_api::outcome::{Outcome, member_errors};
use leptos::prelude::*;
use serde_json::Value;

#[derive(Debug, Clone, PartialEq)]
pub struct Complaint {
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

impl Form {
    /// Brings home what the last answer of a run complains about. A form that holds another
    /// input by now has no fields for that.
    pub(super) fn bring_home(self, run: &Run) {
        let is_as_sent = untrack(move || self.input()) == run.input;
        let last = run.last().and_then(|attempt| match &attempt.result {
            Ok((_, Outcome::Error(error))) => Some((attempt, error)),
            _ => None,
        });
        let complaints = last.into_iter().flat_map(|(attempt, error)| {
            let batch = self.operation.traits.batch.as_ref();
            let errors = member_errors(self.model, self.operation, error).into_iter();
            errors.map(move |error| match batch {
                Some(batch) => error.of_rows(&batch.entries, &attempt.rows),
                None => error,
            })
        });
        let complaints = complaints.map(|error| {
            let node = self.peek(|draft| {
                let node = draft.node_at(&error.path);
                (is_as_sent && node != draft.root()).then_some(node)
            });
            Complaint {
                message: error.message,
                path: error.path.to_string(),
                node,
                place: self.place_of(node),
                sent: node.map(|node| self.value_of(node)),
            }
        });
        self.complaints.set(complaints.collect());
    }

    /// After an edit: a field that was edited is no longer what the service complains about,
    /// and one that is gone has no place.
    pub(super) fn settle_complaints(self) {
        let before = self.complaints.get_untracked();
        let settled = |mut complaint: Complaint| {
            let is_there = |node: &NodeId| self.peek(|draft| draft.node(*node).is_some());
            complaint.node = complaint.node.filter(is_there);
            let value = complaint.node.map(|node| self.value_of(node));
            complaint.sent = complaint.sent.filter(|sent| Some(sent) == value.as_ref());
            complaint.place = self.place_of(complaint.node);
            complaint
        };
        let now: Vec<Complaint> = before.iter().cloned().map(settled).collect();
        if now != before {
            self.complaints.set(now);
        }
    }

    /// Another draft has taken the place of the one that was sent.
    pub(super) fn unhome_complaints(self) {
        self.complaints.update(|complaints| {
            for complaint in complaints {
                complaint.node = None;
                complaint.sent = None;
            }
        });
    }

    fn place_of(self, node: Option<NodeId>) -> Vec<String> {
        node.map(|node| naming::place(self, node))
            .unwrap_or_default()
    }

    fn value_of(self, node: NodeId) -> Value {
        self.peek(|draft| draft.to_json(self.model, node))
    }

    pub fn complaints(self) -> Vec<Complaint> {
        self.complaints.get()
    }

    /// What the service says of what stands in a field.
    pub fn complaint(self, node: NodeId) -> Option<String> {
        self.complaints.with(|complaints| {
            let here = complaints.iter();
            let here = here.filter(|it| it.node == Some(node) && it.sent.is_some());
            let messages: Vec<&str> = here.map(|it| it.message.as_str()).collect();
            (!messages.is_empty()).then(|| messages.join("; "))
        })
    }

    /// Moves to the control of a node, or to the first within it.
    pub fn go_to_node(self, node: NodeId) {
        self.go_to(naming::way_to(self, node));
    }
}
