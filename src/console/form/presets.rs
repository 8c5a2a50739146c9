//! The dialogs of a form that are about presets: saving it as one, and filling in its placeholders.

use super::preset_fill::fill_dialog;
use super::preset_save::save_dialog;
use crate::lazy_view::lazy_dialog;
use crate::state::{Form, PresetDialog};
use crate::ui::{Button, Markup, when};
use formsmith_words as words;
use leptos::prelude::*;

/// The way to fill in placeholders, where there are any.
pub fn fill_button(form: Form) -> Markup {
    when(
        move || form.has_placeholders(),
        move || {
            let press = move |()| form.open_preset_dialog(PresetDialog::Fill);
            view! { <Button on_click=press>{words::fill_placeholders()}</Button> }
        },
    )
}

pub fn preset_dialogs(form: Form) -> Markup {
    // Who leaves the form with one open doesn't find it open later.
    on_cleanup(move || form.close_preset_dialog());
    let is_open = move |dialog| move || form.preset_dialog() == Some(dialog);
    let save = lazy_dialog(form.console, is_open(PresetDialog::Save), move || {
        save_dialog(form)
    });
    let fill = lazy_dialog(form.console, is_open(PresetDialog::Fill), move || {
        fill_dialog(form)
    });
    (save, fill).into()
}
