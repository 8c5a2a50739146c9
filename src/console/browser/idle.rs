//! What may wait until the browser has nothing else to do.

use super::clock;
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// How long that is, in a browser that doesn't tell.
const ELSE_MS: f64 = 1_500.0;

/// Until the browser is idle; WebKit doesn't say when, and some time passes instead.
pub async fn idle() {
    let ask = Reflect::get(&window(), &"requestIdleCallback".into());
    let Some(ask) = ask.ok().and_then(|it| it.dyn_into::<Function>().ok()) else {
        return clock::pause(ELSE_MS).await;
    };
    let mut wait = |resolve: Function, _| {
        // Called as a method of the window, it takes any function.
        let _ = ask.call1(&JsValue::from(window()), &resolve);
    };
    let _ = JsFuture::from(Promise::new(&mut wait)).await;
}
