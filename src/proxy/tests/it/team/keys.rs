//! The balancer's public keys, fetched by their ids.

use super::{ARN, Issuer, KID, ada, copy, header, pem, refused, session, shared, team, told};
use crate::upstream::{Reply, Then, Upstream, http};
use formsmith_proxy::team::{Arn, Balancer, Keys, Source};
use serde_json::json;
use std::sync::Arc;

#[test]
fn a_key_is_fetched_once_and_what_is_no_key_verifies_nothing() {
    let issuer = Issuer::new();
    let key = std::fs::read_to_string(issuer.folder.join(KID)).unwrap();
    let keys = Upstream::replying(Then::Close, move |request, _| {
        let body = match request
            .line
            .split(' ')
            .nth(1)
            .unwrap()
            .rsplit('/')
            .next()
            .unwrap()
        {
            KID => key.clone(),
            "large" => "a".repeat(20_000),
            "html" => "<html>".into(),
            _ => return Reply::Counted(http("404 Not Found", &[], "")),
        };
        Reply::Counted(http("200 OK", &[], &body))
    });
    let upstream = Upstream::answering("{}");
    let proxy = shared(&issuer, &upstream, "a", |config| {
        let mut team = team(&issuer, None);
        let source: Source = format!("{}/keys", keys.url()).parse().unwrap();
        Arc::get_mut(&mut team).unwrap().balancer =
            Balancer::new(ARN.parse().unwrap(), Keys::new(source).unwrap());
        config.team = Some(team);
    });
    for _ in 0..3 {
        assert_eq!(session(&proxy, &issuer.says(&ada())).status, 200);
    }
    assert_eq!(keys.received().len(), 1);
    assert!(
        keys.last().line.starts_with(&format!("GET /keys/{KID} ")),
        "{}",
        keys.last().line
    );
    for (id, status) in [("html", 401), ("unknown", 401), ("large", 502)] {
        let mut header = header(ARN);
        header["kid"] = json!(id);
        let answer = session(&proxy, &issuer.signed(&header, &ada()));
        assert_eq!(told(&answer), refused(status, "person-unknown"), "{id}");
    }
}

#[test]
fn where_the_keys_can_not_be_had_nobody_is_let_in() {
    let (issuer, upstream) = (Issuer::new(), Upstream::answering("{}"));
    std::fs::remove_file(issuer.folder.join(KID)).unwrap();
    let proxy = copy(&issuer, &upstream, "a");
    let answer = session(&proxy, &issuer.says(&ada()));
    assert_eq!(told(&answer), refused(401, "person-unknown"));
    // As soon as it is there, so is the person.
    std::fs::write(issuer.folder.join(KID), pem(&issuer.pair)).unwrap();
    assert_eq!(session(&proxy, &issuer.says(&ada())).status, 200);
}

#[test]
fn a_balancer_and_a_source_are_read_or_refused_in_words() {
    let arn: Arn = ARN.parse().unwrap();
    assert_eq!(arn.region, "eu-west-1");
    for wrong in [
        "",
        "team",
        "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/team/0123",
        "arn:aws:iam::111122223333:role/team",
    ] {
        assert!(wrong.parse::<Arn>().is_err(), "{wrong}");
    }
    let text = |region| format!("{:?}", Source::of_region(region).unwrap());
    assert!(text("eu-west-1").contains("public-keys.auth.elb.eu-west-1.amazonaws.com"));
    assert!(text("cn-north-1").contains("public-keys.auth.elb.cn-north-1.amazonaws.com.cn"));
    assert!("http://keys.example.com".parse::<Source>().is_err());
}
