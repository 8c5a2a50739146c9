//! Headers that an operation binds: those that its requests may have, and those of its answers that
//! travel.

use crate::http::HeaderName;
use formsmith_api::model::{Binding, Member};
use formsmith_wire::header;

#[derive(Debug, Default)]
pub struct BoundHeaders {
    /// In lower case.
    names: Box<[Box<str>]>,
    prefixes: Box<[Box<str>]>,
    is_answer: bool,
}

/// What the connection, the browser or the signature is about, whatever a model says.
const NEVER: [&str; 11] = [
    "authorization",
    "connection",
    "content-length",
    "cookie",
    "host",
    "origin",
    "referer",
    "set-cookie",
    "transfer-encoding",
    "x-amz-date",
    "x-amz-security-token",
];

impl BoundHeaders {
    /// Those that these members are bound to.
    pub fn of<'m>(members: impl Iterator<Item = &'m Member>, is_answer: bool) -> Self {
        let (mut names, mut prefixes) = (Vec::new(), Vec::new());
        for member in members {
            let lower = |name: &str| name.to_ascii_lowercase().into();
            match &member.traits.wire.binding {
                Binding::Header(name) => names.push(lower(name)),
                Binding::PrefixHeaders(prefix) => prefixes.push(lower(prefix)),
                _ => {}
            }
        }
        Self {
            names: names.into(),
            prefixes: prefixes.into(),
            is_answer,
        }
    }

    /// Is this one bound by its name, whatever becomes of it?
    pub fn names(&self, name: &HeaderName) -> bool {
        self.names.iter().any(|it| **it == *name.as_str())
    }

    /// What it is called on its way to the page, if it is bound and may mean something to browsers.
    pub fn renamed(&self, name: &HeaderName) -> Option<HeaderName> {
        let is_renamed = self.is_bound(name) && self.may_be_heeded(name);
        let name = is_renamed.then(|| [header::ANSWERED, name.as_str()].concat())?;
        HeaderName::from_bytes(name.as_bytes()).ok()
    }

    /// Does it travel under its own name?
    pub fn has(&self, name: &HeaderName) -> bool {
        self.is_bound(name) && !self.may_be_heeded(name)
    }

    fn is_bound(&self, name: &HeaderName) -> bool {
        let is_named = self.names(name);
        let name = name.as_str();
        let mut prefixes = self.prefixes.iter();
        let is_bound = is_named || prefixes.any(|prefix| name.starts_with(&**prefix));
        let is_own = name.starts_with("x-formsmith-") || name.starts_with("sec-");
        is_bound && !is_own && !NEVER.contains(&name)
    }

    /// Of an answer's headers a browser knows those of AWS by no name. A prefix may bind any header,
    /// and in `SendApiAsset` of Data Exchange it does.
    fn may_be_heeded(&self, name: &HeaderName) -> bool {
        let is_for_browsers = header::FOR_BROWSERS.contains(&name.as_str());
        let is_of_aws = name.as_str().starts_with("x-amz");
        self.is_answer && (is_for_browsers || (!self.names(name) && !is_of_aws))
    }
}
