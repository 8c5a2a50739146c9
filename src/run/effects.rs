//! What a machine asks for while it takes in an event.

use crate::{Effect, Notification, OperationRef, Place, ReadFailure, Refusal};
use serde_json::Value;

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

    /// Asks what only reads; the answer is known by the number of the read.
    pub fn read(
        &mut self,
        run: &str,
        read: u32,
        op: OperationRef,
        place: Place,
        input: &Value,
    ) -> Result<(), ReadFailure> {
        let http = op.request(input);
        let http = http.map_err(|error| ReadFailure::NotSendable(error.what))?;
        self.push(Effect::Read {
            run: run.to_owned(),
            read,
            op,
            place,
            http,
        });
        Ok(())
    }

    pub fn refuse(&mut self, op: OperationRef, why: Refusal) {
        self.push(Effect::Refuse { op, why });
    }
}
