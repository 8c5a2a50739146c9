//! A list as a table: identifier and name first, what is nested opens beside it or beneath its row.

use super::columns::Choice;
use super::item::{self, Opened};
use super::items::Items;
use super::members;
use super::selected::{Known, Selected, actions};
use super::tree;
use super::values::{is_scalar, plain, text_of};
use crate::result::{Export, exports, table};
use crate::selection::Selection;
use crate::state::{NameScope, ShownRun};
use crate::ui::{
    Collection, CollectionColumn, CollectionRows, Container, Markup, RowDetail, el, live, switched,
};
use crate::watch::watch;
use formsmith_api::answer::{Column, List, Role, columns, columns_of_values, singular, value_at};
use formsmith_api::model::{Place, ShapeKind};
use formsmith_api::secret::{Secret, masked};
use formsmith_api::table::Column as Exported;
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;
use std::rc::Rc;

/// A table of items.
#[derive(Clone)]
pub struct Table {
    pub shown: ShownRun,
    pub title: String,
    /// What the items are, where a model says it.
    pub item: Option<Place<'static>>,
    pub columns: Rc<Vec<Column<'static>>>,
    pub items: Items,
    /// The path of the list within the output.
    pub path: String,
    /// The items that are selected, where they can be.
    pub selection: Option<Selection>,
    /// Do its items open beside it, where there is room? Else, and of tables within others, they
    /// open beneath their rows.
    pub has_panel: bool,
    pub which: Secret,
    /// Where names of identifiers are known.
    pub(super) names: Option<NameScope>,
}

/// What stands above a table.
pub struct Head {
    pub title: String,
    pub counter: Signal<String>,
    pub description: String,
    /// Which of several lists it shows.
    pub choice: Option<Markup>,
    /// The switch between table, tree and text.
    pub views: Markup,
}

impl Table {
    pub fn of_list(shown: ShownRun, list: &List<'static>, items: Items, which: Secret) -> Self {
        let seen: Vec<&Value> = items.all().iter().collect();
        let columns = columns(shown.op.model, list, &seen);
        Self {
            shown,
            title: list.title.clone(),
            item: Some(list.item),
            columns: Rc::new(columns),
            path: list.path.clone(),
            items,
            selection: None,
            has_panel: false,
            which,
            names: shown.name_scope(),
        }
    }

    /// Of items that no model knows.
    pub fn of_values(shown: ShownRun, items: Vec<Value>) -> Self {
        let seen: Vec<&Value> = items.iter().collect();
        let columns = columns_of_values(&seen, words::value());
        Self {
            shown,
            title: words::query_result().into(),
            item: None,
            columns: Rc::new(columns),
            path: String::new(),
            items: items.into(),
            selection: None,
            has_panel: false,
            which: Secret::Parts,
            names: None,
        }
    }

    /// Can its items be selected, because something identifies them?
    pub fn has_identifier(&self) -> bool {
        self.first(Role::Identifier).is_some()
    }

    /// With masks where it has secrets, until it is asked for without.
    pub fn view(self) -> Markup {
        let safe = self.items.all().iter();
        let safe = safe.map(|it| masked(self.shown.op.model, self.item, it, self.which));
        let safe: Vec<Value> = safe.collect();
        if safe == self.items.all() {
            return self.rows();
        }
        let words = words::secret_switch(&self.title);
        let masked = Self {
            items: safe.into(),
            ..self.clone()
        };
        // What is copied and saved is what is shown.
        switched(words, move |is_shown| match is_shown {
            true => self.rows(),
            false => masked.rows(),
        })
    }

    /// As they are.
    fn rows(&self) -> Markup {
        let (actions, body) = self.parts(None);
        let actions = el("div").class("answer-tools").child(actions);
        (actions, body).into()
    }

    /// In a container with a heading, at whose right stands what is done with its rows.
    pub fn container(self, head: Head, is_safe: bool) -> Markup {
        let Head {
            title,
            counter,
            description,
            choice,
            views,
        } = head;
        let (actions, body) = match is_safe {
            true => self.parts(Some(views)),
            // What is done with them is done with what is shown.
            false => {
                let views = el("div").class("answer-tools").child(views);
                (Markup::default(), (views, self.view()).into())
            }
        };
        let body = Markup::from((choice, body));
        view! { <Container title counter description actions>{body}</Container> }.into()
    }

    /// What is done with the rows, and the rows with what changes how they are seen.
    fn parts(&self, views: Option<Markup>) -> (Markup, Markup) {
        let (service, operation) = (&self.shown.op.service.name, self.shown.op.operation.name());
        let of = match (&*self.path, self.item) {
            // What stands deeper is known by its shape.
            ("", Some(item)) => item.shape.id.name(),
            (path, _) => path,
        };
        let choice = Choice::of(service, operation, of);
        let stored = StoredValue::new_local((*self.columns).clone());
        let (button, panel) = match self.columns.iter().all(|it| it.is_first) {
            true => (Markup::default(), Markup::default()),
            false => choice.view(stored),
        };
        let selection = self.selection.unwrap_or_else(|| Selection::new(Vec::new()));
        let first = Collection::new(self.items.all().len(), selection)
            .with_opener([words::table_tools(), words::table_sort()]);
        let exports = (first.total > 0).then(|| self.exports(first));
        let selected = self.selection.map(|selection| self.selected(selection));
        self.learn_names();
        let extras = el("div").class("answer-extras").child(views).child(button);
        let this = self.clone();
        let body = live(move || {
            let seen = choice.seen(&this.columns);
            untrack(|| this.table(first.with_columns(), seen))
        });
        let body = el("div")
            .class("answer-table")
            .child(extras)
            .child(panel)
            .child(body);
        ((selected, exports).into(), body.into())
    }

    fn selected(&self, selection: Selection) -> Markup {
        let Some(identifier) = self.first(Role::Identifier) else {
            return Markup::default();
        };
        let (this, items) = (self.clone(), RwSignal::new(Vec::new()));
        watch(move || {
            let rows = selection.rows().into_iter();
            items.set(rows.filter_map(|row| this.known(row)).collect());
        });
        let selected = Selected {
            shown: self.shown,
            list: self.path.clone(),
            identifier: identifier.key.clone(),
            items: items.into(),
        };
        actions(selected)
    }

    /// The first column that has this role.
    pub fn first(&self, role: Role) -> Option<&Column<'static>> {
        self.columns.iter().find(|it| it.role == role)
    }

    /// What stands in that column.
    pub fn text(&self, row: usize, role: Role) -> Option<String> {
        let column = self.first(role)?;
        let value = value_at(self.items.get(row)?, &column.key)?;
        is_scalar(value).then(|| text_of(column.place, value))
    }

    /// What other operations, and people, know an item by.
    pub fn known(&self, row: usize) -> Option<Known> {
        let item = self.items.get(row)?;
        // An answer may lack what the model says identifies its items, and have all that is taken.
        let identifier = self.first(Role::Identifier)?;
        let identifier = || value_at(item, &identifier.key).map(plain);
        Some(Known {
            name: self
                .text(row, Role::Name)
                .or_else(identifier)
                .unwrap_or_default(),
            item: item.clone(),
        })
    }

    fn exports(&self, collection: Collection) -> Markup {
        let members = self.item.map(|item| item.shape.members());
        let columns = match members.filter(|members| !members.is_empty()) {
            Some(members) => members
                .iter()
                .map(|member| Exported {
                    member: member.name.clone(),
                    title: self.shown.op.model.title(member),
                })
                .collect(),
            None => self
                .columns
                .iter()
                .map(|column| Exported {
                    member: column.key.clone(),
                    title: column.title.clone(),
                })
                .collect(),
        };
        let items = self.items.clone();
        let export = Export {
            file: words::file_name(self.shown.op.operation.name(), &self.title),
            columns,
            row: Rc::new(move |row| match &items[row] {
                // As the column for the item itself has it.
                text if !text.is_object() => serde_json::json!({ "@": text }),
                item => item.clone(),
            }),
        };
        exports(self.shown.console, collection, export)
    }

    /// The table with these columns.
    fn table(&self, collection: Collection, seen: Vec<usize>) -> Markup {
        let opened = Opened::new();
        let seen = self.seen(seen);
        let heads = seen.columns.iter().map(|&at| {
            let column = &self.columns[at];
            let kind = column.place.map(|place| &place.shape.kind);
            let is_filter = matches!(kind, Some(ShapeKind::Enum(_)));
            match is_filter && self.is_long() {
                true => CollectionColumn::filter_of(&column.title, self.values(column)),
                false => CollectionColumn::filter_if(is_filter, &column.title),
            }
        });
        let texts = self.texts(collection, &seen);
        let (cells, details, shown) = (self.clone(), self.clone(), seen.clone());
        let rows = CollectionRows {
            columns: Rc::new(heads.collect()),
            texts,
            cell: Rc::new(move |row, at| cells.cell(opened, row, &shown, at)),
            selectable: self.selection.map_or(0, |_| self.items.all().len()),
            settled: None,
            detail: Some(RowDetail {
                row: Signal::derive(move || opened.beneath().map(|(row, _)| row)),
                beside: Signal::derive(move || opened.beside().map(|(row, _)| row)),
                draw: Rc::new(move |row| {
                    live({
                        let details = details.clone();
                        move || {
                            let part = opened.beneath().filter(|(it, _)| *it == row)?.1;
                            Some(untrack(|| details.detail(opened, row, part)))
                        }
                    })
                }),
            }),
        };
        let items = words::in_sentence(&self.title);
        let title = self.title.clone();
        let table = table(self.shown.console, collection, rows, title, items);
        match self.has_panel {
            true => item::beside(self, collection, opened, table),
            false => table,
        }
    }

    /// What opens beneath a row.
    fn detail(&self, opened: Opened, row: usize, part: Option<usize>) -> Markup {
        let (shown, which) = (self.shown, self.which);
        let Some(at) = part else {
            if self.has_panel {
                let whole = item::whole(self, opened, (row, None));
                return el("div").class("item-beneath stack").child(whole).into();
            }
            let object = self.items[row].as_object().cloned().unwrap_or_default();
            let shape = self.item.map(|item| item.shape);
            return shape
                .map(|shape| members::members(shown, shape, &object, which))
                .into();
        };
        let column = &self.columns[at];
        let (place, value) = self.told(row, column);
        let value = value.clone();
        let part = match place {
            Some(place) => members::part(shown, column.title.clone(), place, &value, which),
            None => tree::view(shown.op.model, column.title.clone(), None, &value),
        };
        let title = el("h3").child(column.title.clone());
        el("div").class("stack").child(title).child(part).into()
    }
}

/// A list of structures within a value.
pub fn nested(
    shown: ShownRun,
    title: String,
    item: Place<'static>,
    items: &[Value],
    which: Secret,
) -> Markup {
    let list = List {
        path: String::new(),
        item_title: singular(&title),
        title,
        name: item.shape.id.name(),
        item,
    };
    Table::of_list(shown, &list, items.to_vec().into(), which).view()
}
