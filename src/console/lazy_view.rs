//! Views whose code comes later than the page, with what is said meanwhile.

use crate::lazy::NotLoaded;
use crate::state::Console;
use crate::ui::{Markup, deferred, once};
use crate::ui_words;

/// A part of the page, made when its code is there.
pub fn lazy_view<F: Future<Output = Result<Markup, NotLoaded>> + 'static>(
    console: Console,
    make: impl Fn() -> F + 'static,
) -> Markup {
    deferred(ui_words::part(), console.announcer(), make)
}

/// A dialog whose code is fetched when it first opens.
pub fn lazy_dialog<F: Future<Output = Result<Markup, NotLoaded>> + 'static>(
    console: Console,
    is_open: impl Fn() -> bool + Send + Sync + 'static,
    make: impl Fn() -> F + Copy + 'static,
) -> Markup {
    once(is_open, move || lazy_view(console, make))
}
