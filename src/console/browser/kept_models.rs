//! The models of AWS's services that `service-worker.js` has kept as they were used.

use js_sys::Array;
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Stands in the names of what holds them, and of nothing else that the page keeps.
const MODELS: &str = " models ";

/// Removes them: which they are tells what was looked at.
pub async fn forget() {
    // A browser that keeps no files has nothing to forget.
    let _ = remove().await;
}

async fn remove() -> Result<(), JsValue> {
    let caches = window().caches()?;
    let names = Array::from(&JsFuture::from(caches.keys()).await?);
    for name in names.iter().filter_map(|name| name.as_string()) {
        if name.starts_with("formsmith ") && name.contains(MODELS) {
            JsFuture::from(caches.delete(&name)).await?;
        }
    }
    Ok(())
}
