//! Which tab acts for a run: the one that holds its lock, for as long as it lives.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// `navigator.locks.request`; there is none where the page is not in a secure context.
    #[wasm_bindgen(js_namespace = ["navigator", "locks"], js_name = request, catch)]
    fn request(
        name: &str,
        options: &Object,
        callback: &Closure<dyn FnMut(JsValue) -> Promise>,
    ) -> Result<Promise, JsValue>;
}

fn name(run: &str) -> String {
    format!("formsmith.run.{run}")
}

/// Takes the lock of a run if nobody holds it; true if it is held here from now on. Where the
/// browser has no locks, each tab acts as if it were alone.
pub async fn take(run: &str) -> bool {
    acquired(run, true).await
}

/// Waits until nobody else holds the lock, and holds it.
pub async fn wait(run: &str) -> bool {
    acquired(run, false).await
}

/// Holds the lock of a run that nobody else can know of.
pub fn hold(run: &str) {
    let run = run.to_owned();
    crate::browser::task::spawn(async move {
        take(&run).await;
    });
}

async fn acquired(run: &str, if_available: bool) -> bool {
    let (promise, resolve) = deferred();
    let hold = move |lock: JsValue| {
        let is_held = !lock.is_null();
        let _ = resolve.call1(&JsValue::NULL, &is_held.into());
        match is_held {
            // It is held until this is over, which it never is.
            true => Promise::new(&mut |_, _| {}),
            false => Promise::resolve(&JsValue::UNDEFINED),
        }
    };
    let hold = Closure::<dyn FnMut(JsValue) -> Promise>::new(hold);
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &if_available.into());
    let requested = request(&name(run), &options, &hold);
    // The browser calls it once, later.
    hold.forget();
    match requested {
        Err(_) => true,
        Ok(_) => {
            let held = JsFuture::from(promise).await;
            held.is_ok_and(|held| held.is_truthy())
        }
    }
}

/// A promise, and what resolves it.
fn deferred() -> (Promise, js_sys::Function) {
    let mut resolve = None;
    let promise = Promise::new(&mut |it, _| resolve = Some(it));
    let resolve = resolve.unwrap_or_else(|| JsValue::UNDEFINED.unchecked_into());
    (promise, resolve)
}
