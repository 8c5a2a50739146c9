//! AWS's own signer signs whatever a request may hold as ours does.

use super::credentials;
use aws_sigv4::http_request::{
    SignableBody, SignableRequest, SigningSettings, sign as sign_as_aws_does,
};
use aws_sigv4::sign::v4::SigningParams;
use formsmith_api::http::HttpRequest;
use formsmith_proxy::sign::{Scope, sign};
use proptest::prelude::*;
use std::time::{Duration, UNIX_EPOCH};

const HOST: &str = "service.us-east-1.amazonaws.com";
/// The last second that a date of four digits stands for.
const LAST: u64 = 253_402_300_799;

fn of_aws(request: &HttpRequest, scope: Scope<'_>, seconds: u64) -> Option<String> {
    let identity = credentials(Some("a token")).into();
    let params = SigningParams::builder()
        .identity(&identity)
        .region(scope.region)
        .name(scope.service)
        .time(UNIX_EPOCH + Duration::from_secs(seconds))
        .settings(SigningSettings::default())
        .build()
        .unwrap()
        .into();
    let headers = request.headers.iter();
    let headers = headers.map(|(name, value)| (name.as_str(), value.as_str()));
    let signable = SignableRequest::new(
        &request.method,
        format!("https://{HOST}{}", request.path),
        headers.chain([("host", HOST)]),
        SignableBody::Bytes(&request.body),
    )
    .ok()?;
    let (added, _) = sign_as_aws_does(signable, &params).ok()?.into_parts();
    let mut headers = added.headers();
    let (_, value) = headers.find(|(name, _)| *name == "authorization")?;
    Some(value.to_owned())
}

fn requests() -> impl Strategy<Value = HttpRequest> {
    let path = "(/[a-zA-Z0-9._~%:@!$&'()*+,;=-]{0,6}){1,4}";
    let query = "(\\?[a-zA-Z0-9._~&=-]{0,12}(%[0-9A-F]{2}){0,2}(\\+[a-z])?)?";
    let value = "[!-~]([ -~]{0,20}[!-~])?";
    let headers = proptest::collection::btree_map("[xX]-[a-zA-Z0-9-]{1,8}", value, 0..4);
    let body = proptest::collection::vec(any::<u8>(), 0..100);
    let method = proptest::sample::select(vec!["GET", "POST", "PUT", "DELETE"]);
    (method, path, query, headers, body).prop_map(|(method, path, query, headers, body)| {
        HttpRequest {
            host_prefix: String::new(),
            method: method.into(),
            path: format!("{path}{query}"),
            headers: headers.into_iter().collect(),
            body,
            file: None,
        }
    })
}

proptest! {
    #[test]
    fn aws_own_signer_agrees_with_our_signatures(
        request in requests(),
        region in "[a-z]{2}-[a-z]{4,9}-[1-9]",
        service in "[a-z]{3,12}",
        seconds in 0..=LAST,
    ) {
        let scope = Scope { region: &region, service: &service };
        let Some(expected) = of_aws(&request, scope, seconds) else {
            return Ok(());
        };
        let time = UNIX_EPOCH + Duration::from_secs(seconds);
        let ours = sign(&request, HOST, scope, &credentials(Some("a token")), time).unwrap();
        let (_, ours) = ours.iter().find(|(name, _)| name == "authorization").unwrap();
        prop_assert_eq!(ours, &expected);
    }
}
