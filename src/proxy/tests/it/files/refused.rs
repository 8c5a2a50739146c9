//! Files that are refused before anything of them is read or sent.

use super::service::Service;
use super::{MIB, PREFIX, Sending, bytes, failure, proxy, request, store, told};
use crate::running::{Running, TOKEN, one, start};
use crate::signing::{PREFIX as CATALOG, request as built_in};
use crate::upstream::http;
use formsmith_proxy::Limits;
use formsmith_proxy::hash::sha256_hex;

const SHA256: &str = "X-Formsmith-Body-SHA256";
const ANSWER: (&str, &str) = ("X-Formsmith-Answer", "file");

fn service() -> Service {
    Service::answering(http("200 OK", &[], ""))
}

/// Nothing of the body is there, so nobody can have read it.
fn head_alone(proxy: &Running, hash: &str, length: u64) -> (u16, String, String) {
    let bytes = format!(
        "PUT {PREFIX}/a/b HTTP/1.1\r\nHost: {}\r\nX-Formsmith-Token: {TOKEN}\r\n\
         X-Formsmith-Operation: Store\r\n{hash}Content-Length: {length}\r\n\
         Connection: close\r\n\r\n",
        proxy.address
    );
    told(&proxy.send_bytes(bytes.as_bytes()))
}

#[test]
fn only_an_operation_whose_body_is_bytes_takes_a_file() {
    let service = service();
    let proxy = proxy("takes", &service.url(), Limits::default());
    let refused = failure(403, "file-not-allowed", "no");
    for sent in [
        request("PATCH", "Label", b"text".to_vec()),
        request("GET", "Fetch", Vec::new()),
    ] {
        let id = proxy.agree(&one(PREFIX, &sent)).unwrap();
        let mut sending = Sending::begin(&proxy, &sent, &id, sent.body.len());
        assert_eq!(told(&sending.piece(&sent.body).answer()), refused);
    }
    for sent in [
        store(b"text".to_vec()),
        request("PATCH", "Label", b"text".to_vec()),
    ] {
        assert_eq!(told(&proxy.reviewed(PREFIX, &sent, &[ANSWER])), refused);
    }
    assert_eq!(service.count(), 0);
}

#[test]
fn the_built_in_services_and_the_sandbox_take_and_give_none() {
    let service = service();
    let signing = proxy("built-in", &service.url(), Limits::default());
    let sandbox = start(|_| {});
    let sent = built_in();
    let hash = sha256_hex(&[&sent.body]);
    for proxy in [&signing, &sandbox] {
        for header in [(SHA256, hash.as_str()), ANSWER] {
            let answer = proxy.reviewed(CATALOG, &sent, &[header]);
            assert_eq!(told(&answer), failure(403, "file-not-allowed", "no"));
        }
    }
    assert_eq!(service.count(), 0);
}

#[test]
fn what_is_said_of_a_file_has_one_spelling() {
    let service = service();
    let proxy = proxy("spelling", &service.url(), Limits::default());
    let hash = sha256_hex(&[b"text"]);
    let twice = format!("{SHA256}: {hash}\r\n{SHA256}: {hash}\r\n");
    for header in [
        format!("{SHA256}: {}\r\n", hash.to_uppercase()),
        format!("{SHA256}: {}\r\n", &hash[1..]),
        format!("{SHA256}: UNSIGNED-PAYLOAD\r\n"),
        format!("{SHA256}:\r\n"),
        twice,
        "X-Formsmith-Answer: files\r\n".to_owned(),
        "X-Formsmith-Answer: file\r\nX-Formsmith-Answer: file\r\n".to_owned(),
    ] {
        let refused = failure(400, "not-sendable", "no");
        assert_eq!(head_alone(&proxy, &header, 4), refused, "{header}");
    }
    assert_eq!(service.count(), 0);
}

#[test]
fn a_file_needs_consent_to_its_hash() {
    let service = service();
    let proxy = proxy("consent", &service.url(), Limits::default());
    let (sent, other) = (store(bytes(100)), store(bytes(101)));
    let header = format!("{SHA256}: {}\r\n", sha256_hex(&[&sent.body]));
    let expected = failure(403, "consent-missing", "no");
    assert_eq!(head_alone(&proxy, &header, 100), expected);
    let id = proxy.agree(&one(PREFIX, &other)).unwrap();
    let mut sending = Sending::begin(&proxy, &sent, &id, 100);
    let expected = failure(403, "consent-wrong", "no");
    assert_eq!(told(&sending.piece(&sent.body).answer()), expected);
    // A body that says nothing of a file is held to what it is.
    let id = proxy.agree(&one(PREFIX, &sent)).unwrap();
    let answer = proxy.agreed(PREFIX, &other, &id, &[]);
    assert_eq!(answer.code().as_deref(), Some("consent-wrong"));
    assert_eq!(service.count(), 0);
}

#[test]
fn a_file_has_a_limit_and_what_is_no_file_keeps_its_own() {
    let service = service();
    let proxy = proxy("limit", &service.url(), Limits::default());
    let refused = failure(413, "request-too-large", "no");
    let sent = store(bytes(MIB));
    let id = proxy.agree(&one(PREFIX, &sent)).unwrap();
    let mut sending = Sending::begin(&proxy, &sent, &id, 1024 * MIB + 1);
    assert_eq!(told(&sending.answer()), refused);
    // Nothing was sent, so what was agreed to is still good.
    let mut sending = Sending::begin(&proxy, &sent, &id, MIB);
    assert_eq!(sending.piece(&sent.body).answer().status, 200);
    let large = store(bytes(MIB + 1));
    assert_eq!(told(&proxy.reviewed(PREFIX, &large, &[])), refused);
    assert_eq!(service.got(1).len(), 1);
}
