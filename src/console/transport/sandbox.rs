//! The sandbox inside the page.

use crate::browser::{clock, random};
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::model::Model;
use formsmith_sandbox::{Call, Sandbox};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// One set of emulated services; its state lasts as long as the page.
#[derive(Clone)]
pub struct PageSandbox(Rc<RefCell<Sandbox>>);

impl PageSandbox {
    pub fn new(model: Arc<Model>) -> Self {
        Self(Rc::new(RefCell::new(Sandbox::new(model))))
    }

    pub fn send(&self, request: &HttpRequest) -> HttpResponse {
        let call = Call {
            now_ms: clock::now_ms(),
            request_id: random::uuid(),
        };
        self.0.borrow_mut().handle(request, &call)
    }
}
