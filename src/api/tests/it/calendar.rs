//! Which members a calendar can fill.

use crate::library;
use formsmith_api::calendar::{Calendar, moments};
use formsmith_api::model::{Model, ShapeId};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn of(shape: Value) -> Option<Calendar> {
    let mut ast = library::ast();
    ast["shapes"]["library#Day"] = shape;
    let model = Model::load(&[&ast.to_string()]).unwrap();
    Calendar::of(model.root(&ShapeId::new("library#Day")).unwrap())
}

fn text(pattern: &str) -> Option<Calendar> {
    of(json!({ "type": "string", "traits": { "smithy.api#pattern": pattern } }))
}

#[test]
fn a_pattern_that_admits_dates_alone_is_of_a_date() {
    for pattern in [
        r"^\d{4}-\d{2}-\d{2}$",
        r"^[1-9][0-9]{3}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$",
        r"^(20\d{2})-(0?[1-9]|1[0-2])-(0?[1-9]|1\d|2\d|3[01])$",
        r"^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}:\d{2}Z)?$",
    ] {
        assert_eq!(text(pattern), Some(Calendar::Date), "{pattern}");
    }
    for pattern in [r"^\d{4}-(0?[1-9]|1[012])$", r"^\d{4}-(0[1-9]|1[0-2])$"] {
        assert_eq!(text(pattern), Some(Calendar::Month), "{pattern}");
    }
}

#[test]
fn what_admits_anything_else_of_that_length_is_none() {
    for pattern in [
        ".*",
        "^[a-zA-Z0-9_-]*$",
        "^[0-9-]{10}$",
        r"^(\w+-){2,3}\d+\w+$",
        r"^\d{4}-\d{2}$",
        r"^\d{8}$",
        // Not supported, and so not checked.
        r"^(\d)\1\d\d-\d\d-\d\d$",
    ] {
        assert_eq!(text(pattern), None, "{pattern}");
    }
    assert_eq!(of(json!({ "type": "string" })), None);
    let short = json!({ "type": "string", "traits": {
        "smithy.api#pattern": r"^\d{4}-\d{2}-\d{2}$", "smithy.api#length": { "max": 8 }
    } });
    assert_eq!(of(short), None, "no date is so short");
    assert_eq!(of(json!({ "type": "integer" })), None);
    assert_eq!(of(json!({ "type": "timestamp" })), Some(Calendar::DateTime));
}

#[test]
fn the_months_and_dates_of_the_built_in_models_are_known() {
    let model = Model::embedded().unwrap();
    let of = |id: &str| Calendar::of(model.root(&ShapeId::new(id)).unwrap());
    let month = of("com.amazonaws.billingconductor#BillingPeriod");
    assert_eq!(month, Some(Calendar::Month));
    let date = of("com.amazonaws.partnercentralselling#Date");
    assert_eq!(date, Some(Calendar::Date));
    let id = of("com.amazonaws.servicecatalog#Id");
    assert_eq!(id, None);
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A zone: what it is ahead of UTC at first, and from which moments on by how much instead.
struct Zone(i64, &'static [(i64, i64)]);

impl Zone {
    fn ahead(&self, moment: i64) -> i64 {
        let past = self.1.iter().take_while(|(from, _)| *from <= moment);
        past.last().map_or(self.0, |(_, ahead)| *ahead)
    }

    /// Tries all that the zone has ever been ahead: there are no other moments.
    fn by_trying(&self, local: i64) -> Vec<i64> {
        let all = self.1.iter().map(|(_, ahead)| *ahead);
        let all: BTreeSet<i64> = all.chain([self.0]).map(|ahead| local - ahead).collect();
        let shows = |moment: &i64| moment + self.ahead(*moment) == local;
        all.into_iter().filter(shows).collect()
    }
}

#[test]
fn the_moments_of_a_local_time_are_those_at_which_clocks_show_it() {
    let zones = [
        Zone(2 * HOUR, &[]),
        // Berlin in 2026.
        Zone(HOUR, &[(1_774_746_000, 2 * HOUR), (1_792_890_000, HOUR)]),
        // Lord Howe, by half an hour.
        Zone(
            11 * HOUR,
            &[
                (1_775_314_800, 10 * HOUR + 30 * MINUTE),
                (1_791_041_400, 11 * HOUR),
            ],
        ),
        // Samoa, which had no 30 December 2011.
        Zone(-10 * HOUR, &[(1_325_239_200, 14 * HOUR)]),
        // Manila, which had one day twice.
        Zone(12 * HOUR, &[(1_000_000_000, -12 * HOUR)]),
        // Mean time, to the second.
        Zone(3_208, &[(-2_422_054_408, HOUR)]),
    ];
    for (at, zone) in zones.iter().enumerate() {
        let changes = zone.1.iter().map(|(from, ahead)| from + ahead);
        for change in changes.chain([0]) {
            // Of each quarter of an hour, and a second beside it.
            for quarter in -2 * 96..=2 * 96 {
                for beside in [-1, 0, 1] {
                    let local = change + quarter * 15 * MINUTE + beside;
                    let found = moments(local, |moment| zone.ahead(moment));
                    assert_eq!(found, zone.by_trying(local), "zone {at}, {local}");
                }
            }
        }
    }
}

#[test]
fn a_time_comes_twice_where_clocks_go_back_and_never_where_they_go_forward() {
    let berlin = Zone(HOUR, &[(1_774_746_000, 2 * HOUR), (1_792_890_000, HOUR)]);
    let of = |local| moments(local, |moment| berlin.ahead(moment));
    // 2026-03-29 and 2026-10-25, 02:30.
    assert!(of(1_774_751_400).is_empty());
    assert_eq!(of(1_792_895_400), [1_792_888_200, 1_792_891_800]);
    assert_eq!(of(1_792_895_400 + DAY), [1_792_891_800 + DAY]);
}
