//! What rules are asked with: a value for each parameter, from the operation, its input, and what
//! a person has set.

use crate::path::Path;
use crate::resolve::Refused;
use crate::rules::RuleSet;
use serde_json::Value;

#[derive(Debug)]
pub(crate) struct Parameter {
    pub name: Box<str>,
    pub kind: Kind,
    /// What fills it, such as `AWS::Region`.
    pub built_in: Option<Box<str>>,
    /// What of a call fills it, where something does.
    pub filled: Option<Filled>,
    pub default: Given,
    pub is_required: bool,
    /// Does any rule ask for it?
    pub is_used: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Filled {
    Region,
    Fips,
    DualStack,
    Account,
    Endpoint,
    /// What the host begins with, in rule sets that several services share.
    HostPrefix,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Flag,
    Texts,
}

/// Where an operation has the value of a parameter.
#[derive(Debug)]
pub(crate) enum Source {
    Operation(Given),
    Input(Path),
}

/// A value that was given, or none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Given {
    #[default]
    Unset,
    Flag(bool),
    Text(Box<str>),
    Texts(Box<[Box<str>]>),
}

/// What a person has set for a place where requests are sent. None of it is checked here: whether a
/// region exists is for `Partitions::is_known`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place<'a> {
    pub region: Option<&'a str>,
    pub fips: bool,
    pub dual_stack: bool,
    /// An endpoint instead of AWS's own, such as `http://127.0.0.1:4566`.
    pub endpoint: Option<&'a str>,
    /// The account that signs, twelve digits.
    pub account: Option<&'a str>,
    /// Everything else that rules have a parameter for, by its name (`ForcePathStyle`) or by what
    /// fills it (`AWS::S3::ForcePathStyle`). Others are passed over.
    pub options: &'a [(&'a str, Given)],
}

/// One operation of a service, at a place.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The value of `hostPrefix` in the index, where the service has one.
    pub host_prefix: Option<&'a str>,
    /// The operation's name in the model.
    pub operation: &'a str,
    /// An object of the input's members, by their names in the model.
    pub input: &'a Value,
    pub place: &'a Place<'a>,
}

/// Values for the parameters of one rule set. Two that are equal come to the same endpoint, so they
/// are what endpoints may be kept by: what no rule asks for, such as the key of an object, is not in
/// it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Parameters(pub(crate) Vec<Given>);

impl RuleSet {
    /// The parameters of a call. In this order: what the operation says, its input, the place.
    pub fn parameters(&self, call: &Call<'_>) -> Result<Parameters, Refused> {
        let context = self.contexts.get(call.operation);
        self.fill(|at, parameter| {
            let context = context.into_iter().flatten();
            for (_, source) in context.filter(|(slot, _)| *slot == at) {
                let given = match source {
                    Source::Operation(given) => given.clone(),
                    Source::Input(path) => match path.find(call.input) {
                        Some(value) => parameter.read(&value)?,
                        None => Given::Unset,
                    },
                };
                if given != Given::Unset {
                    return Ok(given);
                }
            }
            Ok(call.set(parameter))
        })
    }

    /// The parameters that rules ask for and an operation's input fills, each with the member that
    /// the path to its value begins with. Whoever has no whole input needs these members alone.
    pub fn members(&self, operation: &str) -> impl Iterator<Item = (&str, &str)> {
        self.filling(self.contexts.get(operation))
    }

    /// Those of all operations.
    pub fn all_members(&self) -> impl Iterator<Item = (&str, &str)> {
        self.filling(self.contexts.values())
    }

    fn filling<'a>(
        &'a self,
        contexts: impl IntoIterator<Item = &'a Box<[(usize, Source)]>>,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let sources = contexts.into_iter().flatten();
        sources.filter_map(|(slot, source)| {
            let parameter = &self.parameters[*slot];
            match source {
                Source::Input(path) if parameter.is_used => Some((&*parameter.name, path.first()?)),
                _ => None,
            }
        })
    }

    /// Parameters by their own names, as tests of rule sets have them.
    pub fn named<'v>(
        &self,
        value: impl Fn(&str) -> Option<&'v Value>,
    ) -> Result<Parameters, Refused> {
        self.fill(|_, parameter| match value(&parameter.name) {
            Some(value) => parameter.read(value),
            None => Ok(Given::Unset),
        })
    }

    /// The names of its parameters.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parameters.iter().map(|parameter| &*parameter.name)
    }

    fn fill(
        &self,
        value: impl Fn(usize, &Parameter) -> Result<Given, Refused>,
    ) -> Result<Parameters, Refused> {
        let values = self.parameters.iter().enumerate().map(|(at, parameter)| {
            if !parameter.is_used {
                return Ok(Given::Unset);
            }
            let given = match value(at, parameter)? {
                Given::Unset => parameter.default.clone(),
                given => given,
            };
            if !given.is_of(parameter.kind) {
                return Err(Refused::Type(parameter.name.clone()));
            }
            match given {
                Given::Unset if parameter.is_required => {
                    Err(Refused::Missing(parameter.name.clone()))
                }
                given => Ok(given),
            }
        });
        Ok(Parameters(values.collect::<Result<_, _>>()?))
    }
}

impl Call<'_> {
    /// What the place has for a parameter.
    fn set(&self, parameter: &Parameter) -> Given {
        let place = self.place;
        let is_its =
            |name: &str| *parameter.name == *name || parameter.built_in.as_deref() == Some(name);
        let mut options = place.options.iter();
        if let Some((_, given)) = options.find(|(name, _)| is_its(name)) {
            return given.clone();
        }
        match parameter.filled {
            Some(Filled::Region) => text(place.region),
            Some(Filled::Fips) => Given::Flag(place.fips),
            Some(Filled::DualStack) => Given::Flag(place.dual_stack),
            Some(Filled::Account) => text(place.account),
            Some(Filled::Endpoint) => text(place.endpoint),
            Some(Filled::HostPrefix) => text(self.host_prefix),
            None => Given::Unset,
        }
    }
}

impl Filled {
    pub(crate) fn of(name: &str, built_in: Option<&str>) -> Option<Self> {
        Some(match built_in {
            Some("AWS::Region") => Self::Region,
            Some("AWS::UseFIPS") => Self::Fips,
            Some("AWS::UseDualStack") => Self::DualStack,
            Some("AWS::Auth::AccountId") => Self::Account,
            Some("SDK::Endpoint") => Self::Endpoint,
            None if name == "HostPrefix" => Self::HostPrefix,
            _ => return None,
        })
    }
}

fn text(given: Option<&str>) -> Given {
    given.map_or(Given::Unset, |text| Given::Text(text.into()))
}

impl Parameter {
    fn read(&self, value: &Value) -> Result<Given, Refused> {
        let given = Given::read(value).filter(|given| given.is_of(self.kind));
        given.ok_or_else(|| Refused::Type(self.name.clone()))
    }
}

impl Given {
    /// Of JSON: a boolean, a string, a list of strings, or `null`.
    pub fn read(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Null => Self::Unset,
            Value::Bool(flag) => Self::Flag(*flag),
            Value::String(text) => Self::Text(text.as_str().into()),
            Value::Array(texts) => {
                let texts = texts.iter().map(|text| text.as_str().map(Box::from));
                Self::Texts(texts.collect::<Option<_>>()?)
            }
            _ => return None,
        })
    }

    pub(crate) fn is_of(&self, kind: Kind) -> bool {
        match self {
            Self::Unset => true,
            Self::Flag(_) => kind == Kind::Flag,
            Self::Text(_) => kind == Kind::Text,
            Self::Texts(_) => kind == Kind::Texts,
        }
    }
}
