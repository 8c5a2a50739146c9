//! What a policy lets each person use: profiles, and classes of operations with them.

use crate::failure::Failure;
use crate::permits::{Classes, Permits};
use crate::team::Person;
use formsmith_api::class::Class;
use formsmith_wire::Code;
use std::sync::Arc;

/// Who may do what, by what the policy calls them. Of several that a person is, each adds to what
/// they may.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct People(pub Vec<(String, Grant)>);

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grant {
    /// The only profiles, if any are named.
    pub profiles: Option<Vec<String>>,
    /// Besides reading.
    pub classes: Classes,
}

impl People {
    /// What somebody may do with a profile; none if they may not use it.
    pub fn classes(&self, person: Option<&Person>, profile: Option<&str>) -> Option<Classes> {
        let person = person?;
        let of = |grant: &Grant| match (&grant.profiles, profile) {
            (None, _) => true,
            (Some(names), Some(profile)) => names.iter().any(|name| name == profile),
            (Some(_), None) => false,
        };
        let theirs = self.0.iter().filter(|(name, _)| person.is_called(name));
        let theirs = theirs.filter(|(_, grant)| of(grant));
        theirs.map(|(_, grant)| grant.classes).reduce(Classes::and)
    }
}

impl Permits {
    /// The same for one person and a profile, or why they may not use it.
    pub fn of_person(
        self: &Arc<Self>,
        person: Option<&Person>,
        profile: Option<&str>,
    ) -> Result<Arc<Self>, Failure> {
        let Some(people) = self.people() else {
            return Ok(self.clone());
        };
        let only = people.classes(person, profile);
        Ok(Arc::new(Self {
            only: Some(only.ok_or_else(|| no_profile(profile))?),
            ..Self::clone(self)
        }))
    }

    fn people(&self) -> Option<&People> {
        let most = || self.most.as_ref()?.people.as_ref();
        self.people.as_ref().or_else(most)
    }

    /// Does it say who may use what?
    pub fn names_people(&self) -> bool {
        self.people().is_some()
    }
}

/// Is it something that a policy can call people by?
pub fn is_name(name: &str) -> bool {
    name == "everyone"
        || name.split_once(':').is_some_and(|(kind, value)| {
            ["group", "email", "sub"].contains(&kind) && !value.is_empty()
        })
}

const ASK: &str = "Ask whoever keeps the team's policy.";

/// Of a profile that is not theirs.
pub fn no_profile(profile: Option<&str>) -> Failure {
    let what = match profile {
        Some(name) => format!("the profile {name:?}"),
        None => "the proxy's credentials".into(),
    };
    Failure::forbidden(
        Code::PersonNotAllowed,
        format!("The team's policy does not let you use {what}."),
        ASK,
    )
}

/// Of a class that is not theirs.
pub fn no_class(class: Class, operation: &str) -> Failure {
    Failure::forbidden(
        Code::PersonNotAllowed,
        format!(
            "{operation} is of the class {:?}, which the team's policy does not allow you.",
            class.word()
        ),
        ASK,
    )
    .of_class(class)
}
