//! The keys that do something, in a dialog.

use crate::lazy::lazy;
use crate::lazy_view::lazy_dialog;
use crate::state::Console;
use crate::ui::{Button, Dialog, El, Markup, MarkupFn, el};
use formsmith_words as words;
use leptos::prelude::*;

#[component]
pub fn ShortcutsDialog(console: Console) -> Markup {
    lazy_dialog(
        console,
        move || console.lists_shortcuts(),
        move || dialog(console),
    )
}

lazy! { fn dialog(console: Console) -> Markup = shortcuts(console); }

fn shortcuts(console: Console) -> Markup {
    let close = move |()| console.list_shortcuts(false);
    let footer = MarkupFn::new(move || {
        let settings = el("a")
            .attr("href", "#/settings")
            .on("click", move |_: web_sys::Event| close(()))
            .child(words::settings());
        let done = view! { <Button on_click=close>{words::close()}</Button> };
        (Markup::from(settings), Markup::from(done))
    });
    view! {
        <Dialog
            open=Signal::derive(move || console.lists_shortcuts())
            on_close=close
            title=words::shortcuts()
            close_label=words::close()
            footer
        >
            {list(untrack(move || console.has_single_keys()))}
        </Dialog>
    }
    .into()
}

fn list(has_single: bool) -> Markup {
    let held = |key: &str| [words::key_control(), key].join(" ");
    let search = match has_single {
        true => ["/".to_owned(), held("K")].to_vec(),
        false => vec![held("K")],
    };
    let mut all = vec![
        (search, words::shortcut_search()),
        (vec![held(words::key_enter())], words::shortcut_send()),
        (
            vec![words::key_enter().to_owned()],
            words::shortcut_next_row(),
        ),
        (
            vec![words::key_escape().to_owned()],
            words::shortcut_close(),
        ),
    ];
    if has_single {
        all.push((vec!["?".to_owned()], words::shortcut_list()));
    }
    let pairs = all.into_iter().flat_map(|(keys, does)| {
        let keys: Vec<El> = keys.iter().map(|key| el("kbd").child(&**key)).collect();
        [el("dt").child(keys), el("dd").child(does)]
    });
    let list = el("dl").class("shortcuts").child(pairs.collect::<Vec<_>>());
    (
        list,
        el("p")
            .class("description")
            .child(words::shortcuts_on_mac()),
    )
        .into()
}
