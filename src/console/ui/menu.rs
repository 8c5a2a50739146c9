//! A menu that a button opens. Its code comes with what stands in it, when it is first opened.

use leptos::ev::{FocusEvent, KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, Node};

use super::identity::fresh_id;
use super::{El, Glyph, Icon, Markup, PopupSize, el, open_popup, place_popup, turned};
use crate::watch::listen;

/// As wide as what stands in it.
const SIZE: PopupSize = PopupSize {
    width: ("max-width", 420.0),
    max_height: f64::INFINITY,
    enough_below: f64::INFINITY,
};

const ITEMS: &str = "[role=menuitem]";

/// The menu that is open; there is one at a time.
struct Open {
    owner: Owner,
    menu: Element,
    button: Element,
}

thread_local! {
    static OPEN: RefCell<Option<Open>> = const { RefCell::new(None) };
}

/// A button that opens a menu, whose code is there already.
pub fn menu_button(label: &str, content: impl Fn() -> Markup + Clone + 'static) -> El {
    let button = el("button");
    let (element, owner) = (button.element().clone(), Owner::current());
    let open = move |at_last| {
        // Not every browser gives the focus to a button that is clicked.
        let _ = element.dyn_ref::<HtmlElement>().map(HtmlElement::focus);
        if let Some(owner) = &owner {
            owner.with(|| untrack(|| open_menu(&element, at_last, &content)));
        }
    };
    opening_menu(button.attr("id", &fresh_id("menu")), open)
        .child(el("span").class("button-text").child(label))
        .child(view! { <Icon glyph=Glyph::Angle /> })
}

/// Makes a button one that opens a menu by click and arrow keys; `open` is told whether at its last
/// choice.
pub fn opening_menu(button: El, open: impl Fn(bool) + Clone + 'static) -> El {
    let press = open.clone();
    button
        .attr("type", "button")
        .class("button button-normal")
        .attr("aria-haspopup", "menu")
        .attr("aria-expanded", "false")
        .on("click", move |_: MouseEvent| press(false))
        .on("keydown", move |event: KeyboardEvent| {
            let key = event.key();
            if matches!(&*key, "ArrowDown" | "ArrowUp") {
                event.prevent_default();
                open(key == "ArrowUp");
            }
        })
}

/// What can be chosen; `about` says more of it in a second line. The menu closes first, so that what
/// the choice opens gives the focus back to the menu's button.
pub fn menu_item(label: &str, about: &str, choose: impl Fn() + Clone + 'static) -> El {
    let about = (!about.is_empty()).then(|| el("span").class("description").child(about));
    let take = move || {
        close();
        choose();
    };
    let press = take.clone();
    el("div")
        .class("pick-choice")
        .attr("role", "menuitem")
        .attr("tabindex", "-1")
        .on("click", move |_: MouseEvent| press())
        .on("keydown", move |event: KeyboardEvent| {
            if matches!(&*event.key(), "Enter" | " ") {
                event.prevent_default();
                take();
            }
        })
        .child(el("span").child(label))
        .child(about)
}

/// Choices under a heading; nothing where there are none.
pub fn menu_group(title: &str, items: Vec<El>) -> Option<Markup> {
    (!items.is_empty()).then(|| {
        let head = el("div").class("pick-group").attr("aria-hidden", "true");
        el("div")
            .attr("role", "group")
            .attr("aria-label", title)
            .child(head.child(title))
            .child(items.into_iter().map(Markup::from).collect::<Vec<_>>())
            .into()
    })
}

/// Opens the menu of a button, or closes it if it is open. The button has an id, and the focus; that
/// goes to the first choice, or to the last.
pub fn open_menu(button: &Element, at_last: bool, content: impl FnOnce() -> Markup) {
    let was_open = OPEN.with_borrow(|open| open.as_ref().is_some_and(|it| it.button == *button));
    close();
    let Some(owner) = Owner::current().filter(|_| !was_open) else {
        return;
    };
    // Whatever the menu needs ends with it, and it with its button.
    let owner = owner.child();
    let menu = owner.with(|| {
        on_cleanup(close);
        let choices = el("div")
            .class("pick-choices")
            .attr("role", "menu")
            .attr("aria-labelledby", &button.id())
            .child(content());
        let menu = el("div")
            .class("pick-popup")
            // In the top layer nothing cuts it off.
            .attr("popover", "manual")
            .child(choices);
        let (menu, around) = (menu.element().clone(), button.clone());
        for name in ["scroll", "resize"] {
            let (menu, button) = (menu.clone(), button.clone());
            listen(&window(), name, move |_: Event| {
                place_popup(&menu, &button, SIZE);
            });
        }
        let own = menu.clone();
        listen(&menu, "keydown", move |event: KeyboardEvent| {
            press(&own, &event)
        });
        listen(&menu, "focusout", move |event: FocusEvent| {
            let to = event
                .related_target()
                .and_then(|it| it.dyn_into::<Node>().ok());
            let is_within = |of: &Element| of.contains(to.as_ref());
            // The button closes it itself.
            if OPEN.with_borrow(|open| open.as_ref().is_some_and(|it| !is_within(&it.menu)))
                && !is_within(&around)
            {
                close_at(false);
            }
        });
        menu
    });
    let _ = button.after_with_node_1(&menu);
    let _ = button.set_attribute("aria-expanded", "true");
    open_popup(&menu, button, SIZE);
    let items = items(&menu);
    let first = if at_last { items.last() } else { items.first() };
    OPEN.with_borrow_mut(|open| {
        *open = Some(Open {
            owner,
            menu,
            button: button.clone(),
        });
    });
    if let Some(first) = first {
        let _ = first.focus();
    }
}

/// Moves the menu that is open to where its content now fits.
pub fn menu_changed() {
    OPEN.with_borrow(|open| {
        if let Some(Open { menu, button, .. }) = open {
            place_popup(menu, button, SIZE);
        }
    });
}

/// The focus goes back to the button.
fn close() {
    close_at(true);
}

fn close_at(takes_focus: bool) {
    // Taken out first: cleaning up, and what loses the focus, come here again.
    let Some(open) = OPEN.with_borrow_mut(Option::take) else {
        return;
    };
    let _ = open.button.set_attribute("aria-expanded", "false");
    if let Some(button) = open.button.dyn_ref::<HtmlElement>().filter(|_| takes_focus) {
        let _ = button.focus();
    }
    open.menu.remove();
    open.owner.cleanup();
}

fn items(menu: &Element) -> Vec<HtmlElement> {
    let Ok(found) = menu.query_selector_all(ITEMS) else {
        return Vec::new();
    };
    let all = (0..found.length()).filter_map(|at| found.get(at));
    all.filter_map(|it| it.dyn_into().ok()).collect()
}

fn press(menu: &Element, event: &KeyboardEvent) {
    let all = items(menu);
    let active = document().active_element();
    let at = all
        .iter()
        .position(|it| Some(it.as_ref()) == active.as_ref());
    let next = match &*event.key() {
        key @ ("ArrowDown" | "ArrowUp") if !all.is_empty() => {
            turned(key == "ArrowDown", at, all.len())
        }
        "Home" => 0,
        "End" => all.len().saturating_sub(1),
        // From the button on.
        "Tab" => return close(),
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            return close();
        }
        // The next that begins with it.
        letter if letter.chars().count() == 1 && letter != " " => {
            let begins = |at: &usize| {
                let label = all[*at].text_content().unwrap_or_default();
                label.to_lowercase().starts_with(&letter.to_lowercase())
            };
            let from = at.map_or(0, |at| at + 1);
            match (from..all.len()).chain(0..from).find(begins) {
                Some(at) => at,
                None => return,
            }
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(item) = all.get(next) {
        let _ = item.focus();
    }
}
