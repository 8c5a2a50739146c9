//! Views whose code comes later than the page, with what is said meanwhile.

use crate::later::NotLoaded;
use crate::state::Console;
use crate::text;
use crate::ui::{Markup, deferred, once};

/// A part of the page, made when its code is there.
pub fn later_part<F: Future<Output = Result<Markup, NotLoaded>> + 'static>(
    console: Console,
    make: impl Fn() -> F + 'static,
) -> Markup {
    deferred(text::LOADED_LATER, console.announcer(), make)
}

/// A dialog whose code is fetched when it first opens.
pub fn later_dialog<F: Future<Output = Result<Markup, NotLoaded>> + 'static>(
    console: Console,
    is_open: impl Fn() -> bool + Send + Sync + 'static,
    make: impl Fn() -> F + Copy + 'static,
) -> Markup {
    once(is_open, move || later_part(console, make))
}
