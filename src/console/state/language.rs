//! The language of the page. It is known before anything is shown and stays until the page is
//! reloaded, which keeps what was typed.

use crate::browser::{page, storage};
use crate::lazy::{NotLoaded, lazy};
use crate::transport::document;
use formsmith_api::model::{CatalogService, catalog, overlaid, overlaid_catalog};
use formsmith_words::{self as words, Language};
use std::pin::Pin;

const KEY: &str = "formsmith.language";

/// The tag of the language that was chosen, where it is another than English.
pub fn chosen() -> Option<String> {
    storage::read(KEY).filter(|tag| tag != "en")
}

/// Switches to this language and hands on the catalog in it. Stays with English if the texts can't
/// be fetched or are of another version of the page.
pub async fn speak(tag: String, go_on: fn(Vec<CatalogService>)) {
    if take_up(tag, go_on).await.is_err() {
        go_on(catalog());
    }
}

lazy! {
    fn take_up(tag: String, go_on: fn(Vec<CatalogService>)) =
        wasm_bindgen_futures::spawn_local(async move {
            go_on(spoken(&tag).await.unwrap_or_else(catalog));
        });
}

async fn spoken(tag: &str) -> Option<Vec<CatalogService>> {
    let table = document(&format!("words/{tag}.json")).await?;
    let texts = document(&format!("models/{tag}/catalog.json")).await?;
    words::speak(Language::read(tag, &table)?);
    page::set_language(tag);
    Some(overlaid_catalog(&texts))
}

/// A model in the language of the page, or in English if its texts can't be fetched; none if the
/// model can't be fetched.
pub(super) async fn model_document(file: &'static str) -> Option<String> {
    let model = document(&format!("models/{file}")).await?;
    match words::tag() {
        None => Some(model),
        Some(tag) => match translating(tag, file, model.clone()).await {
            Ok(translated) => Some(translated.await),
            Err(NotLoaded) => Some(model),
        },
    }
}

type Translating = Pin<Box<dyn Future<Output = String>>>;

lazy! {
    fn translating(tag: &'static str, file: &'static str, model: String) -> Translating =
        Box::pin(async move {
            match document(&format!("models/{tag}/{file}")).await {
                Some(texts) => overlaid(&model, &texts),
                None => model,
            }
        });
}
