//! What the person should know of the proxy besides whose credentials it has.

use super::Console;
use crate::browser::page;
use crate::transport::{Status, VERSION, elsewhere};
use formsmith_run::ProxyFailure;
use leptos::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProxyNotice {
    /// Page and proxy are of different versions, the proxy of this one.
    Version { proxy: String },
    /// The page stands at an address that another program may have next: which, the origin that
    /// would be the proxy's own, and why the page is not there.
    Origin {
        here: String,
        own: String,
        why: Option<String>,
    },
    /// What the proxy says itself.
    Warning(ProxyFailure),
}

#[derive(Clone, Copy)]
pub(super) struct ProxyNotices {
    shown: RwSignal<Vec<ProxyNotice>>,
    is_ephemeral: RwSignal<bool>,
}

impl ProxyNotices {
    pub fn new() -> Self {
        Self {
            shown: RwSignal::new(Vec::new()),
            is_ephemeral: RwSignal::new(false),
        }
    }
}

impl Console {
    /// Takes in what the proxy tells of itself.
    pub(super) fn heed(self, status: &Status) {
        let mut notices = Vec::new();
        if let Some(proxy) = status.version.clone().filter(|proxy| proxy != VERSION) {
            notices.push(ProxyNotice::Version { proxy });
        }
        if let (Some(own), Some(here)) = (status.origin.clone(), page::plain_loopback_origin())
            && own != here
            && elsewhere::proxy().is_none()
        {
            let why = page::stayed_for();
            notices.push(ProxyNotice::Origin { here, own, why });
        }
        self.proxy_notices.is_ephemeral.set(status.is_ephemeral);
        let warnings = status.warnings.iter().cloned();
        notices.extend(warnings.map(ProxyNotice::Warning));
        let shown = self.proxy_notices.shown;
        if shown.with_untracked(|now| *now != notices) {
            let is_new = |it: &&ProxyNotice| shown.with_untracked(|now| !now.contains(it));
            self.note(notices.iter().filter(is_new).count());
            shown.set(notices);
        }
    }

    /// Will what this page keeps be out of reach once the proxy ends?
    pub fn is_ephemeral(self) -> bool {
        self.proxy_notices.is_ephemeral.get()
    }

    pub fn proxy_notices(self) -> Vec<ProxyNotice> {
        self.proxy_notices.shown.get()
    }
}
