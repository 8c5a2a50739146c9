//! What the person who started the proxy allows: classes of operations, single operations, regions
//! and accounts. Of what widens and what narrows, the narrower wins; a denial always does.

use crate::failure::Failure;
use crate::identity::Identity;
use crate::people::{self, People};
use formsmith_api::class::Class;
use formsmith_api::evidence::operations;
use formsmith_wire::Code;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Permits {
    /// Those that are allowed besides reading.
    pub classes: Classes,
    /// Operations that are allowed whatever their class.
    pub allow: Vec<Named>,
    /// Operations that are refused whatever else is said.
    pub deny: Vec<Named>,
    /// The only regions that are signed for, if any are named.
    pub regions: Option<Vec<String>>,
    /// The only regions that are signed for with the profile of a name.
    pub profiles: BTreeMap<String, Vec<String>>,
    /// The only accounts that are signed for, if any are named.
    pub accounts: Option<Vec<String>>,
    /// The policy file that says so; none for the command line.
    pub file: Option<String>,
    /// Who may use what, if that is not the same for everybody.
    pub people: Option<People>,
    /// The only classes, whatever else is said: those of one person.
    pub only: Option<Classes>,
    /// What is allowed at most, by a policy file.
    pub most: Option<Box<Permits>>,
}

/// A set of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Classes(u8);

/// Operations by name: `service:Operation`, with `*` for any characters in either part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    service: String,
    operation: String,
}

/// An operation as it is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub service: &'a str,
    pub operation: &'a str,
    /// What the operation can do by itself.
    pub own: Class,
    /// What this request can do with it.
    pub class: Class,
}

impl Classes {
    pub fn all() -> Self {
        Class::ALL.into_iter().fold(Self::default(), Self::with)
    }

    /// Those that a flag stands for; none if it is no flag of classes.
    pub fn of_flag(flag: &str) -> Option<Self> {
        let its = Class::ALL.into_iter().filter(|it| it.flag() == Some(flag));
        let its = its.fold(Self::default(), Self::with);
        (its != Self::default()).then_some(its)
    }

    #[must_use]
    pub fn with(self, class: Class) -> Self {
        Self(self.0 | 1 << class as u8)
    }

    #[must_use]
    pub fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Those that are in both.
    #[must_use]
    pub fn both(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// Reading always is in it.
    pub fn has(self, class: Class) -> bool {
        class == Class::Read || self.0 & 1 << class as u8 != 0
    }

    /// The words of those in it.
    pub fn words(self) -> Vec<&'static str> {
        let its = Class::ALL.into_iter().filter(|class| self.has(*class));
        its.map(Class::word).collect()
    }
}

impl FromStr for Named {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_name = |part: &str, others: &str| {
            let is_of_it = |c: char| c.is_ascii_alphanumeric() || others.contains(c);
            !part.is_empty() && part.chars().all(is_of_it)
        };
        match text.split_once(':') {
            Some((service, operation)) if is_name(service, "-_.*") && is_name(operation, "_*") => {
                Ok(Self {
                    service: service.into(),
                    operation: operation.into(),
                })
            }
            _ => Err(format!(
                "{text:?} names no operation; write it like s3:PutObject, s3:* or *:Delete*"
            )),
        }
    }
}

impl Named {
    pub fn matches(&self, service: &str, operation: &str) -> bool {
        fits(&self.service, service) && fits(&self.operation, operation)
    }

    /// A denial is meant whatever its letters: one that is written a little otherwise denies no less.
    pub fn denies(&self, service: &str, operation: &str) -> bool {
        let small = |text: &str| text.to_ascii_lowercase();
        fits(&small(&self.service), &small(service))
            && fits(&small(&self.operation), &small(operation))
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service, self.operation)
    }
}

/// Does a text fit a pattern in which `*` stands for any characters?
fn fits(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut text) = text.strip_prefix(start) else {
        return false;
    };
    let mut parts = rest.split('*').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return text.ends_with(part);
        }
        match text.find(part) {
            Some(at) => text = &text[at + part.len()..],
            None => return false,
        }
    }
    true
}

impl Permits {
    /// Everything, as the sandbox does.
    pub fn all() -> Self {
        Self {
            classes: Classes::all(),
            ..Self::default()
        }
    }

    /// Refuses what isn't allowed, with what would have to be set. A name allows what the operation
    /// does by itself; what a request adds to that needs its class.
    pub fn check(&self, asked: &Asked<'_>) -> Result<(), Failure> {
        let Asked {
            service,
            operation,
            own,
            class,
        } = *asked;
        let is_named = |names: &[Named]| names.iter().any(|it| it.matches(service, operation));
        if self.only.is_some_and(|only| !only.has(class)) {
            return Err(people::no_class(class, operation));
        }
        if self.deny.iter().any(|it| it.denies(service, operation)) {
            return Err(denied(asked, self.file.as_deref()));
        }
        if let Some(most) = &self.most {
            most.check(asked)?;
            if !self.widens() {
                return Ok(());
            }
        }
        match self.classes.has(class) || (own == class && is_named(&self.allow)) {
            true => Ok(()),
            false => Err(not_allowed(asked, self.file.as_deref())),
        }
    }

    /// Denials that match no known operation of AWS.
    pub fn denied_in_vain(&self) -> Vec<&Named> {
        let most = self.most.iter().flat_map(|most| &most.deny);
        let mut denied: Vec<_> = self.deny.iter().chain(most).collect();
        denied.retain(|it| !operations().any(|(service, operation)| it.denies(service, operation)));
        denied
    }

    /// Does it allow anything by itself? Within a policy that narrows: only what both allow.
    fn widens(&self) -> bool {
        self.classes != Classes::default() || !self.allow.is_empty()
    }

    /// The classes that are allowed.
    pub fn allowed(&self) -> Classes {
        let allowed = match &self.most {
            Some(most) if self.widens() => most.allowed().both(self.classes),
            Some(most) => most.allowed(),
            None => self.classes,
        };
        self.only.map_or(allowed, |only| allowed.both(only))
    }

    /// The regions that may be signed for with a profile, if any are named: those that are in
    /// every list that holds for it.
    pub fn named_regions(&self, profile: Option<&str>) -> Option<Vec<String>> {
        let permits = [Some(self), self.most.as_deref()];
        let mut lists = permits
            .iter()
            .flatten()
            .flat_map(|permits| permits.lists(profile));
        let (_, first) = lists.next()?;
        Some(lists.fold(first.clone(), |mut both, (_, list)| {
            both.retain(|region| list.contains(region));
            both
        }))
    }

    /// The lists of regions that hold for a profile: its own, which is told with its name, and that
    /// for all.
    fn lists<'a>(
        &'a self,
        profile: Option<&'a str>,
    ) -> impl Iterator<Item = (Option<&'a str>, &'a Vec<String>)> {
        let its = profile.and_then(|name| Some((profile, self.profiles.get(name)?)));
        let of_all = self.regions.as_ref().map(|regions| (None, regions));
        its.into_iter().chain(of_all)
    }

    /// The accounts that may be signed for, if any are named: those on every list.
    pub fn named_accounts(&self) -> Option<Vec<String>> {
        let most = self.most.as_ref().and_then(|most| most.named_accounts());
        match (&self.accounts, most) {
            (Some(own), Some(mut both)) => {
                both.retain(|account| own.contains(account));
                Some(both)
            }
            (Some(own), None) => Some(own.clone()),
            (None, most) => most,
        }
    }

    /// Refuses regions that are not among those that were named, for all profiles or for this one.
    pub fn region(&self, profile: Option<&str>, region: &str) -> Result<(), Failure> {
        if let Some(most) = &self.most {
            most.region(profile, region)?;
        }
        let is_allowed = |regions: &Vec<String>| regions.iter().any(|own| own == region);
        let mut lists = self.lists(profile);
        match lists.find(|(_, regions)| !is_allowed(regions)) {
            Some((its, regions)) => Err(Failure::forbidden(
                Code::RegionNotAllowed,
                match its {
                    Some(name) => format!(
                        "This proxy was not started for the region {region} with the profile \
                         {name:?}."
                    ),
                    None => format!("This proxy was not started for the region {region}."),
                },
                match &self.file {
                    Some(file) => {
                        format!("Choose a region that {file} lists: {}.", regions.join(", "))
                    }
                    None => format!(
                        "Choose one of these regions: {}. Or start the proxy with others in --regions.",
                        regions.join(", ")
                    ),
                },
            )),
            None => Ok(()),
        }
    }

    /// Refuses to sign for another account than one that was named, or for one that nobody knows.
    pub fn account(&self, identity: &Identity) -> Result<(), Failure> {
        if let Some(most) = &self.most {
            most.account(identity)?;
        }
        let Some(named) = &self.accounts else {
            return Ok(());
        };
        match identity {
            Identity::Caller { account, .. } if named.contains(account) => Ok(()),
            Identity::Caller { account, .. } => Err(Failure::forbidden(
                Code::AccountNotAllowed,
                format!(
                    "The proxy's credentials are of account {account}, but it was started for {} \
                     only.",
                    named.join(", ")
                ),
                match &self.file {
                    Some(file) => format!("Use credentials of an account that {file} lists."),
                    None => "Use credentials of that account, or start the proxy with another \
                             --account."
                        .into(),
                },
            )),
            Identity::Unknown { why, .. } => Err(why.clone()),
        }
    }
}

/// Is it the number of an account?
pub fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn denied(asked: &Asked<'_>, file: Option<&str>) -> Failure {
    let message = format!("This proxy is set to deny {}.", asked.operation);
    let action = match file {
        Some(file) => format!("The policy {file} denies it."),
        None => "To send it, start the proxy without the --deny that names it.".into(),
    };
    Failure::forbidden(Code::OperationDenied, message, action).of_class(asked.class)
}

/// A sentence of what operations of a class can do.
pub fn what(class: Class, operation: &str) -> String {
    let does = match class {
        Class::Read => "only reads",
        Class::Secret => "answers with a secret, or with what gives access",
        Class::Effect => "starts or sends something, or costs money",
        Class::Body => "does what the statement in its body says",
        Class::Write => "can change something",
        Class::Credentials => "makes credentials",
        Class::Destroys => "can make changes that can't be undone",
        Class::Permissions => "can change who may do what",
    };
    format!("{operation} {does}")
}

fn not_allowed(asked: &Asked<'_>, file: Option<&str>) -> Failure {
    let Asked {
        operation, class, ..
    } = *asked;
    let code = match class {
        Class::Read | Class::Write | Class::Effect | Class::Body => Code::WriteNotAllowed,
        Class::Secret => Code::SecretNotAllowed,
        Class::Credentials => Code::CredentialsNotAllowed,
        Class::Destroys => Code::DestroyNotAllowed,
        Class::Permissions => Code::PermissionsNotAllowed,
    };
    let what = match asked.own == class {
        true => what(class, operation),
        false => format!("This request of {}", what(class, operation)),
    };
    Failure::forbidden(
        code,
        format!("{what}, which this proxy does not allow."),
        match file {
            Some(file) => format!(
                "Whoever keeps the policy {file} can add {:?} to its classes.",
                class.word()
            ),
            None => format!(
                "Start the proxy with {} to send this.",
                class.flag().unwrap_or_default()
            ),
        },
    )
    .of_class(class)
}
