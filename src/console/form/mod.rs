//! Forms drawn from models. Nothing here knows how a request is sent.

mod choice_field;
mod control;
mod elsewhere;
mod examples;
mod field;
mod json_value_field;
mod json_view;
mod list_field;
mod map_field;
mod notice;
mod operation_form;
mod review;
mod structure_field;
mod summary;
mod text_field;
mod token_field;

use crate::later::NotLoaded;
use crate::state::{Console, naming};
use crate::text;
use crate::ui::{Markup, deferred, once};

pub use elsewhere::PasteCommand;
pub use notice::FormNotice;
pub use operation_form::OperationForm;

/// A dialog whose code is fetched when it first opens.
fn later_dialog<F: Future<Output = Result<Markup, NotLoaded>> + 'static>(
    console: Console,
    is_open: impl Fn() -> bool + Send + Sync + 'static,
    make: impl Fn() -> F + Copy + 'static,
) -> Markup {
    once(is_open, move || {
        deferred(text::LOADED_LATER, console.announcer(), make)
    })
}
