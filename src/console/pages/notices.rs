//! What the person should know of the proxy, wherever they are.

use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::state::{Console, ProxyNotice, VERSION};
use crate::ui::{Flash, Kind, Markup, live, when};
use formsmith_words as words;
use leptos::prelude::*;

#[component]
pub fn ProxyNotices(console: Console) -> Markup {
    let is_any = move || !console.proxy_notices().is_empty();
    when(is_any, move || lazy_view(console, move || notices(console)))
}

lazy! { fn notices(console: Console) -> Markup = content(console); }

fn content(console: Console) -> Markup {
    let dismissed = RwSignal::new(Vec::new());
    let said = StoredValue::new(Vec::new());
    live(move || {
        let mut notices = console.proxy_notices();
        notices.retain(|notice| !dismissed.with(|them| them.contains(notice)));
        let flashes = notices.into_iter().map(|notice| {
            let (title, detail) = in_words(&notice);
            if !said.with_value(|said| said.contains(&notice)) {
                said.update_value(|said| said.push(notice.clone()));
                console.announce(words::spoken(&title, &detail));
            }
            let dismiss = move |()| dismissed.update(|them| them.push(notice.clone()));
            view! {
                <Flash
                    kind=Kind::Warning
                    title
                    on_dismiss=dismiss
                    dismiss_label=words::dismiss()
                >
                    {detail}
                </Flash>
            }
        });
        flashes.collect::<Vec<_>>()
    })
}

/// What is so, and what to do.
fn in_words(notice: &ProxyNotice) -> (String, String) {
    match notice {
        ProxyNotice::Version { proxy } => words::other_version(VERSION, proxy),
        ProxyNotice::Origin { here, own, why } => words::shared_origin(here, own, why.as_deref()),
        ProxyNotice::Warning(warning) => (
            words::proxy_title(warning).into(),
            words::proxy_words(warning),
        ),
    }
}
