//! Scrolling to what has opened.

use js_sys::{Function, Object, Reflect};
use leptos::prelude::request_animation_frame;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Scrolls no further than it takes to see an element, once what has just changed is drawn; of one that
/// is larger than its room, the beginning.
pub fn soon_into_view(element: &Element) {
    let element = element.clone();
    request_animation_frame(move || {
        let options = Object::new();
        let _ = Reflect::set(&options, &"block".into(), &"nearest".into());
        let scroll = Reflect::get(&element, &"scrollIntoView".into());
        if let Some(scroll) = scroll.ok().and_then(|it| it.dyn_into::<Function>().ok()) {
            let _ = scroll.call1(&element, &options);
        }
    });
}
