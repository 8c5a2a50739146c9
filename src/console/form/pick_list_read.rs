//! Reads the list that a field is filled from.

use super::pick_list::{PickList, Read, State};
use crate::browser::{clock, task};
use formsmith_api::picks::{self, List, Picks};
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use serde_json::Value;

/// What is typed is looked for by the service when nothing is typed for so long.
const PAUSE_MS: f64 = 300.0;

impl PickList {
    /// Reads the list; a fresh one is not taken from memory.
    pub fn load(self, is_fresh: bool) {
        let Some(list) = untrack(|| self.list()) else {
            return;
        };
        let (form, node) = (self.form, self.node);
        // Whatever is on its way is of what was shown before.
        self.asked.update_value(|asked| *asked += 1);
        let input = form.peek(|draft| picks::input(&list, form.model, draft, node));
        self.items.set(Vec::new());
        self.next.set(None);
        match input {
            Ok(input) => {
                self.state.set(State::Reading);
                self.begin(list, input, is_fresh);
            }
            // Another may do without.
            Err(Some(_)) if self.has_free_list() => self.show(self.at.get_untracked() + 1),
            Err(Some(missing)) => self.state.set(State::Needs(missing)),
            Err(None) => self.state.set(State::None),
        }
    }

    /// Is there a list after the one that is shown, which needs nothing of the form?
    fn has_free_list(self) -> bool {
        let next = self.at.get_untracked() + 1;
        let is_free = |list: &List| list.input.is_empty();
        self.lists
            .with_value(|lists| lists.get(next).is_some_and(is_free))
    }

    /// Reads the first page, for some lists after what they are asked with.
    fn begin(self, list: List, input: Value, is_fresh: bool) {
        let number = self.asked.get_value();
        let asking = ScopedFuture::new_untracked(async move {
            let input = self.form.input_of_list(&list, input, is_fresh).await;
            if self.asked.try_get_value() != Some(number) {
                return;
            }
            match input {
                Ok(Some(input)) => self.read(list, input, is_fresh, true),
                Ok(None) if self.has_free_list() => self.show(self.at.get_untracked() + 1),
                Ok(None) => self.state.set(State::None),
                Err(why) => self.state.set(State::Failed(why)),
            }
        });
        task::spawn(asking);
    }

    /// Shows another of the lists.
    pub fn show(self, at: usize) {
        self.at.set(at);
        self.active.set(None);
        self.load(false);
    }

    /// The next page, below what is there.
    pub fn more(self) {
        if let (Some(list), Some(next)) = (untrack(|| self.list()), self.next.get_untracked()) {
            self.read(list, next, false, true);
        }
    }

    /// Asks the service for what is typed, where it can look for it and has more than was read.
    pub fn search(self) {
        let list = untrack(|| self.list());
        let Some((list, member)) = list.and_then(|list| {
            let member = list.search.clone()?;
            Some((list, member))
        }) else {
            return;
        };
        let is_all = self.next.with_untracked(Option::is_none);
        let text = self.typed.get_untracked().unwrap_or_default();
        if is_all || text.is_empty() {
            return;
        }
        let (form, node, asked) = (self.form, self.node, self.asked.get_value());
        let waiting = ScopedFuture::new_untracked(async move {
            clock::pause(PAUSE_MS).await;
            let is_same = self.typed.try_get_untracked() == Some(Some(text.clone()))
                && self.asked.try_get_value() == Some(asked);
            let input = form.peek(|draft| picks::input(&list, form.model, draft, node));
            if let (true, Ok(Value::Object(mut input))) = (is_same, input) {
                input.insert(member, text.into());
                self.read(list, input.into(), false, false);
            }
        });
        task::spawn(waiting);
    }

    /// What is looked for has no part in turning the pages.
    fn read(self, list: List, input: Value, is_fresh: bool, turns: bool) {
        let number = self.asked.get_value() + 1;
        self.asked.set_value(number);
        let reading = ScopedFuture::new_untracked(async move {
            let (form, operation) = (self.form, self.form.operation.name());
            let all = Picks(untrack(|| form.picks()).unwrap_or(&Value::Null));
            let beside = form.peek(|draft| all.beside(operation, &list, draft, self.node));
            let read = self.form.read_list(&list, &input, &beside, is_fresh).await;
            if self.asked.try_get_value() != Some(number) {
                return;
            }
            match read {
                Ok(mut page) => {
                    // What the field itself would call wrong is not offered.
                    form.peek(|draft| {
                        let place = draft.place(form.model, self.node);
                        page.items.retain_mut(|item| {
                            let fitting = place.and_then(|it| picks::fitting(it, &item.value));
                            let is_taken = fitting.is_some();
                            item.value = fitting.unwrap_or_default();
                            is_taken
                        });
                    });
                    self.items.update(|items| {
                        let new = page.items.into_iter().map(Read::new);
                        let new: Vec<Read> = new.filter(|it| !items.contains(it)).collect();
                        items.extend(new);
                    });
                    if turns {
                        self.next.set(page.next);
                    }
                    self.state.set(State::There);
                }
                Err(why) => self.state.set(State::Failed(why)),
            }
        });
        task::spawn(reading);
    }
}
