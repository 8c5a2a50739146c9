use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

/// The width from which on rows are rows and the navigation stands beside the
/// page; the style sheets use the same one.
const PHONE: &str = "(max-width: 688px)";

fn is_phone() -> bool {
    let query = window().match_media(PHONE).ok().flatten();
    query.is_some_and(|query| query.matches())
}

/// Whether the side navigation is shown, and where focus goes when that changes.
#[derive(Clone, Copy)]
pub struct NavDisclosure {
    pub open: RwSignal<bool>,
    pub opener: NodeRef<html::Button>,
    pub closer: NodeRef<html::Button>,
    phone: RwSignal<bool>,
}

impl NavDisclosure {
    /// Open at first, except on a phone; starts over when the window changes between the two.
    pub fn new() -> Self {
        let phone = RwSignal::new(is_phone());
        let open = RwSignal::new(!phone.get_untracked());
        let resize = window_event_listener(ev::resize, move |_| {
            let now = is_phone();
            if phone.get_untracked() != now {
                phone.set(now);
                open.set(!now);
            }
        });
        on_cleanup(move || resize.remove());
        Self {
            open,
            opener: NodeRef::new(),
            closer: NodeRef::new(),
            phone,
        }
    }

    /// Opens or closes, and moves focus to the button that does the opposite.
    pub fn turn(self, open: bool) {
        self.open.set(open);
        let node = if open { self.closer } else { self.opener };
        // The button can take focus only once the style sheet shows it.
        request_animation_frame(move || {
            if let Some(button) = node.get_untracked() {
                let _ = button.focus();
            }
        });
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
