//! What the rows of an answer's table are searched, sorted and filtered by.

use super::cells::Seen;
use super::table::Table;
use super::values::{is_scalar, summary, text_of, time};
use crate::browser::task::{self, Slices};
use crate::ui::{Collection, Texts};
use crate::watch::watch;
use formsmith_api::answer::{Column, value_at};
use leptos::prelude::*;
use serde_json::Value;
use std::rc::Rc;
use std::sync::Arc;

/// More rows than these are read when they are asked for, in slices.
const LONG: usize = 1000;
/// As many are drawn on a page.
const FIRST: usize = 50;
/// So many values of a column can be chosen from.
const MOST_VALUES: usize = 50;

impl Table {
    /// What rows are searched, sorted and filtered by. Of very many there are those of the first page
    /// until anything is asked for that takes all.
    pub(super) fn texts(
        &self,
        collection: Collection,
        seen: &Seen,
    ) -> RwSignal<Texts, LocalStorage> {
        let total = self.items.all().len();
        // What is in no column is only searched.
        let hidden = (0..self.columns.len()).filter(|at| !seen.columns.contains(at));
        let (seen, hidden): (Seen, Vec<_>) = (seen.clone(), hidden.collect());
        let this = self.clone();
        let of = move |row: usize| this.texts_of(row, &seen, &hidden);
        let first = if self.is_long() { FIRST } else { total };
        let texts = RwSignal::new_local(Arc::new((0..first).map(&of).collect::<Vec<_>>()));
        let of = Rc::new(of);
        let is_due = Memo::new(move |_| first < total && collection.needs_all());
        watch(move || {
            if !is_due.get() {
                return;
            }
            let of = Rc::clone(&of);
            task::spawn(async move {
                let (mut all, mut slices) = (Vec::with_capacity(total), Slices::new());
                for row in 0..total {
                    all.push(of(row));
                    if row % 100 == 0 {
                        slices.rest().await;
                        // Nobody may want it any more.
                        if texts.try_with_untracked(|_| ()).is_none() {
                            return;
                        }
                    }
                }
                texts.try_set(Arc::new(all));
            });
        });
        texts
    }

    /// Are there so many rows that what all of them take would be felt?
    pub(super) fn is_long(&self) -> bool {
        self.items.all().len() > LONG
    }

    fn texts_of(&self, row: usize, seen: &Seen, hidden: &[usize]) -> Vec<String> {
        let text = |at: &usize| {
            let column = &self.columns[*at];
            let (place, value) = self.told(row, column);
            match is_scalar(value) {
                true => match place.and_then(|place| time(&column.key, place, value)) {
                    // In the order of time, and found as it is seen.
                    Some((moment, short)) => [&*moment.local, "\n", &*short].concat(),
                    None => text_of(place, value),
                },
                false => summary(&column.title, place, value),
            }
        };
        let shown = (0..seen.columns.len()).map(|at| self.column_of(row, seen, at));
        let mut texts: Vec<String> = shown.map(|at| text(&at)).collect();
        if !hidden.is_empty() {
            texts.push(hidden.iter().map(text).collect::<Vec<_>>().join("\n"));
        }
        texts
    }

    /// The values of a column of few, each with the number of its rows.
    pub(super) fn values(&self, column: &Column<'static>) -> Vec<(String, usize)> {
        let mut values: Vec<(&Value, usize)> = Vec::new();
        for item in self.items.all() {
            let value = value_at(item, &column.key).unwrap_or(&Value::Null);
            match values.iter().position(|(it, _)| *it == value) {
                Some(at) => values[at].1 += 1,
                None if values.len() == MOST_VALUES => return Vec::new(),
                None => values.push((value, 1)),
            }
        }
        let values = values.into_iter();
        values
            .map(|(value, count)| (text_of(column.place, value), count))
            .collect()
    }
}
