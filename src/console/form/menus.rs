//! The menus of a form: *Load*, with what it can be filled from, and *More*, with what can be made of
//! it. What stands in them comes with the first press.

use super::{load_menu, more_menu};
use crate::browser::{focus, task};
use crate::lazy::lazy;
use crate::state::{CopyStatus, Form};
use crate::ui::{Glyph, Icon, Markup, el, open_menu, opening_menu};
use formsmith_words as words;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;

#[derive(Clone, Copy)]
pub enum Menu {
    Load,
    /// What became of a link that was copied stands beside its button.
    More(CopyStatus),
}

/// A button that opens a menu.
pub fn menu_button(form: Form, menu: Menu) -> Markup {
    let (id, label) = match menu {
        Menu::Load => ("load", words::load()),
        Menu::More(_) => ("more", words::more_actions()),
    };
    let open = move |at_last| {
        // Not every browser gives it to a button that is clicked.
        focus::at_first(&["#", id].concat());
        let opening = ScopedFuture::new_untracked(async move {
            if opened(form, menu, id, at_last).await.is_err() {
                form.tell_not_loaded();
            }
        });
        task::spawn(opening);
    };
    opening_menu(el("button").attr("id", id), open)
        .child(label)
        .child(view! { <Icon glyph=Glyph::Angle /> })
        .into()
}

lazy! {
    fn opened(form: Form, menu: Menu, id: &'static str, at_last: bool) = {
        // Who has gone on to something else is not torn away from there.
        if let Some(button) = document().active_element().filter(|it| it.id() == id) {
            open_menu(&button, at_last, move || match menu {
                Menu::Load => load_menu::content(form),
                Menu::More(link) => more_menu::content(form, link),
            });
        }
    };
}
