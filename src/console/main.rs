//! Formsmith's console: forms drawn from Smithy models, sent through a local proxy or to a
//! sandbox in the page, and answers read for what they say.

mod app;
mod browser;
mod form;
mod pages;
mod result;
mod state;
mod text;
mod transport;
mod ui;
mod watch;

use app::App;
use formsmith_api::model::Model;
use leptos::mount::mount_to_renderer;
use leptos::prelude::*;
use ui::{Markup, el};

fn main() {
    console_error_panic_hook::set_once();
    browser::pointer::watch();
    let page = move || match Model::embedded() {
        Ok(model) => {
            // The models live as long as the page.
            let model: &'static Model = Box::leak(Box::new(model));
            view! { <App model /> }.into()
        }
        Err(error) => {
            let title = el("h1").child(text::MODEL_TITLE);
            let main = el("main")
                .child(title)
                .child(el("p").child(error.to_string()));
            Markup::from(main)
        }
    };
    mount_to_renderer(&leptos::tachys::dom::body(), page).forget();
}
