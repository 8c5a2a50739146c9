//! Formsmith's console: forms drawn from Smithy models, sent through a local proxy or to a
//! sandbox in the page, and answers read for what they say.

mod answer;
mod app;
mod badges;
mod browser;
mod form;
mod header;
mod lazy;
mod lazy_view;
mod navigation;
mod pages;
mod permissions;
mod result;
mod search_button;
mod selection;
mod sign_in_button;
mod snippets;
mod star;
mod state;
mod tone;
mod transport;
mod ui;
mod ui_words;
mod wait_offers;
mod watch;

use app::App;
use formsmith_api::model::{CatalogService, catalog};
use leptos::mount::mount_to_renderer;
use leptos::prelude::*;
use state::language;

fn main() {
    console_error_panic_hook::set_once();
    browser::pointer::watch();
    match language::chosen() {
        None => show(catalog()),
        // What spawns tasks elsewhere is there only once the page is mounted.
        Some(tag) => {
            wasm_bindgen_futures::spawn_local(language::speak(tag, show));
        }
    }
}

fn show(catalog: Vec<CatalogService>) {
    mount_to_renderer(&leptos::tachys::dom::body(), || view! { <App catalog /> }).forget();
}
