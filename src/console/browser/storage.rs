//! Text kept across reloads: for good, or as long as its tab.

use crate::watch::listen;
use js_sys::Reflect;
use leptos::prelude::window;
use web_sys::Event;

fn local() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

pub fn read(key: &str) -> Option<String> {
    local()?.get_item(key).ok().flatten()
}

/// False if the browser keeps nothing: storage is full or switched off.
pub fn write(key: &str, value: &str) -> bool {
    local().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// The keys that begin so.
pub fn keys(prefix: &str) -> Vec<String> {
    let Some(storage) = local() else {
        return Vec::new();
    };
    let keys = (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok()?);
    keys.filter(|key| key.starts_with(prefix)).collect()
}

/// A browser that keeps nothing has nothing to forget.
pub fn remove(key: &str) {
    if let Some(storage) = local() {
        let _ = storage.remove_item(key);
    }
}

/// Hears of what other tabs change, by its key; of none where they clear everything.
pub fn on_change(mut hear: impl FnMut(Option<String>) + 'static) {
    listen(&window(), "storage", move |event: Event| {
        let key = Reflect::get(&event, &"key".into()).unwrap_or_default();
        hear(key.as_string());
    });
}

/// What goes with the tab.
pub mod tab {
    use leptos::prelude::window;

    fn storage() -> Option<web_sys::Storage> {
        window().session_storage().ok().flatten()
    }

    pub fn read(key: &str) -> Option<String> {
        storage()?.get_item(key).ok().flatten()
    }

    /// Takes the place of what was there; nothing removes it. A browser that keeps nothing
    /// forgets it with the page.
    pub fn write(key: &str, value: Option<&str>) {
        if let Some(storage) = storage() {
            let _ = match value {
                Some(value) => storage.set_item(key, value),
                None => storage.remove_item(key),
            };
        }
    }
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use super::{local, read, write};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn what_is_kept_comes_back_until_it_is_removed() {
        let key = "formsmith.test";
        assert!(write(key, "é\u{1F44D}\n"));
        assert_eq!(read(key).as_deref(), Some("é\u{1F44D}\n"));
        assert!(local().is_some_and(|storage| storage.remove_item(key).is_ok()));
        assert_eq!(read(key), None);
    }
}
