//! Files that are on their way, up or down. Only requests with these are broken off when the person
//! stops waiting: a gigabyte that nobody waits for is a burden. How much of a file has gone up no
//! browser says, so that one may be whole by then and its answer lost.

use crate::state::form_files::Transfer;
use crate::state::{Console, Form};
use crate::transport::Files;
use formsmith_api::http::HttpRequest;
use formsmith_run::OperationRef;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use web_sys::AbortController;

thread_local! {
    /// Of each run, for its further attempts, too.
    static UNDERWAY: RefCell<HashMap<String, Files>> = RefCell::default();
}

impl Console {
    /// What the next attempt of a run has to do with files.
    pub(super) fn files_of(self, run: &str, op: OperationRef, http: &HttpRequest) -> Files {
        let form = self.form_of(op);
        let before = UNDERWAY.with_borrow(|underway| underway.get(run).cloned());
        // What the person has chosen since counts, where the run is sent again.
        let chosen = form.and_then(|form| form.files.take_target());
        let target = chosen.or_else(|| before?.target);
        if target.is_none() && http.file.is_none() {
            return Files::default();
        }
        let files = Files {
            target,
            stop: AbortController::new().ok(),
            told: form.map(told),
        };
        if let Some(form) = form.filter(|_| http.file.is_some()) {
            form.files.set_transfer(Some(Transfer::Up));
        }
        UNDERWAY.with_borrow_mut(|underway| underway.insert(run.to_owned(), files.clone()));
        files
    }

    /// Nothing of an answer is on its way any more. A further attempt writes to the same file.
    pub(super) fn files_ended(self, run: &str, op: OperationRef, files: Files) {
        if let Some(form) = self.form_of(op).filter(|_| files.told.is_some()) {
            form.files.set_transfer(None);
        }
        UNDERWAY.with_borrow_mut(|underway| match files.target {
            None => drop(underway.remove(run)),
            target => {
                let rest = Files {
                    target,
                    ..Files::default()
                };
                drop(underway.insert(run.to_owned(), rest));
            }
        });
    }
}

fn told(form: Form) -> Rc<dyn Fn(u64, Option<u64>)> {
    Rc::new(move |done, total| {
        form.files
            .set_transfer(Some(Transfer::Down { done, total }))
    })
}

/// The person no longer waits for the run.
pub(super) fn stop(run: &str) {
    let stop = UNDERWAY.with_borrow(|underway| underway.get(run)?.stop.clone());
    if let Some(stop) = stop {
        stop.abort();
    }
}
