//! What can be made of a form.

use crate::state::{CopyStatus, Form, PresetDialog};
use crate::ui::{Markup, menu_item};
use formsmith_words as words;

pub fn content(form: Form, link: CopyStatus) -> Markup {
    (
        menu_item(words::copy_as(), "", move || form.copy_as()),
        menu_item(words::copy_link(), "", move || form.copy_link(link)),
        menu_item(words::save_preset(), "", move || {
            form.open_preset_dialog(PresetDialog::Save);
        }),
    )
        .into()
}
