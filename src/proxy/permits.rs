//! What the person who started the proxy allows: classes of operations, single operations, regions
//! and accounts. Of what widens and what narrows, the narrower wins; a denial always does.

use crate::failure::Failure;
use crate::identity::Identity;
use formsmith_api::class::Class;
use formsmith_wire::Code;
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
    /// The only account that is signed for, twelve digits.
    pub account: Option<String>,
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
        if is_named(&self.deny) {
            return Err(denied(asked));
        }
        match self.classes.has(class) || (own == class && is_named(&self.allow)) {
            true => Ok(()),
            false => Err(not_allowed(asked)),
        }
    }

    /// Refuses regions that are not among those that were named.
    pub fn region(&self, region: &str) -> Result<(), Failure> {
        let is_allowed = |regions: &Vec<String>| regions.iter().any(|own| own == region);
        match &self.regions {
            Some(regions) if !is_allowed(regions) => Err(Failure::forbidden(
                Code::RegionNotAllowed,
                format!("This proxy was started for other regions than {region}."),
                format!(
                    "Choose one of these regions: {}. Or start the proxy with others in --regions.",
                    regions.join(", ")
                ),
            )),
            _ => Ok(()),
        }
    }

    /// Refuses to sign for another account than the one that was named, or for one that nobody
    /// knows.
    pub fn account(&self, identity: &Identity) -> Result<(), Failure> {
        let (Some(named), identity) = (&self.account, identity) else {
            return Ok(());
        };
        match identity {
            Identity::Caller { account, .. } if account == named => Ok(()),
            Identity::Caller { account, .. } => Err(Failure::forbidden(
                Code::AccountNotAllowed,
                format!(
                    "The proxy's credentials are of account {account}, but it was started for \
                     account {named} only."
                ),
                "Use credentials of that account, or start the proxy with another --account.",
            )),
            Identity::Unknown { why, .. } => Err(why.clone()),
        }
    }
}

fn denied(asked: &Asked<'_>) -> Failure {
    let message = format!(
        "The proxy was started so that it sends no {}.",
        asked.operation
    );
    let action = "Start the proxy without the --deny that names this operation to send this.";
    Failure::forbidden(Code::OperationDenied, message, action).of_class(asked.class)
}

/// A sentence of what operations of a class can do.
pub fn what(class: Class, operation: &str) -> String {
    let does = match class {
        Class::Read => "only answers",
        Class::Secret => "answers with a secret, or with what gives access",
        Class::Effect => "starts or sends something, or has a price",
        Class::Body => "does what the statement in its body says",
        Class::Write => "can change something",
        Class::Credentials => "makes credentials",
        Class::Destroys => "can do what can't be undone",
        Class::Permissions => "says who may do what",
    };
    format!("{operation} {does}")
}

fn not_allowed(asked: &Asked<'_>) -> Failure {
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
        false => format!("This request of {operation} says who may do what"),
    };
    Failure::forbidden(
        code,
        format!("{what}, which this proxy does not allow."),
        format!(
            "Start the proxy with {} to send this.",
            class.flag().unwrap_or_default()
        ),
    )
    .of_class(class)
}

#[cfg(test)]
mod tests {
    use super::{Asked, Class, Classes, Named, Permits, fits};

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, text, expected) in [
            ("Get", "Get", true),
            ("Get", "GetObject", false),
            ("Get*", "GetObject", true),
            ("*", "", true),
            ("*Object", "GetObject", true),
            ("*Object", "GetObjects", false),
            ("G*t*t", "GetObject", true),
            ("G*x*t", "GetObject", false),
            ("Get*Object*", "GetMyObjectAcl", true),
            ("a*a", "a", false),
        ] {
            assert_eq!(fits(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn names_have_two_parts() {
        for text in ["s3:PutObject", "s3:*", "*:*", "s3*:Get*"] {
            assert!(text.parse::<Named>().is_ok(), "{text}");
        }
        for text in [
            "",
            "s3",
            "s3:",
            ":Get",
            "s3:Get Object",
            "s3:Get:Object",
            "s3/Get",
        ] {
            assert!(text.parse::<Named>().is_err(), "{text}");
        }
    }

    #[test]
    fn each_class_needs_its_flag_and_a_denial_always_wins() {
        let asked = |class| Asked {
            service: "s3",
            operation: "PutObject",
            own: class,
            class,
        };
        for class in Class::ALL {
            let nothing = Permits::default().check(&asked(class));
            assert_eq!(nothing.is_ok(), class == Class::Read);
            assert_eq!(
                nothing.err().and_then(|it| it.class),
                Some(class).filter(|it| *it != Class::Read)
            );
            for flagged in Class::ALL {
                let Some(classes) = flagged.flag().and_then(Classes::of_flag) else {
                    continue;
                };
                let permits = Permits {
                    classes,
                    ..Permits::default()
                };
                let is_allowed = class == Class::Read || class.flag() == flagged.flag();
                assert_eq!(
                    permits.check(&asked(class)).is_ok(),
                    is_allowed,
                    "{class:?}"
                );
            }
            let name =
                |text: &str| vec![text.parse::<Named>().unwrap_or_else(|why| panic!("{why}"))];
            let mut permits = Permits {
                allow: name("s3:Put*"),
                ..Permits::default()
            };
            assert!(permits.check(&asked(class)).is_ok());
            permits.classes = Classes::all();
            permits.deny = name("*:PutObject");
            assert!(permits.check(&asked(class)).is_err());
        }
        let raised = Asked {
            own: Class::Write,
            class: Class::Permissions,
            ..asked(Class::Write)
        };
        let named = Permits {
            allow: vec![
                "s3:PutObject"
                    .parse()
                    .unwrap_or_else(|why: String| panic!("{why}")),
            ],
            ..Permits::default()
        };
        assert!(
            named.check(&raised).is_err(),
            "what a request adds is not the operation's"
        );
    }
}
