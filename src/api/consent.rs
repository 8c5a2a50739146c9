//! What a person agrees to when they confirm a request that changes something.

/// The first part of the text that is hashed for the consent; the request's body, byte for byte, is
/// the rest. `method` and `path` (with its query, if it has one) are those of the request as the
/// proxy gets it (`/api/servicecatalog/us-east-1/`), `target` is its `X-Amz-Target`, or empty where
/// it has none.
///
/// None of the three can hold a line break in a request, so no two requests share a text.
#[must_use]
pub fn head(method: &str, path: &str, target: &str) -> String {
    format!("{method}\n{path}\n{target}\n")
}
