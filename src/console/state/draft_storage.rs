//! Drafts stored across reloads.

use super::token::Sent;
use super::{Form, GO_ON, Notice, Replacement};
use crate::browser::{clock, focus, storage};
use crate::watch::{listen, watch};
use formsmith_api::draft::Draft;
use formsmith_api::json;
use formsmith_api::model::{Model, Operation, Service};
use formsmith_api::secret;
use leptos::prelude::*;
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use web_sys::Event;

/// What of a form outlives the page.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredDraft {
    pub draft: Draft,
    /// Text of the JSON view that isn't an input yet.
    pub json: Option<String>,
    /// The input that was sent last, whose tokens are spent on it.
    pub sent: Option<Sent>,
}

#[derive(Clone, Copy)]
pub(super) struct DraftStorage {
    /// Has another tab stored another draft since this one was stored?
    is_changed_elsewhere: StoredValue<bool>,
}

impl DraftStorage {
    pub fn new() -> Self {
        Self {
            is_changed_elsewhere: StoredValue::new(false),
        }
    }
}

/// Changes when a stored draft of the version before can no longer be read.
const VERSION: u32 = 1;

/// Changes are written together once none has come for so long, so that no key waits for the storage.
const PAUSE_MS: f64 = 250.0;

/// Or so many times as long as writing took last, so that a very large input is typed into smoothly.
const PATIENCE: f64 = 50.0;

/// Whoever types without a pause loses no more than this when the browser crashes.
const LATEST_MS: f64 = 2_000.0;

/// When what isn't written yet was changed.
#[derive(Clone, Copy)]
struct Unwritten {
    first_ms: f64,
    last_ms: f64,
}

fn key(service: &Service, operation: &Operation) -> String {
    let (service, operation) = (&service.name, operation.name());
    format!("{}{service}.{operation}", prefix())
}

fn prefix() -> String {
    format!("formsmith.draft.{VERSION}.")
}

/// The operations that have a draft, each with its service, in no particular order.
pub fn drafted() -> Vec<(String, String)> {
    let prefix = prefix();
    let keys = storage::keys(&prefix).into_iter();
    let named = keys.filter_map(|key| {
        let (service, operation) = key.strip_prefix(&prefix)?.rsplit_once('.')?;
        Some((service.to_owned(), operation.to_owned()))
    });
    named.collect()
}

/// The stored form, unless the model has changed so that it no longer fits.
pub fn read(model: &Model, service: &Service, operation: &Operation) -> Option<StoredDraft> {
    let text = storage::read(&key(service, operation))?;
    let stored = StoredDraft::from_snapshot(&serde_json::from_str(&text).ok()?)?;
    let input = model.input(operation).map(|place| &place.shape.id);
    let shape = stored
        .draft
        .node(stored.draft.root())
        .map(|root| &root.shape);
    (shape == input && stored.draft.fits(model)).then_some(stored)
}

/// False if the browser keeps nothing.
fn write(form: Form, stored: &StoredDraft) -> bool {
    let text = json::compact(&stored.to_snapshot(form.model, form.operation));
    storage::write(&key(form.service, form.operation), &text)
}

impl Form {
    /// Writes the form without waiting for a change.
    pub(super) fn store_draft(self) {
        if self.storage.is_changed_elsewhere.get_value() {
            // Nothing is overwritten before the person has chosen.
            return;
        }
        // What can't be stored is shown with the next change.
        write(self, &untrack(move || self.stored_draft()));
    }

    /// Keeps writing the form to the browser's storage, soon after it changes and at the latest
    /// when the page is left.
    pub(super) fn store_draft_on_change(self) {
        let mut before = untrack(move || self.stored_draft());
        let mut told = false;
        let unwritten = Rc::new(Cell::new(None::<Unwritten>));
        let due = unwritten.clone();
        let pause_ms = Rc::new(Cell::new(PAUSE_MS));
        let next = pause_ms.clone();
        let store = move || {
            if due.take().is_none() {
                return;
            }
            let began_ms = clock::now_ms();
            let now = untrack(move || self.stored_draft());
            if now == before {
                return;
            }
            if self.storage.is_changed_elsewhere.get_value() {
                // Nothing is overwritten before the person has chosen.
                self.set_notice(Some(Notice::ChangedElsewhere));
                return;
            }
            let lost = !write(self, &now);
            next.set(PAUSE_MS.max((clock::now_ms() - began_ms) * PATIENCE));
            // Said once, where it takes no other notice's place.
            if lost && !told && untrack(move || self.notice()).is_none() {
                self.set_notice(Some(Notice::DraftNotStored));
                told = true;
            }
            before = now;
        };
        let store: Rc<RefCell<dyn FnMut()>> = Rc::new(RefCell::new(store));
        let at_end = store.clone();
        listen(&window(), "pagehide", move |_: Event| at_end.borrow_mut()());
        let own_key = key(self.service, self.operation);
        storage::on_change(move |key| {
            if key.as_ref() == Some(&own_key) {
                let other = read(self.model, self.service, self.operation);
                let as_stored = |it: StoredDraft| it.to_snapshot(self.model, self.operation);
                let own = as_stored(untrack(move || self.stored_draft()));
                let is_other = other.is_some_and(|other| as_stored(other) != own);
                self.storage.is_changed_elsewhere.set_value(is_other);
            }
        });
        watch(move || {
            self.draft.track();
            self.views.track_json();
            let now_ms = clock::now_ms();
            let first_ms = unwritten.get().map(|it| it.first_ms);
            unwritten.set(Some(Unwritten {
                first_ms: first_ms.unwrap_or(now_ms),
                last_ms: now_ms,
            }));
            if first_ms.is_none() {
                let pause_ms = pause_ms.clone();
                store_after(
                    pause_ms.get().min(LATEST_MS),
                    unwritten.clone(),
                    pause_ms,
                    store.clone(),
                );
            }
        });
    }
}

/// Stores in so many milliseconds, or later, where changes still come.
fn store_after(
    ms: f64,
    unwritten: Rc<Cell<Option<Unwritten>>>,
    pause_ms: Rc<Cell<f64>>,
    store: Rc<RefCell<dyn FnMut()>>,
) {
    let look = move || {
        let Some(Unwritten { first_ms, last_ms }) = unwritten.get() else {
            return;
        };
        let now_ms = clock::now_ms();
        let of_pause_ms = pause_ms.get() - (now_ms - last_ms);
        let left_ms = of_pause_ms.min(LATEST_MS - (now_ms - first_ms));
        // The clock of the machine may have been set back meanwhile.
        match left_ms > 0.0 && left_ms < LATEST_MS {
            true => store_after(left_ms, unwritten, pause_ms, store),
            false => store.borrow_mut()(),
        }
    };
    set_timeout(look, Duration::from_millis(ms.ceil() as u64));
}

impl Form {
    /// The draft of this tab takes the place of what another tab has stored.
    pub fn keep_this_draft(self) {
        self.storage.is_changed_elsewhere.set_value(false);
        self.set_notice(None);
        self.store_draft();
        focus::soon_on_first(GO_ON);
    }

    /// What another tab has stored takes the place of the draft here, which can be brought back.
    pub fn take_other_draft(self) {
        self.storage.is_changed_elsewhere.set_value(false);
        self.set_notice(None);
        if let Some(other) = read(self.model, self.service, self.operation) {
            self.replace(other.draft, Replacement::OtherTab, None);
            self.tokens.spend(other.sent);
            if let Some(text) = other.json {
                self.restore_json(text);
            }
        }
    }
}

impl StoredDraft {
    /// Without secrets. They can't be told apart in a text that isn't an input yet.
    fn to_snapshot(&self, model: &Model, operation: &Operation) -> Value {
        let input = model.input(operation);
        let is_marked = || input.is_some_and(|it| secret::may_hold_secret(model, it));
        let is_kept = |text: &&str| !is_marked() && !secret::json_looks_secret(text);
        let json = self.json.as_deref().filter(is_kept).into();
        let sent = self.sent.as_ref().map(|sent| sent.stored.clone());
        Value::Array(vec![
            self.draft.to_snapshot(model),
            json,
            sent.unwrap_or_default(),
        ])
    }

    fn from_snapshot(snapshot: &Value) -> Option<Self> {
        let [draft, json, rest @ ..] = snapshot.as_array()?.as_slice() else {
            return None;
        };
        Some(Self {
            draft: Draft::from_snapshot(draft)?,
            json: json.as_str().map(str::to_owned),
            sent: rest.first().filter(|it| it.is_object()).map(|it| Sent {
                input: it.clone(),
                stored: it.clone(),
            }),
        })
    }
}
