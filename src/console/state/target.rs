//! What answers requests: the sandbox of the page, or what the proxy of its origin offers.

use super::Console;
use crate::transport::{ProxyTarget, Transport};
use formsmith_run::Target;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub(super) struct Targets {
    /// Nothing without a proxy.
    offered: RwSignal<Option<ProxyTarget>>,
    chosen: RwSignal<Option<Target>>,
}

impl Targets {
    pub fn new() -> Self {
        Self {
            offered: RwSignal::new(None),
            chosen: RwSignal::new(None),
        }
    }

    pub fn offered(self) -> Option<ProxyTarget> {
        self.offered.get()
    }

    /// What the proxy says that it offers.
    pub fn offer(self, target: Option<ProxyTarget>) {
        if self.offered.get_untracked() != target {
            self.offered.set(target);
        }
    }
}

impl Console {
    /// The targets there are: the page's sandbox always, the proxy's as the proxy says.
    pub fn targets(self) -> Vec<Target> {
        let of_proxy = self.targets.offered.get().map(|target| match target {
            ProxyTarget::Sandbox => Target::ProxySandbox,
            ProxyTarget::Aws => Target::ProxyAws,
        });
        of_proxy.into_iter().chain([Target::PageSandbox]).collect()
    }

    /// What was chosen, or else the first there is.
    pub fn target(self) -> Target {
        let targets = self.targets();
        let chosen = self.targets.chosen.get();
        chosen
            .filter(|target| targets.contains(target))
            .unwrap_or(targets[0])
    }

    pub fn choose_target(self, key: &str) {
        let target = self
            .targets()
            .into_iter()
            .find(|target| target.key() == key);
        self.targets.chosen.set(target);
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
