//! The same call elsewhere: a module of its own, fetched when it is first asked for. Nothing that
//! it reads or writes leaves the page.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Imports the module; `boot.js` provides this.
    #[wasm_bindgen(js_name = formsmithSnippets, catch)]
    async fn load() -> Result<JsValue, JsValue>;

    type Module;

    #[wasm_bindgen(method, catch, js_name = writeCall)]
    fn write_call(
        this: &Module,
        service: &str,
        operation: &str,
        region: &str,
        input: &str,
        query: &str,
        document: &str,
    ) -> Result<Vec<String>, JsValue>;

    #[wasm_bindgen(method, catch, js_name = namedIn)]
    fn named_in(this: &Module, text: &str, operations: Vec<String>)
    -> Result<Vec<String>, JsValue>;

    #[wasm_bindgen(method, catch, js_name = readCall)]
    fn read_call(
        this: &Module,
        text: &str,
        service: &str,
        operation: &str,
        document: &str,
    ) -> Result<Vec<String>, JsValue>;
}

/// For each language its text and why there is none, one of which is empty. `query` is what the
/// answer is queried with, where the language has queries, or empty; `document` the model of a
/// service that is not built in, or empty. Nothing if the module could not be loaded.
pub async fn write(
    service: &str,
    operation: &str,
    region: &str,
    input: &str,
    query: &str,
    document: &str,
) -> Option<Vec<String>> {
    let module = module().await?;
    module
        .write_call(service, operation, region, input, query, document)
        .ok()
}

/// The service that a pasted command is for and, of `operations`, the one that it names, or an empty
/// text. Nothing where the text is no command, or the module could not be loaded.
pub async fn named(text: &str, operations: Vec<String>) -> Option<[String; 2]> {
    let named = module().await?.named_in(text, operations).ok()?;
    named.try_into().ok()
}

/// Why a text can't be read; or, after an empty text, service, operation, region and input, and
/// sentences about what is not in it. `service` and `operation` are of the open form, or empty, and
/// `document` is the model of that service, if it is not built in.
pub async fn read(
    text: &str,
    service: &str,
    operation: &str,
    document: &str,
) -> Option<Vec<String>> {
    let module = module().await?;
    module.read_call(text, service, operation, document).ok()
}

async fn module() -> Option<Module> {
    Some(load().await.ok()?.unchecked_into())
}
