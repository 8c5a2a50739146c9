//! Hashes, made by the browser: the page carries no code for them.

use formsmith_api::file::hexadecimal;
use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// SHA-256 in lower-case hexadecimal digits; none where the browser has no secure context.
pub async fn sha_256(bytes: &[u8]) -> Option<String> {
    let subtle = window().crypto().ok()?.subtle();
    let made = subtle.digest_with_str_and_u8_array("SHA-256", bytes).ok()?;
    let hash = js_sys::Uint8Array::new(&JsFuture::from(made).await.ok()?);
    Some(hexadecimal(&hash.to_vec()))
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use super::sha_256;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn a_hash_is_sha_256_in_lower_case_digits() {
        let hash = sha_256(b"abc").await;
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hash.as_deref(), Some(known));
    }
}
