//! A value as a tree that opens in place. Only what is open is drawn, and of many parts the first.

use super::values::{is_scalar, summary, text_of};
use crate::browser::page;
use crate::ui::{El, Markup, el, live, when};
use formsmith_api::answer::told_of_union;
use formsmith_api::model::{Model, Place, ShapeKind};
use formsmith_words as words;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use serde_json::{Map, Value};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MouseEvent};

/// So many parts are drawn before the person asks for more.
const AT_ONCE: usize = 100;

const ITEM: &str = "[role=treeitem]";

/// The parts of one value, from which they are drawn when they are to be seen.
#[derive(Clone)]
struct Parts {
    model: &'static Model,
    place: Option<Place<'static>>,
    value: Rc<Value>,
    level: usize,
}

pub fn view(
    model: &'static Model,
    label: String,
    place: Option<Place<'static>>,
    value: &Value,
) -> Markup {
    if is_scalar(value) {
        return el("p").child(text_of(place, value)).into();
    }
    let parts = Parts {
        model,
        place,
        value: Rc::new(value.clone()),
        level: 1,
    };
    let tree = el("ul")
        .class("tree")
        .attr("role", "tree")
        .attr("aria-label", &label)
        .child(parts.from(0))
        .on("keydown", press);
    // The first part takes the focus; the keys go on from there.
    if let Ok(Some(first)) = tree.element().query_selector(ITEM) {
        let _ = first.set_attribute("tabindex", "0");
    }
    tree.into()
}

impl Parts {
    fn count(&self) -> usize {
        match &*self.value {
            Value::Array(items) => items.len(),
            Value::Object(members) => members.len(),
            _ => 0,
        }
    }

    /// The name of a part, where it stands, and its value.
    fn part(&self, at: usize) -> Option<(String, Option<Place<'static>>, &Value)> {
        let kind = self.place.map(|place| &place.shape.kind);
        Some(match &*self.value {
            Value::Array(items) => {
                let place = match kind {
                    Some(ShapeKind::List(item)) => self.model.place(item),
                    _ => None,
                };
                ((at + 1).to_string(), place, items.get(at)?)
            }
            Value::Object(members) => {
                let (name, value) = members.iter().nth(at)?;
                let place = match kind {
                    Some(ShapeKind::Map { value, .. }) => self.model.place(value),
                    _ => {
                        let member = self.place.and_then(|place| place.shape.member(name));
                        member.and_then(|member| self.model.place(member))
                    }
                };
                (name.clone(), place, value)
            }
            _ => return None,
        })
    }

    /// The parts from one on, and behind them the way to more.
    fn from(&self, first: usize) -> Markup {
        let end = self.count().min(first + AT_ONCE);
        let drawn: Vec<Markup> = (first..end).filter_map(|at| self.item(at)).collect();
        let left = self.count() - end;
        if left == 0 {
            return drawn.into();
        }
        let (is_open, parts) = (RwSignal::new(false), self.clone());
        let more = live(move || match is_open.get() {
            true => untrack(|| parts.from(end)),
            false => {
                let open = move |_: MouseEvent| is_open.set(true);
                let text = words::tree_more(left.min(AT_ONCE), left);
                let row = el("div").class("tree-row tree-more").child(text);
                item(parts.level).child(row.on("click", open)).into()
            }
        });
        (drawn, more).into()
    }

    fn item(&self, at: usize) -> Option<Markup> {
        let (name, place, value) = self.part(at)?;
        let (place, value) = told_of_union(self.model, place, value);
        let title = el("span").class("tree-name").child(name.clone());
        let row = el("div").class("tree-row").child(title);
        let is_empty = value.as_array().is_some_and(Vec::is_empty)
            || value.as_object().is_some_and(Map::is_empty);
        if is_scalar(value) || is_empty {
            let text = match is_scalar(value) {
                true => text_of(place, value),
                false => words::none().to_owned(),
            };
            let row = row.child(el("span").class("tree-value").child(text));
            return Some(item(self.level).child(row).into());
        }
        let told = match value {
            Value::Array(items) => words::tree_items(items.len()),
            value => summary(&name, place, value),
        };
        let is_open = RwSignal::new(false);
        let toggle = move |_: MouseEvent| is_open.update(|it| *it = !*it);
        let row = row
            .child(el("span").class("tree-count").child(told))
            .on("click", toggle);
        let parts = Self {
            model: self.model,
            place,
            value: Rc::new(value.clone()),
            level: self.level + 1,
        };
        let group = when(
            move || is_open.get(),
            move || el("ul").attr("role", "group").child(parts.from(0)),
        );
        let item =
            item(self.level).attr_live("aria-expanded", move || Some(is_open.get().to_string()));
        Some(item.child(row).child(group).into())
    }
}

fn item(level: usize) -> El {
    el("li")
        .attr("role", "treeitem")
        .attr("tabindex", "-1")
        .attr("aria-level", &level.to_string())
}

/// The keys of a tree: up and down, to the first and the last, in and out, and opening.
fn press(event: KeyboardEvent) {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let here = target.and_then(|it| it.closest(ITEM).ok().flatten());
    let tree = here
        .as_ref()
        .and_then(|it| it.closest("[role=tree]").ok().flatten());
    let (Some(here), Some(tree)) = (here, tree) else {
        return;
    };
    let open = here.get_attribute("aria-expanded");
    let to = match &*page::key_from_left(event.key()) {
        "ArrowDown" => beside(&tree, &here, 1),
        "ArrowUp" => beside(&tree, &here, -1),
        "Home" => tree.query_selector(ITEM).ok().flatten(),
        "End" => all(&tree).pop(),
        "ArrowRight" if open.as_deref() == Some("true") => beside(&tree, &here, 1),
        "ArrowRight" if open.is_some() => pressed(&here),
        "ArrowLeft" if open.as_deref() == Some("true") => pressed(&here),
        "ArrowLeft" => here
            .parent_element()
            .and_then(|it| it.closest(ITEM).ok().flatten()),
        "Enter" | " " => {
            // What stands in the place of the way to more is the next part.
            let before = beside(&tree, &here, -1);
            pressed(&here);
            let is_gone = !here.is_connected();
            before
                .filter(|_| is_gone)
                .and_then(|it| beside(&tree, &it, 1))
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(to) = to.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        if let Ok(Some(before)) = tree.query_selector("[role=treeitem][tabindex='0']") {
            let _ = before.set_attribute("tabindex", "-1");
        }
        let _ = to.set_attribute("tabindex", "0");
        let _ = to.focus();
    }
}

fn pressed(item: &Element) -> Option<Element> {
    let row = item.first_element_child()?;
    row.unchecked_ref::<HtmlElement>().click();
    None
}

fn all(tree: &Element) -> Vec<Element> {
    let Ok(items) = tree.query_selector_all(ITEM) else {
        return Vec::new();
    };
    let items = (0..items.length()).filter_map(|at| items.get(at));
    items.filter_map(|it| it.dyn_into().ok()).collect()
}

fn beside(tree: &Element, here: &Element, step: isize) -> Option<Element> {
    let all = all(tree);
    let at = all.iter().position(|it| it == here)?;
    all.get(at.checked_add_signed(step)?).cloned()
}
