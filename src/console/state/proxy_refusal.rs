//! Whether the proxy would sign what a form is for, asked as soon as the form is open.

use super::Form;
use crate::browser::task;
use crate::transport::{self, Destination};
use crate::watch::watch;
use formsmith_run::{ProxyFailure, Target};
use leptos::prelude::*;

impl Form {
    /// Why the proxy would refuse it where the person is now; none while that isn't known, and
    /// where it would not.
    pub fn proxy_refusal(self) -> ReadSignal<Option<ProxyFailure>> {
        let (refusal, set_refusal) = signal(None);
        let console = self.console;
        // Only the last answer counts.
        let asked = StoredValue::new(0);
        watch(move || {
            let (choice, region) = (console.target_choice(), console.region());
            let number = asked.get_value() + 1;
            asked.set_value(number);
            set_refusal.set(None);
            if choice.target != Target::ProxyAws {
                return;
            }
            task::spawn(async move {
                console.session.opened().await;
                let token = console.session.token();
                let to = Destination {
                    service: &self.service.name,
                    operation: self.operation.name(),
                    protocol: self.service.protocol,
                    region: &region,
                    profile: choice.profile.as_deref(),
                };
                // Whatever else is in the way stands above all pages, or comes up when it is sent.
                let told = transport::refusal(token.as_deref(), to).await;
                if asked.try_get_value() == Some(number) {
                    set_refusal.set(told.unwrap_or_default());
                }
            });
        });
        refusal
    }
}
