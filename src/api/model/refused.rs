//! Operations that can't be sent, or whose answers can't be read, whatever their input.

use super::{Lacking, Model, Operation, Service, ShapeId, ShapeKind, Stops, Unsupported};
use std::collections::HashSet;

/// What [`Unsupported::what`] says of an operation with a stream of events.
const EVENT_STREAM: &str = "a stream of events";

impl Model {
    /// Lists the operations with streams of events, with the member that has the stream.
    pub(super) fn refuse(&mut self, service: &Service) {
        for operation in &service.operations {
            for (id, stops) in [
                (&operation.input, Stops::Writing),
                (&operation.output, Stops::Reading),
            ] {
                let member = id.as_ref().and_then(|id| self.event_stream(id));
                if let Some(at) = member.map(str::to_owned) {
                    self.refuse_operation(operation, Some(&at), EVENT_STREAM, stops);
                }
            }
        }
    }

    /// Lists an operation for something that its service or one of its members asks for.
    pub(super) fn refuse_operation(
        &mut self,
        operation: &Operation,
        member: Option<&str>,
        what: &str,
        stops: Stops,
    ) {
        let at = match member {
            Some(member) => format!("{}${member}", operation.id),
            None => operation.id.as_str().to_owned(),
        };
        self.unsupported.push(Unsupported {
            at,
            what: what.to_owned(),
            kind: Lacking::Way,
            stops: Some(stops),
        });
    }

    fn event_stream(&self, id: &ShapeId) -> Option<&str> {
        let members = self.shape(id)?.members().iter();
        let mut streams = members.filter(|member| {
            let target = self.shape(&member.target);
            target.is_some_and(|shape| shape.traits.wire.event_stream)
        });
        Some(streams.next()?.name.as_str())
    }

    /// What of the model is not done for an operation: of itself, and of all shapes that its input,
    /// output and errors lead to.
    pub fn unsupported_of<'a>(&'a self, operation: &'a Operation) -> Vec<&'a Unsupported> {
        let shapes = operation.input.iter().chain(&operation.output);
        let mut pending: Vec<&ShapeId> = shapes.chain(&operation.errors).collect();
        let mut reached = HashSet::from([operation.id.as_str()]);
        while let Some(id) = pending.pop() {
            let Some(shape) = self.shape(id).filter(|_| reached.insert(id.as_str())) else {
                continue;
            };
            match &shape.kind {
                ShapeKind::Structure(members) | ShapeKind::Union(members) => {
                    pending.extend(members.iter().map(|member| &member.target));
                }
                ShapeKind::List(member) => pending.push(&member.target),
                ShapeKind::Map { key, value } => pending.extend([&key.target, &value.target]),
                _ => {}
            }
        }
        let is_its = |it: &&Unsupported| {
            it.at
                .split('$')
                .next()
                .is_some_and(|id| reached.contains(id))
        };
        self.unsupported.iter().filter(is_its).collect()
    }

    /// Why an operation can't be sent, whatever its input.
    pub fn refusal<'a>(&'a self, operation: &'a Operation) -> Option<&'a Unsupported> {
        self.refusals(operation).next()
    }

    /// Everything for which it can't.
    pub fn refusals<'a>(
        &'a self,
        operation: &'a Operation,
    ) -> impl Iterator<Item = &'a Unsupported> {
        let ids = [Some(&operation.id), operation.input.as_ref()];
        self.unsupported.iter().filter(move |it| {
            let shape = it.at.split('$').next();
            let is_its = ids
                .into_iter()
                .flatten()
                .any(|id| Some(id.as_str()) == shape);
            it.stops.is_some() && is_its
        })
    }
}
