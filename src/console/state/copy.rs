//! Texts copied to the clipboard, and what becomes of it.

use super::Console;
use crate::browser::{clipboard, task};
use formsmith_words as words;
use leptos::prelude::*;
use std::time::Duration;

/// How long it stands beside a button that a text was copied.
const COPIED_FOR: Duration = Duration::from_secs(4);

/// What stands beside a button that copies: done, or why not, and the text to take by hand.
#[derive(Clone, Copy)]
pub struct CopyStatus(RwSignal<Option<Copied>>);

type Copied = Result<String, (String, String)>;

impl CopyStatus {
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    pub(super) fn refuse(self, why: &str) {
        self.0.set(Some(Err((why.to_owned(), String::new()))));
    }
}

impl From<CopyStatus> for Signal<Option<Copied>> {
    fn from(status: CopyStatus) -> Self {
        status.0.into()
    }
}

impl Console {
    /// Copies a text and says so; `what` names it.
    pub fn copy(self, what: String, text: String, status: CopyStatus) {
        task::spawn(async move {
            let said = match clipboard::copy(&text).await {
                true => Ok(words::copied(&what)),
                false => Err((words::not_copied(&what), text)),
            };
            let (Ok(sentence) | Err((sentence, _))) = &said;
            self.announce(sentence.as_str());
            let is_done = said.is_ok();
            // The button may be gone by now.
            status.0.try_set(Some(said));
            if is_done {
                set_timeout(move || drop(status.0.try_set(None)), COPIED_FOR);
            }
        });
    }
}
