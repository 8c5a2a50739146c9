//! Following rules to an endpoint.

use crate::functions::{self, Arn, GivenUrl, is_bucket_label, is_host_label};
use crate::parameters::{Given, Parameters};
use crate::partitions::{Partition, Partitions};
use crate::rules::{
    Condition, Expression, Flag, FlagAttribute, OfArn, OfPartition, OfUrl, Outcome, Rule, RuleSet,
    Text, TextAttribute,
};
use serde_json::{Map, Value as Json};
use std::borrow::Cow;
use std::fmt;

/// Where a request goes, and how it is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// `https://host`, or what the person gave instead; perhaps with a path, which stands before
    /// that of the operation.
    pub url: String,
    /// Does the host come from the endpoint that the person gave? Some rules pass that over, and
    /// send to AWS.
    pub is_given: bool,
    /// The ways to sign, the first that is known is to be taken; empty where rules leave it to the
    /// service's model.
    pub schemes: Vec<AuthScheme>,
    /// Headers that the request needs.
    pub headers: Vec<(String, String)>,
    /// What else the rules say, such as `backend`.
    pub properties: Map<String, Json>,
}

/// A way to sign; what is missing is as the service's model has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuthScheme {
    /// `sigv4`, `sigv4a` or `sigv4-s3express`.
    pub name: String,
    /// The service in the credential scope.
    pub signing_name: Option<String>,
    /// The region in the credential scope; it may be another than that of the place.
    pub signing_region: Option<String>,
    /// Of `sigv4a`: the regions, or `*`.
    pub signing_region_set: Option<Vec<String>>,
    /// Is the path signed as it is sent?
    pub disable_double_encoding: Option<bool>,
}

/// Why there is no endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The rules say no, in a sentence of AWS's.
    Rules(String),
    /// A parameter has no value and needs one.
    Missing(Box<str>),
    /// A parameter has a value of another type.
    Type(Box<str>),
    /// No rule is for this.
    NoRule,
    /// A rule asks for something that isn't there.
    Unset,
    /// A value makes something of a host, path, header or scope that isn't one, or leads elsewhere.
    Unsafe(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rules(message) => f.write_str(message),
            Self::Missing(name) => write!(f, "{name} has no value"),
            Self::Type(name) => write!(f, "the value of {name} is of another type"),
            Self::NoRule => f.write_str("no endpoint rule is for this"),
            Self::Unset => f.write_str("an endpoint rule lacks a value"),
            Self::Unsafe(what) => write!(f, "not used as part of an endpoint: {what}"),
        }
    }
}

impl std::error::Error for Refused {}

impl Endpoint {
    /// The host, with a port where one is given.
    pub fn authority(&self) -> &str {
        let (host, _) = self.host_and_path();
        host
    }

    /// What stands before the operation's path: empty, or begins with a slash.
    pub fn path(&self) -> &str {
        let (_, path) = self.host_and_path();
        path
    }

    fn host_and_path(&self) -> (&str, &str) {
        let scheme = self.url.find(':').map_or(0, |colon| colon + "://".len());
        let rest = self.url.get(scheme..).unwrap_or_default();
        rest.split_at(rest.find('/').unwrap_or(rest.len()))
    }
}

#[derive(Debug)]
pub(crate) enum Value<'a> {
    Unset,
    Flag(bool),
    Text(Cow<'a, str>),
    Texts(&'a [Box<str>]),
    Partition(&'a Partition),
    Arn(Box<Arn<'a>>),
    Url(Box<GivenUrl<'a>>),
}

/// The values that are known at a place in the rules.
pub(crate) struct State<'a> {
    values: Vec<Value<'a>>,
    partitions: &'a Partitions,
}

impl RuleSet {
    /// The endpoint for these parameters, which are of this rule set.
    pub fn resolve(
        &self,
        partitions: &Partitions,
        parameters: &Parameters,
    ) -> Result<Endpoint, Refused> {
        let mut values = Vec::with_capacity(self.slots);
        values.extend(parameters.0.iter().map(|given| match given {
            Given::Unset => Value::Unset,
            Given::Flag(flag) => Value::Flag(*flag),
            Given::Text(text) => Value::Text(Cow::Borrowed(text)),
            Given::Texts(texts) => Value::Texts(texts),
        }));
        values.resize_with(self.slots, || Value::Unset);
        let mut state = State { values, partitions };
        state.follow(&self.rules)?.unwrap_or(Err(Refused::NoRule))
    }
}

impl<'a> State<'a> {
    /// What the first rule comes to whose conditions hold. One without an endpoint below it is
    /// passed over, as AWS's own client does.
    fn follow(&mut self, rules: &'a [Rule]) -> Result<Option<Result<Endpoint, Refused>>, Refused> {
        for rule in rules {
            if !self.hold(&rule.conditions)? {
                continue;
            }
            let found = match &rule.outcome {
                Outcome::Tree(rules) => self.follow(rules)?,
                Outcome::Error(message) => {
                    Some(Err(Refused::Rules(self.needed(message)?.into_owned())))
                }
                Outcome::Endpoint(template) => Some(self.endpoint(template)),
            };
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    fn hold(&mut self, conditions: &'a [Condition]) -> Result<bool, Refused> {
        for condition in conditions {
            match condition.assign {
                None => {
                    let holds = match &condition.value {
                        Expression::Flag(flag) => self.flag(flag)?.unwrap_or_default(),
                        other => self.value(other)?.is_set(),
                    };
                    if !holds {
                        return Ok(false);
                    }
                }
                Some(slot) => {
                    let value = self.value(&condition.value)?;
                    let holds = value.is_set() && !matches!(value, Value::Flag(false));
                    self.values[slot] = value;
                    if !holds {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(true)
    }

    fn value(&self, expression: &'a Expression) -> Result<Value<'a>, Refused> {
        Ok(match expression {
            Expression::Text(text) => self.text(text).map_or(Value::Unset, Value::Text),
            Expression::Flag(flag) => self.flag(flag)?.map_or(Value::Unset, Value::Flag),
            Expression::Partition(region) => {
                Value::Partition(self.partitions.of(&self.needed(region)?))
            }
            Expression::Arn(arn) => {
                let arn = self.text(arn).and_then(|arn| Arn::parse(&arn));
                arn.map_or(Value::Unset, |arn| Value::Arn(Box::new(arn)))
            }
            Expression::Url(slot) => {
                let url = self.given(*slot).and_then(GivenUrl::parse);
                url.map_or(Value::Unset, |url| Value::Url(Box::new(url)))
            }
        })
    }

    /// The endpoint that the person gave, which stands in this slot.
    pub(crate) fn given(&self, slot: usize) -> Option<&'a str> {
        match &self.values[slot] {
            Value::Text(Cow::Borrowed(text)) => Some(text),
            _ => None,
        }
    }

    /// What was made of it, which stands in this slot.
    pub(crate) fn given_url(&self, slot: usize) -> Option<&GivenUrl<'a>> {
        match &self.values[slot] {
            Value::Url(url) => Some(url),
            _ => None,
        }
    }

    /// `None` if something in it has no value.
    pub(crate) fn text(&self, text: &'a Text) -> Option<Cow<'a, str>> {
        match text {
            Text::Literal(text) => Some(Cow::Borrowed(text)),
            Text::Slot(slot) => match &self.values[*slot] {
                Value::Text(text) => Some(text.clone()),
                _ => None,
            },
            Text::Attribute(slot, attribute) => self.values[*slot].attribute(*attribute),
            Text::Joined(parts) => {
                let mut joined = String::new();
                for part in parts {
                    joined.push_str(&self.text(part)?);
                }
                Some(Cow::Owned(joined))
            }
            Text::Substring(it) => {
                let places = (it.start, it.stop);
                functions::substring(&self.text(&it.of)?, places, it.is_reverse)
            }
            Text::UriEncode(text) => Some(Cow::Owned(functions::uri_encode(&self.text(text)?))),
        }
    }

    pub(crate) fn needed(&self, text: &'a Text) -> Result<Cow<'a, str>, Refused> {
        self.text(text).ok_or(Refused::Unset)
    }

    fn flag(&self, flag: &'a Flag) -> Result<Option<bool>, Refused> {
        let is_label = |(text, allows): &'a (Text, Flag), is: fn(&str, bool) -> bool| {
            let allows = self.flag(allows)?.ok_or(Refused::Unset)?;
            Ok(self.text(text).is_some_and(|text| is(&text, allows)))
        };
        Ok(Some(match flag {
            Flag::Literal(flag) => *flag,
            Flag::Slot(slot) => match self.values[*slot] {
                Value::Flag(flag) => flag,
                _ => return Ok(None),
            },
            Flag::Attribute(slot, attribute) => match (&self.values[*slot], attribute) {
                (Value::Partition(it), FlagAttribute::SupportsFips) => it.supports_fips,
                (Value::Partition(it), FlagAttribute::SupportsDualStack) => it.supports_dual_stack,
                (Value::Url(it), FlagAttribute::IsIp) => it.is_ip,
                _ => return Ok(None),
            },
            Flag::SlotIsSet(slot) => self.values[*slot].is_set(),
            Flag::IsSet(expression) => self.value(expression)?.is_set(),
            Flag::Not(flag) => !self.flag(flag)?.ok_or(Refused::Unset)?,
            Flag::TextsAreEqual(texts) => {
                let [one, other] = &**texts;
                self.needed(one)? == self.needed(other)?
            }
            Flag::FlagsAreEqual(flags) => {
                let [one, other] = &**flags;
                let value = |flag| self.flag(flag)?.ok_or(Refused::Unset);
                value(one)? == value(other)?
            }
            Flag::IsHostLabel(both) => is_label(both, is_host_label)?,
            Flag::IsBucketLabel(both) => is_label(both, is_bucket_label)?,
        }))
    }
}

impl<'a> Value<'a> {
    fn is_set(&self) -> bool {
        !matches!(self, Self::Unset)
    }

    fn attribute(&self, attribute: TextAttribute) -> Option<Cow<'a, str>> {
        match (self, attribute) {
            (Self::Partition(partition), TextAttribute::Partition(of)) => {
                Some(Cow::Borrowed(match of {
                    OfPartition::Name => &partition.name,
                    OfPartition::DnsSuffix => &partition.dns_suffix,
                    OfPartition::DualStackDnsSuffix => &partition.dual_stack_dns_suffix,
                    OfPartition::ImplicitGlobalRegion => &partition.implicit_global_region,
                }))
            }
            (Self::Arn(arn), TextAttribute::Arn(of)) => match of {
                OfArn::Partition => Some(arn.partition.clone()),
                OfArn::Service => Some(arn.service.clone()),
                OfArn::Region => Some(arn.region.clone()),
                OfArn::Account => Some(arn.account.clone()),
                OfArn::Resource(at) => arn.resource(at),
            },
            (Self::Url(url), TextAttribute::Url(of)) => Some(match of {
                OfUrl::Scheme => Cow::Borrowed(url.scheme),
                OfUrl::Authority => Cow::Borrowed(url.authority),
                OfUrl::Path => Cow::Borrowed(url.path),
                OfUrl::NormalizedPath => url.normalized_path(),
            }),
            (Self::Texts(texts), TextAttribute::Element(at)) => {
                texts.get(at).map(|text| Cow::Borrowed(&**text))
            }
            _ => None,
        }
    }
}
