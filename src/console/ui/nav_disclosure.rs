use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Event;

use crate::browser::focus;
use crate::watch::listen;

/// The width from which on rows are rows and the navigation stands beside the
/// page; the style sheets use the same one.
const PHONE: &str = "(max-width: 688px)";

/// The buttons that show and hide the navigation.
pub const OPENER: &str = "app-nav-open";
pub const CLOSER: &str = "app-nav-close";

fn is_phone() -> bool {
    let query = window().match_media(PHONE).ok().flatten();
    query.is_some_and(|query| query.matches())
}

/// Whether the side navigation is shown, and where focus goes when that changes.
#[derive(Clone, Copy)]
pub struct NavDisclosure {
    pub open: RwSignal<bool>,
    /// Is the window as narrow as a phone's?
    pub phone: RwSignal<bool>,
}

impl NavDisclosure {
    /// Open at first, except on a phone; starts over when the window changes between the two.
    pub fn new() -> Self {
        let phone = RwSignal::new(is_phone());
        let open = RwSignal::new(!phone.get_untracked());
        listen(&window(), "resize", move |_: Event| {
            let now = is_phone();
            if phone.get_untracked() != now {
                phone.set(now);
                open.set(!now);
            }
        });
        Self { open, phone }
    }

    /// Opens or closes, and moves focus to the button that does the opposite.
    pub fn turn(self, open: bool) {
        self.open.set(open);
        // The button can take focus only once the style sheet shows it.
        focus::soon(if open { CLOSER } else { OPENER });
    }

    /// Following a link ends the menu's purpose on a phone. The page it leads to takes focus.
    pub fn follow(self, event: &MouseEvent) {
        let element = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = element.and_then(|element| element.closest("a").ok().flatten());
        if self.phone.get_untracked() && link.is_some() {
            self.open.set(false);
        }
    }

    /// Escape closes what covers the page.
    pub fn escape(self, event: &KeyboardEvent) {
        if event.key() == "Escape" && self.phone.get_untracked() {
            self.turn(false);
        }
    }
}
