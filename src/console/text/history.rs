//! What was sent, and what can be done with it.

use super::counted;
use crate::state::Added;
use formsmith_run::{StoreFailure, Tone};

pub const HISTORY: &str = "History";
pub const HISTORY_DESCRIPTION: &str = "What was sent from this browser and what came of it. It is kept in this browser only; the oldest runs that are not pinned make room for new ones.";
pub const HISTORY_ENDS: &str = "This history will be out of reach once the proxy stops";
pub const HISTORY_ENDS_DETAIL: &str = "The proxy will have another address at its next start, and the browser won't find this history there. Export what you need, or start the proxy with a fixed port (--listen 127.0.0.1:8787) and a folder that it can keep its name in (--data).";
pub const RUN: &str = "Run";
pub const RUNS: &str = "Runs";
pub const RUNS_IN_SENTENCE: &str = "runs";
pub const NO_RUNS: &str = "Nothing has been sent yet. Requests you send will appear here.";
pub const VERDICT: &str = "Verdict";
pub const SENT: &str = "Sent";
pub const OPERATION: &str = "Operation";
pub const WHERE: &str = "Where";
pub const ATTEMPTS: &str = "Attempts";
pub const PINNED: &str = "Pinned";
pub const IMPORTED: &str = "Imported";
pub const IMPORTED_DETAIL: &str =
    "Imported from a file; nothing here shows that it was really sent.";
pub const IMPORTING: &str = "Reading the file.";
pub const COMPARE: &str = "Compare";
pub const COMPARE_HINT: &str = "Choose two runs to compare them.";
pub const EXPORT: &str = "Export";
pub const IMPORT: &str = "Import";
pub const DELETE_UNPINNED: &str = "Delete all that are not pinned";
pub const DELETE: &str = "Delete";
pub const PIN: &str = "Pin";
pub const UNPIN: &str = "Unpin";
pub const OPEN_AGAIN: &str = "Open again";
pub const ANSWERED: &str = "Answered";
pub const TOOK: &str = "Took";
pub const INPUT: &str = "Input as sent";
pub const COPY_INPUT: &str = "Copy input";
pub const ENTRIES: &str = "Entries";
pub const ALL_ENTRIES: &str = "All";
pub const NO_MODEL: &str = "No model here describes this operation, so it can't be opened again.";
pub const CUT: &str = "Only the beginning of the answer was kept.";
pub const COMPARED: &str = "Two runs compared";
pub const EARLIER: &str = "Earlier run";
pub const LATER: &str = "Later run";
pub const ABOUT: &str = "What";
pub const MEMBER: &str = "Member";
pub const DIFFERENCES: &str = "What differs in the input";
pub const NO_DIFFERENCES: &str = "The inputs are the same";
pub const SAME: &str = "What is the same";
pub const ABSENT: &str = "Not there";
pub const SEND_WITHOUT: &str = "Send without history";
pub const NOT_SENT: &str = "Nothing was sent, because the history can't keep it";
pub const ANSWER_NOT_KEPT: &str = "The history could not keep how this ended";
pub const HISTORY_FAILED: &str = "The history can't be read";
pub const RUN_LOADED: &str = "The input of the run was loaded, with new tokens.";
pub const RUN_DELETED: &str = "The run was deleted.";
pub const RUN_RESTORED: &str = "The run is back.";
pub const NO_RUN: &str =
    "The history has no such run. It may have been deleted, or have made room for others.";
pub const NO_HISTORY_IN_FILE: &str =
    "The file holds no history that can be read here; nothing has changed.";
pub const WAITED_FOR: &str = "Waiting for the answer";

pub fn history_trouble(why: StoreFailure) -> &'static str {
    match why {
        StoreFailure::Forbidden => {
            "This browser allows the page no database. Allow it to keep data for this site, or leave private browsing."
        }
        StoreFailure::Full => {
            "This browser has no more room for this site. Delete runs from the history, or free space on the disk."
        }
        StoreFailure::OnlyPinned => {
            "The history holds 30 MB, and what is not pinned leaves too little room. Unpin or delete runs."
        }
        StoreFailure::Failed => {
            "The browser's database does not work just now. Close other tabs with this page, then try again."
        }
    }
}

pub fn runs_deleted(count: usize) -> String {
    format!("{} deleted.", counted(count, "run", "runs"))
}

pub fn delete_question(count: usize) -> String {
    format!(
        "Permanently delete {}? This can't be undone.",
        counted(count, "run", "runs")
    )
}

pub fn runs_exported(count: usize) -> String {
    format!(
        "{} handed to the browser to save. The file holds inputs and answers as they were.",
        counted(count, "run was", "runs were")
    )
}

pub fn runs_imported(added: Added, refused: usize) -> String {
    let mut said = format!("{} imported.", counted(added.added, "run", "runs"));
    for (count, what) in [
        (added.known, "in the history already"),
        (added.left_out, "left out: there is no room"),
        (refused, "left out: they can't be read"),
    ] {
        if count > 0 {
            said = format!("{said} {count} {what}.");
        }
    }
    said
}

pub fn pinned(is_pinned: bool) -> &'static str {
    match is_pinned {
        true => "The run is pinned: it stays until you delete it.",
        false => "The run is no longer pinned.",
    }
}

/// Names a run by when it was sent.
pub fn run_of(time: &str) -> String {
    format!("Run of {time}")
}

/// What the tone of a run is called, to choose by.
pub fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Success => "Done",
        Tone::Info => "Under way",
        Tone::Warning => "Partly done",
        Tone::Error => "Failed",
        Tone::Unknown => "Unknown",
    }
}

/// How long it took, in milliseconds.
pub fn duration(ms: f64) -> String {
    let ms = ms.max(0.0) as u64;
    match ms {
        0..1000 => format!("{ms} ms"),
        _ => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
    }
}
