//! What is done by the part of the page that comes later.

use super::underway::Step;
use super::{Console, Form, Notice};
use crate::browser::task;
use crate::later::{self, NotLoaded};
use crate::text;
use crate::watch::watch;
use leptos::prelude::*;

impl Console {
    /// Does something of the later part; if that does not come, says so.
    pub(super) fn later(self, doing: impl Future<Output = Result<(), NotLoaded>> + 'static) {
        task::spawn(async move {
            if doing.await.is_ok() {
                return;
            }
            match untrack(move || self.form()) {
                Some(form) => form.tell_not_loaded(),
                None => self.announce(text::LOADED_LATER.failed),
            }
        });
    }
}

impl Form {
    fn tell_not_loaded(self) {
        let underway = self.underway.get_untracked();
        if underway.is_some_and(|underway| underway.step == Step::Opening) {
            self.underway.set(None);
        }
        self.notice.set(Some(Notice::NotLoaded));
    }

    /// Who begins to write will send: what that takes is fetched meanwhile.
    pub(super) fn foresee_sending(self) {
        let mut changes = 0_u32;
        watch(move || {
            self.draft.track();
            if changes == 1 {
                task::spawn(async {
                    // What does not come now is asked for again when it is needed.
                    let _ = later::load().await;
                });
            }
            changes = changes.saturating_add(1);
        });
    }
}
