//! Where the focus is after the proxy has answered to what is under review.

use crate::browser::focus;
use crate::state::{CHECK_REVIEWED_ID, Console, REVIEWED_ID};
use formsmith_run::Event;
use leptos::prelude::*;

impl Console {
    /// An answer of the proxy to what is under review.
    pub(super) fn happen_in_review(self, event: Event) {
        // While the proxy is asked the button may be drawn anew, and the focus lost with it.
        let was_pressed = focus::is_at(CHECK_REVIEWED_ID) || focus::is_within("body");
        let is_refused = matches!(&event, Event::Confirmed { result: Err(_), .. });
        self.happen(event);
        // The button may have gone; the one that sends is not where the next press lands, and a
        // second press must not confirm what nobody has read.
        if untrack(|| self.runs().review()).is_none() {
            return;
        }
        match is_refused {
            true => focus::soon(REVIEWED_ID),
            false if was_pressed => {
                focus::soon_selected(format!("#{CHECK_REVIEWED_ID}"), REVIEWED_ID.to_owned());
            }
            false => {}
        }
    }
}
