//! Whose resources a request would change, as the proxy tells.

use super::Console;
use crate::browser::{clock, task};
use crate::lazy::lazy;
use crate::transport::{self, ProxyTarget, Status};
use crate::watch::listen;
use formsmith_run::Identity;
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;
use web_sys::Event;

/// Only the last answer counts.
static ASKED: AtomicU32 = AtomicU32::new(0);

const AGAIN_AFTER_MS: f64 = 2000.0;

/// Nothing until the proxy has told.
#[derive(Clone, Copy)]
pub(super) struct ShownIdentity(RwSignal<Option<Identity>>);

impl ShownIdentity {
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }
}

impl Console {
    /// What the proxy of this page's origin offers, then whose credentials it signs with. The
    /// second may take AWS's time, and the person has to see at once that this is no sandbox.
    pub(super) async fn probe_proxy(self) {
        if let Ok(told) = transport::status(None, None).await {
            self.session.begin_opening();
            self.targets.offer(transport::target(&told));
            self.go_on(Some(told)).await;
        }
    }

    /// What follows is in the later part, and without it nothing can be sent through the proxy:
    /// it is asked for until it is there.
    pub(super) async fn go_on(self, told: Option<Value>) {
        let mut is_told = false;
        while open(self, told.clone()).await.is_err() {
            if !std::mem::replace(&mut is_told, true) {
                self.tell(Err(words::part_missing().into()));
            }
            clock::pause(AGAIN_AFTER_MS).await;
        }
        if is_told {
            self.take_toast_away();
        }
    }

    /// `told` is what the proxy told of itself when the page met it.
    fn open_proxy(self, told: Option<Value>) {
        if let Some(told) = &told {
            self.heed(&Status::read(told));
        }
        self.follow_place();
        task::spawn(async move {
            let is_signed_in = told.as_ref().is_some_and(|told| told["signedIn"] == true);
            self.open_session(is_signed_in).await;
            self.session.end_opening();
            self.follow_identity();
            if told.is_some() {
                // Who signs in does so in another window, and comes back.
                listen(&window(), "focus", move |_: Event| self.follow_identity());
            }
        });
    }

    /// Asks anew, and says what is no longer as it was.
    pub(super) fn follow_identity(self) {
        if !untrack(move || self.signs()) {
            return;
        }
        task::spawn(async move {
            let before = untrack(move || self.identity());
            let before = before.as_ref().map(words::identity_told);
            let now = self.ask_identity().await;
            let now = now.as_ref().map(words::identity_told);
            if let Some(told) = now.filter(|now| before.as_ref() != Some(now)) {
                self.announce(told);
            }
        });
    }

    pub(super) fn signs(self) -> bool {
        self.targets.offered() == Some(ProxyTarget::Aws)
    }

    /// Asks the proxy anew; none if it doesn't sign for AWS.
    pub(super) async fn ask_identity(self) -> Option<Identity> {
        self.session.opened().await;
        let number = ASKED.fetch_add(1, Relaxed) + 1;
        let token = self.session.token();
        let profile = untrack(move || self.profile());
        let told = transport::status(token.as_deref(), profile.as_deref()).await;
        let is_last = ASKED.load(Relaxed) == number;
        let identity = match told {
            Ok(told) => {
                let status = Status::read(&told);
                if is_last {
                    self.targets.heed(&status);
                    // Whose name was asked for without one is the first profile's.
                    let first = status.profiles.first().and_then(|it| it.name.clone());
                    if untrack(move || self.profile()) != profile.or(first) {
                        return Box::pin(self.ask_identity()).await;
                    }
                    self.heed(&status);
                    self.region.propose(status.region);
                }
                status.identity.map(|identity| match identity {
                    Identity::Missing(why) => Identity::Missing(self.session.explained(why)),
                    known => known,
                })
            }
            Err(failure) => Some(Identity::Missing(failure)),
        };
        if is_last {
            self.identity.0.set(identity.clone());
        }
        identity
    }

    /// The person has turned to other credentials.
    pub(super) fn forget_identity(self) {
        ASKED.fetch_add(1, Relaxed);
        self.identity.0.set(None);
    }

    /// Takes what the proxy told of itself in another place. A run may be sent with another profile
    /// than the page shows.
    pub(super) fn learn_identity(self, profile: Option<String>, identity: Identity) {
        if profile == untrack(move || self.profile()) {
            // What is asked for is older.
            ASKED.fetch_add(1, Relaxed);
            self.identity.0.set(Some(identity));
        }
    }

    /// The account whose resources change, where that is known.
    pub fn account(self) -> Option<String> {
        match self.identity.0.get()? {
            Identity::Known { account, .. } => Some(account),
            _ => None,
        }
    }

    /// Whose resources change; none while the proxy has yet to tell.
    pub fn identity(self) -> Option<Identity> {
        self.identity.0.get()
    }
}

lazy! { fn open(console: Console, told: Option<Value>) = console.open_proxy(told); }
