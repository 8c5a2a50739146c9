//! What answers requests: the sandbox of the page, or what the proxy of its origin offers.

use super::Console;
use crate::browser::{storage, task};
use crate::lazy::lazy;
use crate::transport::{Profile, ProxyTarget, Status, Transport};
use formsmith_run::Target;
use leptos::prelude::*;

const PROFILE_KEY: &str = "formsmith.profile";

#[derive(Clone, Copy)]
pub(super) struct Targets {
    offered: RwSignal<Offered>,
    chosen: RwSignal<Option<Target>>,
    /// The name of the profile that the person has chosen, here or on another day.
    profile: RwSignal<Option<String>>,
}

/// What the proxy says that it offers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Offered {
    /// Nothing without a proxy.
    target: Option<ProxyTarget>,
    /// Those that it may sign with.
    profiles: Vec<Profile>,
    /// What it sends to in the place of AWS.
    endpoint: Option<String>,
}

/// Who answers, and by which profile: what a person chooses among.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetChoice {
    pub target: Target,
    pub profile: Option<String>,
}

impl TargetChoice {
    pub fn key(&self) -> String {
        match &self.profile {
            Some(profile) => [self.target.key(), "/", profile].concat(),
            None => self.target.key().to_owned(),
        }
    }
}

impl Targets {
    pub fn new() -> Self {
        Self {
            offered: RwSignal::new(Offered::default()),
            chosen: RwSignal::new(None),
            profile: RwSignal::new(storage::read(PROFILE_KEY)),
        }
    }

    pub fn offered(self) -> Option<ProxyTarget> {
        self.offered.with(|offered| offered.target)
    }

    /// Before the proxy trusts the page it says no more than who answers.
    pub fn offer(self, target: Option<ProxyTarget>) {
        if self.offered.with_untracked(|offered| offered.target) != target {
            self.offered.update(|offered| offered.target = target);
        }
    }

    pub fn heed(self, status: &Status) {
        let offered = Offered {
            target: status.target,
            profiles: status.profiles.clone(),
            endpoint: status.endpoint.clone(),
        };
        if self.offered.with_untracked(|before| *before != offered) {
            self.offered.set(offered);
        }
    }
}

impl Console {
    /// What there is to choose: what the proxy offers, AWS once for each of its profiles, and the
    /// page's sandbox always.
    pub fn target_choices(self) -> Vec<TargetChoice> {
        let of = |target, profile| TargetChoice { target, profile };
        let offered = self.targets.offered.get();
        let mut choices = match offered.target {
            None => Vec::new(),
            Some(ProxyTarget::Sandbox) => vec![of(Target::ProxySandbox, None)],
            Some(ProxyTarget::Aws) if offered.profiles.is_empty() => {
                vec![of(Target::ProxyAws, None)]
            }
            Some(ProxyTarget::Aws) => {
                let profiles = offered.profiles.into_iter();
                profiles
                    .map(|profile| of(Target::ProxyAws, profile.name))
                    .collect()
            }
        };
        choices.push(of(Target::PageSandbox, None));
        choices
    }

    /// What was chosen, or else the first there is.
    pub fn target_choice(self) -> TargetChoice {
        let choices = self.target_choices();
        let is_offered = |target: &Target| choices.iter().any(|choice| choice.target == *target);
        let target = self.targets.chosen.get().filter(is_offered);
        let target = target.unwrap_or(choices[0].target);
        let profile = match target {
            Target::ProxyAws => self.profile(),
            Target::ProxySandbox | Target::PageSandbox => None,
        };
        TargetChoice { target, profile }
    }

    /// The name of the profile that signs where AWS is the target: the one that was chosen, or else
    /// the first there is.
    pub fn profile(self) -> Option<String> {
        let chosen = self.targets.profile.get();
        self.targets.offered.with(|offered| {
            let mut profiles = offered.profiles.iter().map(|profile| &profile.name);
            let found = profiles.clone().find(|name| **name == chosen);
            found.or(profiles.next()).cloned().flatten()
        })
    }

    pub fn target(self) -> Target {
        self.target_choice().target
    }

    pub fn choose_target(self, key: &str) {
        let mut choices = untrack(move || self.target_choices()).into_iter();
        let Some(choice) = choices.find(|choice| choice.key() == key) else {
            return;
        };
        let before = untrack(move || self.target_choice());
        if let Some(name) = &choice.profile {
            storage::write(PROFILE_KEY, name);
            self.targets.profile.set(Some(name.clone()));
        }
        self.targets.chosen.set(Some(choice.target));
        if choice.profile.is_some() && choice != before {
            self.forget_identity();
            task::spawn(async move {
                // There are profiles to choose from only once that part has come.
                let _ = follow(self).await;
            });
        }
    }

    /// The regions that the profile may be used in, if they are limited.
    pub fn allowed_regions(self) -> Option<Vec<String>> {
        let TargetChoice { target, profile } = self.target_choice();
        if target != Target::ProxyAws {
            return None;
        }
        self.targets.offered.with(|offered| {
            let mut profiles = offered.profiles.iter();
            profiles.find(|it| it.name == profile)?.regions.clone()
        })
    }

    /// What requests go to in the place of AWS.
    pub fn endpoint(self) -> Option<String> {
        self.targets
            .offered
            .with(|offered| offered.endpoint.clone())
    }

    pub fn transport(self) -> Transport {
        match self.target() {
            Target::PageSandbox => Transport::Sandbox,
            Target::ProxySandbox | Target::ProxyAws => Transport::Proxy {
                token: self.session.token(),
            },
        }
    }
}

lazy! { fn follow(console: Console) = console.follow_identity(); }
