//! A whole answer: the list that it is about as a table, the rest beside it; as a tree or as text
//! instead; and what a query leaves of it.

use super::gathered::{Content, MaskedPages, gather, object};
use super::items::Items;
use super::query::Query;
use super::table::{Head, Table};
use super::views::views;
use super::{json_text, members, tree};
use crate::browser::task;
use crate::selection::Selection;
use crate::state::ShownRun;
use crate::ui::{Choice, Container, Markup, el, live, select_field, switched};
use crate::watch::watch;
use formsmith_api::answer::{count, items};
use formsmith_api::model::Place;
use formsmith_api::secret::Secret;
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::{Map, Value};
use std::rc::Rc;

/// How an answer is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Table,
    Tree,
    Json,
}

/// An answer that has at least so many values is worth a query.
const MANY: usize = 12;

/// What a person has chosen of an answer; it stays when further pages come.
#[derive(Clone, Copy)]
pub struct Answer {
    pub shown: ShownRun,
    which: Secret,
    view: RwSignal<View>,
    /// The list that is the table, where another than the proposed one was chosen.
    list: RwSignal<Option<usize>>,
    /// The rows that are selected of that list, or of what the query finds.
    pub selection: Selection,
    pub query: Query,
}

pub fn of_run(shown: ShownRun) -> Markup {
    let selection = Selection::new(Vec::new());
    let answer = Answer {
        shown,
        which: shown.op.secret_of_answer(),
        view: RwSignal::new(View::Table),
        list: RwSignal::new(None),
        selection,
        query: Query::new(shown, selection),
    };
    // While pages are loaded the table stays as it is.
    let loaded = Memo::new(move |before: Option<&usize>| {
        let run = shown.run();
        let loaded = run.as_ref().map_or(0, |run| run.outputs().len());
        let is_loading = run.is_some_and(|run| run.pages().is_some_and(|it| it.step.is_underway()));
        match before {
            Some(before) if is_loading => *before,
            _ => loaded,
        }
    });
    let content = RwSignal::new_local(None::<Rc<Content>>);
    let latest = StoredValue::new(0);
    let masks = MaskedPages::default();
    watch(move || {
        let number = loaded.get();
        latest.set_value(number);
        let masks = masks.clone();
        task::spawn(async move {
            let gathered = gather(shown, answer.which, masks).await;
            // There may be more by now, or nobody to show it to.
            if latest.try_get_value() == Some(number) {
                content.try_set(gathered.map(Rc::new));
            }
        });
    });
    live(move || {
        let content = content.get()?;
        Some(untrack(|| answer.draw(&content)))
    })
}

impl Answer {
    fn draw(self, content: &Rc<Content>) -> Markup {
        let content = Rc::clone(content);
        let subject = content.subject;
        let is_safe = content.is_safe();
        let (whole, safe) = (Rc::clone(&content.whole), Rc::clone(&content.safe));
        self.query.search(Rc::clone(&safe));
        let is_long = subject.is_some() || values(&whole) >= MANY;
        let query = is_long.then(|| self.query.line(self, &content.lists, subject, !is_safe));
        let found = self.query.found();
        let body = live(move || {
            let (view, content) = (self.view.get(), Rc::clone(&content));
            if let Some(found) = found.get() {
                return untrack(|| {
                    self.query
                        .result(self, &found, &content.lists, content.output())
                });
            }
            let label = words::answer().to_owned();
            let drawn = {
                let (content, label) = (Rc::clone(&content), label.clone());
                move |value: &Value| self.as_value(view, label.clone(), content.place, value)
            };
            match view {
                View::Table if subject.is_some() => untrack(|| self.table(&content)),
                View::Table => {
                    let views = el("div").class("answer-tools").child(self.views());
                    (views, untrack(|| self.members(&content))).into()
                }
                // What is secret in it is shown when that is asked for.
                _ if !is_safe => {
                    let (whole, safe) = (Rc::clone(&whole), Rc::clone(&safe));
                    let words = words::secret_switch(words::answer());
                    let shown = switched(words, move |is_shown| {
                        drawn(if is_shown { &whole } else { &safe })
                    });
                    view! { <Container title=label actions=self.views()>{shown}</Container> }.into()
                }
                _ => {
                    let shown = untrack(|| drawn(&whole));
                    view! { <Container title=label actions=self.views()>{shown}</Container> }.into()
                }
            }
        });
        (query, body).into()
    }

    /// A value as tree or text.
    fn as_value(
        self,
        view: View,
        label: String,
        place: Option<Place<'static>>,
        value: &Value,
    ) -> Markup {
        match view {
            View::Json => json_text::view(self.shown.console, words::view_json().into(), value),
            _ => tree::view(self.shown.op.model, label, place, value),
        }
    }

    /// What a query found, where it is no table.
    pub fn value(self, label: String, place: Option<Place<'static>>, value: &Value) -> Markup {
        self.as_value(self.view.get_untracked(), label, place, value)
    }

    pub fn is_table(self) -> bool {
        self.view.get_untracked() == View::Table
    }

    /// The switch between table, tree and text.
    pub fn views(self) -> Markup {
        let all = [
            (View::Table, words::view_table()),
            (View::Tree, words::view_tree()),
            (View::Json, words::view_json()),
        ];
        views("answer-view", all, self.view)
    }

    /// An answer that is about no list.
    fn members(self, content: &Content) -> Markup {
        let (shown, operation) = (self.shown, self.shown.op.operation);
        members::of(shown, operation, content.output(), self.which)
    }

    /// The list that the answer is about, and the rest of it.
    fn table(self, content: &Rc<Content>) -> Markup {
        let subject = content.subject.unwrap_or_default();
        let content = Rc::clone(content);
        live(move || {
            let chosen = self.list.get().unwrap_or(subject);
            untrack(|| self.chosen_list(&content, chosen))
        })
    }

    fn chosen_list(self, content: &Rc<Content>, chosen: usize) -> Markup {
        let list = &content.lists[chosen];
        let found = Items::at(&list.path, &content.whole);
        let total = found.all().len();
        // Where the list as a whole is masked, so is each of its items.
        let which = match items(&list.path, object(&content.safe)).len() == total {
            true => self.which,
            false => Secret::Whole,
        };
        let mut table = Table::of_list(self.shown, list, found, which);
        table.has_panel = true;
        if table.has_identifier() {
            table.selection = Some(self.selection);
        }
        let selection = self.selection;
        let counter = Signal::derive(move || words::counter(selection.count(), total));
        let head = Head {
            title: list.title.clone(),
            counter,
            description: String::new(),
            choice: self.choice(content, chosen),
            views: self.views(),
        };
        let table = table.container(head, content.is_safe());
        // Lists within others go with these.
        let outermost = list.path.split("[]").next().unwrap_or_default();
        let rest = without(content.output(), outermost);
        let rest = (!rest.is_empty())
            .then(|| members::of(self.shown, self.shown.op.operation, &rest, self.which));
        (table, rest).into()
    }

    /// Which of the answer's lists is the table; nothing where there is one alone.
    fn choice(self, content: &Rc<Content>, chosen: usize) -> Option<Markup> {
        let lists = content.lists.iter().enumerate();
        let there = lists.filter_map(|(at, list)| {
            let count = count(&list.path, content.output());
            let is_shown = count > 0 || at == chosen || Some(at) == content.subject;
            is_shown.then_some((at, list, count))
        });
        let there: Vec<_> = there.collect();
        if there.len() < 2 {
            return None;
        }
        let choices = there.iter().map(|(at, list, count)| {
            let title = match list.path.rsplit_once("[].") {
                Some((outer, _)) => {
                    let outer = [outer, "[]"].concat();
                    let outer = content.lists.iter().find(|it| it.path == outer);
                    let outer = outer.map_or("", |it| &it.title);
                    words::list_within(&list.title, &words::in_sentence(outer))
                }
                None => list.title.clone(),
            };
            Choice::new(at.to_string(), words::with_count(&title, *count))
        });
        let choices = choices.collect();
        let value = Signal::stored(chosen.to_string());
        let choose = move |at: String| {
            self.selection.set(Vec::new());
            self.list.set(at.parse().ok());
        };
        let choose = Callback::new(choose);
        Some(select_field(
            "answer-list",
            words::show_list(),
            choices,
            value,
            choose,
        ))
    }
}

/// How many values an answer has.
fn values(value: &Value) -> usize {
    match value {
        Value::Object(members) => members.values().map(values).sum(),
        Value::Array(items) => items.iter().map(values).sum(),
        _ => 1,
    }
}

/// A copy without what stands at a path of names.
fn without(object: &Map<String, Value>, path: &str) -> Map<String, Value> {
    let (name, rest) = match path.split_once('.') {
        Some((name, rest)) => (name, Some(rest)),
        None => (path, None),
    };
    let kept = object.iter().filter_map(|(at, value)| {
        let kept = match (at == name, rest, value) {
            (true, None, _) => return None,
            (true, Some(rest), Value::Object(inner)) => {
                Value::Object(Some(without(inner, rest)).filter(|inner| !inner.is_empty())?)
            }
            (_, _, other) => other.clone(),
        };
        Some((at.clone(), kept))
    });
    kept.collect()
}
