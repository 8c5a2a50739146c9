//! What happens when the page starts, and what it follows from then on.

use super::{Console, local_proxy, own_models};
use crate::browser::{file, focus, page, task};
use crate::watch::listen;
use formsmith_api::model::CatalogService;
use formsmith_words as words;
use leptos::prelude::*;
use web_sys::{DragEvent, Event};

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
        console.hear_shortcuts();
        console.hear_of_update();
        // Before a file is dropped the browser asks whether it may be.
        listen(&window(), "dragover", |event| drop(file::dragged(&event)));
        listen(&window(), "drop", move |event: DragEvent| {
            if let Some(files) = file::dragged(&event) {
                task::spawn(async move {
                    if own_models::take_dropped(console, files).await.is_err() {
                        console.tell(Err(words::part_missing().into()));
                    }
                });
            }
        });
        // Other hosts have no proxy, and asking them would only fill the browser's log.
        if local_proxy::restore() || page::is_loopback() {
            task::spawn(console.probe_proxy());
        }
        console
    }
}
