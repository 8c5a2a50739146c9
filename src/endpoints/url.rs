//! The URL of an endpoint. Rules make it of parts, some of which people write; what its host ends
//! with has to be known before any value is.

use crate::functions::{is_host_label, is_unreserved};
use crate::rules::{OfPartition, OfUrl, Text, TextAttribute};
use crate::{Malformed, malformed};

#[derive(Debug)]
pub enum Url {
    /// The endpoint that the person gave, in this slot, as it is.
    Given(usize),
    Parts(Parts),
    /// Without encryption and without the person having asked for it: of no use.
    Plain(Box<str>),
}

#[derive(Debug)]
pub struct Parts {
    pub scheme: Scheme,
    pub authority: Box<[Text]>,
    pub path: Box<[Text]>,
    /// The given endpoint whose authority is the last part of this one; what stands before it are
    /// labels.
    pub given: Option<usize>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Scheme {
    Https,
    /// That of the given endpoint in this slot.
    Given(usize),
}

impl Url {
    /// `is_given` tells the slot of the endpoint that the person gave.
    pub fn read(template: Text, is_given: impl Fn(usize) -> bool) -> Result<Self, Malformed> {
        let mut parts = match template {
            Text::Slot(slot) if is_given(slot) => return Ok(Self::Given(slot)),
            Text::Joined(parts) => parts.into_vec(),
            one => vec![one],
        };
        let scheme = match parts.as_slice() {
            [Text::Attribute(slot, TextAttribute::Url(OfUrl::Scheme)), ..] => {
                let slot = *slot;
                parts.remove(0);
                strip(&mut parts, "://")?;
                Scheme::Given(slot)
            }
            [Text::Literal(plain)] if plain.starts_with("http://") => {
                return Ok(Self::Plain(plain.clone()));
            }
            _ => {
                strip(&mut parts, "https://")?;
                Scheme::Https
            }
        };
        let (authority, path) = split(parts);
        let given = end(&authority)?;
        if let Scheme::Given(slot) = scheme
            && given != Some(slot)
        {
            return malformed("the scheme of a given URL stands before another host");
        }
        Ok(Self::Parts(Parts {
            scheme,
            authority: authority.into(),
            path: path.into(),
            given,
        }))
    }
}

/// Takes what the first part has to begin with.
fn strip(parts: &mut Vec<Text>, start: &str) -> Result<(), Malformed> {
    let Some(Text::Literal(first)) = parts.first() else {
        return malformed(format!("a URL doesn't begin with {start}"));
    };
    match first.strip_prefix(start) {
        None => return malformed(format!("a URL begins with {first}")),
        Some("") => drop(parts.remove(0)),
        Some(rest) => parts[0] = Text::Literal(rest.into()),
    }
    Ok(())
}

/// What stands before the path, and the path.
fn split(parts: Vec<Text>) -> (Vec<Text>, Vec<Text>) {
    let (mut authority, mut path) = (Vec::new(), Vec::new());
    for part in parts {
        match &part {
            _ if !path.is_empty() => path.push(part),
            Text::Literal(text) => match text.split_once('/') {
                Some((before, after)) => {
                    if !before.is_empty() {
                        authority.push(Text::Literal(before.into()));
                    }
                    path.push(Text::Literal(["/", after].concat().into()));
                }
                None => authority.push(part),
            },
            Text::Attribute(_, TextAttribute::Url(OfUrl::Path | OfUrl::NormalizedPath)) => {
                path.push(part);
            }
            _ => authority.push(part),
        }
    }
    (authority, path)
}

/// The slot of the given endpoint whose host is the end of this authority, or none where the host
/// ends with what the rules or the partitions say.
fn end(authority: &[Text]) -> Result<Option<usize>, Malformed> {
    let (last, before) = match authority {
        [] => return malformed("a URL has no host"),
        [before @ .., last] => (last, before.last()),
    };
    let is_apart = match before {
        None => true,
        Some(Text::Literal(text)) => text.ends_with('.'),
        Some(_) => false,
    };
    let is_of_host = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    let is_odd = |part: &Text| matches!(part, Text::Literal(it) if !it.bytes().all(is_of_host));
    if authority.iter().any(is_odd) {
        return malformed("a host has characters that no host has");
    }
    let given = match last {
        Text::Attribute(slot, TextAttribute::Url(OfUrl::Authority)) if is_apart => Some(*slot),
        Text::Attribute(_, TextAttribute::Partition(of)) if is_apart && is_suffix(*of) => None,
        Text::Literal(text) if is_own(text, before.is_none()) => None,
        _ => return malformed("the end of a host could be anything"),
    };
    Ok(given)
}

fn is_suffix(of: OfPartition) -> bool {
    matches!(of, OfPartition::DnsSuffix | OfPartition::DualStackDnsSuffix)
}

/// Is this, after its first dot unless it is the whole host, a domain of two labels at least?
fn is_own(text: &str, is_whole: bool) -> bool {
    let domain = match is_whole {
        true => Some(text),
        false => text.split_once('.').map(|(_, domain)| domain),
    };
    domain.is_some_and(|domain| domain.contains('.') && is_host_label(domain, true))
}

/// Is it a host?
pub fn is_host(text: &str) -> bool {
    text.len() <= 253 && is_host_label(text, true)
}

/// Are these labels, each with its dot?
pub fn are_labels(text: &str) -> bool {
    text.is_empty() || text.strip_suffix('.').is_some_and(is_host)
}

/// May this value of a part stand in a path? What comes from a person is one name in it.
pub fn is_path_part(part: &Text, value: &str) -> bool {
    match part {
        Text::Literal(_) | Text::Attribute(_, TextAttribute::Url(_)) => true,
        _ => value
            .bytes()
            .all(|byte| is_unreserved(byte) || byte == b'%'),
    }
}
