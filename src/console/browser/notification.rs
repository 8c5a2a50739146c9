//! Word for a person who looks at something else.

use leptos::prelude::{document, window};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

/// Browsers have none outside a secure context.
fn is_there() -> bool {
    let name = JsValue::from_str("Notification");
    js_sys::Reflect::get(&window(), &name).is_ok_and(|it| it.is_function())
}

/// May the person still be asked?
pub fn may_ask() -> bool {
    is_there() && Notification::permission() == NotificationPermission::Default
}

/// Asks the person; true if they allow it.
pub async fn ask() -> bool {
    if let Ok(asked) = Notification::request_permission() {
        // The permission itself tells what was answered.
        let _ = JsFuture::from(asked).await;
    }
    is_there() && Notification::permission() == NotificationPermission::Granted
}

/// Tells, if the page is out of sight and the person allows it.
pub fn tell(title: &str, body: &str) {
    let is_allowed = is_there() && Notification::permission() == NotificationPermission::Granted;
    if document().hidden() && is_allowed {
        let options = NotificationOptions::new();
        options.set_body(body);
        // A browser that refuses says so in its own way.
        let _ = Notification::new_with_options(title, &options);
    }
}
