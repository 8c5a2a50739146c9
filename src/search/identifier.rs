//! Identifiers that tell by their form what they are: `i-0123456789abcdef0`, and ARNs.

use crate::curated::IDENTIFIERS;

/// What an identifier is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identified<'a> {
    /// As commands and ARNs have it.
    pub service: &'a str,
    /// In words or in one; empty where it doesn't say.
    pub kind: &'a str,
    /// The operations that take it, those that read first; none where only the service is known.
    takers: &'static str,
}

impl<'a> Identified<'a> {
    /// None of what is no identifier, or one of an unknown form.
    pub fn of(text: &'a str) -> Option<Self> {
        if let Some(arn) = text.strip_prefix("arn:") {
            let mut parts = arn.splitn(5, ':').skip(1);
            let (service, resource) = (parts.next()?, parts.nth(2)?);
            let (kind, id) = resource.split_once(['/', ':']).unwrap_or(("", resource));
            let takers = Self::of(id).filter(|it| it.service == service);
            return Some(Self {
                service,
                kind,
                takers: takers.map_or("", |it| it.takers),
            });
        }
        let (form, digits) = text.split_once('-')?;
        let are_digits = digits.len() >= 8 && digits.bytes().all(|it| it.is_ascii_hexdigit());
        let mut lines = IDENTIFIERS.lines().filter(|_| are_digits);
        lines.find_map(|line| {
            let mut parts = line.split(" | ");
            let is_it = parts.next()? == form;
            is_it.then_some(Self {
                service: parts.next()?,
                kind: parts.next()?,
                takers: parts.next()?,
            })
        })
    }

    /// The operations that take it, and the path in the input of each where it does.
    pub fn takers(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        self.takers
            .split_whitespace()
            .filter_map(|it| it.split_once(':'))
    }
}

/// The identifier that a query is, where it says itself what takes it: the path in the input of an
/// operation that does, and what stands there.
#[must_use]
pub fn taken<'a>(
    query: &'a str,
    service: &str,
    operation: &str,
) -> Option<(&'static str, &'a str)> {
    let query = query.trim();
    let of = Identified::of(query).filter(|it| it.service == service)?;
    let (_, path) = of.takers().find(|(name, _)| *name == operation)?;
    // What takes an instance takes its ID, also where its ARN is known.
    let id = query.rsplit(['/', ':']).next().unwrap_or(query);
    Some((path, id))
}

/// Does a text look like an identifier, of whatever? So do the long ends of UUIDs and the like.
pub fn is_identifier(text: &str) -> bool {
    let Some((_, end)) = text.rsplit_once(['-', '/', ':']) else {
        return false;
    };
    let is_small = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit();
    let digits = end.bytes().filter(u8::is_ascii_digit).count();
    text.starts_with("arn:") || end.len() >= 8 && digits >= 2 && end.bytes().all(is_small)
}
