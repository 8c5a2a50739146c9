//! The language of the page. It is chosen, and its texts are fetched, before the page begins
//! (`boot.js`), and stays until the page is reloaded, which keeps what was typed.

use crate::browser::{intl, page, storage};
use crate::transport::document;
use formsmith_api::model::{CatalogService, translated_catalog};
use formsmith_words::{self as words, Intl, Language};

/// `boot.js` reads it, too.
const KEY: &str = "formsmith.language";

/// Speaks the page's language and gives the catalog in it. Stays with English if the texts couldn't be
/// fetched or are of another version of the page.
pub fn speak() -> Vec<CatalogService> {
    let texts = intl::texts("formsmithTexts");
    let read = texts.and_then(|texts| Language::read(&page::language(), &texts));
    if read.is_none() {
        page::say_in_english();
    }
    let (language, said) = read.map_or((None, Vec::new()), |(language, said)| {
        (Some(language), said)
    });
    let intl = Intl {
        number: intl::number,
        category: intl::category,
        rest: || intl::texts("formsmithRest"),
    };
    words::speak(intl, language);
    translated_catalog(&said)
}

/// The tag of the language that the person chose; empty for what the browser says.
pub fn chosen() -> String {
    storage::read(KEY).unwrap_or_default()
}

/// Begins anew in this language.
pub fn choose(tag: &str) {
    match tag {
        "" => storage::remove(KEY),
        tag => drop(storage::write(KEY, tag)),
    }
    page::reload();
}

/// A model in the language of the page, or in English if that can't be fetched; none if neither can.
pub(super) async fn model_document(file: &'static str) -> Option<String> {
    if let Some(tag) = words::tag()
        && let Some(model) = document(&format!("models/{tag}/{file}")).await
    {
        return Some(model);
    }
    document(&format!("models/{file}")).await
}
