//! A fault of the proxy's own ends one request, with a code, and nothing else.

use super::credentials::keys;
use super::running::{Running, signing, start};
use super::signing::{PREFIX, request};
use super::upstream::{ACCOUNT, ARN, Reply, Then, Upstream, caller, http, is_for_sts};
use aws_credential_types::provider::{ProvideCredentials, future};
use formsmith_proxy::audit::Audit;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Panics when it is asked for the nth time, counted from 0.
#[derive(Debug, Clone)]
struct Faulty(usize, Arc<AtomicUsize>);

impl ProvideCredentials for Faulty {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async {
            // Also behind an await, where locks are held.
            tokio::task::yield_now().await;
            let asked = self.1.fetch_add(1, Ordering::Relaxed);
            assert_ne!(asked, self.0, "secret=hunter2");
            Ok(keys(&format!("AKID{asked}")))
        })
    }
}

/// AWS, which calls the first key expired.
fn aws() -> Upstream {
    Upstream::replying(Then::Close, |request, _| {
        let is_expired = request.header("Authorization").contains("AKID0/");
        match is_for_sts(request) {
            true => Reply::Aside(caller(ACCOUNT, ARN)),
            false if is_expired => Reply::Counted(http(
                "400 Bad Request",
                &[],
                "{\"__type\":\"ExpiredTokenException\"}",
            )),
            false => Reply::Counted(http("200 OK", &[], "{}")),
        }
    })
}

fn proxy(upstream: &Upstream, panics_at: usize, audit: Audit) -> Running {
    let source = Faulty(panics_at, Arc::default());
    start(|config| {
        config.target = signing(&upstream.url(), source, true);
        config.audit = audit;
    })
}

fn file(name: &str) -> PathBuf {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_file(&file);
    file
}

#[test]
fn a_panic_ends_as_a_coded_500_with_its_line_and_the_proxy_goes_on() {
    for (panics_at, sent, received) in [(0, "no", 0), (1, "unknown", 1)] {
        let upstream = aws();
        let log = file(&format!("panics-{panics_at}.log"));
        let audit = Audit::new(Some(&log)).unwrap();
        let proxy = proxy(&upstream, panics_at, audit);
        let answer = proxy.reviewed(PREFIX, &request(), &[]);
        assert_eq!(
            (answer.status, answer.code().as_deref()),
            (500, Some("internal"))
        );
        assert_eq!(answer.json()["sent"], sent);
        assert!(answer.header("X-Content-Type-Options").is_some());
        assert!(!String::from_utf8_lossy(&answer.body).contains("hunter2"));
        assert_eq!(upstream.received().len(), received);

        // Every lock it held can be taken again.
        for _ in 0..3 {
            let answer = proxy.reviewed(PREFIX, &request(), &[]);
            assert_eq!(answer.status, 200, "{:?}", answer.code());
        }
        let started = Instant::now();
        let mut lines = String::new();
        let answered = |lines: &str| lines.matches("\"outcome\":\"answered\"").count();
        while answered(&lines) < 3 && started.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_millis(20));
            lines = std::fs::read_to_string(&log).unwrap();
        }
        assert_eq!(answered(&lines), 3, "{lines}");
        for once in [
            "\"code\":\"internal\"",
            "\"status\":500",
            "\"outcome\":\"panicked\"",
        ] {
            assert_eq!(lines.matches(once).count(), 1, "{lines}");
        }
        assert!(!lines.contains("client-gone"), "{lines}");
        assert!(!lines.contains("hunter2"), "{lines}");
    }
}
