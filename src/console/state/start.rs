//! What happens when the page starts, and what it follows from then on.

use super::Console;
use crate::browser::{focus, page, task};
use crate::watch::listen;
use formsmith_api::model::CatalogService;
use leptos::prelude::*;
use web_sys::Event;

impl Console {
    pub fn start(catalog: Vec<CatalogService>) -> Self {
        let console = Self::new(catalog);
        console.follow_address();
        console.need_model();
        task::spawn(console.restore_stored());
        listen(&window(), "hashchange", move |_: Event| {
            let leads_elsewhere = console.follow_address();
            // The address that the proxy printed may be opened where the page already is.
            if page::is_loopback() {
                task::spawn(console.take_up_session());
            }
            if leads_elsewhere {
                task::spawn(async move {
                    console.load_needed_model().await;
                    focus::soon_on_heading();
                });
            }
        });
        // Other hosts have no proxy, and asking them would only fill the browser's log.
        if page::is_loopback() {
            task::spawn(console.probe_proxy());
        }
        console
    }
}
