//! Bodies that are packed on their way.

use super::{PROTOCOLS, load, order, posted, shop};
use flate2::read::GzDecoder;
use formsmith_api::protocol::{Packed, packed};
use serde_json::{Value, json};
use std::io::Read;

const PACKED_FROM: usize = 10_240;

/// What becomes of a body, with these headers, where the operation lets it be packed so.
fn sent(compression: &Value, headers: &[(&str, &str)], body: &[u8]) -> Option<Packed> {
    let mut traits = posted();
    traits["smithy.api#requestCompression"] = compression.clone();
    let model = load(&shop(PROTOCOLS[0], &json!({}), &traits));
    let takes_it = order(&model).1.traits.wire.request_compression;
    takes_it.then(|| packed(headers.iter().copied(), body))?
}

fn unpacked(body: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    GzDecoder::new(body).read_to_end(&mut unpacked).unwrap();
    unpacked
}

#[test]
fn a_large_body_is_packed_where_the_operation_takes_gzip() {
    let body: Vec<u8> = (0..PACKED_FROM).map(|at| (at / 256) as u8).collect();
    let gzip = json!({ "encodings": ["br", "gzip"] });
    let found = sent(&gzip, &[], &body).unwrap();
    assert_eq!(found.content_encoding, "gzip");
    assert!(found.body.len() < 1_000);
    assert!(unpacked(&found.body) == body);
    assert_eq!(sent(&gzip, &[], &body[1..]), None);
    for other in [json!({ "encodings": ["br"] }), json!({})] {
        assert_eq!(sent(&other, &[], &body), None);
    }
}

#[test]
fn what_a_body_is_encoded_with_before_stays_and_what_has_a_checksum_is_not_packed() {
    let gzip = json!({ "encodings": ["gzip"] });
    let body = [b' '; PACKED_FROM];
    let own = [("X-Other", "1"), ("content-encoding", "own")];
    let found = sent(&gzip, &own, &body).unwrap();
    assert_eq!(found.content_encoding, "own,gzip");
    for name in ["X-Amz-Checksum-CRC32", "Content-MD5"] {
        assert_eq!(sent(&gzip, &[(name, "AAAAAA==")], &body), None, "{name}");
    }
}
