//! What people call the things that identifiers stand for, as far as lists and answers have told it
//! since the page began. It is kept in memory only.

use super::{Form, ShownRun, TargetChoice};
use formsmith_run::Place;
use leptos::prelude::untrack;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// So many names are kept; more than these nobody has seen.
const MOST: usize = 20_000;

/// Whose identifiers they are: those of a service, at one target, for one profile, in one region.
#[derive(Clone, PartialEq, Eq)]
pub struct NameScope(String);

impl NameScope {
    pub fn new(choice: &TargetChoice, region: &str, service: &str) -> Self {
        Self([&*choice.key(), region, service].join("\n"))
    }

    /// Where something was or would be sent, to a service of this name.
    pub fn of(place: &Place, service: &str) -> Self {
        let choice = TargetChoice {
            target: place.target,
            profile: place.profile.clone(),
        };
        Self::new(&choice, &place.region, service)
    }
}

impl ShownRun {
    /// Where the names are known that its identifiers have.
    pub fn name_scope(self) -> Option<NameScope> {
        let run = untrack(move || self.run())?;
        Some(NameScope::of(&run.place, &run.op.service.name))
    }
}

impl Form {
    /// Where the names are known that its identifiers have.
    pub fn name_scope(self) -> NameScope {
        let choice = untrack(|| self.console.target_choice());
        let region = untrack(|| self.console.region());
        NameScope::new(&choice, &region, &self.service.name)
    }

    /// What people call what a text of the form identifies.
    pub fn known_name(self, text: &str) -> Option<String> {
        if !is_telling(text) {
            return None;
        }
        known_name(&self.name_scope(), text)
    }
}

thread_local! {
    static KNOWN: RefCell<BTreeMap<(String, String), String>> =
        const { RefCell::new(BTreeMap::new()) };
}

/// Is a text long enough that it says the same wherever it stands? `1` identifies many things.
fn is_telling(identifier: &str) -> bool {
    identifier.len() >= 6 && !identifier.contains(' ')
}

pub fn learn_name(scope: &NameScope, identifier: &str, name: &str) {
    if !is_telling(identifier) || name.is_empty() || name == identifier {
        return;
    }
    KNOWN.with_borrow_mut(|known| {
        let key = (scope.0.clone(), identifier.to_owned());
        if known.len() < MOST || known.contains_key(&key) {
            known.insert(key, name.to_owned());
        }
    });
}

/// What is called so, wherever it is.
pub fn identifiers_named(name: &str) -> Vec<String> {
    KNOWN.with_borrow(|known| {
        let named = known.iter().filter(|(_, known)| *known == name);
        named
            .map(|((_, identifier), _)| identifier.clone())
            .collect()
    })
}

pub fn known_name(scope: &NameScope, identifier: &str) -> Option<String> {
    let key = (scope.0.clone(), identifier.to_owned());
    KNOWN.with_borrow(|known| known.get(&key).cloned())
}
