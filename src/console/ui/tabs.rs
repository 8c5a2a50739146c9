use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// One view of the same thing, such as the form or its JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TabItem {
    pub key: &'static str,
    pub title: &'static str,
}

fn tab_id(key: &str) -> String {
    format!("tab-{key}")
}

fn panel_id(key: &str) -> String {
    format!("panel-{key}")
}

/// A segmented control. Keys are page-wide unique. Arrow keys, Home and End
/// move the selection and the focus together.
#[component]
pub fn Tabs(
    #[prop(into)] label: String,
    items: Vec<TabItem>,
    #[prop(into)] selected: Signal<String>,
    #[prop(into)] on_select: Callback<String>,
) -> impl IntoView {
    let keys: Vec<&'static str> = items.iter().map(|item| item.key).collect();
    let press = move |event: KeyboardEvent| {
        let count = keys.len();
        let here = selected.with_untracked(|now| keys.iter().position(|key| key == now));
        let at = here.unwrap_or(0);
        let to = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => (at + 1) % count,
            "ArrowLeft" | "ArrowUp" => (at + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return,
        };
        event.prevent_default();
        on_select.run(keys[to].to_owned());
        if let Some(tab) = document().get_element_by_id(&tab_id(keys[to]))
            && let Ok(tab) = wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(tab)
        {
            let _ = tab.focus();
        }
    };
    let tab = move |item: TabItem| {
        let chosen = move || selected.with(|now| now == item.key);
        view! {
            <button
                type="button"
                role="tab"
                class="tab"
                id=tab_id(item.key)
                aria-controls=panel_id(item.key)
                aria-selected=move || chosen().to_string()
                tabindex=move || if chosen() { "0" } else { "-1" }
                on:click=move |_| on_select.run(item.key.to_owned())
            >
                {item.title}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=press>
            {items.into_iter().map(tab).collect_view()}
        </div>
    }
}

/// What stands under one tab; its content exists only while the tab is selected.
#[component]
pub fn TabPanel(
    key: &'static str,
    #[prop(into)] selected: Signal<String>,
    children: ChildrenFn,
) -> impl IntoView {
    let shown = Memo::new(move |_| selected.with(|now| now == key));
    view! {
        <div
            class="tab-panel"
            role="tabpanel"
            id=panel_id(key)
            aria-labelledby=tab_id(key)
            hidden=move || !shown.get()
        >
            {move || shown.get().then(|| children())}
        </div>
    }
}
