//! Which columns of a table are seen: as the model proposes, or as the person has chosen for this
//! operation in this browser.

use crate::browser::storage;
use crate::ui::{Button, Markup, checkbox, el, when};
use crate::watch::watch;
use formsmith_api::answer::Column;
use formsmith_api::json;
use formsmith_words as words;
use leptos::prelude::*;

/// The choice for one table.
#[derive(Clone, Copy)]
pub struct Choice {
    /// The keys of the columns that are seen, in the table's order; none while nothing is chosen.
    chosen: RwSignal<Option<Vec<String>>>,
    /// Where the choice is kept.
    key: StoredValue<String>,
}

impl Choice {
    /// Of the table at a path of an operation's answer.
    pub fn of(service: &str, operation: &str, path: &str) -> Self {
        let key = format!("formsmith.columns.{service}.{operation}.{path}");
        let kept = storage::read(&key).and_then(|text| json::parse(text.as_bytes()).ok());
        let kept = kept.and_then(|kept| {
            let keys = kept.as_array()?.iter();
            Some(
                keys.filter_map(|it| it.as_str().map(str::to_owned))
                    .collect(),
            )
        });
        Self {
            chosen: RwSignal::new(kept),
            key: StoredValue::new(key),
        }
    }

    /// The places of the columns that are seen.
    pub fn seen(self, columns: &[Column<'static>]) -> Vec<usize> {
        let all = 0..columns.len();
        let seen: Vec<usize> = self.chosen.with(|chosen| match chosen {
            Some(keys) => all.filter(|at| keys.contains(&columns[*at].key)).collect(),
            None => all.filter(|at| columns[*at].is_first).collect(),
        });
        match seen.is_empty() {
            // A table without columns would show nothing of what there is.
            true => vec![0],
            false => seen,
        }
    }

    fn set(self, columns: &[Column<'static>], at: usize, is_seen: bool) {
        let mut seen = untrack(|| self.seen(columns));
        seen.retain(|it| *it != at);
        if is_seen {
            seen.push(at);
        }
        seen.sort_unstable();
        let keys: Vec<String> = seen.iter().map(|at| columns[*at].key.clone()).collect();
        // A browser that keeps nothing has the choice until the page is closed.
        let kept = json::compact(&keys.clone().into());
        self.key.with_value(|key| storage::write(key, &kept));
        self.chosen.set(Some(keys));
    }

    fn reset(self) {
        self.key.with_value(|key| storage::remove(key));
        self.chosen.set(None);
    }

    /// The button, and the list of columns that it opens.
    pub fn view(
        self,
        columns: StoredValue<Vec<Column<'static>>, LocalStorage>,
    ) -> (Markup, Markup) {
        let is_open = RwSignal::new(false);
        let press = move |()| is_open.update(|it| *it = !*it);
        let button = view! { <Button on_click=press expanded=is_open>{words::columns()}</Button> };
        let panel = when(
            move || is_open.get(),
            move || {
                let mut list = el("div")
                    .class("columns")
                    .attr("role", "group")
                    .attr("aria-label", words::columns());
                columns.with_value(|all| {
                    for (at, column) in all.iter().enumerate() {
                        list = list
                            .clone()
                            .child(self.checkbox(columns, at, &column.title));
                    }
                });
                let reset = move |()| self.reset();
                list.child(view! { <Button on_click=reset>{words::columns_reset()}</Button> })
            },
        );
        (button.into(), panel)
    }

    fn checkbox(
        self,
        columns: StoredValue<Vec<Column<'static>>, LocalStorage>,
        at: usize,
        title: &str,
    ) -> Markup {
        let (label, field) = checkbox(title.to_owned(), move |is_checked| {
            columns.with_value(|all| self.set(all, at, is_checked));
        });
        watch(move || {
            field.set_checked(columns.with_value(|all| self.seen(all).contains(&at)));
        });
        label
            .child(el("span").class("check-text").child(title))
            .into()
    }
}
