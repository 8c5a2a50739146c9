//! The bytes of files that a person has chosen, and of answers that this browser holds for the person
//! to save. A page that is loaded again has none of them.

use formsmith_api::file::FileRef;
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// Bytes of all answers that are held together: no browser holds more with certainty.
pub const MOST_HELD: f64 = 500_000_000.0;

thread_local! {
    /// By the files' ids.
    static CHOSEN: RefCell<HashMap<String, Blob>> = RefCell::default();
    static ANSWERS: RefCell<Vec<(String, Blob)>> = const { RefCell::new(Vec::new()) };
}

pub fn hold(file: &FileRef, bytes: Blob) {
    CHOSEN.with_borrow_mut(|chosen| chosen.insert(file.id().to_owned(), bytes));
}

pub fn held(file: &FileRef) -> Option<Blob> {
    CHOSEN.with_borrow(|chosen| chosen.get(file.id()).cloned())
}

/// Holds an answer, in the place of the oldest ones where there are too many bytes.
pub fn hold_answer(file: &FileRef, bytes: Blob) {
    ANSWERS.with_borrow_mut(|answers| {
        answers.push((file.id().to_owned(), bytes));
        while answers.len() > 1 && answers.iter().map(|(_, it)| it.size()).sum::<f64>() > MOST_HELD
        {
            answers.remove(0);
        }
    });
}

pub fn held_answer(file: &FileRef) -> Option<Blob> {
    ANSWERS.with_borrow(|answers| {
        let found = answers.iter().find(|(of, _)| of == file.id());
        found.map(|(_, answer)| answer.clone())
    })
}

/// Is it still there, unchanged since it was chosen? A browser finds out when it reads.
pub async fn is_readable(file: &Blob) -> bool {
    let Ok(part) = file.slice_with_f64_and_f64(0.0, 1.0) else {
        return false;
    };
    JsFuture::from(part.array_buffer()).await.is_ok()
}
