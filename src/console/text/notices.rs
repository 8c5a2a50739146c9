//! What the person should know of the proxy.

use crate::state::ProxyNotice;
use crate::transport::VERSION;
use std::cmp::Ordering;

/// What is so, and what to do.
pub fn proxy_notice(notice: &ProxyNotice) -> (String, String) {
    match notice {
        ProxyNotice::Version { proxy } => {
            let (title, action) = match by_version(VERSION, proxy) {
                Ordering::Less => (
                    "This page is older than the proxy",
                    "Reload the page. If this stays, build the page anew, and start the proxy with that.",
                ),
                Ordering::Greater => (
                    "The proxy is older than this page",
                    "Install the proxy anew, and start it again.",
                ),
                Ordering::Equal => (
                    "The page and the proxy are not of the same version",
                    "Build both from the same source.",
                ),
            };
            let versions = format!("The page has version {VERSION}, the proxy {proxy}.");
            (title.into(), format!("{versions} {action}"))
        }
        ProxyNotice::Origin { here, own } => (
            "What this page keeps is not only its own".into(),
            format!(
                "This browser does not resolve the proxy's own address, {own}, so history and drafts stay at {here}. Another program that takes this port later could read them. Use a browser that opens that address, or delete the history when you are done."
            ),
        ),
        ProxyNotice::Warning(warning) => (
            super::proxy_title(warning).into(),
            super::proxy_words(warning),
        ),
    }
}

/// By the numbers of two versions; what follows a hyphen counts for nothing.
fn by_version(one: &str, other: &str) -> Ordering {
    let numbers = |version: &str| -> Vec<u32> {
        let numbers = version.split(['-', '+']).next().unwrap_or_default();
        let numbers = numbers.split('.').map(|part| part.parse());
        numbers.map(Result::unwrap_or_default).collect()
    };
    numbers(one).cmp(&numbers(other))
}

#[cfg(test)]
mod tests {
    use super::by_version;
    use std::cmp::Ordering;

    #[test]
    fn versions_are_compared_by_their_numbers() {
        for (one, other, order) in [
            ("0.1.0", "0.2.0", Ordering::Less),
            ("0.10.0", "0.9.9", Ordering::Greater),
            ("1.0.0", "0.9.9", Ordering::Greater),
            ("0.1.0-alpha", "0.1.0", Ordering::Equal),
        ] {
            assert_eq!(by_version(one, other), order, "{one} {other}");
        }
    }
}
