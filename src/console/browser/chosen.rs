//! Files that a person has chosen, and answers that this browser holds for the person to save, each
//! by a text that names it. A page that is loaded again has none of them.

use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// Bytes of all answers that are held together: no browser holds more with certainty.
pub const MOST_HELD: f64 = 500_000_000.0;

thread_local! {
    static CHOSEN: RefCell<HashMap<String, Blob>> = RefCell::default();
    static ANSWERS: RefCell<Vec<(String, Blob)>> = const { RefCell::new(Vec::new()) };
}

pub fn hold(name: &str, file: Blob) {
    CHOSEN.with_borrow_mut(|chosen| chosen.insert(name.to_owned(), file));
}

pub fn held(name: &str) -> Option<Blob> {
    CHOSEN.with_borrow(|chosen| chosen.get(name).cloned())
}

/// Holds an answer, in the place of the oldest ones where there are too many bytes.
pub fn hold_answer(name: &str, answer: Blob) {
    ANSWERS.with_borrow_mut(|answers| {
        answers.push((name.to_owned(), answer));
        while answers.len() > 1 && answers.iter().map(|(_, it)| it.size()).sum::<f64>() > MOST_HELD
        {
            answers.remove(0);
        }
    });
}

pub fn held_answer(name: &str) -> Option<Blob> {
    ANSWERS.with_borrow(|answers| {
        let found = answers.iter().find(|(of, _)| of == name);
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
