//! Digests of a file, in a worker: a gigabyte takes seconds, in which the page has to stay usable.

use formsmith_digest::Digest;
use wasm_bindgen::prelude::*;

/// The digests of one file by several algorithms.
#[wasm_bindgen]
pub struct Digests(Vec<Digest>);

#[wasm_bindgen]
impl Digests {
    /// # Errors
    /// If one of the algorithms isn't done here; it is named.
    #[wasm_bindgen(constructor)]
    pub fn new(algorithms: Vec<String>) -> Result<Self, JsError> {
        let digests = algorithms.iter().map(|algorithm| {
            let digest = Digest::new(algorithm);
            digest.ok_or_else(|| JsError::new(algorithm))
        });
        Ok(Self(digests.collect::<Result<_, _>>()?))
    }

    /// Takes the bytes that follow.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.iter_mut().for_each(|digest| digest.update(bytes));
    }

    /// The digests in base64, in the order of their algorithms.
    pub fn finish(self) -> Vec<String> {
        self.0.into_iter().map(Digest::text).collect()
    }
}
