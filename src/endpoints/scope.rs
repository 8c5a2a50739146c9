//! What the names in a rule mean: which slot, and which type its value has.

use crate::parameters::{Filled, Kind, Parameter};
use crate::rules::{FlagAttribute, OfArn, OfPartition, OfUrl, Text, TextAttribute};
use crate::{Malformed, malformed};
use std::cell::Cell;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Text,
    /// The parameter for the endpoint that a person gives: a text, of which URLs may be made.
    Endpoint,
    Flag,
    Texts,
    Partition,
    Arn,
    Url,
}

/// The names that are known at a place in the rules.
pub struct Scope {
    names: Vec<(Box<str>, Type, Cell<bool>)>,
    /// The most names that were known at one place.
    pub most: usize,
}

pub enum Attribute {
    Text(TextAttribute),
    Flag(FlagAttribute),
}

impl Scope {
    pub fn new(parameters: &[Parameter]) -> Self {
        let names = parameters.iter().map(|parameter| {
            let its = match parameter.kind {
                Kind::Text if parameter.filled == Some(Filled::Endpoint) => Type::Endpoint,
                Kind::Text => Type::Text,
                Kind::Flag => Type::Flag,
                Kind::Texts => Type::Texts,
            };
            (parameter.name.clone(), its, Cell::new(false))
        });
        Self {
            names: names.collect(),
            most: parameters.len(),
        }
    }

    pub fn find(&self, name: &str) -> Result<(usize, Type), Malformed> {
        let found = self.names.iter().position(|(own, ..)| **own == *name);
        let at = found.ok_or_else(|| Malformed(format!("{name} has no value here")))?;
        let (_, its, is_used) = &self.names[at];
        is_used.set(true);
        Ok((at, *its))
    }

    pub fn type_of(&self, slot: usize) -> Type {
        self.names[slot].1
    }

    /// Was the name in this slot asked for?
    pub fn is_used(&self, slot: usize) -> bool {
        self.names[slot].2.get()
    }

    /// Adds a name for what follows, until `leave`.
    pub fn assign(&mut self, name: &str, its: Type) -> Result<usize, Malformed> {
        if self.names.iter().any(|(own, ..)| **own == *name) {
            return malformed(format!("{name} is assigned twice"));
        }
        self.names.push((name.into(), its, Cell::new(false)));
        self.most = self.most.max(self.names.len());
        Ok(self.names.len() - 1)
    }

    /// How many names there are; `leave` goes back to that.
    pub fn enter(&self) -> usize {
        self.names.len()
    }

    pub fn leave(&mut self, entered: usize) {
        self.names.truncate(entered);
    }
}

/// A text with names in braces, `{name}` or `{name#attribute}`; `{{` and `}}` are braces.
pub fn template(scope: &Scope, text: &str) -> Result<Text, Malformed> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        literal.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            literal.push_str(brace);
            rest = after;
            continue;
        }
        let Some((name, after)) = rest.split_once('}').filter(|_| brace == "{") else {
            return malformed(format!("braces don't match in {text}"));
        };
        if !literal.is_empty() {
            parts.push(Text::Literal(literal.as_str().into()));
            literal.clear();
        }
        parts.push(reference(scope, name)?);
        rest = after;
    }
    literal.push_str(rest);
    if !literal.is_empty() || parts.is_empty() {
        parts.push(Text::Literal(literal.into()));
    }
    Ok(match parts.len() {
        1 => parts.remove(0),
        _ => Text::Joined(parts.into()),
    })
}

fn reference(scope: &Scope, name: &str) -> Result<Text, Malformed> {
    let (slot, its, path) = match name.split_once('#') {
        None => {
            let (slot, its) = scope.find(name)?;
            (slot, its, None)
        }
        Some((of, path)) => {
            let (slot, its) = scope.find(of)?;
            (slot, its, Some(path))
        }
    };
    match (its, path) {
        (Type::Text | Type::Endpoint, None) => Ok(Text::Slot(slot)),
        (_, Some(path)) => match attribute(its, path)? {
            Attribute::Text(attribute) => Ok(Text::Attribute(slot, attribute)),
            Attribute::Flag(_) => malformed(format!("{name} is no text")),
        },
        _ => malformed(format!("{name} is no text")),
    }
}

/// The attribute at a path such as `region` or `resourceId[1]`.
pub fn attribute(its: Type, path: &str) -> Result<Attribute, Malformed> {
    let (name, index) = match path.strip_suffix(']').and_then(|path| path.split_once('[')) {
        Some((name, index)) => (name, index.parse::<usize>().ok()),
        None => (path, None),
    };
    let text = match (its, name, index) {
        (Type::Partition, "supportsFIPS", None) => {
            return Ok(Attribute::Flag(FlagAttribute::SupportsFips));
        }
        (Type::Partition, "supportsDualStack", None) => {
            return Ok(Attribute::Flag(FlagAttribute::SupportsDualStack));
        }
        (Type::Url, "isIp", None) => return Ok(Attribute::Flag(FlagAttribute::IsIp)),
        (Type::Partition, "name", None) => TextAttribute::Partition(OfPartition::Name),
        (Type::Partition, "dnsSuffix", None) => TextAttribute::Partition(OfPartition::DnsSuffix),
        (Type::Partition, "dualStackDnsSuffix", None) => {
            TextAttribute::Partition(OfPartition::DualStackDnsSuffix)
        }
        (Type::Partition, "implicitGlobalRegion", None) => {
            TextAttribute::Partition(OfPartition::ImplicitGlobalRegion)
        }
        (Type::Arn, "partition", None) => TextAttribute::Arn(OfArn::Partition),
        (Type::Arn, "service", None) => TextAttribute::Arn(OfArn::Service),
        (Type::Arn, "region", None) => TextAttribute::Arn(OfArn::Region),
        (Type::Arn, "accountId", None) => TextAttribute::Arn(OfArn::Account),
        (Type::Arn, "resourceId", Some(at)) => TextAttribute::Arn(OfArn::Resource(at)),
        (Type::Url, "scheme", None) => TextAttribute::Url(OfUrl::Scheme),
        (Type::Url, "authority", None) => TextAttribute::Url(OfUrl::Authority),
        (Type::Url, "path", None) => TextAttribute::Url(OfUrl::Path),
        (Type::Url, "normalizedPath", None) => TextAttribute::Url(OfUrl::NormalizedPath),
        (Type::Texts, "", Some(at)) => TextAttribute::Element(at),
        _ => {
            return malformed(format!(
                "there is no attribute {path} of this type: {its:?}"
            ));
        }
    };
    Ok(Attribute::Text(text))
}
