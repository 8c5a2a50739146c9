//! What a member takes of an item that is picked for it.

use crate::model::Place;
use crate::validate::{self, Violation};

/// What an item gives a member: its value, or of one such as `/hostedzone/Z1`, as Route 53 lists them and
/// takes them without, the last part. Nothing where the member would refuse both.
pub fn fitting(place: Place<'_>, value: &str) -> Option<String> {
    let passes = |text: &&str| {
        let found = validate::text(place, text);
        found.iter().all(Violation::is_warning)
    };
    let last = value.strip_prefix('/').and_then(|it| it.rsplit('/').next());
    let found = [Some(value), last].into_iter().flatten().find(passes);
    found.map(str::to_owned)
}
