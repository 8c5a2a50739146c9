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
use leptos::mount::mount_to_renderer;
use leptos::prelude::*;
use state::language;

fn main() {
    console_error_panic_hook::set_once();
    browser::pointer::watch();
    let catalog = language::speak();
    mount_to_renderer(&leptos::tachys::dom::body(), || view! { <App catalog /> }).forget();
}
