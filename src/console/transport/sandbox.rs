//! The sandbox inside the page: a module of its own, fetched when it is first asked something.

use super::TransportFailure;
use crate::browser::{clock, random};
use formsmith_api::http::{HttpRequest, HttpResponse};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Imports the module; `boot.js` provides this.
    #[wasm_bindgen(js_name = formsmithSandbox, catch)]
    async fn load() -> Result<JsValue, JsValue>;

    type Module;

    #[wasm_bindgen(method, catch)]
    fn handle(
        this: &Module,
        method: &str,
        path: &str,
        headers: Vec<String>,
        body: &[u8],
        now_ms: f64,
        request_id: &str,
    ) -> Result<Array, JsValue>;
}

/// The emulated services' answer. Their state lasts as long as the page.
pub async fn send(request: &HttpRequest) -> Result<HttpResponse, TransportFailure> {
    let module: Module = load()
        .await
        .map_err(|_| TransportFailure::SandboxMissing)?
        .unchecked_into();
    let headers = request
        .headers
        .iter()
        .flat_map(|(name, value)| [name.clone(), value.clone()]);
    let parts = module
        .handle(
            &request.method,
            &request.path,
            headers.collect(),
            &request.body,
            clock::now_ms(),
            &random::uuid(),
        )
        .map_err(|_| TransportFailure::SandboxMissing)?;
    let headers: Vec<String> = Array::from(&parts.get(1))
        .iter()
        .filter_map(|text| text.as_string())
        .collect();
    let pairs = headers.chunks_exact(2);
    Ok(HttpResponse {
        status: parts.get(0).as_f64().unwrap_or_default() as u16,
        headers: pairs
            .map(|pair| (pair[0].clone(), pair[1].clone()))
            .collect(),
        body: Uint8Array::new(&parts.get(2)).to_vec(),
    })
}
