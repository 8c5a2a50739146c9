//! What every emulated service has: a store, a table of handlers and its own way to refuse a
//! request that breaks the model.

use crate::Call;
use crate::answer::{Answer, ServiceError};
use crate::constraint::Broken;
use crate::input::Input;
use crate::state::{self, State};
use serde_json::Value;

/// Answers one operation. The input has kept to the model when it gets here.
pub type Handler<S> = fn(&mut S, Input<'_>, &Call) -> Result<Answer, ServiceError>;

/// The state of a service with the handlers that read and change it.
pub struct ServiceEmulation<S: 'static> {
    pub service_name: &'static str,
    pub store: S,
    /// Operation names and what answers them.
    pub handlers: &'static [(&'static str, Handler<S>)],
    /// The error for an input that breaks these constraints.
    pub refuse: fn(&[Broken]) -> ServiceError,
}

pub trait Emulation: Send {
    fn service_name(&self) -> &'static str;

    /// How many operations it answers.
    fn count(&self) -> usize;

    fn emulates(&self, operation: &str) -> bool;

    /// `None` when the operation isn't emulated.
    fn answer(
        &mut self,
        operation: &str,
        input: Input<'_>,
        call: &Call,
    ) -> Option<Result<Answer, ServiceError>>;

    fn refuse(&self, broken: &[Broken]) -> ServiceError;

    /// The keys of what was done since they were last taken.
    fn take_effects(&mut self) -> Vec<Vec<String>>;

    fn save(&self) -> Value;

    /// The same service in the state that was saved so, or why there can't be one.
    fn load(&self, saved: &Value) -> Result<Box<dyn Emulation>, String>;
}

impl<S: State> ServiceEmulation<S> {
    fn handler(&self, operation: &str) -> Option<Handler<S>> {
        let row = self.handlers.iter().find(|(name, _)| *name == operation)?;
        Some(row.1)
    }
}

impl<S: State> Emulation for ServiceEmulation<S> {
    fn service_name(&self) -> &'static str {
        self.service_name
    }

    fn count(&self) -> usize {
        self.handlers.len()
    }

    fn emulates(&self, operation: &str) -> bool {
        self.handler(operation).is_some()
    }

    fn answer(
        &mut self,
        operation: &str,
        input: Input<'_>,
        call: &Call,
    ) -> Option<Result<Answer, ServiceError>> {
        let handler = self.handler(operation)?;
        Some(handler(&mut self.store, input, call))
    }

    fn refuse(&self, broken: &[Broken]) -> ServiceError {
        (self.refuse)(broken)
    }

    fn take_effects(&mut self) -> Vec<Vec<String>> {
        self.store.effects().take()
    }

    fn save(&self) -> Value {
        serde_json::to_value(&self.store).unwrap_or_default()
    }

    fn load(&self, saved: &Value) -> Result<Box<dyn Emulation>, String> {
        let store: S = state::read(saved)?;
        store.check()?;
        Ok(Box::new(Self { store, ..*self }))
    }
}
