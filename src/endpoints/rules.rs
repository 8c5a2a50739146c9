//! A rule set as it is followed: names are places among the values, and what has which type is
//! settled.

use crate::parameters::{Parameter, Source};
use crate::url::Url;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The rules of one service, or of several that differ in the parameter `HostPrefix` alone.
#[derive(Debug)]
pub struct RuleSet {
    /// The first slots are theirs.
    pub(crate) parameters: Vec<Parameter>,
    /// How many values there are at most: parameters, and what conditions assign.
    pub(crate) slots: usize,
    pub(crate) rules: Box<[Rule]>,
    /// For operations: parameters that have their values from the operation or its input.
    pub(crate) contexts: BTreeMap<Box<str>, Box<[(usize, Source)]>>,
}

#[derive(Debug)]
pub(crate) struct Rule {
    /// All of them have to hold.
    pub conditions: Box<[Condition]>,
    pub outcome: Outcome,
}

#[derive(Debug)]
pub(crate) enum Outcome {
    /// The first rule that holds.
    Tree(Box<[Rule]>),
    Error(Text),
    Endpoint(Box<Template>),
}

/// Holds if there is a value and it isn't `false`.
#[derive(Debug)]
pub(crate) struct Condition {
    pub value: Expression,
    /// The slot that keeps the value for later conditions and the rules below.
    pub assign: Option<usize>,
}

/// Something that has a value.
#[derive(Debug)]
pub(crate) enum Expression {
    Text(Text),
    Flag(Flag),
    /// The partition of a region.
    Partition(Text),
    /// The parts of an ARN, if it is one.
    Arn(Text),
    /// The parts of the endpoint that the person gave, which stands in this slot.
    Url(usize),
}

#[derive(Debug)]
pub(crate) enum Text {
    Literal(Box<str>),
    Slot(usize),
    Attribute(usize, TextAttribute),
    /// Its parts, one after the other.
    Joined(Box<[Text]>),
    Substring(Box<Substring>),
    UriEncode(Box<Text>),
}

#[derive(Debug)]
pub(crate) struct Substring {
    pub of: Text,
    pub start: usize,
    pub stop: usize,
    /// Counted from the end.
    pub is_reverse: bool,
}

#[derive(Debug)]
pub(crate) enum Flag {
    Literal(bool),
    Slot(usize),
    Attribute(usize, FlagAttribute),
    SlotIsSet(usize),
    IsSet(Box<Expression>),
    Not(Box<Flag>),
    TextsAreEqual(Box<[Text; 2]>),
    FlagsAreEqual(Box<[Flag; 2]>),
    /// A host label, or with the flag several of them between dots.
    IsHostLabel(Box<(Text, Flag)>),
    IsBucketLabel(Box<(Text, Flag)>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextAttribute {
    Partition(OfPartition),
    Arn(OfArn),
    Url(OfUrl),
    /// Of a list.
    Element(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OfPartition {
    Name,
    DnsSuffix,
    DualStackDnsSuffix,
    ImplicitGlobalRegion,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OfArn {
    Partition,
    Service,
    Region,
    Account,
    /// A part of the resource's name, which `:` and `/` divide.
    Resource(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OfUrl {
    Scheme,
    Authority,
    Path,
    NormalizedPath,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FlagAttribute {
    SupportsFips,
    SupportsDualStack,
    IsIp,
}

/// What an endpoint is made of.
#[derive(Debug)]
pub(crate) struct Template {
    pub url: Url,
    pub schemes: Box<[SchemeTemplate]>,
    pub headers: Box<[(Box<str>, Text)]>,
    /// The other properties, which have no parameters in them.
    pub properties: Map<String, Value>,
}

#[derive(Debug)]
pub(crate) struct SchemeTemplate {
    pub name: Box<str>,
    pub signing_name: Option<Text>,
    pub signing_region: Option<Text>,
    pub signing_region_set: Option<Box<[Text]>>,
    pub disable_double_encoding: Option<bool>,
}
