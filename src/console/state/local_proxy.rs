//! A proxy on this computer, for a page that a host elsewhere serves. Both have to be told to: the page when
//! it is built, and the proxy by `--allow-origin`.

use super::Console;
use crate::browser::page;
use crate::browser::storage::tab;
use crate::transport::{self, elsewhere};

/// The proxy's origin, for the next load of this tab.
const PROXY: &str = "formsmith.proxy";

/// The names that the page's policy lets it reach.
const HOSTS: [&str; 2] = ["127.0.0.1", "localhost"];

/// Why no proxy is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotUsed {
    /// What was typed is no address of this computer with a code.
    Malformed,
    /// Nothing that lets this page in answers there, or the browser lets nothing through.
    Unreachable,
}

/// Where this tab used one before, it does so again.
pub(super) fn restore() -> bool {
    let origin = tab::read(PROXY);
    let is_used = origin.is_some();
    if let Some(origin) = origin {
        elsewhere::set_proxy(origin);
    }
    is_used
}

/// Origin and code of an address that the proxy printed.
fn parts(address: &str) -> Option<(String, String)> {
    let (origin, code) = address.trim().split_once("/#code=")?;
    let host = origin.strip_prefix("http://")?;
    let (name, port) = host.split_once(':').unwrap_or((host, "80"));
    let is_here = HOSTS.contains(&name) && port.parse::<u16>().is_ok();
    let is_code = !code.is_empty()
        && code
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it));
    (is_here && is_code).then(|| (origin.to_owned(), code.to_owned()))
}

impl Console {
    /// Was this page built to use one, and is it served from elsewhere? It is its policy that says so.
    pub fn may_use_local_proxy(self) -> bool {
        self.local_proxy().is_some()
            || (self.targets.offered().is_none() && page::may_reach(HOSTS[0]))
    }

    /// The origin of the one that is used.
    pub fn local_proxy(self) -> Option<String> {
        elsewhere::proxy()
    }

    /// Uses the proxy that has printed this address, until the tab is closed.
    pub async fn use_local_proxy(self, address: String) -> Result<(), NotUsed> {
        let (origin, code) = parts(&address).ok_or(NotUsed::Malformed)?;
        elsewhere::set_proxy(origin.clone());
        let Ok(told) = transport::status(None, None).await else {
            elsewhere::forget_proxy();
            return Err(NotUsed::Unreachable);
        };
        tab::write(PROXY, Some(&origin));
        self.meet_proxy(code, told).await;
        Ok(())
    }

    /// The page begins anew, with its own sandbox.
    pub fn leave_local_proxy(self) {
        tab::write(PROXY, None);
        page::reload();
    }
}
