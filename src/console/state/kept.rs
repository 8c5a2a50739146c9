//! Drafts kept across reloads.

use crate::browser::storage;
use formsmith_api::draft::Draft;
use formsmith_api::model::{Model, Operation, Service};
use serde::{Deserialize, Serialize};

/// What of a form outlives the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    pub draft: Draft,
    /// Text of the JSON view that isn't an input yet.
    pub json: Option<String>,
}

/// Changes when a kept draft of the version before can no longer be read.
const VERSION: u32 = 1;

fn key(service: &Service, operation: &Operation) -> String {
    let (service, operation) = (&service.endpoint_prefix, operation.name());
    format!("formsmith.draft.{VERSION}.{service}.{operation}")
}

/// The kept form, unless the model has changed so that it no longer fits.
pub fn read(model: &Model, service: &Service, operation: &Operation) -> Option<Kept> {
    let text = storage::read(&key(service, operation))?;
    let kept: Kept = serde_json::from_str(&text).ok()?;
    let shape = kept.draft.node(kept.draft.root()).map(|root| &root.shape);
    (shape == operation.input.as_ref() && kept.draft.fits(model)).then_some(kept)
}

/// False if the browser keeps nothing.
pub fn write(service: &Service, operation: &Operation, kept: &Kept) -> bool {
    serde_json::to_string(kept).is_ok_and(|text| storage::write(&key(service, operation), &text))
}

pub fn remove(service: &Service, operation: &Operation) {
    storage::remove(&key(service, operation));
}
