//! Signing in to what the proxy's credentials come from, while all else stays as it is. It is seldom
//! needed, and a part of the page of its own.

use super::{Console, GO_ON};
use crate::browser::{clock, focus, task};
use crate::lazy::lazy;
use crate::transport::sign_in::{self, Asked, Standing};
use formsmith_run::{Failure, SignIn};
use formsmith_wire::Code;
use formsmith_words as words;
use leptos::prelude::*;

/// How often the proxy is asked how it stands. It is on this machine, and asks others by itself.
const ASKED_AFTER_MS: f64 = 1000.0;

/// What the dialog shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SigningIn {
    Starting,
    /// The code is to be confirmed at the address, within so many minutes.
    Device {
        address: String,
        code: String,
        minutes: usize,
    },
    Mfa {
        serial: String,
        role: String,
        is_sent: bool,
        wrong: Option<String>,
    },
    /// It came to nothing: what happened, and what to do.
    Ended(String, String),
}

/// What is signed in to. It lasts as long as the page, and belongs to the dialog.
#[derive(Clone, Copy)]
pub(super) struct ShownSignIn {
    now: RwSignal<Option<SigningIn>>,
    /// Counts them: what comes of an earlier one is of no interest.
    number: StoredValue<u32>,
    profile: StoredValue<Option<String>>,
    /// What the proxy calls it.
    id: StoredValue<String>,
}

impl ShownSignIn {
    pub fn new() -> Self {
        Self {
            now: RwSignal::new(None),
            number: StoredValue::new(0),
            profile: StoredValue::new(None),
            id: StoredValue::new(String::new()),
        }
    }

    /// Shows it, unless another has begun or the person has left.
    fn show(self, number: u32, now: SigningIn) -> bool {
        let is_own = self.number.get_value() == number;
        if is_own && self.now.get_untracked().as_ref() != Some(&now) {
            self.now.set(Some(now));
        }
        is_own
    }

    fn begin(self) -> u32 {
        self.number.update_value(|number| *number += 1);
        self.id.set_value(String::new());
        self.number.get_value()
    }
}

impl Console {
    /// What is being signed in to; none while no dialog is open.
    pub fn signing_in(self) -> Option<SigningIn> {
        self.sign_in.now.get()
    }

    pub fn is_signing_in(self) -> bool {
        self.sign_in.now.with(Option::is_some)
    }

    /// Opens the dialog, and begins.
    pub fn sign_in(self, to: SignIn) {
        task::spawn(async move {
            if begin(self, to).await.is_err() {
                self.tell(Err(words::part_missing().into()));
            }
        });
    }

    /// Begins anew with the same profile.
    pub fn sign_in_again(self) {
        let number = self.sign_in.begin();
        self.sign_in.now.set(Some(SigningIn::Starting));
        task::spawn(async move {
            let (token, profile) = (self.session.token(), self.sign_in.profile.get_value());
            match sign_in::start(token.as_deref(), profile.as_deref()).await {
                Ok((id, asked)) => self.wait(number, id, asked).await,
                Err(Failure::Proxy(why)) if why.known() == Some(Code::SignInNotNeeded) => {
                    self.signed_in(number);
                }
                Err(why) => self.not_signed_in(number, &why),
            }
        });
    }

    async fn wait(self, number: u32, id: String, asked: Asked) {
        if self.sign_in.number.get_value() != number {
            let token = self.session.token();
            return sign_in::withdraw(token.as_deref(), &id).await;
        }
        self.sign_in.id.set_value(id.clone());
        let (address, code, seconds) = match asked {
            Asked::Device {
                address,
                code,
                seconds,
            } => (address, code, seconds),
            Asked::Mfa { serial, role } => {
                let now = SigningIn::Mfa {
                    serial,
                    role,
                    is_sent: false,
                    wrong: None,
                };
                self.sign_in.show(number, now);
                return;
            }
        };
        let ends = clock::now_ms() + f64::from(seconds) * 1000.0;
        loop {
            let left = (ends - clock::now_ms()).max(0.0) / 60_000.0;
            let now = SigningIn::Device {
                address: address.clone(),
                code: code.clone(),
                minutes: left.ceil() as usize,
            };
            if !self.sign_in.show(number, now) {
                return;
            }
            clock::pause(ASKED_AFTER_MS).await;
            let token = self.session.token();
            match sign_in::standing(token.as_deref(), &id).await {
                Ok(Standing::Waiting(_)) => {}
                Ok(ended) => return self.take(number, ended),
                // The proxy is asked again: it goes on by itself.
                Err(Failure::Proxy(why)) => {
                    return self.not_signed_in(number, &Failure::Proxy(why));
                }
                Err(_) => {}
            }
        }
    }

    /// Gives the MFA code to the proxy.
    pub fn give_mfa_code(self, code: String) {
        let number = self.sign_in.number.get_value();
        let Some(SigningIn::Mfa {
            serial,
            role,
            is_sent: false,
            ..
        }) = self.sign_in.now.get_untracked()
        else {
            return;
        };
        let mfa = move |is_sent, wrong| SigningIn::Mfa {
            serial: serial.clone(),
            role: role.clone(),
            is_sent,
            wrong,
        };
        let code = code.trim().to_owned();
        if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            self.announce(words::mfa_six_digits());
            self.sign_in
                .show(number, mfa(false, Some(words::mfa_six_digits().into())));
            return;
        }
        self.sign_in.show(number, mfa(true, None));
        task::spawn(async move {
            let (token, id) = (self.session.token(), self.sign_in.id.get_value());
            match sign_in::give(token.as_deref(), &id, &code).await {
                Ok(Standing::Waiting(why)) => {
                    let why = why.map(|why| words::failure_title(&Failure::Proxy(why)));
                    let why = why.unwrap_or_default();
                    let why = words::spoken(&why, words::mfa_next_code());
                    self.announce(why.as_str());
                    self.sign_in.show(number, mfa(false, Some(why)));
                }
                Ok(ended) => self.take(number, ended),
                Err(why) => self.not_signed_in(number, &why),
            }
        });
    }

    /// The person goes back.
    pub fn cancel_sign_in(self) {
        let (token, id) = (self.session.token(), self.sign_in.id.get_value());
        self.sign_in.begin();
        self.sign_in.now.set(None);
        focus::soon_on_first_if_lost(GO_ON);
        if !id.is_empty() {
            task::spawn(async move { sign_in::withdraw(token.as_deref(), &id).await });
        }
    }

    fn take(self, number: u32, ended: Standing) {
        let (title, detail) = match ended {
            Standing::Done | Standing::Waiting(_) => return self.signed_in(number),
            Standing::Failed(why) => return self.not_signed_in(number, &why),
            Standing::Denied => (words::sign_in_denied(), words::sign_in_denied_detail()),
            Standing::Expired => (words::sign_in_expired(), words::sign_in_expired_detail()),
        };
        self.end_sign_in(number, title.into(), detail.into());
    }

    fn not_signed_in(self, number: u32, why: &Failure) {
        let (title, detail) = words::sign_in_trouble(why);
        self.end_sign_in(number, title, detail);
    }

    fn end_sign_in(self, number: u32, title: String, detail: String) {
        let told = words::spoken(&title, &detail);
        if self.sign_in.show(number, SigningIn::Ended(title, detail)) {
            self.announce(told);
        }
    }

    /// The person is where they were, and whose credentials these are is asked anew.
    fn signed_in(self, number: u32) {
        if self.sign_in.number.get_value() != number {
            return;
        }
        self.sign_in.begin();
        self.sign_in.now.set(None);
        focus::soon_on_first_if_lost(GO_ON);
        self.announce(words::signed_in());
        task::spawn(async move {
            // Whatever could be signed in for came with that part.
            let _ = look_again(self).await;
        });
    }
}

lazy! { in sign_in: fn begin(console: Console, to: SignIn) = {
    console.sign_in.profile.set_value(to.profile);
    console.sign_in_again();
}; }

lazy! { fn look_again(console: Console) = {
    console.follow_identity();
    if untrack(move || console.is_reviewed()) {
        console.renew_review();
    }
}; }
