//! The time, and how it reads in the person's zone.

use super::page;
use formsmith_api::calendar::moments;
use formsmith_api::protocol::to_iso_8601;
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Epoch milliseconds.
pub fn now_ms() -> f64 {
    Date::now()
}

/// Lets this much time pass; none at all for 0.
pub async fn pause(ms: f64) {
    if ms > 0.0 {
        let mut wait = |resolve: Function, _| {
            // Without a timer there is nothing to wait for.
            let _ =
                window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms as i32);
        };
        let _ = JsFuture::from(js_sys::Promise::new(&mut wait)).await;
    }
}

/// A point in time for people and for machines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// `2026-11-21 20:15:04 (UTC+01:00)`
    pub local: String,
    /// `2026-11-21T19:15:04.123Z`
    pub utc: String,
}

/// `None` for what no calendar date stands for.
pub fn moment(epoch_seconds: f64) -> Option<Moment> {
    let utc = to_iso_8601(epoch_seconds)?;
    let date = Date::new(&(epoch_seconds * 1000.0).into());
    // Minutes behind UTC.
    let behind = date.get_timezone_offset() as i64;
    let shifted = to_iso_8601(epoch_seconds.floor() - (behind * 60) as f64)?;
    let (day, time) = shifted.trim_end_matches('Z').split_once('T')?;
    let sign = if behind > 0 { '-' } else { '+' };
    let (hours, minutes) = (behind.abs() / 60, behind.abs() % 60);
    Some(Moment {
        local: format!("{day} {time} (UTC{sign}{hours:02}:{minutes:02})"),
        utc,
    })
}

/// A point in time in few letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Short {
    /// `3 Mar 2026`; none for today.
    pub day: Option<String>,
    /// `14:06`
    pub time: String,
}

/// Day and time in the person's zone, as the page's language has them. `None` for what no calendar
/// date stands for.
pub fn short(epoch_seconds: f64) -> Option<Short> {
    to_iso_8601(epoch_seconds)?;
    let now = now_ms();
    let [day, today] = [epoch_seconds * 1000.0, now].map(|ms| formatted(0, ms));
    Some(Short {
        day: Some(day).filter(|day| *day != today),
        time: formatted(1, epoch_seconds * 1000.0),
    })
}

/// In English the day comes first: of 3/4 nobody knows which is the month.
fn locale() -> String {
    match page::language() {
        language if language.starts_with("en") => "en-GB".to_owned(),
        language => language,
    }
}

/// How a day is written, and how a time.
const OPTIONS: [&[(&str, &str)]; 2] = [
    &[("day", "numeric"), ("month", "short"), ("year", "numeric")],
    &[
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("hourCycle", "h23"),
    ],
];

fn formatted(which: usize, ms: f64) -> String {
    thread_local! {
        /// Making one takes longer than all the times of a page.
        static FORMATS: [std::cell::OnceCell<Function>; 2] = const { [const { std::cell::OnceCell::new() }; 2] };
    }
    let format = FORMATS.with(|formats| {
        let make = || {
            let options = Object::new();
            for (name, value) in OPTIONS[which] {
                // Fails for no object of our own.
                let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
            }
            Intl::DateTimeFormat::new(&Array::of1(&locale().into()), &options).format()
        };
        formats[which].get_or_init(make).clone()
    });
    let date = Date::new(&ms.into());
    let text = format.call1(&JsValue::UNDEFINED, &date);
    text.ok().and_then(|it| it.as_string()).unwrap_or_default()
}

/// Epoch seconds at which clocks in the person's zone show this, `2026-11-21T20:15:04`, the earliest
/// first: two where they go back over it, none where they go forward over it, or for anything else.
pub fn of_local(text: &str) -> Vec<i64> {
    let as_utc = Date::new(&[text, "Z"].concat().into()).get_time() / 1000.0;
    match as_utc.is_nan() {
        true => Vec::new(),
        false => moments(as_utc as i64, ahead),
    }
}

/// By how many seconds the person's zone is ahead of UTC at a moment in epoch seconds.
fn ahead(seconds: i64) -> i64 {
    let date = Date::new(&(seconds as f64 * 1000.0).into());
    (date.get_timezone_offset() * -60.0).round() as i64
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use super::moment;
    use formsmith_api::decimal;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn the_browser_reads_numbers_as_rust_does() {
        for text in [
            "0",
            "-0.0",
            "1763594445.123",
            "5e-324",
            "1.7976931348623157E308",
            "123456789012345678901234567890",
        ] {
            assert_eq!(decimal::float(text), text.parse().ok(), "{text}");
        }
        for text in ["", " 1", "0x10", "Infinity", "1e999", "1e"] {
            assert_eq!(decimal::float(text), None, "{text}");
        }
    }

    #[wasm_bindgen_test]
    fn a_time_reads_in_the_zone_of_the_browser_and_in_utc() {
        let moment = moment(1_763_594_445.123).unwrap();
        assert_eq!(moment.utc, "2025-11-19T23:20:45.123Z");
        let date = js_sys::Date::new(&1_763_594_445_123.0.into());
        let time = format!("{:02}:{:02}:45", date.get_hours(), date.get_minutes());
        assert!(moment.local.contains(&time), "{}", moment.local);
        assert!(!moment.local.contains("+-"), "{}", moment.local);
    }
}
