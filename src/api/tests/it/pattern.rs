//! Patterns: the same verdict as an independent engine, in linear time, and the place of the
//! departure.

use crate::processor_time::ProcessorTime;
use formsmith_api::pattern::{Mismatch, Pattern};
use proptest::prelude::*;
use regex::Regex;

/// Patterns of AWS's models, and shapes of pattern they are made of.
const PATTERNS: [&str; 16] = [
    r"^[a-zA-Z0-9_\-]*$",
    r"^[a-zA-Z0-9][a-zA-Z0-9_-]*$",
    r"^(arn:aws(-cn)?:billingconductor::[0-9]{12}:customlineitem/)?[a-zA-Z0-9]{10}$",
    r"^(arn:aws(-cn)?:billingconductor::[0-9]{12}:(customlineitem|billinggroup)/)?[a-zA-Z0-9]{10,12}$",
    r"^\d{4}-(0?[1-9]|1[012])$",
    r"^O[0-9]{1,19}$",
    r"^[a-zA-Z]+$",
    r"(?s)^.{1,255}$",
    r"^arn:[a-z0-9-\.]{1,63}:iam::[a-z0-9-\.]{0,63}:role\/.{0,1023}$",
    r"ab+c",
    r"^(a|b|)*x$",
    r"^(?:ab?)+$",
    r"^[^a-c]*$",
    r"x$|^y",
    r"^\w+\s\S*$",
    r"^(a+)+$",
];

fn oracle(source: &str) -> Regex {
    // The services read the named classes as ASCII, which is not this engine's default.
    let ascii = source
        .replace(r"\d", "[0-9]")
        .replace(r"\w", "[0-9A-Za-z_]")
        .replace(r"\s", r"[\t\n\x0B\x0C\r ]")
        .replace(r"\S", r"[^\t\n\x0B\x0C\r ]");
    Regex::new(&ascii).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn random_values_are_judged_as_by_another_engine(
        at in 0..PATTERNS.len(),
        value in "[abcxyO0-9A-Z:/_. é\u{1F44D}-]{0,24}",
    ) {
        let source = PATTERNS[at];
        let matches = Pattern::new(source).mismatch(&value).is_none();
        prop_assert_eq!(matches, oracle(source).is_match(&value), "{} on {:?}", source, value);
    }

    #[test]
    fn values_that_nearly_fit_are_judged_as_by_another_engine(
        id in "(arn:aws(-cn)?:billingconductor::[0-9]{11,13}:(customlineitem|billinggroup)/)?[a-z0-9]{8,13}",
        at in 0..40_usize,
        other in any::<char>(),
    ) {
        for source in &PATTERNS[2..4] {
            let changed: String = id.chars().enumerate()
                .map(|(position, c)| if position == at { other } else { c })
                .collect();
            for value in [&id, &changed] {
                let matches = Pattern::new(source).mismatch(value).is_none();
                prop_assert_eq!(matches, oracle(source).is_match(value), "{} on {:?}", source, value);
            }
        }
    }

    /// What stands before the departure can still become a match, and with the character that
    /// is named it no longer can.
    #[test]
    fn the_departure_is_the_first_character_that_cannot_be_mended(value in "[O0-9a]{0,24}") {
        let pattern = Pattern::new(r"^O[0-9]{1,19}$");
        if let Some(Some(Mismatch { position, found, expected, .. })) = pattern.mismatch(&value) {
            let before: String = value.chars().take(position).collect();
            if let Some(fitting) = expected.ranges().first() {
                let mended = format!("{before}{}", fitting.0);
                let completed = (0..20).any(|n| {
                    pattern.mismatch(&format!("{mended}{}", "1".repeat(n))).is_none()
                });
                prop_assert!(completed, "{mended} leads to no match");
            }
            prop_assert_eq!(found, value.chars().nth(position));
        }
    }
}

#[test]
fn no_value_makes_matching_slow() {
    let hostile = format!("{}!", "a".repeat(20_000));
    for source in [r"^(a+)+$", r"^(a|a)*$", r"^([a-z]+)*[0-9]$", r"^(.*a){12}$"] {
        let begun = ProcessorTime::begin();
        assert!(
            Pattern::new(source).mismatch(&hostile).is_some(),
            "{source}"
        );
        // Backtracking engines take longer than the universe has existed.
        assert!(begun.spent().as_secs() < 20, "{source}");
    }
}

#[test]
fn what_can_not_be_checked_is_said_and_never_passed_as_valid() {
    for source in [
        r"^(?=x).*$",
        r"(a)\1",
        r"^[\p{L}]*$",
        r"\bx",
        r"[a&&b]",
        r"[[a]]",
        r"a++",
        "(",
        "a{2,1}",
        "[]",
        r"^((((((((a{1000}){1000}",
        "a{99999}",
    ] {
        let pattern = Pattern::new(source);
        assert!(!pattern.is_supported(), "{source}");
        assert_eq!(pattern.source(), source);
    }
}
