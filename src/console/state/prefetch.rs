//! The part of the page that comes later: foreseen, and told where it does not come.

use super::{Form, GO_ON, Notice};
use crate::browser::{focus, task};
use crate::lazy;
use crate::watch::watch;
use formsmith_words as words;

impl Form {
    pub fn tell_not_loaded(self) {
        self.tell_undone(Notice::NotLoaded);
    }

    /// What the form was asked to do is not done, and why.
    pub(super) fn tell_undone(self, why: Notice) {
        if !self.is_open() {
            let said = match why {
                Notice::Left => words::spoken(words::nothing_sent(), words::left()),
                _ => words::part_missing().to_owned(),
            };
            self.tell(&said);
        } else {
            // What could stop the wait for it is gone.
            focus::soon_on_first_if_lost(GO_ON);
        }
        self.set_notice(Some(why));
    }

    /// Who begins to write will send: what that takes is fetched meanwhile.
    pub(super) fn prefetch_send_module(self) {
        let mut changes = 0_u32;
        watch(move || {
            self.draft.track();
            if changes == 1 {
                task::spawn(async {
                    // What does not come now is asked for again when it is needed.
                    let _ = lazy::load().await;
                });
            }
            changes = changes.saturating_add(1);
        });
    }
}
