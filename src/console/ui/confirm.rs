use leptos::prelude::*;

use super::{Button, Dialog, Markup, MarkupFn, Variant};

/// What the buttons of every question are called.
#[derive(Clone, Copy)]
pub struct ConfirmWords {
    pub close: &'static str,
    pub cancel: &'static str,
}

/// Asks before something is done that can't be brought back. It is open while `is_asked` is true.
#[component]
pub fn Confirm(
    is_asked: RwSignal<bool>,
    #[prop(into)] on_yes: Callback<()>,
    #[prop(into)] title: String,
    /// The word on the button that does it.
    yes: &'static str,
    words: ConfirmWords,
    #[prop(into)] question: String,
) -> Markup {
    let press = move |()| {
        is_asked.set(false);
        on_yes.run(());
    };
    let footer = MarkupFn::new(move || {
        view! {
            <Button variant=Variant::Link on_click=move |()| is_asked.set(false)>
                {words.cancel}
            </Button>
            <Button variant=Variant::Primary on_click=press>{yes}</Button>
        }
    });
    view! {
        <Dialog
            open=is_asked
            on_close=move |()| is_asked.set(false)
            title
            close_label=words.close
            footer
        >
            {Markup::from(question.clone())}
        </Dialog>
    }
    .into()
}
