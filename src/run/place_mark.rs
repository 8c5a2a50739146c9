//! What a person has made of a place: what they call it, what it is for, and its colour.

use crate::json::optional_text;
use crate::{Place, Target};
use formsmith_api::json as text;
use serde_json::{Value, json};

/// What a place is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Production,
    Staging,
    Sandbox,
}

impl Mark {
    pub const ALL: [Self; 3] = [Self::Production, Self::Staging, Self::Sandbox];

    /// The word that is stored.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Staging => "staging",
            Self::Sandbox => "sandbox",
        }
    }

    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.key() == key)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    Red,
    Orange,
    Green,
    Blue,
    Violet,
    Grey,
}

impl Colour {
    pub const ALL: [Self; 6] = [
        Self::Red,
        Self::Orange,
        Self::Green,
        Self::Blue,
        Self::Violet,
        Self::Grey,
    ];

    /// The word that is stored.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Orange => "orange",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Violet => "violet",
            Self::Grey => "grey",
        }
    }

    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|colour| colour.key() == key)
    }

    /// The one of a place whose colour nobody has chosen.
    #[must_use]
    pub fn of_mark(mark: Option<Mark>) -> Self {
        match mark {
            Some(Mark::Production) => Self::Red,
            Some(Mark::Staging) => Self::Blue,
            Some(Mark::Sandbox) => Self::Green,
            None => Self::Grey,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedPlace {
    /// In all regions, if its region is empty.
    pub place: Place,
    pub name: String,
    pub mark: Option<Mark>,
    pub colour: Colour,
}

impl MarkedPlace {
    /// Does what was said of this place hold for that one? Where both accounts are known, they
    /// decide: other credentials for the same account reach the same resources.
    fn covers(&self, place: &Place) -> bool {
        let own = &self.place;
        let is_its = match (&own.account, &place.account) {
            (Some(own), Some(account)) => own == account,
            _ => own.profile == place.profile,
        };
        let has_region = own.region.is_empty() || own.region == place.region;
        own.target == place.target && is_its && has_region
    }

    /// How much of the place it names.
    fn precision(&self, place: &Place) -> (bool, bool) {
        let has_profile = self.place.profile == place.profile;
        (has_profile, !self.place.region.is_empty())
    }
}

/// Of what was said of places, what says most of this one.
#[must_use]
pub fn marked<'a>(all: &'a [MarkedPlace], place: &Place) -> Option<&'a MarkedPlace> {
    let covering = all.iter().filter(|marked| marked.covers(place));
    covering.max_by_key(|marked| marked.precision(place))
}

/// As it is stored.
#[must_use]
pub fn marked_places_to_text(all: &[MarkedPlace]) -> String {
    let entry = |marked: &MarkedPlace| {
        let MarkedPlace {
            place,
            name,
            mark,
            colour,
        } = marked;
        json!({
            "target": place.target.key(),
            "profile": place.profile,
            "account": place.account,
            "region": place.region,
            "endpoint": place.endpoint,
            "name": name,
            "mark": mark.map(Mark::key),
            "colour": colour.key(),
        })
    };
    text::compact(&Value::from(all.iter().map(entry).collect::<Vec<_>>()))
}

/// What can't be read of it is left out.
#[must_use]
pub fn marked_places_from_text(stored: &str) -> Vec<MarkedPlace> {
    let stored = text::parse(stored.as_bytes()).unwrap_or_default();
    let entry = |value: &Value| {
        let mark = value["mark"].as_str().and_then(Mark::of_key);
        Some(MarkedPlace {
            place: Place {
                target: Target::of_key(value["target"].as_str()?)?,
                region: value["region"].as_str()?.to_owned(),
                account: optional_text(value, "account"),
                profile: optional_text(value, "profile"),
                endpoint: optional_text(value, "endpoint"),
            },
            name: value["name"].as_str()?.to_owned(),
            mark,
            colour: (value["colour"].as_str().and_then(Colour::of_key))
                .unwrap_or(Colour::of_mark(mark)),
        })
    };
    let entries = stored.as_array().into_iter().flatten();
    entries.filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(profile: Option<&str>, account: Option<&str>, region: &str) -> Place {
        Place {
            target: Target::ProxyAws,
            region: region.into(),
            account: account.map(Into::into),
            profile: profile.map(Into::into),
            endpoint: None,
        }
    }

    fn named(name: &str, place: Place) -> MarkedPlace {
        MarkedPlace {
            place,
            name: name.into(),
            mark: Some(Mark::Production),
            colour: Colour::Violet,
        }
    }

    #[test]
    fn what_was_said_of_a_place_holds_where_the_same_resources_are() {
        let all = [
            named("account", place(Some("a"), Some("1"), "")),
            named("region", place(Some("a"), Some("1"), "us-east-1")),
            named("reader", place(Some("b"), Some("1"), "")),
            named("unknown", place(Some("c"), None, "")),
        ];
        let name = |place: Place| marked(&all, &place).map(|it| it.name.as_str());
        assert_eq!(
            name(place(Some("a"), Some("1"), "eu-west-1")),
            Some("account")
        );
        assert_eq!(
            name(place(Some("a"), Some("1"), "us-east-1")),
            Some("region")
        );
        assert_eq!(
            name(place(Some("b"), Some("1"), "us-east-1")),
            Some("reader")
        );
        // While the account isn't known yet, the profile says where it is.
        assert_eq!(name(place(Some("a"), None, "eu-west-1")), Some("account"));
        // Another way into the same account is the same place.
        assert!(name(place(Some("d"), Some("1"), "eu-west-1")).is_some());
        // The profile leads to another account by now.
        assert_eq!(name(place(Some("a"), Some("2"), "eu-west-1")), None);
        assert_eq!(
            name(place(Some("c"), Some("2"), "eu-west-1")),
            Some("unknown")
        );
        let sandbox = Place {
            target: Target::ProxySandbox,
            ..place(Some("a"), Some("1"), "eu-west-1")
        };
        assert_eq!(name(sandbox), None);
    }

    #[test]
    fn what_is_stored_comes_back() {
        let mut all = vec![
            named("Shop \"1\"", place(Some("é/x"), Some("1"), "")),
            named("", place(None, None, "us-east-1")),
        ];
        all[1].mark = None;
        assert_eq!(marked_places_from_text(&marked_places_to_text(&all)), all);
        assert_eq!(marked_places_from_text("[{}, 1, null]"), []);
        assert_eq!(marked_places_from_text("{"), []);
    }
}
