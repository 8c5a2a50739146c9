//! What the person should know of the proxy.

use crate::{sentences, texts};
use std::cmp::Ordering;

/// Page and proxy are not of the same version: what is so, and what to do.
#[must_use]
pub fn other_version(page: &str, proxy: &str) -> (String, String) {
    let (title, action) = match by_version(page, proxy) {
        Ordering::Less => (texts::page_older(), texts::page_older_action()),
        Ordering::Greater => (texts::proxy_older(), texts::proxy_older_action()),
        Ordering::Equal => (texts::versions_differ(), texts::versions_differ_action()),
    };
    let detail = sentences(&[&texts::versions(page, proxy), action]);
    (title.into(), detail)
}

/// The page is at an address that others may have next: what is so, and what helps. `why` is the
/// word for what keeps it from the proxy's own address.
#[must_use]
pub fn shared_origin(here: &str, own: &str, why: Option<&str>) -> (String, String) {
    let remedy = match why {
        Some("insecure") => texts::stays_insecure(own),
        Some("full") => texts::stays_full(own),
        Some("large") => texts::stays_large(own),
        Some("failed") => texts::stays_failed(own),
        _ => texts::stays_not_found(own),
    };
    let detail = sentences(&[&texts::stays_at(here), &remedy]);
    (texts::readable_by_others().into(), detail)
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
