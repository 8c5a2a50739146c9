use leptos::{html, prelude::*};

use super::identity::fresh_id;
use super::{Button, Glyph, Variant};

/// A native modal dialog. Escape and the close button ask the caller, through
/// `on_close`, to make `open` false; focus goes back to where it was.
#[component]
pub fn Dialog(
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] on_close: Callback<()>,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] close_label: String,
    #[prop(optional, into)] footer: Option<ViewFn>,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let heading = fresh_id("dialog");
    let shown = Memo::new(move |_| open.get());
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if !shown.get() {
            dialog.close();
        } else if !dialog.open() {
            // Fails only for a dialog that is not in the page, and then there is nothing to show.
            let _ = dialog.show_modal();
        }
    });
    let closed = move |_| {
        if open.get_untracked() {
            on_close.run(());
        }
    };
    view! {
        <dialog class="dialog" node_ref=node aria-labelledby=heading on:close=closed>
            <div class="dialog-header">
                <h2 id=heading.clone()>{title}</h2>
                <Button
                    variant=Variant::Icon
                    icon=Glyph::Close
                    label=close_label
                    on_click=move |_| on_close.run(())
                />
            </div>
            <div class="dialog-body">{move || shown.get().then(|| children())}</div>
            {footer
                .map(|footer| {
                    view! {
                        <div class="dialog-footer">
                            {move || shown.get().then(|| footer.run())}
                        </div>
                    }
                })}
        </dialog>
    }
}
