//! What a machine asks for while it takes in an event.

use crate::{Effect, Notification, OperationRef, Refusal};

/// What is asked for, in order.
#[derive(Debug, Default)]
pub(crate) struct Effects(pub Vec<Effect>);

impl Effects {
    pub fn push(&mut self, effect: Effect) {
        self.0.push(effect);
    }

    pub fn notify(&mut self, notification: Notification) {
        self.push(Effect::Notify(notification));
    }

    pub fn refuse(&mut self, op: OperationRef, why: Refusal) {
        self.push(Effect::Refuse { op, why });
    }
}
