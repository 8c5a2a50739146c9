//! The sandbox inside the page: a module of its own, fetched when it is first asked something.
//!
//! Its state is kept in the browser, so that it survives a reload like everything else.

use super::{Destination, Failure};
use crate::browser::{clock, random, storage};
use formsmith_api::http::{HttpRequest, HttpResponse};
use js_sys::{Array, Uint8Array};
use std::cell::Cell;
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
        asked: Vec<String>,
        now_ms: f64,
        request_id: &str,
    ) -> Result<Array, JsValue>;
}

const KEPT: &str = "formsmith.sandbox.1";

/// An answer that never comes is waited for like one of a proxy.
const PATIENCE_SECONDS: u32 = 40;

thread_local! {
    /// Has the kept state been brought back?
    static IS_RESTORED: Cell<bool> = const { Cell::new(false) };
}

/// The emulated services' answer, as the sandbox lets it arrive; without a destination, to a request
/// for an address of its own.
pub async fn send(
    to: Option<Destination<'_>>,
    request: &HttpRequest,
) -> Result<HttpResponse, Failure> {
    let module: Module = load()
        .await
        .map_err(|_| Failure::SandboxMissing)?
        .unchecked_into();
    if !IS_RESTORED.replace(true)
        && let Some(state) = storage::read(KEPT)
    {
        // A state of an older version is refused, and the fresh one stands.
        ask(&module, None, &own("PUT", "/_state", state.as_bytes()))?;
    }
    let reply = ask(&module, to, request)?;
    keep(&module)?;
    clock::pause(reply.delay_ms).await;
    let status = reply.response.status;
    match reply.delivery.as_str() {
        "cut-off" => Err(Failure::CutOff { status }),
        "lost" => Err(Failure::Lost),
        "never" => {
            let seconds = PATIENCE_SECONDS;
            clock::pause(f64::from(seconds) * 1000.0).await;
            Err(Failure::Timeout { seconds })
        }
        _ => Ok(reply.response),
    }
}

/// A request to an address that no service has, only the sandbox.
pub fn own(method: &str, path: &str, body: &[u8]) -> HttpRequest {
    HttpRequest {
        host_prefix: String::new(),
        method: method.into(),
        path: path.into(),
        headers: Vec::new(),
        body: body.to_vec(),
        file: None,
    }
}

/// A browser that keeps nothing forgets it with the page.
fn keep(module: &Module) -> Result<(), Failure> {
    let state = ask(module, None, &own("GET", "/_state", b""))?
        .response
        .body;
    storage::write(KEPT, &String::from_utf8_lossy(&state));
    Ok(())
}

struct Reply {
    response: HttpResponse,
    delay_ms: f64,
    delivery: String,
}

fn ask(
    module: &Module,
    to: Option<Destination<'_>>,
    request: &HttpRequest,
) -> Result<Reply, Failure> {
    let headers = request
        .headers
        .iter()
        .flat_map(|(name, value)| [name.clone(), value.clone()]);
    let asked = to.map(|to| [to.protocol.trait_id(), to.operation].map(str::to_owned));
    let asked = asked.into_iter().flatten();
    let parts = module
        .handle(
            &request.method,
            &request.path,
            headers.collect(),
            &request.body,
            asked.collect(),
            clock::now_ms(),
            &random::uuid(),
        )
        .map_err(|_| Failure::SandboxMissing)?;
    let headers: Vec<String> = Array::from(&parts.get(1))
        .iter()
        .filter_map(|text| text.as_string())
        .collect();
    let pairs = headers.chunks_exact(2);
    Ok(Reply {
        response: HttpResponse {
            status: parts.get(0).as_f64().unwrap_or_default() as u16,
            headers: pairs
                .map(|pair| (pair[0].clone(), pair[1].clone()))
                .collect(),
            body: Uint8Array::new(&parts.get(2)).to_vec(),
            file: None,
        },
        delay_ms: parts.get(3).as_f64().unwrap_or_default(),
        delivery: parts.get(4).as_string().unwrap_or_default(),
    })
}
