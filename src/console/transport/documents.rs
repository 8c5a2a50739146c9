//! Models, and their texts and the page's in other languages, which lie beside the page as files.

use super::fetch::{Fetch, Payload};

const TIMEOUT_SECONDS: u32 = 30;

/// A document by its address; none if it can't be had.
pub async fn document(address: &str) -> Option<String> {
    let fetch = Fetch {
        method: "GET",
        address,
        headers: Vec::new(),
        body: Payload::Bytes(b""),
        seconds: Some(TIMEOUT_SECONDS),
        stop: None,
    };
    let answer = fetch.send().await.ok()?;
    let is_there = answer.status == 200;
    String::from_utf8(answer.body).ok().filter(|_| is_there)
}
