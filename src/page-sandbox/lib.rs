//! The sandbox as a module of its own, so that a page that talks to a proxy never loads it.
//!
//! What crosses is an HTTP message in parts; the page's script imports this module when the
//! first request goes to the sandbox. The page keeps its state, and brings it back.

use formsmith_api::http::HttpRequest;
use formsmith_api::model::{Model, Protocol};
use formsmith_sandbox::{Asked, Call, Delivery, Sandbox, Signature};
use js_sys::{Array, Uint8Array};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

thread_local! {
    static SANDBOX: RefCell<Option<Sandbox>> = const { RefCell::new(None) };
}

/// Answers one request. `asked` is the trait of the protocol that the service speaks and the
/// operation, or nothing for the sandbox's own addresses. `headers` are names and values by turns, and so they come back:
/// `[status, headers, body, delay, delivery]`, the delay in milliseconds; delivery is `whole`,
/// `cut-off`, `lost` or `never`.
///
/// # Errors
/// If the models that come with the page can't be read.
#[wasm_bindgen]
pub fn handle(
    method: String,
    path: String,
    headers: Vec<String>,
    body: Vec<u8>,
    asked: Vec<String>,
    now_ms: f64,
    request_id: String,
) -> Result<Array, JsError> {
    let headers = headers.chunks_exact(2);
    let request = HttpRequest {
        host_prefix: String::new(),
        method,
        path,
        headers: headers
            .map(|pair| (pair[0].clone(), pair[1].clone()))
            .collect(),
        body,
        file: None,
    };
    let asked = match <[String; 2]>::try_from(asked) {
        Ok([protocol, operation]) => Protocol::of_trait(&protocol).map(|protocol| Asked {
            protocol,
            operation,
        }),
        Err(_) => None,
    };
    let call = Call {
        now_ms: now_ms as u64,
        request_id,
        signature: Signature::NotChecked,
        asked,
    };
    let reply = SANDBOX.with_borrow_mut(|sandbox| {
        let sandbox = match sandbox {
            Some(sandbox) => sandbox,
            None => sandbox.insert(Sandbox::new(Model::embedded()?)),
        };
        Ok::<_, formsmith_api::model::LoadError>(sandbox.handle(&request, &call))
    })?;
    let headers = Array::new();
    for (name, value) in &reply.response.headers {
        headers.push(&JsValue::from_str(name));
        headers.push(&JsValue::from_str(value));
    }
    let delivery = match reply.delivery {
        Delivery::Whole => "whole",
        Delivery::CutOff => "cut-off",
        Delivery::Lost => "lost",
        Delivery::Never => "never",
    };
    let body = Uint8Array::from(reply.response.body.as_slice());
    Ok(Array::of5(
        &reply.response.status.into(),
        &headers,
        &body,
        &(reply.delay_ms as f64).into(),
        &delivery.into(),
    ))
}
