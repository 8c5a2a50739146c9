//! Any local time and any time of a service give a signature with a valid date, or an error.

use crate::signature;
use formsmith_api::http::HttpRequest;
use formsmith_proxy::clock::{Clock, Correction};
use formsmith_proxy::date::can_be_signed;
use formsmith_proxy::http::{HeaderMap, HeaderValue};
use formsmith_proxy::sign::{Scope, sign};
use proptest::prelude::*;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const HALF_A_DAY: Duration = Duration::from_secs(12 * 60 * 60);
/// 9999-12-31T23:59:59Z
const LAST: u64 = 253_402_300_799;

/// The `X-Amz-Date` of a signature made then.
fn signed(time: SystemTime) -> Option<String> {
    let scope = Scope {
        region: "us-east-1",
        service: "servicecatalog",
    };
    let credentials = signature::credentials(None);
    let request = HttpRequest {
        host_prefix: String::new(),
        method: "POST".into(),
        path: "/".into(),
        headers: Vec::new(),
        body: Vec::new(),
        file: None,
    };
    let added = sign(&request, "localhost", scope, &credentials, time).ok()?;
    let (_, date) = added.into_iter().find(|(name, _)| name == "x-amz-date")?;
    Some(date)
}

fn apart(one: SystemTime, other: SystemTime) -> Duration {
    let apart = one.duration_since(other);
    apart.unwrap_or_else(|error| error.duration())
}

/// From long before 1970 to long after 9999, and the ends of what there is.
fn times() -> impl Strategy<Value = SystemTime> {
    let after = |seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
    let before = |seconds| UNIX_EPOCH.checked_sub(Duration::from_secs(seconds));
    let known = 0..=LAST + 100_000;
    let ends = prop_oneof![
        Just(0_u64),
        Just(LAST),
        Just(LAST + 1),
        Just(1_u64 << 62),
        Just(i64::MAX as u64),
    ];
    prop_oneof![
        4 => known.prop_map(after),
        1 => ends.clone().prop_map(after),
        1 => ends.prop_map(before),
        1 => any::<u64>().prop_map(after),
        1 => any::<u64>().prop_map(before),
    ]
    .prop_filter_map("this system has no such time", |time| time)
}

/// A date in each of the forms of HTTP, or anything else.
fn dates() -> impl Strategy<Value = String> {
    let written = |seconds| httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds));
    prop_oneof![
        4 => (0..=LAST).prop_map(written),
        1 => "[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4,6} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT",
        1 => "[ -~]{0,40}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_clock_and_any_date_give_a_signature_or_an_error(
        local in times(),
        far in dates(),
        near in -50_000_i64..50_000,
        is_near in any::<bool>(),
    ) {
        let by = Duration::from_secs(near.unsigned_abs());
        let near = if near < 0 { local.checked_sub(by) } else { local.checked_add(by) };
        let near = near.filter(|time| is_near && can_be_signed(*time));
        let date = near.map_or(far, httpdate::fmt_http_date);
        let mut answer = HeaderMap::new();
        answer.insert("date", HeaderValue::from_str(&date).unwrap());

        let clock = Clock::default();
        prop_assert_eq!(clock.time(None, local), local);
        let tried = Correction::of(&answer, local, local);
        let time = clock.time(tried, local);
        prop_assert!(apart(time, local) <= HALF_A_DAY);
        prop_assert_eq!(clock.time(None, local), local, "it is only tried");
        if let Some(correction) = tried {
            clock.keep(correction);
            prop_assert_eq!(clock.time(None, local), time);
        }
        // Whatever was kept, the true time is found again.
        if can_be_signed(local) {
            answer.insert("date", HeaderValue::from_str(&httpdate::fmt_http_date(local)).unwrap());
            if let Some(back) = Correction::of(&answer, time, local) {
                prop_assert!(apart(clock.time(Some(back), local), local) < Duration::from_secs(2));
            }
        }

        let date = signed(time);
        prop_assert_eq!(date.is_some(), can_be_signed(time), "{:?}", time);
        if let Some(date) = date {
            let shape = date.replace(|c: char| c.is_ascii_digit(), "0");
            prop_assert_eq!(shape, "00000000T000000Z");
            prop_assert!(apart(signature::time(&date), time) < Duration::from_secs(1));
        }
    }
}
