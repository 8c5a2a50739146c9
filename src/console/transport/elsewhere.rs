//! A proxy on this computer that is not what serves the page.

use js_sys::Reflect;
use std::cell::RefCell;
use web_sys::{RequestCredentials, RequestInit};

thread_local! {
    static PROXY: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What answers for services, relative to a proxy.
const ENDPOINTS: [&str; 2] = ["api/", "sandbox"];

/// From now on the proxy at this origin is asked, such as `http://127.0.0.1:8787`.
pub fn set_proxy(origin: String) {
    PROXY.set(Some(origin));
}

/// From now on it is the page's own origin that is asked.
pub fn forget_proxy() {
    PROXY.set(None);
}

/// Its origin, if there is one.
pub fn proxy() -> Option<String> {
    PROXY.with_borrow(Clone::clone)
}

/// Where a request goes that is for such a proxy, and what the browser has to know of it.
pub(super) fn address(address: &str, init: &RequestInit) -> Option<String> {
    let is_for_proxy = ENDPOINTS.iter().any(|it| address.starts_with(it));
    let proxy = proxy().filter(|_| is_for_proxy)?;
    init.set_credentials(RequestCredentials::Omit);
    // Browsers ask the person before a page reaches this computer; they ask at once if they are told.
    // Others know nothing of it.
    let _ = Reflect::set(init, &"targetAddressSpace".into(), &"loopback".into());
    Some([&proxy, "/", address].concat())
}
