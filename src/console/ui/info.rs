use leptos::prelude::*;

use super::identity::fresh_id;

/// Help behind a small button. Lives in a wrapping row: the button stands in
/// the row, the text takes the whole next line. `topic` completes the button's
/// name for those who cannot see what it stands beside.
#[component]
pub fn Info(
    #[prop(into)] label: String,
    #[prop(into)] topic: String,
    #[prop(into)] content: ViewFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let region = fresh_id("info");
    view! {
        <button
            type="button"
            class="info-button"
            aria-expanded=move || open.get().to_string()
            aria-controls=region.clone()
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {label}
            <span class="visually-hidden">" " {topic}</span>
        </button>
        <div class="info-region" id=region hidden=move || !open.get()>
            {move || open.get().then(|| content.run())}
        </div>
    }
}
