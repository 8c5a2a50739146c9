//! What stands in the cells of an answer's table: values as they are read in a narrow column, names above
//! the identifiers that they belong to, and buttons that open what is nested.

use super::item::{Opened, What};
use super::table::Table;
use super::values::{cell, is_line, is_scalar, keeps_to_line, plain, summary, text_of};
use crate::state::{known_name, learn_name};
use crate::ui::{ApiName, Markup, el};
use formsmith_api::answer::{Column, Role, singular, told_in_cell, value_at};
use formsmith_api::model::Place;
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;
use web_sys::MouseEvent;

/// So many items are looked at for what all of them are like, and what they are called.
const FEW_ITEMS: usize = 1000;

/// The columns that are seen. Where names and identifiers are both among them, the name stands above
/// the identifier, in the first column.
#[derive(Clone)]
pub struct Seen {
    pub columns: Vec<usize>,
    /// The column of the identifiers beneath the names.
    beneath: Option<usize>,
}

impl Table {
    pub(super) fn seen(&self, columns: Vec<usize>) -> Seen {
        let of_role = |role| {
            let at = columns.iter().find(|&&at| self.columns[at].role == role)?;
            let key = &self.columns[*at].key;
            let items = self.items.all().iter().take(FEW_ITEMS);
            let mut values = items.filter_map(|item| value_at(item, key));
            values.all(is_scalar).then_some(*at)
        };
        let name = of_role(Role::Name).filter(|at| self.is_own_name(&self.columns[*at].key));
        match name.zip(of_role(Role::Identifier)) {
            None => Seen {
                columns,
                beneath: None,
            },
            Some((name, identifier)) => {
                let mut others = columns;
                others.retain(|&at| at != name && at != identifier);
                others.insert(0, name);
                Seen {
                    columns: others,
                    beneath: Some(identifier),
                }
            }
        }
    }

    /// Is it what the items themselves are called: `Name`, a tag of that name, or `GroupName` of security
    /// groups? A certificate's domain name, or an instance's database, stands beside it.
    fn is_own_name(&self, key: &str) -> bool {
        let letters = |text: &str| {
            let letters = text.chars().filter(char::is_ascii_alphanumeric);
            letters.collect::<String>().to_ascii_lowercase()
        };
        if key.ends_with(']') {
            return true;
        }
        let key = letters(key);
        let of = ["name", "title"].iter().find_map(|it| key.strip_suffix(it));
        of.is_some_and(|of| letters(&singular(&self.title)).ends_with(of))
    }

    /// The column from which a cell takes its text: an item without a name is known by its identifier.
    pub(super) fn column_of(&self, row: usize, seen: &Seen, at: usize) -> usize {
        let column = seen.columns[at];
        match seen.beneath.filter(|_| at == 0) {
            Some(identifier) if self.is_blank(row, column) => identifier,
            _ => column,
        }
    }

    fn is_blank(&self, row: usize, column: usize) -> bool {
        let (_, value) = self.told(row, &self.columns[column]);
        value.is_null() || value.as_str() == Some("")
    }

    pub(super) fn cell(&self, opened: Opened, row: usize, seen: &Seen, at: usize) -> Markup {
        let number = self.column_of(row, seen, at);
        let column = &self.columns[number];
        let (place, value) = self.told(row, column);
        if !is_line(value) {
            let text = summary(&column.title, place, value);
            return opener(opened, (row, Some(number)), text);
        }
        let members = self.item.map_or(0, |item| item.shape.members().len());
        let first: Markup = if at == 0 && members > seen.columns.len() && !value.is_null() {
            opener(opened, (row, None), text_of(place, value))
        } else if let Some(name) = self.name_of(value) {
            let name = el("span").child(name);
            return (name, beneath(value)).into();
        } else if is_scalar(value) {
            cell(&column.key, place, value)
        } else {
            summary(&column.title, place, value).into()
        };
        match seen.beneath.filter(|it| at == 0 && *it != number) {
            Some(identifier) => {
                let (_, value) = self.told(row, &self.columns[identifier]);
                (first, beneath(value)).into()
            }
            None => first,
        }
    }

    /// What people call what a value identifies, if that was told before.
    fn name_of(&self, value: &Value) -> Option<String> {
        known_name(self.names.as_ref()?, value.as_str()?)
    }

    /// Remembers what its items are called, for where only their identifiers stand.
    pub(super) fn learn_names(&self) {
        let is_own = |column: &&Column<'static>| self.is_own_name(&column.key);
        let (Some(scope), Some(_)) = (&self.names, self.first(Role::Name).filter(is_own)) else {
            return;
        };
        for row in 0..self.items.all().len().min(FEW_ITEMS) {
            let both = self
                .text(row, Role::Identifier)
                .zip(self.text(row, Role::Name));
            if let Some((identifier, name)) = both.filter(|(_, name)| name != words::none()) {
                learn_name(scope, &identifier, &name);
            }
        }
    }

    /// What stands in a column of a row, as people read it.
    pub(super) fn told(
        &self,
        row: usize,
        column: &Column<'static>,
    ) -> (Option<Place<'static>>, &Value) {
        let value = value_at(&self.items[row], &column.key).unwrap_or(&Value::Null);
        told_in_cell(self.shown.op.model, column.place, value)
    }
}

/// An identifier beneath the name of what it identifies.
fn beneath(value: &Value) -> Markup {
    let text = plain(value);
    let is_short = keeps_to_line(&text);
    let name = view! { <ApiName name=text /> };
    el("div")
        .class(if is_short { "one-line" } else { "" })
        .child(name)
        .into()
}

/// A button in a cell that opens something of its row.
fn opener(opened: Opened, what: What, text: String) -> Markup {
    let is_open = move || Some(opened.is(what).to_string());
    let class = match keeps_to_line(&text) {
        true => "cell-opener one-line",
        false => "cell-opener",
    };
    el("button")
        .attr("type", "button")
        .class(class)
        .attr_live("aria-expanded", is_open)
        .on("click", move |_: MouseEvent| opened.press(what))
        .child(text)
        .into()
}
