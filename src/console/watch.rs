//! What runs again when signals change, and what listens to the browser.
//!
//! Both end with their reactive owner. Leptos compiles its effects once for each kind of value
//! and its listeners once for each kind of event; here there is one kind of either, because the
//! page is paid for in bytes.

use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// Runs now, and again whenever a signal that it reads has changed.
pub fn watch(run: impl FnMut() + 'static) {
    watch_boxed(Box::new(run));
}

fn watch_boxed(mut run: Box<dyn FnMut()>) {
    // The owner keeps the effect, and with it whatever the effect holds.
    let _ = StoredValue::new_local(RenderEffect::new(move |_| run()));
}

/// Hears an event of a target as long as the current owner lives.
pub fn listen<E: JsCast>(
    target: &EventTarget,
    name: &'static str,
    mut hear: impl FnMut(E) + 'static,
) {
    listen_boxed(
        target,
        name,
        Box::new(move |event| hear(event.unchecked_into())),
    );
}

fn listen_boxed(target: &EventTarget, name: &'static str, mut hear: Box<dyn FnMut(Event)>) {
    // What a listener makes belongs where the listener does.
    let owner = Owner::current().unwrap_or_default();
    let hear = Closure::new(move |event| owner.with(|| hear(event)));
    let listener = Listener {
        target: target.clone(),
        name,
        hear,
    };
    // Fails for no target there is.
    let _ = target.add_event_listener_with_callback(name, listener.hear.as_ref().unchecked_ref());
    let _ = StoredValue::new_local(listener);
}

struct Listener {
    target: EventTarget,
    name: &'static str,
    hear: Closure<dyn FnMut(Event)>,
}

impl Drop for Listener {
    /// An element may send events while it leaves the page, when what would hear them has gone.
    fn drop(&mut self) {
        let hear = self.hear.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback(self.name, hear);
    }
}
