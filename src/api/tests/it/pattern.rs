//! Patterns: the same verdict as an independent engine, in linear time, and the place of the
//! departure.

use crate::processor_time::ProcessorTime;
use formsmith_api::pattern::{Mismatch, Pattern, Verdict};
use proptest::prelude::*;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Patterns of AWS's models, and shapes of pattern they are made of.
const PATTERNS: [&str; 30] = [
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
    // Classes that count: alone, one after the other, in loops, in searches.
    r"^[a-c]{2,5}x$",
    r"^([a-c]{1,3}-){2,4}x?$",
    r"a{3,}b",
    r"^([ab]{2,3}|c)*$",
    r"[ab]{2,4}x",
    r"^[a-c]{0,4}[bx]{3}[a-y]{1,2}$",
    r"^(a{2}|b){3}$",
    r"(b{2,3}a?)+c",
    r"x?{$|^\Ab\z",
    r"\ba",
    r"b\b|^\Bx",
    r"(?i)^[a-b]{2,9}(?:x|Y)",
    r"^(?s:.)[\x61-\u0063]{2,}",
    r"^a(|b(?i)c)b$",
];

/// What look-arounds ask for.
const PARTS: [&str; 6] = ["a", "ab|x", "[ab]{2,3}c", "(ab?)+", "b.", ".*xx"];

/// Made once for each source: 2,000 random values are judged by it.
fn once<T>(cache: &'static Cache<T>, source: &str, new: impl Fn(&str) -> T) -> Arc<T> {
    let mut cache = cache.lock().unwrap();
    let made = cache.entry(source.to_owned());
    Arc::clone(made.or_insert_with(|| Arc::new(new(source))))
}

type Cache<T> = Mutex<BTreeMap<String, Arc<T>>>;

fn oracle(source: &str) -> Arc<Regex> {
    static CACHE: Cache<Regex> = Mutex::new(BTreeMap::new());
    once(&CACHE, source, |source| {
        // The services read the named classes as ASCII, which is not this engine's default.
        let ascii = source
            .replace(r"\b", r"(?-u:\b)")
            .replace(r"\B", r"(?-u:\B)")
            .replace(r"x?{", r"x?\{")
            .replace(r"\u0063", "c")
            .replace(r"\d", "[0-9]")
            .replace(r"\w", "[0-9A-Za-z_]")
            .replace(r"\s", r"[\t\n\x0B\x0C\r ]")
            .replace(r"\S", r"[^\t\n\x0B\x0C\r ]");
        Regex::new(&ascii).unwrap()
    })
}

fn matches(source: &str, value: &str) -> bool {
    static CACHE: Cache<Pattern> = Mutex::new(BTreeMap::new());
    once(&CACHE, source, Pattern::new).verdict(value) == Verdict::Matches
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn random_values_are_judged_as_by_another_engine(
        at in 0..PATTERNS.len(),
        value in "[abcxyO0-9A-Z:/_. é\u{1F44D}-]{0,24}",
    ) {
        let source = PATTERNS[at];
        let found = matches(source, &value);
        prop_assert_eq!(found, oracle(source).is_match(&value), "{} on {:?}", source, value);
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
                let found = matches(source, value);
                prop_assert_eq!(found, oracle(source).is_match(value), "{} on {:?}", source, value);
            }
        }
    }

    #[test]
    fn values_of_few_characters_are_judged_as_by_another_engine(
        at in 0..PATTERNS.len(),
        value in "[abcx-]{0,16}",
    ) {
        let source = PATTERNS[at];
        prop_assert_eq!(matches(source, &value), oracle(source).is_match(&value), "{} on {:?}", source, value);
    }

    /// What a look-around asks can be asked of another engine by itself.
    #[test]
    fn what_stands_around_is_judged_as_by_another_engine(
        part in 0..PARTS.len(),
        value in "[abcx-]{0,12}",
    ) {
        let part = PARTS[part];
        let holds = |source: &str| oracle(source).is_match(&value);
        let ahead = holds(&format!("^(?:{part})"));
        let behind = holds(&format!("(?:{part})$"));
        let fits = holds("^[abcx]*$");
        let later = (0..=value.len()).any(|at| {
            value[..at].bytes().all(|it| it == b'a') && oracle(&format!("^(?:{part})")).is_match(&value[at..])
        });
        for (source, expected) in [
            (format!("^(?={part})[abcx]*$"), fits && ahead),
            (format!("^(?!{part})[abcx]*$"), fits && !ahead),
            (format!("^[abcx]*(?<={part})$"), fits && behind),
            (format!("^[abcx]*(?<!{part})$"), fits && !behind),
            (format!("^(?!(?={part}))(?!.*(?!{part})-)[abcx]*$"), fits && !ahead),
            (format!("^a*(?={part})[abcx]*$"), fits && later),
        ] {
            prop_assert_eq!(matches(&source, &value), expected, "{} on {:?}", source, value);
        }
    }

    #[test]
    fn properties_are_those_of_another_engine(value in "[a-zéЖ日\u{301}٣\u{2003}\u{AD}\u{1F44D}«+_-]{1,2}|.") {
        for source in [
            r"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$", r"^\P{M}+$", r"^[\P{C}\t]*$", r"^[\p{Nd}\pS]+$",
            r"^\p{IsAlphabetic}+$", r"^\p{Lu}?\p{Han}?$",
        ] {
            let other = oracle(&source.replace("IsAlphabetic", "Alphabetic"));
            prop_assert_eq!(matches(source, &value), other.is_match(&value), "{} on {:?}", source, value);
        }
    }

    /// What stands before the departure can still become a match, and with the character that
    /// is named it no longer can.
    #[test]
    fn the_departure_is_the_first_character_that_cannot_be_mended(value in "[O0-9a]{0,24}") {
        let pattern = Pattern::new(r"^O[0-9]{1,19}$");
        if let Verdict::Departs(Mismatch { position, found, expected, .. }) = pattern.verdict(&value) {
            let before: String = value.chars().take(position).collect();
            if let Some(fitting) = expected.ranges().first() {
                let mended = format!("{before}{}", fitting.0);
                let completed = (0..20).any(|n| {
                    pattern.verdict(&format!("{mended}{}", "1".repeat(n))) == Verdict::Matches
                });
                prop_assert!(completed, "{mended} leads to no match");
            }
            prop_assert_eq!(found, value.chars().nth(position));
        }
    }
}

#[test]
fn no_value_makes_matching_slow() {
    let hostile = format!("{}!", "a".repeat(100_000));
    for source in [
        r"^(a+)+$",
        r"^(a|a)*$",
        r"^([a-z]+)*[0-9]$",
        r"^(.*a){12}$",
        r"(a{1,1000}){1,10}b",
        r"^\*|[\w\-]{1,2048}$",
        r"^(?=.{1,99999}$)(?!.*aab)(a(?=a)|a(?<=aa))*$",
        r"^(?:(?=.*(?!.*b)c)?a)*$",
        r"((25[0-5]|(2[0-4]|1\d|[1-9]|)\d|a)\.?\b){4}",
    ] {
        let begun = ProcessorTime::begin();
        assert!(!matches(source, &hostile), "{source}");
        // Backtracking engines take longer than the universe has existed; a release build takes
        // a twentieth of what a debug build does.
        assert!(begun.spent().as_secs() < 5, "{source}");
    }
}

#[test]
fn a_long_value_is_judged_where_a_pattern_has_few_states() {
    let long = "a".repeat(100_000);
    let departs = |source, value: &str| match Pattern::new(source).verdict(value) {
        Verdict::Departs(mismatch) => (mismatch.position, mismatch.found),
        other => panic!("{source}: {other:?}"),
    };
    assert!(matches(r"^(?!aws:)[a-z]*$", &long));
    assert!(matches(r"(?s)^.{0,100000}$", &long));
    assert_eq!(departs(r"(?s)^.{0,65535}$", &long), (65_535, Some('a')));
    assert_eq!(
        departs(r"^[\w+=,.@-]{2,}$", &format!("{long}!")),
        (100_000, Some('!'))
    );
}

#[test]
fn every_construct_of_the_models_means_what_the_services_mean() {
    let cases: &[(&str, &[&str], &[&str])] = &[
        // Braces and brackets that are nothing but characters.
        (r"^\$\{[a-z]+}$", &["${ab}"], &["${}", "${ab"]),
        (r"^a{b}]$", &["a{b}]"], &["ab"]),
        // Half a pair of surrogates is no character, a whole pair is one.
        (
            r"^[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*$",
            &["a\t\u{1F44D}", "\u{10FFFF}"],
            &["\n", "\u{FFFF}"],
        ),
        (
            r"^[\u0020-\uD7FF\uD800\uDBFF-\uDC00\uDFFF]+$",
            &["a日"],
            &["\u{1F44D}"],
        ),
        // Possessive: what follows can't be what was taken.
        (r"^a++b$", &["ab", "aab"], &["b"]),
        (r"^a*+a$", &[], &["a", "aa"]),
        (r"^a{2,}+b?$", &["aa", "aaab"], &["a", "ab"]),
        (r"^[0-9A-Z]{2}+$", &["A1"], &["A", "A1B"]),
        (r"^[a-z]{2}{0,9}$", &["ab"], &["", "abcd", "ab{0,9}"]),
        // Flags hold for the rest of their group, and letters of other scripts have no case.
        (r"(?i)^[a-c]é$", &["Aé", "bé"], &["dé", "aÉ"]),
        (r"^(?!(?i)AWS_)[a-z_A-Z]+$", &["awe_"], &["aws_x", "AWS_"]),
        (r"^(?i:a)b$", &["Ab"], &["aB"]),
        (r"^.$", &["a", "\u{85}"], &["\n", "\u{2028}"]),
        // Words are ASCII, whatever stands beside them.
        (r"^é\bab\B.$", &["éabc"], &["éab-"]),
        (
            r"^(\d{1,3}\.?\b){4}$",
            &["1.2.3.4", "10.0.0.255"],
            &["1.2.3", "1..2.3.4"],
        ),
        // In Java's names for ASCII, and code points by their number.
        (
            r"^\p{Alnum}[\p{Punct}\x{e9}]$",
            &["a!", "1é"],
            &["é!", "a»"],
        ),
        (r"^[a-z]{0}b{0,0}$", &[""], &["a", "b"]),
        (
            r"^(?:(25[0-5]|[0-9])(\.(?!$)|$)){2}$",
            &["1.2", "255.0"],
            &["1.", "1.2."],
        ),
        (r"^(?! )[\w ]*(?<! )$", &["a b", ""], &[" a", "a "]),
    ];
    for (source, fitting, others) in cases {
        for value in *fitting {
            assert!(matches(source, value), "{source} on {value:?}");
        }
        for value in *others {
            let verdict = Pattern::new(source).verdict(value);
            let is_wrong = matches!(verdict, Verdict::Departs(_) | Verdict::Differs);
            assert!(is_wrong, "{source} on {value:?}: {verdict:?}");
        }
    }
}

#[test]
fn a_whole_pattern_needs_no_anchors() {
    let verdict = |value| Pattern::whole("a|b+").verdict(value) == Verdict::Matches;
    assert!(verdict("a") && verdict("bb"));
    assert!(!verdict("ab") && !verdict("xa") && !verdict(""));
    assert!(matches("a|b+", "xa"));
}

#[test]
fn the_departure_shows_also_where_something_is_asked_of_what_stands_around() {
    let pattern = Pattern::new(r"^(?!aws:)(?=.{1,8}$)[a-z:]+$");
    let Verdict::Departs(mismatch) = pattern.verdict("ab c") else {
        panic!("the space doesn't fit");
    };
    assert_eq!((mismatch.position, mismatch.found), (2, Some(' ')));
    assert!(mismatch.is_uniform);
    // No character of these is wrong by itself.
    assert_eq!(pattern.verdict("aws:x"), Verdict::Differs);
    assert_eq!(pattern.verdict("abcdefghi"), Verdict::Differs);
}

#[test]
fn what_can_not_be_checked_is_said_and_never_passed_as_valid() {
    for source in [
        r"(a)\1",
        r"[a&&b]",
        r"[[a]]",
        "(",
        "a{2,1}",
        "[]",
        r"(ab)++",
        r"a?+",
        r"a{,2}",
        r"(?<name>a)",
        r"(?m)^a$",
        r"\p{Nothing}",
        r"^((((((((a{1000}){1000}",
        r"(ab){99999}",
    ] {
        let pattern = Pattern::new(source);
        assert!(!pattern.is_supported(), "{source}");
        assert_eq!(pattern.verdict("a"), Verdict::NotChecked, "{source}");
        assert_eq!(pattern.source(), source);
    }
}
