//! Where an answer goes that is written to a file as it comes: to the disk, where the browser can
//! (`showSaveFilePicker`), else into memory, for the person to save.

use super::chosen::MOST_HELD;
use js_sys::{Array, Object, Reflect, Uint8Array};
use leptos::prelude::window;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

#[wasm_bindgen]
extern "C" {
    // What web-sys has of these is not stable.
    #[derive(Clone)]
    type FileHandle;

    #[wasm_bindgen(method, getter)]
    fn name(this: &FileHandle) -> String;

    #[wasm_bindgen(method, catch, js_name = createWritable)]
    async fn create_writable(this: &FileHandle) -> Result<JsValue, JsValue>;

    type FileWriter;

    #[wasm_bindgen(method, catch)]
    async fn write(this: &FileWriter, bytes: &Uint8Array) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn close(this: &FileWriter) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn abort(this: &FileWriter) -> Result<JsValue, JsValue>;
}

thread_local! {
    static HANDLES: RefCell<Vec<FileHandle>> = const { RefCell::new(Vec::new()) };
}

/// A place for an answer; what the browser has of it stays with the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveTarget {
    pub name: String,
    /// Which handle writes to the disk; none if the answer is held in memory.
    handle: Option<usize>,
}

/// The bytes could not be written, or were too many.
pub struct NotWritten;

/// An answer on its way to its place.
pub struct Writing(Place);

enum Place {
    Disk(FileWriter),
    Memory { parts: Array, size: u64 },
}

/// Can this browser write to the disk?
pub fn has_disk() -> bool {
    Reflect::has(&window(), &"showSaveFilePicker".into()).unwrap_or_default()
}

impl SaveTarget {
    /// In memory, under this name.
    pub fn memory(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            handle: None,
        }
    }

    /// The file that the person chooses; none if the person chooses none. Only a press lets a
    /// page ask.
    pub async fn disk(suggested: &str) -> Option<Self> {
        let options = Object::new();
        Reflect::set(&options, &"suggestedName".into(), &suggested.into()).ok()?;
        let pick = Reflect::get(&window(), &"showSaveFilePicker".into()).ok()?;
        let picked = pick
            .unchecked_into::<js_sys::Function>()
            .call1(&window(), &options)
            .ok()?;
        let handle = JsFuture::from(picked.unchecked_into::<js_sys::Promise>())
            .await
            .ok()?;
        let handle: FileHandle = handle.unchecked_into();
        Some(HANDLES.with_borrow_mut(|handles| {
            let target = Self {
                name: handle.name(),
                handle: Some(handles.len()),
            };
            handles.push(handle);
            target
        }))
    }

    pub fn is_disk(&self) -> bool {
        self.handle.is_some()
    }

    /// What was in the file stays until the new one is whole.
    pub async fn begin(&self) -> Result<Writing, NotWritten> {
        let Some(at) = self.handle else {
            return Ok(Writing(Place::Memory {
                parts: Array::new(),
                size: 0,
            }));
        };
        let handle = HANDLES.with_borrow(|handles| handles.get(at).cloned());
        let handle = handle.ok_or(NotWritten)?;
        let writer = handle.create_writable().await.map_err(|_| NotWritten)?;
        Ok(Writing(Place::Disk(writer.unchecked_into())))
    }
}

impl Writing {
    pub async fn write(&mut self, bytes: &Uint8Array) -> Result<(), NotWritten> {
        match &mut self.0 {
            Place::Disk(writer) => writer.write(bytes).await.map(drop).map_err(|_| NotWritten),
            Place::Memory { parts, size } => {
                *size += u64::from(bytes.length());
                parts.push(bytes);
                (*size as f64 <= MOST_HELD).then_some(()).ok_or(NotWritten)
            }
        }
    }

    /// The file is whole; one in memory is given.
    pub async fn end(self) -> Result<Option<Blob>, NotWritten> {
        match self.0 {
            Place::Disk(writer) => writer.close().await.map(|_| None).map_err(|_| NotWritten),
            Place::Memory { parts, .. } => {
                let blob = Blob::new_with_u8_array_sequence(&parts);
                blob.map(Some).map_err(|_| NotWritten)
            }
        }
    }

    /// Nothing is left of it.
    pub async fn give_up(self) {
        if let Place::Disk(writer) = self.0 {
            let _ = writer.abort().await;
        }
    }
}
