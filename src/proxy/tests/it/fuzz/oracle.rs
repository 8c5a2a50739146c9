//! What the proxy ought to decide, told again from the bytes of a request alone.

use super::super::running::TOKEN;
use formsmith_api::curated::REGIONS;
use std::net::SocketAddr;

const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// A request's head, taken apart and not understood.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    pub method: String,
    pub target: String,
    /// Names in lower case.
    pub headers: Vec<(String, Vec<u8>)>,
}

impl Seen {
    pub fn values(&self, name: &str) -> Vec<&[u8]> {
        let own = self.headers.iter().filter(|(own, _)| own == name);
        own.map(|(_, value)| value.as_slice()).collect()
    }

    fn only(&self, name: &str) -> Option<&[u8]> {
        match self.values(name)[..] {
            [value] => Some(value),
            _ => None,
        }
    }

    fn target_without_fragment(&self) -> &str {
        self.target.split('#').next().unwrap()
    }

    pub fn path(&self) -> &str {
        self.target_without_fragment().split('?').next().unwrap()
    }

    fn is_small(&self) -> bool {
        let line = |(name, value): &(String, Vec<u8>)| name.len() + value.len() + 4;
        self.headers.len() <= 64
            && self.headers.iter().map(line).sum::<usize>() <= 16_384
            && self.target_without_fragment().len() <= 8_192
    }
}

fn lower(value: &[u8]) -> String {
    String::from_utf8_lossy(value).to_ascii_lowercase()
}

fn without_80(host: &str) -> &str {
    host.strip_suffix(":80").unwrap_or(host)
}

/// May this request come in where the proxy listens at this address?
pub fn is_let_in(address: SocketAddr, seen: &Seen) -> bool {
    let method = seen.method.as_str();
    seen.is_small()
        && seen.target.starts_with('/')
        && !["OPTIONS", "TRACE", "CONNECT"].contains(&method)
        && seen.values("transfer-encoding").is_empty()
        && comes_from_here(seen)
        && addressed(address, seen).is_some_and(|host| has_origin(seen, &host))
}

/// The host the client meant, if it is one of the proxy's.
fn addressed(address: SocketAddr, seen: &Seen) -> Option<String> {
    let mut own: Vec<_> = LOOPBACK
        .iter()
        .map(|name| format!("{name}:{}", address.port()))
        .collect();
    if !["0.0.0.0", "::"].contains(&address.ip().to_string().as_str()) {
        own.push(address.to_string());
    }
    let host = lower(seen.only("host")?);
    let is_own = own.iter().any(|own| without_80(own) == without_80(&host));
    let is_bare = LOOPBACK.contains(&without_80(&host));
    let forwarded = seen.values("x-forwarded-host");
    match forwarded[..] {
        [] => is_own.then_some(host),
        [forwarded] => {
            let forwarded = lower(forwarded);
            ((is_own || is_bare) && is_loopback(&forwarded)).then_some(forwarded)
        }
        _ => None,
    }
}

fn is_loopback(host: &str) -> bool {
    LOOPBACK.iter().any(|name| match host.strip_prefix(name) {
        Some("") => true,
        Some(port) => {
            let digits = port.strip_prefix(':').unwrap_or("");
            let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            is_number && digits.trim_start_matches('0').len() <= 5 && {
                digits.parse::<u64>().unwrap_or(u64::MAX) <= 65_535
            }
        }
        None => false,
    })
}

fn has_origin(seen: &Seen, host: &str) -> bool {
    match seen.values("origin")[..] {
        [] => true,
        [origin] => match std::str::from_utf8(origin) {
            Ok(origin) => {
                let own = format!("http://{}", without_80(host));
                origin == own || origin.strip_suffix(":80") == Some(own.as_str())
            }
            Err(_) => false,
        },
        _ => false,
    }
}

fn comes_from_here(seen: &Seen) -> bool {
    let sites = seen.values("sec-fetch-site");
    if sites
        .iter()
        .all(|site| [&b"same-origin"[..], b"none"].contains(site))
    {
        return true;
    }
    let modes = seen.values("sec-fetch-mode");
    let is_link = !modes.is_empty() && modes.iter().all(|mode| *mode == b"navigate");
    let first = seen.path().split('/').nth(1).unwrap_or("");
    is_link && first != "api" && first != "sandbox"
}

/// Is this a request that reads, asked for just as the test's models have it?
pub fn is_a_reading(seen: &Seen) -> bool {
    let content_type = |expected: &str| {
        seen.only("content-type")
            .is_some_and(|own| lower(own) == expected)
    };
    let rest = seen.target_without_fragment().strip_prefix("/api/");
    let Some((service, rest)) = rest.and_then(|rest| rest.split_once('/')) else {
        return false;
    };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (region, path) = rest.split_at(end);
    seen.method == "POST"
        && is_region(region)
        && match service {
            "library" => path == "/find" && content_type("application/json"),
            "archive" => {
                ["/", ""].contains(&path)
                    && seen.only("x-amz-target") == Some(b"Archive.ReadScroll")
                    && content_type("application/x-amz-json-1.1")
            }
            _ => false,
        }
}

/// One that AWS has: words of small letters, at least two, and a number of one or two digits, with hyphens between;
/// not too long for a name.
pub fn is_region(region: &str) -> bool {
    let parts: Vec<_> = region.split('-').collect();
    let (words, number) = parts.split_at(parts.len() - 1);
    let is_word = |word: &&str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    REGIONS.contains(&region)
        && region.len() <= 32
        && words.len() >= 2
        && words.iter().all(is_word)
        && (1..=2).contains(&number[0].len())
        && number[0].bytes().all(|b| b.is_ascii_digit())
}

/// May whoever sent this have things signed?
pub fn is_trusted(address: SocketAddr, seen: &Seen) -> bool {
    is_let_in(address, seen)
        && seen.only("x-formsmith-token") == Some(TOKEN.as_bytes())
        && seen.values("x-forwarded-host").is_empty()
        && seen.values("forwarded").is_empty()
}
