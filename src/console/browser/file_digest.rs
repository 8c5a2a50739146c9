//! Digests of files, made by a worker.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Blob};

/// What `digest.js` says where its worker can't be had.
const NOT_STARTED: &str = "not started";

#[wasm_bindgen]
extern "C" {
    /// Imports the module that starts the worker; `boot.js` provides this.
    #[wasm_bindgen(js_name = formsmithDigests, catch)]
    async fn load() -> Result<JsValue, JsValue>;

    type Module;

    #[wasm_bindgen(method, catch)]
    async fn digests(
        this: &Module,
        file: &Blob,
        algorithms: Vec<String>,
        told: &Closure<dyn FnMut(f64)>,
        signal: &AbortSignal,
    ) -> Result<JsValue, JsValue>;
}

/// Why there are no digests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDigests {
    /// The code that makes them did not come.
    NotLoaded,
    /// The file is gone, has changed, or is not read on.
    Unreadable,
}

/// The digests in base64, in the order of their algorithms. `told` hears how many bytes are done.
pub async fn digests(
    file: &Blob,
    algorithms: &[String],
    told: impl FnMut(f64) + 'static,
    signal: &AbortSignal,
) -> Result<Vec<String>, NoDigests> {
    let module = load().await.map_err(|_| NoDigests::NotLoaded)?;
    let module: Module = module.unchecked_into();
    let told = Closure::new(told);
    let made = module
        .digests(file, algorithms.to_vec(), &told, signal)
        .await;
    let made = made.map_err(|why| match why.as_string().as_deref() {
        Some(NOT_STARTED) => NoDigests::NotLoaded,
        _ => NoDigests::Unreadable,
    })?;
    let made = Array::from(&made);
    let made = made.iter().map(|digest| digest.as_string());
    made.collect::<Option<_>>().ok_or(NoDigests::Unreadable)
}
