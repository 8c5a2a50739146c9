//! Consent to many requests at once.

use super::replays::throttling;
use super::tree::Tree;
use super::{refused, told};
use crate::running::{Running, hash, hex, one, start_signing};
use crate::signing::{PREFIX, request};
use crate::upstream::Upstream;
use formsmith_api::http::HttpRequest;
use formsmith_proxy::Limits;
use serde_json::{Value, json};

fn row(number: usize) -> HttpRequest {
    HttpRequest {
        body: format!("{{\"row\":{number}}}").into(),
        ..request()
    }
}

fn rows(count: usize) -> Tree {
    let hashes: Vec<_> = (0..count).map(|at| hash(PREFIX, &row(at))).collect();
    Tree::over(&hashes)
}

fn list(tree: &Tree, count: usize, attempts: u8) -> Value {
    let mut list = one(PREFIX, &request());
    list["kind"] = "list".into();
    list["root"] = hex(&tree.root()).into();
    list["count"] = count.into();
    list["attempts"] = attempts.into();
    list["minutes"] = 90.into();
    list
}

fn send(proxy: &Running, id: &str, number: usize, proof: &str) -> (u16, Option<String>) {
    let proof = [("X-Formsmith-Proof", proof)];
    told(&proxy.agreed(PREFIX, &row(number), id, &proof))
}

#[test]
fn each_row_of_a_list_is_sent_as_often_as_was_agreed() {
    let upstream = throttling(6);
    let proxy = start_signing(&upstream.url(), Limits::default());
    let tree = rows(7);
    let proposed = proxy.propose(&list(&tree, 7, 2)).json();
    assert_eq!(
        (&proposed["kind"], &proposed["attempts"]),
        (&json!("list"), &json!(2))
    );
    let id = proposed["id"].as_str().unwrap();
    let first = tree.proof(0);
    assert_eq!(
        send(&proxy, id, 0, &first),
        refused(403, "consent-unconfirmed")
    );
    let confirmed = proxy.confirm(id).json();
    assert_eq!(confirmed["expiresInSeconds"], 90 * 60);
    for number in [6, 0, 3, 3, 0, 6] {
        assert_eq!(send(&proxy, id, number, &tree.proof(number)), (400, None));
    }
    for number in [6, 0, 3] {
        let answer = send(&proxy, id, number, &tree.proof(number));
        assert_eq!(answer, refused(403, "consent-used"), "{number}");
    }
    assert_eq!(send(&proxy, id, 1, &tree.proof(1)), (200, None));
    let again = send(&proxy, id, 1, &tree.proof(1));
    assert_eq!(again, refused(403, "consent-used"), "it has succeeded");
    assert_eq!(upstream.connections(), 7);
}

#[test]
fn what_is_not_in_the_list_is_not_sent() {
    let upstream = Upstream::answering("{}");
    let proxy = start_signing(&upstream.url(), Limits::default());
    let tree = rows(5);
    let id = proxy.agree(&list(&tree, 5, 1)).unwrap();
    let wrong = refused(403, "consent-wrong");
    let other = rows(6);
    for (number, proof) in [
        (5, tree.proof(4)),
        (1, tree.proof(0)),
        (0, tree.proof(1)),
        (5, other.proof(5)),
        (0, other.proof(0)),
        (0, tree.proof(0).replacen("0:", "5:", 1)),
        (0, "0".to_owned()),
        (0, String::new()),
    ] {
        assert_eq!(send(&proxy, &id, number, &proof), wrong, "{number} {proof}");
    }
    assert_eq!(told(&proxy.agreed(PREFIX, &row(0), &id, &[])), wrong);
    let proof = tree.proof(0);
    let twice = [
        ("X-Formsmith-Proof", &*proof),
        ("X-Formsmith-Proof", &*proof),
    ];
    assert_eq!(told(&proxy.agreed(PREFIX, &row(0), &id, &twice)), wrong);
    // Nor is a single consent one for a row.
    let single = proxy.agree(&one(PREFIX, &row(0))).unwrap();
    assert_eq!(send(&proxy, &single, 0, &proof), wrong);
    let token = [
        ("X-Formsmith-Token", super::TOKEN),
        ("X-Formsmith-Proof", &proof),
    ];
    let unnamed = proxy.console(PREFIX, &row(0), &token);
    assert_eq!(told(&unnamed), refused(403, "consent-missing"));
    assert_eq!(upstream.connections(), 0);
    assert_eq!(send(&proxy, &id, 0, &proof), (200, None));
}

#[test]
fn a_list_for_one_region_is_for_no_other() {
    let upstream = Upstream::answering("{}");
    let proxy = start_signing(&upstream.url(), Limits::default());
    let elsewhere = "/api/servicecatalog/us-east-2";
    // The rows go elsewhere than the review said.
    let tree = Tree::over(&[hash(elsewhere, &row(0)), hash(elsewhere, &row(1))]);
    let id = proxy.agree(&list(&tree, 2, 1)).unwrap();
    let proof = tree.proof(0);
    let answer = proxy.agreed(elsewhere, &row(0), &id, &[("X-Formsmith-Proof", &proof)]);
    assert_eq!(told(&answer), refused(403, "consent-wrong"));
    assert_eq!(upstream.connections(), 0);
}
