//! Drafts kept across reloads.

use crate::browser::storage;
use formsmith_api::draft::Draft;
use formsmith_api::json;
use formsmith_api::model::{Model, Operation, Service};
use serde_json::Value;

/// What of a form outlives the page.
#[derive(Debug, Clone, PartialEq)]
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
    let kept = Kept::from_snapshot(&serde_json::from_str(&text).ok()?)?;
    let shape = kept.draft.node(kept.draft.root()).map(|root| &root.shape);
    (shape == operation.input.as_ref() && kept.draft.fits(model)).then_some(kept)
}

/// False if the browser keeps nothing.
pub fn write(service: &Service, operation: &Operation, kept: &Kept) -> bool {
    let text = json::compact(&kept.to_snapshot());
    storage::write(&key(service, operation), &text)
}

pub fn remove(service: &Service, operation: &Operation) {
    storage::remove(&key(service, operation));
}

impl Kept {
    fn to_snapshot(&self) -> Value {
        let json = self.json.as_deref().into();
        Value::Array(vec![self.draft.to_snapshot(), json])
    }

    fn from_snapshot(snapshot: &Value) -> Option<Self> {
        let [draft, json] = snapshot.as_array()?.as_slice() else {
            return None;
        };
        Some(Self {
            draft: Draft::from_snapshot(draft)?,
            json: json.as_str().map(str::to_owned),
        })
    }
}
