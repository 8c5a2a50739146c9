use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDialogElement};

use super::identity::fresh_id;
use super::live_region::status_into;
use super::{Button, Glyph, Markup, MarkupFn, Variant, el, when};
use crate::browser;
use crate::watch::watch;

/// A native modal dialog. Escape and the close button ask the caller, through
/// `on_close`, to make `open` false; focus goes back to where it was. It goes to the element with
/// the id `focus` when the dialog opens, if one is named.
#[component]
pub fn Dialog(
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] on_close: Callback<()>,
    #[prop(into)] title: Signal<String>,
    /// The id of its title, where that takes the focus.
    #[prop(optional)]
    heading_id: &'static str,
    close_label: &'static str,
    #[prop(optional)] focus: &'static str,
    footer: MarkupFn,
    children: MarkupFn,
) -> Markup {
    let heading = match heading_id {
        "" => fresh_id("dialog"),
        id => id.to_owned(),
    };
    let closed = move |_: Event| {
        if open.get_untracked() {
            on_close.run(());
        }
    };
    let close = view! {
        <Button
            variant=Variant::Icon
            icon=Glyph::Close
            label=close_label
            on_click=on_close
        />
    };
    let header = el("div")
        .class("dialog-header")
        .child(
            el("h2")
                .attr("id", &heading)
                .attr("tabindex", "-1")
                .child(title),
        )
        .child(close);
    let shown = |part: MarkupFn| when(move || open.get(), move || part.run());
    let dialog = el("dialog")
        .class("dialog")
        .attr("aria-labelledby", &heading)
        .on("close", closed)
        .child(header)
        .child(el("div").class("dialog-body").child(shown(children)))
        .child(el("div").class("dialog-footer").child(shown(footer)));
    let native: HtmlDialogElement = dialog.element().clone().unchecked_into();
    on_cleanup(|| status_into(None));
    watch(move || {
        if !open.get() {
            native.close();
            let around = document().query_selector("dialog[open]");
            return status_into(around.ok().flatten().as_ref());
        }
        let (native, is_there) = (native.clone(), native.is_connected());
        let show = move || {
            if open.try_get_untracked() == Some(true) && !native.open() {
                // Fails only for a dialog that is not in the page: there is nothing to show.
                let _ = native.show_modal();
                status_into(Some(&native));
                if !focus.is_empty() {
                    browser::focus::soon(focus);
                }
            }
        };
        // One that is open from the start comes into the page only after this.
        match is_there {
            true => show(),
            false => request_animation_frame(show),
        }
    });
    dialog.into()
}
