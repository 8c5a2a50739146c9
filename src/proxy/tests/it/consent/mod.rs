//! What can change something is sent only as it was reviewed, as often as was agreed, and in
//! nobody else's name.

mod lists;
mod names;
mod places;
mod proposals;
mod replays;
mod store;
mod tree;

use super::library::{self, burn, find};
use super::running::{Answer, Running, TOKEN, one, start_signing};
use super::signing::{PREFIX, request};
use super::upstream::Upstream;
use formsmith_proxy::Limits;

/// Status and code.
fn told(answer: &Answer) -> (u16, Option<String>) {
    (answer.status, answer.code())
}

fn refused(status: u16, code: &str) -> (u16, Option<String>) {
    (status, Some(code.to_owned()))
}

/// The name of a consent to this request, given.
fn agreed(proxy: &Running) -> String {
    proxy.agree(&one(PREFIX, &request())).unwrap()
}

#[test]
fn what_is_no_consent_of_this_proxy_lets_nothing_through() {
    let upstream = Upstream::answering("{}");
    let proxy = start_signing(&upstream.url(), Limits::default());
    let own = request();
    let id = agreed(&proxy);
    let unconfirmed = proxy.propose(&one(PREFIX, &own)).json()["id"].clone();
    for (consent, code) in [
        (String::new(), "consent-wrong"),
        ("yes".into(), "consent-wrong"),
        (id.to_uppercase(), "consent-wrong"),
        (id[..31].to_owned(), "consent-wrong"),
        ("0".repeat(32), "consent-unknown"),
        (
            unconfirmed.as_str().unwrap().to_owned(),
            "consent-unconfirmed",
        ),
    ] {
        let answer = proxy.agreed(PREFIX, &own, &consent, &[]);
        assert_eq!(told(&answer), refused(403, code), "{consent}");
        assert_eq!(answer.json()["sent"], "no");
    }
    let again = ("X-Formsmith-Consent", id.as_str());
    let answer = proxy.agreed(PREFIX, &own, &id, &[again]);
    assert_eq!(told(&answer), refused(403, "consent-wrong"));
    let token = [("X-Formsmith-Token", TOKEN)];
    let answer = proxy.console(PREFIX, &own, &token);
    assert_eq!(told(&answer), refused(403, "consent-missing"));
    assert_eq!(upstream.connections(), 0);
    assert_eq!(proxy.agreed(PREFIX, &own, &id, &[]).status, 200);
    assert_eq!(upstream.connections(), 1);
}

#[test]
fn what_only_reads_needs_no_consent() {
    let upstream = Upstream::answering("{}");
    let proxy = library::serving(&upstream.url(), Limits::default());
    let token = [("X-Formsmith-Token", TOKEN)];
    assert_eq!(proxy.console(library::PREFIX, &find(), &token).status, 200);
    let burning = proxy.console(library::PREFIX, &burn(), &token);
    assert_eq!(burning.code().as_deref(), Some("consent-missing"));
    assert_eq!(upstream.connections(), 1);
}

#[test]
fn the_sandbox_asks_for_no_consent_and_looks_at_one_that_is_sent() {
    let proxy = super::running::start(|_| {});
    let own = request();
    let unasked = proxy.console(PREFIX, &own, &[]);
    assert_eq!(unasked.code(), None);
    let proposed = proxy.propose(&one(PREFIX, &own)).json();
    assert_eq!(proposed["host"], "servicecatalog.us-east-1.amazonaws.com");
    assert_eq!(proposed["identity"], serde_json::Value::Null);
    let id = proposed["id"].as_str().unwrap();
    let answer = proxy.agreed(PREFIX, &own, id, &[]);
    assert_eq!(told(&answer), refused(403, "consent-unconfirmed"));
    assert_eq!(proxy.confirm(id).status, 200);
    let mut other = own.clone();
    other.body.push(b' ');
    let answer = proxy.agreed(PREFIX, &other, id, &[]);
    assert_eq!(told(&answer), refused(403, "consent-wrong"));
    assert_eq!(proxy.agreed(PREFIX, &own, id, &[]).code(), None);
    let answer = proxy.agreed(PREFIX, &own, id, &[]);
    assert_eq!(told(&answer), refused(403, "consent-used"));
    // Whoever has no token can agree to nothing, here as well.
    let host = proxy.address.to_string();
    let proposal = one(PREFIX, &own).to_string();
    let headers = [("Host", host.as_str())];
    let answer = proxy.send("POST", "/api/consents", &headers, proposal.as_bytes());
    assert_eq!(told(&answer), refused(403, "token-missing"));
}
