//! One request: to the page's own origin, or to the proxy where that is elsewhere.

use super::{Failure, elsewhere};
use crate::browser::save_target::SaveTarget;
use formsmith_api::file::FileRef;
use formsmith_api::http::HttpResponse;
use gloo_net::http::{Request, Response};
use js_sys::{Reflect, Uint8Array};
use leptos::prelude::{TimeoutHandle, set_timeout_with_handle};
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue, UnwrapThrowExt};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Blob, Headers, ReadableStreamDefaultReader, RequestInit, RequestRedirect,
    ResponseType,
};

pub struct Fetch<'a> {
    pub method: &'a str,
    /// Relative to the page.
    pub address: &'a str,
    pub headers: Vec<(&'a str, &'a str)>,
    pub body: Payload<'a>,
    /// No longer than this; as long as it takes if nothing is said.
    pub seconds: Option<u32>,
    /// What ends it before.
    pub stop: Option<AbortController>,
}

/// What is sent.
pub enum Payload<'a> {
    Bytes(&'a [u8]),
    /// Chromium takes no stream as a body.
    File(Blob),
}

/// An answer whose body is still on its way.
pub struct Arriving {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    response: Response,
    timer: Timer,
}

impl Fetch<'_> {
    /// Asks once; whatever is answered comes back as it is.
    pub async fn send(self) -> Result<HttpResponse, Failure> {
        self.begin().await?.whole().await
    }

    /// The same up to the answer's body.
    pub async fn begin(self) -> Result<Arriving, Failure> {
        let timer = Timer::start(self.seconds, self.stop.clone());
        let response = match self.request(&timer) {
            Ok(request) => request.send().await.ok(),
            Err(_) => None,
        };
        let response = response.ok_or_else(|| timer.failure(Failure::Unreachable))?;
        if response.type_() == ResponseType::Opaqueredirect {
            return Err(Failure::Redirect);
        }
        Ok(Arriving {
            status: response.status(),
            headers: response.headers().entries().collect(),
            response,
            timer,
        })
    }

    fn request(&self, timer: &Timer) -> Result<Request, JsValue> {
        let headers = Headers::new()?;
        for (name, value) in &self.headers {
            headers.set(name, value)?;
        }
        let init = RequestInit::new();
        init.set_method(self.method);
        init.set_headers(&headers);
        // Followed, a redirection would carry the request to another address.
        init.set_redirect(RequestRedirect::Manual);
        init.set_signal(Some(&timer.controller.signal()));
        match &self.body {
            Payload::Bytes([]) => {}
            Payload::Bytes(bytes) => init.set_body(&Uint8Array::from(*bytes)),
            Payload::File(file) => init.set_body(file),
        }
        let address = elsewhere::address(self.address, &init);
        let address = address.as_deref().unwrap_or(self.address);
        // The library's own builder ends an address that has a query with `&`.
        web_sys::Request::new_with_str_and_init(address, &init).map(Request::from)
    }
}

impl Arriving {
    /// The first header of this name, which is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(of, _)| of.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Of the body, in bytes, if it is known.
    pub fn length(&self) -> Option<u64> {
        self.header("content-length")?.parse().ok()
    }

    pub async fn whole(self) -> Result<HttpResponse, Failure> {
        let status = self.status;
        let body = self.response.binary().await;
        let cut_off = |_| self.timer.failure(Failure::CutOff { status });
        Ok(HttpResponse {
            status,
            body: body.map_err(cut_off)?,
            headers: self.headers,
            file: None,
        })
    }

    /// Writes the body to a file as it comes. `told` hears how many bytes have been written. The
    /// body itself, if it is held in memory, is given beside the answer that names it by `id`.
    pub async fn into_file(
        self,
        target: &SaveTarget,
        id: &str,
        told: &dyn Fn(u64),
    ) -> Result<(HttpResponse, Option<Blob>), Failure> {
        let status = self.status;
        let not_saved = |_| Failure::NotSaved { status };
        let mut writing = target.begin().await.map_err(not_saved)?;
        let length = self.length();
        let mut size = 0;
        if let Some(body) = self.response.body() {
            let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
            loop {
                let Ok(read) = JsFuture::from(reader.read()).await else {
                    writing.give_up().await;
                    return Err(self.timer.failure(Failure::CutOff { status }));
                };
                let member = |name: &str| Reflect::get(&read, &name.into()).unwrap_or_default();
                if member("done").is_truthy() {
                    break;
                }
                let part: Uint8Array = member("value").unchecked_into();
                if let Err(why) = writing.write(&part).await {
                    // Nobody waits for the rest.
                    let _ = reader.cancel();
                    writing.give_up().await;
                    return Err(not_saved(why));
                }
                size += u64::from(part.length());
                told(size);
            }
        }
        // A part of it must not take the place of what is in the file.
        if length.is_some_and(|length| length != size) {
            writing.give_up().await;
            return Err(Failure::CutOff { status });
        }
        let held = writing.end().await.map_err(not_saved)?;
        let file = FileRef::new(&target.name, size, id);
        let response = HttpResponse {
            status,
            headers: self.headers,
            body: Vec::new(),
            file: Some(match held {
                Some(_) => file.in_memory(),
                None => file,
            }),
        };
        Ok((response, held))
    }
}

/// Aborts a request that takes too long.
struct Timer {
    controller: AbortController,
    fired: Rc<Cell<bool>>,
    seconds: Option<u32>,
    handle: Option<TimeoutHandle>,
}

impl Timer {
    fn start(seconds: Option<u32>, stop: Option<AbortController>) -> Self {
        // There is no browser that can run the page and has none.
        let controller = stop.unwrap_or_else(|| AbortController::new().unwrap_throw());
        let fired = Rc::new(Cell::new(false));
        let (flag, aborted) = (fired.clone(), controller.clone());
        let abort = move || {
            flag.set(true);
            aborted.abort();
        };
        let handle = seconds.and_then(|seconds| {
            set_timeout_with_handle(abort, Duration::from_secs(seconds.into())).ok()
        });
        Self {
            controller,
            fired,
            seconds,
            handle,
        }
    }

    /// Why there is no answer: this, unless the time was over.
    fn failure(&self, otherwise: Failure) -> Failure {
        match self.seconds.filter(|_| self.fired.get()) {
            Some(seconds) => Failure::Timeout { seconds },
            None => otherwise,
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
