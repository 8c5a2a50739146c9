//! One request to the page's own origin.

use super::Failure;
use formsmith_api::http::HttpResponse;
use gloo_net::http::{Method, Request, RequestBuilder};
use leptos::prelude::{TimeoutHandle, set_timeout_with_handle};
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::UnwrapThrowExt;
use web_sys::{AbortController, RequestRedirect, ResponseType};

pub struct Fetch<'a> {
    pub method: &'a str,
    /// Relative to the page.
    pub address: &'a str,
    pub headers: Vec<(&'a str, &'a str)>,
    pub body: &'a [u8],
    /// No longer than this.
    pub seconds: u32,
}

impl Fetch<'_> {
    /// Asks once; whatever is answered comes back as it is.
    pub async fn send(self) -> Result<HttpResponse, Failure> {
        let timer = Timer::start(self.seconds);
        let failure = |otherwise| match timer.fired.get() {
            true => Failure::Timeout {
                seconds: self.seconds,
            },
            false => otherwise,
        };
        let response = match self.request(&timer) {
            Ok(request) => request.send().await,
            Err(error) => Err(error),
        };
        let response = response.map_err(|_| failure(Failure::Unreachable))?;
        if response.type_() == ResponseType::Opaqueredirect {
            return Err(Failure::Redirect);
        }
        let status = response.status();
        let headers = response.headers().entries().collect();
        let body = response.binary().await;
        Ok(HttpResponse {
            status,
            headers,
            body: body.map_err(|_| failure(Failure::CutOff { status }))?,
        })
    }

    fn request(&self, timer: &Timer) -> Result<Request, gloo_net::Error> {
        let method = Method::from_bytes(self.method.as_bytes())
            .map_err(|error| gloo_net::Error::GlooError(error.to_string()))?;
        let mut builder = RequestBuilder::new(self.address)
            .method(method)
            // Followed, a redirection would carry the request to another address.
            .redirect(RequestRedirect::Manual)
            .abort_signal(Some(&timer.controller.signal()));
        for (name, value) in &self.headers {
            builder = builder.header(name, value);
        }
        match self.body.is_empty() {
            true => builder.build(),
            false => builder.body(js_sys::Uint8Array::from(self.body)),
        }
    }
}

/// Aborts a request that takes too long.
struct Timer {
    controller: AbortController,
    fired: Rc<Cell<bool>>,
    handle: Option<TimeoutHandle>,
}

impl Timer {
    fn start(seconds: u32) -> Self {
        // There is no browser that can run the page and has none.
        let controller = AbortController::new().unwrap_throw();
        let fired = Rc::new(Cell::new(false));
        let (flag, aborted) = (fired.clone(), controller.clone());
        let abort = move || {
            flag.set(true);
            aborted.abort();
        };
        let handle = set_timeout_with_handle(abort, Duration::from_secs(seconds.into())).ok();
        Self {
            controller,
            fired,
            handle,
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(handle) = self.handle {
            handle.clear();
        }
    }
}
