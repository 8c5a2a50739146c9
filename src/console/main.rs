//! Formsmith's console: forms drawn from Smithy models, sent through a local proxy or to a
//! sandbox in the page, and answers read for what they say.

mod app;
mod browser;
mod form;
mod lazy;
mod lazy_view;
mod pages;
mod result;
mod snippets;
mod state;
mod text;
mod transport;
mod ui;
mod watch;

use app::App;
use leptos::mount::mount_to_renderer;
use leptos::prelude::*;

fn main() {
    console_error_panic_hook::set_once();
    browser::pointer::watch();
    mount_to_renderer(&leptos::tachys::dom::body(), || view! { <App /> }).forget();
}
