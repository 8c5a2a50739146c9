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

use app::App;
use formsmith_api::model::Model;
use leptos::prelude::*;

fn main() {
    console_error_panic_hook::set_once();
    match Model::embedded() {
        // The models live as long as the page.
        Ok(model) => {
            let model: &'static Model = Box::leak(Box::new(model));
            mount_to_body(move || view! { <App model /> });
        }
        Err(error) => {
            let message = error.to_string();
            mount_to_body(move || {
                view! {
                    <main>
                        <h1>{text::MODEL_TITLE}</h1>
                        <p>{message}</p>
                    </main>
                }
            });
        }
    }
}
