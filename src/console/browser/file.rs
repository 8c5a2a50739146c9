//! Files that a person saves and opens.

use js_sys::Uint8Array;
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Event, File, HtmlAnchorElement, HtmlInputElement, Url};

/// Hands a text to the browser to save; false if it can't. `kind` is its media type.
pub fn save(name: &str, text: &str, kind: &str) -> bool {
    try_save(name, text, kind).is_ok()
}

fn try_save(name: &str, text: &str, kind: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}

/// A file that was chosen to be opened.
pub struct Chosen(File);

impl Chosen {
    /// The file of a file input's event; the input can take the same file again afterwards.
    pub fn from_event(event: &Event) -> Option<Self> {
        let input: HtmlInputElement = event.target()?.unchecked_into();
        let file = input.files()?.get(0)?;
        input.set_value("");
        Some(Self(file))
    }

    /// In bytes.
    pub fn size(&self) -> f64 {
        self.0.size()
    }

    /// Its bytes from one place to another, or to its end.
    pub async fn bytes(&self, from: f64, to: f64) -> Option<Vec<u8>> {
        let part = self.0.slice_with_f64_and_f64(from, to).ok()?;
        let bytes = JsFuture::from(part.array_buffer()).await.ok()?;
        Some(Uint8Array::new(&bytes).to_vec())
    }

    pub async fn text(&self) -> Option<String> {
        JsFuture::from(self.0.text()).await.ok()?.as_string()
    }
}
