//! What rules ask of texts. Source: Smithy's standard library of the rules engine and AWS's.

use std::borrow::Cow;

/// The parts of an ARN.
#[derive(Debug, Clone)]
pub struct Arn<'a> {
    pub partition: Cow<'a, str>,
    pub service: Cow<'a, str>,
    pub region: Cow<'a, str>,
    pub account: Cow<'a, str>,
    resource: Cow<'a, str>,
}

/// The parts of the endpoint that a person gives.
#[derive(Debug, Clone)]
pub struct GivenUrl<'a> {
    pub scheme: &'static str,
    /// A host, with a port where one is given.
    pub authority: &'a str,
    /// Empty, or begins with a slash.
    pub path: &'a str,
    pub is_ip: bool,
}

impl<'a> Arn<'a> {
    pub fn parse(text: &Cow<'a, str>) -> Option<Self> {
        let mut at = text.strip_prefix("arn:").map(|_| 4)?;
        let mut next = || {
            let colon = at + text.get(at..)?.find(':')?;
            let part = slice(text, at, colon);
            at = colon + 1;
            part
        };
        let arn = Self {
            partition: next()?,
            service: next()?,
            region: next()?,
            account: next()?,
            resource: slice(text, at, text.len())?,
        };
        let needed = [&arn.partition, &arn.service, &arn.resource];
        needed.iter().all(|part| !part.is_empty()).then_some(arn)
    }

    /// A part of the resource's name.
    pub fn resource(&self, at: usize) -> Option<Cow<'a, str>> {
        let part = self.resource.split([':', '/']).nth(at)?;
        let start = part.as_ptr() as usize - self.resource.as_ptr() as usize;
        slice(&self.resource, start, start + part.len())
    }
}

/// A part of a text, which is not copied where the text wasn't.
fn slice<'a>(text: &Cow<'a, str>, start: usize, stop: usize) -> Option<Cow<'a, str>> {
    Some(match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(start..stop)?),
        Cow::Owned(text) => Cow::Owned(text.get(start..stop)?.to_owned()),
    })
}

/// Of a text of ASCII alone; with `is_reverse` both places are counted from its end.
pub fn substring<'a>(
    text: &Cow<'a, str>,
    (start, stop): (usize, usize),
    is_reverse: bool,
) -> Option<Cow<'a, str>> {
    if start >= stop || text.len() < stop || !text.is_ascii() {
        return None;
    }
    match is_reverse {
        true => slice(text, text.len() - stop, text.len() - start),
        false => slice(text, start, stop),
    }
}

/// Every byte that isn't unreserved as `%XX`.
pub fn uri_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match is_unreserved(byte) {
            true => encoded.push(char::from(byte)),
            false => {
                let digit = |value: u8| char::from(b"0123456789ABCDEF"[usize::from(value)]);
                encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
            }
        }
    }
    encoded
}

pub fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// 1 to 63 letters, digits and hyphens, with no hyphen at either end; of `a.b` each part.
pub fn is_host_label(text: &str, allows_dots: bool) -> bool {
    let is_label = |label: &str| {
        let bytes = label.as_bytes();
        (1..=63).contains(&bytes.len())
            && bytes
                .iter()
                .all(|b| b.is_ascii_alphanumeric() || *b == b'-')
            && bytes[0] != b'-'
            && bytes[bytes.len() - 1] != b'-'
    };
    match allows_dots {
        true => text.split('.').all(is_label),
        false => is_label(text),
    }
}

/// Can the bucket stand in a host name?
pub fn is_bucket_label(text: &str, allows_dots: bool) -> bool {
    text.len() >= 3
        && !text.bytes().any(|byte| byte.is_ascii_uppercase())
        && !is_ipv4(text)
        && is_host_label(text, allows_dots)
}

fn is_ipv4(text: &str) -> bool {
    let is_number = |part: &str| {
        (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    text.split('.').count() == 4 && text.split('.').all(is_number)
}

impl<'a> GivenUrl<'a> {
    /// Of `http` or `https` with a host, perhaps a port and a path, and nothing else: no user, no
    /// query, no fragment.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let known = ["https", "http"];
        let scheme = known.iter().find(|it| scheme.eq_ignore_ascii_case(it))?;
        let slash = rest.find('/').unwrap_or(rest.len());
        let (authority, path) = rest.split_at(slash);
        let is_ip = is_host_of_ip(authority)?;
        is_path(path).then_some(Self {
            scheme,
            authority,
            path,
            is_ip,
        })
    }

    /// The path with a slash at both ends and no empty parts.
    pub fn normalized_path(&self) -> Cow<'a, str> {
        if matches!(self.path, "" | "/") {
            return Cow::Borrowed("/");
        }
        let mut normalized = String::from("/");
        for part in self.path.split('/').filter(|part| !part.is_empty()) {
            normalized.push_str(part);
            normalized.push('/');
        }
        Cow::Owned(normalized)
    }
}

/// Is the host of this authority the number of a machine? `None` if it is no authority.
fn is_host_of_ip(authority: &str) -> Option<bool> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (host, port) = rest.split_once(']')?;
            (
                host,
                port.strip_prefix(':').or(port.is_empty().then_some("0"))?,
            )
        }
        None => authority.split_once(':').unwrap_or((authority, "0")),
    };
    port.parse::<u16>()
        .ok()
        .filter(|_| !port.starts_with('+'))?;
    if authority.starts_with('[') {
        return host.parse::<core::net::Ipv6Addr>().is_ok().then_some(true);
    }
    // Names of machines at home may have underscores.
    let has_letters = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| is_unreserved(byte) && byte != b'~')
    };
    let is_host = host.len() <= 253 && host.split('.').all(has_letters);
    is_host.then(|| is_ipv4(host))
}

/// Empty, or what may stand in a URL between host and query, without dots that lead elsewhere.
pub fn is_path(path: &str) -> bool {
    let is_dots =
        |part: &str| matches!(&*part.to_ascii_lowercase().replace("%2e", "."), "." | "..");
    let is_allowed = |byte: u8| is_unreserved(byte) || b"/%:@!$&'()*+,;=".contains(&byte);
    (path.is_empty() || path.starts_with('/'))
        && path.bytes().all(is_allowed)
        && !path.split('/').any(is_dots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_has_six_parts() {
        let text = Cow::Borrowed("arn:aws:s3:::bucket/key:more");
        let arn = Arn::parse(&text).unwrap();
        assert_eq!((&*arn.partition, &*arn.service), ("aws", "s3"));
        assert_eq!((&*arn.region, &*arn.account), ("", ""));
        assert_eq!(arn.resource(2).as_deref(), Some("more"));
        assert_eq!(arn.resource(3), None);
        for text in [
            "",
            "arn:",
            "arn:aws:s3:::",
            "arn::s3:::x",
            "aws:s3:::x:y",
            "arn:a:b:c:d",
        ] {
            assert!(Arn::parse(&Cow::Borrowed(text)).is_none(), "{text}");
        }
    }

    #[test]
    fn a_given_url_has_a_host_and_nothing_that_could_be_another() {
        let parsed = GivenUrl::parse("HTTP://10.0.0.1:4566/a//b").unwrap();
        assert_eq!((parsed.scheme, parsed.authority), ("http", "10.0.0.1:4566"));
        assert!(parsed.is_ip);
        assert_eq!(parsed.normalized_path(), "/a/b/");
        assert!(GivenUrl::parse("https://[::1]:80").unwrap().is_ip);
        assert!(!GivenUrl::parse("https://a_b.local").unwrap().is_ip);
        for text in [
            "ftp://a",
            "https://",
            "https://a@b",
            "https://a:b",
            "https://a?b",
            "https://a#b",
            "https://a\\b",
            "https://a b",
            "https://a:+1",
            "https://a:99999",
            "https://[a]",
            "https://[::1]x",
            "https://a..b",
            "https://a/../b",
            "https://a/%2E%2e/b",
            "//a",
            "a",
        ] {
            assert!(GivenUrl::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn substrings_are_of_ascii_and_within_the_text() {
        let text = Cow::Borrowed("abcdef");
        assert_eq!(substring(&text, (1, 3), false).as_deref(), Some("bc"));
        assert_eq!(substring(&text, (1, 3), true).as_deref(), Some("de"));
        assert_eq!(substring(&text, (1, 7), true), None);
        assert_eq!(substring(&text, (3, 3), true), None);
        assert_eq!(substring(&Cow::Borrowed("äbc"), (0, 2), false), None);
    }
}
