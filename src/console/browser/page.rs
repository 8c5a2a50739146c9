//! The page's address. Routes live in the fragment, so that the page works under any path.

use leptos::prelude::{document, window};

/// The fragment without its `#`.
pub fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// Replaces the fragment without a new entry in the history.
pub fn replace_fragment(fragment: &str) {
    if let Ok(history) = window().history() {
        let address = format!("#{fragment}");
        // The address then keeps what it had, which does no harm.
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address));
    }
}

/// Goes to a fragment, with an entry in the history; nothing hears of it.
pub fn go_to_fragment(fragment: &str) {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(fragment));
    }
}

/// The address of this page with another fragment.
pub fn address(fragment: &str) -> String {
    let address = window().location().href().unwrap_or_default();
    let page = address.split('#').next().unwrap_or_default();
    format!("{page}{fragment}")
}

/// A text as it may stand in an address.
pub fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// The text that percent-encoding stands for; none if it is malformed.
pub fn decoded(text: &str) -> Option<String> {
    js_sys::decode_uri_component(text).ok().map(Into::into)
}

/// Was the page served from this very machine, as the proxy and `trunk serve` do? The proxy's own
/// name ends in `.localhost`, which browsers look for nowhere else.
pub fn is_loopback() -> bool {
    let host = window().location().hostname().unwrap_or_default();
    is_plain_loopback(&host) || host.starts_with("formsmith-") && host.ends_with(".localhost")
}

fn is_plain_loopback(host: &str) -> bool {
    host == "localhost" || host == "[::1]" || host.starts_with("127.")
}

/// The origin, if it is one that any program of this machine may have next.
pub fn plain_loopback_origin() -> Option<String> {
    let location = window().location();
    let host = location.hostname().unwrap_or_default();
    location.origin().ok().filter(|_| is_plain_loopback(&host))
}

/// Why the page stays at such an origin, in a word of the page that leads to the proxy's own.
pub fn stayed_for() -> Option<String> {
    let search = window().location().search().ok()?;
    let (_, word) = search.split_once("move=")?;
    word.split('&').next().map(str::to_owned)
}

/// Does the page's policy let it reach a host by this name?
pub fn may_reach(name: &str) -> bool {
    let policy = "meta[http-equiv=Content-Security-Policy]";
    let policy = document().query_selector(policy).ok().flatten();
    let policy = policy.and_then(|policy| policy.get_attribute("content"));
    policy.is_some_and(|policy| policy.contains(name))
}

/// The page's origin.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Begins anew, as the browser's own button does.
pub fn reload() {
    let _ = window().location().reload();
}

/// The tag of the page's language.
pub fn language() -> String {
    let root = document().document_element();
    let tag = root.and_then(|root| root.get_attribute("lang"));
    tag.unwrap_or_default()
}

/// Is the page's language written from right to left?
pub fn is_from_right() -> bool {
    document().dir() == "rtl"
}

/// A key as it is where texts are written from left to right: the arrow that leads on is `ArrowRight`.
pub fn key_from_left(key: String) -> String {
    match key.as_str() {
        "ArrowRight" if is_from_right() => "ArrowLeft".to_owned(),
        "ArrowLeft" if is_from_right() => "ArrowRight".to_owned(),
        _ => key,
    }
}

/// Says that what the page says is in English after all.
pub fn say_in_english() {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", "en");
        let _ = root.remove_attribute("dir");
    }
}

pub fn set_title(title: &str) {
    document().set_title(title);
}

/// `light`, `dark`, or empty for what the system says.
pub fn set_theme(theme: &str) {
    if let Some(root) = document().document_element() {
        // Only a detached document refuses, and then there is nothing to see.
        let _ = match theme {
            "" => root.remove_attribute("data-theme"),
            theme => root.set_attribute("data-theme", theme),
        };
    }
}

/// Is it a machine of Apple's, on which shortcuts go with another key?
pub fn is_apple_device() -> bool {
    let platform = window().navigator().platform().unwrap_or_default();
    platform.starts_with("Mac") || platform.starts_with("iP")
}

/// Where the page's own icon is.
pub fn icon() -> String {
    let icon = document().query_selector("link[rel=icon]").ok().flatten();
    let address = icon.and_then(|icon| icon.get_attribute("href"));
    address.unwrap_or_default()
}

/// Does what a `toggle` is told of open?
pub fn is_opening(toggle: &web_sys::Event) -> bool {
    let state = js_sys::Reflect::get(toggle, &"newState".into()).ok();
    state.and_then(|state| state.as_string()).as_deref() == Some("open")
}
