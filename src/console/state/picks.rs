//! Which members of a form can be picked from a list. A file of the form's service says so; it is
//! fetched when the form is there, and read no further before the first list is opened.

use super::all_services::FOLDER;
use super::{Console, Form};
use crate::browser::task;
use crate::transport::document;
use formsmith_api::draft::NodeId;
use formsmith_api::json;
use formsmith_api::model::is_own;
use formsmith_api::picks::{self, Picks};
use leptos::prelude::*;
use serde_json::Value;
use std::cell::RefCell;

thread_local! {
    /// By address; they live as long as the page.
    static READ: RefCell<Vec<(String, &'static Value)>> = const { RefCell::new(Vec::new()) };
}

/// None while it isn't known.
#[derive(Clone, Copy)]
pub(super) struct FormPicks(RwSignal<Option<&'static Value>>);

impl FormPicks {
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }
}

impl Form {
    /// Fetches what says so, if that hasn't been done.
    pub fn load_picks(self) {
        if self.picks.0.with_untracked(Option::is_some) {
            return;
        }
        task::spawn(async move {
            let found = of(self.console, &self.service.name, self.operation.name()).await;
            // Where none came, the next opening of the form asks again.
            if let Some(found) = found {
                self.picks.0.try_set(Some(found));
            }
        });
    }

    /// What the service's lists fill, as far as it is known.
    pub fn picks(self) -> Option<&'static Value> {
        self.picks.0.get()
    }

    /// Is there a list for a member?
    pub fn can_pick(self, node: NodeId) -> bool {
        let Some(found) = self.picks() else {
            return false;
        };
        let path = self.peek(|draft| picks::path(draft, node));
        path.is_some_and(|path| Picks(found).fills(self.operation.name(), &path))
    }
}

/// What the lists of an operation's service fill; none where that can't be had now.
pub(super) async fn of(console: Console, service: &str, operation: &str) -> Option<&'static Value> {
    if console.is_built_in(service, operation) {
        return read(format!("picks/{service}.json")).await;
    }
    // The folder has nothing of a person's own services.
    match is_own(service) {
        true => Some(&Value::Null),
        false => read(format!("{FOLDER}/services/{service}/picks.json")).await,
    }
}

async fn read(address: String) -> Option<&'static Value> {
    let known = READ.with_borrow(|read| {
        let found = read.iter().find(|(of, _)| *of == address);
        found.map(|(_, value)| *value)
    });
    if known.is_some() {
        return known;
    }
    let value = json::parse(document(&address).await?.as_bytes()).ok()?;
    let value: &'static Value = Box::leak(Box::new(value));
    READ.with_borrow_mut(|read| read.push((address, value)));
    Some(value)
}
