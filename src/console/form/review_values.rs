//! Everything that stands in a value that is reviewed: in a line where that is short, as rows where
//! all are alike, and part by part where parts have parts.

use crate::state::{NameScope, known_name};
use crate::ui::{Markup, el, expandable, once};
use formsmith_api::model::{Model, Place, ShapeKind};
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;
use std::ops::Range;
use web_sys::Event;

/// So many entries stand there; the others open.
const FIRST: usize = 10;

/// So many columns fit beside each other.
const MOST_COLUMNS: usize = 4;

/// A line of parts has at most so many bytes; what is longer stands part by part.
const LINE: usize = 160;

/// Names people know, and the model that says what parts are called.
#[derive(Clone)]
pub struct Values {
    model: &'static Model,
    names: NameScope,
}

/// A part of a value: what it is called, where it stands and what is there.
type Part<'v> = (String, Option<Place<'static>>, &'v Value);

impl Values {
    pub fn new(model: &'static Model, names: NameScope) -> Self {
        Self { model, names }
    }

    /// A value that one line has room for: a plain one of any length, or a few of them.
    pub fn line(&self, place: Option<Place<'static>>, value: &Value) -> Option<String> {
        let parts: Vec<String> = match value {
            Value::Array(items) => {
                let item = item_place(self.model, place);
                let items = items.iter().map(|value| self.line_within(item, value));
                items.collect::<Option<_>>()?
            }
            Value::Object(_) => {
                let parts = self.parts_of(place, value);
                let parts = parts.into_iter().map(|(title, place, value)| {
                    let text = self.line_within(place, value)?;
                    Some([&title, ": ", &text].concat())
                });
                parts.collect::<Option<_>>()?
            }
            plain => return Some(self.plain(plain)),
        };
        if parts.is_empty() {
            return Some(words::none().to_owned());
        }
        let line = parts.join(", ");
        (parts.len() <= FIRST && line.len() <= LINE).then_some(line)
    }

    /// The same of a part in a line, whose own parts need no brackets: it is plain, or has one.
    fn line_within(&self, place: Option<Place<'static>>, value: &Value) -> Option<String> {
        let parts = match value {
            Value::Array(items) => items.len(),
            Value::Object(members) => members.len(),
            _ => 0,
        };
        (parts <= 1).then(|| self.line(place, value))?
    }

    /// What is no list and no structure, with the name that an identifier is known by.
    fn plain(&self, value: &Value) -> String {
        let Value::String(text) = value else {
            return value.to_string();
        };
        match known_name(&self.names, text) {
            Some(name) => words::name_and_identifier(&name, text),
            None => words::reviewed_text(text),
        }
    }

    /// The members of a structure by their titles, the entries of a map by their keys.
    fn parts_of<'v>(&self, place: Option<Place<'static>>, value: &'v Value) -> Vec<Part<'v>> {
        let kind = place.map(|place| &place.shape.kind);
        let entries = value.as_object().into_iter().flatten();
        let parts = entries.filter(|(_, value)| !value.is_null());
        let parts = parts.map(|(key, value)| match kind {
            Some(ShapeKind::Structure(members) | ShapeKind::Union(members)) => {
                let member = members.iter().find(|member| member.name == *key);
                let title = member.map_or_else(|| key.clone(), |it| self.model.title(it));
                (title, member.and_then(|it| self.model.place(it)), value)
            }
            Some(ShapeKind::Map { value: member, .. }) => {
                (key.clone(), self.model.place(member), value)
            }
            _ => (key.clone(), None, value),
        });
        parts.collect()
    }

    /// All parts of a value, beneath each other.
    pub fn parts(&self, place: Option<Place<'static>>, value: &Value) -> Markup {
        if let Value::Array(items) = value {
            return self.items(item_place(self.model, place), items, None);
        }
        if !value.is_object() {
            return self.plain(value).into();
        }
        let parts = self.parts_of(place, value).into_iter();
        let parts = parts.map(|(title, place, value)| (title, place, value.clone()));
        let (values, parts): (Self, Vec<_>) = (self.clone(), parts.collect());
        several(parts.len(), move |range| {
            let parts = parts[range].iter().map(|(title, place, value)| {
                let part = el("div").child(el("dt").child(title.as_str()));
                part.child(el("dd").child(values.whole(*place, value)))
            });
            let parts: Vec<_> = parts.collect();
            el("dl").class("review-parts").child(parts).into()
        })
    }

    /// In a line, or part by part.
    fn whole(&self, place: Option<Place<'static>>, value: &Value) -> Markup {
        match self.line(place, value) {
            Some(line) => line.into(),
            None => self.parts(place, value),
        }
    }

    /// Items of a list: rows of a table, with a column for each part that any of them has, or one
    /// after the other where they have more parts than that. `head` is the title of plain ones.
    pub fn items(
        &self,
        place: Option<Place<'static>>,
        items: &[Value],
        head: Option<&str>,
    ) -> Markup {
        if let Some((heads, rows)) = self.rows(place, items, head) {
            return several(rows.len(), move |range| table(&heads, &rows[range]));
        }
        let (values, items) = (self.clone(), items.to_vec());
        several(items.len(), move |range| {
            let items = items[range].iter();
            let items = items.map(|value| el("li").child(values.whole(place, value)));
            let items: Vec<_> = items.collect();
            el("ul").class("review-items").child(items).into()
        })
    }

    /// Heads and the texts of rows, if that is how the items are read best.
    fn rows(
        &self,
        place: Option<Place<'static>>,
        items: &[Value],
        head: Option<&str>,
    ) -> Option<(Vec<String>, Vec<Vec<String>>)> {
        if items.iter().all(|it| !it.is_array() && !it.is_object()) {
            let rows = items.iter().map(|it| vec![self.plain(it)]);
            return head.map(|head| (vec![head.to_owned()], rows.collect()));
        }
        let ShapeKind::Structure(members) = &place?.shape.kind else {
            return None;
        };
        let is_given = |name: &str| items.iter().any(|it| !it[name].is_null());
        let columns = members.iter().filter(|member| is_given(&member.name));
        let columns: Vec<_> = columns.collect();
        if columns.is_empty() || columns.len() > MOST_COLUMNS {
            return None;
        }
        let cells = |item: &Value| -> Option<Vec<String>> {
            let cells = columns.iter().map(|member| match &item[&member.name] {
                Value::Null => Some(String::new()),
                value => self.line(self.model.place(member), value),
            });
            cells.collect()
        };
        let rows: Option<Vec<_>> = items.iter().map(cells).collect();
        let heads = columns.iter().map(|member| self.model.title(member));
        Some((heads.collect(), rows?))
    }
}

/// Where the items of a list stand; each part of a batch that is a map stands where the map does.
pub fn item_place(model: &'static Model, place: Option<Place<'static>>) -> Option<Place<'static>> {
    match &place?.shape.kind {
        ShapeKind::List(item) => model.place(item),
        _ => place,
    }
}

/// The first of so many; the others are drawn when they are opened.
fn several(count: usize, drawn: impl Fn(Range<usize>) -> Markup + 'static) -> Markup {
    let first = drawn(0..count.min(FIRST));
    let more = (count > FIRST).then(|| {
        let is_open = RwSignal::new(false);
        let rest = once(move || is_open.get(), move || drawn(FIRST..count));
        let opened = move |_: Event| is_open.set(true);
        let title = words::more(count - FIRST);
        expandable(title.into(), Markup::default(), rest).on("toggle", opened)
    });
    (first, more).into()
}

fn table(heads: &[String], rows: &[Vec<String>]) -> Markup {
    let line = |tag, texts: &[String]| {
        let cells: Vec<_> = texts
            .iter()
            .map(|text| el(tag).child(text.as_str()))
            .collect();
        el("tr").child(cells)
    };
    let rows: Vec<_> = rows.iter().map(|row| line("td", row)).collect();
    el("table")
        .class("review-rows")
        .child(el("thead").child(line("th", heads)))
        .child(el("tbody").child(rows))
        .into()
}
