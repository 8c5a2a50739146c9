//! The file that the body of the answer to a form goes into, and what of files is on its way.

use super::{ANSWER_FILE_ID, Console, Form};
use crate::browser::file;
use crate::browser::save_target::{self, SaveTarget};
use crate::browser::{focus, task};
use formsmith_api::protocol;
use formsmith_words as words;
use leptos::prelude::*;
use web_sys::Blob;

#[derive(Clone, Copy)]
pub(super) struct FormFiles {
    /// Where the body of the next answer goes; without one it is shown.
    target: RwSignal<Option<SaveTarget>>,
    transfer: RwSignal<Option<Transfer>>,
}

/// A file on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transfer {
    /// How much of it has gone up, no browser says.
    Up,
    /// So many bytes have arrived, of so many.
    Down { done: u64, total: Option<u64> },
}

impl FormFiles {
    pub fn new() -> Self {
        Self {
            target: RwSignal::new(None),
            transfer: RwSignal::new(None),
        }
    }

    pub fn transfer(self) -> Option<Transfer> {
        self.transfer.get()
    }

    /// A form may be gone while a file is on its way.
    pub fn set_transfer(self, transfer: Option<Transfer>) {
        self.transfer.try_set(transfer);
    }

    /// The place is for one answer: what comes next must not take the place of what is there.
    pub fn take_target(self) -> Option<SaveTarget> {
        let target = self.target.get_untracked();
        if target.is_some() {
            self.target.set(None);
        }
        target
    }
}

impl Form {
    /// Where the body of the next answer goes.
    pub fn answer_target(self) -> Option<SaveTarget> {
        self.files.target.get()
    }

    /// Lets the person choose a file for the body of the next answer, where the browser can write
    /// to one; elsewhere the browser holds it.
    pub fn save_answer(self) {
        let name = self.suggested_file();
        if !save_target::has_disk() {
            self.files.target.set(Some(SaveTarget::memory(&name)));
            return focus::soon(ANSWER_FILE_ID);
        }
        task::spawn(async move {
            if let Some(target) = SaveTarget::disk(&name).await {
                self.files.target.try_set(Some(target));
                focus::soon(ANSWER_FILE_ID);
            }
        });
    }

    pub fn show_answer(self) {
        self.files.target.set(None);
        focus::soon(ANSWER_FILE_ID);
    }

    /// The last part of the path that would be asked for: of S3, of the key.
    fn suggested_file(self) -> String {
        let input = untrack(move || self.input());
        let request = protocol::write(self.model, self.service, self.operation, &input);
        let path = request.map(|request| request.path).unwrap_or_default();
        file_name(&path).unwrap_or_else(|| self.operation.name().to_owned())
    }
}

impl Console {
    /// Hands bytes to the browser to save.
    pub fn save_file(self, name: &str, bytes: Option<&Blob>) {
        if !bytes.is_some_and(|bytes| file::save_blob(name, bytes)) {
            self.tell(Err(words::not_saved_here().to_owned()));
        }
    }
}

/// What the last part of a path names a file, as it is typed.
pub fn file_name(path: &str) -> Option<String> {
    let path = path.split('?').next()?;
    let last = path.rsplit('/').next().filter(|last| !last.is_empty())?;
    js_sys::decode_uri_component(last).ok().map(String::from)
}
