//! How much room there is for something.

use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::Element;

/// Hears of the element's room once it is in the page, and whenever that changes, for as long as the
/// current owner lives; never in a browser without `ResizeObserver`.
pub fn follow(element: &Element, hear: impl FnMut() + 'static) {
    let hear: Closure<dyn FnMut()> = Closure::new(hear);
    let kind = Reflect::get(&window(), &"ResizeObserver".into());
    let Some(kind) = kind.ok().and_then(|it| it.dyn_into::<Function>().ok()) else {
        return;
    };
    let Ok(observer) = Reflect::construct(&kind, &Array::of1(hear.as_ref())) else {
        return;
    };
    let call = |name: &str| {
        let method = Reflect::get(&observer, &name.into()).ok()?;
        method
            .dyn_into::<Function>()
            .ok()?
            .call1(&observer, element)
            .ok()
    };
    call("observe");
    // Its closure goes only after it.
    StoredValue::new_local(Observer {
        observer,
        _hear: hear,
    });
}

struct Observer {
    observer: wasm_bindgen::JsValue,
    _hear: Closure<dyn FnMut()>,
}

impl Drop for Observer {
    fn drop(&mut self) {
        let end = Reflect::get(&self.observer, &"disconnect".into());
        if let Some(end) = end.ok().and_then(|it| it.dyn_into::<Function>().ok()) {
            let _ = end.call0(&self.observer);
        }
    }
}
