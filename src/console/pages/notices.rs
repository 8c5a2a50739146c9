//! What the person should know of the proxy, wherever they are.

use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::state::Console;
use crate::text;
use crate::ui::{Flash, Kind, Markup, live, when};
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
            let (title, detail) = text::proxy_notice(&notice);
            if !said.with_value(|said| said.contains(&notice)) {
                said.update_value(|said| said.push(notice.clone()));
                console.announce(text::spoken(&title, &detail));
            }
            let dismiss = move |()| dismissed.update(|them| them.push(notice.clone()));
            view! {
                <Flash
                    kind=Kind::Warning
                    title
                    on_dismiss=dismiss
                    dismiss_label=text::DISMISS
                >
                    {detail}
                </Flash>
            }
        });
        flashes.collect::<Vec<_>>()
    })
}
