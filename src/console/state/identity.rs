//! Whose resources a request would change, as the proxy tells.

use super::{Console, REGIONS};
use crate::browser::task;
use crate::later::later;
use crate::text;
use crate::transport::{self, Identity, ProxyTarget, Status};
use crate::watch::listen;
use leptos::prelude::*;
use serde_json::Value;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;
use web_sys::Event;

/// Only the last answer counts.
static ASKED: AtomicU32 = AtomicU32::new(0);

impl Console {
    /// What the proxy of this page's origin offers, then whose credentials it signs with. The
    /// second may take AWS's time, and the person has to see at once that this is no sandbox.
    pub(super) async fn meet_proxy(self) {
        if let Ok(told) = transport::status(None).await {
            self.session.begin_opening();
            self.offered.set(transport::target(&told));
            if greet(self, told).await.is_err() {
                self.session.end_opening();
                self.tell(Err(text::LOADED_LATER.failed.into()));
            }
        }
    }

    fn greet(self, told: &Value) {
        self.heed(&Status::read(told));
        task::spawn(async move {
            self.open_session().await;
            self.session.end_opening();
            self.follow_identity();
            // Who signs in does so in another window, and comes back.
            listen(&window(), "focus", move |_: Event| self.follow_identity());
        });
    }

    /// Asks anew, and says what is no longer as it was.
    pub(super) fn follow_identity(self) {
        if !untrack(move || self.signs()) {
            return;
        }
        task::spawn(async move {
            let before = untrack(move || self.identity());
            let before = before.as_ref().map(text::identity_told);
            let now = self.ask_identity().await;
            let now = now.as_ref().map(text::identity_told);
            if let Some(told) = now.filter(|now| before.as_ref() != Some(now)) {
                self.announce(told);
            }
        });
    }

    pub(super) fn signs(self) -> bool {
        self.offered.get() == Some(ProxyTarget::Aws)
    }

    /// Asks the proxy anew; none if it doesn't sign for AWS.
    pub(super) async fn ask_identity(self) -> Option<Identity> {
        self.session.opened().await;
        let number = ASKED.fetch_add(1, Relaxed) + 1;
        let token = self.session.token.get_value();
        let told = transport::status(token.as_deref()).await;
        let is_last = ASKED.load(Relaxed) == number;
        let identity = match told {
            Ok(told) => {
                let status = Status::read(&told);
                if is_last {
                    if untrack(move || self.offered.get()) != status.target {
                        self.offered.set(status.target);
                    }
                    self.heed(&status);
                    self.prefer_region(status.region);
                }
                status.identity.map(|identity| match identity {
                    Identity::Missing(why) => Identity::Missing(self.session.explained(why)),
                    known => known,
                })
            }
            Err(failure) => Some(Identity::Missing(failure)),
        };
        if is_last {
            self.identity.set(identity.clone());
        }
        identity
    }

    /// Takes what the proxy told of itself in another place.
    pub(super) fn learn_identity(self, identity: Identity) {
        // What is asked for is older.
        ASKED.fetch_add(1, Relaxed);
        self.identity.set(Some(identity));
    }

    /// A region that the person chose, here or on another day, stays.
    fn prefer_region(self, region: Option<String>) {
        let is_free = !self.is_region_chosen.get_untracked();
        if let Some(region) = region.filter(|it| is_free && REGIONS.contains(&it.as_str())) {
            self.region.set(region);
        }
    }

    /// The account whose resources change, where that is known.
    pub fn account(self) -> Option<String> {
        match self.identity.get()? {
            Identity::Known { account, .. } => Some(account),
            _ => None,
        }
    }

    /// Whose resources change; none while the proxy has yet to tell.
    pub fn identity(self) -> Option<Identity> {
        self.identity.get()
    }
}

later! { fn greet(console: Console, told: Value) = console.greet(&told); }
