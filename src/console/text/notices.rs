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
                    "Reload the page. If this message stays, rebuild the page and restart the proxy with it.",
                ),
                Ordering::Greater => (
                    "The proxy is older than this page",
                    "Reinstall the proxy, then restart it.",
                ),
                Ordering::Equal => (
                    "The page and the proxy are not of the same version",
                    "Build both from the same source.",
                ),
            };
            let versions = format!("The page has version {VERSION}, the proxy {proxy}.");
            (title.into(), format!("{versions} {action}"))
        }
        ProxyNotice::Origin { here, own, why } => (
            "Another program could read what this page keeps".into(),
            format!(
                "History and drafts stay at {here}, where any program that uses this port later can read them. {}",
                stayed_for(why.as_deref(), own)
            ),
        ),
        ProxyNotice::Warning(warning) => (
            super::proxy_title(warning).into(),
            super::proxy_words(warning),
        ),
    }
}

/// Why the page is not at the proxy's own address, and what helps.
fn stayed_for(why: Option<&str>, own: &str) -> String {
    match why {
        Some("insecure") => format!(
            "This browser does not count {own} as secure, so the page can't work there. Use another browser, or delete the history when you are done."
        ),
        Some("full") => format!(
            "At {own}, this browser has no room for them. Delete runs you no longer need, then open a new address: Enter in the proxy's terminal prints one."
        ),
        Some("large") => format!(
            "They are too large to be moved to {own}. Export the history, delete it here, and import it there."
        ),
        Some("failed") => format!(
            "Moving them to {own} failed, and nothing was lost. Open a new address to try again: Enter in the proxy's terminal prints one."
        ),
        _ => format!(
            "This browser does not find the proxy's own address, {own}. Use a browser that does, or delete the history when you are done."
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
