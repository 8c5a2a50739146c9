//! What must not move while a button is being pressed.
//!
//! A press takes the focus from a field before it becomes a click. A message that appeared at
//! the field just then would push the button from under the pointer, and the click would miss.

use crate::watch::listen;
use leptos::ev::PointerEvent;
use leptos::prelude::{set_timeout, window};
use std::cell::{Cell, RefCell};
use std::time::Duration;
use web_sys::{Event, MouseEvent};

thread_local! {
    static IS_PRESSED: Cell<bool> = const { Cell::new(false) };
    static WAITING: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Follows the pointer; called once, when the page starts.
pub fn watch() {
    // Other buttons open menus, whose end no event tells.
    listen(&window(), "pointerdown", |event: PointerEvent| {
        if event.button() == 0 {
            IS_PRESSED.set(true);
        }
    });
    listen(&window(), "pointerup", |_: Event| released());
    listen(&window(), "pointercancel", |_: Event| released());
}

fn released() {
    IS_PRESSED.set(false);
    // The click comes right after.
    set_timeout(
        || WAITING.take().into_iter().for_each(|run| run()),
        Duration::ZERO,
    );
}

/// Does a click with these keys open its link in another tab or window?
pub fn opens_elsewhere(event: &MouseEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.shift_key()
}

/// Runs at once, or after the click that is under way.
pub fn after_press(run: impl FnOnce() + 'static) {
    if IS_PRESSED.get() {
        WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(run)));
    } else {
        run();
    }
}
