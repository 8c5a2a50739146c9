//! What of this browser's data is kept, and for how long.

pub const SETTINGS: &str = "Settings";
pub const AGE_LIMIT: &str = "Delete runs older than";
pub const AGE_LIMIT_DESCRIPTION: &str =
    "Runs that reach this age are deleted from this browser's history, unless they are pinned.";
pub const CLEAR_DATA: &str = "Clear this browser's data";
pub const CLEAR_DATA_YES: &str = "Clear";
pub const CLEAR_DATA_DESCRIPTION: &str = "Deletes drafts, the whole history, settings and the state of the page's sandbox from this browser. Nothing that was sent is taken back.";
pub const CLEAR_DATA_QUESTION: &str = "Permanently delete drafts, all runs (the pinned ones too), settings and the state of the page's sandbox from this browser? This can't be undone.";

/// In days.
pub fn age_limit(days: Option<u32>) -> String {
    match days {
        None => "Never".into(),
        Some(365) => "A year".into(),
        Some(days) => format!("{days} days"),
    }
}
