//! Copying out, and reading what is pasted in.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// True once the text is on the clipboard; browsers refuse outside a secure context.
pub async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    if js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| it.is_object()) {
        return JsFuture::from(navigator.clipboard().write_text(text))
            .await
            .is_ok();
    }
    false
}

/// The text a paste event carries.
pub fn pasted(event: &leptos::ev::ClipboardEvent) -> Option<String> {
    event.clipboard_data()?.get_data("text").ok()
}

/// Writes a text where the cursor is, as if it had been pasted: with the browser's own undo.
pub fn insert(text: &str) {
    if let Some(page) = document().dyn_ref::<web_sys::HtmlDocument>() {
        let _ = page.exec_command_with_show_ui_and_value("insertText", false, text);
    }
}
