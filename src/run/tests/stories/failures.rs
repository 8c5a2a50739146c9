//! What a run knows of an attempt that no answer came to, before and after it was stored.

use crate::story::{LINK, Story};
use formsmith_api::outcome::Standing;
use formsmith_run::{Failure, ProxyFailure, SignIn};

#[test]
fn a_failure_is_the_same_when_the_run_is_read_again() {
    let name = || "a photo.jpg".to_owned();
    let of_proxy = ProxyFailure {
        code: "upstream-redirect".into(),
        message: "It moved.".into(),
        action: "Look.".into(),
        region: "eu-west-1".into(),
        sign_in: None,
        is_undone: false,
    };
    let mended = ProxyFailure {
        code: "sign-in-needed".into(),
        sign_in: Some(Box::new(SignIn {
            profile: Some("demo".into()),
        })),
        is_undone: true,
        ..ProxyFailure::default()
    };
    let failures = [
        (Failure::Unreachable, Standing::Unknown),
        (Failure::Timeout { seconds: 3 }, Standing::Unknown),
        (Failure::CutOff { status: 200 }, Standing::Unknown),
        (Failure::Redirect, Standing::Unknown),
        (Failure::NotSaved { status: 200 }, Standing::Unknown),
        (Failure::Proxy(of_proxy), Standing::Unknown),
        (Failure::Proxy(mended), Standing::NotSent),
        (Failure::SandboxMissing, Standing::NotSent),
        (Failure::FileMissing { name: name() }, Standing::NotSent),
        (Failure::HeaderForbidden { name: name() }, Standing::NotSent),
    ];
    for (failure, standing) in failures {
        let mut story = Story::of(LINK);
        let run = story.send();
        story.answered(&run, 0, Err(failure.clone()));
        assert_eq!(story.run(&run).standing, standing, "{failure:?}");
        let restored = story.restored(&run);
        assert_eq!(restored.attempts[0].failure(), Some(&failure));
        assert_eq!(restored.standing, standing, "{failure:?}");
    }
}
