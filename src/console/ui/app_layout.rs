use leptos::{html, prelude::*};

use super::nav_disclosure::NavDisclosure;
use super::{Button, Glyph, Variant};

/// The page's frame: product header, side navigation (a disclosure that is
/// closed at first on a phone), breadcrumbs, flash bar, content.
#[component]
pub fn AppLayout(
    #[prop(into)] skip_label: String,
    #[prop(into)] nav_title: String,
    #[prop(into)] open_label: String,
    #[prop(into)] close_label: String,
    #[prop(into)] flash_label: String,
    #[prop(into)] header: ViewFnOnce,
    #[prop(into)] nav: ViewFnOnce,
    #[prop(into)] breadcrumbs: ViewFnOnce,
    #[prop(optional, into)] flash: ViewFnOnce,
    #[prop(optional)] main_ref: NodeRef<html::Main>,
    children: Children,
) -> impl IntoView {
    let menu = NavDisclosure::new();
    // The fragment belongs to deep links, so this is a button and not a link.
    let skip = move |_| {
        if let Some(main) = main_ref.get_untracked() {
            let _ = main.focus();
        }
    };
    view! {
        <div class="app" data-nav=move || if menu.open.get() { "open" } else { "closed" }>
            <button type="button" class="skip" on:click=skip>
                {skip_label}
            </button>
            <header class="app-header">{header.run()}</header>
            <nav
                class="app-nav"
                id="app-nav"
                aria-label=nav_title
                on:click=move |event| menu.follow(&event)
                on:keydown=move |event| menu.escape(&event)
            >
                <div class="app-nav-head">
                    <span class="app-nav-title">{nav_title.clone()}</span>
                    <Button
                        variant=Variant::Icon
                        icon=Glyph::AngleBack
                        label=close_label
                        node_ref=menu.closer
                        on_click=move |_| menu.turn(false)
                    />
                </div>
                {nav.run()}
            </nav>
            <div class="app-bar">
                <span class="app-bar-menu">
                    <Button
                        variant=Variant::Icon
                        icon=Glyph::Menu
                        label=open_label
                        node_ref=menu.opener
                        attr:aria-expanded=move || menu.open.get().to_string()
                        attr:aria-controls="app-nav"
                        on_click=move |_| menu.turn(true)
                    />
                </span>
                {breadcrumbs.run()}
            </div>
            <section class="app-flash" aria-label=flash_label>{flash.run()}</section>
            <main class="app-main" node_ref=main_ref tabindex="-1">
                {children()}
            </main>
        </div>
    }
}
