//! What only a browser has: storage, a database, files that are kept, randomness, hashes, clock,
//! languages, clipboard, address, focus, pointer, the room there is, and tasks.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

pub mod chosen;
pub mod clipboard;
pub mod clock;
pub mod database;
pub mod digest;
pub mod file;
pub mod file_digest;
pub mod focus;
pub mod idle;
pub mod intl;
pub mod kept_models;
pub mod notification;
pub mod page;
pub mod pointer;
pub mod random;
pub mod save_target;
pub mod scroll;
pub mod storage;
pub mod task;
pub mod width;

/// Calls a method of an element that takes one option.
fn call_with(element: &Element, method: &str, option: &str, value: JsValue) {
    let options = Object::new();
    let _ = Reflect::set(&options, &option.into(), &value);
    let method = Reflect::get(element, &method.into());
    if let Some(method) = method.ok().and_then(|it| it.dyn_into::<Function>().ok()) {
        let _ = method.call1(element, &options);
    }
}
