//! Files that a person saves and opens.

use super::random;
use formsmith_api::file::FileRef;
use js_sys::{Array, Reflect, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, DragEvent, Event, File, HtmlAnchorElement, HtmlInputElement,
    ReadableStream, ReadableStreamDefaultReader, ReadableWritablePair, Url, WritableStream,
};

#[wasm_bindgen]
extern "C" {
    // What web-sys has of it is not stable.
    type DecompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn readable(this: &DecompressionStream) -> ReadableStream;

    #[wasm_bindgen(method, getter)]
    fn writable(this: &DecompressionStream) -> WritableStream;
}

/// Hands a text to the browser to save; false if it can't. `kind` is its media type.
pub fn save(name: &str, text: &str, kind: &str) -> bool {
    try_save(name, text, kind).is_ok()
}

fn try_save(name: &str, text: &str, kind: &str) -> Result<(), JsValue> {
    let parts = Array::of1(&JsValue::from_str(text));
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    try_save_blob(name, &blob)
}

/// Bytes as what a browser saves.
pub fn blob_of(bytes: &[u8]) -> Option<Blob> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence(&parts).ok()
}

/// The same for bytes.
pub fn save_blob(name: &str, blob: &Blob) -> bool {
    try_save_blob(name, blob).is_ok()
}

fn try_save_blob(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}

/// The files that are dragged over the page or dropped on it, none of which can be read before it is
/// dropped. The browser goes to none of them then. Nothing if what is dragged is something else.
pub fn dragged(event: &DragEvent) -> Option<Array> {
    let dragged = event.data_transfer()?;
    if !dragged.types().includes(&JsValue::from_str("Files"), 0) {
        return None;
    }
    event.prevent_default();
    // The list itself is empty once the event is over.
    let files: JsValue = dragged.files()?.into();
    Some(Array::from(&files))
}

/// Why nothing can be done with the bytes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It is gone, or a folder.
    Gone,
    /// It begins as what is packed with gzip does, and can't be unpacked.
    Packed,
    /// It is too large, or becomes it when it is unpacked.
    TooLarge,
}

/// How files begin that are packed with gzip.
const GZIP: [u8; 2] = [0x1F, 0x8B];

/// A file that was chosen to be opened.
pub struct Chosen(File);

impl Chosen {
    /// The files of a file input's event; the input can take the same ones again afterwards.
    pub fn from_event(event: &Event) -> Option<Vec<Self>> {
        let input: HtmlInputElement = event.target()?.unchecked_into();
        let files: JsValue = input.files()?.into();
        let files = Array::from(&files);
        input.set_value("");
        Some(Self::all(&files))
    }

    /// Those that were dropped.
    pub fn all(files: &Array) -> Vec<Self> {
        let files = files.iter().map(|file| Self(file.unchecked_into()));
        files.collect()
    }

    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Its bytes, unpacked if it is packed with gzip; at most so many of them.
    pub async fn unpacked(&self, max: usize) -> Result<Vec<u8>, Unreadable> {
        if self.size() > max as f64 {
            return Err(Unreadable::TooLarge);
        }
        let bytes = self.bytes(0.0, self.size()).await;
        let bytes = bytes.ok_or(Unreadable::Gone)?;
        match bytes.starts_with(&GZIP) {
            true => unpack(&self.0, max).await,
            false => Ok(bytes),
        }
    }

    pub fn blob(&self) -> Blob {
        self.0.clone().unchecked_into()
    }

    /// What names it in an input. Each choice is a file of its own: two of one name, size and time may
    /// differ.
    pub fn file_ref(&self) -> FileRef {
        FileRef::new(&self.name(), self.size() as u64, &random::uuid())
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

/// Reads piece by piece, so that a small file that would become a huge one is given up in time.
async fn unpack(packed: &Blob, max: usize) -> Result<Vec<u8>, Unreadable> {
    let begin = || -> Result<ReadableStreamDefaultReader, JsValue> {
        let unpacking = DecompressionStream::new("gzip")?;
        let ends = ReadableWritablePair::new(&unpacking.readable(), &unpacking.writable());
        let unpacked: ReadableStream = packed.stream().pipe_through(&ends);
        Ok(unpacked.get_reader().unchecked_into())
    };
    let reader = begin().map_err(|_| Unreadable::Packed)?;
    let mut bytes = Vec::new();
    loop {
        let read = JsFuture::from(reader.read()).await;
        let read = read.map_err(|_| Unreadable::Packed)?;
        let member = |name: &str| Reflect::get(&read, &name.into()).unwrap_or_default();
        if member("done").is_truthy() {
            return Ok(bytes);
        }
        let some: Uint8Array = member("value").unchecked_into();
        if bytes.len() + some.length() as usize > max {
            // Nobody waits for it.
            let _ = reader.cancel();
            return Err(Unreadable::TooLarge);
        }
        bytes.extend(some.to_vec());
    }
}
