//! The part of the page that comes later: foreseen, and told where it does not come.

use super::{Form, Notice};
use crate::browser::task;
use crate::later;
use crate::text;
use crate::watch::watch;
use leptos::prelude::*;

impl Form {
    /// What the form was asked to do is not done.
    pub(super) fn tell_not_loaded(self) {
        self.notice.set(Some(Notice::NotLoaded));
        if !self.is_open() {
            let title = self.operation.title();
            self.console
                .announce(text::elsewhere(&title, text::LOADED_LATER.failed));
        }
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
