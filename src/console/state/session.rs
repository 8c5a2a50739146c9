//! The session with the proxy: the token is held in memory only. What an address or the tab's
//! storage holds is good once, and not for long.

use super::Console;
use super::route::take;
use super::toast::Toast;
use crate::browser::storage::tab;
use crate::browser::{clock, page, task};
use crate::transport::{self, Opened, Pass};
use crate::watch::listen;
use formsmith_run::Failure;
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;
use std::future::poll_fn;
use std::task::{Poll, Waker};
use web_sys::Event;

/// Where the newest ticket lies, for the next load of this tab.
const TICKET: &str = "formsmith.ticket";

/// A ticket lives for two minutes.
const RENEWED_AFTER_MS: f64 = 60_000.0;

const EXCHANGED_AGAIN_AFTER_MS: [f64; 3] = [200.0, 1000.0, 3000.0];

#[derive(Clone, Copy)]
pub(super) struct Session {
    token: StoredValue<Option<String>>,
    /// Of the address, until it is exchanged.
    code: StoredValue<Option<String>>,
    /// Why there is no token, if one was asked for.
    refused: StoredValue<Option<Failure>>,
    is_renewed: StoredValue<bool>,
    /// How many exchanges are under way, and who waits for them.
    opening: StoredValue<u32>,
    waiting: StoredValue<Vec<Waker>>,
}

impl Session {
    pub fn new() -> Self {
        Self {
            token: StoredValue::new(None),
            code: StoredValue::new(None),
            refused: StoredValue::new(None),
            is_renewed: StoredValue::new(false),
            opening: StoredValue::new(0),
            waiting: StoredValue::new(Vec::new()),
        }
    }

    /// None while the proxy trusts this page with nothing.
    pub fn token(self) -> Option<String> {
        self.token.get_value()
    }

    pub fn begin_opening(self) {
        self.opening.update_value(|count| *count += 1);
    }

    pub fn end_opening(self) {
        self.opening.update_value(|count| *count -= 1);
        let waiting = self.waiting.try_update_value(std::mem::take);
        waiting.into_iter().flatten().for_each(Waker::wake);
    }

    /// Until nothing is exchanged: who is quicker than that must not be refused for want of a
    /// token.
    pub async fn opened(self) {
        poll_fn(|context| {
            if self.opening.with_value(|count| *count == 0) {
                return Poll::Ready(());
            }
            let waker = context.waker().clone();
            self.waiting.update_value(|waiting| waiting.push(waker));
            Poll::Pending
        })
        .await;
    }

    async fn renew(self) {
        let Some(token) = self.token.get_value() else {
            return;
        };
        let before = tab::read(TICKET);
        match transport::new_ticket(&token, before.as_deref()).await {
            Ok(ticket) => tab::write(TICKET, Some(&ticket)),
            // The proxy was started anew: the ticket is of no use either.
            Err(why) if is_of_session(&why) => tab::write(TICKET, None),
            Err(_) => {}
        }
    }

    /// The better account of why the proxy trusts this page with nothing.
    pub fn explained(self, failure: Failure) -> Failure {
        let refused = self.refused.get_value();
        let refused = refused.filter(|_| is_of_session(&failure));
        refused.unwrap_or(failure)
    }
}

/// Tries again where the proxy did not get the pass, which is then still good: the proxy may have
/// too many connections for a moment.
async fn exchange(pass: &Pass) -> Result<Opened, Failure> {
    let mut pauses = EXCHANGED_AGAIN_AFTER_MS.into_iter();
    loop {
        match (pass.exchange().await, pauses.next()) {
            (Err(why), Some(pause)) if !is_of_session(&why) => clock::pause(pause).await,
            (told, _) => return told,
        }
    }
}

fn is_of_session(failure: &Failure) -> bool {
    matches!(failure, Failure::Proxy(why) if why.is_of_session())
}

impl Console {
    /// Takes the code out of the address at once: it must not stay where others see it. Gives
    /// the fragment without it. A token has no place there, and is thrown away.
    pub(super) fn take_code(self, mut fragment: String) -> String {
        let before = fragment.clone();
        while let Some((_, rest)) = take(&fragment, "token=") {
            fragment = rest;
        }
        while let Some((code, rest)) = take(&fragment, "code=") {
            fragment = rest;
            self.session.code.set_value(Some(code));
        }
        if fragment != before {
            page::replace_fragment(&fragment);
        }
        fragment
    }

    /// Where the address brought a code after the start of the page.
    pub(super) async fn take_up_session(self) {
        if self.session.code.with_value(Option::is_none) {
            return;
        }
        if untrack(move || self.targets.offered()).is_none() {
            // There was no proxy before.
            return self.probe_proxy().await;
        }
        self.session.begin_opening();
        self.go_on(None).await;
    }

    /// Meets a proxy that was not there when the page started, with the code of its address.
    pub(super) async fn meet_proxy(self, code: String, told: Value) {
        self.session.code.set_value(Some(code));
        self.session.begin_opening();
        self.targets.offer(transport::target(&told));
        self.go_on(Some(told)).await;
    }

    /// Exchanges the code of the address, what this tab has kept, or that the person has signed in
    /// before the proxy, for the token. What is refused takes nothing away.
    pub(super) async fn open_session(self, is_signed_in: bool) {
        let session = self.session;
        let code = session.code.try_update_value(Option::take).flatten();
        let ticket = tab::read(TICKET).filter(|_| session.token.with_value(Option::is_none));
        let mut refused = None;
        let passes = match is_signed_in {
            true => [Some(Pass::SignedIn), None],
            false => [code.map(Pass::Code), ticket.map(Pass::Ticket)],
        };
        for pass in passes.into_iter().flatten() {
            match exchange(&pass).await {
                Ok(opened) => {
                    session.token.set_value(Some(opened.token));
                    session.refused.set_value(None);
                    let Some(ticket) = opened.ticket else {
                        break;
                    };
                    match (&pass, tab::read(TICKET)) {
                        // What was kept ends.
                        (Pass::Code(_), Some(_)) => session.renew().await,
                        _ => tab::write(TICKET, Some(&ticket)),
                    }
                    self.renew_tickets();
                    break;
                }
                Err(why) => {
                    if matches!(pass, Pass::Ticket(_)) && is_of_session(&why) {
                        tab::write(TICKET, None);
                    }
                    refused.get_or_insert(why);
                }
            }
        }
        let Some(why) = refused else {
            return;
        };
        if session.token.with_value(Option::is_none) {
            // It stands where the account would.
            session.refused.set_value(Some(why));
        } else if untrack(move || self.signs()) {
            self.show_toast(Toast::Needless(words::session_goes_on(&why)));
        }
    }

    /// As long as the page is open the tab has a ticket that is good.
    fn renew_tickets(self) {
        let session = self.session;
        if session.is_renewed.with_value(|is_renewed| *is_renewed) {
            return;
        }
        session.is_renewed.set_value(true);
        // After sleep the one that is kept is too old.
        listen(&document(), "visibilitychange", move |_: Event| {
            if !document().hidden() {
                task::spawn(session.renew());
            }
        });
        task::spawn(async move {
            loop {
                clock::pause(RENEWED_AFTER_MS).await;
                session.renew().await;
            }
        });
    }
}
