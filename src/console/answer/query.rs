//! The line that an answer is queried with, and what the query finds.

use super::filter;
use super::suggestions::Suggestions;
use super::table::{Head, Table};
use super::whole::Answer;
use crate::browser::task;
use crate::lazy::{NotLoaded, lazy};
use crate::selection::Selection;
use crate::state::ShownRun;
use crate::ui::{Button, Container, FieldControl, FieldShell, Glyph, Markup, Variant, el, live};
use formsmith_api::answer::{List, count};
use formsmith_query::{Completion, Traced};
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::{Map, Value};
use std::rc::Rc;

/// The field that a query is written in.
pub const QUERY_ID: &str = "answer-query";

/// What a query found.
#[derive(Clone)]
pub struct Found {
    value: Rc<Value>,
    /// What it is, if the answer has it so.
    traced: Option<Traced<'static>>,
}

/// One query of one answer.
#[derive(Clone, Copy)]
pub struct Query {
    shown: ShownRun,
    /// The rows that are selected of what the table shows.
    selection: Selection,
    text: RwSignal<String>,
    mistake: RwSignal<Option<String>>,
    found: RwSignal<Option<Found>, LocalStorage>,
    /// What is searched: the answer, with masks in place of its secrets.
    answer: RwSignal<Rc<Value>, LocalStorage>,
    /// The query that was asked for last.
    asked: StoredValue<String>,
    /// The query that the table shows the result of; empty while it shows the whole answer.
    applied: RwSignal<String>,
}

lazy! {
    in query: fn find(shown: ShownRun, text: String, answer: Rc<Value>) -> Result<Found, String> =
        found(shown, &text, &answer);
}

lazy! {
    in query: fn complete(text: String, cursor: usize, answer: Rc<Value>) -> Completion =
        formsmith_query::complete(&text, cursor, &answer);
}

fn found(shown: ShownRun, text: &str, answer: &Value) -> Result<Found, String> {
    let value = formsmith_query::find(text, answer);
    let value = value.map_err(|it| words::query_mistake(it.at, &it.what))?;
    Ok(Found {
        value: Rc::new(value),
        traced: formsmith_query::trace(shown.op.model, shown.op.operation, text),
    })
}

impl Query {
    pub fn new(shown: ShownRun, selection: Selection) -> Self {
        Self {
            shown,
            selection,
            asked: StoredValue::new(String::new()),
            text: RwSignal::new(String::new()),
            mistake: RwSignal::new(None),
            found: RwSignal::new_local(None),
            answer: RwSignal::new_local(Rc::new(Value::Null)),
            applied: RwSignal::new(String::new()),
        }
    }

    /// The answer has come, or further pages of it.
    pub fn search(self, answer: Rc<Value>) {
        self.answer.set(answer);
        let applied = self.applied.get_untracked();
        if !applied.is_empty() {
            self.run(applied);
        }
    }

    pub fn found(self) -> RwSignal<Option<Found>, LocalStorage> {
        self.found
    }

    pub fn text(self) -> RwSignal<String> {
        self.text
    }

    /// Runs a query, or shows the whole answer again where it is empty.
    pub fn apply(self, text: String) {
        let text = text.trim().to_owned();
        self.text.set(text.clone());
        self.run(text);
    }

    /// What is typed meanwhile stays.
    fn run(self, text: String) {
        self.asked.set_value(text.clone());
        self.mistake.set(None);
        if text.is_empty() {
            return self.show(String::new(), None);
        }
        let (shown, answer) = (self.shown, self.answer.get_untracked());
        task::spawn(async move {
            let found = find(shown, text.clone(), answer).await;
            // The answer may be gone by now, or the query another.
            if self.asked.try_get_value().as_ref() != Some(&text) {
                return;
            }
            match found {
                Ok(Ok(found)) => self.show(text, Some(found)),
                Ok(Err(mistake)) => self.refuse(mistake),
                Err(NotLoaded) => self.refuse(words::part_missing().into()),
            }
        });
    }

    fn refuse(self, why: String) {
        self.shown.console.announce(&*why);
        self.mistake.set(Some(why));
    }

    fn show(self, text: String, found: Option<Found>) {
        let (service, operation) = (&self.shown.op.service.name, self.shown.op.operation.name());
        let snippets = self.shown.console.snippets;
        snippets.set_query(service, operation, &text);
        self.applied.set(text);
        // These are other rows.
        self.selection.set(Vec::new());
        self.found.set(found);
    }

    /// The members that the query could go on with at a cursor.
    pub async fn complete(self, text: String, cursor: usize) -> Option<Completion> {
        let answer = self.answer.try_get_untracked()?;
        complete(text, cursor, answer).await.ok()
    }

    /// The field, what it could go on with, and what is wrong with it.
    pub fn line(
        self,
        answer: Answer,
        lists: &[List<'static>],
        subject: Option<usize>,
        is_masked: bool,
    ) -> Markup {
        let suggestions = Suggestions::new(self);
        let control = FieldControl::new(move |aria| suggestions.input(aria));
        let run = move |()| self.apply(self.text.get_untracked());
        let clear = move |()| {
            crate::browser::focus::soon(QUERY_ID);
            self.apply(String::new());
        };
        let is_empty =
            move || self.text.with(String::is_empty) && self.applied.with(String::is_empty);
        let clear = live(move || {
            (!is_empty()).then(|| {
                let label = Signal::stored(words::query_clear().to_owned());
                view! { <Button variant=Variant::Icon icon=Glyph::Close label on_click=clear /> }
            })
        });
        let masked = is_masked.then(|| crate::ui::description_of(words::query_masked()));
        let field = view! {
            <FieldShell
                id=QUERY_ID
                label=words::query()
                hint=words::query_hint()
                error=self.mistake.into()
                control
            />
        };
        let field = el("div")
            .class("query-field")
            .child(field)
            .child(suggestions.list());
        let buttons = el("div")
            .class("query-buttons")
            .child(view! { <Button on_click=run>{words::query_run()}</Button> })
            .child(clear);
        let filter = subject.map(|at| filter::view(answer, &lists[at]));
        el("div")
            .class("query")
            .child(field)
            .child(buttons)
            .child(masked.flatten())
            .child(filter)
            .into()
    }

    /// What the query found, as a table where it is a list.
    pub fn result(
        self,
        answer: Answer,
        found: &Found,
        lists: &[List<'static>],
        output: &Map<String, Value>,
    ) -> Markup {
        let traced = found.traced.as_ref();
        let of_list = traced.filter(|it| it.is_list);
        let list = of_list.and_then(|it| lists.iter().find(|list| list.path == it.path));
        let Value::Array(items) = &*found.value else {
            let said = match &*found.value {
                Value::Null => words::query_finds_nothing(),
                _ => words::query_finds_one(),
            };
            let place = traced.map(|it| it.place);
            let title = words::query_result().to_owned();
            let shown = answer.value(title.clone(), place, &found.value);
            let actions = answer.views();
            return view! { <Container title description=said actions>{shown}</Container> }.into();
        };
        let said = match list {
            Some(list) => {
                let all = count(&list.path, output);
                words::query_matches(items.len(), all, &list.item_title, &list.title)
            }
            None => words::query_finds(items.len()),
        };
        let title = list
            .map_or(words::query_result(), |list| &list.title)
            .to_owned();
        let (total, selection) = (items.len(), answer.selection);
        let counter = Signal::derive(move || words::counter(selection.count(), total));
        let is_rows = items.iter().all(|item| !item.is_array());
        self.shown.console.announce(&*said);
        if answer.is_table() && is_rows {
            let head = Head {
                title,
                counter,
                description: said,
                choice: None,
                views: answer.views(),
            };
            return self
                .table(answer, list, of_list, items.clone())
                .container(head, true);
        }
        let (shown, actions) = (
            answer.value(title.clone(), None, &found.value),
            answer.views(),
        );
        view! { <Container title counter description=said actions>{shown}</Container> }.into()
    }

    fn table(
        self,
        answer: Answer,
        list: Option<&List<'static>>,
        traced: Option<&Traced<'static>>,
        items: Vec<Value>,
    ) -> Table {
        let of_place = || {
            let traced = traced.filter(|it| !it.place.shape.members().is_empty())?;
            Some(List {
                path: traced.path.clone(),
                title: words::query_result().into(),
                item_title: words::value().into(),
                name: traced.place.shape.id.name(),
                item: traced.place,
            })
        };
        let shown = self.shown;
        let mut table = match list.cloned().or_else(of_place) {
            Some(list) => Table::of_list(
                shown,
                &list,
                items.into(),
                formsmith_api::secret::Secret::Parts,
            ),
            None => Table::of_values(shown, items),
        };
        table.has_panel = true;
        if list.is_some() && table.has_identifier() {
            table.selection = Some(answer.selection);
        }
        table
    }
}
