//! The address at which people open the console (`--public-url`).

use crate::http::Uri;
use std::fmt;
use std::str::FromStr;

/// Scheme and host, with a port that doesn't go without saying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    pub scheme: &'static str,
    pub host: String,
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = |why: &str| format!("{text:?} is no public address: {why}");
        let uri: Uri = text
            .parse()
            .map_err(|_| wrong("write it like https://formsmith.example.com"))?;
        let (scheme, usual) = match uri.scheme_str() {
            Some("https") => ("https", ":443"),
            Some("http") => ("http", ":80"),
            _ => return Err(wrong("write it like https://formsmith.example.com")),
        };
        let authority = uri.authority().map(|it| it.as_str().to_ascii_lowercase());
        let authority = authority.filter(|it| !it.contains('@')).unwrap_or_default();
        if authority.is_empty() || uri.path() != "/" || uri.query().is_some() {
            return Err(wrong("it has a host, and perhaps a port, and nothing else"));
        }
        let host = authority.strip_suffix(usual).unwrap_or(&authority);
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        if scheme == "http" && !["127.0.0.1", "localhost", "[::1]"].contains(&name) {
            return Err(wrong(
                "people sign in there, so it has to be https, unless it is on this machine",
            ));
        }
        Ok(Self {
            scheme,
            host: host.to_owned(),
        })
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.host)
    }
}
