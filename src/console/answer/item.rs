//! The item of a table that is open: beneath its row, or beside the table where there is room. There
//! it follows the row in focus.

use super::selected::Selected;
use super::table::Table;
use super::use_in::use_in;
use super::views::views;
use super::{json_text, members, tree};
use crate::browser::focus;
use crate::ui::{Button, Collection, Glyph, Markup, Variant, el, live};
use crate::watch::listen;
use formsmith_api::answer::Role;
use formsmith_words as words;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

/// A row, and the column of it that was asked for; none for the whole item.
pub type What = (usize, Option<usize>);

/// The panel, and its heading.
const ITEM_ID: &str = "item";
const TITLE_ID: &str = "item-title";

/// Pixels in which there is room for a table with columns and an item beside it.
const ROOM: i32 = 960;

/// How an item is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Details,
    Tree,
    Json,
}

/// What of a table is open, and where.
#[derive(Clone, Copy)]
pub struct Opened {
    what: RwSignal<Option<What>>,
    is_beside: RwSignal<bool>,
    view: RwSignal<View>,
    /// The table with what is beside it; none where nothing ever is.
    place: StoredValue<Option<Element>, LocalStorage>,
}

impl Opened {
    pub fn new() -> Self {
        Self {
            what: RwSignal::new(None),
            is_beside: RwSignal::new(false),
            view: RwSignal::new(View::Details),
            place: StoredValue::new_local(None),
        }
    }

    pub fn is(self, what: What) -> bool {
        self.what.get() == Some(what)
    }

    pub fn beneath(self) -> Option<What> {
        self.what.get().filter(|_| !self.is_beside.get())
    }

    pub fn beside(self) -> Option<What> {
        self.what.get().filter(|_| self.is_beside.get())
    }

    /// What is beneath a row closes with the button that has opened it. To what is beside the table
    /// the focus goes.
    pub fn press(self, what: What) {
        self.measure();
        if self.is_beside.get_untracked() {
            self.what.set(Some(what));
            focus::soon(ITEM_ID);
        } else {
            let is_open = untrack(|| self.is(what));
            self.what.set((!is_open).then_some(what));
        }
    }

    fn measure(self) {
        // While nothing stands beside it the table has no box of its own.
        let width = |place: &Option<Element>| {
            let around = place.as_ref().and_then(|place| place.parent_element());
            around.map_or(0, |around| around.client_width())
        };
        let is_beside = self.place.with_value(width) >= ROOM;
        if self.is_beside.get_untracked() != is_beside {
            self.is_beside.set(is_beside);
        }
    }

    /// The row that has, or is given, the focus is the one that is open.
    fn follow(self, event: &Event, collection: Collection) {
        let Some((open, _)) = untrack(|| self.beside()) else {
            return;
        };
        let part = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let row = part.and_then(|part| collection.row_of(&part));
        if let Some(row) = row.filter(|row| *row != open) {
            self.what.set(Some((row, None)));
        }
    }

    /// The focus goes back to what has opened it.
    fn close(self) {
        let opener = self.place.with_value(|place| {
            let opener = ".cell-opener[aria-expanded=true]";
            place.as_ref()?.query_selector(opener).ok().flatten()
        });
        self.what.set(None);
        if let Some(opener) = opener.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            let _ = opener.focus();
        }
    }
}

/// A table, and beside it what is open of it.
pub fn beside(table: &Table, collection: Collection, opened: Opened, drawn: Markup) -> Markup {
    let follow = move |event: Event| opened.follow(&event, collection);
    let rows = el("div")
        .class("stack")
        .on("focusin", follow)
        .on("click", follow)
        .child(drawn);
    let table = table.clone();
    let item = live(move || {
        let what = opened.beside()?;
        Some(untrack(|| panel(&table, opened, what)))
    });
    let whole = el("div")
        .class("listed")
        .attr_while("data-open", "", move || opened.beside().is_some())
        .child(rows)
        .child(item);
    opened.place.set_value(Some(whole.element().clone()));
    listen(&window(), "resize", move |_: Event| opened.measure());
    whole.into()
}

fn panel(table: &Table, opened: Opened, what: What) -> Markup {
    let row = what.0;
    let title = table.text(row, Role::Name);
    let title = title.or_else(|| table.text(row, Role::Identifier));
    let title = title.unwrap_or_else(|| table.title.clone());
    let close = view! {
        <Button
            variant=Variant::Icon
            icon=Glyph::Close
            label=Signal::stored(words::close().to_owned())
            on_click=move |()| opened.close()
        />
    };
    let head = el("div")
        .class("item-head")
        .child(el("h3").attr("id", TITLE_ID).child(title))
        .child(close);
    el("section")
        .class("item")
        .attr("id", ITEM_ID)
        .attr("tabindex", "-1")
        .attr("aria-labelledby", TITLE_ID)
        .on("keydown", move |event: KeyboardEvent| {
            if event.key() == "Escape" && !event.default_prevented() {
                opened.close();
            }
        })
        .child(head)
        .child(whole(table, opened, what))
        .into()
}

/// An item, shown as the person has chosen, with the operations that take it.
pub fn whole(table: &Table, opened: Opened, (row, part): What) -> Markup {
    let all = [
        (View::Details, words::details()),
        (View::Tree, words::view_tree()),
        (View::Json, words::view_json()),
    ];
    let content = {
        let table = table.clone();
        live(move || {
            let view = opened.view.get();
            untrack(|| shown_as(&table, row, part, view))
        })
    };
    let takers = table.selection.and_then(|_| {
        let identifier = table.first(Role::Identifier)?;
        let selected = Selected {
            shown: table.shown,
            list: table.path.clone(),
            identifier: identifier.key.clone(),
            items: Signal::stored(vec![table.known(row)?]),
        };
        Some(use_in(selected))
    });
    (views("item-view", all, opened.view), takers, content).into()
}

fn shown_as(table: &Table, row: usize, part: Option<usize>, view: View) -> Markup {
    let (shown, value) = (table.shown, &table.items[row]);
    let shape = table.item.map(|item| item.shape);
    match (view, shape, value.as_object()) {
        (View::Json, ..) => json_text::view(shown.console, words::view_json().into(), value),
        (View::Details, Some(shape), Some(object)) => {
            // The member in which the column's value stands.
            let open = part.map(|at| table.columns[at].key.split(['.', '[']).next());
            members::folded(shown, shape, object, table.which, open.flatten())
        }
        _ => tree::view(shown.op.model, table.title.clone(), table.item, value),
    }
}
